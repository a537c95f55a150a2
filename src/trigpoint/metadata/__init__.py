"""What core metadata says.

:func:`read` makes a :class:`Document` of any METADATA or PKG-INFO file: every
byte and line kept, its fields by name, its findings with their places.
:func:`~trigpoint.metadata.conversion.convert.convert` writes it in another version and reports what changes,
:func:`diff` compares two by meaning, :func:`from_project_table` makes one of a
``[project]`` table and :func:`read_pyproject` reads the whole file around it,
:func:`explain` says what a field means.

To find your way, start with ``document``; below it stand what it is made of,
above it what makes documents:

- ``fields``: the fields as data; the room ``text``: lines, people, depths, and
  ``text.plain``, the document without opinions;
- the room ``checks``: what is wrong; ``minimum``, ``as_json``: questions;
- ``document``: all of these on one object;
- the rooms ``convert`` and ``project``, ``json_reader``, ``diff``.

Source: Core metadata specifications; pyproject.toml specification.
"""

from trigpoint.metadata.as_json import FORMS, AsJson, to_json
from trigpoint.metadata.conversion.convert import Conversion, convert
from trigpoint.metadata.conversion.session import Change
from trigpoint.metadata.diff import Difference, diff
from trigpoint.metadata.differences import DIFFERENCES, DifferenceFromPackaging
from trigpoint.metadata.document import Document, read
from trigpoint.metadata.fields import (
    FIELDS,
    LATEST,
    NEXT_MAJOR,
    VERSIONS,
    Field,
    UnknownFieldError,
    explain,
)
from trigpoint.metadata.json_reader import from_json
from trigpoint.metadata.minimum import Minimum, Reason, minimum_version
from trigpoint.metadata.project.build import BuildSystem
from trigpoint.metadata.project.groups import Group, Groups, Include, Resolved
from trigpoint.metadata.project.project import from_project_table
from trigpoint.metadata.project.pyproject import PyProject, read_pyproject
from trigpoint.metadata.project.sheet import TomlRequirement
from trigpoint.metadata.text.plain import Header, Origin

__all__ = [
    "DIFFERENCES",
    "FIELDS",
    "FORMS",
    "LATEST",
    "NEXT_MAJOR",
    "VERSIONS",
    "AsJson",
    "BuildSystem",
    "Change",
    "Conversion",
    "Difference",
    "DifferenceFromPackaging",
    "Document",
    "Field",
    "Group",
    "Groups",
    "Header",
    "Include",
    "Minimum",
    "Origin",
    "PyProject",
    "Reason",
    "Resolved",
    "TomlRequirement",
    "UnknownFieldError",
    "convert",
    "diff",
    "explain",
    "from_json",
    "from_project_table",
    "minimum_version",
    "read",
    "read_pyproject",
    "to_json",
]
