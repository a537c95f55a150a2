"""What in the requirements and extras of a document installers are known to differ on.

Each Requires-Dist is read once, by the reader of requirements, and its marker by
that of markers; a marker with a variable that nobody knows is read as if the
variable were another one.  What a line is, is then put beside what was asked for.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from packaging.utils import canonicalize_name

from trigpoint.findings import TextIndex
from trigpoint.installers.forms import meetable, shape_feature, written_forms
from trigpoint.installers.interpreter import environment_of
from trigpoint.installers.vocabulary import ORDINARY, WITH_RELATION
from trigpoint.kept import keeps
from trigpoint.markers.marker import Marker
from trigpoint.markers.meaning.environments import VARIABLES
from trigpoint.markers.reading.diagnose import diagnose
from trigpoint.markers.reading.grammar import MarkerSyntaxError, parse
from trigpoint.markers.reading.tree import Comparison, Group, Node, Variable, comparisons, fold
from trigpoint.requirements import Dialect, read_requirement
from trigpoint.requirements.quick import is_name, quick
from trigpoint.requirements.reader import read
from trigpoint.requirements.tree import Problem, Shape

__all__ = ["AskedExtras", "Dependencies", "Document", "FoundFeatures", "read_request"]


class FoundFeatures:
    """Features as they are found, each with the numbers of the fields that have it."""

    def __init__(self) -> None:
        self.places: dict[str, dict[int, None]] = {}

    def add(self, feature: str, *indexes: int) -> None:
        """Note *feature*, shown by the fields whose numbers are *indexes*."""
        places = self.places.setdefault(feature, {})
        for index in indexes:
            places[index] = None

    def told(self) -> dict[str, tuple[int, ...]]:
        """Return the features, each with its numbers."""
        return {name: tuple(places) for name, places in self.places.items()}


@dataclass(frozen=True)
class AskedExtras:
    """A request's extras as written; ``brackets`` tells ``pkg[]`` from ``pkg``."""

    extras: tuple[str, ...]
    brackets: bool

    @functools.cached_property
    def names(self) -> frozenset[str]:
        """The extras, normalised."""
        return _normalised(self.extras)

    @functools.cached_property
    def spelled(self) -> Mapping[str, list[str]]:
        """The extras as written, by what they are normalised."""
        found: dict[str, list[str]] = {}
        for extra in self.extras:
            found.setdefault(canonicalize_name(extra), []).append(extra)
        return found

    def relation(self, mentioned: frozenset[str], *, every: bool = False) -> str:
        """Say how the request stands to a marker that names the extras *mentioned*.

        ``every`` is for a marker that needs all of them.
        """
        if not self.names:
            return "bare"
        if not self.names & mentioned:
            return "other" if len(self.names) == 1 else "others"
        if len(self.names) == 1:
            return "named"
        fits = self.names >= mentioned or not every
        return "several" if len(self.names) == _PAIR and fits else "mixed"


def read_request(request: str | None) -> AskedExtras | None:
    """Read *request*: ``pkg``, ``pkg[]`` or ``pkg[a,b]``, None for ``pkg``; None if it is none.

    >>> read_request("pkg[a]").extras, read_request("pkg>=1")
    (('a',), None)
    """
    if request is None:
        return AskedExtras((), brackets=False)
    read = read_requirement(request.strip())
    shape = read.shape
    if not read.valid or shape.specifier or shape.url or shape.marker is not None:
        return None
    return AskedExtras(shape.extras or (), shape.extras is not None)


# Requests of two extras were recorded, none of more.
_PAIR = 2


def _normalised(extras: Iterable[str]) -> frozenset[str]:
    return frozenset(map(canonicalize_name, extras))


# --- one requirement -------------------------------------------------------------------------


