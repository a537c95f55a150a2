"""Which versions of its backend a pyproject.toml allows, against what it asks of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from packaging.specifiers import SpecifierSet
from packaging.version import InvalidVersion, Version

from trigpoint import versions
from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix, TextIndex, in_text_order
from trigpoint.installers.backends.pyproject import Asked, asked_features, read_build
from trigpoint.installers.backends.record import BACKENDS, FEATURES, Floor, Recorded, Stretch, read
from trigpoint.metadata.requirement import Requirement, parse

__all__ = ["MOST_CLAUSES", "MOST_SAID", "check"]

MOST_CLAUSES: Final = 50
"""Parts of a version specifier up to which the versions that it allows are looked for."""

MOST_SAID: Final = 140
"""Letters of what a backend printed that a finding repeats."""

_SEVERAL = frozenset({"project", "optional-dependencies"})
"""Features whose words are about several things."""
_LOWER = frozenset({">=", ">", "==", "~=", "==="})
_RAISED = re.compile(r"(>=?|~=)\s*([0-9][^\s,;]*)")
_REFERENCES = ("tool", "hatch", "metadata", "allow-direct-references")


def check(pyproject_text: str) -> tuple[Finding, ...]:
    r"""Return where *pyproject_text* asks its build backend for what versions of it do not do.

    Only what is recorded is said: of other backends, versions and features
    nothing.  A backend without a lower bound is taken to be the newest one, as
    that is what build environments get.  Nothing is raised for what a reader
    typed; what is wrong with the text otherwise is not said here.

    >>> text = ('[build-system]\nrequires = ["flit_core>=3.2"]\n'
    ...         'build-backend = "flit_core.buildapi"\n'
    ...         '[project]\nname = "a"\nversion = "1"\nlicense = "MIT"\n')
    >>> [found.code for found in check(text)]
    ['backend-metadata-version', 'backend-floor']
    >>> check(text)[1].fix.replacement
    'flit_core>=3.11.0'
    """
    asked = read_build(pyproject_text)
    if asked is None or len(asked.specifiers) > MOST_CLAUSES or asked.backend not in BACKENDS:
        return ()
    recorded = BACKENDS[asked.backend]
    allowed = _allowed(recorded, asked.specifiers)
    if not allowed:
        return ()
    found = list(_wanted(asked, recorded, allowed))
    found += _metadata(asked, recorded, allowed)
    return tuple(in_text_order(found))


def _allowed(recorded: Recorded, specifiers: SpecifierSet) -> list[Version]:
    """Return recorded versions that *specifiers* allow, from old to new, and those it names."""
    points = {read(each) for each in recorded.asked}
    first, last = min(points), max(points)
    for clause in specifiers:
        try:
            named = versions.version(clause.version.removesuffix(".*"))
        except InvalidVersion:
            continue
        if first < named < last:
            points.add(named)
    return sorted(each for each in points if specifiers.contains(each))


def _wanted(asked: Asked, recorded: Recorded, allowed: list[Version]) -> Iterator[Finding]:
    too_old: dict[str, tuple[str, Stretch]] = {}
    for feature, path in asked_features(asked.data):
        if feature == "direct-reference" and _set(asked.data, _REFERENCES):
            continue
        # A version that is named need not be one that there is.
        known = [each for version in allowed if (each := recorded.at(feature, version))]
        if not known:
            continue
        oldest, newest = known[0], known[-1]
        floor = recorded.floor(feature)
        if newest.outcome != "good":
            yield _newest(asked, recorded, feature, path, newest, floor)
        elif oldest.outcome != "good" and floor is not None and _bounded(asked.specifiers):
            # What one version brought is said once.
            too_old.setdefault(floor.version, (feature, oldest))
    if too_old:
        highest = max(too_old, key=read)
        for version, (feature, oldest) in too_old.items():
            yield _raise(asked, recorded, feature, oldest, version, highest)


def _set(data: Mapping[str, Any], keys: tuple[str, ...]) -> bool:
    value: Any = data
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value is True


def _bounded(specifiers: SpecifierSet) -> bool:
    """Say whether *specifiers* hold back from old versions, so that the oldest one is meant."""
    return any(clause.operator in _LOWER for clause in specifiers)


def _needs(feature: str) -> str:
    return "need" if feature in _SEVERAL else "needs"


def _said(stretch: Stretch) -> str:
    """Return what the versions of *stretch* do instead of what they should."""
    done = "refuse it" if stretch.outcome == "refused" else "build without it"
    return f"{done} ({_short(stretch.message)})" if stretch.message else done


def _short(message: str) -> str:
    """Return the start of *message*, which the record and its page have whole."""
    if len(message) <= MOST_SAID:
        return message
    return f"{message[:MOST_SAID].rsplit(' ', 1)[0]} ..."


def _newest(
    asked: Asked,
    recorded: Recorded,
    feature: str,
    path: tuple[str | int, ...],
    stretch: Stretch,
    floor: Floor | None,
) -> Finding:
    """Report that no allowed version, or not the newest, does *feature*."""
    says, name = FEATURES[feature], recorded.name
    code = "backend-cannot" if stretch.outcome == "refused" else "backend-loses"
    if floor is not None:
        return report(
            code,
            f"{says} {_needs(feature)} {name} {floor.version} or later, which"
            f" {asked.requirement} does not allow; older ones {_said(stretch)}",
            asked.span(asked.path),
            Fix(f"allow {name} {floor.version} or later"),
        )
    if feature == "license-classifier" and stretch.outcome == "refused":
        last = recorded.stretches[feature][-1]
        return report(
            "backend-refuses",
            f"{name} {_since(recorded)} and later refuse {says} ({_short(last.message)})",
            asked.span(path),
            Fix("delete the classifier, as the expression says it"),
        )
    return report(
        code,
        f"{name} up to {recorded.asked[-1]} does not do {says}: its versions {_said(stretch)}",
        asked.span(path),
        Fix(_CURES.get((name, feature), "leave it out, or build with another backend")),
    )


_CURES = {
    ("hatchling", "direct-reference"): (
        "set allow-direct-references = true in [tool.hatch.metadata], or ask for it by its version"
    ),
}


def _since(recorded: Recorded) -> str:
    """Return from which version on the backend reads the expression and refuses the classifier."""
    floor = recorded.floor("license-expression")
    stretches = recorded.stretches["license-classifier"]
    since = stretches[-1].first
    for stretch in reversed(stretches):
        early = floor is not None and read(stretch.first) < read(floor.version)
        if stretch.outcome != "refused" or early:
            break
        since = stretch.first
    return since


def _raise(
    asked: Asked, recorded: Recorded, feature: str, stretch: Stretch, floor: str, highest: str
) -> Finding:
    """Report that a version is allowed which does not do *feature*, and what to write.

    *floor* is the first that does, *highest* the first that does all that is asked.
    """
    name = recorded.name
    better = _with_floor(asked.requirement, highest)
    span, replacement = asked.span(asked.path), None
    place = asked.places.get(asked.path)
    # Letter by letter between plain quotes, or not by a button.
    if better and place and asked.text[place.start + 1 : place.end - 1] == asked.requirement:
        span = TextIndex(asked.text).span(place.start + 1, place.end - 1)
        replacement = better
    return report(
        "backend-floor" if stretch.outcome == "refused" else "backend-loses",
        f"{FEATURES[feature]} {_needs(feature)} {name} {floor} or later; {asked.requirement} allows"
        f" versions that {_said(stretch)}",
        span,
        Fix(
            f"write {better}" if better else f"ask for {name}>={highest}",
            replacement,
            span if replacement else None,
        ),
    )


def _with_floor(requirement: str, floor: str) -> str | None:
    """Return *requirement* with its one lower bound raised to *floor*; None if it has another form.

    >>> _with_floor("setuptools >= 61, != 75", "77.0.1")
    'setuptools >=77.0.1, != 75'
    """
    parsed = parse(requirement)
    assert isinstance(parsed, Requirement), "it was read before"
    found = list(_RAISED.finditer(parsed.specifier))
    if len(found) != 1:
        return None
    [bound] = found
    raised = parsed.specifier[: bound.start()] + f">={floor}" + parsed.specifier[bound.end() :]
    if not versions.specifiers(raised).contains(floor):
        return None
    at = parsed.specifier_at
    return requirement[:at] + raised + requirement[at + len(parsed.specifier) :]


# -- the metadata version ----------------------------------------------------------------


def _refusers(version: str) -> str:
    """Return the versions of twine that refused the metadata *version*; empty if none did."""
    twine = BACKENDS["twine"].stretches.get(f"metadata-{version}", ())
    refusing = [each for each in twine if each.outcome == "refused"]
    return " and ".join(" to ".join(dict.fromkeys((each.first, each.last))) for each in refusing)


def _metadata(asked: Asked, recorded: Recorded, allowed: list[Version]) -> Iterator[Finding]:
    """Yield that the newest allowed version writes what uploading with old tools stumbles over."""
    newest = recorded.at("project", allowed[-1])
    if newest is None or not newest.metadata or "core-metadata-version" in asked.text:
        return
    refusers = _refusers(newest.metadata)
    if versions.release(newest.metadata) < versions.release("2.5") or not refusers:
        return
    first = newest.first
    yield report(
        "backend-metadata-version",
        f"{recorded.name} {first} and later write metadata {newest.metadata}, which"
        f" twine {refusers} refused when recorded",
        asked.span(asked.path),
        Fix(_METADATA_CURES.get(recorded.name, _UPLOAD)),
    )


_UPLOAD = "upload with twine 7 or later"
_METADATA_CURES = {
    "hatchling": f"{_UPLOAD}, or set core-metadata-version for the targets of hatch",
}
