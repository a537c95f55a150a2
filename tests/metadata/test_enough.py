"""The real files are as many as promised where a session installed them."""

from __future__ import annotations

from pathlib import Path

import pytest


def test_enough_real_files(request: pytest.FixtureRequest) -> None:
    """With the environment variable set, at least a hundred files are read."""
    import sys

    module = sys.modules["trigpoint_real_files"]
    files = module.real_files()
    wanted = module.ENOUGH if module.extra_directories() else 1
    assert len(files) >= wanted


def test_list_has_enough_packages() -> None:
    """The list names more than a hundred packages, each once."""
    lines = Path(__file__).with_name("packages.txt").read_text("utf-8").splitlines()
    names = [line for line in lines if line and not line.startswith("#")]
    assert len(names) == len(set(names)) > 100
