"""Run the tests on mutants: ``python tests/mutants/run.py [PATH...]``.

A path counts from ``src/trigpoint``: ``markers/exact/axes.py``, or a folder.
First the tests that :data:`TESTS` names run once, to see which of them come by
which line, and how long they take.  Then each mutant is tested in a copy of the
package, by the tests that come by its lines, the quickest first; it is killed if
one fails, or takes several times as long as before.  Survivors are printed as
diffs.  Those that mean the same as the original are listed in
``equivalent.txt``, one a line as ``path: old line -> new line``, each below a
line that starts with ``#`` and says why.

With ``--forked`` the tests are collected once, and each mutant is tried in a fork,
which is many times quicker; what only an import runs is left out then.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import json
import multiprocessing
import os
import queue
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

sys.path.insert(0, str(Path(__file__).resolve().parent))

from forked import Forked, inside
from mutate import Mutant, mutants

__all__ = ["TESTS", "Project", "Result", "Seen", "equivalents", "forked", "main", "tests_for"]

ROOT = Path(__file__).resolve().parents[2]
EQUIVALENT = Path(__file__).with_name("equivalent.txt")

TESTS: Mapping[str, Sequence[str]] = {
    "markers": ("tests/markers", "tests/conformance/test_markers_packaging.py"),
    "markers/exact": ("tests/markers", "tests/conformance/test_algebra_bruteforce.py"),
    "markers/writing": ("tests/markers", "tests/conformance/test_algebra_bruteforce.py"),
    "metadata": ("tests/metadata", "tests/conformance/test_metadata_packaging.py"),
    "extras": ("tests/extras",),
    "installers": ("tests/installers",),
    "labs": ("tests/labs", "tests/cli"),
    "cli": ("tests/cli",),
    "sphinx": ("tests/sphinx",),
    "findings.py": ("tests/findings",),
}
"""Which tests speak for a file or folder; the longest name counts, and else a folder's own."""

TABLES = ("catalogue.py", "examples.py", "known_values.py")
"""Files that hold nothing but data, which a test could only repeat."""

SLOWEST = 5.0
"""How many times as long as without a mutant a test may take."""

PATIENCE = 5.0
"""Seconds besides."""

MEMORY = 4 * 1024**3
"""Bytes that the tests of a mutant may take."""

MODULES = ("pytest", "hypothesis", "hypothesis.strategies", "packaging.metadata")
"""What is imported once, and not for each mutant."""

_NO_TESTS = 5
"""The exit status of pytest that says so."""


def tests_for(path: str) -> list[str]:
    """Return the tests for the file *path* of the package.

    >>> tests_for("markers/exact/axes.py")[1]
    'tests/conformance/test_algebra_bruteforce.py'
    >>> tests_for("wheels/audit.py")
    ['tests/wheels']
    """
    fits = [name for name in TESTS if path == name or path.startswith(f"{name}/")]
    if fits:
        return list(TESTS[max(fits, key=len)])
    return [f"tests/{path.partition('/')[0].removesuffix('.py')}"]