@dataclass(frozen=True)
class _Line:
    """One Requires-Dist: of what kinds it is, and the extras that each kind names.

    It is kept from one question to the next, and what is asked of it again and again is, too.

    ``own`` says that it asks for extras of the project itself.  ``forms`` are
    features of how it is written, ``name`` is normalised and empty if it
    cannot be read, ``address`` the kind of a direct reference.  ``plain``
    says that its marker, if any, tests nothing but the environment and extras
    for equality; only then does ``marker`` tell where it applies.
    """

    kinds: Mapping[str, tuple[str, ...]]
    own: bool
    forms: tuple[str, ...] = ()
    name: str = ""
    specifier: str = ""
    extras: tuple[str, ...] = ()
    address: str = ""
    marker: Marker | None = None
    plain: bool = True

    @functools.cached_property
    def names(self) -> frozenset[str]:
        return frozenset[str]().union(*self.named.values())

    @functools.cached_property
    def named(self) -> Mapping[str, frozenset[str]]:
        """The extras that each kind names, normalised."""
        return {kind: _normalised(extras) for kind, extras in self.kinds.items()}

    @functools.cached_property
    def variables(self) -> frozenset[str]:
        """What ``marker`` reads."""
        return self.marker.variables if self.marker is not None else frozenset()

    @functools.cached_property
    def harmless(self) -> bool:
        """Whether its forms change nothing where it does not apply."""
        return set(self.forms) <= _HARMLESS

    @functools.cached_property
    def equals(self) -> frozenset[str]:
        """The extras that it is tested to equal, normalised."""
        return self.named.get("extra-equality", frozenset())

    @functools.cached_property
    def turns(self) -> bool:
        """Whether its features depend on the interpreter, whatever is asked for."""
        return bool(self.address) or not self.harmless or not _LISTS.isdisjoint(self.forms)

    @functools.cached_property
    def unmeetable(self) -> bool:
        """Whether no version is what it asks for."""
        return meetable(self.specifier) is False

    def applies(self, environment: Mapping[str, str], extras: Iterable[str]) -> bool | None:
        """Say whether it applies when *extras* are asked for; None if that depends on the tool."""
        if not self.name or not self.plain:
            return None
        if self.marker is None:
            return True
        if self.variables & _OF_THE_MACHINE:
            return None
        try:
            return self.marker.evaluate(environment, extras)
        except ValueError:
            return None


# What the record does not say about the system that it was made on.
_OF_THE_MACHINE = frozenset({"platform_release", "platform_version"})
# packaging, which installers read requirements with, lets names end in an underscore.
_TOLERATED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*_\Z").match


def _read(text: str) -> tuple[Shape, bool]:
    """Return the parts of a requirement, and whether installers read what is before its marker."""
    if shape := quick(text):
        return shape, True
    reading = read(text, Dialect.DEPENDENCY)

    def stops(problem: Problem) -> bool:
        return problem.fatal and not _TOLERATED(text[problem.start : problem.end])

    return reading.shape, not any(map(stops, reading.problems))


_SCHEMES = re.compile(r"(git)\+https://|(https)://|(http)://")


def _address(url: str) -> str:
    match = _SCHEMES.match(url)
    return next(filter(None, match.groups())) if match else "other"


@keeps(4096, lambda text, project: len(text) + len(project))
def _requirement_line(text: str, project: str) -> _Line:
    """Read one Requires-Dist value."""
    shape, readable = _read(text)
    if not readable:
        head = text[: shape.marker_at].rstrip("; \t") if shape.marker is not None else text
        marked = {"requirement-unreadable-marked": ()} if shape.marker is not None else {}
        return _Line({shape_feature(head): (), **marked}, own=False)
    found = ({}, (), True) if shape.marker is None else _marker_kinds(shape.marker)
    if found is None:
        assert shape.marker is not None
        return _Line({_unreadable(shape.marker): ()}, own=False)
    kinds, forms, plain = found
    own = shape.normalised == project and bool(shape.extras)
    address = _address(shape.url) if shape.url else ""
    if shape.extras == () and not address:
        kinds["requires-dist-empty-brackets"] = ()
    elif shape.extras and not own and not address:
        kinds["requires-dist-extra"] = ()
    if not kinds and not address:
        kinds["requires-dist" if shape.marker is None else "environment-marker"] = ()
    if shape.normalised == project and not own:
        kinds["requirement-itself"] = ()
    return _Line(
        kinds,
        own,
        (*written_forms(shape), *forms),
        shape.normalised,
        shape.specifier,
        tuple(shape.extras or ()),
        address,
        Marker(shape.marker) if shape.marker is not None and plain else None,
        plain,
    )


