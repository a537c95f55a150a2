"""The rules of the index about the fields of a document."""

from __future__ import annotations

import email.utils
import functools
import re
import sys
from collections.abc import Iterator
from typing import Final

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion

from trigpoint import versions
from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix
from trigpoint.installers.index.rules import LONGEST_SUMMARY, METADATA_VERSIONS, READ
from trigpoint.metadata.checks.values import url_parts
from trigpoint.metadata.classifiers import MOST_MEANT, PRIVATE, known, meant
from trigpoint.metadata.requirement import Requirement, parse
from trigpoint.metadata.text.plain import Header, PlainDocument

__all__ = ["RESERVED_EXTRAS", "field_findings", "modules"]

RESERVED_EXTRAS: Final = {"test": "running the tests", "doc": "building the documentation"}
"""Extras whose meaning core metadata fixes, and what each is for."""

_GONE = (
    "asynchat asyncore binhex formatter parser symbol macpath dummy_threading smtpd imp distutils"
    " aifc audioop cgi cgitb chunk crypt imghdr mailcap msilib nis nntplib ossaudiodev pipes sndhdr"
    " spwd sunau telnetlib uu xdrlib lib2to3"
)
"""Modules that a newer standard library no longer has; their names stay refused."""

_LOCAL_NAMES = frozenset({"arpa", "invalid", "local", "localhost", "onion", "test"})
"""Last parts of a host name that no mail is delivered to (RFC 6761 and its registry)."""

_ADDRESS = re.compile(r"[^\s@]+@([^\s@]+)\Z").match
_HOST = re.compile(r"(?!-)[^\s.@-][^\s.@]*(?:\.[^\s.@]+)+\Z").match


@functools.cache
def modules() -> frozenset[str]:
    """Return the normalised names of the standard library's modules, now and in the past.

    >>> {"json", "distutils"} <= modules()
    True
    """
    names = (*sys.stdlib_module_names, *_GONE.split())
    return frozenset(canonicalize_name(name.strip("_")) for name in names)


def _on(
    header: Header, code: str, message: str, fix: str, replacement: str | None = None
) -> Finding:
    """Report *code* on the value of *header*; *replacement* is what to write there instead."""
    span, exact = header.place(0, len(header.value))
    if not header.value and exact:
        span, exact = header.name_span, False
    if replacement is None or not exact or header.folded:
        return report(code, message, span, Fix(fix))
    return report(code, message, span, Fix(fix, replacement, span))


def field_findings(document: PlainDocument) -> Iterator[Finding]:
    """Yield what the index refuses in the fields of *document*, other than its own findings."""
    yield from _version(document)
    yield from _identity(document)
    for header in document.fields("Summary"):
        if len(header.value) > LONGEST_SUMMARY:
            yield _on(
                header,
                "index-summary",
                f"the summary has {len(header.value)} characters, the index takes {LONGEST_SUMMARY}",
                "say it in one sentence, and the rest in the description",
            )
    yield from _references(document)
    yield from _classifiers(document)
    yield from _addresses(document)
    for header in document.fields("Provides-Extra"):
        if purpose := RESERVED_EXTRAS.get(header.value):
            yield _on(
                header,
                "index-extra-reserved",
                f"the extra {header.value} is reserved for what {purpose} needs",
                f"keep it for that; the index takes it in any case, as of {READ}",
            )


def _version(document: PlainDocument) -> Iterator[Finding]:
    for header in document.fields("Metadata-Version"):
        if header.value not in METADATA_VERSIONS:
            first, *_, last = METADATA_VERSIONS
            yield _on(
                header,
                "index-metadata-version",
                f"the index takes the metadata versions {first} to {last}, not {header.value!r}",
                "let the build backend write an older one",
            )


