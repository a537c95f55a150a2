"""The benchmark harness: statistics, agreement, turns, data, and processes.  Nothing is timed."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import gc
import itertools
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import pytest
from tests.benchkit import Bar, Benchmark, Cold, Way, each, faster, growing, late, under
from tests.benchkit import __main__ as command
from tests.benchkit.__main__ import against_peers, against_revision, main
from tests.benchkit.against import environment
from tests.benchkit.bench import Bench, Round
from tests.benchkit.client import Process, WorkerError
from tests.benchkit.figures import Spread, Verdict, late_of, ratios, spread, verdict
from tests.benchkit.machine import Machine, revision, this_machine
from tests.benchkit.memories import memories
from tests.benchkit.results import (
    Result,
    Row,
    Suite,
    bar_text,
    duration,
    from_json,
    number,
    report,
    to_json,
)
from tests.benchkit.runner import BUDGET, FEWEST, MOST_LOOPS, Plan, compare, kept, measure, sampled
from tests.benchkit.worker import load
from tests.benchmarks import SUITES
from tests.benchmarks.keystrokes import LARGE, LARGE_KEYS, LARGE_LABS, large_requests, typed
from tests.benchmarks.markers import balanced
from tests.growth.families import FAMILIES

ROOT = Path(__file__).resolve().parents[2]
PRETEND = "tests.house.pretend"

# -- statistics -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(1, 0, 0), (2, 0, 1), (5, 0, 4), (6, 0, 5), (7, 0, 6), (9, 1, 7), (15, 3, 11), (100, 40, 59)],
)
def test_the_interval_of_a_median(count: int, low: int, high: int) -> None:
    """The interval holds the middle of the sorted values, and gets narrower with more of them."""
    values = [float(value) for value in range(count)]
    assert Spread((count - 1) / 2, low, high) == spread(values[::-1])


def test_an_outlier_moves_no_median() -> None:
    """One bad round of nine changes nothing."""
    assert Spread(1.0, 1.0, 1.0) == spread([1.0] * 8 + [1000.0])


def test_ratios_are_taken_within_rounds() -> None:
    """A machine that is busy for some rounds slows both, and the ratio stays."""
    assert [2.0, 2.0, 2.0] == ratios([2.0, 20.0, 4.0], [1.0, 10.0, 2.0])


def test_ratios_of_what_both_did() -> None:
    """A contender with fewer rounds is compared in those; a round without time says nothing."""
    assert [3.0] == ratios([3.0, 5.0], [1.0, 0.0, 7.0])


def test_the_95th_percentile_is_of_inputs() -> None:
    """A slow round of an input is forgiven, a slow input is not."""
    fast, slow = [1.0] * 94 + [9.0] * 6, [1.0] * 95 + [9.0] * 5
    assert 9.0 == late_of([fast])
    assert 1.0 == late_of([slow])
    assert 1.0 == late_of([[100.0, 1.0], [1.0, 1.0], [1.0, 1.0]])
    assert late_of([[1.0], [2.0]]) is None
    assert late_of([]) is None


@pytest.mark.parametrize(
    ("bar", "low", "high", "expected"),
    [
        (faster(2), 2.0, 3.0, Verdict.MET),
        (faster(2), 1.9, 3.0, Verdict.NOISE),
        (faster(2), 1.0, 2.0, Verdict.NOISE),
        (faster(2), 1.0, 1.9, Verdict.MISSED),
        (growing(2.6), 2.0, 2.6, Verdict.MET),
        (growing(2.6), 2.0, 2.7, Verdict.NOISE),
        (growing(2.6), 2.6, 2.7, Verdict.NOISE),
        (growing(2.6), 2.7, 4.0, Verdict.MISSED),
        (under(0.1), 0.2, 0.3, Verdict.MISSED),
        (late(0.1), 0.05, 0.1, Verdict.MET),
    ],
)
def test_verdicts(bar: Bar, low: float, high: float, expected: Verdict) -> None:
    """A bar is met or missed where the whole interval says so."""
    assert expected is verdict(bar, Spread((low + high) / 2, low, high))


def test_no_verdict_without_a_figure() -> None:
    """What was not measured is neither met nor missed."""
    assert Verdict.NONE is verdict(faster(2), None)
    assert Verdict.NONE is verdict(None, Spread(1, 1, 1))


# -- agreement --------------------------------------------------------------------------


def test_another_answer_is_wrong() -> None:
    """Every place where the answers differ is found, and no other."""
    found = compare("abcd", "1100", "1010", may_miss=False, places=range(4))
    assert (0, ["b", "c"]) == (found.missed, found.wrong)


def test_who_decides_some_cases_may_miss() -> None:
    """No for our yes is missed, yes for our no is wrong."""
    found = compare("abcd", "1100", "1010", may_miss=True, places=range(4))
    assert (1, ["c"]) == (found.missed, found.wrong)


def test_kept_are_inputs_that_everybody_answers() -> None:
    """An input that one refuses, or in which one is known to be wrong, is timed for none."""
    benchmark = Benchmark("x", "text", list, {}, known={"peer": {"^b": "is wrong about b"}})
    answers = {"trigpoint": "1111", "peer": "1?10"}
    assert ([0, 3], {"peer is wrong about b": 1}) == kept(
        benchmark, ["a1", "a2", "b1", "c1"], answers
    )
    assert [0, 1, 2, 3] == kept(benchmark, ["a1", "a2", "b1", "c1"], {"trigpoint": "1111"})[0]


# -- turns ------------------------------------------------------------------------------


class Seat:
    """A contender that takes the seconds it is told to, and says when it was asked.

    ``unseen`` is what the clock does not see of a round, in seconds.
    """

    unseen = 0.0

    def __init__(
        self, name: str, log: list[str], seconds: Iterator[float], answers: str = "11"
    ) -> None:
        self.name, self.log, self.seconds, self.given = name, log, seconds, answers

    def answers(self, items: Sequence[Any]) -> str:
        return self.given[: len(items)]

    def keep(self, places: Sequence[int]) -> None:
        self.log.append(f"{self.name} keeps {list(places)}")

    def round(self, loops: int) -> Round:
        self.log.append(f"{self.name}{loops}")
        taken = next(self.seconds)
        return Round([taken, taken], taken * loops + self.unseen)

    def close(self) -> None:
        raise AssertionError("whoever seated it lets it go")


TWO = Benchmark("two", "text", list, {"trigpoint": Way, "peer": Way})  # type: ignore[dict-item]


def seated(
    benchmark: Benchmark,
    plan: Plan,
    log: list[str],
    times: Mapping[str, Sequence[float]],
    answers: Mapping[str, str] = {},
) -> Result:
    """Measure contenders that take *times*, round by round, over and over."""
    running = {name: itertools.cycle(each) for name, each in times.items()}

    @contextlib.contextmanager
    def sit() -> Iterator[dict[str, Seat]]:
        log.append("sit")
        yield {name: Seat(name, log, running[name], answers.get(name, "11")) for name in times}

    return measure(benchmark, sit, ["a", "b"], plan)


def test_contenders_take_turns() -> None:
    """A warm-up for each, then rounds in turns; in the next sitting the other way round."""
    log: list[str] = []
    seated(TWO, Plan(sittings=2, rounds=2), log, {"trigpoint": [1.0], "peer": [2.0]})
    warm = ["trigpoint keeps [0, 1]", "trigpoint1", "peer keeps [0, 1]", "peer1"]
    there, back = ["trigpoint1", "peer1"], ["peer1", "trigpoint1"]
    assert ["sit", *warm, *there, *there, "sit", *warm, *back, *back] == log


def test_the_ratio_of_synthetic_rounds() -> None:
    """The figures are those of the rounds, without the warm-up."""
    times = {"trigpoint": [100.0, 0.5, 1.5, 0.5], "peer": [100.0, 1.0, 6.0, 1.5]}
    result = seated(TWO, Plan(rounds=3), [], times)
    ours, peer = result.rows
    assert Spread(0.5, 0.5, 1.5) == ours.seconds
    assert ours.ratio is None
    assert Spread(3.0, 2.0, 4.0) == peer.ratio
    assert (2, 3, 3) == (result.items, ours.rounds, peer.rounds)


def test_the_ratio_of_sittings() -> None:
    """Several sittings give one ratio each: the rounds of one have too much in common."""
    times = {
        "trigpoint": [9.0, 1.0, 1.0, 1.0] * 2,
        "peer": [9.0, 1.0, 2.0, 9.0, 9.0, 4.0, 4.0, 1.0],
    }
    peer = seated(TWO, Plan(sittings=2, rounds=3), [], times).rows[1]
    assert Spread(3.0, 2.0, 4.0) == peer.ratio


@pytest.mark.parametrize(
    ("peer", "sittings"),
    [
        ([1.0, 4.0, 4.0], 1),
        ([1.0, 0.5, 0.5], 1),
        ([1.0, 0.5, 2.0, 1.0, 3.0, 3.0], 2),
        ([1.0, 0.5, 2.0, 1.0, 0.5, 0.5, 1.0, 2.0, 2.0], 3),
    ],
    ids=["met", "missed", "met later", "never sure"],
)
def test_more_sittings_while_unsure(peer: list[float], sittings: int) -> None:
    """A figure within the noise of its bar is measured again, up to three times."""
    log: list[str] = []
    barred = dataclasses.replace(TWO, bars={"peer": faster(1)})
    seated(barred, Plan(rounds=2), log, {"trigpoint": [1.0], "peer": peer})
    assert sittings == log.count("sit")


def test_short_work_is_repeated() -> None:
    """Work is repeated until the clock sees it, but not without end."""
    log: list[str] = []
    seated(TWO, Plan(rounds=1), log, {"trigpoint": [0.001], "peer": [0.0]})
    assert ["trigpoint10", f"peer{MOST_LOOPS}"] == log[-2:]


def test_long_preparation_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Short work whose preparation is long is repeated for a while only."""
    log: list[str] = []
    monkeypatch.setattr(Seat, "unseen", 0.25)
    seated(TWO, Plan(rounds=1), log, {"trigpoint": [0.001], "peer": [0.01]})
    assert ["trigpoint2", "peer1"] == log[-2:]


