# /// script
# requires-python = ">=3.11"
# dependencies = ["nox>=2025.10.16"]
# ///
"""Everything that builds and proves Trigpoint; ``nox -l`` lists the sessions."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import nox

ROOT = Path(__file__).parent
sys.path.insert(0, str(ROOT / "playground"))

import interpreters
import toolchain

BUILD = ROOT / "build"
PLAYGROUND = BUILD / "playground"
HTML = BUILD / "html"
REPORTS = BUILD / "reports"
REAL_FILES = BUILD / "real-metadata"

PYTHONS = interpreters.usable(oldest=(3, 11))
CORE = ("findings", "markers", "labs")
FLOOR, NEWEST = PYTHONS[0], PYTHONS[-1]
PROJECT = nox.project.load_toml("pyproject.toml")

nox.needs_version = ">=2025.10.16"
nox.options.error_on_missing_interpreters = False
nox.options.reuse_venv = "yes"


def group(*names: str) -> list[str]:
    """Return the requirements of dependency groups, without this project itself."""
    found = nox.project.dependency_groups(PROJECT, *names)
    return [each for each in found if not each.startswith("trigpoint[")]


def pytest(session: nox.Session, report: str, *arguments: str, **env: str) -> None:
    """Run pytest and leave its counts for the last line of CI."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    session.run(
        "python", "-m", "pytest", f"--junit-xml={REPORTS / report}.xml", *arguments,
        *session.posargs, env=env,
    )  # fmt: skip


@nox.session(python=NEWEST)
def lint(session: nox.Session) -> None:
    """Check style and types of the Python and the TypeScript sources."""
    session.install(*group("lint"), "-e", ".[cli]", "nox")
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("mypy")
    session.run("python", "playground/check.py")


@nox.session(python=list(dict.fromkeys([FLOOR, NEWEST])))
def tests(session: nox.Session) -> None:
    """Test the built wheel, on the oldest and the newest Python found."""
    session.install(
        *group("tests", "oracles"), ".[cli,sphinx]", "myst-parser>=4", "furo>=2025.7.19"
    )
    env = {}
    if session.python == NEWEST:
        # Metadata of well-known packages, to be read as it is.
        if not REAL_FILES.is_dir():
            session.run("python", "tests/metadata/real_files.py", str(REAL_FILES))
        env["TRIGPOINT_REAL_FILES"] = str(REAL_FILES)
    elsewhere = ("browser", "pyodide")
    pytest(
        session, f"tests-{session.python}", *(f"--ignore=tests/{name}" for name in elsewhere), **env
    )  # fmt: skip
    pytest(session, f"doctests-{session.python}", "--doctest-modules", "--pyargs", "trigpoint")


@nox.session(python=NEWEST)
def docs(session: nox.Session) -> None:
    """Build the site with the playground into build/html; ``-- quick`` leaves the notebooks out."""
    notebooks = "quick" not in session.posargs
    session.install(*group("docs"), "-e", ".[cli]")
    session.run("python", "playground/build.py")
    if notebooks:
        session.run("python", "docs/jupyterlite_runtime.py")
    shutil.rmtree(HTML, ignore_errors=True)
    session.run(
        "sphinx-build", "-nW", "--keep-going", "-b", "html",
        "-d", str(BUILD / "doctrees"), "docs", str(HTML),
        env={"TRIGPOINT_NOTEBOOKS": str(int(notebooks))},
    )  # fmt: skip


@nox.session(python=NEWEST, requires=["docs"])
def browser(session: nox.Session) -> None:
    """Test the built site in a real browser, as readers use it."""
    if toolchain.chromium() is None:
        session.skip("no Chromium was found or could be installed, so nothing ran in a browser")
    session.install(*group("browser"), "-e", ".")
    pytest(session, "browser", "tests/browser", TRIGPOINT_SITE=str(HTML))


@nox.session(python=NEWEST)
def pyodide(session: nox.Session) -> None:
    """Run the core's own tests inside Pyodide, in node."""
    session.run("python", "playground/build.py")
    REPORTS.mkdir(parents=True, exist_ok=True)
    session.run(
        "python", "tests/pyodide/run.py", "-q", "--junit-xml=build/reports/pyodide.xml",
        # How diagrams grow is the same everywhere, and takes minutes in WebAssembly.
        "--ignore=tests/markers/test_growth.py",
        *(f"tests/{name}" for name in CORE), *session.posargs,
    )  # fmt: skip


@nox.session(python=NEWEST, default=False)
def evidence(session: nox.Session) -> None:
    """Run pip, uv and the others on hand-built wheels, and compare with what is recorded."""
    session.install("-e", ".", "packaging>=26.3")
    session.run("python", "-m", "tests.evidence", *session.posargs)


@nox.session(python=NEWEST, default=False)
def bench(session: nox.Session) -> None:
    """Measure against peers in one run; results go to build/benchmarks and into the site."""
    results = BUILD / "benchmarks"
    results.mkdir(parents=True, exist_ok=True)
    session.install(
        *group("browser"), "-e", ".[cli]", "dep-logic", "poetry-core", "nab-markersets",
    )  # fmt: skip
    for script in sorted((ROOT / "tests" / "benchmarks").glob("*.py")):
        if session.posargs and script.stem not in session.posargs:
            continue
        session.run("python", str(script), "--out", str(results / f"{script.stem}.json"))


@nox.session(python=NEWEST, default=False, requires=["docs"])
def serve(session: nox.Session) -> None:
    """Build the site and serve it on this machine until you stop it."""
    port = os.environ.get("PORT", "8000")
    session.log(f"the site is at http://localhost:{port}/ (stop with Ctrl-C)")
    session.run("python", "-m", "http.server", port, "--bind", "127.0.0.1", "-d", str(HTML))


if __name__ == "__main__":
    nox.main()
