"""The wheel lab: what is in a wheel, where it lands, and why pip takes it or does not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from trigpoint.labs.base import Lab, Share
from trigpoint.labs.pieces import MAIN, Opened, Piece, first
from trigpoint.labs.wheels import words
from trigpoint.labs.wheels.answer import answer, filled
from trigpoint.labs.wheels.data import WheelsRequest, WheelsResponse
from trigpoint.labs.wheels.examples import EXAMPLES
from trigpoint.labs.wheels.share import share

if TYPE_CHECKING:
    from trigpoint.labs.markup import Markup

__all__ = ["LAB", "WheelsLab"]


class WheelsLab(Lab[WheelsRequest, WheelsResponse]):
    """What is in wheels and sdists, where it lands, and what is wrong with it."""

    name = "wheels"
    title = "Wheels"
    directive = "wheels-lab"
    # A large file is unpacked and hashed whole.
    time_limit = 60_000
    request_type = WheelsRequest
    response_type = WheelsResponse
    examples = EXAMPLES

    def fill_in(self, request: WheelsRequest) -> WheelsRequest:
        """Look into the files of *request*; one that cannot be read is a finding."""
        return filled(request)

    def run(self, request: WheelsRequest) -> WheelsResponse:
        """Say what is in the files of *request*, and what they do together."""
        return answer(request)

    def opens(self, pieces: Sequence[Piece]) -> Opened | None:
        """Take a wheel or an sdist of *pieces* as it came, or the names of such files."""
        if named := first(pieces, "files"):
            return Opened({"text": named.text}, "why pip takes them or does not")
        if first(pieces, "wheel"):
            return Opened({}, "what is in it, and where it lands", MAIN + 1, "file")
        if first(pieces, "sdist"):
            return Opened({}, "what is in it, and how large that is", MAIN + 3, "file")
        return None

    def valid(self, response: WheelsResponse) -> bool:
        """Say whether *response* is about a file; what is wrong with it is the answer."""
        return response.empty or any(
            each.known or (response.why and response.why.values) for each in response.files
        )

    def summary(self, response: WheelsResponse) -> str:
        """Return *response* in one plain sentence."""
        return words.summary(response)

    def html(self, response: WheelsResponse) -> Markup:
        """Return the files, the tree, the sizes and the findings of *response*."""
        from trigpoint.labs.wheels import html

        return html.result(response)

    def form(self, request: WheelsRequest) -> Markup:
        """Return the listing and the choices, filled in from *request*."""
        from trigpoint.labs.wheels import html

        return html.form(request)

    def share(self, request: WheelsRequest) -> Share:
        """Return *request* as a command, as Python and as a directive."""
        return share(self.directive, request)


LAB: Final = WheelsLab()
"""The lab, as :data:`trigpoint.labs.LABS` finds it."""
