"""The rules of installers against pip itself, on wheels made here."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.version import Version

from trigpoint.extras import requirements
from trigpoint.markers import this_interpreter

from ..evidence.wheels import Wheel, build, metadata

pytestmark = pytest.mark.repeats

MARKERS = (
    "extra == 'a'",
    "'b' == extra",
    "extra != 'a'",
    "extra == 'a' and extra == 'b'",
    "extra == 'a' or extra == 'b'",
    "extra == 'a' and extra != 'b'",
    "extra == 'c' and os_name != 'no-such'",
    "extra == 'c' and os_name == 'no-such'",
    "extra == ''",
    "extra in 'a b'",
    "extra not in 'a b'",
    "'al' in extra",
    "extra >= 'a'",
    "extra > 'a'",
    "extra == 'hidden'",
    "extra == 'loop'",
    "extra == 'x-y'",
)
REFERENCES = (
    "pkg[a,b]; extra == 'all'",
    "pkg[c]; extra == 'b' and os_name != 'no-such'",
    "pkg[d]; extra == 'a' and os_name == 'no-such'",
    "pkg[loop]; extra == 'c'",
    "PKG[c]; extra == 'loop'",
    "pkg[b]; extra == 'd' and extra != 'z'",
    "pkg[x-y]; extra == 'negative' and extra != 'negative'",
)
OLD_ORDER = {f"dep{MARKERS.index(marker)}" for marker in ("extra >= 'a'", "extra > 'a'")}
"""What pip took for an order of text before it had packaging 26."""

PROVIDES = ("a", "b", "c", "d", "all", "loop", "x-y", "negative", "idle")
REQUESTS = (
    ["pkg"],
    ["pkg[]"],
    ["pkg[a]"],
    ["pkg[a,b]"],
    ["pkg[d]"],
    ["pkg[all]"],
    ["pkg[loop]", "pkg[a]"],
    ["pkg[hidden,unknown]"],
    ["pkg[negative,X.Y]", "pkg; os_name == 'no-such'"],
)
DOCUMENT = {
    "Name": ["pkg"],
    "Provides-Extra": list(PROVIDES),
    "Default-Extra": ["idle"],
    "Requires-Dist": [
        "always",
        *(f"dep{i}; {marker}" for i, marker in enumerate(MARKERS)),
        *REFERENCES,
    ],
}


def pip(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pip", "--isolated", "--disable-pip-version-check", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def packaging_of_pip() -> Version:
    """The version of packaging that pip carries, which reads its markers."""
    asked = "import pip._vendor.packaging; print(pip._vendor.packaging.__version__)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    return Version(done.stdout)


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the project and everything that it may require."""
    if sys.platform == "emscripten":
        pytest.skip("pip needs processes, which Pyodide has not")
    found = re.match(r"pip (\S+)", pip("--version").stdout)
    if found is None:
        pytest.skip("this environment has no pip")
    if Version(found[1]) < Version("23.3"):
        pytest.skip(f"pip {found[1]} does not compare normalised extras; 23.3 and later do")
    folder = tmp_path_factory.mktemp("wheels")
    lines = [
        f"{name}: {value}"
        for name in ("Provides-Extra", "Default-Extra", "Requires-Dist")
        for value in DOCUMENT[name]
    ]
    build(Wheel(metadata=metadata(*lines)), folder)
    for name in ("always", *(f"dep{i}" for i in range(len(MARKERS)))):
        build(Wheel(name=name), folder)
    return folder


@pytest.mark.parametrize("asked", REQUESTS, ids=" ".join)
def test_pip_installs_what_is_predicted(wheels: Path, asked: list[str]) -> None:
    """The projects that pip would install are the ones that come by the installers' rules."""
    done = pip(
        "install",
        "--dry-run",
        "--no-index",
        "--find-links",
        str(wheels),
        "--ignore-installed",
        "--quiet",
        "--report",
        "-",
        *asked,
    )
    assert done.returncode == 0, done.stderr
    installed = {each["metadata"]["name"] for each in json.loads(done.stdout)["install"]}
    resolution = requirements(DOCUMENT, asked, this_interpreter(), "installers")
    left_out = OLD_ORDER if packaging_of_pip() < Version("26") else set()
    assert {"pkg", *resolution.names} - left_out == installed - left_out


def test_pip_refuses_a_minus(wheels: Path) -> None:
    """A minus between the brackets is a syntax error to pip."""
    done = pip("install", "--dry-run", "--no-index", "--find-links", str(wheels), "pkg[-a]")
    assert done.returncode != 0
    assert "-a" in done.stderr
