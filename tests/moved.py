"""Pages of the built site that only lead on to where another one went."""

from __future__ import annotations

import tomllib
from pathlib import Path

__all__ = ["MOVED"]

_TABLE = Path(__file__).resolve().parents[1] / "docs" / "data" / "moved.toml"

MOVED = frozenset(f"{old}.html" for old in tomllib.loads(_TABLE.read_text("utf-8"))["moved"])
"""Paths below the root of the site."""
