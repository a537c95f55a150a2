"""Messages that people brought, and the files that they were about."""

from __future__ import annotations

from trigpoint.labs.base import Example

__all__ = ["EXAMPLES"]

EXAMPLES = (
    Example(
        "The upload does not know license-file",
        "twine 6.1.0 with packaging 24.1",
        {
            "text": "Checking dist/spam-1.0-py3-none-any.whl: ERROR    InvalidDistribution: Invalid\n"
            "         distribution metadata: unrecognized or malformed field 'license-file'\n",
            "document": "Metadata-Version: 2.4\nName: spam\nVersion: 1.0\n"
            "License-Expression: MIT\nLicense-File: LICENSE\n",
        },
    ),
    Example(
        "A requirement that pip passes over",
        "pip 26.3",
        {
            "text": "WARNING: Ignoring version 1.0 of spam since it has invalid metadata: Requested"
            " spam from spam-1.0-py3-none-any.whl has invalid metadata: Expected semicolon (after"
            " name with no version specifier) or end\n    eggs=1.0\n        ^\n"
            "Please use pip<24.1 if you need to use this version.\n"
            "ERROR: Could not find a version that satisfies the requirement spam (from versions:"
            " 1.0)\nERROR: No matching distribution found for spam\n",
            "document": "Metadata-Version: 2.1\nName: spam\nVersion: 1.0\nRequires-Dist: eggs=1.0\n",
        },
    ),
    Example(
        "A marker that uv cannot read",
        "uv 0.5.31",
        {
            "text": "  × No solution found when resolving dependencies:\n"
            "  ╰─▶ Because only spam==1.0 is available and spam==1.0 has invalid metadata,\n"
            "      we can conclude that all versions of spam cannot be used.\n"
            "      And because you require spam, we can conclude that your requirements\n"
            "      are unsatisfiable.\n\n"
            "      hint: Metadata for `spam` (v1.0) could not be parsed:\n"
            "        Expected a quoted string or a valid marker name, found `python_verison`\n"
            "        eggs; python_verison > '3'\n              ^^^^^^^^^^^^^^\n",
        },
    ),
    Example(
        "A direct reference in an upload",
        "ayaka14732/jax-smi, issue 6",
        {
            "text": "ERROR    HTTPError: 400 Bad Request from https://index.example/legacy/\n"
            "         Can't have direct dependency: tpu-info@\n"
            "         git+https://git.example/tpu-info.git. See\n"
            "         https://packaging.python.org/specifications/core-metadata for more\n"
            "         information.\n",
        },
    ),
    Example(
        "setuptools and a licence as text",
        "setuptools 76.1.0",
        {
            "text": "ValueError: invalid pyproject.toml config: `project.license`.\n"
            "configuration error: `project.license` must be valid exactly by one definition"
            " (2 matches found):\n",
            "document": '[build-system]\nrequires = ["setuptools>=61"]\n\n[project]\n'
            'name = "spam"\nversion = "1.0"\nlicense = "MIT"\n',
        },
    ),
)
"""Ready-made questions; those of uploads are cut to what matters."""
