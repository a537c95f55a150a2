"""Build backends that other backends of ours go around, and a project that each of them builds."""

from __future__ import annotations

import sys

import pytest

__all__ = ["PROJECT", "WRAPPED", "wrapped"]

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
