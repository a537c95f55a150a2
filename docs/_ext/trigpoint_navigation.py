"""The list of all pages beside each page, made once a build instead of once a page.

Sphinx resolves the whole tree for each page, and Furo reads and writes its HTML again: with n
pages that is n times n, and was more than half of the time of a build.  Here both do it once, for
a page that is none of the tree.  Beside a page only addresses differ, and what is marked as
current, so that is all that is written anew.

The result is what Sphinx and Furo make of each page, to the byte; a test compares the two.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from furo.navigation import get_navigation_tree
from sphinx.util.osutil import relative_uri

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["Tree", "setup"]

_FURO: Final = 500
"""The priority of Furo among those who change the context of a page."""
_HELD: Final = "trigpoint_toctree"
"""Where the context holds the function of Sphinx while Furo is kept from calling it."""
_NOWHERE: Final = "trigpoint-none-of-the-pages"
"""A page at the root of the site that no tree has."""

_TAG: Final = re.compile(
    r'(</?ul>|</?li(?: class="[^"]*")?>|<a class="reference internal" href="[^"]*">|<input [^>]*/>)'
)
_ADDRESS: Final = re.compile(r'href="([^"]*)"')


class Tree:
    """The list of pages *html*, as it is beside a page at the root that is none of them.

    It is cut at its tags, which are every other piece: those of lists, items and boxes are marked
    where they hold the link to the page, and links lead from where the page is.

    >>> tree = Tree(
    ...     '<ul><li class="toctree-l1"><a class="reference internal" href="a/b.html">B</a></li></ul>'
    ... )
    >>> tree.beside("a/c.html")
    '<ul><li class="toctree-l1"><a class="reference internal" href="b.html">B</a></li></ul>'
    >>> tree.beside("a/b.html")[:58]
    '<ul class="current"><li class="toctree-l1 current current-'
    """

    def __init__(self, html: str) -> None:
        self._pieces = _TAG.split(html)
        self._links: list[tuple[int, str]] = []
        self._around: dict[str, set[int]] = {}
        # Of each list and item that is open: the places to mark, and the addresses inside.
        inside: list[tuple[list[int], list[str]]] = []
        for at in range(1, len(self._pieces), 2):
            tag = self._pieces[at]
            if tag.startswith("</"):
                places, addresses = inside.pop()
                for each in addresses:
                    self._around.setdefault(each, set()).update(places)
                if inside:
                    inside[-1][1].extend(addresses)
            elif found := _ADDRESS.search(tag):
                # Sphinx quotes what an address may not have, so nothing is left to escape in HTML.
                self._links.append((at, found[1]))
                inside[-1][1].append(found[1])
            elif tag.startswith("<input"):
                inside[-1][0].append(at)
            else:
                inside.append(([at], []))

    def beside(self, address: str) -> str:
        """Return the list as it is beside the page whose *address* from the root this is."""
        pieces = self._pieces.copy()
        for at, target in self._links:
            if target == address:
                pieces[at] = '<a class="current reference internal" href="#">'
            else:
                there = relative_uri(address, target)
                pieces[at] = f'<a class="reference internal" href="{there}">'
        items = []
        for at in sorted(self._around.get(address, ())):
            if pieces[at].startswith("<li"):
                items.append(at)
            pieces[at] = _current(pieces[at])
        if items:
            pieces[items[-1]] = pieces[items[-1]].replace('">', ' current-page">')
        return "".join(pieces)


def _current(tag: str) -> str:
    """Return the *tag* of what holds the link to the page itself.

    >>> _current("<ul>"), _current('<li class="toctree-l1 has-children">')
    ('<ul class="current">', '<li class="toctree-l1 current has-children">')
    >>> _current('<input aria-label="A" class="toctree-checkbox"/>')
    '<input aria-label="A" checked="" class="toctree-checkbox"/>'
    """
    if tag == "<ul>":
        return '<ul class="current">'
    if tag.startswith("<input"):
        return tag.replace(' class="', ' checked="" class="', 1)
    return re.sub(r'(?<=<li class=")([^ "]+)', r"\1 current", tag)


class _Once:
    """The tree of one build: made beside the first page that asks, and kept for the others.

    Where several processes write pages, they begin when the first is written.
    """

    def __init__(self) -> None:
        self._tree: Tree | None = None

    def forget(self, _app: Sphinx, _builder: Builder) -> None:
        self._tree = None

    def hold(
        self, app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: object
    ) -> None:
        """Let Furo find no tree."""
        if _applies(app):
            context[_HELD] = context["toctree"]
            context["toctree"] = _nothing

    def give(
        self, app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: object
    ) -> None:
        """Give the page its tree, and its function back."""
        if _applies(app):
            context["toctree"] = context.pop(_HELD)
            if self._tree is None:
                self._tree = Tree(_beside_nothing(app.builder))
            context["furo_navigation_tree"] = self._tree.beside(app.builder.get_target_uri(page))


def _applies(app: Sphinx) -> bool:
    return app.builder.name == "html" and app.config.html_theme == "furo"


def _nothing(**_options: object) -> str:
    return ""


def _beside_nothing(builder: Any) -> str:
    """Return what Sphinx and Furo make of a page that is nowhere, asked as Furo asks."""
    toctree: Callable[..., str] = builder._get_local_toctree
    whole = toctree(_NOWHERE, collapse=False, titles_only=True, maxdepth=-1, includehidden=True)
    tree: str = get_navigation_tree(whole)
    return tree


def setup(app: Sphinx) -> ExtensionMetadata:
    """Stand before and behind Furo wherever a page is written."""
    once = _Once()
    app.connect("write-started", once.forget)
    app.connect("html-page-context", once.hold, priority=_FURO - 1)
    app.connect("html-page-context", once.give, priority=_FURO + 1)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
