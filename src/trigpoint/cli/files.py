"""The files that a command line names."""

from __future__ import annotations

from pathlib import Path

import click

from trigpoint.cli.terminal import read_bytes
from trigpoint.findings import printable
from trigpoint.labs.files import FoundMetadata, UnusableFileError, find_metadata

__all__ = ["read_found"]


def read_found(path: str) -> FoundMetadata:
    """Return the metadata in the file at *path*, or on standard input where it is ``-``.

    Raises :exc:`click.ClickException` for a file that cannot be read or used.
    """
    data = read_bytes(path)
    try:
        return find_metadata("" if path == "-" else Path(path).name, data)
    except UnusableFileError as problem:
        said = printable(f"{path}: {problem.message}; {problem.fix}")
        raise click.ClickException(said) from problem
