#!/usr/bin/env -S uv run --script
# /// script
# requires-python = ">=3.11"
# dependencies = ["nox>=2025.10.16"]
# ///
"""Everything that builds and proves Trigpoint; ``nox -l`` lists the sessions."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import nox

ROOT = Path(__file__).parent
sys.path.insert(0, str(ROOT / "playground"))

import interpreters
import pins
import shelf
import toolchain

BUILD = ROOT / "build"
PLAYGROUND = BUILD / "playground"
HTML = BUILD / "html"
REPORTS = BUILD / "reports"
REAL_FILES = BUILD / "real-metadata"
EPOCH = "1580601600"
"""The time that the files of a build bear, 2 February 2020, as those of wheels do."""

PYTHONS = interpreters.usable(oldest=(3, 11))
CORE = (
    "versions",
    "kept",
    "findings",
    "archives",
    "requirements",
    "markers",
    "metadata",
    "extras",
    "wheels",
    "external",
    "installers",
    "projects",
    "labs",
)
FLOOR, NEWEST = PYTHONS[0], PYTHONS[-1]
PROJECT = nox.project.load_toml("pyproject.toml")

nox.needs_version = ">=2025.10.16"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.error_on_missing_interpreters = False
nox.options.reuse_venv = "yes"


def group(*names: str) -> list[str]:
    """Return the requirements of dependency groups, without this project itself."""
    found = nox.project.dependency_groups(PROJECT, *names)
    return [each for each in found if not each.startswith("trigpoint[")]


def install(session: nox.Session, *arguments: str, versions: str = "newest") -> None:
    """Install in the exact versions of a file of the folder ``constraints``."""
    given, env = list(arguments), {}
    if path := pins.file(versions):
        given += ["--constraint", str(path)]
        # What builds the wheel is pinned as well; each installer reads its own variable.
        env = {"PIP_BUILD_CONSTRAINT": str(path), "UV_BUILD_CONSTRAINT": str(path)}
    if session.venv_backend == "uv":
        # As pip does: uv takes a folder that it has built once as unchanged.
        given.append("--reinstall-package=trigpoint")
    session.install(*given, env=env)


def pytest(
    session: nox.Session, report: str, *arguments: str, covered: bool = False, **env: str
) -> None:
    """Run pytest and leave its counts for the last line of CI."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    runner = ("coverage", "run", "-m", "pytest") if covered else ("pytest",)
    junit = f"--junit-xml={REPORTS / report}.xml"
    session.run("python", "-m", *runner, junit, *arguments, env=env)


def remove(session: nox.Session, *folders: Path) -> None:
    """Remove *folders* if they are there; ``--install-only`` leaves them, as it runs nothing."""
    code = "import shutil, sys\nfor each in sys.argv[1:]: shutil.rmtree(each, ignore_errors=True)"
    session.run("python", "-c", code, *map(str, folders))


@nox.session(python=NEWEST)
def lint(session: nox.Session) -> None:
    """Check style, spelling and types of the Python and the TypeScript sources."""
    install(session, *group("lint"), "-e", ".[cli,review]")
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("codespell")
    session.run("mypy")
    session.run("python", "playground/check.py")
    session.run("trigpoint", "check", ".")


