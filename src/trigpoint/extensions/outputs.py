"""What a builder may hand over: where it may go, and whether it is there."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from trigpoint.extensions.protocol import SCHEMES, BuildResult, ExtensionError, Output, Tag, Target
from trigpoint.extensions.settings import MODULE, inside

__all__ = ["LONGEST_PATH", "check_clashes", "check_paths", "check_result", "module_of"]

LONGEST_PATH: Final = 240
"""Letters of an output's path; longer ones cannot be unpacked everywhere."""

_RESERVED: Final = re.compile(r"[^/]*\.(?:dist-info|data|egg-info)", re.IGNORECASE)


def _shown(path: object) -> str:
    return repr(path)[:100]


def check_paths(outputs: Iterable[object], extension: str) -> None:
    """Check where the *outputs* of *extension* go, before anything is compiled.

    Raises :exc:`ExtensionError`: ``extension-bad-result``, ``extension-bad-scheme``,
    ``extension-bad-output-path``, ``extension-reserved-output-path`` or
    ``extension-output-clash``.
    """
    seen: set[tuple[str, str]] = set()
    for each in outputs:
        if not isinstance(each, Output) or not all(
            isinstance(part, str) for part in (each.path, each.scheme, each.source)
        ):
            raise ExtensionError(
                "extension-bad-result",
                f"{_shown(each)} is no Output",
                fix="let the builder return trigpoint.extensions.Output",
                extension=extension,
            )
        if each.scheme not in SCHEMES:
            raise ExtensionError(
                "extension-bad-scheme",
                f"{_shown(each.path)} has the scheme {_shown(each.scheme)}",
                fix=f"use one of {', '.join(SCHEMES)}",
                extension=extension,
            )
        if not inside(each.path) or not inside(each.file) or len(each.path) > LONGEST_PATH:
            wrong = each.path if not inside(each.path) or inside(each.file) else each.file
            raise ExtensionError(
                "extension-bad-output-path",
                f"{_shown(wrong)} is no path below a folder of at most {LONGEST_PATH} letters",
                fix="use a relative path with slashes and without '..'",
                extension=extension,
            )
        if _RESERVED.fullmatch(each.path.split("/")[0]):
            raise ExtensionError(
                "extension-reserved-output-path",
                f"{_shown(each.path)} is where metadata of a wheel lies",
                fix="use a folder of the package, or another scheme",
                extension=extension,
            )
        # Two names that differ in case only are one file on Windows and macOS.
        place = (each.scheme, each.path.lower())
        if place in seen:
            raise _clash(each, extension, extension)
        seen.add(place)


def _clash(output: Output, first: str, second: str) -> ExtensionError:
    who = "it lists" if first == second else f"{first} makes"
    return ExtensionError(
        "extension-output-clash",
        f"{who} {output.path} ({output.scheme}) already",
        fix="give one of the two another path",
        extension=second,
    )


def check_clashes(outputs: Mapping[str, Sequence[Output]]) -> None:
    """Check that no two extensions make one file; *outputs* are those of each by name.

    What is internal stays in the folder of its extension, so it clashes with nothing.
    Raises :exc:`ExtensionError` ``extension-output-clash``.
    """
    seen: dict[str, str] = {}
    for name, each in outputs.items():
        for output in each:
            if output.scheme == "internal":
                continue
            # Most environments have one folder for both kinds of modules.
            scheme = "lib" if output.scheme in ("platlib", "purelib") else output.scheme
            first = seen.setdefault(f"{scheme} {output.path.lower()}", name)
            if first != name:
                raise _clash(output, first, name)


def module_of(output: Output, target: Target) -> str:
    """Return the last name of the module that *output* is for *target*, "" if it is none.

    >>> target = Target("cpython", (3, 13), "linux_x86_64", ".cpython-313-x86_64-linux-gnu.so")
    >>> module_of(Output("a/_b.cpython-313-x86_64-linux-gnu.so"), target)
    '_b'
    """
    if output.scheme not in ("platlib", "purelib"):
        return ""
    name = output.path.rpartition("/")[2]
    for suffix in (target.ext_suffix, target.abi3_suffix, target.abi3t_suffix):
        stem = name.removesuffix(suffix)
        if suffix and stem != name and MODULE.fullmatch(stem):
            return stem
    return ""


