"""The catalogue of templates as a page: each with its choices, its files and its last proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from trigpoint.projects.templates import (
    OPTIONS,
    Answers,
    Template,
    answers_about,
    purpose,
    render,
    templates,
    verified,
)
from trigpoint.projects.templates.source import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


class Templates(SphinxDirective):
    """A section for each template."""

    def run(self) -> list[nodes.Node]:
        for path in FOLDER.rglob("*"):
            if path.is_file():
                self.env.note_dependency(str(path))
        return [section(template) for template in templates().values()]


def section(template: Template) -> nodes.section:
    """Return all that is known of *template*."""
    identifier = f"template-{template.name.replace('_', '-')}"
    return nodes.section(
        "",
        nodes.title("", template.title),
        nodes.paragraph(
            "", "", nodes.literal("", template.name), nodes.Text(f": {template.about}")
        ),
        nodes.paragraph("", proof(template)),
        *_choices(template),
        _list((path, purpose(path)) for path in render(template, Answers())),
        ids=[identifier],
        names=[identifier],
    )


def proof(template: Template) -> str:
    """Say in a sentence when *template* was proven, and with what."""
    stamp = verified().get(template.name)
    if stamp is None:
        return "Not yet proven by a session."
    tools = ", ".join(f"{name} {version}" for name, version in stamp.tools.items())
    return f"Verified on {stamp.date} with Python {stamp.python}, {tools}."


def _choices(template: Template) -> list[nodes.Node]:
    rows = [
        (f"--{option} {answer}", answers_about(option)[answer])
        for option in OPTIONS
        for answer in template.answers(option)
        if len(template.answers(option)) > 1
    ]
    if not rows:
        return []
    return [nodes.paragraph("", "What can be chosen:"), _list(rows)]


def _list(rows: Iterable[tuple[str, str]]) -> nodes.bullet_list:
    items = (
        nodes.paragraph("", "", nodes.literal("", name), nodes.Text(f": {text}"))
        for name, text in rows
    )
    return nodes.bullet_list("", *(nodes.list_item("", item) for item in items))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the directive to *app*."""
    app.add_directive("templates", Templates)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
