"""The catalogue of findings in a page, and links into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective, SphinxRole

from trigpoint.catalogue import RULES, Rule

if TYPE_CHECKING:
    from docutils.nodes import system_message
    from sphinx.application import Sphinx

__all__ = ["FindingRole", "Findings", "setup"]


def _label(code: str) -> str:
    return f"finding-{code}"


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
        severity = rule.severity.value
        term = nodes.term(
            "",
            "",
            nodes.literal("", rule.code),
            nodes.Text(" "),
            nodes.inline("", severity, classes=["tp-severity", f"tp-{severity}"]),
            ids=[label],
        )
        reference = nodes.reference("", rule.source, refuri=rule.url, internal=False)
        paragraph = nodes.paragraph("", "", nodes.strong("", f"{rule.title}."), nodes.Text(" "))
        paragraph += [nodes.Text(f"{rule.why} (Source: "), reference, nodes.Text(")")]
        return nodes.definition_list_item("", term, nodes.definition("", paragraph))


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


def setup(app: Sphinx) -> None:
    """Register the ``findings`` directive and the ``finding`` role with *app*."""
    app.add_directive("findings", Findings)
    app.add_role("finding", FindingRole())
