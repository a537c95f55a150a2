"""Pages that lead on from an address that is no longer, or is looked for: ``data/moved.toml``.

They need no JavaScript and no server: a browser goes on by itself, and the link is there for who
turned that off.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinx.util import logging

if TYPE_CHECKING:
    from collections.abc import Collection

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["TABLE", "complaints", "load", "setup"]

TABLE: Final = "data/moved.toml"
TEMPLATE: Final = "moved.html"

logger = logging.getLogger(__name__)


def load(text: str) -> dict[str, str]:
    r"""Return the table ``moved``: from where to which page.

    >>> load('[moved]\n"guides/a" = "guides/b"')
    {'guides/a': 'guides/b'}
    """
    return dict(tomllib.loads(text).get("moved", {}))


def complaints(moved: Mapping[str, str], pages: Collection[str]) -> list[str]:
    """Say what is wrong with the table *moved* of a site that has *pages*.

    >>> complaints({"a": "b", "b": "c"}, ["b"])
    ['b: a page stands there', 'b: it leads to c, which is no page']
    """
    found = [f"{old}: a page stands there" for old in moved if old in pages]
    return found + [
        f"{old}: it leads to {new}, which is no page"
        for old, new in moved.items()
        if new not in pages
    ]


def _pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    path = Path(app.srcdir, TABLE)
    if app.builder.format != "html" or not path.is_file():
        return
    moved = load(path.read_text("utf-8"))
    pages = app.env.found_docs
    for each in complaints(moved, pages):
        logger.warning("%s: %s", TABLE, each, type="trigpoint")
    base = app.config.html_baseurl.rstrip("/")
    for old, new in moved.items():
        if old not in pages and new in pages:
            address = app.builder.get_target_uri(new)
            context = {
                "title": app.env.titles[new].astext(),
                "moved_to": app.builder.get_relative_uri(old, new),
                # Without the address of the site, that of the page is all that is known.
                "moved_whole": f"{base}/{address}" if base else "",
            }
            yield old, context, TEMPLATE


def setup(app: Sphinx) -> ExtensionMetadata:
    """Write a page for each address of the table."""
    app.connect("html-collect-pages", _pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
