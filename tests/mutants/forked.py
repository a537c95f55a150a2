"""Try mutants in forks of one process that has collected the tests.

Idea: what takes long about a mutant is to start Python, import and collect.  Here that
happens once.  A fork puts the code of the mutant into the functions that are there, and runs
the tests that come by its lines, the quickest first.

Limits: what only an import runs is over by then, and so is what a test module asks for while
it is collected; such mutants are left out, and :mod:`run` alone tries them.  Caches of
the file itself, and what :data:`FRESH` names, are empty again for each test; others are not.

Cost: a fork and the tests themselves; ten to twenty times less than a process each.
"""

from __future__ import annotations

import collections
import contextlib
import functools
import gc
import importlib
import io
import os
import pickle
import signal
import sys
import time
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from mutate import Mutant

__all__ = ["FRESH", "Forked", "inside"]

FRESH = ("trigpoint.markers.exact.algebra:clear",)
"""Functions that forget what is kept of earlier tests, where their module is loaded."""

_SAME = 7
"""The exit status of a fork whose mutant has the same code."""

_TOOL = 3
"""Which of the tools of ``sys.monitoring`` this is."""


def inside(mutants: Sequence[Mutant]) -> list[Mutant]:
    """Return those of *mutants* that a fork can try: changes inside of functions."""
    return [mutant for mutant in mutants if len(mutant.lines)]


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _codes(constant)


def _pairs(
    old: Sequence[types.CodeType], new: Sequence[types.CodeType]
) -> Iterator[tuple[types.CodeType, types.CodeType]]:
    """Yield each code of a file with that of its mutant, those that differ only."""
    by_name: dict[str, collections.deque[types.CodeType]] = {}
    for each in new:
        by_name.setdefault(each.co_qualname, collections.deque()).append(each)
    for each in old:
        others = by_name.get(each.co_qualname)
        if others:
            other = others.popleft()
            before, after = ((one.co_code, one.co_consts, one.co_names) for one in (each, other))
            if before != after:
                yield each, other


