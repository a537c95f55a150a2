"""The extras lab's answers as HTML, and in one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from trigpoint.extras import RuleSet
from trigpoint.findings import Finding
from trigpoint.labs.base import findings_list
from trigpoint.labs.extras.answer import RULES, Answer, Change, Response, Row, Side, Way
from trigpoint.labs.markup import Markup, element, fragment

__all__ = ["HINTS", "difference", "reason", "result", "sign", "summary"]

HINTS = {
    RuleSet.INSTALLERS: "pip and uv ask each marker once without an extra, and once for each extra.",
    RuleSet.SPEC: "Each marker is asked once, about all extras together.",
    RuleSet.PEP771: "The specification, and a request without brackets takes the default extras.",
    RuleSet.SUMMIT: "A set of extras, default extras, and names with a minus; "
    "the minus is a proposal of this project.",
}
"""What each set of rules means, in one line."""

_HEADS = {RuleSet.SPEC: "Spec"}  # where the title is wider than a column
_MOST_ROWS = 200


def summary(response: Response) -> str:
    """Return the answer in one plain sentence."""
    if not response.rows:
        return "There is no Requires-Dist yet."
    side = _chosen(response)
    asked = " and ".join(response.requests[:3])
    if len(response.requests) > 3:
        asked += f" and {len(response.requests) - 3} more"
    total = len(response.rows)
    verb = "bring" if len(response.requests) > 1 else "brings"
    noun = "requirement" if total == 1 else "requirements"
    differ = sum(_differs(row) for row in response.rows)
    rest = f"; the four sets of rules differ in {differ}" if differ else "; all rules say the same"
    return (
        f"By {RuleSet(response.rules).title}, {asked} {verb} {side.pulled} of {total} {noun} on "
        f"{response.environment_label}{rest}."
    )


def sign(answer: Answer) -> str:
    """Return a sign for an answer: a dot, a small dot, or a mark where there is none."""
    if answer.pulled:
        return "●"
    return "!" if answer.why in ("undefined", "unreadable") else "·"


def reason(way: Way) -> str:
    """Return one reason in words.

    >>> reason(Way(("docs",), ("min",), ("pkg[all]", "pkg[docs]; extra == 'all'")))
    "pkg[all] → pkg[docs]; extra == 'all', without min"
    """
    text = " → ".join(way.steps)
    return f"{text}, without {', '.join(way.absent)}" if way.absent else text


def difference(change: Change) -> str:
    """Return in words where the chosen rules pull a requirement in, or no longer."""
    parts = []
    if change.kind != "lost":
        parts.append(f"is added {_where(change.gained, change.gained_count, change.environments)}")
    if change.kind != "gained":
        parts.append(f"is left out {_where(change.lost, change.lost_count, change.environments)}")
    return " and ".join(parts)


def _where(text: str, count: int, total: int) -> str:
    if text == "everywhere" or text.startswith("in some "):
        return text
    return f"where {text} ({count} of {total} named environments)"


def result(response: Response, findings: Sequence[Finding]) -> Markup:
    """Return the table, the extras, the reasons, the changes and the findings."""
    head = element(
        "p", {"class": "tp-summary", "data-summary": summary(response)}, summary(response)
    )
    if not response.rows:
        return fragment(head, findings_list(findings))
    return fragment(
        head,
        _table(response),
        element(
            "p",
            {"class": "tp-rules"},
            f"{RULES[RuleSet(response.rules)]}: {HINTS[RuleSet(response.rules)]}",
        ),
        _extras(response),
        _reasons(response),
        _changes(response),
        findings_list(findings),
    )


def _chosen(response: Response) -> Side:
    return next(side for side in response.sides if side.rules == response.rules)


def _differs(row: Row) -> bool:
    return len({answer.pulled for answer in row.answers.values()}) > 1


def _place(row: Row) -> str | None:
    return f"{row.start}:{row.end}" if row.start >= 0 else None


def _table(response: Response) -> Markup:
    """Return the grid: one row a requirement, one column a set of rules."""
    shown = response.rows[:_MOST_ROWS]
    rows = []
    for number, row in enumerate(shown):
        cells = []
        for rules, title in RULES.items():
            answer = row.answers[rules.value]
            chosen = rules.value == response.rules
            changed = answer.pulled is not row.answers["installers"].pulled
            words = "comes" if answer.pulled else "does not come"
            unlike = ", not as with installers" if changed else ""
            kind = "true" if answer.pulled else "undefined" if sign(answer) == "!" else "false"
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
                            "tabindex": 0 if chosen and number == 0 else -1,
                            "data-set": {"rules": rules.value},
                            "aria-label": f"{row.text}, {title}: {words}{unlike}",
                        },
                        sign(answer),
                        element("span", {"class": "tp-changed", "aria-hidden": "true"}, "*")
                        if changed
                        else None,
                    ),
                )
            )
        rows.append(
            element(
                "tr",
                {"role": "row"},
                element(
                    "th",
                    {"scope": "row", "role": "rowheader", "data-span": _place(row)},
                    element("code", {}, row.text),
                ),
                cells,
            )
        )
    more = len(response.rows) - len(shown)
    return fragment(
        element(
            "div",
            {"class": "tp-scroll"},
            element(
                "table",
                {
                    "class": "tp-grid tp-extras",
                    "role": "grid",
                    "aria-label": "Which requirements come",
                },
                element(
                    "thead",
                    {"role": "rowgroup"},
                    element(
                        "tr",
                        {"role": "row"},
                        element("th", {"scope": "col", "role": "columnheader"}, "Requirement"),
                        [
                            element(
                                "th",
                                {"scope": "col", "role": "columnheader", "title": title},
                                _HEADS.get(rules, title),
                            )
                            for rules, title in RULES.items()
                        ],
                    ),
                ),
                element("tbody", {"role": "rowgroup"}, rows),
            ),
        ),
        element("p", {"class": "tp-note"}, f"{more} more are not shown.") if more else None,
        element("p", {"class": "tp-legend"}, "● comes, · does not, * not as with installers"),
    )


def _extras(response: Response) -> Markup:
    """Return the extras in the end; rules that agree share a line."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for side in response.sides:
        names = tuple(each.name for each in side.extras)
        groups.setdefault(names, []).append(RULES[RuleSet(side.rules)])
    agreed = len(groups) == 1
    return fragment(
        element("h4", {}, "Extras in the end"),
        _facts(
            ("All rules" if agreed else ", ".join(titles), ", ".join(names) or "none")
            for names, titles in groups.items()
        ),
        _facts(
            (each.name, " → ".join(each.steps))
            for each in _chosen(response).extras
            if len(each.steps) > 1
        ),
    )


