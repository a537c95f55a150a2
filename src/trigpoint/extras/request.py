"""What somebody asks for: a project, and which of its extras.

Three requests are easily taken for one another: ``pkg`` names no extras,
``pkg[]`` names an empty list of them, ``pkg[a]`` names one.  A fourth,
``pkg[-a]``, is this project's own proposal.

Source: Dependency specifiers, "Grammar" and "Extras"; PEP 685; PEP 771.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, Specifier
from packaging.utils import canonicalize_name

from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix, Span, TextIndex, in_text_order
from trigpoint.markers import InvalidMarker, Marker

__all__ = ["Mention", "Request", "read_requests"]

_NAME = r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?"
_PROJECT = re.compile(rf"[ \t]*({_NAME})(?![\w-])[ \t]*").match
_EXTRA = re.compile(rf"(-[ \t]*)?({_NAME})").fullmatch
_SEVERAL = re.compile(rf"{_NAME}(?:[ \t;+|&]+{_NAME})+").fullmatch
# Where the extras end if nobody closed their bracket.
_AFTER_EXTRAS = re.compile(r"[\]<>=!~;@(]").search
_ADDRESS = re.compile(r"@[ \t]*(\S*)").match
_LINE = re.compile(r"[^\r\n]+")
_OTHER_SPACE = re.compile(r"[^\S \t]").search
_COMMENT = re.compile(r"(?:^|[ \t])#.*")


@dataclass(frozen=True, slots=True)
class Mention:
    """One name between the brackets.

    ``written`` is the name as it stands, ``name`` its normal form, ``negative``
    whether a minus stands before it, ``span`` where it is, minus included.
    """

    written: str
    name: str
    negative: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Request:
    """A project and the extras that are asked of it.

    ``name`` is the project in normal form.  ``extras`` is None without
    brackets, otherwise the names in them, normalised and sorted; ``excluded``
    holds the names with a minus.  ``specifier`` is a version specifier,
    ``url`` a direct reference, ``marker`` says where the request applies.
    ``findings`` is what there is to say about the text, ``valid`` whether it is
    a request at all.

    Requests are equal when they ask for the same, however they are written.

    >>> Request.parse("pkg") == Request.parse("pkg[]")
    False
    >>> Request.parse("Pkg[b, a_c] >= 1") == Request.parse("pkg[a-c,b]>=1")
    True

    Source: Dependency specifiers; PEP 771 for the difference between the first two.
    """

    name: str
    extras: tuple[str, ...] | None = None
    excluded: tuple[str, ...] = ()
    specifier: str = ""
    url: str | None = None
    marker: Marker | None = None
    valid: bool = True
    text: str = field(default="", compare=False)
    span: Span | None = field(default=None, compare=False)
    mentions: tuple[Mention, ...] = field(default=(), compare=False)
    findings: tuple[Finding, ...] = field(default=(), compare=False)

    @classmethod
    def parse(cls, text: str) -> Request:
        """Read one request; what is wrong with *text* is in ``findings``.

        ``text`` is a requirement: a name, perhaps extras in brackets, a version
        specifier or ``@`` and an address, then ``;`` and a marker.  A name
        between the brackets may carry a minus.

        >>> request = Request.parse("pkg[a,-b]")
        >>> request.extras, request.excluded, [found.code for found in request.findings]
        (('a',), ('b',), ['extra-negative'])
        >>> broken = Request.parse("pkg[a b]")
        >>> broken.valid, [(found.code, found.span.column) for found in broken.findings]
        (False, [('extra-name', 5)])
        """
        return _Reader(TextIndex(text), 0, len(text)).read()

    @property
    def brackets(self) -> str:
        """The brackets in one fixed spelling; empty for a bare request.

        >>> Request.parse("pkg[-c, b,A]").brackets
        '[a,b,-c]'
        """
        if self.extras is None:
            return ""
        return f"[{','.join((*self.extras, *(f'-{name}' for name in self.excluded)))}]"

    @property
    def subject(self) -> str:
        """The request without its marker."""
        place = f" @ {self.url}" if self.url else self.specifier
        return f"{self.name}{self.brackets}{place}"

    def __str__(self) -> str:
        if self.marker is None:
            return self.subject
        return f"{self.subject}{' ' if self.url else ''}; {self.marker}"


class _Reader:
    """Reads one request out of a longer text and goes on after each fault."""

    def __init__(self, index: TextIndex, start: int, end: int) -> None:
        self.index = index
        self.text = index.text
        self.at = start
        self.end = end
        self.findings: list[Finding] = []
        self.mentions: list[Mention] = []
        self.valid = True

    def add(
        self,
        code: str,
        message: str,
        start: int,
        end: int,
        fix: str = "",
        replacement: str | None = None,
    ) -> None:
        span = self.index.span(start, end)
        repair = Fix(fix, replacement, span if replacement is not None else None) if fix else None
        self.findings.append(report(code, message, span, repair))

    def wrong(
        self,
        code: str,
        message: str,
        start: int,
        end: int,
        fix: str = "",
        replacement: str | None = None,
    ) -> None:
        self.valid = False
        self.add(code, message, start, end, fix, replacement)

    def read(self) -> Request:
        """Read the whole request."""
        start, stop = self.at, self.end
        name = self.project()
        extras = self.brackets() if name else None
        excluded: tuple[str, ...] = ()
        if extras is not None:
            positive = {each.name for each in self.mentions if not each.negative}
            negative = {each.name for each in self.mentions if each.negative}
            extras, excluded = tuple(sorted(positive)), tuple(sorted(negative))
            self.contradictions(positive & negative)
        specifier, url = self.where() if name else ("", None)
        marker = self.marker() if name else None
        bare = self.text[start:stop]
        lead = len(bare) - len(bare.lstrip())
        return Request(
            name,
            extras,
            excluded,
            specifier,
            url,
            marker,
            self.valid,
            bare.strip(),
            self.index.span(start + lead, start + max(lead, len(bare.rstrip()))),
            tuple(self.mentions),
            tuple(in_text_order(self.findings)),
        )

    def project(self) -> str:
        match = _PROJECT(self.text, self.at, self.end)
        if match is None:
            self.wrong(
                "requirement-syntax",
                "a request starts with the name of a project",
                self.at,
                self.end,
                "write it as in pkg[extra]",
            )
            return ""
        self.at = match.end()
        return canonicalize_name(match[1])

    def brackets(self) -> tuple[str, ...] | None:
        """Read the names between the brackets; None if there are no brackets."""
        opened = self.at
        if self.text[opened : opened + 1] != "[" or opened >= self.end:
            return None
        match = _AFTER_EXTRAS(self.text, opened, self.end)
        closed = match.start() if match else self.end
        if self.text[closed : closed + 1] == "]" and closed < self.end:
            self.at = closed + 1
        else:
            self.wrong(
                "requirement-syntax",
                "the bracket of the extras is never closed",
                opened,
                opened + 1,
                "add ] after the last extra",
            )
            self.at = closed
        inside = self.text[opened + 1 : closed]
        if inside.strip(" \t"):
            at = opened + 1
            for part in inside.split(","):
                lead = len(part) - len(part.lstrip(" \t"))
                self.extra(part.strip(" \t"), at + lead, at, at + len(part))
                at += len(part) + 1
        return ()

    def extra(self, written: str, start: int, part_start: int, part_end: int) -> None:
        match = _EXTRA(written)
        end = start + len(written)
        if match is None:
            if not written:
                self.wrong(
                    "extra-name",
                    "the name of an extra is missing",
                    part_start,
                    max(part_end, part_start + 1),
                    "delete the comma",
                )
            elif written == "*":
                self.wrong(
                    "extra-name",
                    "* does not stand for all extras",
                    start,
                    end,
                    "name the extras that you want",
                )
            elif _SEVERAL(written):
                names = ",".join(re.findall(_NAME, written))
                self.wrong(
                    "extra-name",
                    "names of extras are separated by commas",
                    start,
                    end,
                    f"write {names}",
                    names,
                )
            else:
                self.wrong(
                    "extra-name",
                    f"{written!r} is no name of an extra",
                    start,
                    end,
                    "use letters, digits, and - _ . between them",
                )
            return
        minus, bare = match.groups()
        name = canonicalize_name(bare)
        span = self.index.span(start, end)
        if bare != name:
            at = end - len(bare)
            self.add(
                "extra-unnormalised",
                f"{bare} is compared as {name}",
                at,
                end,
                f"write {name}",
                name,
            )
        if minus:
            self.add(
                "extra-negative",
                f"no tool reads -{name}: it is a proposal of this project, in which it "
                f"leaves {name} out of the default extras of this request",
                start,
                end,
            )
        if any(name == each.name and bool(minus) is each.negative for each in self.mentions):
            self.add("extra-repeated", f"{name} is asked for twice", start, end)
        self.mentions.append(Mention(bare, name, bool(minus), span))

    def contradictions(self, names: set[str]) -> None:
        for mention in self.mentions:
            if mention.negative and mention.name in names:
                self.wrong(
                    "extra-contradiction",
                    f"{mention.name} is both asked for and left out",
                    mention.span.start,
                    mention.span.end,
                    "keep one of the two",
                )

    def where(self) -> tuple[str, str | None]:
        """Read the version specifier or the address."""
        while self.text[self.at : self.at + 1] in (" ", "\t") and self.at < self.end:
            self.at += 1
        if address := _ADDRESS(self.text, self.at, self.end):
            if not address[1]:
                self.wrong(
                    "requirement-syntax",
                    "there is no address after the @",
                    self.at,
                    self.at + 1,
                    "write the address after it",
                )
            self.at = address.end()
            while self.text[self.at : self.at + 1] in (" ", "\t") and self.at < self.end:
                self.at += 1
            if self.at < self.end and self.text[self.at] != ";":
                self.wrong(
                    "requirement-syntax",
                    "after an address comes nothing but a marker",
                    self.at,
                    self.end,
                    "put a blank and ; before the marker",
                )
                self.at = self.end
            return "", address[1] or None
        start = self.at
        stop = self.text.find(";", start, self.end)
        self.at = self.end if stop < 0 else stop
        return self.specifier(start, self.at), None

    def specifier(self, start: int, end: int) -> str:
        text = self.text[start:end].rstrip(" \t")
        if not text:
            return ""
        try:
            return str(Requirement(f"x {text}").specifier)
        except InvalidRequirement:
            self.broken_specifier(text, start)
            return ""

    def broken_specifier(self, text: str, start: int) -> None:
        """Say what is wrong with the text of a version specifier that starts at *start*."""
        whole = start, start + len(text)
        if text.startswith("("):
            if not text.endswith(")"):
                self.wrong(
                    "requirement-syntax",
                    "the parenthesis is never closed",
                    start,
                    start + 1,
                    "add ) after the versions",
                )
                return
            text, start = text[1:-1], start + 1
        noted = len(self.findings)
        at = start
        for part in text.split(","):
            clause = part.strip(" \t")
            here = at + part.find(clause)
            at += len(part) + 1
            if clause and not _is_clause(clause):
                self.wrong(
                    "requirement-syntax",
                    f"{clause!r} is no version specifier",
                    here,
                    here + len(clause),
                    _advice(clause),
                )
            elif not clause and at <= start + len(text):
                self.wrong(
                    "requirement-syntax",
                    "there is nothing before the comma",
                    at - 1,
                    at,
                    "delete the comma",
                    "",
                )
        if len(self.findings) == noted:
            self.wrong("requirement-syntax", "this is no version specifier", *whole)

    def marker(self) -> Marker | None:
        if self.at >= self.end:
            return None
        start = self.at + 1
        while self.text[start : start + 1] in (" ", "\t") and start < self.end:
            start += 1
        marker = None
        try:
            marker = Marker(self.text[start : self.end].rstrip(" \t\r\n"))
            found = marker.lint()
        except InvalidMarker as error:
            self.valid = False
            found = error.findings
        self.findings += [finding.moved(self.index, start) for finding in found]
        return marker


def _is_clause(text: str) -> bool:
    try:
        Specifier(text)
    except InvalidSpecifier:
        return False
    # Specifier allows any white space, the grammar of requirements blanks and tabs.
    return not _OTHER_SPACE(text)


def _advice(clause: str) -> str:
    if clause.startswith("["):
        return "put the extras right after the name"
    if re.match(r"[A-Za-z]", clause):
        return "write one request a line"
    return "write an operator and a version, such as >=1.2"


def read_requests(text: str) -> tuple[Request, ...]:
    r"""Return the requests of *text*, one a line; blank lines and ``#`` comments are none.

    Places in the findings are places in *text*.  Never raises.

    >>> [str(each) for each in read_requests("pkg  # bare\n\npkg[docs]\n")]
    ['pkg', 'pkg[docs]']
    """
    index = TextIndex(text)
    found = []
    for match in _LINE.finditer(text):
        line = match[0]
        if comment := _COMMENT.search(line):
            line = line[: comment.start()]
        if line.strip():
            found.append(_Reader(index, match.start(), match.start() + len(line)).read())
    return tuple(found)
