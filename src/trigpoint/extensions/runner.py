"""Building what a plan says: in order, side by side, checked after each builder."""

from __future__ import annotations

import contextlib
import graphlib
import os
import shutil
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from trigpoint.extensions.outputs import check_clashes, check_result
from trigpoint.extensions.plan import Extension, Plan
from trigpoint.extensions.protocol import BuildRequest, BuildResult, ExtensionError, Tag
from trigpoint.extensions.running import Runner
from trigpoint.extensions.tables import folded
from trigpoint.extensions.tags import merge

__all__ = [
    "BUILD_DIR",
    "DIRECTORY",
    "JOBS",
    "Built",
    "build",
    "build_directory",
    "job_count",
    "say",
    "writing",
]

BUILD_DIR: Final = ".trigpoint"
"""The folder of a project that everything is built in, unless it is told otherwise."""

DIRECTORY: Final = "TRIGPOINT_BUILD_DIR"
"""The environment variable that names another one; the config setting is ``build-dir``."""

JOBS: Final = "TRIGPOINT_JOBS"
"""The environment variable that says how many processes run at once; the setting is ``jobs``."""

MOST_JOBS: Final = 256
"""Processes at once, whatever is asked for."""

_EPOCH: Final = "315532800"
"""1980-01-01, the first time that a zip file knows: what tools take for now, unless told."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a plan became: the result of each extension in the order of the plan, and the wheel's tag."""

    results: Mapping[str, BuildResult]
    tag: Tag


def build_directory(
    root: Path, plan: Plan, settings: Mapping[str, object], env: Mapping[str, str]
) -> Path:
    """Return where *plan* is built: a folder for each target, so that none disturbs another.

    *settings* and *env* can name another one than :data:`BUILD_DIR` in *root*.
    """
    said = settings.get("build-dir") or env.get(DIRECTORY)
    base = root / str(said) if said else root / BUILD_DIR
    tag = plan.target.tag
    return base / f"{tag.abi}-{tag.platform}"


def job_count(settings: Mapping[str, object], env: Mapping[str, str]) -> int:
    """Return how many processes may run at once: what *settings* or *env* say, or one a processor.

    >>> job_count({"jobs": "3"}, {})
    3
    """
    said = str(settings.get("jobs") or env.get(JOBS, "")).strip()
    if said.isascii() and said.isdecimal() and len(said) < 4 and int(said):
        return min(int(said), MOST_JOBS)
    if hasattr(os, "sched_getaffinity"):
        return min(len(os.sched_getaffinity(0)), MOST_JOBS)
    return min(os.cpu_count() or 1, MOST_JOBS)  # pragma: no cover


@contextlib.contextmanager
def writing(folder: Path, extension: str = "") -> Iterator[None]:
    """Raise :exc:`ExtensionError` ``extension-unwritable`` for what the system refuses in *folder*.

    *extension* is the name of the table, if it is about one.
    Sources may be mounted so that nobody writes there, and disks are full.
    """
    try:
        yield
    except OSError as problem:
        raise ExtensionError(
            "extension-unwritable",
            f"nothing can be built in {folder} ({problem.strerror or problem})",
            fix=f"name another folder by the variable {DIRECTORY} or the config setting build-dir",
            extension=extension,
        ) from None


def say(text: str) -> None:
    """Print *text* where frontends show what a build says of its progress."""
    print(text, file=sys.stderr, flush=True)


