"""Snippets from templates: what a page shows is what a session builds and tests.

``{project-file} PATH`` shows a file of a template, or a part of it, with one tab for each template
where they differ.  What the template calls ``snow-cap`` is marked, so that the page can show the
reader's own names instead.

Options:

``templates``   names of templates, with blanks between; the first is shown at first
``part``        names of parts, with blanks between: tables of TOML, functions, classes and variables
                of Python, paths of keys of YAML such as ``jobs.test.steps``
``from``, ``to``  words in the first and in the last line, for files of any kind
``caption``     what stands above, if not the path
``write``       in a tutorial: where a reader writes it, if not at the path; ``no``: it is only shown

A part that a template does not have fails the build.
"""

from __future__ import annotations

import ast
import html
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, ClassVar, Final

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from trigpoint.projects.templates import Answers, render, templates
from trigpoint.projects.templates.names import forms
from trigpoint.sphinx.fences import CHECKED

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.html5 import HTML5Translator

__all__ = ["NoSuchPartError", "marked", "part", "section", "setup"]

logger = logging.getLogger(__name__)

LANGUAGES: Final = {
    ".c": "c",
    ".cff": "yaml",
    ".cpp": "cpp",
    ".f90": "fortran",
    ".h": "c",
    ".md": "markdown",
    ".py": "python",
    ".pyi": "python",
    ".pyx": "cython",
    ".rs": "rust",
    ".toml": "toml",
    ".txt": "cmake",
    ".yaml": "yaml",
    ".yml": "yaml",
    "meson.build": "meson",
}


class NoSuchPartError(ValueError):
    """A file has no such part."""


def _table(text: str, name: str) -> str:
    """Return the table *name* of *text*, which is TOML."""
    found = re.search(
        rf"(?m)^(?:\#.*\n)*\[\[?{re.escape(name)}\]\]?[ \t]*\n(?:(?!\[|(?:\#.*\n)+\[).*\n?)*", text
    )
    if not found:
        raise NoSuchPartError(name)
    return found[0]


