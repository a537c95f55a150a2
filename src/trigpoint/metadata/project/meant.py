"""What was meant by a key that ``[project]`` does not have, or by a value of another type.

Keys come from setup.py and setup.cfg, from the tables of Poetry, Flit and PDM, and
from METADATA; what each becomes is said in the words of ``[project]``.  A fix is one
that a button carries out where the value fits as it is.

Source: pyproject.toml specification; the documentation of each tool.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, TypeGuard

from packaging.utils import canonicalize_name

from trigpoint.findings import Severity
from trigpoint.metadata.fields import BY_LOWER
from trigpoint.metadata.licenses import expression
from trigpoint.metadata.project.globs import glob_problem
from trigpoint.metadata.project.sheet import Edit, Sheet, quoted, spelled
from trigpoint.metadata.project.toml import Path
from trigpoint.metadata.text.people import people
from trigpoint.requirements import read_requirement
from trigpoint.requirements.clauses import specifier_problems
from trigpoint.versions import is_version

__all__ = [
    "ELSEWHERE",
    "KEYS",
    "LONGEST_KEY",
    "MOST_WRITTEN",
    "OTHER_NAMES",
    "URL_NAMES",
    "accepts",
    "accepts_people",
    "close_key",
    "misplaced",
    "person_of",
    "retyped",
    "stray_table",
    "unknown_key",
    "written_person",
]

KEYS: Final = (
    "name",
    "version",
    "description",
    "readme",
    "requires-python",
    "license",
    "license-files",
    "authors",
    "maintainers",
    "keywords",
    "classifiers",
    "dynamic",
    "dependencies",
    "optional-dependencies",
    "urls",
    "scripts",
    "gui-scripts",
    "entry-points",
    "import-names",
    "import-namespaces",
    "default-optional-dependency-keys",
)
"""Every key of ``[project]``, in the order in which a table is written, the proposed one last."""

LONGEST_KEY = 60
"""Characters of a key that is compared with the known ones."""

MOST_WRITTEN = 200
"""Letters of a value that a fix in words writes in another form."""

OTHER_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "author": "authors",
        "author-email": "authors",
        "classifier": "classifiers",
        "console-scripts": "scripts",
        "dist-name": "name",
        "description-file": "readme",
        "dev-extras": "optional-dependencies",
        "extras": "optional-dependencies",
        "extras-require": "optional-dependencies",
        "extra-requires": "optional-dependencies",
        "install-requires": "dependencies",
        "import-name": "import-names",
        "import-namespace": "import-namespaces",
        "keyword": "keywords",
        "licence": "license",
        "license-expression": "license",
        "license-file": "license-files",
        "long-description": "readme",
        "maintainer": "maintainers",
        "maintainer-email": "maintainers",
        "project-url": "urls",
        "project-urls": "urls",
        "provides-extra": "optional-dependencies",
        "python": "requires-python",
        "python-requires": "requires-python",
        "requirements": "dependencies",
        "requires-dist": "dependencies",
        "requires-extra": "optional-dependencies",
        "short-description": "description",
        "summary": "description",
    }
)
"""Names of other tools, and of METADATA, for keys of ``[project]``; with hyphens, in lower case."""

URL_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "bug-tracker": "Issues",
        "bugtrack-url": "Issues",
        "changelog": "Changelog",
        "docs": "Documentation",
        "documentation": "Documentation",
        "download-url": "Download",
        "funding": "Funding",
        "home-page": "Homepage",
        "homepage": "Homepage",
        "issues": "Issues",
        "repository": "Repository",
        "source": "Source",
        "url": "Homepage",
    }
)
"""Names of addresses, and the labels for them in ``[project.urls]``."""

_BACKEND = "it belongs to the build backend: see the table of yours, such as [tool.setuptools]"
_GROUP = "list what only developers need in a group of [dependency-groups]"

ELSEWHERE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "backend-path": "move it to [build-system]",
        "build-backend": "move it to [build-system]",
        "build-system": "[build-system] is a table of its own: leave project. out of its name",
        "data-files": _BACKEND,
        "dependency-groups": "[dependency-groups] is a table of its own: leave project. out of its name",
        "description-content-type": "write readme as a table with file and content-type",
        "dev-dependencies": _GROUP,
        "dev-requires": _GROUP,
        "exclude": _BACKEND,
        "ext-modules": _BACKEND,
        "group": _GROUP,
        "include": _BACKEND,
        "include-package-data": _BACKEND,
        "long-description-content-type": "write readme as a table with file and content-type",
        "metadata-version": "leave it out: the build backend writes it",
        "module": _BACKEND,
        "package-data": _BACKEND,
        "package-dir": _BACKEND,
        "package-mode": "it belongs to [tool.poetry]",
        "packages": _BACKEND,
        "platform": "say it with classifiers, as in 'Operating System :: Microsoft :: Windows'",
        "platforms": "say it with classifiers, as in 'Operating System :: Microsoft :: Windows'",
        "plugins": "write [project.entry-points.group] with the group's name",
        "py-modules": _BACKEND,
        "requires": "write dependencies; what the build needs goes to requires in [build-system]",
        "setup-requires": "move it to requires in [build-system]",
        "test-suite": "leave it out: tools do not run tests from here",
        "tests-require": _GROUP,
        "tool": "[tool] is a table of its own: leave project. out of its name",
        "zip-safe": _BACKEND,
    }
)
"""Names of other tools for what has no key in ``[project]``, and where it goes instead."""

_ADDRESS = re.compile(r"[^\s<>,@\"'\\]+@[^\s<>,@\"'\\]+\Z").match
_PERSON = re.compile(r"[^,\"'\\\x00-\x1f<>@]+\Z").match
_URL = re.compile(r"https?://[^\s<>\"'\\]+\Z").match
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?\Z").match
_EXTRA = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?\Z").match
_OBJECT = re.compile(r"[\w.]+(?:[ \t]*:[ \t]*[\w.]+)?\Z").match


def plain_key(key: str) -> str:
    """Return *key* as the tables of other names have it.

    >>> plain_key("Requires_Dist")
    'requires-dist'
    """
    return key.lower().replace("_", "-")


def close_key(key: str, known: tuple[str, ...] | list[str]) -> str | None:
    """Return which of the *known* keys *key* is close to, if one is.

    >>> close_key("dependancies", KEYS)
    'dependencies'
    """
    if len(key) > LONGEST_KEY:
        return None
    close = difflib.get_close_matches(plain_key(key), known, n=1, cutoff=0.75)
    return close[0] if close else None


def _keys(sheet: Sheet) -> Mapping[str, object]:
    keys: Mapping[str, object] = sheet.data["project"]
    return keys


# -- does a value fit? ------------------------------------------------------------------


def _requirements(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) and _good(each) for each in value)


def _good(text: str) -> bool:
    read = read_requirement(text)
    return read.valid and not any(each.severity is Severity.ERROR for each in read.findings)


def _extras(value: object) -> bool:
    return (
        isinstance(value, Mapping)
        and all(_EXTRA(name) and _requirements(each) for name, each in value.items())
        and len({canonicalize_name(name) for name in value}) == len(value)
    )


def _versions(value: object) -> bool:
    if not isinstance(value, str) or not value.strip() or ";" in value:
        return False
    return not specifier_problems(value)


def _addresses(value: object) -> bool:
    return isinstance(value, Mapping) and all(
        isinstance(url, str) and _URL(url) and 0 < len(label) <= 32 and "," not in label
        for label, url in value.items()
    )


def accepts_people(value: object) -> bool:
    """Say whether *value* is a list of people without an error."""
    tests = {"name": _PERSON, "email": _ADDRESS}
    return isinstance(value, list) and all(
        isinstance(person, Mapping)
        and person
        and all(
            key in tests and isinstance(text, str) and tests[key](text)
            for key, text in person.items()
        )
        for person in value
    )


def _keywords(value: object) -> bool:
    return _lines(value) and not any("," in word for word in value)


def _patterns(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(each, str) and not glob_problem(each)[0] for each in value
    )


def _license(value: object) -> bool:
    return isinstance(value, str) and expression(value) is not None


def _version(value: object) -> bool:
    return isinstance(value, str) and is_version(value)


def _line(value: object) -> bool:
    return isinstance(value, str) and value.isprintable() and value != ""


def _lines(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(map(_line, value))


_ACCEPTS: Mapping[str, Callable[[object], bool]] = {
    "authors": accepts_people,
    "classifiers": _lines,
    "dependencies": _requirements,
    "description": _line,
    "keywords": _keywords,
    "maintainers": accepts_people,
    "license": _license,
    "license-files": _patterns,
    "optional-dependencies": _extras,
    "requires-python": _versions,
    "urls": _addresses,
    "version": _version,
}


def accepts(sheet: Sheet, key: str, value: object) -> bool:
    """Say whether *key*, free in the table of *sheet*, would take *value* without an error."""
    return key not in _keys(sheet) and _fits(sheet, key, value)


def _fits(sheet: Sheet, key: str, value: object) -> bool:
    """Say whether *key* would take *value* in place of what it has, if it has anything."""
    dynamic = _keys(sheet).get("dynamic")
    return (
        not (isinstance(dynamic, list) and key in dynamic)
        and key in _ACCEPTS
        and _ACCEPTS[key](value)
    )


# -- keys -------------------------------------------------------------------------------


def unknown_key(sheet: Sheet, key: str, value: object) -> None:
    """Report *key* of *sheet*, which is none of ``[project]``, and what *value* goes under."""
    path: Path = ("project", key)
    plain = plain_key(key)
    field = BY_LOWER.get(key.lower())
    message = f"{key!r} is no key of [project]"
    if field is not None and field.name == key:
        message = f"{key} is a field of METADATA, and no key of [project]"
    fix, edit = _other(sheet, path, plain, value)
    sheet.add("metadata-project-key", path, message, fix, key=True, edit=edit)


def _other(sheet: Sheet, path: Path, plain: str, value: object) -> tuple[str, Edit | None]:
    """Return what to do about the key *plain*."""
    if plain in URL_NAMES:
        label = URL_NAMES[plain]
        shown = sheet.written(path) if isinstance(value, str) else ""
        fix = f"write {label}{f' = {shown}' if shown and len(shown) <= MOST_WRITTEN else ''}"
        edit = None
        if accepts(sheet, "urls", {label: value}):
            edit = sheet.renamed(path, "urls", label)
        if edit is not None:
            return f"write urls.{label}, or {label} below [project.urls]", edit
        return f"{fix} below [project.urls]", None
    if plain in ("author", "author-email", "maintainer", "maintainer-email"):
        return _person(sheet, path, plain, value)
    target = OTHER_NAMES.get(plain) or (plain if plain in KEYS else None)
    if target is None and plain in ELSEWHERE:
        return ELSEWHERE[plain], None
    target = target or close_key(str(path[-1]), KEYS)
    if target is None:
        return "leave it out; what belongs to a tool goes into its table below [tool]", None
    edit = None
    if accepts(sheet, target, value):
        edit = sheet.renamed(path, target)
    return f"write {target}", edit


def _person(sheet: Sheet, path: Path, plain: str, value: object) -> tuple[str, Edit | None]:
    """Return what to write for a person in keys of their own."""
    role = plain.partition("-")[0]
    named: dict[str, str] = {}
    for key, item in _keys(sheet).items():
        part = {role: "name", f"{role}-email": "email"}.get(plain_key(key))
        if part and isinstance(item, str) and len(item) <= MOST_WRITTEN:
            named[part] = item
    if not named:
        return f'write {role}s = [{{ name = "...", email = "..." }}]', None
    named = {key: named[key] for key in ("name", "email") if key in named}
    written = f"[{written_person(named)}]"
    fix, edit = f"write {role}s = {written}", None
    if len(named) == 1 and isinstance(value, str) and accepts(sheet, f"{role}s", [named]):
        edit = sheet.pair(path, f"{role}s", written, [named])
    return fix, edit


# -- keys in the wrong table ------------------------------------------------------------


def misplaced(sheet: Sheet, path: Path, value: object, holds: str) -> bool:
    """Report the key at the end of *path* if it is one of ``[project]`` that came too late.

    It has *value* in the text of *sheet*; *holds* says what the table that it
    stands in takes.  Nothing is said, and
    False returned, of a key that may be meant to be there.
    """
    key = path[-1]
    if key not in KEYS or key == "default-optional-dependency-keys":
        return False
    above = spelled(path[:-1])
    message = f"{key} stands in [{above}], {holds}; it is a key of [project]"
    edit = sheet.moved_up(path) if accepts(sheet, str(key), value) else None
    fix = f"move it to the keys of [project], above [{above}]"
    if key in _keys(sheet):
        fix = f"add what it says to {key} of [project]"
    sheet.add("metadata-project-misplaced", path, message, fix, key=True, edit=edit)
    return True


_OF_LISTS = ("dependencies", "classifiers", "keywords", "dynamic", "license-files")
_OF_SETUP_CFG = ("metadata", "options")


def stray_table(name: str, value: object, tables: tuple[str, ...]) -> str:
    """Return what to do about the table or key *name* at the top of a pyproject.toml, in words.

    *value* is what it holds, *tables* are the tables that may be there.

    >>> stray_table("optional-dependencies", {"dev": []}, ("project", "tool"))
    'write [project.optional-dependencies]'
    >>> stray_table("name", "spam", ("project", "tool"))
    'put it below [project]'
    """
    plain = plain_key(name[:LONGEST_KEY])
    known = OTHER_NAMES.get(plain) or (plain if plain in KEYS else None)
    if plain in ("dev-dependencies", "group", "groups"):
        return "list what only developers need in a group, such as dev, of [dependency-groups]"
    if plain in _OF_SETUP_CFG:
        return "that is a table of setup.cfg: say it in [project] and [tool.setuptools]"
    if known is None and plain in URL_NAMES and not isinstance(value, Mapping):
        return f"put it below [project.urls], as {URL_NAMES[plain]}"
    if known is not None:
        if isinstance(value, Mapping) and known in _OF_LISTS:
            return f'write {known} = ["..."] below [project]'
        if isinstance(value, Mapping):
            return f"write [project.{known}]"
        return "put it below [project]" if known == name else f"write {known} below [project]"
    if plain in ("requires", "build-backend", "backend-path"):
        return "put it below [build-system]"
    if close := close_key(name, tables):
        return f"write {close}"
    if isinstance(value, Mapping):
        return f"move it to [tool.{name}]"
    return "write the header of its table above it"


# -- values of another type -------------------------------------------------------------


def retyped(sheet: Sheet, path: Path, value: object, wanted: str) -> tuple[str, Edit | None]:
    """Return what to write in place of *value*, which is at *path* and not of the type *wanted*.

    *sheet* is the text, *wanted* ``"string"`` or ``"array"``; the answer is in the words of a fix,
    empty where nothing better can be said, and what carries it out.
    """
    written = sheet.written(path)
    if not 0 < len(written) <= MOST_WRITTEN:
        return "", None
    if wanted == "string":
        return _as_string(sheet, path, value, written)
    return _as_array(sheet, path, value, written)


def _as_string(sheet: Sheet, path: Path, value: object, written: str) -> tuple[str, Edit | None]:
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        item = sheet.written((*path, 0))
        fits = len(path) == 2 and _fits(sheet, str(path[-1]), value[0])
        return f"write {item}", sheet.value(path, item, value[0]) if fits else None
    if isinstance(value, list):
        return "write one string in quotes", None
    if isinstance(value, int | float) and not isinstance(value, bool) and _NUMBER(written):
        if path[-1] == "requires-python":
            return f'write ">={written}"', None
        fits = len(path) == 2 and _fits(sheet, str(path[-1]), written)
        edit = sheet.value(path, f'"{written}"', written) if fits else None
        return f'write "{written}"', edit
    if path == ("project", "version") and isinstance(value, Mapping):
        where = "[tool.setuptools.dynamic], if setuptools builds the project"
        return f'write dynamic = ["version"], and this as version below {where}', None
    return "", None


def _as_array(sheet: Sheet, path: Path, value: object, written: str) -> tuple[str, Edit | None]:
    if path[-1] == "dependencies" and isinstance(value, Mapping):
        return _from_table(value), None
    if path[-1] == "license-files" and isinstance(value, Mapping) and len(value) == 1:
        ((key, inner),) = value.items()
        if key in ("paths", "globs"):
            item = sheet.written((*path, key))
            fits = _fits(sheet, "license-files", inner)
            return f"write {item}", sheet.value(path, item, inner) if fits else None
    if not isinstance(value, str):
        return "", None
    if path[-1] == "keywords" and ("," in value or " " in value):
        words = [word.strip() for word in re.split(r"[,;]" if "," in value else r"\s+", value)]
        words = [word for word in words if word]
        array = f"[{', '.join(map(quoted, words))}]"
        sure = "," in value and _fits(sheet, str(path[-1]), words)
        return f"write {array}", sheet.value(path, array, words) if sure else None
    array = f"[{written}]"
    fits = len(path) == 2 and _fits(sheet, str(path[-1]), [value])
    return f"write {array}", sheet.value(path, array, [value]) if fits else None


def _from_table(value: Mapping[str, object]) -> str:
    """Return the array for a table of projects and versions, as Poetry has it."""
    texts: list[str] = []
    for name, versions in value.items():
        if name.lower() == "python":
            continue
        if not isinstance(versions, str):
            return 'write an array of requirements in quotes, such as ["name>=1"]'
        texts.append(_requirement(name, versions.strip()))
    shown = f"[{', '.join(map(quoted, texts))}]"
    return f"write {shown}" if len(shown) <= MOST_WRITTEN else "write an array of requirements"


def _requirement(name: str, versions: str) -> str:
    """Return the requirement for a project and its versions as Poetry writes them.

    A version without an operator is that version alone there.
    """
    if versions in ("*", ""):
        return name
    text = f"{name}{versions}" if versions[0] in "<>=!~^" else f"{name}=={versions}"
    for problem in reversed(read_requirement(text).problems):
        if problem.replacement is not None:
            start, end = problem.at
            text = f"{text[:start]}{problem.replacement}{text[end:]}"
    return text


def person_of(text: str) -> dict[str, str]:
    """Return the name and email of a person written as *text*; empty if that is not plain to see.

    >>> person_of("Jane <j@x.org>"), person_of("Jane")
    ({'name': 'Jane', 'email': 'j@x.org'}, {'name': 'Jane'})
    """
    person = {"name": text}
    if "@" in text:
        found = people(text[:MOST_WRITTEN])
        if len(found) != 1 or not found[0].valid:
            return {}
        person = {"name": found[0].name, "email": found[0].email}
    person = {key: value for key, value in person.items() if value}
    return person if len(text) <= MOST_WRITTEN and accepts_people([person]) else {}


def written_person(person: Mapping[str, str]) -> str:
    """Return *person* as TOML writes one in place.

    >>> written_person({"name": "Jane"})
    '{ name = "Jane" }'
    """
    return f"{{ {', '.join(f'{key} = {quoted(value)}' for key, value in person.items())} }}"
