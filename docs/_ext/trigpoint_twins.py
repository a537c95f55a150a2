"""What other programs read of the pages: a description, social tags, and the page as Markdown.

Each page has a twin in Markdown beside it, ``page.md`` for ``page.html``, that says what a
reader sees: the answers of labs in words, tables as tables.  ``llms.txt`` lists all of them.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urldefrag, urlsplit

from docutils import nodes
from sphinx import addnodes
from sphinx.util import docname_join

from trigpoint.sphinx.lab import lab_node

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["DESCRIPTION", "LISTING", "LONGEST", "SHORTEST", "describe", "markdown", "setup"]

LISTING: Final = "llms.txt"
LONGEST: Final = 200
"""Letters of a description: what search engines and chats show of one."""
SHORTEST: Final = 50
"""Letters that a description has at least, where the page has as many."""
DESCRIPTION: Final = "trigpoint_description"
"""Under which name the description of a page is in its metadata."""

PARTS: Final = {
    "tutorials/": "Tutorials",
    "guides/": "Guides",
    "playground/": "Labs",
    "explanations/": "Explanations",
    "reference/messages/": "Messages of tools",
    "reference/api/": "API",
    "reference/": "Reference",
    "notebooks/": "Notebooks",
    "": "Project",
}
"""The headings of the list, by how the names of pages begin; the first that fits is taken."""

_BLANKS: Final = re.compile(r"\s+")
_SENTENCE: Final = re.compile(r"(?<=[.?:])\s(?=[A-Z`])")
_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>])")
_LANGUAGES: Final = {"none": "", "default": ""}


# -- descriptions -----------------------------------------------------------------------------


def describe(doctree: nodes.document, title_of: Callable[[str], str]) -> str:
    """Return what the page is about: its first sentences, at most :data:`LONGEST` letters.

    *title_of* has the title of the page to which a link without words of its own leads.
    """
    told = ""
    for paragraph in doctree.findall(nodes.paragraph):
        if any(isinstance(each, _ASIDE) for each in _above(paragraph)):
            continue
        for sentence in _SENTENCE.split(_line(_said(paragraph, title_of))):
            if told and sentence.endswith(":"):
                # It leads to what is below it.
                return told
            longer = f"{told} {sentence}".strip()
            if len(longer) > LONGEST:
                return told or f"{sentence[: LONGEST - 1].rpartition(' ')[0]}…"
            told = longer
        if len(told) >= SHORTEST:
            return told
    return told


_NAMES_PAGES: Final = "trigpoint_description_names_pages"
_UNREAD: Final = "\0"
"""What stands for the title of a page while not all pages are read."""
_ASIDE: Final = (lab_node, addnodes.desc, nodes.table, nodes.Admonition, nodes.list_item)


def _above(node: nodes.Node) -> Iterator[nodes.Node]:
    while node.parent is not None:
        node = node.parent
        yield node


def _said(node: nodes.Node, title_of: Callable[[str], str]) -> str:
    """Return what readers see of *node*, whose links are not resolved yet."""
    if isinstance(node, addnodes.pending_xref) and not node["refexplicit"]:
        if node["reftype"] == "doc":
            return title_of(str(node["reftarget"]))
    elif isinstance(node, nodes.Text) or not node.children:
        return node.astext()
    return "".join(_said(each, title_of) for each in node.children)


def _line(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()


# -- Markdown ---------------------------------------------------------------------------------


class _Text(HTMLParser):
    """The words of a piece of HTML: a line for each block, cells of a row side by side."""

    _BLOCKS: Final = frozenset(
        {"p", "div", "tr", "li", "summary", "thead", "tbody", "table", "pre"}
    )
    _SILENT: Final = frozenset({"script", "style", "template", "form", "select", "button"})

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = [""]
        self._silent: list[str] = []
        self._columns = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line or a cell; what is not seen, or only seen, is left out."""
        given = dict(attrs)
        hidden = tag in self._SILENT or given.get("aria-hidden") == "true"
        # Inside of it only its own kind is counted, so that its end is found.
        if hidden if not self._silent else tag == self._silent[-1]:
            self._silent.append(tag)
        if tag in self._BLOCKS:
            self.lines.append("")
        elif tag in ("td", "th"):
            self.lines[-1] += " | "
            self._columns = int(given.get("colspan") or 1)
        elif tag in ("span", "br"):
            self.lines[-1] += " "

    def handle_endtag(self, tag: str) -> None:
        """End a line, or a cell, which says for how many columns it stands."""
        if self._silent and tag == self._silent[-1]:
            self._silent.pop()
        if tag in self._BLOCKS:
            self.lines.append("")
        elif tag == "td" and self._columns > 1:
            self.lines[-1] += f" ×{self._columns}"

    def handle_data(self, data: str) -> None:
        """Take what is seen."""
        if not self._silent:
            self.lines[-1] += data


