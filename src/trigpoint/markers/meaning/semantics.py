"""What one comparison means.

Three sets of rules answer: the specification, what installers do, and the
summit's proposal of 2022.  :func:`compare` decides one comparison and says
which kind of comparison ran; everything else is built on it.
"""

from __future__ import annotations

import enum
import operator
from collections.abc import Callable, Mapping
from typing import NamedTuple

from packaging.markers import UndefinedComparison as _UndefinedComparison
from packaging.markers import UndefinedEnvironmentName as _UndefinedEnvironmentName
from packaging.specifiers import InvalidSpecifier, Specifier
from packaging.utils import canonicalize_name

from trigpoint import versions
from trigpoint.findings import TrigpointError
from trigpoint.kept import keeps
from trigpoint.markers.reading.grammar import SET_VARIABLES
from trigpoint.markers.reading.tree import Comparison, Variable
from trigpoint.versions import MOST_DIGITS, long_number

__all__ = [
    "SET_VARIABLES",
    "VERSION_VARIABLES",
    "Kind",
    "Outcome",
    "Rules",
    "UndefinedComparison",
    "UndefinedEnvironmentName",
    "compare",
    "error_of",
    "is_version",
    "repair",
    "specifier",
    "text_or_version",
    "too_long",
]


class Rules(enum.Enum):
    """How extras and odd comparisons are read."""

    SPEC = "spec"
    """The specification: ``extra`` behaves like the set of all requested extras."""

    INSTALLERS = "installers"
    """pip's reading: the marker is asked once per requested extra; one yes is enough."""

    SUMMIT = "summit"
    """The proposal of 2022: a set ``extras``, tested with ``in`` and ``not in`` only."""


class Kind(enum.Enum):
    """Which comparison ran."""

    VERSION = "version"
    STRING = "string"
    SUBSTRING = "substring"
    SET = "set"
    UNDEFINED = "undefined"
    MISSING = "missing"


class Outcome(NamedTuple):
    """The answer of one comparison: True, False, or None where it is undefined."""

    value: bool | None
    kind: Kind
    reason: str


class UndefinedComparison(TrigpointError, _UndefinedComparison):  # noqa: N818 (the name of packaging)
    """The marker compares what cannot be compared, such as ``os_name ~= "x"``."""


class UndefinedEnvironmentName(TrigpointError, _UndefinedEnvironmentName):  # noqa: N818 (the name of packaging)
    """The marker reads a variable that has no value here."""

    def __str__(self) -> str:
        # KeyError would show the repr of the message.
        return str(self.args[0]) if self.args else ""


VERSION_VARIABLES = frozenset(
    {
        "implementation_version",
        "platform_release",
        "platform_version",
        "python_full_version",
        "python_version",
    }
)
"""Variables whose comparisons follow PEP 440 where both sides allow it."""

_INSTALLER_VERSION_VARIABLES = VERSION_VARIABLES - {"platform_version"}

_TEXT: Mapping[str, Callable[[str, str], bool]] = {
    "in": lambda left, right: left in right,
    "not in": lambda left, right: left not in right,
    "==": operator.eq,
    "!=": operator.ne,
    "<=": operator.eq,
    ">=": operator.eq,
    "<": lambda _left, _right: False,
    ">": lambda _left, _right: False,
}


@keeps(4096, lambda _, text: len(text))
def specifier(op: str, text: str) -> Specifier | None:
    """Return the clause of version specifiers that is *op* and *text*, or None if it is none.

    A number that is too long for every Python makes it none.
    """
    try:
        return versions.specifier(f"{op}{text}")
    except InvalidSpecifier:
        return None


@keeps(4096)
def is_version(text: str) -> bool:
    """Say whether *text* is a version by version specifiers.

    A number that is too long for every Python makes it none.
    """
    return versions.is_version(text)


def too_long(variable: str, op: str, value: str) -> str:
    """Return why *variable* *op* *value* has no answer: its number is too long; else nothing.

    ``in`` and ``not in`` look at text, so they have an answer.

    >>> too_long("python_version", ">", "9" * 641)
    'a number in it has more than 640 digits'
    """
    if (
        len(value) > MOST_DIGITS
        and variable in VERSION_VARIABLES
        and op not in ("in", "not in")
        and long_number(value)
    ):
        return f"a number in it has more than {MOST_DIGITS} digits"
    return ""


def repair(name: str, value: str) -> str:
    """Return *value* of the variable *name* as a version where the interpreter bends it.

    An untagged build of CPython calls itself ``3.12.0+``; tools read that as
    the local version ``3.12.0+local``.
    """
    if name == "python_full_version" and value.endswith("+"):
        return f"{value}local"
    return value


