"""No page is heavy before a lab is touched: what a browser loads for it, added up from the files."""

from __future__ import annotations

import functools
import gzip
import re
from pathlib import Path
from urllib.parse import urlsplit

MOST_BYTES = 150_000
"""What a page may weigh with all that it loads by itself, compressed."""

_PACKED = frozenset({".png", ".jpg", ".woff2"})
_TAG = re.compile(r"<(?:link|script|img)\b[^>]*>")
_LOADED = re.compile(r'\brel="(?:stylesheet|icon|preload|modulepreload)"|^<(?:script|img)')
_ADDRESS = re.compile(r'\b(?:href|src)="([^"]+)"')
_INSIDE = {
    ".css": re.compile(r"url\([\"']?(?!data:)([^\"')]+)"),
    # What a module imports before it does anything; the engine comes by import(), when asked for.
    ".js": re.compile(r"\b(?:import|from)\s*\"(\.[^\"]+)\""),
}


@functools.cache
def weight(path: Path) -> int:
    """Return how many bytes of *path* come over the line."""
    data = path.read_bytes()
    return len(data) if path.suffix in _PACKED else len(gzip.compress(data, 6))


@functools.cache
def inside(path: Path) -> frozenset[Path]:
    """Return the files that the style sheet or script *path* loads at once."""
    pattern = _INSIDE.get(path.suffix)
    return of(path, pattern.findall(path.read_text("utf-8")) if pattern else [])


def of(path: Path, addresses: list[str]) -> frozenset[Path]:
    """Return the files of the site that *addresses* in *path* name."""
    files = ((path.parent / urlsplit(each).path).resolve() for each in addresses)
    return frozenset(each for each in files if each.is_file())


def loaded(page: Path) -> set[Path]:
    """Return *page* and all that it loads by itself, and what that loads."""
    tags = [tag for tag in _TAG.findall(page.read_text("utf-8")) if _LOADED.search(tag)]
    waiting = {page, *of(page, [named[1] for tag in tags if (named := _ADDRESS.search(tag))])}
    found: set[Path] = set()
    while waiting:
        path = waiting.pop()
        found.add(path)
        waiting |= inside(path) - found
    return found


def test_no_page_is_heavy(site: Path) -> None:
    """Each with its styles, scripts, fonts and pictures; what is added up is more than the page."""
    pages = [
        page
        for page in sorted(site.rglob("*.html"))
        if page.relative_to(site).parts[0] not in ("lite", "_static")
    ]
    weights = {page: sum(map(weight, loaded(page))) for page in pages}
    assert len(pages) > 100
    assert [] == [
        f"{page.relative_to(site)}: {heavy:,} bytes"
        for page, heavy in weights.items()
        if heavy > MOST_BYTES
    ]
    home = {path.suffix for path in loaded(site / "index.html")}
    assert {".html", ".css", ".js", ".svg"} <= home
