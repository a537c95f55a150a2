"""What the external lab is asked, and what it answers with: plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from trigpoint.findings import Finding
from trigpoint.labs.files import Upload

__all__ = [
    "DEFAULT_ENVIRONMENT",
    "MOST_ROWS",
    "PURPOSES",
    "ChoiceRow",
    "ExternalRequest",
    "ExternalResponse",
    "NeedRow",
]

DEFAULT_ENVIRONMENT: Final = "cpython-3.14-linux-x86_64"

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
    ``file`` is a dropped wheel, sdist or text; filling in puts it into ``text``.
    """

    text: str = ""
    purpose: str = "build"
    extras: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    environment: str = DEFAULT_ENVIRONMENT
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
class ExternalResponse:
    """What the text says that is needed, and how much of it counts.

    ``kind`` is what the text was read as: ``"pyproject"``, ``"metadata"`` or
    ``"lines"``.  ``stated`` is False where a table or fields would be, and are not.
    ``rows`` has at most :data:`MOST_ROWS`; ``left_out`` is how many more there are.
    ``fields`` are the METADATA lines that a table stands for.
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
    findings: tuple[Finding, ...]
