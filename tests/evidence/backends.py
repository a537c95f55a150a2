"""Build a small project for each feature under many versions of the backends, and record it.

Usage: python -m tests.evidence.backends [--only NAME]... [--accept] [--jobs N] [--cache DIR]

Versions are looked up with pip, environments are made with uv.  The first
release of each series is asked, and between two that answer otherwise the
middle, until neighbours are known; so each change is recorded at the release
that brought it.  ``--accept`` writes ``installers/data/backends.json``.
"""

from __future__ import annotations

import argparse
import datetime as dt
import email.parser
import itertools
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.version import Version
from tests.evidence.backend_features import (
    BACKENDS,
    FEATURES,
    READERS,
    Backend,
    Feature,
    Reader,
    pyproject,
)
from tests.evidence.interpreters import clean_environment, find, version_of
from tests.evidence.wheels import Wheel, build, metadata

from trigpoint.metadata import FIELDS, VERSIONS

__all__ = ["Answer", "Answers", "bisected", "main", "ranges", "series"]

_ROOT = Path(__file__).parents[2]
_FILE = _ROOT / "src" / "trigpoint" / "installers" / "data" / "backends.json"
_WORKER = Path(__file__).with_name("build_here.py")
PYTHON = "3.11"
"""The interpreter that everything is built with, as the oldest backends run with it."""

