"""What environment markers mean.

:class:`Marker` can stand in for ``packaging.markers.Marker`` and says more: all
findings of a broken marker, why a marker holds, and what it means by the
specification, to installers, or under the summit's proposal.

Source: Dependency specifiers, "Environment markers"; PEP 508, PEP 685, PEP 751.
"""

from trigpoint.markers.exact.assumptions import BadAssumption, Exclusive
from trigpoint.markers.exact.prepared import Prepared, prepare
from trigpoint.markers.marker import InvalidMarker, Marker, Migration
from trigpoint.markers.meaning.differences import DIFFERENCES, Difference
from trigpoint.markers.meaning.environments import ENVIRONMENTS, Environment, this_interpreter
from trigpoint.markers.meaning.explain import Explanation
from trigpoint.markers.meaning.semantics import (
    Kind,
    Rules,
    UndefinedComparison,
    UndefinedEnvironmentName,
)
from trigpoint.markers.meaning.values import BadEnvironment
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
