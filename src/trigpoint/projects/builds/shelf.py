"""The wheels of build backends that a site serves: what is there, and what a build takes of it.

Idea: a list beside the wheels says what each is, by name, version, file and hash; it was
written when the site was built.  A requirement takes the newest version that fits, and
what that needs in turn; what nothing fits is said, never replaced by something near.

The page fetches the list and then the wheels of one build into a folder, when they are
asked for.  The command line and the build of the site have them in a folder already.

Source: PEP 517 and 518; dependency specifiers.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

import packaging

from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix
from trigpoint.requirements import Requirement, read_requirement
from trigpoint.versions import is_version, version

__all__ = ["LIST", "VARIABLE", "Asked", "Served", "Shelf", "default_folder", "entry", "open_shelf"]

LIST: Final = "shelf.json"
"""The name of the list."""

VARIABLE: Final = "TRIGPOINT_SHELF"
"""The environment variable that names the folder; the page has one of its own."""

_IN_PAGE: Final = "/shelf"
_MOST_TAKEN: Final = 50
"""Wheels that one build takes; a backend needs five."""


@dataclass(frozen=True, slots=True)
class Served:
    """One wheel: its ``project`` in normal form, ``version``, ``file``, ``sha256`` and ``size``.

    ``requires`` is its Requires-Dist.  Without a file, Python has it already.
    """

    project: str
    version: str
    file: str
    sha256: str = ""
    size: int = 0
    requires: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.project} {self.version}"


class Asked(NamedTuple):
    """A requirement as ``text``, and the ``served`` version that answers it; None if none does.

    ``why`` says of a requirement that is passed over, or that nothing fits, why.
    """

    text: str
    served: Served | None
    why: str = ""


class Taken(NamedTuple):
    """What a build takes: the answers to each requirement, and the wheels of all of them."""

    asked: tuple[Asked, ...]
    wheels: tuple[Served, ...]
    findings: tuple[Finding, ...]


class Shelf:
    """The wheels in a *folder*, by the list in it; *served* is that list."""

    def __init__(self, folder: Path, served: Iterable[Served]) -> None:
        self.folder = folder
        own = Served("packaging", packaging.__version__, "")
        self._served: dict[str, list[Served]] = {own.project: [own]}
        for each in served:
            if each.project != own.project:
                self._served.setdefault(each.project, []).append(each)
        for versions in self._served.values():
            versions.sort(key=lambda each: version(each.version), reverse=True)

    @property
    def projects(self) -> tuple[str, ...]:
        """The projects that are served, by name."""
        return tuple(sorted(self._served))

    def versions(self, project: str) -> tuple[str, ...]:
        """Return the versions of *project* that are served, newest first."""
        return tuple(each.version for each in self._served.get(project, ()))

    def take(self, requires: Sequence[str]) -> Taken:
        """Return what answers each of *requires*, requirements as texts, with all that it needs.

        A project that one requirement has settled stays settled; a later requirement
        that it does not fit is a finding, as is one that nothing fits.
        """
        asked: list[Asked] = []
        findings: list[Finding] = []
        chosen: dict[str, Served] = {}
        waiting = [(each, "") for each in requires]
        every: dict[str, list[Requirement]] = {}
        for text in requires:
            wanted = read_requirement(text)
            every.setdefault(wanted.normalised, []).append(wanted)
        while waiting and len(chosen) < _MOST_TAKEN:
            text, above = waiting.pop(0)
            wanted = read_requirement(text)
            answer = self._answer(wanted, chosen, every.get(wanted.normalised, []) or [wanted])
            if not above:
                asked.append(answer)
            if answer.served is None:
                if answer.why != _ELSEWHERE:
                    findings.append(self._unserved(wanted, answer.why, above))
                continue
            if answer.served.project not in chosen:
                chosen[answer.served.project] = answer.served
                waiting += [(each, str(answer.served)) for each in answer.served.requires]
        wheels = tuple(each for each in chosen.values() if each.file)
        return Taken(tuple(asked), wheels, tuple(findings))

    def _answer(
        self, wanted: Requirement, chosen: Mapping[str, Served], every: Sequence[Requirement]
    ) -> Asked:
        if not wanted.valid:
            return Asked(wanted.text, None, "it cannot be read")
        if wanted.marker is not None and not _holds(wanted):
            return Asked(wanted.text, None, _ELSEWHERE)
        if wanted.url is not None:
            return Asked(wanted.text, None, "it is an address, and nothing leaves the page")
        if settled := chosen.get(wanted.normalised):
            if wanted.specifier.contains(settled.version, prereleases=True):
                return Asked(wanted.text, settled)
            return Asked(wanted.text, None, f"another requirement takes {settled}")
        served = self._served.get(wanted.normalised, [])
        if not served:
            return Asked(wanted.text, None, "it is not served here")
        for each in served:
            if all(one.specifier.contains(each.version, prereleases=True) for one in every):
                return Asked(wanted.text, each)
        versions = " and ".join(each.version for each in served)
        return Asked(wanted.text, None, f"what is served here is {versions}")

    def _unserved(self, wanted: Requirement, why: str, above: str) -> Finding:
        said = f"{above} needs {wanted.text}" if above else f"the build asks for {wanted.text}"
        fix = "build it on your own machine: python -m build"
        if wanted.normalised in self._served and not above:
            newest = self._served[wanted.normalised][0]
            fix = f"allow {newest} in requires if your project builds with it, or {fix}"
        return report("build-requires", f"{said}, and {why}", None, Fix(fix))

    def missing(self, wheels: Iterable[Served]) -> tuple[str, ...]:
        """Return the files of *wheels* that are not in the folder yet."""
        return tuple(
            each.file for each in wheels if each.file and not (self.folder / each.file).is_file()
        )

    def unpacked(self, wheels: Iterable[Served]) -> tuple[str, ...]:
        """Unpack *wheels*, once each, and return the folders to import them from.

        Raises :exc:`OSError` for a file that is not the one that the list names.
        """
        return tuple(self._unpacked(each) for each in wheels if each.file)

    def _unpacked(self, each: Served) -> str:
        target = self.folder / "unpacked" / each.sha256[:16]
        if not target.is_dir():
            path = self.folder / each.file
            if hashlib.sha256(path.read_bytes()).hexdigest() != each.sha256:
                raise OSError(f"{each.file} is not the file that {LIST} names")
            half = target.with_name(f"{target.name}.{os.getpid()}")
            with zipfile.ZipFile(path) as wheel:
                wheel.extractall(half)
            try:
                half.rename(target)
            except OSError:
                # Another process was quicker, with the same file.
                shutil.rmtree(half)
        return str(target)


_ELSEWHERE: Final = "its marker does not hold here"


def _holds(wanted: Requirement) -> bool:
    try:
        assert wanted.marker is not None
        return bool(wanted.marker.evaluate({"extra": ""}))
    except Exception:  # noqa: BLE001
        # A marker that cannot be answered asks for what it guards.
        return True


def default_folder() -> Path | None:
    """Return the folder of this process: what :data:`VARIABLE` names, or that of the page."""
    if named := os.environ.get(VARIABLE):
        return Path(named)
    return Path(_IN_PAGE) if sys.platform == "emscripten" else None


def open_shelf(folder: Path) -> Shelf | None:
    """Return the shelf in *folder*; None while its list is not there.

    Raises :exc:`ValueError` or :exc:`KeyError` for a list of another form.
    """
    try:
        text = (folder / LIST).read_text("utf-8")
    except OSError:
        return None
    rows = json.loads(text)["wheels"]
    return Shelf(folder, [Served(**{**row, "requires": tuple(row["requires"])}) for row in rows])


def entry(path: Path) -> Served:
    """Return what the list says of the wheel at *path*.

    Raises :exc:`ValueError` for a file that is no wheel with metadata.
    """
    from trigpoint.archives import find_metadata, open_archive
    from trigpoint.metadata import read
    from trigpoint.requirements import read_requirement as requirement

    with open_archive(path) as archive:
        found = find_metadata(archive)
    if found.data is None:
        raise ValueError(f"{path.name} has no metadata")
    document = read(found.data)
    name, stated = document.get_first("Name") or "", document.get_first("Version") or ""
    if not is_version(stated):
        raise ValueError(f"{path.name} has no version")
    content = path.read_bytes()
    needs = tuple(each for each in document["Requires-Dist"] if "extra ==" not in each)
    return Served(
        requirement(name).normalised,
        stated,
        path.name,
        hashlib.sha256(content).hexdigest(),
        len(content),
        needs,
    )
