"""Run every case through every tool and compare with what is recorded.

Usage: python -m tests.evidence [--only TOOL]... [--case NAME]... [--accept]
       [--fresh] [--jobs N] [--cache DIR]
       python -m tests.evidence --perturb N [--seed TEXT] [--kind NAME]... [--only TOOL]...

Fetches the tools from PyPI into a cache, builds the wheels, runs each case
offline in an empty environment, prints every difference from the record of
the package and ends with 1 if an outcome differs.  ``--accept`` writes what
was observed into the record.  ``--perturb`` changes real METADATA N times
(see :mod:`tests.evidence.perturb`), compares predictions with what the tools
do, and ends with 1 if one was wrong.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from tests.evidence import perturb, shared
from tests.evidence.cases import CASES, SECTIONS, Case
from tests.evidence.drivers import applies, driver_for
from tests.evidence.interpreters import version_of
from tests.evidence.tools import TOOLS, MissingToolError, Tool

from trigpoint.installers.record import Case as RecordedCase
from trigpoint.installers.record import Outcome, Record
from trigpoint.installers.record import Tool as RecordedTool

__all__ = ["Difference", "compare", "main", "merged", "recorded_case"]

_ROOT = Path(__file__).parents[2]
_FILE = _ROOT / "src" / "trigpoint" / "installers" / "record.json"
_SHARED = _ROOT.parent / "shared" / "data" / "installer-matrix.csv"

Outcomes = Mapping[tuple[str, str], Outcome]


@dataclass(frozen=True, slots=True)
class Difference:
    """One pair of case and tool where the run and the record differ.

    ``only_words`` says that the tool did the same and worded it otherwise.
    """

    case: str
    tool: str
    recorded: Outcome | None
    observed: Outcome

    @property
    def only_words(self) -> bool:
        """Whether the messages alone differ."""
        old, new = self.recorded, self.observed
        return old is not None and _deed(old) == _deed(new)


def _deed(outcome: Outcome) -> tuple[object, ...]:
    return outcome.result, outcome.version, outcome.came, outcome.exit_code


def recorded_case(case: Case) -> RecordedCase:
    """Return *case* as the package records it."""
    return RecordedCase(
        name=case.name,
        shows=case.shows,
        section=case.section,
        url=SECTIONS[case.section],
        request=case.request,
        release=case.subject.release,
        older=bool(case.others),
        meant=case.meant,
        features=case.features,
        metadata=case.subject.actual_metadata,
        wheel=case.subject.wheel_text.partition("\n")[0] + "\n",
        file_name=case.subject.file_name,
    )


@dataclass(frozen=True, slots=True)
class Run:
    """What came of one tool: its outcomes, or why it could not be run."""

    tool: Tool
    outcomes: Outcomes
    ran: RecordedTool | None
    missing: str


def _run(tool: Tool, cases: Sequence[Case], cache: Path, *, fresh: bool) -> Run:
    """Run *cases* through *tool* and print one line about it."""
    started = time.monotonic()
    chosen = [case for case in cases if applies(tool, case)]
    try:
        with (
            tempfile.TemporaryDirectory(prefix="evidence-") as scratch,
            driver_for(tool, cache, Path(scratch) / "work", fresh=fresh) as driver,
        ):
            outcomes = {(case.name, tool.name): driver.outcome(case) for case in chosen}
            ran = RecordedTool(
                tool.name,
                version_of(tool.python),
                f"{platform.system()} {platform.machine()}",
                dt.datetime.now(dt.UTC).date().isoformat(),
                driver.resolves,
            )
    except MissingToolError as error:
        print(f"not run: {error}", flush=True)
        return Run(tool, {}, None, str(error))
    seconds = time.monotonic() - started
    print(f"{tool.name} (Python {ran.python}): {len(chosen)} cases, {seconds:.0f} s", flush=True)
    return Run(tool, outcomes, ran, "")


def observe(
    tools: Iterable[Tool], cases: Sequence[Case], cache: Path, *, fresh: bool, jobs: int
) -> list[Run]:
    """Run *cases* through *tools*, *jobs* tools at a time."""
    with ThreadPoolExecutor(jobs) as pool:
        return list(pool.map(lambda tool: _run(tool, cases, cache, fresh=fresh), tools))


def compare(record: Record, observed: Outcomes) -> list[Difference]:
    """Return where *observed* differs from *record*, in the order of the run."""
    return [
        Difference(case, tool, record.outcomes.get((case, tool)), outcome)
        for (case, tool), outcome in observed.items()
        if record.outcomes.get((case, tool)) != outcome
    ]


def merged(record: Record, observed: Outcomes, ran: Mapping[str, RecordedTool]) -> Record:
    """Return *record* with what was observed in place of the old outcomes.

    Cases and tools that this checkout no longer has are left out; what was
    not run this time is kept.
    """
    tools = {
        tool.name: ran.get(tool.name) or record.tools[tool.name]
        for tool in TOOLS
        if tool.name in ran or tool.name in record.tools
    }
    outcomes = {
        (case, tool): outcome
        for (case, tool), outcome in {**record.outcomes, **observed}.items()
        if case in CASES and tool in tools
    }
    used = {case.section for case in CASES.values()}
    return Record(
        MappingProxyType({name: url for name, url in SECTIONS.items() if name in used}),
        MappingProxyType(tools),
        MappingProxyType({name: recorded_case(case) for name, case in CASES.items()}),
        MappingProxyType(outcomes),
    )


def _shown(outcome: Outcome | None) -> str:
    if outcome is None:
        return "-"
    came = f" +{','.join(outcome.came)}" if outcome.came else ""
    version = f" {outcome.version}" if outcome.version else ""
    return f"{outcome.result}{version}{came} ({outcome.exit_code})"


def print_differences(differences: Sequence[Difference]) -> None:
    """Print *differences* as a table, those of words alone last."""
    deeds = [item for item in differences if not item.only_words]
    words = [item for item in differences if item.only_words]
    if deeds:
        rows = [("case", "tool", "recorded", "observed")]
        rows += [(d.case, d.tool, _shown(d.recorded), _shown(d.observed)) for d in deeds]
        widths = [max(len(row[column]) for row in rows) for column in range(4)]
        for row in rows:
            cells = zip(row, widths, strict=True)
            print("  ".join(text.ljust(width) for text, width in cells).rstrip())
    for item in words:
        assert item.recorded is not None
        print(f"{item.case}, {item.tool}: the same, in other words")
        print(f"  recorded: {item.recorded.message}")
        print(f"  observed: {item.observed.message}")
    print(f"{len(deeds)} outcomes differ, {len(words)} more in words alone")


def _stale(record: Record) -> list[str]:
    """Return the names of cases that the record describes otherwise than this checkout."""
    return [
        name
        for name, case in CASES.items()
        if name not in record.cases or record.cases[name] != recorded_case(case)
    ] + [name for name in record.cases if name not in CASES]


def _chosen(wanted: Sequence[str]) -> list[Tool]:
    """Return the tools named in *wanted*: ``pip-26.3``, ``"pip 26.3"`` or ``pip`` for a family."""
    if not wanted:
        return list(TOOLS)
    names = {name.replace(" ", "-") for name in wanted}
    found = [(tool, {tool.name.replace(" ", "-"), tool.family.replace(" ", "-")}) for tool in TOOLS]
    if unknown := names.difference(*(spelled for _, spelled in found)):
        raise SystemExit(f"no such tool: {', '.join(sorted(unknown))}")
    return [tool for tool, spelled in found if spelled & names]


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.evidence", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--only", action="append", default=[], metavar="TOOL")
    parser.add_argument("--case", action="append", default=[], metavar="NAME")
    parser.add_argument("--accept", action="store_true", help="write the record")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="tools at a time")
    parser.add_argument("--fresh", action="store_true", help="a new process for every case")
    default = os.environ.get("TRIGPOINT_EVIDENCE_CACHE") or _ROOT / "build" / "evidence"
    parser.add_argument("--perturb", type=int, default=0, metavar="N", help="compare predictions")
    parser.add_argument("--seed", default="1", help="what the changes are drawn by")
    parser.add_argument("--kind", action="append", default=[], choices=perturb.CHANGES)
    real = os.environ.get("TRIGPOINT_REAL_FILES") or _ROOT / "build" / "real-metadata"
    parser.add_argument("--real", type=Path, default=Path(real), metavar="DIR")
    parser.add_argument("--cache", type=Path, default=Path(default), metavar="DIR")
    parser.add_argument("--shared", type=Path, default=_SHARED, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run as the module's docstring says; 1 if an outcome differs from the record."""
    options = _arguments(arguments)
    if unknown := set(options.case) - CASES.keys():
        raise SystemExit(f"no such case: {', '.join(sorted(unknown))}")
    cases = [CASES[name] for name in options.case] or list(CASES.values())
    tools = _chosen(options.only)
    if options.perturb:
        cache = options.cache.resolve()
        return perturb.report(
            options.perturb, options.seed, options.real, cache, tools, options.kind
        )
    started = time.monotonic()
    record = Record.from_text(_FILE.read_text(encoding="ascii"))
    runs = observe(tools, cases, options.cache.resolve(), fresh=options.fresh, jobs=options.jobs)
    outcomes = {pair: outcome for run in runs for pair, outcome in run.outcomes.items()}
    ran = {run.tool.name: run.ran for run in runs if run.ran}
    spent = os.times()
    print(
        f"{len(outcomes)} runs in {time.monotonic() - started:.0f} s, "
        f"{spent.children_user + spent.children_system:.0f} s of processor time"
    )
    if missing := [run.missing for run in runs if run.missing]:
        print(f"not run, their record stands as it was: {'; '.join(missing)}")
    differences = compare(record, outcomes)
    print_differences(differences)
    stale = _stale(record)
    if stale:
        print(f"described otherwise in the record: {', '.join(stale)}")
    if options.shared.is_file():
        shared.report(options.shared, outcomes)
    if options.accept:
        # Another run may have been accepted in the meantime.
        record = Record.from_text(_FILE.read_text(encoding="ascii"))
        text = merged(record, outcomes, ran).to_text()
        _FILE.write_text(text, encoding="ascii")
        print(f"recorded {len(outcomes)} outcomes, {len(text) / 1000:.0f} kB")
        return 0
    failed = bool(stale) or any(not item.only_words for item in differences)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
