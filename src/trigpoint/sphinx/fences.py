"""No configuration on a page that nothing has run.

A snippet of TOML or YAML that somebody typed into a page drifts from what tools
accept.  With ``trigpoint_checked_languages`` set, such a block must come from a
file (``literalinclude``) or from the ``checked-toml`` directive, which reads it
and checks the requirements in it; any other fails the build.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from trigpoint.findings import Finding, Severity, Span
from trigpoint.metadata import from_project_table
from trigpoint.metadata.project.table import Table
from trigpoint.metadata.project.toml import Path, positions
from trigpoint.requirements import read_requirement

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["CheckedToml", "problems", "setup"]

logger = logging.getLogger(__name__)

_CHECKED = "trigpoint_checked"
_EXCERPT = frozenset({"metadata-project-required"})
"""What a whole file needs, and an excerpt from one may leave out."""


def problems(text: str) -> list[tuple[int, str]]:
    r"""Say what is wrong with the TOML *text*, a ``pyproject.toml`` or part of one.

    Each is a line, counted from 1, and what is wrong there.  Read are the table
    ``[project]``, whose keys may be incomplete, and the requirements of the build
    system and of dependency groups.

    >>> problems('[project]\ndependencies = ["tomli; python_verison < \'3.11\'"]')
    [(2, "'python_verison' is not a marker variable")]
    """
    document = from_project_table(text)
    found = [
        (_line(each.span), each.message)
        for each in document.findings()
        if each.severity is Severity.ERROR and not _left_out(each)
    ]
    if any(each.code == "metadata-toml" for each in document.findings()):
        return found
    table = Table(text, tomllib.loads(text), positions(text))
    for path, requirement in _requirements(table):
        at = table.span(path)
        found += [
            (_line(at), each.message)
            for each in read_requirement(requirement).findings
            if each.severity is Severity.ERROR
        ]
    found += [(_line(each.span), each.message) for each in table.findings]
    return sorted(set(found))


def _left_out(finding: Finding) -> bool:
    """Say whether *finding* is about something that an excerpt need not have."""
    absent = finding.code == "metadata-project-missing" and finding.span is None
    return absent or finding.code in _EXCERPT


def _line(span: Span | None) -> int:
    return span.line if span else 1


def _requirements(table: Table) -> Iterator[tuple[Path, str]]:
    """Yield each requirement of *table* that stands for itself; it is told of what is none.

    Those of extras are among them, because in metadata they have another marker.
    """
    project = table.data.get("project")
    extras = project.get("optional-dependencies") if isinstance(project, Mapping) else None
    for name, entries in extras.items() if isinstance(extras, Mapping) else ():
        for i, entry in enumerate(entries if isinstance(entries, list) else ()):
            # The metadata have said what else is wrong.
            if isinstance(entry, str):
                yield ("project", "optional-dependencies", name, i), entry
    if "build-system" in table.data:
        path: Path = ("build-system",)
        system = table.table_at(path, table.data["build-system"])
        if "requires" in system:
            yield from table.texts_at((*path, "requires"), system["requires"])
    if "dependency-groups" in table.data:
        path = ("dependency-groups",)
        groups = table.table_at(path, table.data["dependency-groups"])
        for name, entries in groups.items():
            place = (*path, name)
            if not isinstance(entries, list):
                table.texts_at(place, entries)
                continue
            for i, entry in enumerate(entries):
                # A table includes another group.
                if isinstance(entry, Mapping):
                    continue
                text = table.text_at((*place, i), entry)
                if text is not None:
                    yield (*place, i), text


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
        block[_CHECKED] = True
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
