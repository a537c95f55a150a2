"""uv as a second oracle: what it writes into a lock file means what the marker meant.

Each real marker becomes that of an empty local dependency, and the project is
locked offline.  uv normalises the marker; the algebra says whether the meaning is the
same.  Where it is not, the difference has to be one of uv's known limits.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from trigpoint.markers import Marker, UndefinedComparison
from trigpoint.markers.meaning.semantics import VERSION_VARIABLES
from trigpoint.markers.reading.grammar import parse
from trigpoint.markers.reading.tree import Comparison, comparisons

CORPUS = Path(__file__).parents[1] / "data" / "markers.txt"
REQUIRES_PYTHON = ">=3.7"
UV = shutil.which("uv")

pytestmark = pytest.mark.skipif(UV is None, reason="uv is not installed; nox -s tests brings it")

RELEASES = [
    {"python_version": f"3.{minor}", "python_full_version": f"3.{minor}.{patch}"}
    for minor in range(7, 17)
    for patch in (0, 1, 2, 3, 4, 6, 8, 10)
]
"""Final releases only: all that uv tells apart."""


@dataclass(frozen=True)
class Limit:
    """Something uv does on purpose that changes what a marker means."""

    name: str
    reason: str
    applies: Callable[[Comparison], bool]


def _version_in(node: Comparison) -> bool:
    return (
        node.op in ("in", "not in")
        and node.variable is not None
        and node.variable.name in VERSION_VARIABLES
    )


def _free_release(node: Comparison) -> bool:
    return node.variable is not None and node.variable.name == "platform_release"


def _odd_version(node: Comparison) -> bool:
    """Say whether the value is a prerelease, a wildcard with an order, or no version."""
    return (
        node.variable is not None
        and node.literal is not None
        and node.variable.name in VERSION_VARIABLES
        and not node.literal.value.removesuffix(".*").replace(".", "").isdigit()
    )


LIMITS = (
    Limit("version-in", "drops in and not in on versions, or reads a list", _version_in),
    Limit("free-release", "ties a range of platform_release to macOS", _free_release),
    Limit("odd-version", "rounds prereleases to releases", _odd_version),
)


def _markers() -> list[str]:
    lines = CORPUS.read_text("utf-8").splitlines()
    texts = dict.fromkeys(line.partition("\t")[0] for line in lines if line)
    kept = []
    for text in texts:
        marker = Marker(text)
        # uv has extras and groups in places of their own, never in a project's dependencies.
        if not {"extra", "extras", "dependency_groups"} & marker.variables:
            try:
                marker.is_satisfiable()
            except UndefinedComparison:
                continue
            kept.append(text)
    return kept


def _lock(folder: Path, texts: list[str]) -> list[str | None]:
    """Return the markers that uv writes for *texts*: empty for none, None where it left one out."""
    table = '[project]\nname = "{}"\nversion = "1"\n{}[tool.uv]\npackage = false\n'
    lines, sources = [], []
    for i, text in enumerate(texts):
        (folder / f"d{i}").mkdir(parents=True)
        (folder / f"d{i}" / "pyproject.toml").write_text(table.format(f"d{i}", ""), "utf-8")
        requirement = f"d{i}; {text}".replace("\\", "\\\\").replace('"', '\\"')
        lines.append(f'  "{requirement}",\n')
        sources.append(f'd{i} = {{ path = "d{i}" }}\n')
    dependencies = f'requires-python = "{REQUIRES_PYTHON}"\ndependencies = [\n{"".join(lines)}]\n'
    root = table.format("root", dependencies) + "[tool.uv.sources]\n" + "".join(sources)
    (folder / "pyproject.toml").write_text(root, "utf-8")
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
    done = subprocess.run(
        [str(UV), "lock", "--offline", "--no-index", "--no-config", "--quiet"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={
            **kept,
            "UV_CACHE_DIR": str(folder / "cache"),
            "UV_PYTHON_DOWNLOADS": "never",
            "UV_PYTHON": sys.executable,
        },
    )
    assert done.returncode == 0, done.stderr
    packages = tomllib.loads((folder / "uv.lock").read_text("utf-8"))["package"]
    [locked] = [each for each in packages if each["name"] == "root"]
    written = {each["name"]: str(each.get("marker", "")) for each in locked.get("dependencies", ())}
    return [written.get(f"d{i}") for i in range(len(texts))]


def _meaning(written: str | None) -> Marker:
    if written is None:
        return Marker("python_version < '0'")
    return Marker(written or "python_version >= '0'")


def _same_on_releases(first: Marker, second: Marker) -> bool:
    """Compare over final releases, for every platform at once."""
    known = ("known-platforms", REQUIRES_PYTHON)
    return all(
        first.restrict(release).equivalent(second.restrict(release), assuming=known)
        for release in RELEASES
    )


def test_uv_keeps_the_meaning(tmp_path: Path) -> None:
    """Every difference is explained by a listed limit of uv, and most markers have none."""
    texts = _markers()
    assert len(texts) > 150
    written = _lock(tmp_path, texts)
    unexplained, exact = [], 0
    for text, theirs in zip(texts, written, strict=True):
        first, second = Marker(text), _meaning(theirs)
        if first.equivalent(second, assuming=("known-platforms", REQUIRES_PYTHON)):
            exact += 1
        elif not _same_on_releases(first, second) and not any(
            limit.applies(node) for limit in LIMITS for node in comparisons(parse(text))
        ):
            unexplained.append((text, theirs))
    assert [] == unexplained
    assert exact > len(texts) / 4


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("python_version in '3.8, 3.9'", "version-in"),
        ("platform_release >= '9' and platform_release < '11'", "free-release"),
        ("python_full_version <= '3.14.0rc1'", "odd-version"),
    ],
)
def test_each_limit_is_real(tmp_path: Path, text: str, limit: str) -> None:
    """A limit is listed because uv has it; one that goes away has to leave the list."""
    [listed] = [each for each in LIMITS if each.name == limit]
    assert any(listed.applies(node) for node in comparisons(parse(text)))
    written = _meaning(_lock(tmp_path, [text])[0])
    assert not Marker(text).equivalent(written, assuming=("known-platforms", REQUIRES_PYTHON))
