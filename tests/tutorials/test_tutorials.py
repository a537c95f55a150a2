"""What the tutorials say works, in a new environment, from the first command to the last.

``nox -s tutorials`` runs this: it needs the package index, and some need a compiler.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

import pytest
from tests.tutorials.follow import PAGES, Command, follow, steps

NEEDS = {"gfortran", "cargo", "git", "c++"}

NETWORK = re.compile(r"(?i)SSL_CERT_\w+|\w+_CA_BUNDLE|(?:https?|no|all)_proxy").fullmatch

pytestmark = pytest.mark.skipif(
    "TRIGPOINT_TUTORIALS" not in os.environ, reason="nox -s tutorials follows the tutorials"
)


def environment(home: Path) -> dict[str, str]:
    """Return the environment of a reader who has Python and nothing else."""
    kept = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "UV_"))}
    # Which Rust there is lies below the home of whoever runs this, where nothing says otherwise.
    rust = {"CARGO_HOME": ".cargo", "RUSTUP_HOME": ".rustup"}
    kept |= {name: os.environ.get(name, str(Path.home() / of)) for name, of in rust.items()}
    # Certificates and proxies belong to the machine, and tools of this session do not.
    kept |= {name: value for name, value in os.environ.items() if NETWORK(name)}
    base = Path(sys.base_prefix) / "bin"
    folders = os.environ["PATH"].split(os.pathsep)
    theirs = [each for each in folders if not (Path(each) / "uv").exists()]
    return {
        **kept,
        "PATH": os.pathsep.join([str(home / "bin"), str(base), *theirs]),
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_FIND_LINKS": os.environ["TRIGPOINT_TUTORIALS"],
        # What is compiled is what is imported, and not all that is installed: "no" turns that off.
        "PIP_NO_COMPILE": "no",
        "PIP_PROGRESS_BAR": "off",
        "NO_COLOR": "1",
        "GIT_CONFIG_COUNT": "2",
        "GIT_CONFIG_KEY_0": "user.name",
        "GIT_CONFIG_VALUE_0": "Ada Example",
        "GIT_CONFIG_KEY_1": "user.email",
        "GIT_CONFIG_VALUE_1": "ada@example.org",
    }


@pytest.mark.parametrize(
    "page", [pytest.param(page, id=page.stem) for page in PAGES if steps(page)]
)
def test_tutorial(page: Path, tmp_path: Path) -> None:
    """Each command ends as the page says, and prints what the page shows."""
    for tool in sorted(NEEDS):
        if f"{tool} is needed" in page.read_text("utf-8") and shutil.which(tool) is None:
            pytest.skip(f"{tool} could not be had")
    running = "{}.{}".format(*sys.version_info)
    if (named := set(re.findall(r"tests-(3\.\d+)", page.read_text("utf-8")))) and named != {
        running
    }:
        pytest.skip(f"the page is about Python {', '.join(sorted(named))}; this is {running}")
    home = tmp_path / "home"
    (home / "bin").mkdir(parents=True)
    (home / "bin" / "python").symlink_to(Path(sys.base_prefix) / "bin" / "python3")
    outcomes = follow(page, tmp_path, environment(home))
    wrong = [each for each in outcomes if not each.right]
    told = "\n".join(
        f"{page.name}:{each.command.line}: $ {each.command.text}\n"
        f"expected:\n{each.command.prints}\nprinted (exit status {each.status}):\n{each.printed}"
        for each in wrong
    )
    assert not wrong, told
    assert len([step for step in steps(page) if isinstance(step, Command)]) == len(outcomes)
