"""What an editable installation is made of, and what builds it again."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from trigpoint.extensions import ExtensionError
from trigpoint.extensions.editable import STATE, files, main, rebuild
from trigpoint.extensions.plan import Plan
from trigpoint.extensions.registry import announced
from trigpoint.extensions.runner import Built
from trigpoint.extensions.session import Session

from .compilers import CORE, calls, project, stand_in

pytestmark = [
    pytest.mark.skipif(sys.platform in ("win32", "emscripten"), reason="tools are shell scripts"),
]

TABLE = (
    '[[tool.trigpoint.extensions]]\nname = "core"\nbuilder = "c"\nmodule = "pkg._core"\n'
    'sources = ["core.c"]\n'
)


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    """Return a project whose tools only count, for this process and for a session alike."""
    project(tmp_path / "p", TABLE)
    variables = stand_in(tmp_path / "tools")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return Session(tmp_path / "p", {}, variables, announced([]))


def states(root: Path) -> list[Path]:
    """Return the files that finders read, below the project in *root*."""
    return sorted(root.glob(f"**/{STATE}"))


def test_the_files_of_an_editable_wheel(session: Session) -> None:
    """A module whose name is that of the project, and a line that imports it at every start."""
    found = files(session, "My.Pkg-9")
    assert ["_trigpoint_editable_my_pkg_9.py", "__trigpoint_editable_my_pkg_9.pth"] == list(found)
    assert "import _trigpoint_editable_my_pkg_9\n" == found["__trigpoint_editable_my_pkg_9.pth"]
    [state] = states(session.root)
    assert f"STATE = {str(state)!r}\n" in found["_trigpoint_editable_my_pkg_9.py"]
    # Nothing is left of how it was written.
    assert [state] == [each for each in state.parent.iterdir() if each.name.startswith(STATE)]
    assert "pkg._core" in json.loads(state.read_text("utf-8"))["modules"]


def test_nothing_enabled_needs_no_finder(session: Session) -> None:
    """Such a wheel has what any other has."""
    path = session.root / "pyproject.toml"
    path.write_text(path.read_text() + "enable-by-default = false\n")
    assert {} == files(session, "pkg")
    assert [] == states(session.root)


@pytest.mark.parametrize(
    ("settings", "kept"),
    [
        ({}, {}),
        (
            {"extensions": "core", "build-dir": "b", "jobs": "2", "other": "x", "target": ""},
            {"extensions": "core", "build-dir": "b", "jobs": "2"},
        ),
    ],
)
def test_settings_that_a_rebuild_has_again(
    settings: dict[str, str], kept: dict[str, str], session: Session
) -> None:
    """What is built, where and how is asked for as the first time; the rest is not ours."""
    asked = Session(session.root, settings, session.env, session.registry)
    text = files(asked, "pkg")["_trigpoint_editable_pkg.py"]
    assert f"{json.dumps(kept)!r}" in text


def test_the_target_is_kept_too(session: Session, tmp_path: Path) -> None:
    """An installation for another Python is renewed for that."""
    details = tmp_path / "details.json"
    details.write_text(
        json.dumps(
            {
                "schema_version": "1.0",
                "base_prefix": ".",
                "platform": "linux-x86_64",
                "language": {"version": "3.13"},
                "implementation": {"name": "cpython"},
                "abi": {"extension_suffix": ".x.so"},
            }
        )
    )
    asked = Session(session.root, {"target": str(details)}, session.env, session.registry)
    assert str(details) in files(asked, "pkg")["_trigpoint_editable_pkg.py"]


@pytest.mark.parametrize("deep", ["b", "b/c/d"])
def test_a_rebuild_makes_what_is_missing(deep: str, session: Session, tmp_path: Path) -> None:
    """The folder of builds may be gone, or be a new one."""
    asked = Session(session.root, {"build-dir": deep}, session.env, session.registry)
    rebuild(asked)
    [state] = states(session.root / deep)
    assert (state.parent / "lock").is_file()
    assert calls(tmp_path / "tools")
    state.unlink()
    rebuild(asked)
    assert [state] == states(session.root / deep)
    assert [] == calls(tmp_path / "tools")


def test_one_rebuild_at_a_time(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever comes second waits for the lock before it builds."""
    fcntl = pytest.importorskip("fcntl")
    done: list[str] = []
    real = Session.build

    def build(self: Session) -> tuple[Plan, Built]:
        done.append("build")
        return real(self)

    monkeypatch.setattr(fcntl, "flock", lambda _, how: done.append(f"lock {how}"))
    monkeypatch.setattr(Session, "build", build)
    rebuild(session)
    assert [f"lock {fcntl.LOCK_EX}", "build"] == done


def test_the_program_that_builds_again(
    session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its arguments are the folder and the settings; the exit status says whether it worked."""
    assert 0 == main([str(session.root), '{"build-dir": "b"}'])
    assert calls(tmp_path / "tools")
    [state] = states(session.root)
    assert (session.root / "b") in state.parents
    (session.root / "core.c").write_text(CORE + "BROKEN")
    capsys.readouterr()
    assert 1 == main([str(session.root), '{"build-dir": "b"}'])
    assert "error[extension-build-failed]: core" in capsys.readouterr().err


def test_the_state_says_where_and_when(session: Session) -> None:
    """Modules with their files, and what each file looked like that they were made of."""
    plan, built = session.build()
    state = json.loads(session.state(plan, built))
    assert ["modules", "root", "watched"] == list(state)
    assert str(session.root) == state["root"]
    [(name, file)] = state["modules"].items()
    assert ("pkg._core", True) == (name, Path(file).is_file())
    seen = {each: (session.root / each).stat() for each in ("pyproject.toml", "core.c", "core.h")}
    assert {each: [it.st_mtime_ns, it.st_size] for each, it in seen.items()} == state["watched"]


def test_a_rebuild_that_fails_raises(session: Session) -> None:
    """The state of before stays, so that the next one is tried again."""
    files(session, "pkg")
    [state] = states(session.root)
    before = state.read_text()
    (session.root / "core.c").write_text(CORE + "BROKEN")
    with pytest.raises(ExtensionError):
        rebuild(session)
    assert before == state.read_text()