def _plain(html: str) -> str:
    """Return what a reader sees of *html*, row by row."""
    parser = _Text()
    parser.feed(html)
    lines = (_line(each).removeprefix("| ") for each in parser.lines)
    return "\n".join(each for each in lines if each)


def markdown(doctree: nodes.document) -> str:
    """Return *doctree* as Markdown: what a reader sees, with answers of labs in words."""
    return "\n\n".join(_blocks(doctree, 0)) + "\n"


def _blocks(node: nodes.Element, level: int) -> Iterator[str]:
    """Yield the blocks below *node*, which stands in *level* sections."""
    inline: list[nodes.Node] = []
    for child in node.children:
        # The signature of a name of the API is a line of its own, whatever its class says.
        if isinstance(child, nodes.Text | nodes.Inline) and child.tagname != "desc_signature":
            inline.append(child)
            continue
        if inline:
            yield from filter(None, [_inline(inline)])
            inline = []
        yield from _block(child, level)
    yield from filter(None, [_inline(inline)])


def _block(node: nodes.Node, level: int) -> Iterator[str]:
    match node:
        case nodes.comment() | addnodes.index() | nodes.target() | nodes.substitution_definition():
            return
        case nodes.raw():
            if node.get("format") == "html" and (seen := _plain(node.astext())):
                yield seen
        case nodes.section():
            yield from _blocks(node, level + 1)
        case nodes.title() if not isinstance(node.parent, nodes.section):
            yield f"**{_inline(node.children)}**"
        case nodes.title():
            yield f"{'#' * max(1, min(6, level))} {_inline(node.children)}"
        case nodes.rubric():
            yield f"**{_inline(node.children)}**"
        case nodes.literal_block() | nodes.doctest_block():
            yield _fenced(node.astext(), str(node.get("language", "")))
        case nodes.bullet_list():
            yield from _items(node, level, lambda _: "- ")
        case nodes.enumerated_list():
            yield from _items(node, level, lambda number: f"{number}. ")
        case nodes.definition_list_item():
            terms = [each for each in node.children if isinstance(each, nodes.term)]
            said = " / ".join(_inline(each.children) for each in terms)
            told = [each for each in node.children if isinstance(each, nodes.definition)]
            blocks = itertools.chain(*(_blocks(each, level) for each in told))
            yield f"- **{said}**: " + _indented("\n\n".join(blocks), 2)
        case nodes.table():
            yield _table(node)
        case nodes.block_quote():
            yield "\n".join(f"> {each}" for each in "\n\n".join(_blocks(node, level)).split("\n"))
        case addnodes.desc_signature():
            yield f"{'#' * min(6, level)} `{_line(node.astext())}`"
        case addnodes.desc():
            yield from _blocks(node, level + 1)
        case nodes.image():
            yield f"![{node.get('alt', '')}]({node['uri']})"
        case nodes.transition():
            yield "---"
        case nodes.TextElement():
            if words := _inline(node.children):
                yield words
        case nodes.Element():
            yield from _blocks(node, level)


def _items(node: nodes.Element, level: int, sign: Any) -> Iterator[str]:
    items = [
        sign(number) + _indented("\n\n".join(_blocks(each, level)), len(sign(number)))
        for number, each in enumerate(node.children, 1)
        if isinstance(each, nodes.Element)
    ]
    if items:
        # One paragraph each makes a list without gaps.
        yield ("\n\n" if any("\n\n" in each for each in items) else "\n").join(items)


def _indented(text: str, by: int) -> str:
    first, *others = text.split("\n")
    return "\n".join([first, *(f"{' ' * by}{each}" if each else "" for each in others)])


def _fenced(text: str, language: str) -> str:
    fence = "`" * max(3, 1 + max((len(each) for each in re.findall("`+", text)), default=0))
    return f"{fence}{_LANGUAGES.get(language, language)}\n{text.rstrip()}\n{fence}"


def _table(node: nodes.Element) -> str:
    rows = [
        [
            " ".join(_blocks(cell, 0)).replace("\n", " ").replace("|", "\\|")
            for cell in row.findall(nodes.entry)
        ]
        for row in node.findall(nodes.row)
    ]
    rows[1:1] = [["---"] * len(each) for each in rows[:1]]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _inline(children: list[nodes.Node] | Any) -> str:
    return _line("".join(map(_piece, children)))


