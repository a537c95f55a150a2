"""The marker lab: where a marker holds, and why."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import Version

from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix, in_text_order
from trigpoint.labs.base import Lab, Share, findings_list, menu
from trigpoint.labs.controls import editor, entry, example_menu, select
from trigpoint.labs.examples import MARKERS
from trigpoint.labs.markup import Markup, element, fragment
from trigpoint.labs.sharing import embed, heredoc
from trigpoint.markers import Environment, Marker, Rules
from trigpoint.markers.meaning.environments import (
    DEFAULT_INTERPRETERS,
    DEFAULT_PLATFORMS,
    ENVIRONMENTS,
    INTERPRETERS,
    PLATFORMS,
    UnknownEnvironmentError,
    environment,
    grid,
    this_interpreter,
)
from trigpoint.markers.meaning.semantics import (
    UndefinedComparison,
    UndefinedEnvironmentName,
    repair,
)
from trigpoint.markers.reading.grammar import VARIABLES
from trigpoint.markers.reading.statements import Statement, read_statements

__all__ = ["Cell", "Line", "MarkersLab", "Request", "Response", "Row"]

THIS = "this"
_EXTRA_NAME = re.compile(r"[A-Z0-9]|[A-Z0-9][A-Z0-9._-]*[A-Z0-9]", re.IGNORECASE).fullmatch

RULES = {
    Rules.SPEC: ("Specification", "The specification: extra is the set of all requested extras."),
    Rules.INSTALLERS: (
        "Installers",
        "Installers: pip and uv ask once for each requested extra, and one yes is enough.",
    ),
    Rules.SUMMIT: (
        "Summit 2022",
        "The summit's proposal: a set called extras, tested with in and not in only.",
    ),
}


@dataclass(frozen=True, slots=True)
class Request:
    """What a reader asks.

    ``text`` holds markers or requirement lines.  ``environments`` names the
    environments to ask; if it is empty, every existing combination of
    ``interpreters`` and ``platforms`` is asked (``"this"`` is the interpreter
    that answers).  ``extras`` are the requested extras, ``rules`` a value of
    :class:`trigpoint.markers.Rules`.  ``marker`` and ``environment`` choose
    which answer is explained.
    """

    text: str = ""
    extras: tuple[str, ...] = ()
    rules: str = "spec"
    interpreters: tuple[str, ...] = DEFAULT_INTERPRETERS
    platforms: tuple[str, ...] = DEFAULT_PLATFORMS
    environments: tuple[str, ...] = ()
    marker: int = 0
    environment: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One environment of the grid."""

    environment: str
    label: str
    interpreter: str
    interpreter_label: str
    platform: str
    platform_label: str
    note: str


@dataclass(frozen=True, slots=True)
class Line:
    """One marker or requirement of the text, and its answers.

    ``values`` has one answer for each of the response's environments: True,
    False, or None where the marker has no defined answer.  ``changed`` says
    which of them another rule set answers otherwise.
    """

    text: str
    requirement: str
    marker: str
    start: int
    end: int
    readable: bool
    values: tuple[bool | None, ...]
    changed: tuple[bool, ...]
    holds: int


@dataclass(frozen=True, slots=True)
class Row:
    """One part of the explained marker; see :class:`trigpoint.markers.Explanation`."""

    depth: int
    text: str
    start: int
    end: int
    op: str
    value: bool | None
    decides: bool
    left: str
    right: str
    kind: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Response:
    """The answer: ``lines`` x ``environments``, and the explanation of one cell."""

    rules: str
    extras: tuple[str, ...]
    environments: tuple[Cell, ...]
    lines: tuple[Line, ...]
    marker: int
    environment: str
    explanation: tuple[Row, ...]
    findings: tuple[dict[str, Any], ...]
    compared_with: str


