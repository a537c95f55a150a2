"""The checks of a review as a page, and badges in guides that lead there and back.

``{check}`` in a guide shows a check's code and leads to its entry; the entry lists the guides
that have such a badge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective, SphinxRole

from trigpoint.projects.review import FAMILIES, Check
from trigpoint.projects.review.table import ALL
from trigpoint.sphinx.catalogue import rule_item

if TYPE_CHECKING:
    from docutils.nodes import system_message
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

_CODES = {check.code: check for check in ALL}
_USED = "trigpoint_check_uses"
_PAGES = "trigpoint_check_pages"


def _label(code: str) -> str:
    return f"check-{code}"


def _noted(env: BuildEnvironment, name: str) -> dict[str, set[str]]:
    """Return what is noted under *name*: by page, codes."""
    if not hasattr(env, name):
        setattr(env, name, {})
    found: dict[str, set[str]] = getattr(env, name)
    return found


class back(nodes.General, nodes.Element):  # noqa: N801
    """Where the guides with a badge of the check ``code`` come to stand."""


class ReviewChecks(SphinxDirective):
    """Every check, family by family: what holds, why, and where that is written."""

    def run(self) -> list[nodes.Node]:
        """List the checks, each with a target to link to."""
        _noted(self.env, _PAGES)[self.env.docname] = set(_CODES)
        return [self._section(key, title) for key, title in FAMILIES.items()]

    def _section(self, key: str, title: str) -> nodes.section:
        items = [self._item(check) for check in ALL if check.family == key]
        listing = nodes.definition_list("", *items, classes=["tp-catalogue"])
        return nodes.section("", nodes.title("", title), listing, ids=[key], names=[key])

    def _item(self, check: Check) -> nodes.definition_list_item:
        label, rule = _label(check.code), check.rule
        domain = self.env.domains.standard_domain
        domain.note_hyperlink_target(label, self.env.docname, label, check.code)
        return rule_item(rule, label, check.claim, back(code=check.code))


class CheckRole(SphinxRole):
    """The code of a check as a badge that leads to its entry."""

    def run(self) -> tuple[list[nodes.Node], list[system_message]]:
        """Make the link, and note it for the way back; a code that does not exist is an error."""
        code = self.text.strip()
        if code not in _CODES:
            message = self.inliner.reporter.error(
                f"no check has the code {code!r}", line=self.lineno
            )
            return [self.inliner.problematic(self.rawtext, self.rawtext, message)], [message]
        _noted(self.env, _USED).setdefault(self.env.docname, set()).add(code)
        reference = addnodes.pending_xref(
            self.rawtext,
            nodes.literal(self.rawtext, code, classes=["tp-code"]),
            refdomain="std",
            reftype="ref",
            refexplicit=True,
            reftarget=_label(code),
            refdoc=self.env.docname,
            refwarn=True,
        )
        self.set_source_info(reference)
        return [reference], []


def _lead_back(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the guides with a badge into the entries of the page *docname*."""
    used = _noted(app.env, _USED)
    for place in list(doctree.findall(back)):
        pages = sorted(page for page, codes in used.items() if place["code"] in codes)
        if not pages:
            place.parent.remove(place)
            continue
        said = nodes.paragraph("", "", nodes.Text("Read on: "))
        for i, page in enumerate(pages):
            said += [nodes.Text(", " if i else "")]
            address = app.builder.get_relative_uri(docname, page)
            title = app.env.titles[page].astext()
            said += [nodes.reference("", title, refuri=address, internal=True)]
        place.replace_self(said)


def _purge(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    for name in (_USED, _PAGES):
        _noted(env, name).pop(docname, None)


def _merge(_app: Sphinx, env: BuildEnvironment, docnames: Any, other: BuildEnvironment) -> None:
    for name in (_USED, _PAGES):
        found = _noted(other, name)
        _noted(env, name).update({page: found[page] for page in docnames if page in found})


def _again(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages that are written anew, as any page may have got a badge."""
    return sorted(_noted(env, _PAGES))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive ``review-checks`` and the role ``check`` with *app*."""
    app.add_node(back)
    app.add_directive("review-checks", ReviewChecks)
    app.add_role("check", CheckRole())
    app.connect("doctree-resolved", _lead_back)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    app.connect("env-updated", _again)
    return {
        "version": "1",
        "parallel_read_safe": True,
        "parallel_write_safe": True,
        "env_version": 1,
    }
