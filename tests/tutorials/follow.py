r"""Follow a tutorial as a reader does: write its files, type its commands, compare what is printed.

All tutorials are followed, and pages elsewhere whose front matter has ``followed: true``.  Of a page in Markdown these steps are taken, in order:

* a block of the language ``console`` is typed: each line after ``$ `` is a command (``> `` goes on
  with it), and the lines below it are what it prints; a line ``...`` stands for any lines, and
  ``...`` within one for anything;
* ``project-file`` writes the file at its path: the whole of it from the first of its templates,
  or the part that is shown; ``:write: PATH`` writes it elsewhere, and ``:write: no`` only shows it;
* ``literalinclude`` with ``:caption: PATH`` writes that file there.

A server that a page starts on this machine, ``--port N ... &``, gets a free port instead of N, and so
does every address of it; a page says that it takes a moment to begin, and here it is waited for.

All of a page happens in one shell, so that what is changed into or activated stays.  A command that
fails ends the page, unless the page shows how: the last line is ``(exit status N)`` then.
"""

from __future__ import annotations

import re
import shlex
import socket
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from tests.tutorials.shown import file_of

__all__ = [
    "PAGES",
    "Command",
    "File",
    "Outcome",
    "follow",
    "matches",
    "on_free_ports",
    "steps",
]

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted(
    page
    for page in DOCS.glob("**/*.md")
    if page.parent.name == "tutorials"
    or re.match(r"---\n(?:.*\n)*?followed: true\n", page.read_text("utf-8"))
)
"""The pages that are followed: all tutorials, and those that say ``followed: true`` at their top."""


MARK = "--- step"
FENCE = re.compile(
    r"^(?P<ticks>`{3,})(?P<head>[^\n`]*)\n(?P<body>.*?)^(?P=ticks)[ \t]*$", re.MULTILINE | re.DOTALL
)
PORT = re.compile(r"(?<=--port )\d+(?=\s)|(?<=127\.0\.0\.1:)\d+")
SERVES = re.compile(r"--port (\d+)\s.*&\Z", re.DOTALL)
STATUS = re.compile(r"\(exit status (\d+)\)")


@dataclass(frozen=True)
class Command:
    """What is typed at *line* of the page, what it prints there, and how it ends."""

    line: int
    text: str
    prints: str
    status: int = 0


@dataclass(frozen=True)
class File:
    """What is written at *line* of the page."""

    line: int
    path: str
    content: str


@dataclass(frozen=True)
class Outcome:
    """What a command printed, and its exit status."""

    command: Command
    printed: str
    status: int

    @property
    def right(self) -> bool:
        """Whether that is what the page shows."""
        return self.status == self.command.status and matches(self.command.prints, self.printed)


def _commands(body: str, line: int) -> Iterator[Command]:
    text, prints, at = "", [""], line
    for number, row in enumerate([*body.splitlines(), "$ "], line):
        if row.startswith("$ "):
            if text:
                *shown, last = prints[1:] or [""]
                ended = STATUS.fullmatch(last)
                if not ended:
                    shown.append(last)
                yield Command(at, text, "\n".join(shown), int(ended[1]) if ended else 0)
            text, prints, at = row[2:], [""], number
        elif row.startswith("> ") and prints == [""]:
            text += f"\n{row[2:]}"
        else:
            prints.append(row)


def steps(page: Path) -> list[Command | File]:
    """Return what *page* asks its reader to do, in order."""
    text = page.read_text("utf-8")
    found: list[Command | File] = []
    for fence in FENCE.finditer(text):
        line = text.count("\n", 0, fence.start()) + 1
        language, _, argument = fence["head"].strip().partition(" ")
        if language == "console":
            found += _commands(fence["body"], line + 1)
        elif language.startswith("{"):
            options = dict(re.findall(r"(?m)^:([\w-]+):[ ]*(.*)$", fence["body"]))
            if file := file_of(language.strip("{}"), argument.strip(), options, page.parent):
                found.append(File(line, *file))
    return found


