"""The metadata in a file that a reader drops: a wheel, an sdist, or a text.

:mod:`trigpoint.archives` reads the file; here it arrives in base64, and what is the
matter with it is carried from one request to the next answer as words of its own.

Source: binary distribution format and source distribution format specifications.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from trigpoint.archives import Files, open_archive, read_files
from trigpoint.archives import find_metadata as find_in_archive
from trigpoint.catalogue import RULES, report
from trigpoint.findings import Finding, Fix, TrigpointError
from trigpoint.projects.folder import LEFT_OUT

__all__ = [
    "PROBLEMS",
    "FoundMetadata",
    "UnusableFileError",
    "Upload",
    "contents",
    "decoded",
    "encoded",
    "find_metadata",
    "problem_findings",
    "unwrapped",
]

_ARRIVED: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "base64": ("the file did not arrive whole", "drop it once more"),
        "listing": (
            "the index did not answer with a list of files",
            "check the project's name",
        ),
        "unlisted": (
            "the index lists no wheel of the project with metadata of its own",
            "open a wheel or an sdist instead",
        ),
    }
)

PROBLEMS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        **_ARRIVED,
        **{
            code: (
                f"{rule.title[0].lower()}{rule.title[1:]}. {rule.why.removesuffix('.')}",
                "open another file of the project, or its metadata as a text",
            )
            for code, rule in RULES.items()
            if rule.topic == "archive"
        },
    }
)
"""What can be the matter with a dropped file: in words, and what to do.

The keys are codes of the catalogue's findings about archives, and three of the way here.
"""


class UnusableFileError(TrigpointError):
    """The file cannot be used; its argument is a key of :data:`PROBLEMS`.

    ``findings`` holds all that is the matter with it, if it is an archive.
    """

    def __init__(self, problem: str, findings: Iterable[Finding] = ()) -> None:
        super().__init__(problem)
        self.findings = tuple(findings)

    @property
    def problem(self) -> str:
        """All that is the matter with the file, as :class:`Upload` carries it."""
        return _codes(self.findings) or str(self)

    @property
    def message(self) -> str:
        """What keeps the file from being used, in words."""
        said = (each.message for each in self.findings if each.code == str(self))
        return next(said, PROBLEMS[str(self)][0])

    @property
    def fix(self) -> str:
        """What to do about it."""
        return PROBLEMS[str(self)][1]


@dataclass(frozen=True, slots=True)
class Upload:
    """A dropped file: its ``name`` and its bytes, in base64.

    ``problem`` is what turned out to be the matter with it: keys of :data:`PROBLEMS`,
    parted by blanks.  It lasts for one answer.
    """

    name: str = ""
    data: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class FoundMetadata:
    """What a file holds.

    ``data`` is its metadata as it lies there.  ``kind`` is ``"wheel"``, ``"sdist"`` or
    empty, ``wheel_version`` what the wheel's WHEEL file says, and ``findings`` what is
    doubtful about the archive.
    """

    data: bytes
    kind: str = ""
    wheel_version: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def problem(self) -> str:
        """What is doubtful about the archive, as :class:`Upload` carries it."""
        return _codes(self.findings)


def encoded(name: str, data: bytes) -> Upload:
    """Return the file *name*, which holds *data*, as a request carries it."""
    return Upload(name, base64.b64encode(data).decode("ascii"))


def decoded(upload: Upload) -> FoundMetadata:
    """Return what *upload* holds; raises :exc:`UnusableFileError`.

    >>> decoded(encoded("METADATA", b"Name: spam")).data
    b'Name: spam'
    """
    return find_metadata(upload.name, unwrapped(upload))


def unwrapped(upload: Upload) -> bytes:
    """Return the bytes of *upload*; raises :exc:`UnusableFileError`."""
    try:
        return base64.b64decode(upload.data, validate=True)
    except (binascii.Error, ValueError) as error:
        raise UnusableFileError("base64") from error


def contents(upload: Upload) -> Files:
    r"""Return the files in *upload*, a folder or several files that a page has packed.

    An sdist, a wheel and an archive that somebody else has packed are read in the same
    way, and a single file is one by its name.  Raises :exc:`UnusableFileError` if nothing
    in it can be read; what else is wrong is among the findings.

    >>> dict(contents(encoded("pyproject.toml", b"[project]\n")).files)
    {'pyproject.toml': b'[project]\n'}
    """
    found = read_files(open_archive(unwrapped(upload), upload.name), leave_out=LEFT_OUT)
    if not found.files and found.findings:
        raise UnusableFileError(found.findings[-1].code, found.findings)
    return found


_WHEEL_VERSION = re.compile(rb"^wheel-version:[ \t]*([^\r\n]{1,40})", re.IGNORECASE | re.MULTILINE)


def find_metadata(name: str, data: bytes) -> FoundMetadata:
    """Return the metadata in *data*, the bytes of a file called *name*.

    Raises :exc:`UnusableFileError` if there is none, if it cannot be read to its end,
    and if there is that of several distributions.
    """
    found = find_in_archive(open_archive(data, name))
    codes = [finding.code for finding in found.findings]
    several = "archive-metadata-several"
    if found.data is None or several in codes:
        # What was found last is what kept the metadata from being read.
        raise UnusableFileError(several if several in codes else codes[-1], found.findings)
    stated = _WHEEL_VERSION.search(found.wheel)
    version = stated[1].decode("utf-8", "replace").strip() if stated else ""
    kind = found.kind if found.kind in ("wheel", "sdist") else ""
    return FoundMetadata(found.data, kind, version, found.findings)


def problem_findings(upload: Upload) -> list[Finding]:
    """Return what is the matter with *upload*; words that are no key of PROBLEMS say nothing."""
    called = f"{upload.name}: " if upload.name else ""
    found = []
    for key in dict.fromkeys(upload.problem.split()):
        if key in PROBLEMS:
            message, fix = PROBLEMS[key]
            code = "request-file" if key in _ARRIVED else key
            found.append(report(code, f"{called}{message}", None, Fix(fix)))
    return found


def _codes(findings: Iterable[Finding]) -> str:
    return " ".join(dict.fromkeys(finding.code for finding in findings))
