"""Environments that are read once and asked often.

The idea: :func:`prepare` checks an environment, and works out where its values
stand on the axes of diagrams when one is first asked for.  Asking a marker is then
a walk through its diagram, from question to answer.

The invariant: a prepared environment never changes, and answers what the mapping
that it was made from answers.  :func:`remembered` holds on to the last ones: it
hands one out only while the mapping still holds the same values as the copy that
was taken of it, so a change in between is always seen.

The cost: reading is linear in the environment, a walk at most the depth of a
diagram, and looking up what is remembered one comparison of two mappings.

An example: for ``os_name == 'nt' and extra == 'gui'`` the walk asks which text
``os_name`` is, finds ``nt`` among those of the question, and then whether ``gui``
is among the names.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, TypeAlias

from trigpoint.markers.exact.axis_names import (
    CODE,
    CODES,
    CONTAINS_MINOR,
    EXTRAS,
    GROUPS,
    PYTHON,
    RELEASES,
    cuts_axis,
    flag_axis,
    text_axis,
    usual,
)
from trigpoint.markers.exact.lowering import place_in_text
from trigpoint.markers.exact.nodes import CUTS, FLAG, TEXT, TRUE, Node, atom_holds, pick_text
from trigpoint.markers.exact.restrict import Known, known_python
from trigpoint.markers.meaning.semantics import Rules, repair
from trigpoint.markers.meaning.values import (
    Answers,
    BadEnvironment,
    EnvironmentLike,
    Values,
    answers_of,
    read_values,
)

__all__ = ["MOST_REMEMBERED", "Prepared", "prepare", "remembered"]

MOST_REMEMBERED = 64
"""How many environments are remembered; one more, and all are forgotten."""

# The axis of texts to the variable that it is of.
_TEXT_VARIABLES = {
    text_axis(code): name for name, code in CODES.items() if name != "python_version"
}
_FULL, _PYTHONS = text_axis(PYTHON), cuts_axis(PYTHON)
_RELEASES = [name for name, code in CODES.items() if code in RELEASES]


class _Texts(dict[str, str]):
    """The texts of variables, by axis; looked up when they are first asked for."""

    __slots__ = ("values_",)

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values_ = values

    def __missing__(self, axis: str) -> str:
        text = self[axis] = self.values_[_TEXT_VARIABLES[axis]]
        return text


class _Places(dict[str, bytes]):
    """Where releases stand, by axis; worked out when they are first asked for."""

    __slots__ = ("texts",)

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts

    def __missing__(self, axis: str) -> bytes:
        place = self[axis] = place_in_text(self.texts[text_axis(axis[CODE])])
        return place


class Prepared(Mapping[str, "str | AbstractSet[str]"]):
    """An environment for :meth:`Marker.evaluate`, read once; :func:`prepare` makes it.

    It is a mapping of what it was made from, completed with the values of this
    interpreter.  ``usual`` says that the algebra knows all the values; where it
    does not, ``answers`` answers one comparison at a time.
    """

    __slots__ = ("_answers", "_minor", "_values", "names", "places", "texts", "usual")

    def __init__(self, values: Values) -> None:
        self._values = values
        self._answers: Answers | None = None
        python = _usual_python(values.texts)
        self.usual = python is not None
        if python is None:
            return
        assert python.text is not None
        assert python.place is not None
        self._minor = python.minor
        self.texts = _Texts(values.texts)
        self.texts[_FULL] = python.text
        self.places = _Places(self.texts)
        self.places[_PYTHONS] = python.place
        names = [flag_axis(EXTRAS, name) for name in values.all_extras or ()]
        names += [flag_axis(GROUPS, name) for name in values.groups or ()]
        self.names = frozenset(names)

    def __getitem__(self, name: str) -> str | AbstractSet[str]:
        if name == "extra":
            return frozenset(self._values.requested or ())
        if name == "extras" and self._values.extras is not None:
            return self._values.extras
        if name == "dependency_groups" and self._values.groups is not None:
            return self._values.groups
        return self._values.texts[name]

    def __iter__(self) -> Iterator[str]:
        yield from self._values.texts
        yield "extra"
        if self._values.extras is not None:
            yield "extras"
        if self._values.groups is not None:
            yield "dependency_groups"

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @property
    def answers(self) -> Answers:
        """Who answers one comparison at a time, by the specification."""
        answers = self._answers
        if answers is None:
            ((_, answers),) = answers_of(self._values, Rules.SPEC, asks_extra=True)
            self._answers = answers
        return answers

    def with_values(self, given: Values) -> Prepared:
        """Return this environment with the values that *given* has in place of its own."""
        mine = self._values
        extras = given.all_extras
        return Prepared(
            Values(
                {**mine.texts, **given.texts},
                mine.requested if extras is None else tuple(sorted(extras)),
                mine.extras if extras is None else None,
                mine.groups if given.groups is None else given.groups,
            )
        )

    def holds(self, node: Node) -> bool:
        """Return where a walk ends that starts at *node*, of a diagram in any order."""
        while kind := node.kind:
            axis = usual(node.axis)
            if kind == FLAG:
                node = node.kids[axis in self.names]
            elif kind == CUTS:
                node = node.kids[bisect_right(node.cuts, self.places[axis])]
            elif kind == TEXT:
                node = pick_text(node, self.texts[axis])
            else:
                family, literal = node.cuts
                text = (
                    self._minor if family == CONTAINS_MINOR else self.texts[text_axis(axis[CODE])]
                )
                node = node.kids[atom_holds(family, literal, text)]
        return node is TRUE


def _usual_python(texts: Mapping[str, str]) -> Known | None:
    """Return where Python stands, if the algebra knows all of *texts*, as it assumes them to be."""
    full = texts["python_full_version"]
    try:
        python = known_python(full, texts["python_version"])
    except BadEnvironment:
        return None
    assert python is not None
    if python.text != repair("python_full_version", full):
        return None
    for name in _RELEASES:
        text = texts[name]
        if text.endswith(".*") or text.startswith("=") or text != text.strip():
            return None
    return python


def prepare(environment: EnvironmentLike | None = None, extras: Iterable[str] = ()) -> Prepared:
    """Return an environment that many markers can be asked about quickly.

    ``environment`` and ``extras`` are those of :meth:`Marker.evaluate`, and so are
    the answers.  With values that the algebra does not know, such as a
    ``python_full_version`` that is no version, answers are slower.  Raises
    :exc:`BadEnvironment`.

    >>> from trigpoint.markers import Marker
    >>> windows = prepare({"sys_platform": "win32"}, extras={"gui"})
    >>> Marker("sys_platform == 'win32' and extra == 'gui'").evaluate(windows)
    True
    """
    return Prepared(read_values(environment, extras, complete=True))


# The content of an environment, the extras beside it, and what was made of them.
_Remembered: TypeAlias = "tuple[dict[str, Any], Any, Prepared]"

_memory: dict[int, _Remembered] = {}
_TEXT_ONLY = {str}


def remembered(environment: EnvironmentLike | None, extras: Iterable[str]) -> Prepared:
    """Return what :func:`prepare` makes of *environment* and *extras*.

    It comes from memory where nothing has changed.

    Raises :exc:`BadEnvironment`.
    """
    content: Mapping[str, Any]
    content = environment if type(environment) is dict else dict(environment or ())
    key = id(environment)
    found = _memory.get(key)
    if found is not None and found[0] == content and found[1] == extras:
        return found[2]
    # The copies come first, so that what is read is what is compared with later.
    kinds = set(map(type, content.values()))
    copy = dict(content)
    if kinds != _TEXT_ONLY:
        copy = {name: _copied(value) for name, value in content.items()}
    names = _copied(extras)
    made = prepare(copy, names)
    if _comparable(names) and (kinds == _TEXT_ONLY or all(map(_comparable, copy.values()))):
        if len(_memory) >= MOST_REMEMBERED:
            _memory.clear()
        # One item, so that no thread sees the copy of one environment with another.
        _memory[key] = (copy, names, made)
    return made


def _copied(value: Any) -> Any:
    """Return *value*, or a copy if it is a collection that may change, equal to it."""
    kind = type(value)
    return frozenset(value) if kind is set else list(value) if kind is list else value


def _comparable(value: Any) -> bool:
    """Say whether what equals *value* means the same as *value*."""
    kind = type(value)
    if kind in (tuple, frozenset, list):
        return all(type(item) is str for item in value)
    return kind is str or value is None
