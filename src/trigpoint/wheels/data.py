"""What is found in a wheel, as plain data.

Everything here is frozen and made of text, numbers, truths and tuples, so that a face
can show it, compare it and write it as JSON.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from trigpoint.findings import Finding, Severity
from trigpoint.wheels.binaries import Binary

__all__ = ["SCHEMES", "Entry", "EntryPoint", "Inspection", "RecordRow", "RecordVerdict"]

SCHEMES = ("purelib", "platlib", "scripts", "headers", "data")
"""The keys that a folder ``NAME-VERSION.data`` may have."""

_PROJECT: Final = re.compile(r"(?:[^/]+/)?(?:pyproject\.toml|setup\.py|setup\.cfg)").fullmatch
"""The files that a backend builds from, at the top of an archive or of its one folder."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One member of a wheel or sdist.

    ``path`` is where it lies in the archive, or its name as stored if it has no place
    there.  ``scheme`` is one of :data:`SCHEMES`, empty if no installer knows where it
    goes, and ``inner`` its path below that scheme.  ``part`` is ``"package"``,
    ``"metadata"`` (of the ``.dist-info`` folder), ``"data"`` (of a ``.data`` folder) or
    ``"foreign"`` (of a ``.data`` folder of another name).  ``kind`` is ``"file"``,
    ``"dir"``, ``"symlink"`` or ``"other"``.  ``size`` and ``compressed`` are bytes, the
    latter None where it cannot be told; ``mode`` holds the permission bits, 0 if none
    are stored, and ``digest`` the SHA-256 in hexadecimal, empty if it was not read whole.
    """

    path: str
    scheme: str
    inner: str
    part: str
    kind: str
    size: int
    compressed: int | None
    mode: int
    digest: str


@dataclass(frozen=True, slots=True)
class EntryPoint:
    """One line of ``entry_points.txt``: a ``name`` in a ``group``, and its ``value``."""

    group: str
    name: str
    value: str

    @property
    def is_script(self) -> bool:
        """Whether installers write a command for it."""
        return self.group in ("console_scripts", "gui_scripts")


@dataclass(frozen=True, slots=True)
class RecordRow:
    """What RECORD and the archive say about the file ``path``, where they differ.

    ``state`` is ``"absent"`` (only RECORD has it), ``"unlisted"`` (only the archive),
    ``"hash"``, ``"encoding"`` (the right hash in another spelling), ``"size"``,
    ``"algorithm"`` (none that the specification allows),
    ``"unhashed"``, ``"unreadable"`` (the archive's bytes cannot be read), ``"twice"``,
    ``"row"`` (a line that is none of RECORD; ``path`` is empty or what it begins with) or
    ``"many"`` (more lines than are read; ``path`` is empty).
    """

    path: str
    state: str


@dataclass(frozen=True, slots=True)
class RecordVerdict:
    """Whether RECORD says what the archive holds.

    ``present`` says whether there is one that was read, ``rows`` how many lines it has,
    ``verified`` how many files have the hash and size that it states, and ``wrong``
    where the two differ.
    """

    present: bool = False
    rows: int = 0
    verified: int = 0
    wrong: tuple[RecordRow, ...] = ()

    @property
    def right(self) -> bool:
        """Whether each file is listed with its hash, and nothing else is."""
        return self.present and not self.wrong


@dataclass(frozen=True, slots=True)
class Inspection:
    """What is in a wheel or an sdist; see :func:`trigpoint.wheels.inspect`.

    ``name`` is what the file is called and ``kind`` ``"wheel"``, ``"sdist"`` or empty for
    anything else.  ``size`` is that of the archive in bytes, None if it cannot be told,
    and ``unpacked`` that of its files together.  ``project`` and ``version`` are those of
    the ``.dist-info`` folder, ``tags`` and ``generator`` those of WHEEL, and ``root`` is
    the scheme of what lies in no ``.data`` folder.  ``licence`` is the expression of the
    metadata; ``licences`` and ``sboms`` are paths.  ``compiled`` are the compiled files with
    what they link; see :func:`trigpoint.wheels.libraries`.  ``metadata`` is the text of
    METADATA or PKG-INFO.
    """

    name: str
    kind: str
    size: int | None
    unpacked: int
    project: str
    version: str
    tags: tuple[str, ...]
    generator: str
    root: str
    entries: tuple[Entry, ...]
    entry_points: tuple[EntryPoint, ...]
    record: RecordVerdict
    licence: str
    licences: tuple[str, ...]
    sboms: tuple[str, ...]
    findings: tuple[Finding, ...]
    compiled: tuple[Binary, ...] = ()
    metadata: str = ""

    @property
    def has_errors(self) -> bool:
        """Whether a finding is an error."""
        return any(each.severity is Severity.ERROR for each in self.findings)

    @property
    def is_project(self) -> bool:
        """Whether it is the folder of a project in a zip archive, and no sdist, which has a PKG-INFO."""
        return (
            self.kind == "sdist"
            and not self.metadata
            and self.name.endswith(".zip")
            and any(_PROJECT(each.path) for each in self.entries if _is_file(each))
        )

    def sizes(self) -> tuple[tuple[str, int, int], ...]:
        """Return for each scheme that occurs its name, its number of files and their bytes.

        What has no scheme comes last, under an empty name.
        """
        found = []
        for scheme in (*SCHEMES, ""):
            held = [each.size for each in self.entries if each.scheme == scheme and _is_file(each)]
            if held:
                found.append((scheme, len(held), sum(held)))
        return tuple(found)


def _is_file(entry: Entry) -> bool:
    return entry.kind != "dir"
