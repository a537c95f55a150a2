"""The one tag of a wheel that holds several extensions.

Source: https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple, NoReturn

from trigpoint.extensions.protocol import ExtensionError, Tag, Target

__all__ = ["merge"]

_LEGACY: Final = {"manylinux1": "2_5", "manylinux2010": "2_12", "manylinux2014": "2_17"}
_VERSIONED: Final = re.compile(r"(macosx|manylinux|musllinux)_(\d{1,4})_(\d{1,4})_(\w+)", re.ASCII)


class _Platform(NamedTuple):
    """A platform whose name has a version: only systems from that version on take the file."""

    kind: str
    version: tuple[int, int]
    machine: str

    def __str__(self) -> str:
        return f"{self.kind}_{self.version[0]}_{self.version[1]}_{self.machine}"


def _versioned(platform: str) -> _Platform | None:
    """Return what *platform* demands at least; of a set of names, the easiest."""
    found = []
    for each in platform.split("."):
        kind, _, machine = each.partition("_")
        name = f"manylinux_{_LEGACY[kind]}_{machine}" if kind in _LEGACY else each
        if not (match := _VERSIONED.fullmatch(name)):
            return None
        found.append(_Platform(match[1], (int(match[2]), int(match[3])), match[4]))
    return min(found) if found else None


def _machine(platform: str) -> str:
    return re.sub(r"^(?:macosx_\d+_\d+|linux|(?:many|musl)linux(?:_?\d+)+)_", "", platform)


def _foreign(extension: str, tag: Tag, target: Target, why: str) -> NoReturn:
    raise ExtensionError(
        "extension-foreign-tag",
        f"its tag {tag} does not fit {target.tag}: {why}",
        fix="build it for the target that the request names",
        extension=extension,
    )


def _minimum(python: str) -> int:
    """Return the lowest minor version of ``cp39`` or ``py3``; -1 for what is neither.

    >>> _minimum("cp313"), _minimum("py3"), _minimum("py2.py3"), _minimum("pp310")
    (13, 0, 0, -1)
    """
    match = re.fullmatch(r"(?:py2\.)?(?:cp|py)3(\d{0,2})", python, re.ASCII)
    return int(match[1] or 0) if match else -1


class _Merged:
    """What the tags seen so far need, together."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.full = False
        self.minimum = 0
        self.abis: set[str] | None = None
        self.platforms: list[str] = []

    def add(self, extension: str, tag: Tag) -> None:
        target = self.target
        if tag.platform != "any":
            self._platform(extension, tag)
        if (tag.python, tag.abi) == (target.tag.python, target.tag.abi):
            self.full = True
            return
        lowest = _minimum(tag.python)
        if lowest < 0:
            _foreign(extension, tag, target, f"{tag.python} is another interpreter")
        if lowest > target.version[1]:
            _foreign(extension, tag, target, f"{tag.python} is newer")
        abis = set(tag.abi.split("."))
        if abis != {"none"}:
            wanted = {"abi3t"} if target.free_threaded else {"abi3"}
            if not abis <= {"abi3", "abi3t"} or not wanted <= abis:
                _foreign(extension, tag, target, f"{tag.abi} is another ABI")
            self.abis = abis if self.abis is None else self.abis & abis
        self.minimum = max(self.minimum, lowest)

    def _platform(self, extension: str, tag: Tag) -> None:
        target = self.target
        if tag.platform == target.platform:
            self.platforms.append(tag.platform)
            return
        seen, own = _versioned(tag.platform), _versioned(target.platform)
        if (
            seen
            and own
            and seen.kind == own.kind == "macosx"
            and seen.machine in (own.machine, "universal2")
        ):
            self.platforms.append(str(seen._replace(machine=own.machine)))
        elif (
            seen
            and seen.kind != "macosx"
            and seen.machine == _machine(target.platform)
            and target.platform.startswith("linux")
        ):
            self.platforms.append(tag.platform)
        else:
            _foreign(extension, tag, target, f"{tag.platform} is another platform")

    def platform(self) -> str:
        """Return the platform that all of them fit."""
        names = list(dict.fromkeys(self.platforms))
        if len(names) == 1:
            return names[0]
        versions = [_versioned(each) for each in names]
        known = [each for each in versions if each]
        if len(known) < len(versions) or len({each.kind for each in known}) > 1:
            # One of them promises nothing about the C library, so the wheel cannot either.
            return self.target.platform
        return str(max(known))

    def tag(self) -> Tag:
        if self.full:
            return Tag(
                self.target.tag.python,
                self.target.tag.abi,
                self.platform() if self.platforms else "any",
            )
        if self.abis:
            python, abi = f"cp3{self.minimum}", ".".join(sorted(self.abis))
        else:
            python, abi = f"py3{self.minimum or ''}", "none"
        return Tag(python, abi, self.platform() if self.platforms else "any")


def merge(tags: Iterable[tuple[str, Tag | None]], target: Target) -> Tag:
    """Return the tag of a wheel for *target* with files of all these *tags*, each with its extension.

    None adds nothing.  One full ABI makes the wheel one for that interpreter; otherwise the
    stable ABI with the highest minimum serves; otherwise only the platform counts.  Of
    several macOS or manylinux versions the highest serves.  Raises
    :exc:`ExtensionError` ``extension-foreign-tag`` for a tag that the target does not take.

    >>> target = Target("cpython", (3, 13), "linux_x86_64", ".cpython-313-x86_64-linux-gnu.so")
    >>> stable = [("a", Tag("cp37", "abi3", "linux_x86_64")), ("b", Tag("cp39", "abi3", "linux_x86_64"))]
    >>> str(merge(stable, target))
    'cp39-abi3-linux_x86_64'
    >>> str(merge([*stable, ("c", target.tag)], target)), str(merge([], target))
    ('cp313-cp313-linux_x86_64', 'py3-none-any')
    """
    merged = _Merged(target)
    given: Sequence[tuple[str, Tag]] = [(name, tag) for name, tag in tags if tag]
    for extension, tag in given:
        merged.add(extension, tag)
    return merged.tag()
