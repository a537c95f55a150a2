"""Change one thing in real METADATA, predict, run the tool, and compare.

A change is drawn from :data:`CHANGES`, a file from those of real packages and a tool
from the record, all by one seed.  What the file requires is there as wheels made
for it, so that nothing is asked of an index.
"""

from __future__ import annotations

import dataclasses
import random
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version
from tests.evidence.case import Case
from tests.evidence.drivers import driver_for
from tests.evidence.tools import TOOLS, MissingToolError, Tool
from tests.evidence.wheels import Wheel

from trigpoint.installers import RECORD, Prediction, Verdict, predict, predict_all, verdict
from trigpoint.installers.interpreter import environment_of
from trigpoint.installers.record import Case as RecordedCase
from trigpoint.installers.record import Outcome
from trigpoint.installers.record import Tool as RecordedTool

__all__ = ["CHANGES", "Changed", "Compared", "Text", "perturb", "plan", "report", "run", "stubs"]

MOST_NOT_RECORDED = 0.3
"""The part of predictions about real files as they are that may be *not recorded*."""


# --- the file --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """METADATA in pieces: fields with the lines that they are folded to, and what follows them."""

    fields: tuple[str, ...]
    rest: str

    @classmethod
    def of(cls, data: bytes) -> Text:
        """Take *data* apart; its line ends become LF."""
        text = data.decode("utf-8", "surrogateescape").replace("\r\n", "\n")
        head, blank, rest = text.partition("\n\n")
        fields = re.split(r"\n(?![ \t])", head.removesuffix("\n"))
        return cls(tuple(fields), blank[1:] + rest)

    def to_bytes(self) -> bytes:
        """Put the pieces together."""
        text = "".join(f"{field}\n" for field in self.fields) + self.rest
        return text.encode("utf-8", "surrogateescape")

    def places(self, *names: str) -> list[int]:
        """Return where the fields called *names* are, all if there is no name."""
        wanted = {name.lower() for name in names}
        return [
            place
            for place, field in enumerate(self.fields)
            if not wanted or field.partition(":")[0].lower() in wanted
        ]

    def value(self, name: str) -> str:
        """Return the first value of a field; empty if there is none."""
        return next((self.at(place) for place in self.places(name)), "")

    def at(self, place: int) -> str:
        """Return the value of the field at *place*, on one line."""
        return " ".join(self.fields[place].partition(":")[2].split())

    def requirements(self) -> list[str]:
        """Return every Requires-Dist."""
        return [self.at(place) for place in self.places("requires-dist")]

    def with_field(self, place: int, *fields: str) -> Text:
        """Put *fields* in place of one."""
        return dataclasses.replace(
            self, fields=(*self.fields[:place], *fields, *self.fields[place + 1 :])
        )

    def plus(self, *fields: str) -> Text:
        """Add *fields* behind the others."""
        return dataclasses.replace(self, fields=(*self.fields, *fields))


@dataclass(frozen=True, slots=True)
class Changed:
    """A file that differs from a real one in one thing.

    ``meaning`` are the requirements as their author meant them, those of the
    file if it is None.  ``extras`` are asked for; ``file_name`` replaces the
    ordinary name of the wheel, ``wheel_version`` that of its format.
    ``unclear`` says that no rule tells which dependencies should come.
    """

    data: bytes
    meaning: tuple[str, ...] | None = None
    extras: tuple[str, ...] = ()
    file_name: str = ""
    wheel_version: str = "1.0"
    unclear: bool = False


Change = Callable[[Text, random.Random], Changed | None]
CHANGES: dict[str, Change] = {}
"""The kinds of change by their names; one that a file has no place for gives None."""


def _change(function: Change) -> Change:
    CHANGES[function.__name__.strip("_").replace("_", "-")] = function
    return function


def _plain(text: Text, **more: object) -> Changed:
    return dataclasses.replace(Changed(text.to_bytes()), **more)  # type: ignore[arg-type]


# --- changes of fields -----------------------------------------------------------------------


@_change
def _as_it_is(text: Text, chance: random.Random) -> Changed | None:
    return _plain(text)


@_change
def _field_case(text: Text, chance: random.Random) -> Changed | None:
    place = chance.choice(text.places())
    name, colon, value = text.fields[place].partition(":")
    other = chance.choice([name.lower(), name.title(), name.upper()])
    return _plain(text.with_field(place, other + colon + value))


