"""One small package with a data file, by five backends; and projects that are refused."""

from __future__ import annotations

from trigpoint.labs.base import Example

__all__ = ["EXAMPLES"]

_BY_HAND = "made by hand"
_PROJECT = """\
[project]
name = "spam"
version = "1.0"
description = "Eggs, with words"
readme = "README.md"
requires-python = ">=3.11"

[project.scripts]
spam = "spam:main"
"""
_FILES = """\
README.md
    # Spam
src/spam/__init__.py
    from importlib.resources import files

    def main() -> None:
        print(files("spam").joinpath("data/words.txt").read_text())
src/spam/data/words.txt
    eggs
tests/test_spam.py
    def test_spam() -> None:
        assert True
"""


def _build(requires: str, backend: str, project: str = _PROJECT) -> str:
    asked = ", ".join(f'"{each}"' for each in requires.split(", "))
    return f'[build-system]\nrequires = [{asked}]\nbuild-backend = "{backend}"\n\n{project}'


def _example(label: str, text: str, files: str = _FILES, **fields: str) -> Example:
    return Example(label, _BY_HAND, {"text": text, "files": files, **fields})


_FROM_GIT = _PROJECT.replace('version = "1.0"', 'dynamic = ["version"]')
EXAMPLES = (
    _example("setuptools, and a data file", _build("setuptools>=77", "setuptools.build_meta")),
    _example("hatchling", _build("hatchling>=1.27", "hatchling.build")),
    _example("flit-core", _build("flit_core>=3.12,<5", "flit_core.buildapi")),
    _example("poetry-core", _build("poetry-core>=2.2", "poetry.core.masonry.api")),
    _example("pdm-backend", _build("pdm-backend>=2.4", "pdm.backend")),
    _example(
        "setuptools beside hatchling",
        _build("setuptools>=77", "setuptools.build_meta"),
        other="hatchling",
    ),
    _example(
        "A version that git gives",
        _build("hatchling, hatch-vcs", "hatchling.build", _FROM_GIT)
        + '\n[tool.hatch.version]\nsource = "vcs"\n',
        version="1.2.3",
    ),
    _example(
        "An optional C extension",
        _build("setuptools>=77", "setuptools.build_meta"),
        _FILES
        + "setup.py\n    from setuptools import Extension, setup\n\n"
        + '    setup(ext_modules=[Extension("spam._fast", ["src/fast.c"], optional=True)])\n'
        + "src/fast.c\n    int fast;\n",
    ),
    _example(
        "A floor that is too low to be served", _build("flit_core>=2,<3", "flit_core.buildapi")
    ),
)
"""Requests: each builds in the page, or says why it does not."""
