"""The two backends that the reference shows build what they say, each in fewer than fifty lines."""

from __future__ import annotations

import re
import sys
import tarfile
import zipfile
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from trigpoint.extensions.protocol import CODES
from trigpoint.extensions.registry import BUILTIN
from trigpoint.extensions.tables import COMMON
from trigpoint.extensions.targets import native_target

from .compilers import calls, project, stand_in
from .test_backends import members

ROOT = Path(__file__).resolve().parents[2] / "docs/examples/adopt"
MOST_LINES = 50

pytestmark = [
    pytest.mark.skipif(sys.platform in ("win32", "emscripten"), reason="tools are shell scripts"),
]

TABLES = """
[project]
name = "pk"
version = "1"
description = "A package."

[[tool.trigpoint.extensions]]
name = "core"
builder = "c"
module = "pk._core"
sources = ["native/core.c"]
"""


def load(name: str) -> ModuleType:
    """Return the backend *name* of the reference page."""
    spec = spec_from_file_location(name, ROOT / f"{name}.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["small_backend", "flit_backend"])
def test_adopted(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wheel and sdist have what they should, and the wheel of the sdist has the same files."""
    if name == "flit_backend":
        pytest.importorskip("flit_core")
    root = tmp_path / "p"
    project(root, TABLES, ["native/core.c", "pk/core.h"])
    (root / "core.h").rename(root / "native/core.h")
    (root / "pk/__init__.py").write_text('"""A package."""\n')
    for variable, value in stand_in(tmp_path / "tools").items():
        monkeypatch.setenv(variable, value)
    backend = load(name)
    monkeypatch.chdir(root)
    assert [] == backend.get_requires_for_build_wheel()
    made = backend.build_wheel(str(tmp_path))
    tag = native_target().tag
    assert f"pk-1-{tag}.whl" == made
    found = members(tmp_path / made)
    assert {f"pk/_core{native_target().ext_suffix}", "pk/__init__.py"} <= found.keys()
    assert f"Tag: {tag}" in found["pk-1.dist-info/WHEEL"].decode()
    assert calls(tmp_path / "tools")
    source = backend.build_sdist(str(tmp_path))
    assert [] == calls(tmp_path / "tools")
    with tarfile.open(tmp_path / source) as archive:
        archive.extractall(tmp_path / "unpacked", filter="data")
    monkeypatch.chdir(tmp_path / "unpacked/pk-1")
    (tmp_path / "again").mkdir()
    again = backend.build_wheel(str(tmp_path / "again"))
    assert found.keys() == members(tmp_path / "again" / again).keys()


def test_adopted_editable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The editable wheel of the second one has the finder."""
    pytest.importorskip("flit_core")
    project(tmp_path, TABLES, ["native/core.c"])
    (tmp_path / "core.h").rename(tmp_path / "native/core.h")
    (tmp_path / "pk").mkdir()
    (tmp_path / "pk/__init__.py").write_text('"""A package."""\n')
    for variable, value in stand_in(tmp_path / "tools").items():
        monkeypatch.setenv(variable, value)
    monkeypatch.chdir(tmp_path)
    made = load("flit_backend").build_editable(str(tmp_path))
    with zipfile.ZipFile(tmp_path / made) as archive:
        assert "_trigpoint_editable_pk.py" in archive.namelist()


@pytest.mark.parametrize("name", ["small_backend", "flit_backend"])
def test_it_is_short(name: str) -> None:
    """A backend needs fewer lines than the page says, blank ones aside."""
    lines = (ROOT / f"{name}.py").read_text().splitlines()
    assert MOST_LINES > len([each for each in lines if each.strip()])


def test_the_page_lists_every_code_once() -> None:
    """The table of the reference has the codes of the catalogue."""
    page = (ROOT.parents[1] / "reference/builders.md").read_text("utf-8")
    table = page.partition("## Error codes")[2]
    assert sorted(CODES) == sorted(re.findall(r"`(extension-[a-z0-9-]+)`", table))


def test_the_page_lists_what_every_table_has() -> None:
    """The keys that are no builder's are those of the reader, and every builder has an entry."""
    page = (ROOT.parents[1] / "reference/builders.md").read_text("utf-8")
    keys = page.partition("## Keys of a table")[2].partition("##")[0]
    assert list(COMMON) == re.findall(r"^\| `([a-z-]+)`", keys, re.MULTILINE)
    part = page.partition("## Builders that come with Trigpoint")[2].partition("##")[0]
    entries = [line for line in part.splitlines() if line.startswith("`") and "=" not in line]
    assert sorted(BUILTIN) == sorted(re.findall(r"`(\w+)`", " ".join(entries)))
