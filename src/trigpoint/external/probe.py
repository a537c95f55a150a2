"""Is it here? What a machine says about a plan, without root and without changing anything.

Package managers are asked for all that is installed, once, rather than for names one
by one: ``dpkg-query -W`` ends well for a package that was removed but left its
configuration, and for names that others only provide.  Where none knows a package,
pkg-config, the cache of the loader and the compiler may still know what is meant,
since somebody can have built it.

Nothing is claimed that was not looked at: what cannot be asked is *unknown*.

Source: manuals of dpkg-query, rpm, pacman, apk, pkg-config and ldconfig; conda-meta.
"""

from __future__ import annotations

import platform
import re
import shlex
import sysconfig
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from packaging.specifiers import Specifier
from packaging.version import InvalidVersion, Version

from trigpoint.external.asking import module_check
from trigpoint.external.machine import Machine, ThisMachine
from trigpoint.external.mappings import mapping
from trigpoint.external.plan import HEADERS, Plan, Planned
from trigpoint.external.requirement import read_external
from trigpoint.versions import version

__all__ = [
    "PROGRAMS",
    "Evidence",
    "Here",
    "Probe",
    "Verdict",
    "installed_packages",
    "packaged",
    "probe",
    "upstream",
]

Verdict = Literal["here", "other version", "absent", "unknown"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one witness says: ``by`` names it, ``about`` what it was asked, ``said`` its answer.

    ``holds`` is None where it does not know.
    """

    by: str
    about: str
    said: str
    holds: bool | None


_ALONE: Final = frozenset({"compiler", "program", "headers"})
"""Witnesses that are the very thing that a build would use, so that one is enough."""


@dataclass(frozen=True, slots=True)
class Here:
    """Whether a requirement is met here.

    ``verdict`` is ``"here"``, ``"other version"`` (it is, and not in the versions that are
    asked for), ``"absent"`` or ``"unknown"``; ``evidence`` is what that rests on.
    """

    requirement: str
    id: str
    verdict: Verdict
    evidence: tuple[Evidence, ...]

    @property
    def sure(self) -> bool:
        """Whether it is not here, and enough witnesses say so.

        Two have to, such as the package manager and pkg-config: each alone knows nothing of
        what was built by hand, or lies elsewhere.  A compiler, a program and the headers of
        Python are what a build would start or read, so whoever tried one needs no second.
        """
        against = {each.by for each in self.evidence if each.holds is False}
        return self.verdict in ("absent", "other version") and (
            len(against) > 1 or not _ALONE.isdisjoint(against)
        )


@dataclass(frozen=True, slots=True)
class Probe:
    """What was found for a plan: its ``results``, in the order of what is planned.

    ``asked`` says whether the package manager of the ``ecosystem`` answered.
    """

    ecosystem: str
    asked: bool
    results: tuple[Here, ...] = ()

    @property
    def absent(self) -> tuple[Here, ...]:
        """What is not here, or not in the right version, or not known to be."""
        return tuple(each for each in self.results if each.verdict != "here")


@dataclass(frozen=True, slots=True)
class Installed:
    """Packages of a package manager: versions by name, and of what others provide."""

    packages: Mapping[str, str] = field(default_factory=dict)
    provided: Mapping[str, str] = field(default_factory=dict)

    def version(self, name: str) -> str | None:
        """Return the version of *name*, "" if none is known, None if it is not there."""
        found = self.packages.get(name)
        return self.provided.get(name) if found is None else found


_UPSTREAM = re.compile(
    r"(?:[0-9]++:)?+v?([0-9]++(?:\.[0-9]++)*+)(?:[._~-]?(a|alpha|b|beta|rc|pre)[._]?([0-9]++))?"
).match


def upstream(text: str) -> Version | None:
    """Return the release that *text*, a version of a package manager, is one of.

    An epoch, what a distribution adds, and its own revision are left out.

    >>> [str(upstream(each)) for each in ("1:1.2.13.dfsg-1", "3.0.22-1~deb12u2", "2.0~rc1-3")]
    ['1.2.13', '3.0.22', '2.0rc1']
    """
    match = _UPSTREAM(text)
    if match is None:
        return None
    release, stage, count = match.groups()
    try:
        return version(f"{release}{stage}{count}" if stage else release)
    except InvalidVersion:
        return None


def probe(plan: Plan, machine: Machine | None = None) -> Probe:
    """Say of everything in *plan* whether it is on *machine*, by default this one.

    Programs that are run only read, each for a limited time.

    >>> from trigpoint.external.plan import plan
    >>> probe(plan([], "debian")).results
    ()
    """
    here = machine or ThisMachine()
    if not plan.planned:
        return Probe(plan.ecosystem, False)
    installed = installed_packages(plan.ecosystem, _names(plan), here)
    sonames = _cached_libraries(here)
    results = tuple(_look(each, plan, installed, sonames, here) for each in plan.planned)
    return Probe(plan.ecosystem, installed is not None, results)


def packaged(plan: Plan, machine: Machine) -> frozenset[str]:
    """Return the requirements of *plan* that its package manager alone meets on *machine*.

    All packages of one have to be there, and none in a version that is not asked for.
    Nothing is run that the package manager is not asked with.

    >>> from trigpoint.external.plan import plan
    >>> packaged(plan([], "conda-forge"), ThisMachine())
    frozenset()
    """
    installed = installed_packages(plan.ecosystem, _names(plan), machine)
    met: dict[str, bool] = {}
    for each in plan.planned:
        _, found = _by_packages(each, installed)
        clauses = _clauses(each)
        wrong = found and clauses and _fits(found, clauses) is False
        met[each.requirement] = met.get(each.requirement, True) and found is not None and not wrong
    return frozenset(name for name, all_of_it in met.items() if all_of_it)


def _names(plan: Plan) -> tuple[str, ...]:
    """Return the packages that *plan* has, and those that would do as well."""
    choices = (name for each in plan.planned for one in each.choices for name in one.packages)
    return tuple(dict.fromkeys((*plan.packages, *choices)))


def _clauses(each: Planned) -> tuple[Specifier, ...]:
    """Return the versions that *each* asks for; what is virtual has none."""
    if each.range is None or each.id.startswith("dep:virtual/"):
        return ()
    read = read_external(each.requirement).requirement
    return () if read is None else tuple(read.dep_url.specifiers)


def _look(
    each: Planned,
    plan: Plan,
    installed: Installed | None,
    sonames: frozenset[str] | None,
    machine: Machine,
) -> Here:
    if not each.packages:
        nothing = Evidence("packages", each.id, "nothing has to be installed", True)
        return Here(each.requirement, each.id, "here", (nothing,))
    clauses = _clauses(each)
    evidence, found = _by_packages(each, installed)
    if each.id == HEADERS and each.purpose != "run":
        # Packages have those of the system's Python, which need not be the one that builds.
        headers, verdict = _by_headers(each, clauses, machine)
        said = [*evidence, *headers] if verdict == "absent" else headers
        return Here(each.requirement, each.id, verdict, tuple(said))
    by_package = found is not None
    fits: bool | None = None
    if found and clauses:
        fits = _fits(found, clauses)
        if fits is not None:
            evidence.append(Evidence("packages", str(upstream(found)), _asks(each), fits))
    others: list[Evidence] = []
    if not by_package or (clauses and not fits):
        # Somebody can have built it, or a newer one than the distribution's.
        others, better = _by_others(each, plan.ecosystem, clauses, sonames, machine)
        fits = better if better is not None else fits
    evidence += others
    elsewhere = any(one.holds for one in others)
    if by_package or elsewhere:
        verdict = "other version" if fits is False else "here"
        if clauses and fits is None:
            verdict = "unknown"
    elif installed is None and not others:
        verdict = "unknown"
    else:
        verdict = "absent"
    return Here(each.requirement, each.id, verdict, tuple(evidence))


def _by_packages(each: Planned, installed: Installed | None) -> tuple[list[Evidence], str | None]:
    """Return what the package manager says, and the version; None where not all of it is there."""
    if installed is None:
        return [], None
    evidence = []
    versions = []
    for name in each.packages:
        found = installed.version(name)
        said = f"installed, {found}" if found else "not installed" if found is None else "provided"
        versions.append(found)
        evidence.append(Evidence("packages", name, said, found is not None))
    if None not in versions:
        return evidence, next(filter(None, versions), "")
    if each.id.startswith("dep:virtual/"):
        for choice in each.choices:
            if all(installed.version(name) is not None for name in choice.packages):
                said = f"installed, and provides {each.id}"
                evidence.append(Evidence("packages", " ".join(choice.packages), said, True))
                return evidence, ""
    return evidence, None


def _by_others(
    each: Planned,
    ecosystem: str,
    clauses: tuple[Specifier, ...],
    sonames: frozenset[str] | None,
    machine: Machine,
) -> tuple[list[Evidence], bool | None]:
    """Return what the machine says besides its package manager, and whether a version fits."""
    evidence: list[Evidence] = []
    fits: bool | None = None
    if each.purpose == "run":
        wanted = _sonames(each)
        if wanted and sonames is not None:
            there = all(name in sonames for name in wanted)
            said = "in the cache of the loader" if there else "not in the cache of the loader"
            evidence.append(Evidence("loader", " ".join(wanted[:4]), said, there))
    elif module := _module(each, ecosystem):
        ran = machine.run(("pkg-config", "--modversion", module))
        if ran is not None:
            has = ran.output.strip()[:80]
            evidence.append(Evidence("pkg-config", module, has or "not known", ran.status == 0))
            check = module_check(module, clauses) if ran.status == 0 and clauses else ()
            again = machine.run(check) if check else None
            if again is not None:
                fits = again.status == 0
                evidence.append(Evidence("pkg-config", has, _asks(each), fits))
    if each.purpose != "run" and not any(one.holds for one in evidence):
        evidence += _by_linker(each, machine)
    if (test := _COMPILE.get(each.id)) and _called_so(test.argv[0], machine):
        argv = _called(test.argv, machine)
        ran = machine.run(argv, test.program)
        if ran is not None:
            said = "compiles a program" if ran.status == 0 else "compiles nothing"
            evidence.append(Evidence("compiler", argv[0], said, ran.status == 0))
        elif _lacks(machine, argv[0]):
            evidence.append(Evidence("compiler", argv[0], "not on PATH", False))
    if program := PROGRAMS.get(each.id):
        said_by, better = _by_program(each, program, clauses, machine)
        evidence += said_by
        fits = better if fits is None else fits
    return evidence, fits


def _fits(found: str, clauses: Iterable[Specifier]) -> bool | None:
    release = upstream(found)
    if release is None:
        return None
    return all(each.contains(release, prereleases=True) for each in clauses)


def _asks(each: Planned) -> str:
    return f"asked for is {each.range.text}" if each.range else "any version will do"


def _module(each: Planned, ecosystem: str) -> str:
    cell = mapping(ecosystem).cell(each.chosen) or mapping("debian").cell(each.chosen)
    if cell is None:
        return ""
    own = cell.module or "".join(cell.pkg_config[:1])
    if own or ecosystem == "debian":
        return own
    other = mapping("debian").cell(each.chosen)
    return (other.module or "".join(other.pkg_config[:1])) if other else ""


def _sonames(each: Planned) -> tuple[str, ...]:
    cell = mapping("debian").cell(each.chosen)
    return cell.sonames if cell else ()


_EMPTY: Final = "int main(void) { return 0; }\n"
_NOTHING: Final = ("-o", "/dev/null", "-")
_SHOWN: Final = 3
"""Libraries that are named when none is found."""

_LIBRARY = re.compile(r"lib(.+?)\.so(?:\.|\Z)").match


def _by_linker(each: Planned, machine: Machine) -> list[Evidence]:
    """Ask the linker for the libraries of *each*: by Debian's names of them, and by its own."""
    named = [match[1] for soname in _sonames(each) if (match := _LIBRARY(soname))]
    if not named or not _called_so("cc", machine):
        return []
    own = each.chosen.rpartition("/")[2].removeprefix("lib")
    asked: list[str] = []
    for names in dict.fromkeys((tuple(dict.fromkeys(named)), (own,))):
        options = [f"-l{name}" for name in names]
        ran = machine.run((*_called(("cc", "-x", "c", *_NOTHING), machine), *options), _EMPTY)
        if ran is None:
            return []
        if ran.status == 0:
            return [Evidence("linker", " ".join(options), "found", True)]
        asked += [option for option in options if option not in asked]
    # A compiler that links nothing at all is no witness for what it does not find.
    ran = machine.run(_called(("cc", "-x", "c", *_NOTHING), machine), _EMPTY)
    if ran is None or ran.status:
        return []
    more = f" and {len(asked) - _SHOWN} more" if len(asked) > _SHOWN else ""
    about = " ".join(asked[:_SHOWN]) + more
    return [Evidence("linker", about, "not found", False)]


def _by_headers(
    each: Planned, clauses: tuple[Specifier, ...], machine: Machine
) -> tuple[list[Evidence], Verdict]:
    """Look for the headers of the Python that runs this, which need not be the system's."""
    path = f"{sysconfig.get_path('include')}/Python.h"
    there = machine.read(path) is not None
    evidence = [Evidence("headers", path, "there" if there else "not there", there)]
    if not there:
        return evidence, "absent"
    number = platform.python_version()
    fits = _fits(number, clauses) if clauses else None
    if fits is not None:
        evidence.append(Evidence("headers", number, _asks(each), fits))
    return evidence, "other version" if fits is False else "here"


_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)+").search


