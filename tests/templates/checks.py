"""What must hold of a project and of what is built from it; each function returns what does not.

A line of the answer is a fault, in words.  Nothing here runs a tool, so the tests beside this
file plant each fault and see it found.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from packaging import metadata as packaging_metadata
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

from trigpoint.findings import Severity
from trigpoint.metadata import read

__all__ = [
    "FLOORS",
    "floor_faults",
    "metadata_faults",
    "name_faults",
    "parse_faults",
    "pin_faults",
    "sdist_faults",
    "wheel_faults",
]

Files = Mapping[str, bytes]

FLOORS = {
    "setuptools": "77.0.1",
    "hatchling": "1.27",
    "poetry-core": "2.2",
    "pdm-backend": "2.4",
    "flit-core": "3.11",
    "uv-build": "0.8.13",
    "scikit-build-core": "0.11",
    "meson-python": "0.18",
    "maturin": "1.9.2",
}
"""The first version of each backend that is known to write an SPDX license and its files.

uv_build did so before, with hashes in RECORD that are none by the specification.
"""


def _toml(files: Files) -> dict[str, Any]:
    return tomllib.loads(files["pyproject.toml"].decode())


# -- the project ------------------------------------------------------------------------


def floor_faults(files: Files) -> Iterator[str]:
    """Yield the build requirements that are too low for the license that the project states."""
    table = _toml(files)
    if not isinstance(table["project"].get("license"), str):
        return
    for text in table["build-system"]["requires"]:
        requirement = Requirement(text)
        floor = FLOORS.get(canonicalize_name(requirement.name))
        lower = [each.version for each in requirement.specifier if each.operator in (">=", "==")]
        if floor and (not lower or max(map(Version, lower)) < Version(floor)):
            yield f"{text} may build with versions that lose the license; {floor} does not"


_GROUPS = re.compile(
    r"""dependency_groups\(\w+, ((?:"[^"]+"(?:, )?)+)\)|--group[ =]["']?([\w.-]+)"""
)
_LISTED = re.compile(r"(?m)^\s*test-groups\s*[:=]\s*\[?([^\]\n]+)")
_OWN_EXTRAS = re.compile(r"(?m)^\s*(?:test-extras|extra_requirements)\s*[:=]\s*\[?([^\]\n]+)")
_SESSIONS = re.compile(r"\bnox\b[^\n]*? -s \"?([\w.-]+)")


def _names(text: str) -> list[str]:
    return re.findall(r"[\w.-]+", text)


def name_faults(files: Files) -> Iterator[str]:
    """Yield each extra, group and session that a file names and that is not there."""
    table = _toml(files)
    project = table["project"]
    groups = {canonicalize_name(each) for each in table.get("dependency-groups", {})}
    extras = {canonicalize_name(each) for each in project.get("optional-dependencies", {})}
    nox = files.get("noxfile.py", b"").decode()
    sessions = set(re.findall(r"(?m)^@nox\.session.*\ndef (\w+)", nox))
    own = re.compile(rf"(?:{re.escape(project['name'])}|(?<=[\"' ])\.|-e\.)\[([\w., -]+)\]")
    for path, content in files.items():
        text = content.decode("utf-8", "replace")
        named = [name for each in _GROUPS.findall(text) for name in _names(" ".join(each))]
        named += [name for each in _LISTED.findall(text) for name in _names(each)]
        for name in named:
            if canonicalize_name(name) not in groups:
                yield f"{path} names the group {name}, which is not there"
        listed = [*own.findall(text), *_OWN_EXTRAS.findall(text)]
        for name in (name for each in listed for name in _names(each)):
            if canonicalize_name(name) not in extras:
                yield f"{path} names the extra {name}, which is not there"
        for name in _SESSIONS.findall(text):
            if name.rstrip("-") not in sessions:
                yield f"{path} runs the session {name}, which is not there"
    for name, rows in table.get("dependency-groups", {}).items():
        for row in rows:
            if isinstance(row, dict) and canonicalize_name(row["include-group"]) not in groups:
                yield f"the group {name} includes {row['include-group']}, which is not there"


_USES = re.compile(r"(?m)^\s*(?:- )?uses: ([\w./-]+)@(\S+)(?: # (\S+))?$")
_HOOKS = re.compile(r"(?m)- repo: https://github\.com/(\S+)\n\s*rev: (\S+)(?: # frozen: (\S+))?$")


def pin_faults(files: Files, pins: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Yield each action and hook that is not pinned as *pins*, which is templates/pins.toml, says."""
    for path, content in files.items():
        if ".github/workflows/" in path:
            kind, shape = "actions", _USES
        elif path == ".pre-commit-config.yaml":
            kind, shape = "hooks", _HOOKS
        else:
            continue
        for name, revision, version in shape.findall(content.decode()):
            pin = pins[kind].get(name)
            if pin is None:
                yield f"{path} uses {name}, which templates/pins.toml does not list"
            elif (pin["hash"], pin["version"]) != (revision, version):
                yield f"{path} uses {name} {version or revision}, and {pin['version']} is newer"


def parse_faults(files: Files) -> Iterator[str]:
    """Yield each file that its format does not read."""
    import yaml

    readers: dict[str, Callable[[str], object]] = {
        ".py": ast.parse,
        ".pyi": ast.parse,
        ".toml": tomllib.loads,
        ".yml": yaml.safe_load,
        ".yaml": yaml.safe_load,
        ".cff": yaml.safe_load,
    }
    for path, content in files.items():
        if reader := readers.get(PurePosixPath(path).suffix):
            try:
                reader(content.decode())
            except (SyntaxError, ValueError, yaml.YAMLError) as error:
                yield f"{path} cannot be read: {error}"


# -- what is built ----------------------------------------------------------------------


def _license_files(files: Files) -> list[str]:
    return list(_toml(files)["project"]["license-files"])


def metadata_faults(content: bytes, files: Files) -> Iterator[str]:
    """Yield where METADATA, *content*, is not what the project of *files* says.

    Both readers are asked: ours, which must find nothing wrong, and that of packaging.
    """
    project = _toml(files)["project"]
    document = read(content.decode())
    for finding in document.findings():
        if finding.severity is not Severity.INFO:
            yield f"METADATA: {finding.message}"
    try:
        other = packaging_metadata.Metadata.from_email(content, validate=True)
    except packaging_metadata.ExceptionGroup as group:
        yield from (f"METADATA: packaging says: {each}" for each in group.exceptions)
        return
    wanted = {
        "Name": (canonicalize_name(project["name"]), canonicalize_name(other.name)),
        "Summary": (project["description"], other.summary),
        "License-Expression": (project["license"], other.license_expression),
        "License-File": (_license_files(files), other.license_files),
        "Requires-Python": (SpecifierSet(project["requires-python"]), other.requires_python),
        "Provides-Extra": (
            sorted(map(canonicalize_name, project.get("optional-dependencies", {}))),
            sorted(map(canonicalize_name, other.provides_extra or ())),
        ),
        "Description": (files["README.md"].decode().strip(), (other.description or "").strip()),
    }
    for field, (said, found) in wanted.items():
        if said != found:
            yield f"METADATA: {field} is {found!r} and not {said!r}"
    for field in ("Summary", "License-Expression", "Requires-Python"):
        if document.get_first(field) != str(getattr(other, field.lower().replace("-", "_"))):
            yield f"METADATA: the two readers differ in {field}"
    people = (other.author_email or "").replace("\\", "")
    for author in project["authors"]:
        for part in ("name", "email"):
            if author[part].replace("\\", "") not in people and author[part] not in (
                other.author or ""
            ):
                yield f"METADATA: the {part} {author[part]} is not in {people!r}"
    declared = {canonicalize_name(Requirement(each).name) for each in _declared(project)}
    for requirement in other.requires_dist or ():
        if canonicalize_name(requirement.name) not in declared:
            yield f"METADATA: {requirement} is required, which the project does not declare"


def _declared(project: Mapping[str, Any]) -> list[str]:
    extras = project.get("optional-dependencies", {}).values()
    return [*project.get("dependencies", ()), *(each for group in extras for each in group)]


def _package(files: Files) -> dict[str, bytes]:
    """Return the files of the package by the path that they have when they are installed."""
    roots = {path.removeprefix("src/"): path for path in files if path.endswith("py.typed")}
    tops = {root.split("/")[0] for root in roots}
    return {
        path.removeprefix("src/"): content
        for path, content in files.items()
        if path.removeprefix("src/").split("/")[0] in tops
    }


_CODE = (".py", ".pyi")
_EXTENSION = (".so", ".pyd")


def wheel_faults(wheel: Files, files: Files) -> Iterator[str]:
    """Yield what is missing in the files of *wheel*, or too much, for the project of *files*."""
    package = _package(files)
    info = next((path.split("/")[0] for path in wheel if ".dist-info/" in path), "")
    for name in _license_files(files):
        path = f"{info}/licenses/{name}"
        if wheel.get(path) != files[name]:
            yield f"the wheel has no {path} that is the license"
    for path, content in package.items():
        needed = path.endswith(_CODE) or path.endswith("py.typed")
        if needed and wheel.get(path) != content:
            yield f"the wheel has no {path} as it is in the project"
    # What lies in the folder data is installed as it lies there.
    outside = f"{info.removesuffix('.dist-info')}.data/"
    data = {f"{outside}{path}": each for path, each in files.items() if path.startswith("data/")}
    for path, content in data.items():
        if wheel.get(path) != content:
            yield f"the wheel has no {path} as it is in the project"
    tops = {path.split("/")[0] for path in package}
    tag = wheel.get(f"{info}/WHEEL", b"").decode()
    for path in wheel:
        if path.startswith(f"{info}/") or path in data:
            continue
        compiled = path.endswith(_EXTENSION) and "Root-Is-Purelib: true" not in tag
        made = compiled or path.endswith("_version.py")
        if path.split("/")[0] not in tops or (path not in package and not made):
            yield f"the wheel has {path}, which is no file of the package"


def sdist_faults(sdist: Files, files: Files) -> Iterator[str]:
    """Yield what of the project of *files* those of *sdist* lack, without what is for git only."""
    own = {path.split("/", 1)[1]: content for path, content in sdist.items()}
    if "PKG-INFO" not in own:
        yield "the sdist has no PKG-INFO"
    needed = [*_license_files(files), "README.md", "CHANGELOG.md", "CITATION.cff", "noxfile.py"]
    needed += [path for path in files if path.startswith("tests/")]
    needed += [f"src/{path}" if f"src/{path}" in files else path for path in _package(files)]
    for path in needed:
        if own.get(path) != files[path]:
            yield f"the sdist has no {path} as it is in the project"