class Forked:
    """A plugin of pytest that tries mutants in the place of running the tests.

    *chosen* are mutants by path below *source*, tests that take more seconds than *longest*
    are left out, and *patience* are the seconds that a test may take besides five times its
    usual time.  A mutant that *passed_over* picks is not tried.  Afterwards ``outcomes`` has,
    for each path, what became of each mutant: ``killed``, ``survived``, ``same`` or
    ``equivalent`` for one passed over, which *tell* hears at once; and ``failing`` the tests
    that fail as it is, where there are any: then no mutant is tried.
    """

    def __init__(
        self,
        source: Path,
        chosen: Mapping[str, Sequence[Mutant]],
        longest: float,
        patience: float,
        passed_over: Callable[[str, Mutant], bool] = lambda path, mutant: False,
        tell: Callable[[str, Mutant, str], None] = lambda path, mutant, outcome: None,
    ) -> None:
        self._source = source
        self._files = {str(source / path): path for path in chosen}
        self._chosen = chosen
        self._longest = longest
        self._patience = patience
        self._passed_over = passed_over
        self._tell = tell
        self.outcomes: dict[str, list[str]] = {}
        self.failing: list[str] = []

    def pytest_runtestloop(self, session: Any) -> bool:
        """Measure the tests that were collected, and try each mutant; run nothing else."""
        items = session.items
        if not items:
            return True
        for path in self._chosen:
            # What no test module imports, a test may.
            parts = (self._source.name, *Path(path).with_suffix("").parts)
            with contextlib.suppress(ImportError):
                importlib.import_module(".".join(each for each in parts if each != "__init__"))
        # What a conftest froze is in no list of objects.
        gc.unfreeze()
        seconds, lines, failing = self._measured(items)
        self.failing = [items[number].nodeid for number in sorted(failing)]
        if failing:
            # They could notice nothing, and all the others would be tried for nothing.
            return True
        functions: dict[types.CodeType, list[types.FunctionType]] = {}
        for each in gc.get_objects():
            if isinstance(each, types.FunctionType) and each.__code__.co_filename in self._files:
                functions.setdefault(each.__code__, []).append(each)
        # Forks share what nobody counts.
        gc.freeze()
        for name, path in self._files.items():
            self.outcomes[path] = []
            for mutant in self._chosen[path]:
                outcome = "equivalent"
                if not self._passed_over(path, mutant):
                    hit = {each for line in mutant.lines for each in lines.get((path, line), ())}
                    outcome = self._outcome(name, mutant, hit, items, functions, seconds)
                self.outcomes[path].append(outcome)
                self._tell(path, mutant, outcome)
        return True

    def _outcome(
        self,
        name: str,
        mutant: Mutant,
        hit: set[int],
        items: Sequence[Any],
        functions: Mapping[types.CodeType, Sequence[types.FunctionType]],
        seconds: Mapping[int, float],
    ) -> str:
        """Say what becomes of *mutant* of the file *name*, whose lines the tests *hit* come by."""
        tests = [
            number
            for number in sorted(hit, key=lambda each: (seconds[each], each))
            if seconds[number] <= self._longest
        ]
        old, new = (
            list(_codes(compile(text, name, "exec", dont_inherit=True)))
            for text in (mutant.original, mutant.text)
        )
        changed = [
            (function, code)
            for before, code in _pairs(old, new)
            for function in functions.get(before, ())
        ]
        if not changed:
            return "same"
        if not tests:
            return "survived"
        return self._tried(changed, [items[each] for each in tests], tests, seconds)

    def _tried(
        self,
        changed: Sequence[tuple[types.FunctionType, types.CodeType]],
        items: Sequence[Any],
        numbers: Sequence[int],
        seconds: Mapping[int, float],
    ) -> str:
        """Run *items* with the functions *changed*, in a fork."""
        pid = os.fork()
        if pid == 0:
            status = 1
            with contextlib.suppress(BaseException):
                status = self._child(changed, items, numbers, seconds)
            os._exit(status)
        _, ended = os.waitpid(pid, 0)
        if os.WIFEXITED(ended) and os.WEXITSTATUS(ended) == _SAME:
            return "same"
        return "survived" if ended == 0 else "killed"

    def _child(
        self,
        changed: Sequence[tuple[types.FunctionType, types.CodeType]],
        items: Sequence[Any],
        numbers: Sequence[int],
        seconds: Mapping[int, float],
    ) -> int:
        for function, code in changed:
            try:
                function.__code__ = code
            except ValueError:
                return _SAME  # it closes over something else
        for item, number in zip(items, numbers, strict=True):
            # The clock counts what this process works, however busy the machine is.
            signal.setitimer(signal.ITIMER_PROF, self._patience + 5 * seconds[number])
            _forget()
            if not _passes(item):
                return 1
        return 0

    def _measured(
        self, items: Sequence[Any]
    ) -> tuple[dict[int, float], dict[tuple[str, int], set[int]], set[int]]:
        """Return how long *items* take, which come by each line, and which fail, from a fork."""
        reader, writer = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reader)
            with contextlib.suppress(BaseException), os.fdopen(writer, "wb") as file:
                pickle.dump(self._seen(items), file)
            os._exit(0)
        os.close(writer)
        with os.fdopen(reader, "rb") as file:
            data = file.read()
        os.waitpid(pid, 0)
        found: tuple[dict[int, float], dict[tuple[str, int], set[int]], set[int]]
        found = pickle.load(io.BytesIO(data))
        return found

    def _seen(self, items: Sequence[Any]) -> object:
        monitoring: Any = sys.monitoring  # type: ignore[attr-defined,unused-ignore]
        lines: dict[tuple[str, int], set[int]] = {}
        number = 0

        def passed(code: types.CodeType, line: int) -> object:
            path = self._files.get(code.co_filename)
            if path is not None:
                lines.setdefault((path, line), set()).add(number)
            return monitoring.DISABLE

        monitoring.use_tool_id(_TOOL, "mutants")
        monitoring.register_callback(_TOOL, monitoring.events.LINE, passed)
        monitoring.set_events(_TOOL, monitoring.events.LINE)
        caches = [
            each
            for each in gc.get_objects()
            if isinstance(each, functools._lru_cache_wrapper)
            and getattr(each.__wrapped__, "__code__", None) is not None
            and each.__wrapped__.__code__.co_filename in self._files
        ]
        seconds, failing = {}, set()
        for number, item in enumerate(items):
            for cache in caches:
                cache.cache_clear()
            _forget()
            monitoring.restart_events()
            began = time.process_time()
            if not _passes(item):
                failing.add(number)
            seconds[number] = time.process_time() - began
        monitoring.set_events(_TOOL, 0)
        return seconds, lines, failing


def _forget() -> None:
    for name in FRESH:
        module, _, function = name.partition(":")
        if module in sys.modules:
            getattr(sys.modules[module], function)()


def _passes(item: Any) -> bool:
    from _pytest.runner import runtestprotocol

    return not any(report.failed for report in runtestprotocol(item, log=False, nextitem=None))
