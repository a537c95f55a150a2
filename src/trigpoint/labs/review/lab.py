"""The review lab: what a project as a whole shows, and what every project should have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from trigpoint.labs.base import Lab, Needs, Share
from trigpoint.labs.pieces import MAIN, Opened, Piece, first
from trigpoint.labs.review import words
from trigpoint.labs.review.answer import answer, filled
from trigpoint.labs.review.data import ReviewRequest, ReviewResponse
from trigpoint.labs.review.examples import EXAMPLES
from trigpoint.labs.review.share import share

if TYPE_CHECKING:
    from trigpoint.labs.markup import Markup

__all__ = ["LAB", "ReviewLab"]


class ReviewLab(Lab[ReviewRequest, ReviewResponse]):
    """Which checks a project fails, with the fix of each as a patch."""

    name = "review"
    title = "Review"
    directive = "review-lab"
    request_type = ReviewRequest
    response_type = ReviewResponse
    examples = EXAMPLES

    def fill_in(self, request: ReviewRequest) -> ReviewRequest:
        """Take the project in the file of *request* apart; a file without one is a finding."""
        return filled(request)

    def run(self, request: ReviewRequest) -> ReviewResponse:
        """Ask every check of the project of *request*."""
        return answer(request)

    def opens(self, pieces: Sequence[Piece]) -> Opened | None:
        """Take a project of *pieces*, a folder or an sdist, as it came."""
        if not (first(pieces, "folder", "sdist") and first(pieces, "pyproject")):
            return None
        return Opened({}, "which checks it fails, with the fix of each", MAIN + 1, "file")

    def needs(self, response: ReviewResponse) -> Needs | None:
        """Return what has to be loaded before *response* has the results of all checks."""
        return response.waiting

    def valid(self, response: ReviewResponse) -> bool:
        """Say whether *response* has results; a failed check is one."""
        return response.empty or bool(response.families)

    def summary(self, response: ReviewResponse) -> str:
        """Return *response* in one plain sentence."""
        return words.summary(response)

    def html(self, response: ReviewResponse) -> Markup:
        """Return the families and the findings of *response*."""
        from trigpoint.labs.review import html

        return html.result(response)

    def form(self, request: ReviewRequest) -> Markup:
        """Return the two texts and the choice, filled in from *request*."""
        from trigpoint.labs.review import html

        return html.form(request)

    def share(self, request: ReviewRequest) -> Share:
        """Return *request* as a command, as Python and as a directive."""
        return share(self.directive, request)


LAB: Final = ReviewLab()
"""The lab, as :data:`trigpoint.labs.LABS` finds it."""
