r"""Requirement files: every line, what it is, and what pip makes of it.

A file is cut into lines as pip does it: a backslash at the end joins the next
line, a ``#`` at the start or behind a blank starts a comment, and the rest is a
requirement, a URL or a path, and options.  Each line knows its own text, and the
texts of all lines, joined, are the file.  A line that is continued is read as
one text without its breaks; its pieces say where each stretch of that text
stands in the file, so that a place found there becomes one in the file by one
bisection.  For example ``"a \\\n>=1\n"`` is read as ``a >=1``, with the pieces
(0, 0) and (2, 4).

Nothing is opened: a line that names another file says which.

Source: pip's requirement file format, and its reader, which tests compare with.
"""

from __future__ import annotations

import bisect
import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix, Span, TextIndex, in_text_order
from trigpoint.markers import Marker
from trigpoint.requirements.marker import marker_findings
from trigpoint.requirements.options import OPTIONS, Option, Trouble, read_options
from trigpoint.requirements.reader import tail_at
from trigpoint.requirements.requirement import Requirement, read_requirement
from trigpoint.requirements.tree import Dialect

__all__ = [
    "Blank",
    "Comment",
    "Editable",
    "Include",
    "Joined",
    "Line",
    "LineReader",
    "OptionLine",
    "PathLine",
    "RequirementLine",
    "RequirementsFile",
    "Unknown",
    "UrlLine",
    "join_lines",
    "read_requirements_file",
    "with_via",
]

_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_COOKIE = re.compile(rb"coding[:=]\s*([-\w.]+)").search
_COMMENT_LINE = re.compile(r"\s*+#").match
_LATE_BLANKS = re.compile(r"\\[ \t]++\Z").search
_VARIABLE = re.compile(r"\$\{([A-Z0-9_]+)\}")
_URL = re.compile(
    r"(?:https?|ftp|file|git\+(?:https?|ssh|git|file)|hg\+(?:file|https?|ssh|static-http)"
    r"|svn\+(?:ssh|https?|svn|file)|bzr\+(?:https?|ssh|sftp|ftp|lp|file)):",
    re.IGNORECASE,
).match
_ARCHIVE = re.compile(
    r"\.(?:zip|whl|tar\.bz2|tbz|tar\.gz|tgz|tar|tar\.xz|txz|tlz|tar\.lz|tar\.lzma)(?:\[[^\[\]]*\])?\Z",
    re.IGNORECASE,
).search
_LOCAL = re.compile(r"file:/(?!.*[{$])", re.IGNORECASE).match
"""A path from the root of one machine; what is filled in later has a brace or a dollar."""
_OF_CONDA = re.compile(
    r"/(?:croot|feedstock_root|conda-bld|ci_py[0-9]+)/|/tmp/build/|/[A-Za-z]:/ci(?:_[0-9]+)?/"
).search
"""The folders in which conda's packages are built."""
_VIA = re.compile(r"\s*+#\s*+via\b[ \t]*(.*)").match
_VIA_MORE = re.compile(r"\s++#\s{2,}+(\S.*)").match


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a requirement file, with the lines that continue it.

    ``text`` is all of it, line ends included, and starts at offset ``start``;
    ``number`` is that of its first line, 1-based.  ``comment`` is the comment
    in it, or empty; ``subject`` is what stands in front of pip's ``options``,
    without line breaks, and ``variables`` are the names of environment variables
    that pip would put in.
    """

    text: str
    start: int
    number: int
    subject: str = ""
    comment: str = ""
    options: tuple[Option, ...] = ()
    variables: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def end(self) -> int:
        """Offset behind the line."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Blank(Line):
    """A line with nothing in it."""


@dataclass(frozen=True, slots=True)
class Comment(Line):
    """A line with a comment only."""


@dataclass(frozen=True, slots=True)
class RequirementLine(Line):
    """A requirement.

    ``requirement`` is what was read, in its own text (without line breaks);
    ``via`` names who asked for it, if pip-compile wrote so in a comment.
    """

    requirement: Requirement = field(kw_only=True)
    via: tuple[str, ...] = ()

    @property
    def hashes(self) -> tuple[str, ...]:
        """The values of the ``--hash`` options."""
        return tuple(each.value or "" for each in self.options if each.name == "--hash")


@dataclass(frozen=True, slots=True)
class UrlLine(Line):
    """A URL without a name; ``target`` is the URL, ``marker`` what follows it."""

    target: str = ""
    marker: Marker | None = None


