"""The message lab's question, written down elsewhere."""

from __future__ import annotations

from trigpoint.labs.base import Share
from trigpoint.labs.messages.answer import MessagesRequest
from trigpoint.labs.sharing import embed, heredoc

__all__ = ["share"]


def share(directive: str, request: MessagesRequest) -> Share:
    """Return *request* as a command, as Python and for a page with the *directive*."""
    given = {"document": request.document} if request.document else {}
    return Share(_command(request), _python(request), embed(directive, given, request.text))


def _command(request: MessagesRequest) -> str:
    file = " --file PATH" if request.document else ""
    return f"trigpoint explain-message -{file}{heredoc(request.text)}"


def _python(request: MessagesRequest) -> str:
    head = "from trigpoint.installers.messages import explain\n\n"
    file = f"document = {request.document!r}\n" if request.document else ""
    given = ", document=document" if request.document else ""
    return (
        f"{head}text = {request.text!r}\n{file}"
        f"for found in explain(text{given}):\n"
        "    print(found.message.title, found.message.why, found.message.cure, sep='\\n')\n"
    )