MOST_LETTERS = 300
"""Letters of a message that the record keeps."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one feature: ``"good"``, ``"lost"`` or ``"refused"``.

    ``metadata`` is the metadata version that was written, if any, ``message``
    what was printed, or written instead.
    """

    outcome: str
    metadata: str = ""
    message: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes two answers the same; what is written instead follows from the version."""
        return self.outcome, self.metadata, self.message if self.outcome == "refused" else ""


Answers = Mapping[str, Answer]


def series(versions: Sequence[str], first: str, *, majors: bool) -> list[str]:
    """Return the first of each series in *versions*, oldest first, from *first* on, and the last.

    A series is a major version with *majors*, else a major and a minor one.
    """
    taken: dict[tuple[int, ...], str] = {}
    known = [each for each in versions if Version(each) >= Version(first)]
    for each in known:
        taken.setdefault(Version(each).release[: 1 if majors else 2], each)
    return list(dict.fromkeys([*taken.values(), known[-1]]))


def bisected(
    versions: Sequence[str],
    chosen: Sequence[str],
    ask: Callable[[Sequence[str]], dict[str, Answers]],
) -> dict[str, Answers]:
    """Ask about *chosen*, and between any two that differ, until neighbours in *versions* do.

    *ask* returns the answers of those that could be asked.  Versions are in order.
    """
    found: dict[str, Answers] = {}
    failed: set[str] = set()
    wanted = list(chosen)
    while wanted:
        answers = ask(wanted)
        failed |= set(wanted) - answers.keys()
        found |= answers
        known = [each for each in versions if each not in failed]
        asked = [each for each in known if each in found]
        wanted = []
        for one, other in itertools.pairwise(asked):
            low, high = known.index(one), known.index(other)
            if high - low > 1 and _keys(found[one]) != _keys(found[other]):
                wanted.append(known[(low + high) // 2])
    return {each: found[each] for each in versions if each in found}


def _keys(answers: Answers) -> dict[str, tuple[str, str, str]]:
    return {name: answer.key for name, answer in answers.items()}


def ranges(answers: Mapping[str, Answers]) -> dict[str, list[list[str]]]:
    """Return for each feature the stretches of versions that answered alike.

    Each is first and last version, outcome, metadata version and message.
    """
    found: dict[str, list[list[str]]] = {}
    last: dict[str, tuple[str, str, str]] = {}
    for version, by_feature in answers.items():
        for name, answer in by_feature.items():
            rows = found.setdefault(name, [])
            if last.get(name) == answer.key:
                rows[-1][1] = version
            else:
                rows.append([version, version, answer.outcome, answer.metadata, answer.message])
            last[name] = answer.key
    return found


def _releases(project: str) -> list[str]:
    """Return the final releases of *project* that pip finds, oldest first."""
    command = [sys.executable, "-m", "pip", "index", "versions", project, "--json"]
    done = subprocess.run(
        [
            *command,
            "--disable-pip-version-check",
            "--python-version",
            PYTHON,
            "--only-binary=:all:",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    versions = json.loads(done.stdout)["versions"]
    return sorted((each for each in versions if not Version(each).is_prerelease), key=Version)


def _environment(
    python: Path, folder: Path, requirements: Sequence[str], cache: Path
) -> Path | None:
    """Make an environment with *requirements* in *folder*; None if that cannot be."""
    import uv  # only the session has it

    base = [uv.find_uv_bin(), "--quiet", "--cache-dir", str(cache)]
    made = subprocess.run(
        [*base, "venv", "--python", str(python), str(folder)], capture_output=True, check=False
    )
    inside = folder / "bin" / "python"
    done = subprocess.run(
        [*base, "pip", "install", "--python", str(inside), *requirements],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode or done.returncode:
        print(f"not asked: {requirements[0]}: {done.stderr.strip()[-200:]}", flush=True)
        return None
    return inside


def _project(folder: Path, backend: Backend, feature: Feature) -> None:
    """Write the project that asks *backend* about *feature* to *folder*."""
    (folder / "src" / "demo").mkdir(parents=True)
    (folder / "src" / "demo" / "__init__.py").write_text(
        '"""A demonstration."""\n\n__version__ = "1.0"\n', "utf-8"
    )
    (folder / "README.md").write_text("# Demo\n", "utf-8")
    if feature.files:
        (folder / "LICENSE.txt").write_text("The text.\n", "utf-8")
    for name, text in (backend.files or {}).items():
        (folder / name).write_text(text, "utf-8")
    (folder / "pyproject.toml").write_text(pyproject(backend, feature), "utf-8")


def _made(folder: Path) -> tuple[str, list[str]]:
    """Return the METADATA that was made in *folder*, and the names in the wheel, if one was."""
    for wheel in folder.glob("out/*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            names = archive.namelist()
            found = [name for name in names if name.endswith(".dist-info/METADATA")]
            return (archive.read(found[0]).decode("utf-8") if found else ""), names
    for prepared in folder.glob("out/*.dist-info/METADATA"):
        return prepared.read_text("utf-8"), []
    return "", []


def _judge(backend: Backend, feature: Feature, folder: Path, said: Mapping[str, Any]) -> Answer:
    # What fails can leave half a wheel behind.
    text, names = ("", []) if said["exit"] else _made(folder)
    if not text:
        log = Path(f"{folder}.log")
        printed = log.read_text("utf-8", "replace") if log.exists() else ""
        return Answer("refused", "", _message(str(said["error"]), printed, folder))
    fields = email.parser.HeaderParser().parsestr(text)
    lines = [f"{name}: {value}" for name, value in fields.items()]
    written = str(fields.get("Metadata-Version", ""))
    plain = {_plain(line) for line in lines}
    missing = [line for line in feature.wanted if _plain(line) not in plain]
    files = feature.files if not backend.metadata else ()
    absent = [end for end in files if not any(name.endswith(end) for name in names)]
    early = [line for line in feature.wanted if _plain(line) in plain and _too_new(line, written)]
    if early:
        return Answer("lost", written, f"{early[0].partition(':')[0]} in metadata {written}")
    if not missing and not absent:
        return Answer("good", written)
    about = {line.partition("-")[0].partition(":")[0] for line in feature.wanted}
    instead = [line for line in lines if line.partition("-")[0].partition(":")[0] in about]
    told = "; ".join(line for line in instead if _plain(line) in plain)
    if absent and not missing:
        told = f"the wheel has no {absent[0].removeprefix('/')}"
    return Answer("lost", written, told[:MOST_LETTERS])


def _too_new(line: str, written: str) -> bool:
    """Say whether the field of *line* came after the metadata version that was *written*."""
    since = FIELDS[line.partition(":")[0]].since
    return VERSIONS.index(since) > VERSIONS.index(written) if written in VERSIONS else False


def _plain(line: str) -> str:
    """Return a field without what backends write in several ways: quotes, blanks, case of names."""
    name, _, value = line.partition(":")
    if name == "Description-Content-Type":
        value = value.partition(";")[0]
    bare = "".join(value.split()).replace('"', "'")
    return f"{name.lower()}:{bare}"


def _message(error: str, printed: str, folder: Path) -> str:
    """Return what a backend said when it refused, on one line and without paths of this machine."""
    if error.startswith("SystemExit"):
        lines = [line for line in printed.splitlines() if line.strip()]
        marks = ("Traceback", "Stack backtrace")
        traces = [n for n, line in enumerate(lines) if line.strip().startswith(marks)]
        error = " ".join(lines[: traces[0] if traces else None][-4:])
    plain = re.sub(r"\x1b\[[0-9;]*m", "", error)
    text = " ".join(plain.replace(str(folder), ".").split())
    text = re.sub(r"/(?:tmp|root|home)/\S*", "...", text)
    return text[:MOST_LETTERS]


def _ask_backend(backend: Backend, version: str, python: Path, cache: Path) -> Answers | None:
    with tempfile.TemporaryDirectory(prefix="backend-") as scratch:
        root = Path(scratch)
        needed = [f"{backend.name}=={version}", *backend.beside]
        inside = _environment(python, root / "env", needed, cache)
        if inside is None:
            return None
        asked = [
            feature
            for feature in FEATURES
            if feature.settings is None or backend.name in feature.settings
        ]
        folders = []
        for feature in asked:
            folder = root / feature.name
            folder.mkdir()
            _project(folder, backend, feature)
            folders.append(folder)
        kind = "metadata" if backend.metadata else "wheel"
        paths = f"{inside.parent}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            [inside, str(_WORKER), backend.module, kind, *map(str, folders)],
            capture_output=True,
            text=True,
            env=clean_environment(PATH=paths, SOURCE_DATE_EPOCH="1700000000", RUST_BACKTRACE="0"),
            check=False,
        )
        said = [json.loads(line) for line in done.stdout.splitlines()]
        if len(said) != len(asked):
            print(f"not asked: {needed[0]}: {done.stderr[-300:]}", flush=True)
            return None
        return {
            feature.name: _judge(backend, feature, folder, each)
            for feature, folder, each in zip(asked, folders, said, strict=True)
        }


def _ask_reader(reader: Reader, version: str, python: Path, cache: Path) -> Answers | None:
    with tempfile.TemporaryDirectory(prefix="reader-") as scratch:
        root = Path(scratch)
        inside = _environment(python, root / "env", [f"{reader.name}=={version}"], cache)
        if inside is None:
            return None
        answers = {}
        for feature in reader.features:
            folder = root / feature
            folder.mkdir()
            command = _prepared(reader, feature, folder)
            done = subprocess.run(
                [inside, "-m", *command],
                capture_output=True,
                text=True,
                cwd=folder,
                env=clean_environment(PIP_DISABLE_PIP_VERSION_CHECK="1"),
                check=False,
            )
            lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
            message = " ".join(lines[-2:]) if done.returncode else ""
            answers[feature] = Answer(
                "refused" if done.returncode else "good",
                "",
                _message(message, "", folder),
            )
        return answers


_CLASH = """[project]
name = "demo"
version = "1.0"
requires-python = ">=3.11"

