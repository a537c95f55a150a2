"""A TOML text that was read: its values, their places, and what was said about it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any, NamedTuple

from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix, Span, TextIndex, without_mark
from trigpoint.metadata.project.toml import Path, Places
from trigpoint.requirements import Requirement, needs_extra, read_requirement

__all__ = [
    "LONGEST_PROVED",
    "MOST_PROVED",
    "Edit",
    "Sheet",
    "TomlRequirement",
    "kind_of",
    "quoted",
    "spelled",
]

MOST_PROVED = 10
"""Fixes of one text that are carried out on trial, to see that they change nothing else."""

LONGEST_PROVED = 20_000
"""Letters of a text that fixes are carried out on; in a longer one they are words."""

_CONTROL_ALL = re.compile(r"[\x00-\x1f\x7f]")
_CONTROL = _CONTROL_ALL.search
_COMMA_BEHIND = re.compile(r"[ \t]*,[ \t]*").match
_LINE_END = re.compile(r"[ \t]*(?:\r\n|\n|\Z)").match
_BARE = re.compile(r"[A-Za-z0-9_-]+\Z").match


class Edit(NamedTuple):
    """What carries a fix out: ``replacement`` in place of offsets ``start`` to ``end``."""

    start: int
    end: int
    replacement: str


class TomlRequirement(NamedTuple):
    """A requirement that a TOML text lists.

    ``path`` leads to it, ``text`` is what it says, ``span`` its place between
    the quotes, or with them where the text holds it in another spelling.
    """

    path: Path
    text: str
    span: Span | None


class Sheet:
    """A TOML text, and the findings on it.

    ``data`` is all that :mod:`tomllib` read and ``places`` where that is;
    ``types`` is the code for a value of the wrong type.
    """

    def __init__(
        self, text: str, data: Mapping[str, Any], places: Places, types: str = "pyproject-type"
    ) -> None:
        self.text = text
        self.index = TextIndex(text)
        self.data = data
        self.places = places
        self.types = types
        self.proved = 0
        self.findings: list[Finding] = []
        self.requirements: list[TomlRequirement] = []

    # -- places ---------------------------------------------------------------------

    def span(self, path: Path, *, key: bool = False) -> Span | None:
        """Return the place of *path*, or of its *key*; if it has none, of what it is in."""
        while path:
            place = self.places.get(path)
            if place is not None:
                if key:
                    return self.index.span(place.key_start, place.key_end)
                return self.index.span(place.start, place.end)
            path = path[:-1]
        return None

    def within(self, path: Path, start: int, end: int) -> tuple[Span | None, bool]:
        """Return the place of the range from *start* to *end* of the string at *path*.

        Also say whether the text there is that range letter by letter.
        """
        place = self.places.get(path)
        if place is None:
            return self.span(path), False
        lead = _plain_string(self.text[place.start : place.end])
        if lead is None:
            return self.span(path), False
        at = place.start + lead
        return self.index.span(at + start, at + end), True

    def exchange(self, path: Path, start: int, end: int, replacement: str) -> Edit | None:
        """Return what puts *replacement* into the string at *path*, from *start* to *end*.

        None where the text holds the string in another spelling, or would have
        to hold the replacement in one.
        """
        place, exact = self.within(path, start, end)
        if place is None or not exact or _CONTROL(replacement):
            return None
        quote = self.text[self.places[path].start]
        if quote in replacement or (quote == '"' and "\\" in replacement):
            return None
        return Edit(place.start, place.end, replacement)

    def written(self, path: Path) -> str:
        """Return the value at *path* as the text has it; empty if it has no place."""
        place = self.places.get(path)
        return self.text[place.start : place.end] if place else ""

    def removal(self, path: Path) -> Edit | None:
        """Return what takes away the list item, or the key with its value, at *path*.

        None where that is not plain to see, as with comments in between.
        """
        place = self.places.get(path)
        if place is None or place.key_start in self.places.headers:
            return None
        start, end = place.key_start, place.end
        comma = _COMMA_BEHIND(self.text, end)
        line = max(self.text.rfind("\n", 0, start), self.text.rfind("\r", 0, start)) + 1
        after = _LINE_END(self.text, comma.end() if comma else end)
        alone = after is not None and not self.text[line:start].strip(" \t")
        if alone and after:
            return Edit(line, after.end(), "")
        if comma:
            return Edit(start, comma.end(), "")
        lead = self.text[:start].rstrip()
        if lead.endswith(","):
            return Edit(len(lead) - 1, end, "")
        return Edit(start, end, "") if self.text[end : end + 1] in ("]", "}") else None

    # -- edits ----------------------------------------------------------------------

    @property
    def spent(self) -> bool:
        """Whether no more fixes are tried on this text."""
        return self.proved >= MOST_PROVED or len(self.text) > LONGEST_PROVED

    def prove(self, edit: Edit | None, change: Callable[[dict[str, Any]], object]) -> Edit | None:
        """Return *edit* if it does to the text what *change* does to its data, else None.

        No more than :data:`MOST_PROVED` edits are tried, on texts of at most
        :data:`LONGEST_PROVED` letters.
        """
        if edit is None or self.spent:
            return None
        self.proved += 1
        wanted = deepcopy(dict(self.data))
        change(wanted)
        try:
            there = tomllib.loads(
                without_mark(self.text[: edit.start] + edit.replacement + self.text[edit.end :])
            )
        except ValueError:
            return None
        return edit if there == wanted else None

    def gone(self, path: Path) -> Edit | None:
        """Return what takes the item or key at *path* away, and nothing else."""

        def change(data: dict[str, Any]) -> None:
            del _parent(data, path)[path[-1]]

        return None if self.spent else self.prove(self.removal(path), change)

    def value(self, path: Path, replacement: str, new: object) -> Edit | None:
        """Return what writes *replacement*, which means *new*, as the value at *path*."""
        place = self.places.get(path)

        def change(data: dict[str, Any]) -> None:
            _parent(data, path)[path[-1]] = new

        edit = Edit(place.start, place.end, replacement) if place else None
        return self.prove(edit, change)

    def renamed(self, path: Path, key: str, *names: str) -> Edit | None:
        """Return what gives the value at *path* the name *key*, or *names* below it."""
        place = self.places.get(path)
        if place is None:
            return None
        written = ".".join(map(spelled, ((name,) for name in (key, *names))))
        if self.text[place.key_start] == "[":
            written = f"[{spelled(path[:-1])}.{written}]"

        def change(data: dict[str, Any]) -> None:
            table = _parent(data, path)
            value = table.pop(path[-1])
            for name in (key, *names)[:-1]:
                table = table.setdefault(name, {})
            table[(key, *names)[-1]] = value

        return self.prove(Edit(place.key_start, place.key_end, written), change)

    def pair(self, path: Path, key: str, written: str, new: object) -> Edit | None:
        """Return what puts *key* with the value *written*, which means *new*, in place of *path*."""
        place = self.places.get(path)

        def change(data: dict[str, Any]) -> None:
            table = _parent(data, path)
            del table[path[-1]]
            table[key] = new

        edit = Edit(place.key_start, place.end, f"{key} = {written}") if place else None
        return self.prove(edit, change)

    def moved_up(self, path: Path) -> Edit | None:
        """Return what moves the pair at *path* to the end of the table of its first key."""
        place = self.places.get(path)
        headers = self.places.headers
        # The place of a table is that of the header that opens it first, perhaps of a part of it.
        own = re.compile(rf"\[[ \t]*{re.escape(str(path[0]))}[ \t]*\]").match
        number = None
        if not self.spent:
            number = next((i for i, at in enumerate(headers) if own(self.text, at)), None)
        if place is None or number is None:
            return None
        home, stop = headers[number], len(self.text)
        if number + 1 < len(headers):
            stop = headers[number + 1]
        ends = [each.end for each in self.places.values() if home < each.start < stop]
        at = self._line_end(max([home, *(end for end in ends if end <= stop)]))
        start = self.text.rfind("\n", 0, place.key_start) + 1
        end = self._line_end(place.end)
        line = self.text[start:end]
        if not line.endswith("\n"):
            line += "\n"
        lead = "" if self.text[:at].endswith("\n") else "\n"
        if at <= start:
            edit = Edit(at, end, f"{lead}{line}{self.text[at:start]}")
        else:
            edit = Edit(start, at, f"{self.text[end:at]}{lead}{line}")

        def change(data: dict[str, Any]) -> None:
            data[str(path[0])][path[-1]] = _parent(data, path).pop(path[-1])

        return self.prove(edit, change)

    def _line_end(self, at: int) -> int:
        """Return where the line of offset *at* ends, with its line break."""
        found = self.text.find("\n", at)
        return len(self.text) if found < 0 else found + 1

    # -- findings -------------------------------------------------------------------

    def add(
        self,
        code: str,
        path: Path,
        message: str,
        fix: str = "",
        *,
        key: bool = False,
        edit: Edit | None = None,
    ) -> None:
        """Report *code* at the value of *path*, or at its *key*.

        *message* says what is wrong and *fix* what to do; *edit* carries it out.
        """
        self.say(code, self.span(path, key=key), message, fix, edit)

    def say(
        self, code: str, span: Span | None, message: str, fix: str = "", edit: Edit | None = None
    ) -> None:
        """Report *code* on *span*; *message*, *fix* and *edit* as in :meth:`add`."""
        repair = None
        if edit is not None:
            repair = Fix(fix, edit.replacement, self.index.span(edit.start, edit.end))
        elif fix:
            repair = Fix(fix)
        self.findings.append(report(code, message, span, repair))

    def lift(self, path: Path, finding: Finding) -> None:
        """Take over *finding*, on the string at *path*."""
        inside, edit = finding.span, None
        span = self.span(path)
        if inside is not None:
            span, _ = self.within(path, inside.start, inside.end)
        fix = finding.fix
        if fix and fix.replacement is not None and fix.span is not None:
            edit = self.exchange(path, fix.span.start, fix.span.end, fix.replacement)
        self.say(finding.code, span, finding.message, fix.message if fix else "", edit)

    # -- values ---------------------------------------------------------------------

    def wrong_type(
        self, path: Path, value: object, wanted: str, fix: str = "", edit: Edit | None = None
    ) -> None:
        """Report that *value*, at *path*, is not what is *wanted*, such as ``"a string"``.

        *fix* and *edit* as in :meth:`add`.
        """
        message = f"{spelled(path)} must be {wanted}; here it is {kind_of(value)}"
        self.add(self.types, path, message, fix, edit=edit)

    def better(self, _path: Path, _value: object, _wanted: str) -> tuple[str, Edit | None]:
        """Return what to write in place of a value that is not the ``"string"`` or ``"array"`` wanted."""
        return "", None

    def text_at(self, path: Path, value: object) -> str | None:
        """Return *value* if it is text; otherwise report its type at *path*."""
        if isinstance(value, str):
            return value
        self.wrong_type(path, value, "a string", *self.better(path, value, "string"))
        return None

    def texts_at(self, path: Path, value: object) -> list[tuple[Path, str]]:
        """Return the items of *value* that are text, with their paths.

        What is none, or no list, is reported at its place, at *path* or below.
        """
        if not isinstance(value, list):
            better = self.better(path, value, "array")
            self.wrong_type(path, value, "an array of strings", *better)
            return []
        found = []
        for i, item in enumerate(value):
            text = self.text_at((*path, i), item)
            if text is not None:
                found.append(((*path, i), text))
        return found

    def table_at(
        self, path: Path, value: object, fix: str = "", edit: Edit | None = None
    ) -> Mapping[str, Any]:
        """Return *value* if it is a table, else an empty one, and report its type at *path*.

        *fix* and *edit* as in :meth:`add`.
        """
        if isinstance(value, Mapping):
            return value
        self.wrong_type(path, value, "a table", fix, edit)
        return {}

    def requirement(self, path: Path, text: str) -> Requirement:
        """Read *text*, the string at *path*, as a requirement, and report what is wrong."""
        read = read_requirement(text)
        for finding in read.findings:
            self.lift(path, finding)
        self.requirements.append(TomlRequirement(path, text, self.within(path, 0, len(text))[0]))
        return read

    def listed(self, path: Path, text: str) -> bool:
        """Read *text*, the string at *path*, as what a list of requirements may hold.

        Say whether it can be read; it is the last of ``requirements`` then.
        """
        read = self.requirement(path, text)
        if read.valid and needs_extra(read.marker):
            message = f"no extra is asked for here, so {read.name} is never installed"
            fix = "delete the test of extra, or list it in [project.optional-dependencies]"
            self.add("requirement-extra", path, message, fix)
        return read.valid


def _parent(data: Any, path: Path) -> Any:
    for part in path[:-1]:
        data = data[part]
    return data


def quoted(text: str) -> str:
    r"""Return *text* as a TOML string.

    >>> print(quoted("it's"), quoted('say "x"'))
    "it's" 'say "x"'
    """
    if '"' in text and "'" not in text and "\\" not in text and not _CONTROL(text):
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + _CONTROL_ALL.sub(lambda found: f"\\u{ord(found[0]):04x}", escaped) + '"'


def spelled(path: Path) -> str:
    """Return *path* as TOML writes it, with positions in brackets.

    >>> spelled(("project", "urls", "Bug Tracker")), spelled(("a", 0, "b"))
    ('project.urls."Bug Tracker"', 'a[0].b')
    """
    parts = ""
    for part in path:
        if isinstance(part, int):
            parts += f"[{part}]"
            continue
        bare = part if _BARE(part) else quoted(part)
        parts += f".{bare}" if parts else bare
    return parts


def kind_of(value: object) -> str:
    """Return what TOML calls *value*, which ``tomllib`` read.

    >>> kind_of([1]), kind_of(True)
    ('an array', 'a boolean')
    """
    names = {
        bool: "a boolean",
        int: "a number",
        float: "a number",
        str: "a string",
        list: "an array",
        dict: "a table",
    }
    return names.get(type(value), "a date or time")


def _plain_string(written: str) -> int | None:
    """Return where the content of a TOML string starts if it stands there letter by letter."""
    if not written or written[0] not in "'\"" or "\n" in written:
        return None
    if written[0] == '"' and "\\" in written:
        return None
    return 3 if written[:3] in ('"""', "'''") and len(written) >= 6 else 1
