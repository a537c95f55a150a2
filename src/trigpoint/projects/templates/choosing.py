"""Which template, and with it which build backend, for whom.

Idea: a few questions that decide, asked in the order in which they rule templates out.  Each step
says its reason in words; what a backend does not do is read off the recorded builds.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from trigpoint.installers.backends import BACKENDS

__all__ = ["LANGUAGES", "WISHES", "Choice", "choose"]

LANGUAGES: Final = {
    "": "Python only",
    "c": "C",
    "cpp": "C++",
    "cython": "Cython",
    "fortran": "Fortran",
    "rust": "Rust",
}
"""What the code is written in, besides Python."""

WISHES: Final = {
    "uv": "uv builds it",
    "alone": "A build needs no other package",
    "data": "Data files in the package",
    "git": "The version comes from git",
    "setup": "There is a setup.py",
}
"""What else decides."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What fits: the name of a ``template``, the ``reasons``, and the names of ``others``."""

    template: str
    reasons: tuple[str, ...]
    others: tuple[str, ...] = ()


_COMPILED: Final = {
    "c": ("skbuild-c", ("mesonpy-c", "setuptools-c")),
    "cpp": ("skbuild-pybind11", ("skbuild-nanobind", "setuptools-pybind11")),
    "cython": ("skbuild-cython", ("mesonpy-cython",)),
    "fortran": ("skbuild-fortran", ("mesonpy-fortran",)),
    "rust": ("maturin-rust", ()),
}
_SETUPTOOLS: Final = {"c": "setuptools-c", "cpp": "setuptools-pybind11"}
_WHY: Final = {
    "maturin-rust": "maturin runs cargo, and writes the wheel from what it made.",
    "setuptools-c": "setuptools calls the compiler itself, so that no CMake or Meson is needed.",
    "setuptools-pybind11": "setuptools calls the compiler itself, and needs pybind11 for its headers.",
}
_CMAKE: Final = (
    "CMake finds compilers and libraries on every system, and scikit-build-core makes its output "
    "a wheel."
)


def choose(language: str, wishes: Collection[str]) -> Choice:
    """Return what fits a project in *language*, of :data:`LANGUAGES`, with *wishes*.

    Those are keys of :data:`WISHES`.  Raises :exc:`KeyError` for another language.

    >>> choose("", ["uv"]).template
    'uv_build'
    """
    return _compiled(language, wishes) if language else _pure(wishes)


def _compiled(language: str, wishes: Collection[str]) -> Choice:
    template, others = _COMPILED[language]
    reasons = [f"The code is {LANGUAGES[language]}, which a backend of pure Python cannot compile."]
    if {"setup", "alone"} & set(wishes):
        other = _SETUPTOOLS.get(language)
        if other:
            others = (template, *(each for each in others if each != other))
            template = other
            if "setup" in wishes:
                reasons.append("What your setup.py does stays, and moves to tables bit by bit.")
        elif "setup" in wishes:
            reasons.append("No template compiles this with setuptools; setup.py goes.")
    reasons.append(_WHY.get(template, _CMAKE))
    if "alone" in wishes and template != "setuptools-c":
        reasons.append("No backend compiles this without other packages.")
    if "uv" in wishes:
        reasons.append(
            "uv build runs it as it runs every backend; uv_build itself compiles nothing."
        )
    if "git" in wishes:
        reasons.append("The template writes its version in pyproject.toml: set git up yourself.")
    return Choice(template, tuple(reasons), others)


def _pure(wishes: Collection[str]) -> Choice:
    if "setup" in wishes:
        reasons = ["setup.py goes on working, and moves to tables bit by bit."]
        if "data" in wishes:
            reasons.append(
                "Data files have to be named, as [tool.setuptools.package-data] names py.typed."
            )
        if "uv" in wishes:
            reasons.append("uv build runs it as it runs every backend.")
        if "git" in wishes:
            reasons.append("setuptools-scm gives it the version from git.")
        if "alone" in wishes:
            reasons.append(
                "It needs no other package, but for that."
                if "git" in wishes
                else "It needs no other package."
            )
        return Choice("setuptools", tuple(reasons), ("hatchling",))
    data = ["What lies in the folder of the package goes into the wheel."] * ("data" in wishes)
    if "git" in wishes:
        return _versioned(wishes, data)
    if "uv" in wishes:
        return Choice(
            "uv_build",
            (
                "uv has this backend in it, so that uv build starts nothing else.",
                *data,
                *["It needs no other package."] * ("alone" in wishes),
            ),
            ("hatchling", "flit-core"),
        )
    if "alone" in wishes:
        reason = "The smallest backend; it needs no other package, not even to build itself."
        return Choice("flit-core", (reason, *data), ("poetry-core", "pdm-backend", "uv_build"))
    reason = "It finds the package by the project's name, and asks for no settings."
    plugins = "Where you need more later, such as a version from git, there are plugins."
    return Choice("hatchling", (reason, *data, plugins), ("uv_build", "flit-core"))


def _versioned(wishes: Collection[str], data: list[str]) -> Choice:
    if "alone" in wishes:
        reason = "It reads the version from git itself, so that no plugin is needed."
        return Choice("pdm-backend", (reason, *data), ("hatchling",))
    reasons = ["hatch-vcs gives it the version from git.", *data]
    if "uv" in wishes:
        stretch = BACKENDS["uv_build"].stretches["dynamic-version"][-1]
        if stretch.outcome != "good":
            reasons.append(
                f"uv build runs it, too; uv_build {stretch.last} takes no version but a written one."
            )
    return Choice("hatchling", tuple(reasons), ("pdm-backend", "setuptools"))