def _unreadable(marker: str) -> str:
    """Return the feature of a marker that installers cannot read."""
    if re.search(r"\b(and|or)\s*\Z", marker):
        return "marker-unreadable-half"
    if marker.strip() in VARIABLES:
        return "marker-unreadable-lone"
    return "marker-unreadable-other"


# --- its marker ------------------------------------------------------------------------------

_ORDERS = ("<", ">", "<=", ">=")
_UNKNOWN = "marker-unknown-variable"
# Any variable that no feature is about, to read a marker with one that nobody knows.
_STAND_IN = "os_name"


def _tree(marker: str) -> tuple[str, Node, frozenset[int]] | None:
    """Read a marker; None if installers cannot.

    Returns the text that was read, its tree, and where in it a variable stands in
    for one that nobody knows.
    """
    try:
        return marker, parse(marker), frozenset()
    except MarkerSyntaxError as error:
        found = diagnose(marker, 0, error.offset, TextIndex(marker))
    pieces: list[str] = []
    places: list[int] = []
    behind = length = 0
    for finding in found:
        if finding.code != _UNKNOWN or finding.span is None:
            continue
        pieces += marker[behind : finding.span.start], _STAND_IN
        length += finding.span.start - behind
        places.append(length)
        length, behind = length + len(_STAND_IN), finding.span.end
    text = "".join((*pieces, marker[behind:]))
    try:
        return text, parse(text), frozenset(places)
    except MarkerSyntaxError:
        return None


def _kind(node: Comparison, value: str, unknown: frozenset[int]) -> str:
    """Return the kind of a comparison with *value*; empty if no feature is about it."""
    variable = node.variable
    if node.literal is None or variable is None:
        return ""
    if variable.start in unknown:
        return _UNKNOWN
    turned = isinstance(node.right, Variable)
    if variable.name == "extra":
        if node.op in ("==", "!="):
            return (
                "extra-empty"
                if not value
                else ("extra-equality" if node.op == "==" else "extra-negation")
            )
        if node.op == "in":
            listed = "value" if re.search(r"[\s,|]", value) else "substring"
            return "value-in-extra" if turned else f"extra-in-{listed}"
        return "extra-order" if node.op in _ORDERS else "extra-operator"
    if variable.name == "extras":
        if turned and node.op in ("in", "not in"):
            return "extras-in" if node.op == "in" else "extras-not-in"
        return "extras-operator"
    return "dependency-groups" if variable.name == "dependency_groups" else ""


def _named(kind: str, value: str) -> list[str]:
    """Return the extras that a comparison of *kind* names."""
    if kind == "extra-in-value":
        return re.split(r"[\s,|]+", value)
    if kind == "extra-in-substring":
        return re.split(r"[-_.]+", value)
    return [value] if value and kind != _UNKNOWN else []