@nox.session(python=list(dict.fromkeys([FLOOR, NEWEST])))
def tests(session: nox.Session) -> None:
    """Test the built wheel: the oldest Python with the lowest versions, the newest with all new."""
    newest = session.python == NEWEST
    groups = group(*pins.TESTED)
    install(session, *groups, ".[cli,sphinx,review]", versions="newest" if newest else "oldest")
    env = {}
    if newest:
        # Metadata of well-known packages, to be read as it is.
        session.run("python", "tests/metadata/real_files.py", str(REAL_FILES))
        env["TRIGPOINT_REAL_FILES"] = str(REAL_FILES)
    # What is asked for runs alone, without the overhead of processes, and proves no share.
    chosen = bool(session.posargs)
    covered = newest and not chosen
    if covered:
        session.run("python", "-m", "coverage", "erase")
    arguments = session.posargs or ["--numprocesses=auto", "--dist=worksteal"]
    if not newest and not chosen:
        # The newest proves the same of them; tests/conftest.py says which they are.
        arguments += ["-m", "not one_python"]
    elsewhere = [f"--ignore=tests/{name}" for name in ("browser", "native", "pyodide")]
    pytest(session, f"tests-{session.python}", *elsewhere, *arguments, covered=covered, **env)
    if chosen:
        return
    doctests = ("--doctest-modules", "--pyargs", "trigpoint")
    pytest(session, f"doctests-{session.python}", *doctests, covered=covered)
    if covered:
        report = BUILD / "coverage" / "coverage.json"
        session.run("python", "-m", "coverage", "combine", "--quiet")
        session.run("python", "-m", "coverage", "json", "--quiet", "-o", str(report))
        session.run("python", "tests/house/coverage_floors.py", str(report))


def site(session: nox.Session, html: Path, doctrees: Path, *, notebooks: bool) -> None:
    """Build the site into *html*, which is emptied first, with what *doctrees* remembers."""
    session.run("python", "playground/build.py")
    if notebooks:
        session.run("python", "docs/jupyterlite_runtime.py")
    remove(session, html)
    session.run(
        "sphinx-build",
        *("-nW", "--keep-going", "--jobs", "auto"),
        *("-b", "html", "-d", str(doctrees), "docs", str(html)),
        # No file says when it was made.
        env={"TRIGPOINT_NOTEBOOKS": str(int(notebooks)), "SOURCE_DATE_EPOCH": EPOCH},
    )
    session.run("python", "docs/links.py", str(html))
    session.run("python", "docs/published.py", str(html))


@nox.session(python=NEWEST)
def docs(session: nox.Session) -> None:
    """Build the site with the playground into build/html; ``-- quick`` leaves the notebooks out."""
    install(session, *group("docs"), "-e", ".[cli]")
    site(session, HTML, BUILD / "doctrees", notebooks="quick" not in session.posargs)


@nox.session(python=NEWEST, default=False)
def links(session: nox.Session) -> None:
    """Ask each link outside of the site built last, and write the days; ``-- --add`` lists what is new."""
    if not HTML.is_dir():
        session.error("build the site first: nox -s docs -- quick")
    session.run("python", "docs/links.py", str(HTML), *(session.posargs or ["--reach"]))
    if "--add" in session.posargs:
        session.run("python", "docs/published.py", str(HTML), "--add")


@nox.session(python=NEWEST, default=False)
def rebuild(session: nox.Session) -> None:
    """Build the site from nothing, then again, then from nothing: three times the same."""
    install(session, *group("docs"), "-e", ".[cli]")
    folder = BUILD / "rebuild"
    for name in ("clean", "again", "anew"):
        if name != "again":
            remove(session, folder / "doctrees", PLAYGROUND, BUILD / "playground-work")
        site(session, folder / name, folder / "doctrees", notebooks=True)
    for name in ("again", "anew"):
        session.run("python", "docs/same_site.py", str(folder / "clean"), str(folder / name))


@nox.session(python=NEWEST, requires=["docs"])
def browser(session: nox.Session) -> None:
    """Test the built site in a real browser, as readers use it."""
    if toolchain.chromium() is None:
        session.skip("no Chromium was found or could be installed, so nothing ran in a browser")
    install(session, *group("browser", "parallel"), "-e", ".")
    arguments = session.posargs or ["--numprocesses=auto", "--dist=worksteal"]
    pytest(session, "browser", "tests/browser", *arguments, TRIGPOINT_SITE=str(HTML))