def _identity(document: PlainDocument) -> Iterator[Finding]:
    for header in document.fields("Version"):
        try:
            local = versions.version(header.value).local
        except InvalidVersion:
            continue
        if local is not None:
            public = header.value.partition("+")[0]
            yield _on(
                header,
                "index-local-version",
                f"the index refuses local versions, such as +{local}",
                f"write {public}, or publish it elsewhere",
            )
    for header in document.fields("Name"):
        if canonicalize_name(header.value) in modules():
            yield _on(
                header,
                "index-name-module",
                f"{header.value} is a module of the standard library, so the index takes no new"
                " project of this name",
                "choose another name, unless the project is there already",
            )


def _references(document: PlainDocument) -> Iterator[Finding]:
    for name in ("Requires-Dist", "Provides-Dist", "Obsoletes-Dist"):
        for header in document.fields(name):
            # Nothing without the sign can be one, and most have none.
            if "@" not in header.value:
                continue
            parsed = parse(header.value)
            if isinstance(parsed, Requirement) and parsed.url is not None:
                yield _on(
                    header,
                    "index-direct-reference",
                    f"{parsed.name} is asked for by an address, which the index refuses",
                    f"ask for {parsed.name} by its version, from the index; an address can stand"
                    " in a requirement file, a dependency group or the settings of a tool",
                )


def _classifiers(document: PlainDocument) -> Iterator[Finding]:
    looked = 0
    for header in document.fields("Classifier"):
        value = header.value
        if value in known().names or not value:
            continue
        if value.startswith(PRIVATE):
            yield _on(
                header,
                "index-private",
                f"the index refuses whatever has the classifier {value!r}, as it is meant to",
                "delete it if this is to be published",
            )
        elif value in known().deprecated:
            instead = known().deprecated[value]
            yield _on(
                header,
                "index-classifier-deprecated",
                f"the index no longer takes {value!r}",
                f"write {' or '.join(instead)}" if instead else "delete it",
                instead[0] if len(instead) == 1 else None,
            )
        else:
            near = meant(value) if looked < MOST_MEANT else None
            looked += 1
            yield _on(
                header,
                "index-classifier",
                f"{value!r} is no classifier that the index knows"
                f" (trove-classifiers {known().version})",
                f"write {near}" if near else _instead(value),
                near,
            )


def _instead(value: str) -> str:
    if value.startswith("License ::"):
        return "delete it, and say the licence with License-Expression"
    return "delete it, or take one of the list"


def _addresses(document: PlainDocument) -> Iterator[Finding]:
    for name in ("Home-page", "Download-URL"):
        for header in document.fields(name):
            if header.value and not _web(header.value):
                yield _url(header, header.value)
    for header in document.fields("Project-URL"):
        _, address, _ = url_parts(header.value)
        if address and not _web(address):
            yield _url(header, address)
    for name in ("Author-email", "Maintainer-email"):
        for header in document.fields(name):
            _, address = email.utils.parseaddr(header.value)
            if address and (problem := _undeliverable(address)):
                yield _on(
                    header,
                    "index-email",
                    f"the index refuses the address {address!r}: {problem}",
                    "write a real address, or leave the field out",
                )


def _web(address: str) -> bool:
    return address.lower().startswith(("http:", "https:"))


def _url(header: Header, address: str) -> Finding:
    return _on(
        header,
        "index-url",
        f"{address!r} is no http or https address, and the index takes no other",
        "write an address that starts with https://",
    )


def _undeliverable(address: str) -> str:
    """Say why no mail can be sent to *address*, by its form; empty if it may be."""
    found = _ADDRESS(address)
    if found is None:
        return "it is not one name, @ and one host"
    user = address.partition("@")[0]
    if ".." in user or user.startswith(".") or user.endswith("."):
        return "a dot stands at an end, or beside another"
    if not _HOST(found[1]):
        return "the host has no domain"
    if found[1].rpartition(".")[2].lower() in _LOCAL_NAMES:
        return "the host is a name that is reserved for other uses"
    return ""
