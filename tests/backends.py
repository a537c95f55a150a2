"""Build backends that other backends of ours go around, and a project that each of them builds."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

__all__ = ["PROJECT", "WRAPPED", "wrapped", "write_backend"]

PROJECT = """
[project]
name = "pk"
version = "1"
description = "A package."
requires-python = ">=3.9"
"""
"""A project whose package is ``src/pk``."""

WRAPPED = {
    "flit_core": ("flit_core.buildapi", "[tool.flit.module]\nname = 'pk'\n"),
    "setuptools": ("setuptools.build_meta", ""),
    "poetry.core": ("poetry.core.masonry.api", ""),
    "pdm.backend": ("pdm.backend", ""),
    "hatchling": ("hatchling.build", ""),
}
"""Backends by the module that has to be there: their name, and what they want to be told."""

_MORE = {
    "scikit_build_core": (
        "scikit_build_core.build",
        "[tool.scikit-build]\ncmake.source-dir = 'src'\nwheel.packages = ['src/pk']\n",
    ),
}
"""Backends that build what only some projects have: here, a CMakeLists.txt in ``src``."""


def wrapped(name: str) -> tuple[str, str]:
    """Return the backend that the module *name* has, and its tables; skip where it is not there."""
    if name == "setuptools" and sys.version_info < (3, 12):
        pytest.skip("this process may have imported the distutils that setuptools replaces")
    pytest.importorskip(name)
    return (WRAPPED | _MORE)[name]


def write_backend(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, program: str, tables: str
) -> None:
    """Write *program*, a backend called *name*, into *folder*, beside a project with *tables*, and go there.

    A backend of that name which an earlier test imported is imported anew.
    """
    (folder / f"{name}.py").write_text(program)
    (folder / "pyproject.toml").write_text(tables)
    monkeypatch.chdir(folder)
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.delitem(sys.modules, name, raising=False)
