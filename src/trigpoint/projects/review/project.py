"""A project as the checks see it: its files, each read once and when it is asked for.

What could not be read is in :attr:`Project.unread`, with the reason, and in
:attr:`Project.broken` where that is something to mend.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import canonicalize_name

from trigpoint import versions
from trigpoint.archives import MOST_READ
from trigpoint.findings import Finding
from trigpoint.metadata.project.project import parse_toml
from trigpoint.metadata.project.sheet import Sheet
from trigpoint.metadata.project.toml import Path
from trigpoint.projects.report import NotRead
from trigpoint.projects.review.ini import Ini, read_ini
from trigpoint.projects.review.pieces import Piece, Source
from trigpoint.projects.review.programs import Program, read_program
from trigpoint.projects.review.tree import Tree
from trigpoint.projects.review.yamls import MISSING, Node, has_yaml, read_yaml
from trigpoint.wheels.external_data import inner_backend

__all__ = ["MOST_CONFIGURATION", "Found", "JobStep", "Project"]

MOST_CONFIGURATION: Final = 512 * 1024
"""Letters of all YAML files of a project that are read."""

WORKFLOWS: Final = ".github/workflows/"
_CLOSED: Final = f"it cannot be opened, or has more than {MOST_READ >> 20} MiB"
_WITHOUT: Final = "PyYAML reads it, and is not installed; trigpoint[review] brings it"


@dataclass(frozen=True, slots=True)
class Found:
    """A finding, and the path of the file that it is about; empty for the project as a whole."""

    path: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class JobStep:
    """A step of a workflow's job, with what is around it."""

    workflow: Node
    job: Node
    step: Node

    @property
    def uses(self) -> tuple[str, str]:
        """The action that is used and its version; empty where there is none."""
        name, _, version = self.step.get("uses").text.partition("@")
        return name, version


