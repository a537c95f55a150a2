"""What only this site needs: its sitemap, its tables, its notebooks and its benchmark page."""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import trigpoint_benchmarks
import trigpoint_record
from docutils import nodes
from sphinx import addnodes
from sphinx.pycode import ModuleAnalyzer
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from trigpoint_nodes import table

from trigpoint.markers import ENVIRONMENTS
from trigpoint.markers.meaning.differences import DIFFERENCES, PACKAGINGS
from trigpoint.sphinx.policy import content_policy, seal

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

logger = logging.getLogger(__name__)

_SCROLLS = re.compile(r'(<pre|<div class="table-wrapper[^"]*")(>)')
_JUPYTERLITE = {
    "script-src": ["'unsafe-eval'", "blob:"],
    "worker-src": ["blob:"],
    "connect-src": ["blob:", "data:"],
    "font-src": ["data:"],
    "img-src": ["blob:"],
}
"""What JupyterLab does not start without: it makes code, workers and styles as it goes."""

_HEARTBEAT = 'fetch("/api/service-worker-heartbeat")'
_STEADY = f'(navigator.serviceWorker.controller?{_HEARTBEAT}:Promise.resolve(new Response("ok")))'
"""How a page of JupyterLite asks, again and again, whether its service worker is there.

Where it is not, the question would go to the root of the server, which has no answer.
"""

FAVICON = "_static/favicon.svg"
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def _answer(value: bool | str) -> nodes.Node:
    word = str(value).lower() if isinstance(value, bool) else value
    return nodes.inline("", word, classes=[f"tp-{word}"])


class MarkerDifferences(SphinxDirective):
    """Where the specification and ``packaging`` part, each with its reason."""

    def run(self) -> list[nodes.Node]:
        listing = nodes.definition_list()
        for difference in DIFFERENCES:
            where = [f"{name} is {value!r}" for name, value in difference.environment.items()]
            if difference.extras:
                where.append(f"requested: {', '.join(difference.extras)}")
            term = nodes.term("", "", nodes.literal("", difference.marker))
            answers = nodes.paragraph()
            answers += [nodes.Text("packaging: "), _answer(difference.packaging)]
            answers += [nodes.Text(", specification: "), _answer(difference.spec)]
            if difference.versions != PACKAGINGS:
                answers += nodes.Text(f", in packaging {' and '.join(difference.versions)} only")
            if where:
                answers += nodes.Text(f" ({', '.join(where)})")
            reason = nodes.paragraph("", difference.reason)
            listing += nodes.definition_list_item("", term, nodes.definition("", answers, reason))
        tested = f"Tested with packaging {' and '.join(PACKAGINGS)}."
        return [nodes.paragraph("", tested), listing]


class MarkerEnvironments(SphinxDirective):
    """Every named environment, with the values that markers ask for most."""

    def run(self) -> list[nodes.Node]:
        names = ("python_full_version", "sys_platform", "platform_machine", "implementation_name")
        rows = (
            [
                nodes.literal("", environment.name),
                *(nodes.Text(environment[name]) for name in names),
            ]
            for environment in ENVIRONMENTS.values()
        )
        shown = table(("Name", *names), rows)
        shown["classes"].append("tp-first-whole")
        return [shown]


class Notebook(SphinxDirective):
    """A link that opens a notebook in JupyterLite, if this build has it."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        name = self.arguments[0]
        source, _ = self.env.relfn2path(name)
        self.env.note_dependency(source)
        if not self.config.trigpoint_notebooks:
            text = "This build has no notebooks: nox -s docs makes them."
            return [nodes.paragraph("", text, classes=["tp-note"])]
        up = "../" * self.env.docname.count("/")
        link = nodes.reference(
            "",
            f"Open {Path(name).name} in this browser",
            refuri=f"{up}lite/notebooks/index.html?path={Path(name).name}",
            classes=["tp-button"],
        )
        return [nodes.paragraph("", "", link)]


def _examples(lines: Sequence[str]) -> Iterator[str]:
    """Put each run of doctest lines into a directive that makes it runnable."""
    inside = False
    for line in lines:
        starts = line.startswith(">>> ") and not inside
        if starts:
            yield from (".. runnable-example::", "")
        inside = starts or (inside and bool(line.strip()))
        yield f"    {line}" if inside else line


def _words_of(module: str, name: str) -> list[str]:
    """Return what is written below the constant *name* where *module*, which may import it, has it from."""
    analyzer = ModuleAnalyzer.for_module(module)
    if found := analyzer.find_attr_docs().get(("", name)):
        return found
    for node in ast.walk(ast.parse(analyzer.code)):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                if name == (alias.asname or alias.name) and node.module in sys.modules:
                    return _words_of(node.module, alias.name)
    return []


def _own_words(
    _app: Sphinx, what: str, name: str, _object: object, _options: object, lines: list[str]
) -> None:
    """Give a constant that a package passes on its own words: autodoc takes those of its type."""
    if what != "data":
        return
    lines[:] = _words_of(*name.rsplit(".", 1))
    if not lines:
        logger.warning("nothing is written below the constant %s", name, type="trigpoint")


def _runnable(
    _app: Sphinx, _what: str, _name: str, _object: object, _options: object, lines: list[str]
) -> None:
    text = inspect.cleandoc("\n".join(lines)).split("\n") if lines else []
    lines[:] = list(_examples(text))


LONGEST_VALUE = 200
"""Letters of a constant's value that stand beside its name; a longer one is data to look up."""


