"""Checks of single fields, other than those that name projects and extras."""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable, Sequence

from packaging.version import InvalidVersion

from trigpoint import versions
from trigpoint.metadata.checks import dependencies
from trigpoint.metadata.checks.context import Context
from trigpoint.metadata.classifiers import MOST_MEANT, PRIVATE, known, meant
from trigpoint.metadata.fields import BY_LOWER, suggest
from trigpoint.metadata.licenses import (
    LONGEST_WORDS,
    expression,
    is_text,
    meant_licenses,
)
from trigpoint.metadata.text.header import Every, Header
from trigpoint.metadata.text.people import people

__all__ = [
    "CHECKS",
    "GROUP_CHECKS",
    "PLAIN_ADDRESS",
    "PLAIN_PATH",
    "PLAIN_VERSION",
    "USUAL_TYPES",
    "can_be_dynamic",
    "content_type",
    "url_parts",
    "usual_license",
    "well_formed_url",
]

PLAIN_VERSION = re.compile(r"[0-9]+(?:\.[0-9]+)*(?:(?:a|b|rc|\.post|\.dev)[0-9]+)*\Z").match
_LINE_BREAK = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?://)?[^\s<>\"]+\Z").match
_NO_SCHEME = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)+(?:/\S*)?\Z").match
_TYPE = re.compile(r"[ \t]*([\w.+-]+/[\w.+-]+)[ \t]*\Z").match
_PARAMETER = re.compile(r"[ \t]*([\w-]+)[ \t]*=[ \t]*(?:\"([^\"]*)\"|([^\s;\"]+))[ \t]*\Z").match
_CLASSIFIER = re.compile(r"[^:;]+(?: :: [^:;]+)+\Z").match
_LEVELS = re.compile(r"\s*::\s*|\s+:\s+").split
_TYPES = ("text/plain", "text/x-rst", "text/markdown")
# What most documents say is known to be right; it is not looked at.
USUAL_TYPES = frozenset(
    f"{kind}{charset}" for kind in _TYPES for charset in ("", "; charset=UTF-8")
) | {"text/markdown; charset=UTF-8; variant=GFM"}
_USUAL_LICENSES = frozenset(
    {
        *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MIT-0"),
        *("MPL-2.0", "PSF-2.0", "Unlicense", "Zlib"),
    }
)
_WORDS_BETWEEN = re.compile(r" (?:OR|AND) ").split
PLAIN_PATH = re.compile(r"[\w-][\w.-]*(?:/[\w-][\w.-]*)*\Z").match
# Addresses, with any name but one with what separates people or fields.
_EMAIL = r"[A-Za-z0-9_.+-]++@[A-Za-z0-9.-]++"
_PERSON = rf"(?:{_EMAIL}|(?:[^<>()@,:\"\\]*+|\"[^\":\\]*+\" )<{_EMAIL}>)"
PLAIN_ADDRESS = re.compile(rf"{_PERSON}(?:, ?{_PERSON})*+\Z").match
_NEAR_ADDRESS = re.compile(
    r"(?:([^<>@,\"]*[^<>@,\"\s])[ \t]*(?:<[ \t]*|[ \t]))?<?[ \t]*"
    r"([A-Za-z0-9_.+-]+)(?:@|[ \t]*[(\[]at[)\]][ \t]*|[ \t]+at[ \t]+)([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)[ \t]*>?\Z"
).match
_NEAR_TYPES = {
    "md": "text/markdown",
    "markdown": "text/markdown",
    "x-markdown": "text/markdown",
    "rst": "text/x-rst",
    "x-rst": "text/x-rst",
    "restructuredtext": "text/x-rst",
    "plain": "text/plain",
    "txt": "text/plain",
    "text": "text/plain",
}
_VARIANTS = ("GFM", "CommonMark")
_NEVER_DYNAMIC = frozenset({"metadata-version", "name", "version"})
can_be_dynamic = (
    frozenset(key for key, field in BY_LOWER.items() if not field.proposal)
    - _NEVER_DYNAMIC
    - {"dynamic"}
)
"""Names of fields that Dynamic may list, in lower case; those of proposals are left out."""
_DRIVE = re.compile(r"[A-Za-z]:").match


