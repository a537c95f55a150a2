"""Before a build: is what ``[external]`` asks for here?  If not, say so before the compiler does.

What is known to be missing stops the build with one message: what, what says so, the
command that installs it here, and how to go on without this check.  What is unknown stops
nothing.  One witness is not believed: a package manager does not list what was built by
hand, came with conda or is in the build's own environment, and pkg-config or a linker can
be asked in the wrong place.  Two have to say no, but for what a build starts or reads
itself: a compiler, a program, and the headers of Python.

Both ways in use this: ``trigpoint.external.hatch`` and ``trigpoint.external.backend``.

Source: PEP 725 (draft of 2026-04-17), "build-requires" and "host-requires".
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from trigpoint.external import words
from trigpoint.external.machine import Machine, ThisMachine, ecosystems
from trigpoint.external.plan import HEADERS, Plan, Planned, plan
from trigpoint.external.probe import PROGRAMS, Evidence, Here, packaged, probe
from trigpoint.external.snippets import command_lines
from trigpoint.external.tables import External, read_table
from trigpoint.findings import Finding, Severity, printable
from trigpoint.metadata.project.project import parse_toml

__all__ = [
    "CODE",
    "MODES",
    "SETTING",
    "VARIABLE",
    "Checked",
    "Mode",
    "check",
    "mode",
    "stop_if_absent",
]

VARIABLE: Final = "TRIGPOINT_EXTERNAL"
"""The environment variable that says what to do about what is missing, see :data:`MODES`."""

SETTING: Final = "external"
"""The config setting of the wrapper that says the same, and counts more."""

CODE: Final = "external-absent"
"""The code of what is said, which the catalogue explains."""

Mode = Literal["stop", "note", "off"]

MODES: Final[tuple[Mode, ...]] = ("stop", "note", "off")
"""What is done about what is missing: the build stops, it is said, or nobody looks."""

MOST_WITNESSES: Final = 6
"""Witnesses that are named for one requirement."""

MOST_TOLD: Final = 200
"""Defines and arguments of a project that are read; more may say anything."""

_ELSEWHERE: Final = (
    "CMAKE_PREFIX_PATH",
    "CMAKE_TOOLCHAIN_FILE",
    "CMAKE_ARGS",
    "SKBUILD_CMAKE_ARGS",
    "SKBUILD_CMAKE_DEFINE",
    "_PYTHON_HOST_PLATFORM",
)
"""Variables that tell a build of places, or of another machine, that nothing here looks at."""

_OF_ONE: Final = ("ROOT", "DIR", "HOME", "PREFIX")
"""Ends of variables that tell a build where one library is, such as HDF5_DIR and ZLIB_ROOT."""

_SETTINGS: Final = ("cmake.define.", "cmake.args", "setup-args")
"""Beginnings of config settings of other backends that can say where a library is."""

_SKBUILD: Final = "skbuild."
"""What scikit-build-core takes in front of its config settings as well."""

_TABLES: Final = (
    ("tool", "scikit-build", "cmake", "define"),
    ("tool", "scikit-build", "cmake", "args"),
    ("tool", "meson-python", "args", "setup"),
)
"""Where a pyproject.toml says the same as such settings."""

_OF_ALL: Final = frozenset(
    {
        *("CMAKE_PREFIX_PATH", "CMAKE_TOOLCHAIN_FILE", "CMAKE_FIND_ROOT_PATH", "CMAKE_SYSROOT"),
        *("CMAKE_LIBRARY_PATH", "CMAKE_INCLUDE_PATH", "TOOLCHAIN"),
        *("PKG_CONFIG_PATH", "CROSS_FILE", "NATIVE_FILE"),
    }
)
"""What tells CMake or Meson of places for everything, as :func:`_told` writes it."""

_PLACES: Final = (*_OF_ONE, "DIRS", "PATH", "LIBRARY", "LIBRARIES")
"""Ends of defines and options that tell CMake or Meson where one library is."""


class _Told(NamedTuple):
    """A define or an argument: its ``name`` in capitals, ``value``, and the key that has it."""

    name: str
    value: str
    key: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found before a build.

    ``absent`` is what is known not to be here, each requirement once, ``commands`` are the
    lines for a shell that install it, and ``ecosystem`` is what they install from.  ``notes``
    say what is not known.  ``listed`` tells for each requirement the first key that lists it.
    """

    absent: tuple[Here, ...] = ()
    commands: tuple[str, ...] = ()
    ecosystem: str = ""
    notes: tuple[str, ...] = ()
    listed: Mapping[str, str] | None = None

    def message(self, mode: Mode = "stop") -> str:
        """Return what a person is told of what is absent; "" where nothing is.

        *mode* is what is done about it: only what stops says how to go on.

        >>> Checked().message()
        ''
        """
        if not self.absent:
            return ""
        count = len(self.absent)
        what = "1 thing" if count == 1 else f"{count} things"
        needed = "is" if count == 1 else "are"
        kind = "error" if mode == "stop" else "note"
        lines = [f"{kind}[{CODE}]: {what} that the build needs {needed} not on this machine"]
        for each in self.absent:
            key = (self.listed or {}).get(each.requirement, "")
            where = f"  ({key} of [external])" if key else "  (what compiles for Python needs it)"
            lines += [f"  {each.requirement}{where}", f"    {_because(each.evidence)}"]
        if self.commands:
            lines.append(f"  fix: {words.where(self.ecosystem)}, install what is missing:")
            lines += (f"    {each}" for each in self.commands)
            if any(each.verdict == "other version" and each.id != HEADERS for each in self.absent):
                name = words.NAMES[self.ecosystem]
                lines.append(f"    (which fails if {name} has no version that is asked for)")
        advice = dict.fromkeys(map(_of_the_python, self.absent))
        lines += (f"  fix: {each}" for each in advice if each)
        if mode == "stop":
            lines.append(
                f"  to build without this check: set {VARIABLE}=off, "
                f"or {VARIABLE}=note to be told only"
            )
        return "\n".join(map(printable, lines))


