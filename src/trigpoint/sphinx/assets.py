"""The scripts and styles of the labs, on the pages that need them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.errors import ConfigError

from trigpoint.sphinx.lab import lab_pages, shows_elements

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

__all__ = ["setup"]

FOLDER = "trigpoint"
STYLES = ("trigpoint.css", "themes.css")
"""The style of labs, and what other themes than Furo need besides."""

SCRIPT = f"{FOLDER}/trigpoint-lab.js"
WORKER = "service-worker.js"


def _playground(app: Sphinx) -> Path | None:
    """Return the folder of the built playground, or None if the pages stay static."""
    if not app.config.trigpoint_playground:
        return None
    folder = Path(app.confdir, app.config.trigpoint_playground)
    if not (folder / "trigpoint-lab.js").is_file():
        raise ConfigError(f"trigpoint_playground: {folder} holds no trigpoint-lab.js")
    return folder


def _styles(app: Sphinx) -> tuple[str, ...]:
    return STYLES[:1] if app.config.html_theme == "furo" else STYLES


def _copy(app: Sphinx, builder: Builder) -> None:
    """Copy before pages are written, so that their links carry the files' checksums."""
    if not shows_elements(builder):
        return
    target = Path(builder.outdir, "_static", FOLDER)
    target.mkdir(parents=True, exist_ok=True)
    for name in _styles(app):
        shutil.copy2(Path(__file__).parent / "static" / name, target)
    if folder := _playground(app):
        shutil.copytree(
            folder, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns(WORKER, "*.map")
        )
        if (folder / WORKER).is_file():
            shutil.copy2(folder / WORKER, builder.outdir)


def _link(
    app: Sphinx,
    pagename: str,
    _template: str,
    _context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    if not shows_elements(app.builder):
        return
    pages = lab_pages(app.env)
    # One file with all pages bears the name of the first.
    whole = app.builder.name == "singlehtml" and pagename == app.config.root_doc
    if pagename in pages or (whole and pages):
        for name in _styles(app):
            app.add_css_file(f"{FOLDER}/{name}")
        if _playground(app):
            app.add_js_file(SCRIPT, type="module", priority=900)


def setup(app: Sphinx) -> None:
    """Register two values of the configuration of *app*, and the files of its pages.

    ``trigpoint_playground`` is the folder of a built playground, ``trigpoint_index_url``
    the address of a package index.
    """
    app.add_config_value("trigpoint_playground", None, "html", (str, type(None)))
    app.add_config_value("trigpoint_index_url", "", "env", (str,))
    app.connect("write-started", _copy)
    app.connect("html-page-context", _link)
