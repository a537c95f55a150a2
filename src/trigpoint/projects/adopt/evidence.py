"""METADATA of an earlier build, as keywords of ``setup()``: what a program came to.

Source: Core metadata specifications; setuptools' ``requires.txt`` and ``entry_points.txt``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from packaging.utils import canonicalize_name

from trigpoint.metadata import Document, read
from trigpoint.projects.adopt.gathered import Said
from trigpoint.projects.adopt.shared import with_marker
from trigpoint.projects.review.pieces import Piece, Source
from trigpoint.requirements import read_requirement

__all__ = ["MOST_ASKED", "Evidence", "find_evidence"]

MOST_ASKED: Final = 5_000
"""Requirements whose markers are looked into for extras."""

_FIELDS: Final = {
    "name": "Name",
    "version": "Version",
    "description": "Summary",
    "long_description_content_type": "Description-Content-Type",
    "author": "Author",
    "author_email": "Author-email",
    "maintainer": "Maintainer",
    "maintainer_email": "Maintainer-email",
    "url": "Home-page",
    "download_url": "Download-URL",
    "license": "License",
    "keywords": "Keywords",
    "python_requires": "Requires-Python",
}


_LISTS: Final = {"classifiers": "Classifier", "platforms": "Platform"}


class Evidence:
    """The METADATA at ``path`` as a ``document``, and the files that setuptools keeps beside it.

    ``source`` is its text.
    """

    def __init__(self, path: str, data: bytes | str, beside: Mapping[str, bytes]) -> None:
        self.path = path
        self.document: Document = read(data)
        self.source = Source.of(path, self.document.text)
        self._beside = {name: value.decode("utf-8", "replace") for name, value in beside.items()}

    def said(self, keyword: str) -> Said | None:
        """Return what the file says for *keyword* of ``setup()``; None where it says nothing."""
        if keyword in _FIELDS:
            values = [each for each in self.document[_FIELDS[keyword]] if each.strip() != "UNKNOWN"]
            return Said(values[0].strip(), self._at(_FIELDS[keyword])) if values else None
        value: Any = None
        field = ""
        if keyword in _LISTS:
            field = _LISTS[keyword]
            value = [each for each in self.document[field] if each.strip() != "UNKNOWN"]
        elif keyword == "project_urls":
            pairs = [each.partition(",") for each in self.document["Project-URL"]]
            value = {name.strip(): url.strip() for name, _, url in pairs}
            field = "Project-URL"
        elif keyword == "long_description":
            value, field = self.description, "Description"
        elif keyword in ("install_requires", "extras_require"):
            return self._required(keyword)
        elif keyword == "entry_points":
            name, text = self._file("entry_points.txt")
            return Said(text, Piece(Source.of(name, text), "", 0, 0)) if text else None
        return Said(value, self._at(field)) if value else None

    @property
    def whole(self) -> Document:
        """The document with the requirements that older setuptools keeps beside it alone."""
        _, text = self._file("requires.txt")
        if not text or self.document["Requires-Dist"]:
            return self.document
        base, extras = _requires_txt(text)
        lines = [f"Requires-Dist: {each}" for each in base]
        for extra, listed in extras.items():
            if extra not in self.document["Provides-Extra"]:
                lines.append(f"Provides-Extra: {extra}")
            condition = f"extra == '{extra}'"
            lines += [f"Requires-Dist: {with_marker(each, condition)}" for each in listed]
        return read("".join(f"{line}\n" for line in lines) + self.document.text)

    @property
    def description(self) -> str:
        """The description, of the body or of the field."""
        return next(iter(self.document["Description"]), "")

    def _at(self, field: str) -> Piece:
        found = self.document.fields(field)
        span = found[0].value_span if found else None
        start, end = (span.start, span.end) if span is not None else (0, 0)
        return Piece(self.source, "", start, end)

    def _file(self, name: str) -> tuple[str, str]:
        return next(
            ((path, text) for path, text in self._beside.items() if path.endswith(f"/{name}")),
            ("", ""),
        )

    def _required(self, keyword: str) -> Said | None:
        name, text = self._file("requires.txt")
        if text and not self.document["Requires-Dist"]:
            base, extras = _requires_txt(text)
            at = Piece(Source.of(name, text), "", 0, 0)
        else:
            base, extras = _split(self.document["Requires-Dist"])
            for extra in self.document["Provides-Extra"]:
                extras.setdefault(extra.strip(), [])
            at = self._at("Requires-Dist")
        value: Any = base if keyword == "install_requires" else extras
        return Said(value, at) if value else None


def find_evidence(files: Mapping[str, bytes]) -> Evidence | None:
    r"""Return the built metadata among *files*, the bytes of each by path: PKG-INFO or METADATA.

    >>> found = find_evidence({"PKG-INFO": b"Name: a\n", "a.egg-info/PKG-INFO": b"Name: b\n"})
    >>> found.path, found.said("name").value
    ('PKG-INFO', 'a')
    """
    known = sorted(
        (path for path in files if path == "PKG-INFO" or _BUILT(path)),
        key=lambda path: (path.count("/"), path),
    )
    if not known:
        return None
    found = Evidence(known[0], files[known[0]], {})
    own = canonicalize_name(next(iter(found.document["Name"]), "").strip())
    folders = [path.rpartition("/")[0] for path in known if path != "PKG-INFO"]
    if known[0] == "PKG-INFO":
        # That of an sdist has its neighbours in the folder of the same name.
        folders = [each for each in folders if canonicalize_name(_stem(each)) == own]
    beside = {
        path: files[path]
        for folder in folders[:1]
        for path in (f"{folder}/requires.txt", f"{folder}/entry_points.txt")
        if path in files
    }
    return Evidence(known[0], files[known[0]], beside)


# Deeper down they are those of other projects, as tests have them, or of an environment.
_BUILT: Final = re.compile(
    r"(?:[^/]+/)?[^/]+(?:\.egg-info/PKG-INFO|\.dist-info/METADATA)"
).fullmatch


def _stem(folder: str) -> str:
    """Return the name of the project that *folder* with built metadata is of.

    >>> _stem("src/snow_cap.egg-info"), _stem("snow_cap-1.0.dist-info")
    ('snow_cap', 'snow_cap')
    """
    return folder.rpartition("/")[2].rpartition(".")[0].partition("-")[0]


def _split(requirements: list[str]) -> tuple[list[str], dict[str, list[str]]]:
    """Return the requirements of the distribution itself, and those of each extra without its marker."""
    base: list[str] = []
    extras: dict[str, list[str]] = {}
    for number, text in enumerate(requirements):
        read = read_requirement(text)
        names = read.marker.extras if read.marker is not None and number < MOST_ASKED else ()
        if read.marker is None or not names:
            base.append(text)
            continue
        lead = text[: read.marker_start].rstrip().removesuffix(";").rstrip()
        for name in names:
            left = read.marker.restrict(extras=[name])
            said = "" if left.is_always() else str(left)
            extras.setdefault(name, []).append(with_marker(lead, said))
    return base, extras


def _requires_txt(text: str) -> tuple[list[str], dict[str, list[str]]]:
    """Return the same of a requires.txt, whose headers are ``[extra:marker]``."""
    base: list[str] = []
    extras: dict[str, list[str]] = {}
    extra = marker = ""
    for line in text.splitlines():
        plain = line.strip()
        if plain.startswith("[") and plain.endswith("]"):
            extra, _, marker = plain[1:-1].partition(":")
            if extra:
                extras.setdefault(extra, [])
        elif plain:
            said = with_marker(plain, marker)
            (extras[extra] if extra else base).append(said)
    return base, extras