@nox.session(python=NEWEST, requires=["docs"])
def browsers(session: nox.Session) -> None:
    """Test the built site in Firefox: a little of everything that leans on the browser."""
    firefox = toolchain.firefox()
    if firefox is None:
        session.skip("no Firefox was found or could be installed, so nothing ran in one")
    install(session, *group("fetch"))
    REPORTS.mkdir(parents=True, exist_ok=True)
    arguments = (str(HTML), str(firefox), str(REPORTS / "browsers.xml"))
    session.run("python", "tests/browsers/run.py", *arguments)


@nox.session(python=NEWEST, default=False, requires=["docs"])
def webkit(session: nox.Session) -> None:
    """Test the built site in WebKit, the engine of Safari: one path through each lab."""
    found = toolchain.webkit()
    if found is None:
        session.skip("no WebKitGTK was found or could be installed, so nothing ran in one")
    driver, screen = found
    install(session, *group("webkit"), "-e", ".")
    REPORTS.mkdir(parents=True, exist_ok=True)
    session.run(
        *(str(screen), "--auto-servernum", "python", "-m", "pytest"),
        *(f"--junit-xml={REPORTS / 'webkit.xml'}", "tests/browser/in_webkit.py"),
        *session.posargs,
        env={"TRIGPOINT_SITE": str(HTML), "TRIGPOINT_WEBKIT": str(driver)},
        external=True,
    )


@nox.session(python=NEWEST)
def pyodide(session: nox.Session) -> None:
    """Run the core's own tests inside Pyodide, in node."""
    install(session, *group("fetch"))
    session.run("python", "playground/build.py")
    REPORTS.mkdir(parents=True, exist_ok=True)
    session.run(
        "python", "tests/pyodide/run.py", "-q", "--junit-xml=build/reports/pyodide.xml",
        # How diagrams grow is the same everywhere, and takes minutes in WebAssembly.
        "--ignore=tests/markers/test_growth.py",
        # Notebooks run there for their readers.
        *(f"tests/{name}" for name in (*CORE, "notebooks")), *session.posargs,
    )  # fmt: skip
    # Whole builds are the same there as here, to the byte.
    session.run("python", "tests/pyodide/builds.py")


@nox.session(python=NEWEST, default=False)
def evidence(session: nox.Session) -> None:
    """Run pip, uv and the others on hand-built wheels and compare; ``-- --perturb N`` predicts.

    ``-- --backends`` builds with many versions of the backends instead, ``-- --floors`` tries
    tools at the versions that the review asks for, and ``-- --classifiers`` looks at the list of
    classifiers; ``--accept`` writes.
    """
    install(session, *group("oracles"), "-e", ".")
    for other in ("backends", "classifiers", "floors"):
        if f"--{other}" in session.posargs:
            rest = [each for each in session.posargs if each != f"--{other}"]
            session.run("python", "-m", f"tests.evidence.{other}", *rest)
            return
    if any(each.startswith("--perturb") for each in session.posargs) and not REAL_FILES.is_dir():
        session.run("python", "tests/metadata/real_files.py", str(REAL_FILES))
    session.run("python", "-m", "tests.evidence", *session.posargs)


@nox.session(python=NEWEST, default=False)
def real(session: nox.Session) -> None:
    """Check a hundred real wheels and sdists, and adopt thirty: what is wrong must be justified."""
    install(session, *group("fetch", "backends", "oracles"), "-e", ".[cli]")
    # Some sdists still have a table that no later version of it reads.
    session.install("flit-core==3.12.0")
    session.run("python", "tests/projects/real_check.py", str(BUILD / "real-projects"))
    session.run("python", "tests/projects/adopt_check.py", str(BUILD / "adopted-projects"))
    session.run("python", "tests/wheels/real_wheels.py", str(BUILD / "real-projects"))
    session.run("python", "playground/build.py")
    sdists = sorted(map(str, (BUILD / "real-projects").glob("*.tar.gz")))
    session.run("python", "tests/pyodide/builds.py", *sdists[:40])


