"""The record of this package, read once."""

from __future__ import annotations

from trigpoint.installers.record import load

__all__ = ["RECORD"]

RECORD = load()
"""Every tool, case and outcome that was recorded."""
