"""The checks of a review as a page, and badges in guides that lead there and back.

``{check}`` in a guide shows a check's code and leads to its entry; the entry lists the sections
that have such a badge, as those of findings do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from trigpoint.projects.review import FAMILIES
from trigpoint.projects.review.table import ALL
from trigpoint.sphinx.catalogue import BadgeRole, rule_item

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


class ReviewChecks(SphinxDirective):
    """Every check, family by family: what holds, why, and where that is written."""

    def run(self) -> list[nodes.Node]:
        """List the checks, each with a target to link to."""
        return [self._section(key, title) for key, title in FAMILIES.items()]

    def _section(self, key: str, title: str) -> nodes.section:
        checks = [check for check in ALL if check.family == key]
        items = [rule_item(self.env, "check", check.rule, check.claim) for check in checks]
        listing = nodes.definition_list("", *items, classes=["tp-catalogue"])
        return nodes.section("", nodes.title("", title), listing, ids=[key], names=[key])


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive ``review-checks`` and the role ``check`` with *app*."""
    app.add_directive("review-checks", ReviewChecks)
    app.add_role("check", BadgeRole("check", {check.code for check in ALL}, needed=True))
    return {
        "version": "1",
        "parallel_read_safe": True,
        "parallel_write_safe": True,
        "env_version": 2,
    }