def name(context: Context, header: Header) -> None:
    """Check the project's name."""
    value = header.value
    if value and not dependencies.NAME(value):
        context.add(
            "metadata-name" if context.rules >= (2, 1) else "metadata-name-old",
            header,
            f"{value!r} is no project name",
            "use ASCII letters and digits, with . - or _ between them",
        )


def version(context: Context, header: Header) -> None:
    """Check the project's version."""
    value = header.value
    if not value or (len(value) <= versions.MOST_DIGITS and PLAIN_VERSION(value)):
        return
    try:
        versions.version(value)
    except InvalidVersion:
        message = f"{value!r} is no version of PEP 440"
        if versions.long_number(value):
            message = f"a number has more than {versions.MOST_DIGITS} digits"
        old = context.rules < (1, 2)
        context.add(
            "metadata-version-old" if old else "metadata-version-value",
            header,
            message,
            "write a version such as 1.2.3",
        )


def dynamic(context: Context, header: Header) -> None:
    """Check the name of a dynamic field."""
    value = header.value
    plain = value.lower()
    field = BY_LOWER.get(plain)
    if plain in _NEVER_DYNAMIC:
        context.add(
            "metadata-dynamic",
            header,
            f"{field.name if field else value} is never dynamic",
            "delete this line",
        )
    elif field is None or (field.proposal and not context.next_major):
        meant = suggest(value) if field is None else None
        context.add(
            "metadata-dynamic",
            header,
            f"{value!r} is no field of core metadata",
            f"write {meant}" if meant else "name a field of core metadata",
            replacement=meant,
        )
    elif plain == "dynamic":
        context.add(
            "metadata-dynamic-itself",
            header,
            "the list of dynamic fields is not a field that can be dynamic",
            "delete this line",
        )


def summary(context: Context, header: Header) -> None:
    """Check that the summary is one line."""
    value = header.value
    if not value.isprintable() and (found := _LINE_BREAK.search(value)):
        context.add(
            "metadata-summary-lines",
            header,
            "the summary is one line",
            "put a blank in its place",
            at=found.span(),
            replacement=" ",
        )


def content_type(value: str) -> tuple[str, dict[str, str], list[str]]:
    """Return the type in *value*, its parameters, and the parts that cannot be read.

    >>> content_type("text/markdown; variant=GFM")
    ('text/markdown', {'variant': 'GFM'}, [])
    """
    first, *rest = value.split(";")
    matched = _TYPE(first)
    parameters: dict[str, str] = {}
    unread = [] if matched else [first]
    for part in rest:
        if found := _PARAMETER(part):
            parameters.setdefault(found[1].lower(), found[2] if found[2] is not None else found[3])
        elif part.strip():
            unread.append(part)
    return (matched[1].lower() if matched else "", parameters, unread)


def description_content_type(context: Context, header: Header) -> None:
    """Check the markup of the description."""
    if header.value in USUAL_TYPES:
        return
    kind, parameters, unread = content_type(header.value)
    if kind not in _TYPES:
        first = header.value.partition(";")[0].rstrip()
        better = _NEAR_TYPES.get(re.split(r"[/\\]", first)[-1].strip(" .").lower())
        context.add(
            "metadata-content-type",
            header,
            f"{first!r} is not known, so the description is shown as plain text",
            f"write {better}" if better else f"write one of {', '.join(_TYPES)}",
            at=(0, len(first)) if first else None,
            replacement=better if first else None,
        )
        return
    for part in unread:
        _parameter(context, header, kind, part)
    charset = parameters.get("charset", "UTF-8")
    if charset.lower() not in ("utf-8", "utf8"):
        context.add(
            "metadata-content-type",
            header,
            f"the charset is UTF-8, never {charset}",
            "write charset=UTF-8",
        )
    variant = parameters.get("variant", "GFM")
    if kind == "text/markdown" and variant not in _VARIANTS:
        meant = {known.lower(): known for known in _VARIANTS}.get(variant.lower())
        words = f"write variant={meant}" if meant else "write variant=GFM or variant=CommonMark"
        message = f"{variant!r} is no variant of Markdown, so readers take GFM"
        context.add("metadata-content-type", header, message, words)
        if meant and header.value.count(variant) == 1 and not header.folded:
            at = header.value.index(variant)
            context.mend_last(meant, header.place(at, at + len(variant))[0])