def on_free_ports(todo: Sequence[Command | File]) -> list[Command | File]:
    """Return the steps *todo* with each port of this machine that they name replaced by a free one.

    Two sessions on one machine, and whatever listens there already, are not in each other's way.
    """
    commands = [step for step in todo if isinstance(step, Command)]
    named = {port for step in commands for port in PORT.findall(step.text)}
    with ExitStack() as held:
        # All are held at once, so that none is given twice.
        sockets = {port: held.enter_context(socket.socket()) for port in sorted(named)}
        for each in sockets.values():
            each.bind(("127.0.0.1", 0))
        free = {port: str(each.getsockname()[1]) for port, each in sockets.items()}

    def moved(text: str) -> str:
        return PORT.sub(lambda found: free.get(found[0], found[0]), text)

    return [
        replace(step, text=moved(step.text), prints=moved(step.prints))
        if isinstance(step, Command)
        else step
        for step in todo
    ]


def _served(command: str) -> str:
    """Return what waits until the server that *command* leaves running answers, or has ended."""
    if not (found := SERVES.search(command)):
        return ""
    answers = f"(exec 3<>/dev/tcp/127.0.0.1/{found[1]}) 2>/dev/null"
    return f"until {answers} || ! kill -0 $! 2>/dev/null; do sleep 0.1; done\n"


def matches(shown: str, printed: str) -> bool:
    r"""Say whether *printed* is what *shown* shows; blanks at the ends of lines do not count.

    >>> matches("a\n...\nz", "a\nb\nc\nz\n"), matches("a ... c", "a b c"), matches("a", "b")
    (True, True, False)
    """
    pattern = ""
    for line in shown.strip("\n").splitlines():
        if line.strip() == "...":
            pattern += r"(?:.*\n)*?"
        else:
            pattern += ".*".join(map(re.escape, line.rstrip().split("..."))) + r"[ \t]*\n"
    return (
        re.fullmatch(pattern, "".join(f"{line}\n" for line in printed.strip("\n").splitlines()))
        is not None
    )


def follow(
    page: Path, folder: Path, env: Mapping[str, str], *, limit: float = 1800
) -> Sequence[Outcome]:
    """Do what *page* says in *folder* with the environment *env*; stop where it goes wrong.

    *limit* is for the whole page, in seconds; it keeps a shell that waits from waiting for ever.
    """
    todo = on_free_ports(steps(page))
    staged = folder / "staged"
    staged.mkdir()
    work = folder / "work"
    work.mkdir()
    # What a page leaves running, such as a server, ends with it, wherever the page ends.
    script = ["exec 2>&1", "trap 'kill $(jobs -p) 2>/dev/null' EXIT"]
    for number, step in enumerate(todo):
        if isinstance(step, File):
            (staged / str(number)).write_text(step.content, "utf-8")
            to = shlex.quote(step.path)
            script.append(
                f'mkdir -p "$(dirname {to})" && cp {shlex.quote(str(staged / str(number)))} {to}'
            )
            continue
        script += [
            f"printf '\\n{MARK} {number}\\n'",
            f"{step.text}\n__status=$?\n{_served(step.text)}",
            f"printf '\\n{MARK} {number} %s\\n' \"$__status\"",
            f'[ "$__status" -eq {step.status} ] || exit 0',
        ]
    (folder / "script.sh").write_text("\n".join(script) + "\n", "utf-8")
    ran = subprocess.run(
        ["bash", str(folder / "script.sh")],
        cwd=work,
        env=dict(env),
        capture_output=True,
        text=True,
        timeout=limit,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    outcomes = []
    for number, step in enumerate(todo):
        if isinstance(step, File):
            continue
        between = re.search(
            rf"^{MARK} {number}\n(.*?)\n?^{MARK} {number} (\d+)$",
            ran.stdout,
            re.DOTALL | re.MULTILINE,
        )
        if between is None:
            outcomes.append(Outcome(step, ran.stdout[-2000:] + ran.stderr[-2000:], -1))
            break
        outcomes.append(Outcome(step, between[1], int(between[2])))
    return outcomes
