"""How a range of versions is said to a package manager, as far as it can be.

PEP 440 and a package manager mean different things by the same signs: Debian's
``<< 2`` lets ``2~rc1`` pass, its ``= 1.2`` refuses ``1.2-1``, and a version with an
epoch is above all without.  So each range is *native* (the package manager is
asked for it), *checked* (it is not, and pkg-config can say afterwards) or
*dropped*, always with a note that says why it is not native.

Example: ``zlib >=1.2,<2`` becomes ``zlib1g-dev (>= 1:1.2)`` and
``zlib1g-dev (<< 1:2~)`` for apt, ``zlib>=1.2,<2`` for conda, and a check for brew.

Source: Debian Policy, 5.6.12; PEP 440; the manuals of dnf, pacman, apk, conan and spack.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from packaging.specifiers import Specifier

from trigpoint.external.mappings import Cell, Manager
from trigpoint.external.ranges import specifiers_of
from trigpoint.kept import keeps
from trigpoint.versions import number

__all__ = ["Asked", "Clauses", "Range", "ask", "clauses_of", "module_check"]

Status = Literal["native", "checked", "dropped"]


@dataclass(frozen=True, slots=True)
class Range:
    """What becomes of the versions that a requirement asks for.

    ``text`` is the range as it stands in the DepURL, ``status`` is ``"native"``,
    ``"checked"`` or ``"dropped"``, ``note`` says why, empty if there is nothing to say.
    ``check`` is the command whose exit status answers, empty if there is none.
    """

    text: str
    status: Status
    note: str = ""
    check: tuple[str, ...] = ()


class Asked(NamedTuple):
    """The ``arguments`` for one package, and what its ``range`` has become, None if it has none."""

    arguments: tuple[str, ...]
    range: Range | None


class Clauses(NamedTuple):
    """The clauses of a range, the lower bounds first.

    ``text`` is what they are together, and ``odd`` the first that is no plain release, "" if
    all are.
    """

    wanted: tuple[Specifier, ...]
    text: str
    odd: str


@keeps(1024)
def clauses_of(version: str) -> Clauses:
    """Return the clauses of *version*, that of a DepURL; it can be read.

    Each ecosystem is asked for the same, so they are put in order once.

    >>> clauses_of("<2,>=1.2").text
    '>=1.2,<2'
    """
    wanted = tuple(sorted(specifiers_of(version), key=_lower_first))
    odd = next((str(each) for each in wanted if _RELEASE(each.version) is None), "")
    return Clauses(wanted, ",".join(map(str, wanted)), odd)


_NAME: Final = ("{name}",)
_RELEASE = re.compile(r"[0-9]{1,9}+(?:\.[0-9]{1,9}+)*+").fullmatch
_EPOCH = re.compile(r"([0-9]{1,9}+):").match
# One package, or several conditions on one, are looked at together by these.
_JOINT: Final = frozenset({"apt-get satisfy"})


def ask(manager: Manager, package: str, clauses: Clauses | None, cell: Cell) -> Asked:
    """Return how *manager* is asked for *package* in the versions of *clauses*, None for any.

    *cell* is the cell that names the package: its version tells the epoch, its module
    what pkg-config can be asked.

    >>> from trigpoint.external.mappings import mapping
    >>> debian = mapping("debian")
    >>> cell = debian.cell("dep:generic/zlib")
    >>> ask(debian.managers[1], "zlib1g-dev", clauses_of("<2"), cell).arguments
    ('zlib1g-dev (<< 1:2~)',)
    """
    plain = (
        (package,)
        if manager.syntax.name_only == _NAME
        else tuple(each.format(name=package) for each in manager.syntax.name_only)
    )
    if clauses is None:
        return Asked(plain, None)
    wanted, text, odd = clauses
    if " " in package:
        note = f"{package} names a build, and a range cannot be added to it"
        return Asked(plain, _fallen_back(text, note, wanted, cell))
    if cell.id.startswith("dep:virtual/"):
        note = "what a version of something virtual means is not settled"
        return Asked(plain, Range(text, "dropped", note))
    if odd:
        note = f"{odd} is no plain release, and package managers order those differently"
        return Asked(plain, _fallen_back(text, note, wanted, cell))
    if manager.name.startswith("apt-get"):
        return _apt(manager, package, wanted, cell, plain, text)
    if manager.name == "spack":
        return _spack(package, wanted, cell, plain, text)
    return _by_template(manager, package, wanted, cell, plain, text)


def _lower_first(clause: Specifier) -> tuple[bool, str]:
    return clause.operator not in (">=", ">"), str(clause)


def _by_template(
    manager: Manager,
    package: str,
    wanted: Sequence[Specifier],
    cell: Cell,
    plain: tuple[str, ...],
    text: str,
) -> Asked:
    syntax = manager.syntax
    if len(wanted) == 1 and wanted[0].operator == "==" and syntax.exact:
        version = wanted[0].version
        arguments = tuple(each.format(name=package, version=version) for each in syntax.exact)
        return Asked(arguments, Range(text, "native", _EPOCHS.get(manager.name, "")))
    if syntax.ranges is None:
        what = "takes names only" if syntax.exact is None else "takes names and single versions"
        return Asked(plain, _fallen_back(text, f"{manager.name} {what}", wanted, cell))
    missing = [each.operator for each in wanted if each.operator not in syntax.operators]
    if missing:
        note = f"{manager.name} does not know {missing[0]}"
        return Asked(plain, _fallen_back(text, note, wanted, cell))
    if len(wanted) > 1 and syntax.joint is None:
        # Two arguments would be two packages, each free to match another version.
        note = f"{manager.name} takes one condition, and there are {len(wanted)}"
        return Asked(plain, _fallen_back(text, note, wanted, cell))
    ranges = (syntax.joint or "").join(
        syntax.operators[each.operator].format(version=each.version, name=package)
        for each in wanted
    )
    arguments = tuple(each.format(name=package, ranges=ranges) for each in syntax.ranges)
    lower = all(each.operator in (">=", ">") for each in wanted)
    return Asked(arguments, Range(text, "native", "" if lower else _EPOCHS.get(manager.name, "")))


_EPOCHS: Final = dict.fromkeys(
    ("dnf", "pacman"), "a package whose version has an epoch counts as newer than all without"
)


def _apt(
    manager: Manager,
    package: str,
    wanted: Sequence[Specifier],
    cell: Cell,
    plain: tuple[str, ...],
    text: str,
) -> Asked:
    if not cell.version and cell.source == "apt":
        note = f"{package} only leads to others, and its version is its own"
        return Asked(plain, _fallen_back(text, note, wanted, cell))
    epoch = _EPOCH(cell.version)
    lead = epoch[0] if epoch and epoch[0] != "0:" else ""
    if manager.name not in _JOINT:
        return Asked(plain, Range(text, "dropped", "apt-get install takes names only"))
    clauses = [part for each in wanted for part in _debian(each, lead)]
    note = ""
    if any(each.operator == ">" for each in wanted):
        note = "to apt, a revision of the version itself is already above it"
    elif any(each.operator in ("==", "<=") for each in wanted):
        note = "versions with one more part pass as well, as apt cannot tell them from revisions"
    more = ""
    if not cell.version:
        more = "the epoch of the package is not known, and taken as none"
    elif cell.source != "apt":
        more = "the epoch of the package comes from Debian or a mapping, not from apt here"
    if more:
        note = f"{note}; {more}" if note else more
    arguments = tuple(f"{package} ({clause})" for clause in dict.fromkeys(clauses))
    return Asked(arguments, Range(text, "native", note))


def _debian(clause: Specifier, epoch: str) -> Iterator[str]:
    """Yield what Debian's operators say for *clause*, of a package with the *epoch* in front.

    ``~`` is before everything, so ``<< 2~`` leaves the previews of 2 out.
    """
    version = clause.version
    if clause.operator == ">=":
        yield f">= {epoch}{version}"
    elif clause.operator == ">":
        yield f">> {epoch}{version}"
    elif clause.operator == "<":
        yield f"<< {epoch}{version}~"
    else:
        if clause.operator == "==":
            yield f">= {epoch}{version}"
        yield f"<< {epoch}{_next(version)}~"


def _next(version: str) -> str:
    """Return the release after *version*, with as many parts.

    >>> _next("1.2.9")
    '1.2.10'
    """
    head, dot, last = version.rpartition(".")
    return f"{head}{dot}{number(last) + 1}"


def _spack(
    package: str, wanted: Sequence[Specifier], cell: Cell, plain: tuple[str, ...], text: str
) -> Asked:
    """One spec holds both bounds, and both are inclusive."""
    if len(wanted) == 1 and wanted[0].operator == "==":
        return Asked((f"{package}@={wanted[0].version}",), Range(text, "native"))
    lows = [each.version for each in wanted if each.operator == ">="]
    highs = [each.version for each in wanted if each.operator == "<="]
    strict = [str(each) for each in wanted if each.operator not in (">=", "<=")]
    if strict or len(lows) > 1 or len(highs) > 1:
        left = strict[0] if strict else text
        note = f"spack has inclusive bounds, one of each, so {left} is left out"
        low = lows[0] if len(lows) == 1 else ""
        high = highs[0] if len(highs) == 1 else ""
        arguments = (f"{package}@{low}:{high}",) if low or high else plain
        return Asked(arguments, _fallen_back(text, note, wanted, cell))
    low, high = "".join(lows), "".join(highs)
    note = f"to spack {high} also means what starts with {high}." if high else ""
    return Asked((f"{package}@{low}:{high}",), Range(text, "native", note))


def _fallen_back(text: str, note: str, wanted: Iterable[Specifier], cell: Cell) -> Range:
    check = module_check(cell.module, wanted)
    return Range(text, "checked" if check else "dropped", note, check)


def module_check(module: str, clauses: Iterable[Specifier]) -> tuple[str, ...]:
    """Return the command that asks pkg-config for *module* in the versions of *clauses*.

    It is empty where there is no module, or pkg-config cannot be asked.

    >>> from trigpoint.versions import specifiers
    >>> module_check("zlib", specifiers(">=1.2"))
    ('pkg-config', '--exists', 'zlib >= 1.2')
    """
    if not module:
        return ()
    parts = []
    for each in sorted(clauses, key=_lower_first):
        if _RELEASE(each.version) is None:
            return ()
        operator = "=" if each.operator == "==" else each.operator
        parts.append(f"{module} {operator} {each.version}")
    return ("pkg-config", "--exists", ", ".join(parts) or module)
