"""A content security policy for the pages that hold a lab.

The theme puts small scripts into its pages.  A policy without ``unsafe-inline``
names each of them by the hash of its text, so it can only be written once the
page is complete.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from trigpoint.sphinx.lab import index_addresses, lab_pages

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

__all__ = ["content_policy", "inline_hashes", "seal", "setup"]

_SCRIPT = re.compile(
    r"<script\b(?P<attributes>[^>]*)>(?P<body>.*?)</script\s*>", re.DOTALL | re.IGNORECASE
)
_SOURCE = re.compile(r"\ssrc\s*=", re.IGNORECASE)
_META = '<meta http-equiv="Content-Security-Policy" content="{}">'
_OPEN = _META.format("to be sealed")


def inline_hashes(page: str) -> list[str]:
    """Return the policy's source expression of each inline script of *page*, sorted.

    >>> inline_hashes('<script src="a.js"></script><script>1</script>')
    ["'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='"]
    """
    bodies = {
        match["body"] for match in _SCRIPT.finditer(page) if not _SOURCE.search(match["attributes"])
    }
    digests = (hashlib.sha256(body.encode()).digest() for body in bodies)
    return sorted(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def content_policy(page: str, asked: Iterable[str] = ()) -> str:
    """Return the policy under which *page* runs what it holds, and nothing from elsewhere.

    *asked* are addresses that the page may ask besides its own site.
    """
    hosts = {f"{parts.scheme}://{parts.netloc}" for each in asked if (parts := urlsplit(each))}
    scripts = " ".join(["'self'", "'wasm-unsafe-eval'", *inline_hashes(page)])
    return "; ".join(
        [
            "default-src 'self'",
            f"script-src {scripts}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            " ".join(["connect-src 'self'", *sorted(hosts)]),
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
        ]
    )


def seal(page: str, asked: Iterable[str] = ()) -> str:
    """Return *page* with its open policy replaced by the one that fits its scripts.

    *asked* are the addresses that it may ask, as in :func:`content_policy`.
    """
    return page.replace(_OPEN, _META.format(escape(content_policy(page, asked), quote=True)), 1)


def _open_policy(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    if pagename in lab_pages(app.env):
        context["metatags"] = _OPEN + context.get("metatags", "")


def _seal_pages(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None or app.builder.format != "html":
        return
    for pagename in lab_pages(app.env):
        path = app.builder.get_output_path(pagename)  # type: ignore[attr-defined]
        page = path.read_text("utf-8")
        if _OPEN in page:
            path.write_text(seal(page, index_addresses(app.config)), "utf-8")


def setup(app: Sphinx) -> None:
    """Put the policy into each page of *app* that holds a lab."""
    app.connect("html-page-context", _open_policy)
    app.connect("build-finished", _seal_pages)
