"""The algebra lab: what markers mean, whatever their words."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import canonicalize_name

from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix, in_text_order
from trigpoint.labs.base import Lab, Share, findings_list
from trigpoint.labs.controls import editor, entry, example_menu, only_for, select, tabs
from trigpoint.labs.examples import ALGEBRA
from trigpoint.labs.markup import Markup, element, fragment
from trigpoint.labs.pictures import Picture, diagram, draw, where_it_holds
from trigpoint.labs.sharing import embed, heredoc
from trigpoint.markers import Marker, UndefinedComparison
from trigpoint.markers.exact.assumptions import BadAssumption
from trigpoint.markers.reading.grammar import VARIABLES
from trigpoint.markers.reading.statements import Statement, read_statements
from trigpoint.markers.writing.spelling import CannotSpell

__all__ = ["AlgebraLab", "Comparison", "Pair", "Request", "Response", "Simple"]

MODES = {"simplify": "Simplify", "compare": "Compare", "merge": "Merge"}
ASSUMPTIONS = {"": "nothing", "known-platforms": "known platforms"}
_ALWAYS = Marker("os_name == '' or os_name != ''")


@dataclass(frozen=True, slots=True)
class Request:
    """What a reader asks.

    ``text`` holds markers or requirement lines.  ``mode`` is ``"simplify"``
    (each line by itself), ``"compare"`` (the first two) or ``"merge"`` (lines
    for the same project against each other).  ``assuming`` is
    ``"known-platforms"`` or empty, ``python`` a version specifier such as
    ``>=3.9``, or empty: what may be taken for granted.  ``line`` chooses which
    marker is drawn.
    """

    text: str = ""
    mode: str = "simplify"
    assuming: str = ""
    python: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Simple:
    """One marker and what it comes to; texts are empty where nothing says them.

    ``holds`` is ``"always"``, ``"never"`` or ``"sometimes"``, empty where the
    marker has no defined meaning.
    """

    text: str
    requirement: str
    start: int
    end: int
    readable: bool
    holds: str
    simplified: str
    negated: str
    requires_python: str
    next_major: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two markers against each other; ``witness`` is an environment where they differ."""

    equal: bool
    implies: bool
    implied: bool
    disjoint: bool
    witness: dict[str, str]
    first_holds: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """Two lines for one project: how their markers lie to each other.

    ``relation`` is ``"same"``, ``"overlap"``, ``"within"`` (the first holds only
    where the second does), ``"around"`` or ``"apart"``.  ``conflict`` says that
    no version fits both where both hold; ``together`` is where that is.
    """

    name: str
    first: int
    second: int
    relation: str
    conflict: bool
    together: str


@dataclass(frozen=True, slots=True)
class Response:
    """The answer of the mode that was asked for."""

    mode: str
    assuming: str
    python: str
    line: int
    lines: tuple[Simple, ...]
    comparison: Comparison | None
    pairs: tuple[Pair, ...]
    pictures: tuple[Picture, ...]
    findings: tuple[dict[str, Any], ...]


