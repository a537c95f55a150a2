"""The message lab: what a tool's message means, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from trigpoint.labs.base import Lab, Share
from trigpoint.labs.messages import words
from trigpoint.labs.messages.answer import MessagesRequest, MessagesResponse, answer
from trigpoint.labs.messages.examples import EXAMPLES
from trigpoint.labs.messages.share import share
from trigpoint.labs.pieces import MAIN, Opened, Piece, document_of, first

if TYPE_CHECKING:
    from trigpoint.labs.markup import Markup

__all__ = ["LAB", "MessagesLab"]


class MessagesLab(Lab[MessagesRequest, MessagesResponse]):
    """Which messages are in what a tool printed, and what they mean."""

    name = "messages"
    title = "Messages"
    directive = "messages-lab"
    request_type = MessagesRequest
    response_type = MessagesResponse
    examples = EXAMPLES

    def run(self, request: MessagesRequest) -> MessagesResponse:
        """Find the messages in the text of *request*, and their places in its file."""
        return answer(request)

    def opens(self, pieces: Sequence[Piece]) -> Opened | None:
        """Take what a tool printed of *pieces*, and the file that it may be about."""
        said = first(pieces, "message")
        piece = document_of(pieces) or first(pieces, "requirements")
        if said is None and piece is None:
            return None
        given = {"text": said.text} if said else {}
        if piece:
            given["document"] = piece.text
        if said:
            return Opened(given, "what it means, and what to do")
        return Opened(given, "where in it the cause of a tool's message is", MAIN + 4)

    def summary(self, response: MessagesResponse) -> str:
        """Say how many messages of *response* are explained."""
        return words.summary(response)

    def html(self, response: MessagesResponse) -> Markup:
        """Return the messages of *response*, each with cause and cure, and the findings."""
        from trigpoint.labs.messages import html

        return html.result(response)

    def form(self, request: MessagesRequest) -> Markup:
        """Return the editor and the box for the file, filled in from *request*."""
        from trigpoint.labs.messages import html

        return html.form(request)

    def share(self, request: MessagesRequest) -> Share:
        """Return *request* as a command, as Python and as a directive."""
        return share(self.directive, request)


LAB: Final = MessagesLab()
"""The lab, as :data:`trigpoint.labs.LABS` finds it."""