def _of_the_python(each: Here) -> str:
    """Say what to do about *each*, headers that no package brings; "" where one can.

    What packages have is for the system's Python, and another one may be what builds.
    """
    if each.id != HEADERS:
        return ""
    if each.verdict == "other version":
        return "build with a Python of a version that is asked for"
    packages = [one.holds for one in each.evidence if one.by == "packages"]
    if not packages or not all(packages):
        return ""
    return (
        "the headers that are installed are another Python's; "
        "take those of the Python that builds from where that came from"
    )


def _because(evidence: Iterable[Evidence]) -> str:
    said = [words.witness(each) for each in evidence if each.holds is False]
    return "; ".join([*dict.fromkeys(said)][:MOST_WITNESSES])


def mode(settings: Mapping[str, Any] | None, machine: Machine) -> tuple[Mode, str]:
    """Return what *settings*, those of a frontend, and *machine* want done, and a note.

    The note is "" but where somebody wants something that there is not; then it is as if
    nothing had been said.

    >>> mode({"external": "off"}, ThisMachine())
    ('off', '')
    """
    told = (settings or {}).get(SETTING)
    where, said = (SETTING, told) if told is not None else (VARIABLE, machine.variable(VARIABLE))
    for each in MODES:
        if isinstance(said, str) and said.strip().lower() == each:
            return each, ""
    if said in ("", None):
        return "stop", ""
    return "stop", f"{where} is one of {', '.join(MODES)}, not {said!r}"


def check(
    text: str, machine: Machine | None = None, settings: Mapping[str, Any] | None = None
) -> Checked:
    r"""Say what *text*, a pyproject.toml, needs for a build and *machine* (this one) has not.

    *settings* are those of a frontend; some say where a library is, as some tables of *text*
    do, and then nobody misses it elsewhere.  Nothing in *text* raises.

    >>> check("[project]\nname = 'spam'").absent
    ()
    """
    here = machine or ThisMachine()
    external = read_table(text)
    if not external.stated:
        return Checked()
    notes = []
    wrong = sum(each.severity is Severity.ERROR for each in external.findings)
    if wrong:
        said = "1 mistake" if wrong == 1 else f"{wrong} mistakes"
        notes.append(f"[external] has {said}, which trigpoint check shows; the rest is looked at")
    if not external.select():
        return Checked(notes=tuple(notes))
    found = ecosystems(here)
    if not found:
        notes.append(
            "what packages are called on this system is not known, so nothing was looked at"
        )
        return Checked(notes=tuple(notes))
    made = plan(external, found[0])
    notes += (f"{each.requirement}: {words.advice(each)}" for each in made.missing)
    by_conda = _in_conda(external, here)
    told = _told(text, here)
    absent: dict[str, Here] = {}
    for planned, each in zip(made.planned, probe(made, here).results, strict=True):
        # The headers of the Python that builds are in its own folder, wherever conda has some.
        if each.verdict == "here" or (each.requirement in by_conda and each.id != HEADERS):
            continue
        if not each.sure:
            notes.append(f"{each.requirement}: whether it is here is not known")
        elif elsewhere := _elsewhere(planned, here, settings or {}, told):
            notes.append(f"{each.requirement} is not where others are; {elsewhere} may say where")
        else:
            absent.setdefault(each.requirement, each)
    missing = [each for each in absent.values() if not _of_the_python(each)]
    commands = command_lines(_only(external, missing, found[0]), sudo=_sudo())
    listed: dict[str, str] = {}
    for needed in external.select():
        listed.setdefault(needed.text, needed.where)
    return Checked(
        tuple(absent.values()), tuple(commands), found[0], tuple(dict.fromkeys(notes)), listed
    )


