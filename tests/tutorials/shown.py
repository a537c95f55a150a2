"""What a directive of a tutorial writes into the reader's folder."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from trigpoint.projects.templates import Answers, render, templates

sys.path.append(str(Path(__file__).parents[2] / "docs" / "_ext"))
from trigpoint_snippets import part, section

__all__ = ["file_of"]

WHOLE = {"caption", "language", "name"}
"""Options with which a file is shown from its first line to its last."""


def file_of(
    directive: str, argument: str, options: Mapping[str, str], folder: Path = Path()
) -> tuple[str, str] | None:
    """Return path and content of what *directive* with *argument* writes, if it does.

    A file that is shown whole, named from the *folder* of the page, is written where its caption
    says.
    """
    if (
        directive == "literalinclude"
        and (path := options.get("caption"))
        and options.keys() <= WHOLE
    ):
        return path, (folder / argument).read_text("utf-8")
    if directive == "project-file" and options.get("write") != "no":
        text = render(templates()[options["templates"].split()[0]], Answers())[argument].decode()
        if names := options.get("part"):
            shown = "\n\n".join(part(text, argument, name) for name in names.split()) + "\n"
        elif options.get("from") or options.get("to"):
            shown = section(text, options.get("from", ""), options.get("to", "")) + "\n"
        else:
            shown = text
        return options.get("write", argument), shown
    return None