class MarkersLab(Lab[Request, Response]):
    """Where a marker holds, and why."""

    name = "markers"
    title = "Markers"
    directive = "marker-lab"
    request_type = Request
    response_type = Response
    examples = MARKERS

    # -- answering ----------------------------------------------------------------

    def run(self, request: Request) -> Response:
        """Answer where each marker of the text holds, and why in the chosen environment."""
        findings: list[Finding] = []
        rules = _rules(request, findings)
        extras = _extras(request, findings)
        chosen = _environments(request, findings)
        statements = read_statements(request.text)
        other = Rules.INSTALLERS if rules is Rules.SPEC else Rules.SPEC
        lines = []
        for statement in statements:
            values = _values(statement, chosen, extras, rules)
            others = _values(statement, chosen, extras, other)
            lines.append(
                Line(
                    text=statement.text.strip(),
                    requirement=statement.requirement,
                    marker=str_of(statement.marker),
                    start=statement.start,
                    end=statement.end,
                    readable=statement.valid,
                    values=values,
                    changed=tuple(a is not b for a, b in zip(values, others, strict=True)),
                    holds=values.count(True),
                )
            )
            findings += statement.findings
            if rules is Rules.SUMMIT:
                findings += _summit(statement)
        if request.text.strip() and not statements:
            findings.append(report("marker-empty", "the text holds comments only"))
        marker = min(max(request.marker, 0), max(len(lines) - 1, 0))
        environment_name = _cell(request, chosen, lines[marker] if lines else None)
        explanation: tuple[Row, ...] = ()
        if lines and (asked := statements[marker].marker) is not None and environment_name:
            explanation = tuple(
                replace(
                    Row(**row),
                    start=row["start"] + statements[marker].marker_start,
                    end=row["end"] + statements[marker].marker_start,
                )
                for row in asked.explain(environment(environment_name), extras, rules).rows()
            )
        return Response(
            rules=rules.value,
            extras=extras,
            environments=tuple(_cell_of(each) for each in chosen),
            lines=tuple(lines),
            marker=marker,
            environment=environment_name,
            explanation=explanation,
            findings=tuple(finding.to_json() for finding in in_text_order(findings)),
            compared_with=other.value,
        )

    def findings(self, response: Response) -> Sequence[Finding]:
        """Return the findings on the text, in text order."""
        return [Finding.from_json(data) for data in response.findings]

    def valid(self, response: Response) -> bool:
        """Say whether every line could be read; a marker may still lack a meaning."""
        return all(line.readable for line in response.lines)

    def summary(self, response: Response) -> str:
        """Say in how many environments the chosen marker holds."""
        if not response.lines:
            return "There is no marker yet."
        line = response.lines[response.marker]
        if not line.readable:
            return "The marker cannot be read."
        total = len(response.environments)
        what = "Holds" if line.marker else "Has no marker, so it holds"
        text = f"{what} in {line.holds} of {total} environments"
        if undefined := line.values.count(None):
            text += f", without a defined answer in {undefined}"
        return text + "."

    # -- showing ------------------------------------------------------------------

    def html(self, response: Response) -> Markup:
        """Return the grid, the explanation and the findings."""
        if not response.lines:
            return fragment(
                element(
                    "p",
                    {"class": "tp-summary", "data-summary": self.summary(response)},
                    "Write a marker, or a requirement with one, and see where it holds. "
                    "For instance ",
                    element("code", {}, "python_version >= '3.11'"),
                    ".",
                ),
                findings_list(self.findings(response)),
            )
        line = response.lines[response.marker]
        return fragment(
            element(
                "p",
                {"class": "tp-summary", "data-summary": self.summary(response)},
                self.summary(response),
            ),
            _lines(response) if len(response.lines) > 1 else None,
            _grid(response, line) if line.readable else None,
            _explanation(response),
            findings_list(self.findings(response)),
        )

    def form(self, request: Request) -> Markup:
        """Return the editor and the switches."""
        rules = request.rules if request.rules in {each.value for each in Rules} else "spec"
        return fragment(
            element(
                "div",
                {"class": "tp-toolbar tp-live"},
                select(
                    "rules",
                    "Rules",
                    {each.value: label for each, (label, _) in RULES.items()},
                    rules,
                ),
                example_menu(self.examples),
            ),
            editor("Marker or requirements", request.text, (*VARIABLES, "and", "or", "in", "not")),
            element(
                "div",
                {"class": "tp-options tp-live"},
                entry("extras", "Extras requested", ", ".join(request.extras), "none", "list"),
                menu(
                    "Environments",
                    _choices("interpreters", "Interpreters", INTERPRETERS, request.interpreters),
                    _choices("platforms", "Platforms", PLATFORMS, request.platforms),
                ),
                element(
                    "input",
                    {
                        "type": "hidden",
                        "name": "marker",
                        "data-type": "number",
                        "value": str(request.marker),
                    },
                ),
                element(
                    "input", {"type": "hidden", "name": "environment", "value": request.environment}
                ),
                element(
                    "input",
                    {
                        "type": "hidden",
                        "name": "environments",
                        "data-type": "list",
                        "value": ",".join(request.environments),
                    },
                ),
            ),
        )

    # -- sharing ------------------------------------------------------------------

    def share(self, request: Request) -> Share:
        """Return the question as a command, as Python and as a directive."""
        default = Request()
        options: list[tuple[str, str]] = []
        if request.rules != default.rules:
            options.append(("rules", request.rules))
        command = ["trigpoint", "marker"]
        many = "\n" in request.text.strip()
        command.append("-" if many else shlex.quote(request.text.strip()))
        if request.environment:
            command += ["--env", shlex.quote(request.environment)]
        for name in request.extras:
            command += ["--extra", shlex.quote(name)]
        command += [f"--rules {shlex.quote(value)}" for _, value in options]
        command.append("--explain")
        line = " ".join(command)
        if many:
            line += heredoc(request.text.strip())
        if request.extras:
            options.append(("extras", ", ".join(request.extras)))
        options += [
            (name, ", ".join(getattr(request, name)))
            for name in ("interpreters", "platforms", "environments")
            if getattr(request, name) != getattr(default, name)
        ]
        if request.environment:
            options.append(("environment", request.environment))
        if request.marker:
            options.append(("marker", str(request.marker)))
        return Share(
            command=line,
            python=_python(request),
            embed=embed(self.directive, dict(options), request.text.strip()),
        )


