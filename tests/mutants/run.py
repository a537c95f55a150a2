"""Run the tests on mutants: ``python tests/mutants/run.py [PATH...]``.

A path counts from ``src/trigpoint``: ``markers/exact/axes.py``, or a folder.
Each mutant is tested in a copy of the package by the tests that :data:`TESTS`
names; it is killed if they fail, or take several times as long as without it.
Survivors are printed as diffs.  Those that mean the same as the original are
listed in ``equivalent.txt``, one a line as ``path: old line -> new line``.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import queue
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from mutate import Mutant, mutants

__all__ = ["TESTS", "Project", "Result", "main", "tests_for"]

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
    "catalogue.py": ("tests/findings", "tests/house"),
}
"""Which tests speak for a file or folder; the longest name counts, and else a folder's own."""

SLOWEST = 5.0
"""How many times as long as without a mutant the tests may take."""

PATIENCE = 10.0
"""Seconds besides."""


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


class Project:
    """The package *source*, and the folder *root* in which *jobs* tests are run at a time."""

    def __init__(self, source: Path, root: Path, jobs: int, patience: float = PATIENCE) -> None:
        self._source, self._root = source, root
        self._jobs = jobs
        self._patience = patience

    @contextlib.contextmanager
    def _copies(self) -> Iterator[queue.Queue[Path]]:
        """Make a copy of the package for each job, to be taken and given back."""
        free: queue.Queue[Path] = queue.Queue()
        with tempfile.TemporaryDirectory() as scratch:
            for number in range(self._jobs):
                copy = Path(scratch, str(number), self._source.name)
                shutil.copytree(self._source, copy, ignore=shutil.ignore_patterns("__pycache__"))
                free.put(copy)
            yield free

    def _test(self, package: Path, tests: Sequence[str], timeout: float | None) -> bool:
        """Say whether *tests* pass with the *package* in the place of the installed one."""
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
        # The same examples for each mutant, and no file of the package from an earlier one.
        settings = {"PYTHONPATH": str(package.parent), "CI": "1", "PYTHONDONTWRITEBYTECODE": "1"}
        try:
            done = subprocess.run(
                command,
                cwd=self._root,
                env={**os.environ, **settings},
                capture_output=True,
                text=True,
                check=False,
                timeout=timeout,
            )
        except subprocess.TimeoutExpired:
            return False
        if done.returncode in (4, 5):
            raise ValueError(f"pytest found no tests to run: {done.stdout}{done.stderr}")
        return done.returncode == 0

    def run(
        self,
        path: str,
        tests: Sequence[str],
        chosen: Sequence[Mutant],
        equivalent: frozenset[str] = frozenset(),
    ) -> list[Result]:
        """Run *tests* on each *chosen* mutant of the file *path*, in the order given.

        Raises :exc:`ValueError` if there are no tests, or they fail without a mutant.
        """
        with self._copies() as free, ThreadPoolExecutor(self._jobs) as pool:
            package = free.get()
            began = time.perf_counter()
            if not self._test(package, tests, None):
                raise ValueError(f"the tests for {path} fail as it is")
            timeout = self._patience + SLOWEST * (time.perf_counter() - began) * self._jobs
            free.put(package)

            def judge(mutant: Mutant) -> Result:
                result = Result(path, mutant, "equivalent")
                if result.key in equivalent:
                    return result
                copy = free.get()
                file = copy / path
                try:
                    file.write_text(mutant.text, "utf-8")
                    passed = self._test(copy, tests, timeout)
                finally:
                    file.write_text(mutant.original, "utf-8")
                    free.put(copy)
                return Result(path, mutant, "survived" if passed else "killed")

            return list(pool.map(judge, chosen))


def _files(source: Path, names: Sequence[str]) -> Iterator[str]:
    for name in names or [""]:
        place = source / name
        paths = sorted(place.rglob("*.py")) if place.is_dir() else [place]
        for path in paths:
            yield path.relative_to(source).as_posix()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit status is 1 if a mutant survives."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("paths", nargs="*", help="files or folders, counted from src/trigpoint")
    parser.add_argument("--tests", action="append", help="run these instead of those of the table")
    parser.add_argument("--lines", help="only mutants of these lines, such as 10-20")
    parser.add_argument("--sample", type=int, help="so many mutants of each file, by chance")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--out", type=Path, help="write the counts of each file there, as JSON")
    options = parser.parse_args(arguments)

    source = ROOT / "src" / "trigpoint"
    project = Project(source, ROOT, options.jobs)
    listed = EQUIVALENT.read_text("utf-8").splitlines() if EQUIVALENT.is_file() else []
    first, _, last = (options.lines or "0-").partition("-")
    counts: dict[str, dict[str, int]] = {}
    for path in _files(source, options.paths):
        chosen = [
            mutant
            for mutant in mutants((source / path).read_text("utf-8"))
            if int(first) <= mutant.line <= int(last or sys.maxsize)
        ]
        if options.sample is not None and options.sample < len(chosen):
            chosen = random.Random(path).sample(chosen, options.sample)
        if not chosen:
            continue
        results = project.run(path, options.tests or tests_for(path), chosen, frozenset(listed))
        for result in results:
            if result.outcome == "survived":
                print(f"{path}:{result.mutant.line} survived\n{result.mutant.diff}\n")
        outcomes = [result.outcome for result in results]
        counts[path] = {name: outcomes.count(name) for name in ("killed", "survived", "equivalent")}
        score = ", ".join(f"{number} {name}" for name, number in counts[path].items())
        print(f"{path}: {score}", flush=True)
    killed, survived = (
        sum(each[name] for each in counts.values()) for name in ("killed", "survived")
    )
    if killed + survived:
        print(f"{100 * killed / (killed + survived):.1f}% of {killed + survived} mutants killed")
    if options.out:
        options.out.write_text(json.dumps(counts, indent=1) + "\n", "utf-8")
    return bool(survived)


if __name__ == "__main__":
    sys.exit(main())
