"""The keys of ``[project]``, one function each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from packaging.utils import canonicalize_name

from trigpoint.metadata.checks.values import well_formed_url
from trigpoint.metadata.project.extras import undeclared_extras
from trigpoint.metadata.project.globs import glob_problem
from trigpoint.metadata.project.meant import (
    MOST_WRITTEN,
    accepts_people,
    close_key,
    misplaced,
    person_of,
    unknown_key,
    written_person,
)
from trigpoint.metadata.project.table import Table, Value, extra_requirement
from trigpoint.metadata.project.toml import Path
from trigpoint.metadata.text.people import spell

__all__ = ["DYNAMIC", "read_keys"]

ReadFile = Callable[[str], str | None]
FindFiles = Callable[[str], list[str]]

_STRINGS = {
    "name": "Name",
    "version": "Version",
    "description": "Summary",
    "requires-python": "Requires-Python",
}
_LISTS = {
    "classifiers": "Classifier",
    "dependencies": "Requires-Dist",
    "import-names": "Import-Name",
    "import-namespaces": "Import-Namespace",
    "default-optional-dependency-keys": "Default-Extra",
}
DYNAMIC = {
    "version": ("Version",),
    "description": ("Summary",),
    "requires-python": ("Requires-Python",),
    "readme": ("Description", "Description-Content-Type"),
    "keywords": ("Keywords",),
    "license": ("License-Expression",),
    "license-files": ("License-File",),
    "authors": ("Author", "Author-email"),
    "maintainers": ("Maintainer", "Maintainer-email"),
    "classifiers": ("Classifier",),
    "urls": ("Project-URL",),
    "dependencies": ("Requires-Dist",),
    "optional-dependencies": ("Requires-Dist", "Provides-Extra"),
    "import-names": ("Import-Name",),
    "import-namespaces": ("Import-Namespace",),
    "scripts": (),
    "gui-scripts": (),
    "entry-points": (),
    "default-optional-dependency-keys": ("Default-Extra",),
}
"""Keys that ``dynamic`` may list, and the fields that a backend fills in for each."""

_GROWING = frozenset(
    {
        "authors",
        "maintainers",
        "classifiers",
        "dependencies",
        "entry-points",
        "scripts",
        "gui-scripts",
        "keywords",
        "license-files",
        "optional-dependencies",
        "urls",
        "import-names",
        "import-namespaces",
    }
)
_SOMEBODY = {"name": "...", "email": "..."}
_TYPES = {".md": "text/markdown", ".rst": "text/x-rst", ".txt": "text/plain"}
_COMMANDS = ("scripts", "gui-scripts", "console_scripts", "gui_scripts")
_OBJECT = re.compile(
    r"[^\W\d]\w*(?:\.[^\W\d]\w*)*(?:[ \t]*:[ \t]*[^\W\d]\w*(?:\.[^\W\d]\w*)*)?"
    r"(?:[ \t]*\[[^\]]*\])?[ \t]*\Z"
).match


def read_keys(table: Table, read_file: ReadFile | None, find_files: FindFiles | None) -> None:
    """Turn every key of *table* into values; report what is wrong with it.

    *read_file* returns the text of a file and *find_files* the files of a pattern;
    without them such keys are left open.
    """
    for key, value in table.keys.items():
        path = ("project", key)
        if key in _STRINGS:
            text = table.text_at(path, value)
            if text is not None:
                table.put(_STRINGS[key], text, path)
        elif key in _LISTS:
            _list(table, key, path, value)
        elif key in _SPECIAL:
            _SPECIAL[key](table, path, value)
        elif key == "readme":
            _readme(table, path, value, read_file)
        elif key == "license":
            _license(table, path, value, read_file)
        elif key == "license-files":
            _license_files(table, path, value, find_files)
        elif key != "dynamic":
            unknown_key(table, key, value)
    dynamic = _dynamic(table)
    if "optional-dependencies" not in dynamic:
        undeclared_extras(table)
    for key in ("name", "version"):
        if key not in table.keys and key not in dynamic:
            way = f"add {key}"
            if key == "version":
                way += ', or dynamic = ["version"] if the build backend fills it in'
            table.add("metadata-project-required", ("project",), f"{key} is missing", way)


def _list(table: Table, key: str, path: Path, value: object) -> None:
    if key == "default-optional-dependency-keys":
        table.add(
            "metadata-project-proposed",
            path,
            "the key is proposed by PEP 771; tools refuse it",
            key=True,
        )
    texts = table.texts_at(path, value)
    for item, text in texts:
        table.put(_LISTS[key], text, item)
    if key == "import-names" and value == []:
        table.values.append(Value("Import-Name", "", path))


def _dynamic(table: Table) -> set[str]:
    path: Path = ("project", "dynamic")
    if "dynamic" not in table.keys:
        return set()
    named: dict[str, Path] = {}
    given = table.keys["dynamic"]
    if isinstance(given, str) and given not in DYNAMIC:
        fix = "name the keys that the build backend fills in; a value has a key of its own"
        table.wrong_type(path, given, "an array of strings", fix)
        return set()
    for item, key in table.texts_at(path, given):
        if key in named:
            table.add("metadata-project-dynamic", item, f"{key} is listed twice", "delete it")
        named.setdefault(key, item)
    listed: dict[str, Path] = {}
    for key, item in named.items():
        if key == "name":
            table.add("metadata-project-dynamic", item, "the name is never dynamic", "delete it")
        elif key not in DYNAMIC:
            meant = close_key(key, tuple(DYNAMIC))
            table.add(
                "metadata-project-dynamic",
                item,
                f"{key!r} is no key of [project]",
                f"write {meant}" if meant else "delete it",
            )
        elif (
            key in table.keys
            and key not in _GROWING
            and not (key == "license" and isinstance(table.keys[key], str))
        ):
            table.add(
                "metadata-project-dynamic",
                item,
                f"{key} is written here and cannot be dynamic too",
                "delete one of them",
            )
        elif key in table.keys:
            table.add(
                "metadata-project-dynamic-static",
                item,
                f"{key} is written here too: since PEP 808 a backend may add to it",
            )
        if key == "version" and key not in table.keys:
            table.add(
                "metadata-project-version-dynamic", item, "the build backend fills in the version"
            )
        for field in DYNAMIC.get(key, ()):
            if field != "Version":
                listed.setdefault(field, item)
    for field, item in listed.items():
        table.values.append(Value("Dynamic", field, item))
    return set(named)


def _readme(table: Table, path: Path, value: object, read_file: ReadFile | None) -> None:
    kind: str | None = None
    file: tuple[Path, str] | None = None
    if isinstance(value, str):
        file = (path, value)
        suffix = value[value.rfind(".") :].lower() if "." in value.rpartition("/")[2] else ""
        kind = _TYPES.get(suffix)
        if kind is None:
            table.add(
                "metadata-project-readme",
                path,
                f"the type of {value!r} is not known from its name",
                "write a table with file and content-type",
            )
    elif isinstance(value, Mapping):
        file, kind = _readme_table(table, path, value)
    else:
        fix, _ = table.better(path, value, "string")
        table.wrong_type(path, value, "a string or a table", fix)
    if kind:
        at = (*path, "content-type") if isinstance(value, Mapping) else path
        table.values.append(Value("Description-Content-Type", kind, at))
    if file:
        text = read_file(file[1]) if read_file else None
        if text is None:
            table.add(
                "metadata-project-file",
                file[0],
                f"the description is in {file[1]}, which is not read here",
            )
        else:
            table.body = (text, file[0])


def _readme_table(
    table: Table, path: Path, value: Mapping[str, object]
) -> tuple[tuple[Path, str] | None, str | None]:
    texts = {}
    for key, item in value.items():
        if key not in ("file", "text", "content-type"):
            if misplaced(table, (*path, key), item, "where the description is told"):
                continue
            table.add(
                "metadata-project-readme", (*path, key), f"{key!r} is no key of readme", key=True
            )
        elif (text := table.text_at((*path, key), item)) is not None:
            texts[key] = text
    if "content-type" not in value:
        table.add("metadata-project-readme", path, "content-type is missing", "add content-type")
    if "file" in value and "text" in value:
        table.add("metadata-project-readme", path, "file and text exclude each other", "keep one")
    elif "file" not in value and "text" not in value:
        table.add("metadata-project-readme", path, "there is neither file nor text", "add one")
    if "text" in texts:
        table.body = (texts["text"], (*path, "text"))
        return None, texts.get("content-type")
    file = ((*path, "file"), texts["file"]) if "file" in texts else None
    return file, texts.get("content-type")


def _license(table: Table, path: Path, value: object, read_file: ReadFile | None) -> None:
    if isinstance(value, str):
        table.put("License-Expression", value, path)
        return
    if not isinstance(value, Mapping):
        table.wrong_type(path, value, "a string", *table.better(path, value, "string"))
        return
    table.add(
        "metadata-project-license",
        path,
        "a license table is deprecated",
        "write an SPDX expression, and license-files for the text",
    )
    holds = "where the license is told"
    value = {
        key: item
        for key, item in value.items()
        if key in ("file", "text") or not misplaced(table, (*path, key), item, holds)
    }
    if set(value) not in ({"file"}, {"text"}):
        table.add("metadata-project-type", path, "a license table has exactly one of file and text")
        return
    ((key, item),) = value.items()
    text = table.text_at((*path, key), item)
    if text is None:
        return
    if key == "file":
        read = read_file(text) if read_file else None
        if read is None:
            table.add(
                "metadata-project-file",
                (*path, key),
                f"the license is in {text}, which is not read here",
            )
            return
        table.values.append(Value("License", read, (*path, key)))
    else:
        table.put("License", text, (*path, key))


def _license_files(table: Table, path: Path, value: object, find_files: FindFiles | None) -> None:
    for item, pattern in table.texts_at(path, value):
        problem, fix, better = glob_problem(pattern)
        if problem:
            edit = table.exchange(item, 0, len(pattern), better) if better else None
            table.add("metadata-project-license-files", item, problem, fix, edit=edit)
        elif find_files is not None:
            files = find_files(pattern)
            for file in files:
                table.values.append(Value("License-File", file, item))
            if not files:
                table.add("metadata-project-license-files", item, f"no file matches {pattern!r}")
        elif set(pattern) & set("*?["):
            table.add(
                "metadata-project-file", item, f"which files match {pattern!r} is not known here"
            )
        else:
            table.put("License-File", pattern, item)


def _people(table: Table, path: Path, value: object) -> None:
    role = "Author" if path[-1] == "authors" else "Maintainer"
    if not isinstance(value, list):
        _no_people(table, path, value)
        return
    names: list[str] = []
    mails: list[tuple[str, str]] = []
    for i, item in enumerate(value):
        at = (*path, i)
        if not isinstance(item, Mapping):
            person = person_of(item) if isinstance(item, str) else {}
            written = written_person(person or _SOMEBODY)
            fix, edit = f"write {written}", table.value(at, written, person) if person else None
            table.wrong_type(at, item, "a table with name or email", fix, edit)
            continue
        for key in item:
            if key not in ("name", "email"):
                table.add(
                    "metadata-project-person",
                    (*at, key),
                    f"{key!r} is no key of a person",
                    "use name and email",
                    key=True,
                )
        found = {
            key: table.text_at((*at, key), item[key]) or ""
            for key in ("name", "email")
            if key in item
        }
        name, mail = found.get("name", ""), found.get("email", "")
        if not name and not mail:
            table.add("metadata-project-person", at, "there is neither name nor email", "add one")
        if "," in name:
            table.add(
                "metadata-project-person",
                (*at, "name"),
                "a name must not hold a comma",
                "list each person in a table of its own",
            )
        for key in ("name", "email"):
            if item.get(key) == "" and (name or mail):
                edit = table.gone((*at, key))
                message = f"{key} is empty"
                table.add("metadata-project-person", (*at, key), message, "leave it out", edit=edit)
        if mail and ("@" not in mail or re.search(r"[\s<>,]", mail)):
            table.add(
                "metadata-project-person",
                (*at, "email"),
                f"{mail!r} is no address",
                "write user@host",
            )
        if mail:
            mails.append((name, mail))
        elif name:
            names.append(name)
    if names:
        table.values.append(Value(role, ", ".join(names), path))
    if mails:
        table.values.append(Value(f"{role}-email", spell(mails), path))


def _no_people(table: Table, path: Path, value: object) -> None:
    """Report that people are no array, and how they are written."""
    fix, edit = f"write [{written_person(_SOMEBODY)}]", None
    written = table.written(path)
    if isinstance(value, str) and (person := person_of(value)):
        array = f"[{written_person(person)}]"
        fix, edit = f"write {array}", table.value(path, array, [person])
    elif isinstance(value, Mapping) and len(written) <= MOST_WRITTEN:
        header = written.startswith("[")
        array = f"[{written}]"
        fix = f"write {array}{' as the header' if header else ''}"
        edit = table.value(path, array, [value]) if accepts_people([value]) else None
    table.wrong_type(path, value, "an array of tables", fix, edit)


def _keywords(table: Table, path: Path, value: object) -> None:
    texts = table.texts_at(path, value)
    for item, text in texts:
        if "," in text:
            table.add(
                "metadata-project-type",
                item,
                "a keyword holds no comma, which separates keywords",
                "write two keywords",
            )
    if texts:
        table.values.append(Value("Keywords", ",".join(text for _, text in texts), path))


def _urls(table: Table, path: Path, value: object) -> None:
    fix, edit = "", None
    if isinstance(value, str) and well_formed_url(value):
        fix = f"write {{ Homepage = {table.written(path)} }}"
        edit = table.value(path, fix.removeprefix("write "), {"Homepage": value})
    for label, address in table.table_at(path, value, fix, edit).items():
        plain = isinstance(address, str) and well_formed_url(address)
        holds = "where each key is the label of a URL"
        if not plain and misplaced(table, (*path, label), address, holds):
            continue
        text = table.text_at((*path, label), address)
        if text is not None:
            if "," in label:
                table.add(
                    "metadata-project-type",
                    (*path, label),
                    "a label holds no comma, which ends it",
                    key=True,
                )
            start = len(label) + 2
            at = (*path, label)
            piece = (start, start + len(text), at, 0)
            table.values.append(Value("Project-URL", f"{label}, {text}", at, (piece,)))


def _optional(table: Table, path: Path, value: object) -> None:
    seen: dict[str, str] = {}
    for extra, requirements in table.table_at(path, value).items():
        at = (*path, extra)
        holds = "where each key is an extra with its requirements"
        if not isinstance(requirements, list) and misplaced(table, at, requirements, holds):
            continue
        normal = canonicalize_name(extra)
        if normal in seen:
            table.add(
                "metadata-extra-clash",
                at,
                f"{extra} and {seen[normal]} are the same extra",
                "rename one of them",
                key=True,
            )
            continue
        seen[normal] = extra
        if not re.fullmatch(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?", extra):
            table.add(
                "metadata-extra-name",
                at,
                f"{extra!r} is no extra name",
                "use letters and digits, with single hyphens between them",
                key=True,
            )
            continue
        table.values.append(Value("Provides-Extra", normal, at))
        for item, text in table.texts_at(at, requirements):
            table.values.append(extra_requirement(text, extra, item))


def _scripts(table: Table, path: Path, value: object) -> None:
    for name, target in table.table_at(path, value).items():
        usable = isinstance(target, str) and _OBJECT(target)
        holds = "where each key is the name of a command or plugin"
        if not usable and misplaced(table, (*path, name), target, holds):
            continue
        text = table.text_at((*path, name), target)
        if text is not None and not _OBJECT(text):
            table.add(
                "metadata-project-entry-point",
                (*path, name),
                f"{text!r} is no module:object",
                "write package.module:function",
            )
        elif text is not None and ":" not in text and path[-1] in _COMMANDS:
            table.add(
                "metadata-project-entry-point",
                (*path, name),
                f"{text!r} names no function; pip and uv refuse to install such a command",
                f"write {text.partition('[')[0].strip()}: and the function, such as main",
            )


def _entry_points(table: Table, path: Path, value: object) -> None:
    for group, entries in table.table_at(path, value).items():
        at = (*path, group)
        holds = "where each key is a group of plugins"
        if not isinstance(entries, Mapping) and misplaced(table, at, entries, holds):
            continue
        if group in ("console_scripts", "gui_scripts"):
            own = "scripts" if group == "console_scripts" else "gui-scripts"
            table.add(
                "metadata-project-entry-point",
                at,
                f"{group} goes into [project.{own}]",
                "move it there",
                key=True,
            )
        _scripts(table, at, entries)


_SPECIAL: dict[str, Callable[[Table, Path, object], None]] = {
    "authors": _people,
    "maintainers": _people,
    "keywords": _keywords,
    "urls": _urls,
    "optional-dependencies": _optional,
    "scripts": _scripts,
    "gui-scripts": _scripts,
    "entry-points": _entry_points,
}
