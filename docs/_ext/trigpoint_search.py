"""The index of the site's search: one entry for each section, finding, field, case and API name.

``search-index.json`` lies at the root of the site, and is the same for the same pages.  The
script that reads it is a part of the playground (``playground/src/search.ts``); without a built
playground the search stays that of Sphinx.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx import addnodes
from sphinx.util import docname_join
from trigpoint_packed import Row, pack
from trigpoint_snippets import Snippet

from trigpoint.sphinx.lab import lab_node

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["INDEX", "KINDS", "LONGEST", "LONGEST_TEXT", "Entry", "entries", "index", "setup"]

INDEX: Final = "search-index.json"
SCRIPT: Final = "trigpoint/search.js"
STYLE: Final = "search.css"
TITLE: Final = "search_title"
TEXT: Final = "search_text"
"""Attributes of a node with an identifier that make it an entry of its own."""

LONGEST_TEXT: Final = 700
"""Letters of an entry's text that are searched."""

LONGEST: Final = {
    "": 200,
    "changelog": 60,
    "contributing": 60,
    "explanations/": 80,
    "playground/": 150,
    "reference/": 220,
    "reference/api/": 0,
    "reference/benchmarks": 100,
    "reference/cases#": 30,
    "reference/findings#": 50,
    "reference/messages/": 40,
}
"""The same for kinds of which there are many, or whose titles say most.

Tutorials and guides have the most, since they answer the most; all of it has to come before the
first result.
"""

BRIEF: Final = {"changelog", "contributing", "reference/benchmarks", "reference/messages/"}
"""Kinds of whose pages only the prose is searched, without code and tables."""

KINDS: Final = {
    "": ("Page", 1.0),
    "guides/": ("Guide", 1.6),
    "playground/": ("Playground", 1.3),
    "explanations/": ("Explanation", 1.3),
    "notebooks/": ("Notebook", 0.7),
    "reference/": ("Reference", 1.0),
    "reference/api/": ("API", 0.25),
    "reference/benchmarks": ("Reference", 0.6),
    "reference/findings#": ("Finding", 0.7),
    "reference/glossary#": ("Term", 1.0),
    "reference/cases#": ("Recorded case", 0.5),
    "reference/messages/": ("Message", 0.35),
    "reference/metadata-fields#": ("Field", 1.2),
    "tutorials/": ("Tutorial", 1.4),
    "changelog": ("Project", 0.4),
    "contributing": ("Project", 0.4),
}
"""Kinds of entries, by how the page's name begins, and how much each counts beside the others.

The longest that fits is taken; ``#`` stands for an entry inside the page that is no section.
"""

ALSO: Final = {
    "both": ["two", "combination"],
    "cap": ["upper", "bound"],
    "compare": ["same", "differ"],
    "conditional": ["marker"],
    "conflicting": ["two"],
    "darwin": ["macos"],
    "difference": ["differ", "part"],
    "exclude": ["negative", "negated", "leaves"],
    "fast": ["benchmark"],
    "mac": ["darwin"],
    "macos": ["darwin"],
    "optional": ["extra"],
    "osx": ["darwin"],
    "slow": ["benchmark"],
    "speed": ["benchmark"],
    "twice": ["two"],
    "windows": ["win32", "nt"],
}
"""Words that readers use, and those that stand on the pages for the same."""

_SKIPPED = (nodes.raw, nodes.comment)


