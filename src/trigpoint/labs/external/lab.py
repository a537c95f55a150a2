"""The external lab: what a package needs from the system, and what it is called there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from trigpoint.labs.base import Lab, Share
from trigpoint.labs.external import words
from trigpoint.labs.external.answer import answer, filled
from trigpoint.labs.external.data import ExternalRequest, ExternalResponse
from trigpoint.labs.external.examples import EXAMPLES
from trigpoint.labs.external.share import share
from trigpoint.labs.pieces import MAIN, Opened, Piece, first

if TYPE_CHECKING:
    from trigpoint.labs.markup import Markup

__all__ = ["LAB", "ExternalLab"]


class ExternalLab(Lab[ExternalRequest, ExternalResponse]):
    """What is needed that is no Python package."""

    name = "external"
    title = "External"
    directive = "external-lab"
    request_type = ExternalRequest
    response_type = ExternalResponse
    examples = EXAMPLES

    def fill_in(self, request: ExternalRequest) -> ExternalRequest:
        """Put what the file of *request* says into its text; a file without is a finding."""
        return filled(request)

    def run(self, request: ExternalRequest) -> ExternalResponse:
        """Say what of *request* is needed, and where it is found."""
        return answer(request)

    def opens(self, pieces: Sequence[Piece]) -> Opened | None:
        """Take of *pieces* lines with a DepURL, and a file that says what is needed from outside."""
        does = "what it needs from the system, and what that is called there"
        lines = first(pieces, "external")
        if lines is not None:
            return Opened({"text": lines.text}, does)
        piece = first(pieces, "pyproject", "metadata", "wheel", "sdist")
        if piece is None or not states(piece.text):
            return None
        # A file that says nothing else is for this lab before all others.
        only = piece.kind == "pyproject" and "[project" not in piece.text
        return Opened({"text": piece.text}, does, MAIN - 1 if only else MAIN + 1)

    def valid(self, response: ExternalResponse) -> bool:
        """Say whether *response* could read the text; what is wrong with a line is an answer."""
        return response.readable

    def summary(self, response: ExternalResponse) -> str:
        """Return *response* in one plain sentence."""
        return words.summary(response)

    def html(self, response: ExternalResponse) -> Markup:
        """Return what is needed, and the findings of *response*."""
        from trigpoint.labs.external import html

        return html.result(response)

    def form(self, request: ExternalRequest) -> Markup:
        """Return the editor and the choices, filled in from *request*."""
        from trigpoint.labs.external import html

        return html.form(request)

    def share(self, request: ExternalRequest) -> Share:
        """Return *request* as a command, as Python and as a directive."""
        return share(self.directive, request)


def states(text: str) -> bool:
    """Say whether *text* has a word that only what is about the system has."""
    return "[external" in text or "Requires-External" in text or "\nexternal." in text


LAB: Final = ExternalLab()
"""The lab, as :data:`trigpoint.labs.LABS` finds it."""