@nox.session(python=NEWEST, default=False)
def mappings(session: nox.Session) -> None:
    """Hold Debian's names and ten plans to apt; ``-- --sonames`` reads packages, ``--install`` builds one."""
    install(session, *group("tests", "fetch"), "-e", ".")
    pytest(session, "mappings", "tests/external/test_mappings.py")
    session.run("python", "tests/external/with_apt.py", *session.posargs)


@nox.session(python=NEWEST)
def tutorials(session: nox.Session) -> None:
    """Follow the tutorials as a reader does: write each file, type each command, compare."""
    install(session, *group("tests", "parallel", "fetch", "pages"), "-e", ".[cli]")
    wheels = BUILD / "tutorials"
    remove(session, wheels)
    wheel = ("-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation")
    session.run("python", *wheel, "--wheel-dir", str(wheels), str(ROOT))
    # Each has a home of its own; what was downloaded for one need not be downloaded for the next.
    env = {f"{tool}_CACHE_DIR": str(wheels / "downloads" / tool) for tool in ("PIP", "UV")}
    env["TRIGPOINT_TUTORIALS"] = str(wheels)
    if path := pins.file():
        # Whatever else pages install is the newest, as it is for their readers.
        lines = path.read_text("utf-8").splitlines()
        names = tuple(f"{each.split('>')[0]}==" for each in group("followed"))
        wheels.mkdir(parents=True, exist_ok=True)
        pinned = wheels / "followed.txt"
        pinned.write_text("".join(f"{each}\n" for each in lines if each.startswith(names)), "utf-8")
        env["PIP_CONSTRAINT"] = str(pinned)
    spread = ("--numprocesses=2", "--dist=worksteal")
    pytest(session, "tutorials", "tests/tutorials", *spread, *session.posargs, covered=False, **env)


@nox.session(python=NEWEST)
def templates(session: nox.Session) -> None:
    """Build every template and test what comes out; ``-- NAME`` for one, ``--accept``, ``--pins``."""
    install(session, *group("templates"), "-e", ".[review]")
    session.run("python", "-m", "tests.templates", *session.posargs)


@nox.session(python=NEWEST, default=False)
def templates_all(session: nox.Session) -> None:
    """Prove the templates with other answers, the oldest tools, and all readers of their files."""
    install(session, *group("templates", "readers"), "-e", ".[review]")
    session.run("python", "-m", "tests.templates", "--all", *session.posargs)


def prove_native(session: nox.Session, wanted: str) -> None:
    """Build the native projects, ``each`` once or ``all`` ways, and test what comes out."""
    if why := toolchain.fortran():
        session.log(why)
    install(session, *group("native"), ".")
    # What belongs together, such as the crates that several projects share, stays together.
    spread = ("--numprocesses=2", "--dist=loadscope")
    # All backends are here, so each form of external data is built by its own.
    forms = "tests/wheels/test_external_data.py"
    chosen = ("tests/native/test_native.py", forms, *spread, *session.posargs)
    pytest(session, session.name, *chosen, TRIGPOINT_NATIVE=wanted)


@nox.session(python=NEWEST)
def native(session: nox.Session) -> None:
    """Build each native project once, four languages with two backends, and test the wheels."""
    prove_native(session, "each")


@nox.session(python=PYTHONS, default=False)
def native_all(session: nox.Session) -> None:
    """Build each native project with each backend, on each Python of this machine."""
    prove_native(session, "all")


@nox.session(python=NEWEST, default=False)
def wasm(session: nox.Session) -> None:
    """Build native projects for the site's own engine, and run their tests there."""
    install(session, *group("wasm"), "-e", ".")
    session.run("python", "playground/build.py")
    arguments = ("tests/native/test_wasm.py", "-rs", *session.posargs)
    pytest(session, "wasm", *arguments)


