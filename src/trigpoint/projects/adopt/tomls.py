"""Poetry's and Flit's own tables as ``[project]``.

Source: Poetry's and Flit's documentation, each "pyproject.toml".
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any, Final

from packaging.utils import canonicalize_name

from trigpoint.metadata.project.toml import Places
from trigpoint.projects.adopt import shared
from trigpoint.projects.adopt.constraints import python_marker, to_specifier
from trigpoint.projects.adopt.evidence import Evidence
from trigpoint.projects.adopt.gathered import Gathered
from trigpoint.projects.review.pieces import Piece, Source
from trigpoint.requirements import read_requirement

__all__ = ["FLIT", "POETRY", "Sheet", "put_flit", "put_poetry"]

POETRY: Final = "poetry-core>=2.2,<3"
"""The first that writes a license expression of ``[project]`` into METADATA."""

FLIT: Final = "flit_core>=3.11,<5"
"""The first that reads a license expression."""

_STAYS: Final = (
    "packages",
    "include",
    "exclude",
    "build",
    "requires-poetry",
    "requires-plugins",
    "source",
)
"""Keys of ``[tool.poetry]`` that are for Poetry alone, and stay in it."""


class Sheet:
    """A pyproject.toml as ``data``, and where its keys are; ``source`` is the file."""

    def __init__(self, source: Source, data: Mapping[str, Any], places: Places) -> None:
        self.source = source
        self.data = data
        self._places = places

    def table(self, *path: str) -> dict[str, Any]:
        """Return the table at *path*; empty where there is none."""
        value: Any = self.data
        for part in path:
            value = value.get(part) if isinstance(value, Mapping) else None
        return dict(value) if isinstance(value, Mapping) else {}

    def at(self, *path: str | int) -> Piece:
        """Return the place of *path*, or of the table around it."""
        while path:
            if (place := self._places.get(path)) is not None:
                return Piece(self.source, "", place.key_start, place.end)
            path = path[:-1]
        return Piece(self.source, "", 0, 0)


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""


# -- Poetry -----------------------------------------------------------------------------


def put_poetry(gathered: Gathered, sheet: Sheet, evidence: Evidence | None) -> None:
    """Put what ``[tool.poetry]`` of *sheet* says into *gathered*.

    *evidence* shows the classifiers that Poetry adds.
    """
    table = sheet.table("tool", "poetry")
    base = ("tool", "poetry")
    for key in ("name", "version", "description"):
        if isinstance(table.get(key), str):
            value = " ".join(table[key].split())
            gathered.put(("project", key), value, sheet.at(*base, key))
    _readme(gathered, sheet, table)
    for role in ("authors", "maintainers"):
        names = ", ".join(shared.strings(table.get(role)))
        if names:
            shared.put_people(
                gathered, role, *_named(shared.strings(table[role])), sheet.at(*base, role)
            )
    python = sheet.table(*base, "dependencies").get("python")
    if isinstance(python, str):
        at = sheet.at(*base, "dependencies", "python")
        said = to_specifier(python)
        if said is None:
            _constraint(gathered, "python", python, at)
        elif said:
            gathered.put(("project", "requires-python"), said, at)
    _classified(gathered, sheet, table, evidence)
    if keywords := shared.strings(table.get("keywords")):
        words = [word.strip() for each in keywords for word in each.split(",") if word.strip()]
        gathered.put(("project", "keywords"), words, sheet.at(*base, "keywords"))
    for key, label in (
        ("homepage", "Homepage"),
        ("repository", "Repository"),
        ("documentation", "Documentation"),
    ):
        if isinstance(table.get(key), str):
            gathered.put(("project", "urls", label), table[key], sheet.at(*base, key))
    for label, address in sheet.table(*base, "urls").items():
        if isinstance(address, str):
            shared.put_url(gathered, label, address, sheet.at(*base, "urls", label))
    _scripts(gathered, sheet)
    for group, entries in sheet.table(*base, "plugins").items():
        shared.entry_points(gathered, {group: entries}, sheet.at(*base, "plugins", group))
    _dependencies(gathered, sheet)
    _groups(gathered, sheet)
    for key in table:
        at = sheet.at(*base, key)
        if key in _STAYS:
            gathered.put((*base, key), table[key], at)
        elif key == "package-mode" and table[key] is False:
            gathered.put((*base, key), False, at)
        elif key not in _POETRY_READ:
            gathered.say(
                "adopt-lost",
                f"{key} of [tool.poetry] is not carried over",
                at,
                "see the documentation of Poetry or of the plugin whether it reads it beside [project]",
            )


_POETRY_READ: Final = frozenset(
    [
        "name",
        "version",
        "description",
        "license",
        "authors",
        "maintainers",
        "readme",
        "homepage",
        "repository",
        "documentation",
        "keywords",
        "classifiers",
        "packages",
        "include",
        "exclude",
        "dependencies",
        "dev-dependencies",
        "group",
        "extras",
        "scripts",
        "plugins",
        "urls",
        "build",
        "package-mode",
        "requires-poetry",
        "requires-plugins",
        "source",
    ]
)


def _named(entries: list[str]) -> tuple[str, str]:
    """Return names alone, and entries with an address; Poetry writes ``Ada Example <ada@...>``."""
    from trigpoint.metadata.text.people import spell

    names: list[str] = []
    mails: list[tuple[str, str]] = []
    for entry in entries:
        name, mark, rest = entry.partition("<")
        if mark and rest.strip().endswith(">"):
            mails.append((name.strip(), rest.strip()[:-1].strip()))
        elif entry.strip():
            names.append(entry.strip())
    return ", ".join(names), spell(mails)


def _readme(gathered: Gathered, sheet: Sheet, table: Mapping[str, Any]) -> None:
    paths = shared.strings(table.get("readme"))
    at = sheet.at("tool", "poetry", "readme")
    if len(paths) == 1:
        gathered.put(("project", "readme"), shared.readme_of(paths[0], _plain_type(paths[0])), at)
    elif paths:
        gathered.dynamic("readme")
        gathered.put(("tool", "poetry", "readme"), paths, at)


def _plain_type(path: str) -> str:
    """Return what Poetry takes the file at *path* for, where its name does not say it."""
    return "" if path.lower().endswith((".md", ".rst", ".txt")) else "text/plain"


def _classified(
    gathered: Gathered, sheet: Sheet, table: Mapping[str, Any], evidence: Evidence | None
) -> None:
    at = sheet.at("tool", "poetry", "license" if "license" in table else "classifiers")
    classifiers = shared.strings(table.get("classifiers"))
    own = frozenset(classifiers)
    classifiers = shared.license_of(gathered, _string(table.get("license")), classifiers, at)
    built = evidence.document["Classifier"] if evidence is not None else []
    licensed = isinstance(gathered.project.get("license"), str)
    added = [
        each
        for each in built
        if each not in own and not (licensed and each.startswith("License ::"))
    ]
    if classifiers:
        gathered.put(
            ("project", "classifiers"), classifiers, sheet.at("tool", "poetry", "classifiers")
        )
    if added:
        said = evidence.said("classifiers") if evidence is not None else None
        gathered.add(("project", "classifiers"), added, said.at if said is not None else at)
    if "classifiers" not in gathered.project.get("dynamic", ()):
        message = "Poetry adds classifiers for the license and for versions of Python; with [project] it does not"
        fix = 'write those of the versions that you test, such as "Programming Language :: Python :: 3.13"'
        if added and evidence is not None:
            message += f", so those of {evidence.path} stand in it"
            fix = "add those of newer versions of Python yourself"
        gathered.say("adopt-classifiers", message, sheet.at("tool", "poetry"), fix)


def _scripts(gathered: Gathered, sheet: Sheet) -> None:
    for name, value in sheet.table("tool", "poetry", "scripts").items():
        at = sheet.at("tool", "poetry", "scripts", name)
        target = value
        if isinstance(value, Mapping):
            target = value.get("reference", value.get("callable"))
            if value.get("type") == "file" or target is None:
                gathered.put(("tool", "poetry", "scripts", name), dict(value), at)
                continue
            for extra in shared.strings(value.get("extras")):
                message = f"the extra {extra[:60]} of the script {name[:60]} is not carried over"
                gathered.say("adopt-lost", message, at, "installers do not read it: leave it out")
        if isinstance(target, str):
            gathered.put(("project", "scripts", name), target, at)


def _constraint(gathered: Gathered, name: str, text: str, at: Piece) -> None:
    message = f"{text[:60]!r} of {name[:60]} cannot be said with the operators of PEP 440"
    fix = "write one range, with != for what is left out of it, and add it to the new table by hand"
    gathered.say("adopt-constraint", message, at, fix)


def _written(gathered: Gathered, name: str, value: object, at: Piece) -> list[str]:
    """Return what Poetry's entry *value* for the project *name* is as requirements."""
    if isinstance(value, list):
        return [each for item in value for each in _written(gathered, name, item, at)]
    if isinstance(value, str):
        value = {"version": value}
    if not isinstance(value, Mapping):
        gathered.say(
            "adopt-lost", f"{name[:60]} has no form of a dependency", at, "write name = versions"
        )
        return []
    extras = ",".join(shared.strings(value.get("extras")))
    lead = f"{name}[{extras}]" if extras else name
    if isinstance(value.get("git"), str):
        address = value["git"]
        if address.startswith("git@"):
            address = "ssh://" + address.replace(":", "/", 1)
        rev = next(
            (value[key] for key in ("rev", "tag", "branch") if isinstance(value.get(key), str)), ""
        )
        lead += f" @ git+{address}" + (f"@{rev}" if rev else "")
        if isinstance(value.get("subdirectory"), str):
            lead += f"#subdirectory={value['subdirectory']}"
    elif isinstance(value.get("url"), str):
        lead += f" @ {value['url']}"
    elif "path" in value or "file" in value:
        message = f"{name[:60]} comes from a path, which [project] cannot say for other machines"
        fix = f"write its versions, and keep the path in [tool.poetry.dependencies.{name[:60]}] for yourself"
        gathered.say("adopt-lost", message, at, fix)
    else:
        text = _string(value.get("version", "*"))
        said = to_specifier(text)
        if said is None:
            _constraint(gathered, name, text, at)
            return []
        lead += said
    for key in ("allow-prereleases", "source", "develop"):
        if value.get(key):
            message = f"{key} of {name[:60]} is for Poetry alone"
            fix = f"keep [tool.poetry.dependencies.{name[:60]}] with {key} only, if you need it"
            gathered.say("adopt-lost", message, at, fix)
    return _conditional(gathered, name, lead, value, at)


