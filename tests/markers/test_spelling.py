"""Comparisons for any set of versions, held to every version around their ends."""

from __future__ import annotations

import bisect
import random
from collections.abc import Callable

import pytest

from trigpoint.markers import Marker
from trigpoint.markers.exact import algebra
from trigpoint.markers.exact.axes import Shape
from trigpoint.markers.exact.axis_names import CODE
from trigpoint.markers.exact.lowering import place_in_text
from trigpoint.markers.exact.nodes import CUTS
from trigpoint.markers.writing.spelling import CannotSpell, spell_shape, write_words

from .test_pythons import CONSTANTS, GRID

OPERATORS = ("<", "<=", ">", ">=", "==")


def line(variable: str) -> tuple[str, list[bytes]]:
    """Return the code of a variable, and where comparisons with the constants cut its line."""
    code, cuts = "", set()
    for op in OPERATORS:
        for constant in CONSTANTS:
            if "+" in constant and op != "==":
                continue
            _, node = algebra.located(Marker(f"{variable} {op} '{constant}'").meaning)
            while node.kind != CUTS:
                node = node.kids[0]
            code = node.axis[CODE]
            cuts |= set(node.cuts)
    return code, sorted(cuts)


@pytest.mark.parametrize("variable", ["python_full_version", "platform_release"])
def test_any_set_of_versions(variable: str, record: Callable[[str, list[str]], None]) -> None:
    """The words hold for the versions of the set and no others, and are those of the record."""
    code, cuts = line(variable)
    lines = []
    for seed in range(150):
        chance = random.Random(seed)
        ends = sorted(chance.sample(cuts, chance.randint(1, 4)))
        first = chance.random() < 0.5
        truths = tuple((number % 2 == 0) is first for number in range(len(ends) + 1))
        shape = Shape(tuple(ends), truths)
        try:
            text = write_words(spell_shape(code, shape))
        except CannotSpell as error:
            lines.append(f"cannot be said: {error}")
            continue
        lines.append(text)
        marker = Marker(text)
        for each in GRID[seed % 3 :: 3]:
            place = place_in_text(str(each))
            truth = truths[bisect.bisect_right(ends, place)]
            values = {variable: str(each)}
            if variable == "python_full_version":
                epoch = f"{each.epoch}!" if each.epoch else ""
                values["python_version"] = f"{epoch}{each.major}.{each.minor}"
            assert truth is marker.evaluate(values), (text, str(each))
    record(f"spelled_{variable}.txt", lines)
