"""What was written before there were DepURLs: texts for people, sonames, native names.

``Requires-External`` is free text since metadata 1.2.  The Packaging Summit of 2022
proposed two forms for it: a soname, as in ``libblas.so.3-abi``, and as a way out the
name that one ecosystem has, as in ``debian/libblas = 3.*``.  No tool reads either.

Source: Core metadata, "Requires-External"; PEP 345; Debian Policy, chapter 8.1, for
how its packages of shared libraries are called.
"""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

from packaging.specifiers import InvalidSpecifier

from trigpoint.catalogue import report
from trigpoint.external.dep_url import MOST_LETTERS
from trigpoint.external.ranges import range_faults
from trigpoint.external.requirement import (
    ExternalRequirement,
    ReadExternal,
    marker_at,
    read_external,
)
from trigpoint.findings import Finding, Fix, TextIndex
from trigpoint.markers import Marker
from trigpoint.requirements.marker import marker_findings
from trigpoint.requirements.tree import shown
from trigpoint.versions import specifiers

__all__ = ["NATIVE", "Older", "read_older"]

OlderKind = Literal["dep", "soname", "native", "opaque"]

NATIVE: Final = {
    "debian": "deb/debian",
    "ubuntu": "deb/ubuntu",
    "fedora": "rpm/fedora",
    "centos": "rpm/centos",
    "opensuse": "rpm/opensuse",
    "archlinux": "alpm/arch",
    "arch": "alpm/arch",
    "alpine": "apk/alpine",
    "conda": "conda",
    "conda-forge": "conda",
    "homebrew": "brew",
    "brew": "brew",
}
"""Ecosystems that a native name may begin with, and what a DepURL has in their place."""

_SONAME = re.compile(r"(lib[A-Za-z0-9_+.-]+?)\.so(?:\.([0-9]+(?:\.[0-9]+)*))?(?:-abi)?").fullmatch
_NATIVE = re.compile(
    r"([a-z][a-z0-9-]*)/([A-Za-z0-9_][A-Za-z0-9._+-]*)[ \t]*(?:(==?)[ \t]*(\S+))?"
).fullmatch
_OPAQUE = re.compile(r"([^;()<>=!~]+?)[ \t]*(?:\(([^()]*)\)|([<>=!~].*))?", re.DOTALL).fullmatch
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*").fullmatch
_PREFIX = re.compile(r"([0-9]+(?:\.[0-9]+)*)\.\*").fullmatch
_COMPILERS: Final = {
    "c": "c",
    "gcc": "c",
    "cc": "c",
    "c++": "cxx",
    "g++": "cxx",
    "cpp": "cxx",
    "fortran": "fortran",
    "gfortran": "fortran",
    "rust": "rust",
    "cargo": "rust",
    "go": "go",
}


class Older(NamedTuple):
    """What an older text says.

    ``kind`` is ``"dep"`` (a DepURL after all), ``"soname"``, ``"native"`` or
    ``"opaque"``: a text for people.  ``name`` and ``version`` are parts of it as
    written, ``ecosystem`` that of a native name.  ``instead`` is the DepURL that
    would say it, as far as the text shows; empty if it does not.  ``requirement``
    is what there is to plan with: of a DepURL only.
    """

    text: str
    kind: OlderKind
    name: str
    version: str
    ecosystem: str
    marker: Marker | None
    instead: str
    requirement: ExternalRequirement | None
    findings: tuple[Finding, ...]


def read_older(text: str) -> Older:
    """Read *text*, a value of Requires-External or a line of a form from before DepURLs.

    Never raises.

    >>> read_older("libblas.so.3-abi").instead
    'dep:deb/debian/libblas3'
    >>> read_older("libpng (>=1.5)").instead
    'dep:generic/libpng@>=1.5'
    >>> read_older("debian/libblas = 3.*").findings[0].message
    'Debian calls the package of a shared library by its number, too: libblas3, not libblas'
    """
    bare = text.strip(" \t")
    if bare[:4].lower() in ("dep:", "pkg:"):
        read: ReadExternal = read_external(text)
        url = read.requirement.dep_url if read.requirement else None
        marker = read.requirement.marker if read.requirement else None
        name = url.name if url else ""
        return Older(text, "dep", name, "", "", marker, "", read.requirement, read.findings)
    semicolon = marker_at(text)
    head = (text if semicolon is None else text[:semicolon]).strip(" \t")[:MOST_LETTERS]
    marker, wrong = _marker(text, semicolon)
    behind = f"; {marker}" if marker is not None else ""
    if match := _SONAME(head):
        older = _soname(text, head, match, marker, behind)
    elif (match := _NATIVE(head)) and match[1] in NATIVE:
        older = _native(text, head, match, marker, behind)
    else:
        older = _opaque(text, head, marker, behind)
    return older._replace(findings=(*older.findings, *wrong))


