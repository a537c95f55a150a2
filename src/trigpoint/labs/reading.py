"""What of a text of markers and requirements was read, and what was not, for every face."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from trigpoint.requirements import (
    Editable,
    Include,
    RequirementLine,
    Unknown,
    UrlLine,
)
from trigpoint.requirements.statements import MarkerLine, Statements

__all__ = [
    "COUNTED",
    "MOST_SHOWN",
    "Count",
    "ReadCounts",
    "counted",
    "nothing_read",
    "reading_of",
    "told",
]

MOST_SHOWN: Final = 60
"""Letters of a line that a sentence repeats."""

COUNTED: Final = {
    "marker": ("marker", "markers"),
    "requirement": ("requirement", "requirements"),
    "url": ("URL", "URLs"),
    "path": ("path", "paths"),
    "include": ("file that the text names", "files that the text names"),
    "constraints": (
        "constraints file that the text names",
        "constraints files that the text names",
    ),
    "editable": ("editable project", "editable projects"),
    "unreadable": ("line", "lines"),
    "option": ("option for pip", "options for pip"),
    "hash": ("hash", "hashes"),
}
"""What is counted, in the singular and in the plural."""

_READ: Final = ("requirement", "marker", "url", "path")
_NOT_OPENED: Final = ("include", "constraints", "editable")
_PASSED: Final = (*_NOT_OPENED, "option", "hash")


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are of a kind, a key of :data:`COUNTED`; ``first`` is one of them."""

    kind: str
    number: int
    first: str


@dataclass(frozen=True, slots=True)
class ReadCounts:
    """What an answer is about: what of the text was ``read``, and what was not.

    A file or an editable project that the text only names is ``passed_over``, as
    are options for pip; ``unreadable`` counts the lines that are wrong.
    """

    read: tuple[Count, ...] = ()
    passed_over: tuple[Count, ...] = ()
    unreadable: int = 0

    @property
    def complete(self) -> bool:
        """Whether every project that the text brings is there by its name."""
        kinds = {each.kind for each in (*self.read, *self.passed_over)}
        return not self.unreadable and not kinds & {*_NOT_OPENED, "url", "path"}


def reading_of(found: Statements) -> ReadCounts:
    r"""Count what of *found* is read and what is passed over.

    >>> from trigpoint.requirements.statements import read_statements
    >>> told(reading_of(read_statements("a\n-r b.txt\n--pre")))
    'Read: 1 requirement. Passed over: 1 file that the text names (-r b.txt), 1 option for pip (--pre).'
    """
    numbers: Counter[str] = Counter()
    firsts: dict[str, str] = {}

    def add(kind: str, first: str) -> None:
        numbers[kind] += 1
        firsts.setdefault(kind, first)

    for each in found.statements:
        if not each.valid:
            add("unreadable", each.text)
        elif isinstance(each.line, MarkerLine):
            add("marker", each.text)
        elif isinstance(each.line, RequirementLine):
            add("requirement", each.text)
        else:
            add("url" if isinstance(each.line, UrlLine) else "path", each.text)
    for line in found.lines:
        text = line.text.strip()
        if isinstance(line, Include):
            add("constraints" if line.constraint else "include", text)
        elif isinstance(line, Editable):
            add("editable", text)
        elif isinstance(line, Unknown):
            add("unreadable", text)
        else:
            for option in line.options:
                # Without its value, which may hold a password.
                add("hash" if option.name == "--hash" else "option", option.written)
    counts = {kind: Count(kind, numbers[kind], _short(firsts[kind])) for kind in numbers}
    return ReadCounts(
        tuple(counts[kind] for kind in _READ if kind in counts),
        tuple(counts[kind] for kind in _PASSED if kind in counts),
        numbers["unreadable"],
    )


def _short(text: str) -> str:
    line = text.split("\n", 1)[0].rstrip("\\\r ")
    return line if len(line) <= MOST_SHOWN else f"{line[: MOST_SHOWN - 1]}…"


def counted(each: Count) -> str:
    """Say *each* in words, such as "2 hashes"."""
    return f"{each.number} {COUNTED[each.kind][each.number != 1]}"


def told(reading: ReadCounts, *, always: bool = False) -> str:
    """Say what of *reading* was read and what was not.

    Empty if all was read, or all is wrong, unless it is asked for *always*.
    """
    if not (always or reading.passed_over or (reading.unreadable and reading.read)):
        return ""
    said = [f"Read: {', '.join(map(counted, reading.read)) or 'nothing'}."]
    if reading.passed_over:
        passed = (
            counted(each) + (f" ({each.first})" if each.kind != "hash" else "")
            for each in reading.passed_over
        )
        said.append(f"Passed over: {', '.join(passed)}.")
    if reading.unreadable:
        said.append(f"Cannot be read: {counted(Count('unreadable', reading.unreadable, ''))}.")
    return " ".join(said)


def nothing_read(reading: ReadCounts) -> str:
    """Say in a sentence that there is nothing to answer about in *reading*."""
    if reading.passed_over:
        return "There is no marker and no requirement in this text."
    return "There is no marker yet."
