"""The composer lab: a whole new project, file by file, as you answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from trigpoint.labs.base import Lab, Share
from trigpoint.labs.composer import words
from trigpoint.labs.composer.answer import answer
from trigpoint.labs.composer.data import ComposerRequest, ComposerResponse
from trigpoint.labs.composer.examples import EXAMPLES
from trigpoint.labs.composer.share import share

if TYPE_CHECKING:
    from trigpoint.labs.markup import Markup

__all__ = ["LAB", "ComposerLab"]


class ComposerLab(Lab[ComposerRequest, ComposerResponse]):
    """A new project from a template, and which backend fits it."""

    name = "composer"
    title = "Composer"
    directive = "composer-lab"
    request_type = ComposerRequest
    response_type = ComposerResponse
    examples = EXAMPLES

    def run(self, request: ComposerRequest) -> ComposerResponse:
        """Make the project of *request*."""
        return answer(request)

    def summary(self, response: ComposerResponse) -> str:
        """Return *response* in one plain sentence."""
        return words.summary(response)

    def html(self, response: ComposerResponse) -> Markup:
        """Return the files of *response*, or which backend fits."""
        from trigpoint.labs.composer import html

        return html.result(response)

    def form(self, request: ComposerRequest) -> Markup:
        """Return the name, the answers and the questions, filled in from *request*."""
        from trigpoint.labs.composer import html

        return html.form(request)

    def share(self, request: ComposerRequest) -> Share:
        """Return *request* as a command, as Python and as a directive."""
        return share(self.directive, request)


LAB: Final = ComposerLab()
"""The lab, as :data:`trigpoint.labs.LABS` finds it."""
