"""The forgiving way: any text, in parts, with everything that is wrong with it.

**Idea.** The reader goes through the text once, from left to right: name, brackets, URL or
version specifier, marker.  What does not fit is noted, and read as it would be after the fix that
the note proposes; so carrying one out brings no new error.

**Invariant.** Every letter ends up in one part, what fits nowhere in an ``unread`` one, and the
parts joined are the text.  What :mod:`.quick` reads has the same shape here, and no error.

**Cost.** Linear in the text: no pattern goes back over what it has taken, and what is searched
for ahead is searched for once.

``pkg[a >= 1`` has the parts ``pkg``, ``[``, ``a``, blank, ``>=``, blank and
``1``, and one problem at the bracket.

Source: Dependency specifiers, "Grammar"; for lines, pip's requirement file format.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from packaging.utils import canonicalize_name

from trigpoint.requirements.clauses import (
    ANOTHER,
    decimal_comma,
    diagnose,
    is_clause,
    is_second,
    split_clause,
)
from trigpoint.requirements.marker import is_marker, is_variable, marker_start
from trigpoint.requirements.quick import NAME, is_name, quick
from trigpoint.requirements.tree import Dialect, Kind, Part, PartKind, Problem, Shape, shown
from trigpoint.versions import is_version

__all__ = ["Reading", "read", "tail_at"]

_BLANK = re.compile(r"[ \t]*+").match
# What conda keeps its own packages apart with, such as _libgcc_mutex.
_MUTEX = re.compile(r"_\w+_mutex").fullmatch
_WORD = re.compile(r"[\w.-]++").match
_ADDRESS = re.compile(r"[\w+.-]++://").match
_URL = re.compile(r"(?!;)\S++").match
# Letters that stand in a marker or a specifier are not skipped in search of a bracket.
_CLOSED = re.compile(r"\[[^\[\]<>=~@(]*+\]").match
_AFTER_EXTRAS = re.compile(r"[\[\]<>=!~;@(]").search
_EXTRA = re.compile(rf"(-[ \t]*+)?+({NAME})\Z").match
_SEVERAL = re.compile(rf"{NAME}(?:[ \t;+|&/]++{NAME})++\Z").match
_NAMES = re.compile(NAME).findall
_BEHIND_NAME = re.compile(r"[ \t]*+(?:[<>=!~;,]|\Z)").match
_COMMENT = re.compile(r"(?:^|(?<=\s))#").search
_COMMAND = re.compile(
    r"(?:(?:[$>%!][ \t]*+|sudo[ \t]++)*+"
    r"(?:(?:uv[ \t]++)?+pip3?+|uv|conda|mamba|pipenv|pipx|poetry|pdm)"
    r"[ \t]++(?:install|add)(?:[ \t]++|\Z))++"
).match
_PLACE = re.compile(r"(?:\.\.?+|~)?+[/\\]|\.\.?+\Z").match
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*+:").match
_PLACED = re.compile(r"[^/\\]*+[/\\]|[^@]++@").match
_LIKE_SCP = re.compile(r"git@([\w.-]++):/?+([\w.~/-]++)\Z").match
_NO_PORT = re.compile(r"[\w+.-]++://(?:[^/@:]++@)?+[\w.-]++(:)(?=[A-Za-z_~][^@/]*+(?:/|\Z))").match
_OPTION = re.compile(r"--?[A-Za-z][A-Za-z-]*+(?=[ \t=])").match
_GLUED_COMMENT = re.compile(r"[^#@;'\"]*+(?<=\S)(#)").match
_OTHER_ONE = re.compile(rf"[ \t]*+({NAME})[ \t]*+([<>=!~][^;'\"]*+)\Z").match
_QUOTES = {'"': '"', "'": "'", "`": "`", "\u2018": "\u2019", "\u201c": "\u201d", "\u201d": "\u201d"}


class Reading(NamedTuple):
    """What a text turned out to be.

    ``parts`` joined are the text; ``shape`` is what they amount to, without what
    could not be read; ``problems`` are in text order.
    """

    parts: tuple[Part, ...]
    shape: Shape
    problems: tuple[Problem, ...]


def read(text: str, dialect: Dialect) -> Reading:
    """Read *text* as a requirement of *dialect*, whatever it is.

    >>> reading = read("pkg[a >= 1", Dialect.DEPENDENCY)
    >>> [part.text for part in reading.parts if part.kind != "blank"]
    ['pkg', '[', 'a', '>=', '1']
    >>> [problem.message for problem in reading.problems]
    ['the bracket of the extras is never closed']
    """
    return _Reader(text, dialect).read()


def tail_at(text: str) -> tuple[int, int]:
    """Return where pip's options start in *text*, a line, and where its comment does.

    Options start at a word that begins with a hyphen, a comment at a ``#``
    at the start or behind a blank; both are the end of the line without one.

    >>> tail_at("pkg --hash=x  # why")
    (4, 14)
    """
    match = _COMMENT(text)
    comment = match.start() if match else len(text)
    lead = len(text) - len(text.lstrip())
    if text.startswith("-", lead):
        return lead, comment
    option = text.find(" -", 0, comment)
    return (comment if option < 0 else option + 1), comment


class _Reader:
    """One pass over a text; ``at`` is how far it is read, ``end`` where it stops."""

    def __init__(self, text: str, dialect: Dialect) -> None:
        self.text = text
        self.dialect = dialect
        self.at = 0
        self.end = len(text)
        self.parts: list[Part] = []
        self.problems: list[Problem] = []
        self.bracket: tuple[int, int] | None = None
        self.parenthesis = False
        self.specifier = (0, 0)
        self.first_clause = -1
        """Where a specifier starts that only blanks keep apart from the name."""

    # -- small steps --------------------------------------------------------------

    def take(self, kind: PartKind, end: int) -> None:
        """Make what is before *end* a part."""
        if end > self.at:
            self.parts.append(Part(kind, self.text[self.at : end], self.at))
            self.at = end

    def blank(self, end: int = -1) -> None:
        match = _BLANK(self.text, self.at, self.end if end < 0 else end)
        assert match is not None
        self.take("blank", match.end())

    def is_next(self, letter: str) -> bool:
        return self.text.startswith(letter, self.at, self.end)

    def bare_end(self, end: int) -> int:
        """Return where the text before *end* ends without its last blanks."""
        while end > self.at and self.text[end - 1] in " \t":
            end -= 1
        return end

    def wrong(self, message: str, start: int, end: int, fix: str) -> None:
        """Note what only words can mend."""
        self.problems.append(Problem(Kind.SYNTAX, message, start, end, fix))

    def put(
        self, message: str, place: tuple[int, int], fix: str, new: str, at: tuple[int, int]
    ) -> None:
        """Note what *new* in place of the range *at* mends."""
        self.problems.append(Problem(Kind.SYNTAX, message, *place, fix, new, at))

    # -- the parts ----------------------------------------------------------------

    def read(self) -> Reading:
        options = comment = len(self.text)
        if self.dialect is Dialect.LINE:
            options, comment = tail_at(self.text)
            self.end = options
            self.glued_comment(options < len(self.text))
        self.blank()
        if self.command() and self.name():
            self.specifier = self.at, self.at
            self.blank()
            if self.is_next("["):
                self.brackets()
                self.blank()
            if self.is_next("@"):
                self.url()
            else:
                self.versions()
                self.python()
            if self.is_next(";") and not self.comment_for_marker() and not self.others():
                self.take(";", self.at + 1)
                self.take("marker", self.end)
        self.take("unread", options)
        self.take("options", comment)
        self.take("comment", len(self.text))
        self.problems.sort(key=lambda problem: (problem.start, problem.end))
        return Reading(tuple(self.parts), self.shape(), tuple(self.problems))

    def glued_comment(self, more: bool) -> None:
        """Leave out a comment that no blank sets apart, as in ``pkg==1#why``.

        With *more* behind it, options of pip or a comment that is one, the blank would make
        that a part of this one.
        """
        if match := _GLUED_COMMENT(self.text, 0, self.end):
            self.end = match.start(1)
            message = "a comment has a blank in front of its #, so this is read as a version"
            place, fix = match.span(1), "put a blank before the #"
            if more:
                self.wrong(message, *place, fix)
            else:
                self.put(message, place, fix, " ", (place[0], place[0]))

    def command(self) -> bool:
        """Note the command in front of what it asks for; say whether more is there to read."""
        if match := _COMMAND(self.text, self.at, self.end):
            start, stop = self.at, self.bare_end(match.end())
            self.take("unread", match.end())
            more = self.at < self.end
            message = f"{shown(self.text[start:stop])} is a command, and no part of a requirement"
            if more:
                self.put(message, (start, stop), "delete it", "", (start, self.at))
            else:
                self.wrong(message, start, stop, "write what it asks for alone")
            return more
        return True

    def python(self) -> None:
        """Note a requirement of Python itself, which no index has."""
        (name,) = (part for part in self.parts if part.kind == "name")
        if name.text.lower() == "python":
            versions = self.text[slice(*self.specifier)].strip(" \t")
            said = f'requires-python = "{versions}"' if versions else "requires-python"
            message = "Python is no project of an index, and no installer finds one of that name"
            fix = f"leave it out; a project says which Pythons it takes with {said}"
            self.problems.append(Problem(Kind.PYTHON, message, name.start, name.end, fix))

    def comment_for_marker(self) -> bool:
        """Say whether a comment alone stands behind the semicolon, and note that."""
        start, behind = self.at, self.text[self.at + 1 : self.end].lstrip(" \t")
        of_line = self.dialect is Dialect.LINE
        line_has = of_line and not behind and self.text.startswith("#", self.end)
        if not (line_has or behind.startswith("#")):
            return False
        if of_line:
            message = "a comment stands behind the semicolon, where a marker belongs"
            # Where its sign touches the semicolon, a blank has to be there instead.
            new = " " if self.text.startswith("#", start + 1) else ""
            place = start, start + 1
            self.put(message, place, "delete the semicolon", new, place)
        else:
            message = "a comment stands behind the semicolon, and a requirement takes none here"
            stop = self.bare_end(self.end)
            self.put(message, (start, stop), "delete it", "", (self.bare_end_before(start), stop))
        return True

    def bare_end_before(self, end: int) -> int:
        """Return where the text before *end*, which was read already, ends without its last blanks."""
        return len(self.text[:end].rstrip(" \t"))

    def others(self) -> bool:
        """Say whether requirements follow where a marker belongs, and note that."""
        names = []
        for each in self.text[self.at + 1 : self.end].split(";"):
            match = _OTHER_ONE(each)
            if match is None or not all(is_clause(one.strip()) for one in match[2].split(",")):
                return False
            names.append(match[1])
        if any(map(is_variable, names)):
            return False
        start, stop = self.at + 1, self.bare_end(self.end)
        start += len(self.text[start:stop]) - len(self.text[start:stop].lstrip(" \t"))
        message = f"{shown(self.text[start:stop])} looks like a second requirement"
        self.wrong(message, start, stop, ANOTHER)
        return True

    def no_name(self) -> bool:
        """Note what stands where the name belongs, if it is known."""
        start, stop = self.at, self.bare_end(self.end)
        text = self.text[start:stop]
        if text[:1] in _QUOTES:
            inside = text.removesuffix(",").rstrip(" \t")
            if len(inside) > 1 and inside[-1] == _QUOTES[text[0]]:
                inside = inside[1:-1].strip(" \t")
                shape = quick(inside)
                if shape and not shape.url and (shape.marker is None or is_marker(shape.marker)):
                    place = start, stop
                    fix = "write it without the quotes"
                    self.put("a requirement has no quotes around it", place, fix, inside, place)
                    return True
        elif ("+" in text or "!" in text) and is_version(text):
            message = "this is a version, and the name of the project is missing in front of it"
            self.wrong(message, start, stop, f"write the name, == and then {shown(text)[1:-1]}")
            return True
        elif self.dialect is Dialect.LINE:
            return False
        elif _PLACE(text):
            message = "this is a path, and a requirement begins with the name of a project"
            self.wrong(message, start, stop, "write the name, @ and a URL such as file:///...")
            return True
        elif option := _OPTION(text):
            message = f"{option[0]} is an option of pip, for its command line and requirement files"
            fix = "leave it out, and write the name of the project"
            self.wrong(message, start, start + option.end(), fix)
            return True
        return False

    def name(self) -> bool:
        if self.no_name():
            return False
        match = _WORD(self.text, self.at, self.end)
        stop = self.bare_end(self.end)
        if match is None or _ADDRESS(self.text, self.at, self.end):
            fix = "write it as in pkg[extra]>=1"
            if match is not None:
                fix = "put the name and @ in front of the URL"
            start = min(self.at, stop)
            self.wrong("a requirement starts with the name of a project", start, stop, fix)
            return False
        written, place = match[0], match.span()
        if not is_name(written):
            message = f"{shown(written)} is no name of a project"
            better = written.strip("._-")
            if _MUTEX(written):
                self.wrong(message, *place, "delete the line: conda alone has such packages")
            elif is_name(better):
                self.put(message, place, f"write {better}", better, place)
            else:
                self.wrong(message, *place, "use letters, digits, and - _ . between them")
        self.take("name", match.end())
        return True

    def brackets(self) -> None:
        opened = self.at
        if closed := _CLOSED(self.text, opened, self.end):
            inside = closed.end() - 1
        else:
            after = _AFTER_EXTRAS(self.text, opened + 1, self.end)
            inside = self.bare_end(after.start() if after else self.end)
            message = "the bracket of the extras is never closed"
            place = opened, opened + 1
            self.put(message, place, "add ] after the last extra", "]", (inside, inside))
        self.take("[", opened + 1)
        self.extras(inside)
        if closed:
            self.take("]", inside + 1)
        self.bracket = opened, self.at

    def extras(self, end: int) -> None:
        """Read the names up to *end*."""
        comma = last = -1
        leading = True
        pieces = self.text[self.at : end].split(",")
        if len(pieces) == 1 and not pieces[0].strip(" \t"):
            return self.blank(end)
        for i, piece in enumerate(pieces):
            stop = self.at + len(piece)
            self.blank(stop)
            if self.at == stop:
                # In front of all names it is the comma behind, elsewhere the one before.
                behind = leading and i < len(pieces) - 1
                reported, comma = comma, stop if behind else last
                if reported != comma:
                    message = "the name of an extra is missing"
                    place = comma, comma + 1
                    fix = "delete the comma"
                    self.problems.append(Problem(Kind.EXTRA, message, *place, fix, "", place))
            else:
                leading = False
                self.extra(self.bare_end(stop))
                self.blank(stop)
            last = stop
            if i < len(pieces) - 1:
                self.take(",", stop + 1)
        return None

    def extra(self, end: int) -> None:
        start, written = self.at, self.text[self.at : end]
        match = _EXTRA(written)
        if match and (match[1] is None or self.dialect is Dialect.REQUEST):
            if match[1]:
                self.take("minus", start + 1)
                self.blank(end)
            self.take("extra", end)
            return
        message, better = f"{shown(written)} is no name of an extra", ""
        fix = "use letters, digits, and - _ . between them"
        if written == "*":
            message, fix = "* does not stand for all extras", "name the extras that you want"
        elif _SEVERAL(written):
            message = "names of extras are separated by commas"
            better = ",".join(map(canonicalize_name, _NAMES(written)))
        elif match is None and is_name(bare := written.strip("._'\"")):
            better = canonicalize_name(bare)
        place = start, end
        if better:
            fix = f"write {better}"
        self.problems.append(Problem(Kind.EXTRA, message, *place, fix, better or None, place))
        self.take("unread", end)

    def url(self) -> None:
        sign = self.at
        self.take("@", sign + 1)
        self.blank()
        match = _URL(self.text, self.at, self.end)
        if match is None:
            self.wrong("there is no URL after the @", sign, sign + 1, "write the URL after it")
            return
        end, semicolon = match.end(), self.text.rfind(";", self.at, match.end())
        rest = self.text[end : self.end]
        if not rest.strip(" \t") or (rest.lstrip(" \t").startswith(";") and rest[0] in " \t"):
            first = self.text.find(";", self.at, end)
            if first > 0 and is_marker(self.text[first + 1 : end]):
                self.swallowed(first, end, alone=not rest.strip(" \t"))
            elif "{" not in match[0]:
                self.address(sign, end)
            self.take("url", end)
            self.blank()
        elif semicolon >= 0:
            message = "a blank is missing between the URL and the semicolon"
            place = semicolon, semicolon + 1
            self.put(message, place, "put a blank before the semicolon", " ;", place)
            self.take("url", semicolon)
        else:
            self.take("url", end)
            self.blank()
            self.after_url()

    def address(self, sign: int, end: int) -> None:
        """Note what is no URL between the *sign* and *end*; variables are none of it."""
        start, text = self.at, self.text[self.at : end]
        if not _SCHEME(text):
            message = f"{shown(text)} is no URL, and pip refuses it"
            new, place = None, (sign, end)
            fix = (
                "write the whole path as in file:///..., or the path alone into a requirement file"
            )
            if is_version(text):
                new, fix = f"=={text}", f"write =={text}"
            elif not _PLACED(text):
                fix = "write versions without the @, such as ==1.2"
            elif host := _LIKE_SCP(text):
                new, place = f"git+ssh://git@{host[1]}/{host[2]}", (start, end)
                fix = f"write {new}"
        elif colon := _NO_PORT(text):
            at = start + colon.start(1)
            message = "the path behind a colon is read as the number of a port, and refused"
            new, fix, place = "/", "write / in place of the colon", (at, at + 1)
        else:
            return
        marked = place if new == "/" else (start, end)
        self.problems.append(Problem(Kind.ADDRESS, message, *marked, fix, new, place))

    def swallowed(self, start: int, end: int, *, alone: bool) -> None:
        """Note that a marker, from the semicolon at *start*, is part of the URL."""
        message = "the URL goes on to the next blank, and this marker is part of it"
        fix, place = "put a blank before the semicolon", (start, start)
        new = " " if alone else None
        self.problems.append(Problem(Kind.URL_MARKER, message, start, end, fix, new, place))

    def after_url(self) -> None:
        start, stop = self.at, self.bare_end(self.end)
        message = "after a URL comes nothing but a marker"
        if marker_start(self.text, start, stop) == start:
            fix, place = "put ; before the marker", (start, start)
            self.put(message, (start, stop), fix, "; ", place)
            self.take("marker", self.end)
        else:
            self.wrong(message, start, stop, "put a blank and ; before the marker")

    def versions(self) -> None:
        semicolon = self.text.find(";", self.at, self.end)
        stop = semicolon if semicolon >= 0 else self.end
        bare_marker = marker_start(self.text, self.at, stop)
        if bare_marker is not None:
            stop = bare_marker
        if self.at < stop and self.is_next("("):
            self.parenthesised(stop)
        else:
            start, last = self.at, self.bare_end(stop)
            comma = bare_marker is not None and self.text.startswith(",", last - 1)
            if comma:
                # It stands where the semicolon belongs.
                self.clauses(self.bare_end(last - 1))
                if self.at > start:
                    self.specifier = start, self.at
                self.blank(last - 1)
                message = "a comma stands before the marker in place of the semicolon"
                place = last - 1, last
                self.put(message, place, "write ; in its place", ";", place)
                self.take("unread", last)
                self.blank(stop)
                self.take("marker", self.end)
                return
            self.clauses(last)
            if self.at > start:
                self.specifier = start, self.at
        if bare_marker is not None:
            end = self.at
            self.blank(stop)
            message = "there is no semicolon before the marker"
            place = stop, self.bare_end(self.end)
            self.put(message, place, "put a ; before it", ";", (end, end))
            self.take("marker", self.end)
        else:
            self.blank(stop)

    def parenthesised(self, stop: int) -> None:
        opened = self.at
        closed = self.text.find(")", opened, stop)
        inside = closed if closed >= 0 else self.bare_end(stop)
        if closed < 0:
            message = "the parenthesis is never closed"
            place = opened, opened + 1
            self.put(message, place, "add ) after the versions", ")", (inside, inside))
        self.parenthesis = True
        self.take("(", opened + 1)
        self.blank(inside)
        start = self.at
        self.clauses(self.bare_end(inside))
        self.specifier = start, self.at
        self.blank(inside)
        if closed >= 0:
            self.take(")", closed + 1)
            end = self.bare_end(stop)
            if end > self.at:
                self.blank(end)
                message = "after the parenthesis comes nothing but a marker"
                self.wrong(message, self.at, end, "put all versions between the parentheses")
                self.take("unread", end)

    def clauses(self, end: int) -> None:
        """Read the version specifiers up to *end*, which is no blank."""
        if self.at == end:
            return
        if not self.parenthesis:
            self.first_clause = self.at
        pieces = self.text[self.at : end].split(",")
        for i, piece in enumerate(pieces):
            stop = self.at + len(piece)
            self.blank(stop)
            if self.at < stop:
                self.clause(self.bare_end(stop), pieces[i - 1] if i else "")
                self.blank(stop)
            elif i < len(pieces) - 1:
                self.no_clause(stop)
            if i < len(pieces) - 1:
                self.take(",", stop + 1)

    def no_clause(self, comma: int) -> None:
        """Note that there is nothing before a comma."""
        if comma == self.first_clause and is_second(self.text[comma + 1 : self.end].lstrip(" \t")):
            # What follows is reported, and the comma goes with it.
            return
        message = "a version specifier is missing before this comma"
        place = comma, comma + 1
        if comma == self.first_clause and not _BEHIND_NAME(self.text, comma + 1, self.end):
            # Without the comma, this would be taken for more of the name, or for extras.
            self.wrong(message, *place, "delete the comma")
        else:
            self.put(message, place, "delete the comma", "", place)

    def clause(self, end: int, before: str) -> None:
        """Read one version specifier up to *end*; *before* is what the comma parts it from."""
        start, clause = self.at, self.text[self.at : end]
        if is_clause(clause):
            operator, version = split_clause(clause)
            self.take("operator", start + operator)
            self.take("blank", start + version)
            self.take("version", end)
        else:
            self.take("unread", end)
            meant = decimal_comma(before, clause) if self.text.startswith(",", start - 1) else ""
            for found in diagnose(clause, start, self.dialect):
                problem = found.unsure(meant) if meant else found
                self.problems.append(self.without(problem) if not problem.replacement else problem)

    def without(self, problem: Problem) -> Problem:
        """Return a problem that deleting mends with the comma behind, if there is one."""
        if problem.replacement is None:
            return problem
        start, end = problem.at
        blanks = _BLANK(self.text, end, self.end)
        assert blanks is not None
        if not self.text.startswith(",", blanks.end(), self.end):
            return problem
        end = blanks.end() + 1
        if start == self.first_clause and not _BEHIND_NAME(self.text, end, self.end):
            return problem._replace(replacement=None)
        return problem._replace(at=(start, end))

    # -- the sum ------------------------------------------------------------------

    def shape(self) -> Shape:
        """Return what the parts amount to."""
        first: dict[str, Part] = {}
        for part in self.parts:
            first.setdefault(part.kind, part)
        extras: tuple[str, ...] | None = None
        excluded: tuple[str, ...] = ()
        if self.bracket is not None:
            sides: tuple[list[str], list[str]] = [], []
            minus = False
            for part in self.parts:
                if part.kind == "extra":
                    sides[minus].append(part.text)
                    minus = False
                minus = minus or part.kind == "minus"
            extras, excluded = tuple(sides[0]), tuple(sides[1])
        start, end = self.specifier
        name, url, marker = first.get("name"), first.get("url"), first.get("marker")
        behind = marker.start if marker else self.end
        text: str | None = marker.text if marker else None
        if marker is None and ";" in first:
            text, behind = "", first[";"].end
        return Shape(
            self.text,
            name.text if name else "",
            extras,
            self.bracket,
            self.text[start:end],
            start,
            url.text if url else None,
            url.start if url else -1,
            text,
            behind,
            self.parenthesis,
            excluded,
        )
