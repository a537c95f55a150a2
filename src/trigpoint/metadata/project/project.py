"""From a ``[project]`` table to metadata, with places in the TOML text.

Source: pyproject.toml specification; PEP 621, 639, 794, 808; PEP 771 (draft).
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from trigpoint import versions
from trigpoint.catalogue import marked, report
from trigpoint.findings import Finding, Fix, Span, TextIndex, in_text_order, without_mark
from trigpoint.metadata.document import Document
from trigpoint.metadata.fields import FIELDS, VERSIONS
from trigpoint.metadata.minimum import minimum_version
from trigpoint.metadata.project.keys import read_keys
from trigpoint.metadata.project.table import Table, Value
from trigpoint.metadata.project.toml import Places, positions
from trigpoint.metadata.project.toml_hints import stopped_at, toml_hint
from trigpoint.metadata.text.depth import MOST_LEVELS, toml_too_deep
from trigpoint.metadata.text.plain import Origin

__all__ = ["as_document", "from_project_table", "no_document", "parse_toml"]


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
    parsed = parse_toml(pyproject_text)
    if isinstance(parsed, Finding):
        return no_document(pyproject_text, *marked(pyproject_text), parsed)
    whole, places = parsed
    data = whole.get("project")
    if not isinstance(data, dict):
        message, where = "there is no [project] table", None
        if data is not None:
            place = places["project",]
            message = "project is not a table"
            where = TextIndex(pyproject_text).span(place.start, place.end)
        fix = Fix("add [project] with at least name and version")
        finding = report("metadata-project-missing", message, where, fix)
        return no_document(pyproject_text, *marked(pyproject_text), finding)
    table = Table(pyproject_text, whole, places)
    table.findings += marked(pyproject_text)
    return as_document(table, read_file, license_files, metadata_version)


def parse_toml(text: str) -> tuple[dict[str, Any], Places] | Finding:
    """Return what *text*, a TOML document, says, and where; or what makes it none.

    A byte order mark in front is skipped; :func:`trigpoint.catalogue.marked` tells of it.

    >>> parse_toml("a = ").message
    'the text is no TOML: Invalid value'
    """
    if (at := toml_too_deep(text)) is not None:
        message = f"it nests deeper than {MOST_LEVELS} levels, which is not read here"
        return report("metadata-toml", message, TextIndex(text).span(at, at + 1))
    text = without_mark(text)
    try:
        return tomllib.loads(text), positions(text)
    except ValueError as error:
        return _toml_error(text, error)


def no_document(text: str, *findings: Finding) -> Document:
    """Return the document of *text*, which stands for none; *findings* say why."""
    origin = Origin(text, findings, lambda *_: (None, False), lists_required=False)
    return Document.from_fields((), origin=origin)


def _toml_error(text: str, error: ValueError) -> Finding:
    index = TextIndex(text)
    message, offset = str(error), 0
    if not isinstance(error, tomllib.TOMLDecodeError):
        # The one other error that it lets through; where, it does not say.
        message = f"a number has more than {versions.MOST_DIGITS} digits"
        offset = (versions.long_number(text) or (0, 0))[0]
        return report("metadata-toml", f"the text is no TOML: {message}", _one(index, offset))
    message, offset = stopped_at(text, message)
    fix = None
    if hint := toml_hint(text, message, offset):
        place = None if hint.replacement is None else index.span(hint.start, hint.end)
        fix = Fix(hint.fix, hint.replacement, place)
    return report("metadata-toml", f"the text is no TOML: {message}", _one(index, offset), fix)


def _one(index: TextIndex, offset: int) -> Span:
    """Return the place of the letter at *offset*, or of the end."""
    return index.span(offset, min(offset + 1, len(index.text)))


def as_document(
    table: Table,
    read_file: Callable[[str], str | None] | None,
    license_files: Callable[[str], list[str]] | None,
    metadata_version: str | None = None,
) -> Document:
    """Return the metadata of *table*.

    *read_file*, *license_files* and *metadata_version* are those of
    :func:`from_project_table`.
    """
    read_keys(table, read_file, license_files)
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

    def removal(number: int) -> Span | None:
        edit = table.gone(values[number].path)
        return edit and table.index.span(edit.start, edit.end)

    findings = tuple(in_text_order(table.findings))
    origin = Origin(table.text, findings, locate, False, CALLED, removal)
    return Document.from_fields(pairs, body, origin)


def _locate(table: Table, value: Value, start: int, end: int) -> tuple[Span | None, bool]:
    for first, last, path, offset in value.pieces:
        if first <= start and end <= last:
            return table.within(path, start + offset - first, end + offset - first)
    return table.span(value.path), False


CALLED: Mapping[str, str] = MappingProxyType(
    {
        field.name.lower(): field.project_key.partition(",")[0]
        for field in FIELDS.values()
        if field.project_key
    }
)
"""What each field is called in the table, by its name in lower case."""

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
