"""The algebra lab: what markers mean, whatever their words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from trigpoint.labs import length
from trigpoint.labs.algebra import words
from trigpoint.labs.algebra.answer import AlgebraRequest, AlgebraResponse, answer
from trigpoint.labs.algebra.examples import EXAMPLES
from trigpoint.labs.algebra.share import share
from trigpoint.labs.base import Lab, Share
from trigpoint.labs.pieces import MAIN, Opened, Piece, document_of, text_of, with_markers

if TYPE_CHECKING:
    from trigpoint.labs.markup import Markup

__all__ = ["LAB", "AlgebraLab"]


class AlgebraLab(Lab[AlgebraRequest, AlgebraResponse]):
    """What markers mean, whatever their words."""

    name = "algebra"
    title = "Marker algebra"
    directive = "algebra-lab"
    request_type = AlgebraRequest
    response_type = AlgebraResponse
    examples = EXAMPLES

    def run(self, request: AlgebraRequest) -> AlgebraResponse:
        """Answer the mode that *request* asks for."""
        return answer(request)

    def opens(self, pieces: Sequence[Piece]) -> Opened | None:
        """Take the markers and requirements of *pieces*, or those of a project that have a marker."""
        piece = text_of(pieces)
        text = with_markers(document_of(pieces)) or (piece.text if piece else "")
        if not text:
            return None
        if piece is None or piece.kind == "requirements" or len(pieces) > 1:
            does, rank = "which lines for one project contradict each other", MAIN + 3
            return Opened({"text": text, "mode": "merge"}, does, rank)
        return Opened({"text": text}, "the shortest way to say the same", MAIN + 2)

    def valid(self, response: AlgebraResponse) -> bool:
        """Say whether the text and every line of *response* could be read."""
        return not length.said(response.findings) and all(line.readable for line in response.lines)

    def summary(self, response: AlgebraResponse) -> str:
        """Say *response*, the answer of the mode, in one sentence."""
        return words.summary(response)

    def html(self, response: AlgebraResponse) -> Markup:
        """Return *response*: the answer of the mode, and the findings."""
        from trigpoint.labs.algebra import html

        return html.result(response)

    def form(self, request: AlgebraRequest) -> Markup:
        """Return the tabs, the editor and the assumptions, filled in from *request*."""
        from trigpoint.labs.algebra import html

        return html.form(request)

    def share(self, request: AlgebraRequest) -> Share:
        """Return *request* as a command, as Python and as a directive."""
        return share(self.directive, request)


LAB: Final = AlgebraLab()
"""The lab, as :data:`trigpoint.labs.LABS` finds it."""