def str_of(marker: Marker | None) -> str:
    """Return the normal text of *marker*, or its own where that cannot be spelled."""
    if marker is None:
        return ""
    try:
        return str(marker)
    except ValueError:
        return marker.text


def _rules(request: Request, findings: list[Finding]) -> Rules:
    try:
        return Rules(request.rules)
    except ValueError:
        names = ", ".join(each.value for each in Rules)
        findings.append(
            report(
                "request-field",
                f"there are no rules called {request.rules!r}",
                None,
                Fix(f"choose one of {names}"),
            )
        )
        return Rules.SPEC


def _extras(request: Request, findings: list[Finding]) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for name in request.extras:
        if _EXTRA_NAME(name):
            names[canonicalize_name(name)] = None
        else:
            findings.append(
                report(
                    "request-extra",
                    f"{name!r} is no name of an extra",
                    None,
                    Fix("use letters and digits with - _ . between them"),
                )
            )
    return tuple(names)


def _environments(request: Request, findings: list[Finding]) -> tuple[Environment, ...]:
    names = list(request.environments)
    if not names:
        for kind, known, given in (
            ("interpreter", INTERPRETERS, request.interpreters),
            ("platform", PLATFORMS, request.platforms),
        ):
            findings += [
                report(
                    "request-environment",
                    f"there is no {kind} called {name!r}",
                    None,
                    Fix(f"choose one of {', '.join((*known, THIS))}"),
                )
                for name in given
                if name not in known and name != THIS
            ]
        pairs = (f"{i}-{p}" for p in request.platforms for i in request.interpreters)
        names = [name for name in pairs if name in ENVIRONMENTS]
        if THIS in (*request.interpreters, *request.platforms):
            names.append(THIS)
    chosen = []
    for name in dict.fromkeys(names):
        try:
            chosen.append(environment(name))
        except UnknownEnvironmentError as error:
            hint = f"write {' or '.join(error.suggestions)}" if error.suggestions else "choose one"
            findings.append(report("request-environment", str(error), None, Fix(hint)))
    if not chosen and not findings:
        findings.append(
            report(
                "request-environment",
                "no chosen interpreter runs on a chosen platform",
                None,
                Fix("choose more of them"),
            )
        )
    return tuple(chosen)


def _values(
    statement: Statement, chosen: Sequence[Environment], extras: Sequence[str], rules: Rules
) -> tuple[bool | None, ...]:
    marker = statement.marker
    if marker is None:
        return (True if statement.valid else None,) * len(chosen)
    variables = sorted(marker.variables.intersection(this_interpreter()))
    known: dict[tuple[str, ...], bool | None] = {}
    values = []
    for each in chosen:
        key = tuple(each[name] for name in variables)
        if key not in known:
            try:
                known[key] = marker.evaluate(each, extras, rules)
            except (UndefinedComparison, UndefinedEnvironmentName):
                known[key] = None
        values.append(known[key])
    return tuple(values)


