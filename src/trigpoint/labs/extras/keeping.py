"""What four sets of rules say of each requirement, kept while somebody types at another one.

Idea: what the rules say of a requirement depends on its own text, on the references of the
project to itself, and on what is asked for, but on no other requirement.  So long as these stay,
only requirements that are new are asked about.

Invariant: all answers that are kept together were given for the same references, extras,
requests and environment.

Worked example: of 600 requirements one gets a letter more; 599 answers are kept, and the rules
are asked about one requirement and the references.

Cost: that of asking about what is new, and one look-up for each requirement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from trigpoint.extras import (
    Offer,
    Reason,
    Request,
    Resolution,
    RuleSet,
    Step,
    Where,
    compare_rules,
    requirements,
)
from trigpoint.extras.resolution import document_findings
from trigpoint.findings import Finding

__all__ = [
    "LONGEST_KEPT",
    "MOST_CONTEXTS",
    "MOST_KEPT",
    "ORDER",
    "RuleAnswer",
    "Told",
    "Turn",
    "Way",
    "tell",
    "texts",
]

ORDER: Final = tuple(RuleSet)
"""The sets of rules, in the order of their columns."""

MOST_CONTEXTS: Final = 4
"""Questions of which answers are kept; an extra more or another request makes a new one."""

MOST_KEPT: Final = 5000
"""Requirements whose answers are kept for one question; with one more, all are asked about anew."""

LONGEST_KEPT: Final = 1000
"""Characters of such a requirement; a longer one is asked about each time."""


@dataclass(frozen=True, slots=True)
class Way:
    """One sufficient reason, as a way from a request.

    ``extras`` are what the marker needs, ``absent`` what it needs not to be
    there, ``steps`` the texts on the way.
    """

    extras: tuple[str, ...]
    absent: tuple[str, ...]
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleAnswer:
    """What one set of rules says about one requirement.

    ``ways`` is empty where it is not pulled in; then ``why`` is a code (see
    :data:`trigpoint.extras.reasons.Why`) and ``message`` says it in words.
    """

    pulled: bool
    ways: tuple[Way, ...]
    why: str
    message: str


@dataclass(frozen=True, slots=True)
class Turn:
    """Where the chosen rules answer otherwise than installers do, in words, and how often."""

    kind: str
    gained: str
    gained_count: int
    lost: str
    lost_count: int


@dataclass(frozen=True, slots=True)
class Told:
    """What the rules say of one requirement, by their names.

    ``turn`` is None without a difference; ``undefined`` is why the chosen rules have no
    answer, empty where they have one.
    """

    answers: dict[str, RuleAnswer]
    turn: Turn | None
    undefined: str


def tell(
    offer: Offer, asked: tuple[Request, ...], environment: str, rules: RuleSet
) -> tuple[Mapping[RuleSet, Resolution], list[Told], tuple[Finding, ...]]:
    """Return what each set of rules makes of *asked* in *environment*, line by line of *offer*.

    The difference is that of *rules* from what installers do.  The resolutions lack
    requirements of which the answer is known; their extras and requests are complete.
    Last come the findings on the document by *rules*, as
    :func:`trigpoint.extras.requirements` has them.
    """
    references = tuple(line.text for line in offer.references)
    requests = tuple(each.text for each in asked)
    kept = _kept(
        (offer.name, offer.provides, offer.defaults, references, requests, environment, rules)
    )
    new = {line.text for line in offer.lines}.difference(kept)
    if len(kept) + len(new) > MOST_KEPT:
        kept.clear()
        new = {line.text for line in offer.lines}
    part = replace(
        offer, lines=tuple(line for line in offer.lines if line.itself or line.text in new)
    )
    sides = {each: requirements(part, asked, environment, each, findings=False) for each in ORDER}
    found = {**kept, **_asked(part, asked, sides, rules)}
    if len(found) <= MOST_KEPT:
        kept.update((key, found[key]) for key in new if len(key) <= LONGEST_KEPT)
    told = [found[line.text] for line in offer.lines]
    pairs = list(zip(offer.lines, told, strict=True))
    findings = document_findings(
        offer,
        rules,
        sides[rules].requested,
        [line for line, each in pairs if each.answers[rules.value].pulled],
        [(line, each.undefined) for line, each in pairs if each.undefined],
        sides[rules].open,
    )
    return sides, told, findings


@lru_cache(maxsize=MOST_CONTEXTS)
def _kept(context: tuple[object, ...]) -> dict[str, Told]:  # noqa: ARG001
    return {}


def _asked(
    offer: Offer,
    asked: tuple[Request, ...],
    sides: Mapping[RuleSet, Resolution],
    rules: RuleSet,
) -> dict[str, Told]:
    turns: dict[int, Turn] = {}
    if rules is not RuleSet.INSTALLERS:
        turns = {
            each.index: Turn(each.kind, *_counted(each.gained), *_counted(each.lost))
            for each in compare_rules(offer, asked, RuleSet.INSTALLERS, rules)
        }
    by_rules = {each.value: _by_index(side) for each, side in sides.items()}
    return {
        line.text: Told(
            {name: answers[line.index] for name, answers in by_rules.items()},
            turns.get(line.index),
            sides[rules].undefined.get(line.index, ""),
        )
        for line in offer.lines
    }


def _by_index(side: Resolution) -> Mapping[int, RuleAnswer]:
    pulled = {
        each.index: RuleAnswer(True, tuple(map(_way, each.reasons)), "", "") for each in side.pulled
    }
    skipped = {each.index: RuleAnswer(False, (), each.why, each.message) for each in side.skipped}
    return {**skipped, **pulled}


def _way(reason: Reason) -> Way:
    return Way(reason.extras, reason.absent, texts(reason.steps))


def texts(steps: Iterable[Step]) -> tuple[str, ...]:
    """Return *steps* as a reader sees them."""
    return tuple(
        f"{step.text} (default extras)" if step.kind == "default" else step.text for step in steps
    )


def _counted(where: Where) -> tuple[str, int]:
    return str(where), len(where.environments)
