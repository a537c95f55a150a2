"""Where files land on systems that the tests do not run on, and what does not land."""

from __future__ import annotations

import pytest

from trigpoint.wheels import PLACES, inspect, landing
from trigpoint.wheels.places import is_python

from .build import EVERY, FOREIGN, Wheel

SITE = "lib/python3.13/site-packages"
LANDED = {
    "pip-venv-windows": (
        "Lib/site-packages/root_mod.py", "Lib/site-packages/plat_mod.py", "Scripts/run-me",
        "include/site/python3.13/every-thing/every.h", "share/every/thing.txt",
        "Scripts/every.exe", "Scripts/every-gui.exe",
    ),
    "pip-user-windows": (
        "Python313/site-packages/root_mod.py", "Python313/site-packages/plat_mod.py",
        "Python313/Scripts/run-me", "Python313/Include/every-thing/every.h",
        "share/every/thing.txt", "Python313/Scripts/every.exe", "Python313/Scripts/every-gui.exe",
    ),
    "installer-prefix-windows": (
        "Lib/site-packages/root_mod.py", "Lib/site-packages/plat_mod.py", "Scripts/run-me",
        "Include/Every_Thing/every.h", "share/every/thing.txt",
        "Scripts/every.exe", "Scripts/every-gui.exe",
    ),
    "pip-user-macos": (
        "lib/python/site-packages/root_mod.py", "lib/python/site-packages/plat_mod.py",
        "bin/run-me", "include/python3.13/every-thing/every.h", "share/every/thing.txt",
        "bin/every", "bin/every-gui",
    ),
    "pip-system-debian": (
        "usr/local/lib/python3.13/dist-packages/root_mod.py",
        "usr/local/lib/python3.13/dist-packages/plat_mod.py", "usr/local/bin/run-me",
        "usr/include/python3.13/every-thing/every.h", "usr/local/share/every/thing.txt",
        "usr/local/bin/every", "usr/local/bin/every-gui",
    ),
    "pyodide-system-pyodide": (
        f"{SITE}/root_mod.py", f"{SITE}/Every_Thing-1.0.data/platlib/plat_mod.py",
        f"{SITE}/Every_Thing-1.0.data/scripts/run-me",
        f"{SITE}/Every_Thing-1.0.data/headers/every.h", "share/every/thing.txt",
    ),
}  # fmt: skip
SHOWN = ("root_mod.py", "plat_mod.py", "run-me", "every.h", "thing.txt", "every", "every-gui")


@pytest.mark.parametrize("place", LANDED)
def test_systems_that_are_not_here(place: str) -> None:
    """Windows, macOS, Debian and Pyodide have folders of their own."""
    landed = [
        each.target
        for each in landing(EVERY.inspected(), PLACES[place])
        if each.path.rpartition("/")[2] in SHOWN
    ]
    assert LANDED[place] == tuple(landed)


def test_another_python() -> None:
    """A free-threaded build has folders of its own, but for pip's headers in an environment."""
    targets = [
        each.target for each in landing(EVERY.inspected(), PLACES["pip-venv-posix"], "3.14t")
    ]
    assert "lib/python3.14t/site-packages/root_mod.py" in targets
    assert "include/site/python3.14/every-thing/every.h" in targets


def test_what_comes_from_where() -> None:
    """Each target names the file and the scheme; commands are generated, and last."""
    landed = landing(EVERY.inspected(), PLACES["uv-venv-posix"])
    assert [False] * 16 + [True] * 2 == [each.generated for each in landed]
    by_path = {each.path: each for each in landed}
    assert "headers" == by_path["Every_Thing-1.0.data/headers/every.h"].scheme
    assert ("purelib", "scripts") == (by_path["root_mod.py"].scheme, by_path["every"].scheme)


def test_data_of_another_name() -> None:
    """It is taken apart by pip, and the others leave it where it is."""
    for name, target in (
        ("pip-venv-posix", "share/other.txt"),
        ("uv-venv-posix", f"{SITE}/other-2.0.data/data/share/other.txt"),
        ("pyodide-system-pyodide", f"{SITE}/other-2.0.data/data/share/other.txt"),
    ):
        landed = {each.path: each for each in landing(FOREIGN.inspected(), PLACES[name])}
        assert target == landed["other-2.0.data/data/share/other.txt"].target
    assert "platlib" == landed["other-2.0.data/data/share/other.txt"].scheme


def test_what_does_not_land() -> None:
    """Nothing lands outside of its base, below an unknown scheme, or of an sdist."""
    wheel = Wheel(
        {
            "../up.py": b"",
            "spam-1.0.data/weird/x": b"",
            "spam/": b"",
            "spam-1.0.dist-info/entry_points.txt": b"[console_scripts]\n../up = a:b\n.. = a:b\n",
        }
    )
    targets = {each.path for place in PLACES.values() for each in landing(wheel.inspected(), place)}
    info = "spam-1.0.dist-info"
    assert {f"{info}/{name}" for name in ("METADATA", "RECORD", "WHEEL", "entry_points.txt")} == (
        targets
    )
    assert () == landing(inspect(b"x", "a.txt"), PLACES["pip-venv-posix"])


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("3.13", True),
        ("3.14t", True),
        ("999.999", True),
        ("3.1000", False),
        ("3", False),
        ("3.13.1", False),
        ("3.x", False),
        ("3.", False),
        ("3.\u0661", False),
        ("3.1\u00b2", False),
        ("3.13tt", False),
        ("", False),
        ("../x", False),
    ],
)
def test_versions_of_python(value: str, expected: bool) -> None:
    """Two numbers of at most three digits, as they stand in paths, and maybe a t."""
    assert expected is is_python(value)


def test_places_are_named_after_what_they_are() -> None:
    """A name is installer, way and system, and case folds on two systems."""
    assert all(name == place.name for name, place in PLACES.items())
    assert {"macos", "windows"} == {each.system for each in PLACES.values() if each.folds_case}
    assert all(each.base.startswith("the ") for each in PLACES.values())
