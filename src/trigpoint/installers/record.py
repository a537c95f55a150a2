"""The record of what installers did: dated data, and how it is read and written.

The file beside this module is made by the evidence run (``tests/evidence``)
and by nothing else.
"""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from types import MappingProxyType
from typing import Any, Literal, get_args

from packaging.version import Version

from trigpoint import versions

__all__ = ["Case", "Outcome", "Record", "Result", "Tool", "load", "split_name"]

Result = Literal[
    "installed",
    "installed-with-warning",
    "accepted",
    "accepted-with-warning",
    "older-version",
    "refused",
    "crashed",
]
"""What a tool did.

*accepted* is for tools that check a wheel and do not install it;
*crashed* means that it showed a traceback, *refused* that it ended with an
error message of its own.
"""

_RESULTS = frozenset(get_args(Result))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one case with one tool.

    ``version`` is the version installed, empty if none; ``came`` names the
    dependencies that came too, without their ``dep-``; ``message`` is what
    the tool said beyond the ordinary, on one line, shortened.
    After a failure ``version`` and ``came`` are empty, whatever was left behind.
    """

    result: Result
    version: str = ""
    came: tuple[str, ...] = ()
    exit_code: int = 0
    message: str = ""

    @property
    def warned(self) -> bool:
        """Whether the tool went on but said that something is the matter."""
        return bool(self.message) and self.result not in ("refused", "crashed")

    def to_json(self) -> list[Any]:
        """Return the five values as a list."""
        return [self.result, self.version, list(self.came), self.exit_code, self.message]

    @classmethod
    def from_json(cls, data: list[Any]) -> Outcome:
        """Read *data*, which :meth:`to_json` wrote; :exc:`ValueError` if the result is unknown."""
        result, version, came, exit_code, message = data
        if result not in _RESULTS:
            raise ValueError(f"unknown result: {result!r}")
        return cls(result, version, tuple(came), exit_code, message)


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool whose behaviour is recorded.

    ``name`` is what was run, its version and, in parentheses, the libraries
    that decide.  ``python`` is the Python that it ran on or installed into, ``system`` the
    platform, ``recorded`` the ISO date of the run.  ``resolves`` tells
    whether the tool looks at dependencies at all.
    """

    name: str
    python: str
    system: str
    recorded: str
    resolves: bool

    @property
    def family(self) -> str:
        """What was run, without its version, such as ``"pip"`` or ``"uv sync"``."""
        return split_name(self.name)[0]

    @property
    def version(self) -> Version:
        """Its version."""
        return versions.version(split_name(self.name)[1])

    @property
    def companions(self) -> str:
        """The libraries that it was run with where they decide, such as ``"packaging 24.1"``."""
        return split_name(self.name)[2]


_NAME = re.compile(
    r"(?P<family>[^(]*?)(?:\s+(?P<version>[^\s(]*\d[^\s(]*))?\s*(?:\((?P<with>[^)]*)\))?\s*"
)


