"""What is said about a plan, the same on every face."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from trigpoint.external.mappings import SOURCES
from trigpoint.external.plan import Missing, Plan, Planned
from trigpoint.external.probe import Evidence

__all__ = [
    "NAMES",
    "advice",
    "chosen",
    "doubt",
    "known",
    "place",
    "ranged",
    "summary",
    "what",
    "where",
    "witness",
]

NAMES: Final = {
    "debian": "Debian",
    "ubuntu": "Ubuntu",
    "fedora": "Fedora",
    "archlinux": "Arch Linux",
    "alpine": "Alpine Linux",
    "conda-forge": "conda-forge",
    "homebrew": "Homebrew",
    "nix": "Nixpkgs",
    "vcpkg": "vcpkg",
    "conan": "Conan",
    "spack": "Spack",
    "winget": "winget",
}
"""What the ecosystems are called."""


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _and(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


_PLACES: Final = frozenset({"debian", "ubuntu", "fedora", "archlinux", "alpine"})
"""Ecosystems that are a whole system; the others are on one."""


def where(ecosystem: str, other: str = "with") -> str:
    """Say where something of *ecosystem* is installed, with the word *other* if that is no system.

    >>> where("debian"), where("homebrew")
    ('on Debian', 'with Homebrew')
    """
    return f"{'on' if ecosystem in _PLACES else other} {NAMES[ecosystem]}"


def summary(plan: Plan) -> str:
    """Say *plan* in one sentence.

    >>> from trigpoint.external.plan import plan
    >>> summary(plan(["dep:generic/zlib"], "debian"))
    'On Debian, 1 package is needed to build it.'
    """
    purpose = "run" if plan.purpose == "run" else "build"
    here = where(plan.ecosystem, "from")
    here = here[0].upper() + here[1:]
    if plan.missing:
        rest = _count(len(plan.missing), "requirement cannot", "requirements cannot")
        found = _count(len(plan.packages), "package is", "packages are")
        return f"{here}, {found} needed to {purpose} it, and {rest} be met."
    if not plan.packages:
        return f"{here}, nothing has to be installed to {purpose} it."
    found = _count(len(plan.packages), "package is", "packages are")
    return f"{here}, {found} needed to {purpose} it."


def what(each: Planned) -> str:
    """Name the packages of *each*, or say that there are none.

    >>> from trigpoint.external.plan import plan
    >>> what(plan(["dep:generic/eigen"], "debian", "run").planned[0])
    'nothing'
    """
    return " ".join(each.packages) or "nothing"


def chosen(each: Planned) -> str:
    """Say why *each* is met by what it is met by, and when that is more than is needed.

    >>> from trigpoint.external.plan import plan
    >>> chosen(plan(["dep:virtual/interface/mpi"], "debian").planned[0])
    'the default of the ecosystem; also openmpi, mpich'
    >>> chosen(plan(["dep:generic/zlib"], "fedora", "run").planned[0])
    'for building; to run needs a part of it, whose name is not known here'
    """
    if each.why == "pinned":
        said = "pinned"
    elif each.why == "installed":
        said = "it is installed already"
    elif each.why == "first":
        said = "the first provider"
    elif each.why == "default":
        said = "the default of the ecosystem"
    elif each.why == "named":
        said = "named by the requirement"
    elif each.why == "headers":
        said = "what compiles for Python needs its headers"
    else:
        said = ""
    parts = [said] if said else []
    if others := dict.fromkeys(_short(choice.id) for choice in each.choices):
        parts.append(f"also {', '.join(others)}")
    # Where a mapping has one name for all purposes, it is that of the headers.
    if each.purpose == "run" and any(name.endswith(("-dev", "-devel")) for name in each.packages):
        parts.append("for building; to run needs a part of it, whose name is not known here")
    return "; ".join(parts)


def _short(identifier: str) -> str:
    return identifier.rpartition("/")[2]


def known(each: Planned) -> str:
    """Say how well the names of *each* are known.

    >>> from trigpoint.external.plan import plan
    >>> known(plan(["dep:generic/zlib"], "debian").planned[0])
    'verified on 2026-11-26: apt and the packages themselves, on Debian 12'
    """
    if not each.state:
        return "as the mapping has it, which nobody here has checked"
    where = "; ".join(SOURCES.get(letter, each.source) for letter in _letters(each.source))
    when = f" on {each.date}" if each.date else ""
    part = f", in {each.component}" if each.component else ""
    return f"{each.state}{when}{part}: {where}" if where else f"{each.state}{when}{part}"


def _letters(source: str) -> list[str]:
    return [source] if source in SOURCES or not source.isupper() else list(source)


def doubt(plan: Plan) -> str:
    """Say how many names of *plan* nobody has verified, and of those how many rest on memory.

    >>> from trigpoint.external.plan import plan
    >>> doubt(plan(["dep:generic/zlib"], "debian"))
    ''
    >>> doubt(plan(["dep:generic/zlib", "dep:generic/lua"], "fedora"))
    'Of the names, 2 are from public data.'
    """
    public = sum(each.state == "sourced" for each in plan.planned)
    others = sum(each.state not in ("sourced", "verified") for each in plan.planned)
    said = [
        f"{number} {'is' if number == 1 else 'are'} {how}"
        for number, how in ((public, "from public data"), (others, "unverified"))
        if number
    ]
    return f"Of the names, {_and(said)}." if said else ""


def place(each: Planned) -> str:
    """Say where the packages of *each* are, if that part of the ecosystem is not on everywhere.

    >>> from trigpoint.external.plan import plan
    >>> place(plan(["dep:virtual/compiler/cuda"], "debian").planned[0])
    'nvidia-cuda-toolkit is in non-free, which has to be switched on before'
    """
    if not each.component:
        return ""
    verb = "is" if len(each.packages) == 1 else "are"
    return f"{what(each)} {verb} in {each.component}, which has to be switched on before"


def ranged(each: Planned) -> str:
    """Say what became of the versions that *each* asks for; "" if it asks for none.

    >>> from trigpoint.external.plan import plan
    >>> ranged(plan(["dep:generic/zlib@>=1.2"], "homebrew").planned[0])
    '>=1.2 is checked afterwards: brew takes names only'
    """
    outcome = each.range
    if outcome is None:
        return ""
    said = {
        "native": "is asked for",
        "checked": "is checked afterwards",
        "dropped": "is dropped",
    }[outcome.status]
    return f"{outcome.text} {said}" + (f": {outcome.note}" if outcome.note else "")


def advice(each: Missing) -> str:
    """Say why *each* is missing, and what to do.

    >>> from trigpoint.external.plan import plan
    >>> advice(plan(["dep:generic/libraqm"], "conda-forge").missing[0])
    'not packaged here; nix and spack have it'
    """
    elsewhere = (
        f"; {_and(each.elsewhere)} {'has' if len(each.elsewhere) == 1 else 'have'} it"
        if each.elsewhere
        else ""
    )
    if each.why == "unknown":
        if each.nearest:
            return f"no registry has the name; did you mean {' or '.join(each.nearest)}?"
        return "no registry has the name; a mapping of your own can say what it is here"
    if each.why == "older":
        instead = f"; write {each.nearest[0]}" if each.nearest else ""
        return f"it is no DepURL, so it is not looked up{instead}"
    if each.why == "python":
        return "it is a Python package, and belongs in the dependencies of the project"
    if each.why == "elsewhere":
        return "it names a package of another ecosystem; a dep:generic name would do everywhere"
    if each.why == "pin":
        return "what was pinned does not provide it here"
    said = {
        "not packaged": "not packaged here",
        "no entry": "nobody has written down what it is called here",
        "no provider": "nothing that is known here provides it",
    }[each.why]
    return said + elsewhere


_BY: Final = {"packages": "package", "headers": "header"}


def witness(each: Evidence) -> str:
    """Say what *each*, a piece of evidence about this machine, says.

    >>> witness(Evidence("pkg-config", "zlib", "not known", False))
    'pkg-config zlib: not known'
    """
    if each.said.startswith("asked for"):
        return f"{each.about} is there, {each.said}"
    return f"{_BY.get(each.by, each.by)} {each.about}: {each.said}"
