"""The builder ``pep517``: a backend of another project runs, and its wheel is taken apart."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.extensions.builders.requesting import LINUX, codes, real, request

from trigpoint.extensions import ExtensionError, Output
from trigpoint.extensions.builders import pep517
from trigpoint.extensions.builders.pep517 import Pep517Builder
from trigpoint.extensions.protocol import UNSEEN

HERE = replace(LINUX, python=sys.executable)

BACKEND = '''
"""A backend that packs what a file lists, and writes beside what it reads."""
import json, zipfile
from pathlib import Path

print("a backend prints")

def get_requires_for_build_wheel(config_settings=None):
    return ["cmake>=3.18", 3, *config_settings]

def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    told = json.loads(Path("told.json").read_text("utf-8"))
    Path("left.txt").write_text("", "utf-8")
    with zipfile.ZipFile(Path(wheel_directory, "a.whl"), "w") as made:
        for name, mode in told["files"].items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = mode << 16
            made.writestr(entry, json.dumps(config_settings))
    made = Path(wheel_directory, "a.whl")
    made.rename(made.with_name("a-1-" + told["tag"] + ".whl"))
    return told.get("answer", "a-1-" + told["tag"] + ".whl")
'''


def write(folder: Path, told: str) -> None:
    (folder / "told.json").write_text(told, "utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    inner = tmp_path / "snow" / "inner"
    inner.mkdir(parents=True)
    (inner / "pyproject.toml").write_text(
        '[build-system]\nrequires = ["other"]\nbuild-backend = "own"\nbackend-path = ["."]\n',
        "utf-8",
    )
    (inner / "own.py").write_text(BACKEND, "utf-8")
    write(
        inner,
        '{"tag": "cp313-cp313-linux_x86_64", "files": {"pkg/": 0, "pkg/_core.so": 493,'
        ' "pkg/__init__.py": 0, "a-1.data/scripts/tool": 493, "a-1.data/odd/x": 0,'
        ' "a-1.dist-info/METADATA": 0}}',
    )
    return tmp_path / "snow"


def builder(root: Path, **config: Any) -> Pep517Builder:
    return Pep517Builder(root, {"source-dir": "inner", **config})


def environment() -> dict[str, str]:
    return dict(os.environ)


def test_the_files_of_its_wheel_are_the_outputs(root: Path) -> None:
    """Metadata is left out, schemes are kept, and what may be run may be run still."""
    asked = request(root, real, HERE, env=environment())
    made = builder(root, **{"config-settings": {"a": "1", "b": ["2"]}})
    result = made.build(asked)
    assert result.outputs == (
        Output("pkg/_core.so", source="platlib/pkg/_core.so"),
        Output("pkg/__init__.py", source="platlib/pkg/__init__.py"),
        Output("tool", "scripts", source="scripts/tool"),
        Output("x", "data", source="data/x"),
    )
    assert result.tag == made.get_tag(LINUX) == LINUX.tag
    assert made.get_expected_outputs(LINUX) is None
    file = asked.out_dir / "platlib/pkg/_core.so"
    assert file.read_text("utf-8") == '{"a": "1", "b": ["2"]}'
    assert file.stat().st_mode & 0o111
    assert not (asked.out_dir / "data/x").stat().st_mode & 0o111


def test_nothing_is_written_beside_its_sources(root: Path) -> None:
    """It works in a copy, which follows the sources and keeps what was built."""
    asked = request(root, real, HERE, env=environment())
    (root / "inner" / "old.txt").write_text("", "utf-8")
    (root / "inner" / "build").mkdir()
    (root / "inner" / "build" / "x").write_text("", "utf-8")
    first = builder(root).build(asked)
    assert "inner/old.txt" in first.inputs
    assert not (root / "inner" / "left.txt").exists()
    copy = asked.build_dir / "source"
    assert sorted(each.name for each in copy.iterdir() if each.is_file()) == [
        "left.txt", "old.txt", "own.py", "pyproject.toml", "told.json",
    ]  # fmt: skip
    assert not (copy / "build").exists()
    (root / "inner" / "old.txt").unlink()
    write(root / "inner", '{"tag": "py3-none-any", "files": {"new.py": 0}}')
    second = builder(root).build(asked)
    assert [each.path for each in second.outputs] == ["new.py"]
    assert second.tag is None
    assert (copy / "left.txt").exists()
    assert not (copy / "old.txt").exists()


def test_patterns_choose_what_is_taken(root: Path) -> None:
    asked = request(root, real, HERE, env=environment())
    result = builder(root, take=["pkg/*.so"]).build(asked)
    assert [each.path for each in result.outputs] == ["pkg/_core.so"]
    with pytest.raises(ExtensionError) as raised:
        builder(root, take=["*.pyd"]).build(asked)
    assert codes(raised.value) == [("extension-output-missing", "take")]


@pytest.mark.parametrize("answer", ["3", '"../a.whl"', '"other.whl"'])
def test_a_backend_that_names_no_wheel_is_refused(root: Path, answer: str) -> None:
    write(root / "inner", f'{{"tag": "py3-none-any", "files": {{}}, "answer": {answer}}}')
    with pytest.raises(ExtensionError) as raised:
        builder(root).build(request(root, real, HERE, env=environment()))
    assert codes(raised.value) == [("extension-output-missing", "")]


def test_a_path_out_of_the_wheel_is_refused(root: Path) -> None:
    write(root / "inner", '{"tag": "py3-none-any", "files": {"../evil.py": 0}}')
    asked = request(root, real, HERE, env=environment())
    with pytest.raises(ExtensionError) as raised:
        builder(root).build(asked)
    assert codes(raised.value) == [("extension-bad-output-path", "")]
    assert not (asked.out_dir / "evil.py").exists()


def test_a_wheel_may_not_unpack_to_more_than_the_bound(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files have two bytes each, ``{}``."""
    write(root / "inner", '{"tag": "py3-none-any", "files": {"a": 0, "b": 0}}')
    asked = request(root, real, HERE, env=environment())
    monkeypatch.setattr(pep517, "MOST_BYTES", 3)
    with pytest.raises(ExtensionError, match="more than 3 bytes"):
        builder(root).build(asked)
    monkeypatch.setattr(pep517, "MOST_BYTES", 4)
    assert len(builder(root).build(asked).outputs) == 2


