"""Whether the files of a release say the same: METADATA of its wheels, PKG-INFO of its sdist.

Idea: installers read the metadata of one wheel and take it for that of all, so the wheels
are held against the first of them, by what the values mean; and each against the sdist,
which may differ in the fields that it calls dynamic, and in no other.

Cost: one comparison a file, each linear in the metadata.

Example: a wheel for Windows that requires colorama without a marker differs from one for
Linux that does not, and a resolver that has read the second does not install colorama.

Source: core metadata specification, "Dynamic"; PEP 643; PEP 658.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from packaging.utils import canonicalize_name

from trigpoint import versions
from trigpoint.archives.faults import Notes, shown
from trigpoint.findings import Finding
from trigpoint.metadata import diff, read
from trigpoint.metadata.document import Document
from trigpoint.wheels.data import Inspection

__all__ = ["MOST_VALUES", "FieldDifference", "FileValues", "Release", "releases"]

MOST_VALUES: Final = 50
"""Values of one field that are listed for each file."""

_ANY: Final = frozenset({"metadata-version", "dynamic"})
"""Fields that are about a file itself, so that they may differ."""


@dataclass(frozen=True, slots=True)
class FileValues:
    """What the file called ``file`` says: the ``values`` of a field, short."""

    file: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """A ``field`` in which files of a release differ by meaning.

    ``files`` are the values of each file, in the order of the files.  ``dynamic``
    says that only the sdist differs and calls the field dynamic, so that it may.
    """

    field: str
    files: tuple[FileValues, ...]
    dynamic: bool = False


@dataclass(frozen=True, slots=True)
class Release:
    """The ``files`` of one ``version`` of a ``project``, and the ``fields`` in which they differ."""

    project: str
    version: str
    files: tuple[str, ...]
    fields: tuple[FieldDifference, ...] = ()
    findings: tuple[Finding, ...] = ()


def releases(inspections: Iterable[Inspection]) -> tuple[Release, ...]:
    """Compare the metadata of *inspections*, wheels and sdists, release by release.

    A file without metadata that can be read is left out, and says so by itself.

    >>> releases([])
    ()
    """
    groups: dict[tuple[str, str], list[tuple[Inspection, Document]]] = {}
    for each in inspections:
        if each.kind and each.metadata:
            document = read(each.metadata)
            groups.setdefault(_release(document), []).append((each, document))
    return tuple(_compare(*key, files) for key, files in groups.items())


def _release(document: Document) -> tuple[str, str]:
    """Return name and version of *document*, normalised where they are a name and a version."""
    name = canonicalize_name((document.get_first("Name") or "").strip())
    version = (document.get_first("Version") or "").strip()
    return name, str(versions.version(version)) if versions.is_version(version) else version


def _compare(project: str, version: str, files: Sequence[tuple[Inspection, Document]]) -> Release:
    notes = Notes()
    wheels = [each for each in files if each[0].kind == "wheel"]
    sdists = [each for each in files if each[0].kind == "sdist"]
    # Of each field the files that differ from the first wheel, and from the sdist.
    among = _differing(wheels[0], wheels[1:]) if wheels else {}
    beside = {
        field: names
        for sdist in sdists[:1]
        for field, names in _differing(sdist, wheels).items()
        if field.lower() not in _ANY
    }
    among |= {
        field: names
        for field, names in (_differing(sdists[0], sdists[1:]) if sdists else {}).items()
        if field not in among
    }
    free = {name.strip().lower() for _, document in sdists[:1] for name in document["Dynamic"]}
    found = []
    for field in dict.fromkeys((*among, *beside)):
        dynamic = field not in among and field.lower() in free
        values = tuple(
            FileValues(each.name, tuple(_values(document, field))) for each, document in files
        )
        found.append(FieldDifference(field, values, dynamic))
        if field.lower() in _ANY:
            continue
        if field in among:
            first = wheels[0][0].name if wheels else sdists[0][0].name
            said = f"{field} of {shown(among[field][0])} is not that of {shown(first)}"
            notes.add("wheel-release-differs", said, "build all wheels from one sdist")
        elif not dynamic:
            said = f"{field} of {shown(beside[field][0])} is not that of the sdist, which is fixed"
            fix = f"call {field} dynamic, or state it in pyproject.toml as it is"
            notes.add("wheel-release-sdist", said, fix)
    return Release(
        project, version, tuple(each.name for each, _ in files), tuple(found), notes.findings()
    )


def _differing(
    first: tuple[Inspection, Document], others: Sequence[tuple[Inspection, Document]]
) -> dict[str, list[str]]:
    """Return for each field the names of the *others* that differ from *first* in its meaning."""
    found: dict[str, list[str]] = {}
    for each, document in others:
        fields = dict.fromkeys(
            change.field
            for change in diff(first[1], document)
            if change.kind in ("added", "removed", "changed")
        )
        for field in fields:
            found.setdefault(field, []).append(each.name)
    return found


def _values(document: Document, field: str) -> Iterable[str]:
    values = [value.strip() for value in document[field]]
    yield from (_short(value) for value in values[:MOST_VALUES])
    if len(values) > MOST_VALUES:
        yield f"and {len(values) - MOST_VALUES:,} more"


def _short(value: str) -> str:
    line = " ".join(value[:400].split())
    return line if len(line) <= 120 else f"{line[:117]}..."
