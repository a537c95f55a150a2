"""The pieces that the results of several labs are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from trigpoint.findings import Finding, Severity, Span
from trigpoint.kept import keeps
from trigpoint.labs.base import MOST_FINDINGS, Example
from trigpoint.labs.markup import Markup, element, fragment

__all__ = [
    "FIRST_EXAMPLES",
    "LEAD",
    "code",
    "example_list",
    "facts",
    "field_page",
    "findings_list",
    "hint",
    "lines_to_choose",
    "name_code",
    "nothing_yet",
    "open_link",
    "page_link",
    "span_of",
    "summary_line",
    "table",
]

LEAD: Final = "tp-findings tp-lead"
"""The class of the findings on the text, on top of a result."""

FIRST_EXAMPLES: Final = 3
"""Examples that a lab without a text offers, those of real packages."""

_SEVERITIES = {Severity.ERROR: "Error", Severity.WARNING: "Warning", Severity.INFO: "Note"}


def code(text: str) -> Markup:
    """Return *text* as code."""
    return element("code", {}, text)


def name_code(name: str) -> Markup:
    """Return the *name* of a variable as code that may break behind an underscore, and nowhere else."""
    first, *others = name.split("_")
    broken = [["_", element("wbr", {}), each] for each in others]
    return element("code", {"class": "tp-name"}, first, broken)


def hint(*children: Any) -> Markup:
    """Return a remark of *children* in a paragraph of its own."""
    return element("p", {"class": "tp-hint"}, *children)


def summary_line(summary: str, *instead: Any) -> Markup:
    """Return the line on top of a result: *summary*, or *instead* where something is given.

    A script reads the *summary* off it in both cases.
    """
    return element("p", {"class": "tp-summary", "data-summary": summary}, *(instead or (summary,)))


def nothing_yet(summary: str, sentence: str, examples: Iterable[Example]) -> Markup:
    """Return what a lab shows that has nothing to answer about.

    That is *sentence*, what a reader may write, in place of the *summary* that there is
    nothing yet, and the first real ones of *examples*, each a button.
    """
    real = [each for each in examples if each.is_real][:FIRST_EXAMPLES]
    return element(
        "div",
        {"class": "tp-start"},
        summary_line(summary, sentence if summary.endswith(" yet.") else summary),
        hint("Or begin with one of these:"),
        example_list(real),
    )


def example_list(examples: Iterable[Example]) -> Markup:
    """Return a list of *examples*, each a button that puts it into the form."""
    return element(
        "ul",
        {"class": "tp-examples"},
        [
            element(
                "li",
                {},
                element(
                    "button",
                    {"type": "button", "data-example": dict(each.request)},
                    element("span", {"class": "tp-example-label"}, each.label),
                    " ",
                    element("span", {"class": "tp-example-source"}, each.source),
                ),
            )
            for each in examples
        ],
    )


def open_link(
    lab: str, request: Mapping[str, Any], *children: Any, kept: bool = False, file: str = ""
) -> Markup:
    """Return a link of *children* that opens *lab* with *request*, the fields that it fills.

    Nobody here knows where the labs of a site are: the directive and the element of a
    page write the address, and where there is none it stays a text.  With *kept*, the
    request is too large for an address, or not for one, and goes by way of the tab.  The
    field *file* takes what the reader brought as it came, if the tab has it.
    """
    given = {
        "lab": lab,
        "request": dict(request),
        **({"kept": True} if kept else {}),
        **({"file": file} if file else {}),
    }
    return element("a", {"class": "tp-open", "data-open": given}, *children)


def field_page(name: str) -> str:
    """Return where the documentation tells of the field *name*, as :func:`page_link` takes it."""
    return f"reference/metadata-fields#field-{name}"


def page_link(page: str, *children: Any) -> Markup:
    """Return a link of *children* to the *page* of the documentation, as ``guides/markers#gui``.

    As with :func:`open_link`, the page that it stands on knows the address.
    """
    return element("a", {"class": "tp-page", "data-page": page}, *children)


def facts(rows: Iterable[tuple[Any, Any]]) -> Markup | None:
    """Return *rows* of terms and what they come to as a list; those with nothing are left out."""
    pairs = [(element("dt", {}, term), element("dd", {}, value)) for term, value in rows if value]
    return element("dl", {"class": "tp-facts"}, pairs) if pairs else None


def table(heads: Sequence[str], rows: Sequence[Markup], kind: str = "tp-table") -> Markup:
    """Return a table of *rows* below the *heads* of its columns; *kind* is its class."""
    head = element("tr", {}, [element("th", {"scope": "col"}, each) for each in heads])
    return element("table", {"class": kind}, element("thead", {}, head), element("tbody", {}, rows))


def lines_to_choose(
    field: str, chosen: int, lines: Iterable[tuple[str, str, int, int]], left_out: str | None
) -> Markup:
    """Return the lines of a text, one of which is *chosen* by its number.

    *field* is the field of the request that holds the number; each of *lines* is
    a text, what it comes to, and where it starts and ends in the reader's text.
    *left_out* says what is not listed.
    """
    rows = [
        element(
            "li",
            {"data-span": f"{start}:{end}"},
            element(
                "button",
                {
                    "type": "button",
                    "data-set": {field: i},
                    "aria-pressed": "true" if i == chosen else "false",
                },
                code(text),
                " ",
                element("span", {"class": "tp-count"}, count),
            ),
        )
        for i, (text, count, start, end) in enumerate(lines)
    ]
    return fragment(
        element("ol", {"class": "tp-lines", "aria-label": "Lines of the text"}, rows),
        hint(left_out) if left_out else None,
    )


# -- findings ---------------------------------------------------------------------------


def findings_list(
    findings: Sequence[Finding], *, kind: str = "tp-findings", label: str = "Findings"
) -> Markup | None:
    """Return *findings* as a list with their places, fixes and rules; None if there is none.

    *kind* is its class and *label* its name for a screen reader.  A list of the kind
    :data:`LEAD` stands on top of the result, and under the text while that cannot be read.
    """
    if not findings:
        return None
    left = len(findings) - MOST_FINDINGS
    return element(
        "ul",
        {"class": kind, "aria-label": label},
        [
            element(
                "li",
                {
                    "class": f"tp-finding tp-{finding.severity.value}",
                    "data-span": span_of(finding.span),
                },
                _finding(finding),
            )
            for finding in findings[:MOST_FINDINGS]
        ],
        element("li", {"class": "tp-hint"}, f"{left} more.") if left > 0 else None,
    )


def span_of(span: Span | None) -> str | None:
    """Return *span* as the editor reads it."""
    return f"{span.start}:{span.end}" if span else None


def _finding(finding: Finding) -> Markup:
    # A keystroke leaves most findings as they are; equal ones may differ in their source.
    return _said(finding, finding.source)


@keeps(512, lambda finding, _: len(finding.message))
def _said(finding: Finding, source: str) -> Markup:
    """Return what *finding*, whose rule is at *source*, says."""
    span, fix = finding.span, finding.fix
    repair: Markup | None = None
    if fix:
        words = fix.message[:1].upper() + fix.message[1:]
        button = None
        if fix.span is not None and fix.replacement is not None:
            change = {
                "start": fix.span.start,
                "end": fix.span.end,
                "replacement": fix.replacement,
            }
            button = element(
                "button",
                {
                    "type": "button",
                    "class": "tp-live tp-button",
                    "data-fix": change,
                    "aria-label": f"Fix: {fix.message}",
                },
                "Fix",
            )
        repair = element("p", {"class": "tp-fix"}, words + ".", button)
    place = (
        element("span", {"class": "tp-place"}, f"Line {span.line}, column {span.column}. ")
        if span
        else None
    )
    return fragment(
        element(
            "p",
            {"class": "tp-finding-head"},
            element("strong", {"class": "tp-severity"}, _SEVERITIES[finding.severity]),
            " ",
            element("span", {"class": "tp-message"}, finding.message + "."),
            " ",
            place,
            element("a", {"class": "tp-code", "href": source}, finding.code),
        ),
        repair,
    )