def _parameter(context: Context, header: Header, kind: str, part: str) -> None:
    """Report a *part* of the header's value, behind the *kind* of text, that is no parameter."""
    shown = part.strip()
    name, equals, _ = shown.partition("=")
    if not equals or not shown.rstrip(" \t").removeprefix(name).strip("= \t"):
        message = f"the parameter {name.strip()} has no value"
    else:
        message = f"{shown!r} is no name, = and value"
    at = header.value.index(f";{part}")
    end = at + 1 + len(part)
    context.add(
        "metadata-content-type",
        header,
        f"{message}; {kind} is fine",
        f"delete {shown!r}, and the semicolon before it",
        at=(at + 1 + part.index(shown), at + 1 + part.index(shown) + len(shown)),
    )
    if not header.folded:
        context.mend_last("", header.place(at, end)[0])


def keywords(context: Context, header: Header) -> None:
    """Check how the keywords are separated."""
    value = header.value
    if "," not in value:
        if len(value.split()) > 1:
            context.add(
                "metadata-keywords",
                header,
                "without commas this is one keyword, though some readers split at blanks",
                "put commas between the keywords",
                replacement=",".join(value.split()),
            )
    elif not all(item.strip() for item in value.split(",")):
        context.add(
            "metadata-keywords",
            header,
            "there is an empty keyword between the commas",
            "delete the comma too many",
            replacement=",".join(item.strip() for item in value.split(",") if item.strip()),
        )


def well_formed_url(text: str) -> bool:
    """Say whether *text* has the form of an absolute URL."""
    if text.startswith(("https://", "http://")) and text.isprintable():
        # Looked through without a pattern, as nearly all are.
        return len(text) > (8 if text[4] == "s" else 7) and not (
            " " in text or "<" in text or ">" in text or '"' in text
        )
    return _URL(text) is not None


def _url(context: Context, header: Header, url: str, at: int) -> None:
    if not url or well_formed_url(url) or url == "UNKNOWN":
        return
    better = f"https://{url}" if _NO_SCHEME(url) else None
    context.add(
        "metadata-url",
        header,
        f"{url!r} is no URL",
        f"write {better}" if better else "write an address such as https://example.org/",
        at=(at, at + len(url)),
        replacement=better,
    )


def url(context: Context, header: Header) -> None:
    """Check a field that is a URL."""
    _url(context, header, header.value, 0)


def url_parts(value: str) -> tuple[str, str, int]:
    """Return label and address of *value*, a Project-URL, and where the address starts.

    >>> url_parts("Docs, https://example.org")
    ('Docs', 'https://example.org', 6)
    """
    label, comma, address = value.partition(", ")
    if address and "," not in label and address == address.strip():
        # As nearly all are written.
        return label.strip(), address, len(label) + 2
    label, comma, address = value.partition(",")
    bare = address.strip()
    at = len(label) + len(comma) + (address.find(bare) if bare else 0)
    return label.strip(), bare, at


def project_url(context: Context, header: Header) -> None:
    """Check label and address."""
    label, address, at = url_parts(header.value)
    context.urls.append((header, label, address))
    if not address:
        message, fix = "there is no URL after a comma", "write a label, a comma and a URL"
        if context.document.origin is not None:
            message, fix = f"there is no URL for {label}", "write one, or delete the key"
        context.add("metadata-project-url", header, message, fix)
    elif not label:
        context.add(
            "metadata-project-url",
            header,
            "there is no label before the comma",
            "write a label, such as Documentation",
        )
    if len(label) > 32:
        context.add(
            "metadata-url-label",
            header,
            f"the label has {len(label)} characters, at most 32 are allowed",
            "shorten the label",
            at=(0, len(label)),
        )
    _url(context, header, address, at)


