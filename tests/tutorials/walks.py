"""The ways from the home page to a release that somebody else installed, by links alone."""

from __future__ import annotations

import posixpath
import re

__all__ = ["STAGES", "WALKS", "links"]

WALKS = {
    "pure": ("index", "tutorials/index", "tutorials/publish"),
    "compiled": ("index", "tutorials/index", "tutorials/first-compiled", "guides/own-index"),
}
"""The pages of each walk; each has a link to the next, and the last is followed command by command."""

STAGES = {
    "begin": r"trigpoint new",
    "build": r"python -m build",
    "serve": r"pypi-server run .*--port \d+.*&\Z",
    "publish": r"(?:twine upload|uv publish)\b.*dist/\*",
    "install": r"pip install .*--index-url http://127\.0\.0\.1:\d+/simple/ snow-cap",
    "use": r"python -c \".*snow_cap",
}
"""What the commands of the last page do, in this order; a command may have several lines."""

_BLOCK = re.compile(r"^(`{3,}).*?^\1[ \t]*$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([\w./-]+)\.md(?:#[\w-]*)?\)|\{doc\}`(?:[^`<]*<)?([\w./-]+)>?`")


def links(page: str, text: str) -> list[str]:
    r"""Return the pages to which the prose *text* of *page* links, such as ``guides/own-index``.

    What stands in blocks is no prose: neither code nor the hidden lists of the navigation.

    >>> links("guides/a", "See {doc}`b`, [that](../index.md#x).\n\n```{toctree}\nc\n```\n")
    ['guides/b', 'index']
    """
    folder = posixpath.dirname(page)
    found = ("".join(each.groups("")) for each in _LINK.finditer(_BLOCK.sub("", text)))
    return [posixpath.normpath(posixpath.join(folder, each)).lstrip("/") for each in found]
