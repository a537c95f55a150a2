"""What names between brackets say that their author may not have meant."""

from __future__ import annotations

from collections.abc import Iterable

from packaging.utils import canonicalize_name

from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix, TextIndex
from trigpoint.markers import Marker
from trigpoint.markers.reading.grammar import parse
from trigpoint.markers.reading.tree import Group
from trigpoint.markers.reading.tree import Node as Tree
from trigpoint.requirements.tree import Part

__all__ = ["extra_findings", "needs_extra"]


def needs_extra(marker: Marker | None) -> bool:
    """Say whether *marker* surely holds nowhere if no extra is asked for.

    >>> needs_extra(Marker("extra == 'a'")), needs_extra(Marker("extra == 'a' or os_name == 'nt'"))
    (True, False)
    """
    return marker is not None and "extra" in marker.variables and _needs_extra(parse(marker.text))


def _needs_extra(tree: Tree) -> bool:
    if isinstance(tree, Group):
        return (any if tree.op == "and" else all)(map(_needs_extra, tree.parts))
    asks = tree.asks
    return asks is not None and asks[:2] == ("extra", "==") and asks[2] != ""


def extra_findings(parts: Iterable[Part], index: TextIndex, offset: int = 0) -> list[Finding]:
    """Return the findings on the extras among *parts*.

    The requirement starts at *offset* in the text of *index*.

    >>> from trigpoint.requirements.reader import read
    >>> from trigpoint.requirements.tree import Dialect
    >>> text = "pkg[A,a]"
    >>> parts = read(text, Dialect.REQUEST).parts
    >>> [found.code for found in extra_findings(parts, TextIndex(text))]
    ['extra-unnormalised', 'extra-repeated']
    """
    found: list[Finding] = []
    named: dict[bool, dict[str, None]] = {False: {}, True: {}}
    negative: list[tuple[str, int, int]] = []
    minus_at = -1
    for part in parts:
        if part.kind == "minus":
            minus_at = part.start
        if part.kind != "extra":
            continue
        minus = minus_at >= 0
        start = offset + (minus_at if minus else part.start)
        at, end, minus_at = offset + part.start, offset + part.end, -1
        name = canonicalize_name(part.text)
        if part.text != name:
            place = index.span(at, end)
            fix = Fix(f"write {name}", name, place)
            found.append(
                report("extra-unnormalised", f"{part.text} is compared as {name}", place, fix)
            )
        if minus:
            negative.append((name, start, end))
            message = (
                f"no tool reads -{name}: it is a proposal of this project, in which it "
                f"leaves {name} out of the default extras of this request"
            )
            found.append(report("extra-negative", message, index.span(start, end)))
        if name in named[minus]:
            message = f"{name} is asked for twice"
            found.append(report("extra-repeated", message, index.span(start, end)))
        named[minus][name] = None
    for left_out, start, end in negative:
        if left_out in named[False]:
            message = f"{left_out} is both asked for and left out"
            fix = Fix("keep one of the two")
            found.append(report("extra-contradiction", message, index.span(start, end), fix))
    return found