def _marker_kinds(
    marker: str,
) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...], bool] | None:
    """Return the kinds of comparison in *marker*, each with its extras; None if unreadable.

    Beside them stand the features of how it tests the environment, and whether
    it tests that and the equality of extras alone.
    """
    read = _tree(marker)
    if read is None:
        return None
    text, root, unknown = read
    named: dict[str, list[str]] = {}
    tests: dict[int, str] = {}
    forms: dict[str, None] = {}
    for node in comparisons(root):
        # The tree has names of extras normalised; how they are spelled is a feature.
        value = "" if node.literal is None else text[node.literal.start + 1 : node.literal.end - 1]
        kind = _kind(node, value, unknown)
        if kind:
            named.setdefault(kind, []).extend(_named(kind, value))
        else:
            forms.update(dict.fromkeys(_environment_forms(node, value)))
        if kind and kind != _UNKNOWN:
            tests[id(node)] = "extras" if kind.startswith("extras") else "extra"
    kinds = {kind: tuple(extras) for kind, extras in named.items()}
    everything = tuple(extra for extras in kinds.values() for extra in extras)
    conjunctions = _conjunctions(root, tests)
    plain = kinds.keys() <= {"extra-equality"} and not conjunctions
    if not plain and not _recorded_combination(root, kinds, conjunctions):
        forms["marker-combination"] = None
    if "extra" in conjunctions:
        # What an equality does alone is not what it does here.
        kinds.pop("extra-equality", None)
    kinds |= {f"{variable}-conjunction": everything for variable in sorted(conjunctions)}
    return kinds, tuple(forms), plain


def _recorded_combination(root: Node, kinds: Iterable[str], conjunctions: set[str]) -> bool:
    """Say whether a case has tests joined like those of *root*: one alone, or two with and."""
    if isinstance(root, Comparison):
        return True
    leaves = [*comparisons(root)]
    if root.op != "and" or len(leaves) != _PAIR:
        return False
    return (
        (set(kinds) == {"extra-equality"} and "extra" in conjunctions)
        or (set(kinds) == {"extras-in"} and "extras" in conjunctions)
        or (set(kinds) == {"extra-equality", "extra-negation"} and leaves[0].op == "==")
    )


# A list of versions in a text is looked through by some tools and read by others.
_COMMAS = "marker-versions-comma"
_BLANKS = "marker-versions-blank"
_LISTS = frozenset({_COMMAS, _BLANKS})
_PLAIN_VERSION = re.compile(r"[0-9]+(\.[0-9]+)*").fullmatch
_LISTED_VERSIONS = re.compile(r"[0-9]+(\.[0-9]+)*([ ,]+[0-9]+(\.[0-9]+)*)*").fullmatch
_OF_VERSIONS = ("python_version", "python_full_version")


def _environment_forms(node: Comparison, value: str) -> Iterator[str]:
    """Yield the features of one test of the environment."""
    variable = node.variable
    if variable is None or node.literal is None:
        yield "marker-operator-other"
        return
    yield f"marker-variable-{variable.name}"
    if variable is node.right:
        yield "marker-reversed"
    versions = variable.name in _OF_VERSIONS
    if node.op in ("==", "!="):
        yield "marker-equality"
    elif node.op in ("in", "not in"):
        yield "marker-membership"
    elif node.op in _ORDERS:
        yield "marker-order" if versions else "marker-order-of-text"
    else:
        yield "marker-operator-other"
    readable = _LISTED_VERSIONS if node.op in ("in", "not in") else _PLAIN_VERSION
    if versions and not readable(value):
        yield "marker-value-other"
    elif versions and node.op in ("in", "not in"):
        yield _COMMAS if "," in value else _BLANKS


def _conjunctions(root: Node, tests: Mapping[int, str]) -> set[str]:
    """Return the variables that are tested after another test that must hold as well.

    ``tests`` has the variable of each comparison that tests extras.
    """
    found: set[str] = set()

    def leaf(node: Comparison) -> frozenset[str]:
        variable = tests.get(id(node))
        return frozenset([variable]) if variable else frozenset()

    def join(group: Group, parts: list[frozenset[str]]) -> frozenset[str]:
        tested: frozenset[str] = frozenset()
        for part in parts:
            if group.op == "and" and tested:
                found.update(part)
            tested |= part
        return tested

    fold(root, leaf, join)
    return found


# --- all of them -----------------------------------------------------------------------------


def _spelling(extra: str) -> str:
    name = canonicalize_name(extra)
    if extra == name:
        return "normal"
    if extra.lower() == name:
        return "capital"
    return "lower" if extra == extra.lower() else "mixed"


