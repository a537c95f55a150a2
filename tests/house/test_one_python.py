"""What only one version of Python proves is listed in one place, which names no test that is gone."""

from __future__ import annotations

from fnmatch import fnmatch

import pytest
from tests.conftest import HERE, ONE_PYTHON, marks


@pytest.mark.parametrize("pattern", ONE_PYTHON)
def test_every_pattern_names_tests(pattern: str) -> None:
    """What was renamed is run twice again, and the list says that it is not."""
    names = [path.relative_to(HERE).as_posix() for path in HERE.rglob("test_*.py")]
    assert any(fnmatch(name, pattern) for name in names)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("house/test_one_python.py", ["repeats", "one_python"]),
        ("metadata/test_growth.py", ["one_python"]),
        ("metadata/test_reading.py", []),
        ("../src/trigpoint/versions.py", []),
    ],
)
def test_marks_are_those_of_the_file(name: str, expected: list[str]) -> None:
    """Tests of the house measure no coverage besides, and doctests have no such marks."""
    assert expected == [each.name for each in marks((HERE / name).resolve())]


def test_this_test_has_its_marks(request: pytest.FixtureRequest) -> None:
    """The session of the oldest Python chooses by them."""
    assert {"repeats", "one_python"} <= {each.name for each in request.node.iter_markers()}
