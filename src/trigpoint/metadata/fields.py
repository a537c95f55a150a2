"""The fields of core metadata, as data.

One :class:`Field` per name: what it means, since when, in which form, what it is
called in JSON and in ``[project]``, and what becomes of it in the 3.0 model.

Source: Core metadata specifications; PEP 241, 314, 345, 566, 643, 685, 639, 753,
794, 808; drafts PEP 725, 771, 777 and 819 where a field says so.
"""

from __future__ import annotations

import difflib
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from trigpoint import versions
from trigpoint.findings import TrigpointError

__all__ = [
    "FIELDS",
    "LATEST",
    "NEXT_MAJOR",
    "VERSIONS",
    "Field",
    "UnknownFieldError",
    "explain",
    "find",
    "number",
    "suggest",
]

VERSIONS = ("1.0", "1.1", "1.2", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6")
"""Every version of core metadata that was approved, oldest first.  There is no 2.0."""

LATEST = VERSIONS[-1]
"""The newest approved version."""

NEXT_MAJOR = "3.0"
"""The model of a next major version: the summit's proposal of 2022 and PEP 771, no standard."""

_SPECIFICATION = "https://packaging.python.org/en/latest/specifications/core-metadata/"


class UnknownFieldError(TrigpointError, LookupError):
    """The name is no field of core metadata; the message offers close ones."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of core metadata.

    ``since`` and ``deprecated`` are metadata versions, such as ``"1.2"``; an
    empty ``since`` marks a proposal and ``proposal`` names its PEP.  ``required``
    lists the versions that do not call the field optional.  ``changed`` pairs a
    version with what it changed.  ``multiple`` says whether the field may occur
    more than once, ``lines`` whether its value may have several lines,
    ``dynamic`` whether ``Dynamic`` may name it.  ``packaging`` is the attribute
    of ``packaging.metadata.Metadata``, ``next_major`` what the 3.0 model does.
    """

    name: str
    since: str
    meaning: str
    format: str
    json_key: str
    project_key: str = ""
    packaging: str = ""
    multiple: bool = False
    lines: bool = False
    dynamic: bool = True
    deprecated: str = ""
    required: tuple[str, ...] = ()
    changed: tuple[tuple[str, str], ...] = ()
    next_major: str = "kept"
    proposal: str = ""

    @property
    def source(self) -> str:
        """Address of the text that defines the field."""
        if self.proposal:
            return f"https://peps.python.org/pep-{self.proposal.removeprefix('PEP ').zfill(4)}/"
        return f"{_SPECIFICATION}#core-metadata-{self.name.lower()}"

    def status(self, version: str) -> str:
        """Say what the field is in *version*: absent, optional, required or deprecated.

        >>> [find("Home-page").status(version) for version in ("1.1", "2.6")]
        ['optional', 'deprecated']
        """
        if not self.since or number(version) < number(self.since):
            return "absent"
        if self.deprecated and number(version) >= number(self.deprecated):
            return "deprecated"
        return "required" if version in self.required else "optional"

    def to_json(self) -> dict[str, Any]:
        """Return everything known about the field, JSON-ready."""
        data: dict[str, Any] = {name: getattr(self, name) for name in self.__slots__}
        data["required"] = list(self.required)
        data["changed"] = [list(change) for change in self.changed]
        data["source"] = self.source
        data["versions"] = {version: self.status(version) for version in VERSIONS}
        return data

    def __str__(self) -> str:
        origin = f"since {self.since}" if self.since else f"proposed ({self.proposal})"
        if self.deprecated:
            origin += f", deprecated since {self.deprecated}"
        rows = [
            f"{self.name}: {origin}{', may be repeated' if self.multiple else ''}",
            f"  {self.meaning}",
            f"  format: {self.format}",
            *(f"  changed in {version}: {what}" for version, what in self.changed),
            f"  JSON key: {self.json_key}",
            f"  [project] key: {self.project_key or 'none'}",
            f"  in the 3.0 model: {self.next_major}",
            f"  source: {self.source}",
        ]
        return "\n".join(rows)


LONGEST_VERSION = 20
"""Characters of a metadata version."""


def number(version: str) -> tuple[int, int]:
    """Return *version* as two numbers; raises :exc:`ValueError` if it is not ``N.N``.

    >>> number("2.6")
    (2, 6)
    """
    known = _NUMBERS.get(version)
    return _read(version) if known is None else known


@functools.lru_cache(maxsize=256)
def _read(version: str) -> tuple[int, int]:
    """Read *version*, as :func:`number` does."""
    major, dot, minor = version.partition(".")
    if not (dot and major.isdecimal() and minor.isdecimal() and version.isascii()):
        msg = f"{version!r} is not a metadata version"
        raise ValueError(msg)
    if len(version) > LONGEST_VERSION:
        msg = "a metadata version has few digits"
        raise ValueError(msg)
    return versions.number(major), versions.number(minor)


# What nearly all documents say, and is asked for again and again.
_NUMBERS = {version: _read(version) for version in (*VERSIONS, NEXT_MAJOR)}
_OLD = ("1.0", "1.1")
_ALL = VERSIONS
_REQUIREMENT = "a dependency specifier: name, [extras], version specifier or @ URL, ; marker"
_DIST = "a project name, a version specifier (parentheses allowed), ; marker"
_MODULES = "an import name, optionally with versions in parentheses"
_PEOPLE = "addresses as in an email From line, separated by commas: Name <user@host>"
_URL_GONE = "removed; becomes Project-URL: {}"

_TABLE = (
    Field("Metadata-Version", "1.0", "Version of the metadata format that the document follows.",
          "major.minor", "metadata_version", packaging="metadata_version", dynamic=False,
          required=_ALL, next_major="kept, with the value 3.0"),
    Field("Name", "1.0", "Name of the distribution.",
          "ASCII letters, digits, and . - _ between them", "name", "name", "name",
          dynamic=False, required=_ALL, changed=(("2.1", "the form of the name is restricted"),)),
    Field("Version", "1.0", "Version of the distribution.", "a version of PEP 440",
          "version", "version", "version", dynamic=False, required=_ALL,
          changed=(("1.2", "versions follow PEP 440 in place of distutils"),)),
    Field("Dynamic", "2.2",
          "Another field whose value may differ between the sdist and wheels built from it.",
          "name of another field, never Name, Version or Metadata-Version", "dynamic", "dynamic",
          "dynamic", multiple=True,
          changed=(("2.6", "a repeatable field that also has values can only grow"),)),
    Field("Platform", "1.0", "An operating system that no classifier describes.", "free text",
          "platform", packaging="platforms", multiple=True, required=_OLD,
          changed=(("1.2", "one platform per field in place of a comma list"),),
          next_major="kept or dropped, as you choose; no installer reads it"),
    Field("Supported-Platform", "1.1", "System and processor that a binary was built for.",
          "free text", "supported_platform", packaging="supported_platforms", multiple=True,
          next_major="kept or dropped, as you choose; no installer reads it"),
    Field("Summary", "1.0", "One line on what the distribution does.", "one line of text",
          "summary", "description", "summary", required=("1.0", "1.1", "1.2")),
    Field("Description", "1.0", "The long description, usually the README.",
          "text as the message body, or folded in the header; not both",
          "description", "readme", "description", lines=True,
          changed=(("1.2", "folded lines start with 7 blanks and |"),
                   ("2.1", "may be the message body")),
          next_major="message body only"),
    Field("Description-Content-Type", "2.1", "Markup of the description.",
          "text/plain, text/x-rst or text/markdown; charset=UTF-8; variant=GFM or CommonMark",
          "description_content_type", "readme.content-type", "description_content_type"),
    Field("Keywords", "1.0", "Words that help to find the project.", "words separated by commas",
          "keywords", "keywords", "keywords",
          changed=(("2.1", "separated by commas; older text said blanks"),),
          next_major="kept, empty items dropped"),
    Field("Home-page", "1.0", "Address of the project's home page.", "URL",
          "home_page", "urls.Homepage", "home_page", deprecated="1.2",
          next_major=_URL_GONE.format("Homepage")),
    Field("Download-URL", "1.1", "Address that this version can be downloaded from.", "URL",
          "download_url", "urls.Download", "download_url", deprecated="1.2",
          required=("1.1",), next_major=_URL_GONE.format("Download")),
    Field("Author", "1.0", "Name of the author, perhaps with contact details.", "free text",
          "author", "authors[].name", "author", next_major="one person per field, Name <address>"),
    Field("Author-email", "1.0", "Address of the author, or of several.", _PEOPLE,
          "author_email", "authors[]", "author_email", required=_OLD,
          next_major="removed; joined with Author"),
    Field("Maintainer", "1.2", "Name of the maintainer, where that is not the author.",
          "free text", "maintainer", "maintainers[].name", "maintainer",
          next_major="one person per field, Name <address>"),
    Field("Maintainer-email", "1.2", "Address of the maintainer, or of several.", _PEOPLE,
          "maintainer_email", "maintainers[]", "maintainer_email",
          next_major="removed; joined with Maintainer"),
    Field("License", "1.0", "The license in free text, for what no classifier says.",
          "free text", "license", "license.text", "license", lines=True, deprecated="2.4",
          required=_OLD, next_major="removed; an SPDX expression is offered, never filled in"),
    Field("License-Expression", "2.4", "The license as an SPDX expression.",
          "SPDX license expression; LicenseRef- names are allowed",
          "license_expression", "license", "license_expression"),
    Field("License-File", "2.4", "Path of a license file inside the distribution.",
          "relative path with /, without .. and without patterns",
          "license_file", "license-files", "license_files", multiple=True),
    Field("Classifier", "1.1", "One entry of the list of Trove classifiers.",
          "levels joined with ' :: '", "classifier", "classifiers", "classifiers",
          multiple=True, required=("1.1",),
          changed=(("1.2", "may end with a marker"), ("2.4", "License :: entries are deprecated")),
          next_major="kept; License :: entries go where a License-Expression stands"),
    Field("Requires-Dist", "1.2", "A project that this one needs.", _REQUIREMENT,
          "requires_dist", "dependencies, optional-dependencies", "requires_dist", multiple=True,
          changed=(("2.1", "PEP 508: extras, URLs, parentheses optional"),),
          next_major="kept; markers test the set extras in place of extra"),
    Field("Requires-Python", "1.2", "The Python versions that the distribution works with.",
          "a version specifier, without marker", "requires_python", "requires-python",
          "requires_python"),
    Field("Requires-External", "1.2", "Something outside Python that the project needs.",
          "free text, optionally a version in parentheses, ; marker",
          "requires_external", packaging="requires_external", multiple=True,
          changed=(("2.1", "parentheses optional"),),
          next_major="kept or dropped, as you choose; no installer reads it"),
    Field("Project-URL", "1.2", "A labelled address of the project.",
          "label (at most 32 characters), comma, URL",
          "project_url", "urls", "project_urls", multiple=True),
    Field("Provides-Extra", "2.1", "Name of an optional feature that has dependencies of its own.",
          "lower-case letters and digits, with single hyphens between them",
          "provides_extra", "optional-dependencies", "provides_extra", multiple=True,
          changed=(("2.3", "only normalised names; names that clash are an error"),)),
    Field("Import-Name", "2.5", "An import name that this project alone provides.",
          "dotted identifiers, optionally '; private'; empty: nothing can be imported",
          "import_name", "import-names", "import_names", multiple=True),
    Field("Import-Namespace", "2.5", "An import name that the project shares with others.",
          "dotted identifiers, optionally '; private'",
          "import_namespace", "import-namespaces", "import_namespaces", multiple=True),
    Field("Provides-Dist", "1.2", "A project that this distribution contains or stands in for.",
          _DIST, "provides_dist", packaging="provides_dist", multiple=True,
          changed=(("2.1", "parentheses optional"),),
          next_major="kept or dropped, as you choose; no installer reads it"),
    Field("Obsoletes-Dist", "1.2", "A project that this distribution replaces.", _DIST,
          "obsoletes_dist", packaging="obsoletes_dist", multiple=True,
          changed=(("2.1", "parentheses optional"),),
          next_major="kept or dropped, as you choose; no installer reads it"),
    Field("Requires", "1.1", "A module that this one needs.", _MODULES, "requires",
          packaging="requires", multiple=True, deprecated="1.2",
          next_major="removed; module names are no project names"),
    Field("Provides", "1.1", "A module that this distribution provides.", _MODULES, "provides",
          packaging="provides", multiple=True, deprecated="1.2",
          next_major="removed; Import-Name says it"),
    Field("Obsoletes", "1.1", "A module that this distribution replaces.", _MODULES, "obsoletes",
          packaging="obsoletes", multiple=True, deprecated="1.2", next_major="removed"),
    Field("Default-Extra", "", "An extra that is taken when a request names none.",
          "name of an extra that Provides-Extra lists", "default_extra",
          "default-optional-dependency-keys", multiple=True, next_major="added",
          proposal="PEP 771"),
    Field("Wheel-Version", "", "Version of the wheel format, repeated in the metadata.",
          "major.minor", "wheel_version", dynamic=False, next_major="optional",
          proposal="PEP 777"),
    Field("Requires-External-Dep", "", "A dependency outside Python, as a dep: URL.",
          "dep: URL, ; marker", "requires_external_dep", "external", multiple=True,
          next_major="optional", proposal="PEP 725"),
    Field("Provides-External-Extra", "", "Name of an extra that has external dependencies.",
          "as Provides-Extra", "provides_external_extra", "external", multiple=True,
          next_major="optional", proposal="PEP 725"),
)  # fmt: skip

FIELDS: Mapping[str, Field] = MappingProxyType({field.name: field for field in _TABLE})
"""Every field by its name, in the order of canonical documents; proposals last."""

BY_LOWER: Mapping[str, Field] = MappingProxyType(
    {name.lower(): field for name, field in FIELDS.items()}
)
"""Every field by its name in lower case, as readers compare them."""

REMOVED = frozenset(field.name for field in _TABLE if field.next_major.startswith("removed"))
"""Names that the 3.0 model no longer has."""


LONGEST_MEANT = 60
"""Characters of a name that is compared with those of fields."""


# Keys of [project] whose values are those of one field.
_BY_KEY: Mapping[str, str] = {
    "classifiers": "Classifier",
    "dependencies": "Requires-Dist",
    "import-names": "Import-Name",
    "import-namespaces": "Import-Namespace",
    "license-files": "License-File",
    "readme": "Description",
    "urls": "Project-URL",
}


def suggest(name: str) -> str | None:
    """Return the field that *name* was probably meant to be, if one is close.

    >>> suggest("Requires-Dists")
    'Requires-Dist'
    """
    if len(name) > LONGEST_MEANT:
        return None
    plain = name.lower().replace("_", "-")
    if plain in BY_LOWER:
        return BY_LOWER[plain].name
    if plain in _BY_KEY:
        return _BY_KEY[plain]
    close = difflib.get_close_matches(plain, BY_LOWER, n=1, cutoff=0.8)
    return BY_LOWER[close[0]].name if close else None


def find(name: str) -> Field:
    """Return the field *name*; case does not matter.  Raises :exc:`UnknownFieldError`."""
    field = BY_LOWER.get(name.lower())
    if field is None:
        meant = suggest(name)
        msg = f"{name!r} is not a field of core metadata"
        raise UnknownFieldError(f"{msg}; did you mean {meant}?" if meant else msg)
    return field


def explain(name: str) -> Field:
    """Say what the field *name* means, since when, in which form, and what it is elsewhere.

    ``str()`` of the answer is for reading, its ``to_json()`` for programs.
    Raises :exc:`UnknownFieldError`, which offers a close name.

    >>> explain("license").deprecated
    '2.4'
    >>> print(str(explain("Home-page")).splitlines()[0])
    Home-page: since 1.0, deprecated since 1.2
    """
    return find(name)
