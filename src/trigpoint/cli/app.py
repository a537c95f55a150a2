"""The command group, and what every command shares."""

from __future__ import annotations

import click

from trigpoint import __version__
from trigpoint.cli import algebra as _algebra  # noqa: F401 (adds its commands to `marker`)
from trigpoint.cli.extras import extras
from trigpoint.cli.markers import marker
from trigpoint.cli.metadata import metadata

__all__ = ["app"]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="trigpoint")
def app() -> None:
    """Run packaging standards."""


app.add_command(marker)
app.add_command(metadata)
app.add_command(extras)
