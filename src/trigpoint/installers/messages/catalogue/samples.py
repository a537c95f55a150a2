"""The texts that stand beside a message: as little as shows what it is about."""

from __future__ import annotations

__all__ = ["metadata", "pyproject"]


def metadata(*lines: str, version: str = "2.4") -> str:
    """Return a METADATA file of the metadata *version* with *lines* besides what it must have."""
    return "\n".join((f"Metadata-Version: {version}", "Name: spam", "Version: 1.0", *lines, ""))


def pyproject(*lines: str) -> str:
    """Return a ``pyproject.toml`` whose ``[project]`` goes on with *lines*."""
    return "\n".join(("[project]", 'name = "spam"', 'version = "1.0"', *lines, ""))
