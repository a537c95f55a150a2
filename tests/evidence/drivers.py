"""One driver a tool: what it is asked, and what came of it as an outcome record."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version
from tests.evidence.case import DEPENDENCIES, Case
from tests.evidence.cases import CASES
from tests.evidence.files import FileServer
from tests.evidence.interpreters import clean_environment, version_of
from tests.evidence.tools import (
    MissingToolError,
    Tool,
    fetch_wheel,
    fetch_wheels,
    make_environment,
    unpack,
)
from tests.evidence.wheels import Wheel, build

from trigpoint.installers.record import Outcome, Result

__all__ = ["DRIVERS", "Driver", "applies", "driver_for"]

_HERE = Path(__file__).parent
_MESSAGE = 400
_TIME_LIMIT = 120.0
_CHECKS_ANYTHING = 6

# What tools say when all is well.
_ORDINARY = re.compile(
    r"""\s*(
      Looking[ ]in[ ]links | Collecting[ ] | Processing[ ] | Installing[ ]collected
    | Successfully[ ]installed | Requirement[ ]already | Ignoring[ ]indexes | Using[ ]cached
    | INFO:[ ] | Installing[ ](build|backend)
    | Resolved[ ]\d | Prepared[ ]\d | Downloaded[ ]\d | Installed[ ]\d | Built[ ] | Using[ ]Python
    | [+][ ]\S+==
    | Updating[ ]dependencies | Resolving[ ]dependencies | Writing[ ]lock | Installing[ ]dependencies
    | Package[ ]operations | -[ ]Installing[ ] | No[ ]dependencies[ ]to
    | Checking[ ].*:[ ]PASSED([ ]with[ ]warnings)?$
    | warnings[.]warn[(] | came: | $
    | [\u2800-\u28ff] | See[ ]pdm-log | Set[ ]env[ ]var[ ]PDM | Inside[ ]an[ ]active
    | WARNING:[ ](Lockfile[ ]does|Add[ ]'-v') | Updating[ ]the[ ]lock | Synchronizing
    | \d:\d\d:\d\d[ ][^\w\s][ ](Lock[ ]successful|All[ ]complete) | STATUS:
    | All[ ]complete | All[ ]packages | Changes[ ]are | \u2714 | \u2716 | Lock[ ]successful
    )""",
    re.VERBOSE,
)
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|[^\n]*\r(?!\n)")


class Driver:
    """Runs one tool, one case at a time, in an environment that is fresh each time."""

    results: tuple[Result, Result] = ("installed", "installed-with-warning")
    """What it did when all went well, and when it said that something is the matter."""

    resolves = True
    """Whether dependencies are anything to the tool."""

    def __init__(self, tool: Tool, cache: Path, scratch: Path, *, fresh: bool = False) -> None:
        self.tool = tool
        self.cache = cache
        self.scratch = scratch
        self.fresh = fresh
        self.noise: frozenset[str] = frozenset()
        self.beside: Sequence[Wheel] = DEPENDENCIES

    def __enter__(self) -> Self:
        """Fetch the tool, make its environment and learn what it says about a plain wheel."""
        shutil.rmtree(self.scratch, ignore_errors=True)
        self.scratch.mkdir(parents=True)
        self.log = self.scratch / "log"
        self.files = FileServer(self.scratch / "links")
        self.env = {
            **clean_environment(XDG_CONFIG_HOME=str(self.scratch / "config"), UV_NO_CONFIG="1"),
            **self.files.proxies,
        }
        self.prepare()
        plain = CASES["mv-v21"]
        with_plain = self.place(plain)
        self.noise = frozenset(self.unusual(self.run(plain, with_plain)[1], with_plain))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
        self.files.close()
        shutil.rmtree(self.scratch, ignore_errors=True)

    def prepare(self) -> None:
        """Fetch the tool and make what a run needs."""
        self.target = make_environment(self.tool.python, self.scratch / "target")
        pattern = "Lib/site-packages" if os.name == "nt" else "lib/python*/site-packages"
        [self.site] = (self.scratch / "target").glob(pattern)

    def close(self) -> None:
        """End what :meth:`prepare` started."""

    def place(self, case: Case) -> Path:
        """Write the wheels that the tool may choose from; the subject comes last."""
        links = self.scratch / "links"
        shutil.rmtree(links, ignore_errors=True)
        links.mkdir()
        for wheel in (*self.beside, *case.others, case.subject):
            build(wheel, links)
        return links

    def run(self, case: Case, links: Path) -> tuple[int, str]:
        """Run the tool on *case* and return its exit code and all that it printed."""
        raise NotImplementedError

    def installed(self) -> dict[str, str]:
        """Return name and version of all that is in the fresh environment."""
        return installed_in(self.site)

    def outcome(self, case: Case) -> Outcome:
        """Run *case* in a fresh environment and say what came of it."""
        links = self.place(case)
        if hasattr(self, "site"):
            _empty(self.site)
        code, text = self.run(case, links)
        found = self.installed()
        lines = [line for line in self.unusual(text, links) if line not in self.noise]
        version = found.pop(canonicalize_name(case.subject.name), "")
        came = tuple(sorted(name.removeprefix("dep-") for name in found))
        traceback = "Traceback (most recent call last)" in text or "panicked at" in text
        message = _last(lines) if traceback else _joined(lines)
        # Some versions of pip print a traceback about a doubt and go on.
        if code:
            # What lies about after a failure depends on what a tool happened to do first.
            return Outcome("crashed" if traceback else "refused", "", (), code, message)
        result: Result
        if version and not _same(version, case.subject.release):
            result = "older-version"
        else:
            result = self.results[bool(lines)]
        return Outcome(result, version, came, code, message)

    def unusual(self, text: str, links: Path) -> list[str]:
        """Return the lines of *text* that the tool prints only when something is the matter."""
        plain = _ESCAPES.sub("", text.replace("\r\n", "\n"))
        for known in (links, self.scratch, *self.cache.glob("code/*"), self.cache):
            for path in (str(known), str(known.resolve())):
                plain = plain.replace(path + os.sep, "").replace(path, ".")
        plain = re.sub(r"file:/*", "file:", plain)
        plain = re.sub(r"0x[0-9a-f]{6,}", "0x...", plain)
        plain = re.sub(r"\S*/(?:pip|uv|tmp)[-\w]*[-_][a-z0-9_]{8,}(?=/|\s)", "TEMPORARY", plain)
        kept = [line.strip() for line in plain.splitlines() if not _ORDINARY.match(line)]
        return list(dict.fromkeys(kept))


def installed_in(directory: Path) -> dict[str, str]:
    """Return normalised name and version of each distribution in *directory*."""
    found: dict[str, str] = {}
    for info in directory.rglob("*.dist-info"):
        name, _, version = info.name.removesuffix(".dist-info").partition("-")
        found[canonicalize_name(name)] = version
    return found


def _same(one: str, other: str) -> bool:
    try:
        return Version(one) == Version(other)
    except InvalidVersion:
        return one == other


def _empty(directory: Path) -> None:
    for entry in directory.iterdir():
        if entry.is_dir():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def _joined(lines: Iterable[str]) -> str:
    text = " ".join(lines)
    return text if len(text) <= _MESSAGE else text[: _MESSAGE - 3] + "..."


def _last(lines: Sequence[str]) -> str:
    """The line that names the exception."""
    named = [line for line in lines if re.match(r"[\w.]*[A-Z]\w*(Error|Exception|Name)?\b:", line)]
    errors = [line for line in named if not line.startswith(("ERROR", "WARNING", "Exception"))]
    return _joined(errors[-1:] or lines[-1:])


class ServerDriver(Driver):
    """A tool written in Python, run in forks of one process that has it imported."""

    module = ""

    def prepare(self) -> None:
        """Start the process in which the tool runs."""
        super().prepare()
        self.start(self.target, self.code())

    def code(self) -> Path:
        """Return the directory that holds the tool's code and that of all it needs."""
        wheels = fetch_wheels(self.tool, self.cache)
        return unpack(sorted(wheels.glob("*.whl")), self.cache / "code" / wheels.name)

    def start(self, python: Path, code: Path) -> None:
        """Start the server on *python* with *code* on its path."""
        self.process = subprocess.Popen(
            [python, "-s", _HERE / "server.py", self.module, code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=self.scratch,
            env=self.env,
        )

    def close(self) -> None:
        """End the process by closing its input."""
        if process := getattr(self, "process", None):
            process.stdin.close()
            process.wait(_TIME_LIMIT)
            process.stdout.close()

    def call(
        self, arguments: Sequence[str], cwd: Path, env: Mapping[str, str] | None = None
    ) -> tuple[int, str]:
        """Run the tool with *arguments* and return its exit code and output."""
        job = {
            "args": list(arguments),
            "log": str(self.log),
            "cwd": str(cwd),
            "env": dict(env or {}),
            "fresh": self.fresh,
        }
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(job) + "\n")
        self.process.stdin.flush()
        watch = threading.Timer(_TIME_LIMIT, self.process.kill)
        watch.start()
        answer = self.process.stdout.readline()
        watch.cancel()
        if not answer:
            raise MissingToolError(f"{self.tool.name}: no answer to {' '.join(arguments)}")
        code = json.loads(answer)["exit"]
        return code, self.log.read_bytes().decode("utf-8", "replace")


class Pip(ServerDriver):
    """``pip install`` into an empty virtual environment."""

    module = "pip"

    def code(self) -> Path:
        """Return pip's own code; it carries all that it needs."""
        wheel = fetch_wheel(self.tool, self.cache)
        return unpack([wheel], self.cache / "code" / wheel.stem)

    def run(self, case: Case, links: Path) -> tuple[int, str]:
        """Install the request from the wheels in *links*, with no index."""
        fixed = ["--isolated", "--disable-pip-version-check", "--no-cache-dir", "install"]
        source = ["--no-index", "--no-compile", "--find-links", str(links)]
        return self.call([*fixed, *source, case.request], self.scratch)


class Uv(Driver):
    """``uv pip install`` into an empty virtual environment."""

    def prepare(self) -> None:
        """Fetch uv's program."""
        super().prepare()
        wheel = fetch_wheel(self.tool, self.cache)
        code = unpack([wheel], self.cache / "code" / wheel.stem)
        [self.program] = [path for path in code.glob("*.data/scripts/uv*") if path.stem == "uv"]
        self.program.chmod(0o755)

    def command(self, case: Case, links: Path) -> list[str]:
        """Return the arguments that install the request from *links*, with no index."""
        source = ["--no-index", "--find-links", str(links), case.request]
        return ["pip", "install", "--python", str(self.target), *source]

    def run(self, case: Case, links: Path) -> tuple[int, str]:
        """Run uv without a cache."""
        done = subprocess.run(
            [str(self.program), *self.command(case, links), "--no-cache"],
            cwd=self.scratch,
            env={**self.env, "UV_PROJECT_ENVIRONMENT": str(self.scratch / "target")},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=_TIME_LIMIT,
        )
        return done.returncode, done.stdout.decode("utf-8", "replace")


class UvCompile(Uv):
    """``uv pip compile`` of a file with the request, which writes what it would install."""

    results = ("accepted", "accepted-with-warning")
    _pin = re.compile(r"^([\w.-]+)(?:\[.*?\])?(?:==(\S+)| @ \S+)$", re.MULTILINE)

    def command(self, case: Case, links: Path) -> list[str]:
        """Write the file, and return the arguments that compile it."""
        (self.scratch / "requirements.in").write_text(f"{case.request}\n", encoding="utf-8")
        plain = ["--no-header", "--no-annotate", "--python", str(self.target)]
        return [
            "pip",
            "compile",
            *plain,
            "--no-index",
            "--find-links",
            str(links),
            "requirements.in",
        ]

    def run(self, case: Case, links: Path) -> tuple[int, str]:
        """Run uv, and take the lines that it writes out of what it says."""
        code, text = super().run(case, links)
        pins = self._pin.findall(_ESCAPES.sub("", text))
        self.pinned: dict[str, str] = {
            canonicalize_name(name): version or "1.0" for name, version in pins
        }
        return code, self._pin.sub("", text)

    def installed(self) -> dict[str, str]:
        """Return the lines that it wrote."""
        return dict(self.pinned)


class UvSync(Uv):
    """``uv sync`` of a project that depends on the request: uv.lock is written, and followed."""

    def command(self, case: Case, links: Path) -> list[str]:
        """Write the project, and return the arguments that lock and install it."""
        python = self.tool.python_series
        (self.scratch / "pyproject.toml").write_text(
            '[project]\nname = "project"\nversion = "1"\n'
            f'requires-python = "=={python}.*"\n'
            f"dependencies = [{json.dumps(case.request)}]\n"
            f"[tool.uv]\npackage = false\nno-index = true\n"
            f"find-links = [{json.dumps(links.as_posix())}]\n",
            encoding="utf-8",
        )
        (self.scratch / "uv.lock").unlink(missing_ok=True)
        return ["sync", "--python", str(self.target), "--project", str(self.scratch)]

    def run(self, case: Case, links: Path) -> tuple[int, str]:
        """Run uv with its own configuration, which the project carries."""
        self.env.pop("UV_NO_CONFIG", None)
        return super().run(case, links)


class ProjectDriver(ServerDriver):
    """A tool that installs a project, and runs beside the environment that it installs into."""

    def prepare(self) -> None:
        """Start the tool beside, not in, the environment that it installs into."""
        Driver.prepare(self)
        own = make_environment(self.tool.python, self.scratch / "own")
        self.start(own, self.code())

    def project(self, text: str) -> Path:
        """Return the folder of a new project whose pyproject.toml is *text*."""
        project = self.scratch / "project"
        shutil.rmtree(project, ignore_errors=True)
        project.mkdir()
        (project / "pyproject.toml").write_text(text, encoding="utf-8")
        return project


class Poetry(ProjectDriver):
    """``poetry install`` of a project that depends on the wheel by its path."""

    module = "poetry"

    def run(self, case: Case, links: Path) -> tuple[int, str]:
        """Lock and install a project with the subject as its only dependency."""
        project = self.project(
            _poetry_project(case, links, version_of(self.tool.python), self.beside)
        )
        env = {
            "VIRTUAL_ENV": str(self.scratch / "target"),
            "POETRY_CACHE_DIR": str(self.scratch / "poetry-cache"),
            "POETRY_CONFIG_DIR": str(self.scratch / "poetry-config"),
            "POETRY_KEYRING_ENABLED": "false",
            "POETRY_INSTALLER_PARALLEL": "false",
        }
        return self.call(["install", "--no-interaction", "--no-ansi"], project, env)


def _poetry_project(case: Case, links: Path, python: str, beside: Iterable[Wheel]) -> str:
    """A project for *case* and *python* alone.

    What lies *beside* stands in a group that is never installed, which lets poetry's
    resolver find it by its path instead of an index.
    """

    def path(wheel: Wheel, extras: Iterable[str] = ()) -> str:
        where = (links / wheel.actual_file_name).as_posix()
        return f"{{path = {json.dumps(where)}, extras = {json.dumps(sorted(extras))}}}"

    # Beside a direct reference, the path would be another source of the same project.
    text = case.subject.actual_metadata.decode("utf-8", "replace")
    available = "".join(
        f"{wheel.name} = {path(wheel)}\n" for wheel in beside if f"{wheel.name} @" not in text
    )
    return (
        "[tool.poetry]\npackage-mode = false\n"
        "[tool.poetry.dependencies]\n"
        f'python = "=={python}"\n'
        f"{case.subject.name} = {path(case.subject, Requirement(case.request).extras)}\n"
        "[tool.poetry.group.available]\noptional = true\n"
        f"[tool.poetry.group.available.dependencies]\n{available}"
    )


class Pdm(ProjectDriver):
    """``pdm install`` of a project that depends on the request."""

    module = "pdm"

    def run(self, case: Case, links: Path) -> tuple[int, str]:
        """Lock and install a project whose only source is *links*."""
        project = self.project(
            '[project]\nname = "project"\nversion = "1"\n'
            f'requires-python = "=={version_of(self.tool.python)}"\n'
            f"dependencies = [{json.dumps(case.request)}]\n"
            "[tool.pdm]\ndistribution = false\n"
            '[[tool.pdm.source]]\nname = "pypi"\ntype = "find_links"\n'
            f"url = {json.dumps(links.as_uri())}\n"
        )
        env = {
            "VIRTUAL_ENV": str(self.scratch / "target"),
            "PDM_CHECK_UPDATE": "0",
            "PDM_CACHE_DIR": str(self.scratch / "pdm-cache"),
            "PDM_LOG_DIR": str(self.scratch / "pdm-log"),
            "HOME": str(self.scratch / "config"),
        }
        shutil.rmtree(self.scratch / "pdm-cache", ignore_errors=True)
        arguments = ["install", "--no-self", "--no-isolation", "--config", "none.toml"]
        return self.call(arguments, project, env)


class Twine(ServerDriver):
    """``twine check`` of the wheel.

    Before 6, check failed for every file without a description, whatever else
    was in it; so these versions read the file as ``twine upload`` does.
    """

    module = "twine"
    results = ("accepted", "accepted-with-warning")
    resolves = False

    def prepare(self) -> None:
        """Start twine, or what reads with it."""
        if Version(self.tool.version).major < _CHECKS_ANYTHING:
            self.module = str(_HERE / "read_with_twine.py")
        super().prepare()

    def run(self, case: Case, links: Path) -> tuple[int, str]:
        """Check the subject."""
        target = str(links / case.subject.actual_file_name)
        return self.call([target] if os.sep in self.module else ["check", target], self.scratch)


class Installer(ServerDriver):
    """``python -m installer`` of the wheel, which has nothing to do with dependencies."""

    module = "installer"
    resolves = False

    def run(self, case: Case, links: Path) -> tuple[int, str]:
        """Install the subject into an empty directory."""
        target = str(links / case.subject.actual_file_name)
        prefix = str(self.scratch / "prefix")
        shutil.rmtree(prefix, ignore_errors=True)
        return self.call(["--prefix", prefix, "--no-compile-bytecode", target], self.scratch)

    def installed(self) -> dict[str, str]:
        """Return what is in that directory."""
        return installed_in(self.scratch / "prefix")


class Packaging(ServerDriver):
    """packaging's own reading of the file name, the metadata and the markers."""

    module = str(_HERE / "read_with_packaging.py")
    results = ("accepted", "accepted-with-warning")

    def run(self, case: Case, links: Path) -> tuple[int, str]:
        """Read the subject's name and METADATA and evaluate its markers for the request."""
        target = str(links / case.subject.actual_file_name)
        code, text = self.call([target, case.request], self.scratch)
        self.came = re.findall(r"^came: (\S+)$", text, re.MULTILINE)
        return code, text

    def installed(self) -> dict[str, str]:
        """Return the requirements whose markers hold."""
        return {canonicalize_name(name): "1.0" for name in self.came}


DRIVERS: Mapping[str, type[Driver]] = {
    "pip": Pip,
    "uv": Uv,
    "uv pip compile": UvCompile,
    "uv sync": UvSync,
    "poetry": Poetry,
    "pdm": Pdm,
    "twine": Twine,
    "installer": Installer,
    "packaging": Packaging,
}
"""The driver of each family of tools."""


def driver_for(tool: Tool, cache: Path, scratch: Path, *, fresh: bool = False) -> Driver:
    """Return the driver of *tool*; ``fresh`` starts a new process for every case."""
    return DRIVERS[tool.family](tool, cache, scratch, fresh=fresh)


_CHOOSE = ("pip", "uv", "uv pip compile", "uv sync", "pdm")


def applies(tool: Tool, case: Case) -> bool:
    """Whether *case* can be put to *tool*: tools that take one file have nothing to choose."""
    if tool.family in case.spared or (case.only and tool.family not in case.only):
        return False
    return tool.family in _CHOOSE or not case.needs_choice
