"""A content security policy for the pages, if whoever builds the site wants one.

The theme puts small scripts, styles and event handlers into its pages.  A policy
without ``unsafe-inline`` for scripts names each of them by the hash of its text, so
it can only be written once the page is complete.

Source: Content Security Policy Level 3.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sphinx.errors import ConfigError

from trigpoint.sphinx.lab import index_addresses, shows_elements

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config

__all__ = [
    "Inline",
    "complaints",
    "content_policy",
    "inline",
    "inline_hashes",
    "seal",
    "setup",
]

OWN, EXTENDED, OFF = "own", "extended", "off"
CHOICES = (OFF, OWN, EXTENDED)

_OWN: Mapping[str, tuple[str, ...]] = {
    "default-src": ("'self'",),
    "script-src": ("'self'", "'wasm-unsafe-eval'"),
    "style-src": ("'self'",),
    # Pages are full of them: widths of columns, colours of code.  They run nothing.
    "style-src-attr": ("'unsafe-inline'",),
    "img-src": ("'self'", "data:"),
    "connect-src": ("'self'",),
    "object-src": ("'none'",),
    "base-uri": ("'self'",),
    "form-action": ("'self'",),
}
_FALLS_BACK = frozenset(
    {"child-src", "font-src", "frame-src", "manifest-src", "media-src", "worker-src"}
    | {"script-src-attr", "script-src-elem", "style-src-elem"}
)
"""Directives that this policy has only where something is added to them."""

_WITHOUT_SELF = frozenset({"require-trusted-types-for", "trusted-types"})
"""Directives that hold no sources, so that the page's own site is none of their values."""

_HEADER_ONLY = frozenset({"frame-ancestors", "report-uri", "report-to", "sandbox"})
"""Directives that browsers do not read in a page."""

_TRUSTED_TOO = ("connect-src", "font-src", "img-src", "style-src")
"""Where a script from another site fetches more of itself; it can do as it likes in any case."""

_REFERENCES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("script", "src"): ("script-src", *_TRUSTED_TOO),
    ("img", "src"): ("img-src",),
    ("img", "srcset"): ("img-src",),
    ("source", "src"): ("media-src",),
    ("source", "srcset"): ("img-src",),
    ("video", "src"): ("media-src",),
    ("video", "poster"): ("img-src",),
    ("audio", "src"): ("media-src",),
    ("track", "src"): ("media-src",),
    ("iframe", "src"): ("frame-src",),
    ("object", "data"): ("object-src",),
    ("embed", "src"): ("object-src",),
    ("form", "action"): ("form-action",),
}
_LINKS: Mapping[str, tuple[str, ...]] = {
    "stylesheet": ("style-src", "font-src"),
    "icon": ("img-src",),
    "manifest": ("manifest-src",),
}
_NAME = re.compile(r"http-equiv\s*=\s*[\"']?content-security-policy", re.IGNORECASE)
_HEAD = re.compile(r"<head\b[^>]*>", re.IGNORECASE)
_HEAD_ENDS = re.compile(r"</head\s*>", re.IGNORECASE)
_CHARSET = re.compile(r"\s*<meta\s+charset\s*=[^>]*>", re.IGNORECASE)
_META = '<meta http-equiv="Content-Security-Policy" content="{}">'