def _conditional(
    gathered: Gathered, name: str, lead: str, value: Mapping[str, Any], at: Piece
) -> list[str]:
    for condition in _markers(gathered, name, value, at):
        if condition is None:
            return []
        lead = shared.with_marker(lead, condition)
    found = shared.requirement(gathered, lead, at)
    return [found] if found else []


def _markers(
    gathered: Gathered, name: str, value: Mapping[str, Any], at: Piece
) -> list[str | None]:
    found: list[str | None] = []
    if isinstance(value.get("markers"), str):
        found.append(value["markers"])
    if isinstance(value.get("python"), str):
        said = python_marker(value["python"])
        if said is None:
            _constraint(gathered, f"python for {name}", value["python"], at)
        found.append(said)
    if isinstance(value.get("platform"), str):
        found.append(f"sys_platform == '{value['platform']}'")
    return found


def _dependencies(gathered: Gathered, sheet: Sheet) -> None:
    base = ("tool", "poetry", "dependencies")
    extras = {
        extra: [
            (each, canonicalize_name(read_requirement(each).name or each))
            for each in shared.strings(names)
        ]
        for extra, names in sheet.table("tool", "poetry", "extras").items()
    }
    used = {name for names in extras.values() for _, name in names}
    known = {canonicalize_name(name) for name in sheet.table(*base)}
    later: dict[str, tuple[list[str], Piece]] = {}
    always: list[tuple[list[str], Piece]] = []
    for name, value in sheet.table(*base).items():
        if name == "python":
            continue
        at = sheet.at(*base, name)
        found = _written(gathered, name, value, at)
        entries = value if isinstance(value, list) else [value]
        normal = canonicalize_name(name)
        optional = any(
            isinstance(each, Mapping) and each.get("optional") is True for each in entries
        )
        if not optional and normal not in used:
            always.append((found, at))
            continue
        later[normal] = (found, at)
        if not optional:
            message = f"{name[:60]} is in an extra, so Poetry asks for it only with that"
            fix = "add it to dependencies too if it is needed always"
            gathered.say("adopt-extra", message, at, fix)
    for found, at in always:
        gathered.add(("project", "dependencies"), found, at)
    for extra, names in extras.items():
        place = sheet.at("tool", "poetry", "extras", extra)
        shared.optional(gathered, extra, [], place)
        for each, name in names:
            if name in later:
                shared.optional(gathered, extra, *later[name])
            elif name not in known:
                message = f"the extra {extra[:60]} names {each[:60]}, which is no dependency"
                gathered.say(
                    "adopt-lost", message, place, "leave it out, or add it as a dependency"
                )
    for name in later.keys() - used:
        # Held to real builds: 1.0.8, 1.9.1 and 2.0.0 wrote it without a marker, 2.5.0 leaves it out.
        message = (
            f"{name[:60]} is optional, and no extra names it: poetry-core 2.5 asks for it nowhere, "
            "and 2.0 did always"
        )
        gathered.say("adopt-lost", message, later[name][1], "add it to an extra or to a group")


