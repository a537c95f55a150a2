"""The metadata lab: what a METADATA file or pyproject.toml says, and what tools make of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from trigpoint.labs.base import Lab, Share
from trigpoint.labs.files import UnusableFileError, Upload, decoded
from trigpoint.labs.metadata import words
from trigpoint.labs.metadata.answer import answer, filled
from trigpoint.labs.metadata.data import MetadataRequest, MetadataResponse
from trigpoint.labs.metadata.examples import EXAMPLES
from trigpoint.labs.metadata.index import LISTING, newest_metadata
from trigpoint.labs.metadata.share import share
from trigpoint.labs.pieces import Opened, Piece, document_of

if TYPE_CHECKING:
    from trigpoint.labs.markup import Markup

__all__ = ["LAB", "MetadataLab"]


class MetadataLab(Lab[MetadataRequest, MetadataResponse]):
    """What metadata says, what it would be in another version, and what tools do with it."""

    name = "metadata"
    title = "Metadata"
    directive = "metadata-lab"
    indexed = True
    request_type = MetadataRequest
    response_type = MetadataResponse
    examples = EXAMPLES

    def fill_in(self, request: MetadataRequest) -> MetadataRequest:
        """Put the metadata of the file of *request* into its text; a file without is a finding."""
        upload = request.file
        request = replace(request, fetch="")
        if not isinstance(upload, Upload) or upload.problem or not (upload.name or upload.data):
            return replace(request, file="")
        try:
            if upload.name.endswith(LISTING):
                return replace(request, file="", fetch=newest_metadata(upload))
            return filled(request, upload.name, decoded(upload))
        except UnusableFileError as problem:
            return replace(request, file=Upload(upload.name, problem=problem.problem))

    def run(self, request: MetadataRequest) -> MetadataResponse:
        """Answer the view that *request* asks for; a file that is not filled in is ignored."""
        return answer(request)

    def opens(self, pieces: Sequence[Piece]) -> Opened | None:
        """Take the metadata of *pieces*, and what is known of the file that it is in."""
        piece = document_of(pieces)
        if piece is None:
            return None
        built = piece.kind if piece.kind in ("wheel", "sdist") else ""
        name = piece.name if piece.kind == "wheel" else ""
        fields = {"text": piece.text, "kind": built, "file_name": name}
        given = {field: value for field, value in fields.items() if value}
        return Opened(given, "what it says, and what is wrong with it")

    def valid(self, response: MetadataResponse) -> bool:
        """Say whether *response* told fields apart; what is wrong with them is no hindrance."""
        return response.readable

    def summary(self, response: MetadataResponse) -> str:
        """Return *response* in one plain sentence."""
        return words.summary(response)

    def html(self, response: MetadataResponse) -> Markup:
        """Return the view and the findings of *response*."""
        from trigpoint.labs.metadata import html

        return html.result(response)

    def form(self, request: MetadataRequest) -> Markup:
        """Return the tabs, the editor and the switches of each view, filled in from *request*."""
        from trigpoint.labs.metadata import html

        return html.form(request)

    def share(self, request: MetadataRequest) -> Share:
        """Return *request* as a command, as Python and as a directive."""
        return share(self.directive, request)


LAB: Final = MetadataLab()
"""The lab, as :data:`trigpoint.labs.LABS` finds it."""
