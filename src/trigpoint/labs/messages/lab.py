"""The message lab: what a tool's message means, and what to do."""

from __future__ import annotations

from typing import Final

from trigpoint.labs.base import Lab, Share
from trigpoint.labs.markup import Markup
from trigpoint.labs.messages import html, words
from trigpoint.labs.messages.answer import MessagesRequest, MessagesResponse, answer
from trigpoint.labs.messages.examples import EXAMPLES
from trigpoint.labs.messages.share import share

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

    def summary(self, response: MessagesResponse) -> str:
        """Say how many messages of *response* are explained."""
        return words.summary(response)

    def html(self, response: MessagesResponse) -> Markup:
        """Return the messages of *response*, each with cause and cure, and the findings."""
        return html.result(response)

    def form(self, request: MessagesRequest) -> Markup:
        """Return the editor and the box for the file, filled in from *request*."""
        return html.form(request)

    def share(self, request: MessagesRequest) -> Share:
        """Return *request* as a command, as Python and as a directive."""
        return share(self.directive, request)


LAB: Final = MessagesLab()
"""The lab, as :data:`trigpoint.labs.LABS` finds it."""
