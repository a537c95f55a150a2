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
_ADDRESS: Final = re.compile(r"https?://|[#./\w-]*\Z|[\w./-]+[#?]").match
# Characters that HTML forbids, or that would reorder the text around them.
_FORBIDDEN: Final = "\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff"
_UNSAFE: Final = re.compile(f"[{_FORBIDDEN}]")
_SPECIAL: Final = re.compile(f"[&<>\"'{_FORBIDDEN}]").search
_KNOWN: Final[set[str]] = set()


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


def _attribute(name: str, value: Any) -> str:
    if name not in _KNOWN:
        if not _ATTRIBUTE(name):
            msg = f"attribute {name!r} is not allowed"
            raise ValueError(msg)
        # Names are those of the program, so there are a few dozen.
        _KNOWN.add(name)
    if value is None or value is False:
        return ""
    if value is True:
        return f" {name}"
    if name in _ADDRESSES and not _ADDRESS(str(value)):
        msg = f"{value!r} is no address for {name}"
        raise ValueError(msg)
    # Structured values travel as JSON; text as it is.
    text = value if isinstance(value, str) else json.dumps(value)
    if _SPECIAL(text) is not None:
        text = html.escape(text if name.startswith("data-") else visible(text))
    return f' {name}="{text}"'


def _children(children: Iterable[Any], found: list[str]) -> list[str]:
    """Append the texts of *children*, escaped, to *found*."""
    for child in children:
        if type(child) is Markup:
            found.append(child._text)
        elif isinstance(child, str):
            # Most texts need nothing, and one search says so.
            found.append(child if _SPECIAL(child) is None else html.escape(visible(child)))
        elif child is not None:
            _children(child, found)
    return found


def element(name: str, attributes: Mapping[str, Any] | None = None, /, *children: Any) -> Markup:
    """Return the element *name* with *attributes* around *children*.

    A child is markup, text (escaped), None (left out) or an iterable of those.
    An attribute that is None or False is left out, True has no value, a number
    or a structure is written as JSON.  Raises :exc:`ValueError` for names and
    addresses that could run a script.

    >>> print(element("b", {"title": '"'}, "a < b"))
    <b title="&quot;">a &lt; b</b>
    """
    if name in _RAW_TEXT or not _NAME(name):
        msg = f"element {name!r} is not allowed"
        raise ValueError(msg)
    found = ["<", name]
    if attributes:
        found += [_attribute(*each) for each in attributes.items()]
    found.append(">")
    if name not in _VOID:
        _children(children, found)
        found.append(f"</{name}>")
    return Markup("".join(found), _KEY)


def fragment(*children: Any) -> Markup:
    """Return *children* one after the other, escaped as in :func:`element`."""
    return Markup("".join(_children(children, [])), _KEY)