def _holds(path: Path, words: Sequence[bytes]) -> bool:
    # Planning needs none of this, and a browser may not have it.
    import mmap

    if not path.stat().st_size:
        return False
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return any(data.find(word) >= 0 for word in words)


def _files(folder: Path) -> Iterator[str]:
    for where, _, names in os.walk(folder):
        for name in names:
            yield Path(where, name).relative_to(folder).as_posix()


def check_result(
    result: object,
    *,
    extension: str,
    target: Target,
    out_dir: Path,
    expected: Sequence[Output] | None,
    tag: Tag | None,
) -> BuildResult:
    """Check the *result* of the builder of *extension* right after it; return it with its directory.

    *target* is what it was built for and *out_dir* where its files have to be;
    *expected* and *tag* are what the builder had said before (None as *expected*: that
    it could not say).  Raises :exc:`ExtensionError` for whatever does not hold.
    """
    # Whoever wrote the builder may have checked no types.
    parts: tuple[Any, ...] = ()
    if isinstance(result, BuildResult):
        parts = result.outputs, result.inputs, result.tag
    if not isinstance(result, BuildResult) or not (
        isinstance(parts[0], tuple)
        and isinstance(parts[1], tuple)
        and isinstance(parts[2], Tag | None)
    ):
        raise ExtensionError(
            "extension-bad-result",
            f"the builder returned {_incomplete(result)} instead of a complete BuildResult",
            fix="let the builder return trigpoint.extensions.BuildResult",
            extension=extension,
        )
    check_paths(result.outputs, extension)
    for each in result.outputs:
        _check_file(each, extension, out_dir)
        module = module_of(each, target)
        # The names are in the table of exported symbols, whatever the format of the file.
        words = [b"PyInit_%b\0" % module.encode(), b"PyModExport_%b\0" % module.encode()]
        if module and not _holds(out_dir / each.file, words):
            raise ExtensionError(
                "extension-init-missing",
                f"{each.path} has no PyInit_{module}",
                fix=f"name the module in the sources {module}, or the extension after the sources",
                extension=extension,
            )
    listed = {each.file for each in result.outputs}
    if more := sorted(each for each in _files(out_dir) if each not in listed):
        raise ExtensionError(
            "extension-undeclared-output",
            f"the builder wrote {more[0]} and does not list it",
            fix="list it, as internal if nobody needs it later, or write it to build_dir",
            extension=extension,
        )
    if expected is not None:
        _check_expected(result, expected, extension)
    if result.tag != tag and expected is not None:
        raise ExtensionError(
            "extension-outputs-differ",
            f"the builder said that the tag would be {tag}, and it is {result.tag}",
            fix="let get_tag say what build returns",
            extension=extension,
        )
    return replace(result, directory=out_dir)


def _incomplete(result: object) -> str:
    """Return what *result* is, which has not the types of a ``BuildResult``."""
    if isinstance(result, BuildResult):
        for name, expected in (("outputs", tuple), ("inputs", tuple), ("tag", Tag | None)):
            value: object = getattr(result, name)
            if not isinstance(value, expected):
                return f"one whose {name} is of the type {type(value).__name__}"
    return type(result).__name__


def _check_file(output: Output, extension: str, out_dir: Path) -> None:
    file = out_dir / output.file
    if not file.resolve().is_relative_to(out_dir.resolve()):
        raise ExtensionError(
            "extension-output-outside",
            f"{output.file} is a link to a file outside of the builder's folder",
            fix="let the builder copy the file",
            extension=extension,
        )
    if not file.is_file():
        raise ExtensionError(
            "extension-output-missing",
            f"the builder lists {output.file}, which is not there",
            fix="let the builder write it below out_dir",
            extension=extension,
        )


def _check_expected(result: BuildResult, expected: Sequence[Output], extension: str) -> None:
    # What is internal is between a builder and its dependants.
    before = {(each.scheme, each.path) for each in expected if each.scheme != "internal"}
    after = {(each.scheme, each.path) for each in result.outputs if each.scheme != "internal"}
    if before != after:
        gone = sorted(path for _, path in before - after)
        new = sorted(path for _, path in after - before)
        parts = [
            *([f"without {gone[0]}"] if gone else []),
            *([f"with {new[0]}"] if new else []),
        ]
        raise ExtensionError(
            "extension-outputs-differ",
            f"the builder made other files than it had said, {' and '.join(parts)}",
            fix="let get_expected_outputs say what build makes, or return None",
            extension=extension,
        )
