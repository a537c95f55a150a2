"""Registries and mappings as JSON, small enough to see what a test changes."""

from __future__ import annotations

import json
from typing import Any

COMMANDS = {
    "install": {"command": ["spam", "--yes", "{}"]},
    "query": {"command": ["spam", "has", "{}"]},
}
RANGES = {
    "syntax": ["{name}{ranges}"],
    "equal": "={version}",
    "greater_than": ">{version}",
    "greater_than_equal": ">={version}",
    "less_than": "<{version}",
    "less_than_equal": "<={version}",
    "and": ",",
}
SYNTAX = {"name_only": ["{name}"], "exact_version": ["{name}={version}"], "version_ranges": RANGES}
MANAGER = {"name": "spam", "commands": COMMANDS, "specifier_syntax": SYNTAX}


def registry_text(*definitions: Any, **more: Any) -> str:
    """Return a registry of *definitions*, each an entry or an id."""
    rows = [{"id": each} if isinstance(each, str) else each for each in definitions]
    return json.dumps({"schema_version": 1, "definitions": rows, **more})


def mapping_text(*mappings: Any, managers: Any = (MANAGER,), **more: Any) -> str:
    """Return a mapping with the entries *mappings*."""
    head = {"schema_version": 1, "name": "Spam", "package_managers": list(managers)}
    return json.dumps({**head, "mappings": list(mappings), **more})