class _Build:
    """One run over a plan."""

    def __init__(
        self,
        plan: Plan,
        root: Path,
        folder: Path,
        env: Mapping[str, str],
        jobs: int,
        say: Callable[[str], None],
    ) -> None:
        self.plan = plan
        self.root = root
        self.folder = folder
        self.env = env
        self.jobs = jobs
        self.say = say
        self.results: dict[str, BuildResult] = {}
        self.errors: dict[str, ExtensionError] = {}
        self.notes: dict[str, str] = {}
        for each in plan.notes:
            before = self.notes.get(each.error.extension, "")
            self.notes[each.error.extension] = f"{before}{each.error.paragraph()}\n"
        self.started = 0

    def environment(self, extension: Extension) -> dict[str, str]:
        env = {"SOURCE_DATE_EPOCH": _EPOCH, "ZERO_AR_DATE": "1", **self.env, **extension.table.env}
        for name in extension.table.depends_on:
            if result := self.results.get(name):
                env[f"TRIGPOINT_DIR_{folded(name).upper()}"] = str(result.directory)
        return env

    def one(self, extension: Extension, jobs: int) -> BuildResult:
        """Build *extension*; whatever its builder raises becomes an :exc:`ExtensionError`."""
        name, builder = extension.name, extension.builder
        assert builder is not None
        short = folded(name)
        build_dir, out_dir = self.folder / "build" / short, self.folder / "out" / short
        log = self.folder / "logs" / f"{short}.log"
        shutil.rmtree(out_dir, ignore_errors=True)
        with writing(self.folder, name):
            for each in (build_dir, out_dir, log.parent):
                each.mkdir(parents=True, exist_ok=True)
            log.write_text(self.notes.get(name, ""), "utf-8")
        env = self.environment(extension)
        run = Runner(name, self.root, log, env)
        request = BuildRequest(
            name=name,
            root=self.root,
            target=self.plan.target,
            build_dir=build_dir,
            out_dir=out_dir,
            log=log,
            run=run,
            env=env,
            jobs=jobs,
            dependencies={each: self.results[each] for each in extension.table.depends_on},
            project=self.plan.project,
        )
        try:
            result = builder.build(request)
        except ExtensionError as error:
            for found in error:
                found.extension = found.extension or name
            raise
        except BaseException as problem:  # a stranger's code; signals go to the main thread
            run.note(traceback.format_exc())
            raise ExtensionError(
                "extension-builder-crashed",
                f"the builder {extension.table.builder} raised {type(problem).__name__}: {problem}",
                fix=f"tell the authors of the builder; the traceback is in {log}",
                extension=name,
            ) from problem
        checked = check_result(
            result,
            extension=name,
            target=self.plan.target,
            out_dir=out_dir,
            expected=extension.outputs,
            tag=extension.tag,
        )
        merge([(name, checked.tag)], self.plan.target)
        return checked

    def all(self) -> None:
        """Build everything, each as soon as what it depends on is there."""
        by_name = {each.name: each for each in self.plan.enabled}
        places = {name: place for place, name in enumerate(by_name)}
        sorter = graphlib.TopologicalSorter(
            {name: each.table.depends_on for name, each in by_name.items()}
        )
        sorter.prepare()
        running: dict[Future[BuildResult], str] = {}
        with ThreadPoolExecutor(max_workers=self.jobs, thread_name_prefix="extension") as pool:
            waiting: list[str] = []
            while sorter.is_active():
                if not self.errors:
                    waiting += sorter.get_ready()
                waiting.sort(key=places.__getitem__)
                free = self.jobs - len(running)
                starting, waiting = ([], []) if self.errors else (waiting[:free], waiting[free:])
                # Those that run at once share the processors.
                share = self.jobs // max(1, len(running) + len(starting))
                for name in starting:
                    running[self._start(pool, by_name[name], share)] = name
                if not running:
                    break
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    name = running.pop(future)
                    self._finish(name, future)
                    sorter.done(name)

    def _start(
        self, pool: ThreadPoolExecutor, extension: Extension, share: int
    ) -> Future[BuildResult]:
        self.started += 1
        count = f"[{self.started}/{len(self.plan.enabled)}]"
        self.say(f"{count} {extension.name}: building with {extension.table.builder}")
        if note := self.notes.get(extension.name):
            self.say(note.rstrip())
        return pool.submit(self.one, extension, share)

    def _finish(self, name: str, future: Future[BuildResult]) -> None:
        try:
            self.results[name] = future.result()
        except ExtensionError as error:
            self.say(f"{name}: failed")
            self.errors[name] = error
        else:
            shipped = sum(each.scheme != "internal" for each in self.results[name].outputs)
            self.say(f"{name}: {shipped} file{'' if shipped == 1 else 's'}")


def build(
    plan: Plan,
    root: Path,
    folder: Path,
    *,
    env: Mapping[str, str] | None = None,
    jobs: int = 1,
    say: Callable[[str], None] = say,
) -> Built:
    """Build the enabled extensions of *plan* for the project in *root*, inside *folder*.

    *env* is the environment of the tools (None: this process's), *jobs* how many of them
    run at once, and *say* is told the progress.  Logs are in ``logs``, one an extension.
    Raises :exc:`ExtensionError` for problems of the plan, before anything is written or
    started, and for whatever fails; after a failure nothing new is begun.
    """
    plan.check()
    root, folder = root.resolve(), folder.resolve()
    if plan.enabled:
        with writing(folder):
            folder.mkdir(parents=True, exist_ok=True)
            # So that no version control and no backend that asks it takes these files.
            (folder / ".gitignore").write_text("*\n", "utf-8")
    run = _Build(plan, root, folder, os.environ if env is None else env, jobs, say)
    run.all()
    if run.errors:
        order = {each.name: each.table.index for each in plan.extensions}
        first, *others = [run.errors[name] for name in sorted(run.errors, key=order.__getitem__)]
        first.others = (*first.others, *others)
        raise first
    results = {each.name: run.results[each.name] for each in plan.enabled}
    check_clashes({name: result.outputs for name, result in results.items()})
    return Built(results, merge([(name, each.tag) for name, each in results.items()], plan.target))
