"""DepURLs: what names something that is not a Python package.

**Idea.** Two ways to the same answer: one match of one pattern for what is right and has the usual
spelling, and a reader for the rest, which goes from scheme to type, namespace, name, version and
qualifiers, and says all that is wrong.

**Invariant.** What the pattern takes, the reader takes with the same answer and nothing to say; a
property test holds the two together.

**Cost.** Linear in the text.

Source: PEP 725 (draft of 2026-04-17), "DepURL"; the package URL specification, and its
definitions of types for which of them tell names apart by case.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote, unquote

from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from trigpoint.catalogue import report
from trigpoint.external.faults import ExternalError, Fault
from trigpoint.external.ranges import range_faults, specifiers_of
from trigpoint.findings import Finding, TextIndex, in_text_order
from trigpoint.requirements.tree import shown

__all__ = ["MOST_LETTERS", "DepURL", "ReadDepURL", "read_dep_url"]

MOST_LETTERS = 2_000
"""Letters of a DepURL that is read; the longest that is known to be in use has 60."""

VIRTUAL = ("compiler", "interface")
"""Namespaces of ``dep:virtual/``."""

_LOWER = frozenset(
    {
        *("alpm", "apk", "bitbucket", "composer", "deb", "github", "gitlab", "hex", "luarocks"),
        "virtual",
    }
)
"""Types whose namespaces and names are the same in any case."""

_LOWER_NAMESPACE = _LOWER | {"qpkg", "rpm"}
_LOWER_NAME = _LOWER | {"bitnami", "npm", "oci"}
"""Types that have one of the two in lower case: names of RPMs are told apart by case, too."""

_NAME = r"[A-Za-z0-9_][A-Za-z0-9._+-]*+"
_NUMBER = r"[0-9]{1,9}+(?:\.[0-9]{1,9}+)*+"
# The usual spelling.  A second clause goes the long way, which looks at the range.
_QUICK = re.compile(
    rf"dep:([a-z][a-z0-9.-]*+)/((?:@?+{_NAME}/)*+)({_NAME})(?:@((?:[<>]=?+|==)?+{_NUMBER}))?+\Z"
).match
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ufeff\u200b-\u200f\u202a-\u202e]")
_CONTROLS = re.compile(rf"{_CONTROL.pattern}++")
_SCHEME = re.compile(r"[ \t]*+([A-Za-z][A-Za-z0-9+.-]*+)[ \t]*+:").match
_TYPE = re.compile(r"[A-Za-z][A-Za-z0-9.-]*+\Z").match
_SAFE = re.compile(rf"{_NAME}\Z").match
_SCOPE = re.compile(rf"@?+{_NAME}\Z").match
_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})").search
_OPERATOR = re.compile(r"[ \t]*+[<>=!~^\u2264\u2265\u2260]{1,3}+(?=[ \t]*+[0-9vV*])").search
_PARENTHESES = re.compile(
    r"[ \t]*+\([ \t]*+([<>=][^()\t ]*+(?:[\t ]++[^()\t ]++)*+)[ \t]*+\)\Z"
).search
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9._-]*+\Z").match
_VALUE = re.compile(r"[^\s&#?;]++\Z").match
_BARE = re.compile(rf"{_NAME}\Z").match


@dataclass(frozen=True, slots=True)
class DepURL:
    """A DepURL that can be read; made by :meth:`parse`.

    ``type``, in lower case, is where names come from, such as ``generic``,
    ``virtual`` or ``github``.  ``namespace`` is what stands between type and
    ``name``, empty if nothing does.  ``version`` is the text behind the ``@``:
    one version, or clauses with commas; empty if there is none.  ``qualifiers``
    are pairs sorted by key, ``subpath`` is behind the ``#``.  Percent signs are
    decoded in all of them.

    Two are equal when all parts are.

    >>> url = DepURL.parse("dep:virtual/interface/lapack@>=3.7.1")
    >>> url.type, url.namespace, url.name, url.version
    ('virtual', 'interface', 'lapack', '>=3.7.1')
    >>> str(url)
    'dep:virtual/interface/lapack@>=3.7.1'

    Source: PEP 725, "DepURL".
    """

    type: str
    namespace: str
    name: str
    version: str = ""
    qualifiers: tuple[tuple[str, str], ...] = ()
    subpath: str = ""

    @classmethod
    def parse(cls, text: str) -> DepURL:
        """Read *text*: ``dep:type/namespace/name@version?qualifiers#subpath``.

        Raises :exc:`ExternalError`, whose ``findings`` say all that is wrong.

        >>> DepURL.parse("dep:generic/zlib>=1.2")
        Traceback (most recent call last):
        trigpoint.external.faults.ExternalError: error[external-no-at]: a version stands behind an @
          1 | dep:generic/zlib>=1.2
            |                 ^^
          fix: put an @ in front of it
        """
        read = read_dep_url(text)
        if read.url is None:
            raise ExternalError(text, read.findings)
        return read.url

    @property
    def identifier(self) -> str:
        """The canonical name: without version, qualifiers and subpath.

        Where the type says that case does not matter, it is lower.

        >>> DepURL.parse("dep:github/AbiWord/enchant@2").identifier
        'dep:github/abiword/enchant'
        """
        namespace, name = self.namespace, self.name
        if self.type in _LOWER_NAMESPACE:
            namespace = namespace.lower()
        if self.type in _LOWER_NAME:
            name = name.lower()
        elif self.type == "pypi":
            name = canonicalize_name(name)
        return f"dep:{self.type}/{namespace}/{name}" if namespace else f"dep:{self.type}/{name}"

    @property
    def specifiers(self) -> SpecifierSet:
        """The versions that it allows; an empty set allows all.

        >>> str(DepURL.parse("dep:generic/libxml2@2.9.2").specifiers)
        '==2.9.2'
        """
        return specifiers_of(self.version)

    @property
    def virtual(self) -> bool:
        """Whether it names something that several packages can be."""
        return self.type == "virtual"

    def __str__(self) -> str:
        parts = [self.type, *filter(None, self.namespace.split("/")), self.name]
        text = f"dep:{'/'.join(parts)}"
        if self.version:
            text += f"@{self.version}"
        if self.qualifiers:
            text += "?" + "&".join(
                f"{key}={quote(value, safe=':/')}" for key, value in self.qualifiers
            )
        if self.subpath:
            text += f"#{quote(self.subpath, safe='/')}"
        return text


class ReadDepURL(NamedTuple):
    """What was read: the DepURL, None where the text is none, and the findings on it."""

    url: DepURL | None
    findings: tuple[Finding, ...]


def read_dep_url(text: object) -> ReadDepURL:
    """Read *text*, anything, as a DepURL; what is wrong with it becomes findings.

    Never raises.

    >>> [(found.code, found.span.column) for found in read_dep_url("pkg:virtual/c++").findings]
    [('external-scheme', 1), ('external-virtual', 13)]
    """
    if not isinstance(text, str):
        message = f"a DepURL is text; this is {type(text).__name__}"
        return ReadDepURL(None, (report("external-not-text", message),))
    url, faults = parse_dep_url(text)
    if not faults:
        return ReadDepURL(url, ())
    index = TextIndex(text)
    return ReadDepURL(url, tuple(in_text_order(fault.finding(index) for fault in faults)))


def parse_dep_url(text: str) -> tuple[DepURL | None, list[Fault]]:
    """Return the DepURL that *text* is, None if it is none, and what is wrong with it.

    >>> parse_dep_url("dep:generic/zlib")[0].name
    'zlib'
    """
    match = _QUICK(text) if len(text) <= MOST_LETTERS else None
    if match is not None:
        kind, namespace, name, version = match.groups()
        if kind != "virtual" or (namespace[:-1] in VIRTUAL and name.islower()):
            return DepURL(kind, namespace[:-1], name, version or ""), []
    reader = _Reader(text)
    return reader.read(), reader.faults


def comment_at(text: str, start: int = 0, end: int | None = None) -> int | None:
    """Return where the blanks in front of a comment begin in *text*, from *start* to *end*.

    None if there is no ``#`` behind a blank; without one, it leads to a subpath.

    >>> comment_at("dep:generic/zlib  # why"), comment_at("dep:generic/zlib#sub")
    (16, None)
    """
    found = [at for mark in (" #", "\t#") if (at := text.find(mark, start, end)) >= 0]
    return len(text[: min(found)].rstrip(" \t")) if found else None


class _Reader:
    """The long way through one text.

    What a part is, is said in ``text``; faults have offsets in it.
    """

    def __init__(self, text: str) -> None:
        self.faults: list[Fault] = []
        # Control characters are reported once, and are letters from then on, in front blanks.
        first = _CONTROLS.match(text)
        bare = text[first.end() :] if first else text
        self.text = _CONTROL.sub("_", bare).rjust(len(text))
        self.written = text

    def say(
        self,
        code: str,
        message: str,
        start: int,
        end: int,
        fix: str,
        replacement: str | None = None,
        at: tuple[int, int] | None = None,
    ) -> None:
        self.faults.append(Fault(code, message, start, end, fix, replacement, at))

    def read(self) -> DepURL | None:
        text = self.text
        if len(text) > MOST_LETTERS:
            message = f"the text has more than {MOST_LETTERS} letters"
            self.say("external-long", message, MOST_LETTERS, len(text), "name one thing only")
            return None
        for control in _CONTROLS.finditer(self.written):
            message = f"U+{ord(control[0][0]):04X}, which cannot be seen, is in the text"
            self.say("external-control", message, *control.span(), "delete it", "")
        start = self.scheme()
        if start is None:
            return None
        end = len(text.rstrip(" \t"))
        if (comment := comment_at(text, start, end)) is not None:
            message = "a comment is no part of a DepURL, in which # leads to a subpath"
            self.say("external-comment", message, comment, end, "delete it", "")
            end = comment
        semicolon = text.find(";", start, end)
        if semicolon >= 0:
            message = "a marker is no part of a DepURL"
            fix = "take it out; a requirement may have one"
            self.say("external-semicolon", message, semicolon, end, fix)
            end = len(text[:semicolon].rstrip(" \t"))
        start = self.slashes(start, end)
        subpath, end = self.subpath(start, end)
        qualifiers, end = self.qualifiers(start, end)
        at = text.rfind("@", text.rfind("/", start, end) + 2, end)
        version = ""
        if at >= 0:
            version = self.version(at + 1, end)
            end = at
            if "@" in text[text.rfind("/", start, end) + 2 : end]:
                # Without this one, another would stand in front of a version.
                self.faults = [
                    fault._replace(replacement=None)
                    if fault.code == "external-version-empty"
                    else fault
                    for fault in self.faults
                ]
        else:
            version, end = self.misplaced(start, end)
        path = self.path(start, end)
        if path is None or any(fault.fatal for fault in self.faults):
            return None
        return DepURL(path[0], path[1], path[2], version, qualifiers, subpath)

    def scheme(self) -> int | None:
        """Return where the scheme ends, None if what follows is nothing of ours."""
        text = self.text
        match = _SCHEME(text)
        lead = len(text) - len(text.lstrip(" \t"))
        if match is None:
            bare = text.strip(" \t")
            end = lead + len(bare)
            if not bare:
                self.say(
                    "external-scheme", "there is no text", 0, len(text), "write dep:generic/name"
                )
            elif "/" in bare and _TYPE(bare.partition("/")[0]):
                message = "a DepURL starts with dep:"
                self.say(
                    "external-scheme", message, lead, end, f"write dep:{bare}", "dep:", (lead, lead)
                )
                return lead
            elif _BARE(bare):
                new = f"dep:generic/{bare}"
                message = f"{shown(bare)} is a name; a DepURL also says where it comes from"
                self.say(
                    "external-scheme",
                    message,
                    lead,
                    end,
                    f"write {new}",
                    "dep:generic/",
                    (lead, lead),
                )
            else:
                message = "a DepURL starts with dep: and a type"
                fix = "write it as dep:generic/name@version"
                self.say("external-scheme", message, lead, end, fix)
            return None
        scheme, (start, end) = match[1], match.span(1)
        if (scheme, start, match.end()) == ("dep", lead, end + 1):
            blank = len(text) - len(text[match.end() :].lstrip(" \t")) - match.end()
            if blank > 0:
                place = match.end(), match.end() + blank
                self.say("external-scheme", "a blank follows dep:", *place, "delete it", "")
            return match.end() + max(blank, 0)
        if scheme.lower() in ("dep", "pkg"):
            message = f"{shown(text[start : match.end()])} is not dep:"
            if scheme.lower() == "pkg":
                message = "pkg: is the scheme of package URLs; that of a DepURL is dep:"
            self.say("external-scheme", message, start, match.end(), "write dep:", "dep:")
            return match.end()
        message = f"{shown(scheme)} is not the scheme of a DepURL, which is dep:"
        self.say("external-scheme", message, start, match.end(), "write dep: and a type")
        return None

    def slashes(self, start: int, end: int) -> int:
        """Return where slashes behind the scheme, of which there should be none, end."""
        first = start
        while start < end and self.text[start] == "/":
            start += 1
        if start > first:
            message = "no slash stands behind dep:"
            self.say("external-slashes", message, first, start, "delete it", "")
        return start

    def subpath(self, start: int, end: int) -> tuple[str, int]:
        at = self.text.find("#", start, end)
        if at < 0:
            return "", end
        parts = []
        for part, first, last in self.segments(at + 1, end):
            plain = self.decoded(part, first)
            if plain in ("", ".", ".."):
                what = "is empty" if not plain else f"is {plain}"
                message = f"a segment of the subpath {what}"
                self.say("external-segment", message, first, last, "leave it out")
            elif "/" in plain or _CONTROL.search(plain) or not plain.isprintable():
                message = f"{shown(plain)} is no segment of a path"
                self.say("external-segment", message, first, last, "write a plain name")
            parts.append(plain)
        return "/".join(parts), at

    def qualifiers(self, start: int, end: int) -> tuple[tuple[tuple[str, str], ...], int]:
        mark = self.text.find("?", start, end)
        if mark < 0:
            return (), end
        found: dict[str, str] = {}
        at = mark + 1
        for part in self.text[at:end].split("&"):
            place = at, at + len(part)
            at += len(part) + 1
            key, equals, value = part.partition("=")
            if not equals or not value:
                message = f"{shown(part)} is no qualifier: a key, =, and a value"
                self.say("external-qualifier", message, *place, "write key=value, or leave it out")
                continue
            if not _KEY(key):
                message = f"{shown(key)} is no key of a qualifier"
                fix = "use letters and digits, with - _ . between them"
                self.say("external-qualifier", message, place[0], place[0] + len(key), fix)
                continue
            plain = self.decoded(value, place[0] + len(key) + 1)
            if not _VALUE(value) or _CONTROL.search(plain):
                message = f"{shown(value)} is no value of a qualifier"
                fix = "write other characters with a percent sign, such as %20 for a blank"
                self.say("external-qualifier", message, place[1] - len(value), place[1], fix)
                continue
            key = key.lower()
            if key in found:
                message = f"{key} is there twice"
                self.say("external-qualifier-twice", message, *place, "leave one of the two out")
            found.setdefault(key, plain)
        return tuple(sorted(found.items())), mark

    def version(self, start: int, end: int) -> str:
        written = self.text[start:end]
        plain = self.decoded(written, start) if "%" in written else written
        if plain != written:
            # Places are those of the text; of a version in another spelling, all of it.
            for fault in range_faults(plain, start):
                self.faults.append(fault._replace(start=start, end=end, replacement=None))
        else:
            self.faults += range_faults(written, start)
        return plain.strip(" \t")

    def misplaced(self, start: int, end: int) -> tuple[str, int]:
        """Return a version that has no ``@`` in front, and where what is before it ends."""
        if match := _PARENTHESES(self.text, start, end):
            inner = match.span(1)
            fix = f"write @{match[1]}"
            message = "a version stands behind an @, without parentheses"
            self.say("external-no-at", message, *match.span(), fix, f"@{match[1]}")
            return self.version(*inner), match.start()
        name = self.text.rfind("/", start, end) + 1
        match = _OPERATOR(self.text, name, end)
        if match is None or match.start() == name:
            return "", end
        place = match.start() + len(match[0]) - len(match[0].lstrip(" \t"))
        self.say(
            "external-no-at",
            "a version stands behind an @",
            place,
            match.end(),
            "put an @ in front of it",
            "@",
            (match.start(), place),
        )
        return self.version(place, end), match.start()

    def segments(self, start: int, end: int) -> Iterator[tuple[str, int, int]]:
        """Yield what stands between slashes from *start* to *end*, with its place."""
        for part in self.text[start:end].split("/"):
            yield part, start, start + len(part)
            start += len(part) + 1

    def decoded(self, text: str, at: int) -> str:
        """Return *text* without percent signs; report one that starts no letter."""
        if "%" not in text:
            return text
        if wrong := _ESCAPE(text):
            place = at + wrong.start()
            message = "two hexadecimal digits follow a percent sign"
            self.say("external-name", message, place, place + 1, "write the letter that is meant")
            return text
        return unquote(text, errors="replace")

    def path(self, start: int, end: int) -> tuple[str, str, str] | None:
        """Return type, namespace and name; None if there are not enough of them."""
        parts = list(self.segments(start, end))
        (kind, first, last), *rest = parts
        if not rest:
            self.alone(kind, first, last)
            return None
        if not _TYPE(kind):
            if kind.strip(" \t"):
                message = (
                    f"{shown(kind)} is no type, which is letters and digits, with . - in between"
                )
            else:
                message = "there is no type in front of the slash"
            fix = "write generic, or the type of the index that has it"
            self.say("external-type", message, first, max(last, first), fix)
        elif kind != kind.lower():
            message = "a type is written in lower case"
            self.say("external-case", message, first, last, f"write {kind.lower()}", kind.lower())
        kind = kind.lower()
        names = self.names(rest)
        namespace, name = "/".join(names[:-1]), names[-1]
        if kind == "virtual":
            namespace, name = self.virtual_path(rest[: len(names)], names)
        return kind, namespace, name

    def alone(self, kind: str, first: int, last: int) -> None:
        """Report a path of one segment."""
        if not kind.strip(" \t"):
            message = "there is neither a type nor a name"
            self.say(
                "external-type", message, first, max(first, last), "write generic/ and the name"
            )
        elif kind in ("generic", "virtual"):
            message = f"there is no name behind the type {kind}"
            self.say("external-name", message, first, last, f"write {kind}/ and the name")
        elif _SAFE(kind):
            message = f"there is no type in front of {shown(kind)}"
            fix = f"write generic/{kind}"
            self.say("external-type", message, first, last, fix, "generic/", (first, first))
        else:
            message = f"{shown(kind)} is no type and name with a slash in between"
            self.say("external-type", message, first, last, "write generic/ and the name")

    def names(self, rest: list[tuple[str, int, int]]) -> list[str]:
        """Return what the segments *rest* behind the type say; report what is wrong with them."""
        written = [number for number, (part, _, _) in enumerate(rest) if part]
        count = written[-1] + 1 if written else 0
        names = [
            self.segment(*each, last=number == count, alone=len(written) == 1)
            for number, each in enumerate(rest[:count], 1)
        ]
        if count < len(rest):
            # However many slashes end the path, they are one mistake.
            place = rest[count][1], rest[-1][2]
            fix = "delete it" if written else "write the name"
            at = (place[0] - 1, place[1]) if written else None
            new = "" if written else None
            self.say("external-segment", "the name is empty", *place, fix, new, at)
        return names or [""]

    def segment(self, part: str, first: int, end: int, *, last: bool, alone: bool) -> str:
        """Return what *part*, from *first* to *end*, says; report what is wrong with it."""
        what = "name" if last else "namespace"
        bare = part.strip(" \t")
        plain = self.decoded(part, first)
        if not plain:
            message = "a segment of the path is empty"
            self.say("external-segment", message, first, end, "delete it", "", (first, end + 1))
        elif plain in (".", ".."):
            message = f"a segment of the {'path' if not last else 'name'} is {plain}"
            fix = "write the name" if alone else "leave it out"
            self.say("external-segment", message, first, end, fix)
        elif bare and bare != part and _SAFE(bare):
            message = f"a blank stands beside the {what}"
            self.say("external-name", message, first, end, f"write {bare}", bare)
        elif not (_SAFE(plain) if last else _SCOPE(plain)) and not _ESCAPE(part):
            fix = "use letters and digits, with . _ + - behind the first"
            message = f"{shown(plain)} is no {what}"
            if plain.startswith("-"):
                message += ": with a dash in front, a tool would take it for an option"
            self.say("external-name", message, first, end, fix)
        return plain

    def virtual_path(self, rest: list[tuple[str, int, int]], names: list[str]) -> tuple[str, str]:
        """Return namespace and name of something virtual; report what is wrong with them."""
        first, end = rest[0][1], rest[-1][2]
        either = " or ".join(VIRTUAL)
        if len(names) == 1:
            known = names[0] in VIRTUAL
            message = (
                f"there is no name behind {names[0]}"
                if known
                else f"{either} stands in front of the name"
            )
            fix = (
                f"write {names[0]}/ and the name"
                if known
                else f"write compiler/{names[0]} or interface/{names[0]}"
            )
            self.say("external-virtual", message, first, end, fix)
            return "", names[0]
        namespace, name = "/".join(names[:-1]), names[-1]
        last = rest[-2][2]
        if namespace.lower() in VIRTUAL:
            for text, place in ((namespace, (first, last)), (name, rest[-1][1:])):
                if text != text.lower():
                    message = "names of what is virtual are in lower case"
                    self.say(
                        "external-case", message, *place, f"write {text.lower()}", text.lower()
                    )
            return namespace.lower(), name.lower()
        close = difflib.get_close_matches(namespace[:60].lower(), VIRTUAL, n=1)
        fix = f"write {close[0]}" if close else f"write {either}"
        message = f"{shown(namespace)} is no namespace of what is virtual, which is {either}"
        self.say("external-virtual", message, first, last, fix, close[0] if close else None)
        return namespace, name
