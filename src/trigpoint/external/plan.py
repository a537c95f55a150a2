"""Plans: what to install in one ecosystem for what is needed from outside.

A plan is data: packages, commands as lists of arguments, and for every requirement
what became of it.  Nothing is run and nothing is asked; :mod:`trigpoint.external.probe`
does that.

Source: PEP 725 and PEP 804 (drafts).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Final, Literal

from trigpoint.catalogue import report
from trigpoint.external.asking import Range, ask, clauses_of
from trigpoint.external.dep_url import DepURL
from trigpoint.external.mappings import (
    Cell,
    EcosystemMapping,
    Manager,
    Purpose,
    mapping,
)
from trigpoint.external.offers import (
    ROOTLESS,
    Choice,
    Offered,
    Planned,
    Reason,
    Taken,
    Why,
    checkable,
    elsewhere,
    is_compiler,
    is_sound,
    offered,
    usual,
)
from trigpoint.external.older import Older
from trigpoint.external.registry import Registry, registry
from trigpoint.external.requirement import ExternalRequirement, read_external
from trigpoint.external.tables import External, Needed
from trigpoint.findings import Finding
from trigpoint.markers import UndefinedComparison, UndefinedEnvironmentName

__all__ = [
    "HEADERS",
    "MOST_REQUIREMENTS",
    "Action",
    "Choice",
    "Missing",
    "Plan",
    "Planned",
    "Reason",
    "Requirements",
    "Skipped",
    "Why",
    "plan",
    "read_pins",
    "virtual_name",
    "without_root",
]

MOST_REQUIREMENTS: Final = 2_000
"""Requirements of one plan that are looked at; a finding says that there were more."""

HEADERS: Final = "dep:generic/python"
"""What is needed besides a compiler to build anything for Python."""

_NATIVE: Final[Mapping[str, tuple[str, str]]] = {
    "deb/debian": ("debian", "ubuntu"),
    "deb/ubuntu": ("ubuntu", "debian"),
    "rpm/fedora": ("fedora", ""),
    "alpm/arch": ("archlinux", ""),
    "alpm/archlinux": ("archlinux", ""),
    "apk/alpine": ("alpine", ""),
    "conda": ("conda-forge", ""),
    "conda/conda-forge": ("conda-forge", ""),
    "brew": ("homebrew", ""),
    "homebrew": ("homebrew", ""),
    "nix": ("nix", ""),
    "vcpkg": ("vcpkg", ""),
    "conan": ("conan", ""),
    "spack": ("spack", ""),
    "winget": ("winget", ""),
}
"""What names a package of one ecosystem: type and namespace, the ecosystem, and a near one."""

_NATIVE_TYPES: Final = frozenset(key.partition("/")[0] for key in _NATIVE)

_NAME: Final = ("{name}",)

Requirements = External | Iterable[str | ExternalRequirement | Needed]


@dataclass(frozen=True, slots=True)
class Missing:
    """A requirement that the ecosystem cannot meet.

    ``why`` is ``"unknown"`` (no registry has the name), ``"not packaged"`` (the ecosystem
    is known not to have it), ``"no entry"`` (nobody has said what it is called),
    ``"no provider"`` (of something virtual), ``"elsewhere"`` (it is named for another
    ecosystem), ``"pin"`` (what was pinned is none of its providers, or not to be had) or
    ``"python"`` (it is a Python package).  ``nearest`` are names that may be meant, and
    ``elsewhere`` ecosystems without root that have it.
    """

    requirement: str
    id: str
    why: Reason
    nearest: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A requirement whose marker says that it is not needed here."""

    requirement: str
    marker: str


