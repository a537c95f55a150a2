"""Runnable examples of docstrings, the same on every build, whole or partial.

This does what ``try_examples`` of jupyterlite-sphinx does, and uses its scripts.
That one writes a notebook under a random name whenever a page is read, so a
build that finds the page unchanged has links to a notebook of an earlier build.
Here the notebooks belong to what Sphinx remembers of a page, are named by their
content, and are written at the end of each build.
"""

from __future__ import annotations

import doctest
import hashlib
import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

NOTE = "Run each cell with Shift + Enter, from the top."
KERNEL = {
    "kernelspec": {"display_name": "Python", "language": "python", "name": "python"},
    "language_info": {"name": "python"},
}

PAGE = """\
<div id="{id}-frame" class="try_examples_outer_iframe hidden">\
<div class="try_examples_button_container">\
<button class="try_examples_button" \
onclick="window.tryExamplesHideIframe('{id}','{id}-frame')">Go Back</button>\
<button class="try_examples_button" \
onclick="window.openInNewTab('{id}','{id}-frame')">Open In Tab</button></div>\
<div id="{id}-inner" class="jupyterlite_sphinx_iframe_container"></div></div>\
<script>document.addEventListener("DOMContentLoaded", function() {{\
window.loadTryExamplesConfig("{up}try_examples.json");}});</script>"""

BUTTON = """\
<div class="try_examples_button_container"><button class="try_examples_button" \
onclick="window.tryExamplesShowIframe('{id}','{id}-inner','{id}-frame','{address}','None')">\
{text}</button></div>"""


def notebooks(env: BuildEnvironment) -> dict[str, dict[str, str]]:
    """Return the notebooks of each page: name to content."""
    if not hasattr(env, "trigpoint_notebooks"):
        env.trigpoint_notebooks = {}  # type: ignore[attr-defined]
    found: dict[str, dict[str, str]] = env.trigpoint_notebooks  # type: ignore[attr-defined]
    return found


def _cell(number: int, source: str, want: str | None = None) -> dict[str, Any]:
    cell: dict[str, Any] = {"id": f"cell-{number}", "metadata": {}, "source": source.rstrip("\n")}
    if want is None:
        return {**cell, "cell_type": "markdown"}
    output = {"name": "stdout", "output_type": "stream", "text": want}
    outputs = [output] if want else []
    return {**cell, "cell_type": "code", "execution_count": None, "outputs": outputs}


def notebook(text: str, note: str, preamble: str) -> tuple[str, str]:
    """Return the name and the content of the notebook that runs the doctest *text*.

    It begins with *note*, and a cell that runs *preamble*.  Each example is a
    cell, with the output that the docstring shows.
    """
    examples = doctest.DocTestParser().get_examples(text)
    cells = [_cell(0, f"<div class='alert alert-warning'>\n\n{note}\n\n</div>")]
    cells.append(_cell(1, preamble, ""))
    cells += [_cell(i, each.source, each.want) for i, each in enumerate(examples, len(cells))]
    made = {"cells": cells, "metadata": KERNEL, "nbformat": 4, "nbformat_minor": 5}
    content = json.dumps(made, indent=1, ensure_ascii=False)
    return f"{hashlib.sha256(content.encode()).hexdigest()[:32]}.ipynb", content


class RunnableExample(SphinxDirective):
    """The content, as doctest lines, with a button that opens it as a notebook."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        config, env = self.config, self.env
        text = "\n".join(self.content)
        name, content = notebook(text, NOTE, config.trigpoint_example_preamble)
        notebooks(env).setdefault(env.docname, {})[name] = content
        up = "../" * env.docname.count("/")
        values = {
            "id": f"example-{env.new_serialno('runnable-example')}",
            "up": up,
            "address": f"{up}lite/tree/../notebooks/index.html?{urlencode({'path': name})}",
            "text": "Run this in the page",
        }
        outer = nodes.container(classes=["try_examples_outer_container"], ids=[values["id"]])
        inner = nodes.container(classes=["try_examples_content"])
        self.state.nested_parse(self.content, self.content_offset, inner)
        outer += [nodes.raw("", BUTTON.format_map(values), format="html"), inner]
        return [outer, nodes.raw("", PAGE.format_map(values), format="html")]


def _purge(_app: Sphinx, env: BuildEnvironment, page: str) -> None:
    notebooks(env).pop(page, None)


def _merge(_app: Sphinx, env: BuildEnvironment, pages: Iterable[str], other: Any) -> None:
    for page in pages:
        if page in notebooks(other):
            notebooks(env)[page] = notebooks(other)[page]


def _write(app: Sphinx, exception: Exception | None) -> None:
    """Put the notebooks of all pages, and nothing else, where JupyterLite is about to look."""
    if exception is not None or app.builder.format != "html":
        return
    folder = Path(app.srcdir, app.config.trigpoint_example_folder)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for contents in notebooks(app.env).values():
        for name, text in contents.items():
            (folder / name).write_text(text, "utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive, and what keeps the notebooks with their pages."""
    app.add_config_value("trigpoint_example_folder", "_contents", "env", (str,))
    app.add_config_value("trigpoint_example_preamble", "", "env", (str,))
    app.add_directive("runnable-example", RunnableExample)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    # Before JupyterLite is built.
    app.connect("build-finished", _write, priority=400)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "env_version": 1}
