"""Real files for the tests that ask for one."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


def _load() -> ModuleType:
    path = Path(__file__).with_name("real_files.py")
    spec = importlib.util.spec_from_file_location("trigpoint_real_files", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault(spec.name, module)
    spec.loader.exec_module(module)
    return module


real_files = _load()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "real_file" in metafunc.fixturenames:
        files = real_files.real_files()
        metafunc.parametrize("real_file", [pytest.param(file.data, id=file.name) for file in files])