@dataclass(frozen=True, slots=True)
class Action:
    """A command: its ``argv``, whether it needs an administrator, and the package ``manager``.

    No argument that starts with ``-`` comes from a requirement or a mapping.
    """

    argv: tuple[str, ...]
    elevated: bool
    manager: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do in ``ecosystem`` for ``purpose``; made by :func:`plan`.

    ``planned``, ``missing`` and ``skipped`` have each requirement once, in the order
    asked.  ``packages`` are names without versions, each once.  ``install`` are the
    commands to run one after the other, and ``others`` those of other package managers
    of the same ecosystem that would do the same.  ``queries`` ask for one package each.
    ``checks`` are what to run afterwards for ranges that were not asked for.
    ``findings`` are about the requirements themselves.
    """

    ecosystem: str
    purpose: str
    planned: tuple[Planned, ...] = ()
    missing: tuple[Missing, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    packages: tuple[str, ...] = ()
    install: tuple[Action, ...] = ()
    others: tuple[Action, ...] = ()
    queries: tuple[Action, ...] = ()
    checks: tuple[tuple[str, ...], ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether everything that is needed here can be had, in some version."""
        return not self.missing


def plan(
    requirements: Requirements,
    ecosystem: str,
    purpose: str = "build",
    extras: Iterable[str] = (),
    groups: Iterable[str] = (),
    pins: Mapping[str, str] | None = None,
    environment: Mapping[str, str | AbstractSet[str]] | None = None,
    *,
    mapping: EcosystemMapping | None = None,
    installed: AbstractSet[str] = frozenset(),
    headers: bool = True,
) -> Plan:
    """Return what to install in *ecosystem*, one of :data:`~.mappings.ECOSYSTEMS`.

    *requirements* are a table that was read, or requirements, texts or not.  *purpose* is
    ``"build"``, for what build-requires and host-requires list, or ``"run"``.  *extras*
    and *groups* name what of the table counts besides.  *pins* maps names of virtual things to
    the provider that is wanted.  *environment* maps marker variables to values, None
    for those of this Python.  *mapping* takes the place of the built-in one for names,
    while commands stay ours.  *installed* are names of packages that are there, which
    are preferred where several would do.  *headers* says whether what builds with a
    compiler gets those of Python, too, without asking.

    What somebody typed becomes findings and missing requirements.  Raises
    :exc:`~.mappings.UnknownEcosystemError` for an ecosystem that there is none of, and
    :exc:`~trigpoint.markers.BadEnvironment` for an environment that is none.

    >>> found = plan(["dep:generic/zlib@>=1.2", "dep:virtual/compiler/c"], "debian")
    >>> found.install[0].argv
    ('apt-get', 'satisfy', '--yes', 'zlib1g-dev (>= 1:1.2)', 'gcc', 'python3-dev')
    >>> found.planned[-1].why
    'headers'
    """
    planner = _Planner(ecosystem, purpose, pins or {}, mapping, installed)
    extras = tuple(extras)
    chosen, findings, more = _selected(requirements, purpose, extras, groups)
    for text, requirement, role, older in chosen:
        if requirement is None:
            nearest = (older.instead,) if older is not None and older.instead else ()
            planner.missing.append(Missing(text, "", "older", nearest))
            continue
        marker = requirement.marker
        if marker is not None:
            try:
                holds = marker.evaluate(environment, extras)
            except (UndefinedComparison, UndefinedEnvironmentName):
                holds = True  # its finding says so; who builds is better off with it
            if not holds:
                planner.skipped.append(Skipped(text, str(marker)))
                continue
        planner.add(text, requirement.dep_url, role)
    if headers:
        planner.headers()
    if more:
        message = f"{more:,} more requirements are left out"
        findings.append(report("mapping-large", message))
    return planner.plan([*findings, *planner.findings])


def without_root(
    requirements: Requirements,
    purpose: str = "build",
    extras: Iterable[str] = (),
    groups: Iterable[str] = (),
    environment: Mapping[str, str | AbstractSet[str]] | None = None,
) -> tuple[Plan, ...]:
    """Return a plan for each ecosystem that needs no administrator, most complete first.

    *requirements*, *purpose*, *extras*, *groups* and *environment* are those of :func:`plan`.

    >>> [each.ecosystem for each in without_root(["dep:generic/libraqm"])]
    ['nix', 'spack', 'conda-forge']
    """
    if not isinstance(requirements, External):
        requirements = tuple(requirements)
    extras, groups = tuple(extras), tuple(groups)
    plans = [
        plan(requirements, each, purpose, extras, groups, environment=environment)
        for each in ROOTLESS
    ]
    return tuple(sorted(plans, key=lambda each: len(each.missing)))


