"""The results of ``nox -s bench`` as tables and charts."""

from __future__ import annotations

from docutils import nodes
from sphinx.util.docutils import SphinxDirective


class Benchmarks(SphinxDirective):
    """Every result in the folder ``trigpoint_benchmarks``."""

    def run(self) -> list[nodes.Node]:
        text = "This build holds no results: run nox -s bench, then build the documentation again."
        return [nodes.paragraph("", text, classes=["tp-note"])]