# No tool was seen to leave a requirement out for these.
_HARMLESS = frozenset(
    {
        *(name for name in ORDINARY if name != "specifier-arbitrary"),
        *("marker-reversed", "marker-value-other", "marker-operator-other", "marker-combination"),
        *("marker-order-of-text", _COMMAS, _BLANKS),
    }
)


@dataclass(frozen=True, slots=True)
class Document:
    """What of a document is about its requirements: values, each with its number.

    ``project`` is its name, normalised.
    """

    requires: Sequence[tuple[int, str]]
    provides: Sequence[tuple[int, str]]
    defaults: Sequence[int]
    project: str


class Dependencies:
    """What of the requirements and extras of a document matters to installers.

    Most of it is the same for every interpreter and found once, in ``found``; :meth:`add` adds
    what depends on the interpreter, which few requirements do.
    """

    def __init__(self, document: Document, request: AskedExtras) -> None:
        """Read *document* beside *request*, what is asked for."""
        self.found = FoundFeatures()
        self._request = request
        self._listed: dict[str, list[str]] = {}
        for _, value in document.provides:
            self._listed.setdefault(canonicalize_name(value), []).append(value)
        self._lines = [
            (index, _requirement_line(value, document.project))
            for index, value in document.requires
        ]
        self._own = [line for _, line in self._lines if line.own]
        self._turning = [
            (index, line)
            for index, line in self._lines
            if line.turns or line.equals & request.names
        ]
        self._common = _common(self._lines, document.project)
        self._read(document)

    def _read(self, document: Document) -> None:
        request, listed, found = self._request, self._listed, self.found
        known = set(listed)
        for index, line in self._lines:
            if line.plain:
                known |= line.names
            elif line.names & request.names - listed.keys():
                found.add("extra-undeclared-combined", index)
            for kind, extras in line.named.items():
                relation = request.relation(extras, every=kind.endswith("conjunction"))
                if kind == "extra-equality":
                    # One or more extras asked for are as good as each other here.
                    relation = {"others": "other", "mixed": "several"}.get(relation, relation)
                found.add(f"{kind}@{relation}" if kind in WITH_RELATION else kind, index)
            for form in line.forms:
                if form not in _LISTS:
                    found.add(form, index)
            if line.plain and line.variables & _OF_THE_MACHINE:
                found.add("marker-undecided", index)
            if line.own:
                found.add(f"self-reference@{request.relation(line.names)}", index)
                if not _normalised(line.extras) <= listed.keys():
                    found.add("self-reference-unknown", index)
                if not line.names:
                    found.add("self-reference-always", index)
            for name in sorted(line.equals - listed.keys()):
                found.add(f"extra-not-provided@{request.relation(frozenset({name}))}", index)
        _provided_features(document.provides, request, found)
        _unused_spellings(listed, self._lines, request, found)
        for index in document.defaults:
            relation = "extra" if request.extras else "empty" if request.brackets else "bare"
            found.add(f"default-extra@{relation}", index)
        if request.names - known:
            found.add("request-unknown-extra")

    def add(self, python: str, found: FoundFeatures) -> None:
        """Add the features that depend on the interpreter, of version *python*, to *found*."""
        environment, asked = self._asked(python)
        for index, line in self._turning:
            applies = line.applies(environment, asked)
            for form in line.forms:
                if form in _LISTS:
                    alone = len(line.variables) == 1
                    how = "holds" if applies else "fails" if alone else "joined"
                    found.add(f"{form}@{how}", index)
            if not applies and not line.harmless:
                found.add("unused-form", index)
            if line.address:
                unused = "-unused" if applies is False else ""
                found.add(f"requires-dist-url-{line.address}{unused}", index)
            self._spelling(line, index, found, unused=applies is False)
        active: dict[str, list[tuple[int, str]]] = {}
        for index, line in self._common:
            if line.applies(environment, asked):
                active.setdefault(line.name, []).append((index, line.specifier))
        for same in active.values():
            _together(same, found)

    def applied(self, python: str) -> bool:
        """Say whether any requirement applies, or may, to the interpreter of version *python*."""
        environment, asked = self._asked(python)
        return any(line.applies(environment, asked) is not False for _, line in self._lines)

    def _asked(self, python: str) -> tuple[Mapping[str, str], frozenset[str]]:
        """Return the environment of *python*, and the extras that are asked for in it in the end."""
        environment = environment_of(python)
        return environment, _closure(self._request.names, self._own, environment)

    def _spelling(self, line: _Line, index: int, found: FoundFeatures, *, unused: bool) -> None:
        """Add how the extras of an equality are spelled in the three places that have to agree.

        ``unused`` says that the requirement does not apply, whatever the spelling.
        """
        for extra in line.kinds.get("extra-equality", ()):
            name = canonicalize_name(extra)
            same = self._listed.get(name)
            if same is None:
                if self._request.relation(frozenset({name})) == "named" and unused:
                    found.add("extra-spelling-unused", index)
                continue
            provided = extra if extra in same else same[0]
            for asked in self._request.spelled.get(name, ()):
                three = [_spelling(text) for text in (provided, extra, asked)]
                if set(three) != {"normal"}:
                    exact = f"extra-spelling-{'-'.join(three)}"
                    found.add("extra-spelling-unused" if unused else exact, index)


