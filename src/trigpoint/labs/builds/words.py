"""What the build lab's answers are called, on every face."""

from __future__ import annotations

from typing import Final

from trigpoint.labs.builds.data import (
    MOST_ROWS,
    BuildsResponse,
    LandingRow,
    PackageRow,
    SideRow,
    StepRow,
)
from trigpoint.projects.builds import SERVED_BACKENDS

__all__ = [
    "ELSEWHERE",
    "KINDS",
    "OTHER_TITLES",
    "beside",
    "bytes_in_words",
    "counted",
    "landing",
    "left_out",
    "lost",
    "more",
    "steps",
    "summary",
]

KINDS: Final = {"wheel": "Wheel", "sdist": "Sdist"}
"""Titles of what is built."""

OTHER_TITLES: Final = {"": "none", **{name: name for name in SERVED_BACKENDS}}
"""Titles of the backends to choose from."""

ELSEWHERE: Final = (
    "The backend was not called: it runs in the page, and on your machine with trigpoint build."
)
"""What is said where no backend is at hand."""


def counted(number: int, noun: str) -> str:
    """Return *number* with its *noun*, in the plural where that is right.

    >>> counted(1, "file"), counted(2_000, "file")
    ('1 file', '2,000 files')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def bytes_in_words(size: int) -> str:
    """Return *size*, a number of bytes, for readers.

    >>> bytes_in_words(999), bytes_in_words(12_345), bytes_in_words(2_500_000)
    ('999 B', '12.3 kB', '2.5 MB')
    """
    if size < 1_000:
        return f"{size} B"
    return f"{size / 1e3:.1f} kB" if size < 1_000_000 else f"{size / 1e6:.1f} MB"


def summary(response: BuildsResponse) -> str:
    """Return *response* in one plain sentence."""
    if response.empty:
        return "There is no project yet."
    by = response.project or "no backend"
    if response.waiting:
        return f"{by} builds this project; it is being loaded."
    if response.refused:
        if response.steps:
            return f"Nothing is built here: {by} would compile something."
        return "Nothing is built here, for what the findings say."
    if not response.ran:
        return f"{by} builds this project."
    wheel = next((each for each in response.packages if each.kind == "wheel"), None)
    if wheel is None:
        return f"{by} could not build a wheel of this project."
    missing = sum(lost(each) for each in response.landed)
    rest = (
        f"; {counted(missing, 'file')} of its packages {'is' if missing == 1 else 'are'} missing"
        if missing
        else ""
    )
    return f"{by} built {wheel.name} with {counted(wheel.count, 'file')}{rest}."


def lost(row: LandingRow) -> bool:
    """Say whether *row* is a file of a package that the wheel does not have."""
    return bool(row.package) and not row.wheel


def landing(row: LandingRow) -> str:
    """Say where *row*, a file of the project, is."""
    if row.wheel:
        return "in the wheel" if row.wheel == row.path else f"in the wheel as {row.wheel}"
    return "in the sdist only" if row.sdist else "in neither"


def left_out(response: BuildsResponse) -> str:
    """Say what of the project of *response* was not read; empty if all was."""
    if not response.left_out:
        return ""
    return f"Not read, because tools fill it or it is a link: {', '.join(response.left_out[:20])}."


def more(count: int) -> str:
    """Say how many of so many rows, by their *count*, are not shown; empty if all are."""
    return f"{count - MOST_ROWS:,} more are not shown." if count > MOST_ROWS else ""


def steps(row: StepRow) -> str:
    """Say *row*, a step of a build elsewhere."""
    return f"{row.step} ({row.sign} in {row.file})"


def beside(side: SideRow, response: BuildsResponse) -> str:
    """Return the comparison of *side* with the build of *response* in a sentence."""
    if not side.ran:
        return f"{side.project} could not build this project, for what the findings say."
    if not (side.only_here or side.only_there or side.metadata):
        return f"{side.project} puts the same {counted(side.both, 'file')} into the wheel."
    return (
        f"{counted(side.both, 'file')} in both wheels, {len(side.only_here)} only in that of"
        f" {response.project}, {len(side.only_there)} only in that of {side.project}."
    )


def package_line(row: PackageRow) -> str:
    """Return name, size and number of files of *row*."""
    return f"{row.name}, {bytes_in_words(row.size)}, {counted(row.count, 'file')}"
