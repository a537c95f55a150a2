"""Keywords of ``setup()``, from setup.py and setup.cfg, as ``[project]`` and ``[tool.setuptools]``.

Source: setuptools, "Keywords" and "Configuring setuptools using pyproject.toml files".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from trigpoint.projects.adopt import shared
from trigpoint.projects.adopt.config import Attr, File
from trigpoint.projects.adopt.gathered import Gathered, Said
from trigpoint.projects.adopt.program import Computed, Find

__all__ = ["FILLED", "KEPT", "SETUPTOOLS", "put_keywords", "same_file"]

SETUPTOOLS: Final = "setuptools>=77.0.1"
"""The first that reads a license expression."""

FILLED: Final = (
    "name",
    "version",
    "description",
    "long_description",
    "long_description_content_type",
    "author",
    "author_email",
    "maintainer",
    "maintainer_email",
    "url",
    "download_url",
    "project_urls",
    "license",
    "classifiers",
    "keywords",
    "platforms",
    "python_requires",
    "install_requires",
    "extras_require",
    "entry_points",
)
"""Keywords whose value METADATA and its neighbours show."""

KEPT: Final = {
    "ext_modules": "what is compiled",
    "ext_package": "what is compiled",
    "cffi_modules": "what is compiled",
    "rust_extensions": "what is compiled",
    "libraries": "what is compiled",
    "cmdclass": "what commands of its own do",
    "distclass": "what a class of its own does",
    "headers": "headers that are installed",
    "options": "options of commands",
    "command_options": "options of commands",
    "features": "features, which setuptools does not know any more",
    "pbr": "what pbr adds",
}
"""What only a program says, and what it is."""

_NOTHING: Final = {
    "test_suite": "tools do not run tests from there: name the command in your noxfile",
    "test_loader": "tools do not run tests from there: name the command in your noxfile",
    "tests_requires": "setuptools never read it: list them in [dependency-groups]",
    "provides": "no tool reads it; leave it out",
    "requires": "no installer reads it; write dependencies",
    "obsoletes": "no tool reads it; leave it out",
    "requires_dist": "setuptools does not read it: write dependencies, if they are not there already",
    "provides_extra": "setuptools does not read it: each key of optional-dependencies is an extra",
    "description_file": 'pbr reads it, and setuptools does not: write readme = "README.rst", if it was meant',
    "dependency_links": "installers ignore it; write name @ URL, or give the index to pip",
    "use_2to3": "setuptools left it out in version 58: convert the code once",
    "convert_2to3_doctests": "setuptools left it out in version 58: convert the code once",
    "use_2to3_fixers": "setuptools left it out in version 58: convert the code once",
    "use_2to3_exclude_fixers": "setuptools left it out in version 58: convert the code once",
    "eager_resources": "it was for eggs; leave it out",
    "bugtrack_url": "no tool reads it; write an address below [project.urls]",
}

_Dict = dict[str, Said]


def put_keywords(gathered: Gathered, said: _Dict, files: Mapping[str, bytes]) -> None:
    """Put everything that *said*, by keyword, has into *gathered*; *files* are those of the project.

    No value is :class:`Computed` here but for those that nothing shows.
    """
    open_ = {key: each for key, each in said.items() if isinstance(each.value, Computed)}
    known = {
        key: each
        for key, each in said.items()
        if key not in open_ and each.value not in (None, "", [], {})
    }
    for key, step in _STEPS.items():
        if key in known:
            step(gathered, key, known[key])
    _people(gathered, known)
    _license(gathered, known)
    _readme(gathered, known, files)
    if isinstance(gathered.project.get("license"), dict) and "license-files" in gathered.project:
        # setuptools refuses a license in words beside license-files of [project].
        tool = gathered.data.setdefault("tool", {}).setdefault("setuptools", {})
        tool["license-files"] = gathered.project.pop("license-files")
    if "include_package_data" not in known and said:
        # It is on by default in pyproject.toml, and off in setup.py and setup.cfg.
        at = next(iter(said.values())).at
        gathered.put(("tool", "setuptools", "include-package-data"), False, at)
    for key, each in said.items():
        if key in KEPT:
            message = f"{key} stays in setup.py: [project] has no place for {KEPT[key]}"
            fix = f"leave setup({key}=...) in setup.py, and delete the other arguments"
            gathered.say("adopt-program", message, each.at, fix)
        elif key in open_:
            _computed(gathered, key, each)
        elif key in _NOTHING:
            gathered.say("adopt-lost", f"{key} is not carried over", each.at, _NOTHING[key])
        elif key not in _KNOWN:
            message = f"{key} is no keyword that is known here"
            gathered.say("adopt-lost", message, each.at, "see who reads it: a plugin of setuptools")


def _computed(gathered: Gathered, key: str, each: Said) -> None:
    code = " ".join(each.value.code.split())
    shown = code if len(code) <= 60 else f"{code[:57]}..."
    message = f"{key} is worked out when setup.py runs, by {shown}, and it is not run here"
    fix = "build once and give the METADATA with --metadata, or write the value by hand"
    if key == "use_scm_version":
        fix = "write its keys below [tool.setuptools_scm], as setuptools-scm documents them"
    if key == "version":
        fix += '; or let setuptools read it: dynamic = ["version"], and version = { attr = "package.__version__" }'
    gathered.say("adopt-computed", message, each.at, fix)


# -- one key each -----------------------------------------------------------------------


def _text(gathered: Gathered, key: str, said: Said) -> None:
    name = {"python_requires": "requires-python"}.get(key, key)
    if isinstance(said.value, (Attr, File)):
        _dynamic(gathered, name, said)
    elif isinstance(said.value, str):
        gathered.put(("project", name), " ".join(said.value.split()), said.at)
    elif key == "version" and isinstance(said.value, (int, list)):
        parts = said.value if isinstance(said.value, list) else [said.value]
        gathered.put(("project", name), ".".join(map(str, parts)), said.at)


def _dynamic(gathered: Gathered, name: str, said: Said) -> None:
    """Let setuptools fill in *name*, as setup.cfg says it."""
    value: dict[str, Any]
    if isinstance(said.value, Attr):
        value = {"attr": said.value.name}
    else:
        paths = list(said.value.paths)
        value = {"file": paths[0] if len(paths) == 1 else paths}
    gathered.dynamic(name)
    gathered.put(("tool", "setuptools", "dynamic", name), value, said.at)


def _list(gathered: Gathered, key: str, said: Said) -> None:
    values = shared.strings(said.value)
    if key == "keywords":
        joined = ",".join(values)
        values = joined.split(",") if "," in joined else joined.split()
        values = [" ".join(each.split()) for each in values if each.strip()]
    if values:
        gathered.put(("project", key), values, said.at)


def _requires(gathered: Gathered, _key: str, said: Said) -> None:
    if isinstance(said.value, File):
        _dynamic(gathered, "dependencies", said)
        return
    lines = _lines(said.value)
    found = [shared.requirement(gathered, line, said.at) for line in lines]
    gathered.add(("project", "dependencies"), [each for each in found if each], said.at)


def _lines(value: object) -> list[str]:
    r"""Return the lines of *value*; one that ends with a backslash goes on in the next."""
    return "\n".join(shared.strings(value)).replace("\\\n", "").splitlines()


def _extras(gathered: Gathered, _key: str, said: Said) -> None:
    for name, value in said.value.items() if isinstance(said.value, Mapping) else ():
        extra, _, marker = str(name).partition(":")
        lines = _lines(value)
        read = [shared.requirement(gathered, line, said.at) for line in lines]
        found = [shared.with_marker(each, marker) for each in read if each]
        if extra.strip():
            shared.optional(gathered, extra.strip(), found, said.at)
        else:
            gathered.add(("project", "dependencies"), found, said.at)


def _entry_points(gathered: Gathered, _key: str, said: Said) -> None:
    shared.entry_points(gathered, said.value, said.at)


def _url(gathered: Gathered, key: str, said: Said) -> None:
    if isinstance(said.value, str):
        label = {"url": "Homepage"}.get(key, "Download")
        gathered.put(("project", "urls", label), said.value.strip(), said.at)


def _urls(gathered: Gathered, _key: str, said: Said) -> None:
    for label, address in said.value.items() if isinstance(said.value, Mapping) else ():
        if isinstance(address, str) and label:
            shared.put_url(gathered, str(label), address.strip(), said.at)


def _setup_requires(gathered: Gathered, _key: str, said: Said) -> None:
    lines = _lines(said.value)
    found = [shared.requirement(gathered, line, said.at) for line in lines]
    kept = [each for each in found if each and not each.startswith(("setuptools", "wheel"))]
    if any(each.startswith("pytest-runner") for each in kept):
        message = "pytest-runner of setup_requires is not carried over"
        gathered.say("adopt-lost", message, said.at, "run pytest itself, and name it in a group")
    kept = [each for each in kept if not each.startswith("pytest-runner")]
    if kept:
        gathered.add(("build-system", "requires"), kept, said.at)


def _tests_require(gathered: Gathered, _key: str, said: Said) -> None:
    lines = _lines(said.value)
    found = [shared.requirement(gathered, line, said.at) for line in lines]
    gathered.add(("dependency-groups", "test"), [each for each in found if each], said.at)


def _packages(gathered: Gathered, _key: str, said: Said) -> None:
    tool = ("tool", "setuptools")
    if not isinstance(said.value, Find):
        gathered.put((*tool, "packages"), shared.strings(said.value), said.at)
        return
    table: dict[str, Any] = {}
    where = said.value.arguments.get("where")
    if isinstance(where, str) and where not in ("", "."):
        table["where"] = [where]
    for name in ("include", "exclude"):
        if values := shared.strings(said.value.arguments.get(name)):
            table[name] = values
    table["namespaces"] = bool(said.value.arguments.get("namespaces"))
    gathered.put((*tool, "packages", "find"), table, said.at)


def _tool(gathered: Gathered, key: str, said: Said) -> None:
    """Put what has a key of the same meaning in ``[tool.setuptools]``."""
    name = {"scripts": "script-files"}.get(key, key.replace("_", "-"))
    value = said.value
    if key in ("package_data", "exclude_package_data", "package_dir"):
        if not isinstance(value, Mapping):
            return
        star = "*" if key != "package_dir" else ""
        lists = key != "package_dir"
        value = {
            (str(each) or star): shared.strings(item) if lists else str(item)
            for each, item in value.items()
        }
    elif key == "data_files":
        value = _data_files(value)
        if value is None:
            fix = "move them into the package and name them in package-data"
            gathered.say(
                "adopt-lost", "data_files without a folder are not carried over", said.at, fix
            )
            return
    elif key in ("zip_safe", "include_package_data"):
        value = bool(value)
    else:
        value = shared.strings(value)
    gathered.put(("tool", "setuptools", name), value, said.at)


def _data_files(value: object) -> dict[str, list[str]] | None:
    found: dict[str, list[str]] = {}
    for each in value if isinstance(value, list) else ():
        if not (isinstance(each, list) and len(each) == 2 and isinstance(each[0], str)):
            return None
        found.setdefault(each[0], []).extend(shared.strings(each[1]))
    return found


def _namespaces(gathered: Gathered, _key: str, said: Said) -> None:
    """Say that setuptools refuses the key in pyproject.toml, and what serves instead."""
    names = ", ".join(shared.strings(said.value))
    message = (
        f"namespace_packages ({names}) is not carried over: setuptools refuses it in pyproject.toml"
    )
    fix = (
        "delete the __init__.py of each, and set namespaces = true below [tool.setuptools.packages.find]; "
        "or leave setup(namespace_packages=...) in setup.py"
    )
    gathered.say("adopt-program", message, said.at, fix)


def _license_files(gathered: Gathered, _key: str, said: Said) -> None:
    if files := shared.strings(said.value):
        gathered.add(("project", "license-files"), files, said.at)


def _scm(gathered: Gathered, _key: str, said: Said) -> None:
    table = said.value if isinstance(said.value, Mapping) else {}
    gathered.dynamic("version")
    gathered.put(("tool", "setuptools_scm"), dict(table), said.at)
    gathered.add(("build-system", "requires"), ["setuptools-scm>=8"], said.at)


_Step = Callable[[Gathered, str, Said], None]
_STEPS: Final[dict[str, _Step]] = {
    "name": _text,
    "use_scm_version": _scm,
    "version": _text,
    "description": _text,
    "python_requires": _text,
    "keywords": _list,
    "install_requires": _requires,
    "extras_require": _extras,
    "url": _url,
    "download_url": _url,
    "project_urls": _urls,
    "entry_points": _entry_points,
    "setup_requires": _setup_requires,
    "tests_require": _tests_require,
    "package_dir": _tool,
    "packages": _packages,
    "py_modules": _tool,
    "package_data": _tool,
    "exclude_package_data": _tool,
    "include_package_data": _tool,
    "zip_safe": _tool,
    "data_files": _tool,
    "scripts": _tool,
    "namespace_packages": _namespaces,
    "platforms": _tool,
    "license_files": _license_files,
}
_KNOWN: Final = frozenset(
    {
        *_STEPS,
        *FILLED,
        "license_file",
    }
)


def _people(gathered: Gathered, known: _Dict) -> None:
    for role, name in (("authors", "author"), ("maintainers", "maintainer")):
        said = [known[key] for key in (name, f"{name}_email") if key in known]
        if said:
            names, mails = (
                ", ".join(shared.strings(known[key].value)) if key in known else ""
                for key in (name, f"{name}_email")
            )
            shared.put_people(gathered, role, names, mails, said[0].at, said[-1].at)


def _license(gathered: Gathered, known: _Dict) -> None:
    classifiers = known.get("classifiers")
    listed: list[str] = []
    if classifiers is not None:
        lines = [line for each in shared.strings(classifiers.value) for line in each.splitlines()]
        listed = list(dict.fromkeys(each.strip() for each in lines if each.strip()))
        if isinstance(classifiers.value, File):
            _dynamic(gathered, "classifiers", classifiers)
    said = known.get("license")
    at = said.at if said is not None else classifiers.at if classifiers is not None else None
    if at is not None:
        words = said.value if said is not None and isinstance(said.value, str) else ""
        listed = shared.license_of(gathered, words, listed, at)
    if listed and classifiers is not None:
        gathered.put(("project", "classifiers"), listed, classifiers.at)
    if "license_file" in known:
        _license_files(gathered, "license_file", known["license_file"])


def _readme(gathered: Gathered, known: _Dict, files: Mapping[str, bytes]) -> None:
    said = known.get("long_description")
    if said is None:
        return
    typed = known.get("long_description_content_type")
    kind = typed.value if typed is not None and isinstance(typed.value, str) else ""
    if isinstance(said.value, File):
        paths = said.value.paths
        if len(paths) == 1:
            gathered.put(("project", "readme"), shared.readme_of(paths[0], kind), said.at)
            return
        gathered.dynamic("readme")
        value = {"file": list(paths), "content-type": kind or "text/x-rst"}
        gathered.put(("tool", "setuptools", "dynamic", "readme"), value, said.at)
        return
    if not isinstance(said.value, str):
        return
    if (path := same_file(said.value, files)) is not None:
        gathered.put(("project", "readme"), shared.readme_of(path, kind), said.at)
        return
    value = {"text": said.value, "content-type": kind or "text/x-rst"}
    gathered.put(("project", "readme"), value, said.at)
    if len(said.value) > 200:
        message = (
            "the description is in no file alone, so it stands in pyproject.toml as it was built"
        )
        fix = 'write one file with it, and name that: readme = "README.md"'
        gathered.say("adopt-readme", message, said.at, fix)


def same_file(text: str, files: Mapping[str, bytes]) -> str | None:
    r"""Return the path of the file at the top of *files* that holds *text*, but for blanks at ends.

    >>> same_file("Hello", {"HISTORY": b"", "README.md": b"Hello\n"})
    'README.md'
    """
    wanted = [line.rstrip() for line in text.strip().splitlines()]
    for path in sorted(files, key=lambda each: (not each.upper().startswith("README"), each)):
        if (
            "/" in path
            or path in ("PKG-INFO", "setup.py")
            or abs(len(files[path]) - len(text)) > len(text)
        ):
            continue
        held = files[path].decode("utf-8", "replace")
        if [line.rstrip() for line in held.strip().splitlines()] == wanted:
            return path
    return None
