"""Examples for the labs, from real packages."""

from __future__ import annotations

from trigpoint.labs.base import Example

__all__ = ["MARKERS"]

MARKERS: tuple[Example, ...] = ()
