"""Small Sphinx projects, built for real."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("sphinx", reason="the extension needs Sphinx, which the core does not")
from sphinx.testing.util import SphinxTestApp

Build = Callable[..., SphinxTestApp]


@pytest.fixture
def build(tmp_path: Path) -> Iterator[Build]:
    """Build pages, named and written in reStructuredText, and return the application."""
    apps: list[SphinxTestApp] = []

    def build(
        pages: Mapping[str, str],
        *,
        builder: str = "html",
        confoverrides: Mapping[str, Any] = {},
        **options: Any,
    ) -> SphinxTestApp:
        source = tmp_path / "source"
        source.mkdir(exist_ok=True)
        (source / "conf.py").write_text("", "utf-8")
        for name, text in pages.items():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / f"{name}.rst").write_text(f":orphan:\n\nTitle\n=====\n\n{text}\n", "utf-8")
        settings = {"extensions": ["trigpoint.sphinx"], "html_theme": "alabaster"}
        with warnings.catch_warnings():
            # Sphinx and docutils announce their own removals.
            warnings.simplefilter("ignore")
            app = SphinxTestApp(
                buildername=builder,
                srcdir=source,
                builddir=tmp_path / "out",
                freshenv=False,
                confoverrides={**settings, **confoverrides},
                **options,
            )
            apps.append(app)
            app.build()
        return app

    yield build
    for app in apps:
        app.cleanup()
