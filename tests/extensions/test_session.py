"""What is asked of a project between reading its tables and building them."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from trigpoint.extensions import BuildResult, ExtensionError, Output, Target
from trigpoint.extensions.registry import announced
from trigpoint.extensions.runner import Built
from trigpoint.extensions.session import Session, refusing

from .compilers import Shown, project, stand_in
from .strange import REGISTRY

pytestmark = [
    pytest.mark.skipif(sys.platform in ("win32", "emscripten"), reason="tools are shell scripts"),
]

HEAD = '[[tool.trigpoint.extensions]]\nname = "core"\n'
C = HEAD + 'builder = "c"\nmodule = "pkg._core"\nsources = ["core.c"]\n'


def session(root: Path, tables: str) -> Session:
    """Return a project with *tables*."""
    project(root, tables)
    return Session(root, {}, stand_in(root.parent / "tools"), announced([]))


# -- what an sdist needs ----------------------------------------------------------------------


def test_the_files_of_a_folder(tmp_path: Path) -> None:
    """All of them at any depth, but what builds leave behind."""
    table = 'builder = "cython"\nmodule = "a"\nsource = "a.pyx"\ninclude-dirs = ["native"]\n'
    asked = session(tmp_path / "p", HEAD + table)
    (asked.root / "a.pyx").write_text("")
    for path in (
        *("native/a.c", "native/deep/b.h", "native/deep/.hidden"),
        *("native/a.o", "native/a.so", "native/a.pyd", "native/a.pyc"),
        *("native/__pycache__/x.c", "native/.trigpoint/x.c", "native/deep/.git/x.c"),
    ):
        (asked.root / path).parent.mkdir(parents=True, exist_ok=True)
        (asked.root / path).write_text("")
    folder = ["native/a.c", "native/deep/.hidden", "native/deep/b.h"]
    assert ["a.pyx", *folder] == asked.sources()


def test_a_wrong_table_has_no_files(tmp_path: Path) -> None:
    """An sdist that nothing could be built from is not made."""
    with pytest.raises(ExtensionError) as caught:
        session(tmp_path / "p", f'{HEAD}builder = "nobody"\n').sources()
    assert "extension-unknown-builder" == caught.value.code


@pytest.mark.parametrize(
    "more",
    [
        '[[tool.trigpoint.extensions]]\nname = "elsewhere"\nbuilder = "foreign"\n',
        (
            'depends-on = ["off"]\n[[tool.trigpoint.extensions]]\nname = "off"\nbuilder = "c"\n'
            'module = "pkg._off"\nsources = ["core.c"]\nenable-by-default = false\n'
        ),
    ],
)
def test_an_sdist_is_for_every_target(more: str, tmp_path: Path) -> None:
    """What cannot be built for this one, or as it is chosen here, is in it all the same."""
    asked = replace(session(tmp_path / "p", C + more), registry=REGISTRY)
    assert "core.c" in asked.sources()
    with pytest.raises(ExtensionError):
        asked.build()


# -- what has to be installed first -----------------------------------------------------------


@pytest.mark.parametrize("builder", ["later", "gone"])
def test_a_builder_that_is_yet_to_come(builder: str, tmp_path: Path) -> None:
    """Where the table requires something, that may bring the builder, or mend it."""
    table = f'{HEAD}builder = "{builder}"\nrequires = ["later-builder>=2"]\n'
    asked = replace(session(tmp_path / "p", table), registry=REGISTRY)
    assert ["later-builder>=2"] == asked.requires()


@pytest.mark.parametrize(
    ("table", "code"),
    [
        # Nothing will bring it, or what is wrong is not the builder.
        (f'{HEAD}builder = "later"\n', "extension-unknown-builder"),
        (
            f'{HEAD}builder = "c"\nmodule = "pkg._core"\nsources = []\nrequires = ["x"]\n',
            "extension-missing-key",
        ),
        (
            (
                f'{HEAD}builder = "later"\n{HEAD.replace("core", "other")}builder = "c"\n'
                'module = "pkg._o"\nsources = ["core.h"]\nrequires = ["x"]\n'
            ),
            "extension-unknown-builder",
        ),
    ],
)
def test_what_is_wrong_before_anything_is_installed(table: str, code: str, tmp_path: Path) -> None:
    """It is said at once, and not after the requirements are here."""
    with pytest.raises(ExtensionError) as caught:
        session(tmp_path / "p", table).requires()
    assert code in {each.code for each in caught.value}


# -- what is imported -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "scheme", "name"),
    [
        ("pkg/_core.x.so", "platlib", "pkg._core"),
        ("pkg/_core.abi3.so", "purelib", "pkg._core"),
        ("pkg/_core.abi3t.so", "platlib", "pkg._core"),
        ("pkg/_made.py", "platlib", "pkg._made"),
        ("pkg/__init__.py", "purelib", "pkg"),
        ("top.x.so", "platlib", "top"),
        ("pkg/data.txt", "platlib", None),
        ("pkg/_core.other", "platlib", None),
        ("bin/tool.py", "scripts", None),
        ("share/x.py", "data", None),
    ],
)
def test_modules_that_a_finder_knows(
    path: str, scheme: str, name: str | None, tmp_path: Path
) -> None:
    """They are named by their place among the packages; scripts and data are none."""
    asked = session(tmp_path / "p", C)
    target = Target("cpython", (3, 15), "linux_x86_64", ".x.so", ".abi3.so", ".abi3t.so")
    plan = replace(asked.plan(), target=target, extensions=())
    outputs = (Output(path, scheme), Output("kept", "internal"))  # type: ignore[arg-type]
    built = Built({"core": BuildResult(outputs, directory=tmp_path)}, target.tag)
    shipped = [each.output.path for each in asked.shipped(built)]
    assert [path] == shipped
    found = asked.state(plan, built)
    assert (f'"{name}": ' in found) == (name is not None)
    if name is None:
        assert '"modules": {}' in found


def test_an_error_ends_the_process_with_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """Frontends show what a backend prints, and that it failed."""
    stream = Shown()
    monkeypatch.setattr(sys, "stderr", stream)
    problem = ExtensionError("extension-bad-value", "it is wrong", extension="core")

    def ask() -> int:
        raise problem

    with pytest.raises(SystemExit) as caught:
        refusing(ask)
    assert 1 == caught.value.code
    assert f"{problem}\n" == stream.shown
    assert 3 == refusing(lambda: 3)
