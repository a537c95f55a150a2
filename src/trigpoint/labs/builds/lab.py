"""The build lab: what a project's own backend makes of it, before anything is published."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from trigpoint.labs.base import Lab, Needs, Share
from trigpoint.labs.builds import words
from trigpoint.labs.builds.answer import answer, filled
from trigpoint.labs.builds.data import BuildsRequest, BuildsResponse
from trigpoint.labs.builds.examples import EXAMPLES
from trigpoint.labs.builds.share import share
from trigpoint.labs.pieces import MAIN, Opened, Piece, first

if TYPE_CHECKING:
    from trigpoint.labs.markup import Markup

__all__ = ["LAB", "BuildsLab"]


class BuildsLab(Lab[BuildsRequest, BuildsResponse]):
    """What lands in the sdist and the wheel of a project, and what does not."""

    name = "builds"
    title = "Builds"
    directive = "builds-lab"
    # Two hooks of somebody else's program; on a small device each takes seconds.
    time_limit = 60_000
    request_type = BuildsRequest
    response_type = BuildsResponse
    examples = EXAMPLES

    def fill_in(self, request: BuildsRequest) -> BuildsRequest:
        """Take the project in the file of *request* apart; a file without one is a finding."""
        return filled(request)

    def run(self, request: BuildsRequest) -> BuildsResponse:
        """Plan the build of *request*, and build it where its backend is at hand."""
        return answer(request)

    def opens(self, pieces: Sequence[Piece]) -> Opened | None:
        """Take a project of *pieces*, a folder or an sdist, as it came, or its pyproject.toml."""
        does = "what lands in its sdist and its wheel"
        if first(pieces, "folder", "sdist"):
            named = first(pieces, "pyproject")
            return Opened({}, does, MAIN + 1, "file") if named else None
        piece = first(pieces, "pyproject")
        return Opened({"text": piece.text}, does, MAIN + 2) if piece else None

    def needs(self, response: BuildsResponse) -> Needs | None:
        """Return the wheels that have to be loaded before *response* can be a build."""
        return response.waiting

    def valid(self, response: BuildsResponse) -> bool:
        """Say whether *response* is about a backend; a refusal is an answer, too."""
        return response.empty or bool(response.backend)

    def summary(self, response: BuildsResponse) -> str:
        """Return *response* in one plain sentence."""
        return words.summary(response)

    def html(self, response: BuildsResponse) -> Markup:
        """Return the plan of *response*, and what was built."""
        from trigpoint.labs.builds import html

        return html.result(response)

    def form(self, request: BuildsRequest) -> Markup:
        """Return the two texts and the choices, filled in from *request*."""
        from trigpoint.labs.builds import html

        return html.form(request)

    def share(self, request: BuildsRequest) -> Share:
        """Return *request* as a command, as Python and as a directive."""
        return share(self.directive, request)


LAB: Final = BuildsLab()
"""The lab, as :data:`trigpoint.labs.LABS` finds it."""
