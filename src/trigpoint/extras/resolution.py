"""Which requirements of a distribution are pulled in, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from trigpoint.catalogue import report
from trigpoint.extras.domains import OneEnvironment
from trigpoint.extras.offer import DocumentLike, Line, Offer, read_offer
from trigpoint.extras.reasons import Explainer, Reason, Skipped
from trigpoint.extras.requested import (
    EnvironmentLike,
    RequestedExtras,
    RequestsLike,
    Step,
    as_requests,
    brought_by_references,
    gather,
    marker_values,
    readable_lines,
)
from trigpoint.extras.review import review_offer
from trigpoint.extras.rules import RuleSet, RuleSetLike
from trigpoint.extras.solve import Interpreter, Solution, solve
from trigpoint.findings import Finding, Fix, in_text_order
from trigpoint.requirements import read_requirement
from trigpoint.requirements.together import compared

__all__ = ["Pulled", "Resolution", "document_findings", "requirements"]


@dataclass(frozen=True, slots=True)
class Pulled:
    """A requirement that is pulled in.

    ``index`` counts the requirements from 0, ``name`` is the project that is
    required, in normal form, ``itself`` says whether that is the distribution
    itself.  Each of ``reasons`` is enough.
    """

    index: int
    text: str
    name: str
    itself: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Resolution:
    """What requests pull in, in one environment, by one set of rules.

    ``extras`` is the whole set, with what the distribution's references to
    itself add; ``requested`` is what the requests bring alone, with the
    findings on them.  ``steps`` says how each extra came.  ``pulled`` and
    ``skipped`` hold all requirements, in text order.  ``open`` are extras about
    which the references contradict themselves; they are not in ``extras``.
    ``undefined`` has the reason for each requirement whose marker has no answer, by its
    index.  ``findings`` is about the document.

    Iteration goes over ``pulled``.
    """

    rules: RuleSet
    requested: RequestedExtras
    extras: frozenset[str]
    steps: Mapping[str, tuple[Step, ...]]
    pulled: tuple[Pulled, ...]
    skipped: tuple[Skipped, ...]
    open: tuple[str, ...]
    findings: tuple[Finding, ...]
    undefined: Mapping[int, str] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Pulled]:
        return iter(self.pulled)

    def __len__(self) -> int:
        return len(self.pulled)

    @property
    def names(self) -> tuple[str, ...]:
        """Other projects that are pulled in, in text order, each once."""
        return tuple(dict.fromkeys(each.name for each in self.pulled if not each.itself))


def requirements(
    document: DocumentLike,
    requests: RequestsLike,
    environment: EnvironmentLike | None = None,
    rules: RuleSetLike = "spec",
    *,
    findings: bool = True,
) -> Resolution:
    """Return each requirement that *requests* pull in, with the reasons.

    ``document`` is metadata (a mapping from field names to lists of values, the
    text of a METADATA file, or what :func:`read_offer` made of one), ``requests`` one request a line or several of
    them, ``environment`` a mapping of marker variables or the name of an
    environment (missing variables come from this interpreter), ``rules`` a
    :class:`RuleSet` or its value.  Without ``findings``, the answer has none on the
    document, which is quicker where another answer has them.

    References of the distribution to itself are followed, in circles too; the
    markers on the way all have to hold.  Raises
    :exc:`trigpoint.markers.meaning.environments.UnknownEnvironmentError` for a name
    that no environment has; what is wrong with the texts is in ``findings``.

    >>> document = {"Name": ["pkg"], "Provides-Extra": ["all", "docs"], "Requires-Dist": [
    ...     "attrs", "sphinx; extra == 'docs'", "pkg[docs]; extra == 'all'"]}
    >>> for each in requirements(document, "pkg[all]"):
    ...     print(each.text, "because of", *each.reasons)
    attrs because of pkg[all]
    sphinx; extra == 'docs' because of pkg[all] -> pkg[docs]; extra == 'all'
    pkg[docs]; extra == 'all' because of pkg[all]
    >>> [each.message for each in requirements(document, "pkg").skipped]
    ['docs is not asked for', 'all is not asked for']

    Source: Dependency specifiers; PEP 771; for installers, recorded runs.
    """
    chosen = RuleSet(rules)
    offer = read_offer(document)
    values = marker_values(environment)
    provides, defaults = frozenset(offer.provides), frozenset(offer.defaults)
    requested = gather(as_requests(requests), provides, defaults, chosen, offer.name, values)
    lines = readable_lines(offer, chosen)
    brought = brought_by_references(offer, chosen)
    reading = Interpreter(
        OneEnvironment(values, chosen), chosen, installed=bool(requested.accepted)
    )
    solution = solve(reading, lines, brought, dict.fromkeys(sorted(requested.extras), True))
    explainer = Explainer(reading, offer, solution.extras)
    if requested.accepted:
        index, first = requested.accepted[0]
        origin = Step("request", index, first.text, first.extras or ())
        explainer.find_ways(origin, requested.steps, lines, brought)
    pulled = tuple(
        Pulled(line.index, line.text, line.request.name, line.itself, explainer.reasons(line))
        for line in lines
        if solution.lines[line.index]
    )
    return Resolution(
        chosen,
        requested,
        frozenset(solution.extras),
        explainer.ways,
        pulled,
        _skipped(offer, solution, explainer),
        tuple(sorted(solution.open)),
        document_findings(
            offer,
            chosen,
            requested,
            [offer.lines[each.index] for each in pulled],
            [(offer.lines[index], reason) for index, reason in solution.undefined.items()],
            solution.open,
        )
        if findings
        else (),
        solution.undefined,
    )


def document_findings(
    offer: Offer,
    rules: RuleSet,
    requested: RequestedExtras,
    pulled: Sequence[Line],
    undefined: Iterable[tuple[Line, str]],
    contested: Iterable[str],
) -> tuple[Finding, ...]:
    """Return what there is to say about *offer*, by *rules* and for what is *requested*.

    *pulled* are the requirements that are pulled in, *undefined* those without an answer,
    each with the reason, and *contested* the extras about which the references contradict
    themselves: what :func:`requirements` found out, at once or line by line.
    """
    found = [
        *review_offer(offer, rules),
        *_troubles(offer, undefined, contested),
        *_conflicts(pulled, requested),
    ]
    return tuple(in_text_order(found))


def _skipped(offer: Offer, solution: Solution[bool], explainer: Explainer) -> tuple[Skipped, ...]:
    skipped = []
    for line in offer.lines:
        if line.index not in solution.lines:
            message = "it is no requirement by these rules"
            skipped.append(Skipped(line.index, line.text, "unreadable", (), False, message))
        elif line.index in solution.undefined:
            message = f"the marker has no answer: {solution.undefined[line.index]}"
            skipped.append(Skipped(line.index, line.text, "undefined", (), False, message))
        elif line.index in solution.too_large:
            message = f"it was not worked out: {solution.too_large[line.index]}"
            skipped.append(Skipped(line.index, line.text, "undefined", (), False, message))
        elif not solution.lines[line.index]:
            skipped.append(explainer.skipped(line))
    return tuple(skipped)


def _conflicts(lines: Sequence[Line], requested: RequestedExtras) -> Iterator[Finding]:
    """Yield what excludes each other of *lines*, which are all *requested* here."""
    # Each applies, whatever its marker.
    found = compared([read_requirement(_front(line.text)) for line in lines])
    asked = " and ".join(request.text for _, request in requested.accepted)
    for each in found.conflicts:
        first, second = lines[each.first], lines[each.second]
        span = first.span()
        where = f" (line {span.line})" if span else ""
        yield report(
            "extra-conflict",
            f"no {each.name} is both what {_front(second.text)} and what {_front(first.text)}"
            f"{where} allow, and {asked} asks for both here",
            second.span(),
            Fix("ask for one of the extras, or for versions that both allow"),
        )


def _front(text: str) -> str:
    """Return the requirement *text* without its marker."""
    shape = read_requirement(text).shape
    return text if shape.marker is None else text[: shape.marker_at - 1].strip()


def _troubles(
    offer: Offer, undefined: Iterable[tuple[Line, str]], contested: Iterable[str]
) -> Iterator[Finding]:
    """Yield what is wrong in this environment."""
    for line, reason in undefined:
        yield report(
            "extra-undefined",
            f"the marker of {line.request.name} has no answer: {reason}",
            line.span(),
        )
    for name in sorted(contested):
        first = next(
            (line for line in offer.references if name in (line.request.extras or ())), None
        )
        yield report(
            "extra-contradicts-itself",
            f"{name} is asked for only if it is not asked for",
            first.span() if first else None,
        )
