"""HTML that escapes by construction.

Text becomes markup only through :func:`element`, which escapes every child and
every attribute; there is no way to pass raw HTML in.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

__all__ = ["Markup", "element", "fragment"]

_NAME: Final = re.compile(r"[a-z][a-z0-9-]*").fullmatch
_ATTRIBUTE: Final = re.compile(r"(?!on|style$)[a-z][a-z0-9-]*|viewBox").fullmatch
_VOID: Final = frozenset({"br", "hr", "img", "input", "wbr"})
_RAW_TEXT: Final = frozenset({"script", "style", "iframe", "object", "embed", "template"})
_ADDRESSES: Final = frozenset({"href", "src", "action", "formaction"})
# Characters that HTML forbids, or that would reorder the text around them.
_UNSAFE: Final = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)

Child = "Markup | str | Iterable[Child] | None"


class Markup:
    """A finished piece of HTML; ``str()`` gives its text."""

    __slots__ = ("_text",)

    def __init__(self, text: str, key: object) -> None:
        if key is not _KEY:
            msg = "make markup with element() or fragment()"
            raise TypeError(msg)
        self._text = text

    def __str__(self) -> str:
        return self._text


_KEY: Final = object()


def visible(text: str) -> str:
    r"""Replace characters that cannot be shown, one for one, by a picture or U+FFFD.

    >>> visible("a\x00b")
    'a␀b'
    """
    return _UNSAFE.sub(
        lambda match: chr(0x2400 + ord(match[0])) if ord(match[0]) < 0x20 else "\ufffd", text
    )


def _escape(text: str) -> str:
    return html.escape(visible(text))


def _attributes(attributes: Mapping[str, Any]) -> Iterable[str]:
    for name, value in attributes.items():
        if not _ATTRIBUTE(name):
            msg = f"attribute {name!r} is not allowed"
            raise ValueError(msg)
        if value is None or value is False:
            continue
        if value is True:
            yield f" {name}"
            continue
        if name in _ADDRESSES and not re.match(r"https?://|[#./\w-]*\Z|[\w./-]+[#?]", str(value)):
            msg = f"{value!r} is no address for {name}"
            raise ValueError(msg)
        # Structured values travel as JSON; text as it is.
        text = value if isinstance(value, str) else json.dumps(value)
        yield f' {name}="{html.escape(text if name.startswith("data-") else visible(text))}"'


def _children(children: Iterable[Any]) -> Iterable[str]:
    for child in children:
        if child is None:
            continue
        if isinstance(child, Markup):
            yield str(child)
        elif isinstance(child, str):
            yield _escape(child)
        else:
            yield from _children(child)


def element(name: str, attributes: Mapping[str, Any] | None = None, /, *children: Any) -> Markup:
    """Return the element *name* with *attributes* around *children*.

    A child is markup, text (escaped), None (left out) or an iterable of those.
    An attribute that is None or False is left out, True has no value, a number
    or a structure is written as JSON.  Raises :exc:`ValueError` for names and
    addresses that could run a script.

    >>> print(element("b", {"title": '"'}, "a < b"))
    <b title="&quot;">a &lt; b</b>
    """
    if not _NAME(name) or name in _RAW_TEXT:
        msg = f"element {name!r} is not allowed"
        raise ValueError(msg)
    start = f"<{name}{''.join(_attributes(attributes or {}))}>"
    if name in _VOID:
        return Markup(start, _KEY)
    return Markup(f"{start}{''.join(_children(children))}</{name}>", _KEY)


def fragment(*children: Any) -> Markup:
    """Return *children* one after the other, escaped as in :func:`element`."""
    return Markup("".join(_children(children)), _KEY)