def test_rows_are_in_the_order_of_the_declaration() -> None:
    """Ours is seated first, but need not stand first."""
    ways: dict[str, Any] = {"n": Way, "2n": Way, "4n": Way}
    benchmark = Benchmark("growing", "text", list, ways, ours="2n")
    result = seated(benchmark, Plan(rounds=1), [], {"2n": [2.0], "n": [1.0], "4n": [4.0]})
    assert ["n", "2n", "4n"] == [row.contender for row in result.rows]


@pytest.mark.parametrize(("share", "rounds"), [(2, FEWEST), (4, 4), (5, 5), (6, 5)])
def test_long_work_ends_at_the_budget(share: int, rounds: int) -> None:
    """A slow contender is left behind after a few rounds, and compared in those that it had."""
    times = {"trigpoint": [1.0], "peer": [BUDGET / share]}
    peer = seated(TWO, Plan(rounds=5), [], times).rows[1]
    assert rounds == peer.rounds
    assert Spread(BUDGET / share, BUDGET / share, BUDGET / share) == peer.ratio


def test_a_contender_with_another_answer_is_a_failure() -> None:
    """It is named, with how often and an example."""
    result = seated(TWO, Plan(rounds=1), [], {"trigpoint": [1.0], "peer": [1.0]}, {"peer": "10"})
    assert ("peer answers 1 inputs otherwise than trigpoint: b",) == result.failures


