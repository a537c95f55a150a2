"""What cannot be built is refused before anything is started or written."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest

from trigpoint.extensions import ExtensionError, Stable, Target
from trigpoint.extensions.plan import make_plan
from trigpoint.extensions.protocol import CODES, UNSEEN
from trigpoint.extensions.runner import build
from trigpoint.extensions.session import Session, refusing

from .bad import BAD, Bad
from .strange import REGISTRY

TARGET = Target("cpython", (3, 13), "linux_x86_64", ".cpython-313-x86_64-linux-gnu.so", ".abi3.so")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a project with a few files, and a compiler that only counts how often it is called."""
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "core.c").write_text("")
    (folder / "core.pyx").write_text("")
    (folder / "notes.txt").write_text("")
    (folder / "cm").mkdir()
    (folder / "cm" / "CMakeLists.txt").write_text("")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "core.c").write_text("")
    (folder / "link").symlink_to(outside)
    return folder


def _settings(case: Bad) -> dict[str, str]:
    return {"extensions": case.settings} if case.settings else {}


def _everything(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in folder.rglob("*")
    }


@pytest.mark.parametrize("name", BAD)
def test_refused_with_code_name_and_fix(name: str, root: Path) -> None:
    """The error has its code, names its extension, and says what to do."""
    case = BAD[name]
    plan = make_plan(
        tomllib.loads(case.text), root, TARGET, settings=_settings(case), registry=REGISTRY
    )
    found = [each.error for each in plan.problems]
    assert (case.code, case.name) in [(each.code, each.extension) for each in found]
    error = next(each for each in found if (each.code, each.extension) == (case.code, case.name))
    assert case.message in error.message
    assert case.fix in error.fix


@pytest.mark.parametrize("name", BAD)
def test_nothing_is_written_or_started(
    name: str, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither file nor process comes of it, and the place of every problem is in the text."""
    case = BAD[name]
    monkeypatch.setattr("subprocess.run", pytest.fail)
    monkeypatch.setattr("subprocess.Popen", pytest.fail)
    before = _everything(tmp_path)
    document = tomllib.loads(case.text)
    plan = make_plan(document, root, TARGET, settings=_settings(case), registry=REGISTRY)
    with pytest.raises(ExtensionError) as caught:
        build(plan, root, root / ".trigpoint", jobs=1)
    assert {case.code} <= {each.code for each in caught.value}
    assert before == _everything(tmp_path)
    for problem in plan.problems:
        value = document
        for key in problem.path[:-1]:
            value = value[key]  # type: ignore[index]


@pytest.mark.parametrize("name", BAD)
def test_a_frontend_sees_a_paragraph(
    name: str, root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process ends with status 1; code, name and fix are printed, and no traceback is."""
    case = BAD[name]
    (root / "pyproject.toml").write_text(case.text)
    monkeypatch.setattr("trigpoint.extensions.session.choose_target", lambda *_: TARGET)
    session = Session(root, _settings(case), {}, REGISTRY)
    with pytest.raises(SystemExit) as caught:
        refusing(session.build)
    printed = capsys.readouterr().err
    assert 1 == caught.value.code
    assert f"error[{case.code}]: {case.name}" in printed
    assert case.fix in printed
    assert "Traceback" not in printed


def test_there_are_many() -> None:
    """Eighty configurations, and most of the codes that are no builder's doing."""
    assert 80 <= len(BAD)
    in_a_build = {
        *("output-outside", "output-missing", "undeclared-output", "outputs-differ"),
        *("init-missing", "tool-missing", "build-failed", "unusable-backend", "bad-target"),
        "unwritable",
        # They stop no build, or none comes there: they are only told.
        *("not-reached", "this-machine", "limited-api-too-new", "package-missing"),
    }
    assert CODES == {case.code for case in BAD.values()} | {
        f"extension-{each}" for each in in_a_build
    }


def test_all_at_once(root: Path) -> None:
    """Everything that is wrong with two tables is said in one look, each with its place."""
    text = (
        '[[tool.trigpoint.extensions]]\nname = "a"\nbuilder = "c"\nsorces = []\nmodule = "a b"\n'
        '[[tool.trigpoint.extensions]]\nname = "b"\nbuilder = "x"\nrequires = [1, ">"]\n'
    )
    plan = make_plan(tomllib.loads(text), root, TARGET, registry=REGISTRY)
    expected = [
        ("b", "extension-wrong-type", (1, "requires", 0)),
        ("b", "extension-bad-requirement", (1, "requires", 1)),
        ("a", "extension-bad-name", (0, "module")),
        ("a", "extension-missing-key", (0, "sources")),
        ("a", "extension-unknown-key", (0, "sorces")),
        ("b", "extension-unknown-builder", (1, "builder")),
    ]
    assert expected == [
        (each.error.extension, each.error.code, each.path[3:]) for each in plan.problems
    ]


def test_without_files_paths_are_taken_for_there() -> None:
    """Where only the table is seen, what is missing is not told, and what leads out is."""
    text = BAD["sources-gone"].text.replace("gone.c", "gone.c', '../x.c").replace('"gone', "'gone")
    text = text.replace('x.c"', "x.c'")
    plan = make_plan(tomllib.loads(text), UNSEEN, TARGET, registry=REGISTRY)
    assert ["extension-outside-root"] == [each.error.code for each in plan.problems]


def test_an_error_takes_codes_of_the_catalogue_only() -> None:
    """Whoever writes a builder cannot make up a code."""
    with pytest.raises(ValueError, match="is no code"):
        ExtensionError("extension-mine", "no")


def test_a_stable_abi_is_spelled_as_it_is_written() -> None:
    """What a table says comes back from what was read of it."""
    assert ["3.9", "3.15t"] == [Stable(9).text, Stable(15, free_threaded=True).text]


def test_environment_variables_select(root: Path) -> None:
    """The environment is asked before the settings, which have the last word."""
    (root / "pyproject.toml").write_text(
        "".join(
            f'[[tool.trigpoint.extensions]]\nname = "{name}"\nbuilder = "plain"\n' for name in "abc"
        )
    )
    session = Session(
        root, {"extensions": ["c", "-b"]}, {"TRIGPOINT_EXTENSIONS": "none a b"}, REGISTRY
    )
    on = {each.name: (each.enabled, each.why) for each in session.plan().extensions}
    assert {"a": (True, "environment"), "b": (False, "settings"), "c": (True, "settings")} == on
    assert os.environ.get("TRIGPOINT_EXTENSIONS") is None
