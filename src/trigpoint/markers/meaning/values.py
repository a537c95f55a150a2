"""The one reader of environments: what a marker is asked about.

Whoever takes an environment (:meth:`Marker.evaluate`, ``explain`` and ``restrict``,
``prepare``, assumptions, :mod:`trigpoint.extras`) has it read here, by one rule:

- a name that is no marker variable is refused, because a value under a misspelled
  name would change nothing, without a word.  ``packaging`` passes such names over;
  so does reading by the rules of installers, which stand for it;
- ``extra`` is one name, a set of names, or None for no extra; ``extras`` and
  ``dependency_groups`` are sets of names; everything else is text;
- a number in a version has no more digits than every Python can read.

What is refused raises :exc:`BadEnvironment`.

Source: Dependency specifiers, "Environment markers"; PEP 685 for names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple, TypeAlias

from packaging.markers import default_environment
from packaging.utils import canonicalize_name

from trigpoint.findings import TrigpointError
from trigpoint.markers.meaning.semantics import (
    SET_VARIABLES,
    VERSION_VARIABLES,
    Outcome,
    Rules,
    compare,
    error_of,
)
from trigpoint.markers.reading.grammar import VARIABLES
from trigpoint.markers.reading.tree import Comparison
from trigpoint.versions import MOST_DIGITS, long_number

__all__ = ["Answers", "BadEnvironment", "EnvironmentLike", "Values", "answers_of", "read_values"]

EnvironmentLike: TypeAlias = Mapping[str, "str | AbstractSet[str] | None"]
"""Marker variables to what they hold."""

_TEXTS = frozenset(VARIABLES) - SET_VARIABLES - {"extra"}


class BadEnvironment(TrigpointError, ValueError):  # noqa: N818 (it reads as a sentence where it is raised)
    """The values cannot be those of an interpreter; the message says why.

    ``variable`` is the one that is wrong.
    """

    def __init__(self, variable: str, reason: str) -> None:
        super().__init__(f"{variable}: {reason}")
        self.variable = variable

    def __reduce__(self) -> tuple[object, ...]:
        variable, _, reason = str(self).partition(": ")
        return type(self), (variable, reason)


class Values(NamedTuple):
    """What an environment says.

    ``texts`` maps variables to text.  ``requested`` are the names under ``extra``
    and those that were handed over beside the environment, ``extras`` and
    ``groups`` the two sets; each is None where nothing is said of it.  All names
    are in normal form.
    """

    texts: dict[str, str]
    requested: tuple[str, ...] | None
    extras: frozenset[str] | None
    groups: frozenset[str] | None

    @property
    def all_extras(self) -> frozenset[str] | None:
        """Every extra that is requested, under whichever name; None where not known."""
        if self.requested is None:
            return self.extras
        return frozenset(self.requested).union(self.extras or ())


def read_values(
    environment: EnvironmentLike | None,
    extras: Iterable[str] | None = None,
    *,
    complete: bool = False,
    any_name: bool = False,
) -> Values:
    """Check *environment*, which may lack variables, and return what it says.

    ``extras`` names extras that are requested besides those in the environment, in
    any spelling.  With ``complete``, variables that are missing come from this
    interpreter.  With ``any_name``, names that are no marker variable are passed
    over, as ``packaging`` does.  Raises :exc:`BadEnvironment`.

    >>> read_values({"os_name": "nt", "extra": "Gui"}).requested
    ('gui',)
    >>> read_values({"sys_platfrom": "win32"})
    Traceback (most recent call last):
        ...
    trigpoint.markers.meaning.values.BadEnvironment: sys_platfrom: it is no marker variable; \
did you mean sys_platform?
    """
    texts: dict[str, str] = dict(default_environment()) if complete else {}  # type: ignore[arg-type]
    requested = None if extras is None else dict.fromkeys(_names("extras", extras))
    sets: dict[str, frozenset[str]] = {}
    for name, value in environment.items() if environment is not None else ():
        if name in _TEXTS:
            if not isinstance(value, str):
                raise BadEnvironment(name, f"it is text, not {value!r}")
            if len(value) > MOST_DIGITS and name in VERSION_VARIABLES and long_number(value):
                raise BadEnvironment(name, f"a number in it has more than {MOST_DIGITS} digits")
            texts[name] = value
        elif name == "extra":
            if requested is None:
                requested = {}
            if value is not None:
                items = (value,) if isinstance(value, str) else value
                requested.update(dict.fromkeys(_names(name, items)))
        elif name in SET_VARIABLES:
            sets[name] = frozenset(_names(name, value))
        elif not any_name:
            raise BadEnvironment(str(name), f"it is no marker variable{_meant(name)}")
        elif isinstance(value, str):
            texts[name] = value
    return Values(
        texts,
        None if requested is None else tuple(requested),
        sets.get("extras"),
        sets.get("dependency_groups"),
    )


def _names(variable: str, items: object) -> list[str]:
    """Return names in normal form, in the same order on every run; an empty one is none."""
    if isinstance(items, str) or not isinstance(items, Iterable):
        raise BadEnvironment(variable, f"it is a set of names, not {items!r}")
    names: list[str] = []
    for item in items:
        if not isinstance(item, str):
            raise BadEnvironment(variable, f"it holds names, not {item!r}")
        if item:
            names.append(canonicalize_name(item))
    return sorted(names) if isinstance(items, AbstractSet) else names


def _meant(name: object) -> str:
    import difflib  # seldom needed, and slow to import

    close = difflib.get_close_matches(str(name)[:40], VARIABLES, n=1, cutoff=0.75)
    return f"; did you mean {close[0]}?" if close else ""


class Answers:
    """Answers comparisons in one environment, with one reading of extras."""

    __slots__ = ("rules", "sets", "values")

    def __init__(
        self, values: Mapping[str, str], sets: Mapping[str, frozenset[str]], rules: Rules
    ) -> None:
        self.values = values
        self.sets = sets
        self.rules = rules

    def outcome(self, node: Comparison) -> Outcome:
        """Return what *node* answers, and why."""
        return compare(node, self.values, self.sets, self.rules)

    def __call__(self, node: Comparison) -> bool:
        """Return what a comparison answers.

        Raises the error that stands for no answer.
        """
        outcome = self.outcome(node)
        if outcome.value is None:
            raise error_of(outcome, node)
        return outcome.value

    def shown(self, name: str) -> str:
        """Return the value of the variable *name* as an explanation shows it."""
        names = self.sets.get(name)
        if names is not None and name not in self.values:
            return "{" + ", ".join(sorted(names)) + "}"
        value = self.values.get(name)
        return name if value is None else value


def answers_of(values: Values, rules: Rules, *, asks_extra: bool) -> list[tuple[str, Answers]]:
    """Return who answers a marker by *rules*: one, or one for each extra as installers ask.

    ``values`` are complete.  ``asks_extra`` says whether the marker reads the one
    extra that installers look at; they ask once if it does not.  Each comes with
    the extra that is looked at.
    """
    if rules is not Rules.INSTALLERS:
        names = values.all_extras or frozenset()
        sets = {"extra": names, "extras": names, "dependency_groups": values.groups or frozenset()}
        return [("", Answers(values.texts, sets, rules))]
    given = {"extras": values.extras, "dependency_groups": values.groups}
    known = {name: names for name, names in given.items() if names is not None}
    asked = list(values.requested or ()) or [""]
    if not asks_extra:
        asked = asked[:1]
    return [(name, Answers({**values.texts, "extra": name}, known, rules)) for name in asked]
