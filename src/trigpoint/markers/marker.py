"""The marker itself."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple, cast
from typing import Literal as Choice

from packaging.markers import InvalidMarker as _InvalidMarker
from packaging.specifiers import SpecifierSet

from trigpoint.findings import Finding, TextIndex, TrigpointError, in_text_order, render
from trigpoint.markers import computed
from trigpoint.markers.computed import Step
from trigpoint.markers.exact import algebra
from trigpoint.markers.exact.algebra import Meaning, operate
from trigpoint.markers.exact.assumptions import Assumption, assumed, names_of
from trigpoint.markers.exact.nodes import CUTS, FLAG, TEXT, TRUE
from trigpoint.markers.exact.nodes import Node as Diagram
from trigpoint.markers.exact.prepared import Prepared, remembered
from trigpoint.markers.exact.restrict import read_environment
from trigpoint.markers.exact.sources import comparisons_of
from trigpoint.markers.meaning.semantics import Rules, UndefinedComparison
from trigpoint.markers.meaning.values import (
    Answers,
    EnvironmentLike,
    answers_of,
    read_values,
)
from trigpoint.markers.reading.grammar import MarkerSyntaxError, MarkerTooDeepError, parse
from trigpoint.markers.reading.tree import (
    Comparison,
    Group,
    Literal,
    Node,
    comparisons,
    fold,
    write,
)
from trigpoint.markers.writing.spelling import CannotSpell

if TYPE_CHECKING:
    from trigpoint.markers.meaning.explain import Explanation

__all__ = ["InvalidMarker", "Marker", "Migration"]

# What reads broken markers, explains, lints and writes is imported where it is first
# needed: most programs read markers and ask them, and nothing else.

RulesLike = Rules | Choice["spec", "installers", "summit"]


class InvalidMarker(TrigpointError, _InvalidMarker):  # noqa: N818 (the name of packaging)
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

    __slots__ = ("_hard", "_meaning", "_spelled", "_text", "_tree", "_walk")

    _hard: bool
    """Whether evaluation has tried in vain to build the diagram."""
    _meaning: Meaning | None
    _spelled: str | None
    _text: str | None
    _tree: Node | None
    _walk: Diagram | None

    def __init__(self, text: str) -> None:
        self._text = text
        self._meaning = self._spelled = self._walk = None
        self._hard = False
        try:
            self._tree = parse(text)
        except MarkerSyntaxError as error:
            raise _invalid(text, error) from None

    @property
    def text(self) -> str:
        """The marker as it was written, or the shortest text found for a computed one.

        Raises :exc:`CannotSpell` where no marker says what was computed.
        """
        if self._text is None:
            from trigpoint.markers.writing.simplify import text_of

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

        Markers that cannot be evaluated are equal where their texts are.  Raises
        :exc:`~trigpoint.markers.exact.texts.Undecided` where so much is asked at once
        that no answer is found in time.
        """
        if not isinstance(other, Marker):
            return NotImplemented
        try:
            mine = self.meaning
        except UndefinedComparison:
            return self._tree is not None and other._tree is not None and str(self) == str(other)
        try:
            yours = other.meaning
        except UndefinedComparison:
            return False
        return algebra.equivalent(mine, yours)

    def __hash__(self) -> int:
        try:
            return hash(self.meaning)
        except UndefinedComparison:
            return hash(str(self))

    def __getstate__(self) -> str | list[Step]:
        # A text would mean the same where values are those of interpreters only.
        return computed.steps(self.meaning) if self._computed else self.text

    def __setstate__(self, state: str | list[Step]) -> None:
        if isinstance(state, str):
            self.__init__(state)  # type: ignore[misc]
        else:
            self._spelled = self._text = self._tree = self._walk = None
            self._hard = False
            self._meaning = computed.from_steps(state)

    @property
    def _computed(self) -> bool:
        """Whether it was made by the algebra; then it need not have a text."""
        return self._meaning is not None and type(self._meaning.source) is tuple

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
            for node in (
                comparisons_of(self.meaning) if self._computed else comparisons(self._root)
            )
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
        this interpreter.  Its ``"extra"``, a name, a set of names or None, and its
        ``"extras"``, a set, are requested besides ``extras``, which names extras in
        any spelling.  ``rules`` chooses the reading, see :class:`Rules`.

        A mapping that does not change between two calls is read once.

        Raises :exc:`BadEnvironment` for a name that is no marker variable (by the
        rules of installers such a name is passed over, as ``packaging`` does) and
        for a value that the variable cannot have; :exc:`UndefinedComparison` where
        the marker has no defined answer; :exc:`UndefinedEnvironmentName` where a
        variable has no value.

        >>> both = Marker("extra == 'a' and extra == 'b'")
        >>> both.evaluate(extras={"a", "b"}), both.evaluate(extras={"a", "b"}, rules="installers")
        (True, False)
        """
        if rules == "spec" or rules is Rules.SPEC:
            if environment.__class__ is not Prepared or extras:
                environment = remembered(environment, extras)
            node = self._walk
            if node is None or not environment.usual:
                return self._evaluate(environment)
            # Prepared.holds without a call, for diagrams in the usual order; the most
            # frequent questions of real markers come first.
            while kind := node.kind:
                if kind == CUTS:
                    node = node.kids[bisect_right(node.cuts, environment.places[node.axis])]
                elif kind == FLAG:
                    node = node.kids[node.axis in environment.names]
                elif kind == TEXT:
                    text = environment.texts[node.axis]
                    cuts = node.cuts
                    node = node.kids[cuts.index(text) + 1 if text in cuts else 0]
                else:
                    return environment.holds(node)
            return node is TRUE
        asked = self._asked(environment, extras, Rules(rules))
        if self._computed:
            return any(computed.answer(self.meaning, answers) for _, answers in asked)
        return any(fold(self._root, answers, computed.joined) for _, answers in asked)

    def _evaluate(self, environment: Prepared) -> bool:
        """Say whether the marker holds, by the specification, where a walk may not do."""
        if environment.usual:
            walk = self._walkable()
            if walk is not None:
                return environment.holds(walk)
            if self._computed and self.meaning.total:
                return environment.holds(self.meaning.node)
        if self._computed:
            return computed.evaluate(self.meaning, environment)
        return fold(self._root, environment.answers, computed.joined)

    def _asked(
        self, environment: EnvironmentLike | None, extras: Iterable[str], rules: Rules
    ) -> list[tuple[str, Answers]]:
        """Return who answers this marker, by any rules."""
        values = read_values(environment, extras, complete=True, any_name=rules is Rules.INSTALLERS)
        return answers_of(values, rules, asks_extra=self._asks_extra)

    def explain(
        self,
        environment: EnvironmentLike | None = None,
        extras: Iterable[str] = (),
        rules: RulesLike = "spec",
    ) -> Explanation:
        """Say why the marker holds or not, part by part.

        ``environment``, ``extras`` and ``rules`` are those of :meth:`evaluate`.

        Never raises for what the marker compares: a part without a defined
        answer has the value None.  Raises :exc:`BadEnvironment`, and
        :exc:`CannotSpell` for a computed marker that no text says.

        >>> tree = Marker("os_name == 'nt' or python_version >= '3.9'").explain(
        ...     {"os_name": "posix", "python_version": "3.13"})
        >>> [(part.text, part.value, part.decides) for part in tree.children]
        [("os_name == 'nt'", False, False), ("python_version >= '3.9'", True, True)]
        """
        from trigpoint.markers.meaning import explain as explanations

        text, trees = self.text, []
        for asked, answers in self._asked(environment, extras, Rules(rules)):

            def leaf(node: Comparison, answers: Answers = answers) -> Explanation:
                return explanations.of_comparison(text, node, answers.outcome(node), answers.shown)

            def join(group: Group, parts: list[Explanation]) -> Explanation:
                return explanations.of_group(text, group, parts)

            trees.append((asked, fold(self._root, leaf, join)))
        if len(trees) == 1:
            root = trees[0][1]
        else:
            cases = tuple(
                explanations.Explanation(
                    text,
                    tree.start,
                    tree.end,
                    "case",
                    tree.value,
                    children=(tree,),
                    title=f"extra = {asked!r}",
                )
                for asked, tree in trees
            )
            start, end = self._root.start, self._root.end
            answer = explanations.combine("or", [case.value for case in cases])
            root = explanations.Explanation(text, start, end, "any", answer, children=cases)
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
        if self._hard:
            return None
        try:
            meaning = self.meaning
        except UndefinedComparison:
            self._hard = True
            return None
        if self._computed:
            self._walk = _walk(meaning, "") if meaning.total else None
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

        ``assuming`` and the errors are those of :meth:`simplify`.

        >>> Marker("python_version < '3.9' and python_full_version > '3.9'").is_satisfiable()
        False
        """
        return algebra.is_satisfiable(self._in(assuming))

    def is_always(self, *, assuming: Assumption | None = None) -> bool:
        """Say whether the marker holds in every environment.

        ``assuming`` and the errors are those of :meth:`simplify`.

        >>> Marker("python_version < '3.9' or python_full_version >= '3.9.dev0'").is_always()
        True
        """
        if assuming is None:
            return algebra.is_always(self.meaning)
        return algebra.implies(self._world(assuming), self.meaning)

    def implies(self, other: Marker, *, assuming: Assumption | None = None) -> bool:
        """Say whether *other* holds wherever this marker does.

        ``assuming`` and the errors are those of :meth:`simplify`.

        >>> Marker("python_version == '3.9'").implies(Marker("python_full_version < '3.10'"))
        True
        """
        return algebra.implies(self._in(assuming, other), other.meaning)

    def disjoint(self, other: Marker, *, assuming: Assumption | None = None) -> bool:
        """Say whether this marker and *other* never hold together.

        ``assuming`` and the errors are those of :meth:`simplify`.

        >>> Marker("sys_platform == 'win32'").disjoint(Marker("'linux' in sys_platform"))
        True
        """
        return algebra.disjoint(self._in(assuming, other), other.meaning)

    def equivalent(self, other: Marker, *, assuming: Assumption | None = None) -> bool:
        """Say whether this marker and *other* hold in the same environments.

        ``assuming`` and the errors are those of :meth:`simplify`.

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
        can be handed to :meth:`evaluate`.  ``assuming`` and the errors are those
        of :meth:`simplify`.

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
        from trigpoint.markers.writing.simplify import text_of

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
        from trigpoint.markers.writing.pythons import requires_python

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
        from trigpoint.markers.writing.rewrite import findings_of, rewrite

        done = rewrite(self.text, to, self._root)
        return Migration(
            Marker(done.text) if done.complete else None, findings_of(self.text, done.notes)
        )

    def _world(self, assuming: Assumption, *others: Marker) -> Meaning:
        return assumed(assuming, names_of(self.meaning, *(each.meaning for each in others)))

    def _in(self, assuming: Assumption | None, *others: Marker) -> Meaning:
        if assuming is None:
            return self.meaning
        return algebra.both(self.meaning, self._world(assuming, *others))

    def lint(self) -> tuple[Finding, ...]:
        """Return findings on what the marker says and its author probably did not mean.

        >>> [finding.code for finding in Marker("python_version in '3.8, 3.9'").lint()]
        ['marker-version-substring']
        """
        from trigpoint.markers.exact.nowhere import nowhere
        from trigpoint.markers.meaning.lints import lint

        index = TextIndex(self.text)
        found = [*lint(self._root, self.text, index), *nowhere(self._root, index)]
        return tuple(in_text_order(found))


def _invalid(text: str, error: MarkerSyntaxError) -> InvalidMarker:
    """Return the exception with everything that is wrong with *text*."""
    from trigpoint.markers.reading.diagnose import diagnose, too_deep

    if isinstance(error, MarkerTooDeepError):
        return InvalidMarker(text, [too_deep(text, error.offset)])
    return InvalidMarker(text, diagnose(text, 0, error.offset, TextIndex(text)))


class Migration(NamedTuple):
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
    marker._hard = False
    return marker


def _walk(meaning: Meaning, text: str) -> Diagram | None:
    """Return the diagram of *meaning* if a walk through it gives every answer and error."""
    # Where a value is no version, these may have no answer.
    if "~=" in text or "===" in text:
        return None
    space, node = algebra.located(meaning)
    return node if space.order is None else None