class Project:
    """The project whose files are *tree*."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.unread: dict[str, NotRead] = {}
        self.broken: list[Found] = []
        self.read: dict[str, str] = {}
        """The files that were read, each with its text."""
        self.known: dict[str, Any] = {}
        """What checks have worked out and others may ask for again, by a name of theirs."""
        self._yaml_left = MOST_CONFIGURATION

    def _absent(self, path: str) -> None:
        """Name the file at *path* if it is there as a link, which nothing follows."""
        if path in self.tree.links:
            self.unread[path] = NotRead(path, "a link")

    # -- files --------------------------------------------------------------------------

    def text(self, path: str) -> str | None:
        """Return the text of the file at *path*; None if there is none, or it is no text."""
        if path not in self.tree:
            self._absent(path)
            return None
        found = self.tree.text(path)
        if found is None:
            closed = self.tree.bytes(path) is None
            self.unread[path] = NotRead(path, _CLOSED if closed else "it is no UTF-8")
            return None
        self.read[path] = found
        return found

    def yaml(self, path: str) -> Node:
        """Return the YAML file at *path*; a missing node if it is not there, or not read."""
        if path not in self.tree:
            self._absent(path)
            return MISSING
        if not has_yaml():
            self.unread[path] = NotRead(path, _WITHOUT)
            return MISSING
        text = self.text(path)
        if text is None:
            return MISSING
        self._yaml_left -= len(text)
        if self._yaml_left < 0:
            del self.read[path]
            most = f"the YAML files before it have {MOST_CONFIGURATION:,} letters"
            self.unread[path] = NotRead(path, most)
            return MISSING
        found = read_yaml(path, text)
        if isinstance(found, Finding):
            self.broken.append(Found(path, found))
            self.unread[path] = NotRead(path, "it is no YAML that is read here")
            return MISSING
        return found

    def toml(self, path: str) -> Sheet | None:
        """Return the TOML file at *path*; None if there is none, or it is no TOML."""
        data = self.tree.bytes(path)
        if data is None:
            self._absent(path)
            return None
        # As the reader of pyproject.toml has it, so that places are the same.
        text = data.decode("utf-8", "surrogateescape")
        parsed = parse_toml(text)
        if isinstance(parsed, Finding):
            self.unread[path] = NotRead(path, "it is no TOML")
            return None
        self.read[path] = text
        return Sheet(text, *parsed)

    def program(self, path: str) -> Program | None:
        """Return the Python program at *path*; None if there is none, or it is not read."""
        text = self.text(path)
        if text is None:
            return None
        found = read_program(path, text)
        if found is None:
            del self.read[path]
            self.unread[path] = NotRead(path, "it is no Python that is read here")
        return found

    # -- pyproject.toml -----------------------------------------------------------------

    @cached_property
    def pyproject(self) -> Sheet | None:
        """The project's pyproject.toml."""
        return self.toml("pyproject.toml")

    def table(self, *names: str) -> dict[str, Any]:
        """Return the table at *names* of pyproject.toml; an empty one if there is none."""
        value: Any = self.pyproject.data if self.pyproject else {}
        for name in names:
            value = value.get(name) if isinstance(value, dict) else None
        return value if isinstance(value, dict) else {}

    @cached_property
    def project(self) -> dict[str, Any]:
        """The table ``[project]``."""
        return self.table("project")

    @cached_property
    def name(self) -> str:
        """The project's name, in its normalised form; empty if it is not known."""
        name = self.project.get("name")
        return canonicalize_name(name) if isinstance(name, str) else ""

    def dynamic(self, field: str) -> bool:
        """Say whether ``[project]`` leaves *field* to the backend."""
        listed = self.project.get("dynamic")
        return isinstance(listed, list) and field in listed

    @cached_property
    def extras(self) -> tuple[str, ...] | None:
        """The extras that are declared, as written; None if they are not known."""
        if not self.project or self.dynamic("optional-dependencies"):
            return None
        declared = self.project.get("optional-dependencies", {})
        return tuple(declared) if isinstance(declared, dict) else None

    @cached_property
    def groups(self) -> tuple[str, ...] | None:
        """The dependency groups that are declared, as written; None without a pyproject.toml."""
        if self.pyproject is None:
            return None
        return tuple(self.table("dependency-groups"))

    @cached_property
    def requires_python(self) -> SpecifierSet | None:
        """What ``requires-python`` allows; None if it is not known."""
        said = self.project.get("requires-python")
        try:
            return versions.specifiers(said) if isinstance(said, str) else None
        except InvalidSpecifier:
            return None

    @cached_property
    def inner_backend(self) -> str:
        """The module of the build backend, inside of our wrappers; empty if it is not known.

        It is that of setuptools if none is named.
        """
        return inner_backend(self.pyproject.data if self.pyproject else {})

    def build_requirements(self) -> list[str]:
        """Return the names of what the build needs, normalised."""
        from trigpoint.requirements import read_requirement

        listed = self.table("build-system").get("requires")
        texts = (
            [each for each in listed if isinstance(each, str)] if isinstance(listed, list) else []
        )
        return [read_requirement(each).normalised for each in texts]

    def quoted(self, path: Path, value: str) -> Piece:
        """Return *value*, the string at *path* of pyproject.toml, with its place."""
        assert self.pyproject is not None
        return quoted("pyproject.toml", self.pyproject, path, value)

    # -- workflows ----------------------------------------------------------------------

    @cached_property
    def workflows(self) -> dict[str, Node]:
        """The workflows that were read, by path."""
        paths = [
            path
            for path in (*self.tree.below(".github/workflows"), *sorted(self.tree.links))
            if path.startswith(WORKFLOWS)
            and "/" not in path[len(WORKFLOWS) :]
            and path.endswith((".yml", ".yaml"))
        ]
        found = {path: self.yaml(path) for path in paths}
        return {path: node for path, node in found.items() if node.get("jobs")}

    def steps(self) -> Iterator[JobStep]:
        """Yield each step of each job of each workflow."""
        for workflow in self.workflows.values():
            for _, job in workflow.get("jobs").pairs:
                for step in job.get("steps"):
                    yield JobStep(workflow, job, step)

    # -- the rest -----------------------------------------------------------------------

    @cached_property
    def noxfile(self) -> Program | None:
        """The program that nox runs."""
        return self.program("noxfile.py")

    @cached_property
    def tox(self) -> Ini | None:
        """What tox reads, in its own form; None if there is none."""
        text = self.text("tox.ini")
        return None if text is None else read_ini("tox.ini", text)

    @cached_property
    def readthedocs(self) -> Node:
        """The configuration of Read the Docs; a missing node if there is none."""
        names = (".readthedocs.yaml", ".readthedocs.yml")
        there = (name for name in names if name in self.tree or name in self.tree.links)
        return self.yaml(next(there, ""))

    @cached_property
    def pre_commit(self) -> Node:
        """The configuration of pre-commit; a missing node if there is none."""
        return self.yaml(".pre-commit-config.yaml")

    @cached_property
    def packages(self) -> dict[str, str]:
        """The importable packages, each with the folder that it is in: ``"src"`` or empty."""
        found: dict[str, str] = {}
        for path in self.tree.paths:
            folder, _, rest = path.partition("/")
            if folder == "src" and rest.count("/") == 1 and rest.endswith("/__init__.py"):
                found[rest.partition("/")[0]] = "src"
            elif rest == "__init__.py" and folder.isidentifier():
                found.setdefault(folder, "")
        return found


def quoted(name: str, sheet: Sheet, path: Path, value: str) -> Piece:
    """Return *value*, the string at *path* of *sheet*, the file called *name*, with its place."""
    span = sheet.span(path)
    start, end = (span.start, span.end) if span else (0, 0)
    return Piece(Source(name, sheet.text, sheet.index), value, start, end)