def _summit(statement: Statement) -> list[Finding]:
    """Say how a marker on `extra` is written under the proposal."""
    if statement.marker is None or "extra" not in statement.marker.variables:
        return []
    return [
        report(
            "marker-extra-summit",
            "under the proposal extra is no variable",
            None,
            Fix(
                "write 'name' in extras for extra == 'name', "
                "and 'name' not in extras for extra != 'name'"
            ),
        )
    ]


def _cell(request: Request, chosen: Sequence[Environment], line: Line | None) -> str:
    """Return the environment to explain: the chosen one, else the first that is telling."""
    names = [each.name for each in chosen]
    if request.environment in names:
        return request.environment
    if line is None or not names:
        return ""
    rarer = line.holds * 2 <= len(names)
    telling = [i for i, value in enumerate(line.values) if value is None or value is rarer]
    everywhere = range(len(names))
    released = [i for i in telling or everywhere if not _prerelease(chosen[i])]
    return names[(released or telling or everywhere)[-1]]


def _prerelease(each: Environment) -> bool:
    return Version(repair("python_full_version", each["python_full_version"])).is_prerelease


def _cell_of(each: Environment) -> Cell:
    return Cell(
        each.name,
        each.label,
        each.interpreter,
        each.interpreter_label,
        each.platform,
        each.platform_label,
        each.note,
    )


_SIGNS = {
    True: ("true", "●", "holds"),
    False: ("false", "·", "does not hold"),
    None: ("undefined", "!", "has no defined answer"),
}


def _lines(response: Response) -> Markup:
    """Return the markers of the text, each with its count; one of them is chosen."""
    total = len(response.environments)
    rows = []
    for i, line in enumerate(response.lines):
        count = f"{line.holds} of {total}" if line.readable else "cannot be read"
        rows.append(
            element(
                "li",
                {"data-span": f"{line.start}:{line.end}"},
                element(
                    "button",
                    {
                        "type": "button",
                        "data-set": {"marker": i},
                        "aria-pressed": "true" if i == response.marker else "false",
                    },
                    element("code", {}, line.text),
                    " ",
                    element("span", {"class": "tp-count"}, count),
                ),
            )
        )
    return element("ol", {"class": "tp-lines", "aria-label": "Lines of the text"}, rows)


def _short(label: str) -> str:
    """Shorten an interpreter's label for the head of a column."""
    return label.replace("CPython ", "").replace("free-threaded", "t").replace(" (Python", " (")


def _grid(response: Response, line: Line) -> Markup:
    laid = grid(cell.environment for cell in response.environments)
    where = {cell.environment: i for i, cell in enumerate(response.environments)}
    rows = []
    for (_, platform_label), row in zip(laid.platforms, laid.rows, strict=True):
        cells: list[Markup] = []
        for each in row:
            if each is None:
                cells.append(element("td", {"role": "gridcell", "class": "tp-none"}, ""))
                continue
            i = where[each.name]
            kind, sign, words = _SIGNS[line.values[i]]
            spoken = f"{words} on {each.label}"
            if line.changed[i]:
                spoken += f"; otherwise by {RULES[Rules(response.compared_with)][0]}"
            chosen = each.name == response.environment
            cells.append(
                element(
                    "td",
                    {
                        "role": "gridcell",
                        "class": f"tp-cell tp-{kind}",
                        "aria-selected": "true" if chosen else "false",
                    },
                    element(
                        "button",
                        {
                            "type": "button",
                            "data-cell": True,
                            "tabindex": 0 if chosen else -1,
                            "data-set": {"environment": each.name},
                            "aria-label": spoken,
                            "title": f"{each.label}: {words}",
                        },
                        sign,
                        element("span", {"class": "tp-changed", "aria-hidden": "true"}, "*")
                        if line.changed[i]
                        else None,
                    ),
                )
            )
        rows.append(
            element(
                "tr",
                {"role": "row"},
                element("th", {"scope": "row", "role": "rowheader"}, platform_label),
                cells,
            )
        )
    name, _ = RULES[Rules(response.compared_with)]
    return fragment(
        element(
            "div",
            {"class": "tp-scroll"},
            element(
                "table",
                {"class": "tp-grid", "role": "grid", "aria-label": "Where the marker holds"},
                element(
                    "thead",
                    {},
                    element(
                        "tr",
                        {"role": "row"},
                        element("td", {"role": "gridcell", "class": "tp-none"}, ""),
                        [
                            element("th", {"scope": "col", "role": "columnheader"}, _short(label))
                            for _, label in laid.interpreters
                        ],
                    ),
                ),
                element("tbody", {}, rows),
            ),
        ),
        element(
            "p",
            {"class": "tp-legend"},
            element("span", {"class": "tp-true"}, "● holds"),
            " ",
            element("span", {"class": "tp-false"}, "· does not"),
            [" ", element("span", {"class": "tp-undefined"}, "! no defined answer")]
            if None in line.values
            else None,
            f" * {name} answer otherwise" if any(line.changed) else None,
        ),
        element("p", {"class": "tp-rules"}, RULES[Rules(response.rules)][1]),
    )


