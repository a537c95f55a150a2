"""``trigpoint``: the labs in the terminal, the same answers as on the page."""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line; needs the extra ``cli``."""
    try:
        from trigpoint.cli.app import app
    except ModuleNotFoundError as error:
        if error.name != "click":
            raise
        sys.exit(
            "trigpoint: the command line needs its extra: python -m pip install 'trigpoint[cli]'"
        )
    app(prog_name="trigpoint")
