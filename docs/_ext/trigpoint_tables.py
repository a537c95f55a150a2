"""Tables that are made from the library's data: fields by version, tools by recorded case."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective
from trigpoint_nodes import table

from trigpoint.catalogue import RULES
from trigpoint.installers import RECORD, Case, Outcome, Tool, backends, index, recorded, verdict
from trigpoint.installers.messages import MESSAGES
from trigpoint.labs import LABS
from trigpoint.labs.markup import Markup, element, fragment
from trigpoint.labs.metadata.words import VERDICT_SIGNS, newest_first
from trigpoint.markers import ENVIRONMENTS
from trigpoint.metadata import FIELDS, NEXT_MAJOR, VERSIONS, Field
from trigpoint.metadata.classifiers import known
from trigpoint.projects import templates
from trigpoint.projects.review.checks import floors

if TYPE_CHECKING:
    from docutils.parsers.rst.states import Inliner
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

_TABLES = "trigpoint_tables"
STYLE, SCRIPT = "tables.css", "filter.js"


_WRITTEN_OUT = {"[]": "--none", "[": "--", "]": "", ",": "-and-", ".": "-dot-", "@": "-at-"}


def anchor(kind: str, name: str) -> str:
    """Return the identifier of a case or field in its page, distinct for each name.

    Two names that differ in letter case or in ``-`` and ``_`` only stay two.
    """
    for sign, written in _WRITTEN_OUT.items():
        name = name.replace(sign, written)
    return f"{kind}-{re.sub(r'[^A-Za-z0-9_-]', '-', name)}"


def _html(markup: Markup) -> nodes.raw:
    return nodes.raw("", str(markup), format="html")


class _TableDirective(SphinxDirective):
    """A directive whose page needs the style and the script of these tables."""

    def note(self) -> None:
        self.env.metadata[self.env.docname][_TABLES] = True
        here = Path(recorded.__file__).parent
        self.env.note_dependency(str(here / "record.json"))
        self.env.note_dependency(str(here / "data" / "backends.json"))


# -- fields ---------------------------------------------------------------------------------

_STATUS = {
    "required": ("●", "required"),
    "optional": ("○", "optional"),
    "deprecated": ("⚠", "deprecated"),
    "absent": ("", "not there"),
}


class FieldMatrix(_TableDirective):
    """Every field against every version."""

    def run(self) -> list[nodes.Node]:
        self.note()
        head = element(
            "tr",
            {},
            element("th", {"scope": "col"}, "Field"),
            [element("th", {"scope": "col"}, version) for version in VERSIONS],
            element("th", {"scope": "col"}, f"{NEXT_MAJOR} model"),
        )
        body = [_field_row(field) for field in FIELDS.values()]
        return [_html(_scrolling("Fields by version", head, body)), _html(_field_legend())]


def _scrolling(label: str, head: Markup, body: Iterable[Markup], *, whole: bool = True) -> Markup:
    return element(
        "div",
        {
            "class": "tp-evidence tp-whole" if whole else "tp-evidence",
            "role": "region",
            "tabindex": 0,
            "aria-label": label,
        },
        element(
            "table", {"class": "tp-matrix"}, element("thead", {}, head), element("tbody", {}, body)
        ),
    )


def _field_row(field: Field) -> Markup:
    cells = []
    for version in VERSIONS:
        status = field.status(version)
        sign, words = _STATUS[status]
        changed = dict(field.changed).get(version)
        cells.append(
            element(
                "td",
                {
                    "class": f"tp-mark tp-{status}",
                    "title": f"{version}: {words}{f'; {changed}' if changed else ''}",
                },
                element("span", {"aria-hidden": "true"}, sign, "*" if changed else None),
                element("span", {"class": "tp-spoken"}, words, ", changed" if changed else None),
            )
        )
    return element(
        "tr",
        {},
        element(
            "th",
            {"scope": "row"},
            element("a", {"href": f"#{anchor('field', field.name)}"}, field.name),
        ),
        cells,
        element("td", {"class": "tp-words"}, field.next_major.partition(";")[0]),
    )


def _field_legend() -> Markup:
    return element(
        "p",
        {"class": "tp-key"},
        [
            [element("span", {"class": f"tp-{status}"}, sign), f" {words}  "]
            for status, (sign, words) in _STATUS.items()
            if sign
        ],
        "* changed in that version",
    )


class FieldList(_TableDirective):
    """Every field explained, with a target to link to."""

    def run(self) -> list[nodes.Node]:
        self.note()
        return [nodes.definition_list("", *map(self._item, FIELDS.values()))]

    def _item(self, field: Field) -> nodes.definition_list_item:
        label = anchor("field", field.name)
        self.env.domains.standard_domain.note_hyperlink_target(
            label, self.env.docname, label, field.name
        )
        origin = f"since {field.since}" if field.since else f"proposed, {field.proposal}"
        if field.deprecated:
            origin += f", deprecated in {field.deprecated}"
        if field.multiple:
            origin += ", may be repeated"
        term = nodes.term(
            "",
            "",
            nodes.literal("", field.name),
            nodes.inline("", f" {origin}", classes=["tp-note"]),
            ids=[label],
        )
        told = nodes.paragraph("", f"{field.meaning} Format: {field.format}.")
        keys = nodes.paragraph("", "In JSON: ")
        keys += nodes.literal("", field.json_key)
        if field.project_key:
            keys += [nodes.Text("; in [project]: "), nodes.literal("", field.project_key)]
        keys += nodes.Text(f". In the 3.0 model: {field.next_major}. ")
        keys += nodes.reference("", "Source", refuri=field.source, internal=False)
        parts: list[nodes.Node] = [told]
        if field.changed:
            parts.append(
                nodes.bullet_list(
                    "",
                    *(
                        nodes.list_item("", nodes.paragraph("", f"{version}: {what}."))
                        for version, what in field.changed
                    ),
                )
            )
        return nodes.definition_list_item("", term, nodes.definition("", *parts, keys))


# -- installers -----------------------------------------------------------------------------

_SHORT = {
    "installs": "installs",
    "accepts": "accepts",
    "warns": "warns",
    "adds a dependency": "adds",
    "drops a dependency": "drops",
    "picks an older version": "older",
    "refuses": "refuses",
    "crashes": "crashes",
    "not recorded": "not run",
}


def _verdict(case: Case, tool: Tool) -> tuple[str, Outcome | None]:
    found = RECORD.outcomes.get((case.name, tool.name))
    return (verdict(found, case, tool).value if found else "not recorded"), found


def _words(name: str, case: Case, outcome: Outcome | None) -> str:
    """Return what a cell says: the dependencies that came, or those too many or too few."""
    came = set(outcome.came) if outcome else set()
    meant = case.meant or frozenset()
    told = {
        "installs": came,
        "adds a dependency": came - meant,
        "drops a dependency": meant - came,
    }.get(name, set())
    names = " ".join(sorted(told))
    if name == "installs":
        return names or _SHORT[name]
    return f"{_SHORT[name]} {names}".rstrip()


class InstallerMatrix(_TableDirective):
    """Recorded cases against tools; with arguments, the cases that they name.

    ``tools`` names the tools, separated by commas; ``page`` is where the cases
    are, if that is another page.
    """

    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar = {
        "tools": directives.unchanged_required,
        "page": directives.unchanged_required,
    }

    def run(self) -> list[nodes.Node]:
        self.note()
        names = self.arguments[0].split() if self.arguments else list(RECORD.cases)
        listed = self.options.get("tools", ",".join(RECORD.tools)).split(",")
        chosen = newest_first(name.strip() for name in listed)
        if unknown := ({*names} - {*RECORD.cases}) | ({*chosen} - {*RECORD.tools}):
            raise self.error(f"nothing is recorded for {', '.join(sorted(unknown))}")
        tools = [RECORD.tools[name] for name in chosen]
        page = ""
        if target := self.options.get("page"):
            page = self.env.app.builder.get_relative_uri(self.env.docname, target)
        head = element(
            "tr",
            {},
            element("th", {"scope": "col"}, "Case"),
            [
                element(
                    "th",
                    {"scope": "col", "data-family": _family(tool)},
                    element("span", {}, tool.family),
                    " ",
                    tool.name.removeprefix(tool.family).strip(),
                )
                for tool in tools
            ],
        )
        # Where tools disagree comes first; what all do the same is folded in a whole table.
        agreed = [name for name in names if _agreed(RECORD.cases[name], tools)]
        first = [name for name in names if name not in agreed] if not self.arguments else names
        named = bool(page) and not self.arguments
        rows = [_case_row(RECORD.cases[name], tools, page, named=named) for name in first]
        same = [_case_row(RECORD.cases[name], tools, page, named=named) for name in agreed]
        shown = {_verdict(RECORD.cases[name], tool)[0] for name in names for tool in tools}
        # A page may have several, which sound apart.
        what = ", ".join(names) if self.arguments else "each case"
        markup = fragment(
            None if self.arguments else _filter(),
            _scrolling(f"What each tool does with {what}", head, rows, whole=not self.arguments),
            element(
                "details",
                {"class": "tp-same"},
                element("summary", {}, f"{len(same)} cases in which all tools do the same"),
                _scrolling("Cases in which all tools do the same", head, same),
            )
            if same and not self.arguments
            else None,
            element(
                "p",
                {"class": "tp-key"},
                [
                    [
                        element(
                            "span",
                            {"class": f"tp-{name.replace(' ', '-')}"},
                            f"{sign} {_SHORT[name]}",
                        ),
                        "  ",
                    ]
                    for name, sign in VERDICT_SIGNS.items()
                    if name in shown
                ],
                "Another word names a dependency.",
            ),
        )
        return [_html(markup)]


def _agreed(case: Case, tools: Iterable[Tool]) -> bool:
    """Say whether all *tools* that were run on *case* do the same; to accept is to install."""
    found = [_verdict(case, tool) for tool in tools]
    told = {
        ("takes" if name in ("installs", "accepts") else name, outcome.came)
        for name, outcome in found
        if outcome is not None
    }
    return len({name for name, _ in told}) == 1 and len({came for _, came in told if came}) <= 1


def _family(tool: Tool) -> str:
    return tool.family if tool.family in ("pip", "uv") else "other"


def _filter() -> Markup:
    """Return the controls, which the script shows."""
    kinds = [
        ("", "anything"),
        ("trouble", "anything but install"),
        *((name, name) for name in VERDICT_SIGNS if name != "not recorded"),
    ]
    return element(
        "form",
        {"class": "tp-filter", "hidden": True},
        element(
            "label",
            {},
            "Cases with ",
            element(
                "input",
                {"type": "search", "name": "words", "placeholder": "extra", "spellcheck": "false"},
            ),
        ),
        element(
            "label",
            {},
            "where a tool does ",
            element(
                "select",
                {"name": "verdict"},
                [element("option", {"value": value}, words) for value, words in kinds],
            ),
        ),
        element(
            "fieldset",
            {},
            element("legend", {"class": "tp-spoken"}, "Tools"),
            [
                element(
                    "label",
                    {},
                    element(
                        "input",
                        {"type": "checkbox", "name": "family", "value": name, "checked": True},
                    ),
                    f" {name}",
                )
                for name in ("pip", "uv", "other")
            ],
        ),
        element("output", {"aria-live": "polite"}),
    )


def _case_row(case: Case, tools: list[Tool], page: str, *, named: bool) -> Markup:
    """Return the row of *case*; a *named* one has the identifier that the case has on *page*."""
    label = anchor("case", case.name)
    target = f"{page}#{label}"

    def told(tool: Tool) -> tuple[str, str, str]:
        name, outcome = _verdict(case, tool)
        return tool.family, name, _words(name, case, outcome)

    cells = []
    # Neighbours of one family that do the same share a cell.
    for (_, name, words), group in itertools.groupby(tools, told):
        alike = list(group)
        cells.append(
            element(
                "td",
                {
                    "class": f"tp-{name.replace(' ', '-')}",
                    "colspan": len(alike) if len(alike) > 1 else None,
                    "data-family": _family(alike[0]),
                    "data-verdict": name,
                },
                # The row's head goes to the same place, so the keyboard has one stop a row.
                element(
                    "a",
                    {"href": target, "tabindex": -1, "title": f"{_range(alike)} {name}"},
                    f"{VERDICT_SIGNS[name]} {words}",
                ),
            )
        )
    return element(
        "tr",
        # Links from before the cases had a page of their own find the row.
        {"id": label if named else None},
        element(
            "th",
            {"scope": "row"},
            element("a", {"href": target}, case.name),
            element("span", {"class": "tp-shows"}, case.shows),
        ),
        cells,
    )


def _range(tools: list[Tool]) -> str:
    """Return who *tools* are, the newest of one family first."""
    if len(tools) == 1:
        return tools[0].name
    return f"{tools[-1].name} to {tools[0].name.partition(' ')[2]}"


class InstallerCases(_TableDirective):
    """Every recorded case: what was given to the tools, and what came of it."""

    def run(self) -> list[nodes.Node]:
        self.note()
        return [node for case in RECORD.cases.values() for node in self._item(case)]

    def _item(self, case: Case) -> list[nodes.Node]:
        label = anchor("case", case.name)
        self.env.domains.standard_domain.note_hyperlink_target(
            label, self.env.docname, label, case.name
        )
        asked = nodes.paragraph("", f"{case.shows} Asked for: ")
        asked += nodes.literal("", case.request)
        if case.file_name:
            asked += [nodes.Text("; file name: "), nodes.literal("", case.file_name)]
        if case.wheel.strip() != "Wheel-Version: 1.0":
            asked += [nodes.Text("; WHEEL: "), nodes.literal("", case.wheel.strip())]
        asked += nodes.Text(f". {_meant(case)} Rule: ")
        asked += nodes.reference("", case.section, refuri=case.url, internal=False)
        text = case.metadata.decode("utf-8", "backslashreplace").replace("\0", "␀")
        block = nodes.literal_block(text, text, language="text")
        outcomes = nodes.bullet_list(
            "", *map(_outcome_item, _groups(case)), classes=["tp-outcomes"]
        )
        summary = element(
            "summary",
            {},
            element("code", {}, case.name),
            element("span", {"class": "tp-shows"}, case.shows),
        )
        # A link to what stands inside opens it; one to the element around it would not.
        return [
            nodes.raw("", f'<details class="tp-recorded">{summary}', format="html"),
            nodes.container(
                *("", asked, block, outcomes),
                ids=[label],
                search_title=case.name,
                search_text=case.shows,
            ),
            nodes.raw("", "</details>", format="html"),
        ]


def _meant(case: Case) -> str:
    if case.meant is None:
        return "No rule says which dependencies should come."
    names = ", ".join(sorted(case.meant))
    return f"Should bring: {names}." if names else "Should bring no dependency."


def _groups(case: Case) -> Iterator[tuple[list[Tool], str, Outcome]]:
    """Yield neighbouring tools of one family with the same outcome; what was not run is left out."""

    def what(tool: Tool) -> tuple[Any, ...]:
        name, outcome = _verdict(case, tool)
        return tool.family, name, outcome

    tools = newest_first(RECORD.tools.values(), lambda tool: tool.name)
    found = [
        (list(group), name, outcome)
        for (_, name, outcome), group in itertools.groupby(tools, what)
        if outcome is not None
    ]
    most = Counter(name for group, name, _ in found for _ in group).most_common(1)
    # What most tools do comes after what is remarkable.
    yield from sorted(found, key=lambda each: bool(most) and each[1] == most[0][0])


def _outcome_item(found: tuple[list[Tool], str, Outcome]) -> nodes.list_item:
    tools, name, outcome = found
    told = nodes.paragraph("", "", nodes.strong("", _range(tools)), nodes.Text(" "))
    sign = f"{VERDICT_SIGNS[name]} {name}"
    told += nodes.inline("", sign, classes=[f"tp-{name.replace(' ', '-')}"])
    if outcome.came:
        told += nodes.Text(f" (came: {', '.join(outcome.came)})")
    if outcome.message:
        # As a literal each word would be an element of its own.
        told += [nodes.Text(": "), nodes.inline("", outcome.message, classes=["tp-said"])]
    return nodes.list_item("", told)


class InstallerTools(SphinxDirective):
    """The recorded tools, what they ran on, and when."""

    def run(self) -> list[nodes.Node]:
        listing = nodes.bullet_list("")
        families = itertools.groupby(RECORD.tools.values(), lambda tool: tool.family)
        for family, group in families:
            tools = list(group)
            versions = ", ".join(
                f"{tool.name.partition(' ')[2]} (Python {tool.python})" for tool in tools
            )
            dates = sorted({tool.recorded for tool in tools})
            text = f": {versions}. Recorded {' and '.join(dates)}, {tools[0].system}."
            listing += nodes.list_item(
                "", nodes.paragraph("", "", nodes.strong("", family), nodes.Text(text))
            )
        return [listing]


# -- backends -------------------------------------------------------------------------------

_NO_FLOOR = {"refused": ("✕", "refused"), "lost": ("−", "not in METADATA")}


def _built_with() -> list[backends.Recorded]:
    """Return the tools that were recorded as backends, not as readers."""
    return [each for each in backends.BACKENDS.values() if "project" in each.stretches]


class BackendFloors(_TableDirective):
    """The recorded features, or those named, by backend: the lowest version that does each."""

    optional_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        self.note()
        tools = _built_with()
        asked = self.arguments[0].split() if self.arguments else list(backends.FEATURES)
        if unknown := [name for name in asked if name not in backends.FEATURES]:
            raise self.error(f"no feature is called {unknown[0]!r}")
        head = element(
            "tr",
            {},
            element("th", {"scope": "col"}, "Feature"),
            [element("th", {"scope": "col"}, tool.name) for tool in tools],
        )
        body = [
            element(
                "tr",
                {},
                element("th", {"scope": "row"}, backends.FEATURES[feature]),
                [_floor_cell(tool, feature) for tool in tools],
            )
            for feature in asked
        ]
        what = f"for {', '.join(asked)}" if self.arguments else "by feature"
        return [_html(_scrolling(f"Lowest versions {what}", head, body))]


def _floor_cell(tool: backends.Recorded, feature: str) -> Markup:
    floor = tool.floor(feature)
    stretches = tool.stretches.get(feature, ())
    if not stretches:
        return element("td", {"class": "tp-mark", "title": "not recorded"}, "?")
    if floor is None:
        last = stretches[-1]
        sign, words = _NO_FLOOR[last.outcome]
        title = f"{words} up to {last.last}{f': {last.message}' if last.message else ''}"
        return element(
            "td",
            {"class": "tp-mark", "title": title},
            element("span", {"aria-hidden": "true"}, sign),
            element("span", {"class": "tp-spoken"}, words),
        )
    if floor.before is None:
        return element("td", {"title": "the oldest recorded version has it"}, f"≤ {floor.version}")
    before = floor.before
    words = _NO_FLOOR.get(before.outcome, ("", "done otherwise"))[1]
    title = f"{before.last}: {words}{f': {before.message}' if before.message else ''}"
    return element("td", {"title": title}, floor.version)


_WRITTEN = {
    "project": "a name and a version",
    "license-expression": "an SPDX license",
    "import-names": "import-names",
}
"""The projects whose metadata versions are compared, and what each says."""


class BackendWrites(_TableDirective):
    """The metadata version that the newest recorded version of each backend writes, by project."""

    def run(self) -> list[nodes.Node]:
        self.note()
        head = element(
            "tr",
            {},
            element("th", {"scope": "col"}, "Newest recorded"),
            [element("th", {"scope": "col"}, says) for says in _WRITTEN.values()],
        )
        body = [
            element(
                "tr",
                {},
                element("th", {"scope": "row"}, f"{tool.name} {tool.asked[-1]}"),
                [_written_cell(tool, feature) for feature in _WRITTEN],
            )
            for tool in _built_with()
        ]
        return [_html(_scrolling("Metadata versions by project", head, body))]


def _written_cell(tool: backends.Recorded, feature: str) -> Markup:
    last = tool.stretches[feature][-1]
    if last.outcome == "good":
        return element("td", {}, last.metadata)
    words = _NO_FLOOR[last.outcome][1]
    return element("td", {"title": last.message}, words)


class BackendRuns(_TableDirective):
    """What each tool did with each feature, by stretches of versions, and when it was recorded."""

    def run(self) -> list[nodes.Node]:
        self.note()
        found: list[nodes.Node] = []
        for tool in backends.BACKENDS.values():
            section = nodes.section(ids=[anchor("backend", tool.name)])
            section += nodes.title("", tool.name)
            section += nodes.paragraph(
                "",
                f"{len(tool.asked)} versions from {tool.asked[0]} to {tool.asked[-1]} were run"
                f" on {tool.date} ({backends.RUN_ON}).",
            )
            listing = nodes.definition_list()
            for feature, stretches in tool.stretches.items():
                rows = nodes.bullet_list("", *(_stretch_item(each) for each in stretches))
                listing += nodes.definition_list_item(
                    "",
                    nodes.term("", backends.FEATURES.get(feature, feature)),
                    nodes.definition("", rows),
                )
            section += listing
            found.append(section)
        return found


def _stretch_item(stretch: backends.Stretch) -> nodes.list_item:
    ends = dict.fromkeys((stretch.first, stretch.last))
    said = {"good": "does it", "lost": "leaves it out", "refused": "refuses it"}[stretch.outcome]
    told = f"{' to '.join(ends)}: {said}"
    if stretch.metadata:
        told += f", metadata {stretch.metadata}"
    item = nodes.paragraph("", f"{told}{': ' if stretch.message else ''}")
    if stretch.message:
        item += nodes.literal("", stretch.message)
    return nodes.list_item("", item)


# -- tools that are no backends -------------------------------------------------------------


class ToolFloors(SphinxDirective):
    """The features of tools that a project may use, and the versions that brought them."""

    def run(self) -> list[nodes.Node]:
        self.env.note_dependency(floors.__file__)
        rows = (
            [
                nodes.Text(each.tool),
                nodes.literal("", each.feature),
                nodes.Text(each.version),
                nodes.Text(each.source),
            ]
            for each in sorted(floors.FLOORS, key=lambda each: each.tool)
        )
        return [table(("Tool", "Feature", "From", "Source"), rows)]


# -- numbers --------------------------------------------------------------------------------

COUNTS: Mapping[str, Callable[[], int]] = {
    "backend versions": lambda: sum(len(each.asked) for each in backends.BACKENDS.values()),
    "backends": lambda: len(backends.BACKENDS),
    "cases": lambda: len(RECORD.cases),
    "environments": lambda: len(ENVIRONMENTS),
    "examples": lambda: sum(len(lab.examples) for lab in LABS.values()),
    "families": lambda: len({tool.family for tool in RECORD.tools.values()}),
    "findings": lambda: len(RULES),
    "labs": lambda: len(LABS),
    "messages": lambda: len(MESSAGES),
    "outcomes": lambda: len(RECORD.outcomes),
    "templates": lambda: len(templates.templates()),
    "tools": lambda: len(RECORD.tools),
}
"""What the pages count, by the names that the role has for it."""


def _count(
    _name: str,
    rawtext: str,
    text: str,
    lineno: int,
    inliner: Inliner,
    _options: Mapping[str, Any] = {},
    _content: Sequence[str] = (),
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """Write how many there are, so that no page has to be changed when there are more."""
    if text not in COUNTS:
        message = inliner.reporter.error(f"nothing counts {text!r}", line=lineno)
        return [inliner.problematic(rawtext, rawtext, message)], [message]
    return [nodes.Text(f"{COUNTS[text]():,}")], []


# -- the index ------------------------------------------------------------------------------


class IndexRules(SphinxDirective):
    """The rules of the public index that documents and files are held against."""

    def run(self) -> list[nodes.Node]:
        listing = nodes.definition_list()
        for fact in index.FACTS:
            rule = RULES[fact.code]
            told = nodes.paragraph("", f"{rule.why} ")
            told += nodes.reference("", "Source", refuri=rule.url)
            told += nodes.Text(f"; held by {fact.since}." if fact.since else ".")
            listing += nodes.definition_list_item(
                "",
                nodes.term("", "", nodes.literal("", fact.code), nodes.Text(f" {fact.says}")),
                nodes.definition("", told),
            )
        return [listing]


class IndexVersions(SphinxDirective):
    """The metadata versions that the index takes, and since when at the latest."""

    def run(self) -> list[nodes.Node]:
        listing = nodes.bullet_list("")
        for each in index.METADATA_VERSIONS.values():
            told = nodes.paragraph("", "", nodes.literal("", each.version))
            if each.since:
                told += nodes.Text(f", by {each.since} (")
                told += nodes.reference("", "report", refuri=each.source)
                told += nodes.Text(")")
            listing += nodes.list_item("", told)
        said = (
            f"The rules were read on {index.READ}, and the list of classifiers is that of"
            f" trove-classifiers {known().version}, of {known().date}."
        )
        return [listing, nodes.paragraph("", said)]


def _add_files(
    app: Sphinx, pagename: str, _template: str, _context: dict[str, Any], _doctree: object
) -> None:
    if app.env.metadata.get(pagename, {}).get(_TABLES):
        app.add_css_file(STYLE)
        app.add_js_file(SCRIPT, loading_method="defer")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives, and their style and script on the pages that use them."""
    app.add_directive("metadata-field-matrix", FieldMatrix)
    app.add_directive("metadata-field-list", FieldList)
    app.add_directive("installer-matrix", InstallerMatrix)
    app.add_directive("installer-cases", InstallerCases)
    app.add_directive("installer-tools", InstallerTools)
    app.add_directive("backend-floors", BackendFloors)
    app.add_directive("backend-runs", BackendRuns)
    app.add_directive("backend-writes", BackendWrites)
    app.add_directive("tool-floors", ToolFloors)
    app.add_role("count", _count)
    app.add_directive("index-rules", IndexRules)
    app.add_directive("index-versions", IndexVersions)
    app.connect("html-page-context", _add_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "env_version": 3}
