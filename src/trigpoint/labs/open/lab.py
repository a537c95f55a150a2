"""The lab that opens others: what something is, and which lab answers about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from trigpoint.labs.base import Lab, Share
from trigpoint.labs.open import words
from trigpoint.labs.open.answer import OpenRequest, OpenResponse, answer, filled
from trigpoint.labs.open.examples import EXAMPLES
from trigpoint.labs.open.share import share

if TYPE_CHECKING:
    from trigpoint.labs.markup import Markup

__all__ = ["LAB", "OpenLab"]


class OpenLab(Lab[OpenRequest, OpenResponse]):
    """What a text, a file or a folder is taken for, why, and where to look at it."""

    name = "open"
    title = "Open anything"
    directive = "open-lab"
    request_type = OpenRequest
    response_type = OpenResponse
    examples = EXAMPLES

    def fill_in(self, request: OpenRequest) -> OpenRequest:
        """Put what is in the file of *request* into its text, or its pieces."""
        return filled(request)

    def run(self, request: OpenRequest) -> OpenResponse:
        """Say what *request* is, and which labs answer about it."""
        return answer(request)

    def valid(self, response: OpenResponse) -> bool:  # noqa: ARG002
        """Say that *response* is an answer: there is one to everything."""
        return True

    def summary(self, response: OpenResponse) -> str:
        """Say what *response* takes it for, and why."""
        return words.summary(response)

    def html(self, response: OpenResponse) -> Markup:
        """Return what *response* takes it for, the labs for it, and the findings."""
        from trigpoint.labs.open import html

        return html.result(response)

    def form(self, request: OpenRequest) -> Markup:
        """Return the box and the places for files, filled in from *request*."""
        from trigpoint.labs.open import html

        return html.form(request)

    def share(self, request: OpenRequest) -> Share:
        """Return *request* as a command, as Python and as a directive."""
        return share(self.directive, request)


LAB: Final = OpenLab()
"""The lab, as :data:`trigpoint.labs.LABS` finds it."""
