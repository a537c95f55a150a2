"""Modules whose package is not in the wheel: told where it is known, and built all the same."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from trigpoint.extensions import ExtensionError, Output, Target
from trigpoint.extensions.explain import explain
from trigpoint.extensions.packages import MOST_FOLDERS, alone, refuse_hidden, without_folder
from trigpoint.extensions.reached import HATCHLING, WRAPPER
from trigpoint.extensions.registry import announced
from trigpoint.extensions.words import summary
from trigpoint.labs.extensions.answer import places

from .compilers import project
from .strange import REGISTRY

TARGET = Target("cpython", (3, 13), "linux_x86_64", ".cpython-313-x86_64-linux-gnu.so", ".abi3.so")
CORE = Output("pkg/sub/_core.abi3.so")
MEANT = "; where it is meant, a stub or py.typed in pkg/sub/ says so"


@pytest.mark.parametrize(
    ("outputs", "packed"),
    [
        ([CORE], ["pkg/sub/__init__.py"]),
        # A namespace package, and one whose files are all deeper.
        ([CORE], ["pkg/sub/py.typed"]),
        ([CORE], ["pkg/sub/deep/a.py"]),
        ([CORE], ["pkg-1.data/purelib/pkg/sub/a.py"]),
        # The builder brings the package itself.
        ([CORE, Output("pkg/sub/__init__.py", "purelib")], []),
        # A module of no package, and what is none.
        ([Output("_core.abi3.so")], []),
        ([Output("pkg/sub/a.txt")], []),
        ([Output("pkg/sub/_core.abi3.so", "data")], []),
        ([Output("pkg/sub/_core.abi3.so", "internal")], []),
    ],
)
def test_at_home(outputs: list[Output], packed: list[str]) -> None:
    assert [] == list(alone({"core": outputs}, packed, TARGET))


@pytest.mark.parametrize(
    ("packed", "fix"),
    [
        ([], f"let the backend ship pkg.sub, or name another package{MEANT}"),
        (
            ["pkg/__init__.py", "pkg-1.dist-info/METADATA", "pkg-1.data/data/pkg/sub/a"],
            f"let the backend, which ships pkg, ship pkg.sub, or name another package{MEANT}",
        ),
        (["pkg/__init__.py", "pkg/subs/__init__.py"], "did you mean pkg.subs?"),
        (
            [f"{letter * 9}/a.py" for letter in "fedcba"],
            (
                f"let the backend, which ships {', '.join(letter * 9 for letter in 'abcde')}, ...,"
                f" ship pkg.sub, or name another package{MEANT}"
            ),
        ),
    ],
)
def test_alone(packed: list[str], fix: str) -> None:
    """Another module beside it makes no package, nor do metadata and data."""
    other = Output("pkg/sub/_other.abi3.so")
    found = list(alone({"core": [CORE], "other": [other]}, packed, TARGET))
    assert [("core", fix), ("other", fix)] == [(each.extension, each.fix) for each in found]
    message = "nothing else of the wheel is in pkg/sub/, where pkg/sub/_core.abi3.so goes"
    assert message == found[0].message
    assert str(found[0]).startswith("warning[extension-package-missing]: core: nothing")


@pytest.mark.parametrize(
    ("packed", "hidden"),
    [
        (["pkg.py"], "pkg.py is a module, and Python looks for nothing in pkg/"),
        (["pkg/__init__.py", "pkg/sub.py"], "pkg/sub.py is a module, and"),
        (["pkg-1.data/purelib/pkg.py"], "pkg.py is a module"),
        (["pkg.abi3.so"], "pkg.abi3.so is a module"),
        (["pkg.py", "pkg/__init__.py"], ""),
        (["pkg.txt", "pkg/sub.pyi", "pkg/sub/x.py"], ""),
    ],
)
def test_hidden(packed: list[str], hidden: str) -> None:
    """A plain module has nothing below it, whatever its folder holds."""
    if not hidden:
        refuse_hidden({"core": [CORE]}, packed, TARGET)
        return
    with pytest.raises(ExtensionError) as caught:
        refuse_hidden({"core": [CORE]}, packed, TARGET)
    assert ("extension-output-clash", "core") == (caught.value.code, caught.value.extension)
    assert hidden in caught.value.message


def test_python_looks_there_as_is_said(tmp_path: Path) -> None:
    """What is refused cannot be imported, and what is only told can be."""
    for path in ("hidden.py", "hidden/_core.py", "alone/_core.py"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("")
    command = [sys.executable, "-c"]
    done = [
        subprocess.run([*command, f"import {name}._core"], cwd=tmp_path, check=False).returncode
        for name in ("hidden", "alone")
    ]
    assert [1, 0] == done


TABLE = '[[tool.trigpoint.extensions]]\nname = "core"\nbuilder = "c"\nmodule = "pkg.sub._core"\nsources = ["core.c"]\n'
HOOK = (
    f'[build-system]\nrequires = ["trigpoint"]\nbuild-backend = "{HATCHLING}"\n'
    "[tool.hatch.build.hooks.trigpoint]\n"
)


def around(backend: str, more: str = "") -> str:
    """Return the beginning of a project that is wrapped around *backend*."""
    return (
        f'[build-system]\nrequires = ["trigpoint"]\nbuild-backend = "{WRAPPER}"\n'
        f'[tool.trigpoint]\nbackend = "{backend}"\n{more}'
    )


FLIT = around("flit_core.buildapi")
SUBS = {
    "flat": "pkg/sub",
    "src": "src/pkg/sub",
    "elsewhere": "python/lib/pkg/sub",
}


def told(root: Path, text: str) -> list[tuple[str, str]]:
    """Return message and fix of what a plan of *text* says about packages."""
    found = explain(text, TARGET, root=root, registry=REGISTRY, places=places)
    assert not found.refused
    assert summary(found).startswith("1 extension would be built") or "2 ext" in summary(found)
    return [
        (each.message, each.fix.message if each.fix else "")
        for each in found.findings
        if each.code == "extension-package-missing"
    ]


@pytest.mark.parametrize("text", [HOOK, FLIT, around("setuptools.build_meta")])
def test_planned_without_a_folder(text: str, tmp_path: Path) -> None:
    """Where no folder of the project can be the package, that is known before anything is compiled."""
    project(tmp_path, text + TABLE)
    message = "core: no folder of the project is pkg/sub/, where pkg/sub/_core"
    ((said, fix),) = told(tmp_path, text + TABLE)
    assert said.startswith(message)
    assert f"write the package pkg.sub, or name another package{MEANT}" == fix
    (tmp_path / "src/pkg/subs").mkdir(parents=True)
    assert "did you mean pkg.subs?" == told(tmp_path, text + TABLE)[0][1]


@pytest.mark.parametrize(
    ("table", "place"),
    [
        (TABLE, 'module = "pkg.sub._core"'),
        (
            TABLE.replace('"c"', '"cmake"')
            .replace('module = "pkg.sub._core"', 'modules = ["pkg._a", "pkg.sub._core"]')
            .replace('sources = ["core.c"]', 'source-dir = "native"'),
            'modules = ["pkg._a", "pkg.sub._core"]',
        ),
    ],
)
def test_where_it_is_told(table: str, place: str, tmp_path: Path) -> None:
    """The key that names the module is shown."""
    project(tmp_path, FLIT + table)
    (tmp_path / "pkg").mkdir()
    (tmp_path / "native").mkdir()
    (tmp_path / "native/CMakeLists.txt").write_text("")
    found = explain(FLIT + table, TARGET, root=tmp_path, registry=REGISTRY, places=places)
    (finding,) = found.findings
    assert ("extension-package-missing", "warning") == (finding.code, finding.severity.value)
    assert finding.span
    assert place.partition(" ")[0] == (FLIT + table)[finding.span.start : finding.span.end]


@pytest.mark.parametrize("folder", SUBS.values(), ids=SUBS)
def test_planned_with_a_folder(folder: str, tmp_path: Path) -> None:
    """Whether a backend takes it, the wheel tells."""
    project(tmp_path, FLIT + TABLE)
    (tmp_path / folder).mkdir(parents=True)
    assert [] == told(tmp_path, FLIT + TABLE)


FOREIGN = '[[tool.trigpoint.extensions]]\nname = "more"\nbuilder = '


@pytest.mark.parametrize(
    "text",
    [
        FLIT + TABLE.replace("pkg.sub.", ""),
        # Another extension may bring it: one that names it, and one that cannot tell.
        f'{FLIT}{TABLE.replace("pkg.sub.", "pkg.")}{FOREIGN}"plain"\n',
        f'{FLIT}{TABLE}{FOREIGN}"meson"\n',
        # Folders may have other names in the wheel.
        HOOK + '[tool.hatch.build.targets.wheel.sources]\n"lib" = "pkg/sub"\n' + TABLE,
        HOOK + '[tool.hatch.build.force-include]\n"lib" = "pkg/sub"\n' + TABLE,
        HOOK + "[tool.hatch.build.targets.wheel.hooks.custom]\n" + TABLE,
        around("setuptools.build_meta", '[tool.setuptools.package-dir]\npkg = "lib"\n') + TABLE,
        around("poetry.core.masonry.api", '[[tool.poetry.packages]]\ninclude = "sub"\nto = "pkg"\n')
        + TABLE,
        around("poetry.core.masonry.api", '[tool.poetry.build]\nscript = "b.py"\n') + TABLE,
        around("pdm.backend", '[tool.pdm.build]\ncustom-hook = "b.py"\n') + TABLE,
        # What these put into a wheel is not known.
        around("scikit_build_core.build") + TABLE,
        '[build-system]\nrequires = []\nbuild-backend = "own"\nbackend-path = ["."]\n' + TABLE,
        HOOK.replace("[tool", 'backend-path = ["."]\n[tool') + TABLE,
        TABLE,
    ],
)
def test_what_a_plan_cannot_know(text: str, tmp_path: Path) -> None:
    project(tmp_path, text)
    (tmp_path / "meson.build").write_text("")
    assert [] == told(tmp_path, text)


@pytest.mark.parametrize("name", ["setup.py", "setup.cfg", "hatch.toml"])
def test_files_that_a_plan_does_not_read(name: str, tmp_path: Path) -> None:
    project(tmp_path, FLIT + TABLE)
    (tmp_path / name).write_text("")
    assert [] == told(tmp_path, FLIT + TABLE)


def test_nothing_is_said_where_no_files_are_seen() -> None:
    found = explain(FLIT + TABLE, TARGET, registry=announced([]), places=places)
    assert () == found.findings


def test_a_large_project_is_not_looked_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond the bound nothing is said; what builds leave does not count."""
    document = tomllib.loads(FLIT)
    for number in range(3):
        (tmp_path / f"a{number}").mkdir()
        (tmp_path / f"build/b{number}").mkdir(parents=True)
        (tmp_path / f".c/c{number}").mkdir(parents=True)

    def count() -> int:
        return len(list(without_folder({"core": [CORE]}, document, tmp_path, TARGET)))

    assert 1 == count()
    for bound, told in ((2, 0), (3, 1)):
        monkeypatch.setattr("trigpoint.extensions.packages.MOST_FOLDERS", bound)
        assert told == count()
    assert 2_000 == MOST_FOLDERS


def test_paths_of_an_archive(tmp_path: Path) -> None:
    """The wrapper looks into the wheel of the other backend by this."""
    from trigpoint.extensions.wheelfile import paths_in

    with zipfile.ZipFile(tmp_path / "a.whl", "w") as archive:
        archive.writestr("pkg/a.py", "")
    assert ["pkg/a.py"] == paths_in(tmp_path / "a.whl")