def _common(lines: Sequence[tuple[int, _Line]], project: str) -> list[tuple[int, _Line]]:
    """Return those of *lines* that another one, or they alone, may make impossible to meet.

    What *project*, the document's own, requires of itself is not among them.
    """
    bounded = [each for each in lines if each[1].specifier and each[1].name != project]
    often = Counter(line.name for _, line in bounded)
    return [each for each in bounded if often[each[1].name] > 1 or each[1].unmeetable]


def _closure(
    names: frozenset[str],
    own: Sequence[_Line],
    environment: Mapping[str, str],
) -> frozenset[str]:
    """Return *names* and the extras that *own*, requirements of the project itself, add to them."""
    found = set(names)
    readers: dict[str, list[_Line]] = {}
    for line in own:
        for name in line.equals:
            readers.setdefault(name, []).append(line)
    # A line is asked again only when an extra that it names has come.
    waiting = list(own)
    while waiting:
        line = waiting.pop()
        if line.applies(environment, line.equals & found):
            more = _normalised(line.extras) - found
            found |= more
            waiting += [each for name in more for each in readers.get(name, ())]
    return frozenset(found)


def _together(same: Sequence[tuple[int, str]], found: FoundFeatures) -> None:
    """Add what the requirements of one project that apply say together."""
    for index, specifier in same:
        if meetable(specifier) is False:
            found.add("requirement-unmeetable", index)
            return
    met = meetable(",".join(specifier for _, specifier in same))
    if met is False:
        found.add("requirements-exclude", *(index for index, _ in same))
    elif met is None and len(same) > 1:
        found.add("requirements-undecided", *(index for index, _ in same))


def _unused_spellings(
    listed: Mapping[str, list[str]],
    lines: Sequence[tuple[int, _Line]],
    request: AskedExtras,
    found: FoundFeatures,
) -> None:
    """Add that an extra is asked for in another spelling and no requirement names it."""
    named = _normalised(
        extra for _, line in lines for extra in line.kinds.get("extra-equality", ())
    )
    for asked in request.extras:
        name = canonicalize_name(asked)
        if name not in named and name in listed and {asked, *listed[name]} != {name}:
            found.add("extra-spelling-unused")


def _provided_features(
    provides: Sequence[tuple[int, str]], request: AskedExtras, found: FoundFeatures
) -> None:
    seen: dict[str, tuple[int, str]] = {}
    for index, value in provides:
        if not is_name(value):
            found.add("extra-name-invalid", index)
            continue
        name = canonicalize_name(value)
        if name in seen and seen[name][1] != value:
            found.add("extras-clash", seen[name][0], index)
            for asked in request.spelled.get(name, ()):
                how = "normal" if asked == name else "unnormalised"
                found.add(f"extras-clash-{how}", index)
        seen.setdefault(name, (index, value))