@dataclass(frozen=True, slots=True)
class PathLine(Line):
    """A path of an archive or a directory; ``target`` is the path, ``marker`` what follows it."""

    target: str = ""
    marker: Marker | None = None


@dataclass(frozen=True, slots=True)
class Editable(Line):
    """``-e``: ``target`` is a path or URL that is installed in place."""

    target: str = ""


@dataclass(frozen=True, slots=True)
class Include(Line):
    """``-r`` or ``-c``: ``target`` is another file; ``constraint`` says which of the two."""

    target: str = ""
    constraint: bool = False


@dataclass(frozen=True, slots=True)
class OptionLine(Line):
    """Options for pip as a whole, such as ``--index-url``."""


@dataclass(frozen=True, slots=True)
class Unknown(Line):
    """A line that cannot be read as it stands; its findings say why."""


@dataclass(frozen=True, slots=True)
class RequirementsFile:
    """A requirement file: its decoded ``text``, its ``lines`` and its ``findings``.

    Places refer to ``text``.  Iterating over ``lines`` drops nothing.
    """

    text: str
    lines: tuple[Line, ...]
    findings: tuple[Finding, ...]

    @property
    def requirements(self) -> tuple[RequirementLine, ...]:
        """The lines that are requirements, also those that cannot be read."""
        return tuple(line for line in self.lines if isinstance(line, RequirementLine))

    @property
    def includes(self) -> tuple[Include, ...]:
        """The lines that name another file."""
        return tuple(line for line in self.lines if isinstance(line, Include))


_Fields = tuple[str, int, int, str, str, tuple[Option, ...], tuple[str, ...]]


class Joined(NamedTuple):
    """A line without its breaks: its text, and its stretches as (offset there, offset in file).

    ``start`` and ``end`` are where the line, with its breaks, stands in the file.
    """

    text: str
    pieces: list[tuple[int, int]]
    start: int
    end: int

    def offset(self, at: int, *, last: bool = False) -> int:
        """Return the offset in the file of *at*; of what is before it, if *last*."""
        key = at - 1 if last and at else at
        row = bisect.bisect_right(self.pieces, key, key=_first) - 1
        there, here = self.pieces[max(row, 0)]
        return here + max(at - there, 0)


def _first(piece: tuple[int, int]) -> int:
    return piece[0]


def join_lines(text: str) -> Iterator[Joined]:
    r"""Yield the lines of *text*, those that a backslash continues as one.

    >>> [joined.text for joined in join_lines("a \\\n>=1\nb\n")]
    ['a >=1', 'b']
    """
    offset, parts, pieces, start, length = 0, list[str](), list[tuple[int, int]](), 0, 0

    def add(piece: str, at: int) -> None:
        nonlocal length
        pieces.append((length, at))
        parts.append(piece)
        length += len(piece)

    for physical in text.splitlines(keepends=True):
        content = physical.splitlines()[0]
        at = offset
        offset += len(physical)
        if not at and content.startswith(_BOM):
            content, at = content[1:], 1
        comment = _COMMENT_LINE(content) is not None
        if content.endswith("\\") and not comment:
            bare = content.lstrip("\\")
            add(bare.rstrip("\\"), at + len(content) - len(bare))
            continue
        if comment:
            # A comment behind a line that goes on ends it.
            add(" ", at)
        add(content, at)
        yield Joined("".join(parts), pieces, start, offset)
        parts, pieces, start, length = [], [], offset, 0
    if parts:
        yield Joined("".join(parts), pieces, start, offset)


