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
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal

from trigpoint.external import words
from trigpoint.external.machine import Machine, ThisMachine, ecosystems
from trigpoint.external.plan import HEADERS, Plan, Planned, plan
from trigpoint.external.probe import Evidence, Here, probe
from trigpoint.external.snippets import command_lines
from trigpoint.external.tables import External, read_table
from trigpoint.findings import Severity, printable

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

_SETTINGS: Final = ("cmake.", "setup-args", "setup_args")
"""Beginnings of config settings of other backends that can say where a library is."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found before a build.

    ``absent`` is what is known not to be here, ``commands`` are the lines for a shell that
    install it, and ``system`` is what the machine's packages are of.  ``notes`` say what is
    not known.  ``listed`` tells for each requirement the key that lists it.
    """

    absent: tuple[Here, ...] = ()
    commands: tuple[str, ...] = ()
    system: str = ""
    notes: tuple[str, ...] = ()
    listed: Mapping[str, str] | None = None

    def message(self) -> str:
        """Return what a person is told of what is absent; "" where nothing is.

        >>> Checked().message()
        ''
        """
        if not self.absent:
            return ""
        count = len(self.absent)
        what = "1 thing" if count == 1 else f"{count} things"
        needed = "is" if count == 1 else "are"
        lines = [f"error[{CODE}]: {what} that the build needs {needed} not on this machine"]
        for each in self.absent:
            key = (self.listed or {}).get(each.requirement, "")
            where = f"  ({key} of [external])" if key else "  (what compiles for Python needs it)"
            lines += [f"  {each.requirement}{where}", f"    {_because(each.evidence)}"]
        if self.commands:
            lines.append(f"  fix: on {self.system}, install what is missing:")
            lines += (f"    {each}" for each in self.commands)
            if any(each.verdict == "other version" for each in self.absent):
                lines.append(f"    (which fails if {self.system} has no version that is asked for)")
        lines.append(
            f"  to build without this check: set {VARIABLE}=off, or {VARIABLE}=note to be told only"
        )
        return "\n".join(map(printable, lines))


_BY: Final = {"packages": "package", "headers": "header"}


def _because(evidence: Iterable[Evidence]) -> str:
    said = [
        f"{each.about} is there, {each.said}"
        if each.said.startswith("asked for")
        else f"{_BY.get(each.by, each.by)} {each.about}: {each.said}"
        for each in evidence
        if each.holds is False
    ]
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

    *settings* are those of a frontend; some say where a library is, and then nobody
    looks for it elsewhere.  Nothing in *text* raises.

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
    absent: list[Here] = []
    for planned, each in zip(made.planned, probe(made, here).results, strict=True):
        if each.verdict == "here" or each.requirement in by_conda:
            continue
        elsewhere = _elsewhere(planned, here, settings or {})
        if each.sure and not elsewhere:
            absent.append(each)
        elif each.sure:
            notes.append(f"{each.requirement} is not where others are; {elsewhere} may say where")
        else:
            notes.append(f"{each.requirement}: whether it is here is not known")
    listed = {each.text: each.where for each in external.select()}
    commands = command_lines(_only(external, absent, found[0]), sudo=_sudo()) if absent else []
    return Checked(tuple(absent), tuple(commands), words.NAMES[found[0]], tuple(notes), listed)


def _only(external: External, absent: list[Here], ecosystem: str) -> Plan:
    """Return the plan for what is *absent* alone."""
    names = {each.requirement for each in absent}
    needed = tuple(each for each in external.select() if each.text in names)
    if HEADERS in names:
        # Nobody lists what a compiler needs besides, so it is listed for them.
        needed += read_table(f'[external]\nhost-requires = ["{HEADERS}"]').needed
    return plan(replace(external, needed=needed), ecosystem)


def _in_conda(external: External, machine: Machine) -> frozenset[str]:
    """Return what the active environment of conda has, whatever the system is."""
    if not machine.variable("CONDA_PREFIX"):
        return frozenset()
    found = probe(plan(external, "conda-forge"), machine)
    return frozenset(
        each.requirement
        for each in found.results
        if any(one.holds and one.by == "packages" for one in each.evidence)
        and each.verdict != "other version"
    )


def _elsewhere(planned: Planned, machine: Machine, settings: Mapping[str, Any]) -> str:
    """Name what tells the build of another place for *planned*; "" where nothing does."""
    if planned.id.startswith("dep:virtual/compiler/"):
        return ""
    name = planned.chosen.rpartition("/")[2].upper().replace("-", "_")
    own = (f"{name}_{end}" for end in _OF_ONE)
    bare = (f"{name.removeprefix('LIB')}_{end}" for end in _OF_ONE)
    for variable in (*own, *bare, *_ELSEWHERE):
        if machine.variable(variable):
            return variable
    if "-L" in machine.variable("LDFLAGS"):
        return "LDFLAGS"
    return next((key for key in settings if str(key).startswith(_SETTINGS)), "")


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
    message = found.message()
    if message and wanted == "note":
        _say(message.replace("error[", "note[", 1))
    elif message:
        _say(message)
        raise SystemExit(1)


def _say(text: str) -> None:
    print("\n".join(map(printable, text.split("\n"))), file=sys.stderr, flush=True)
