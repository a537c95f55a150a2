"""Which extras requests bring, by one set of rules.

This is what is asked for and no more: what the distribution's references to
itself add comes later, in :mod:`.solve`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from packaging.utils import canonicalize_name

from trigpoint.catalogue import report
from trigpoint.extras.domains import OneEnvironment, UndefinedError
from trigpoint.extras.offer import Line, Offer
from trigpoint.extras.request import Mention, Request, read_requests
from trigpoint.extras.rules import RuleSet, RuleSetLike
from trigpoint.extras.solve import Interpreter
from trigpoint.findings import Finding, Fix, in_text_order
from trigpoint.markers import Environment
from trigpoint.markers.meaning.environments import environment as named_environment
from trigpoint.markers.meaning.values import read_values
from trigpoint.markers.reading.grammar import parse

__all__ = [
    "MOST_REQUESTS",
    "Brought",
    "EnvironmentLike",
    "RequestedExtras",
    "RequestsLike",
    "Step",
    "acceptable",
    "as_requests",
    "bring",
    "brought_by_references",
    "check_request",
    "gather",
    "marker_values",
    "readable_lines",
    "requested_extras",
]

MOST_REQUESTS = 500
"""Requests for one distribution that are looked at together."""

RequestsLike = str | Iterable["Request | str"]
"""Requests: a text with one a line, or several of them."""

EnvironmentLike = Environment | Mapping[str, str] | str
"""Marker variables, or the name of an environment."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way from a request to an extra or a requirement.

    ``kind`` says what asked: ``"request"`` a request that names the extra,
    ``"default"`` a request that takes the default extras, ``"reference"`` a
    requirement of the distribution on itself.  ``index`` counts requests or
    requirements from 0, ``text`` is what stands there, ``extras`` what it brings.
    """

    kind: Literal["request", "default", "reference"]
    index: int
    text: str
    extras: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RequestedExtras:
    """The extras that requests bring, before the distribution adds any itself.

    ``accepted`` holds the requests that count, with their place in the list;
    ``steps`` says for each extra which of them brought it first.

    >>> "docs" in requested_extras("pkg[docs]", provides=["docs"])
    True
    """

    extras: frozenset[str]
    findings: tuple[Finding, ...]
    accepted: tuple[tuple[int, Request], ...]
    steps: Mapping[str, Step]

    def __contains__(self, name: object) -> bool:
        return name in self.extras


@dataclass(frozen=True, slots=True)
class Brought:
    """What one request brings: the extras by name, and those that are defaults."""

    named: frozenset[str]
    default: frozenset[str]

    @property
    def extras(self) -> frozenset[str]:
        """All of them."""
        return self.named | self.default


def as_requests(requests: RequestsLike) -> tuple[Request, ...]:
    """Read *requests*, which may be texts.

    >>> [str(each) for each in as_requests(["pkg", Request.parse("pkg[]")])]
    ['pkg', 'pkg[]']
    """
    if isinstance(requests, str):
        return read_requests(requests)
    return tuple(Request.parse(each) if isinstance(each, str) else each for each in requests)


def marker_values(environment: EnvironmentLike | None) -> dict[str, str]:
    """Return the value of every marker variable; missing ones come from this interpreter.

    Extras and groups in *environment* are left out.  Raises
    :exc:`trigpoint.markers.meaning.environments.UnknownEnvironmentError` for a
    name that no environment has, and :exc:`trigpoint.markers.BadEnvironment` for
    a mapping that is none.
    """
    if isinstance(environment, str):
        environment = named_environment(environment)
    return read_values(environment, complete=True).texts


def bring(
    request: Request, provides: frozenset[str] | None, defaults: frozenset[str], rules: RuleSet
) -> Brought:
    """Return what *request* brings, which :func:`acceptable` takes by these *rules*.

    *provides* are the extras of the distribution, None if nothing is known of them,
    and *defaults* its default extras, all in normal form.

    >>> bring(Request.parse("pkg[-b,c]"), None, frozenset("ab"), RuleSet.SUMMIT).extras == {"a", "c"}
    True
    """
    names = frozenset(request.extras or ())
    if provides is not None:
        names &= provides
        defaults &= provides
    takes_defaults = request.extras is None or request.excluded
    if not (rules.honours_defaults and takes_defaults):
        defaults = frozenset()
    return Brought(names, defaults - frozenset(request.excluded))


def acceptable(request: Request, rules: RuleSet) -> bool:
    """Say whether *request* is one by these *rules*."""
    return request.valid and (rules.reads_negatives or not request.excluded)


def readable_lines(offer: Offer, rules: RuleSet) -> tuple[Line, ...]:
    """Return the requirements of *offer* that are requirements by these *rules*."""
    return tuple(line for line in offer.lines if acceptable(line.request, rules))


def brought_by_references(offer: Offer, rules: RuleSet) -> dict[int, frozenset[str]]:
    """Return the extras that each reference of *offer* to itself brings by *rules*, by index."""
    provides, defaults = frozenset(offer.provides), frozenset(offer.defaults)
    return {
        line.index: bring(line.request, provides, defaults, rules).extras
        for line in readable_lines(offer, rules)
        if line.itself
    }


def check_request(
    request: Request,
    provides: frozenset[str] | None,
    defaults: frozenset[str],
    rules: RuleSet,
) -> list[Finding]:
    """Return what there is to say about the names of *request*, which can be read.

    *provides*, *defaults* and *rules* are those of :func:`bring`.
    """
    findings = []
    if request.excluded and not rules.reads_negatives:
        message = f"-{request.excluded[0]} is a syntax error by the rules of {rules.title}"
        first = next((each.span for each in request.mentions if each.negative), request.span)
        return [report("extra-negative-refused", message, first, Fix("name the extras to take"))]
    known = frozenset(request.extras or ()) & (provides if provides is not None else frozenset())
    for mention in request.mentions:
        if provides is not None and mention.name not in provides:
            findings.append(_unknown(mention, request, not known, defaults, rules))
        elif mention.negative and mention.name not in defaults:
            findings.append(
                report(
                    "extra-not-default",
                    f"{mention.name} is no default extra, so -{mention.name} changes nothing",
                    mention.span,
                    Fix(f"delete -{mention.name}"),
                )
            )
    return findings


def _unknown(
    mention: Mention, request: Request, alone: bool, defaults: frozenset[str], rules: RuleSet
) -> Finding:
    message = f"{request.name} does not provide the extra {mention.name}, so it is ignored"
    if alone and defaults and rules.honours_defaults and not request.excluded:
        message += "; with no other extra left this means no extras, not the default ones"
    return report("extra-unknown", message, mention.span)


def requested_extras(
    requests: RequestsLike,
    *,
    provides: Iterable[str] | None = None,
    defaults: Iterable[str] = (),
    rules: RuleSetLike = "spec",
    name: str | None = None,
    environment: EnvironmentLike | None = None,
) -> RequestedExtras:
    """Return the extras that *requests* bring together.

    ``provides`` are the extras that the distribution has (None: any name is
    one), ``defaults`` its default extras, in any spelling.  ``rules`` is a
    :class:`RuleSet` or its value.  ``name`` is the distribution; without it,
    the project of the first request.  With ``environment``, a request counts
    only where its marker holds; without, always.

    Several requests bring the union.  A request that names extras brings those
    that the distribution has.  A bare request brings the default extras, by
    rules that have them; ``pkg[]`` brings none.  By the rules of the summit,
    ``pkg[-a]`` brings the default extras but ``a``: this project's own proposal.

    >>> def brought(requests, rules):
    ...     return sorted(requested_extras(requests, provides=["a", "b", "c"],
    ...                                    defaults=["a", "b"], rules=rules).extras)
    >>> brought("pkg", "spec"), brought("pkg", "pep771"), brought("pkg[]", "pep771")
    ([], ['a', 'b'], [])
    >>> brought(["pkg[c]", "pkg"], "pep771"), brought("pkg[c,-b]", "summit")
    (['a', 'b', 'c'], ['a', 'c'])

    Source: Dependency specifiers, "Extras"; PEP 771, "Overriding default extras".
    """
    chosen = RuleSet(rules)
    given = None if provides is None else frozenset(map(canonicalize_name, provides))
    default = tuple(dict.fromkeys(map(canonicalize_name, defaults)))
    requested = gather(
        as_requests(requests),
        given,
        frozenset(default),
        chosen,
        name,
        None if environment is None else marker_values(environment),
    )
    if given is None or not chosen.honours_defaults:
        return requested
    extra = [
        report("extra-default-unprovided", f"the default extra {each} is none that is provided")
        for each in default
        if each not in given
    ]
    return RequestedExtras(
        requested.extras, (*requested.findings, *extra), requested.accepted, requested.steps
    )


def gather(
    requests: tuple[Request, ...],
    provides: frozenset[str] | None,
    defaults: frozenset[str],
    rules: RuleSet,
    name: str | None,
    values: Mapping[str, str] | None,
) -> RequestedExtras:
    """Do the work of :func:`requested_extras`, without the finding on default extras.

    *requests*, *provides*, *defaults*, *rules* and *name* are its own, read already;
    *values* are those of the environment, None to pass over the markers of requests.
    """
    findings: list[Finding] = []
    accepted: list[tuple[int, Request]] = []
    steps: dict[str, Step] = {}
    wanted = canonicalize_name(name) if name else next((each.name for each in requests), "")
    if len(requests) > MOST_REQUESTS:
        message = f"only the first {MOST_REQUESTS} requests are looked at"
        findings.append(report("extra-too-large", message, requests[MOST_REQUESTS].span))
    for index, request in enumerate(requests[:MOST_REQUESTS]):
        findings += request.findings
        if request.valid and request.name != wanted:
            message = f"the request is for {request.name}, not for {wanted}"
            findings.append(report("extra-other-project", message, request.span))
            continue
        if request.valid:
            findings += check_request(request, provides, defaults, rules)
        if not acceptable(request, rules):
            continue
        if values is not None and not _applies(request, values, rules, findings):
            continue
        accepted.append((index, request))
        brought = bring(request, provides, defaults, rules)
        for kind, names in (("request", brought.named), ("default", brought.default)):
            if names <= steps.keys():
                continue
            listed = tuple(sorted(names))
            step = Step("default" if kind == "default" else "request", index, request.text, listed)
            for extra in listed:
                steps.setdefault(extra, step)
    return RequestedExtras(frozenset(steps), tuple(in_text_order(findings)), tuple(accepted), steps)


def _applies(
    request: Request, values: Mapping[str, str], rules: RuleSet, findings: list[Finding]
) -> bool:
    """Say whether the marker of a request holds; no extras are asked of anything here."""
    if request.marker is None:
        return True
    reading = Interpreter(OneEnvironment(values, rules), rules, installed=True)
    try:
        return reading.holds(parse(request.marker.text), {}, {})
    except UndefinedError as error:
        message = f"the marker of the request has no answer: {error}"
        findings.append(report("extra-undefined", message, request.span))
        return False
