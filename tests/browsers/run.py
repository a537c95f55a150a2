"""Run the smoke tests in Firefox: ``python tests/browsers/run.py SITE FIREFOX REPORT``.

SITE is the folder of the built site, FIREFOX the program, and REPORT the file for
the counts, as JUnit writes them.  Node.js drives Firefox through ``puppeteer-core``, in
the version of ``package-lock.json``.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "playground"))

import build
import toolchain

__all__ = ["main"]


def main(site: str, firefox: str, report: str) -> int:
    """Run the tests, and return the status of the program that did."""
    tools = toolchain.node()
    build.npm_packages(tools, HERE, "puppeteer-core")
    os.environ |= {"TRIGPOINT_SITE": str(Path(site).resolve()), "TRIGPOINT_FIREFOX": firefox}
    try:
        tools.run(
            "--test",
            *("--test-reporter=spec", "--test-reporter-destination=stdout"),
            *("--test-reporter=junit", f"--test-reporter-destination={Path(report).resolve()}"),
            "smoke.test.mjs",
            cwd=HERE,
        )
    except subprocess.CalledProcessError as failure:
        return failure.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
