"""The named environments are whole, consistent, and laid out for reading."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Mapping

import pytest
from packaging.markers import default_environment
from packaging.version import Version

from trigpoint.markers.meaning.environments import (
    DEFAULT_INTERPRETERS,
    DEFAULT_PLATFORMS,
    ENVIRONMENTS,
    INTERPRETERS,
    PLATFORMS,
    VARIABLES,
    Environment,
    Grid,
    UnknownEnvironmentError,
    default_selection,
    environment,
    grid,
    this_interpreter,
)
from trigpoint.markers.meaning.known_values import KNOWN_VALUES

each = pytest.mark.parametrize("preset", ENVIRONMENTS.values(), ids=ENVIRONMENTS)


@each
def test_whole(preset: Environment) -> None:
    """An environment has exactly the variables that packaging finds here, all text."""
    assert set(default_environment()) == set(preset)
    assert len(VARIABLES) == len(preset)
    assert {str} == {type(value) for value in preset.values()}


@each
def test_named_after_its_parts(preset: Environment) -> None:
    """The name is interpreter, hyphen, platform; labels and sources are there to show."""
    assert f"{preset.interpreter}-{preset.platform}" == preset.name
    assert INTERPRETERS[preset.interpreter] == preset.interpreter_label
    assert PLATFORMS[preset.platform] == preset.platform_label
    assert preset.label.endswith(f" on {preset.platform_label}")
    assert preset.source


@each
def test_versions_agree(preset: Environment) -> None:
    """python_version is major.minor of python_full_version, and CPython is its own version."""
    full = Version(preset["python_full_version"])
    assert f"{full.major}.{full.minor}" == preset["python_version"]
    Version(preset["implementation_version"])
    if preset["implementation_name"] == "cpython":
        assert preset["python_full_version"] == preset["implementation_version"]


@each
def test_known_values(preset: Environment) -> None:
    """What an environment reports counts as a known value."""
    assert not {
        variable: preset[variable]
        for variable, known in KNOWN_VALUES.items()
        if preset[variable] not in known
    }


def test_real_combinations() -> None:
    """Emscripten runs Pyodide and nothing else, and Pyodide runs nowhere else."""
    on_emscripten = {
        preset.interpreter
        for preset in ENVIRONMENTS.values()
        if preset["sys_platform"] == "emscripten"
    }
    assert {"pyodide-0.29", "pyodide-314"} == on_emscripten
    assert {"emscripten-wasm32"} == {
        preset.platform for preset in ENVIRONMENTS.values() if preset.interpreter in on_emscripten
    }


def test_free_threaded_builds_look_alike() -> None:
    """No variable tells a free-threaded build apart, and its note says so."""
    ordinary = ENVIRONMENTS["cpython-3.14-linux-x86_64"]
    threaded = ENVIRONMENTS["cpython-3.14t-linux-x86_64"]
    assert ordinary == threaded
    assert hash(ordinary) == hash(threaded)
    assert "free-threaded" in threaded.note
    assert ordinary != ENVIRONMENTS["cpython-3.14-macos-arm64"]


def test_musl_shows_only_in_the_kernel() -> None:
    """Musl and glibc differ in nothing but the kernel that happens to run."""
    glibc = ENVIRONMENTS["cpython-3.14-linux-x86_64"]
    musl = ENVIRONMENTS["cpython-3.14-linux-x86_64-musl"]
    assert {"platform_release", "platform_version"} == {
        variable for variable in VARIABLES if glibc[variable] != musl[variable]
    }
    assert "musl" in musl.note


def test_windows_11_by_interpreter() -> None:
    """Interpreters before 3.12 take Windows 11 for Windows 10."""
    expected = {"cpython-3.11": "10", "cpython-3.12": "11"}
    assert expected == {
        name: ENVIRONMENTS[f"{name}-windows-x64"]["platform_release"] for name in expected
    }


def test_read_only() -> None:
    """Neither the table nor an environment can be changed by a caller."""
    with pytest.raises(TypeError):
        ENVIRONMENTS["new"] = this_interpreter()  # type: ignore[index]
    with pytest.raises(TypeError):
        this_interpreter()["os_name"] = "nt"  # type: ignore[index]
    with pytest.raises(AttributeError):
        this_interpreter().name = "that"  # type: ignore[misc]


def test_is_a_mapping() -> None:
    """An environment goes wherever a mapping of marker variables goes."""
    preset = ENVIRONMENTS["pypy-3.11-linux-x86_64"]
    assert isinstance(preset, Mapping)
    assert preset == dict(preset)
    assert dict(preset) == json.loads(json.dumps(dict(preset)))
    assert {**preset, "extra": ""} == {"extra": "", **preset}


def test_this_interpreter() -> None:
    """``this`` is the interpreter that runs the test."""
    here = this_interpreter()
    assert here == default_environment()
    assert (os.name, sys.platform) == (here["os_name"], here["sys_platform"])
    assert platform.python_version() == here["python_full_version"]
    assert here is environment("this")


@pytest.mark.parametrize(
    ("typed", "suggestion"),
    [
        ("cpython-3.13", "cpython-3.13-linux-x86_64"),
        ("CPython-3.13-linux-x86-64", "cpython-3.13-linux-x86_64"),
        ("cpython-3.13-windows", "cpython-3.13-windows-x64"),
        ("pyodide", "pyodide-0.29-emscripten-wasm32"),
        ("pypi-3.11-linux-x86_64", "pypy-3.11-linux-x86_64"),
    ],
)
def test_unknown_name(typed: str, suggestion: str) -> None:
    """A name that nothing has is a KeyError that says which names come close."""
    with pytest.raises(KeyError) as caught:
        environment(typed)
    assert isinstance(caught.value, UnknownEnvironmentError)
    assert suggestion in caught.value.suggestions
    assert f"no environment is called {typed!r}; did you mean " in str(caught.value)


@pytest.mark.parametrize("typed", ["", "nonsense", "\0", "x" * 10_000])
def test_unknown_name_without_suggestion(typed: str) -> None:
    """A name that resembles nothing gets no suggestion."""
    with pytest.raises(UnknownEnvironmentError) as caught:
        environment(typed)
    assert not caught.value.suggestions
    assert f"no environment is called {typed!r}" == str(caught.value)


def test_default_grid_is_full() -> None:
    """By default there is a row a platform and a column an interpreter, without a gap."""
    shown = grid()
    assert list(DEFAULT_PLATFORMS) == [key for key, _ in shown.platforms]
    assert list(DEFAULT_INTERPRETERS) == [key for key, _ in shown.interpreters]
    assert default_selection() == tuple(
        cell.name for row in shown.rows for cell in row if cell is not None
    )
    assert len(DEFAULT_PLATFORMS) * len(DEFAULT_INTERPRETERS) == len(default_selection())


def test_grid_order_and_gaps() -> None:
    """Rows and columns come in catalogue order; what was not selected is None."""
    names = ["this", "pyodide-314-emscripten-wasm32", "cpython-3.9-linux-x86_64"]
    shown = grid(names)
    platforms = ["linux-x86_64", "emscripten-wasm32", "this"]
    interpreters = ["cpython-3.9", "pyodide-314", "this"]
    assert platforms == [key for key, _ in shown.platforms]
    assert interpreters == [key for key, _ in shown.interpreters]
    filled = [(row, row) for row in range(3)]
    assert filled == [
        (row, column)
        for row, cells in enumerate(shown.rows)
        for column, cell in enumerate(cells)
        if cell is not None
    ]


def test_grid_of_an_unknown_name() -> None:
    """A selection with an unknown name is refused."""
    with pytest.raises(UnknownEnvironmentError):
        grid(["cpython-3.13-linux-x86_64", "cpython-4.0-linux-x86_64"])


def test_empty_grid() -> None:
    """An empty selection is an empty grid."""
    assert Grid((), (), ()) == grid([])
