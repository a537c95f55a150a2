"""A feed of what changed, made from the change log, which every page names.

Below a heading that ends with a day stands what changed by then: ``## 0.2.0 (2026-12-01)``, or
``### 2026-11-26`` below a heading without one.  Each is an entry.  Source: RFC 4287.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["ATOM", "FEED", "Change", "atom", "changes", "setup"]

FEED: Final = "changes.xml"
"""The file; many servers know no type for others that feeds have."""
ATOM: Final = "http://www.w3.org/2005/Atom"
PAGE: Final = "changelog"

_HEADING: Final = re.compile(r"(#{2,3}) +(.*?) *")
_DAY: Final = re.compile(r"(.*?) *\(?(\d{4}-\d\d-\d\d)\)?")
# Addresses of the site may change, and an entry stays the same.
_NAMES: Final = uuid.uuid5(uuid.NAMESPACE_DNS, "trigpoint.invalid")


@dataclass(frozen=True)
class Change:
    """What is said to have changed in *name*, a version, by *day*; *text* is Markdown."""

    name: str
    day: date
    text: str

    @property
    def title(self) -> str:
        """What a reader of feeds shows, such as ``0.2.0 (2026-12-01)``."""
        return f"{self.name} ({self.day})"


def _sections(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield each heading of level 2 or 3 with its level, and what stands below it."""
    level, heading, below = 0, "", list[str]()
    for line in text.splitlines():
        if found := _HEADING.fullmatch(line):
            yield level, heading, "\n".join(below).strip()
            level, heading, below = len(found[1]), found[2], []
        else:
            below.append(line)
    yield level, heading, "\n".join(below).strip()


def changes(text: str) -> list[Change]:
    r"""Return the entries of a change log, in its order.

    Raises :exc:`ValueError` for a day that the calendar has not, for two entries of one name and
    day, and for text that has no day, since no feed would tell of it.

    >>> changes("# Log\n\n## Unreleased\n\n### 2026-11-26\n\n- It begins.\n")
    [Change(name='Unreleased', day=datetime.date(2026, 11, 26), text='- It begins.')]
    """
    found: list[Change] = []
    version = ""
    for level, heading, below in _sections(text):
        dated = _DAY.fullmatch(heading)
        if level == 2:
            version = dated[1] if dated else heading
        if dated:
            found.append(Change(version, date.fromisoformat(dated[2]), below))
        elif level and below:
            raise ValueError(f"what stands below {heading!r} has no day")
    titles = [each.title for each in found]
    if twice := sorted({each for each in titles if titles.count(each) > 1}):
        raise ValueError(f"{', '.join(twice)} stands there twice")
    return found


def atom(found: list[Change], project: str, author: str, base: str) -> ET.ElementTree[ET.Element]:
    """Return the feed of the entries *found*, newest first, for a site whose address is *base*.

    Without one, addresses are relative to the feed.
    """

    def add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
        element = ET.SubElement(parent, name, attributes)
        element.text = text or None
        return element

    def known(parent: ET.Element, name: str, day: date) -> None:
        add(parent, "id", f"urn:uuid:{uuid.uuid5(_NAMES, name)}")
        add(parent, "updated", f"{day}T00:00:00Z")

    page = f"{base}{PAGE}.html"
    feed = ET.Element("feed", xmlns=ATOM)
    add(feed, "title", f"Changes of {project}")
    known(feed, project, max(each.day for each in found))
    add(feed, "link", rel="alternate", type="text/html", href=page)
    add(feed, "link", rel="self", type="application/atom+xml", href=f"{base}{FEED}")
    add(add(feed, "author"), "name", author)
    markdown = MarkdownIt("commonmark", {"html": False})
    for each in sorted(found, key=lambda each: each.day, reverse=True):
        entry = add(feed, "entry")
        add(entry, "title", each.title)
        known(entry, f"{project} {each.title}", each.day)
        add(entry, "link", rel="alternate", type="text/html", href=page)
        add(entry, "content", markdown.render(each.text), type="html")
    ET.indent(feed)
    return ET.ElementTree(feed)


def _named(
    app: Sphinx, _pagename: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    if app.config.trigpoint_changes and "pathto" in context:
        address = context["pathto"](FEED, resource=True)
        link = (
            f'\n<link rel="alternate" type="application/atom+xml" href="{address}" title="Changes">'
        )
        context["metatags"] = context.get("metatags", "") + link


def _write(app: Sphinx, exception: Exception | None) -> None:
    config = app.config
    if exception is not None or app.builder.format != "html" or not config.trigpoint_changes:
        return
    base = f"{config.html_baseurl.rstrip('/')}/" if config.html_baseurl else ""
    text = Path(app.srcdir, config.trigpoint_changes).read_text("utf-8")
    feed = atom(changes(text), config.project, config.author, base)
    feed.write(Path(app.outdir, FEED), encoding="utf-8", xml_declaration=True)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Write the feed of ``trigpoint_changes``, a change log in Markdown, and name it on each page."""
    app.add_config_value("trigpoint_changes", "", "html", (str,))
    app.connect("html-page-context", _named)
    app.connect("build-finished", _write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
