"""From a METADATA file to what a tool does with it, by the recorded cases.

The idea: a case speaks if the document has every feature that the case is about;
of those that speak, the ones with the most features are heard, and the worst
outcome decides.  A case in which all went well also speaks for each of its
features alone.

The invariant: nothing is said that no recorded case says.  A feature that no case
covers makes the outcome *not recorded*, unless the tool stops anyway.

Worked example: a document with ``'x' in extras`` and a newer minor version has two
features; pip 26.3 crashed in the case about the first and installed in the one
about the second, so it crashes.

Cost: for each Python that tools were recorded with, cases times features, and one finding for each case and line.
"""

from __future__ import annotations

import enum
import functools
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, SupportsBytes

from packaging.version import InvalidVersion, Version

from trigpoint import versions
from trigpoint.catalogue import report
from trigpoint.findings import Finding, Span, TextIndex, in_text_order
from trigpoint.installers.dependencies import read_request
from trigpoint.installers.features import Features
from trigpoint.installers.interpreter import NEWEST
from trigpoint.installers.record import Case, Outcome, Record, Tool, split_name
from trigpoint.installers.recorded import RECORD
from trigpoint.installers.vocabulary import CONTEXT, ORDINARY, describe
from trigpoint.metadata.document import Document, read
from trigpoint.metadata.text.plain import Header

__all__ = ["Evidence", "Prediction", "Verdict", "nearest", "predict", "predict_all", "verdict"]


class Verdict(enum.Enum):
    """What a tool does, in words, from harmless to worst."""

    INSTALLS = "installs"
    ACCEPTS = "accepts"
    WARNS = "warns"
    ADDS = "adds a dependency"
    DROPS = "drops a dependency"
    OLDER = "picks an older version"
    REFUSES = "refuses"
    CRASHES = "crashes"
    NOT_RECORDED = "not recorded"


_STOPS = frozenset({Verdict.REFUSES, Verdict.CRASHES})
_ORDER = {member: rank for rank, member in enumerate(Verdict)}

_FINDINGS = {
    Verdict.WARNS: "installer-warns",
    Verdict.ADDS: "installer-adds",
    Verdict.DROPS: "installer-drops",
    Verdict.OLDER: "installer-older",
    Verdict.REFUSES: "installer-refuses",
    Verdict.CRASHES: "installer-crashes",
}


def verdict(outcome: Outcome, case: Case, tool: Tool) -> Verdict:
    """Judge *outcome* by what *case* was meant to bring.

    *tool* is the one that was run.  A tool that does not resolve dependencies neither drops nor adds one.

    >>> from trigpoint.installers import CASES, TOOLS, outcome
    >>> tool, case = TOOLS["uv 0.13.9"], CASES["mk-insetnew[docs]"]
    >>> verdict(outcome(case.name, tool.name), case, tool)
    <Verdict.DROPS: 'drops a dependency'>
    """
    fixed = {
        "crashed": Verdict.CRASHES,
        "refused": Verdict.REFUSES,
        "older-version": Verdict.OLDER,
    }
    if result := fixed.get(outcome.result):
        return result
    if tool.resolves and case.meant is not None:
        if case.meant - set(outcome.came):
            return Verdict.DROPS
        if set(outcome.came) - case.meant:
            return Verdict.ADDS
    if outcome.result.endswith("-with-warning"):
        return Verdict.WARNS
    return Verdict.ACCEPTS if outcome.result == "accepted" else Verdict.INSTALLS


def nearest(tool: str, record: Record = RECORD) -> Tool | None:
    """Return the recorded tool that speaks for *tool*, such as ``"pip 24.2"``.

    A version of the same feature release (first two parts) comes first, then
    the newest recorded version that is older.  A family alone, such as
    ``"uv"`` or ``"uv sync"``, means its newest recorded version.  Where one
    version was recorded with several companions, those named in parentheses
    decide by the same rule, else the newest.  None if the family or every
    version up to this one is unrecorded, or the text is no tool.  *record* is
    where to look.

    >>> nearest("pip 24.1").name
    'pip 24.1.2'
    >>> nearest("pip 24.2").name
    'pip 24.1.2'
    >>> nearest("twine 6.1 (packaging 24.1)").name
    'twine 6.1.0 (packaging 24.1)'
    >>> nearest("pip 8.1") is None
    True
    """
    if exact := record.tools.get(tool):
        return exact
    family, text, companions = split_name(tool.strip().lower().replace("==", " "))
    known = [item for item in record.tools.values() if item.family == family]
    if not known:
        return None
    versions = {item.version for item in known}
    chosen = _nearest_version(text, versions) if text else max(versions)
    if chosen is None:
        return None
    # The record has each version's variants from old to new companions.
    variants = [item for item in known if item.version == chosen]
    return _with_companions(companions, variants)