def _marker(text: str, semicolon: int | None) -> tuple[Marker | None, list[Finding]]:
    if semicolon is None:
        return None, []
    behind = text[semicolon + 1 :]
    marker, found = marker_findings(behind.strip(" \t"))
    if marker is not None:
        return marker, []
    span = TextIndex(text).span(semicolon + 1, len(text))
    message = f"{shown(behind.strip())} is no marker: {found[0].message}"
    return None, [
        report("metadata-external-marker", message, span, Fix("write a marker, or take it out"))
    ]


def _finding(code: str, text: str, head: str, message: str, instead: str, words: str) -> Finding:
    at = text.find(head)
    fix = Fix(f"write {instead}" if instead else words)
    return report(code, message, TextIndex(text).span(at, at + len(head)), fix)


def _soname(
    text: str, head: str, match: re.Match[str], marker: Marker | None, behind: str
) -> Older:
    library, number = match[1], match[2] or ""
    instead = f"dep:deb/debian/{debian_library(library, number)}" if number else ""
    message = f"{shown(head)} asks for a soname, which no DepURL can; this is the package on Debian"
    if not instead:
        message = f"{shown(head)} asks for a file that only development packages have"
    found = _finding(
        "external-older",
        text,
        head,
        message,
        instead,
        "name the library: dep:generic/ and its name",
    )
    url = f"{instead}{behind}" if instead else ""
    return Older(
        text,
        "soname",
        f"{library}.so{'.' if number else ''}{number}",
        "",
        "",
        marker,
        url,
        None,
        (found,),
    )


def debian_library(library: str, number: str) -> str:
    """Return the name that Debian gives to the package of a shared library.

    *library* is its name with ``lib``, *number* what follows ``.so.``.

    >>> debian_library("libblas", "3"), debian_library("libhdf5_cpp2", "1")
    ('libblas3', 'libhdf5-cpp2-1')
    """
    name = library.lower().replace("_", "-")
    return f"{name}-{number}" if name[-1].isdigit() else f"{name}{number}"


def _native(
    text: str, head: str, match: re.Match[str], marker: Marker | None, behind: str
) -> Older:
    ecosystem, name, _, version = match[1], match[2], match[3], match[4] or ""
    prefix = _PREFIX(version)
    start = f"dep:{NATIVE[ecosystem]}/"
    message = f"{shown(head)} is a name of one ecosystem; as a DepURL it says so to every tool"
    if prefix and NATIVE[ecosystem].startswith("deb/") and name.startswith("lib"):
        called = debian_library(name, prefix[1])
        message = (
            f"Debian calls the package of a shared library by its number, too: {called}, not {name}"
        )
        instead = f"{start}{called}"
    else:
        instead = f"{start}{name}{_range(version, prefix)}"
    found = _finding("external-older", text, head, message, instead, "")
    return Older(
        text, "native", name, version, ecosystem, marker, f"{instead}{behind}", None, (found,)
    )


def _range(version: str, prefix: re.Match[str] | None) -> str:
    """Return *version*, which ``=`` stood in front of, as a DepURL has it; empty if it cannot."""
    if prefix:
        # What a * means is what its finding proposes.
        version = next(fault.replacement or "" for fault in range_faults(version, 0))
    if not version or any(fault.fatal for fault in range_faults(version, 0)):
        return ""
    return f"@{version}"


def _opaque(text: str, head: str, marker: Marker | None, behind: str) -> Older:
    match = _OPAQUE(head)
    name = match[1] if match else head
    version = ((match[2] or match[3] or "") if match else "").strip(" \t")
    instead = ""
    if match and name.lower() in _COMPILERS:
        instead = f"dep:virtual/compiler/{_COMPILERS[name.lower()]}"
    elif match and _NAME(name):
        instead = f"dep:generic/{name.lower()}"
        plain = "".join(version.split())
        try:
            sound = bool(plain) and len(specifiers(plain)) > 0
        except InvalidSpecifier:
            sound = False
        if sound and not any(fault.fatal for fault in range_faults(plain, 0)):
            instead += f"@{plain}"
    message = f"{shown(head)} is a text for people, which no tool can act on"
    if not head:
        message = "there is no text"
    code = "external-opaque"
    found = _finding(
        code, text, head, message, instead, "name one thing: dep:generic/ and its name"
    )
    return Older(
        text,
        "opaque",
        name,
        version,
        "",
        marker,
        f"{instead}{behind}" if instead else "",
        None,
        (found,),
    )