_Role = Literal["build", "host", "run", "group"]
_Selected = tuple[str, ExternalRequirement | None, _Role, Older | None]


def _selected(
    requirements: Requirements, purpose: str, extras: Iterable[str], groups: Iterable[str]
) -> tuple[list[_Selected], list[Finding], int]:
    """Return what counts, what is wrong with the rest, and how many were too many."""
    findings: list[Finding] = []
    if isinstance(requirements, External):
        findings += requirements.findings
        listed: Sequence[str | ExternalRequirement | Needed] = requirements.select(
            purpose, extras, groups
        )
    else:
        listed = tuple(requirements)
    chosen: list[_Selected] = []
    for each in listed[:MOST_REQUIREMENTS]:
        if isinstance(each, Needed):
            if each.requirement is not None or each.older is not None:
                chosen.append((each.text, each.requirement, each.role, each.older))
        elif isinstance(each, ExternalRequirement):
            chosen.append((str(each), each, "group", None))
        else:
            read = read_external(each)
            findings += read.findings
            if read.requirement is not None:
                chosen.append((read.text, read.requirement, "group", None))
    return chosen, findings, max(0, len(listed) - MOST_REQUIREMENTS)


class _Planner:
    """One plan in the making."""

    def __init__(
        self,
        ecosystem: str,
        purpose: str,
        pins: Mapping[str, str],
        given: EcosystemMapping | None,
        installed: AbstractSet[str],
    ) -> None:
        built_in = mapping(ecosystem)
        self.ecosystem = ecosystem
        self.purpose = purpose
        self.mapping = given or built_in
        self.managers = built_in.managers
        self.registry: Registry = registry()
        self.installed = installed
        self.pins = {self.registry.canonical(virtual_name(k)): _named(v) for k, v in pins.items()}
        # What somebody else's mapping says of its names is not what we know of them.
        self.trusted = given is None
        self.usual = self.trusted and not self.pins and not installed
        self.taken: list[Taken] = []
        self.missing: list[Missing] = []
        self.skipped: list[Skipped] = []
        self.findings: list[Finding] = []
        self.compiler = False
        self.by_first: dict[str, Cell] | None = None

    def add(self, text: str, url: DepURL, role: _Role) -> None:
        written = url.identifier
        if url.type in _NATIVE_TYPES and self.named(text, url, role):
            return
        identifier = self.registry.canonical(written)
        known = identifier in self.registry.definitions
        if not known and identifier not in self.mapping.entries:
            self.findings += self.registry.findings(written)
            python = url.type == "pypi"
            nearest = () if python else self.registry.suggestions(written)
            reason: Reason = "python" if python else "unknown"
            self.missing.append(Missing(text, written, reason, nearest))
            return
        if written != identifier:
            self.findings += self.registry.findings(written)
        self.compiler = self.compiler or is_compiler(identifier)
        self.meet(text, url, identifier, role)

    def meet(
        self, text: str, url: DepURL, identifier: str, role: _Role, reason: Why | None = None
    ) -> None:
        """Take what there is for *identifier*; *reason* is why it is asked for, if *text* does not."""
        purpose = self.role(role, identifier)
        ranged: Cell | None = None
        offer: Offered | Reason
        if self.usual:
            found = usual(self.ecosystem, identifier, purpose)
            if isinstance(found, str):
                self.lacking(text, identifier, found)
                return
            if text == identifier and reason is None:
                self.taken.append(found.taken)
                return
            offer, _, ranged = found
        else:
            pin = self.pins.get(identifier)
            pin = self.registry.canonical(pin) if pin is not None else None
            offer = offered(self.ecosystem, self.mapping, identifier, purpose, pin, self.installed)
        if isinstance(offer, str):
            self.lacking(text, identifier, offer)
            return
        clauses = clauses_of(url.version) if url.version else None
        cell = offer.cell
        if clauses:
            cell = ranged or checkable(self.ecosystem, cell, trusted=self.trusted)
        self.taken.append(
            Taken(
                text,
                identifier,
                offer.chosen,
                purpose,
                offer.packages,
                reason or offer.why,
                offer.choices,
                cell,
                clauses,
            )
        )

    def named(self, text: str, url: DepURL, role: _Role) -> bool:
        """Take what names a package of an ecosystem by itself; say whether *url* does."""
        key = f"{url.type}/{url.namespace}" if url.namespace else url.type
        home = _NATIVE.get(key.lower())
        if home is None:
            return False
        if self.ecosystem not in home or not is_sound(self.ecosystem, url.name):
            self.missing.append(Missing(text, url.identifier, "elsewhere"))
            return True
        state = "sourced" if home[0] == self.ecosystem else "unverified"
        cell = self.by_package(url.name)
        if cell is None:
            names = (url.name,)
            cell = Cell(url.identifier, names, names, names, state, "the requirement")
        else:
            cell = replace(
                cell, id=url.identifier, build=(url.name,), host=(url.name,), run=(url.name,)
            )
        clauses = clauses_of(url.version) if url.version else None
        if clauses:
            cell = checkable(self.ecosystem, cell, trusted=self.trusted)
        purpose = self.role(role, url.identifier)
        names = (url.name,)
        self.taken.append(Taken(text, cell.id, cell.id, purpose, names, "named", (), cell, clauses))
        return True

    def by_package(self, name: str) -> Cell | None:
        """Return a cell whose first package, to build, is *name*, for its version."""
        if self.by_first is None:
            self.by_first = {}
            for cells in self.mapping.entries.values():
                for first in cells[0].host[:1]:
                    self.by_first.setdefault(first, cells[0])
        return self.by_first.get(name)

    def role(self, role: _Role, identifier: str) -> Purpose:
        """Return for what the packages of *identifier* are, which a *role* asks for."""
        if role == "run" or (role == "group" and self.purpose == "run"):
            return "run"
        if role == "group":
            return "build" if is_compiler(identifier) else "host"
        return role

    def lacking(self, text: str, identifier: str, why: Reason) -> None:
        others = elsewhere(identifier, self.ecosystem)
        self.missing.append(Missing(text, identifier, why, (), others))

    def headers(self) -> None:
        """Add the headers of Python to what builds with a compiler, unless they are asked for."""
        if not self.compiler or self.purpose == "run":
            return
        if any(each.id == HEADERS and each.purpose != "run" for each in self.taken):
            return
        if any(each.id == HEADERS for each in self.missing):
            return
        if self.mapping.cell(HEADERS) is None:
            # Somebody else's names need not have them, and commands are ours.
            self.mapping, self.usual = mapping(self.ecosystem), True
        self.meet(HEADERS, DepURL("generic", "", "python"), HEADERS, "host", "headers")

    def plan(self, findings: list[Finding]) -> Plan:
        packages = tuple(dict.fromkeys(name for each in self.taken for name in each.packages))
        # The second way of apt is for ranges, which the first does not take.
        ranged = any(each.clauses for each in self.taken)
        managers = self.managers
        if managers[0].name == "apt-get":
            managers = (managers[1 if ranged else 0],)
        answers, install = self.asked(managers[0])
        planned = []
        names_only = managers[0].syntax.name_only == _NAME
        for each, (arguments, outcome) in zip(self.taken, answers, strict=True):
            if each.plain is not None and names_only:
                planned.append(each.plain)
                continue
            cell = each.cell
            ours = self.trusted or each.why == "named"
            planned.append(
                Planned(
                    each.requirement,
                    each.id,
                    each.chosen,
                    each.purpose,
                    each.packages,
                    arguments,
                    each.why,
                    each.choices,
                    cell.state if ours else "",
                    cell.source if ours else "",
                    cell.date if ours else "",
                    cell.component,
                    outcome,
                )
            )
        others = [action for each in managers[1:] for action in self.asked(each)[1]]
        query = managers[0].query
        queries: list[Action] = []
        if query is not None:
            at = query.argv.index("{}")
            before, behind = query.argv[:at], query.argv[at + 1 :]
            queries = [
                Action((*before, name, *behind), query.elevated, managers[0].name)
                for name in packages
            ]
        checks = dict.fromkeys(
            each.range.check for each in planned if each.range and each.range.check
        )
        return Plan(
            self.ecosystem,
            self.purpose,
            tuple(planned),
            tuple(self.missing),
            tuple(self.skipped),
            packages,
            tuple(install),
            tuple(others),
            tuple(queries),
            tuple(checks),
            tuple(findings),
        )

    def asked(
        self, manager: Manager
    ) -> tuple[list[tuple[tuple[str, ...], Range | None]], list[Action]]:
        """Return the arguments and the range of all that was taken, and the commands of *manager*."""
        answers: list[tuple[tuple[str, ...], Range | None]] = []
        groups: dict[str, list[tuple[str, ...]]] = {}
        names_only = manager.syntax.name_only == _NAME
        for each in self.taken:
            if names_only and not each.clauses:
                # As most are, and as ask() would say one by one.
                answers.append((each.packages, None))
                for package in each.packages:
                    groups.setdefault(package, []).append((package,))
                continue
            arguments: tuple[str, ...] = ()
            outcome: Range | None = None
            for i, package in enumerate(each.packages):
                # The version that a cell knows is that of its first package.
                made = ask(manager, package, None if i else each.clauses, each.cell)
                outcome = made.range if i == 0 else outcome
                arguments += made.arguments
                groups.setdefault(package, []).append(made.arguments)
            answers.append((arguments, outcome))
        # A package that is asked for with a range and without is asked for with it.
        units: list[tuple[str, ...]] = []
        for package, found in groups.items():
            units += found if len(found) == 1 else _tightest(package, found)
        return answers, list(_actions(manager, units))


