"""The catalogue of templates as data: what there is, for whom, and which answers each takes.

Idea: ``templates/catalogue.toml`` says which layers a template is made of, and which layers each
answer adds.  The first answer of an option is the one that a template has as it stands.

Source: ``templates/README.md``.
"""

from __future__ import annotations

import fnmatch
import functools
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from trigpoint.projects.templates import source

__all__ = [
    "OPTIONS",
    "Layer",
    "Template",
    "Verified",
    "answers_about",
    "layer",
    "licenses",
    "purpose",
    "template",
    "templates",
    "verified",
]

OPTIONS: Final = ("layout", "docs", "ci", "versioning")
"""What a template may leave open, in the order in which the layers of the answers are put on."""


@dataclass(frozen=True, slots=True)
class Template:
    """A project to copy.

    ``name`` is what commands call it, ``title`` what people do; ``about`` says in a sentence what
    it is for, ``backend`` what builds it.  ``layers`` are put on one another, those of ``options``
    after them: an option's answers, the default first, each with the layers that it adds.
    ``proof`` says how it is proven: as a ``project`` that builds and passes its tests, as one
    whose ``wheel-fails``, or as a ``script`` that runs.
    """

    name: str
    title: str
    about: str
    backend: str
    layers: tuple[str, ...]
    options: Mapping[str, Mapping[str, tuple[str, ...]]]
    proof: str = "project"

    def answers(self, option: str) -> tuple[str, ...]:
        """Return the answers to *option*, of :data:`OPTIONS`, the default first."""
        return tuple(self.options[option])


@dataclass(frozen=True, slots=True)
class Layer:
    """What a layer does besides bringing files.

    ``without`` are keys and tables of pyproject.toml that it takes away, ``drops`` paths of files,
    ``strikes`` lines of other files without their blanks, by path, and ``moves`` says which
    beginning of a path becomes which.
    """

    without: tuple[str, ...] = ()
    drops: tuple[str, ...] = ()
    strikes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    moves: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Verified:
    """When a template was last built and tested, as ``YYYY-MM-DD``, and with which versions."""

    date: str
    python: str
    tools: Mapping[str, str]


@functools.cache
def _table() -> dict[str, Any]:
    return tomllib.loads(source.read()["catalogue.toml"].decode())


@functools.cache
def templates() -> Mapping[str, Template]:
    """Return every template by its name, in the catalogue's order.

    >>> templates()["hatchling"].backend
    'hatchling.build'
    """
    return MappingProxyType(
        {
            name: Template(
                name,
                row["title"],
                row["about"],
                row["backend"],
                tuple(row["layers"]),
                MappingProxyType(
                    {
                        option: MappingProxyType(
                            {answer: tuple(adds) for answer, adds in row["options"][option].items()}
                        )
                        for option in OPTIONS
                    }
                ),
                row.get("proof", "project"),
            )
            for name, row in _table()["templates"].items()
        }
    )


def template(name: str) -> Template:
    """Return the template *name*.

    Raises :exc:`KeyError` for a name that is not in the catalogue.
    """
    return templates()[name]


def layer(name: str) -> Layer:
    """Return what the layer *name* does besides bringing files."""
    row = _table()["layers"].get(name, {})
    return Layer(
        tuple(row.get("without", ())),
        tuple(row.get("drops", ())),
        tuple((path, tuple(lines)) for path, lines in row.get("strikes", {}).items()),
        tuple(row.get("moves", {}).items()),
    )


def licenses() -> Mapping[str, str]:
    """Return the licenses to choose from, each with the layer that has its text.

    >>> list(licenses())[0]
    'BSD-3-Clause'
    """
    return MappingProxyType(_table()["licenses"])


def answers_about(option: str) -> Mapping[str, str]:
    """Return the answers to *option*, of :data:`OPTIONS`, each with what it means.

    >>> "src" in answers_about("layout")
    True
    """
    return MappingProxyType(_table()["answers"][option])


def purpose(path: str) -> str:
    """Return in one line what the file at *path* of a project is for; empty if nothing is known.

    >>> purpose("LICENSE")
    'What others may do with the code; it goes into every sdist and wheel.'
    """
    rows: dict[str, str] = _table()["files"]
    return next((text for shape, text in rows.items() if fnmatch.fnmatchcase(path, shape)), "")


def verified() -> Mapping[str, Verified]:
    """Return for each template that a session has proven when, and with what.

    >>> "hatchling" in verified()["hatchling"].tools
    True
    """
    rows = json.loads(source.read()["verified.json"])
    return MappingProxyType(
        {
            name: Verified(row["date"], row["python"], MappingProxyType(row["tools"]))
            for name, row in rows.items()
        }
    )
