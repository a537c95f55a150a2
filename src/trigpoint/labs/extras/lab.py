"""The extras lab: which requirements come for a request, by four sets of rules, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from trigpoint.labs.base import Lab, Share
from trigpoint.labs.extras import words
from trigpoint.labs.extras.answer import ExtrasRequest, ExtrasResponse, answer
from trigpoint.labs.extras.examples import EXAMPLES
from trigpoint.labs.extras.share import share
from trigpoint.labs.pieces import MAIN, Opened, Piece, document_of, first

if TYPE_CHECKING:
    from trigpoint.labs.markup import Markup

__all__ = ["LAB", "ExtrasLab"]


class ExtrasLab(Lab[ExtrasRequest, ExtrasResponse]):
    """Which requirements come for which request, by whose rules."""

    name = "extras"
    title = "Extras"
    directive = "extras-lab"
    request_type = ExtrasRequest
    response_type = ExtrasResponse
    examples = EXAMPLES

    def run(self, request: ExtrasRequest) -> ExtrasResponse:
        """Ask all four sets of rules *request*, and compare the chosen one with installers."""
        return answer(request)

    def opens(self, pieces: Sequence[Piece]) -> Opened | None:
        """Take the metadata of a project of *pieces*, and a request for some of its extras."""
        asked, piece = first(pieces, "request"), document_of(pieces)
        if asked is None and piece is None:
            return None
        given = {"text": piece.text} if piece else {}
        if asked:
            given["requests"] = asked.text
        does = "which requirements come for which extras"
        return Opened(given, does, MAIN if asked else MAIN + 1)

    def valid(self, response: ExtrasResponse) -> bool:
        """Say whether *response* could read the text and at least one request."""
        return response.readable

    def summary(self, response: ExtrasResponse) -> str:
        """Say how many requirements the requests of *response* bring."""
        return words.summary(response)

    def html(self, response: ExtrasResponse) -> Markup:
        """Return the four answers of *response*, and the reasons for one of them."""
        from trigpoint.labs.extras import html

        return html.result(response)

    def form(self, request: ExtrasRequest) -> Markup:
        """Return the editor, the requests and the two choices, filled in from *request*."""
        from trigpoint.labs.extras import html

        return html.form(request)

    def share(self, request: ExtrasRequest) -> Share:
        """Return *request* as a command, as Python and as a directive."""
        return share(self.directive, request)


LAB: Final = ExtrasLab()
"""The lab, as :data:`trigpoint.labs.LABS` finds it."""
