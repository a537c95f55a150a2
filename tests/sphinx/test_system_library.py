"""What the guide shows is what is printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.external.machines import DPKG, Programs, Recorded

from trigpoint.external import gate

GUIDE = Path(__file__).parents[2] / "docs/guides/system-library.md"


def test_the_message_of_the_guide(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message that it shows is that of the table above it, on a Debian without zlib."""
    text = GUIDE.read_text("utf-8")
    [shown] = re.findall(r"```text\n(error\[external-absent\].*?)```", text, re.DOTALL)
    tables = re.findall(r"```\{checked-toml\}\n(.*?)```", text, re.DOTALL)
    compiler = ("cc", "-x", "c", "-o", "/dev/null", "-")
    programs: Programs = {
        DPKG: (0, ""),
        compiler: (0, ""),
        (*compiler, "-lz"): (1, ""),
        (*compiler, "-lzlib"): (1, ""),
        ("pkg-config", "--modversion", "zlib"): (1, ""),
    }
    machine = Recorded(programs, {"/etc/os-release": "ID=debian"})
    monkeypatch.setattr(gate, "_sudo", lambda: True)
    said = [gate.check(each, machine).message() for each in tables if "hatch" in each]
    assert [shown.rstrip()] == said


def test_the_places_of_the_guide() -> None:
    """What it says that can tell a build of another place are the settings and keys that are read."""
    text = GUIDE.read_text("utf-8")
    start = text.index("Where something tells the build of another place")
    told = set(re.findall(r"`(.*?)`", text[start : text.index("To go on without", start)]))
    read = {*gate._SETTINGS, *map(".".join, gate._TABLES)}
    variables = {"CMAKE_PREFIX_PATH", f"ZLIB_{gate._OF_ONE[0]}"}
    assert {gate._ELSEWHERE[0]} < variables
    assert told == read | variables
