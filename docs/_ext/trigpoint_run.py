"""Python that a reader runs in the page, with a wheel that was compiled for the engine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from trigpoint.labs.calling import MOST_LETTERS
from trigpoint.labs.markup import Markup, element
from trigpoint.projects.builds.shelf import LIST

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.html5 import HTML5Translator

_PAGES = "trigpoint_runs"
_SCRIPT = "trigpoint/run.js"
_STYLE = "run.css"

ABSENT = "This build of the site had no compiler for WebAssembly, so the program below cannot be run here."


class runnable(nodes.literal_block):  # noqa: N801
    """A program that a page can run, and that is a block of code everywhere else."""


def _visit(self: HTML5Translator, node: runnable) -> None:
    self.body.append(node["markup"])
    raise nodes.SkipNode


class RunCompiled(SphinxDirective):
    """A program of the content that imports the project of the argument, which the site serves."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        code = "\n".join(self.content)
        if playground := self.config.trigpoint_playground:
            # Written anew whenever a wheel comes or goes.
            self.env.note_dependency(str(Path(self.env.srcdir, playground, "shelf", LIST)))
        wheel = _wheel(self.config.trigpoint_playground, Path(self.env.srcdir), self.arguments[0])
        if wheel is None:
            block = nodes.literal_block(code, code, language="python")
            return [nodes.paragraph("", ABSENT, classes=["tp-note"]), block]
        self.env.note_dependency(str(wheel))
        self.env.metadata[self.env.docname][_PAGES] = True
        markup = str(_element(self.arguments[0], code, wheel))
        return [runnable(code, code, language="python", markup=markup)]


def _wheel(playground: str | None, source: Path, project: str) -> Path | None:
    """Return the wheel of *project* on the shelf of the *playground*, named as from *source*."""
    if not playground:
        return None
    shelf = source / playground / "shelf"
    found = sorted(shelf.glob(f"{project.replace('-', '_')}-*wasm32.whl"))
    return found[0] if found else None


def _element(project: str, code: str, wheel: Path) -> Markup:
    text = element(
        "textarea",
        {
            "name": "text",
            "aria-label": "Python",
            "rows": str(code.count("\n") + 2),
            "maxlength": str(MOST_LETTERS),
            "spellcheck": "false",
            "autocapitalize": "off",
            "autocomplete": "off",
        },
        code,
    )
    buttons = [
        element("button", {"type": "submit"}, "Run"),
        element("button", {"type": "reset"}, "Reset"),
        element("span", {"class": "tp-hint"}, "or Ctrl+Enter"),
    ]
    size = f"{wheel.stat().st_size / 1000:.0f} kB"
    nothing = (
        "Nothing has run yet. Run loads Python, which the labs of this site share, and "
        f"{wheel.name} of {size}."
    )
    return element(
        "trigpoint-run",
        {"data-project": project},
        element("form", {}, text, element("div", {"class": "tp-toolbar"}, buttons)),
        element("div", {"class": "tp-result"}, element("p", {}, nothing)),
    )


def _link(
    app: Sphinx, pagename: str, _template: str, _context: dict[str, Any], _doctree: object
) -> None:
    if app.env.metadata.get(pagename, {}).get(_PAGES):
        app.add_js_file(_SCRIPT, type="module", priority=900)
        app.add_css_file(_STYLE)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive and the files of its pages."""
    app.add_node(runnable, html=(_visit, None))
    app.add_directive("run-compiled", RunCompiled)
    app.connect("html-page-context", _link)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