def _by_program(
    each: Planned, program: str, clauses: tuple[Specifier, ...], machine: Machine
) -> tuple[list[Evidence], bool | None]:
    """Ask *program*, which can come from anywhere, such as the build's own requirements."""
    ran = machine.run((program, "--version"))
    if ran is None:
        lacks = _lacks(machine, program)
        return [Evidence("program", program, "not on PATH", False)] if lacks else [], None
    match = _NUMBER(ran.output)
    has = match[0] if match else ""
    evidence = [Evidence("program", program, has or "on PATH", True)]
    fits = _fits(has, clauses) if has and clauses else None
    if fits is not None:
        evidence.append(Evidence("program", has, _asks(each), fits))
    return evidence, fits


_SHELL: Final = ("sh", "-c", 'command -v "$1"', "sh")
"""What says whether a program, its last argument, is on PATH, without starting it."""


def _lacks(machine: Machine, program: str) -> bool:
    """Say whether *machine* is known not to have *program*.

    One that did not end in time did not answer either, and is there all the same.
    """
    told = machine.run((*_SHELL, program))
    return told is not None and told.status != 0


PROGRAMS: Final[Mapping[str, str]] = {
    f"dep:generic/{name}": program
    for name, program in (
        *((same, same) for same in ("autoconf", "automake", "bison", "ccache", "clang", "cmake")),
        *((same, same) for same in ("doxygen", "flex", "gfortran", "git", "gperf", "m4")),
        *((same, same) for same in ("make", "meson", "nasm", "ninja", "patchelf", "perl")),
        *((same, same) for same in ("pkg-config", "protoc", "rsync", "scons", "swig", "wget")),
        ("gettext", "msgfmt"),
        ("libtool", "libtoolize"),
        ("nodejs", "node"),
    )
}
"""Programs that are asked for their version, by what they are the whole of."""


