"""A note below the first command of a page that installs Trigpoint, while no index has it.

``trigpoint_unpublished`` is the day by which that was so; empty, the notes are gone.  A reader who
comes from a search reads one page alone, so each page has to say it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["CHECKOUT", "installed", "setup"]

CHECKOUT: Final = "/where/it/is"
"""What stands for the folder of a checkout."""

_INSTALL: Final = re.compile(r"\bpip\b.*\binstall\b.*[\"' ]trigpoint(?P<extras>\[[\w,]+\])")


def installed(command: str) -> str | None:
    """Return the extras, in brackets, with which *command* installs Trigpoint from an index."""
    found = _INSTALL.search(command)
    return found["extras"] if found else None


def _note(extras: str, day: str) -> nodes.note:
    command = f'python -m pip install "{CHECKOUT}{extras}"'
    said = f"On {day} Trigpoint is on no package index yet. From a checkout of its repository, "
    paragraph = nodes.paragraph("", said)
    paragraph += [nodes.literal("", command), nodes.Text(" does the same.")]
    return nodes.note("", paragraph)


def _say_so(app: Sphinx, doctree: nodes.document) -> None:
    if not app.config.trigpoint_unpublished:
        return
    for block in doctree.findall(nodes.literal_block):
        if (extras := installed(block.astext())) is not None:
            block.parent.insert(
                block.parent.index(block) + 1, _note(extras, app.config.trigpoint_unpublished)
            )
            return


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the note and the day."""
    app.add_config_value("trigpoint_unpublished", "", "env", (str,))
    app.connect("doctree-read", _say_so)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "env_version": 1}
