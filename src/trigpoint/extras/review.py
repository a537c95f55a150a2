"""What there is to say about the extras of a distribution, whoever asks for them.

The idea: names are checked where they are declared, tests where they stand, and
what nothing ever pulls in is found by solving once with each extra asked for
where a marker of its own holds (:func:`.reach.solve_for_any_request`).

Worked example: ``x; extra == "a" and extra == "b"`` is never pulled in by the
rules of installers, which ask about one extra at a time; by the specification
it is, where both are asked for.

Cost: that of :mod:`.solve`; the rest is linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from packaging.utils import canonicalize_name

from trigpoint.catalogue import report
from trigpoint.extras.offer import (
    MOST_NEGATIONS,
    MOST_REFERENCES,
    DocumentLike,
    Line,
    Locate,
    Offer,
    read_offer,
)
from trigpoint.extras.reach import solve_for_any_request
from trigpoint.extras.requested import check_request
from trigpoint.extras.rules import RuleSet, RuleSetLike
from trigpoint.extras.solve import about_extras, tested_extra
from trigpoint.findings import Finding, Fix, Span, in_text_order
from trigpoint.markers.reading.tree import comparisons

__all__ = ["review", "review_offer"]

_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?").fullmatch


def review(document: DocumentLike, rules: RuleSetLike = "spec") -> tuple[Finding, ...]:
    """Return what is wrong with, or surprising about, the extras of a distribution.

    ``document`` is metadata, as for :func:`requirements`; ``rules`` is a
    :class:`RuleSet` or its value.  Findings come in text order, with places if
    the document has them.

    >>> document = {"Name": ["pkg"], "Provides-Extra": ["docs", "idle"],
    ...             "Requires-Dist": ["sphinx; extra == 'doc'", "tox; extra == 'docs'"]}
    >>> for finding in review(document):
    ...     print(finding.code, "-", finding.message)
    extra-unreachable - doc is no extra of pkg, so pip never pulls sphinx in; uv and poetry do
    extra-pulls-nothing - no requirement depends on the extra idle

    Source: Core metadata, "Provides-Extra"; Dependency specifiers; PEP 685; PEP 771.
    """
    return tuple(in_text_order(review_offer(read_offer(document), RuleSet(rules))))


def review_offer(offer: Offer, rules: RuleSet) -> list[Finding]:
    """Do the work of :func:`review` for *offer* and *rules*, unsorted."""
    findings = [*_declarations(offer, rules)]
    provides = frozenset(offer.provides)
    for line in offer.lines:
        findings += _line(line, offer, provides, rules)
    if rules is RuleSet.SUMMIT:
        findings += _old_variable(offer)
    findings += _idle(offer, rules)
    findings += _never(offer, rules)
    return findings


def _declarations(offer: Offer, rules: RuleSet) -> Iterator[Finding]:
    """Check the names in Provides-Extra and Default-Extra."""
    for spelled in (offer.spelled_provides, offer.spelled_defaults):
        seen: dict[str, str] = {}
        for value, place in spelled:
            name, span = canonicalize_name(value.strip()), place(0, len(value))
            if not _NAME(value.strip()):
                yield report(
                    "extra-name",
                    f"{value!r} is no name of an extra",
                    span,
                    Fix("use letters, digits, and - _ . between them"),
                )
                continue
            if value != name:
                yield report(
                    "extra-unnormalised",
                    f"{value} is compared as {name}",
                    span,
                    Fix(f"write {name}", name if span else None, span),
                )
            if name not in seen:
                seen[name] = value
            elif seen[name] == value:
                yield report("extra-repeated", f"{name} is listed twice", span)
            else:
                yield report(
                    "extra-clash",
                    f"{value} and {seen[name]} are the same name",
                    span,
                    Fix("rename one of them, or put their requirements together"),
                )
    known = frozenset(offer.provides)
    for value, place in offer.spelled_defaults:
        if canonicalize_name(value.strip()) not in known:
            yield report(
                "extra-default-unprovided",
                f"the default extra {value} is none that is provided",
                place(0, len(value)),
                Fix(f"add Provides-Extra: {value}"),
            )
    if offer.spelled_defaults and not rules.honours_defaults:
        value, place = offer.spelled_defaults[0]
        yield report(
            "extra-defaults-ignored",
            f"by the rules of {rules.title} there are no default extras, so a bare "
            f"{offer.name} brings none",
            place(0, len(value)),
        )


_ABOUT_NAMES = frozenset(
    {"extra-unnormalised", "extra-repeated", "extra-negative", "marker-extra-name"}
)


def _line(line: Line, offer: Offer, known: frozenset[str], rules: RuleSet) -> Iterator[Finding]:
    request = line.request
    for finding in request.findings:
        if finding.code in _ABOUT_NAMES or (
            not request.valid and finding.severity.value == "error"
        ):
            yield line.moved(finding)
    if not request.valid:
        return
    provides: frozenset[str] | None = None
    defaults: frozenset[str] = frozenset()
    if line.itself:
        provides, defaults = known, frozenset(offer.defaults)
    if line.itself or request.excluded:
        checked = check_request(request, provides, defaults, rules)
        yield from (
            line.moved(finding)
            for finding in checked
            if line.itself or finding.code == "extra-negative-refused"
        )
    if line.tree is not None:
        yield from _tests(line, offer, known, rules)


def _tests(line: Line, offer: Offer, known: frozenset[str], rules: RuleSet) -> Iterator[Finding]:
    """Check what a marker says about extras."""
    assert line.tree is not None
    if not line.mentions:
        return
    told: set[tuple[str, str]] = set()
    places: dict[tuple[str, str], Span | None] | None = None
    for node in comparisons(line.tree):
        test = tested_extra(node)
        if test is None or not test[0]:
            continue
        name, wanted = test
        required = line.request.name
        code = "extra-unreachable" if wanted else "extra-retracts"
        if (code, name) in told or (wanted and name in known):
            continue
        told.add((code, name))
        if places is None:
            places = line.spans_of_tests()
        span = places.get((name, node.op)) or line.span()
        if wanted:
            yield report(
                code,
                f"{name} is no extra of {offer.name or 'this project'}, so "
                f"pip never pulls {required} in; uv and poetry do",
                span,
                Fix(f"add Provides-Extra: {name}, or correct the name"),
            )
        elif rules.per_extra:
            yield report(
                code,
                f"installers ask once without any extra, and then {name} is "
                f"missing: this never keeps {required} out",
                span,
            )
        else:
            yield report(code, f"asking for {name}, anywhere, takes {required} away again", span)
    if rules in (RuleSet.SPEC, RuleSet.PEP771):
        yield from (
            line.moved(finding)
            for finding in line.request.findings
            if finding.code == "marker-extras-context"
        )


def _old_variable(offer: Offer) -> Iterator[Finding]:
    """Say once that the proposal spells tests otherwise."""
    old = [
        line
        for line in offer.lines
        if line.tree is not None
        and line.request.marker
        and "extra" in line.request.marker.variables
    ]
    if old:
        more = f" (and {len(old) - 1} more)" if len(old) > 1 else ""
        yield report(
            "marker-extra-summit",
            f"{old[0].request.name}{more} tests extra; the proposal says in extras, and "
            "== and != are read as in and not in",
            old[0].span(),
        )


def _idle(offer: Offer, rules: RuleSet) -> Iterator[Finding]:
    """Say which extras no requirement depends on."""
    used: set[str] = set()
    for line in offer.lines:
        if line.tree is None or not line.request.valid:
            continue
        for node in comparisons(line.tree):
            if not about_extras(node):
                continue
            test = tested_extra(node)
            if test is not None:
                used.add(test[0])
            elif rules.per_extra:
                return  # a test on text may hold for any name
    spelled: dict[str, tuple[str, Locate]] = {}
    for value, place in offer.spelled_provides:
        spelled.setdefault(canonicalize_name(value.strip()), (value, place))
    for name in offer.provides:
        if name in used:
            continue
        value, place = spelled[name]
        yield report(
            "extra-pulls-nothing",
            f"no requirement depends on the extra {name}",
            place(0, len(value)),
        )


def _never(offer: Offer, rules: RuleSet) -> Iterator[Finding]:
    """Say which requirements no request pulls in, in no environment."""
    solution = solve_for_any_request(offer, rules)
    known = frozenset(offer.provides)
    for index, reason in solution.too_large.items():
        line = offer.lines[index]
        message = f"when {line.request.name} is pulled in was not worked out: {reason}"
        yield report("extra-too-large", message, line.span())
    beyond = [line for line in offer.lines if line.beyond]
    if beyond:
        more = f" and {len(beyond) - 1} more" if len(beyond) > 1 else ""
        message = (
            f"this reference of {offer.name} to itself{more} is not followed: at most "
            f"{MOST_REFERENCES} are, and of those with an absent extra {MOST_NEGATIONS}"
        )
        yield report("extra-too-large", message, beyond[0].span())
    for index, condition in solution.lines.items():
        line = offer.lines[index]
        if condition is not False or index in solution.undefined or index in solution.too_large:
            continue
        if any(name not in known for name in line.mentions):
            continue  # that is the reason, and has been told
        yield report(
            "extra-never",
            f"by the rules of {rules.title} nothing ever pulls {line.request.name} in",
            line.span(),
        )
