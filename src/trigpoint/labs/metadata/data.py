"""What the metadata lab is asked, and what it answers with: plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from trigpoint.findings import Finding, Span
from trigpoint.labs.documents import SOURCES
from trigpoint.labs.files import Upload
from trigpoint.metadata import FORMS, LATEST, NEXT_MAJOR, VERSIONS

__all__ = [
    "CHOICES",
    "INDEXES",
    "KINDS",
    "MOST_LETTERS",
    "READERS",
    "VIEWS",
    "Because",
    "Converted",
    "DifferenceRow",
    "FieldRow",
    "FieldValue",
    "MetadataRequest",
    "MetadataResponse",
    "Rewritten",
    "ToolRow",
]

VIEWS: Final = ("fields", "convert", "diff", "json", "installers")
KINDS: Final = ("", "wheel", "sdist")
INDEXES: Final = ("", "pypi")
"""The indexes whose rules can be asked for, none first."""

READERS: Final = (*VERSIONS, NEXT_MAJOR)
"""The metadata versions that a reader can know up to, the proposed next one last."""

MOST_LETTERS: Final = 300
"""Letters of a value that a row repeats; the rest is in the text."""


@dataclass(frozen=True, slots=True)
class MetadataRequest:
    """What a reader asks.

    ``text`` is a METADATA or PKG-INFO file or a pyproject.toml, which ``source``
    says (``"auto"``, ``"metadata"`` or ``"pyproject"``).  ``view`` chooses the
    answer: ``"fields"``, ``"convert"``, ``"diff"``, ``"json"`` or
    ``"installers"``.  ``reader`` is the newest metadata version that the reader
    of the file knows, ``kind`` the distribution it is in (``"wheel"``,
    ``"sdist"`` or empty).  With ``index``, one of :data:`INDEXES`, the rules of
    that index are held against the text too.

    For *convert*, ``to`` is the version to write and ``force`` asks for the
    nearest text where something cannot be said.  For *diff*, ``other`` is the
    newer document.  For *json*, ``form`` is one of
    :data:`trigpoint.metadata.FORMS`.  For *installers*, ``asked`` is what was
    asked for, such as ``pkg[docs]``, ``tools`` are the tools to say (empty: all
    that are recorded), ``file_name`` and ``wheel_version`` what is known of the
    wheel.

    ``file`` is a dropped file; filling in puts its metadata into ``text``.
    ``blank`` says that the text of a file is empty, which is wrong with it, and
    not that there is no text yet.  If the file's name ends with ``.simple.json``
    it is an index's list of a project's files; filling in puts the address of
    the newest metadata into ``fetch``.
    """

    text: str = ""
    source: str = "auto"
    view: str = "fields"
    reader: str = LATEST
    kind: str = ""
    index: str = ""
    to: str = LATEST
    force: bool = False
    other: str = ""
    form: str = FORMS[0]
    asked: str = ""
    tools: tuple[str, ...] = ()
    file_name: str = ""
    wheel_version: str = ""
    file: Upload | str | None = ""
    blank: bool = False
    fetch: str = ""


CHOICES: Final = {
    "view": VIEWS,
    "source": SOURCES,
    "reader": READERS,
    "kind": KINDS,
    "index": INDEXES,
    "to": READERS,
    "form": FORMS,
}
"""The fields of a request that must be one of a few values, and these."""


@dataclass(frozen=True, slots=True)
class FieldValue:
    """One value of a field; ``text`` holds its first letters, ``length`` how many it has."""

    text: str
    length: int
    place: Span | None


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field of the document, with what is known about it; ``known`` is False for other names.

    ``status`` is what it is in the document's version: ``"required"``,
    ``"optional"``, ``"deprecated"`` or ``"absent"``.
    """

    name: str
    known: bool
    since: str
    deprecated: str
    proposal: str
    status: str
    meaning: str
    format: str
    project_key: str
    source: str
    values: tuple[FieldValue, ...]


@dataclass(frozen=True, slots=True)
class Because:
    """Why the document cannot be older than a version."""

    version: str
    message: str
    place: Span | None


@dataclass(frozen=True, slots=True)
class Rewritten:
    """One value before and after; ``after`` holds names and values, and is empty if it is gone."""

    field: str
    before: str
    after: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Converted:
    """The document in another version; ``text`` is None if that was refused."""

    to: str
    text: str | None
    findings: tuple[Finding, ...]
    changes: tuple[Rewritten, ...]


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """One difference; see :class:`trigpoint.metadata.Difference`."""

    field: str
    kind: str
    before: str | None
    after: str | None
    message: str
    place: Span | None


@dataclass(frozen=True, slots=True)
class ToolRow:
    """What one tool does; see :class:`trigpoint.installers.Prediction`.

    ``cases`` names the recorded runs that say so, ``causes`` what in the
    document they are about, and ``places`` where that is.
    """

    tool: str
    recorded_with: str
    outcome: str
    cases: tuple[str, ...]
    causes: tuple[str, ...]
    message: str
    unrecorded: tuple[str, ...]
    note: str
    places: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class MetadataResponse:
    """The answer; only the part that ``view`` names is filled in.

    ``stated`` is the metadata version that the document names, ``minimum`` the
    lowest that can hold it.  ``empty`` says that there was no text, ``readable``
    whether fields could be told apart in it.  ``read`` and ``not_read`` name the
    tables of a pyproject.toml that the findings are about, and those that they
    are not.  ``index`` is what becomes of an upload, ``"accepts"`` or ``"refuses"``,
    if that was asked.
    """

    view: str
    source: str
    reader: str
    empty: bool
    readable: bool
    stated: str
    name: str
    version: str
    minimum: str
    because: tuple[Because, ...]
    findings: tuple[Finding, ...]
    read: tuple[str, ...] = ()
    not_read: tuple[str, ...] = ()
    fields: tuple[FieldRow, ...] = ()
    converted: Converted | None = None
    compared: bool = False
    differences: tuple[DifferenceRow, ...] = ()
    json: str = ""
    json_findings: tuple[Finding, ...] = ()
    tools: tuple[ToolRow, ...] = ()
    index: str = ""
