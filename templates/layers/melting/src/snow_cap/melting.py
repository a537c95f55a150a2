"""How much snow melts, in Rust, which calls a library in C."""

from __future__ import annotations

from ._melt import melt

__all__ = ["melt"]
