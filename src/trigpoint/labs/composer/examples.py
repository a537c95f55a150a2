"""Projects as real packages are made, and names that do not do."""

from __future__ import annotations

from trigpoint.labs.base import Example

__all__ = ["EXAMPLES"]

EXAMPLES = (
    Example(
        "Pure Python with flit-core",
        "Flask-SQLAlchemy 3.1.1, without its history",
        {
            "text": "Flask-SQLAlchemy",
            "template": "flit-core",
            "description": "Add SQLAlchemy support to your Flask application.",
            "account": "pallets-eco",
        },
    ),
    Example(
        "C++ with pybind11",
        "boost-histogram 1.5.2, without its history",
        {
            "text": "my-histogram",
            "template": "skbuild-pybind11",
            "description": "Histograms that are filled in C++.",
            "path": "CMakeLists.txt",
        },
    ),
    Example(
        "Rust with PyO3",
        "pydantic-core 2.41.5, without its history",
        {
            "text": "my-core",
            "template": "maturin-rust",
            "license": "MIT",
            "description": "Validation that is done in Rust.",
            "path": "Cargo.toml",
        },
    ),
    Example(
        "A name that hides a module",
        "made by hand",
        {"text": "json"},
    ),
    Example(
        "Which backend for data files and a version from git?",
        "made by hand",
        {"text": "my-data", "view": "backend", "wishes": ["data", "git"]},
    ),
)
"""Ready-made questions; the real ones have the backend and the language of that package."""
