"""No configuration on a page that nothing has run.

A snippet of TOML or YAML that somebody typed into a page drifts from what tools
accept.  With ``trigpoint_checked_languages`` set, such a block must come from a
file (``literalinclude``) or from the ``checked-toml`` directive, which reads it
and checks the requirements in it; any other fails the build.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from docutils import nodes
from packaging.requirements import InvalidRequirement, Requirement
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from trigpoint.markers import InvalidMarker, Marker

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["CheckedToml", "problems", "requirements", "setup"]

logger = logging.getLogger(__name__)

_CHECKED = "trigpoint_checked"


def requirements(document: Mapping[str, Any]) -> Iterator[str]:
    """Yield every requirement of *document*, a ``pyproject.toml``, in the order of the file."""
    project = document.get("project", {})
    yield from document.get("build-system", {}).get("requires", ())
    yield from project.get("dependencies", ())
    for group in (project.get("optional-dependencies", {}), document.get("dependency-groups", {})):
        for entries in group.values():
            yield from (entry for entry in entries if isinstance(entry, str))


def problems(text: str) -> list[str]:
    r"""Say what is wrong with the TOML *text*, requirements and markers included.

    >>> problems('[project]\ndependencies = ["tomli; python_verison < \'3.11\'"]')
    ["tomli; python_verison < '3.11': 'python_verison' is not a marker variable"]
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return [str(error)]
    found = []
    for line in requirements(document):
        _, semicolon, marker = line.partition(";")
        try:
            if semicolon:
                Marker(marker.strip())
            Requirement(line)
        except InvalidMarker as error:
            found += [f"{line}: {finding.message}" for finding in error.findings]
        except InvalidRequirement as error:
            found.append(f"{line}: {str(error).partition(chr(10))[0]}")
    return found


class CheckedToml(SphinxDirective):
    """A block of TOML that is read, with its requirements, when the page is built."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Check the text and show it."""
        text = "\n".join(self.content)
        for problem in problems(text):
            logger.error("%s", problem, location=self.get_location(), type="trigpoint")
        block = nodes.literal_block(text, text, language="toml")
        block[_CHECKED] = True
        self.set_source_info(block)
        if not self.arguments:
            return [block]
        container = nodes.container("", literal_block=True, classes=["literal-block-wrapper"])
        container += nodes.caption(self.arguments[0], self.arguments[0])
        container += block
        return [container]


def _check(app: Sphinx, doctree: nodes.document) -> None:
    for block in doctree.findall(nodes.literal_block):
        language = block.get("language", "")
        # literalinclude names the file that it read
        from_file = "source" in block.attributes
        if (
            language in app.config.trigpoint_checked_languages
            and not from_file
            and not block.get(_CHECKED)
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
