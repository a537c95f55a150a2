"""What a check is."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Final

from trigpoint.catalogue import RULES, Rule, report
from trigpoint.findings import Fix, Severity, Span
from trigpoint.projects.review.pieces import Piece, Source
from trigpoint.projects.review.project import Found, JobStep, Project
from trigpoint.projects.review.yamls import Node

__all__ = [
    "MOST_NEAR",
    "MOST_STEPS",
    "Check",
    "at_node",
    "at_piece",
    "elsewhere",
    "found",
    "insertion",
    "nearest",
]


MOST_NEAR: Final = 500
"""Names that are looked through for one that was meant."""

MOST_STEPS: Final = 100
"""Steps of a job that are looked through for one that fetches another repository."""


@dataclass(frozen=True, slots=True)
class Check:
    """A check: ``code`` is that of its findings, ``family`` a key of the families.

    ``claim`` is what holds where it passes.  Where its findings have codes of their own, ``why``
    and ``source`` say of the check what a rule says of a code.  ``look`` returns what is wrong with a project, nothing if all is well, and None if the project
    has nothing that the check is about.
    """

    code: str
    family: str
    claim: str
    look: Callable[[Project], Iterable[Found] | None]
    why: str = ""
    source: str = ""

    @property
    def rule(self) -> Rule:
        """The rule behind it: title, reason, severity and source."""
        if self.why:
            return Rule(self.code, Severity.ERROR, self.claim, self.why, self.source)
        return RULES[self.code]


def found(
    code: str,
    path: str,
    message: str,
    span: Span | None = None,
    fix: str = "",
    edit: Fix | None = None,
) -> Found:
    """Return the finding *code* on the file at *path*, at *span*; *message* says what is wrong.

    *fix* says what to do, and *edit* carries that out.
    """
    return Found(path, report(code, message, span, edit or (Fix(fix) if fix else None)))


def at_piece(
    code: str,
    piece: Piece,
    message: str,
    fix: str,
    part: tuple[int, int] | None = None,
    replacement: str | None = None,
) -> Found:
    """Return the finding *code* on a *part* of *piece*, all of it unless given.

    *message* says what is wrong and *fix* what to do.  Where the file has the part letter by letter, *replacement* is put in its place.
    """
    start, end = part or (0, len(piece.value))
    span, exact = piece.place(start, end)
    edit = Fix(fix, replacement, span) if exact and replacement is not None else None
    return found(code, piece.source.path, message, span, fix, edit)


def at_node(code: str, node: Node, message: str, fix: str, edit: Fix | None = None) -> Found:
    """Return the finding *code* on the YAML value *node*: on its first line, if it has several.

    *message*, *fix* and *edit* are those of :func:`found`.
    """
    source = node.source
    raw = source.text[node.start : node.end]
    end = node.start + len(raw.partition("\n")[0].rstrip()) if node.kind != "scalar" else node.end
    return found(code, source.path, message, source.index.span(node.start, end), fix, edit)


def insertion(source: Source, at: int, text: str, message: str) -> Fix:
    """Return the fix that puts *text* into *source* at the offset *at*; *message* says what for."""
    return Fix(message, text, source.index.span(at, at))


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the one of *known* that *name* was probably meant to be.

    >>> nearest("tests", ["test", "docs"]), nearest("gui", ["docs"])
    ('test', None)
    """
    close = difflib.get_close_matches(name[:60], islice(known, MOST_NEAR), n=1, cutoff=0.75)
    return close[0] if close else None


def elsewhere(step: JobStep) -> bool:
    """Say whether commands of *step* may run in another folder, or on another repository."""
    parts = (step.step, step.job.get("defaults", "run"), step.workflow.get("defaults", "run"))
    if any(part.get("working-directory") for part in parts):
        return True
    steps = step.job.get("steps").items
    # It is asked of each step, so of very long jobs nothing is known.
    return len(steps) > MOST_STEPS or any(
        each.get("with", "path") or each.get("with", "repository")
        for each in steps
        if each.get("uses").text.startswith("actions/checkout@")
    )
