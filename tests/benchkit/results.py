"""Results as data and as text."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.benchkit.declare import Bar
from tests.benchkit.figures import Spread, Verdict
from tests.benchkit.machine import Machine

__all__ = [
    "SCHEMA",
    "Result",
    "Row",
    "Suite",
    "bar_text",
    "duration",
    "from_json",
    "heading",
    "lines",
    "number",
    "ratio_text",
    "report",
    "to_json",
]

SCHEMA = 1
"""The number of this form of the results; a reader refuses another."""


@dataclass(frozen=True)
class Row:
    """What one contender did.

    ``seconds`` an input, ``late`` its 95th percentile where inputs were timed
    apart, ``ratio`` to ours where it is not ours, ``refused`` inputs that it
    did not answer and ``missed`` ones where it said no and ours yes.
    """

    contender: str
    seconds: Spread
    late: float | None
    ratio: Spread | None
    bar: Bar | None
    verdict: Verdict
    rounds: int
    refused: int
    missed: int


@dataclass(frozen=True)
class Result:
    """What a benchmark showed; ``failures`` and ``notes`` are sentences."""

    benchmark: str
    unit: str
    ours: str
    items: int
    rows: tuple[Row, ...]
    failures: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Suite:
    """The results of one suite in one run."""

    suite: str
    title: str
    date: str
    revision: str
    method: str
    machine: Machine
    versions: Mapping[str, str] = field(default_factory=dict)
    results: tuple[Result, ...] = ()


def to_json(suite: Suite) -> dict[str, Any]:
    """Return *suite*, JSON-ready."""
    return {"schema": SCHEMA, **dataclasses.asdict(suite)}


def from_json(data: Mapping[str, Any]) -> Suite:
    """Return what :func:`to_json` was given.

    Raises :exc:`ValueError` for another schema, :exc:`TypeError` and
    :exc:`KeyError` for what does not fit.
    """
    if data.get("schema") != SCHEMA:
        raise ValueError(f"the results have schema {data.get('schema')!r}, this reads {SCHEMA}")
    fields = {key: value for key, value in data.items() if key != "schema"}
    fields["machine"] = Machine(**fields["machine"])
    fields["results"] = tuple(map(_result, fields["results"]))
    return Suite(**fields)


def _result(data: Mapping[str, Any]) -> Result:
    return Result(
        **{
            **data,
            "rows": tuple(map(_row, data["rows"])),
            "failures": tuple(data["failures"]),
            "notes": tuple(data["notes"]),
        }
    )


def _row(data: Mapping[str, Any]) -> Row:
    return Row(
        **{
            **data,
            "seconds": Spread(**data["seconds"]),
            "ratio": data["ratio"] and Spread(**data["ratio"]),
            "bar": data["bar"] and Bar(**data["bar"]),
            "verdict": Verdict(data["verdict"]),
        }
    )


# -- as text ----------------------------------------------------------------------------


def number(value: float) -> str:
    """Write *value* with three significant digits.

    >>> number(12.345), number(1234.5), number(0.01234)
    ('12.3', '1230', '0.0123')
    """
    if value == 0:
        return "0"
    digits = 2 - math.floor(math.log10(abs(value)))
    return f"{round(value, digits):.{max(0, digits)}f}"


def duration(seconds: float) -> str:
    """Write a time in the unit that suits it.

    >>> duration(0.00000025), duration(0.0123), duration(2)
    ('0.250 us', '12.3 ms', '2.00 s')
    """
    for factor, unit in ((1, "s"), (1e3, "ms")):
        if seconds * factor >= 1:
            return f"{number(seconds * factor)} {unit}"
    return f"{number(seconds * 1e6)} us"


def bar_text(bar: Bar) -> str:
    """Write a bar.

    >>> bar_text(Bar("ratio", "least", 1.5)), bar_text(Bar("late", "most", 0.05))
    ('at least 1.5x', 'under 50.0 ms for 95 of 100')
    """
    if bar.figure == "ratio":
        return f"at {bar.side} {bar.value:.3g}x"
    return f"under {duration(bar.value)}" + (" for 95 of 100" if bar.figure == "late" else "")


def ratio_text(ratio: Spread) -> str:
    """Write a ratio with what it may be.

    >>> ratio_text(Spread(2.0, 1.95, 2.1))
    '2.00x (1.95 to 2.10)'
    """
    return f"{number(ratio.median)}x ({number(ratio.low)} to {number(ratio.high)})"


def _remarks(row: Row) -> Iterable[str]:
    if row.bar:
        yield f"{bar_text(row.bar)}: {row.verdict or 'not known'}"
    if row.late is not None:
        yield f"95 of 100 in {duration(row.late)}"
    if row.refused:
        yield f"refuses {row.refused}"
    if row.missed:
        yield f"misses {row.missed}"


def lines(result: Result) -> Iterable[str]:
    """Yield the lines of one benchmark."""
    yield f"{result.benchmark} ({result.items} x one {result.unit})"
    width = max((len(row.contender) for row in result.rows), default=0)
    for row in result.rows:
        ratio = "" if row.ratio is None else ratio_text(row.ratio)
        yield (
            f"  {row.contender:<{width}}  {duration(row.seconds.median):>9}  {ratio:<24}"
            f"  {'; '.join(_remarks(row))}"
        ).rstrip()
    for failure in result.failures:
        yield f"  FAILED: {failure}"
    for note in result.notes:
        yield f"  note: {note}"


def heading(suite: Suite) -> str:
    """Return the lines above a suite: what it is, when, and on what."""
    machine = suite.machine
    load = "" if machine.load is None else f", load {machine.load:g}"
    return (
        f"{suite.title} ({suite.date}, {suite.revision or 'no revision'})\n"
        f"{machine.python}, {machine.system}, {machine.cores} x {machine.processor}{load}"
    )


def report(suite: Suite) -> str:
    """Return *suite* as text for the console."""
    return "\n".join([heading(suite), *(line for each in suite.results for line in lines(each))])
