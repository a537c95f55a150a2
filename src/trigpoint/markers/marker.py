"""The marker itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Literal as Choice
from typing import cast

from packaging.markers import InvalidMarker as _InvalidMarker
from packaging.markers import default_environment
from packaging.utils import canonicalize_name

from trigpoint.findings import Finding, TextIndex, render
from trigpoint.markers import explain as explanations
from trigpoint.markers.diagnose import diagnose
from trigpoint.markers.explain import Explanation
from trigpoint.markers.grammar import MarkerSyntaxError, parse
from trigpoint.markers.lints import lint
from trigpoint.markers.semantics import Outcome, Rules, compare, error_of
from trigpoint.markers.tree import Comparison, Group, Literal, comparisons, fold, write

__all__ = ["InvalidMarker", "Marker"]

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

    __slots__ = ("_root", "text")

    text: str
    """The marker as it was written."""

    def __init__(self, text: str) -> None:
        self.text = text
        try:
            self._root = parse(text)
        except MarkerSyntaxError as error:
            findings = diagnose(text, 0, error.offset, TextIndex(text))
            raise InvalidMarker(text, findings) from None

    def __str__(self) -> str:
        return write(self._root)

    def __repr__(self) -> str:
        return f"<Marker({str(self)!r})>"

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other) if isinstance(other, Marker) else NotImplemented

    def __hash__(self) -> int:
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
                self.text, self._root.start, self._root.end, "any",
                explanations.combine("or", values), children=cases,
            )  # fmt: skip
        return explanations.mark_deciding(root)

    def lint(self) -> tuple[Finding, ...]:
        """Return findings on what the marker says and its author probably did not mean.

        >>> [finding.code for finding in Marker("python_version in '3.8, 3.9'").lint()]
        ['marker-version-substring']
        """
        return tuple(lint(self._root, self.text))


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
            if isinstance(value, str) and value:
                requested[canonicalize_name(value)] = None
        elif isinstance(value, str):
            values[name] = value
        else:
            sets[name] = frozenset(map(canonicalize_name, value))
    if rules is not Rules.INSTALLERS:
        names = frozenset(requested)
        sets = {"extra": names, "extras": names, "dependency_groups": frozenset(), **sets}
        return [("", _Decide(values, sets, rules))]
    asked: list[str] = [*requested] or [""]
    if not asks_extra:
        asked = asked[:1]
    return [(name, _Decide({**values, "extra": name}, sets, rules)) for name in asked]