def addresses(context: Context, header: Header) -> None:
    """Check a list of addresses."""
    if PLAIN_ADDRESS(header.value):
        return
    for person in people(header.value):
        if not person.valid:
            shown = header.value[person.start : person.end]
            if shown == "UNKNOWN":
                continue
            # Elsewhere name and address have keys of their own.
            better = _meant_address(shown) if context.document.origin is None else None
            context.add(
                "metadata-address",
                header,
                f"{shown!r} is no address",
                f"write {better}"
                if better
                else "write user@host or Name <user@host>; a name with a comma needs quotes",
                at=(person.start, person.end),
                replacement=better,
            )


def _meant_address(text: str) -> str | None:
    """Return the address that *text* was meant to be, if a bracket or an @ is all that is wrong.

    >>> _meant_address("Ada a@x.org>"), _meant_address("Ada <a at x.org>"), _meant_address("Ada")
    ('Ada <a@x.org>', 'Ada <a@x.org>', None)
    """
    found = _NEAR_ADDRESS(text)
    if found is None:
        return None
    name, user, host = found.groups()
    email = f"{user}@{host}"
    better = f"{name} <{email}>" if name else email
    (person, *more) = people(better)
    return better if person.valid and not more else None


def usual_license(value: str) -> bool:
    """Say whether *value* is a usual license, or some with one word between them, in usual spelling.

    >>> usual_license("MIT OR Apache-2.0"), usual_license("mit"), usual_license("MIT OR (MIT)")
    (True, False, False)
    """
    if value in _USUAL_LICENSES:
        return True
    return " " in value and _USUAL_LICENSES.issuperset(_WORDS_BETWEEN(value))


def license_expression(context: Context, header: Header) -> None:
    """Check an SPDX expression."""
    value = header.value
    if usual_license(value):
        return
    canonical = expression(value)
    if canonical is None:
        _no_expression(context, header, value)
    elif canonical != " ".join(value.split()):
        context.add(
            "metadata-license-spelling",
            header,
            f"the usual spelling is {canonical}",
            f"write {canonical}",
            replacement=canonical,
        )


def _no_expression(context: Context, header: Header, value: str) -> None:
    """Report a license in words, and what of the list it may be."""
    meant = meant_licenses(value)
    better = None
    message = f"{value[:LONGEST_WORDS]!r} is no SPDX expression"
    if len(meant) == 1:
        better = meant[0]
        fix = f"write {better}"
    elif meant:
        fix = f"write {', '.join(meant[:-1])} or {meant[-1]}, whichever it is"
    elif is_text(value):
        fix = f"name the file with the text in {context.called('License-File')}, and write its SPDX expression here"
    else:
        fix = "write SPDX identifiers joined with AND, OR and WITH, or LicenseRef- and a name"
    context.add("metadata-license-expression", header, message, fix, replacement=better)


def license_file(context: Context, header: Header) -> None:
    """Check the path of a license file."""
    value = header.value
    if PLAIN_PATH(value) or not (problem := _path_problem(value)):
        return
    parts = value.replace("\\", "/").split("/")
    better = "/".join(part for part in parts if part not in ("", "."))
    if value.startswith("/") or not better or _path_problem(better):
        words = "write a path relative to the licenses directory, with /"
        context.add("metadata-license-file", header, problem, words)
    else:
        words = f"write {better}"
        context.add("metadata-license-file", header, problem, words, replacement=better)


def _path_problem(value: str) -> str:
    """Say what is wrong with a path in License-File; nothing if it is right."""
    if not value:
        return "the path is empty"
    if "\\" in value:
        return "the separator is /"
    if value.startswith("/") or _DRIVE(value):
        return "the path is not relative"
    parts = value.split("/")
    if ".." in parts:
        return "the path leaves its directory"
    if "*" in value:
        return "patterns stand in pyproject.toml; here is one path for each file"
    return "the path has empty or . parts" if "" in parts or "." in parts else ""


