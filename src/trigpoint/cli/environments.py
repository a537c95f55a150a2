"""The named environments that a command line asks about."""

from __future__ import annotations

import click

from trigpoint.markers.meaning.environments import UnknownEnvironmentError, environment

__all__ = ["known_environment"]


def known_environment(
    _context: click.Context, _parameter: click.Parameter, name: str | None
) -> str | None:
    """Return *name*, which is None or that of an environment.

    Raises :exc:`click.BadParameter` for another.
    """
    try:
        if name is not None:
            environment(name)
    except UnknownEnvironmentError as error:
        raise click.BadParameter(str(error)) from error
    return name
