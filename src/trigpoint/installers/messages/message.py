"""What is known about one message: its shapes, the rule behind it, and the cure."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Message", "Sourced", "on_github"]


@dataclass(frozen=True, slots=True)
class Sourced:
    """Where a message is public that was not recorded here.

    ``url`` is the page or the source file, ``date`` the ISO date on which it was read.
    """

    url: str
    date: str


def on_github(path: str, date: str) -> Sourced:
    """Return where a thread or a file on GitHub is, at *path*, read on *date*, an ISO date.

    >>> on_github("pypa/pip/issues/8200", "2026-11-26").url
    'https://github.com/pypa/pip/issues/8200'
    """
    return Sourced(f"https://github.com/{path}", date)


@dataclass(frozen=True, slots=True)
class Message:
    """One message of one or several tools.

    ``key`` names it in addresses, ``title`` is the message with ``...`` for what
    differs.  ``shapes`` say how it is written (see the
    module of that name).
    ``rule`` says in a sentence what is broken and ``source`` where that stands;
    ``why`` is the likely cause, ``cure`` what to do.  ``codes`` are the findings that
    say the same of a file, ``guides`` pages that go on.  ``bad`` and ``good`` are a
    text that has the first of ``codes`` and one that has it not.  ``follows`` is for
    messages that only report that something else failed.  ``sourced`` is set where no
    run was recorded.
    """

    key: str
    title: str
    shapes: tuple[str, ...]
    rule: str
    source: str
    why: str
    cure: str
    codes: tuple[str, ...] = ()
    guides: tuple[str, ...] = ()
    bad: str = ""
    good: str = ""
    follows: bool = False
    sourced: Sourced | None = None
