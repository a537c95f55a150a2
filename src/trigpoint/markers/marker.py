"""The marker itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal as Choice
from typing import cast

from packaging.markers import InvalidMarker as _InvalidMarker
from packaging.markers import default_environment
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from trigpoint.findings import Finding, TextIndex, render
from trigpoint.markers.exact import algebra
from trigpoint.markers.exact.algebra import Meaning, operate
from trigpoint.markers.exact.assumptions import Assumption, names_of, world_of
from trigpoint.markers.exact.nodes import Node as Diagram
from trigpoint.markers.exact.prepared import Prepared, prepare
from trigpoint.markers.exact.restrict import read_environment
from trigpoint.markers.meaning import explain as explanations
from trigpoint.markers.meaning.explain import Explanation
from trigpoint.markers.meaning.semantics import (
    Outcome,
    Rules,
    UndefinedComparison,
    compare,
    error_of,
)
from trigpoint.markers.reading.diagnose import diagnose
from trigpoint.markers.reading.grammar import MarkerSyntaxError, parse
from trigpoint.markers.reading.lints import lint
from trigpoint.markers.reading.tree import (
    Comparison,
    Group,
    Literal,
    Node,
    comparisons,
    fold,
    write,
)
from trigpoint.markers.writing.pythons import requires_python
from trigpoint.markers.writing.rewrite import findings_of, rewrite
from trigpoint.markers.writing.simplify import text_of
from trigpoint.markers.writing.spelling import CannotSpell

__all__ = ["InvalidMarker", "Marker", "Migration"]

EnvironmentLike = Mapping[str, "str | AbstractSet[str]"]
RulesLike = Rules | Choice["spec", "installers", "summit"]


class InvalidMarker(_InvalidMarker):
    """The text is no marker.

    ``findings`` holds everything that is wrong with it, in text order, and
    ``text`` is what was read.  ``str()`` shows both, with marks under the places.
    Subclasses ``packaging.markers.InvalidMarker``.
    """

    def __init__(self, text: str, findings: Iterable[Finding]) -> None:
        self.text = text
        self.findings = tuple(findings)
        super().__init__(text, self.findings)

    def __str__(self) -> str:
        return render(self.findings, self.text)


class Marker:
    """An environment marker.

    ``text`` follows the grammar of dependency specifiers, as in
    ``python_version >= "3.11" and extra == "cli"``; what ``packaging`` accepts
    is accepted, however deep it nests.  Raises :exc:`InvalidMarker`.

    Source: Dependency specifiers, "Environment markers".

    >>> marker = Marker("sys_platform == 'win32' or extra == 'gui'")
    >>> marker.evaluate({"sys_platform": "linux"}, extras={"gui"})
    True
    >>> str(marker)
    'sys_platform == "win32" or extra == "gui"'
    """

    __slots__ = ("_meaning", "_spelled", "_text", "_tree", "_walk")

    _meaning: Meaning | None
    _spelled: str | None
    _text: str | None
    _tree: Node | None
    _walk: Diagram | None

    def __init__(self, text: str) -> None:
        self._text = text
        self._meaning = self._spelled = self._walk = None
        try:
            self._tree = parse(text)
        except MarkerSyntaxError as error:
            findings = diagnose(text, 0, error.offset, TextIndex(text))
            raise InvalidMarker(text, findings) from None

    @property
    def text(self) -> str:
        """The marker as it was written, or the shortest text found for a computed one.

        Raises :exc:`CannotSpell` where no marker says what was computed.
        """
        if self._text is None:
            self._text = self._spelled = text_of(self.meaning)
        return self._text

    @property
    def _root(self) -> Node:
        if self._tree is None:
            self._tree = parse(self.text)
        return self._tree

    def __str__(self) -> str:
        root = self._root
        return write(root) if self._spelled is None else self._spelled

    def __repr__(self) -> str:
        try:
            return f"<Marker({str(self)!r})>"
        except CannotSpell as error:
            return f"<Marker: {error}>"

    def __eq__(self, other: object) -> bool:
        """Say whether the two hold in the same environments.

        Markers that cannot be evaluated are equal where their texts are.
        """
        if not isinstance(other, Marker):
            return NotImplemented
        try:
            mine = self.meaning
        except UndefinedComparison:
            return self._tree is not None and other._tree is not None and str(self) == str(other)
        try:
            return algebra.equivalent(mine, other.meaning)
        except UndefinedComparison:
            return False

    def __hash__(self) -> int:
        try:
            return hash(self.meaning)
        except UndefinedComparison:
            return hash(str(self))

    def __getstate__(self) -> str:
        return self.text

    def __setstate__(self, state: str) -> None:
        self.__init__(state)  # type: ignore[misc]

    @property
    def variables(self) -> frozenset[str]:
        """Names of the variables that the marker reads."""
        return frozenset(
            node.variable.name for node in comparisons(self._root) if node.variable is not None
        )

    @property
    def _asks_extra(self) -> bool:
        """Whether the answer may depend on the one extra that an installer looks at."""
        return any(
            (node.variable.name if node.variable else cast("Literal", node.right).value) == "extra"
            for node in comparisons(self._root)
        )

    @property
    def extras(self) -> tuple[str, ...]:
        """Names of the extras that the marker mentions, in text order, normalised."""
        names = (
            node.literal.value
            for node in comparisons(self._root)
            if node.variable and node.literal and node.variable.name in ("extra", "extras")
        )
        return tuple(dict.fromkeys(name for name in names if name))

    def evaluate(
        self,
        environment: EnvironmentLike | None = None,
        extras: Iterable[str] = (),
        rules: RulesLike = "spec",
    ) -> bool:
        """Say whether the marker holds.

        ``environment`` maps marker variables to values; missing ones come from
        this interpreter.  A key ``"extra"`` there is one more requested extra,
        as in ``packaging``.  ``extras`` names what was requested, in any
        spelling.  ``rules`` chooses the reading, see :class:`Rules`.

        Raises :exc:`UndefinedComparison` where the marker has no defined answer
        and :exc:`UndefinedEnvironmentName` where a variable has no value.

        >>> both = Marker("extra == 'a' and extra == 'b'")
        >>> both.evaluate(extras={"a", "b"}), both.evaluate(extras={"a", "b"}, rules="installers")
        (True, False)
        """
        if type(environment) is Prepared and not extras and rules == "spec":
            walk = self._walk or self._walkable()
            if walk is not None:
                return environment.holds(walk)
        if self._text is None and Rules(rules) is Rules.SPEC:
            # A computed marker need not have a text.
            prepared = prepare(environment, extras)
            if type(prepared) is Prepared:
                return prepared.holds_in(self.meaning.at[1])
        return any(
            fold(self._root, decide, _combine)
            for _, decide in _questions(
                environment, extras, Rules(rules), asks_extra=self._asks_extra
            )
        )

    def explain(
        self,
        environment: EnvironmentLike | None = None,
        extras: Iterable[str] = (),
        rules: RulesLike = "spec",
    ) -> Explanation:
        """Say why the marker holds or not; the arguments are those of :meth:`evaluate`.

        Never raises for what the marker compares: a part without a defined
        answer has the value None.

        >>> tree = Marker("os_name == 'nt' or python_version >= '3.9'").explain(
        ...     {"os_name": "posix", "python_version": "3.13"})
        >>> [(part.text, part.value, part.decides) for part in tree.children]
        [("os_name == 'nt'", False, False), ("python_version >= '3.9'", True, True)]
        """
        trees = []
        for asked, decide in _questions(
            environment, extras, Rules(rules), asks_extra=self._asks_extra
        ):

            def leaf(node: Comparison, decide: _Decide = decide) -> Explanation:
                return explanations.of_comparison(
                    self.text, node, decide.outcome(node), decide.shown
                )

            def join(group: Group, parts: list[Explanation]) -> Explanation:
                return explanations.of_group(self.text, group, parts)

            trees.append((asked, fold(self._root, leaf, join)))
        if len(trees) == 1:
            root = trees[0][1]
        else:
            cases = tuple(
                Explanation(
                    f"extra = {asked!r}", tree.start, tree.end, "case", tree.value, children=(tree,)
                )
                for asked, tree in trees
            )
            values = [case.value for case in cases]
            root = Explanation(
                self.text,
                self._root.start,
                self._root.end,
                "any",
                explanations.combine("or", values),
                children=cases,
            )
        return explanations.mark_deciding(root)

    # -- the algebra ----------------------------------------------------------------

    @property
    def meaning(self) -> Meaning:
        """The set of environments in which the marker holds, by the specification.

        Raises :exc:`UndefinedComparison` for a marker that compares what cannot
        be compared.
        """
        meaning = self._meaning
        if meaning is None:
            self._meaning = meaning = algebra.meaning_of(self._root)
            self._walk = _walk(meaning, self._text or "")
        return meaning

    def _walkable(self) -> Diagram | None:
        """Return the diagram to evaluate with, if there is one."""
        try:
            meaning = self.meaning
        except UndefinedComparison:
            return None
        if self._text is None:
            self._walk = _walk(meaning, "")
        return self._walk

    def __and__(self, other: Marker) -> Marker:
        """Return where both hold.

        >>> str(Marker("python_version >= '3.9'") & Marker("python_version < '3.10'"))
        'python_version == "3.9"'
        """
        if not isinstance(other, Marker):
            return NotImplemented
        return _of(operate("and", self._meaning or self.meaning, other._meaning or other.meaning))

    def __or__(self, other: Marker) -> Marker:
        """Return where one or both hold.

        >>> str(Marker("os_name == 'nt'") | Marker("os_name != 'nt' and extra == 'x'"))
        'os_name == "nt" or extra == "x"'
        """
        if not isinstance(other, Marker):
            return NotImplemented
        return _of(operate("or", self._meaning or self.meaning, other._meaning or other.meaning))

    def __invert__(self) -> Marker:
        """Return where the marker does not hold.

        >>> str(~Marker("python_version < '3.9' or extra == 'x'"))
        'python_version >= "3.9" and extra != "x"'
        """
        return _of(algebra.opposite(self.meaning))

    def is_satisfiable(self, *, assuming: Assumption | None = None) -> bool:
        """Say whether the marker holds in some environment.

        >>> Marker("python_version < '3.9' and python_full_version > '3.9'").is_satisfiable()
        False
        """
        return algebra.is_satisfiable(self._in(assuming))

    def is_always(self, *, assuming: Assumption | None = None) -> bool:
        """Say whether the marker holds in every environment.

        >>> Marker("python_version < '3.9' or python_full_version >= '3.9.dev0'").is_always()
        True
        """
        if assuming is None:
            return algebra.is_always(self.meaning)
        return algebra.implies(self._world(assuming), self.meaning)

    def implies(self, other: Marker, *, assuming: Assumption | None = None) -> bool:
        """Say whether *other* holds wherever this marker does.

        >>> Marker("python_version == '3.9'").implies(Marker("python_full_version < '3.10'"))
        True
        """
        return algebra.implies(self._in(assuming, other), other.meaning)

    def disjoint(self, other: Marker, *, assuming: Assumption | None = None) -> bool:
        """Say whether this marker and *other* never hold together.

        >>> Marker("sys_platform == 'win32'").disjoint(Marker("'linux' in sys_platform"))
        True
        """
        return algebra.disjoint(self._in(assuming, other), other.meaning)

    def equivalent(self, other: Marker, *, assuming: Assumption | None = None) -> bool:
        """Say whether this marker and *other* hold in the same environments.

        >>> windows = Marker("os_name == 'nt'")
        >>> windows.equivalent(Marker("sys_platform == 'win32'"))
        False
        >>> windows.equivalent(Marker("sys_platform == 'win32'"), assuming="known-platforms")
        True
        """
        if assuming is None:
            return algebra.equivalent(self.meaning, other.meaning)
        world = self._world(assuming, other)
        return algebra.equivalent(
            algebra.both(self.meaning, world), algebra.both(other.meaning, world)
        )

    def counterexample(
        self, other: Marker, *, assuming: Assumption | None = None
    ) -> dict[str, str | frozenset[str]] | None:
        """Return an environment in which this marker and *other* differ, or None.

        It has every marker variable, ``extras`` and ``dependency_groups``, and
        can be handed to :meth:`evaluate`.

        >>> found = Marker("extra != 'x'").counterexample(Marker("extra == 'y'"))
        >>> found["extras"], found["sys_platform"]
        (frozenset(), 'linux')
        """
        mine, yours = self.meaning, other.meaning
        if assuming is not None:
            world = self._world(assuming, other)
            mine, yours = algebra.both(mine, world), algebra.both(yours, world)
        return algebra.counterexample(mine, yours)

    def simplify(self, *, assuming: Assumption | None = None) -> Marker:
        """Return the shortest marker that the search finds for the same meaning.

        ``assuming`` names what may be taken for granted, see
        :mod:`trigpoint.markers.exact.assumptions`; without it nothing is.  Raises
        :exc:`UndefinedComparison`, and :exc:`BadAssumption` for an assumption
        that cannot be read or never holds.

        >>> marker = Marker("(os_name == 'nt' and extra == 'x') or sys_platform == 'win32'")
        >>> str(marker.simplify())
        'os_name == "nt" and extra == "x" or sys_platform == "win32"'
        >>> str(marker.simplify(assuming="known-platforms"))
        'os_name == "nt"'
        """
        world = None if assuming is None else self._world(assuming)
        original = self._text
        if original is not None and "\\" not in original:
            original = str(self)
        simplified = Marker(text_of(self.meaning, world, original))
        simplified._spelled = simplified.text
        return simplified

    def restrict(
        self, environment: EnvironmentLike | None = None, extras: Iterable[str] | None = None
    ) -> Marker:
        """Return what is left of the marker where some values are known.

        ``environment`` has any of the marker variables.  ``extras`` names all
        requested extras; None leaves them open.  Where ``python_version`` is
        known alone, the rest speaks about versions of that minor only.  Raises
        :exc:`BadEnvironment`.

        >>> marker = Marker("sys_platform == 'win32' and python_full_version >= '3.9.2'")
        >>> str(marker.restrict({"sys_platform": "win32"}))
        'python_full_version >= "3.9.2"'
        """
        given = read_environment(environment or {}, extras)
        return _of(algebra.restricted(self.meaning, given))

    def requires_python(self) -> SpecifierSet:
        """Return the tightest version specifier that holds wherever the marker does.

        >>> Marker("python_version >= '3.9' and os_name == 'nt'").requires_python()
        <SpecifierSet('>=3.9.dev0')>
        """
        return requires_python(self.meaning)

    def migrate(self, to: str) -> Migration:
        """Return the marker for Core Metadata *to*: ``"3.0"`` or ``"2.x"``.

        3.0 is the summit's proposal, where ``extra`` becomes the set ``extras``.
        Only the comparisons that change are rewritten; the rest of the text stays
        letter by letter.  Raises :exc:`ValueError` for another *to*.

        >>> done = Marker("extra == 'x' and os_name == 'nt'").migrate("3.0")
        >>> done.marker.text
        "'x' in extras and os_name == 'nt'"
        >>> [finding.code for finding in done.findings]
        ['marker-extras-context']
        """
        done = rewrite(self.text, to, self._root)
        return Migration(
            Marker(done.text) if done.complete else None, findings_of(self.text, done.notes)
        )

    def _world(self, assuming: Assumption, *others: Marker) -> Meaning:
        return world_of(assuming, names_of(self.meaning, *(each.meaning for each in others)))

    def _in(self, assuming: Assumption | None, *others: Marker) -> Meaning:
        if assuming is None:
            return self.meaning
        return algebra.both(self.meaning, self._world(assuming, *others))

    def lint(self) -> tuple[Finding, ...]:
        """Return findings on what the marker says and its author probably did not mean.

        >>> [finding.code for finding in Marker("python_version in '3.8, 3.9'").lint()]
        ['marker-version-substring']
        """
        return tuple(lint(self._root, self.text))


@dataclass(frozen=True, slots=True)
class Migration:
    """A migrated marker, and what to know about it.

    ``marker`` is None where no marker says the same there; ``findings`` have
    their places in the text that was migrated.
    """

    marker: Marker | None
    findings: tuple[Finding, ...]


def _of(meaning: Meaning) -> Marker:
    """Return a marker that writes its text when somebody asks for it."""
    marker = Marker.__new__(Marker)
    marker._meaning = meaning
    marker._spelled = marker._text = marker._tree = marker._walk = None
    return marker


class _Decide:
    """Answers comparisons for one environment and one question about extras."""

    __slots__ = ("rules", "sets", "values")

    def __init__(
        self, values: Mapping[str, str], sets: Mapping[str, frozenset[str]], rules: Rules
    ) -> None:
        self.values = values
        self.sets = sets
        self.rules = rules

    def outcome(self, node: Comparison) -> Outcome:
        return compare(node, self.values, self.sets, self.rules)

    def __call__(self, node: Comparison) -> bool:
        outcome = self.outcome(node)
        if outcome.value is None:
            raise error_of(outcome, node)
        return outcome.value

    def shown(self, name: str) -> str:
        """Show the value of a variable as an explanation does."""
        names = self.sets.get(name)
        if names is not None and name not in self.values:
            return "{" + ", ".join(sorted(names)) + "}"
        value = self.values.get(name)
        return name if value is None else value


def _walk(meaning: Meaning, text: str) -> Diagram | None:
    """Return the diagram of *meaning* if a walk through it gives every answer and error."""
    # Where a value is no version, these may have no answer.
    if "~=" in text or "===" in text:
        return None
    space, node = meaning.at
    return node if space.order is None else None


def _combine(group: Group, values: list[bool]) -> bool:
    return all(values) if group.op == "and" else any(values)


def _questions(
    environment: EnvironmentLike | None,
    extras: Iterable[str],
    rules: Rules,
    *,
    asks_extra: bool,
) -> list[tuple[str, _Decide]]:
    """Return what has to be asked: once, or once per extra as installers do."""
    values: dict[str, str] = {}
    sets: dict[str, frozenset[str]] = {}
    given = cast("dict[str, str | AbstractSet[str]]", default_environment())
    given.update(environment or {})
    requested = dict.fromkeys(canonicalize_name(name) for name in extras)
    for name, value in given.items():
        if name == "extra":
            for item in (value,) if isinstance(value, str) else sorted(value):
                if item:
                    requested[canonicalize_name(item)] = None
        elif isinstance(value, str):
            values[name] = value
        else:
            sets[name] = frozenset(map(canonicalize_name, value))
    if rules is not Rules.INSTALLERS:
        # A set that is given as extras alone is what was requested.
        names = frozenset(requested) or sets.get("extras", frozenset())
        sets = {"extra": names, "extras": names, "dependency_groups": frozenset(), **sets}
        return [("", _Decide(values, sets, rules))]
    asked: list[str] = [*requested] or [""]
    if not asks_extra:
        asked = asked[:1]
    return [(name, _Decide({**values, "extra": name}, sets, rules)) for name in asked]
