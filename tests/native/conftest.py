"""The projects have tests of their own, which run where they are installed."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from tests.native.projects import together

collect_ignore_glob = ["parts/*", "projects/*"]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Give one processor what belongs together, so that no project is built on both.

    pytest-xdist writes the groups of ``loadgroup`` into the ids of tests, where pytest 9.2 has
    them no more.
    """
    if config.getvalue("dist") != "loadscope":
        return None
    scheduler: Any = importlib.import_module("xdist.scheduler").LoadScopeScheduling(config, log)
    scheduler._split_scope = together
    return scheduler