def _groups(gathered: Gathered, sheet: Sheet) -> None:
    base = ("tool", "poetry")
    for name, value in sheet.table(*base, "dev-dependencies").items():
        at = sheet.at(*base, "dev-dependencies", name)
        gathered.add(("dependency-groups", "dev"), list(_written(gathered, name, value, at)), at)
    for group, value in sheet.table(*base, "group").items():
        entries = value if isinstance(value, Mapping) else {}
        own = entries.get("dependencies")
        for name, item in own.items() if isinstance(own, Mapping) else ():
            at = sheet.at(*base, "group", group, "dependencies", name)
            gathered.add(("dependency-groups", group), list(_written(gathered, name, item, at)), at)
        at = sheet.at(*base, "group", group)
        gathered.add(("dependency-groups", group), [], at)
        for other in shared.strings(entries.get("include-groups")):
            gathered.add(("dependency-groups", group), [{"include-group": other}], at)
        if entries.get("optional") is True:
            gathered.put((*base, "group", group, "optional"), True, at)


# -- Flit -------------------------------------------------------------------------------


def put_flit(gathered: Gathered, sheet: Sheet, files: Mapping[str, bytes]) -> None:
    """Put what ``[tool.flit.metadata]`` of *sheet* and the tables beside it say into *gathered*.

    *files* are those of the project; the module itself says version and description.
    """
    base = ("tool", "flit", "metadata")
    table = sheet.table(*base)
    module = _string(table.get("module"))
    name = _string(table.get("dist-name")) or module
    if name:
        key = "dist-name" if "dist-name" in table else "module"
        gathered.put(("project", "name"), name, sheet.at(*base, key))
    if module and canonicalize_name(module) != canonicalize_name(name):
        gathered.put(("tool", "flit", "module", "name"), module, sheet.at(*base, "module"))
    gathered.dynamic("version")
    gathered.dynamic("description")
    if module and not _has_docstring(module, files):
        message = (
            f"Flit takes version and description from {module[:60]}, which has no docstring here"
        )
        gathered.say(
            "adopt-computed", message, sheet.at(*base, "module"), "write both into [project]"
        )
    for role, key in (("authors", "author"), ("maintainers", "maintainer")):
        names, mails = _string(table.get(key)), _string(table.get(f"{key}-email"))
        if names or mails:
            at = sheet.at(*base, key if key in table else f"{key}-email")
            mailed = sheet.at(*base, f"{key}-email" if mails else key)
            shared.put_people(gathered, role, names, mails, at, mailed)
    for key, step in _FLIT.items():
        if key in table:
            step(gathered, table[key], sheet.at(*base, key))
    classifiers = shared.strings(table.get("classifiers"))
    at = sheet.at(*base, "license" if "license" in table else "classifiers")
    words = _string(table.get("license"))
    if classifiers := shared.license_of(gathered, words, classifiers, at):
        gathered.put(("project", "classifiers"), classifiers, sheet.at(*base, "classifiers"))
    for label, address in sheet.table(*base, "urls").items():
        if isinstance(address, str):
            shared.put_url(gathered, label, address, sheet.at(*base, "urls", label))
    for extra, values in sheet.table(*base, "requires-extra").items():
        at = sheet.at(*base, "requires-extra", extra)
        read = [shared.requirement(gathered, each, at) for each in shared.strings(values)]
        shared.optional(gathered, extra, [each for each in read if each], at)
    for script, target in sheet.table("tool", "flit", "scripts").items():
        at = sheet.at("tool", "flit", "scripts", script)
        shared.entry_points(gathered, {"console_scripts": {script: target}}, at)
    for group, entries in sheet.table("tool", "flit", "entrypoints").items():
        at = sheet.at("tool", "flit", "entrypoints", group)
        shared.entry_points(gathered, {group: entries}, at)
    _entry_file(gathered, sheet, table, files)
    for key in ("sdist", "external-data"):
        if value := sheet.table("tool", "flit", key):
            gathered.put(("tool", "flit", key), value, sheet.at("tool", "flit", key))
    for key in table:
        if key not in _FLIT_READ:
            fix = "see Flit's documentation for the keys of its tables"
            message = f"{key} of [tool.flit.metadata] is not carried over"
            gathered.say("adopt-lost", message, sheet.at(*base, key), fix)