@dataclass(slots=True)
class Entry:
    """What a result of the search leads to."""

    page: str
    anchor: str
    title: str
    kind: str
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What is searched besides the titles: one line, cut after a word."""
        whole = " ".join(" ".join(self.parts).split())
        longest = LONGEST.get(self.kind, LONGEST_TEXT)
        if len(whole) <= longest:
            return whole
        return whole[: longest + 1].rpartition(" ")[0]


def kind(page: str, *, inside: bool = False) -> str:
    """Return the key in :data:`KINDS` of *page*, or of an entry *inside* it that is no section."""
    name = f"{page}#" if inside else page
    return max((each for each in KINDS if name.startswith(each)), key=len)


def entries(page: str, doctree: nodes.document, titles: Mapping[str, str]) -> list[Entry]:
    """Return the entries of the *page* with this *doctree*, in the order of the page.

    *titles* has those of all pages, which links without words of their own show.

    Left out is what has nothing to find: raw HTML, the results of labs, files of templates, and
    what commands print.
    """
    found: list[Entry] = []

    def add(node: nodes.Element, title: str, *, inside: bool = True) -> Entry:
        # The first section is the page.
        anchor = str(node["ids"][0]) if found and node["ids"] else ""
        found.append(Entry(page, anchor, title, kind(page, inside=inside)))
        return found[-1]

    def walk(node: nodes.Node, entry: Entry | None) -> None:
        if isinstance(node, _SKIPPED):
            return
        if isinstance(node, nodes.section):
            entry = add(node, _title(node), inside=False)
        elif isinstance(node, nodes.Element) and node.get(TITLE):
            add(node, str(node[TITLE])).parts.append(str(node.get(TEXT, "")))
            return
        elif isinstance(node, nodes.definition_list_item) and (term := _target(node)) is not None:
            entry = add(term, _name(term))
            entry.parts.append(term.astext().removeprefix(entry.title))
        elif isinstance(node, addnodes.desc):
            described(node)
            return
        elif isinstance(node, lab_node):
            # The question of an example, without the answer.
            for question in node.findall(nodes.literal_block):
                walk(question, entry)
            return
        elif isinstance(node, nodes.title | nodes.term):
            return
        if isinstance(node, nodes.rubric) and kind(page) in BRIEF:
            # Every one of these pages has the same.
            return
        if isinstance(node, nodes.literal_block | nodes.table) and kind(page) in BRIEF:
            return
        if isinstance(node, Snippet):
            return
        if isinstance(node, nodes.literal_block) and node.get("language") == "console":
            # What is typed, without what it prints.
            if entry is not None:
                lines = node.astext().split("\n")
                entry.parts += [line[2:] for line in lines if line.startswith("$ ")]
            return
        if isinstance(node, nodes.TextElement):
            if entry is not None:
                entry.parts.append(_text(node, page, titles))
            return
        for child in node.children:
            walk(child, entry)

    def described(node: addnodes.desc, *, inside: bool = False) -> None:
        """Make an entry of a name of the API, and of those in it that say what they are."""
        told = _first_sentence(node)
        for child in node.children:
            if isinstance(child, addnodes.desc_signature) and child["ids"] and (told or not inside):
                name = str(child.get("fullname") or child.astext())
                add(child, name).parts.append(told)
            elif isinstance(child, addnodes.desc_content):
                for each in child.children:
                    if isinstance(each, addnodes.desc):
                        described(each, inside=True)

    walk(doctree, None)
    return found


def _text(node: nodes.Node, page: str, titles: Mapping[str, str]) -> str:
    """Return what readers see of *node*, whose links are not resolved yet."""
    if isinstance(node, nodes.Text):
        return str(node)
    if isinstance(node, _SKIPPED):
        return ""
    if isinstance(node, addnodes.pending_xref) and node["reftype"] == "doc":
        target = docname_join(page, str(node["reftarget"]))
        if not node["refexplicit"] and target in titles:
            return titles[target]
    return "".join(_text(each, page, titles) for each in node.children)


def _title(section: nodes.section) -> str:
    return next((each.astext() for each in section.children if isinstance(each, nodes.title)), "")


def _target(item: nodes.definition_list_item) -> nodes.term | None:
    """Return the first term of *item* that can be linked to."""
    return next(
        (each for each in item.children if isinstance(each, nodes.term) and each["ids"]), None
    )


def _name(term: nodes.term) -> str:
    """Return the name in *term*, without what stands after it."""
    return str(next(iter(term.findall(nodes.literal)), term).astext())


def _first_sentence(node: addnodes.desc) -> str:
    """Return the first sentence of what describes *node*."""
    for content in node.children:
        if isinstance(content, addnodes.desc_content):
            for child in content.children:
                if isinstance(child, nodes.paragraph):
                    return re.split(r"(?<=\.)\s", child.astext(), maxsplit=1)[0]
    return ""


def index(env: BuildEnvironment, builder: Builder) -> str:
    """Return the index of all pages, as JSON.

    It holds ``kinds``, each with a name and a weight; what :func:`trigpoint_packed.pack` returns;
    and ``also``, which is :data:`ALSO`.  The first entry of a page has the title of the page.
    """
    names = list(KINDS)
    pages: list[str] = []
    rows: list[Row] = []
    titles = {page: env.titles[page].astext() for page in sorted(env.found_docs)}
    for page in titles:
        if "nosearch" in env.metadata.get(page, {}):
            continue
        pages.append(builder.get_target_uri(page))
        rows += (
            Row(len(pages) - 1, names.index(each.kind), each.anchor, each.title, each.text)
            for each in entries(page, env.get_doctree(page), titles)
        )
    whole = {"kinds": list(KINDS.values()), **pack(pages, rows), "also": ALSO}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")) + "\n"


def _built(builder: Builder) -> bool:
    """Say whether this build has a page for each document, and the script that searches."""
    return builder.name == "html" and Path(builder.outdir, "_static", SCRIPT).is_file()


def _write(app: Sphinx, builder: Builder) -> None:
    """Write the index before the pages, which name it by its content."""
    if not _built(builder):
        return
    _without_theirs(builder)
    # A text may hold bytes that are no UTF-8, as half of a pair; written out, it is good JSON.
    content = index(app.env, builder).encode("utf-8", "backslashreplace")
    Path(builder.outdir, INDEX).write_bytes(content)
    version = hashlib.sha256(content).hexdigest()[:16]
    app.connect("html-page-context", partial(_link, address=f"{INDEX}?v={version}"))


def _without_theirs(builder: Any) -> None:
    """Keep Sphinx from stemming each word of each page, for an index that no page would load."""
    builder.index_page = builder.dump_search_index = _nothing


def _nothing(*_arguments: object) -> None:
    """Stand for what Sphinx would do."""


def _link(
    app: Sphinx,
    _pagename: str,
    _template: str,
    context: dict[str, Any],
    _doctree: object,
    *,
    address: str,
) -> None:
    context["trigpoint_search"] = True
    attributes: dict[str, Any] = {"type": "module", "data-search-index": address}
    app.add_css_file(STYLE)
    app.add_js_file(SCRIPT, priority=800, **attributes)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Write the index, and link the script that searches it from every page."""
    # After the playground has been copied.
    app.connect("write-started", _write, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