def _piece(node: nodes.Node) -> str:
    match node:
        case nodes.Text():
            return _SPECIAL.sub(r"\\\1", str(node))
        case nodes.raw():
            return _plain(node.astext()).replace("\n", " ")
        case nodes.target():
            return ""
        case nodes.literal():
            text = node.astext()
            ticks = "`" * (1 + max((len(each) for each in re.findall("`+", text)), default=0))
            space = " " if len(ticks) > 1 else ""
            return f"{ticks}{space}{text}{space}{ticks}"
        case nodes.strong():
            return f"**{_inline(node.children)}**"
        case nodes.emphasis():
            return f"*{_inline(node.children)}*"
        case nodes.reference():
            told = _inline(node.children)
            address = str(node.get("refuri", "")) or f"#{node.get('refid', '')}"
            return f"[{told}]({_twin(address)})"
        case nodes.image():
            return f"![{node.get('alt', '')}]({node['uri']})"
        case nodes.Element():
            return "".join(map(_piece, node.children))
    return ""


def _twin(address: str) -> str:
    """Return the address of the twin of a page of this site; another address as it is."""
    whole, fragment = urldefrag(address)
    if not urlsplit(address).scheme and whole.endswith(".html"):
        whole = f"{whole.removesuffix('.html')}.md"
    return f"{whole}#{fragment}" if fragment else whole


# -- the site ---------------------------------------------------------------------------------


def _tags(app: Sphinx, pagename: str, told: str, title: str) -> str:
    """Return the description and the social tags of a page, as HTML."""
    named = {"description": told}
    shown = {
        "og:type": "website" if pagename == "index" else "article",
        "og:site_name": app.config.html_title,
        "og:title": title,
        "og:description": told,
    }
    if base := app.config.html_baseurl.rstrip("/"):
        # It has to be a whole address.
        shown["og:url"] = f"{base}/{app.builder.get_target_uri(pagename)}"
    return "".join(
        f'\n<meta {kind}="{name}" content="{escape(value)}">'
        for kind, tags in (("name", named), ("property", shown))
        for name, value in tags.items()
    )


def _described(app: Sphinx, doctree: nodes.document) -> None:
    kept = app.env.metadata[app.env.docname]
    kept[DESCRIPTION] = describe(doctree, lambda _: _UNREAD)
    if _UNREAD in kept[DESCRIPTION]:
        kept[_NAMES_PAGES] = True


def _named(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Describe the pages whose descriptions name other pages, now that those have titles."""
    changed = []
    for page in sorted(env.found_docs):
        kept = env.metadata[page]
        if _NAMES_PAGES in kept:

            def title_of(target: str, page: str = page) -> str:
                name = docname_join(page, target)
                return env.titles[name].astext() if name in env.titles else target

            told = describe(env.get_doctree(page), title_of)
            if told != kept[DESCRIPTION]:
                kept[DESCRIPTION] = told
                changed.append(page)
    return changed


def _page(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], doctree: Any
) -> None:
    # A page that stands for one document; others, such as the index of names, have no tree.
    if app.builder.name != "html" or not isinstance(doctree, nodes.document):
        return
    title = app.env.titles[pagename].astext()
    path = Path(app.outdir, f"{pagename}.md")
    path.parent.mkdir(parents=True, exist_ok=True)
    # A text may hold half of a pair of surrogates.
    path.write_bytes(markdown(doctree).encode("utf-8", "backslashreplace"))
    name = pagename.rpartition("/")[2]
    link = f'\n<link rel="alternate" type="text/markdown" href="{name}.md" title="Markdown">'
    told = app.env.metadata[pagename][DESCRIPTION]
    context["metatags"] = context.get("metatags", "") + _tags(app, pagename, told, title) + link


def _listing(app: Sphinx, exception: Exception | None) -> None:
    """List the twins by kind, each with what it is about."""
    if exception is not None or app.builder.name != "html":
        return
    parts: dict[str, list[str]] = {title: [] for title in PARTS.values()}
    for page in sorted(app.env.found_docs):
        part = next(title for start, title in PARTS.items() if page.startswith(start))
        told = app.env.metadata[page][DESCRIPTION]
        parts[part].append(f"- [{app.env.titles[page].astext()}]({page}.md): {told}")
    about = app.env.metadata[str(app.config.root_doc)][DESCRIPTION]
    blocks = [f"# {app.config.project}", f"> {about}"]
    blocks += [f"## {title}\n\n" + "\n".join(lines) for title, lines in parts.items() if lines]
    text = "\n\n".join(blocks) + "\n"
    Path(app.outdir, LISTING).write_bytes(text.encode("utf-8", "backslashreplace"))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Write the twins with the pages, and their list when all are there."""
    app.connect("doctree-read", _described)
    app.connect("env-updated", _named)
    app.connect("html-page-context", _page)
    app.connect("build-finished", _listing)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "env_version": 2}