class _Test(NamedTuple):
    argv: tuple[str, ...]
    program: str


_COMPILE: Final[Mapping[str, _Test]] = {
    "dep:virtual/compiler/c": _Test(("cc", "-x", "c", *_NOTHING), _EMPTY),
    "dep:virtual/compiler/cxx": _Test(
        ("c++", "-x", "c++", *_NOTHING), "int main() { return 0; }\n"
    ),
    "dep:virtual/compiler/fortran": _Test(("gfortran", "-x", "f95", *_NOTHING), "end program\n"),
    "dep:virtual/compiler/rust": _Test(("rustc", "--version"), ""),
    "dep:virtual/compiler/go": _Test(("go", "version"), ""),
    "dep:virtual/compiler/cuda": _Test(("nvcc", "--version"), ""),
    "dep:virtual/interface/openmp": _Test(("cc", "-fopenmp", "-x", "c", *_NOTHING), _EMPTY),
    "dep:virtual/interface/mpi": _Test(("mpicc", "-x", "c", *_NOTHING), _EMPTY),
}
"""What shows that a compiler works: a command that writes no file, and a program for it."""

_VARIABLES: Final = {"cc": "CC", "c++": "CXX", "gfortran": "FC", "mpicc": "MPICC"}


def _called_so(program: str, machine: Machine) -> bool:
    """Say whether the compiler that a build on *machine* takes is called *program*.

    On Windows it is most often Microsoft's, which is found without PATH, and by another name.
    """
    return machine.system != "win32" or program not in _VARIABLES