def _named(node: ast.stmt) -> Iterator[str]:
    """Name what *node* defines."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield node.name
    elif isinstance(node, ast.Assign):
        yield from (each.id for each in node.targets if isinstance(each, ast.Name))
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        yield node.target.id


def _definition(text: str, name: str) -> str:
    """Return what defines *name* in *text*, which is Python, with its decorators."""
    for node in ast.parse(text).body:
        if name in _named(node):
            first = min(
                [node.lineno, *(each.lineno for each in getattr(node, "decorator_list", []))]
            )
            return "\n".join(text.split("\n")[first - 1 : node.end_lineno])
    raise NoSuchPartError(name)


def _entry(text: str, name: str) -> str:
    """Return the key that the path *name* leads to in *text*, which is YAML, and all below it."""
    lines, width = text.split("\n"), -1
    for key in name.split("."):
        head = re.compile(rf"( {{{width + 1},}})[\"']?{re.escape(key)}[\"']?:(?:\s|$)")
        found = next(
            ((at, match) for at, line in enumerate(lines) if (match := head.match(line))), None
        )
        if found is None:
            raise NoSuchPartError(name)
        start, width = found[0], len(found[1][1])
        ends = re.compile(rf" {{0,{width}}}\S")
        below = lines[start + 1 :]
        end = next((at for at, line in enumerate(below) if ends.match(line)), len(below))
        lines = lines[start : start + 1 + end]
    return "\n".join(lines)


def part(text: str, path: str, name: str) -> str:
    r"""Return the part *name* of the file at *path*, whose content is *text*.

    Raises :exc:`NoSuchPartError` if it has none.

    >>> part("[a]\nx = 1\n\n[b]\ny = 2\n", "p.toml", "b")
    '[b]\ny = 2'
    >>> part("jobs:\n  test:\n    on: x\n  lint: y\n", "ci.yml", "jobs.test")
    'test:\n  on: x'
    """
    kinds = {".toml": _table, ".py": _definition, ".pyi": _definition}
    kinds |= dict.fromkeys((".yml", ".yaml", ".cff"), _entry)
    suffix = PurePosixPath(path).suffix
    if suffix not in kinds:
        raise NoSuchPartError(f"{name}: files such as {path} have no named parts")
    return textwrap.dedent(kinds[suffix](text, name)).strip("\n")


def section(text: str, first: str, last: str) -> str:
    r"""Return the lines of *text* from one with *first* to the next with *last* in it.

    Empty words stand for the beginning and the end.

    >>> section("a\nb(\n  c\n)\nd\n", "b(", ")")
    'b(\n  c\n)'
    """
    lines = text.rstrip("\n").split("\n")
    start = next((at for at, line in enumerate(lines) if first in line), None)
    if start is None:
        raise NoSuchPartError(first)
    if not last:
        return "\n".join(lines[start:])
    end = next((at for at, line in enumerate(lines[start:], start) if last in line), None)
    if end is None:
        raise NoSuchPartError(last)
    return "\n".join(lines[start : end + 1])


def _tokens() -> Mapping[str, str]:
    """Return what the templates call things, each with the name of the answer or form."""
    default = Answers()
    named = forms(default.name)
    tokens = {getattr(named, each.name): each.name for each in fields(named)}
    own = ("account", "author", "description", "email", "license")
    return tokens | {getattr(default, name): name for name in own}


TOKENS: Final = _tokens()
_FIND: Final = re.compile("|".join(map(re.escape, sorted(TOKENS, key=len, reverse=True))))
_TAG: Final = re.compile(r"(<[^>]*>)")


def marked(written: str, path: str) -> str:
    """Return the HTML *written*, a piece of the file at *path*, with each of the names marked.

    >>> marked('<b>import</b> snow_cap', "a.py")
    '<b>import</b> <span data-own="package">snow_cap</span>'
    """
    suffix = PurePosixPath(path).suffix

    def mark(found: re.Match[str]) -> str:
        name = TOKENS[html.unescape(found[0])]
        kind = f' data-own-kind="{suffix}"' if name in ("author", "description", "email") else ""
        return f'<span data-own="{name}"{kind}>{found[0]}</span>'

    pieces = _TAG.split(written)
    return "".join(
        piece if number % 2 else _FIND.sub(mark, piece) for number, piece in enumerate(pieces)
    )


class Snippet(nodes.literal_block):
    """A part of a template's file."""


class Tabs(nodes.container):
    """Several blocks of which one is shown at a time; each child has a ``label``."""


def _visit_snippet(self: HTML5Translator, node: Snippet) -> None:
    try:
        self.visit_literal_block(node)
    except nodes.SkipNode:
        plain = self.body[-1]
        self.body[-1] = marked(plain, node["path"])
        if len(_FIND.findall(node.rawsource)) != self.body[-1].count("<span data-own="):
            logger.warning(
                "a name in %s is cut by the highlighter, and could not be marked",
                node["path"],
                location=node,
                type="trigpoint",
                subtype="snippet",
            )
        raise


def _blocks(tabs: Tabs) -> list[nodes.Element]:
    return [child for child in tabs.children if isinstance(child, nodes.Element)]


def _visit_tabs(self: HTML5Translator, node: Tabs) -> None:
    name = node["name"]
    self.body.append('<div class="tp-tabs">\n')
    for number, child in enumerate(_blocks(node)):
        chosen = "" if number else " checked"
        label = html.escape(child["label"])
        self.body.append(
            f'<input type="radio" class="tp-tab" name="{name}" id="{name}-{number}"'
            f' data-tab="{html.escape(child["template"])}"{chosen}>'
            f'<label for="{name}-{number}">{label}</label>\n<div class="tp-panel">\n'
        )
        child.walkabout(self)
        self.body.append("</div>\n")
    self.body.append("</div>\n")
    raise nodes.SkipNode


def _visit_plain(self: nodes.NodeVisitor, node: Tabs) -> None:
    """Show one block after the other, each below its name, where there are no tabs."""


def _depart_plain(self: nodes.NodeVisitor, node: nodes.Node) -> None:
    """Nothing comes after."""


def _with_names(app: Sphinx, doctree: nodes.document, _page: str) -> None:
    """Say whose each block is where a builder shows them below one another."""
    if app.builder.format == "html":
        return
    for tabs in doctree.findall(Tabs):
        for child in _blocks(tabs):
            words = nodes.strong("", child["label"])
            tabs.insert(tabs.index(child), nodes.paragraph("", "", words))