def _with_companions(companions: str, variants: list[Tool]) -> Tool:
    """Return that of *variants* which was run with *companions*, or with those nearest to them."""
    beside, text, _ = split_name(companions)
    same = {
        versions.version(version): item
        for item in variants
        for name, version, _ in [split_name(item.companions)]
        if name == beside and version
    }
    chosen = _nearest_version(text, same.keys()) if text and same else None
    return same[chosen] if chosen is not None else variants[-1]


def _nearest_version(text: str, known: Collection[Version]) -> Version | None:
    """Return that of *known* which speaks for the version *text*; None if all are newer."""
    try:
        asked = versions.version(text)
    except InvalidVersion:
        return None
    series = sorted(item for item in known if _series(item) == _series(asked))
    if series:
        return max((item for item in series if item <= asked), default=series[0])
    return max((item for item in known if item <= asked), default=None)


def _series(version: Version) -> tuple[int, int]:
    return version.major, version.minor


@dataclass(frozen=True, slots=True)
class Evidence:
    """One recorded case that speaks about a document, and what it says.

    ``features`` are those that the case and the document share, ``lines``
    the document's lines (1-based) that show them.
    """

    case: str
    verdict: Verdict
    message: str
    features: tuple[str, ...]
    lines: tuple[int, ...]

    def to_json(self) -> dict[str, Any]:
        """Return a JSON-ready mapping."""
        return {
            "case": self.case,
            "verdict": self.verdict.value,
            "message": self.message,
            "features": list(self.features),
            "lines": list(self.lines),
        }


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a tool does with a document, and why we say so.

    ``tool`` is what was asked about, ``recorded_with`` the recorded version
    that answers (empty if none does) and ``note`` says so when they differ,
    or why there is no answer.  ``evidence`` holds every case that speaks,
    worst first.  ``unrecorded`` are features of the document that no case
    covers; unless the tool stops anyway, they make the outcome *not recorded*.
    """

    tool: str
    recorded_with: str
    outcome: Verdict
    evidence: tuple[Evidence, ...]
    unrecorded: tuple[str, ...]
    note: str
    findings: tuple[Finding, ...]

    @property
    def cases(self) -> tuple[str, ...]:
        """Names of the cases that say what the outcome is."""
        return tuple(item.case for item in self.evidence if item.verdict is self.outcome)

    @property
    def message(self) -> str:
        """What the tool printed in the first of :attr:`cases`, on one line."""
        return next((item.message for item in self.evidence if item.verdict is self.outcome), "")

    def to_json(self) -> dict[str, Any]:
        """Return a JSON-ready mapping."""
        return {
            "tool": self.tool,
            "recorded_with": self.recorded_with,
            "outcome": self.outcome.value,
            "cases": list(self.cases),
            "message": self.message,
            "evidence": [item.to_json() for item in self.evidence],
            "unrecorded": list(self.unrecorded),
            "note": self.note,
            "findings": [item.to_json() for item in self.findings],
        }


def _unanswered(tool: str, note: str) -> Prediction:
    finding = report("installer-not-recorded", note)
    return Prediction(tool, "", Verdict.NOT_RECORDED, (), (), note, (finding,))


def predict(
    document: str | bytes | SupportsBytes,
    tool: str,
    request: str | None = None,
    *,
    file_name: str = "",
    wheel: str = "",
    older: bool = False,
    record: Record = RECORD,
) -> Prediction:
    r"""Say what *tool* does with the METADATA *document*, from recorded cases only.

    ``document`` is text, bytes or a document that ``bytes()`` turns into
    them; ``tool`` is a name and version such as ``"pip 26.3"``; ``request``
    is ``pkg``, ``pkg[]`` or ``pkg[a,b]``, None meaning ``pkg``.
    ``file_name`` and ``wheel`` (the text of the WHEEL file) are looked at
    when given; ``older`` says that an older, plain release can be taken
    instead.  ``record`` is where the cases are.

    Cases are matched by :data:`~trigpoint.installers.FEATURES`: one speaks
    if the document has all that the case is about, and the most specific
    ones are heard.  If several speak, the worst decides, which takes their
    causes to be independent; where one makes the tool refuse and another makes
    it crash, which comes first is not recorded.  Nothing is raised for what a reader typed.

    >>> text = "Metadata-Version: 2.1\nName: a\nVersion: 1\nRequires-Dist: b; 'x' in extras\n"
    >>> answer = predict(text, "pip 26.3")
    >>> answer.outcome, answer.cases
    (<Verdict.CRASHES: 'crashes'>, ('mk-insetnew', 'mk-insetnew[]'))
    """
    [answer] = predict_all(
        document,
        (tool,),
        request,
        file_name=file_name,
        wheel=wheel,
        older=older,
        record=record,
    )
    return answer


def predict_all(
    document: str | bytes | SupportsBytes,
    tools: Iterable[str] | None = None,
    request: str | None = None,
    *,
    file_name: str = "",
    wheel: str = "",
    older: bool = False,
    record: Record = RECORD,
    findings: bool = True,
) -> tuple[Prediction, ...]:
    r"""Predict for several *tools*, every recorded one if None, reading *document* once.

    *request*, *file_name*, *wheel*, *older* and *record* are those of :func:`predict`.  Without
    *findings*, the predictions have none: a table of outcomes does not show them, and there is
    one for each line that a case speaks of.

    >>> answers = predict_all("Metadata-Version: 3.0\nName: a\nVersion: 1\n")
    >>> sorted({answer.tool.split()[0] for answer in answers if answer.outcome is Verdict.REFUSES})
    ['packaging', 'poetry', 'twine', 'uv']
    """
    names = tuple(record.tools) if tools is None else tuple(tools)
    if read_request(request) is None:
        note = f"the request {request!r} is none of pkg, pkg[] and pkg[a,b]"
        return tuple(_unanswered(name, note) for name in names)
    text = document
    if not isinstance(text, Document):
        text = read(text if isinstance(text, str) else bytes(text))
    place = _Places(tuple(text.headers), TextIndex(text.text))
    features = Features(text, request=request, file_name=file_name, wheel=wheel, older=older)

    # What a document is to a tool depends on the Python that the tool was recorded with.
    @functools.cache
    def see(python: str) -> _Seen:
        shown = features.on(python)
        cases = [case for case in record.cases.values() if case.features <= shown.keys()]
        return _Seen(place, shown, cases)

    return tuple(_answer(name, see, record, findings=findings) for name in names)


class _Places:
    """Where the headers of a document are; every case that speaks names the lines of its features."""

    def __init__(self, headers: tuple[Header, ...], index: TextIndex) -> None:
        self.headers = headers
        self.index = index
        self.lines = tuple(header.line for header in headers)

    @functools.cached_property
    def by_line(self) -> Mapping[int, Header]:
        """The last header that begins in each line."""
        return dict(zip(self.lines, self.headers, strict=True))


class _Seen:
    """A document as it was read: its places, its features, the cases that share them."""

    def __init__(
        self, places: _Places, shown: Mapping[str, tuple[int, ...]], cases: list[Case]
    ) -> None:
        self.places = places
        self.shown = shown
        self.cases = cases
        self._lines: dict[tuple[str, ...], tuple[int, ...]] = {}

    def lines(self, names: tuple[str, ...]) -> tuple[int, ...]:
        """Return the lines that show the features *names*; kept, as many tools have the same cases."""
        if names not in self._lines:
            found = {self.places.lines[index] for name in names for index in self.shown[name]}
            self._lines[names] = tuple(sorted(found))
        return self._lines[names]


def _answer(
    tool: str, see: Callable[[str], _Seen], record: Record, *, findings: bool
) -> Prediction:
    spokesman = nearest(tool, record)
    if spokesman is None:
        return _unanswered(
            tool, f"nothing was recorded for {tool.strip() or 'a tool without name'}"
        )
    seen = see(spokesman.python or NEWEST)
    heard = [case for case in seen.cases if _speaks(case, spokesman, record, seen)]
    covered = frozenset[str]().union(*(case.features for case in heard))
    cleared = record.cleared(spokesman.name)
    unrecorded = tuple(
        name for name in sorted(seen.shown.keys() - covered - CONTEXT) if name not in cleared
    )
    evidence = [_evidence(case, spokesman, record, seen) for case in _most_specific(heard)]
    # What is special about the document comes before what it has in common with all.
    evidence.sort(key=lambda item: (-len(set(item.features) - ORDINARY), -len(item.features)))
    evidence += _clearing(spokesman, record, seen, covered)
    evidence.sort(key=lambda item: -_ORDER[item.verdict])
    worst = evidence[0].verdict if evidence else Verdict.NOT_RECORDED
    stops = {item.verdict for item in evidence} & _STOPS
    if (unrecorded and not stops) or len(stops) > 1:
        worst = Verdict.NOT_RECORDED
    return Prediction(
        tool,
        spokesman.name,
        worst,
        tuple(evidence),
        unrecorded,
        _note(tool, spokesman, seen, stops),
        tuple(in_text_order(_report(evidence, unrecorded, seen, spokesman))) if findings else (),
    )


def _speaks(case: Case, tool: Tool, record: Record, seen: _Seen) -> bool:
    """Say whether *case* was recorded with *tool*, and could have come out so here."""
    outcome = record.outcomes.get((case.name, tool.name))
    if outcome is None:
        return False
    # Where there is no older release, nobody knows what the tool would have done without one.
    return outcome.result != "older-version" or "older-release" in seen.shown


def _note(tool: str, spokesman: Tool, seen: _Seen, stops: Collection[Verdict]) -> str:
    """Say which version answers, for which Python where the document asks for one, and what stops.

    Of two causes to stop, no case says which the tool comes to first.
    """
    notes = []
    if spokesman.name != tool.strip():
        notes.append(f"recorded with {spokesman.name}")
    if any(name.startswith("requires-python-unmet") for name in seen.shown):
        notes.append(f"on Python {spokesman.python}")
    if len(stops) > 1:
        notes.append("it stops, by which of the causes is not recorded")
    return ", ".join(notes)


def _clearing(
    tool: Tool, record: Record, seen: _Seen, covered: frozenset[str]
) -> Iterable[Evidence]:
    """Yield the cases without trouble that speak for what no case is about alone."""
    cleared = record.cleared(tool.name)
    by_case: dict[str, list[str]] = {}
    for name in sorted(seen.shown.keys() - covered - CONTEXT):
        if name in cleared:
            by_case.setdefault(cleared[name], []).append(name)
    for case, names in by_case.items():
        outcome = record.outcomes[case, tool.name]
        found = verdict(outcome, record.cases[case], tool)
        shared = tuple(names)
        yield Evidence(case, found, outcome.message, shared, seen.lines(shared))


def _most_specific(cases: list[Case]) -> Iterable[Case]:
    for case in cases:
        if not any(case.features < other.features for other in cases):
            yield case


def _evidence(
    case: Case,
    tool: Tool,
    record: Record,
    seen: _Seen,
) -> Evidence:
    outcome = record.outcomes[case.name, tool.name]
    names = tuple(sorted(case.features))
    found = verdict(outcome, case, tool)
    return Evidence(case.name, found, outcome.message, names, seen.lines(names))


def _report(
    evidence: list[Evidence],
    unrecorded: tuple[str, ...],
    seen: _Seen,
    tool: Tool,
) -> Iterable[Finding]:
    """Yield one finding for each thing that the tool does and each line that makes it."""

    def span(header: Header) -> Span:
        return seen.places.index.span(header.start, header.value_end)

    said: set[tuple[str, str, int]] = set()
    for item in evidence:
        code = _FINDINGS.get(item.verdict)
        if not code:
            continue
        cause = "; ".join(describe(name) for name in item.features)
        for line in item.lines or (0,):
            if (code, cause, line) not in said:
                said.add((code, cause, line))
                message = f"{tool.name} {item.verdict.value} ({cause}; case {item.case})"
                yield report(code, message, span(seen.places.by_line[line]) if line else None)
    for name in unrecorded:
        message = f"no case was recorded for: {describe(name)}"
        shown = [seen.places.headers[place] for place in seen.shown[name][:1]]
        yield report("installer-not-recorded", message, span(shown[0]) if shown else None)
