"""What the requirements of one list say against each other."""

from __future__ import annotations

import pytest

from trigpoint.findings import Finding
from trigpoint.requirements import (
    Stated,
    contradictions,
    read_requirement,
    read_requirements_file,
    stated_in,
)

OLDEST = """\
numpy==1.21.4; python_version == "3.10" and platform_python_implementation != "PyPy"
numpy==1.17.3; python_version == "3.8" and platform_machine != "aarch64"
numpy==1.19.2; python_version == "3.8" and platform_machine == "aarch64"
numpy==1.17.5; python_version == "3.8" and platform_machine == "s390x"
numpy; python_version >= "3.8" and platform_python_implementation == "PyPy"
"""


def told(text: str, requires_python: str = "") -> list[Finding]:
    """Return what there is to say about the requirement file *text*."""
    return list(contradictions(stated_in(read_requirements_file(text)), requires_python))


def codes(text: str, requires_python: str = "") -> list[str]:
    """Return the codes of what there is to say about *text*."""
    return [each.code for each in told(text, requires_python)]


def test_a_conflict_names_both_lines_and_where_they_meet() -> None:
    """Of five requirements two exclude each other, on one machine."""
    [finding] = told(OLDEST)
    assert "requirement-conflict" == finding.code
    assert (
        "no numpy is both ==1.17.5 and ==1.17.3 (line 2), "
        "and both apply with CPython 3.8 on Linux s390x"
    ) == finding.message
    assert finding.span is not None
    assert (4, 1) == (finding.span.line, finding.span.column)
    assert OLDEST.splitlines()[3] == OLDEST[finding.span.start : finding.span.end]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("a==1", "a==2", ["requirement-conflict"]),
        ("a<2", "a>=3", ["requirement-conflict"]),
        ("a==2.2.1+cpu", "a==2.2.1+cu118", ["requirement-conflict"]),
        ("A.b==1", "a-B==2", ["requirement-conflict"]),
        ("a<2", "a>=1", []),
        ("a", "a==1", []),
        ("a==1", "b==2", []),
        ("a==1; os_name=='nt'", "a==2; os_name=='posix'", []),
        # These overlap by the specification, and on no platform that there is.
        ("a==1; os_name=='nt'", "a==2; sys_platform=='linux'", []),
        ("a==1; extra=='x'", "a==2; extra=='x'", ["requirement-conflict"]),
        ("a==1; extra=='x'", "a==2", ["requirement-conflict"]),
        ("a==1; extra=='x'", "a==2; extra=='y'", ["requirement-extras-exclusive"]),
        ("a @ https://x.example/1", "a @ https://x.example/2", ["requirement-conflict"]),
        ("a @ https://x.example/1", "a @ https://x.example/1#egg=a", []),
        ("a @ https://x.example/a-1-py3-none-any.whl", "a==2", ["requirement-conflict"]),
        ("a @ https://x.example/a-1-py3-none-any.whl", "a>=1", []),
        ("a @ https://x.example/main", "a>=1", []),
        ("a>2,<1", "a==1", ["requirement-impossible"]),
        ("a==1", "a==", []),
    ],
)
def test_what_two_requirements_say_together(first: str, second: str, expected: list[str]) -> None:
    """Conflicts need versions without a common one and markers that hold together somewhere."""
    assert expected == codes(f"{first}\n{second}")
    assert expected == codes(f"{second}\n{first}")


def test_without_places() -> None:
    """A requirement from a list without places is told by what the list calls it."""
    stated = [Stated(read_requirement(text), None, f"item {text}") for text in ("a==1", "a==2")]
    [finding] = contradictions(stated)
    assert finding.span is None
    assert "no a is both ==2 and ==1 (item a==1), and both apply everywhere" == finding.message