def _short_values(_app: Sphinx, doctree: nodes.document) -> None:
    """Leave out values of constants that are whole tables: they fill pages and tell nobody."""
    for value in list(doctree.findall(addnodes.desc_annotation)):
        text = value.astext()
        if text.startswith(" = ") and len(text) > LONGEST_VALUE:
            value.parent.remove(value)


def _forget_jupyterlite(app: Sphinx) -> None:
    """Let JupyterLite do all of its work, whatever it remembers of an output that is gone."""
    for path in Path(app.srcdir).glob(".jupyterlite.doit.db*"):
        path.unlink()


def _seal_jupyterlite(app: Sphinx, exception: Exception | None) -> None:
    """Give the pages of JupyterLite, which Sphinx does not write, an icon and a policy to live with.

    It lets them run whatever they make, but ask and load nothing from another site.
    """
    if exception is not None:
        return
    for path in sorted(Path(app.outdir, "lite").rglob("*.html")):
        page = path.read_text("utf-8")
        policy = content_policy(page, extended=True, sources=_JUPYTERLITE)
        up = "../" * (len(path.relative_to(app.outdir).parts) - 1)
        # Without one, browsers ask the root of the server for an icon.
        icon = f'<link rel="icon" type="image/svg+xml" href="{up}{FAVICON}">'
        path.write_text(seal(page, policy).replace("</head>", f"{icon}</head>", 1), "utf-8")


def _calm_jupyterlite(app: Sphinx, exception: Exception | None) -> None:
    """Let the pages of JupyterLite ask for their service worker only where they have one."""
    if exception is not None:
        return
    changed = 0
    for path in sorted(Path(app.outdir, "lite").rglob("*.js")):
        script = path.read_text("utf-8")
        if _HEARTBEAT in script and _STEADY not in script:
            path.write_text(script.replace(_HEARTBEAT, _STEADY), "utf-8")
            changed += 1
    if not changed:
        logger.warning("JupyterLite asks for its service worker in another way", type="trigpoint")


def _only_what_is_used(
    _app: Sphinx, _pagename: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Drop the files of jupyterlite-sphinx where no example runs, and its font everywhere.

    It asks another site for the font, for a button that these pages do not have.
    """
    runs = "try_examples_" in context.get("body", "")
    for kind in ("css_files", "script_files"):
        # In place: these lists are where Sphinx adds what other extensions ask for later.
        context[kind][:] = [
            each
            for each in context[kind]
            if "://" not in (name := str(getattr(each, "filename", each)))
            and (runs or "jupyterlite_sphinx" not in name)
        ]


def _accessible(
    _app: Sphinx, _pagename: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Say the level of the sidebar's headings, and let what scrolls be reached by keyboard."""
    if tree := context.get("furo_navigation_tree"):
        context["furo_navigation_tree"] = tree.replace(
            'role="heading"', 'role="heading" aria-level="2"'
        )
    if body := context.get("body"):
        context["body"] = _SCROLLS.sub(r'\1 tabindex="0"\2', body)


def _site_path(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    if pagename == "404":
        context["site_path"] = urlsplit(app.config.html_baseurl).path or "/"


def _sitemap(app: Sphinx, exception: Exception | None) -> None:
    """List the pages for search engines, if the address of the site is known."""
    if exception is not None or app.builder.format != "html" or not app.config.html_baseurl:
        return
    base = app.config.html_baseurl.rstrip("/")
    root = ET.Element("urlset", xmlns=NAMESPACE)
    for page in sorted(app.env.found_docs):
        address = ET.SubElement(ET.SubElement(root, "url"), "loc")
        address.text = f"{base}/{app.builder.get_target_uri(page)}"
    ET.indent(root)
    ET.ElementTree(root).write(
        Path(app.outdir, "sitemap.xml"), encoding="utf-8", xml_declaration=True
    )


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register this site's directives and files."""
    app.add_config_value("trigpoint_notebooks", default=False, rebuild="env", types=(bool,))
    app.add_config_value("trigpoint_benchmarks", [], "env", (list,))
    app.add_directive("marker-differences", MarkerDifferences)
    app.add_directive("marker-environments", MarkerEnvironments)
    app.add_directive("notebook", Notebook)
    app.add_directive("recorded", trigpoint_record.Recorded)
    app.add_directive("benchmarks", trigpoint_benchmarks.Benchmarks)
    app.setup_extension("sphinx.ext.autodoc")
    app.connect("autodoc-process-docstring", _own_words)
    app.connect("doctree-read", _short_values)
    if app.config.trigpoint_notebooks:
        app.setup_extension("trigpoint_examples")
        app.connect("autodoc-process-docstring", _runnable)
        app.connect("builder-inited", _forget_jupyterlite)
        app.connect("html-page-context", _only_what_is_used)
        # After jupyterlite-sphinx has written them.
        app.connect("build-finished", _seal_jupyterlite, priority=900)
        app.connect("build-finished", _calm_jupyterlite, priority=900)
    app.connect("html-page-context", _site_path)
    # After Furo has made its tree.
    app.connect("html-page-context", _accessible, priority=900)
    app.connect("build-finished", _sitemap)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "env_version": 4}
