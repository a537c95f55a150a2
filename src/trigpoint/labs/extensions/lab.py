"""The extensions lab: what would be built, in which order and with what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from trigpoint.extensions.tables import TABLES
from trigpoint.labs.base import Lab, Share
from trigpoint.labs.extensions import words
from trigpoint.labs.extensions.answer import answer
from trigpoint.labs.extensions.data import ExtensionsRequest, ExtensionsResponse
from trigpoint.labs.extensions.examples import EXAMPLES
from trigpoint.labs.extensions.share import share
from trigpoint.labs.pieces import MAIN, Opened, Piece, first

if TYPE_CHECKING:
    from trigpoint.labs.markup import Markup

__all__ = ["LAB", "ExtensionsLab"]

_HEADER: Final = f"[[{'.'.join(map(str, TABLES))}]]"


class ExtensionsLab(Lab[ExtensionsRequest, ExtensionsResponse]):
    """The plan of ``[[tool.trigpoint.extensions]]`` tables."""

    name = "extensions"
    title = "Extensions"
    directive = "extensions-lab"
    request_type = ExtensionsRequest
    response_type = ExtensionsResponse
    examples = EXAMPLES

    def run(self, request: ExtensionsRequest) -> ExtensionsResponse:
        """Say what would be built of *request*."""
        return answer(request)

    def opens(self, pieces: Sequence[Piece]) -> Opened | None:
        """Take of *pieces* a pyproject.toml that says what is compiled."""
        piece = first(pieces, "pyproject")
        if piece is None or _HEADER not in piece.text:
            return None
        # A file that says nothing else is for this lab before all others.
        only = "[project" not in piece.text
        does = "what of it would be compiled, in which order and with what"
        return Opened({"text": piece.text}, does, MAIN - 1 if only else MAIN + 1)

    def valid(self, response: ExtensionsResponse) -> bool:
        """Say whether *response* could read the text; what is wrong with a table is an answer."""
        return response.readable

    def summary(self, response: ExtensionsResponse) -> str:
        """Return *response* in one plain sentence."""
        return words.summary(response)

    def html(self, response: ExtensionsResponse) -> Markup:
        """Return the plan and the findings of *response*."""
        from trigpoint.labs.extensions import html

        return html.result(response)

    def form(self, request: ExtensionsRequest) -> Markup:
        """Return the editor and the choices, filled in from *request*."""
        from trigpoint.labs.extensions import html

        return html.form(request)

    def share(self, request: ExtensionsRequest) -> Share:
        """Return *request* as a command, as Python and as a directive."""
        return share(self.directive, request)


LAB: Final = ExtensionsLab()
"""The lab, as :data:`trigpoint.labs.LABS` finds it."""
