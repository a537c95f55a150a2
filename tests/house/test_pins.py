"""Every session installs exact versions, which no machine's settings have got into."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "playground"))

import pins

from trigpoint.markers.meaning.differences import PACKAGINGS

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def _lines(name: str) -> list[str]:
    text = (pins.FOLDER / f"{name}.txt").read_text("utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def _shipped() -> list[Requirement]:
    project = PROJECT["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    return [Requirement(each) for group in groups for each in group]


def _ranges(name: str) -> list[Requirement]:
    listed = PROJECT["dependency-groups"]
    names = pins.TESTED if name == "oldest" else listed
    groups = [*(listed[each] for each in names), PROJECT["build-system"]["requires"]]
    listed = [Requirement(each) for group in groups for each in group if isinstance(each, str)]
    return [*_shipped(), *(each for each in listed if each.name != "trigpoint")]


def test_one_file_for_each_resolution() -> None:
    """The folder holds what the module names, and nothing else."""
    assert sorted(f"{name}.txt" for name in pins.NAMES) == sorted(
        path.name for path in pins.FOLDER.iterdir()
    )


@pytest.mark.parametrize("name", pins.NAMES)
def test_exact_versions_and_nothing_else(name: str) -> None:
    """Each line is one project at one version; no address, no index, no path, no option."""
    exact = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*==[a-z0-9.]+( ; [^#:/@]+)?")
    assert [] == [line for line in _lines(name) if not exact.fullmatch(line)]
    for line in _lines(name):
        Requirement(line)


@pytest.mark.parametrize("name", ["newest", "oldest"])
def test_whatever_a_session_asks_for_is_pinned(name: str) -> None:
    """Each requirement of the project file has a pin, within its range."""
    pinned = pins.pins("\n".join(_lines(name)))
    for requirement in _ranges(name):
        versions = pinned[canonicalize_name(requirement.name)]
        assert [] == [each for each in versions if not requirement.specifier.contains(each)]


def test_oldest_has_the_lower_bounds() -> None:
    """What the wheel asks for is at the lowest version that it allows."""
    pinned = pins.pins("\n".join(_lines("oldest")))
    for requirement in _shipped():
        (bound,) = requirement.specifier
        assert ">=" == bound.operator
        (version,) = pinned[canonicalize_name(requirement.name)]
        assert Requirement(f"x=={bound.version}").specifier.contains(version)


def test_the_tables_of_differences_hold_for_what_is_pinned() -> None:
    """Each version of packaging that the tables name is tested, and no other."""
    oldest, newest = (pins.pins("\n".join(_lines(name))) for name in ("oldest", "newest"))
    assert set(PACKAGINGS) == oldest["packaging"] | newest["packaging"]


def test_the_variable_takes_the_pins_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Canary runs find whatever is new."""
    monkeypatch.delenv(pins.UNPINNED, raising=False)
    assert pins.FOLDER / "newest.txt" == pins.file()
    monkeypatch.setenv(pins.UNPINNED, "1")
    assert pins.file() is None


@pytest.mark.parametrize("constraints", ["newest", None])
def test_pip_gets_the_pins(monkeypatch: pytest.MonkeyPatch, constraints: str | None) -> None:
    """The call of pip names the file for what it installs and what builds wheels, or none."""
    calls: list[tuple[list[str], str | None]] = []

    def run(call: list[str], *, check: bool, env: dict[str, str]) -> None:
        assert check
        calls.append((call, env.get("PIP_BUILD_CONSTRAINT")))

    monkeypatch.delenv(pins.UNPINNED, raising=False)
    monkeypatch.delenv("PIP_BUILD_CONSTRAINT", raising=False)
    monkeypatch.setattr(subprocess, "run", run)
    pins.pip("install", "x", constraints=constraints)
    ((call, build),) = calls
    path = None if constraints is None else str(pins.FOLDER / "newest.txt")
    assert path == build
    assert (path is not None) is ("--constraint" in call)
    assert "x" == call[-1]


def test_examples() -> None:
    """What the docstrings of the module show is so."""
    assert 0 == doctest.testmod(pins).failed


def test_what_moved(tmp_path: Path) -> None:
    """What is installed at a version that no pin names is listed, names written in any way."""
    for name, version in (("Some_Thing", "2"), ("other", "1"), ("new.one", "3")):
        folder = tmp_path / f"tests/lib/python3.13/site-packages/{name}-{version}.dist-info"
        folder.mkdir(parents=True)
        (folder / "METADATA").write_text(f"Name: {name}\nVersion: {version}\n", "utf-8")
    pinned = {"some-thing": {"1", "1.1"}, "other": {"1", "0.9"}}
    expected = ["new-one: not pinned -> 3", "some-thing: 1, 1.1 -> 2"]
    assert expected == pins.moved(pinned, pins.installed(tmp_path))
