"""What is wrong with a document: its structure, its version, and its fields together.

Source: Core metadata specifications; the email parser with the ``compat32``
policy for what readers take as header and body.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix, in_text_order
from trigpoint.metadata.checks import dependencies
from trigpoint.metadata.checks.context import Context
from trigpoint.metadata.checks.contradictions import contradictions
from trigpoint.metadata.checks.fused import fused_fields
from trigpoint.metadata.checks.lost import MOST_AHEAD
from trigpoint.metadata.checks.mojibake import unscrambled
from trigpoint.metadata.checks.sound import doubtful
from trigpoint.metadata.checks.structure import structure
from trigpoint.metadata.checks.values import CHECKS, GROUP_CHECKS, url_parts
from trigpoint.metadata.fields import (
    BY_LOWER,
    FIELDS,
    LATEST,
    NEXT_MAJOR,
    VERSIONS,
    number,
    suggest,
)
from trigpoint.metadata.text.header import Every, Header
from trigpoint.metadata.text.plain import PlainDocument
from trigpoint.requirements.tree import shown

__all__ = ["MOST_PARENTS", "normal_label", "rules_of", "structural", "validate"]

MOST_PARENTS = 50
"""Parents that an import name may have for those that are missing to be listed."""

_REQUIRED = ("Metadata-Version", "Name", "Version")
_REQUIRED_NAMES = frozenset(_REQUIRED)
# A blank behind these makes readers refuse the value, or miss what it names.
_EXACT = frozenset({"metadata-version", "name", "dynamic", "provides-extra", "default-extra"})
_ONE_LINE = _EXACT | {"requires-dist", "summary"}
_FREE_FOLDS = frozenset(
    {
        "author",
        "author-email",
        "keywords",
        "maintainer",
        "maintainer-email",
        "description",
        "license",
    }
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029]")
_CONTROL = _CONTROLS.search
# Those of them that are no ASCII; a pattern is slow where it may begin with many characters.
_WIDE_CONTROLS = "\x85\u2028\u2029"
_BREAKS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_APPROVED = frozenset(VERSIONS)
_CONTROL_BYTES = bytes({*range(32), 127} - set(b"\t\n\r"))
_NO_CONTROLS = bytes.maketrans(_CONTROL_BYTES, b" " * len(_CONTROL_BYTES))
_ENCODED = re.compile(r"=\?[^?\s]{1,40}\?[BbQq]\?[^?\s]*\?=").search
# Of each field: when it came and was deprecated, whether it may be repeated, and its check.
# Proposals come after every version but 3.0.
_PLAN = {
    key: (
        number(field.since or NEXT_MAJOR),
        number(field.deprecated or "99.0"),
        field.multiple,
        CHECKS.get(key),
    )
    for key, field in BY_LOWER.items()
}
_LINES = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n)|[^\r\n]++\Z")
_NO_MARKS = dict.fromkeys(map(ord, string.punctuation + string.whitespace))
_NO_TWINS = ("Classifier", "Dynamic", "Import-Name", "Import-Namespace", "License-File")
_EXTRAS = frozenset({"Provides-Extra", "Requires-Dist", "Default-Extra"})
_PEOPLE = (("Maintainer", "Author"), ("Maintainer-email", "Author-email"))
_INSTEAD = {
    "Home-page": "write Project-URL: Homepage, and the URL",
    "Download-URL": "write Project-URL: Download, and the URL",
    "License": "write a License-Expression",
    "Requires": "write Requires-Dist with project names",
    "Provides": "write Import-Name",
}
_KINDS = (None, "sdist", "wheel")


def validate(
    document: PlainDocument,
    reader: str = LATEST,
    *,
    next_major: bool = False,
    kind: str | None = None,
) -> list[Finding]:
    """Return all findings on *document*.

    *reader*, *next_major*, *kind* and the errors are those of
    :meth:`trigpoint.metadata.Document.findings`.
    """
    newest = number(reader)
    if kind not in _KINDS:
        msg = f"kind is 'sdist', 'wheel' or None, not {kind!r}"
        raise ValueError(msg)
    if next_major:
        newest = max(newest, number(NEXT_MAJOR))
    stated = document["metadata-version"]
    context = Context(document, _rules(stated))
    if document.origin is None:
        structure(context)
    if not (stated and stated[0] in _APPROVED and number(stated[0]) <= newest):
        _version(context, newest)
    rules, above = context.rules, context.next_major
    written = document.text[: document.headers_end]
    odd = _odd(written)
    plain = not odd and document.origin is None
    usual = document.values_by_name() if plain else None
    fused: AbstractSet[int] = frozenset()
    if usual is not None:
        fields = [(name.lower(), document.every(name)) for name in doubtful(context, usual)]
    else:
        sound = _sound(context) if plain else ()
        fields = [(key, document.every(key)) for key in document.by_key() if key not in sound]
    if fields and document.origin is None:
        fused = fused_fields(context, fields)
    if fused:
        # Places among the headers of a name are others then.
        context.doubtful = None
    for key, every in fields:
        headers = every
        if fused:
            headers = Every([header for header in every if header.number not in fused])
        if key not in _PLAN:
            for header in headers:
                _unknown(context, header, newest)
            continue
        since, deprecated, multiple, check = _PLAN[key]
        if rules < since:
            for header in headers:
                _too_new(context, header)
        elif rules >= deprecated and not above:
            for header in headers:
                _deprecated(context, header)
        if len(headers) > 1 and not multiple and not (above and key in ("author", "maintainer")):
            _duplicates(context, headers)
        if check is not None:
            for header in headers:
                check(context, header)
        elif key in GROUP_CHECKS:
            GROUP_CHECKS[key](context, headers)
    if usual is None:
        for header in document.headers if odd else document.unusual():
            if header.field is not None:
                _written(context, header, header.key, odd=odd)
    if not document.undecodable and not written.isascii():
        _scrambled(context)
    if "UNKNOWN" in written:
        _placeholders(context)
    known = document.known()
    if usual is None or rules < (2, 1) or not known >= _REQUIRED_NAMES:
        _missing(context)
    _together(context, known, kind)
    found = context.found
    if document.origin is not None:
        found = [*found, *document.origin.findings]
    return in_text_order(found) if len(found) > 1 else found


def _sound(context: Context) -> AbstractSet[str]:
    """Return the fields, in lower case, whose values show that there is nothing to say of them.

    The document is one of which headers have to be looked at one by one.
    """
    known = context.document.values_of_known() or {}
    found = known.keys() - doubtful(context, known)
    context.doubted = FIELDS.keys() - found
    return {name.lower() for name in found}


def structural(document: PlainDocument) -> list[Finding]:
    r"""Return those findings of :func:`validate` on *document* for which no field is looked into.

    They are about its lines, or about the text that it was made from.

    >>> [found.code for found in structural(PlainDocument("Name: spam\neggs\n"))]
    ['metadata-junk-line']
    """
    context = Context(document, rules_of(document))
    if document.origin is not None:
        return in_text_order(document.origin.findings)
    structure(context)
    return in_text_order(context.found)


def rules_of(document: PlainDocument) -> str:
    """Return the version whose rules apply to *document*: its own, if it is known.

    A newer minor version is read by the rules of the newest known one, and so
    is a document that does not say; 2.0 is read as 2.1.
    """
    return _rules(document["metadata-version"])


def _rules(values: Sequence[str]) -> str:
    """Return the version whose rules apply, from the *values* of Metadata-Version."""
    stated = values[0] if values else LATEST
    if stated in _APPROVED:
        return stated
    try:
        version = number(stated)
    except ValueError:
        return LATEST
    if version[0] == 3:
        return NEXT_MAJOR
    for known in VERSIONS:
        if number(known) >= version:
            return known
    return LATEST


def _odd(headers: str) -> bool:
    """Say whether any of *headers* may hold a control character or an encoded word."""
    if "?" in headers and "=?" in headers:
        return True
    # Bytes are quick to look through; those of control characters do not hide in others.
    raw = headers.encode("utf-8")
    if raw.translate(_NO_CONTROLS) != raw:
        return True
    return not headers.isascii() and any(char in headers for char in _WIDE_CONTROLS)


def _too_new(context: Context, header: Header) -> None:
    field = header.field
    assert field is not None
    if field.proposal:
        context.add_name(
            "metadata-proposed-field",
            header,
            f"{field.name} is proposed by {field.proposal}; today's tools refuse or ignore it",
        )
    else:
        context.add_name(
            "metadata-field-too-new",
            header,
            f"{field.name} came with {field.since}, this document says {context.version}",
            f"write Metadata-Version: {field.since} or newer",
        )


def _version(context: Context, newest: tuple[int, int]) -> None:
    for header in context.document.every("metadata-version")[:1]:
        value = header.value
        try:
            version = number(value)
        except ValueError:
            if value:
                context.add(
                    "metadata-version-syntax",
                    header,
                    f"{value!r} is no metadata version",
                    f"write major.minor, such as {LATEST}",
                )
            continue
        reader = ".".join(map(str, newest))
        if value != ".".join(map(str, version)):
            context.add(
                "metadata-version-syntax",
                header,
                f"{value!r} has leading zeros",
                "write {}.{}".format(*version),
                replacement="{}.{}".format(*version),
            )
        elif version[0] > newest[0]:
            context.add(
                "metadata-version-major",
                header,
                f"a reader that knows {reader} must refuse {value}",
                f"write a version up to {LATEST}",
            )
        elif version > newest:
            context.add(
                "metadata-version-minor",
                header,
                f"a reader that knows {reader} may not understand everything in {value}",
            )
        elif value not in VERSIONS and version[0] < 3:
            why = "2.0 was withdrawn" if value == "2.0" else "no such version was ever approved"
            context.add(
                "metadata-version-unapproved",
                header,
                f"{why}; readers guess or refuse",
                f"write one of {', '.join(VERSIONS)}",
            )


def _unknown(context: Context, header: Header, newest: tuple[int, int]) -> None:
    stated = context.document.by_key().get("metadata-version")
    try:
        future = stated is not None and number(stated[0].value) > newest
    except ValueError:
        future = False
    meant = suggest(header.name)
    if future:
        context.add_name(
            "metadata-future-field",
            header,
            f"{header.name} is not known here; the document is of a newer version",
        )
    else:
        fix = f"write {meant}" if meant else "leave it out"
        context.add_name(
            "metadata-unknown-field",
            header,
            f"{header.name} is no field of core metadata",
            fix,
            meant,
        )


def _deprecated(context: Context, header: Header) -> None:
    field = header.field
    assert field is not None
    context.add_name(
        "metadata-deprecated-field",
        header,
        f"{field.name} is deprecated since {field.deprecated}",
        _INSTEAD.get(field.name, "leave it out"),
    )


def _duplicates(context: Context, headers: Sequence[Header]) -> None:
    first = headers[0]
    name = first.field.name if first.field else first.name
    for header in headers[1:]:
        context.add_name(
            "metadata-duplicate",
            header,
            f"{name} is already in line {first.line}; readers take the first, the last, or none",
            "keep one of them",
        )


def _trailing_blank(context: Context, header: Header) -> None:
    document = context.document
    if not header.value or document.origin is not None:
        return
    end = header.value_end
    start = header.value_start + len(header.written.rstrip(" \t"))
    # A last line of blanks only is reported as that; without them it would end the headers.
    if start < end and document.text[start - 1] not in "\r\n":
        context.add_span(
            "metadata-trailing-blank",
            document.span(start, end),
            "readers take the blank at the end as part of the value",
            "delete it",
            "",
        )


def _written(context: Context, header: Header, plain: str, *, odd: bool) -> None:
    """Check the way a value is written: blanks, folds, emptiness, odd characters.

    *odd* says whether any header of the document may have some of those.
    """
    if plain in _EXACT:
        _trailing_blank(context, header)
    if header.folded and context.document.origin is None:
        _folds(context, header, plain)
    if odd and plain != "summary" and (found := _CONTROL(header.value)):
        _control(context, header, found)
    if odd and "=?" in header.value and _ENCODED(header.value):
        context.add(
            "metadata-encoded-word",
            header,
            "readers show this encoded word as it stands",
            "write the text itself, in UTF-8",
        )
    if context.lost and header is context.document.headers[-1]:
        return  # What it should hold is below the end of the headers.
    if header.empty and plain not in (
        "metadata-version",
        "name",
        "version",
        "requires-python",
        "license-file",
        "import-name",
        "project-url",
    ):
        message = f"{context.called(header.name)} is empty"
        context.add("metadata-empty", header, message, "leave it out")


def _control(context: Context, header: Header, first: re.Match[str]) -> None:
    """Report control characters, once a value, with a fix that mends all of them."""
    value = header.value
    *_, last = _CONTROLS.finditer(value)
    start, end = first.start(), last.end()
    message = f"U+{ord(first[0]):04X} is in the value; some readers end the line there"
    new = _CONTROLS.sub(lambda found: " " * (found[0] in _BREAKS), value[start:end])
    span = header.place(*first.span())[0]
    words = "put a blank in its place" if first[0] in _BREAKS else "delete it"
    fix = Fix(words)
    one_piece = context.document.origin is None and (not header.folded or end == start + 1)
    if one_piece and f"{value[:start]}{new}{value[end:]}".strip():
        fix = Fix(words, new, header.place(start, end)[0])
    context.found.append(report("metadata-control-character", message, span, fix))


def _scrambled(context: Context) -> None:
    """Report values that were decoded wrongly."""
    for header in context.document.failing(str.isascii):
        value = header.value
        if (better := unscrambled(value)) == value:
            continue
        message = f"this looks like UTF-8 that was read as Windows-1252: it was {shown(better)}"
        context.add("metadata-mojibake", header, message, f"write {shown(better)}")
        if not header.folded:
            context.mend_last(better, header.value_span)


def _placeholders(context: Context) -> None:
    for header in context.document.failing("UNKNOWN".__ne__):
        if header.field is not None:
            context.add(
                "metadata-placeholder",
                header,
                "old tools wrote UNKNOWN for nothing",
                "leave the field out",
            )


def _folds(context: Context, header: Header, plain: str) -> None:
    if plain not in _FREE_FOLDS:
        _blank_folds(context, header)
    if plain in _ONE_LINE:
        context.add(
            "metadata-folded",
            header,
            f"{header.name} is one line; readers that keep the line break refuse it",
            "write it in one line",
        )
    elif plain not in _FREE_FOLDS:
        context.add(
            "metadata-fold-kept",
            header,
            "readers keep the line break in the value",
            "write it in one line",
        )


def _blank_folds(context: Context, header: Header) -> None:
    """Report lines of blanks in *header*; they go, but for one that is to end the headers."""
    document = context.document
    at = header.value_start
    for line in _LINES.findall(header.written):
        end = at + len(line.rstrip("\r\n"))
        if at > header.value_start and not line.strip(" \t\r\n"):
            # A description begins behind the last one, if no field is lost there.
            ends = end == document.headers_end - 1 and document.stop == "junk" and not context.lost
            message = f"this line of blanks continues {header.name}; it does not end the headers"
            words = "delete the blanks to end the headers here" if ends else "delete this line"
            begin = at if ends else at - (2 if document.text.startswith("\r\n", at - 2) else 1)
            place = document.span(begin, end)
            fix = Fix(words, "", place)
            context.found.append(
                report("metadata-blank-fold", message, document.span(at, end), fix)
            )
        at += len(line)


def _missing(context: Context) -> None:
    document = context.document
    lost: dict[str, int] | None = None
    for name in _REQUIRED:
        key = name.lower()
        if any(document[key][:1]):
            continue
        if headers := document.fields(key):
            message = f"{context.called(name)} is empty"
            context.add("metadata-missing", headers[0], message, "write its value")
        elif document.origin is None or document.origin.lists_required:
            message = f"{name} is missing"
            lost = dict(_lost(document)) if lost is None else lost
            if key in lost:
                message += f": line {lost[key]} comes after the end of the headers"
            start = document.span(0, 0) if document.origin is None else None
            context.add_span("metadata-missing", start, message, f"add {name}")
    if context.rules >= (2, 1) or document.origin is not None:
        return
    for name, field in BY_LOWER.items():
        if (
            context.version in field.required
            and field.name not in (*_REQUIRED, *context.lost)
            and (field.name not in document and name != "platform")
        ):
            context.add_span(
                "metadata-missing-old",
                document.span(0, 0),
                f"{context.version} does not call {field.name} optional",
            )


_LOST_LINE = re.compile(r"([!-9;-~]+)[ \t]*:")


def _lost(document: PlainDocument) -> Iterator[tuple[str, int]]:
    """Yield known fields and their lines that stand right after the end of the headers."""
    at = document.headers_end
    for line in document.text[at : at + MOST_AHEAD].splitlines(keepends=True):
        name = _LOST_LINE.match(line.lstrip("\ufeff"))
        if name and name[1].lower() in BY_LOWER:
            yield name[1].lower(), document.span(at, at).line
        at += len(line)


def _together(context: Context, known: AbstractSet[str], kind: str | None) -> None:
    """Check fields against each other; *known* are the names of those that occur."""
    document = context.document
    if not _EXTRAS.isdisjoint(context.doubted):
        dependencies.across(context)
    if "Requires-Dist" in known:
        contradictions(context)
    if ("License-Expression" in known and "License" in known) or "Description" in known:
        _licenses(context)
    if "Import-Name" in known or "Import-Namespace" in known:
        _imports(context)
    if context.urls:
        _urls(context)
    for own_name, other in _PEOPLE:
        if own_name not in known or other not in known:
            continue
        every, authors = document.every(own_name), document.every(other)
        if every.values[0] != authors.values[0] or not every.values[0]:
            continue
        header, author = every[0], authors[0]
        own, same = context.called(header.name), context.called(author.name)
        message = f"the same is in {same}, so {own} is left out"
        context.needless("metadata-maintainer", header, message)
    for name in _NO_TWINS if context.doubted else ():
        if name not in context.doubted or name not in known:
            continue
        values = document[name]
        if len(set(values)) == len(values):
            continue
        seen: dict[str, Header] = {}
        for header in document.fields(name):
            first = seen.setdefault(header.value, header)
            if first is not header:
                message = f"the same stands in line {context.line(first)}"
                context.needless("metadata-repeated", header, message)
    if kind != "sdist" or context.rules < (2, 2):
        return
    for header in document.fields("dynamic"):
        field = BY_LOWER.get(header.value.lower())
        if field and field.multiple and field.name in known:
            grows = "may only be added to" if context.rules >= (2, 6) else "may change entirely"
            context.add(
                "metadata-dynamic-partly",
                header,
                f"{field.name} has values here too: in wheels they {grows}",
            )


def _licenses(context: Context) -> None:
    document = context.document
    expressions = document.every("License-Expression")
    for header in document.every("License") if expressions else ():
        context.add_name(
            "metadata-license-both",
            header,
            f"License-Expression in line {expressions[0].line} excludes License",
            "delete License",
        )
    descriptions = document.every("Description")
    if descriptions and document.body and not context.lost:
        context.add_name(
            "metadata-description-twice",
            descriptions[0],
            "the description is in the header and after the headers",
            "keep the one after the headers",
        )


def _imports(context: Context) -> None:
    document = context.document
    # Headers are made of those alone that there is something to say about.
    names, spaces = (
        {value.partition(";")[0].strip(): (every, at) for at, value in enumerate(every.values)}
        for every in (document.every("Import-Name"), document.every("Import-Namespace"))
    )
    for name, (every, at) in spaces.items():
        if name and name in names:
            other, place = names[name]
            context.add(
                "metadata-import-clash",
                every[at],
                f"{name} is in {context.called('Import-Name')} too, in line"
                f" {context.line(other[place])}",
                "decide whether the project shares the name",
            )
    if "" in names and (len(names) > 1 or spaces):
        every, at = names[""]
        context.add(
            "metadata-import-clash",
            every[at],
            "an empty Import-Name says that nothing can be imported, but there are names",
            "delete this line",
        )
    known = names.keys() | spaces.keys()
    for name, (every, at) in {**names, **spaces}.items():
        if "." not in name:
            continue
        parts = name.split(".")
        if len(parts) > MOST_PARENTS + 1:
            continue
        lacking = [
            parent for i in range(1, len(parts)) if (parent := ".".join(parts[:i])) not in known
        ]
        if lacking:
            context.add(
                "metadata-import-parents",
                every[at],
                f"{', '.join(lacking)} should be listed too",
                f"add {lacking[0]} to {context.called('Import-Namespace')}"
                if context.document.origin
                else f"add Import-Namespace: {lacking[0]}",
            )


def _urls(context: Context) -> None:
    labels: dict[str, Header] = {}
    for header, label, address in context.urls if len(context.urls) > 1 else ():
        plain = label.lower() if label.isalnum() else normal_label(label)
        first = labels.setdefault(plain, header)
        if first is header or not plain:
            continue
        other, elsewhere, _ = url_parts(first.value)
        same = "the same label" if other == label else f"{other!r}, the same after normalisation,"
        different = "" if elsewhere == address else ", with another URL"
        context.add(
            "metadata-url-repeated",
            header,
            f"{same} is in line {context.line(first)}{different}",
            "use a label once",
            at=(0, len(label)),
        )


def normal_label(label: str) -> str:
    """Return *label*, that of a URL, as PEP 753 compares it.

    >>> normal_label("Home-Page")
    'homepage'
    """
    return label.translate(_NO_MARKS).lower()