def _only(external: External, absent: Iterable[Here], ecosystem: str) -> Plan:
    """Return the plan for what is *absent* alone."""
    names = {each.requirement for each in absent}
    listed = [each for each in external.select() if each.text in names]
    # What a compiler needs besides is listed by nobody.
    others = names - {each.text for each in listed}
    return plan((*listed, *sorted(others)), ecosystem, headers=False)


def _in_conda(external: External, machine: Machine) -> frozenset[str]:
    """Return what the active environment of conda has, whatever the system is."""
    if not machine.variable("CONDA_PREFIX"):
        return frozenset()
    return packaged(plan(external, "conda-forge"), machine)


def _told(text: str, machine: Machine) -> list[_Told]:
    """Return what *text* tells CMake and Meson; *machine* has the variables that it refers to."""
    parsed = parse_toml(text)
    whole = {} if isinstance(parsed, Finding) else parsed[0]
    found: list[_Told] = []
    for path in _TABLES:
        value: object = whole
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        where = ".".join(path)
        if isinstance(value, dict):
            defines = ((name, _defined(given, machine)) for name, given in value.items())
            found += (
                _Told(name.upper(), said, f"{where}.{name}") for name, said in defines if said
            )
        elif isinstance(value, str | list):
            found += (_argument(str(each), where) for each in _listed(value))
    return found


def _listed(value: str | list[object]) -> list[object]:
    return value if isinstance(value, list) else [value]


def _defined(given: object, machine: Machine) -> str:
    """Return what a define is set to: a value, or a variable of *machine* with a default."""
    if isinstance(given, dict):
        return machine.variable(str(given.get("env"))) or str(given.get("default") or "")
    return str(given)


def _argument(text: str, where: str) -> _Told:
    """Read an argument of CMake or Meson, ``-DNAME:TYPE=VALUE`` or ``--name=VALUE``."""
    option, _, value = text.removeprefix("-D").lstrip("-").partition("=")
    return _Told(option.partition(":")[0].upper().replace("-", "_"), value, where)


def _elsewhere(
    planned: Planned, machine: Machine, settings: Mapping[str, Any], told: Sequence[_Told]
) -> str:
    """Name what tells the build of another place for *planned*; "" where nothing does.

    *settings* are those of a frontend, and *told* is what the project itself tells CMake and
    Meson.  Of a program no variable says where it is: GIT_DIR is something else.
    """
    if planned.id.startswith("dep:virtual/compiler/"):
        return ""
    name = planned.chosen.rpartition("/")[2].upper().replace("-", "_")
    names = () if planned.id in PROGRAMS else (name, name.removeprefix("LIB"))
    own = (f"{each}_{end}" for each in names for end in _OF_ONE)
    for variable in (*own, *_ELSEWHERE):
        if machine.variable(variable):
            return variable
    if "-L" in machine.variable("LDFLAGS"):
        return "LDFLAGS"
    for key in settings:
        if str(key).removeprefix(_SKBUILD).startswith(_SETTINGS):
            return str(key)
    if len(told) > MOST_TOLD:
        return told[MOST_TOLD].key
    for each in told:
        one = any(f"_{part}_" in f"_{each.name}_" for part in names)
        if each.name in _OF_ALL or (
            one and (each.name.endswith(_PLACES) or "/" in each.value or "\\" in each.value)
        ):
            return each.key
    return ""


def _sudo() -> bool:
    """Say whether whoever runs this has to become an administrator first."""
    return not (hasattr(os, "geteuid") and os.geteuid() == 0)


def stop_if_absent(
    root: Path, settings: Mapping[str, Any] | None = None, machine: Machine | None = None
) -> None:
    """Say what the project in *root* needs for a build and *machine* (this one) has not.

    *settings* are those of the frontend.  Raises :exc:`SystemExit` with status 1 where
    something is known to be missing and nobody said otherwise; a frontend shows what was
    printed, and a traceback would bury it.
    """
    here = machine or ThisMachine()
    wanted, note = mode(settings, here)
    if wanted == "off":
        return
    text = (root / "pyproject.toml").read_text("utf-8", "replace")
    found = check(text, here, settings)
    for each in filter(None, (note, *found.notes)):
        _say(f"note: {each}")
    if message := found.message(wanted):
        _say(message)
    if message and wanted == "stop":
        raise SystemExit(1)


def _say(text: str) -> None:
    print("\n".join(map(printable, text.split("\n"))), file=sys.stderr, flush=True)
