r"""The reader's names in the place of those of the real project.

Idea: a template is a real project, called ``snow-cap``, in which each form of each name is
spelled as nothing else is.  One expression with all of them, longest first, finds them in paths
and contents in one pass, so that no answer is replaced again, and each is written as the kind of
file needs it.

Worked example: in ``__init__.py`` of ``snow_cap``, the line ``import snow_cap`` becomes
``import my_pkg_9`` for the name ``My.Pkg-9``.

Cost: linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from packaging.utils import canonicalize_name

__all__ = ["Forms", "escaped", "forms", "replaced"]


@dataclass(frozen=True, slots=True)
class Forms:
    """A project's name in each form that files need.

    ``distribution`` is as it was typed, ``package`` what Python imports, ``constant`` what stands
    before environment variables, ``class_name`` and ``title`` are for code and for people.
    """

    distribution: str
    package: str
    constant: str
    class_name: str
    title: str


def forms(name: str) -> Forms:
    """Return the forms of *name*, the name of a project.

    >>> forms("My.Pkg-9")
    Forms(distribution='My.Pkg-9', package='my_pkg_9', constant='MY_PKG_9', class_name='MyPkg9', title='My Pkg 9')
    """
    package = canonicalize_name(name).replace("-", "_")
    words = [word[:1].upper() + word[1:] for word in re.split(r"[-_.]+", name)]
    return Forms(name, package, package.upper(), "".join(words), " ".join(words))


_QUOTED: Final = str.maketrans({"\\": "\\\\", '"': '\\"'})
_MARKDOWN: Final = re.compile(r"[\\`*_\[\]<>&|#~$]")
_IN_QUOTES: Final = frozenset({".cff", ".py", ".pyi", ".toml", ".yaml", ".yml"})


def escaped(text: str, suffix: str) -> str:
    r"""Return *text*, one line, as a file whose name ends with *suffix* has it.

    Files of Python, TOML and YAML have it between double quotes, Markdown in running text, and
    others as it is.

    >>> print(escaped('Zoe "Z" O\'Brien', ".toml"), escaped("a_b <c>", ".md"))
    Zoe \"Z\" O'Brien a\_b \<c\>
    """
    if suffix in _IN_QUOTES:
        return text.translate(_QUOTED)
    return _MARKDOWN.sub(r"\\\g<0>", text) if suffix == ".md" else text


def replaced(
    tree: Mapping[str, bytes], names: Mapping[str, str], texts: Mapping[str, str]
) -> dict[str, bytes]:
    r"""Return *tree* with *names* and *texts* in the place of what the real project says.

    Both say what becomes what.  A name goes into paths, too, and is written as it is; a text is
    escaped.  A file that is no UTF-8 stays as it is.

    >>> replaced({"a/snow_cap.md": b"Ada's snow_cap"}, {"snow_cap": "x"}, {"Ada": "*"})
    {'a/x.md': b"\\*'s x"}
    """
    tokens = sorted({**names, **texts}, key=len, reverse=True)
    # A version stands alone: 3.11 is no part of 3.11.7 or of 13.11.
    shapes = [
        rf"(?<![\w.]){re.escape(each)}(?!\w|\.\d)" if each[0].isdigit() else re.escape(each)
        for each in tokens
    ]
    find = re.compile("|".join(shapes))

    def write(text: str, suffix: str) -> str:
        written = {**names, **{each: escaped(to, suffix) for each, to in texts.items()}}
        return find.sub(lambda found: written[found[0]], text)

    result = {}
    for path, content in tree.items():
        suffix = PurePosixPath(path).suffix
        try:
            changed = write(content.decode("utf-8"), suffix).encode("utf-8")
        except UnicodeDecodeError:
            changed = content
        result[find.sub(lambda found: names.get(found[0], found[0]), path)] = changed
    return result
