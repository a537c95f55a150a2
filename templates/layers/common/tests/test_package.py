"""The package as a whole."""

from importlib import metadata, resources

import snow_cap


def test_version() -> None:
    """The package says the version that was installed."""
    assert metadata.version("snow-cap") == snow_cap.__version__


def test_types() -> None:
    """Type checkers are told that the package has types."""
    assert resources.files(snow_cap).joinpath("py.typed").is_file()
