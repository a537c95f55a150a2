"""Two wheels that write to one place: where, how, and in which places."""

from __future__ import annotations

from trigpoint.wheels import PLACES, Collision, collisions, inspect

from .build import EVERY, Wheel

POSIX = tuple(each for each in PLACES.values() if not each.folds_case)
VENV = (PLACES["pip-venv-posix"],)
WINDOWS = (PLACES["pip-venv-windows"],)
POINTS = "egg-1.0.dist-info/entry_points.txt"


def _egg(files: dict[str, bytes]) -> Wheel:
    return Wheel(files, project="egg")


def _how(first: Wheel, second: Wheel, places: object = VENV) -> list[tuple[str, str, str, str]]:
    found = collisions(first.inspected(), second.inspected(), places)  # type: ignore[arg-type]
    return [(each.target, each.first, each.second, each.how) for each in found]


def test_nothing_in_common() -> None:
    """Two wheels of two projects share nothing, and what is no wheel has nothing to share."""
    assert () == collisions(Wheel().inspected(), _egg({}).inspected())
    assert () == collisions(inspect(b""), EVERY.inspected())


def test_the_same_and_different_bytes() -> None:
    """Equal bytes are told apart from others."""
    first = Wheel({"tests/__init__.py": b"", "tests/a.py": b"1"})
    second = _egg({"tests/__init__.py": b"", "tests/a.py": b"2"})
    site = "lib/python3.13/site-packages/tests"
    assert [
        (f"{site}/__init__.py", "tests/__init__.py", "tests/__init__.py", "same"),
        (f"{site}/a.py", "tests/a.py", "tests/a.py", "differs"),
    ] == _how(first, second)


def test_through_different_schemes() -> None:
    """What counts is the target, from whichever scheme a file comes."""
    first = Wheel({"spam-1.0.data/data/bin/run": b"1"})
    second = _egg({"egg-1.0.data/scripts/run": b"2"})
    assert [
        ("bin/run", "spam-1.0.data/data/bin/run", "egg-1.0.data/scripts/run", "differs")
    ] == _how(first, second)
    assert [] == _how(first, second, WINDOWS)


def test_commands() -> None:
    """A command of an entry point meets a script, and another command of its name."""
    first = Wheel({"spam-1.0.data/scripts/run": b"1"})
    second = _egg({POINTS: b"[console_scripts]\nrun = a:b\n"})
    assert [("bin/run", "spam-1.0.data/scripts/run", "run", "differs")] == _how(first, second)
    assert [("bin/run", "run", "spam-1.0.data/scripts/run", "differs")] == _how(second, first)
    third = Wheel({"spam-1.0.dist-info/entry_points.txt": b"[gui_scripts]\nrun = c:d\n"})
    assert [("Scripts/run.exe", "run", "run", "differs")] == _how(second, third, WINDOWS)


def test_case_counts_where_the_system_folds_it() -> None:
    """On Windows and macOS two names that differ in case only are one file."""
    first, second = Wheel({"Spam/a.py": b""}), _egg({"spam/a.py": b""})
    assert [] == _how(first, second, POSIX)
    assert [("Lib/site-packages/Spam/a.py", "Spam/a.py", "spam/a.py", "case")] == _how(
        first, second, WINDOWS
    )


def test_a_file_where_the_other_needs_a_folder() -> None:
    """It is found whichever of the two comes first."""
    first, second = Wheel({"a": b""}), _egg({"a/b/c.py": b""})
    expected = "lib/python3.13/site-packages/a"
    assert [(expected, "a", "a/b/c.py", "folder")] == _how(first, second)
    assert [(expected, "a/b/c.py", "a", "folder")] == _how(second, first)


def test_all_places_are_looked_at() -> None:
    """Each collision names every place where it happens."""
    found = collisions(Wheel({"a.py": b""}).inspected(), _egg({"a.py": b""}).inspected())
    assert [
        Collision("lib/python3.13/site-packages/a.py", "a.py", "a.py", "same", tuple(PLACES))
    ] == list(found)


def test_the_python_of_the_paths() -> None:
    """Data for one Python meets a module on that Python only."""
    first = Wheel({"spam-1.0.data/data/lib/python3.12/site-packages/a.py": b""}).inspected()
    second = _egg({"a.py": b""}).inspected()
    assert () == collisions(first, second, VENV)
    assert 1 == len(collisions(first, second, VENV, "3.12"))