class AlgebraLab(Lab[Request, Response]):
    """What markers mean, whatever their words."""

    name = "algebra"
    title = "Marker algebra"
    directive = "algebra-lab"
    request_type = Request
    response_type = Response
    examples = ALGEBRA

    # -- answering ----------------------------------------------------------------

    def run(self, request: Request) -> Response:
        """Answer the mode that is asked for."""
        findings: list[Finding] = []
        mode = _known(request.mode, MODES, "mode", "simplify", findings)
        assuming = _known(request.assuming, ASSUMPTIONS, "assumption", "", findings)
        world = _world(assuming, request.python, findings)
        statements = read_statements(request.text)
        for statement in statements:
            findings += statement.findings
        lines = tuple(_simple(each, world, mode == "simplify") for each in statements)
        chosen = min(max(request.line, 0), max(len(lines) - 1, 0))
        pictures: tuple[Picture, ...] = ()
        if mode == "simplify" and lines and lines[chosen].holds:
            marker = statements[chosen].marker
            if marker is not None:
                pictures = (diagram(marker), where_it_holds(marker))
        comparison = None
        if mode == "compare":
            comparison = _compare(statements, lines, world, findings)
        return Response(
            mode=mode,
            assuming=assuming,
            python=request.python,
            line=chosen,
            lines=lines,
            comparison=comparison,
            pairs=tuple(_merge(statements, lines, world)) if mode == "merge" else (),
            pictures=pictures,
            findings=tuple(finding.to_json() for finding in in_text_order(findings)),
        )

    def findings(self, response: Response) -> Sequence[Finding]:
        """Return the findings on the text, in text order."""
        return [Finding.from_json(data) for data in response.findings]

    def valid(self, response: Response) -> bool:
        """Say whether every line could be read."""
        return all(line.readable for line in response.lines)

    def summary(self, response: Response) -> str:
        """Say the answer of the mode in one sentence."""
        if not response.lines:
            return "There is no marker yet."
        if response.mode == "compare":
            return _verdict(response)
        if response.mode == "merge":
            conflicts = sum(pair.conflict for pair in response.pairs)
            return f"{len(response.pairs)} pairs of lines for the same project, {conflicts} in conflict."
        line = response.lines[response.line]
        if not line.readable:
            return "The marker cannot be read."
        return {
            "always": "Always holds: leave the marker out.",
            "never": "Never holds: leave the line out.",
            "": "Has no defined meaning.",
        }.get(line.holds, f"Means {line.simplified}" if line.simplified else "Cannot be spelled.")

    # -- showing ------------------------------------------------------------------

    def html(self, response: Response) -> Markup:
        """Return the answer of the mode, and the findings."""
        shown = {"simplify": _show_simple, "compare": _show_comparison, "merge": _show_merge}
        return fragment(
            element(
                "p",
                {"class": "tp-summary", "data-summary": self.summary(response)},
                self.summary(response),
            ),
            shown[response.mode](response) if response.lines else None,
            findings_list(self.findings(response)),
        )

    def form(self, request: Request) -> Markup:
        """Return the tabs, the editor and the assumptions."""
        mode = request.mode if request.mode in MODES else "simplify"
        return fragment(
            element(
                "div",
                {"class": "tp-toolbar tp-live"},
                tabs("mode", "Mode", MODES, mode),
                example_menu(self.examples),
            ),
            editor(
                "Markers or requirements, one a line",
                request.text,
                (*VARIABLES, "and", "or", "in", "not"),
            ),
            element(
                "div",
                {"class": "tp-options tp-live"},
                select("assuming", "Assume", ASSUMPTIONS, request.assuming),
                entry("python", "Requires-Python", request.python, "any, or >=3.9"),
                element(
                    "input",
                    {
                        "type": "hidden",
                        "name": "line",
                        "data-type": "number",
                        "value": str(request.line),
                    },
                ),
            ),
            only_for(
                "compare",
                element("p", {"class": "tp-hint"}, "The first line is compared with the second."),
            ),
        )

    # -- sharing ------------------------------------------------------------------

    def share(self, request: Request) -> Share:
        """Return the question as a command, as Python and as a directive."""
        command = ["trigpoint", "marker", request.mode if request.mode in MODES else "simplify"]
        if request.assuming:
            command += ["--assuming", shlex.quote(request.assuming)]
        if request.python:
            command += ["--python", shlex.quote(request.python)]
        text = request.text.strip()
        many = "\n" in text
        command.append("-" if many else shlex.quote(text))
        line = " ".join(command) + (heredoc(text) if many else "")
        given = {
            name: str(getattr(request, name))
            for name in ("mode", "assuming", "python", "line")
            if getattr(request, name) != getattr(Request(), name)
        }
        return Share(line, _python(request), embed(self.directive, given, text))


# -- answering ------------------------------------------------------------------------


def _known(
    value: str, options: Iterable[str], what: str, default: str, findings: list[Finding]
) -> str:
    if value in options:
        return value
    names = ", ".join(option for option in options if option)
    findings.append(
        report(
            "request-field",
            f"there is no {what} called {value!r}",
            None,
            Fix(f"choose one of {names}"),
        )
    )
    return default


def _world(assuming: str, python: str, findings: list[Finding]) -> tuple[Any, ...]:
    """Return what may be taken for granted, checked."""
    world: list[Any] = [assuming] if assuming else []
    if python.strip():
        try:
            specifier = SpecifierSet(python)
            Marker("os_name == 'posix'").is_satisfiable(assuming=(*world, specifier))
        except (InvalidSpecifier, BadAssumption) as error:
            findings.append(
                report("request-assumption", str(error), None, Fix("write it as in >=3.9, <4"))
            )
        else:
            world.append(specifier)
    return tuple(world)


def _text(marker: Marker) -> str:
    try:
        return str(marker)
    except (CannotSpell, ValueError):
        return ""


def _simple(statement: Statement, world: tuple[Any, ...], full: bool) -> Simple:
    marker = statement.marker
    holds = simplified = negated = requires_python = next_major = ""
    if marker is not None:
        try:
            holds = _holds(marker, world)
        except UndefinedComparison:
            holds = ""
        if holds == "sometimes" and full:
            try:
                simplified = _text(marker.simplify(assuming=world or None))
            except CannotSpell:
                simplified = ""
            negated = _text(~marker)
            requires_python = str(marker.requires_python())
            if {"extra", "extras"} & marker.variables:
                target = "3.0" if "extra" in marker.variables else "2.x"
                migrated = marker.migrate(target).marker
                next_major = _text(migrated) if migrated is not None else ""
    return Simple(
        statement.text.strip(),
        statement.requirement,
        statement.start,
        statement.end,
        statement.valid,
        holds,
        simplified,
        negated,
        requires_python,
        next_major,
    )


