"""Where a condition holds: in one environment, in each of a list, or in all there can be.

The way extras follow from each other is the same whatever the values of
conditions are, as long as they know *and*, *or* and *not*.  So :mod:`.solve`
is written once, over a :class:`Domain`, and this file has three of them:
:class:`OneEnvironment` (True and False), :class:`ListedEnvironments` (one bit
for each) and :class:`AllEnvironments` (markers, by the exact algebra).

Worked example: ``os_name == 'nt'`` is False on Linux, ``0b10`` for the list
(Linux, Windows), and the marker itself over all environments.

Cost: one comparison of a marker is asked once for each environment.  A
condition over all environments may have :data:`MOST_PARTS` parts; references
that join independent tests in all combinations would double it at each step.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Protocol, TypeVar

from trigpoint.extras.rows import Rows, read_rows
from trigpoint.extras.rules import RuleSet
from trigpoint.findings import TrigpointError
from trigpoint.kept import keeps
from trigpoint.markers import Marker, UndefinedComparison
from trigpoint.markers.exact.nodes import ATOM, nodes
from trigpoint.markers.exact.texts import Undecided
from trigpoint.markers.meaning.semantics import VERSION_VARIABLES, compare, is_version, specifier
from trigpoint.markers.reading.grammar import VARIABLES
from trigpoint.markers.reading.tree import Comparison, Literal, Node, Operand, Variable

__all__ = [
    "MOST_PARTS",
    "MOST_TEXT_PARTS",
    "AllEnvironments",
    "Condition",
    "Domain",
    "ListedEnvironments",
    "OneEnvironment",
    "TooLargeError",
    "UndefinedError",
    "constant",
]

T = TypeVar("T")

MOST_PARTS = 2_000
"""Questions that a condition on all environments may ask."""

MOST_TEXT_PARTS = 100
"""Those among them that may look for a part of a text: what they exclude is hard to say."""

_NO_SETS: Mapping[str, frozenset[str]] = {
    "extra": frozenset(),
    "extras": frozenset(),
    "dependency_groups": frozenset(),
}


class UndefinedError(TrigpointError):
    """A marker has no answer; the message says why.  It never leaves this package."""


class TooLargeError(UndefinedError):
    """An answer was not worked out, since it would take more than a stated bound."""


class Domain(Protocol[T]):
    """Values that conditions can have, and how they are joined."""

    true: T
    false: T

    @property
    def key(self) -> Hashable:
        """What the meaning of a comparison depends on, besides the rules."""

    def both(self, left: T, right: T) -> T:
        """Return the condition that *left* and *right* both hold."""

    def either(self, left: T, right: T) -> T:
        """Return the condition that *left* or *right* holds, or both."""

    def negate(self, value: T) -> T:
        """Return the condition that *value* does not hold."""

    def same(self, left: T, right: T) -> bool:
        """Say whether *left* and *right* mean the same."""

    def comparison(self, node: Comparison) -> T:
        """Return when *node*, a comparison without extras, holds.

        May raise :exc:`UndefinedError`.
        """

    def rows(self, tree: Node, leaf: Callable[[Comparison], tuple[str, bool] | T]) -> Rows | None:
        """Return *tree* as rows, or None where more than extras decides whether it holds.

        *leaf* returns the extra that a comparison tests, with whether it must be there, or the
        condition of the comparison.  What it raises is raised.
        """


class OneEnvironment:
    """The domain of one environment: plain truth values."""

    true = True
    false = False

    def __init__(self, values: Mapping[str, str], rules: RuleSet) -> None:
        self.values = values
        self.rules = rules

    @property
    def key(self) -> Hashable:
        """The class, which may decide otherwise, and the environment."""
        return type(self), frozenset(self.values.items())

    def both(self, left: bool, right: bool) -> bool:
        """Join *left* and *right* with ``and``."""
        return left and right

    def either(self, left: bool, right: bool) -> bool:
        """Join *left* and *right* with ``or``."""
        return left or right

    def negate(self, value: bool) -> bool:
        """Return the opposite of *value*."""
        return not value

    def same(self, left: bool, right: bool) -> bool:
        """Say whether *left* and *right* are equal."""
        return left is right

    def comparison(self, node: Comparison) -> bool:
        """Decide *node* by the environment's values; may raise :exc:`UndefinedError`."""
        return constant(node, self.rules, self.values)

    def rows(self, tree: Node, leaf: Callable[[Comparison], tuple[str, bool] | bool]) -> Rows:
        """Return *tree* as rows: what *leaf* says of other comparisons is known."""
        return read_rows(tree, leaf)


def constant(node: Comparison, rules: RuleSet, values: Mapping[str, str]) -> bool:
    """Decide *node* by *rules*, where *values* has all that it asks for.

    May raise :exc:`UndefinedError`.
    """
    sets = {} if rules.per_extra else _NO_SETS
    outcome = compare(node, values, sets, rules.marker_rules)
    if outcome.value is None:
        raise UndefinedError(outcome.reason)
    return outcome.value


