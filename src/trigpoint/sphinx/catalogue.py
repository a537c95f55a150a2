"""Lists of rules in a page, badges that lead into them, and back to what tells of a rule.

Findings are one such list; other extensions make more with :func:`rule_item` and :class:`BadgeRole`.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective, SphinxRole

from trigpoint.catalogue import RULES, Rule

if TYPE_CHECKING:
    from docutils.nodes import system_message
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

__all__ = ["BadgeRole", "Findings", "badge", "label", "rule_item", "setup"]


def label(kind: str, code: str) -> str:
    """Return the identifier of the rule *code* in the list of its *kind*.

    >>> label("finding", "marker-empty")
    'finding-marker-empty'
    """
    return f"{kind}-{code}"


def rule_item(
    env: BuildEnvironment, kind: str, rule: Rule, claim: str
) -> nodes.definition_list_item:
    """Return the entry of *rule* in the list of its *kind*, and let links of *env* lead to it.

    It says *claim*, the reason and the source; what tells of the rule comes below.
    The list has the class ``tp-catalogue``.
    """
    name = label(kind, rule.code)
    env.domains.standard_domain.note_hyperlink_target(name, env.docname, name, rule.code)
    severity = rule.severity.value
    term = nodes.term(
        "",
        "",
        nodes.literal("", rule.code),
        nodes.Text(" "),
        nodes.inline("", severity, classes=["tp-severity", f"tp-{severity}"]),
        ids=[name],
    )
    source = nodes.reference("", rule.source, refuri=rule.url, internal=False)
    said = nodes.paragraph("", "", nodes.strong("", f"{claim}."))
    said += [nodes.Text(f" {rule.why} (Source: "), source, nodes.Text(")")]
    return nodes.definition_list_item("", term, nodes.definition("", said))


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
        items = [rule_item(self.env, "finding", rule, rule.title) for rule in rules]
        return nodes.definition_list("", *items, classes=["tp-catalogue"])


def badge(kind: str, code: str, page: str, *, needed: bool) -> addnodes.pending_xref:
    """Return the *code* of a rule, linked from *page* to its place in the list of its *kind*.

    It is noted for the way back.  That there is no such list is a warning where one is *needed*.
    """
    link = addnodes.pending_xref(
        "",
        nodes.literal("", code, classes=["tp-code"]),
        refdomain="std",
        reftype="ref",
        refexplicit=True,
        reftarget=label(kind, code),
        refdoc=page,
        refwarn=needed,
    )
    link[_BADGE] = True
    return link


class BadgeRole(SphinxRole):
    """The code of a rule as a badge; one that none of the *codes* is fails."""

    def __init__(self, kind: str, codes: Container[str], *, needed: bool) -> None:
        self.kind, self.codes, self.needed = kind, codes, needed

    def run(self) -> tuple[list[nodes.Node], list[system_message]]:
        """Make the link, or report a code that does not exist."""
        code = self.text.strip()
        if code not in self.codes:
            message = self.inliner.reporter.error(
                f"no {self.kind} has the code {code!r}", line=self.lineno
            )
            return [self.inliner.problematic(self.rawtext, self.rawtext, message)], [message]
        link = badge(self.kind, code, self.env.docname, needed=self.needed)
        self.set_source_info(link)
        return [link], []


class _Place(NamedTuple):
    """Where a rule is told of: the page, the section, and its title unless it is the whole page."""

    page: str
    section: str
    title: str


_BADGE = "trigpoint_badge"
_TOLD = "trigpoint_told"
_CATALOGUE = "trigpoint_catalogue"
"""What is kept of each page: the rules that it tells of, and whether it lists some."""


def _section(node: nodes.Node) -> nodes.section | None:
    parent = node.parent
    while parent is not None and not isinstance(parent, nodes.section):
        parent = parent.parent
    return parent


def _collect(app: Sphinx, doctree: nodes.document) -> None:
    """Keep which rules the page *doctree* tells of, and where."""
    kept = app.env.metadata[app.env.docname]
    told: dict[str, tuple[str, str]] = {}
    for link in doctree.findall(addnodes.pending_xref):
        if link.get(_BADGE) and (section := _section(link)) is not None:
            whole = _section(section) is None
            title = None if whole else section.next_node(nodes.title)
            told.setdefault(link["reftarget"], (section["ids"][0], title.astext() if title else ""))
    if told:
        kept[_TOLD] = told
    if any("tp-catalogue" in each["classes"] for each in doctree.findall(nodes.definition_list)):
        kept[_CATALOGUE] = True


def _places(env: BuildEnvironment) -> dict[str, list[_Place]]:
    """Return where the rule with each label is told of, pages in order of their names."""
    places: dict[str, list[_Place]] = {}
    for page in sorted(env.found_docs):
        for name, (section, title) in env.metadata[page].get(_TOLD, {}).items():
            places.setdefault(name, []).append(_Place(page, section, title))
    return places


def _again(_app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Write pages that list rules again, since what links back to them may have changed."""
    return [page for page in env.found_docs if _CATALOGUE in env.metadata[page]]


def _links(app: Sphinx, page: str, places: Iterable[_Place]) -> Iterator[nodes.Node]:
    for number, place in enumerate(places):
        yield nodes.Text(", " if number else "Mentioned in: ")
        address = f"{app.builder.get_relative_uri(page, place.page)}#{place.section}"
        above = app.env.titles[place.page].astext()
        title = f"{above}: {place.title}" if place.title else above
        yield nodes.reference("", title, refuri=address, internal=True)


def _link_back(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Name below each rule on *page* the sections that tell of it."""
    if _CATALOGUE not in app.env.metadata[page]:
        return
    places = _places(app.env)
    for term in doctree.findall(nodes.term):
        name = next(iter(term["ids"]), "")
        elsewhere = [each for each in places.get(name, []) if each.page != page]
        if elsewhere:
            links = _links(app, page, elsewhere)
            for definition in term.parent.findall(nodes.definition):
                definition.append(nodes.paragraph("", "", *links, classes=["tp-told"]))


def setup(app: Sphinx) -> None:
    """Register the ``findings`` directive and the ``finding`` role with *app*, and links back."""
    app.add_directive("findings", Findings)
    app.add_role("finding", BadgeRole("finding", RULES, needed=False))
    app.connect("doctree-read", _collect)
    app.connect("env-updated", _again)
    app.connect("doctree-resolved", _link_back)