[project.optional-dependencies]
cpu = ["other==1.0"]
gpu = ["other==2.0"]
"""
_EXCLUSIVE = {
    "clashing-extras": _CLASH,
    "exclusive-extras": f"""{_CLASH}
[tool.uv]
conflicts = [[{{ extra = "cpu" }}, {{ extra = "gpu" }}]]
""",
}


def _prepared(reader: Reader, feature: str, folder: Path) -> list[str]:
    """Put what *reader* is to read into *folder*; return the command that reads it."""
    if reader.name == "pip":
        text = '[dependency-groups]\ndev = ["pip"]\n'
        (folder / "pyproject.toml").write_text(text, "utf-8")
        return ["pip", "install", "--dry-run", "--no-index", "--group", "dev"]
    if reader.name == "uv":
        for release in ("1.0", "2.0"):
            build(Wheel("other", release), folder)
        (folder / "pyproject.toml").write_text(_EXCLUSIVE[feature], "utf-8")
        return ["uv", "lock", "--no-index", "--find-links", ".", "--no-cache"]
    described = "Description-Content-Type: text/plain"
    head = metadata(described, version=feature.partition("-")[2], name="demo")
    made = head + b"\nA demonstration.\n"
    path = build(Wheel("demo", "1.0", made), folder)
    return ["twine", "check", str(path)]


def _record(name: str, python: Path, cache: Path, jobs: int) -> dict[str, Any]:
    """Ask the backend or reader *name*; return what the record holds of it."""
    backend = next((each for each in BACKENDS if each.name == name), None)
    reader = next((each for each in READERS if each.name == name), None)
    subject = backend or reader
    assert subject is not None
    versions = [each for each in _releases(name) if Version(each) >= Version(subject.first)]

    def one(version: str) -> Answers | None:
        if backend is not None:
            return _ask_backend(backend, version, python, cache)
        assert reader is not None
        return _ask_reader(reader, version, python, cache)

    def ask(wanted: Sequence[str]) -> dict[str, Answers]:
        with ThreadPoolExecutor(jobs) as pool:
            answers = list(pool.map(one, wanted))
        print(f"{name}: {', '.join(wanted)}", flush=True)
        return {
            each: found for each, found in zip(wanted, answers, strict=True) if found is not None
        }

    chosen = series(versions, subject.first, majors=backend is not None and backend.majors)
    answers = bisected(versions, chosen, ask)
    return {
        "recorded": dt.datetime.now(dt.UTC).date().isoformat(),
        "asked": list(answers),
        "features": ranges(answers),
    }


def _dump(record: Mapping[str, Any]) -> str:
    """Return *record* as JSON, a stretch of versions a line."""
    top = ("python", "platform", "features")
    lines = ["{", *(f"{json.dumps(key)}: {json.dumps(record[key], indent=1)}," for key in top)]
    lines.append('"tools": {')
    tools = record["tools"]
    for name, tool in tools.items():
        lines.append(f"{json.dumps(name)}: {{")
        lines += [f"{json.dumps(key)}: {json.dumps(tool[key])}," for key in ("recorded", "asked")]
        lines.append('"features": {')
        for feature, rows in tool["features"].items():
            written = ",\n  ".join(json.dumps(row) for row in rows)
            end = "" if feature == list(tool["features"])[-1] else ","
            lines.append(f" {json.dumps(feature)}: [\n  {written}]{end}")
        lines.append("}}" if name == list(tools)[-1] else "}},")
    return "\n".join([*lines, "}}", ""])


def main(arguments: Sequence[str] | None = None) -> int:
    """Run as the module's docstring says; 1 if something differs from the record."""
    parser = argparse.ArgumentParser(prog="python -m tests.evidence.backends", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    names = [each.name for each in (*BACKENDS, *READERS)]
    parser.add_argument("--only", action="append", default=[], choices=names, metavar="NAME")
    parser.add_argument("--accept", action="store_true", help="write the record")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="environments at a time")
    default = os.environ.get("TRIGPOINT_EVIDENCE_CACHE") or _ROOT / "build" / "evidence"
    parser.add_argument("--cache", type=Path, default=Path(default) / "uv", metavar="DIR")
    options = parser.parse_args(arguments)
    python = find(PYTHON)
    if python is None:
        print(f"not run: there is no Python {PYTHON}")
        return 1
    old = json.loads(_FILE.read_text("ascii")) if _FILE.exists() else {"tools": {}}
    tools: dict[str, Any] = dict(old["tools"])
    differ = []
    for name in options.only or names:
        found = _record(name, python, options.cache, options.jobs)
        if name not in tools or _meant(tools[name]) != _meant(found):
            differ.append(name)
            print(f"{name}: differs from the record", flush=True)
        tools[name] = found
        if options.accept:
            _write(python, tools, names)
    if not options.accept:
        return int(bool(differ))
    return 0


def _meant(tool: Mapping[str, Any]) -> Any:
    """Return of *tool*, as recorded, where outcomes change, without words and newer versions."""
    return {
        name: [[row[0], row[2], row[3]] for row in rows] for name, rows in tool["features"].items()
    }


def _write(python: Path, tools: Mapping[str, Any], names: Sequence[str]) -> None:
    record = {
        "python": version_of(python),
        "platform": f"{platform.system()} {platform.machine()}",
        "features": {feature.name: feature.says for feature in FEATURES},
        "tools": {name: tools[name] for name in names if name in tools},
    }
    _FILE.parent.mkdir(exist_ok=True)
    _FILE.write_text(_dump(record), "ascii", newline="\n")


if __name__ == "__main__":
    raise SystemExit(main())
