"""What shell lines name: extras, groups, files and sessions of this project.

Idea: a line is cut into words as a shell does, without carrying anything out.  Only commands
whose meaning is known are read, and a word with a variable, a pattern or a folder that is not
this one in it says nothing.

Cost: linear in the text.

Source: pip, uv and nox, their command lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from packaging.utils import canonicalize_name

__all__ = ["Built", "Named", "Word", "builds", "in_arguments", "in_commands", "moves", "words_of"]

_WORD: Final = re.compile(
    r"""(?P<end>\n|&&|\|\||[;|&])|(?P<word>(?:\\\n|\\.|'[^'\n]*'|"[^"\n]*"|[^\s;&|'"\\])+)""",
    re.DOTALL,
)
_CONTINUED: Final = re.compile(r"[\\^`][ \t]*\n")
_OPEN: Final = re.compile(r"[$`{}*?<>()\0\\!%]").search
_TARGET: Final = re.compile(
    r"(?P<what>[^\[\]<>=~;@]*)\[(?P<extras>[^\[\]]*)\]\s*(?=$|[<>=!~;@(])"
).match
_HERE: Final = frozenset({".", "./"})
_ITEM: Final = re.compile(r"[^\s,]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a command, without its quotes, and where it is in the text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a command: of what ``kind``, ``text``, and where it is in the command's text."""

    kind: str
    text: str
    start: int
    end: int


def words_of(text: str) -> Iterator[list[Word]]:
    r"""Yield the words of each command of *text*.

    >>> [[word.text for word in command] for command in words_of("a 'b c' &&\n d")]
    [['a', 'b c'], ['d']]
    """
    # Continued lines keep their length, so that places stay those of the text.
    text = _CONTINUED.sub(lambda match: " " * len(match[0]), text)
    command: list[Word] = []
    comment = False
    for match in _WORD.finditer(text):
        if match["end"]:
            comment = comment and match["end"] != "\n"
            if command and not comment:
                yield command
                command = []
            continue
        raw, start = match["word"], match.start()
        comment = comment or raw.startswith("#")
        if comment:
            continue
        if len(raw) > 1 and raw[0] == raw[-1] and raw[0] in "'\"" and raw[0] not in raw[1:-1]:
            command.append(Word(raw[1:-1], start + 1, match.end() - 1))
        else:
            command.append(Word(raw.replace('"', "").replace("'", ""), start, match.end()))
    if command:
        yield command


def moves(command: str) -> bool:
    """Say whether *command*, the first word of one, goes to another folder.

    >>> moves("cd"), moves("pip")
    (True, False)
    """
    return command in ("cd", "pushd")


def in_commands(text: str, project: str) -> Iterator[Named]:
    """Yield what the commands in *text* name of the project called *project*.

    >>> [(each.kind, each.text) for each in in_commands("pip install -e '.[test]' --group dev", "")]
    [('group', 'dev'), ('extra', 'test')]
    """
    for words in words_of(text):
        if moves(words[0].text):
            # From here on "." is another folder.
            return
        yield from in_arguments(words, project)


def in_arguments(words: Sequence[Word], project: str) -> Iterator[Named]:
    """Yield what a command of *words* names of the project called *project*."""
    names = [word.text.rpartition("/")[2].removesuffix(".exe") for word in words]
    for i, name in enumerate(names):
        rest, following = words[i + 1 :], names[i + 1 :]
        if name in ("pip", "pip3") and following[:1] == ["install"]:
            yield from _install(rest[1:], project)
            return
        if name == "uv" and following[:1] and following[0] in ("sync", "run", "export"):
            yield from _uv(rest[1:])
            return
        if name == "nox":
            yield from _nox(rest)
            return


def _option(words: Sequence[Word], *names: str) -> Iterator[tuple[int, Word]]:
    """Yield the value of each option called one of *names*, with its place among *words*."""
    for i, word in enumerate(words):
        if word.text in names and i + 1 < len(words):
            yield i + 1, words[i + 1]
        else:
            for name in names:
                long = name.startswith("--")
                lead = f"{name}=" if long else name
                if word.text.startswith(lead) and (long or word.text != name):
                    cut = len(word.text) - len(lead)
                    yield i, Word(word.text[len(lead) :], word.end - cut, word.end)


_ELSEWHERE: Final = ("--project", "--directory", "--package", "--script", "--no-project")


def _install(words: Sequence[Word], project: str) -> Iterator[Named]:
    for _, word in _option(words, "--group"):
        place, colon, name = word.text.rpartition(":")
        if not colon or place in ("pyproject.toml", "./pyproject.toml"):
            yield from _named("group", name, word.end - len(name))
    files = [
        *_option(words, "-r", "--requirement", "--requirements"),
        *_option(words, "-c", "--constraint"),
    ]
    for _, word in files:
        yield from _named("file", word.text, word.start)
    taken = {i for i, _ in files}
    for _, word in _option(words, "--extra"):
        yield from _named("extra", word.text, word.start)
    for i, word in _option(words, "-e", "--editable"):
        taken.add(i)
        yield from _extras(word, project)
    for i, word in enumerate(words):
        if i not in taken and not word.text.startswith("-"):
            yield from _extras(word, project)


def _extras(word: Word, project: str) -> Iterator[Named]:
    match = _TARGET(word.text)
    if match is None:
        return
    what = match["what"].rstrip()
    own = bool(project) and _name(what) == _name(project)
    if what not in _HERE and not what.endswith((".whl", ".whl)")) and not own:
        return
    for item in _ITEM.finditer(match["extras"]):
        yield from _named("extra", item[0], word.start + match.start("extras") + item.start())


def _name(text: str) -> str:
    return canonicalize_name(text)


def _uv(words: Sequence[Word]) -> Iterator[Named]:
    if any(word.text.partition("=")[0] in _ELSEWHERE for word in words):
        return
    own: list[Word] = []
    for word in words:
        # What uv runs has options of its own.
        if not word.text.startswith("-") and (not own or not own[-1].text.startswith("-")):
            break
        own.append(word)
    for _, word in _option(own, "--extra"):
        yield from _named("extra", word.text, word.start)
    for _, word in _option(own, "--group", "--only-group", "--no-group"):
        yield from _named("group", word.text, word.start)


_SESSIONS: Final = ("-s", "-e", "--session", "--sessions")


def _nox(words: Sequence[Word]) -> Iterator[Named]:
    if any(word.text.partition("=")[0] in ("-f", "--noxfile") for word in words):
        return
    naming = False
    for word in words:
        if word.text == "--":
            return
        if word.text in _SESSIONS:
            naming = True
        elif word.text.startswith("-"):
            naming = False
            lead = next(
                (f"{each}=" for each in _SESSIONS[2:] if word.text.startswith(f"{each}=")), ""
            )
            if lead:
                yield from _named("session", word.text[len(lead) :], word.start + len(lead))
        elif naming:
            yield from _named("session", word.text, word.start)


def _named(kind: str, text: str, start: int) -> Iterator[Named]:
    if text and not _OPEN(text):
        yield Named(kind, text, start, start + len(text))


# -- what is built ------------------------------------------------------------------------


Kind = Literal["sdist", "wheel", "install"]


class Built(NamedTuple):
    """What a command builds: an ``"sdist"`` and no more, a ``"wheel"``, or what it installs.

    ``here`` says whether it surely is the project in the current folder, and this machine compiles.
    """

    kind: Kind
    here: bool


_BUILDERS: Final = frozenset({"build", "pyproject-build", "cibuildwheel"})
_ONLY_SAYS: Final = frozenset({"--print-build-identifiers", "--help", "--version"})
"""Options of those with which they build nothing."""
_BUILD_COMMANDS: Final = frozenset({"uv", "hatch", "poetry", "pdm", "flit", "maturin"})
_THIS: Final = re.compile(r"\./?(?:\Z|\[)").match
_WAYS: Final = ("-t", "--target", "-f", "--format")
_VALUED: Final = frozenset(
    {
        *_WAYS,
        "--dest",
        "--installer",
        "--interpreter",
        "--out",
        "--out-dir",
        "--outdir",
        "--output",
        "--python",
        "-d",
        "-i",
        "-o",
    }
)
"""Options of those that build with a value behind them that is no folder of a project."""

_PYTHON: Final = re.compile(
    r"(?:.*[/\\])?(?:python|pypy|py)[0-9.]*w?(?:\.exe)?|\$.*python.*", re.IGNORECASE
).fullmatch
"""An interpreter, or a variable whose name says that it is one."""
_MODULE: Final = re.compile(r"-[bBdEIOPqsSuvx]*m").fullmatch
_PAIRED: Final = frozenset(
    {"-W", "-X", "-p", "--extra", "--group", "--python", "--with", "--with-requirements"}
)
"""Options of Python and of uv run with a value behind them."""


def _runs_module(words: Sequence[str], i: int) -> bool:
    """Say whether word *i* of *words* tells an interpreter to run the module behind it.

    Other programs have a -m that means something else, and what a module is given is its own.

    >>> _runs_module("sudo python -I -m build".split(), 3), _runs_module("pytest -m build".split(), 1)
    (True, False)
    """
    if not _MODULE(words[i]):
        return False
    before = i - 1
    while before > 0 and (words[before].startswith("-") or words[before - 1] in _PAIRED):
        before -= 1
    if before < 0:
        return False
    if words[before] == "run":
        return words[before - 1 : before] in (["uv"], ["coverage"])
    # An expression of a workflow is cut into words where it has blanks.
    end = before - (words[before] == "}}")
    return bool(_PYTHON(words[before])) or (end < before and "python" in words[end].lower())


def builds(words: Sequence[str]) -> Built | None:
    """Return what a command of *words*, each without its quotes, builds; None if that is nothing.

    >>> builds(["python", "-m", "build", "--sdist"]), builds(["bun", "run", "build"])
    (Built(kind='sdist', here=True), None)
    >>> builds(["pip", "install", "-e", ".[test]"]), builds(["uv", "build", "other"])
    (Built(kind='install', here=True), Built(kind='wheel', here=False))
    >>> builds(["pytest", "-m", "build"]) is None
    True
    """
    if not _ONLY_SAYS.isdisjoint(words):
        return None
    if words and words[0] in ("cibuildwheel", "pyproject-build"):
        return _built(words[0], words[1:])
    for i, (word, following) in enumerate(pairwise((*words, ""))):
        if word.rpartition("/")[2].removesuffix(".exe") in ("pip", "pip3"):
            # What it is given is no command, such as the projects hatch and build.
            installs = "install" in words[i + 1 :] and any(map(_THIS, words[i + 1 :]))
            return Built("install", here=True) if installs else None
        if following in _BUILDERS and (
            word == "uvx"
            or (word == "run" and "pipx" in words[max(0, i - 1) : i])
            or _runs_module(words, i)
        ):
            return _built(following, words[i + 2 :])
        if word in _BUILD_COMMANDS and following == "build":
            return _built(word, words[i + 2 :])
        if word.endswith("setup.py") and following in ("sdist", "bdist_wheel"):
            kind: Kind = "wheel" if "bdist_wheel" in words[i + 1 :] else "sdist"
            return Built(kind, here=word in ("setup.py", "./setup.py"))
    return None


def _built(tool: str, words: Sequence[str]) -> Built:
    """Return what *tool* builds when it is given *words*."""
    # On Linux cibuildwheel compiles in containers.
    here = tool != "cibuildwheel"
    ways = set()
    for before, word in pairwise(("", *words)):
        name, is_set, value = word.partition("=")
        if before in _WAYS or name in _WAYS:
            ways.add(value or word)
        elif word.startswith("-"):
            here = here and name not in (*_ELSEWHERE, "--all-packages")
            ways.add(word)
        elif before not in _VALUED and not is_set:
            here = here and word in _HERE
    # With maturin it is one more.
    only = tool != "maturin" and ways & {"-s", "--sdist", "sdist", "--no-wheel"}
    return Built("sdist" if only and not ways & {"-w", "--wheel", "wheel"} else "wheel", here)