def _holds(marker: Marker, world: tuple[Any, ...]) -> str:
    if not marker.is_satisfiable(assuming=world or None):
        return "never"
    return "always" if marker.is_always(assuming=world or None) else "sometimes"


def _compare(
    statements: Sequence[Statement],
    lines: Sequence[Simple],
    world: tuple[Any, ...],
    findings: list[Finding],
) -> Comparison | None:
    if len(statements) < 2:
        findings.append(
            report(
                "request-second",
                "there is one marker only",
                None,
                Fix("write the second one on a line of its own"),
            )
        )
        return None
    first, second = (statement.marker for statement in statements[:2])
    if first is None or second is None or not all(line.holds for line in lines[:2]):
        return None
    assuming = world or None
    witness = first.counterexample(second, assuming=assuming) or {}
    return Comparison(
        equal=not witness,
        implies=first.implies(second, assuming=assuming),
        implied=second.implies(first, assuming=assuming),
        disjoint=first.disjoint(second, assuming=assuming),
        witness={
            name: value if isinstance(value, str) else ", ".join(sorted(value))
            for name, value in witness.items()
        },
        first_holds=bool(witness) and first.evaluate(witness),
    )


def _merge(
    statements: Sequence[Statement], lines: Sequence[Simple], world: tuple[Any, ...]
) -> Iterable[Pair]:
    """Yield every pair of lines for the same project."""
    assuming = world or None
    seen: dict[str, list[tuple[int, Requirement]]] = {}
    for number, (statement, line) in enumerate(zip(statements, lines, strict=True)):
        if not statement.requirement or not line.readable or (statement.marker and not line.holds):
            continue
        try:
            requirement = Requirement(statement.requirement)
        except InvalidRequirement:
            continue
        name = canonicalize_name(requirement.name)
        for other, before in seen.setdefault(name, []):
            a, b = statements[other].marker or _ALWAYS, statement.marker or _ALWAYS
            relation = _relation(a, b, assuming)
            conflict = relation != "apart" and _conflict(before, requirement)
            together = ""
            if relation != "apart":
                try:
                    together = _text((a & b).simplify(assuming=assuming))
                except CannotSpell:
                    together = ""
            yield Pair(name, other, number, relation, conflict, together)
        seen[name].append((number, requirement))


def _relation(a: Marker, b: Marker, assuming: Any) -> str:
    if a.disjoint(b, assuming=assuming):
        return "apart"
    within, around = a.implies(b, assuming=assuming), b.implies(a, assuming=assuming)
    if within and around:
        return "same"
    return "within" if within else "around" if around else "overlap"


def _conflict(a: Requirement, b: Requirement) -> bool:
    """Say whether no version fits both."""
    if a.url or b.url:
        return a.url != b.url
    return (a.specifier & b.specifier).is_unsatisfiable()


# -- showing --------------------------------------------------------------------------


def _verdict(response: Response) -> str:
    found = response.comparison
    if found is None:
        return "Two markers are needed, one a line."
    if found.equal:
        return "The two mean the same."
    if found.disjoint:
        return "The two never hold together."
    if found.implies:
        return "The first holds only where the second does."
    if found.implied:
        return "The second holds only where the first does."
    return "The two overlap; neither implies the other."


def _code(text: str) -> Markup:
    return element("code", {"class": "tp-marker"}, text)


def _facts(rows: Iterable[tuple[str, object]]) -> Markup:
    return element(
        "dl",
        {"class": "tp-facts"},
        [(element("dt", {}, term), element("dd", {}, value)) for term, value in rows if value],
    )


def _migrated_to(line: Simple) -> str:
    three = "extras" in Marker(line.next_major).variables if line.next_major else False
    return "For a metadata 3.0" if three else "For metadata 2.x"


