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

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from packaging.specifiers import Specifier
from packaging.version import InvalidVersion, Version

from trigpoint.external.asking import module_check
from trigpoint.external.machine import Machine, ThisMachine
from trigpoint.external.mappings import mapping
from trigpoint.external.plan import Plan, Planned
from trigpoint.external.requirement import read_external
from trigpoint.versions import version

__all__ = ["Evidence", "Here", "Probe", "Verdict", "installed_packages", "probe", "upstream"]

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
    stage = {"alpha": "a", "beta": "b", "pre": "rc"}.get(stage or "", stage)
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
    installed = installed_packages(plan.ecosystem, plan.packages, here)
    sonames = _cached_libraries(here)
    results = tuple(_look(each, plan, installed, sonames, here) for each in plan.planned)
    return Probe(plan.ecosystem, installed is not None, results)


def _look(
    each: Planned,
    plan: Plan,
    installed: Installed | None,
    sonames: frozenset[str] | None,
    machine: Machine,
) -> Here:
    read = read_external(each.requirement).requirement
    clauses = () if read is None or each.range is None else tuple(read.dep_url.specifiers)
    if each.id.startswith("dep:virtual/"):
        clauses = ()
    evidence: list[Evidence] = []
    there: list[bool | None] = []
    first = ""
    if installed is not None:
        for name in each.packages:
            found = installed.packages.get(name)
            provided = found is None and name in installed.provided
            if found is None and provided:
                found = installed.provided[name]
            there.append(found is not None)
            first = first or found or ""
            said = f"installed, {found}" if found else "provided" if provided else "not installed"
            evidence.append(Evidence("packages", name, said, found is not None))
    if not each.packages:
        evidence.append(Evidence("packages", each.id, "nothing has to be installed", True))
        return Here(each.requirement, each.id, "here", tuple(evidence))
    by_package = bool(there) and all(there)
    fits: bool | None = None
    if by_package and clauses:
        fits = _fits(first, clauses)
        if fits is not None:
            evidence.append(Evidence("version", str(upstream(first)), _asks(each), fits))
    module = _module(each, plan.ecosystem)
    elsewhere: bool | None = None
    if module and each.purpose != "run" and (not by_package or (clauses and fits is None)):
        ran = machine.run(("pkg-config", "--modversion", module))
        if ran is not None:
            elsewhere = ran.status == 0
            has = ran.output.strip()[:80]
            evidence.append(Evidence("pkg-config", module, has or "not known", elsewhere))
            if elsewhere and clauses:
                check = module_check(module, clauses)
                again = machine.run(check) if check else None
                if again is not None:
                    fits = again.status == 0
                    evidence.append(Evidence("version", has, _asks(each), fits))
    if not by_package and each.purpose == "run" and sonames is not None:
        wanted = _sonames(each)
        if wanted:
            elsewhere = all(name in sonames for name in wanted)
            said = "in the cache of the loader" if elsewhere else "not in the cache of the loader"
            evidence.append(Evidence("loader", " ".join(wanted[:4]), said, elsewhere))
    if not by_package and (test := _COMPILE.get(each.id)):
        argv, program = test
        ran = machine.run(argv, program)
        if ran is not None:
            elsewhere = ran.status == 0
            said = "compiles a program" if elsewhere else "compiles nothing"
            evidence.append(Evidence("compiler", argv[0], said, elsewhere))
    if by_package or elsewhere:
        verdict: Verdict = "other version" if fits is False else "here"
        if clauses and fits is None:
            verdict = "unknown"
    elif installed is None and elsewhere is None:
        verdict = "unknown"
    else:
        verdict = "absent"
    return Here(each.requirement, each.id, verdict, tuple(evidence))


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
_COMPILE: Final[Mapping[str, tuple[tuple[str, ...], str]]] = {
    "dep:virtual/compiler/c": (("cc", "-x", "c", *_NOTHING), _EMPTY),
    "dep:virtual/compiler/cxx": (("c++", "-x", "c++", *_NOTHING), "int main() { return 0; }\n"),
    "dep:virtual/compiler/fortran": (("gfortran", "-x", "f95", *_NOTHING), "end program\n"),
    "dep:virtual/compiler/rust": (("rustc", "--version"), ""),
    "dep:virtual/compiler/go": (("go", "version"), ""),
    "dep:virtual/compiler/cuda": (("nvcc", "--version"), ""),
    "dep:virtual/interface/openmp": (("cc", "-fopenmp", "-x", "c", *_NOTHING), _EMPTY),
    "dep:virtual/interface/mpi": (("mpicc", "-x", "c", *_NOTHING), _EMPTY),
}
"""What shows that a compiler works: a command that writes no file, and a program for it."""


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
                provided.setdefault(name, number)
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
        parts = record.removesuffix(".json").rsplit("-", 2)
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