class Inline(HTMLParser):
    """What a page holds that a policy has to name.

    ``scripts``, ``styles`` and ``handlers`` are the texts of its inline scripts, style
    sheets and event handlers, ``origins`` the other sites that it refers to, by
    directive.
    """

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.handlers: list[str] = []
        self.origins: dict[str, set[str]] = {}
        self._into: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the element *tag* with *attrs* refers to, and what its text is."""
        given = {name: value or "" for name, value in attrs}
        self.handlers += [value for name, value in given.items() if name.startswith("on")]
        for name, value in given.items():
            for directive in _REFERENCES.get((tag, name), ()):
                addresses = value.split(",") if name == "srcset" else [value]
                self._refer(directive, *addresses)
        if tag == "link":
            for kind in given.get("rel", "").lower().split():
                for directive in _LINKS.get(kind, ()):
                    self._refer(directive, given.get("href", ""))
        if tag == "script" and "src" not in given:
            self._into = self.scripts
        elif tag == "style":
            self._into = self.styles
        if self._into is not None:
            self._into.append("")

    def handle_endtag(self, tag: str) -> None:
        """Note that what *tag* began is over: a script or a style sheet holds no elements."""
        if tag in ("script", "style"):
            self._into = None

    def handle_data(self, data: str) -> None:
        """Add *data* to the script or the style sheet that it is in."""
        if self._into is not None:
            self._into[-1] += data

    def _refer(self, directive: str, *addresses: str) -> None:
        for address in addresses:
            if origin := _origin(address):
                self.origins.setdefault(directive, set()).add(origin)


def _origin(address: str) -> str:
    """Return the source expression of the site of *address*; empty for a page's own.

    >>> _origin("https://cdn.example/a.js 2x"), _origin("//cdn.example/a"), _origin("a.js")
    ('https://cdn.example', 'cdn.example', '')
    """
    address, *_ = address.split() or [""]
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if not parts.netloc or set(parts.netloc) & set(";,'"):
        return ""
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme else parts.netloc


def inline(page: str) -> Inline:
    """Return what *page*, the text of an HTML file, holds that a policy has to name.

    >>> found = inline('<p onclick="go()"><script>1</script><img src="https://a.example/b.png">')
    >>> found.handlers, found.scripts, found.origins
    (['go()'], ['1'], {'img-src': {'https://a.example'}})
    """
    found = Inline()
    # A browser hashes a text after it has read all ends of lines as one character.
    found.feed(page.replace("\r\n", "\n").replace("\r", "\n"))
    found.close()
    return found


def _hashes(texts: Iterable[str]) -> list[str]:
    digests = (hashlib.sha256(text.encode()).digest() for text in set(texts))
    return sorted(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def inline_hashes(page: str) -> list[str]:
    """Return the policy's source expression of each inline script of *page*, sorted.

    >>> inline_hashes('<script src="a.js"></script><script>1</script>')
    ["'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='"]
    """
    return _hashes(inline(page).scripts)


def content_policy(
    page: str,
    asked: Iterable[str] = (),
    *,
    extended: bool = False,
    sources: Mapping[str, Sequence[str]] = {},
) -> str:
    """Return the policy under which *page* runs what it holds, and nothing else.

    *asked* are addresses that the page may ask besides its own site, *sources* more
    sources by directive.  An *extended* policy also allows every site that the page
    refers to, and style sheets that its scripts write into it.

    >>> page = '<link rel="icon" href="https://a.example/b.png">'
    >>> "img-src 'self' data: https://a.example;" in content_policy(page, extended=True)
    True
    """
    found = inline(page)
    policy = {directive: list(values) for directive, values in _OWN.items()}

    def allow(directive: str, values: Iterable[str]) -> None:
        start = [] if directive in _WITHOUT_SELF else ["'self'"]
        listed = policy.setdefault(directive, start)
        listed += [each for each in values if each not in listed]
        if len(listed) > 1 and "'none'" in listed:
            listed.remove("'none'")

    allow("script-src", _hashes(found.scripts))
    if found.handlers:
        # Hashes count for event handlers only beside this word.
        allow("script-src", ["'unsafe-hashes'", *_hashes(found.handlers)])
    # A hash would switch 'unsafe-inline' off.
    allow("style-src", ["'unsafe-inline'"] if extended else _hashes(found.styles))
    allow("connect-src", sorted({origin for each in asked if (origin := _origin(each))}))
    if extended:
        for directive, origins in sorted(found.origins.items()):
            allow(directive, sorted(origins))
        if "script-src" in found.origins:
            # A script from another site can start a worker of its own in no other way.
            allow("worker-src", ["blob:"])
    for directive, values in sources.items():
        allow(directive, values)
    return "; ".join(" ".join([directive, *values]) for directive, values in policy.items())


def seal(page: str, policy: str) -> str:
    """Return *page* with *policy* in its head, in front of whatever it is to hold for.

    A page that has a policy keeps it, and so does one without a head.

    >>> seal('<head><meta charset="utf-8"><script></script></head>', "default-src 'self'")[:60]
    '<head><meta charset="utf-8"><meta http-equiv="Content-Securi'
    """
    head = _HEAD.search(page)
    if head is None:
        return page
    ends = _HEAD_ENDS.search(page, head.end())
    if _NAME.search(page, head.end(), ends.start() if ends else len(page)):
        return page
    # Browsers look for the encoding in the first 1024 bytes, which a policy may fill.
    at = found.end() if (found := _CHARSET.match(page, head.end())) else head.end()
    return page[:at] + _META.format(escape(policy, quote=True)) + page[at:]


def complaints(choice: object, sources: object) -> list[str]:
    """Say what is wrong with *choice* and *sources*, values of this part's configuration.

    >>> complaints("own", {"frame-ancestors": ["'none'"]})
    ['trigpoint_policy_sources: browsers read frame-ancestors in a header only']
    """
    found = []
    if choice not in CHOICES:
        found.append(f"trigpoint_policy: {choice!r} is none of {', '.join(CHOICES)}")
    if not isinstance(sources, Mapping):
        return [*found, "trigpoint_policy_sources: it is a dict of lists, by directive"]
    for directive, values in sources.items():
        if directive in _HEADER_ONLY:
            wrong = f"browsers read {directive} in a header only"
        elif directive not in {*_OWN, *_FALLS_BACK, *_WITHOUT_SELF}:
            wrong = f"{directive!r} is no directive of a policy"
        elif not isinstance(values, (list, tuple)):
            wrong = f"{directive}: a list of sources is needed, not {values!r}"
        elif bad := [each for each in values if not _is_source(each)]:
            wrong = f"{directive}: {bad[0]!r} is not one source"
        else:
            continue
        found.append(f"trigpoint_policy_sources: {wrong}")
    return found


def _is_source(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[^\s;,]+", value) is not None


def _check(_app: Sphinx, config: Config) -> None:
    if found := complaints(config.trigpoint_policy, config.trigpoint_policy_sources):
        raise ConfigError("\n".join(found))


def _writes_pages(builder: Builder) -> bool:
    """Say whether what *builder* writes are whole pages, which a browser opens."""
    # What json and pickle write are parts of pages, and data shared by all of them.
    return shows_elements(builder) and not hasattr(builder, "globalcontext_filename")


class _Pages:
    """The pages of one build that are not documents, such as the index."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def note(
        self,
        _app: Sphinx,
        pagename: str,
        _template: str,
        _context: dict[str, Any],
        _doctree: nodes.document | None,
    ) -> None:
        # What another process writes is a document, and those are known.
        self.names.add(pagename)

    def seal(self, app: Sphinx, exception: Exception | None) -> None:
        config = app.config
        if (
            exception is not None
            or not _writes_pages(app.builder)
            or config.trigpoint_policy == OFF
        ):
            return
        for pagename in sorted(self.names | app.env.found_docs):
            path = Path(app.builder.get_output_path(pagename))  # type: ignore[attr-defined]
            if path.is_file():
                _seal_file(path, config)


def _seal_file(path: Path, config: Config) -> None:
    # Bytes, so that no end of a line changes.
    page = path.read_bytes().decode(config.html_output_encoding)
    policy = content_policy(
        page,
        index_addresses(config),
        extended=config.trigpoint_policy == EXTENDED,
        sources=config.trigpoint_policy_sources,
    )
    sealed = seal(page, policy)
    if sealed != page:
        path.write_bytes(sealed.encode(config.html_output_encoding))


def setup(app: Sphinx) -> None:
    """Register two values of the configuration of *app*, and put the policy into its pages.

    ``trigpoint_policy`` is ``"off"``, ``"own"`` or ``"extended"``;
    ``trigpoint_policy_sources`` has more sources, in lists by directive.
    """
    pages = _Pages()
    app.add_config_value("trigpoint_policy", OFF, "html", (str,))
    app.add_config_value("trigpoint_policy_sources", {}, "html", (dict,))
    app.connect("config-inited", _check)
    app.connect("html-page-context", pages.note)
    # Before other parts of a site look at its pages, after those that change them.
    app.connect("build-finished", pages.seal, priority=800)