class LineReader:
    """Reads the joined lines of one file, or of another text that has such lines."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.index = TextIndex(text)

    def lines(self) -> Iterator[Line]:
        """Yield the lines of the file."""
        for joined in join_lines(self.text):
            yield self.line(joined)

    def span(self, joined: Joined, start: int, end: int) -> Span:
        """Return the place in the file of the range from *start* to *end* of *joined*."""
        first = joined.offset(start)
        return self.index.span(first, max(first, joined.offset(end, last=True)))

    def moved(self, joined: Joined, finding: Finding, offset: int) -> Finding:
        """Return *finding*, on a text at *offset* of *joined*, as one on the file."""
        span, fix = finding.span, finding.fix
        assert span is not None
        if fix is not None and fix.span is not None and fix.replacement is not None:
            start, end = offset + fix.span.start, offset + fix.span.end
            place = self.span(joined, start, end)
            if start == end:
                at = joined.offset(start, last=True)
                place = self.index.span(at, at)
            whole = place.end - place.start == end - start
            fix = Fix(fix.message, fix.replacement, place) if whole else Fix(fix.message)
        return replace(
            finding, span=self.span(joined, offset + span.start, offset + span.end), fix=fix
        )

    def trouble(self, joined: Joined, trouble: Trouble) -> Finding:
        """Return the finding on the file that a *trouble* in *joined* is."""
        span = self.span(joined, trouble.start, trouble.end)
        return report(
            trouble.code, trouble.message, span, Fix(trouble.fix) if trouble.fix else None
        )

    def line(self, joined: Joined) -> Line:
        """Return what *joined* is to pip, with all there is to say about it."""
        text = joined.text
        begin, comment = tail_at(text)
        lead = len(text) - len(text.lstrip())
        number = self.index.position(joined.start)[0]
        own = self.text[joined.start : joined.end]
        if not text[:comment].strip():
            kind = Comment if text[comment:] else Blank
            return kind(own, joined.start, number, "", text[comment:])
        # A backslash before blanks at the end escapes nothing: pip strips the line first.
        stop = max(begin, len(text[:comment].rstrip()))
        options, troubles = read_options(text, begin, stop)
        found = [self.trouble(joined, each) for each in troubles]
        found += self._breaks(joined, comment)
        variables = tuple(dict.fromkeys(_VARIABLE.findall(text, 0, comment)))
        subject = text[lead:begin].rstrip()
        placed = tuple(
            option._replace(
                start=joined.offset(option.start), end=joined.offset(option.end, last=True)
            )
            for option in options
        )
        fields = (own, joined.start, number, subject, text[comment:], placed, variables)
        if not subject:
            return self._without_subject(fields, placed, found)
        found += self._ignored(placed, {name for name, rule in OPTIONS.items() if rule.behind})
        if _URL(subject) or _is_path(subject):
            return self._place(joined, fields, lead, found)
        requirement = read_requirement(text[lead:], Dialect.LINE)
        if variables and not requirement.valid:
            names = ", ".join(variables)
            message = f"the environment decides what stands here: {names}"
            span = self.span(joined, lead, lead + len(subject))
            found.append(report("requirement-variable", message, span))
            return Unknown(*fields, tuple(in_text_order(found)))
        found += [self.moved(joined, each, lead) for each in requirement.findings]
        found += self._local(joined, requirement, lead)
        return RequirementLine(*fields, tuple(in_text_order(found)), requirement=requirement)

    def _local(self, joined: Joined, requirement: Requirement, lead: int) -> Iterator[Finding]:
        """Yield a finding where the address of *requirement* is a path of one machine."""
        shape = requirement.shape
        if shape.url is None or not _LOCAL(shape.url):
            return
        name, freeze = requirement.name, "pip list --format=freeze"
        if _OF_CONDA(shape.url):
            message = f"conda's {name} was built in this folder, on a machine that is not yours"
            fix = f"write the version: {freeze} prints {name}==..., where pip freeze prints this"
        else:
            message = f"{name} can be installed only where this path is, which is on one machine"
            fix = (
                f"write the version, as {freeze} does, or the path alone from the folder you are in"
            )
        start = lead + shape.url_at
        span = self.span(joined, start, start + len(shape.url))
        yield report("requirement-local", message, span, Fix(fix))

    def _breaks(self, joined: Joined, comment: int) -> Iterator[Finding]:
        """Yield what is wrong with how the line is continued."""
        if comment < joined.pieces[-1][0]:
            message = "the backslash joins the next line to this comment"
            span = self.span(joined, comment, len(joined.text))
            fix = Fix("delete the comment, or put it in front of the line")
            yield report("requirement-continuation", message, span, fix)
        elif late := _LATE_BLANKS(joined.text):
            message = "a blank behind the backslash, so the line does not go on"
            span = self.span(joined, *late.span())
            yield report("requirement-continuation", message, span, Fix("delete the blank"))

    def _ignored(self, options: Sequence[Option], read: set[str]) -> Iterator[Finding]:
        """Yield a finding for each option that pip passes over; *read* are the others."""
        for option in options:
            if option.name in OPTIONS and option.name not in read:
                span = self.index.span(option.start, option.end)
                message = f"pip passes over {option.name} here"
                # What is about one requirement does nothing on a line of its own either.
                behind = OPTIONS[option.name].behind
                where = "put it behind the requirement that it is for"
                fix = Fix(where if behind else "give it a line of its own")
                yield report("requirement-option-ignored", message, span, fix)

    def _without_subject(
        self,
        fields: _Fields,
        options: tuple[Option, ...],
        found: list[Finding],
    ) -> Line:
        """Return a line that has options only."""
        for name in ("--editable", "--requirement", "--constraint"):
            first = next((option for option in options if option.name == name), None)
            if first is None:
                continue
            others = [option for option in options if option is not first]
            kept = {"--config-settings"} if name == "--editable" else set[str]()
            found += self._ignored(others, kept)
            findings, target = tuple(in_text_order(found)), first.value or ""
            if name == "--editable":
                return Editable(*fields, findings, target)
            return Include(*fields, findings, target, name == "--constraint")
        if not options:
            return Unknown(*fields, tuple(in_text_order(found)))
        found += self._ignored(options, OPTIONS.keys() - {"--hash", "--config-settings"})
        return OptionLine(*fields, tuple(in_text_order(found)))

    def _place(
        self,
        joined: Joined,
        fields: _Fields,
        lead: int,
        found: list[Finding],
    ) -> Line:
        """Return a line that names a URL or a path, and perhaps a marker."""
        subject = fields[3]
        is_url = _URL(subject) is not None
        target, separator, written = subject.partition("; " if is_url else ";")
        marker = None
        if written.strip():
            at = lead + len(target) + len(separator)
            marker, findings = marker_findings(written)
            found += [self.moved(joined, each, at) for each in findings]
        kind = UrlLine if is_url else PathLine
        return kind(*fields, tuple(in_text_order(found)), target.strip(), marker)


def _is_path(subject: str) -> bool:
    """Say whether pip would look for *subject* among the files, by its form alone."""
    head = subject.partition(";")[0].rstrip()
    before, at, _ = head.partition("@")
    if at and not ("/" in before or "\\" in before or before.startswith(".")):
        return False
    return "/" in head or "\\" in head or head.startswith(".") or _ARCHIVE(head) is not None


def with_via(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield *lines*; those that pip-compile explained know who asked for them."""
    for i, line in enumerate(lines):
        if not isinstance(line, RequirementLine):
            yield line
            continue
        names: list[str] = []
        if inline := _VIA(line.comment):
            names += inline[1].split(",")
        elif not line.comment:
            names += _via_below(lines, i + 1)
        via = tuple(name.strip() for name in names if name.strip())
        yield replace(line, via=via) if via else line