def classifiers(context: Context, every: Every) -> None:
    """Check the form of *every* classifier, and whether the list that this package carries has it.

    What is wrong goes to *context*.
    """
    values = every.values
    unlisted: Sequence[int] = ()
    if not known().names.issuperset(values):
        unlisted = [at for at, value in enumerate(values) if value not in known().names]
        _unlisted(context, [every[at] for at in unlisted])
    together = "\n".join(values) if unlisted else ""
    usual = not unlisted or (
        ";" not in together
        and together.count(":") == 2 * together.count(" :: ")
        and not [value for value in values if " :: " not in value]
    )
    if not usual:
        for header in every:
            _classifier(context, header)
    elif context.rules >= (2, 4):
        for at, value in enumerate(values):
            if value.startswith("License :: "):
                _license_classifier(context, every[at])


def _unlisted(context: Context, headers: Sequence[Header]) -> None:
    """Check *headers*, classifiers that are none of the list."""
    looked = 0
    for header in headers:
        value = header.value
        if not _CLASSIFIER(value) or value.startswith(PRIVATE):
            continue
        if value in known().deprecated:
            instead = known().deprecated[value]
            context.add(
                "metadata-classifier-deprecated",
                header,
                f"{value!r} is deprecated, and public indexes refuse it",
                f"write {' or '.join(instead)}" if instead else "delete this line",
                replacement=instead[0] if len(instead) == 1 else None,
            )
            continue
        near = meant(value) if looked < MOST_MEANT else None
        looked += 1
        context.add(
            "metadata-classifier-unknown",
            header,
            f"there is no classifier {value!r}, and public indexes refuse it",
            f"write {near}" if near else "delete this line, or take one of the list",
            replacement=near,
        )


def _classifier(context: Context, header: Header) -> None:
    value = header.value
    if not _CLASSIFIER(value.partition(";")[0].rstrip() if ";" in value else value):
        levels = [level.strip() for level in _LEVELS(value)]
        better = " :: ".join(levels)
        meant = better if _CLASSIFIER(better) else None
        context.add(
            "metadata-classifier",
            header,
            f"{value!r} has not the form of a classifier",
            f"write {meant}" if meant else "write levels joined with ' :: '",
            replacement=meant,
        )
    elif value.startswith("License :: ") and context.rules >= (2, 4):
        _license_classifier(context, header)


def _license_classifier(context: Context, header: Header) -> None:
    """Report a license in the form of a classifier."""
    if context.document["License-Expression"]:
        name = context.called("License-Expression")
        message = f"{name} says it, and licenses as classifiers are deprecated"
        if context.document.origin is not None:
            message += "; setuptools 77 and later refuse to build with both"
        context.needless("metadata-license-classifier", header, message)
    else:
        context.add(
            "metadata-license-classifier-old",
            header,
            "licenses as classifiers are deprecated since 2.4",
            f"write {context.called('License-Expression')} with an SPDX expression",
        )


def import_name(context: Context, header: Header) -> None:
    """Check an import name and its privacy."""
    value = header.value
    namespace = header.name.lower() == "import-namespace"
    if not value and not namespace:
        return
    dotted, semicolon, private = value.partition(";")
    dotted = dotted.rstrip()
    for part in dotted.split("."):
        if not part.isidentifier() or keyword.iskeyword(part):
            context.add(
                "metadata-import-name",
                header,
                f"{part!r} is no identifier" if part else "an identifier is missing",
                "write a name that import takes",
                at=(0, len(dotted)) if dotted else None,
            )
            break
    if semicolon and private.strip() != "private":
        context.add(
            "metadata-import-name",
            header,
            "only the word private may follow the semicolon",
            "write ; private",
            at=(len(value) - len(private), len(value)),
            replacement=" private",
        )


CHECKS: dict[str, Callable[[Context, Header], None]] = {
    **dependencies.CHECKS,
    "name": name,
    "version": version,
    "dynamic": dynamic,
    "summary": summary,
    "description-content-type": description_content_type,
    "keywords": keywords,
    "home-page": url,
    "download-url": url,
    "project-url": project_url,
    "author-email": addresses,
    "maintainer-email": addresses,
    "license-expression": license_expression,
    "license-file": license_file,
    "import-name": import_name,
    "import-namespace": import_name,
}
"""The check of each field, by its name in lower case."""

GROUP_CHECKS: dict[str, Callable[[Context, Every], None]] = {
    "classifier": classifiers,
    "requires-dist": dependencies.requires_dist,
}
"""The checks that look at all fields of one name together."""