def equivalents(text: str) -> frozenset[str]:
    r"""Return what the *text* of ``equivalent.txt`` lists, without the reasons.

    >>> equivalents("# Both are one.\na.py: x -> y\n")
    frozenset({'a.py: x -> y'})
    """
    lines = text.splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a mutant of the file ``path``: ``killed``, ``survived`` or ``equivalent``."""

    path: str
    mutant: Mutant
    outcome: str

    @property
    def key(self) -> str:
        """The line of ``equivalent.txt`` that would say that it means the same."""
        lines = self.mutant.diff.splitlines()
        old = " ".join(line[1:].strip() for line in lines if line.startswith("-"))
        new = " ".join(line[1:].strip() for line in lines if line.startswith("+"))
        return f"{self.path}: {old} -> {new}"


@dataclass(frozen=True, slots=True)
class Seen:
    """Which tests come by the lines of a package, as functions such as ``test_code.py::test_few``.

    ``seconds`` says how long each takes; ``lines`` has the tests of each line
    of each path.
    """

    seconds: Mapping[str, float]
    lines: Mapping[str, Mapping[int, Sequence[str]]]

    @classmethod
    def read(cls, data: Mapping[str, Any], junit: ET.Element, package: str) -> Seen:
        """Read the report of ``coverage json --show-contexts``, and that of pytest in XML."""
        names: dict[str, str] = {}
        seconds: dict[str, float] = {}
        for case in junit.iter("testcase"):
            module, function = case.get("classname", ""), case.get("name", "").partition("[")[0]
            test = names[f"{module}.{function}"] = f"{module.replace('.', '/')}.py::{function}"
            seconds[test] = seconds.get(test, 0.0) + float(case.get("time", 0))
        lines: dict[str, dict[int, list[str]]] = {}
        for file, found in data["files"].items():
            path = file.replace("\\", "/").rpartition(f"{package}/")[2]
            lines[path] = {
                int(line): [names[each] for each in contexts if each in names]
                for line, contexts in found["contexts"].items()
            }
        return cls(seconds, lines)

    def tests(self, path: str, mutant: Mutant, among: Sequence[str]) -> list[str]:
        """Return the tests *among* files or folders for a *mutant* of *path*, the quickest first.

        What only an import runs is a matter of all of them.
        """
        known = self.lines.get(path, {})
        found = {test for line in mutant.lines for test in known.get(line, ())}
        inside = tuple(f"{name.removesuffix('.py')}{end}" for name in among for end in ("/", ".py"))
        kept = [test for test in found if test.startswith(inside)]
        if not kept:
            kept = [test for test in self.seconds if test.startswith(inside)]
        return sorted(kept, key=lambda test: (self.seconds[test], test))


class _Limit:
    """A plugin of pytest that ends the process in which a test takes too long."""

    def __init__(self, seconds: Mapping[str, float], patience: float) -> None:
        self._seconds, self._patience = seconds, patience

    def pytest_runtest_setup(self, item: Any) -> None:
        """Start the clock, which counts what this process works, however busy the machine is."""
        usual = self._seconds.get(item.nodeid.partition("[")[0], 0.0)
        signal.setitimer(signal.ITIMER_PROF, self._patience + SLOWEST * usual)


def _child(
    package: str,
    root: str,
    tests: Sequence[str],
    seconds: Mapping[str, float],
    patience: float,
) -> None:
    """Run *tests* in this process, with the *package* in the place of the installed one."""
    silence = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(silence, number)
    plugins: list[object] = []
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        plugins.append(_Limit(seconds, patience))
    os.chdir(root)
    # The same examples for each mutant.
    os.environ.update(CI="1", PYTHONPATH=str(Path(package).parent))
    sys.path[:0] = [str(Path(package).parent), root]
    # The copy and the tests are compiled once, not for each mutant.
    sys.dont_write_bytecode = False
    import pytest

    # What is imported once is imported before pytest could rewrite it.
    settings = ["-W", "ignore:Module already imported", "-p", "no:cacheprovider"]
    arguments = ["-x", "-q", *settings, *tests]
    os._exit(int(pytest.main(arguments, plugins=plugins)))


class Project:
    """The package *source*, and the folder *root* in which *jobs* tests are run at a time."""

    def __init__(self, source: Path, root: Path, jobs: int, patience: float = PATIENCE) -> None:
        self._source, self._root = source, root
        self._jobs = jobs
        self._patience = patience
        ways = multiprocessing.get_all_start_methods()
        self._processes: Any = multiprocessing.get_context(
            "forkserver" if "forkserver" in ways else "spawn"
        )
        if "forkserver" in ways:
            self._processes.set_forkserver_preload(list(MODULES))

    @contextlib.contextmanager
    def _copies(self, number: int) -> Iterator[queue.Queue[Path]]:
        """Make so many copies of the package, to be taken and given back."""
        free: queue.Queue[Path] = queue.Queue()
        with tempfile.TemporaryDirectory() as scratch:
            for each in range(number):
                copy = Path(scratch, str(each), self._source.name)
                shutil.copytree(self._source, copy, ignore=shutil.ignore_patterns("__pycache__"))
                free.put(copy)
            yield free

    def measure(self, tests: Sequence[str]) -> Seen:
        """Run *tests* once and see which lines each comes by.

        Raises :exc:`ValueError` if there are none, or they fail as it is.
        """
        with self._copies(1) as free, tempfile.TemporaryDirectory() as scratch:
            package = free.get()
            data, junit, report = (Path(scratch, name) for name in ("data", "junit", "report"))
            settings = Path(scratch, "settings")
            settings.write_text(
                "[run]\ndynamic_context = test_function\n"
                f"data_file = {data}\nsource = {package}\n[json]\nshow_contexts = True\n",
                "utf-8",
            )
            coverage = [sys.executable, "-m", "coverage"]
            chosen = f"--rcfile={settings}"
            environment = {**os.environ, "CI": "1", "PYTHONPATH": str(package.parent)}
            done = subprocess.run(
                [
                    *(*coverage, "run", chosen, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
                    *(f"--junit-xml={junit}", *tests),
                ],
                cwd=self._root,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode in (4, _NO_TESTS):
                raise ValueError(f"pytest found no tests to run: {done.stdout}{done.stderr}")
            if done.returncode:
                raise ValueError(f"the tests fail as it is: {done.stdout}{done.stderr}")
            subprocess.run(
                [*coverage, "json", chosen, "-q", "-o", str(report)],
                cwd=self._root,
                env=environment,
                check=True,
            )
            return Seen.read(
                json.loads(report.read_text("utf-8")),
                ET.parse(junit).getroot(),
                f"/{package.parent.name}/{package.name}",
            )

    def _passes(self, package: Path, tests: Sequence[str], seconds: Mapping[str, float]) -> bool:
        """Say whether *tests* pass with the *package* in the place of the installed one."""
        known = {test: seconds[test] for test in tests}
        process = self._processes.Process(
            target=_child, args=(str(package), str(self._root), tests, known, self._patience)
        )
        process.start()
        # What only waits takes none of the time that the process itself counts.
        process.join(SLOWEST * (PATIENCE + sum(known.values())) * self._jobs)
        if process.exitcode is None:
            process.kill()
            process.join()
        status: int = process.exitcode
        if status == _NO_TESTS:
            raise ValueError(f"pytest found no tests to run among {tests}")
        return status == 0

    def run(
        self,
        path: str,
        tests: Sequence[str],
        chosen: Sequence[Mutant],
        equivalent: frozenset[str] = frozenset(),
        *,
        seen: Seen | None = None,
        longest: float = float("inf"),
    ) -> Iterator[Result]:
        """Run *tests* on each *chosen* mutant of the file *path*, in the order given.

        What is *seen* of them already is not measured; those that take more
        seconds than *longest* are left out.  Those of *equivalent* are not run.
        Raises :exc:`ValueError` if there are no tests, or they fail as it is.
        """
        seen = seen or self.measure(tests)

        def able(mutant: Mutant) -> list[str]:
            found = seen.tests(path, mutant, tests)
            return [test for test in found if seen.seconds[test] <= longest]

        def judge(mutant: Mutant) -> Result:
            result = Result(path, mutant, "equivalent")
            if result.key in equivalent:
                return result
            copy = free.get()
            file = copy / path
            compiled = Path(importlib.util.cache_from_source(str(file)))
            try:
                # The time of a file has not changed when it is written twice at once.
                compiled.unlink(missing_ok=True)
                file.write_text(mutant.text, "utf-8")
                passed = self._passes(copy, able(mutant), seen.seconds)
            finally:
                compiled.unlink(missing_ok=True)
                file.write_text(mutant.original, "utf-8")
                free.put(copy)
            return Result(path, mutant, "survived" if passed else "killed")

        with self._copies(self._jobs) as free, ThreadPoolExecutor(self._jobs) as pool:
            wanted = dict.fromkeys(test for mutant in chosen for test in able(mutant))
            copy = free.get()
            if not self._passes(copy, list(wanted), seen.seconds):
                raise ValueError(f"the tests of {path} fail as it is, each in a process of its own")
            free.put(copy)
            yield from pool.map(judge, chosen)


def forked(
    source: Path,
    root: Path,
    chosen: Mapping[str, Sequence[Mutant]],
    tests: Sequence[str],
    equivalent: frozenset[str] = frozenset(),
    longest: float = 30.0,
    patience: float = PATIENCE,
    tell: Callable[[Result], None] = lambda result: None,
) -> dict[str, list[Result]]:
    """Run *tests* on the *chosen* mutants of each path, in forks of this process.

    *source* is the package and *root* where the tests are; the package must not be imported
    yet.  Those of *equivalent* are not run; tests that take more seconds than *longest* are left
    out, and each may take *patience* besides five times its usual time.  *tell* hears each result
    at once.  Raises :exc:`ValueError` if tests fail as it is, or there are none.
    """
    os.chdir(root)
    # The same examples for each mutant.
    os.environ.update(CI="1", PYTHONPATH=str(source.parent))
    sys.path[:0] = [str(source.parent), str(root)]
    import pytest

    def known(path: str, mutant: Mutant) -> bool:
        return Result(path, mutant, "equivalent").key in equivalent

    def told(path: str, mutant: Mutant, outcome: str) -> None:
        if outcome != "same":
            tell(Result(path, mutant, outcome))

    plugin = Forked(source, chosen, longest, patience, known, told)
    settings = ["-W", "ignore:Module already imported", "-p", "no:cacheprovider"]
    pytest.main(["-q", *settings, *tests], plugins=[plugin])
    if plugin.failing:
        raise ValueError(f"the tests fail as it is: {' '.join(plugin.failing)}")
    if not plugin.outcomes:
        raise ValueError(f"pytest found no tests to run among {tests}")
    return {
        path: [
            Result(path, mutant, outcome)
            for mutant, outcome in zip(chosen[path], plugin.outcomes[path], strict=True)
            if outcome != "same"
        ]
        for path in chosen
    }


def _files(source: Path, names: Sequence[str]) -> Iterator[str]:
    for name in names or [""]:
        place = source / name
        paths = sorted(place.rglob("*.py")) if place.is_dir() else [place]
        for path in paths:
            if path.name not in TABLES:
                yield path.relative_to(source).as_posix()


def _lines(text: str) -> range:
    """Return the lines that *text* names.

    >>> _lines("10"), _lines("10-20"), 30 in _lines("10-")
    (range(10, 11), range(10, 21), True)
    """
    first, dash, last = text.partition("-")
    return range(int(first), int(last or (sys.maxsize - 1 if dash else first)) + 1)


def _score(counts: Mapping[str, int]) -> str:
    """Say how many of the mutants were killed.

    >>> _score({"killed": 3, "survived": 1, "equivalent": 2})
    '75.0% of 4 mutants killed, 2 equivalent'
    >>> _score({"killed": 0, "survived": 0, "equivalent": 0})
    'no mutant tried, 0 equivalent'
    """
    tried = counts["killed"] + counts["survived"]
    if not tried:
        return f"no mutant tried, {counts['equivalent']} equivalent"
    share = 100 * counts["killed"] / tried
    return f"{share:.1f}% of {tried} mutants killed, {counts['equivalent']} equivalent"


@dataclass(slots=True)
class _Tally:
    """What became of the mutants of each path; survivors and whole files are printed."""

    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    path: str = ""

    def add(self, result: Result) -> None:
        """Count *result*; those of a path come one after the other."""
        if result.path != self.path:
            self.end()
            self.path = result.path
            self.counts[self.path] = dict.fromkeys(("killed", "survived", "equivalent"), 0)
        self.counts[self.path][result.outcome] += 1
        if result.outcome == "survived":
            mutant = result.mutant
            print(f"{self.path}:{mutant.line} survived\n{mutant.diff}\n", flush=True)

    def end(self) -> None:
        """Print the score of the last path."""
        if self.path:
            print(f"{self.path}: {_score(self.counts[self.path])}", flush=True)
        self.path = ""

    def total(self) -> dict[str, int]:
        """Return the counts of all paths together."""
        return {
            name: sum(each[name] for each in self.counts.values())
            for name in ("killed", "survived", "equivalent")
        }


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit status is 1 if a mutant survives, or there is none."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("paths", nargs="*", help="files or folders, counted from src/trigpoint")
    parser.add_argument("--tests", action="append", help="run these instead of those of the table")
    parser.add_argument(
        "--lines", default="1-", help="only mutants of these lines: 10, 10-20 or 10-"
    )
    parser.add_argument("--sample", type=int, help="so many mutants of each file, by chance")
    parser.add_argument("--seed", default="", help="another chance")
    parser.add_argument("--longest", type=float, default=30, help="seconds of a test, 30")
    parser.add_argument("--forked", action="store_true", help="many times quicker, see above")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--out", type=Path, help="write the counts of each file there, as JSON")
    options = parser.parse_args(arguments)

    source = ROOT / "src" / "trigpoint"
    project = Project(source, ROOT, options.jobs)
    listed = equivalents(EQUIVALENT.read_text("utf-8"))
    lines = _lines(options.lines)
    measured: dict[tuple[str, ...], Seen] = {}
    by_tests: dict[tuple[str, ...], dict[str, list[Mutant]]] = {}
    for path in _files(source, options.paths):
        chosen = [
            mutant for mutant in mutants((source / path).read_text("utf-8")) if mutant.line in lines
        ]
        if options.forked:
            chosen = inside(chosen)
        if options.sample is not None and options.sample < len(chosen):
            chosen = random.Random(path + options.seed).sample(chosen, options.sample)
        if chosen:
            tests = tuple(options.tests or tests_for(path))
            by_tests.setdefault(tests, {})[path] = chosen
    tally = _Tally()
    for tests, paths in by_tests.items():
        if options.forked:
            forked(source, ROOT, paths, tests, listed, options.longest, tell=tally.add)
            continue
        if tests not in measured:
            measured[tests] = project.measure(tests)
        for path, chosen in paths.items():
            for result in project.run(
                path, tests, chosen, listed, seen=measured[tests], longest=options.longest
            ):
                tally.add(result)
    tally.end()
    total = tally.total()
    print(_score(total))
    if options.out:
        options.out.write_text(json.dumps(tally.counts, indent=1) + "\n", "utf-8")
    return bool(total["survived"]) or not any(total.values())


if __name__ == "__main__":
    sys.exit(main())
