"""What environment markers mean.

:class:`Marker` can stand in for ``packaging.markers.Marker`` and says more: all
findings of a broken marker, why a marker holds, and what it means by the
specification, to installers, or under the summit's proposal.

The rooms, lowest first: ``reading`` (text to tree), ``meaning`` (what a comparison
and an environment say), then ``exact`` (sets of environments as diagrams) and
``writing`` (from sets back to text), which need each other: whether a set is empty is
a search for an environment in it.  Above them stand ``computed`` and ``marker``.

Source: Dependency specifiers, "Environment markers"; PEP 508, PEP 685, PEP 751.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from trigpoint.markers.exact.prepared import Prepared, prepare
from trigpoint.markers.marker import InvalidMarker, Marker, Migration
from trigpoint.markers.meaning.semantics import (
    Kind,
    Rules,
    UndefinedComparison,
    UndefinedEnvironmentName,
)
from trigpoint.markers.meaning.values import BadEnvironment

if TYPE_CHECKING:
    from trigpoint.markers.exact.assumptions import BadAssumption, Exclusive
    from trigpoint.markers.meaning.differences import DIFFERENCES, Difference
    from trigpoint.markers.meaning.environments import (
        ENVIRONMENTS,
        Environment,
        this_interpreter,
    )
    from trigpoint.markers.meaning.explain import Explanation
    from trigpoint.markers.writing.spelling import CannotSpell

__all__ = [
    "DIFFERENCES",
    "ENVIRONMENTS",
    "BadAssumption",
    "BadEnvironment",
    "CannotSpell",
    "Difference",
    "Environment",
    "Exclusive",
    "Explanation",
    "InvalidMarker",
    "Kind",
    "Marker",
    "Migration",
    "Prepared",
    "Rules",
    "UndefinedComparison",
    "UndefinedEnvironmentName",
    "prepare",
    "this_interpreter",
]

# Public names that reading and asking a marker need not load, and where they live.
_LATER = {
    "BadAssumption": "exact.assumptions",
    "CannotSpell": "writing.spelling",
    "DIFFERENCES": "meaning.differences",
    "Difference": "meaning.differences",
    "ENVIRONMENTS": "meaning.environments",
    "Environment": "meaning.environments",
    "Exclusive": "exact.assumptions",
    "Explanation": "meaning.explain",
    "this_interpreter": "meaning.environments",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(importlib.import_module(f"{__name__}.{_LATER[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
