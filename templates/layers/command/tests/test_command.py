"""The command, as people run it."""

import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

import snow_cap
from snow_cap.__main__ import main

SCRIPTS = Path(sysconfig.get_path("scripts"))


def test_height(capsys: pytest.CaptureFixture[str]) -> None:
    """It prints the height in metres."""
    assert main(["35"]) == 0
    assert capsys.readouterr().out == "2500 m\n"


def test_digits(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A variable of the environment says how many digits there are."""
    monkeypatch.setenv("SNOW_CAP_DIGITS", "1")
    main(["35"])
    assert capsys.readouterr().out == "2500.0 m\n"


def test_no_latitude(capsys: pytest.CaptureFixture[str]) -> None:
    """What is no latitude is told on standard error, with a status that says so."""
    assert main(["91"]) == 2
    assert capsys.readouterr().err == "91.0 is no latitude\n"


@pytest.mark.parametrize(
    "command",
    [
        [str(SCRIPTS / "snow-cap")],
        [sys.executable, "-m", "snow_cap"],
    ],
    ids=["script", "module"],
)
def test_installed(command: list[str]) -> None:
    """The installed command and the module say the version."""
    result = subprocess.run(
        [*command, "--version"], capture_output=True, check=True, text=True
    )
    said = result.stdout.strip()
    assert said == snow_cap.__version__
