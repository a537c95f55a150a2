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
    """Every rule of one topic of the catalogue, as a definition list."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """List the rules, each with a target to link to."""
        topic = self.arguments[0]
        rules = [rule for rule in RULES.values() if rule.topic == topic]
        if not rules:
            raise self.error(f"no finding has the topic {topic!r}")
        listing = nodes.definition_list(classes=["tp-catalogue"])
        listing += [self._item(rule) for rule in rules]
        return [listing]

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
    """Register the ``findings`` directive and the ``finding`` role."""
    app.add_directive("findings", Findings)
    app.add_role("finding", FindingRole())