def virtual_name(text: str) -> str:
    """Return the canonical form of *text*, the name of something virtual as people shorten it.

    >>> virtual_name("interface/mpi"), virtual_name("dep:virtual/interface/mpi")
    ('dep:virtual/interface/mpi', 'dep:virtual/interface/mpi')
    """
    bare = text.strip().removeprefix("dep:").removeprefix("virtual/")
    return f"dep:virtual/{bare}"


def read_pins(texts: Iterable[str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Read *texts*, each ``VIRTUAL=PROVIDER``; return the pins, and what is wrong with the others.

    A pin of something that no registry knows would be for nothing, so it is wrong, too.

    >>> read_pins(["interface/mpi=generic/mpich"])
    ({'dep:virtual/interface/mpi': 'generic/mpich'}, ())
    >>> read_pins(["interface/mpj=generic/mpich", "mpi"])[1]
    ("'interface/mpj' is nothing virtual that is known", "'mpi' chooses nothing")
    """
    known = registry()
    pins: dict[str, str] = {}
    wrong: list[str] = []
    for text in texts:
        virtual, _, provider = (part.strip() for part in text.partition("="))
        if not virtual or not provider:
            wrong.append(f"{text!r} chooses nothing")
        elif not known.knows(name := virtual_name(virtual)):
            wrong.append(f"{virtual!r} is nothing virtual that is known")
        else:
            pins[name] = provider
    return pins, tuple(wrong)


def _named(text: str) -> str:
    return text if text.startswith("dep:") else f"dep:{text}"


def _tightest(package: str, found: list[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Yield the different ways in which *package* is asked for, without the plain one if it can be."""
    different = list(dict.fromkeys(found))
    if len(different) > 1:
        different = [each for each in different if each != (package,)]
    yield from different


def _filled(argv: tuple[str, ...], arguments: Iterable[str]) -> tuple[str, ...]:
    at = argv.index("{}")
    return (*argv[:at], *arguments, *argv[at + 1 :])


def _actions(manager: Manager, units: Sequence[tuple[str, ...]]) -> Iterator[Action]:
    """Yield the commands of *manager* for *units*, the arguments that belong together."""
    command = manager.install
    if not units:
        return
    if command.several == "never":
        for unit in units:
            yield Action(_filled(command.argv, unit), command.elevated, manager.name)
        return
    arguments = dict.fromkeys(each for unit in units for each in unit)
    yield Action(_filled(command.argv, arguments), command.elevated, manager.name)