def compare(
    comparison: Comparison,
    values: Mapping[str, str],
    sets: Mapping[str, frozenset[str]],
    rules: Rules,
) -> Outcome:
    """Decide *comparison* by *rules*.

    ``values`` maps variables to text, ``sets`` maps ``extra`` (under
    :attr:`Rules.SPEC`), ``extras`` and ``dependency_groups`` to normalised
    names.  Under :attr:`Rules.INSTALLERS`, ``extra`` is text like any other.
    """
    left, op, right = comparison.left, comparison.op, comparison.right
    if isinstance(left, Variable):
        variable, subject = left.name, None
        if isinstance(right, Variable):
            if rules is not Rules.INSTALLERS:
                return _undefined(f"{left.name} and {right.name} are both variables")
            other = right.name  # pip takes the second name as plain text
        else:
            other = right.value
    elif isinstance(right, Variable):
        variable, subject = right.name, left.value
        other = ""
    elif rules is Rules.INSTALLERS:
        variable, subject = right.value, left.value  # pip takes the right one for a name
        other = ""
    else:
        return _undefined("there is no variable in it")

    if variable == "extra" and rules is not Rules.INSTALLERS:
        if rules is Rules.SUMMIT:
            return _undefined("the proposal has extras instead of extra")
        return _extra(subject if subject is not None else other, op, subject is None, sets["extra"])
    if variable in SET_VARIABLES:
        names = sets.get(variable)
        if names is None:
            return _missing(variable)
        if subject is None:
            return _undefined(
                f"{variable} is a set and can only stand on the right of in or not in"
            )
        return _membership(subject, op, variable, names)

    value = values.get(variable)
    if value is None:
        return _missing(variable)
    value = repair(variable, value)
    candidate, reference = (value, other) if subject is None else (subject, value)
    return text_or_version(variable, candidate, op, reference, rules)


def text_or_version(
    variable: str, candidate: str, op: str, reference: str, rules: Rules = Rules.SPEC
) -> Outcome:
    """Return the outcome of *candidate* *op* *reference*, as the type of *variable* asks.

    ``rules`` is the specification, or the reading of installers.  A number with
    more digits than every Python can read has no order, so there is no answer.

    >>> text_or_version("python_version", "3.10", ">=", "3.9").kind
    <Kind.VERSION: 'version'>
    >>> text_or_version("platform_release", "5.15.0-76-generic", ">=", "5").value
    False
    """
    for side in (candidate, reference):
        if reason := too_long(variable, op, side):
            return _undefined(reason)
    if rules is Rules.INSTALLERS:
        if variable in _INSTALLER_VERSION_VARIABLES and (clause := specifier(op, reference)):
            return Outcome(
                clause.contains(candidate, prereleases=True), Kind.VERSION, "compared as versions"
            )
    elif (
        variable in VERSION_VARIABLES
        and (clause := specifier(op, reference))
        and (op == "===" or is_version(candidate))
    ):
        return Outcome(
            clause.contains(candidate, prereleases=True), Kind.VERSION, "compared as versions"
        )
    test = _TEXT.get(op)
    if test is None:
        return _undefined(f"{op} is not defined for {candidate!r} and {reference!r}")
    if op in ("in", "not in"):
        return Outcome(test(candidate, reference), Kind.SUBSTRING, "looked for as part of the text")
    if op in ("<", ">"):
        reason = "text has no order, so it is false"
    elif op in ("<=", ">="):
        reason = "text has no order, so it means =="
    else:
        reason = "compared as text"
    return Outcome(test(candidate, reference), Kind.STRING, reason)


def _extra(name: str, op: str, on_left: bool, requested: frozenset[str]) -> Outcome:
    if op == "==":
        return Outcome(name in requested, Kind.SET, "is it among the requested extras?")
    if op == "!=":
        return Outcome(name not in requested, Kind.SET, "is it missing from the requested extras?")
    spelled = f"extra {op}" if on_left else f"{op} extra"
    return Outcome(False, Kind.SET, f"{spelled} has no meaning, so it is false")


def _membership(name: str, op: str, variable: str, names: frozenset[str]) -> Outcome:
    if op not in ("in", "not in"):
        # packaging compares a name with a set here: never equal, never ordered.
        if op in ("~=", "==="):
            return _undefined(f"{variable} is a set and has in and not in only")
        return Outcome(op == "!=", Kind.SET, f"a name is never equal to the set {variable}")
    found = canonicalize_name(name) in names
    return Outcome(found is (op == "in"), Kind.SET, f"membership in {variable}")


def _undefined(reason: str) -> Outcome:
    return Outcome(None, Kind.UNDEFINED, reason)


def _missing(variable: str) -> Outcome:
    return Outcome(None, Kind.MISSING, f"{variable} has no value here")


def error_of(outcome: Outcome, comparison: Comparison) -> Exception:
    """Return the exception that *outcome*, which has no value, of *comparison* stands for."""
    if outcome.kind is Kind.MISSING:
        variable = comparison.variable
        return UndefinedEnvironmentName(variable.name if variable else str(comparison))
    return UndefinedComparison(f"{comparison}: {outcome.reason}")