_FLIT_READ: Final = frozenset(
    [
        "module",
        "dist-name",
        "author",
        "author-email",
        "maintainer",
        "maintainer-email",
        "home-page",
        "requires",
        "requires-extra",
        "dev-requires",
        "requires-python",
        "description-file",
        "classifiers",
        "keywords",
        "license",
        "urls",
        "entry-points-file",
    ]
)


def _flit_requires(gathered: Gathered, value: object, at: Piece) -> None:
    found = [shared.requirement(gathered, each, at) for each in shared.strings(value)]
    gathered.add(("project", "dependencies"), [each for each in found if each], at)


def _flit_dev(gathered: Gathered, value: object, at: Piece) -> None:
    found = [shared.requirement(gathered, each, at) for each in shared.strings(value)]
    shared.optional(gathered, "dev", [each for each in found if each], at)


def _flit_python(gathered: Gathered, value: object, at: Piece) -> None:
    if isinstance(value, str):
        gathered.put(("project", "requires-python"), value.strip(), at)


def _flit_readme(gathered: Gathered, value: object, at: Piece) -> None:
    if isinstance(value, str):
        gathered.put(("project", "readme"), shared.readme_of(value, _plain_type(value)), at)


def _flit_home(gathered: Gathered, value: object, at: Piece) -> None:
    if isinstance(value, str):
        gathered.put(("project", "urls", "Homepage"), value.strip(), at)