def test_dynamic_requirements_are_asked_for(root: Path) -> None:
    made = builder(root, **{"config-settings": {"a": "1"}})
    assert made.get_requires(HERE) == ["other", "cmake>=3.18", "a"]
    assert made.get_sdist_files() == ("inner",)


def test_a_backend_that_is_not_installed_has_its_own_requirements_only(root: Path) -> None:
    """A frontend installs those first, and a build that needs more says so."""
    (root / "inner" / "own.py").write_text("raise SystemExit('not now')", "utf-8")
    assert builder(root).get_requires(HERE) == ["other"]
    (root / "inner" / "own.py").write_text("", "utf-8")
    assert builder(root).get_requires(HERE) == ["other"]


def test_a_table_is_read_without_the_files() -> None:
    made = builder(UNSEEN)
    assert made.get_requires(LINUX) == ()
    assert made.backend == "setuptools.build_meta:__legacy__"


@pytest.mark.parametrize(
    ("config", "found"),
    [
        ({"source-dir": "."}, [("extension-bad-value", "source-dir")]),
        ({"source-dir": "none"}, [("extension-source-missing", "source-dir")]),
        ({"source-dir": "empty"}, [("extension-source-missing", "source-dir")]),
        ({"config-settings": {"a": 1}}, [("extension-wrong-type", "config-settings")]),
        ({"config-settings": {"a": [1]}}, [("extension-wrong-type", "config-settings")]),
        ({"backend": "x"}, [("extension-unknown-key", "backend")]),
    ],
)
def test_a_bad_table_is_refused(
    root: Path, config: dict[str, Any], found: list[tuple[str, str]]
) -> None:
    (root / "empty").mkdir()
    with pytest.raises(ExtensionError) as raised:
        builder(root, **config)
    assert codes(raised.value) == found


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[", "names no backend"),
        ("", r"there is no \[build-system\]"),
        ("[build-system]\n", "requires of .* is no array"),
        ('[build-system]\nrequires = []\nbuild-backend = "a b"', "build-backend names"),
        ("[build-system]\nrequires = []\nbuild-backend = 3", "build-backend names"),
        ('[build-system]\nrequires = []\nbackend-path = ["../x"]', "backend-path is no"),
        ("[build-system]\nrequires = []\nbackend-path = [3]", "backend-path is no"),
    ],
)
def test_a_bad_build_system_is_refused(root: Path, text: str, why: str) -> None:
    (root / "inner" / "pyproject.toml").write_text(text, "utf-8")
    with pytest.raises(ExtensionError, match=why) as raised:
        builder(root)
    assert codes(raised.value) == [("extension-bad-value", "source-dir")]


def test_setuptools_is_the_backend_of_those_who_name_none(root: Path) -> None:
    (root / "inner" / "pyproject.toml").write_text("[build-system]\nrequires = []\n", "utf-8")
    assert builder(root).backend == "setuptools.build_meta:__legacy__"
