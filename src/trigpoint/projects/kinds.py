"""What a file is: by its name if that says it, else by how its text begins.

Idea: each kind has names that people and tools give it.  A text without a name, such as
standard input, shows what it is in its first line that is neither blank nor a comment:
TOML has a table or a key there, metadata a field, and everything else is requirements.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["ARCHIVES", "PROGRAMS", "first_line", "kind_of_name", "kind_of_text"]

_KINDS: Final = (
    ("pyproject", re.compile(r"pyproject\.toml")),
    ("metadata", re.compile(r"(?:.*\.)?(?:METADATA|PKG-INFO)|.*\.metadata")),
    ("constraints", re.compile(r"(?:constraints?(?:[-_.].*)?|.*[-_.]constraints?)\.(?:txt|in)")),
    ("requirements", re.compile(r"(?:requirements?(?:[-_.].*)?|.*[-_.]requirements?)\.(?:txt|in)")),
)

_LISTS: Final = re.compile(r"(?:.*/)?(?:constraints|requirements)/[^/]+\.(?:txt|in)")

# How a path ends for which any of these holds: most paths end otherwise.
_ENDINGS: Final = ("pyproject.toml", "METADATA", "PKG-INFO", ".metadata", ".txt", ".in")

ARCHIVES: Final = (".whl", ".tar.gz", ".tgz", ".zip", ".tar.bz2", ".tar.xz", ".tar")
"""How the names of wheels and sdists end."""

PROGRAMS: Final = {
    "setup.py": "a program, which only running it reads",
    "setup.cfg": "the form of setuptools",
    "Pipfile": "the form of pipenv",
    "Pipfile.lock": "a lock file",
    "environment.yml": "the form of conda",
    "environment.yaml": "the form of conda",
    "meta.yaml": "the form of conda",
    "pdm.lock": "a lock file",
    "poetry.lock": "a lock file",
    "pylock.toml": "a lock file",
    "tox.ini": "the form of tox",
    "uv.lock": "a lock file",
}
"""Files that say something about a project and are not read, each with the reason."""

_TOML: Final = re.compile(r"\[|[\w.\"'-]+[ \t]*=[ \t]*[\"'\[{]").match
_FIELD: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]*:(?:[ \t]|$)").match


def kind_of_name(path: str) -> str:
    """Return the kind of text that a file at *path* (parts joined by ``/``) holds, or nothing.

    >>> kind_of_name("docs/requirements-dev.txt"), kind_of_name("constraints/newest.txt")
    ('requirements', 'requirements')
    >>> kind_of_name("README.md")
    ''
    """
    if not path.endswith(_ENDINGS):
        return ""
    name = path.rpartition("/")[2]
    for kind, pattern in _KINDS:
        if pattern.fullmatch(name):
            return kind
    return "requirements" if _LISTS.fullmatch(path) else ""


def first_line(text: str) -> str:
    r"""Return the first line of *text* that is neither blank nor a comment, without blanks around it.

    A byte order mark is no part of it.

    >>> first_line("\ufeff # why\n\n  [project]")
    '[project]'
    """
    lines = (line.removeprefix("\ufeff").strip() for line in text.splitlines())
    return next((line for line in lines if line and not line.startswith("#")), "")


def kind_of_text(text: str) -> str:
    r"""Return the kind of *text*, or nothing if there are only blanks and comments in it.

    >>> [kind_of_text(text) for text in ("# a\n[project]", "Name: spam", "spam==1", "# a")]
    ['pyproject', 'metadata', 'requirements', '']
    """
    plain = first_line(text)
    if not plain or _TOML(plain):
        return "pyproject" if plain else ""
    return "metadata" if _FIELD(plain) else "requirements"