@_change
def _metadata_version(text: Text, chance: random.Random) -> Changed | None:
    versions = ("1.0", "1.1", "1.2", "2.0", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6")
    other = chance.choice([*versions, "2.9", "3.0", "2", "abc", "2.1.0", "1.3"])
    [place] = text.places("metadata-version")
    return _plain(text.with_field(place, f"Metadata-Version: {other}"))


@_change
def _drop_field(text: Text, chance: random.Random) -> Changed | None:
    place = chance.choice(text.places())
    return _plain(text.with_field(place), meaning=None)


@_change
def _drop_required(text: Text, chance: random.Random) -> Changed | None:
    [place] = text.places(chance.choice(["name", "version", "metadata-version"]))
    return _plain(text.with_field(place))


@_change
def _twice(text: Text, chance: random.Random) -> Changed | None:
    place = chance.choice(text.places())
    return _plain(text.with_field(place, text.fields[place], text.fields[place]))


@_change
def _empty_value(text: Text, chance: random.Random) -> Changed | None:
    place = chance.choice(text.places())
    name = text.fields[place].partition(":")[0]
    return _plain(text.with_field(place, f"{name}:"))


@_change
def _swap(text: Text, chance: random.Random) -> Changed | None:
    fields = list(text.fields)
    chance.shuffle(fields)
    return _plain(dataclasses.replace(text, fields=tuple(fields)))


_ADDED = (
    "License-File: LICENSE",
    "License-Expression: MIT",
    "License-Expression: The usual licence",
    "License: MIT",
    "Dynamic: Keywords",
    "Dynamic: license-file",
    "Dynamic: nonsense",
    "Dynamic: Name",
    "Import-Name: pkg",
    "Import-Namespace: space",
    "Import-Name: a-b",
    "Flavour: vanilla",
    "Default-Extra: docs",
    "Provides-Extra: _not valid!",
    "Provides-Extra: Docs_All",
    "Project-URL: https://a.example",
    "Keywords: one",
    "Platform: any",
    "Supported-Platform: any",
    "Requires-External: C",
    "Provides-Dist: other",
    "Obsoletes-Dist: other",
    "Requires: other",
    "Description-Content-Type: text/troff",
    "Description-Content-Type: text/markdown",
    "Content-Transfer-Encoding: 8bit",
    "Author: \N{LATIN SMALL LETTER E WITH ACUTE}",
    "Summary: one\n two",
    "Classifier: Nothing :: Known",
)


@_change
def _added(text: Text, chance: random.Random) -> Changed | None:
    return _plain(text.plus(chance.choice(_ADDED)))


@_change
def _folded(text: Text, chance: random.Random) -> Changed | None:
    places = [place for place in text.places() if " " in text.at(place)]
    place = chance.choice(places)
    name, _, value = text.fields[place].partition(":")
    first, blank, more = value.strip().partition(" ")
    if not blank or "\n" in value:
        return None
    return _plain(text.with_field(place, f"{name}: {first}\n {more}"))


# --- changes of bytes ------------------------------------------------------------------------


@_change
def _cut(text: Text, chance: random.Random) -> Changed | None:
    place = chance.randrange(1, len(text.fields))
    line = chance.choice(["", "no field", "Odd : value"])
    changed = dataclasses.replace(text, fields=(*text.fields[:place], line, *text.fields[place:]))
    return _plain(changed, meaning=tuple(text.requirements()))


@_change
def _front(text: Text, chance: random.Random) -> Changed | None:
    front = chance.choice([b"\xef\xbb\xbf", b"\n", b" \n"])
    return Changed(front + text.to_bytes(), tuple(text.requirements()))


@_change
def _line_ends(text: Text, chance: random.Random) -> Changed | None:
    return Changed(text.to_bytes().replace(b"\n", b"\r\n"), tuple(text.requirements()))


@_change
def _bytes_in_a_value(text: Text, chance: random.Random) -> Changed | None:
    places = text.places("summary", "author", "license", "keywords")
    if not places:
        return None
    place = chance.choice(places)
    odd = chance.choice(["\udce9", "\0", "\N{LATIN SMALL LETTER E WITH ACUTE}", "\x0c", "\u2028"])
    return _plain(text.with_field(place, text.fields[place] + odd))


@_change
def _nothing(text: Text, chance: random.Random) -> Changed | None:
    return Changed(chance.choice([b"", b"\n"]))


@_change
def _description(text: Text, chance: random.Random) -> Changed | None:
    kind = chance.choice(["text/plain", "text/markdown", "text/x-rst", "text/troff", ""])
    places = text.places("description-content-type")
    lines = [f"Description-Content-Type: {kind}"] if kind else []
    fields = [field for place, field in enumerate(text.fields) if place not in places]
    return _plain(Text((*fields, *lines), chance.choice(["", "\nSome words.\n"])))


# --- changes of requirements -----------------------------------------------------------------

_TAILS = (
    ">=0.5,<2.0,",
    " (>=0.5,<2.0,)",
    ">=0.5<2.0",
    " (>=0.5<2.0)",
    "!=1.3*",
    "!=~1.3",
    ">='0.5'",
    " (>=1.0.*)",
    ">=0.5.*",
    " >>> 1",
    "=1.0",
    "^1.0",
    "==1.*",
    "===1.0",
    "~=1.0",
    "<=1.0",
    ">0.5",
    ">=0.5a1",
    " (>=0.5)",
    "[]",
    ">=1.0+local",
    "==1.0+local",
    ">=v0.5",
    " >=  0.5",
)
_MARKERS = (
    "python_version >= '3'",
    "python_version < '3'",
    "python_version == '2.7.*'",
    "'3' <= python_version",
    "python_version in '2.7, 3.3'",
    "platform_release >= '2'",
    "sys_platform == 'win32' and os_name == 'nt'",
    "os.name == 'posix'",
    "flavour == 'docs'",
    "os_name == 'nt' and",
    "os_name",
)
# Each marker, and whether it holds for a set of extras; None where no rule says so.
_OF_EXTRAS: dict[str, Callable[[set[str]], bool] | None] = {
    "'docs' in extras": lambda asked: "docs" in asked,
    "'docs' not in extras": lambda asked: "docs" not in asked,
    "'docs' in extra": None,
    "extra in 'docs test'": None,
    "extra != 'docs'": lambda asked: "docs" not in asked,
    "extra == 'docs' and extra == 'test'": lambda asked: asked >= {"docs", "test"},
    "extra == 'docs' and extra == 'nothing'": lambda _: False,
    "extra == 'docs' and extra != 'test'": lambda asked: asked & {"docs", "test"} == {"docs"},
    "extra >= 'docs'": None,
    "extra == ''": None,
    "'docs' in extras and python_version > '3'": lambda asked: "docs" in asked,
    "extra == 'docs' and python_version < '3'": lambda _: False,
    "(extra == 'docs' or extra == 'test') and python_version > '3'": lambda asked: bool(
        asked & {"docs", "test"}
    ),
    "extra == 'Docs_All'": lambda asked: "docs-all" in asked,
}


@_change
def _specifier(text: Text, chance: random.Random) -> Changed | None:
    return _plain(
        text.plus(f"Requires-Dist: dep-docs{chance.choice(_TAILS)}"),
        meaning=(*text.requirements(), "dep-docs"),
    )


@_change
def _marker(text: Text, chance: random.Random) -> Changed | None:
    marker = chance.choice(_MARKERS)
    broken = marker in _MARKERS[-3:]
    return _plain(
        text.plus(f"Requires-Dist: dep-docs; {marker}"),
        meaning=(*text.requirements(), "dep-docs" if broken else f"dep-docs; {marker}"),
        unclear=broken or "release" in marker or "os.name" in marker,
    )


@_change
def _marker_of_extras(text: Text, chance: random.Random) -> Changed | None:
    marker, holds = chance.choice(list(_OF_EXTRAS.items()))
    asked = chance.choice([(), ("docs",), ("test",), ("docs", "test")])
    if chance.random() < 0.5:
        text = text.plus("Provides-Extra: docs", "Provides-Extra: test")
    more = ["dep-docs"] if holds and holds(set(asked)) else []
    return _plain(
        text.plus(f"Requires-Dist: dep-docs; {marker}"),
        meaning=(*text.requirements(), *more),
        extras=asked,
        unclear=holds is None,
    )


@_change
def _original_with_comma(text: Text, chance: random.Random) -> Changed | None:
    places = [place for place in text.places("requires-dist") if ";" not in text.at(place)]
    places = [place for place in places if re.search(r"[0-9]\Z", text.at(place))]
    if not places:
        return None
    place = chance.choice(places)
    return _plain(
        text.with_field(place, f"Requires-Dist: {text.at(place)},"),
        meaning=tuple(text.requirements()),
    )


@_change
def _blanks(text: Text, chance: random.Random) -> Changed | None:
    places = text.places("requires-dist")
    if not places:
        return None
    place = chance.choice(places)
    value = text.at(place)
    odd = chance.choice(
        [
            value.replace(",", ", "),
            value.replace(";", " ; "),
            re.sub(r"(?<=[<>=~!])(?=[0-9])", " ", value),
            value.replace("'", '"') if '"' not in value else value,
            value.replace(" ", "\t"),
            value.replace(" ", "  "),
        ]
    )
    return _plain(
        text.with_field(place, f"Requires-Dist: {odd}"), meaning=tuple(text.requirements())
    )


@_change
def _exclude(text: Text, chance: random.Random) -> Changed | None:
    first, second = chance.choice(
        [
            ("==1.0", "==2.0"),
            ("<1", ">=1"),
            ("==1.*", "!=1.*"),
            (">=1", "<2"),
            ("~=1.0", "<2,>=1"),
            ("==1.0; python_version>'3'", "==2.0; python_version<'3'"),
        ]
    )
    return _plain(text.plus(f"Requires-Dist: dep-docs{first}", f"Requires-Dist: dep-docs{second}"))


@_change
def _address(text: Text, chance: random.Random) -> Changed | None:
    where = chance.choice(["http", "https", "git+https"])
    marker = chance.choice(["", " ; extra == 'docs'", " ; python_version < '3'"])
    line = f"dep-docs @ {where}://wheels.example/dep_docs-1.0-py3-none-any.whl{marker}"
    return _plain(text.plus(f"Requires-Dist: {line}"))


@_change
def _requires_python(text: Text, chance: random.Random) -> Changed | None:
    places = text.places("requires-python")
    value = chance.choice(
        [
            ">=3.99",
            "<3",
            ">=2.7,<3",
            "<4",
            ">=2.7, !=3.0.*, <4",
            "!=3.*",
            "==2.7.*",
            "==3.*",
            "~=2.7",
            "~=3.0",
            ">=3.0,",
            ">=3.6.*",
            ">=2.7<4",
            "three",
            "3",
            "^3",
            "",
        ]
    )
    line = f"Requires-Python: {value}"
    return _plain(text.with_field(places[0], line) if places else text.plus(line))


# --- changes around the file -----------------------------------------------------------------


@_change
def _ask(text: Text, chance: random.Random) -> Changed | None:
    provided = [text.at(place) for place in text.places("provides-extra")]
    kind = chance.randrange(4)
    if kind == 0 or not provided:
        return _plain(text, extras=("no-such-extra",))
    extras = chance.sample(provided, chance.randint(1, min(3, len(provided))))
    if kind == 1:
        extras = [extra.replace("-", "_").title() for extra in extras]
    return _plain(text, extras=tuple(extras))


@_change
def _undeclare(text: Text, chance: random.Random) -> Changed | None:
    places = text.places("provides-extra")
    if not places:
        return None
    place = chance.choice(places)
    asked = (text.at(place),) if chance.random() < 0.5 else ()
    return _plain(text.with_field(place), extras=asked)


@_change
def _other_name(text: Text, chance: random.Random) -> Changed | None:
    [place] = text.places("name")
    return _plain(text.with_field(place, f"Name: {chance.choice(['other', 'pkg!', ''])}"))


@_change
def _other_version(text: Text, chance: random.Random) -> Changed | None:
    [place] = text.places("version")
    version = text.at(place)
    other = chance.choice(["0.0.7", f"{version}.0", "one", "1.0 final", ""])
    return _plain(text.with_field(place, f"Version: {other}"))


@_change
def _wheel_version(text: Text, chance: random.Random) -> Changed | None:
    return _plain(text, wheel_version=chance.choice(["1.9", "2.0"]))


# --- the wheels around it --------------------------------------------------------------------


def _readable(requirements: Iterable[str]) -> Iterator[Requirement]:
    for requirement in requirements:
        try:
            yield Requirement(requirement)
        except InvalidRequirement:
            continue


def _applies(requirement: Requirement, environment: Mapping[str, str], extras: set[str]) -> bool:
    marker = requirement.marker
    asked = sorted(extras) or [""]
    return marker is None or any(
        marker.evaluate({**environment, "extra": extra}) for extra in asked
    )


def _coming(
    requirements: Sequence[Requirement], project: str, extras: Iterable[str], python: str
) -> tuple[set[str], list[Requirement]]:
    """Return what is to come with *extras*, and the requirements that apply."""
    environment = dict(environment_of(python))
    asked: set[str] = {canonicalize_name(extra) for extra in extras}
    while True:
        applied = [each for each in requirements if _applies(each, environment, asked)]
        more = asked.union(
            *(
                {canonicalize_name(extra) for extra in each.extras}
                for each in applied
                if canonicalize_name(each.name) == project
            )
        )
        if more == asked:
            break
        asked = more
    names: set[str] = {canonicalize_name(each.name) for each in applied}
    return names - {project}, applied


def _version_for(specifier: SpecifierSet) -> str | None:
    """Return a version that meets *specifier*, a final one if there is one."""
    candidates: list[Version] = [Version("1.0")]
    for clause in specifier:
        try:
            version = Version(clause.version.removesuffix(".*"))
        except InvalidVersion:
            return clause.version
        base = version.base_version
        candidates += [Version(base), Version(f"{base}.0.0.1"), version, Version("0")]
        candidates += [Version("9999")]
    good = [each for each in candidates if specifier.contains(each, prereleases=True)]
    return str(min(good, key=lambda each: (each.is_prerelease, each))) if good else None


def stubs(
    requirements: Sequence[Requirement], project: str, applied: Sequence[Requirement]
) -> tuple[Wheel, ...]:
    """Return wheels that meet *requirements*, each alone and those *applied* together.

    Where one version meets all that applies to a project, it alone is made, and
    those of other requirements only where it does not meet them.
    """
    by_name: dict[str, list[Requirement]] = {}
    for each in requirements:
        by_name.setdefault(canonicalize_name(each.name), []).append(each)
    made: list[Wheel] = []
    for name, same in by_name.items():
        if name == project:
            continue
        extras = sorted({canonicalize_name(extra) for each in same for extra in each.extras})
        versions: list[str] = []
        together = SpecifierSet()
        for each in same:
            if each in applied:
                together &= each.specifier
        joined = [together] if any(each in applied for each in same) else []
        for wanted in (*joined, *(each.specifier for each in same)):
            if not any(wanted.contains(each, prereleases=True) for each in versions):
                versions += filter(None, [_version_for(wanted)])
        for version in versions:
            lines = [f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"]
            lines += [f"Provides-Extra: {extra}\n" for extra in extras]
            made.append(Wheel(name, version, "".join(lines).encode()))
    return tuple(made)


# --- one comparison --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Planned:
    """A change of one file that is to be put to one tool."""

    number: int
    file: str
    kind: str
    tool: Tool
    case: Case
    beside: tuple[Wheel, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """What was foretold and what happened."""

    planned: Planned
    foretold: Prediction
    observed: Verdict
    outcome: Outcome

    @property
    def wrong(self) -> bool:
        """Whether something else happened than what was foretold."""
        return self.foretold.outcome not in (Verdict.NOT_RECORDED, self.observed)

    def __str__(self) -> str:
        said = self.planned
        return (
            f"{said.number}: {said.file}, {said.kind}, {said.case.request}, {said.tool.name}: "
            f"foretold {self.foretold.outcome.value} ({', '.join(self.foretold.cases[:3])}), "
            f"observed {self.observed.value}: {self.outcome.message}"
        )


_ONE_OF_EACH = ("poetry",)


def perturb(
    number: int, seed: str, files: Mapping[str, bytes], tools: Sequence[Tool], kinds: Sequence[str]
) -> Planned | None:
    """Plan the comparison *number* of *seed*; None if the change has no place in the file."""
    chance = random.Random(f"{seed}-{number}")
    file = chance.choice(sorted(files))
    kind = chance.choice(kinds)
    family = chance.choice(sorted({tool.family for tool in tools}))
    tool = chance.choice([tool for tool in tools if tool.family == family])
    original = Text.of(files[file])
    changed = CHANGES[kind](original, chance)
    if changed is None:
        return None
    project = canonicalize_name(original.value("name"))
    python = RECORD.tools[tool.name].python
    meaning = changed.meaning
    if meaning is None:
        meaning = tuple(Text.of(changed.data).requirements())
    requirements = list(_readable(meaning))
    try:
        names, applied = _coming(requirements, project, changed.extras, python)
    except (KeyError, ValueError):
        names, applied = set(), []
    wheels = stubs([*requirements, Requirement("dep-docs")], project, applied)
    if tool.family in _ONE_OF_EACH and len({wheel.name for wheel in wheels}) < len(wheels):
        return None
    brackets = f"[{','.join(changed.extras)}]" if changed.extras else ""
    case = Case(
        f"perturbed-{number}",
        kind,
        "Core metadata",
        Wheel(
            project,
            original.value("version"),
            changed.data,
            changed.file_name,
            changed.wheel_version,
        ),
        f"{project}{brackets}",
        meant=None if changed.unclear else frozenset(names),
    )
    return Planned(number, file, kind, tool, case, wheels)


def plan(
    count: int, seed: str, files: Mapping[str, bytes], tools: Sequence[Tool], kinds: Sequence[str]
) -> list[Planned]:
    """Plan *count* comparisons."""
    found: list[Planned] = []
    number = 0
    while len(found) < count:
        if planned := perturb(number, seed, files, tools, kinds):
            found.append(planned)
        number += 1
    return found


def _judged(case: Case, outcome: Outcome, tool: RecordedTool) -> Verdict:
    meant = None
    if case.meant is not None:
        meant = frozenset(name.removeprefix("dep-") for name in case.meant)
    shown = RecordedCase(
        case.name, "", "", "", case.request, case.subject.release, False, meant, frozenset(),
        b"", "", "",
    )  # fmt: skip
    return verdict(outcome, shown, tool)


def run(planned: Sequence[Planned], cache: Path) -> Iterator[Compared]:
    """Run what is planned, one tool after the other."""
    for tool in dict.fromkeys(each.tool for each in planned):
        mine = [each for each in planned if each.tool == tool]
        try:
            with (
                tempfile.TemporaryDirectory(prefix="evidence-") as scratch,
                driver_for(tool, cache, Path(scratch) / "work") as driver,
            ):
                for each in mine:
                    subject = each.case.subject
                    foretold = predict(
                        subject.actual_metadata,
                        tool.name,
                        each.case.request,
                        file_name=subject.actual_file_name,
                        wheel=subject.wheel_text,
                    )
                    driver.beside = each.beside
                    outcome = driver.outcome(each.case)
                    observed = _judged(each.case, outcome, RECORD.tools[tool.name])
                    yield Compared(each, foretold, observed, outcome)
            print(f"{tool.name}: {len(mine)} compared", flush=True)
        except MissingToolError as error:
            print(f"not run: {error}", flush=True)


def unperturbed(files: Mapping[str, bytes], tools: Sequence[Tool]) -> float:
    """Return the part of predictions about *files* as they are that is *not recorded*."""
    names = [tool.name for tool in tools]
    verdicts = [answer.outcome for data in files.values() for answer in predict_all(data, names)]
    return verdicts.count(Verdict.NOT_RECORDED) / max(len(verdicts), 1)


def report(
    count: int,
    seed: str,
    directory: Path,
    cache: Path,
    tools: Sequence[Tool] = TOOLS,
    kinds: Sequence[str] = (),
) -> int:
    """Compare *count* times, print what came of it, and return 1 if a prediction was wrong."""
    found = sorted(directory.glob("*.dist-info/METADATA"))
    if not found:
        raise SystemExit(f"no METADATA in {directory}; see tests/metadata/real_files.py")
    files = {path.parent.name.removesuffix(".dist-info"): path.read_bytes() for path in found}
    tools = [tool for tool in tools if tool.name in RECORD.tools]
    planned = plan(count, seed, files, tools, kinds or list(CHANGES))
    wrong: list[Compared] = []
    done = silent = 0
    for compared in run(planned, cache):
        done += 1
        silent += compared.foretold.outcome is Verdict.NOT_RECORDED
        if compared.wrong:
            wrong.append(compared)
            print(f"wrong: {compared}", flush=True)
    quiet = unperturbed(files, tools)
    print(f"{done} changes of {len(files)} files with the seed {seed}")
    print(f"wrong predictions: {len(wrong)} ({len(wrong) / max(done, 1):.1%})")
    print(f"not recorded: {silent} ({silent / max(done, 1):.1%})")
    print(f"not recorded of the files as they are, {len(tools)} tools: {quiet:.1%}")
    return int(bool(wrong) or quiet > MOST_NOT_RECORDED)
