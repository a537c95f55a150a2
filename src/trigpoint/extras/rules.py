"""The sets of rules about extras that can be compared."""

from __future__ import annotations

import enum
from typing import Literal

from trigpoint.markers import Rules

__all__ = ["RuleSet", "RuleSetLike"]


class RuleSet(enum.Enum):
    """How requests for extras are read.

    >>> RuleSet("pep771").honours_defaults, RuleSet("installers").per_extra
    (True, True)

    Source: Dependency specifiers; PEP 771; the proposal of the summit of 2022;
    for installers, recorded runs of pip and uv.
    """

    INSTALLERS = "installers"
    """What pip does: each marker is asked once without an extra and once for each."""

    SPEC = "spec"
    """The specification: each marker is asked once, about the set of all extras."""

    PEP771 = "pep771"
    """The specification and PEP 771: a bare request takes the default extras."""

    SUMMIT = "summit"
    """The 3.0 model: a set ``extras``, default extras, and names with a minus."""

    @property
    def title(self) -> str:
        """A few words for people."""
        return _TITLES[self]

    @property
    def per_extra(self) -> bool:
        """Whether a marker is asked about one extra at a time."""
        return self is RuleSet.INSTALLERS

    @property
    def honours_defaults(self) -> bool:
        """Whether a request without brackets takes the default extras."""
        return self in (RuleSet.PEP771, RuleSet.SUMMIT)

    @property
    def reads_negatives(self) -> bool:
        """Whether ``pkg[-name]`` is a request at all."""
        return self is RuleSet.SUMMIT

    @property
    def marker_rules(self) -> Rules:
        """The reading of single comparisons that goes with these rules."""
        if self is RuleSet.INSTALLERS:
            return Rules.INSTALLERS
        return Rules.SUMMIT if self is RuleSet.SUMMIT else Rules.SPEC


_TITLES = {
    RuleSet.INSTALLERS: "what installers do",
    RuleSet.SPEC: "the specification",
    RuleSet.PEP771: "PEP 771",
    RuleSet.SUMMIT: "the summit's proposal",
}

RuleSetLike = RuleSet | Literal["installers", "spec", "pep771", "summit"]
