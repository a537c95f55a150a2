"""What workflows run is found, and what of them is not understood or fails is told."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from tests.templates import workflows
from tests.templates.prove import ROOT
from tests.templates.workflows import Step, UnreadError, run_faults, steps

pytest.importorskip("yaml")

WORKFLOW = """\
on: push
jobs:
  lint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
      - run: make lint
  tests:
    runs-on: ${{ matrix.system }}
    strategy:
      matrix:
        system: [ubuntu-latest, windows-latest]
        python: ["3.12", "3.13"]
    steps:
      - if: runner.os == 'Windows'
        run: choco install make
      - if: runner.os == 'Linux'
        run: sudo apt-get satisfy --yes make
      - name: Test
        run: make "test-$PYTHON"
        shell: bash
        env:
          PYTHON: ${{ matrix.python }}
"""


def test_steps_are_those_of_this_system_and_python() -> None:
    """Steps for Windows are not run here, and the matrix has the Python that is asked for."""
    assert [
        Step("lint", "make lint", "", {}),
        Step("tests", "sudo apt-get satisfy --yes make", "", {}),
        Step("tests", 'make "test-$PYTHON"', "bash", {"PYTHON": "3.12"}),
    ] == list(steps(WORKFLOW, "3.12"))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('["3.12", "3.13"]', '["3.11"]', "tests has the matrix python = ['3.11'], without 3.12"),
        ("ubuntu-latest, ", "", "tests has the matrix system = ['windows-latest'], without ubuntu"),
        ("system: [", "os: [", "tests has the matrix os = "),
        ('["3.12", "3.13"]', "${{ fromJSON(x) }}", "tests has the matrix python = '${{ fromJSON"),
        ("runner.os == 'Linux'", "always()", "tests runs a step if always()"),
        ("shell: bash", "shell: pwsh", "tests runs a step in pwsh"),
        ("matrix.python }}", "matrix.pyton }}", "tests has the expression matrix.pyton"),
        ("matrix.python }}", "github.sha }}", "tests has the expression github.sha"),
        ("make lint", "make ${{ matrix.python }}", "lint has an expression between the lines"),
        ("shell: bash", "working-directory: a", "tests has a step with working-directory"),
    ],
)
def test_what_is_not_understood_is_told(before: str, after: str, told: str) -> None:
    """No step is left out because it says something that is not read here."""
    assert before in WORKFLOW
    with pytest.raises(UnreadError) as raised:
        list(steps(WORKFLOW.replace(before, after), "3.12"))
    assert told == str(raised.value)[: len(told)]


def workflow(*lines: str, shell: str = "") -> str:
    """Return a workflow with a job whose only step runs *lines* in a *shell*, if it names one."""
    body = "".join(f"        {line}\n" for line in lines)
    named = f"      shell: {shell}\n" if shell else ""
    start = "on: push\njobs:\n  a:\n    steps:\n    - env: {A: 'x y'}\n"
    return f"{start}{named}      run: |\n{body}"


posix = pytest.mark.skipif(sys.platform == "win32", reason="the steps are for a POSIX shell")


@posix
def test_steps_run_in_the_project(tmp_path: Path) -> None:
    """A step sees its variables and the tools of this environment, and is in the project."""
    project = tmp_path / "project"
    project.mkdir()
    name = Path(sys.executable).name
    text = workflow('echo "$A" > made', f"command -v {name} >> made")
    assert [] == list(run_faults("ci.yml", text, project, tmp_path / "tools"))
    assert f"x y\n{sys.executable}\n" == (project / "made").read_text("utf-8")


@posix
@pytest.mark.parametrize(
    "lines", [("exit 3",), ("false", "true"), ("not-there-at-all",), ("sudo other update",)]
)
def test_a_step_that_fails_is_a_fault(tmp_path: Path, lines: tuple[str, ...]) -> None:
    """The first line that fails ends the step, as it does there; sudo runs nothing else than apt."""
    (told,) = run_faults("ci.yml", workflow(*lines), tmp_path, tmp_path / "tools")
    assert told.startswith("ci.yml: bash -e ")


@posix
@pytest.mark.parametrize(("shell", "count"), [("", 0), ("bash", 1)])
def test_a_named_shell_is_stricter(tmp_path: Path, shell: str, count: int) -> None:
    """With ``shell: bash`` each part of a pipe must succeed, and without it the last one."""
    text = workflow("false | true", shell=shell)
    found = list(run_faults("ci.yml", text, tmp_path, tmp_path / "tools"))
    assert count == len(found)


@posix
def test_a_step_that_is_not_understood_is_a_fault(tmp_path: Path) -> None:
    """What cannot be read is told as what fails is."""
    text = workflow("echo ${{ github.sha }}")
    told = list(run_faults("ci.yml", text, tmp_path, tmp_path / "tools"))
    assert ["ci.yml: a has an expression between the lines of a step"] == told


@posix
@pytest.mark.parametrize("there", [True, False])
def test_nothing_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool) -> None:
    """Only plans are made by apt, where there is one."""
    tools, said = tmp_path / "tools", tmp_path / "said"
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    if there:
        (bin_ / "apt-get").write_text(f'#!/bin/sh\necho "$@" >> {said}\n', "utf-8")
        (bin_ / "apt-get").chmod(0o755)
    bash = shutil.which("bash")
    assert bash is not None
    (bin_ / "bash").symlink_to(bash)
    (bin_ / "sh").symlink_to(shutil.which("sh") or "/bin/sh")
    monkeypatch.setenv("PATH", str(bin_))
    text = workflow("sudo apt-get update", "sudo apt-get satisfy --yes 'a (>= 1)'")
    assert [] == list(run_faults("ci.yml", text, tmp_path, tools))
    if there:
        assert "--simulate satisfy --yes a (>= 1)\n" == said.read_text("utf-8")
    else:
        assert not said.exists()


SAID = """\
Checking 2 workflow file(s)...
a-ci.yml:3:1 label "windows-11-arm" is unknown. available labels are "x" [ runner-label ]
broken.yml:6:14 property "absent" is not defined in object type {} [ expression ]
"""


@pytest.mark.parametrize(
    ("said", "younger", "told"),
    [
        (SAID, ("windows-11-arm",), []),
        (SAID, ("windows-11-arm", "new"), ["actionlint knows new by now"]),
        (SAID, (), ['actionlint: a-ci.yml:3:1 label "windows-11-arm" is unknown.']),
        (SAID.replace("Checking 2", "Checking 1"), (), ["actionlint has not read 2 workflows"]),
        (SAID.replace("broken.yml", "b-ci.yml"), (), ["actionlint has not read 2 workflows"]),
        ("", ("windows-11-arm",), ["actionlint has not read 2 workflows"]),
    ],
)
def test_what_actionlint_says(said: str, younger: tuple[str, ...], told: list[str]) -> None:
    """It has read all and seen the planted mistake, or all that it said is worth nothing."""
    found = list(workflows.told(said, 2, younger))
    assert told == [each[: len(line)] for each, line in zip(found, told, strict=True)]


@pytest.mark.parametrize("path", sorted(Path(ROOT, "templates").rglob("workflows/*.yml")))
def test_workflows_of_templates_are_understood(path: Path) -> None:
    """Each step of each of them is one that the session can run."""
    assert isinstance(list(steps(path.read_text("utf-8"), "3.13")), list)
