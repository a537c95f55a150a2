"""Reading the table of one extension, for builders.

All that is wrong is found in one look: :meth:`Settings.done` raises it together.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, Final

from trigpoint.extensions.protocol import UNSEEN, ExtensionError, Stable

__all__ = ["MODULE", "Settings", "inside", "kind_of", "nearest", "value_at"]

MODULE: Final = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*", re.ASCII)
"""The dotted name of a module."""

_LIMITED: Final = re.compile(r"3\.(\d{1,2})(t)?", re.ASCII)

_KINDS: Final[tuple[tuple[type, str], ...]] = (
    (bool, "true or false"),
    (str, "a string"),
    (int, "a whole number"),
    (float, "a number"),
    (list, "an array"),
    (dict, "a table"),
)


def kind_of(value: object) -> str:
    """Return what TOML calls *value*.

    >>> kind_of(["a"])
    'an array'
    """
    return next((text for kind, text in _KINDS if isinstance(value, kind)), "a date or time")


def nearest(word: str, known: Sequence[str]) -> str:
    """Return a fix for the unknown *word*: what was meant of *known*, or all of it.

    >>> nearest("sorces", ["sources", "module"])
    'did you mean sources?'
    """
    close = difflib.get_close_matches(word, known, 1)
    return f"did you mean {close[0]}?" if close else f"write one of {', '.join(sorted(known))}"


def value_at(value: Any, *keys: str) -> Any:
    """Return what *keys*, one below the other, lead to in *value*; None where there is no such table.

    >>> value_at({"tool": {"flit": 1}}, "tool", "flit"), value_at({"tool": 1}, "tool", "flit")
    (1, None)
    """
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def inside(path: str) -> bool:
    r"""Return whether *path* is a plain relative path with slashes that stays below its root.

    >>> [inside(each) for each in ("src/a.c", "../a.c", "/a.c", "a\\b", "src/../../a", "")]
    [True, False, False, False, False, False]
    """
    # Names with a colon are drives or streams on Windows.
    if not path or "\\" in path or "\0" in path or path.startswith("/") or ":" in path:
        return False
    parts = PurePosixPath(path).parts
    return bool(parts) and ".." not in parts


class Settings:
    """The table of one extension, asked key by key.

    *root* is the project and *config* the table.  Each question notes what is wrong and
    returns something of the right kind, so that the next can be asked; ``done`` raises
    all of it, unknown keys included.
    """

    def __init__(self, root: Path, config: Mapping[str, Any]) -> None:
        self.root = root
        self._config = config
        self._asked: list[str] = []
        self._errors: list[ExtensionError] = []

    def wrong(self, code: str, message: str, *, fix: str, key: str = "") -> None:
        """Note the error *code* with *message* and *fix* about *key*."""
        self._errors.append(ExtensionError(code, message, fix=fix, key=key))

    def _get(self, key: str, kind: type, default: Any, *, required: bool = False) -> Any:
        self._asked.append(key)
        if key not in self._config:
            if required:
                self.wrong(
                    "extension-missing-key", f"there is no {key}", fix=f"write {key} = ...", key=key
                )
            return default
        value = self._config[key]
        expected = next(text for each, text in _KINDS if each is kind)
        if not isinstance(value, kind) or (kind is not bool and isinstance(value, bool)):
            message = f"{key} is {kind_of(value)}, and must be {expected}"
            self.wrong("extension-wrong-type", message, fix=f"make it {expected}", key=key)
            return default
        return value

    def text(self, key: str, default: str = "", *, required: bool = False) -> str:
        """Return the string *key*, or *default*; an error if it is *required* and not there."""
        value: str = self._get(key, str, default, required=required)
        if required and not value and self._config.get(key) == "":
            self.wrong(
                "extension-missing-key", f"{key} is empty", fix=f"write {key} = ...", key=key
            )
        return value

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Return whether *key* is true, or *default*."""
        value: bool = self._get(key, bool, default)
        return value

    def table(self, key: str) -> dict[str, Any]:
        """Return the table *key*, empty if there is none."""
        value: dict[str, Any] = self._get(key, dict, {})
        return value

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """Return the array of strings *key*, empty if there is none and it is not *required*."""
        value = self._get(key, list, [], required=required)
        for number, each in enumerate(value):
            if not isinstance(each, str):
                message = f"entry {number + 1} of {key} is {kind_of(each)}, and must be a string"
                self.wrong("extension-wrong-type", message, fix="make it a string", key=key)
                return ()
        return tuple(value)

    def choice(self, key: str, known: Sequence[str]) -> str:
        """Return which of *known* the string *key* is; the first if it is not there."""
        value = self.text(key, known[0])
        if value not in known:
            self.wrong(
                "extension-bad-value", f"{key} is {value!r}", fix=nearest(value, known), key=key
            )
            return known[0]
        return value

    def module(self, key: str = "module") -> str:
        """Return the dotted name of a module that *key* must hold."""
        value = self.text(key, required=True)
        if value and not MODULE.fullmatch(value):
            message = f"{key} is {value!r}, which is no dotted name of ASCII letters"
            self.wrong("extension-bad-name", message, fix="write it like package.module", key=key)
            return ""
        return value

    def modules(self, *, required: bool = False) -> tuple[str, ...]:
        """Return the dotted names in ``modules``; at least one if *required*."""
        values = self.texts("modules", required=required)
        if required and self._config.get("modules") == []:
            self.wrong(
                "extension-missing-key", "modules is empty", fix="name the modules", key="modules"
            )
        for each in values:
            if not MODULE.fullmatch(each):
                message, fix = f"{each!r} in modules is no module", "write it like package.module"
                self.wrong("extension-bad-name", message, fix=fix, key="modules")
        return values

    def shipped(self, folder: str) -> tuple[str, ...]:
        """Return the paths in ``files``, below the *folder* that a fix names, of what a wheel gets."""
        values = self.texts("files")
        for each in values:
            if not inside(each):
                self.wrong(
                    "extension-bad-output-path",
                    f"{each!r} in files leads out of the wheel",
                    fix=f"write a path relative to the {folder}, without '..'",
                    key="files",
                )
        return values

    def source_dir(self, name: str) -> str:
        """Return the folder ``source-dir``, which must have a file *name*; without, the root."""
        folder = self.path("source-dir", ".")
        if self.root != UNSEEN and not (self.root / folder / name).is_file():
            self.wrong(
                "extension-source-missing",
                f"there is no {name} in {folder}",
                fix="set source-dir to the folder that has it",
                key="source-dir",
            )
        return folder

    def path(self, key: str, default: str = "", *, required: bool = False) -> str:
        """Return the path *key* (or *default*) of something that is there, below the root.

        An error if it is *required* and not there.
        """
        value = self.text(key, default, required=required)
        if value:
            self._there(key, value)
        return value

    def paths(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """Return the paths *key* of things that are there, below the root; at least one if *required*."""
        values = self.texts(key, required=required)
        if (
            required
            and not values
            and isinstance(self._config.get(key), list)
            and not self._config[key]
        ):
            self.wrong(
                "extension-missing-key", f"{key} is empty", fix="name at least one file", key=key
            )
        for value in values:
            self._there(key, value)
        return values

    def _there(self, key: str, value: str) -> None:
        if value != "." and not (inside(value) and self._below(value)):
            message = f"{value!r} in {key} is outside the project"
            fix = "write a path relative to pyproject.toml, with slashes and without '..'"
            self.wrong("extension-outside-root", message, fix=fix, key=key)
        elif self.root != UNSEEN and not (self.root / value).exists():
            message = f"{value} in {key} is not there"
            self.wrong(
                "extension-source-missing",
                message,
                fix="name each file: patterns are not read"
                if "*" in value
                else "correct the path, or write the file",
                key=key,
            )

    def _below(self, value: str) -> bool:
        # A link can lead out where no ".." does.
        return (self.root / value).resolve().is_relative_to(self.root.resolve())

    def limited(self, key: str = "limited-api") -> Stable | None:
        """Return the stable ABI that *key* asks for: ``3.9``, or ``3.15t`` for abi3t; None without.

        What that becomes for a target is :meth:`~trigpoint.extensions.Target.stable`.
        """
        value = self.text(key)
        if not value:
            return None
        match = _LIMITED.fullmatch(value)
        if not match or int(match[1]) < 2 or (match[2] and int(match[1]) < 15):
            message = f"{key} is {value!r}"
            fix = 'write a Python version such as "3.9", or "3.15t" for free-threaded Python too'
            self.wrong("extension-bad-value", message, fix=fix, key=key)
            return None
        return Stable(int(match[1]), bool(match[2]))

    def done(self) -> None:
        """Raise what was noted, and what nobody asked for, as one :exc:`ExtensionError`."""
        for key in self._config:
            if key not in self._asked:
                self.wrong(
                    "extension-unknown-key",
                    f"there is no key {key!r}",
                    fix=nearest(key, self._asked),
                    key=key,
                )
        if self._errors:
            first, *others = self._errors
            first.others = tuple(others)
            raise first
