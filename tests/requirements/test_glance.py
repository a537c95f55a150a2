"""What is seen at a glance is what the exact comparison says."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packaging.specifiers import SpecifierSet

from trigpoint.markers import Marker
from trigpoint.requirements import read_requirement
from trigpoint.requirements.apart import allowed, apart
from trigpoint.requirements.glance import (
    MOST_AGREEING,
    agree,
    clauses,
    fits,
    surely_asked,
    surely_dead,
    surely_met,
)
from trigpoint.requirements.together import compared

VERSIONS = ["0", "1", "1.0", "1.4", "1.4.2", "1.5", "2", "2.0.0", "10"]
CLAUSES = [
    *(f"{operator}{each}" for operator in ("<", "<=", ">", ">=", "==", "!=") for each in VERSIONS),
    *(f"{operator}{each}.*" for operator in ("==", "!=") for each in VERSIONS),
    *(f"~={each}" for each in VERSIONS if "." in each),
]
PYTHONS = ["2.7", "3.0", "3.8", "3.9", "3.10"]
MARKERS = [
    *(f"python_version {op} '{v}'" for op in ("<", "<=", ">", ">=", "==", "!=") for v in PYTHONS),
    *(f"python_full_version {o} '{v}'" for o in ("<", ">=", "<=", ">") for v in ("3.8.1", "3.9")),
    "os_name == 'nt'",
    *(f"sys_platform {op} '{v}'" for op in ("==", "!=") for v in ("win32", "ios")),
    "sys_platform == 'win32' and python_version < '3.9'",
    "sys_platform == 'win32' and python_version >= '3.9'",
    "platform_python_implementation == 'CPython'",
    "'3.8' <= python_version",
    "python_version in '3.8 3.9'",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(CLAUSES), max_size=4))
def test_what_fits_has_a_version(chosen: list[str]) -> None:
    """Nothing that is said to fit excludes every version."""
    text = ",".join(chosen)
    found = clauses(text)
    assert found is not None, text
    if fits(found):
        one = allowed(text)
        assert not apart(one, one)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<1",
        "<=0",
        ">=1.4",
        "==1.0",
        "!=1.5",
        "==1.4.*",
        "!=1.*",
        "~=1.4.2",
        ">=1,<2,!=1.5.*",
        ">1,<2",
        ">3.8",
        ">=1.0,!=1",
        ">=3.9, !=3.9.0, !=3.9.1",
        "!=3.0.*,>=3",
        "~=1.4,<2",
        "<=1.0,>=1",
        "==2.0.0,>=2",
        "==1.*,>=1.4",
    ],
)
def test_usual_specifiers_are_seen_to_fit(text: str) -> None:
    """What nearly all requirements say is seen to have a version."""
    found = clauses(text)
    assert found is not None
    assert fits(found)
    assert surely_met(text)


def test_the_next_of_many_is_not_tried() -> None:
    """Only behind the first ones is it, so that the work stays linear."""
    for count, expected in ((12, True), (13, False)):
        text = ",".join(f"!=1.0.{patch}" for patch in range(count))
        assert expected is surely_met(f"{text},>=1")


@pytest.mark.parametrize(
    "text", [">=1rc1", "1.0", ">=1.*", "===1", "~=1", "=1", ">=1,,<2", "==1+x", ">=9" + "0" * 9]
)
def test_other_specifiers_are_not_judged(text: str) -> None:
    """Whatever is no list of plain clauses is left to the exact comparison."""
    assert clauses(text) is None
    assert not surely_met(text)


@pytest.mark.parametrize("text", [">=2,<2", "<1,>=1", "==1,==2", ">=1.2,<1.1", "~=1.4,>=2"])
def test_what_no_version_satisfies_is_not_met(text: str) -> None:
    """A specifier without a version is never said to have one."""
    assert not surely_met(text)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(MARKERS), min_size=1, max_size=3),
    st.sampled_from(["and", "or"]),
    st.sampled_from(
        [
            *(">=3.8", "<3.9", "~=3.8.1", ">=3.0,!=3.8.*", ">=2.7,<4", "==3.9.*"),
            *(
                ">3.8",
                ">3.9,<3.10",
                ">=3.9,!=3.9.0,!=3.9.1",
                ">=3.8,!=3.8.*",
                ">=3.9,!=3.9.1,<3.9.2",
            ),
        ]
    ),
)
def test_what_is_surely_asked_meets_requires_python(
    tests: list[str], word: str, requires_python: str
) -> None:
    """A marker that is said to be asked for holds for an allowed Python, or holds nowhere."""
    text = f" {word} ".join(tests)
    marker = Marker(text)
    if surely_asked(text, requires_python) and marker.is_satisfiable():
        assert marker.is_satisfiable(assuming=SpecifierSet(requires_python))


@pytest.mark.parametrize(
    ("marker", "requires_python", "expected"),
    [
        ("python_version < '3.9'", ">=3.8", True),
        ("python_version < '3.8'", ">=3.8", False),
        ("python_version <= '3.8'", ">=3.8.4", True),
        ("python_version > '3.8'", "<3.9", False),
        ("python_version == '3.8'", ">=3.8.1,<4", True),
        ("python_full_version < '3.8.1'", ">=3.8.1", False),
        ('python_full_version < "3.8.2"', ">=3.8.1", True),
        ("'3.9' > python_version", ">=3.8", False),
        ("implementation_name == 'cpython'", ">=3.8", True),
        ("python_version < '3'", ">=2.7", False),
        ("os_name == 'nt'", ">=3.8a1", False),
        ("python_full_version < '3.11'", ">=3.9, !=3.9.0, !=3.9.1", True),
        ("python_full_version < '3.9.2'", ">=3.9, !=3.9.0, !=3.9.1", False),
        ("python_version < '3.10'", ">3.9", True),
    ],
)
def test_surely_asked(marker: str, requires_python: str, expected: bool) -> None:
    """Certain where each comparison is plain, and one release satisfies all of them."""
    assert expected is surely_asked(marker, requires_python)


@pytest.mark.parametrize("requires_python", [">=3.9", " >= 3.10 ", ">=3.9.0", ">=3.9.2"])
@pytest.mark.parametrize("operator", ["<", "<=", " <  "])
@pytest.mark.parametrize("extra", ["", " and extra == 'x'"])
def test_surely_dead(operator: str, extra: str, requires_python: str) -> None:
    """A marker that asks for an older Python and no more is told without its diagram, and rightly."""
    specifiers = SpecifierSet(requires_python)
    for minor in (0, 3, 8, 9, 10, 11, 12):
        text = f"python_version{operator}'3.{minor}'{extra}"
        allowed_somewhere = Marker(text).is_satisfiable(assuming=specifiers)
        assert surely_dead(text, requires_python) is not allowed_somewhere


@pytest.mark.parametrize(
    ("marker", "requires_python"),
    [
        ("python_version < '3.8' or extra == 'x'", ">=3.9"),
        ("python_version < '3.8' and os_name == 'nt'", ">=3.9"),
        ("python_version > '3.8'", ">=3.9"),
        ("python_version == '3.8'", ">=3.9"),
        ("python_version < '4.0'", ">=3.9"),
        ("python_version < '3.8'", ">=3.9,<4"),
        ("python_version < '3.8'", ">=2.9"),
        ("python_version < '3.8'", "<3.9"),
        ("python_version < '3.8'", ""),
        ("python_full_version < '3.8'", ">=3.9"),
    ],
)
def test_what_may_be_alive(marker: str, requires_python: str) -> None:
    """More than that is left to who looks at the diagram."""
    assert not surely_dead(marker, requires_python)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("a>=1", "a>=2,<3"), True),
        (("a<1", "a>=1"), False),
        (("a<1; python_version<'3.9'", "a>=1; python_version>='3.9'"), True),
        (("a<1; python_version<='3.8'", "a>=1; python_version>'3.8'"), True),
        (("a<1; python_version<'3.9'", "a>=1; python_version>'3.9'"), False),
        (("a<1; python_version<'3.10'", "a>=1; python_version>='3.9'"), False),
        (("a; python_version<'3.8'", "a; python_version=='3.8'", "a; python_version>'3.8'"), True),
        (("a; python_version<'3.8'", "a; python_version>'3.8'", "a"), True),
        (("a; python_version<'3.8'", "a; python_version>'3.8' and extra=='x'"), False),
        (("a; extra=='x' ", "a; extra=='y'"), True),
        (("a; os_name=='nt' and extra=='x'", "a; os_name!='nt' and extra=='y'"), True),
        (("a; os_name=='nt' and extra=='x'", "a; os_name!='nt' and extra=='x'"), True),
        (("a; os_name=='nt' and extra=='x'", "a; os_name!='posix' and extra=='x'"), False),
        (("a>=2; sys_platform!='ios'", "a>=3; sys_platform=='ios'"), True),
        (("a<1; sys_platform!='ios'", "a>=3; sys_platform=='ios'"), True),
        (("a<1; sys_platform=='ios'", "a>=3; sys_platform!='ios'", "a==2"), False),
        (("a<1; sys_platform=='linux'", "a>=3; sys_platform=='ios'", "a"), True),
        (("a<1; sys_platform!='linux'", "a>=3; sys_platform!='ios'", "a"), False),
        (("a<1; sys_platform=='linux'", "a>=3; os_name=='nt'", "a"), False),
        (("a; sys_platform=='linux'", "a; sys_platform=='ios'"), False),
        (("a; sys_platform!='ios'", "a; os_name=='posix'"), False),
        (("a; sys_platform!='ios' and python_version<'3.9'", "a; sys_platform=='ios'"), False),
        (
            (
                "a; sys_platform!='ios' and python_version<'3.9'",
                "a; sys_platform!='ios' and python_version>='3.9'",
                "a; sys_platform=='ios'",
            ),
            True,
        ),
        (
            (
                "a; sys_platform!='ios' and python_version<'3.9'",
                "a; sys_platform!='ios' and python_version>='3.9'",
            ),
            True,
        ),
        (
            (
                "a; sys_platform!='ios' and python_version<'3.9'",
                "a; sys_platform!='ios' and python_version>'3.9'",
            ),
            False,
        ),
        (("a; extra=='x' and ( python_version<'3.9')", "a; python_version<'3.9'"), True),
        (("a; extra=='x' and (python_version>'3.9')", "a; python_version<'3.9'"), False),
        (("a; python_full_version<='3.8.1'", "a; python_version>'3.8'"), False),
        (("a; python_full_version>'3.8.1'", "a; python_version<'3.8'"), False),
        (("a 1; os_name=='nt'", "a; os_name!='nt'"), False),
        (("a>=2,!=3", "a>1; os_name=='nt'"), True),
        (("a; os_name=='nt' and extra!='x'", "a"), True),
        (("a; os_name=='nt' and extra!='x'", "a; os_name=='nt'"), False),
        (
            (
                "a; os_name=='nt' and extra=='x' and extra!='y'",
                "a; os_name!='nt' and extra=='x' and extra=='y'",
            ),
            False,
        ),
        (("a; python_version!='3.8' and python_version<'3.9'", "a; python_version>='3.9'"), False),
        (
            (
                "a<1; python_version<'3.8'",
                "a>=2,<2; python_version=='3.8'",
                "a; python_version>'3.8'",
            ),
            False,
        ),
        (("a; python_version>='3.8'", "a; python_version>='3.9'"), True),
        (("a @ https://x.example/a.zip", "a"), False),
        (("a>=2,<2", "a"), False),
        (("a<1rc1", "a"), False),
        (("a>=1rc1", "a"), True),
    ],
)
def test_agree(values: tuple[str, ...], expected: bool) -> None:
    """Certain where versions have one in common, or stretches of Python touch."""
    assert expected is agree(values)


def test_few_are_looked_at() -> None:
    """More requirements for one project than stated are left to the exact comparison."""
    values = tuple(f"a>={each}" for each in range(MOST_AGREEING))
    assert agree(values)
    assert not agree((*values, "a>=99"))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a", "a>=1", "a>=1rc1", "a<1", "a==2", "a~=1.4", "a>=1.0,!=1.4"]),
            st.sampled_from(["", *(f"; {each}" for each in MARKERS)]),
            st.sampled_from(["", " and extra == 'x'", " and extra == 'y'"]),
        ).map(lambda parts: "".join(parts if parts[1] else parts[:1]))
        | st.sampled_from(MARKERS).map(lambda each: f"a; extra == 'x' and ({each})"),
        min_size=2,
        max_size=4,
        unique=True,
    )
)
def test_what_agrees_has_nothing_to_say(values: list[str]) -> None:
    """Neither a conflict nor a gap is passed over, in any part of the list."""
    for count in range(2, len(values) + 1):
        for some in combinations(values, count):
            if agree(some):
                found = compared([read_requirement(each) for each in some])
                assert ((), (), ()) == (found.conflicts, found.gaps, found.missing), some
