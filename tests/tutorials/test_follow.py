"""Following a page: what counts as a step, as the same output, and as a failure."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.tutorials.follow import Command, File, follow, matches, steps

PAGE = """# A page

```console
$ printf 'a\\nb 1.2\\n'
a
b ...
$ for each in x y; do
>   echo "$each"
> done
x
y
```

```{project-file} LICENSE
:templates: hatchling
:write: sub/COPYING
```

```{project-file} pyproject.toml
:templates: hatchling
:write: no
```

```text
$ exit 1
```

```console
$ cd sub
$ ls
COPYING
$ false
(exit status 1)
```
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """Return a page with one of each step."""
    path = tmp_path / "page.md"
    path.write_text(PAGE, "utf-8")
    return path


def test_steps(page: Path) -> None:
    """Commands with what they print, and files, in order and with their lines."""
    found = steps(page)
    shown = [each for each in found if isinstance(each, Command)]
    assert [4, 7, 29, 30, 32] == [each.line for each in shown]
    assert ["a\nb ...", "x\ny", "", "COPYING", ""] == [each.prints for each in shown]
    assert [0, 0, 0, 0, 1] == [each.status for each in shown]
    assert 'for each in x y; do\n  echo "$each"\ndone' == shown[1].text
    assert ["sub/COPYING"] == [each.path for each in found if isinstance(each, File)]


def test_follow(page: Path, tmp_path: Path) -> None:
    """All of it happens in one shell, and each command is held to what is shown."""
    (tmp_path / "there").mkdir()
    outcomes = follow(page, tmp_path / "there", os.environ)
    assert 5 == len(outcomes)
    assert [] == [each for each in outcomes if not each.right]
    copied = tmp_path / "there" / "work" / "sub" / "COPYING"
    assert copied.read_text("utf-8").startswith("BSD 3-Clause License")


@pytest.mark.parametrize(
    ("wrong", "status"),
    [("echo b", 0), ("false", 1), ("exit 3", -1), ("ls not-there", 2)],
)
def test_a_page_that_is_wrong(tmp_path: Path, wrong: str, status: int) -> None:
    """What differs is told, and what fails ends the page: nothing after it is run."""
    page = tmp_path / "page.md"
    page.write_text(f"```console\n$ {wrong}\na\n$ touch after\n```\n", "utf-8")
    (tmp_path / "there").mkdir()
    outcomes = follow(page, tmp_path / "there", os.environ)
    assert (False, status) == (outcomes[0].right, outcomes[0].status)
    assert (status == 0) == (tmp_path / "there" / "work" / "after").exists()


def test_what_a_page_leaves_running_ends(tmp_path: Path) -> None:
    """A server that a page starts ends with it, also where a command before its end fails.

    It holds what the shell prints to, so that it would be waited for until the limit.
    """
    page = tmp_path / "page.md"
    page.write_text("```console\n$ sleep 900 &\n$ exit 1\n```\n", "utf-8")
    (tmp_path / "there").mkdir()
    outcomes = follow(page, tmp_path / "there", os.environ, limit=60)
    assert [0, -1] == [each.status for each in outcomes]


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("a\n...\nz", "a\nb\nc\nz\n", True),
        ("a\n...\nz", "a\nz\n", True),
        ("...", "", True),
        ("...\nz", "a\nb", False),
        ("a ... c", "a b c", True),
        ("a ... c", "a b d", False),
        ("a.c", "abc", False),
        ("a", "a  \n", True),
        ("a", "a\nb\n", False),
        ("", "a\n", False),
        ("  a", "a", False),
    ],
)
def test_matches(shown: str, printed: str, *, same: bool) -> None:
    """Three dots stand for what changes, and for nothing else."""
    assert same == matches(shown, printed)
