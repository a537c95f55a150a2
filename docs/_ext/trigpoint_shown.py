"""A text that shows a finding and one that does not, below each code of the catalogue that has them.

They stand in ``data/findings.toml``.  Every build reads both: what the first is told is what the
page shows, and a first one that is not told so, or a second one that is, fails the build.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx.util import logging

from trigpoint.catalogue import RULES
from trigpoint.extensions import Target
from trigpoint.extensions.explain import explain
from trigpoint.extensions.registry import announced
from trigpoint.external import read_external
from trigpoint.external.tables import read_table
from trigpoint.findings import Finding, Severity
from trigpoint.markers import InvalidMarker, Marker
from trigpoint.metadata import read, read_pyproject
from trigpoint.requirements import read_requirement, read_requirements_file
from trigpoint.sphinx.catalogue import label

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["HEAD", "READERS", "Shown", "faults", "load", "setup", "told"]

logger = logging.getLogger(__name__)

HEAD: Final = "Metadata-Version: 2.4\nName: spam\nVersion: 1\n"
"""What stands above lines of METADATA, unless they are a whole file."""


_TARGET: Final = Target(
    "cpython", (3, 13), "linux_x86_64", ".cpython-313-x86_64-linux-gnu.so", ".abi3.so"
)


def _marker(text: str) -> Sequence[Finding]:
    try:
        return Marker(text).lint()
    except InvalidMarker as error:
        return error.findings


def _metadata(text: str) -> Sequence[Finding]:
    whole = text.startswith("Metadata-Version:")
    return read(text if whole else f"{HEAD}{text}\n").findings()


READERS: Final[Mapping[str, Callable[[str], Sequence[Finding]]]] = {
    "marker": _marker,
    "requirement": lambda text: read_requirement(text).findings,
    "file": lambda text: read_requirements_file(text).findings,
    "metadata": _metadata,
    "pyproject": lambda text: read_pyproject(text).findings(),
    "external": lambda text: read_external(text).findings,
    "external-table": lambda text: read_table(text).findings,
    "extension": lambda text: explain(text, _TARGET, registry=announced([])).findings,
}
"""Who reads the texts of each table."""


@dataclass(frozen=True)
class Shown:
    """A text that is told ``code`` and one that is not, and who of :data:`READERS` reads them."""

    code: str
    reader: str
    wrong: str
    right: str


def load(text: str) -> tuple[Shown, ...]:
    r"""Read the list *text*; raises :exc:`ValueError` for what is no pair of a code and a reader.

    >>> load('[marker]\nmarker-two-values = [\'"a" == "b"\', \'os_name == "b"\']')[0].right
    'os_name == "b"'
    """
    found = []
    for reader, table in tomllib.loads(text).items():
        if reader not in READERS:
            raise ValueError(f"nobody reads texts of {reader!r}")
        for code, pair in table.items():
            if code not in RULES:
                raise ValueError(f"no finding has the code {code!r}")
            wrong, right = pair
            found.append(Shown(code, reader, wrong, right))
    return tuple(found)


def told(shown: Shown) -> Finding | None:
    """Return what the wrong text of *shown* is told under its code; None if that is nothing."""
    found = READERS[shown.reader](shown.wrong)
    return next((each for each in found if each.code == shown.code), None)


def faults(pairs: Iterable[Shown]) -> Iterator[str]:
    """Say of each of *pairs* what it should show and does not.

    >>> list(faults([Shown("marker-empty", "marker", "os_name == 'nt'", "")]))
    ['marker-empty: the wrong text is not told so', 'marker-empty: the right text is told marker-empty']
    """
    for each in pairs:
        if told(each) is None:
            yield f"{each.code}: the wrong text is not told so"
        for found in READERS[each.reader](each.right):
            if found.code == each.code or found.severity is Severity.ERROR:
                yield f"{each.code}: the right text is told {found.code}"


def _part(word: str, text: str, message: str = "") -> Iterator[nodes.Node]:
    """Yield *word*, *text* as code and *message*; a text of several lines stands below them."""
    line = text.strip("\n")
    several = "\n" in line
    said: list[nodes.Node] = [nodes.strong("", word)]
    if not several:
        said += [nodes.Text(" "), nodes.literal("", line) if line else nodes.Text("an empty text")]
    if message:
        said.append(nodes.Text(f": {message}"))
    yield nodes.paragraph("", "", *said, classes=["tp-shown"])
    if several:
        yield nodes.literal_block(line, line, language="text")


def _show(app: Sphinx, doctree: nodes.document, _page: str) -> None:
    """Put the texts of each code below it, on a page that lists codes."""
    pairs = {label("finding", each.code): each for each in app.env.trigpoint_shown}  # type: ignore[attr-defined]
    for term in doctree.findall(nodes.term):
        shown = pairs.get(next(iter(term["ids"]), ""))
        if shown is None:
            continue
        found = told(shown)
        for definition in term.parent.findall(nodes.definition):
            definition.extend(_part("Not", shown.wrong, found.message if found else ""))
            definition.extend(_part("But", shown.right))


def _read(app: Sphinx) -> None:
    """Read the list; what it does not show is a warning, which fails the build."""
    name = app.config.trigpoint_shown
    pairs: tuple[Shown, ...] = ()
    if name:
        pairs = load(Path(app.srcdir, name).read_text("utf-8"))
    for fault in faults(pairs):
        logger.warning("%s: %s", name, fault, type="trigpoint", subtype="shown")
    app.env.trigpoint_shown = pairs  # type: ignore[attr-defined]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Show the texts on pages that list findings."""
    app.add_config_value("trigpoint_shown", "", "env", [str])
    app.connect("builder-inited", _read)
    # Before the links back to the pages that tell of a code.
    app.connect("doctree-resolved", _show, priority=400)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
