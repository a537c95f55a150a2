"""The package as a whole."""

from importlib import metadata, resources

import snow_cap


def test_version() -> None:
    """The package says the version that was installed."""
    installed = metadata.version("snow-cap")
    assert installed == snow_cap.__version__


def test_types() -> None:
    """Type checkers are told that the package has types."""
    package = resources.files(snow_cap)
    assert package.joinpath("py.typed").is_file()
