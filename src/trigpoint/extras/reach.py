"""When a requirement is pulled in, whoever asks: a condition on extras and environment."""

from __future__ import annotations

from collections.abc import Mapping

from trigpoint.extras.domains import AllEnvironments, Condition
from trigpoint.extras.offer import DocumentLike, Offer, read_offer
from trigpoint.extras.requested import brought_by_references, readable_lines
from trigpoint.extras.rules import RuleSet, RuleSetLike
from trigpoint.extras.solve import Interpreter, Solution, solve
from trigpoint.markers import Marker

__all__ = ["reach", "solve_for_any_request"]


def reach(document: DocumentLike, rules: RuleSetLike = "spec") -> dict[int, Condition]:
    """Return the condition under which each requirement is pulled in, by its index.

    ``document`` is metadata, as for :func:`requirements`; ``rules`` is a
    :class:`RuleSet` or its value.  A condition is True (always), False (never) or a marker, in which
    ``extra == "a"`` says that ``a`` is asked for.  What the distribution's
    references to itself bring is worked in: the markers on the way are joined.
    A bare request by rules with default extras asks for those extras.
    Requirements that cannot be read are left out, and so are those that would
    take too much to work out (:func:`review` says which); one that has no answer
    is never pulled in.

    >>> document = {"Name": ["pkg"], "Provides-Extra": ["a", "all"], "Requires-Dist": [
    ...     "attrs", "pywin32; extra == 'a'", "pkg[a]; extra == 'all' and os_name == 'nt'"]}
    >>> for condition in reach(document).values():
    ...     print(condition)
    True
    os_name == "nt" and extra == "all" or extra == "a"
    os_name == "nt" and extra == "all"

    Source: Dependency specifiers, "Environment markers" and "Extras".
    """
    solution = solve_for_any_request(read_offer(document), RuleSet(rules))
    return {
        index: condition
        for index, condition in solution.lines.items()
        if index not in solution.too_large
    }


def solve_for_any_request(offer: Offer, rules: RuleSet) -> Solution[Condition]:
    """Solve *offer* by *rules*, each extra asked for exactly where ``extra == name`` holds."""
    seeds: Mapping[str, Condition] = {
        name: Marker(f'extra == "{name}"') for name in sorted(offer.provides)
    }
    reading = Interpreter[Condition](AllEnvironments(rules), rules, installed=True)
    return solve(reading, readable_lines(offer, rules), brought_by_references(offer, rules), seeds)