def _flit_keywords(gathered: Gathered, value: object, at: Piece) -> None:
    words = [each.strip() for each in ",".join(shared.strings(value)).split(",") if each.strip()]
    if words:
        gathered.put(("project", "keywords"), words, at)


_FLIT: Final[dict[str, Callable[[Gathered, object, Piece], None]]] = {
    "description-file": _flit_readme,
    "requires-python": _flit_python,
    "home-page": _flit_home,
    "requires": _flit_requires,
    "dev-requires": _flit_dev,
    "keywords": _flit_keywords,
}


def _entry_file(
    gathered: Gathered, sheet: Sheet, table: Mapping[str, Any], files: Mapping[str, bytes]
) -> None:
    path = _string(table.get("entry-points-file")) or "entry_points.txt"
    if path in files and "entrypoints" not in sheet.table("tool", "flit"):
        text = files[path].decode("utf-8", "replace")
        shared.entry_points(gathered, text, Piece(Source.of(path, text), "", 0, 0))
    elif "entry-points-file" in table:
        at = sheet.at("tool", "flit", "metadata", "entry-points-file")
        message = f"{path[:60]} is not here, so its entry points are not carried over"
        gathered.say("adopt-lost", message, at, "write them as [project.entry-points.group]")


def _has_docstring(module: str, files: Mapping[str, bytes]) -> bool:
    stem = module.replace(".", "/")
    for path in (f"{stem}/__init__.py", f"{stem}.py", f"src/{stem}/__init__.py", f"src/{stem}.py"):
        if path in files:
            from trigpoint.projects.review.programs import read_program

            program = read_program(path, files[path].decode("utf-8", "replace"))
            # What is not read here may well have one.
            return program is None or ast.get_docstring(program.tree) is not None
    return True
