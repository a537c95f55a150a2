"""Reading and asking a marker loads what that needs, and public names come when asked for."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import trigpoint.markers

LATER = (
    "meaning.differences",
    "meaning.environments",
    "meaning.explain",
    "meaning.lints",
    "reading.diagnose",
    "writing.cover",
    "writing.pythons",
    "writing.rewrite",
    "writing.simplify",
)
"""Modules that reading and asking a marker can do without."""


@pytest.mark.usefixtures("processes")
def test_asking_a_marker_loads_little() -> None:
    """Tables of environments, lints, explanations and the writer are left for later."""
    program = (
        "import json, sys\n"
        "from trigpoint.markers import Marker\n"
        "Marker(\"os_name == 'nt' and extra == 'x'\").evaluate({'os_name': 'nt'}, {'x'})\n"
        "print(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True
    )
    loaded = set(json.loads(done.stdout))
    assert "trigpoint.markers.marker" in loaded
    assert set() == loaded & {f"trigpoint.markers.{name}" for name in LATER}
    assert "difflib" not in loaded


def test_every_public_name_is_there() -> None:
    """Each name of ``__all__`` can be had, and is listed before anybody asked for it."""
    module = trigpoint.markers
    assert set(module.__all__) <= set(dir(module))
    assert set(module._LATER) <= set(module.__all__)
    for name in module.__all__:
        assert getattr(module, name) is getattr(module, name)


def test_other_names_are_not() -> None:
    """A name that is none is an AttributeError, as for any module."""
    with pytest.raises(AttributeError, match="has no attribute 'Nonsense'"):
        trigpoint.markers.Nonsense  # noqa: B018
