"""The package as a part of its namespace."""

import sys
from importlib import import_module, metadata, resources
from pathlib import Path

import pytest

import snow_cap
from snow_cap import peak


def test_version() -> None:
    """The package says the version that was installed."""
    installed = metadata.version("snow-cap")
    assert installed == peak.__version__


def test_types() -> None:
    """Type checkers are told that the package has types."""
    assert resources.files(peak).joinpath("py.typed").is_file()


def test_nobody_owns_the_namespace() -> None:
    """It has no file of its own, which one project would take from the others."""
    assert snow_cap.__file__ is None


def test_others_can_add(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package in another place is found beside this one."""
    other = tmp_path / "snow_cap" / "other"
    other.mkdir(parents=True)
    (other / "__init__.py").write_text("WORD = 'found'\n")
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    found = import_module("snow_cap.other")
    assert found.WORD == "found"