def _called(argv: tuple[str, ...], machine: Machine) -> tuple[str, ...]:
    """Return *argv* with the compiler that a build would take, where a variable names it."""
    told = machine.variable(_VARIABLES.get(argv[0], ""))
    try:
        words = tuple(shlex.split(told))
    except ValueError:
        words = ()
    return (*(words or argv[:1]), *argv[1:])


# -- package managers -------------------------------------------------------------------


def installed_packages(
    ecosystem: str, packages: Iterable[str], machine: Machine
) -> Installed | None:
    """Return what *machine* has installed from *ecosystem*; None where it cannot be asked.

    *packages* are those of interest, for package managers that are asked by name.
    """
    ask = _ASKED.get(ecosystem)
    return ask(machine, tuple(packages)) if ask else None


_DPKG: Final = (
    "dpkg-query",
    "--show",
    "--showformat=${db:Status-Status}\t${Package}\t${Version}\t${Provides}\n",
)
_PROVIDED = re.compile(r"([^\s,(]+)(?: \(= ([^)]+)\))?")


def _dpkg(machine: Machine, _packages: tuple[str, ...]) -> Installed | None:
    ran = machine.run(_DPKG)
    if ran is None:
        return None
    found: dict[str, str] = {}
    provided: dict[str, str] = {}
    for line in ran.output.splitlines():
        status, _, rest = line.partition("\t")
        if status != "installed":  # also half-installed, and removed but for its configuration
            continue
        name, number, provides = [*rest.split("\t"), "", ""][:3]
        found[name] = number
        for match in _PROVIDED.finditer(provides):
            provided.setdefault(match[1], match[2] or "")
    return Installed(found, provided)