def test_nothing_is_timed_if_there_is_nothing_in_common() -> None:
    """A benchmark without an input that everybody answers fails."""
    log: list[str] = []
    result = seated(TWO, Plan(), log, {"trigpoint": [1.0], "peer": [1.0]}, {"peer": "??"})
    assert ("there is no input that everybody answers",) == result.failures
    assert ["sit"] == log


def test_what_is_refused_and_missed_is_counted() -> None:
    """Both stand in the row of the contender."""
    benchmark = dataclasses.replace(TWO, may_miss=frozenset({"peer"}))
    times = {"trigpoint": [1.0], "peer": [1.0]}
    missed = seated(benchmark, Plan(rounds=1), [], times, {"peer": "01"})
    refused = seated(benchmark, Plan(rounds=1), [], times, {"peer": "?1"})
    assert (1, 0, ()) == (missed.rows[1].missed, missed.rows[1].refused, missed.failures)
    assert (0, 1, 1) == (refused.rows[1].missed, refused.rows[1].refused, refused.items)


def test_samples_are_even() -> None:
    """A sample is spread over the whole and never larger than asked."""
    assert [0, 3, 6] == sampled(range(10), 3)
    assert list(range(10)) == sampled(range(10), 0) == sampled(range(10), 10)


# -- one contender ----------------------------------------------------------------------


