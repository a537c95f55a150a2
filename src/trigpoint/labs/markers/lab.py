"""The marker lab: where a marker holds, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from trigpoint.labs import length
from trigpoint.labs.base import Lab, Share
from trigpoint.labs.markers import words
from trigpoint.labs.markers.answer import MarkersRequest, MarkersResponse, answer
from trigpoint.labs.markers.examples import EXAMPLES
from trigpoint.labs.markers.share import share
from trigpoint.labs.pieces import MAIN, Opened, Piece, document_of, text_of, with_markers

if TYPE_CHECKING:
    from trigpoint.labs.markup import Markup

__all__ = ["LAB", "MarkersLab"]


class MarkersLab(Lab[MarkersRequest, MarkersResponse]):
    """Where a marker holds, and why."""

    name = "markers"
    title = "Markers"
    directive = "marker-lab"
    request_type = MarkersRequest
    response_type = MarkersResponse
    examples = EXAMPLES

    def run(self, request: MarkersRequest) -> MarkersResponse:
        """Answer where each marker of *request* holds, and why in the chosen environment."""
        return answer(request)

    def opens(self, pieces: Sequence[Piece]) -> Opened | None:
        """Take the markers and requirements of *pieces*, or those of a project that have a marker."""
        if text := with_markers(document_of(pieces)):
            return Opened({"text": text}, "where each of its requirements is installed", MAIN + 2)
        if piece := text_of(pieces):
            rank = MAIN if len(pieces) == 1 and piece.kind != "request" else MAIN + 2
            return Opened({"text": piece.text}, "where it holds, and why", rank)
        return None

    def valid(self, response: MarkersResponse) -> bool:
        """Say whether the text and every line of *response* could be read; a marker may still lack a meaning."""
        return not length.said(response.findings) and all(line.readable for line in response.lines)

    def summary(self, response: MarkersResponse) -> str:
        """Say in how many environments the chosen marker of *response* holds."""
        return words.summary(response)

    def html(self, response: MarkersResponse) -> Markup:
        """Return the grid, the explanation and the findings of *response*."""
        from trigpoint.labs.markers import html

        return html.result(response)

    def form(self, request: MarkersRequest) -> Markup:
        """Return the editor and the switches, filled in from *request*."""
        from trigpoint.labs.markers import html

        return html.form(request)

    def share(self, request: MarkersRequest) -> Share:
        """Return *request* as a command, as Python and as a directive."""
        return share(self.directive, request)


LAB: Final = MarkersLab()
"""The lab, as :data:`trigpoint.labs.LABS` finds it."""
