"""A check grows with what it reads, and every format with what it writes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from trigpoint.projects import check, check_text
from trigpoint.projects.formats.as_json import as_json
from trigpoint.projects.formats.github import github
from trigpoint.projects.formats.sarif import sarif
from trigpoint.projects.formats.text import text

from .build import HEAD, TABLE, filled

Count = Callable[[Callable[[], object]], int]
FEW, MANY = 60, 120
MOST_GROWTH = 3.2

HASH = "--hash=sha256:" + "0" * 64
TEXTS: dict[str, Callable[[int], tuple[str, str]]] = {
    "requirements": lambda n: ("requirements.txt", "".join(f"p{n}x{i}==1\n" for i in range(n))),
    "wrong lines": lambda n: ("requirements.txt", "".join(f"p{n}x{i}=>1\n" for i in range(n))),
    "hashes": lambda n: ("requirements.txt", "".join(f"p{n}x{i}==1 {HASH}\n" for i in range(n))),
    "hashes that miss": lambda n: ("r.txt", f"p {HASH}\n" + "".join(f"p{i}\n" for i in range(n))),
    "constraints": lambda n: ("constraints.txt", "".join(f"p{i}[x]\n-e .{i}\n" for i in range(n))),
    "options": lambda n: ("requirements.txt", "".join(f"--opt{i}\n--pre\n" for i in range(n))),
    "places": lambda n: ("requirements.txt", "".join(f"./p{i}/x\n-r f{i}\n" for i in range(n))),
    "fields": lambda n: (
        "METADATA",
        HEAD + "".join(f"Requires-Dist: p{n}x{i}\n" for i in range(n)),
    ),
    "tables": lambda n: ("pyproject.toml", TABLE + "".join(f"[tool.t{i}]\n" for i in range(n))),
    "groups": lambda n: (
        "pyproject.toml",
        f"{TABLE}[dependency-groups]\n" + "".join(f'g{i} = ["p{i}"]\n' for i in range(n)),
    ),
}


@pytest.mark.parametrize("name", TEXTS)
def test_texts(name: str, calls: Count) -> None:
    """Twice the text is about twice the work, until all formats have written it."""

    def work(size: int) -> int:
        path, written = TEXTS[name](size)

        def run() -> None:
            report = check_text(written.encode(), path)
            for form in (text, github):
                assert form(report, everything=True)
            assert as_json(report)
            assert sarif(report)

        return calls(run)

    work(10)
    assert work(MANY) <= MOST_GROWTH * work(FEW)


FOLDERS: dict[str, Callable[[int], dict[str, str | bytes]]] = {
    "files": lambda n: {f"requirements-{i}.txt": "p" for i in range(n)},
    "other files": lambda n: {"requirements.txt": "p", **{f"d/{i}.py": "" for i in range(n)}},
    "projects": lambda n: {
        "requirements.txt": "p",
        **{f"p{i}/pyproject.toml": "" for i in range(n)},
    },
    "a chain": lambda n: {
        "requirements.txt": "-r 0.txt\n",
        **{f"{i}.txt": f"-r {i + 1}.txt\n" for i in range(n)},
    },
    "all names": lambda n: {
        f"requirements-{i}.txt": "".join(f"-r requirements-{j}.txt\n" for j in range(0, n, n // 3))
        for i in range(n)
    },
    "licenses": lambda n: {
        "pyproject.toml": TABLE.replace("[build", 'license-files = ["**/L*"]\n[build'),
        **{f"a/LICENSE{i}": "" for i in range(n)},
    },
}


@pytest.mark.parametrize("name", FOLDERS)
def test_folders(name: str, tmp_path: Path, calls: Count) -> None:
    """Twice the files are about twice the work."""

    def work(size: int) -> int:
        folder = filled(tmp_path / str(size), FOLDERS[name](size))
        return calls(lambda: check([folder]))

    work(10)
    assert work(MANY) <= MOST_GROWTH * work(FEW)
