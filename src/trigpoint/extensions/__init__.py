"""Extension builders: compiled files from any language, through any build backend.

``[[tool.trigpoint.extensions]]`` tables in ``pyproject.toml`` say what is compiled; builders
do it, and a hatchling hook or a wrapper around another backend puts it into the wheel.
This part needs ``packaging`` and nothing else of Trigpoint but findings and catalogue.
"""

from trigpoint.extensions.protocol import (
    GROUP,
    BuildRequest,
    BuildResult,
    Command,
    ExtensionBuilder,
    ExtensionError,
    Output,
    Stable,
    Tag,
    Target,
)
from trigpoint.extensions.settings import Settings

__all__ = [
    "GROUP",
    "BuildRequest",
    "BuildResult",
    "Command",
    "ExtensionBuilder",
    "ExtensionError",
    "Output",
    "Settings",
    "Stable",
    "Tag",
    "Target",
]
