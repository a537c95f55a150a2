"""What a directive of a tutorial writes into the reader's folder."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from trigpoint.projects.templates import Answers, render, templates

sys.path.append(str(Path(__file__).parents[2] / "docs" / "_ext"))
from trigpoint_snippets import part, section

__all__ = ["file_of"]


def file_of(directive: str, argument: str, options: Mapping[str, str]) -> tuple[str, str] | None:
    """Return path and content of what *directive* with *argument* writes, if it does."""
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
