"""Packaging standards that you can run."""

from importlib.metadata import version

__all__ = ["__version__"]

__version__ = version("trigpoint")
