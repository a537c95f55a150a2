"""Wheels and sdists of one version against each other.

Idea: what an sdist of metadata 2.2 or later does not call dynamic is the same in every wheel
of it, and installers that resolve for all systems at once take the dependencies of one wheel
for those of all.

Source: core metadata, "Dynamic" (PEP 643).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from trigpoint.archives.faults import shown
from trigpoint.catalogue import report
from trigpoint.findings import Finding
from trigpoint.metadata.diff import Difference, diff
from trigpoint.metadata.document import Document
from trigpoint.projects.names import stated
from trigpoint.projects.reading import Checked

__all__ = ["MOST_DIFFERENCES", "differences"]

MOST_DIFFERENCES: Final = 10
"""Differences of one file that are told; the rest are counted."""

_RESOLVED: Final = frozenset({"Requires-Dist", "Requires-Python", "Provides-Extra"})
"""What installers resolve with."""

_NEVER: Final = frozenset({"Metadata-Version", "Dynamic"})

_STATIC: Final = re.compile(r"2\.(?:[2-9]|[1-9][0-9]+)").fullmatch


def differences(archives: Sequence[Checked]) -> Iterator[tuple[int, Finding]]:
    """Yield each difference between *archives* of one version, with the number of its archive.

    Archives of different folders, names or versions are not compared.
    """
    groups: dict[tuple[str, str, str], list[int]] = {}
    for number, each in enumerate(archives):
        assert each.document is not None
        folder = each.report.path.rpartition("/")[0]
        groups.setdefault((folder, *stated(each.document)), []).append(number)
    for numbers in groups.values():
        sdists = [each for each in numbers if archives[each].report.kind == "sdist"]
        wheels = [each for each in numbers if archives[each].report.kind == "wheel"]
        for number in wheels:
            if sdists:
                found = _against_sdist(archives[sdists[0]], archives[number])
            elif number != wheels[0]:
                found = _against_wheel(archives[wheels[0]], archives[number])
            else:
                continue
            yield from ((number, each) for each in found)


def _document(checked: Checked) -> Document:
    assert checked.document is not None
    return checked.document


def _against_sdist(sdist: Checked, wheel: Checked) -> list[Finding]:
    source = _document(sdist)
    if not _STATIC(source.get_first("Metadata-Version") or ""):
        return []
    dynamic = {each.strip().lower() for each in source["Dynamic"]}
    wrong = [
        each
        for each in _meant(source, _document(wheel))
        if each.field.lower() not in dynamic and each.field not in _NEVER
    ]
    return _told(wrong, f"{{}}, and {shown(sdist.report.path)} does not call the field dynamic")


def _against_wheel(first: Checked, wheel: Checked) -> list[Finding]:
    wrong = [each for each in _meant(_document(first), _document(wheel)) if each.field in _RESOLVED]
    return _told(wrong, f"{{}}, compared with {shown(first.report.path)}")


def _meant(old: Document, new: Document) -> list[Difference]:
    return [each for each in diff(old, new) if each.kind not in ("spelling", "order")]


def _told(wrong: Sequence[Difference], words: str) -> list[Finding]:
    found = [
        report("project-differs", words.format(f"{each.field}: {each.message}"), each.after_span)
        for each in wrong[:MOST_DIFFERENCES]
    ]
    if len(wrong) > MOST_DIFFERENCES:
        more = len(wrong) - MOST_DIFFERENCES
        found.append(report("project-differs", f"and {more:,} more differences"))
    return found
