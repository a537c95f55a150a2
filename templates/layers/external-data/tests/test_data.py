"""The files outside of the package, where programs look for them."""

import json
import sysconfig
from importlib.metadata import files
from pathlib import Path

import pytest

PREFIX = Path(sysconfig.get_path("data"))
MAN = "share/man/man1/snow-cap.1"
DESKTOP = "share/applications/snow-cap.desktop"
TEMPLATE = "share/jupyter/nbconvert/templates/snow-cap/conf.json"


@pytest.mark.parametrize("path", [MAN, DESKTOP, TEMPLATE])
def test_they_are_there(path: str) -> None:
    """Each lies below the prefix, and the installer will take it away."""
    installed = files("snow-cap")
    assert installed is not None
    assert (PREFIX / path).is_file()
    assert any(each.as_posix().endswith(path) for each in installed)


def test_the_manual_is_about_the_command() -> None:
    """Its name is that of the command."""
    text = (PREFIX / MAN).read_text(encoding="utf-8")
    assert "snow-cap" in text


def test_the_template_names_its_base() -> None:
    """What nbconvert reads is JSON."""
    text = (PREFIX / TEMPLATE).read_text(encoding="utf-8")
    assert json.loads(text)["base_template"] == "lab"