def bench(log: list[Any], **options: Any) -> Bench:
    """Return a contender that logs what it does, with a clock that ticks once a look."""
    cached = functools.lru_cache(lambda text: log.append(f"learns {text}"))
    module = ModuleType("pretended")
    module.cached = cached  # type: ignore[attr-defined]
    sys.modules["pretended"] = module

    def work(text: str) -> None:
        assert not gc.isenabled()
        cached(text)
        log.append(text)

    def ready(texts: Sequence[Any]) -> Sequence[Any]:
        log.append("ready")
        return texts

    def answer(text: str) -> str:
        if text == "b":
            raise ValueError("b is refused")
        return "1"

    way = Way(each(work), ready=ready, answer=answer, forgets=("pretended",))
    ticks = map(float, itertools.count())
    benchmark = Benchmark("x", "text", list, {"trigpoint": lambda: way}, **options)
    return Bench(benchmark, "trigpoint", clock=lambda: next(ticks))


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return an empty log, and take the pretended module away afterwards."""
    monkeypatch.setitem(sys.modules, "pretended", ModuleType("pretended"))
    return []


COLD = {
    Cold.ROUND: ["ready", "learns a", "a", "learns c", "c"] * 2,
    Cold.ITEM: ["ready", "learns a", "a", "ready", "learns c", "c"] * 2,
    Cold.NEVER: ["learns a", "a", "learns c", "c", "a", "c"],
}


@pytest.mark.parametrize("cold", COLD, ids=lambda cold: cold.name)
def test_when_memories_are_emptied(cold: Cold, log: list[Any]) -> None:
    """They are emptied as declared; what refuses an input is not stopped by it."""
    contender = bench(log, cold=cold)
    assert "1?1" == contender.answers(["a", "b", "c"])
    contender.keep([0, 2])
    log.clear()
    seconds = contender.round(2).samples
    contender.close()
    assert gc.isenabled()
    assert COLD[cold] == log
    assert [2.0 if cold is Cold.ITEM else 1.0] == seconds


def test_inputs_apart(log: list[Any]) -> None:
    """Where inputs are timed apart, there is a time for each."""
    contender = bench(log, apart=True)
    contender.answers(["a", "c"])
    contender.keep([0, 1])
    assert [1.0, 1.0] == contender.round(3).samples
    contender.close()


def test_memories_of_this_project() -> None:
    """What the algebra remembers is found without its name, and tables are left alone."""
    import trigpoint.labs  # noqa: F401

    found = memories(["trigpoint"])
    owners = {getattr(clear, "__module__", None) for clear in found}
    assert any(str(owner).endswith(".algebra") for owner in owners)
    assert len(found) > 5


def test_memories_of_methods_and_not_of_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    """Caches of methods are found, those without parameters and of other packages are not."""
    module = ModuleType("pretended.part")

    class Holder:
        @staticmethod
        @functools.cache
        def learned(text: str) -> str:
            return text

    @functools.cache
    def table() -> str:
        return ""

    module.Holder, module.table = Holder, table  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pretended.part", module)
    monkeypatch.setitem(sys.modules, "pretended_otherwise", module)
    elsewhere = FunctionType((lambda: 1 / 0).__code__, {})
    elsewhere.__module__ = "elsewhere"
    module.clear = elsewhere  # type: ignore[attr-defined]
    Holder.learned("a")
    table()
    for clear in memories(["pretended"]):
        clear()
    assert (0, 1) == (Holder.learned.cache_info().currsize, table.cache_info().currsize)
    assert [] == memories(["pretend"])


# -- data -------------------------------------------------------------------------------

SUITE = Suite(
    "markers",
    "Markers",
    "2026-01-02",
    "abc1234",
    "By the processor.",
    Machine("Some processor", 2, "Linux x86_64", "CPython 3.13.0", 0.5),
    {"trigpoint": "1.0"},
    (
        Result(
            "parse",
            "marker",
            "trigpoint",
            10,
            (
                Row(
                    "trigpoint",
                    Spread(1e-6, 9e-7, 2e-6),
                    3e-6,
                    None,
                    late(0.05),
                    Verdict.MET,
                    7,
                    0,
                    0,
                ),
                Row(
                    "peer",
                    Spread(2e-6, 1e-6, 3e-6),
                    None,
                    Spread(2.0, 1.5, 2.5),
                    faster(1.5),
                    Verdict.NOISE,
                    7,
                    2,
                    1,
                ),
            ),
            ("peer is wrong",),
            ("something was left out",),
        ),
    ),
)


def test_results_survive_json() -> None:
    """What is read back is what was written."""
    assert from_json(json.loads(json.dumps(to_json(SUITE)))) == SUITE


def test_another_schema_is_refused() -> None:
    """A reader does not guess."""
    with pytest.raises(ValueError, match="schema 2"):
        from_json({**to_json(SUITE), "schema": 2})
    with pytest.raises(ValueError, match="schema None"):
        from_json({"suite": "markers", "tasks": []})


def test_the_report() -> None:
    """Everything that matters is on the console."""
    assert report(SUITE).splitlines() == [
        "Markers (2026-01-02, abc1234)",
        "CPython 3.13.0, Linux x86_64, 2 x Some processor, load 0.5",
        "parse (10 x one marker)",
        f"  trigpoint    1.00 us{'':28}under 50.0 ms for 95 of 100: met; 95 of 100 in 3.00 us",
        f"  peer         2.00 us  2.00x (1.50 to 2.50){'':6}at least 1.5x: within the noise; "
        + "refuses 2; misses 1",
        "  FAILED: peer is wrong",
        "  note: something was left out",
    ]


def test_numbers() -> None:
    """Three digits count."""
    assert ["0", "12.3", "1230", "0.0123"] == [number(v) for v in (0, 12.345, 1234.5, 0.01234)]
    assert ["999 us", "1.00 ms", "1.00 s"] == [duration(v) for v in (9.99e-4, 1e-3, 1)]
    assert ["at most 2.6x", "under 2.00 s"] == [bar_text(growing(2.6)), bar_text(under(2))]


def test_a_machine_has_no_name() -> None:
    """What is published names no host and no folder."""
    import platform

    machine = this_machine()
    assert machine.cores >= 1
    assert machine.python.startswith(platform.python_implementation())
    texts = [str(value) for value in dataclasses.astuple(machine)]
    assert not any("/" in text or platform.node() in text.split() for text in texts)


def test_an_unknown_revision_is_refused() -> None:
    """Neither a typing error nor an option of git gets through."""
    for name in ("no-such-revision", "--help"):
        with pytest.raises(ValueError, match="is no commit"):
            revision(ROOT, name)


# -- processes --------------------------------------------------------------------------


def pretended(name: str) -> Benchmark:
    """Return a benchmark of the pretended ones."""
    [found] = [each for each in load(PRETEND) if each.name == name]
    return found


def test_contenders_in_processes() -> None:
    """Two processes agree, one of them prints, and who is not installed is left out."""
    result = against_peers(pretended("agrees"), PRETEND, Plan(rounds=2), {})
    assert () == result.failures
    assert ["trigpoint", "chatty"] == [row.contender for row in result.rows]
    assert (9, [1, 1]) == (result.items, [row.refused for row in result.rows])
    assert ("left out: nobody (no module named nobody)",) == result.notes


def test_a_different_answer_from_a_process() -> None:
    """A contender that answers otherwise is reported as a failure."""
    result = against_peers(pretended("differs"), PRETEND, Plan(rounds=1), {})
    [failure] = result.failures
    assert "liar answers 5 inputs otherwise than trigpoint: 1; 3; 4" == failure


def test_a_process_that_ends() -> None:
    """A contender that goes away is a failure of its benchmark, not of the run."""
    result = against_peers(pretended("ends"), PRETEND, Plan(rounds=1), {})
    [failure] = result.failures
    assert failure.startswith("ended with status 3 at the order 'answers'")


def test_ours_has_to_be_there() -> None:
    """Without ours there is nothing to compare with."""
    result = against_peers(pretended("not here"), PRETEND, Plan(rounds=1), {})
    assert ("trigpoint is not installed",) == result.failures


def test_two_revisions() -> None:
    """Ours is timed in both environments, and nothing may be slower than 0.95."""
    pythons = {"now": sys.executable, "abc1234": sys.executable}
    result = against_revision(pretended("agrees"), PRETEND, Plan(sittings=1, rounds=1), pythons)
    assert ["now", "abc1234"] == [row.contender for row in result.rows]
    assert [None, faster(0.95)] == [row.bar for row in result.rows]


def test_a_process_that_never_answers() -> None:
    """A contender that takes longer than it may is ended."""
    process = Process(sys.executable, PRETEND, "stays", deadline=3.0)
    process.order("sit", way="trigpoint")
    with pytest.raises(WorkerError, match="3 seconds are allowed"):
        process.order("answers", way="trigpoint", items=[1])
    process.close()


def test_an_environment_is_made_once(tmp_path: Path) -> None:
    """That of a commit is used again, without asking git or pip."""
    (tmp_path / "complete").write_text("", "utf-8")
    assert Path(environment(tmp_path, "no-such-commit")).is_relative_to(tmp_path)
    with pytest.raises(subprocess.CalledProcessError):
        environment(tmp_path / "new", "no-such-commit")


def test_an_order_that_fails() -> None:
    """An error in a process is told in this one."""
    process = Process(sys.executable, PRETEND, "agrees")
    with pytest.raises(WorkerError, match="ValueError: no such order: nonsense"):
        process.order("nonsense")
    process.close()


# -- what is declared -------------------------------------------------------------------


@pytest.mark.parametrize("suite", SUITES.values(), ids=SUITES)
def test_declarations(suite: Any) -> None:
    """Names are unique, and ours and every bar have a contender."""
    declared = load(suite.module)
    assert len(declared) == len({benchmark.name for benchmark in declared}) > 0
    for benchmark in declared:
        assert benchmark.ours in benchmark.ways
        assert set(benchmark.ways) >= {*benchmark.bars, *benchmark.may_miss & {*benchmark.ways}}


@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
def test_families_are_answered(family: Any) -> None:
    """Every growth family has an input of any size that fits JSON, and an answer without an error."""
    small, larger = (json.dumps(family.make(size)) for size in (3, 6))
    assert len(small) < len(larger)
    family.ask(family.make(3))


def test_typing_an_example() -> None:
    """The last letters of the text come one by one, and the request ends as it was."""
    asked = list(typed({"text": "os_name == 'nt'\n", "rules": "spec"}, 3))
    assert ["os_name == 'n", "os_name == 'nt", "os_name == 'nt'", "os_name == 'nt'\n"] == [
        request["text"] for request in asked
    ]
    assert {"spec"} == {request["rules"] for request in asked}


def test_a_balanced_corpus() -> None:
    """Of markers that differ in the names of extras only, some are kept."""
    texts = ["extra == 'a'", 'extra == "b"', "extra != 'c'", "os_name == 'a'", "extra == 'd'"]
    assert ["extra == 'a'", "extra != 'c'", "os_name == 'a'"] == balanced(texts, 1)


def test_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command measures what it is asked for, prints, writes, and fails where answers differ."""
    pretend = dataclasses.replace(SUITES["markers"], module=PRETEND)
    monkeypatch.setitem(SUITES, "markers", pretend)
    arguments = ["markers", "--rounds", "1", "--out", str(tmp_path)]
    assert 0 == main([*arguments, "--only", "agrees"])
    suite = from_json(json.loads((tmp_path / "markers.json").read_text("utf-8")))
    assert ["agrees"] == [result.benchmark for result in suite.results]
    assert "agrees (9 x one number)" in capsys.readouterr().out
    assert 1 == main([*arguments, "--only", "differs"])
    with pytest.raises(SystemExit):
        main(["no-such-suite"])
    assert "no such suite: no-such-suite; there are markers" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("verdict", "failures", "status"),
    [
        (Verdict.MET, (), 0),
        (Verdict.NOISE, (), 0),
        (Verdict.MISSED, (), 1),
        (Verdict.MET, ("then answers otherwise",), 1),
    ],
)
def test_the_command_against_a_revision(
    verdict: Verdict,
    failures: tuple[str, ...],
    status: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It fails where something became slower or answers otherwise; the engine takes no part."""
    asked: list[tuple[str, Plan, Mapping[str, str]]] = []
    made: list[str | None] = []

    def pretend_environment(folder: Path, revision: str | None) -> str:
        made.append(revision)
        return folder.name

    def measured(
        benchmark: Benchmark, module: str, plan: Plan, pythons: Mapping[str, str]
    ) -> Result:
        asked.append((module, plan, pythons))
        slower = dataclasses.replace(SUITE.results[0].rows[1], verdict=verdict)
        return dataclasses.replace(SUITE.results[0], rows=(slower,), failures=failures)

    monkeypatch.setattr(command, "environment", pretend_environment)
    monkeypatch.setattr(command, "against_revision", measured)
    then = revision(ROOT, "HEAD").removesuffix("+") or pytest.skip("this is no repository")
    assert status == main(["--against", then, "--out", str(tmp_path)])
    assert [None, then] == made
    assert {module for module, _, _ in asked} == {
        suite.module for name, suite in SUITES.items() if name != "engine"
    }
    assert (Plan(sittings=5, rounds=3), {"now": "now", then: then}) == asked[0][1:]
    suite = from_json(json.loads((tmp_path / "markers-before.json").read_text("utf-8")))
    assert f"Markers, against {then}" == suite.title


@pytest.mark.parametrize("name", LARGE_LABS)
def test_large_texts_are_typed_into(name: str) -> None:
    """Each request is one letter longer than the one before, and as large as it says."""
    asked = [json.loads(each) for each in large_requests(name)]
    assert LARGE_KEYS == len(asked)
    lengths = [len(each["text"]) for each in asked]
    assert list(range(lengths[0], lengths[0] + LARGE_KEYS)) == lengths
    assert LARGE <= lengths[0] <= LARGE + 100
    assert all(each["text"].count("\n") > 500 for each in asked)
