"""``nox -s mappings`` fails where Debian's names are not apt's, and says where it cannot look."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest

from . import with_apt
from .projects import TABLES

CELLS = with_apt.verified()
DATED = next(each for each in CELLS if each.version and each.host)


def madison(change: Callable[[str, str], str | None]) -> Callable[..., tuple[int, str]]:
    """Return an apt that knows each name in the version that was read, but for *change*."""
    versions = {name: each.version for each in CELLS for name in each.host[:1]}

    def ran(*argv: str, folder: str | None = None) -> tuple[int, str]:
        assert ("apt-cache", "madison") == argv[:2]
        known = {name: change(name, versions.get(name) or "1.0-1") for name in argv[2:]}
        lines = [f" {name} | {each} | a mirror\n" for name, each in known.items() if each]
        return 0, "".join(lines)

    return ran


@pytest.mark.parametrize(
    ("version", "told"),
    [
        ("{}", []),
        # A later one of the same release is what a security update is.
        ("9999-1", []),
        (None, ["{name}: apt does not know it"]),
        ("0.0.0~a-1", ["{id}: {version} was read, and apt has 0.0.0~a-1"]),
    ],
)
def test_a_name_that_apt_has_otherwise(
    monkeypatch: pytest.MonkeyPatch, version: str | None, told: list[str]
) -> None:
    """A name that is gone is told, and so is a version that went down."""
    name = DATED.host[0]
    ran = madison(lambda each, was: (version and version.format(was)) if each == name else was)
    monkeypatch.setattr(with_apt, "ran", ran)
    words = {"name": name, "id": DATED.id, "version": DATED.version}
    # Others may have the same package.
    about = (f"{name}: ", f"{DATED.id}: ")
    found = [line for line in with_apt.names_and_versions() if line.startswith(about)]
    assert [line.format(**words) for line in told] == found


def test_what_is_wrong_fails_the_session(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line is enough, and it is printed."""
    monkeypatch.setattr(shutil, "which", lambda name: name)
    monkeypatch.setattr(with_apt, "os_release", lambda _: {"ID": "debian", "VERSION_ID": "12"})
    monkeypatch.setattr(with_apt, "candidates", lambda names: {"zlib1g-dev": {"1"}})
    monkeypatch.setattr(with_apt, "projects", lambda: iter(()))
    for wrong, status in (["spam: apt does not know it"], 1), ([], 0):
        monkeypatch.setattr(with_apt, "names_and_versions", lambda wrong=wrong: iter(wrong))
        assert status == with_apt.main([])
        said = f"{len(CELLS)} names and {len(TABLES)} plans are as apt has them"
        assert f"{wrong[0] if wrong else said}\n" == capsys.readouterr().out


@pytest.mark.parametrize(
    ("apt", "release", "known", "said"),
    [
        (None, {"ID": "debian", "VERSION_ID": "12"}, {"zlib1g-dev": {"1"}}, "there is no apt of"),
        ("apt-get", {"ID": "ubuntu"}, {"zlib1g-dev": {"1"}}, "there is no apt of Debian here"),
        ("apt-get", {"ID": "debian", "VERSION_ID": "13"}, {}, "they are those of Debian 12"),
        ("apt-get", {"ID": "debian", "VERSION_ID": "12"}, {}, "run apt-get update first"),
    ],
)
def test_where_it_cannot_look_it_says_so(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    apt: str | None,
    release: dict[str, str],
    known: dict[str, set[str]],
    said: str,
) -> None:
    """In a line, and without failing."""
    monkeypatch.setattr(shutil, "which", lambda _: apt)
    monkeypatch.setattr(with_apt, "os_release", lambda _: release)
    monkeypatch.setattr(with_apt, "candidates", lambda _: known)
    assert 0 == with_apt.main([])
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("names of Debian were not checked: ")
    assert said in line
