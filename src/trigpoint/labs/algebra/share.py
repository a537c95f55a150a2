"""The algebra lab's question, written down elsewhere."""

from __future__ import annotations

import shlex

from trigpoint.labs.algebra.answer import MODES, AlgebraRequest, effective
from trigpoint.labs.base import Share
from trigpoint.labs.memory import statements_of
from trigpoint.labs.sharing import embed, heredoc, program

__all__ = ["share"]

_DEFAULT = AlgebraRequest()


def share(directive: str, request: AlgebraRequest) -> Share:
    """Return *request* as a command, as Python and for a page with the *directive*."""
    given = {
        name: str(value).lower() if isinstance(value, bool) else str(value)
        for name in ("mode", "assuming", "python", "line", "all")
        if (value := getattr(request, name)) != getattr(_DEFAULT, name)
    }
    text = request.text.strip()
    return Share(_command(request), _python(request), embed(directive, given, text))


def _command(request: AlgebraRequest) -> str:
    words = ["trigpoint", "marker", request.mode if request.mode in MODES else _DEFAULT.mode]
    if request.assuming:
        words += ["--assuming", shlex.quote(request.assuming)]
    if request.python:
        words += ["--python", shlex.quote(request.python)]
    if request.all and request.mode == "merge":
        words.append("--all")
    text = request.text.strip()
    many = "\n" in text
    words.append("-" if many else shlex.quote(text))
    return " ".join(words) + (heredoc(text) if many else "")


def _python(request: AlgebraRequest) -> str:
    statements = statements_of(request.text).statements
    markers = [None if each.requirement or not each.marker else each.marker for each in statements]
    texts = [marker.text for marker in markers[:2] if marker is not None]
    line = min(max(request.line, 0), len(markers) - 1)
    chosen = statements[line].marker if statements else None
    known = effective(request.assuming, request.mode) == "known-platforms"
    world: list[str] = [repr("known-platforms")] if known else []
    if request.python.strip():
        world.append(repr(request.python))
    assuming = f"assuming=({', '.join(world)},)" if world else ""
    comma = f", {assuming}" if assuming else ""
    if request.mode == "compare" and len(texts) > 1:
        return (
            "from trigpoint.markers import Marker\n\n"
            f"first = Marker({texts[0]!r})\n"
            f"second = Marker({texts[1]!r})\n"
            f"print(first.equivalent(second{comma}), first.implies(second{comma}), "
            f"first.disjoint(second{comma}))\n"
            f"print(first.counterexample(second{comma}))\n"
        )
    if request.mode == "simplify" and chosen is not None:
        return (
            "from trigpoint.markers import Marker\n\n"
            f"marker = Marker({chosen.text!r})\n"
            f"print(marker.simplify({assuming}))\n"
            "print(~marker)\n"
            "print(marker.requires_python())\n"
        )
    names = ("text", "mode", "assuming", "python", "all")
    return program("algebra", request, names, "print(answer)\n")
