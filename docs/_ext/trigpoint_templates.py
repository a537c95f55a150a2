"""The catalogue of templates as a page: each with its choices, its files and its last proof."""

from __future__ import annotations

import tomllib
from collections import Counter
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
        files = {each.name: render(each, Answers()) for each in templates().values()}
        count = Counter(path for found in files.values() for path in found)
        shared = {path for path in count if count[path] > len(files) / 2}
        return [
            *(_section(each, set(files[each.name]) - shared) for each in templates().values()),
            _titled("What can be chosen", "templates-choices", _list(_answers())),
            _titled(
                "Files that most of them have",
                "templates-files",
                _list((path, purpose(path)) for path in sorted(shared)),
            ),
            _titled("What a review says", "templates-exceptions", *_exceptions()),
        ]


class Proofs(SphinxDirective):
    """When each of the named templates was proven, and with what."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        self.env.note_dependency(str(FOLDER / "verified.json"))
        names = self.arguments[0].split()
        if unknown := [name for name in names if name not in templates()]:
            raise self.error(f"there is no template {unknown[0]!r}")
        return [_list((name, proof(templates()[name])) for name in names)]


def _titled(title: str, identifier: str, *body: nodes.Node) -> nodes.section:
    return nodes.section("", nodes.title("", title), *body, ids=[identifier], names=[identifier])


def _answers() -> list[tuple[str, str]]:
    """Return each answer that a template leaves open, and what it means."""
    rows = {
        f"--{option} {answer}": answers_about(option)[answer]
        for template in templates().values()
        for option in OPTIONS
        for answer in template.answers(option)
        if len(template.answers(option)) > 1
    }
    return sorted(rows.items())


def _exceptions() -> list[nodes.Node]:
    """Return what a review of the templates finds, and why it stays."""
    rows = tomllib.loads((FOLDER / "exceptions.toml").read_text("utf-8"))
    said = (
        "sp-repo-review and the checks of Trigpoint are run on every template; "
        "what fails does so for a reason."
    )
    listed = [
        (f"{code} ({', '.join(row['templates'])})" if "templates" in row else code, row["why"])
        for code, row in rows.items()
    ]
    return [nodes.paragraph("", said), _list(listed)]


def _section(template: Template, own: set[str]) -> nodes.section:
    """Return what is known of *template*, with the files that are its *own*."""
    name, about = nodes.literal("", template.name), nodes.Text(f": {template.about}")
    open_ = [
        f"{option} ({', '.join(template.answers(option))})"
        for option in OPTIONS
        if len(template.answers(option)) > 1
    ]
    choices = f"You choose {'; '.join(open_)}." if open_ else "There is nothing to choose."
    return _titled(
        template.title,
        f"template-{template.name.replace('_', '-')}",
        nodes.paragraph("", "", name, about),
        *([_list((path, purpose(path)) for path in sorted(own))] if own else []),
        nodes.paragraph("", choices),
        nodes.paragraph("", proof(template)),
    )


def proof(template: Template) -> str:
    """Say in a sentence when *template* was proven, and with what."""
    stamp = verified().get(template.name)
    if stamp is None:
        return "Not yet proven by a session."
    tools = ", ".join(f"{name} {version}" for name, version in stamp.tools.items())
    return f"Verified on {stamp.date} with Python {stamp.python}, {tools}."


def _list(rows: Iterable[tuple[str, str]]) -> nodes.bullet_list:
    items = (
        nodes.paragraph("", "", nodes.literal("", name), nodes.Text(f": {text}"))
        for name, text in rows
    )
    return nodes.bullet_list("", *(nodes.list_item("", item) for item in items))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the directive to *app*."""
    app.add_directive("templates", Templates)
    app.add_directive("template-proofs", Proofs)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
