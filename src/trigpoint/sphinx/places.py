"""Where the labs of a site are, so that a result can lead from one to the next.

``trigpoint_lab_pages`` names for each lab the page and the id of its element, as in
``{"markers": "playground/markers#lab"}``.  Without it there are no links between labs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape, unescape
from typing import TYPE_CHECKING

from trigpoint.labs.permalink import fragment

if TYPE_CHECKING:
    from sphinx.builders.html import StandaloneHTMLBuilder

__all__ = ["Places", "places_of"]

_OPEN = re.compile(r'<a class="tp-open" data-open="([^"]*)">')
_PAGE = re.compile(r'<a class="tp-page" data-page="([^"]*)">')
_ANY = "TRIGPOINT-PAGE"
"""Stands for the name of any page while an address is made."""


@dataclass(frozen=True, slots=True)
class Places:
    """Addresses as one page sees them.

    ``labs`` are those of labs, each with the id of its element behind ``#``; ``pages`` is
    that of any page, with ``{}`` for its name.
    """

    labs: Mapping[str, str]
    pages: str

    @property
    def attributes(self) -> dict[str, str]:
        """What the element of a page is told."""
        from trigpoint.projects.folder import FOREIGN

        return {
            "data-labs": json.dumps(dict(self.labs)),
            "data-pages": self.pages,
            "data-leave-out": " ".join(sorted(FOREIGN)),
        }

    def linked(self, html: str) -> str:
        """Return the result *html* with the addresses of its links, where they are known.

        >>> places = Places({"markers": "m.html#lab"}, "{}.html")
        >>> places.linked('<a class="tp-page" data-page="guides/markers">')
        '<a class="tp-page" data-page="guides/markers" href="guides/markers.html">'
        """
        return _PAGE.sub(self._page, _OPEN.sub(self._open, html))

    def _open(self, match: re.Match[str]) -> str:
        target = json.loads(unescape(match[1]))
        page, _, identifier = self.labs.get(target["lab"], "").partition("#")
        if not page:
            return match[0]
        # What the tab would carry, a page without scripts cannot.
        where = identifier if target.get("kept") else fragment(identifier, target["request"])
        return f'{match[0][:-1]} href="{escape(f"{page}#{where}")}">'

    def _page(self, match: re.Match[str]) -> str:
        name, hash_, anchor = unescape(match[1]).partition("#")
        address = f"{self.pages.replace('{}', name)}{hash_}{anchor}"
        return f'{match[0][:-1]} href="{escape(address)}">'


def places_of(builder: StandaloneHTMLBuilder, pages: Mapping[str, str]) -> Places | None:
    """Return where the labs in *pages* are, seen from the page that *builder* writes now.

    None if *pages* names none, and in one file with all pages, where labs have other ids.
    """
    if not pages or builder.name == "singlehtml":
        return None
    here = builder.current_docname
    labs = {}
    for lab, place in pages.items():
        name, _, identifier = place.partition("#")
        labs[lab] = f"{builder.get_relative_uri(here, name)}#{identifier}"
    return Places(labs, builder.get_relative_uri(here, _ANY).replace(_ANY, "{}"))