def _facts(rows: Iterable[tuple[str, str]]) -> Markup | None:
    pairs = [(element("dt", {}, term), element("dd", {}, value)) for term, value in rows]
    return element("dl", {"class": "tp-facts"}, pairs) if pairs else None


def _reasons(response: Response) -> Markup:
    comes: list[Markup] = []
    stays: list[Markup] = []
    for row in response.rows[:_MOST_ROWS]:
        answer = row.answers[response.rules]
        told = "; or ".join(map(reason, answer.ways)) if answer.pulled else answer.message
        item = element(
            "tr",
            {"data-span": _place(row)},
            element("th", {"scope": "row"}, element("code", {}, row.text)),
            element("td", {}, told),
        )
        (comes if answer.pulled else stays).append(item)
    return fragment(
        element("h4", {}, f"Why, by {RuleSet(response.rules).title}"),
        _told("Comes because of", comes),
        _told("Does not come", stays),
    )


def _told(title: str, rows: Sequence[Markup]) -> Markup | None:
    if not rows:
        return None
    return element(
        "table",
        {"class": "tp-table tp-why"},
        element(
            "thead",
            {},
            element(
                "tr",
                {},
                element("th", {"scope": "col"}, "Requirement"),
                element("th", {"scope": "col"}, title),
            ),
        ),
        element("tbody", {}, rows),
    )


def _changes(response: Response) -> Markup | None:
    if response.rules == "installers":
        return None
    title = RuleSet(response.rules).title
    if not response.changes:
        words = f"In no environment does {title} bring anything else for these requests."
        return fragment(_changes_head(title), element("p", {}, words))
    return fragment(
        _changes_head(title),
        element(
            "ul",
            {"class": "tp-changes"},
            [
                element(
                    "li",
                    {"data-span": _place(response.rows[change.index])},
                    element("code", {}, change.text),
                    " ",
                    f"{difference(change)}.",
                )
                for change in response.changes
            ],
        ),
    )


def _changes_head(title: str) -> Markup:
    return element("h4", {}, f"From what installers do to {title}, in every environment")