def split_name(name: str) -> tuple[str, str, str]:
    """Return family, version and companions of a tool's *name*; empty where it says none.

    >>> split_name("twine 6.1.0 (packaging 24.1)"), split_name("uv sync")
    (('twine', '6.1.0', 'packaging 24.1'), ('uv sync', '', ''))
    """
    match = _NAME.fullmatch(name.strip())
    if match is None:
        return name, "", ""
    return match["family"], match["version"] or "", (match["with"] or "").strip()


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that was asked of every tool.

    ``shows`` says what is looked at, in a sentence.  ``section`` and ``url``
    name the rule behind it.  ``request`` is what was asked for, ``release``
    the version of the wheel that the case is about, ``older`` whether a plain
    older wheel lay beside it.  ``meant`` names the dependencies that should
    have come by the specification or the proposal, None if neither says.
    ``features`` are what the outcome is put down to.  ``metadata`` are the
    bytes of METADATA, ``wheel`` the text of the WHEEL file, ``file_name`` the
    name of the wheel, empty for an ordinary one.
    """

    name: str
    shows: str
    section: str
    url: str
    request: str
    release: str
    older: bool
    meant: frozenset[str] | None
    features: frozenset[str]
    metadata: bytes
    wheel: str
    file_name: str

    def to_json(self) -> dict[str, Any]:
        """Return a JSON-ready mapping without the name; defaults are left out."""
        data = {
            "shows": self.shows,
            "section": self.section,
            "request": self.request,
            "release": self.release,
            "older": self.older,
            "meant": None if self.meant is None else sorted(self.meant),
            "features": sorted(self.features),
            "metadata": self.metadata.decode("utf-8", "surrogateescape"),
            "wheel": self.wheel,
            "file_name": self.file_name,
        }
        return {key: value for key, value in data.items() if value != _DEFAULTS.get(key, ...)}

    @classmethod
    def from_json(cls, name: str, data: Mapping[str, Any], sections: Mapping[str, str]) -> Case:
        """Read *data*, which :meth:`to_json` wrote, as the case *name*.

        *sections* has the address of each rule by its section.  Raises
        :exc:`KeyError` for a section that is not there.
        """
        full: dict[str, Any] = {**_DEFAULTS, **data}
        meant = full["meant"]
        return cls(
            name,
            full["shows"],
            full["section"],
            sections[full["section"]],
            full["request"],
            full["release"],
            full["older"],
            None if meant is None else frozenset(meant),
            frozenset(full["features"]),
            full["metadata"].encode("utf-8", "surrogateescape"),
            full["wheel"],
            full["file_name"],
        )


_DEFAULTS = {
    "request": "pkg",
    "release": "1.0",
    "older": False,
    "meant": [],
    "wheel": "Wheel-Version: 1.0\n",
    "file_name": "",
}


def _well(outcome: Outcome, case: Case, tool: Tool) -> bool:
    """Say whether all that was meant came of *case*, and nothing else, without a warning."""
    if outcome.result not in ("installed", "accepted"):
        return False
    return not tool.resolves or case.meant is None or case.meant == set(outcome.came)


class _Matrix(Mapping[tuple[str, str], Outcome]):
    """What came of each case with each tool, held as it is written: one row of numbers a case.

    Thousands of pairs as keys would be most of the record's memory, which every page
    with a lab loads.
    """

    __slots__ = ("_columns", "_distinct", "_rows")

    def __init__(
        self, tools: Iterable[str], rows: Mapping[str, list[int]], distinct: Sequence[Outcome]
    ) -> None:
        self._columns = {tool: column for column, tool in enumerate(tools)}
        # Signed, since -1 says that the case was not run.
        self._rows = {case: array("h", row) for case, row in rows.items()}
        self._distinct = tuple(distinct)
        if any(len(row) != len(self._columns) for row in self._rows.values()):
            msg = "a row has other tools than the record"
            raise ValueError(msg)
        if any(index >= len(self._distinct) for row in self._rows.values() for index in row):
            msg = "a row has an outcome that the record has not"
            raise ValueError(msg)

    def __getitem__(self, pair: tuple[str, str]) -> Outcome:
        case, tool = pair
        index = self._rows[case][self._columns[tool]]
        if index < 0:
            raise KeyError(pair)
        return self._distinct[index]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        for case, row in self._rows.items():
            for tool, index in zip(self._columns, row, strict=True):
                if index >= 0:
                    yield case, tool

    def __len__(self) -> int:
        return sum(index >= 0 for row in self._rows.values() for index in row)


@dataclass(frozen=True)
class Record:
    """Everything that was recorded.

    ``outcomes`` is keyed by case and tool; a pair that is not there was never
    run, for example because the tool takes a single file.
    """

    sections: Mapping[str, str]
    tools: Mapping[str, Tool]
    cases: Mapping[str, Case]
    outcomes: Mapping[tuple[str, str], Outcome]

    @cached_property
    def recorded(self) -> str:
        """The ISO date of the newest run in the record."""
        return max((tool.recorded for tool in self.tools.values()), default="")

    def cleared(self, tool: str) -> Mapping[str, str]:
        """Return each feature that went well with *tool*, and the case that shows it.

        What went well together goes well alone, so a case without any trouble
        speaks for each of its features.
        """
        if tool not in self._cleared:
            found: dict[str, str] = {}
            for case in self.cases.values():
                outcome = self.outcomes.get((case.name, tool))
                if outcome is not None and _well(outcome, case, self.tools[tool]):
                    for feature in sorted(case.features):
                        found.setdefault(feature, case.name)
            self._cleared[tool] = found
        return self._cleared[tool]

    @cached_property
    def _cleared(self) -> dict[str, Mapping[str, str]]:
        return {}

    def to_text(self) -> str:
        """Return the record as compact JSON, one case and one row of outcomes a line."""
        distinct = sorted(set(self.outcomes.values()), key=lambda outcome: outcome.to_json())
        number = {outcome: index for index, outcome in enumerate(distinct)}
        names = list(self.tools)

        def row(case: str) -> list[int]:
            # -1: not run.
            found = (self.outcomes.get((case, name)) for name in names)
            return [-1 if outcome is None else number[outcome] for outcome in found]

        tools = {
            tool.name: [tool.python, tool.system, tool.recorded, tool.resolves]
            for tool in self.tools.values()
        }
        blocks = {
            "sections": [_pair(key, value) for key, value in self.sections.items()],
            "tools": [_pair(key, value) for key, value in tools.items()],
            "cases": [_pair(case.name, case.to_json()) for case in self.cases.values()],
            "matrix": [_pair(case, row(case)) for case in self.cases],
        }
        written = [f'"{key}": {{\n' + ",\n".join(rows) + "\n}" for key, rows in blocks.items()]
        rows = ",\n".join(_dump(outcome.to_json()) for outcome in distinct)
        return "{\n" + ",\n".join([*written, f'"outcomes": [\n{rows}\n]']) + "\n}\n"

    @classmethod
    def from_text(cls, text: str) -> Record:
        """Read *text*, which :meth:`to_text` wrote.

        Raises :exc:`ValueError` or :exc:`KeyError` for anything else.
        """
        data = json.loads(text)
        tools = {name: Tool(name, *values) for name, values in data["tools"].items()}
        distinct = [Outcome.from_json(item) for item in data["outcomes"]]
        cases = {
            name: Case.from_json(name, item, data["sections"])
            for name, item in data["cases"].items()
        }
        return cls(
            MappingProxyType(data["sections"]),
            MappingProxyType(tools),
            MappingProxyType(cases),
            _Matrix(tools, data["matrix"], distinct),
        )


def _dump(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def _pair(key: str, value: Any) -> str:
    return f"{_dump(key)}: {_dump(value)}"


def load() -> Record:
    """Return the record that this package carries."""
    text = resources.files(__package__).joinpath("record.json").read_text(encoding="ascii")
    return Record.from_text(text)
