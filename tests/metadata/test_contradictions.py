"""Requirements of a document that contradict each other, or its Requires-Python."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.findings import Finding
from trigpoint.kept import SHORT
from trigpoint.metadata import from_project_table, read
from trigpoint.metadata.checks import contradictions as checks
from trigpoint.requirements import Stated, contradictions, read_requirement, together
from trigpoint.requirements.together import compared

TRIAL = Path(__file__).parents[1] / "data" / "trial"
HEAD = "Metadata-Version: 2.4\nName: x\nVersion: 1\n"
CODES = frozenset(
    {
        "requirement-conflict",
        "requirement-dead",
        "requirement-extras-exclusive",
        "requirement-gap",
        "requirement-gap-platform",
        "requirement-impossible",
    }
)


def told(*requirements: str, requires_python: str = "") -> list[Finding]:
    """Return what a document with *requirements* is told of them together."""
    rows = [f"Requires-Python: {requires_python}\n"] if requires_python else []
    rows += [f"Requires-Dist: {each}\n" for each in requirements]
    return [each for each in read(HEAD + "".join(rows)).findings() if each.code in CODES]


def test_case_m18() -> None:
    """Five conflicts, each with both lines and where both apply; no other pair is told."""
    found = read((TRIAL / "M18.METADATA").read_bytes()).findings()
    assert [(11, 10), (12, 11), (15, 14), (16, 15), (20, 17)] == [
        (each.span.line, int(each.message.partition("(line ")[2].partition(")")[0]))
        for each in found
        if each.code == "requirement-conflict" and each.span is not None
    ]
    assert not {each.code for each in found} & (CODES - {"requirement-conflict"})


def test_case_m19() -> None:
    """Two requirements that are both asked for on one machine."""
    found = read((TRIAL / "M19.METADATA").read_bytes()).findings()
    [finding] = [each for each in found if each.code == "requirement-conflict"]
    assert (
        "no numpy is both ==1.17.3 and ==1.17.5 (line 4), "
        "and both apply with CPython 3.8 on Linux s390x"
    ) == finding.message
    assert finding.span is not None
    assert (5, 16) == (finding.span.line, finding.span.column)


@pytest.mark.parametrize(
    ("requirements", "requires_python", "expected"),
    [
        (["a==1", "a==2"], "", ["requirement-conflict"]),
        (["a<2", "A>=3"], "", ["requirement-conflict"]),
        (["a_b==1", "a.b>=3"], "", ["requirement-conflict"]),
        (["a @ https://x.example/1", "a @ https://x.example/2"], "", ["requirement-conflict"]),
        (["a @ https://x.org/(1)", "a @ https://x.org/(2)"], "", ["requirement-conflict"]),
        (["a==1", "a[b]==1; os_name=='nt'", "a[c] (==1)"], "", []),
        (["a[b]==1", "a[c]==2"], "", ["requirement-conflict"]),
        (["a (1.0)", "a>=2"], "", []),
        (["a>=1", "a>=2"], "", []),
        (["a==1", "a==1"], "", []),
        (["a>=2,<1"], "", ["requirement-impossible"]),
        (["a<1,>=2"], "", ["requirement-impossible"]),
        (["a[b]>=2,<1"], "", ["requirement-impossible"]),
        (["a (>=2,<1)"], "", ["requirement-impossible"]),
        (["a>=10,<9"], "", ["requirement-impossible"]),
        (["a>=9,<10", "b<10,>=9", "c>1,<1.5", "d>1,!=2"], "", []),
        (["a>1.5,<1.5"], "", ["requirement-impossible"]),
        (["a>=1,<2,!=1.*"], "", ["requirement-impossible"]),
        (["a==1; extra=='x'", "a==2; extra=='y'"], "", ["requirement-extras-exclusive"]),
        (["a; python_version<'3.8'"], ">=3.8", ["requirement-dead"]),
        (["a; python_version<'3.8'"], "", []),
        (["a; python_version<'3.8'"], ">=3.7", []),
        (["a; python_version<'3.8'", "a; python_version>'3.8'"], "", ["requirement-gap"]),
        (["a; os_name=='nt'", "a; sys_platform=='linux'"], "", ["requirement-gap-platform"]),
        (["", "a=", "@", "a; os_name", "a>=x,<1", f"a>1,<{'9' * 641}"], ">=3.8", []),
    ],
)
def test_what_requirements_say_together(
    requirements: list[str], requires_python: str, expected: list[str]
) -> None:
    """The findings of a list, in a document."""
    found = told(*requirements, requires_python=requires_python)
    assert expected == [each.code for each in found]


def test_old_documents_have_old_versions() -> None:
    """A version without an operator is a prefix up to metadata 1.2."""
    text = "Metadata-Version: 1.2\nName: x\nVersion: 1\nRequires-Dist: a (1.0)\nRequires-Dist: a (>2)\n"
    assert "requirement-conflict" in [each.code for each in read(text).findings()]


def test_tables_of_a_project() -> None:
    """Dependencies and optional ones are one list; an extra cannot go against what all get."""
    found = from_project_table(
        '[project]\nname = "x"\nversion = "1"\nrequires-python = ">=3.9"\n'
        'dependencies = [\n  "a==1",\n  "b; python_version < \'3.8\'",\n]\n'
        "[project.optional-dependencies]\n"
        'x = ["a==2"]\ny = ["c==1"]\nz = ["c==2"]\n'
    ).findings()
    assert [
        ("requirement-dead", 7),
        ("requirement-conflict", 10),
        ("requirement-extras-exclusive", 12),
    ] == [(each.code, each.span.line) for each in found if each.code in CODES and each.span]
    assert "(line 6)" in next(each.message for each in found if each.code == "requirement-conflict")


FRONTS = [
    "a",
    "a>=1",
    "a<1",
    "a==2",
    "a>2,<4",
    "a<4,>5",
    "a!=2",
    "a (<1)",
    "A===2",
    "a>=3,!=3.*,<4",
    "a~=1.4.2",
    "a<=1.0,>=1",
    "a[x]>=1.0,!=1.4.*",
    "a>=1rc1",
    "a @ https://x.example/a-1.zip",
    "a @ https://x.example/(2)/a-2.zip",
    "a[y]==2",
    "a[x] (<1)",
]
MARKERS = [
    "",
    "; python_version<'3.8'",
    "; python_version>'3.8'",
    "; os_name=='nt'",
    "; sys_platform=='darwin' and extra=='x'",
    "; extra=='y'",
    "; python_version <= '3.7'",
    "; (python_version >= '3.8' and python_version < '3.10') and extra == 'x'",
    "; python_version == '3.8'",
    "; python_version != '3.9'",
    "; python_version >= '3.10' and os_name == 'nt'",
    "; python_full_version < '3.9.1'",
    "; python_full_version >= '3.9.1' and extra == 'x'",
    "; '3.9' > python_version",
    "; python_version < '3.10' or extra == 'y'",
    "; python_version >= '3.10' and python_version < '3.9'",
    "; platform_python_implementation != 'PyPy'",
]


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(FRONTS), st.sampled_from(MARKERS)).map("".join),
        max_size=6,
        unique=True,
    ),
    st.sampled_from(["", ">=3.8", "<3.8", "~=3.8.1", ">=3.7,!=3.8.*,<4", ">=3.10rc1"]),
)
def test_nothing_is_lost_by_choosing(requirements: list[str], requires_python: str) -> None:
    """Whatever is not looked at has no finding in the list as a whole."""
    stated = [Stated(read_requirement(each), None, "") for each in requirements]
    every = compared([each.requirement for each in stated], requires_python)
    expected = sorted(each.code for each in together.told(stated, every, requires_python))
    assert expected == sorted(each.code for each in contradictions(stated, requires_python))
    found = told(*requirements, requires_python=requires_python)
    assert expected == sorted(each.code for each in found)


def test_a_list_is_compared_once() -> None:
    """The second time it is known, also where all of it is long; another Python is another question."""
    keeping = checks._compared
    keeping.cache_clear()
    names = "x" * SHORT
    for first, second, python in [
        ("1", "2", ""),
        ("1", "2", ""),
        ("1", "3", ""),
        ("1", "2", ">=3"),
    ]:
        found = told(f"a=={first}", f"a=={second}", requires_python=python)
        assert ["requirement-conflict"] == [each.code for each in found]
        found = told(f"{names}=={first}", f"{names}=={second}", requires_python=python)
        assert ["requirement-conflict"] == [each.code for each in found]
    assert (1, 3, 3) == (*keeping.cache_info()[:2], len(keeping.held))
