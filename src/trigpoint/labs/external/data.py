"""What the external lab is asked, and what it answers with: plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from trigpoint.findings import Finding
from trigpoint.labs.files import Upload

__all__ = [
    "DEFAULT_ECOSYSTEM",
    "DEFAULT_ENVIRONMENT",
    "MOST_MAPPING",
    "MOST_ROWS",
    "OWN",
    "PURPOSES",
    "CellRow",
    "ChoiceRow",
    "ColumnRow",
    "ExternalRequest",
    "ExternalResponse",
    "MissingRow",
    "NeedRow",
    "OptionRow",
    "PieceRow",
    "PlanRow",
    "PlannedRow",
]

DEFAULT_ENVIRONMENT: Final = "cpython-3.14-linux-x86_64"

DEFAULT_ECOSYSTEM: Final = "debian"

OWN: Final = "own"
"""The column of the reader's own mapping."""

MOST_MAPPING: Final = 200_000
"""Letters of a mapping of the reader's own."""

MOST_ROWS: Final = 200
"""Requirements of one text that an answer lists; the rest is counted."""

PURPOSES: Final = ("build", "run")
"""What something can be needed for."""


@dataclass(frozen=True, slots=True)
class ExternalRequest:
    """What a reader asks.

    ``text`` is a pyproject.toml with an ``[external]`` table, METADATA, or one
    requirement a line.  ``purpose`` is one of :data:`PURPOSES`; ``extras`` and
    ``groups`` name what of the optional tables and the groups counts, too.
    ``environment`` is the name of the environment that markers are asked about.
    ``ecosystem`` is the column whose commands are shown, :data:`OWN` for that of
    ``mapping``, a mapping in the form of PEP 804.  ``pins`` choose providers, each as
    ``interface/mpi=generic/openmpi``.  ``file`` is a dropped wheel, sdist, mapping or text;
    filling in puts it into ``text`` or ``mapping``.
    """

    text: str = ""
    purpose: str = "build"
    extras: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    environment: str = DEFAULT_ENVIRONMENT
    ecosystem: str = DEFAULT_ECOSYSTEM
    pins: tuple[str, ...] = ()
    mapping: str = ""
    file: Upload | str | None = ""


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """An extra or a group that the text offers, and whether it is ``chosen``."""

    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class NeedRow:
    """One thing that the text says is needed.

    ``start`` is -1 without a place.  ``kind`` is that of
    :class:`trigpoint.external.older.Older`, or ``"wrong"`` for what cannot be read.
    ``holds`` says whether the marker does; ``counts`` whether this is among what was asked
    for, else ``why`` is a code of ``words.WHY``.  ``instead`` is the DepURL for an
    older form.
    """

    text: str
    start: int
    end: int
    where: str
    group: str
    role: str
    kind: str
    identifier: str
    version: str
    marker: str
    holds: bool
    counts: bool
    why: str
    instead: str


@dataclass(frozen=True, slots=True)
class CellRow:
    """What one ecosystem has for one requirement.

    ``state`` is one of the mapping's for ``packages``, or a reason of
    :class:`trigpoint.external.plan.Missing`; ``told`` says it in words, with source and day.
    """

    packages: tuple[str, ...]
    state: str
    told: str


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """One ecosystem: its ``name``, its ``title``, and a cell for each text of ``needs``."""

    name: str
    title: str
    cells: tuple[CellRow, ...]


@dataclass(frozen=True, slots=True)
class OptionRow:
    """Another provider of something virtual: its name, its packages, and the pins that take it."""

    name: str
    packages: tuple[str, ...]
    pins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What is taken for a requirement: packages, why these, how well they are known, versions."""

    requirement: str
    packages: tuple[str, ...]
    why: str
    known: str
    ranged: str
    range_status: str
    options: tuple[OptionRow, ...]


@dataclass(frozen=True, slots=True)
class MissingRow:
    """A requirement that cannot be met, and what to do."""

    requirement: str
    advice: str


@dataclass(frozen=True, slots=True)
class PieceRow:
    """Something to copy: its ``title`` and its ``text``."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class PlanRow:
    """The plan of the chosen ecosystem: in a sentence, row by row, and as pieces to copy."""

    summary: str
    planned: tuple[PlannedRow, ...]
    missing: tuple[MissingRow, ...]
    pieces: tuple[PieceRow, ...]


@dataclass(frozen=True, slots=True)
class ExternalResponse:
    """What the text says that is needed, and how much of it counts.

    ``kind`` is what the text was read as: ``"pyproject"``, ``"metadata"`` or
    ``"lines"``.  ``stated`` is False where a table or fields would be, and are not.
    ``rows`` has at most :data:`MOST_ROWS`; ``left_out`` is how many more there are.
    ``fields`` are the METADATA lines that a table stands for.  ``needs`` are the texts
    that count, with what a compiler brings along; ``columns`` have a cell for each.
    ``ecosystem`` is the column of ``plan``, which is None where nothing counts.
    """

    empty: bool
    readable: bool
    kind: str
    stated: bool
    purpose: str
    environment: str
    environment_label: str
    extras: tuple[ChoiceRow, ...]
    groups: tuple[ChoiceRow, ...]
    rows: tuple[NeedRow, ...]
    left_out: int
    fields: tuple[str, ...]
    needs: tuple[str, ...]
    columns: tuple[ColumnRow, ...]
    ecosystem: str
    ecosystem_title: str
    plan: PlanRow | None
    findings: tuple[Finding, ...]