STYLE, SCRIPT = "snippets.css", "snippets.js"


def _dress(
    app: Sphinx,
    _page: str,
    _template: str,
    _context: dict[str, object],
    doctree: nodes.document | None,
) -> None:
    """Give pages with snippets their style and their script."""
    if doctree and next(doctree.findall(Snippet), None):
        app.add_css_file(STYLE)
        app.add_js_file(SCRIPT, type="module")


class ProjectFile(SphinxDirective):
    """A file of templates, or a part of it."""

    required_arguments = 1
    option_spec: ClassVar = {
        "templates": directives.unchanged_required,
        "part": directives.unchanged_required,
        "from": directives.unchanged_required,
        "to": directives.unchanged_required,
        "caption": directives.unchanged_required,
        "write": directives.unchanged_required,
    }

    def run(self) -> list[nodes.Node]:
        """Read the templates and make a block of each."""
        path = self.arguments[0]
        names = self.options.get("templates", "").split()
        if not names:
            raise self.error("project-file needs names of templates in :templates:")
        texts: dict[str, list[str]] = {}
        for name in names:
            texts.setdefault(self._text(path, name), []).append(name)
        if len(texts) == 1:
            return [self._block(path, next(iter(texts)), self.options.get("caption", path))]
        tabs = Tabs("", name=f"tp-tabs-{self.env.new_serialno('tp-tabs')}")
        self.set_source_info(tabs)
        caption = self.options.get("caption", path)
        for text, of in texts.items():
            block = self._block(path, text, caption)
            block["label"] = ", ".join(of)
            block["template"] = " ".join(of)
            tabs += block
        return [tabs]

    def _text(self, path: str, name: str) -> str:
        """Return what is asked for of the file at *path* of the template *name*."""
        if name not in templates():
            raise self.error(f"there is no template {name!r}")
        files = _rendered(name)
        for file in _sources(self.config.trigpoint_templates, path):
            self.env.note_dependency(str(file))
        if path not in files:
            raise self.error(f"the template {name} has no file {path!r}")
        text = files[path].decode()
        try:
            if "part" in self.options:
                parts = self.options["part"].split()
                return "\n\n".join(part(text, path, each) for each in parts)
            return section(text, self.options.get("from", ""), self.options.get("to", ""))
        except NoSuchPartError as error:
            raise self.error(f"{path} of the template {name} has no {error}") from None

    def _block(self, path: str, text: str, caption: str) -> nodes.Element:
        """Return the block with *text*, below the *caption*."""
        kind = PurePosixPath(path)
        language = LANGUAGES.get(kind.name, LANGUAGES.get(kind.suffix, "text"))
        block = Snippet(text, text, language=language, path=path)
        block[CHECKED] = True
        self.set_source_info(block)
        container = nodes.container("", literal_block=True, classes=["literal-block-wrapper"])
        container += nodes.caption(caption, caption)
        container += block
        return container


_FILES: dict[str, Mapping[str, bytes]] = {}


def _rendered(name: str) -> Mapping[str, bytes]:
    """Return the files of the template *name*, put together once a build."""
    if name not in _FILES:
        _FILES[name] = render(templates()[name], Answers())
    return _FILES[name]


def _sources(folder: str, path: str) -> Sequence[Path]:
    """Return what the file at *path* may come from, in the *folder* of templates."""
    root = Path(folder)
    return [root / "catalogue.toml", *sorted(root.glob(f"layers/*/{path}"))]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive with the Sphinx *app*."""
    here = str(app.srcdir.parent / "templates")
    app.add_config_value("trigpoint_templates", here, "env", (str,))
    _FILES.clear()
    plain = (_visit_plain, _depart_plain)
    app.add_node(Tabs, html=(_visit_tabs, None), latex=plain, text=plain, man=plain, texinfo=plain)
    app.add_node(Snippet, html=(_visit_snippet, None))
    app.add_directive("project-file", ProjectFile)
    app.connect("doctree-resolved", _with_names)
    app.connect("html-page-context", _dress)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
