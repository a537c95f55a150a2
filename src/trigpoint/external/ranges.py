"""The version of a DepURL: one version, or clauses with commas between them.

Source: PEP 725, "DepURL"; Version specifiers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

from trigpoint.external.faults import Fault
from trigpoint.kept import keeps
from trigpoint.requirements.tree import shown
from trigpoint.versions import is_version, long_number, specifiers, version

__all__ = ["OPERATORS", "range_faults", "specifiers_of", "starts_range"]

OPERATORS = (">=", ">", "<=", "<", "==")
"""The operators that a DepURL may have."""

_CLAUSE = re.compile(r"([<>=!~^\u2264\u2265\u2260]*+)[ \t]*+(.*+)", re.DOTALL).fullmatch
_MEANT = {
    "=": "==",
    "===": "==",
    "=>": ">=",
    "=<": "<=",
    "\u2264": "<=",
    "\u2265": ">=",
    ">==": ">=",
    "<==": "<=",
}
_WILD = re.compile(r"((?:[0-9]++!)?+[0-9]++(?:\.[0-9]++)*+)(?:\.[*xX])++").fullmatch
_LETTER = re.compile(
    r"((?:[0-9]++!)?+[0-9]++(?:\.[0-9]++)*+)(a|b|c)(?:[0-9]++)?+", re.IGNORECASE
).fullmatch
_RELEASE = re.compile(r"(?:[0-9]++!)?+[0-9]++(?:\.[0-9]++)*+").match
_STAGES = {"a": "an alpha", "b": "a beta", "c": "a release candidate"}
_START = re.compile(r"[<>=!~^\u2264\u2265\u2260]").match


def starts_range(text: str) -> bool:
    """Say whether *text* starts with an operator, of those that exist or another."""
    return _START(text) is not None


@keeps(1024)
def specifiers_of(text: str) -> SpecifierSet:
    """Return what the version *text* of a DepURL allows; one version is ``==`` that version.

    Raises :exc:`packaging.specifiers.InvalidSpecifier` for what cannot be read.

    >>> str(specifiers_of("2.0")), len(specifiers_of(">=1,<2")), len(specifiers_of(""))
    ('==2.0', 2, 0)
    """
    return specifiers(f"=={text}" if text and not starts_range(text) else text)


def range_faults(text: str, at: int) -> Iterator[Fault]:
    """Yield what is wrong with the version *text*, which starts at offset *at*.

    >>> [(fault.code, fault.fix) for fault in range_faults("~=1.2", 0)]
    [('external-operator', 'write >=1.2,<2')]
    """
    bare = text.strip(" \t")
    if not bare:
        yield Fault(
            "external-version-empty",
            "there is no version behind the @",
            at - 1,
            at + len(text),
            "write a version or a range, or leave the @ out",
            "",
        )
        return
    if long := long_number(text):
        message = "a number of the version is too long to be read"
        yield Fault("external-version", message, at + long[0], at + long[1], "write a shorter one")
        return
    several = "," in text
    start, sound = at, True
    for part in text.split(","):
        clause = part.strip(" \t")
        lead = start + len(part) - len(part.lstrip(" \t"))
        for fault in _clause_faults(clause, lead, start, several=several):
            sound = sound and not fault.fatal
            yield fault
        start += len(part) + 1
    if sound and several and (message := _nothing(text)):
        lead = at + len(text) - len(text.lstrip(" \t"))
        fix = "change one of the two, so that a version is left"
        yield Fault("external-range-empty", message, lead, lead + len(bare), fix)


def _clause_faults(clause: str, at: int, start: int, *, several: bool) -> Iterator[Fault]:
    """Yield what is wrong with one *clause* at offset *at*, whose part starts at *start*."""
    end = at + len(clause)
    if not clause:
        message = "nothing stands between two commas, or beside one"
        yield Fault("external-version", message, start, max(end, start), "take the comma out")
        return
    match = _CLAUSE(clause)
    assert match is not None
    operator, number = match[1], match[2]
    behind = end - len(number)
    if operator and operator not in OPERATORS:
        yield _operator_fault(operator, number, at, end)
        return
    if not number:
        message = f"there is no version behind {operator}"
        yield Fault(
            "external-version-empty", message, at, end, f"write a version, such as {operator}1.2"
        )
        return
    if wild := _WILD(number):
        meant = _within(wild[1])
        fix = f"write {meant}" if operator in ("", "==") else f"write {operator}{wild[1]}"
        new = meant if operator in ("", "==") else f"{operator}{wild[1]}"
        message = "a DepURL has no versions with a *"
        yield Fault("external-wildcard", message, at, end, fix, new)
        return
    if not is_version(number):
        release = _RELEASE(number)
        near = release[0] if release else ""
        fix = f"write a version such as {operator or '>='}{near or '1.2'}"
        message = f"{shown(number)} is no version as Python packages have them"
        yield Fault("external-version", message, behind, end, fix)
        return
    if not operator and several:
        message = f"{shown(number)} has no operator, which each part of a range needs"
        yield Fault("external-version-bare", message, at, end, f"write =={number}", f"=={number}")
    if "+" in number and operator not in ("", "=="):
        plain = number.partition("+")[0]
        message = f"{operator} does not compare what follows the +"
        fix = f"write {operator}{plain}"
        yield Fault("external-version-local", message, behind, end, fix, plain)
    elif letter := _LETTER(number):
        stage = _STAGES[letter[2].lower()]
        message = f"{shown(number)} is read as {stage} of {letter[1]}, not as a release after it"
        fix = f"write {operator}{letter[1]} if a later patch is meant"
        yield Fault("external-version-letter", message, behind, end, fix)


def _operator_fault(operator: str, number: str, at: int, end: int) -> Fault:
    message = f"{operator} is no operator of a DepURL, which has {' '.join(OPERATORS)}"
    wild = _WILD(number)
    release = wild[1] if wild else number
    meant = ""
    if operator in _MEANT and not wild:
        meant = f"{_MEANT[operator]}{number}"
    elif operator in _MEANT or (operator in ("^", "~") and is_version(release)):
        meant = _within(release) if operator != "^" else _caret(release)
    elif operator == "~=" and "." in number:
        meant = _within(number.rpartition(".")[0], number)
    if not meant or not _reads(meant):
        fix = "leave it out" if operator.startswith("!") else "write a range, such as >=1.2,<2"
        return Fault("external-operator", message, at, end, fix)
    return Fault("external-operator", message, at, end, f"write {meant}", meant)


def _reads(text: str) -> bool:
    try:
        specifiers_of(text)
    except InvalidSpecifier:
        return False
    return True


def _within(release: str, lower: str = "") -> str:
    """Return the range of what starts with *release*, from *lower* on."""
    read = _parsed(release)
    if read is None:
        return ""
    numbers = [*read.release[:-1], read.release[-1] + 1]
    epoch = f"{read.epoch}!" if read.epoch else ""
    return f">={lower or release},<{epoch}{'.'.join(map(str, numbers))}"


def _caret(release: str) -> str:
    """Return the range of what is like *release* up to its first number that is not 0."""
    read = _parsed(release)
    if read is None:
        return ""
    kept = next((i for i, each in enumerate(read.release) if each), len(read.release) - 1)
    numbers = [*read.release[:kept], read.release[kept] + 1]
    return f">={release},<{'.'.join(map(str, numbers))}"


def _parsed(text: str) -> Version | None:
    try:
        return version(text)
    except InvalidVersion:
        return None


def _nothing(text: str) -> str:
    """Say why no version is in all clauses of *text*, which can be read; empty if one may be."""
    lower: tuple[Version, bool] | None = None
    upper: tuple[Version, bool] | None = None
    fixed: Version | None = None
    for part in text.split(","):
        match = _CLAUSE(part.strip(" \t"))
        assert match is not None
        operator, number = match[1], version(match[2])
        if operator == "==":
            if fixed is not None and fixed != number:
                return f"no version is {fixed} and {number}"
            fixed = number
        if operator in (">", ">=", "==") and (lower is None or (number, operator == ">") > lower):
            lower = number, operator == ">"
        if operator in ("<", "<=", "==") and (upper is None or (number, operator != "<") < upper):
            upper = number, operator != "<"
    if lower is None or upper is None:
        return ""
    if lower[0] < upper[0] or (lower[0] == upper[0] and not lower[1] and upper[1]):
        return ""
    over, under = ">" if lower[1] else ">=", "<=" if upper[1] else "<"
    return f"no version is {over}{lower[0]} and {under}{upper[0]}"
