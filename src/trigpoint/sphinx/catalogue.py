"""The catalogue of findings in a page, links into it, and back to the pages that explain one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective, SphinxRole

from trigpoint.catalogue import RULES, Rule

if TYPE_CHECKING:
    from docutils.nodes import system_message
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

__all__ = ["FindingRole", "Findings", "rule_item", "setup"]


def _label(code: str) -> str:
    return f"finding-{code}"


def rule_item(rule: Rule, label: str, claim: str, *more: nodes.Node) -> nodes.definition_list_item:
    """Return the entry of *rule* in a list, with the identifier *label*.

    It says *claim*, the reason and the source; *more* comes below.
    """
    severity = rule.severity.value
    term = nodes.term(
        "",
        "",
        nodes.literal("", rule.code),
        nodes.Text(" "),
        nodes.inline("", severity, classes=["tp-severity", f"tp-{severity}"]),
        ids=[label],
    )
    source = nodes.reference("", rule.source, refuri=rule.url, internal=False)
    said = nodes.paragraph("", "", nodes.strong("", f"{claim}."))
    said += [nodes.Text(f" {rule.why} (Source: "), source, nodes.Text(")")]
    return nodes.definition_list_item("", term, nodes.definition("", said, *more))


class Findings(SphinxDirective):
    """The rules of one topic as a definition list; without a topic, a section for each."""

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """List the rules, each with a target to link to."""
        topics: dict[str, list[Rule]] = {}
        for rule in RULES.values():
            topics.setdefault(rule.topic, []).append(rule)
        if not self.arguments:
            return [self._section(topic, rules) for topic, rules in topics.items()]
        if self.arguments[0] not in topics:
            raise self.error(f"no finding has the topic {self.arguments[0]!r}")
        return [self._listing(topics[self.arguments[0]])]

    def _section(self, topic: str, rules: list[Rule]) -> nodes.section:
        title = nodes.title("", topic.capitalize())
        return nodes.section("", title, self._listing(rules), ids=[topic], names=[topic])

    def _listing(self, rules: list[Rule]) -> nodes.definition_list:
        items = [self._item(rule) for rule in rules]
        return nodes.definition_list("", *items, classes=["tp-catalogue"])

    def _item(self, rule: Rule) -> nodes.definition_list_item:
        label = _label(rule.code)
        self.env.domains.standard_domain.note_hyperlink_target(
            label, self.env.docname, label, rule.code
        )
        return rule_item(rule, label, rule.title)


class FindingRole(SphinxRole):
    """The code of a finding, linked to its place in the catalogue if the site has one."""

    def run(self) -> tuple[list[nodes.Node], list[system_message]]:
        """Make the link, or report a code that does not exist."""
        code = self.text.strip()
        literal = nodes.literal(self.rawtext, code, classes=["tp-code"])
        if code not in RULES:
            message = self.inliner.reporter.error(
                f"no finding has the code {code!r}", line=self.lineno
            )
            return [self.inliner.problematic(self.rawtext, self.rawtext, message)], [message]
        reference = addnodes.pending_xref(
            self.rawtext,
            literal,
            refdomain="std",
            reftype="ref",
            refexplicit=True,
            reftarget=_label(code),
            refdoc=self.env.docname,
            refwarn=False,
        )
        self.set_source_info(reference)
        return [reference], []


class _Place(NamedTuple):
    """Where a page tells of a finding: the page, and the section with its title."""

    page: str
    section: str
    title: str


_TOLD = "trigpoint_findings"
_CATALOGUE = "trigpoint_catalogue"
"""What is kept of each page: the findings that it tells of, and whether it lists rules."""


def _section(node: nodes.Node) -> nodes.section | None:
    parent = node.parent
    while parent is not None and not isinstance(parent, nodes.section):
        parent = parent.parent
    return parent


def _collect(app: Sphinx, doctree: nodes.document) -> None:
    """Keep which findings the page *doctree* tells of, and where."""
    page = app.env.docname
    kept = app.env.metadata[page]
    told: dict[str, tuple[str, str]] = {}
    for link in doctree.findall(addnodes.pending_xref):
        code = link["reftarget"].removeprefix(_label(""))
        if code in RULES and (section := _section(link)) is not None:
            title = section.next_node(nodes.title)
            told.setdefault(code, (section["ids"][0], title.astext() if title else page))
    if told:
        kept[_TOLD] = told
    if any("tp-catalogue" in each["classes"] for each in doctree.findall(nodes.definition_list)):
        kept[_CATALOGUE] = True


def _places(env: BuildEnvironment) -> dict[str, list[_Place]]:
    """Return where each code is told of, pages in order of their names."""
    places: dict[str, list[_Place]] = {}
    for page in sorted(env.found_docs):
        for code, (section, title) in env.metadata[page].get(_TOLD, {}).items():
            places.setdefault(code, []).append(_Place(page, section, title))
    return places


def _again(_app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Write pages that list rules again, since what links back to them may have changed."""
    return [page for page in env.found_docs if _CATALOGUE in env.metadata[page]]


def _links(app: Sphinx, page: str, places: Iterable[_Place]) -> Iterator[nodes.Node]:
    for number, place in enumerate(places):
        yield nodes.Text(", " if number else "Told of in: ")
        address = f"{app.builder.get_relative_uri(page, place.page)}#{place.section}"
        yield nodes.reference("", place.title, refuri=address, internal=True)


def _link_back(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Name below each rule on *page* the sections that tell of it."""
    if _CATALOGUE not in app.env.metadata[page]:
        return
    places = _places(app.env)
    for term in doctree.findall(nodes.term):
        code = next(iter(term["ids"]), "").removeprefix(_label(""))
        elsewhere = [each for each in places.get(code, []) if each.page != page]
        if code in RULES and elsewhere:
            links = _links(app, page, elsewhere)
            for definition in term.parent.findall(nodes.definition):
                definition.append(nodes.paragraph("", "", *links, classes=["tp-told"]))


def setup(app: Sphinx) -> None:
    """Register the ``findings`` directive and the ``finding`` role with *app*, and links back."""
    app.add_directive("findings", Findings)
    app.add_role("finding", FindingRole())
    app.connect("doctree-read", _collect)
    app.connect("env-updated", _again)
    app.connect("doctree-resolved", _link_back)
