"""What people bring, each of another kind."""

from __future__ import annotations

from trigpoint.labs.base import Example

__all__ = ["EXAMPLES"]

EXAMPLES = (
    Example(
        "A message of pip",
        "pip 26.3",
        {
            "text": "ERROR: Could not find a version that satisfies the requirement spam"
            " (from versions: none)\nERROR: No matching distribution found for spam\n"
        },
    ),
    Example(
        "A marker",
        "cattrs 26.2.1",
        {"text": "(implementation_name == 'cpython') and extra == 'orjson'"},
    ),
    Example("A request for extras", "made by hand", {"text": "pkg[gui,cli]"}),
    Example(
        "A line of METADATA",
        "httpx 0.28.1",
        {
            "text": "Requires-Dist: brotli; (platform_python_implementation == 'CPython')"
            " and extra == 'brotli'"
        },
    ),
    Example(
        "A pyproject.toml",
        "made by hand",
        {
            "text": '[project]\nname = "spam"\nversion = "1.0"\n'
            "dependencies = [\"colorama; sys_platform == 'win32'\"]\n"
        },
    ),
)
"""Ready-made questions."""
