"""No configuration on a page that nothing has run.

A snippet of TOML or YAML that somebody typed into a page drifts from what tools
accept.  With ``trigpoint_checked_languages`` set, such a block must come from a
file (``literalinclude``) or from the ``checked-toml`` directive, which reads it
and checks the requirements in it; any other fails the build.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from trigpoint.findings import Severity, Span
from trigpoint.metadata import read_pyproject

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["CHECKED", "CheckedToml", "problems", "setup"]

logger = logging.getLogger(__name__)

CHECKED = "trigpoint_checked"
"""The attribute of a block of text that something reads or runs."""

_EXCERPT = frozenset(
    {"metadata-project-required", "pyproject-build-requires", "pyproject-group-missing"}
)
"""What a whole file needs, and an excerpt from one may leave out."""


def problems(text: str) -> list[tuple[int, str]]:
    r"""Say what is wrong with the TOML *text*, a ``pyproject.toml`` or part of one.

    Each is a line, counted from 1, and what is wrong there.  Read is what
    :func:`trigpoint.metadata.read_pyproject` reads; an excerpt may leave out what a
    whole file needs.

    >>> problems('[project]\ndependencies = ["tomli; python_verison < \'3.11\'"]')
    [(2, "'python_verison' is not a marker variable")]
    """
    return sorted(
        {
            (_line(each.span), each.message)
            for each in read_pyproject(text).findings()
            if each.severity is Severity.ERROR and each.code not in _EXCERPT
        }
    )


def _line(span: Span | None) -> int:
    return span.line if span else 1


class CheckedToml(SphinxDirective):
    """A block of TOML that is read, with its requirements, when the page is built."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Check the text and show it."""
        text = "\n".join(self.content)
        for line, problem in problems(text):
            logger.warning(
                "%s", problem, location=self._place(line), type="trigpoint", subtype="toml"
            )
        block = nodes.literal_block(text, text, language="toml")
        block[CHECKED] = True
        self.set_source_info(block)
        if not self.arguments:
            return [block]
        container = nodes.container("", literal_block=True, classes=["literal-block-wrapper"])
        container += nodes.caption(self.arguments[0], self.arguments[0])
        container += block
        return [container]

    def _place(self, line: int) -> str:
        """Return the file and the line there of the *line* of the content, counted from 1."""
        offset = self.content_offset
        if type(self.state).__module__.startswith("myst_parser."):
            # MyST counts from the fence, docutils from the start of the file.
            offset += self.lineno
        source, at = self.state_machine.get_source_and_line(offset + line)
        return f"{source}:{at}"


def _check(app: Sphinx, doctree: nodes.document) -> None:
    for block in doctree.findall(nodes.literal_block):
        language = block.get("language", "")
        # literalinclude names the file that it read
        from_file = "source" in block.attributes
        if (
            language in app.config.trigpoint_checked_languages
            and not from_file
            and not block.get(CHECKED)
        ):
            logger.warning(
                "a block of %s that nothing runs: take it from a file with literalinclude, "
                "or check it with checked-toml",
                language,
                location=block,
                type="trigpoint",
                subtype="fence",
            )


def setup(app: Sphinx) -> None:
    """Register ``checked-toml`` and ``trigpoint_checked_languages`` with *app*."""
    app.add_config_value("trigpoint_checked_languages", (), "env", (list, tuple, set, frozenset))
    app.add_directive("checked-toml", CheckedToml)
    app.connect("doctree-read", _check)
