"""Extensions that no build comes to: said where they are explained, instead of a plan that lies."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from trigpoint.extensions import Target
from trigpoint.extensions.explain import explain
from trigpoint.extensions.reached import HATCHLING, WITHOUT, WRAPPER, misplaced, unreached
from trigpoint.labs.extensions.answer import places

TARGET = Target("cpython", (3, 13), "linux_x86_64", ".cpython-313-x86_64-linux-gnu.so", ".abi3.so")
TABLE = '[[tool.trigpoint.extensions]]\nname = "core"\nbuilder = "c"\nmodule = "a._b"\nsources = ["b.c"]\n'
ASKED = "write [tool.hatch.build.hooks.trigpoint], or [build.hooks.trigpoint] in hatch.toml"
HOOK = "[tool.hatch.build.hooks.trigpoint]\n"


def system(backend: str, requires: str = '["trigpoint"]', more: str = "") -> str:
    return f'[build-system]\nrequires = {requires}\nbuild-backend = "{backend}"\n{more}'


REACHED = {
    "the hook": system(HATCHLING, more=HOOK),
    "the hook of the wheel": system(
        HATCHLING, more="[tool.hatch.build.targets.wheel.hooks.trigpoint]\n"
    ),
    "the hook brings it": system(HATCHLING, "[]", f'{HOOK}dependencies = ["trigpoint>=1"]\n'),
    "the wrapper": system(WRAPPER, '["flit-core", "Trigpoint >= 1"]'),
    "a backend of its own": system(HATCHLING, more='backend-path = ["."]\n'),
    "a backend that is not known": system("spam.backend", "[]"),
    "no backend": "[build-system]\nrequires = []\n",
    "nothing": "",
    "no text": "[build-system]\nbuild-backend = 1\n",
    "no table": "build-system = 1\n",
}


@pytest.mark.parametrize("name", REACHED)
def test_reached(name: str) -> None:
    """Where a build comes to them, or nobody can tell, nothing is said."""
    assert unreached(tomllib.loads(REACHED[name])) is None
    assert "1 extension would be built" in _summary(REACHED[name] + TABLE)


def _summary(text: str) -> str:
    from trigpoint.extensions.words import summary

    return summary(explain(text, TARGET, places=places))


@pytest.mark.parametrize(
    ("text", "line", "fix"),
    [
        *(
            (system(each), 3, f'below [tool.trigpoint] backend = "{each}"')
            for each in sorted(WITHOUT)
        ),
        (system(HATCHLING), 3, ASKED),
        (
            system(HATCHLING, more="[tool.hatch.build.targets.sdist.hooks.trigpoint]\n"),
            3,
            ASKED,
        ),
        (system(HATCHLING, '["hatchling"]', HOOK), 2, 'add "trigpoint" to build-system.requires'),
        (
            system(WRAPPER, '["trigpoints", 1, "", "-a"]'),
            2,
            'add "trigpoint" to build-system.requires',
        ),
        (f'[build-system]\nbuild-backend = "{WRAPPER}"\n', 2, 'add "trigpoint"'),
    ],
)
def test_not_reached(text: str, line: int, fix: str) -> None:
    """A backend that does not know them, a hook nobody asks for, and a requirement that is missing."""
    found = explain(text + TABLE, TARGET, places=places).findings
    assert ["extension-not-reached"] == [each.code for each in found]
    assert found[0].span is not None
    assert line == found[0].span.line
    assert found[0].fix is not None
    assert fix in found[0].fix.message
    assert "Nothing would be built: 1 error." == _summary(text + TABLE)


def test_a_file_of_hatch_may_ask_for_the_hook(tmp_path: Path) -> None:
    """It is not read here, so nothing is said; without one, it is."""
    document = tomllib.loads(system(HATCHLING))
    assert unreached(document, tmp_path) is not None
    (tmp_path / "hatch.toml").write_text("")
    assert unreached(document, tmp_path) is None


def test_nothing_to_reach() -> None:
    """Without tables, and with none that is on, a backend that knows none is as it should be."""
    assert () == explain(system("uv_build"), TARGET).findings
    off = f"{system('uv_build')}{TABLE}enable-by-default = false\n"
    assert () == explain(off, TARGET).findings


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("[[tool.trigpoint.extension]]\n", [("tool", "trigpoint", "extension")]),
        ("[[tool.trigpoints.extensions]]\n", [("tool", "trigpoints", "extensions")]),
        ("[[project.extensions]]\n", [("project", "extensions")]),
        ("[project.extensions.core]\n", [("project", "extensions")]),
        ("[tool.trigpoints]\nx = 1\n", []),
        ("[tool.trigpoint]\nexternal = {}\nbackend = 'a'\nother = 1\n", []),
        ("[tool.other]\nextensions = []\n", []),
        ("[tool]\ntrigpoints = 1\ntrigpoint = 1\n", []),
        ("tool = 1\nproject = 1\n", []),
        (TABLE, []),
    ],
)
def test_misplaced(text: str, paths: list[tuple[str, ...]]) -> None:
    """Tables whose name is nearly ours, or that stand below [project], are named by a build, too."""
    found = misplaced(tomllib.loads(text))
    assert paths == [path for path, _ in found]
    told = explain(text, TARGET, places=places).findings
    assert len(paths) == sum(each.code == "extension-unknown-key" for each in told)
    assert all("[[tool.trigpoint.extensions]]" in error.fix for _, error in found)