@nox.session(python=NEWEST, default=False)
def bench(session: nox.Session) -> None:
    """Measure against peers, or ``-- --against REVISION``; ``-- --help`` has more."""
    install(session, *group("browser", "peers", "native"), "-e", ".[cli]")
    # Pinned here: it asks for an older pip than all else, so no file of constraints can have it.
    session.install("--no-deps", "pyproject-external==0.1.17")
    env = {"TRIGPOINT_REAL_FILES": str(REAL_FILES)} if REAL_FILES.is_dir() else {}
    session.run("python", "-m", "tests.benchkit", *session.posargs, env=env)


@nox.session(python=NEWEST, default=False, requires=["docs"])
def serve(session: nox.Session) -> None:
    """Build the site and serve it on this machine until you stop it."""
    port = os.environ.get("PORT", "8000")
    session.log(f"the site is at http://localhost:{port}/ (stop with Ctrl-C)")
    session.run("python", "-m", "http.server", port, "--bind", "127.0.0.1", "-d", str(HTML))


@nox.session(python=NEWEST, default=False)
def mutants(session: nox.Session) -> None:
    """Break the code in small ways, and say which the tests do not see; ``-- PATH...`` names files."""
    groups = group("tests", "coverage", "oracles", "pages", "wrapped")
    install(session, *groups, ".[cli,sphinx,review]")
    session.run("python", "tests/mutants/run.py", *session.posargs)


@nox.session(python=NEWEST, default=False)
def canary(session: nox.Session) -> None:
    """Run the default sessions with whatever is newest, and say what moved and what fails."""
    folder = BUILD / "canary"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    report = folder / "report.json"
    session.run(
        *(sys.executable, "-m", "nox", "--envdir", str(folder), "--report", str(report)),
        env={pins.UNPINNED: "1"},
        external=True,
        success_codes=[0, 1],
    )
    pinned = pins.pins((pins.FOLDER / "newest.txt").read_text("utf-8"))
    lines = pins.moved(pinned, pins.installed(folder))
    failed = pins.failed(json.loads(report.read_text("utf-8")))
    for line in (*lines, *(f"{name} fails" for name in failed)):
        session.log(line)
    if failed:
        session.error("something new breaks a session")


@nox.session(python=NEWEST, default=False)
def lock(session: nox.Session) -> None:
    """Renew the exact versions in the folder constraints."""
    sys.path.insert(0, str(ROOT))
    from tests.evidence.tools import TOOLS

    project = PROJECT["project"]
    shipped = [
        *project["dependencies"],
        *(each for extra in project["optional-dependencies"].values() for each in extra),
    ]
    ranges = group(*PROJECT["dependency-groups"])
    built = PROJECT["build-system"]["requires"]
    # Older ones, and those beside certain companions, take of these what fits them.
    tools = {tool.project: pin for tool in TOOLS if not tool.companions for pin in tool.pins[:1]}
    beside = [each for tool in TOOLS for each in tool.without]
    packages = (ROOT / "tests" / "metadata" / "packages.txt").read_text("utf-8").splitlines()
    wanted = {
        "newest": [*shipped, *ranges, *built],
        # What the wheel asks for, each at the lowest version that it allows.
        "oldest": [
            *(each.replace(">=", "==") for each in shipped),
            *group(*pins.TESTED),
            *built,
        ],
        "evidence": [*(tools[each] for each in tools if each not in ("pip", "uv")), *beside],
        "real-files": packages,
        "backends": [*shelf.SHELF],
    }
    session.install("uv")
    BUILD.mkdir(exist_ok=True)
    for name in pins.NAMES:
        source, target = BUILD / f"{name}.in", pins.FOLDER / f"{name}.txt"
        source.write_text("\n".join(wanted[name]) + "\n", "utf-8")
        session.run(
            "uv",
            *("pip", "compile", "--upgrade", "--universal", "--python-version", "3.11"),
            *("--no-annotate", "--custom-compile-command", "nox -s lock", "--quiet"),
            # These are installed without what they depend on.
            *(["--no-deps"] if name == "real-files" else []),
            *(str(source), "--output-file", str(target)),
        )


if __name__ == "__main__":
    nox.main()
