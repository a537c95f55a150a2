"""Following a page: what counts as a step, as the same output, and as a failure."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from tests.tutorials.follow import Command, File, follow, matches, on_free_ports, steps

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

```{literalinclude} shown.txt
:caption: sub/a.txt
```

```{literalinclude} shown.txt
:lines: 1
:caption: sub/b.txt
```

```{literalinclude} shown.txt
```

```text
$ exit 1
```

```console
$ cd sub
$ ls
COPYING
a.txt
$ cat a.txt
what is shown
$ false
(exit status 1)
```
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """Return a page with one of each step."""
    path = tmp_path / "page.md"
    path.write_text(PAGE, "utf-8")
    (tmp_path / "shown.txt").write_text("what is shown\n", "utf-8")
    return path


def test_steps(page: Path) -> None:
    """Commands with what they print, and files, in order and with their lines."""
    found = steps(page)
    shown = [each for each in found if isinstance(each, Command)]
    assert [4, 7, 41, 42, 45, 47] == [each.line for each in shown]
    assert ["a\nb ...", "x\ny", "", "COPYING\na.txt", "what is shown", ""] == [
        each.prints for each in shown
    ]
    assert [0, 0, 0, 0, 0, 1] == [each.status for each in shown]
    assert 'for each in x y; do\n  echo "$each"\ndone' == shown[1].text
    assert ["sub/COPYING", "sub/a.txt"] == [each.path for each in found if isinstance(each, File)]


def test_follow(page: Path, tmp_path: Path) -> None:
    """All of it happens in one shell, and each command is held to what is shown."""
    (tmp_path / "there").mkdir()
    outcomes = follow(page, tmp_path / "there", os.environ)
    assert 6 == len(outcomes)
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


SERVER = """
```console
$ python -c "import http.server as s, sys; s.test(s.SimpleHTTPRequestHandler, bind='127.0.0.1', port=int(sys.argv[2]))" \\
>     --port 8765 > /dev/null 2>&1 &
...
$ python -c "import urllib.request as r; print(r.urlopen('http://127.0.0.1:8765/').status)"
200
$ echo http://127.0.0.1:8765/ 8765
http://127.0.0.1:8765/ 8765
```
"""


def test_servers_of_a_page_get_free_ports(tmp_path: Path) -> None:
    """Each port becomes one free port wherever the page names it, and other numbers stay."""
    page = tmp_path / "page.md"
    page.write_text(SERVER.replace("echo", "echo http://127.0.0.1:8766/"), "utf-8")
    todo = [each for each in on_free_ports(steps(page)) if isinstance(each, Command)]
    (served,) = re.findall(r"--port (\d+) ", todo[0].text)
    (other,) = set(re.findall(r"1:(\d+)", todo[2].text)) - {served}
    assert not {"8765", "8766"} & {served, other}
    assert f"r.urlopen('http://127.0.0.1:{served}/')" in todo[1].text
    assert f"echo http://127.0.0.1:{other}/ http://127.0.0.1:{served}/ 8765" == todo[2].text
    assert f"http://127.0.0.1:{served}/ 8765" == todo[2].prints


def test_a_server_is_waited_for(tmp_path: Path) -> None:
    """The next command, however quick it is, meets a server that answers, on a port that was free."""
    page = tmp_path / "page.md"
    at_once = '$ at=127.0.0.1:8765\n$ (exec 3<>/dev/tcp/${at/:/\\/})\n$ python -c "import urllib'
    page.write_text(SERVER.replace('$ python -c "import urllib', at_once), "utf-8")
    (tmp_path / "there").mkdir()
    outcomes = follow(page, tmp_path / "there", os.environ, limit=60)
    assert 5 == len(outcomes)
    assert [] == [each for each in outcomes if not each.right]


def test_a_server_that_ends_is_not_waited_for(tmp_path: Path) -> None:
    """What comes after it fails then, and says why."""
    page = tmp_path / "page.md"
    page.write_text(
        "```console\n$ false --port 8765 &\n$ echo http://127.0.0.1:8765\n```\n", "utf-8"
    )
    (tmp_path / "there").mkdir()
    outcomes = follow(page, tmp_path / "there", os.environ, limit=60)
    assert [0, 0] == [each.status for each in outcomes]


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
