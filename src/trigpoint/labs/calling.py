"""Run Python that a reader wrote, with a wheel of the shelf: in a page, and nowhere else.

This is no lab: nothing is answered while somebody types, no link carries the text, and no
other face runs it.  The wheel is one that was compiled for the page's own engine, so what is
called here is machine code in the reader's browser.
"""

from __future__ import annotations

import io
import linecache
import sys
import time
import traceback
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import Final

from trigpoint.labs.base import Needs
from trigpoint.labs.codec import SchemaError, decode, dumps, loads
from trigpoint.labs.markup import element
from trigpoint.labs.parts import summary_line
from trigpoint.projects.builds.shelf import LIST, Shelf, default_folder, open_shelf

__all__ = ["MOST_LETTERS", "MOST_PRINTED", "MOST_SAID", "CallRequest", "Ran", "answer", "run_text"]

MOST_LETTERS: Final = 20_000
"""Letters of a text that is run."""

MOST_PRINTED: Final = 20_000
"""Letters that are kept of what it prints."""

MOST_SAID: Final = 300
"""Letters of the line that says how it failed."""

_FILE: Final = "<your code>"


@dataclass(frozen=True, slots=True)
class CallRequest:
    """The Python ``text`` of a reader, and the ``project`` on the shelf that it imports."""

    text: str = ""
    project: str = ""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a text ``printed``, with the traceback where it ``failed``, and after how many ``seconds``.

    ``cut`` is the number of letters that were printed besides and are not kept; ``failed``
    is the line of the traceback that names the error.
    """

    printed: str
    seconds: float
    failed: str = ""
    cut: int = 0


class _Paper(io.TextIOBase):
    """What is printed on, which takes :data:`MOST_PRINTED` letters and counts the rest."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.left = MOST_PRINTED
        self.cut = 0

    def write(self, text: str, /) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() takes str, not {type(text).__name__}")
        taken = text[: self.left]
        if taken:
            self.kept.append(taken)
            self.left -= len(taken)
        self.cut += len(text) - len(taken)
        return len(text)


def run_text(text: str, folders: Sequence[str] = ()) -> Ran:
    r"""Run the Python *text* as a program of its own, which also imports from *folders*.

    Modules stay imported for the next one, names do not.  Whatever the program raises is
    told in :class:`Ran`, in the words of a traceback that begins with its own first line.

    >>> run_text("print(6 * 7)").printed
    '42\n'
    >>> run_text("1 / 0").failed
    'ZeroDivisionError: division by zero'
    """
    sys.path[:0] = [each for each in folders if each not in sys.path]
    paper, failed = _Paper(), ""
    # Tracebacks show lines of files; this one is in no folder.
    linecache.cache[_FILE] = (len(text), None, text.splitlines(keepends=True), _FILE)
    started = time.perf_counter()
    with redirect_stdout(paper), redirect_stderr(paper):
        try:
            exec(compile(text, _FILE, "exec"), {"__name__": "__main__"})  # noqa: S102
        except SystemExit as end:
            failed = "" if isinstance(end.code, int | None) and not end.code else _said(end)
        # Nothing that a program raises ends the engine, an interruption neither.
        except BaseException as problem:  # noqa: BLE001
            # Not this function's own frame; a SyntaxError has no other.
            within = problem.__traceback__.tb_next if problem.__traceback__ else None
            told = traceback.TracebackException(type(problem), problem, within, compact=True)
            failed = _said(problem)
            # After all that was printed, however much that is.
            paper.left = max(paper.left, MOST_PRINTED // 2)
            paper.write("".join(told.format()))
    return Ran("".join(paper.kept), time.perf_counter() - started, failed, paper.cut)


def _said(problem: BaseException) -> str:
    """Return the line that names *problem*: no note to it, and no place in the program."""
    told = traceback.TracebackException(type(problem), problem, None, compact=True)
    lines = (each for each in told.format_exception_only() if not each.startswith(" "))
    return next(lines, type(problem).__name__).partition("\n")[0][:MOST_SAID]


def _in_page() -> bool:
    return sys.platform == "emscripten"


def answer(request_json: str) -> str:
    """Answer the button of a page: *request_json* is a :class:`CallRequest`, the result that of a lab.

    Only a page runs what its reader typed: elsewhere this raises :exc:`RuntimeError`.
    """
    if not _in_page():
        raise RuntimeError("only a page runs what its reader typed")
    try:
        request = decode(CallRequest, loads(request_json))
    except SchemaError as error:
        return _told(f"The request does not fit: {error}.")
    if len(request.text) > MOST_LETTERS:
        return _told(f"More than {MOST_LETTERS:,} letters are not run here.")
    folder = default_folder()
    shelf = open_shelf(folder) if folder else None
    if shelf is None:
        return _told("", needs=Needs("Loading the list of wheels", (LIST,)))
    return _answer(request, shelf)


def _answer(request: CallRequest, shelf: Shelf) -> str:
    taken = shelf.take([request.project])
    if taken.findings:
        return _told(f"{taken.findings[0].message}.")
    if missing := shelf.missing(taken.wheels):
        return _told("", needs=Needs(f"Loading {', '.join(missing)}", missing))
    ran = run_text(request.text, shelf.unpacked(taken.wheels))
    if ran.failed:
        return _told(f"It ended with {ran.failed}", ran)
    return _told(f"It ran in {ran.seconds * 1000:,.0f} ms.", ran)


def _told(summary: str, ran: Ran | None = None, needs: Needs | None = None) -> str:
    shown = [summary_line(summary)]
    if ran and ran.printed:
        shown.append(element("pre", {"tabindex": "0"}, element("code", {}, ran.printed)))
    if ran and ran.cut:
        shown.append(element("p", {}, f"{ran.cut:,} more letters were printed."))
    return dumps(
        {
            "request": None,
            "html": "".join(map(str, shown)),
            "findings": [],
            "valid": bool(ran and not ran.failed),
            "summary": summary,
            "share": None,
            "needs": needs,
        }
    )