def _explanation(response: Response) -> Markup | None:
    if not response.explanation:
        return None
    cell = next(each for each in response.environments if each.environment == response.environment)
    return element(
        "section",
        {"class": "tp-why"},
        element("h4", {}, f"Why on {cell.label}?"),
        element("ul", {"class": "tp-tree"}, [_row(row) for row in response.explanation]),
        element("p", {"class": "tp-note"}, cell.note) if cell.note else None,
    )


_GROUPS = {"and": "all of these", "or": "one of these", "any": "once for each extra"}


def _row(row: Row) -> Markup:
    kind, _, _ = _SIGNS[row.value]
    group = row.op in _GROUPS or row.op == "case"
    if row.op == "case":
        body: list[Markup] = [element("code", {}, row.text)]
    elif group:
        body = [
            element("strong", {}, row.op),
            element("span", {"class": "tp-hint"}, _GROUPS[row.op]),
        ]
    else:
        body = [
            element("code", {}, row.text),
            element("span", {"class": "tp-operands"}, f"{row.left} {row.op} {row.right}"),
            element("span", {"class": "tp-hint"}, row.reason),
        ]
    return element(
        "li",
        {
            "class": f"tp-part tp-depth-{min(row.depth, 9)}",
            "tabindex": None if group else 0,
            "data-span": f"{row.start}:{row.end}",
        },
        element("span", {"class": "tp-part-body"}, [[part, " "] for part in body]),
        element("span", {"class": "tp-decides"}, "decides")
        if row.decides and not group and len(body) > 1
        else None,
        " ",
        element(
            "span",
            {"class": f"tp-value tp-{kind}"},
            "undefined" if row.value is None else str(row.value).lower(),
        ),
    )


def _choices(name: str, title: str, options: Any, chosen: Sequence[str]) -> Markup:
    listed = {**options, THIS: "This interpreter"} if name == "interpreters" else options
    return element(
        "fieldset",
        {"class": "tp-choices"},
        element("legend", {}, title),
        [
            element(
                "label",
                {},
                element(
                    "input",
                    {"type": "checkbox", "name": name, "value": key, "checked": key in chosen},
                ),
                " ",
                label,
            )
            for key, label in listed.items()
        ],
    )


def _python(request: Request) -> str:
    extras = f", extras={{{', '.join(map(repr, request.extras))}}}" if request.extras else ""
    rules = f", rules={request.rules!r}" if request.rules != "spec" else ""
    where = f"ENVIRONMENTS[{request.environment!r}]" if request.environment else "None"
    if request.environment == THIS:
        where = "None"
    names = "ENVIRONMENTS, Marker" if where != "None" else "Marker"
    statements = read_statements(request.text)
    marker = statements[0].marker if statements else None
    if len(statements) == 1 and marker is not None and not statements[0].requirement:
        arguments = f"{where}{extras}{rules}".removeprefix("None, ") if extras or rules else where
        arguments = "" if arguments == "None" else arguments
        return (
            f"from trigpoint.markers import {names}\n\n"
            f"marker = Marker({marker.text!r})\n"
            f"print(marker.evaluate({arguments}))\n"
            f"for depth, part in marker.explain({arguments}).walk():\n"
            f'    print("  " * depth, part.text, part.value)\n'
        )
    fields = {
        name: getattr(request, name)
        for name in ("text", "extras", "rules", "environment", "marker")
        if getattr(request, name) != getattr(Request(), name)
    }
    lines = "".join(
        f"    {name!r}: {list(value) if isinstance(value, tuple) else value!r},\n"
        for name, value in fields.items()
    )
    return (
        "from trigpoint.labs import run\n\n"
        f'answer = run("markers", {{\n{lines}}})\n'
        'for line in answer["lines"]:\n'
        '    print(line["text"], line["holds"])\n'
    )
