"""Why the cells of a line all say no.

A marker that excludes itself has a finding already, from wherever markers are read.
Of the others it is said what would make them hold: an extra that nobody asked for, or an
environment that is none of the chosen ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix, TextIndex
from trigpoint.kept import keeps
from trigpoint.markers import Environment, Marker, Rules, UndefinedComparison
from trigpoint.markers.exact import algebra
from trigpoint.markers.meaning.environments import environment
from trigpoint.markers.meaning.semantics import UndefinedEnvironmentName
from trigpoint.markers.reading.grammar import parse
from trigpoint.requirements.statements import Statement
from trigpoint.requirements.together import example, spelled

__all__ = ["MOST_TOLD", "nowhere"]

MOST_TOLD: Final = 20
"""Lines of which it is said where they hold; the rest is counted."""

_TOLD: Final = frozenset({"marker-never", "marker-no-platform"})

_AT_ONCE: Final = "marker-extra-conjunction"
"""The warning that installers never see two extras at once."""


def nowhere(
    statements: Sequence[Statement],
    index: TextIndex,
    chosen: Sequence[Environment],
    extras: Sequence[str],
    rules: Rules,
) -> Iterator[Finding]:
    """Yield why *statements*, which hold in none of the *chosen* environments, do not.

    *index* is that of their text, *extras* are asked for, *rules* are those of the answer.
    """
    waiting: list[tuple[Statement, str]] = []
    together: list[tuple[Statement, str]] = []
    told = 0
    rest: list[Statement] = []
    names_of_chosen = tuple(each.name for each in chosen)
    for each in statements:
        marker = each.marker
        if marker is None or any(finding.code in _TOLD for finding in each.findings):
            continue
        asked = (marker.text, names_of_chosen, tuple(extras))
        names = _missing_extras(*asked, rules)
        at_once = False
        if any(finding.code == _AT_ONCE for finding in each.findings):
            # What holds for installers holds by the specification too.
            names = (alone := _missing_extras(*asked, Rules.INSTALLERS)) or names
            at_once = not alone and (bool(names) or _with_all(marker, chosen))
        if at_once:
            together.append((each, names))
        elif names:
            waiting.append((each, names))
        elif told < MOST_TOLD:
            told += 1
            yield _elsewhere(each, marker, index, len(chosen))
        else:
            rest.append(each)
    if waiting:
        yield _extras(waiting, index)
    if together:
        yield _at_once(together, index)
    if rest:
        what = "1 more line holds" if len(rest) == 1 else f"{len(rest)} more lines hold"
        yield report(
            "request-nowhere",
            f"{what} in none of the chosen environments",
            index.span(rest[0].marker_start, rest[0].marker_end),
        )


@keeps(1024, lambda text, *_: len(text))
def _missing_extras(
    text: str, chosen_names: tuple[str, ...], extras: tuple[str, ...], rules: Rules
) -> str:
    """Return the extras with which the marker *text* holds in a chosen environment, if any do.

    Kept, since a keystroke changes one line of many.
    """
    marker = Marker(text)
    chosen = [environment(name) for name in chosen_names]
    names = [name for name in marker.extras if name not in extras]
    for some in (*([name] for name in names[:MOST_TOLD]), names):
        if some and any(_holds(marker, each, [*extras, *some], rules) for each in chosen):
            return " and ".join(some)
    return ""


def _with_all(marker: Marker, chosen: Sequence[Environment]) -> bool:
    """Say whether *marker* holds by the specification where all its extras are asked for."""
    return any(_holds(marker, each, marker.extras, Rules.SPEC) for each in chosen)


def _holds(marker: Marker, each: Environment, extras: Sequence[str], rules: Rules) -> bool:
    try:
        return marker.evaluate(each, extras, rules)
    except (UndefinedComparison, UndefinedEnvironmentName):
        return False


def _asked(names: str) -> str:
    return f"extras {names} are" if " and " in names else f"extra {names} is"


def _extras(waiting: Sequence[tuple[Statement, str]], index: TextIndex) -> Finding:
    """Return the one finding on lines that wait for an extra."""
    (first, name), more = waiting[0], len(waiting) - 1
    others = "" if not more else f", and {more} more {'line' if more == 1 else 'lines'} for others"
    return report(
        "request-nowhere",
        f"it holds where the {_asked(name)} asked for{others}",
        index.span(first.marker_start, first.marker_end),
        Fix(f"ask for {name}"),
    )


def _at_once(together: Sequence[tuple[Statement, str]], index: TextIndex) -> Finding:
    """Return the one finding on lines that wait for several extras at once.

    It has no fix: to ask for them helps with no installer, and the warning beside it says what does.
    """
    (first, names), more = together[0], len(together) - 1
    said = "it takes several extras at once, and installers look at one at a time"
    if names:
        said = (
            f"by the specification it holds where the {_asked(names)} asked for; "
            "with pip and uv it never does"
        )
    others = "" if not more else f"; {more} more {'line is' if more == 1 else 'lines are'} like it"
    return report(
        "request-nowhere",
        f"{said}{others}",
        index.span(first.marker_start, first.marker_end),
    )


def _elsewhere(each: Statement, marker: Marker, index: TextIndex, count: int) -> Finding:
    what = "the chosen environment" if count == 1 else f"any of the {count} chosen environments"
    where, fix = _where(marker)
    return report(
        "request-nowhere",
        f"it does not hold in {what}: {where}",
        index.span(each.marker_start, each.marker_end),
        fix,
    )


def _where(marker: Marker) -> tuple[str, Fix | None]:
    """Say where *marker* holds, and what to do about it."""
    others = Fix("choose other environments")
    try:
        small = algebra.small(parse(marker.text))
        if small is None or small[1].lazy:
            return "where it does was not looked for", others
        found = example(marker)
    except UndefinedComparison:
        return "it asks what has no answer", None
    if found is None:
        told = "it does on no platform and no Python that is known here"
        return told, Fix("compare with a value that a known environment has")
    environment, names = found
    asked = f", if {' and '.join(sorted(names))} is asked for" if names else ""
    return f"it does {spelled(environment, marker.variables)}{asked}", others
