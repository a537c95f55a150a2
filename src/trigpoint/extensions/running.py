"""Starting tools for builders: what they say goes into one log, and a failure is told once."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from trigpoint.extensions.protocol import ExtensionError
from trigpoint.findings import printable

__all__ = ["LOG_LINES", "LONGEST_LINE", "Runner", "ending", "words_of"]

LOG_LINES: Final = 25
"""Lines of a failed tool's output that an error shows."""

LONGEST_LINE: Final = 400
"""Letters of each of them."""


def ending(text: str) -> str:
    r"""Return the last :data:`LOG_LINES` lines of *text*, without what would drive a terminal.

    >>> ending("one\n\x1b[31mtwo").splitlines()
    ['one', '�[31mtwo']
    """
    lines = text.rstrip().splitlines()[-LOG_LINES:]
    return "\n".join(printable(line[:LONGEST_LINE]) for line in lines)


def words_of(variable: str, env: Mapping[str, str]) -> list[str]:
    """Return the words of the *variable* of *env*, as a shell splits them; none without one.

    Raises :exc:`ExtensionError` ``extension-bad-value`` where a quote is not closed.

    >>> words_of("CFLAGS", {"CFLAGS": "-O2 '-DX=a b'"})
    ['-O2', '-DX=a b']
    """
    text = env.get(variable, "")
    try:
        return shlex.split(text)
    except ValueError:
        message = f"{variable} is {text[:LONGEST_LINE]!r}, which a shell cannot split into words"
        fix = "close each quote, and write a backslash at the end twice"
        raise ExtensionError("extension-bad-value", message, fix=fix) from None


def _ended(status: int) -> str:
    """Return how a tool ended that returned *status*: below zero, the signal that ended it.

    >>> _ended(2), _ended(-9)
    ('ended with exit status 2', 'was ended by SIGKILL')
    """
    if status >= 0:
        return f"ended with exit status {status}"
    try:
        return f"was ended by {signal.Signals(-status).name}"
    except ValueError:
        return f"was ended by signal {-status}"


class Runner:
    """Runs tools for the extension *name* of the project in *root*; see ``protocol.Command``.

    *log* is the file that everything goes to, and *env* the environment of the tools.
    Several threads may use one.
    """

    def __init__(self, name: str, root: Path, log: Path, env: Mapping[str, str]) -> None:
        self._name = name
        self._root = root
        self._log = log
        self._env = env
        self._lock = threading.Lock()

    def note(self, text: str) -> None:
        """Append *text* to the log."""
        with self._lock, self._log.open("a", encoding="utf-8", errors="replace") as file:
            file.write(text if text.endswith("\n") or not text else f"{text}\n")

    def __call__(
        self,
        arguments: Sequence[str],
        *,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
    ) -> str:
        """Run *arguments* in *cwd* with *env*, as :class:`~trigpoint.extensions.protocol.Command` says."""
        shown = shlex.join(arguments)
        try:
            done = subprocess.run(
                list(arguments),
                cwd=cwd or self._root,
                env=dict(self._env if env is None else env),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
            )
        except OSError as problem:
            self.note(f"$ {shown}\n{problem}")
            if not (cwd or self._root).is_dir():
                raise
            raise self._not_started(arguments[0], env, problem) from None
        out = done.stdout.decode("utf-8", "replace")
        err = done.stderr.decode("utf-8", "replace")
        self.note(f"$ {shown}\n{out}{err}")
        if done.returncode:
            raise ExtensionError(
                "extension-build-failed",
                f"{Path(arguments[0]).name} {_ended(done.returncode)}",
                fix=f"read what it says; all of it is in {self._log}",
                extension=self._name,
                log=ending(f"{out}\n{err}" if out.strip() else err),
            )
        return out

    def _not_started(
        self, program: str, env: Mapping[str, str] | None, problem: OSError
    ) -> ExtensionError:
        """Return the error of a *program* that the system did not start because of *problem*."""
        if not isinstance(problem, FileNotFoundError | PermissionError | NotADirectoryError):
            return ExtensionError(
                "extension-build-failed",
                f"{Path(program).name} cannot be started ({problem.strerror})",
                fix=f"look whether {program} is a program of this system",
                extension=self._name,
            )
        path = (self._env if env is None else env).get("PATH", os.defpath)
        return ExtensionError(
            "extension-tool-missing",
            f"there is no program {program}",
            fix=f"install {Path(program).name}, or add its folder to PATH ({path[:LONGEST_LINE]})",
            extension=self._name,
        )
