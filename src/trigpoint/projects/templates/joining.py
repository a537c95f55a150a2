r"""One file from those of several layers that have the same path.

Idea: a later layer's file takes the place of an earlier one's, except for the few kinds that
every layer adds to.  Each of these is a valid file in every layer, and they are joined as text,
so that comments and spelling stay.

* ``pyproject.toml`` is joined table by table: lines below a header that an earlier file has go
  to the end of that table, other tables come behind.  ``[[...]]`` is always a table of its own.
  Tables are then put in the order build-system, project, its sub-tables, dependency-groups,
  and tools, each tool's together.  A key that two layers give has no answer, so a layer says in
  the catalogue what it takes away (``without``) before its own lines come.
* ``noxfile.py``: what stands above the first session must be lines of the earlier file, too;
  the sessions are put behind its own.
* ``.gitignore``: lines that are not there yet are put behind.
* ``README.md``: one that begins with a section is put behind, in place of one with its heading;
  one with a title replaces.

Cost: linear in the text of the files.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from trigpoint.catalogue import report
from trigpoint.findings import Finding
from trigpoint.metadata.project.toml import positions

__all__ = ["JOINED", "join_lines", "join_nox", "join_readme", "join_toml", "without"]


@dataclass(slots=True)
class _Table:
    """A header with the comment above it, and the lines below; no header above the first."""

    header: str
    above: list[str]
    lines: list[str]

    def text(self) -> str:
        return "\n".join([*self.above, *([self.header] if self.header else []), *self.lines])


def _tables(text: str) -> list[_Table]:
    """Take *text*, which is TOML, apart at its headers."""
    starts = {text.count("\n", 0, at) for at in positions(text).headers}
    tables = [_Table("", [], [])]
    for number, line in enumerate(text.splitlines()):
        if number not in starts:
            tables[-1].lines.append(line)
            continue
        above: list[str] = []
        before = tables[-1].lines
        while before and before[-1].startswith("#"):
            above.insert(0, before.pop())
        tables.append(_Table(line.strip(), above, []))
    for table in tables:
        while table.lines and not table.lines[-1].strip():
            table.lines.pop()
    return [table for table in tables if table.header or table.lines]


_NAME: Final = re.compile(r"\[+\s*([^\]]*?)\s*\]+").match


def _rank(header: str, tools: list[str]) -> tuple[int, int]:
    """Say how early the table below *header* comes, with *tools* in the order of first sight."""
    found = _NAME(header)
    name = found[1] if found else ""
    first = name.split(".")
    if first[0] == "tool":
        return 5, tools.index(".".join(first[:2]))
    fixed = {"": 0, "build-system": 1, "project": 2 if len(first) == 1 else 3}
    return fixed.get(first[0], 4), 0


def _put_together(tables: list[_Table]) -> str:
    names = [found[1] for table in tables if (found := _NAME(table.header))]
    tools = list(dict.fromkeys(".".join(name.split(".")[:2]) for name in names))
    ordered = sorted(tables, key=lambda table: _rank(table.header, tools))
    return "\n\n".join(table.text() for table in ordered) + "\n"


def join_toml(first: str, second: str) -> tuple[str, list[Finding]]:
    r"""Return the TOML *first* with that of *second* added, and what is wrong with the result.

    >>> join_toml("[a]\nx = 1\n[b]\n", "[a]\ny = 2\n")
    ('[a]\nx = 1\ny = 2\n\n[b]\n', [])
    """
    for text in (first, second):
        try:
            tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            return first, [report("template-join", f"a layer's file is no TOML: {error}")]
    tables = _tables(first)
    known = {table.header: table for table in tables if not table.header.startswith("[[")}
    for table in _tables(second):
        if there := known.get(table.header):
            there.lines += [*table.above, *table.lines]
        else:
            tables.append(table)
    joined = _put_together(tables)
    try:
        tomllib.loads(joined)
    except tomllib.TOMLDecodeError as error:
        return joined, [report("template-join", f"two layers give the same key: {error}")]
    return joined, []


def without(text: str, names: Iterable[str]) -> tuple[str, list[Finding]]:
    r"""Return the TOML *text* without the keys and tables *names*, such as ``project.version``.

    A comment that stands directly above a key goes with it; a name that is not there is told.

    >>> without('[project]\n# Of the package.\nversion = "1"\nname = "x"\n', ["project.version"])
    ('[project]\nname = "x"\n', [])
    """
    findings = []
    for name in names:
        tables = _tables(text)
        kept = [table for table in tables if table.header != f"[{name}]"]
        place = positions(text).get(tuple(name.split(".")))
        if len(kept) < len(tables):
            text = _put_together(kept)
        elif place is None:
            findings.append(report("template-join", f"{name} is taken away and not there"))
        else:
            lines = text.split("\n")
            first, last = (text.count("\n", 0, at) for at in (place.key_start, place.end))
            while first and lines[first - 1].startswith("#"):
                first -= 1
            text = "\n".join(lines[:first] + lines[last + 1 :])
    return text, findings


_MAIN: Final = '\n\nif __name__ == "__main__":\n    nox.main()'


def join_nox(first: str, second: str) -> tuple[str, list[Finding]]:
    r"""Return the noxfile *first* with the sessions of *second* behind its own, and what is wrong.

    >>> print(join_nox("import nox\n\nA = 1\n", "import nox\n\n@nox.session\ndef b(): ...\n")[0])
    import nox
    <BLANKLINE>
    A = 1
    <BLANKLINE>
    <BLANKLINE>
    @nox.session
    def b(): ...
    <BLANKLINE>
    """
    head, mark, sessions = second.partition("@nox.session")
    lines = set(first.splitlines())
    new = [line for line in head.splitlines() if line not in lines]
    findings = (
        [report("template-join", f"the first noxfile does not have {new[0]!r}")] if new else []
    )
    before, main = first.rstrip(), ""
    if before.endswith(_MAIN):
        before, main = before.removesuffix(_MAIN).rstrip(), f"\n{_MAIN}"
    return f"{before}\n\n\n{mark}{sessions.rstrip()}{main}\n", findings


def join_lines(first: str, second: str) -> tuple[str, list[Finding]]:
    r"""Return the lines of *first*, then those of *second* that are not among them.

    >>> join_lines("a\nb\n", "b\nc\n")
    ('a\nb\nc\n', [])
    """
    lines = dict.fromkeys([*first.split("\n"), *second.split("\n")])
    return "".join(f"{line}\n" for line in lines if line), []


def join_readme(first: str, second: str) -> tuple[str, list[Finding]]:
    r"""Return *second* if it has a title, and else *first* with its sections behind.

    Of two sections with the same heading the second alone stays.

    >>> join_readme("# A\n\n## B\n\n1\n", "## B\n\n2\n")
    ('# A\n\n## B\n\n2\n', [])
    """
    if second.startswith("# "):
        return second, []
    new = _SECTION.findall(second)
    headings = {each.partition("\n")[0] for each in new}
    lead, *kept = _START.split(first)
    left = [each for each in kept if each.partition("\n")[0] not in headings]
    return "\n\n".join(each.strip() for each in (lead, *left, second)) + "\n", []


_START: Final = re.compile(r"^(?=## )", re.MULTILINE)
_SECTION: Final = re.compile(r"^## .*", re.MULTILINE)


JOINED: Final[Mapping[str, Callable[[str, str], tuple[str, list[Finding]]]]] = MappingProxyType(
    {
        "pyproject.toml": join_toml,
        "noxfile.py": join_nox,
        ".gitignore": join_lines,
        "README.md": join_readme,
    }
)
"""How files of a path are joined; of any other path a later one replaces an earlier one."""
