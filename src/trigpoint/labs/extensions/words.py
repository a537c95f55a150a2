"""What the answers of the extensions lab are called, on every face."""

from __future__ import annotations

from typing import Final

from trigpoint.labs.extensions.data import ExtensionsResponse, OutputRow, PlanRow

__all__ = ["HEADS", "REQUIRES", "TITLES", "files", "needs", "output", "summary"]

HEADS: Final = ("Step", "Extension", "Builder", "Files", "Tag")
"""The columns of the plan."""

REQUIRES: Final = "To be installed first"

TITLES: Final = {
    "cpython-3.13-linux-x86_64": "CPython 3.13, Linux",
    "cpython-3.11-linux-x86_64": "CPython 3.11, Linux",
    "cpython-3.14t-linux-x86_64": "CPython 3.14 without the GIL, Linux",
    "cpython-3.15t-linux-x86_64": "CPython 3.15 without the GIL, Linux",
    "cpython-3.13-macos-arm64": "CPython 3.13, macOS",
    "cpython-3.13-windows-x64": "CPython 3.13, Windows",
    "pypy-3.11-linux-x86_64": "PyPy 3.11, Linux",
}
"""What a reader calls the targets."""


def summary(response: ExtensionsResponse) -> str:
    """Return *response* in one plain sentence."""
    return response.said


def output(row: OutputRow) -> str:
    """Return the path of *row*, and its scheme where that is not the usual one.

    >>> output(OutputRow("lib/libx.a", "internal"))
    'lib/libx.a (internal)'
    """
    return row.path if row.scheme == "platlib" else f"{row.path} ({row.scheme})"


def files(row: PlanRow) -> str:
    """Say why there is no list of the files of *row*; empty if there is one."""
    return "known after the build" if row.step and row.usable and not row.known else ""


def needs(row: PlanRow) -> str:
    """Say what *row* waits for; empty if for nothing."""
    return f"after {', '.join(row.depends_on)}" if row.depends_on else ""
