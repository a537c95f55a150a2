"""A whole pyproject.toml: the metadata that it stands for, its groups, its build.

Source: pyproject.toml specification; Dependency Groups specification.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from trigpoint.catalogue import marked
from trigpoint.findings import Finding, in_text_order
from trigpoint.metadata.document import Document
from trigpoint.metadata.fields import LATEST
from trigpoint.metadata.project.build import BuildSystem, read_build_system
from trigpoint.metadata.project.groups import Groups, read_groups
from trigpoint.metadata.project.meant import KEYS, stray_table
from trigpoint.metadata.project.project import as_document, no_document, parse_toml
from trigpoint.metadata.project.sheet import Sheet, TomlRequirement, spelled
from trigpoint.metadata.project.table import Table
from trigpoint.metadata.project.tools import read_tools

__all__ = ["DRAFTS", "TABLES", "PyProject", "read_pyproject"]

TABLES: Final = ("project", "build-system", "dependency-groups", "tool")
"""The tables that a pyproject.toml may have."""

DRAFTS: Final = ("external",)
"""Tables of drafts: PEP 725.  Readers of their own, on a higher floor, know what is in them."""


class PyProject:
    """What a pyproject.toml says; made by :func:`read_pyproject`.

    ``document`` is the metadata that ``[project]`` stands for, ``groups`` the
    dependency groups, ``build_system`` the build, None without a table for it.
    ``requirements`` is every requirement of the groups, the build and the tables
    of tools, in text order; those of ``[project]`` are in the document.
    ``read`` and ``not_read`` name the tables and keys that were, and were not, read;
    ``dynamic`` names the keys of ``[project]`` that the build backend fills in.
    """

    def __init__(
        self,
        document: Document,
        sheet: Sheet | None,
        groups: Groups,
        build_system: BuildSystem | None,
        read: tuple[str, ...],
        not_read: tuple[str, ...],
        dynamic: tuple[str, ...] = (),
    ) -> None:
        self.document = document
        self.groups = groups
        self.build_system = build_system
        self.read = read
        self.not_read = not_read
        self.dynamic = dynamic
        self.requirements: tuple[TomlRequirement, ...] = ()
        self._findings: list[Finding] = []
        if sheet is not None:
            self._findings = sheet.findings
            self.requirements = tuple(
                sorted(sheet.requirements, key=lambda each: each.span.start if each.span else 0)
            )

    def findings(
        self, reader: str = LATEST, *, next_major: bool = False, kind: str | None = None
    ) -> list[Finding]:
        """Return everything there is to say about what was read, in text order.

        ``reader``, ``next_major``, ``kind`` and the errors are those of
        :meth:`trigpoint.metadata.Document.findings`.
        """
        found = self.document.findings(reader, next_major=next_major, kind=kind)
        return in_text_order([*found, *self._findings])


def read_pyproject(
    text: str,
    *,
    read_file: Callable[[str], str | None] | None = None,
    license_files: Callable[[str], list[str]] | None = None,
) -> PyProject:
    r"""Read all of a pyproject.toml that specifications define; nothing in it raises.

    ``text`` is the file.  ``read_file`` returns the text of a file named in
    ``[project]``, or None; ``license_files`` the paths that a pattern matches.
    Findings have their places in ``text``.

    >>> project = read_pyproject('[project]\nname = "x"\nversion = "1"\n'
    ...                          '[dependency-groups]\ntest = ["pytest>>8"]\n[tool.ruff]\n')
    >>> [(found.code, found.span and found.span.line) for found in project.findings()]
    [('requirement-syntax', 5), ('pyproject-build-missing', None)]
    >>> project.read, project.not_read
    (('project', 'dependency-groups'), ('tool.ruff',))
    """
    parsed = parse_toml(text)
    if isinstance(parsed, Finding):
        return PyProject(no_document(text, *marked(text), parsed), None, Groups({}), None, (), ())
    whole, places = parsed
    sheet = Sheet(text, whole, places)
    sheet.findings += marked(text)
    read: list[str] = []
    data = whole.get("project")
    if isinstance(data, Mapping):
        document = as_document(Table(text, whole, places), read_file, license_files)
        read.append("project")
    else:
        document = no_document(text)
        if data is None:
            message = "there is no [project] table, so the metadata is left to the build backend"
            sheet.say("pyproject-no-project", None, message)
        else:
            sheet.wrong_type(("project",), data, "a table")
    build_system = read_build_system(sheet)
    groups = read_groups(sheet)
    read += [name for name in ("build-system", "dependency-groups") if name in whole]
    of_tools, left = read_tools(sheet)
    locked = "lock-version" if "lock-version" in whole else ""
    if isinstance(whole.get("package"), list):
        locked = "package"
    if locked:
        message = f"{locked} is a key of lock files, and this is none that a project is read from"
        fix = "read the pyproject.toml; a lock file is called pylock.toml or pylock.NAME.toml"
        sheet.add("pyproject-table", (locked,), message, fix, key=True)
    for name in whole:
        if name in DRAFTS:
            left.append(name)
        elif name not in TABLES:
            if not locked:
                fix = stray_table(name, whole[name], TABLES)
                message = f"{name!r} stands in no table"
                if isinstance(whole[name], (Mapping, list)):
                    message = f"{name!r} is none of the tables that a pyproject.toml has"
                sheet.add("pyproject-table", (name,), message, fix, key=True)
            left.append(spelled((name,)))
    return PyProject(
        document, sheet, groups, build_system, (*read, *of_tools), tuple(left), _dynamic(data)
    )


def _dynamic(project: object) -> tuple[str, ...]:
    """Return the keys that the table *project* leaves to the build backend, each once."""
    names = project.get("dynamic") if isinstance(project, Mapping) else None
    if not isinstance(names, list) or not isinstance(project, Mapping):
        return ()
    return tuple(dict.fromkeys(each for each in names if each in KEYS and each not in project))