class ListedEnvironments:
    """The domain of a list of environments: a bit for each in which a condition holds.

    A comparison that has an answer in some of them only does not hold in the others.
    """

    def __init__(self, environments: Sequence[Mapping[str, str]], rules: RuleSet) -> None:
        self.environments = environments
        self.rules = rules
        self.true = (1 << len(environments)) - 1
        self.false = 0
        self._known: dict[str, int] = {}

    @property
    def key(self) -> Hashable:
        """The environments, in their order."""
        return tuple(frozenset(values.items()) for values in self.environments)

    def both(self, left: int, right: int) -> int:
        """Join *left* and *right* with ``and``."""
        return left & right

    def either(self, left: int, right: int) -> int:
        """Join *left* and *right* with ``or``."""
        return left | right

    def negate(self, value: int) -> int:
        """Return the environments that *value* lacks."""
        return self.true & ~value

    def same(self, left: int, right: int) -> bool:
        """Say whether *left* and *right* are equal."""
        return left == right

    def comparison(self, node: Comparison) -> int:
        """Decide *node* in every environment; may raise :exc:`UndefinedError`."""
        text = str(node)
        found = self._known.get(text)
        if found is None:
            found = self._known[text] = self._compare(node)
        return found

    def _compare(self, node: Comparison) -> int:
        mask, undefined = 0, []
        for index, values in enumerate(self.environments):
            try:
                mask |= constant(node, self.rules, values) << index
            except UndefinedError as error:
                undefined.append(error)
        if undefined and len(undefined) == len(self.environments):
            raise undefined[0]
        return mask

    def rows(self, _tree: Node, _leaf: Callable[[Comparison], object]) -> None:
        """Return nothing: an environment decides otherwise than the next."""


Condition = bool | Marker
"""Where something holds: everywhere, nowhere, or where a marker without extras does."""


class AllEnvironments:
    """The domain of all environments.

    What values environments can have is that of the algebra of markers; so is
    that a comparison which has an answer for some values only does not hold for
    the others.
    """

    true: Condition = True
    false: Condition = False

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules

    @property
    def key(self) -> Hashable:
        """Nothing: there is but one."""
        return AllEnvironments.__qualname__

    def both(self, left: Condition, right: Condition) -> Condition:
        """Join *left* and *right* with ``and``."""
        if isinstance(left, bool):
            return right if left else False
        if isinstance(right, bool):
            return left if right else False
        return _bounded(_settled(left & right))

    def either(self, left: Condition, right: Condition) -> Condition:
        """Join *left* and *right* with ``or``."""
        if isinstance(left, bool):
            return True if left else right
        if isinstance(right, bool):
            return True if right else left
        return _bounded(_settled(left | right))

    def negate(self, value: Condition) -> Condition:
        """Return the environments that *value* lacks."""
        return not value if isinstance(value, bool) else ~value

    def same(self, left: Condition, right: Condition) -> bool:
        """Say whether *left* and *right* have one meaning."""
        if isinstance(left, bool) or isinstance(right, bool):
            return left is right
        return left.equivalent(right)

    def comparison(self, node: Comparison) -> Condition:
        """Return the condition of *node*, a comparison without extras.

        May raise :exc:`UndefinedError`.
        """
        return self._as_installers(node) if self.rules.per_extra else _leaf(_spelled(node))

    def _as_installers(self, node: Comparison) -> Condition:
        """Say in the specification's words what a comparison means to installers.

        They differ in little: the second of two variables or values is taken for
        the other kind, ``platform_version`` is text, and ``!=`` does not hold
        between a version and a text that is none.
        """
        left, op, right = node.left, node.op, node.right
        if isinstance(left, Variable) and isinstance(right, Variable):
            right = Literal(right.name, 0, 0)
        elif isinstance(left, Literal) and isinstance(right, Literal):
            if right.value not in VARIABLES:
                raise UndefinedError(f"{right.value!r} has no value here")
            right = Variable(right.value, 0, 0)
        swapped = isinstance(right, Variable)
        variable, literal = (right, left) if swapped else (left, right)
        if str(variable) == "platform_version" and op not in ("in", "not in"):
            return self._text(str(variable), op, literal)
        plain = _spelled(Comparison(left, op, right))
        if str(variable) not in VERSION_VARIABLES or op not in ("!=", "~="):
            return _leaf(plain)
        value = literal.value if isinstance(literal, Literal) else ""
        if swapped and not is_version(value):
            if op == "~=":
                return False
            return self.both(_leaf(plain), self.negate(_is_version(str(variable))))
        if not swapped and op == "!=" and specifier(op, value) is not None:
            return self.both(_leaf(plain), _is_version(str(variable)))
        return _leaf(plain)

    def _text(self, variable: str, op: str, literal: Operand) -> Condition:
        if op in ("<", ">"):
            return False
        if op in ("~=", "==="):
            raise UndefinedError(f"{op} is not defined for text")
        equal = self.both(_leaf(f"{literal} in {variable}"), _leaf(f"{variable} in {literal}"))
        return self.negate(equal) if op == "!=" else equal

    def rows(self, _tree: Node, _leaf: Callable[[Comparison], object]) -> None:
        """Return nothing: an environment decides otherwise than the next."""


def _is_version(variable: str) -> Condition:
    """Return where the value of a variable is a version; none is lower than this one."""
    return _leaf(f"{variable} >= '0.dev0'")


def _spelled(node: Comparison) -> str:
    try:
        return str(node)
    except ValueError as error:
        raise UndefinedError(str(error)) from None


def _settled(marker: Marker) -> Condition:
    try:
        if not marker.is_satisfiable():
            return False
        return True if marker.is_always() else marker
    except Undecided:
        raise TooLargeError("whether its condition can hold was not found out in time") from None


def _bounded(condition: Condition) -> Condition:
    """Return *condition*, or raise :exc:`TooLargeError` if it has too many parts."""
    if isinstance(condition, bool):
        return condition
    texts = 0
    for parts, node in enumerate(nodes(condition.meaning.node), 1):
        texts += node.kind == ATOM
        if parts > MOST_PARTS or texts > MOST_TEXT_PARTS:
            raise TooLargeError("its condition has too many parts")
    return condition


@keeps(1024)
def _leaf(text: str) -> Condition:
    try:
        return _settled(Marker(text))
    except UndefinedComparison as error:
        raise UndefinedError(str(error)) from None
