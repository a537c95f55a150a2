"""The rule of the index that a description must be one that can be rendered."""

from __future__ import annotations

import importlib
import io
import re
import warnings
from collections.abc import Iterator
from types import ModuleType
from typing import Final

from trigpoint import versions
from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix, Span, TextIndex
from trigpoint.installers.index.rules import VARIANTS
from trigpoint.metadata.checks.values import content_type
from trigpoint.metadata.text.plain import PlainDocument

__all__ = ["MOST_RENDERED", "description_findings"]

MOST_RENDERED: Final = 500_000
"""Characters of a description that is rendered."""

_RENDERERS = {"text/x-rst": "rst", "text/markdown": "markdown"}
_PLACE = re.compile(r"<string>:([0-9]{1,7}): \([A-Z]+/[0-9]\) (.*)")


def _renderer(kind: str) -> ModuleType | None:
    """Return the part of readme_renderer for *kind*; None if it is not there, or lacks what it needs."""
    try:
        # It warns where it cannot read Markdown, which is said here.
        with warnings.catch_warnings(action="ignore"):
            found = importlib.import_module(f"readme_renderer.{_RENDERERS[kind]}")
    except ImportError:
        return None
    # Without a reader of Markdown it knows no variant, and renders nothing.
    return found if kind != "text/markdown" or getattr(found, "variants", None) else None


def description_findings(document: PlainDocument) -> Iterator[Finding]:
    """Yield why the description of *document* is not rendered, or that nobody tried.

    What cannot fail, such as plain text or no description, is not mentioned.
    """
    text, place = _description(document)
    if not text.strip():
        return
    stated = document.get_first("Description-Content-Type") or "text/x-rst"
    kind, parameters, _ = content_type(stated)
    if kind not in _RENDERERS:
        return
    renderer = _renderer(kind) if len(text) <= MOST_RENDERED else None
    if renderer is None:
        wanted = "readme_renderer[md]" if kind == "text/markdown" else "readme_renderer"
        why = (
            f"the description has more than {MOST_RENDERED:,} characters"
            if len(text) > MOST_RENDERED
            else f"{wanted} is not installed here"
        )
        yield report(
            "index-description-unrendered",
            f"{why}, so whether the index can render it was not tried",
            None,
            Fix(f"install {wanted} beside this, or run twine check"),
        )
        return
    complaints = io.StringIO()
    if kind == "text/markdown":
        variant = parameters.get("variant", VARIANTS[0])
        rendered = renderer.render(text, variant=variant if variant in VARIANTS else VARIANTS[0])
    else:
        rendered = renderer.render(text, stream=complaints)
    if rendered is not None:
        return
    found = _PLACE.search(complaints.getvalue())
    span = _line(place, text, found[1]) if found and place is not None else None
    yield report(
        "index-description",
        f"the description cannot be rendered as {kind}{f': {found[2]}' if found else ''}",
        span,
        Fix("mend it, or say with Description-Content-Type what it is"),
    )


def _description(document: PlainDocument) -> tuple[str, TextIndex | None]:
    """Return the description, and the text that it stands in as it is, if it does."""
    if document.body.strip():
        return document.body, TextIndex(document.text) if document.origin is None else None
    return document.get_first("Description") or "", None


def _line(index: TextIndex, body: str, number: str) -> Span:
    """Return the place of line *number* (1-based) of *body*, the end of the text of *index*."""
    start = len(index.text) - len(body)
    first = index.position(start)[0]
    last = index.position(len(index.text))[0]
    return index.line_span(min(first + versions.number(number) - 1, last))
