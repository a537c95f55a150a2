"""Conditions on all environments at once, exactly, by the algebra of markers."""

from __future__ import annotations

from functools import lru_cache

from trigpoint.extras.rules import RuleSet
from trigpoint.extras.solve import UndefinedError
from trigpoint.markers import Marker, UndefinedComparison
from trigpoint.markers.meaning.semantics import VERSION_VARIABLES, is_version, specifier
from trigpoint.markers.reading.grammar import VARIABLES
from trigpoint.markers.reading.tree import Comparison, Literal, Operand, Variable

__all__ = ["Condition", "Everywhere"]

Condition = bool | Marker
"""Where something holds: everywhere, nowhere, or where a marker without extras does."""


class Everywhere:
    """The domain of all environments.

    What values environments can have is that of the algebra of markers; so is
    that a comparison which has an answer for some values only does not hold for
    the others.
    """

    true: Condition = True
    false: Condition = False

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules

    def both(self, left: Condition, right: Condition) -> Condition:
        """Join with *and*."""
        if isinstance(left, bool):
            return right if left else False
        if isinstance(right, bool):
            return left if right else False
        return _settled(left & right)

    def either(self, left: Condition, right: Condition) -> Condition:
        """Join with *or*."""
        if isinstance(left, bool):
            return True if left else right
        if isinstance(right, bool):
            return True if right else left
        return _settled(left | right)

    def negate(self, value: Condition) -> Condition:
        """Return the other environments."""
        return not value if isinstance(value, bool) else ~value

    def same(self, left: Condition, right: Condition) -> bool:
        """Compare by meaning."""
        if isinstance(left, bool) or isinstance(right, bool):
            return left is right
        return left.equivalent(right)

    def comparison(self, node: Comparison) -> Condition:
        """Return the condition of a comparison without extras."""
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


def _is_version(variable: str) -> Condition:
    """Return where the value of a variable is a version; none is lower than this one."""
    return _leaf(f"{variable} >= '0.dev0'")


def _spelled(node: Comparison) -> str:
    try:
        return str(node)
    except ValueError as error:
        raise UndefinedError(str(error)) from None


def _settled(marker: Marker) -> Condition:
    if not marker.is_satisfiable():
        return False
    return True if marker.is_always() else marker


@lru_cache(maxsize=1024)
def _leaf(text: str) -> Condition:
    try:
        return _settled(Marker(text))
    except UndefinedComparison as error:
        raise UndefinedError(str(error)) from None
