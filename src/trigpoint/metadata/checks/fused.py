"""Two fields or two requirements in one line, where a line break was lost.

A script that joins strings without a line break between them writes
``packaging Dynamic: summary`` or ``pkg (>=0.4other>=0.5)``.  Readers take the whole as
one value.

Only values that are never prose are looked into.  A split is proposed where it is
certain: both halves can be read, the second has versions of its own, and no number
of a prerelease could be its name.

Cost: linear in the length of the value.

Source: Core metadata specifications; Dependency specifiers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from trigpoint.metadata.checks.context import Context
from trigpoint.metadata.fields import FIELDS
from trigpoint.metadata.requirement import Problem, Requirement, marker_findings, parse
from trigpoint.metadata.text.header import Every, Header
from trigpoint.requirements.clauses import ANOTHER
from trigpoint.requirements.reader import read
from trigpoint.requirements.tree import Dialect, shown

__all__ = ["fused_fields", "split_requirement"]

_STRICT = frozenset(
    {
        "author-email",
        "classifier",
        "description-content-type",
        "download-url",
        "dynamic",
        "home-page",
        "import-name",
        "import-namespace",
        "license-expression",
        "license-file",
        "maintainer-email",
        "metadata-version",
        "name",
        "obsoletes-dist",
        "project-url",
        "provides-dist",
        "provides-extra",
        "requires-dist",
        "requires-python",
        "version",
    }
)
_NAMES = tuple(name for name, field in FIELDS.items() if field.since)
_FIELD = re.compile(rf"(?<=[^-])([ \t]*+)({'|'.join(_NAMES)}):(?=[ \t])").search
_WORDS = re.compile(r"([A-Za-z-]++):[ \t]").findall
_SUFFIX = re.compile(r"(?:a|alpha|b|beta|c|dev|post|pre|preview|r|rc|rev)(?:[._-]?[0-9]|\Z)").match


def _colons(text: str) -> bool:
    """Say whether *text* has what stands behind a field's name, not only levels of classifiers."""
    # A pattern that begins with any text is slow; colons are quick to look for.
    return text.count(": ") != text.count(":: ") or ":\t" in text


def fused_fields(context: Context, fields: Iterable[tuple[str, Every]]) -> frozenset[int]:
    """Report fields that begin within the line of one of *fields* to *context*.

    *fields* pairs names in lower case with all headers of each.  Returns the numbers of
    the headers that others begin in.
    """
    headers = [
        every[at]
        for key, every in fields
        if key in _STRICT and _colons("\n".join(every.values))
        for at, value in enumerate(every.values)
        if _colons(value)
    ]
    if not headers:
        return frozenset()
    document = context.document
    text, found, known = document.text, set(), document.known()
    for header in headers:
        value = header.value
        # The pattern may begin anywhere; what stands before a colon is quick to look through.
        if not any(word.endswith(_NAMES) for word in _WORDS(value)) or not (match := _FIELD(value)):
            continue
        found.add(header.number)
        name = match[2]
        alone = FIELDS[name].multiple or name not in known
        ending = "\r\n" if text.endswith("\r\n", 0, header.end) else "\n"
        first, last = match.span(1)
        context.add(
            "metadata-fused-field",
            header,
            f"{shown(header.value[match.start(2) :])} looks like a field of its own",
            f"begin a line with {name}",
            at=(match.start(2), len(header.value)),
        )
        if alone and not header.folded:
            context.mend_last(ending, header.place(first, last)[0])
    return frozenset(found)


def split_requirement(header: Header, problems: list[Problem]) -> tuple[str, str] | None:
    """Return the two requirements in the value of *header*, if that is the only problem of it.

    *problems* are those of the value.
    """
    value = header.value
    if header.folded or len(problems) != 1 or problems[0].fix != ANOTHER:
        return None
    shape = read(value, Dialect.DEPENDENCY).shape
    start, end = problems[0].start, len(value)
    if shape.marker is not None:
        end = shape.marker_at - 1
        if marker_findings(shape.marker.strip(" \t"))[0] is None:
            return None
    if value[start - 1].isdigit() and _SUFFIX(value, start):
        return None
    closed = value.rfind(")", start, end) if shape.parentheses else end
    first = value[:start].rstrip(" \t,") + value[closed:]
    second = value[start:closed].rstrip(" \t") + value[end:]
    halves = parse(first), parse(second)
    if all(isinstance(half, Requirement) and half.specifier for half in halves):
        return first, second
    return None
