"""What the composer lab is asked, and what it answers with: plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from trigpoint.findings import Finding
from trigpoint.projects.templates import Answers

__all__ = [
    "VIEWS",
    "AtRow",
    "ComposerRequest",
    "ComposerResponse",
    "FileRow",
    "MatrixRow",
    "OtherRow",
]

VIEWS: Final = ("files", "backend")
"""What a result shows: the files of the project, or which backend fits."""

_DEFAULT: Final = Answers()


@dataclass(frozen=True, slots=True)
class ComposerRequest:
    """What a reader chooses.

    ``text`` is the name of the project, ``template`` that of a template; the answers are those
    of :class:`~trigpoint.projects.templates.Answers`.  ``path`` is the file that is shown, by
    the name that it has in the template.  With ``own``, the guides of the site show the
    reader's names.

    ``view`` is one of :data:`VIEWS`; ``language`` and ``wishes`` answer the questions of
    :func:`~trigpoint.projects.templates.choose`.
    """

    text: str = ""
    template: str = "hatchling"
    author: str = _DEFAULT.author
    email: str = _DEFAULT.email
    account: str = _DEFAULT.account
    description: str = _DEFAULT.description
    license: str = _DEFAULT.license
    python: str = _DEFAULT.python
    layout: str = ""
    docs: str = ""
    ci: str = ""
    versioning: str = ""
    path: str = "pyproject.toml"
    own: bool = True
    view: str = "files"
    language: str = ""
    wishes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file: its ``path``, its name in the template, ``key``, what it is for, and its bytes."""

    path: str
    key: str
    purpose: str
    size: int


@dataclass(frozen=True, slots=True)
class AtRow:
    """What is wrong with the answer ``field``, in ``words``.

    ``instead`` is an answer that is right, None where only the reader knows one.
    """

    field: str
    words: str
    instead: str | None


@dataclass(frozen=True, slots=True)
class OtherRow:
    """A template that fits as well, and its ``title``."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """What was recorded of a backend.

    ``version`` is the newest that ran, empty if none was.  ``metadata`` is what it wrote with an
    SPDX license; of the others, each is the first version that has it, or in words why none has.
    """

    project: str
    version: str
    date: str
    metadata: str
    license_expression: str
    license_files: str
    extras: str
    import_names: str
    dynamic_version: str


@dataclass(frozen=True, slots=True)
class ComposerResponse:
    """A new project, or why there is none.

    ``empty`` says that it has no name yet.  ``project`` is its name, ``folder`` the one in which
    the files are; ``path`` is the file that is shown, with its ``content`` and ``purpose``, and
    ``archive`` the whole as a zip in base64.  ``own`` holds what guides show in the place of the
    template's names, and is None where they are to show those.

    ``fits`` is the template that the answers to the questions lead to, with its ``reasons`` and
    ``others`` that fit as well; ``matrix`` is empty unless that is what was asked for.
    """

    findings: tuple[Finding, ...]
    empty: bool
    view: str
    project: str
    template: str
    title: str
    about: str
    verified: str
    tools: str
    folder: str
    files: tuple[FileRow, ...]
    path: str
    content: str
    purpose: str
    archive: str
    own: dict[str, str] | None
    at: tuple[AtRow, ...]
    fits: OtherRow
    reasons: tuple[str, ...]
    others: tuple[OtherRow, ...]
    matrix: tuple[MatrixRow, ...]
