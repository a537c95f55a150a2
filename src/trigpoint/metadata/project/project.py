"""From a ``[project]`` table to metadata, with places in the TOML text.

Source: pyproject.toml specification; PEP 621, 639, 794, 808; PEP 771 (draft).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable

from trigpoint import versions
from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix, Span, TextIndex, in_text_order
from trigpoint.metadata.document import Document
from trigpoint.metadata.fields import VERSIONS
from trigpoint.metadata.minimum import minimum_version
from trigpoint.metadata.project.keys import read_keys
from trigpoint.metadata.project.table import Table, Value
from trigpoint.metadata.project.toml import positions
from trigpoint.metadata.text.depth import MOST_LEVELS, toml_too_deep
from trigpoint.metadata.text.plain import Origin

__all__ = ["from_project_table"]

_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)\Z")


def from_project_table(
    pyproject_text: str,
    *,
    read_file: Callable[[str], str | None] | None = None,
    license_files: Callable[[str], list[str]] | None = None,
    metadata_version: str | None = None,
) -> Document:
    r"""Return the metadata that the ``[project]`` table of a pyproject.toml stands for.

    ``pyproject_text`` is the whole file.  ``read_file`` returns the text of a file named in the table, or None;
    ``license_files`` the paths that a pattern matches.  Without them what the
    files hold is left out, and said so.  ``metadata_version`` is the lowest that
    the table needs unless given.  The document's findings have their places in
    the TOML text; nothing in that text raises.

    >>> document = from_project_table('[project]\nname = "x"\nversion = "1"\n'
    ...                               'dependencies = ["y >> 1"]\n')
    >>> [(found.code, found.span.line, found.span.column) for found in document.findings()]
    [('metadata-requirement', 4, 20)]
    """
    if (at := toml_too_deep(pyproject_text)) is not None:
        message = f"it nests deeper than {MOST_LEVELS} levels, which is not read here"
        span = TextIndex(pyproject_text).span(at, at + 1)
        return _empty(pyproject_text, report("metadata-toml", message, span))
    try:
        whole = tomllib.loads(pyproject_text)
    except ValueError as error:
        return _empty(pyproject_text, _toml_error(pyproject_text, error))
    data = whole.get("project")
    if not isinstance(data, dict):
        message, where = "there is no [project] table", None
        if data is not None:
            place = positions(pyproject_text)["project",]
            message = "project is not a table"
            where = TextIndex(pyproject_text).span(place.start, place.end)
        fix = Fix("add [project] with at least name and version")
        return _empty(pyproject_text, report("metadata-project-missing", message, where, fix))
    table = Table(pyproject_text, data, positions(pyproject_text))
    read_keys(table, read_file, license_files)
    return _document(table, metadata_version)


def _empty(text: str, finding: Finding) -> Document:
    origin = Origin(text, (finding,), lambda *_: (None, False), lists_required=False)
    return Document.from_fields((), origin=origin)


def _toml_error(text: str, error: ValueError) -> Finding:
    index = TextIndex(text)
    message, offset = str(error), 0
    if not isinstance(error, tomllib.TOMLDecodeError):
        # The one other error that it lets through; where, it does not say.
        message = f"a number has more than {versions.MOST_DIGITS} digits"
        offset = (versions.long_number(text) or (0, 0))[0]
    elif found := _AT.search(message):
        message = message[: found.start()]
        # tomllib counts lines in a text whose CR LF became LF, so columns agree.
        offset = len(text)
        if found[1]:
            starts = [0, *(match.end() for match in re.finditer(r"\n", text))]
            line = min(versions.number(found[1]), len(starts))
            offset = min(starts[line - 1] + versions.number(found[2]) - 1, len(text))
    end = min(offset + 1, len(text))
    return report("metadata-toml", f"the text is no TOML: {message}", index.span(offset, end))


def _document(table: Table, metadata_version: str | None) -> Document:
    order = {name: rank for rank, name in enumerate(_ORDER)}
    values = sorted(table.values, key=lambda value: order.get(value.field, len(order)))
    body = table.body[0] if table.body else ""
    pairs = [(value.field, value.text) for value in values]
    version = metadata_version
    if version is None:
        needed = minimum_version(Document.from_fields(pairs, body)).version
        version = needed if needed in VERSIONS[3:] else "2.1"
        if any(finding.code == "metadata-project-dynamic-static" for finding in table.findings):
            version = VERSIONS[-1]
    values.insert(0, Value("Metadata-Version", version, ("project",)))
    pairs.insert(0, ("Metadata-Version", version))

    def locate(number: int, start: int, end: int) -> tuple[Span | None, bool]:
        return _locate(table, values[number], start, end)

    findings = tuple(in_text_order(table.findings))
    origin = Origin(table.text, findings, locate, lists_required=False)
    return Document.from_fields(pairs, body, origin)


def _locate(table: Table, value: Value, start: int, end: int) -> tuple[Span | None, bool]:
    for first, last, path, offset in value.pieces:
        if first <= start and end <= last:
            place = table.places.get(path)
            if place is None:
                break
            lead = _plain_string(table.text[place.start : place.end])
            if lead is None:
                return table.span(path), False
            at = place.start + lead + offset - first
            return table.index.span(at + start, at + end), True
    return table.span(value.path), False


def _plain_string(written: str) -> int | None:
    """Return where the content of a TOML string starts if it stands there letter by letter."""
    if not written or written[0] not in "'\"" or "\\" in written or "\n" in written:
        return None
    return 3 if written[:3] in ('"""', "'''") and len(written) >= 6 else 1


_ORDER = (
    "Metadata-Version",
    "Name",
    "Version",
    "Dynamic",
    "Summary",
    "Description-Content-Type",
    "Keywords",
    "Author",
    "Author-email",
    "Maintainer",
    "Maintainer-email",
    "License",
    "License-Expression",
    "License-File",
    "Classifier",
    "Requires-Dist",
    "Requires-Python",
    "Project-URL",
    "Provides-Extra",
    "Import-Name",
    "Import-Namespace",
    "Default-Extra",
)
