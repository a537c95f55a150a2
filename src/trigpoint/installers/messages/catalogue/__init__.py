"""Every message that is known, as data."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from trigpoint.installers.messages.catalogue.builds import BUILDS
from trigpoint.installers.messages.catalogue.compiling import COMPILING
from trigpoint.installers.messages.catalogue.environments import ENVIRONMENTS
from trigpoint.installers.messages.catalogue.fields import FIELDS
from trigpoint.installers.messages.catalogue.files import FILES
from trigpoint.installers.messages.catalogue.imports import IMPORTS
from trigpoint.installers.messages.catalogue.installing import INSTALLING
from trigpoint.installers.messages.catalogue.requirements import REQUIREMENTS
from trigpoint.installers.messages.catalogue.resolving import RESOLVING
from trigpoint.installers.messages.catalogue.uploads import UPLOADS
from trigpoint.installers.messages.catalogue.wheels import WHEELS
from trigpoint.installers.messages.message import Message

__all__ = ["GROUPS", "MESSAGES"]

GROUPS: Final[Mapping[str, tuple[Message, ...]]] = MappingProxyType(
    {
        "Fields of metadata": FIELDS,
        "Requirements, markers and versions": REQUIREMENTS,
        "Requirement files": FILES,
        "Resolving": RESOLVING,
        "Wheels": WHEELS,
        "pyproject.toml and builds": BUILDS,
        "Modules that are not found": IMPORTS,
        "Compilers and compiled code": COMPILING,
        "Shells, folders and the network": INSTALLING,
        "Environments": ENVIRONMENTS,
        "Uploads": UPLOADS,
    }
)
"""The messages by what they are about."""

MESSAGES: Final[Mapping[str, Message]] = MappingProxyType(
    {message.key: message for group in GROUPS.values() for message in group}
)
"""Every message by its key."""