def _rpm(machine: Machine, packages: tuple[str, ...]) -> Installed | None:
    found: dict[str, str] = {}
    provided: dict[str, str] = {}
    form = "%{NAME}\t%{EPOCHNUM}:%{VERSION}-%{RELEASE}\n"
    for name in packages:
        ran = machine.run(("rpm", "--query", f"--queryformat={form}", "--whatprovides", name))
        if ran is None:
            return None
        if ran.status:
            continue
        for line in ran.output.splitlines():
            owner, _, number = line.partition("\t")
            number = number.removeprefix("0:")
            if owner == name:
                found[name] = number
            else:
                # The version is that of the package, which can be another than what it provides.
                provided[name] = ""
    return Installed(found, provided)


def _pacman(machine: Machine, packages: tuple[str, ...]) -> Installed | None:
    ran = machine.run(("pacman", "--query"))
    if ran is None:
        return None
    found = dict(line.split(" ", 1) for line in ran.output.splitlines() if " " in line)
    provided: dict[str, str] = {}
    rest = tuple(name for name in packages if name not in found)
    if rest:
        # It prints what is not there, by name or as something that a package provides.
        tested = machine.run(("pacman", "--deptest", *rest))
        if tested is not None:
            lacking = set(tested.output.split())
            provided = {name: "" for name in rest if name not in lacking}
    return Installed(found, provided)


def _apk(machine: Machine, _packages: tuple[str, ...]) -> Installed | None:
    text = machine.read("/lib/apk/db/installed")
    if text is None:
        return None
    found: dict[str, str] = {}
    provided: dict[str, str] = {}
    for block in text.split("\n\n"):
        name = number = ""
        for line in block.splitlines():
            if line.startswith("P:"):
                name = line[2:]
            elif line.startswith("V:"):
                number = line[2:]
            elif line.startswith("p:"):
                for each in line[2:].split():
                    what, _, which = each.partition("=")
                    provided.setdefault(what, which)
        if name:
            found[name] = number
    return Installed(found, provided)


_BREW: Final = ("/opt/homebrew", "/usr/local", "/home/linuxbrew/.linuxbrew")


def _brew(machine: Machine, packages: tuple[str, ...]) -> Installed | None:
    prefixes = dict.fromkeys(filter(None, (machine.variable("HOMEBREW_PREFIX"), *_BREW)))
    cellars = [f"{each}/Cellar" for each in prefixes if machine.names(f"{each}/Cellar")]
    if not cellars:
        return None
    found: dict[str, str] = {}
    for name in packages:
        for cellar in cellars:
            if numbers := machine.names(f"{cellar}/{name.rpartition('/')[2]}"):
                found.setdefault(name, numbers[-1])
    return Installed(found)


def _conda(machine: Machine, packages: tuple[str, ...]) -> Installed | None:
    prefix = machine.variable("CONDA_PREFIX")
    records = machine.names(f"{prefix}/conda-meta") if prefix else ()
    if not records:
        return None
    found = {}
    for record in records:
        parts = record.rsplit("-", 2)
        if len(parts) == 3 and record.endswith(".json"):
            found[parts[0]] = parts[1]
    for name in packages:  # what names a build is looked up by its name
        bare = name.partition(" ")[0]
        if bare != name and bare in found:
            found[name] = found[bare]
    return Installed(found)


_ASKED: Final = {
    "debian": _dpkg,
    "ubuntu": _dpkg,
    "fedora": _rpm,
    "archlinux": _pacman,
    "alpine": _apk,
    "homebrew": _brew,
    "conda-forge": _conda,
}


def _cached_libraries(machine: Machine) -> frozenset[str] | None:
    """Return the sonames in the cache of the loader; None where there is none."""
    for program in ("/sbin/ldconfig", "ldconfig"):
        ran = machine.run((program, "-p"))
        if ran is not None and ran.status == 0:
            lines = (line.strip().partition(" ") for line in ran.output.splitlines())
            return frozenset(name for name, _, rest in lines if "=>" in rest)
    return None
