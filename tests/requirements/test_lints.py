"""What names between brackets say that was not meant."""

from __future__ import annotations

import pytest

from trigpoint.markers import ENVIRONMENTS, Marker
from trigpoint.requirements import Dialect, needs_extra, read_requirement


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("pkg[a,b]", []),
        ("pkg[A_b]", [("extra-unnormalised", "A_b", "write a-b")]),
        ("pkg[a, a]", [("extra-repeated", "a", None)]),
        ("pkg[-a]", [("extra-negative", "-a", None)]),
        ("pkg[- A]", [("extra-negative", "- A", None), ("extra-unnormalised", "A", "write a")]),
        (
            "pkg[-a,- a]",
            [
                ("extra-negative", "-a", None),
                ("extra-negative", "- a", None),
                ("extra-repeated", "- a", None),
            ],
        ),
        (
            "pkg[a,b,-a]",
            [
                ("extra-contradiction", "-a", "keep one of the two"),
                ("extra-negative", "-a", None),
            ],
        ),
        (
            "pkg[-a,a]",
            [
                ("extra-contradiction", "-a", "keep one of the two"),
                ("extra-negative", "-a", None),
            ],
        ),
    ],
)
def test_lints_of_a_request(text: str, found: list[tuple[str, str, str | None]]) -> None:
    """Each stands at its name, the minus included where it belongs to it."""
    findings = read_requirement(text, Dialect.REQUEST).findings
    assert found == [
        (
            each.code,
            each.span and text[each.span.start : each.span.end],
            each.fix and each.fix.message,
        )
        for each in findings
    ]


def test_words() -> None:
    """The words name the extra in its normal form."""
    findings = read_requirement("pkg[A,-a,a]", Dialect.REQUEST).findings
    assert [
        "A is compared as a",
        "a is both asked for and left out",
        "no tool reads -a: it is a proposal of this project, in which it leaves a out",
        "a is asked for twice",
    ] == [each.message.partition(" of the default extras")[0] for each in findings]


@pytest.mark.parametrize(
    ("marker", "needed"),
    [
        ("extra == 'a'", True),
        ("'a' == extra and os_name == 'nt'", True),
        ("extra == 'a' or extra == 'b'", True),
        ("(extra == 'a' or extra == 'b') and os_name == 'nt'", True),
        ("extra == 'a' or os_name == 'nt'", False),
        ("extra != 'a'", False),
        ("extra == ''", False),
        ("os_name == 'nt'", False),
        ("os_name == 'extra'", False),
    ],
)
def test_a_marker_that_needs_an_extra(marker: str, needed: bool) -> None:
    """Where all ways to hold ask for one, it holds nowhere without."""
    read = Marker(marker)
    assert needed is needs_extra(read)
    assert not (needed and any(map(read.evaluate, ENVIRONMENTS.values())))


def test_no_marker_needs_no_extra() -> None:
    """A requirement without a marker is asked for."""
    assert not needs_extra(None)
