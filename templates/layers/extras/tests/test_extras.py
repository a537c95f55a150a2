"""The package with and without what its extras bring."""

from importlib.metadata import metadata

import pytest

from snow_cap import need, show


def test_lines() -> None:
    """There is a line for each latitude, whatever is installed."""
    assert len(show([0.0, 35.0]).splitlines()) == 2


def test_what_is_missing_is_named() -> None:
    """The message has the command that mends it."""
    command = r"pip install 'snow-cap\[table\]'"
    with pytest.raises(ImportError, match=command):
        need("no_such_module", "table")


def test_the_package_itself_is_there() -> None:
    """What is installed is not asked for."""
    need("snow_cap", "table")


def test_extras() -> None:
    """The metadata has them all."""
    installed = metadata("snow-cap")
    extras = installed.get_all("Provides-Extra")
    assert extras is not None
    assert sorted(set(extras)) == [
        "all",
        "color",
        "packaging25",
        "packaging26",
        "recommended",
        "table",
    ]