def _via_below(lines: Sequence[Line], i: int) -> Iterator[str]:
    """Yield the names in the comments from line *i* on, if they say via."""
    first = _VIA(lines[i].text) if i < len(lines) and isinstance(lines[i], Comment) else None
    if first is None:
        return
    yield first[1]
    while (i := i + 1) < len(lines) and isinstance(lines[i], Comment):
        more = _VIA_MORE(lines[i].text)
        if more is None:
            return
        yield more[1]


def _decoded(source: bytes) -> tuple[str, str]:
    """Return the text of *source*, and what is wrong with its encoding."""
    for mark, encoding in _BOMS:
        if source.startswith(mark):
            return source[len(mark) :].decode(encoding, "replace"), ""
    encoding = "utf-8"
    for line in source.split(b"\n", 2)[:2]:
        if line.startswith(b"#") and (cookie := _COOKIE(line)):
            encoding = cookie[1].decode("ascii")
            break
    try:
        return source.decode(encoding), ""
    except LookupError:
        message = f"Python knows no encoding {encoding}"
    except UnicodeDecodeError:
        message = f"the file is not {encoding}"
    return source.decode("utf-8", "replace"), message


def read_requirements_file(source: str | bytes) -> RequirementsFile:
    r"""Read a requirement file.

    ``source`` is its text, or its bytes: then a byte order mark or a comment
    such as ``# -*- coding: latin-1 -*-`` in the first two lines decides how they
    are decoded, as in pip.  Never raises, opens nothing and reads no
    environment variable.

    >>> file = read_requirements_file("-r base.txt\nnumpy==1.26.4 \\\n    --hash=sha256:00\n")
    >>> [type(line).__name__ for line in file.lines]
    ['Include', 'RequirementLine']
    >>> [(found.code, found.span.line) for found in file.findings]
    [('requirement-hash-digest', 3)]

    Source: pip's requirement file format.
    """
    text, wrong = (source, "") if isinstance(source, str) else _decoded(source)
    lines = tuple(with_via(list(LineReader(text).lines())))
    findings = [finding for line in lines for finding in line.findings]
    if wrong:
        fix = Fix("save it as UTF-8")
        findings.insert(0, report("requirement-encoding", wrong, None, fix))
    return RequirementsFile(text, lines, tuple(findings))