def _show_simple(response: Response) -> Markup:
    line = response.lines[response.line]
    several = None
    if len(response.lines) > 1:
        several = element(
            "ol",
            {"class": "tp-lines", "aria-label": "Lines of the text"},
            [
                element(
                    "li",
                    {"data-span": f"{each.start}:{each.end}"},
                    element(
                        "button",
                        {
                            "type": "button",
                            "data-set": {"line": i},
                            "aria-pressed": "true" if i == response.line else "false",
                        },
                        _code(each.text),
                        " ",
                        element(
                            "span",
                            {"class": "tp-count"},
                            each.simplified or each.holds or "cannot be read",
                        ),
                    ),
                )
                for i, each in enumerate(response.lines)
            ],
        )
    facts = _facts(
        [
            ("Shortest text found", _code(line.simplified) if line.simplified else None),
            ("Where it does not hold", _code(line.negated) if line.negated else None),
            ("Python versions", _code(line.requires_python) if line.requires_python else None),
            (_migrated_to(line), _code(line.next_major) if line.next_major else None),
        ]
    )
    return fragment(
        several,
        facts if line.holds == "sometimes" else None,
        [draw(picture) for picture in response.pictures],
    )


def _show_comparison(response: Response) -> Markup | None:
    found = response.comparison
    if found is None:
        return None
    answers = {
        "Equal": found.equal,
        "First implies second": found.implies,
        "Second implies first": found.implied,
        "Never together": found.disjoint,
    }
    witness = None
    if found.witness:
        holds, fails = ("first", "second") if found.first_holds else ("second", "first")
        witness = fragment(
            element("h4", {}, "An environment where they differ"),
            element("p", {}, f"Here the {holds} holds and the {fails} does not."),
            element(
                "table",
                {"class": "tp-witness"},
                element(
                    "tbody",
                    {},
                    [
                        element(
                            "tr",
                            {},
                            element("th", {"scope": "row"}, element("code", {}, name)),
                            element("td", {}, element("code", {}, value or "(empty)")),
                        )
                        for name, value in found.witness.items()
                    ],
                ),
            ),
        )
    return fragment(
        element(
            "ul",
            {"class": "tp-answers"},
            [
                element(
                    "li",
                    {"class": f"tp-{str(value).lower()}"},
                    f"{question}: ",
                    element("strong", {}, "yes" if value else "no"),
                )
                for question, value in answers.items()
            ],
        ),
        witness,
    )


_RELATIONS = {
    "same": "hold in the same environments",
    "overlap": "overlap",
    "within": "the first holds only where the second does",
    "around": "the second holds only where the first does",
    "apart": "never hold together",
}


def _show_merge(response: Response) -> Markup:
    if not response.pairs:
        return element("p", {"class": "tp-hint"}, "No project is named twice.")
    rows = []
    for pair in response.pairs:
        first, second = response.lines[pair.first], response.lines[pair.second]
        kind = "tp-false" if pair.conflict else "tp-true"
        words = "no version fits both" if pair.conflict else "fine"
        if pair.relation == "same" and not pair.conflict:
            words = "could be one line"
        rows.append(
            element(
                "tr",
                {"data-span": f"{first.start}:{first.end} {second.start}:{second.end}"},
                element("td", {}, _code(first.text)),
                element("td", {}, _code(second.text)),
                element(
                    "td",
                    {},
                    _RELATIONS[pair.relation],
                    (": ", _code(pair.together)) if pair.together and pair.conflict else None,
                ),
                element("td", {"class": kind}, words),
            )
        )
    return element(
        "div",
        {"class": "tp-scroll", "tabindex": 0},
        element(
            "table",
            {"class": "tp-table"},
            element(
                "thead",
                {},
                element(
                    "tr",
                    {},
                    [
                        element("th", {"scope": "col"}, head)
                        for head in ("Line", "Line", "Their markers", "Versions")
                    ],
                ),
            ),
            element("tbody", {}, rows),
        ),
    )


def _python(request: Request) -> str:
    statements = [each for each in read_statements(request.text) if each.marker]
    texts = [each.marker.text for each in statements if each.marker]
    world: list[str] = [repr(request.assuming)] if request.assuming else []
    if request.python.strip():
        world.append(repr(request.python))
    assuming = f"assuming=({', '.join(world)},)" if world else ""
    comma = f", {assuming}" if assuming else ""
    if request.mode == "compare" and len(texts) > 1:
        return (
            "from trigpoint.markers import Marker\n\n"
            f"first = Marker({texts[0]!r})\n"
            f"second = Marker({texts[1]!r})\n"
            f"print(first.equivalent(second{comma}), first.implies(second{comma}), "
            f"first.disjoint(second{comma}))\n"
            f"print(first.counterexample(second{comma}))\n"
        )
    if request.mode == "simplify" and texts:
        return (
            "from trigpoint.markers import Marker\n\n"
            f"marker = Marker({texts[min(request.line, len(texts) - 1)]!r})\n"
            f"print(marker.simplify({assuming}))\n"
            "print(~marker)\n"
            "print(marker.requires_python())\n"
        )
    return (
        "from trigpoint.labs import run\n\n"
        f'print(run("algebra", {{"text": {request.text!r}, "mode": {request.mode!r}}}))\n'
    )
