"""What differs between two documents."""

from __future__ import annotations

import json

import pytest

from trigpoint.metadata import diff, from_json, read

CASES = [
    ("Name: A_b\n", "Name: a-b\n", [("Name", "spelling")]),
    ("Version: 1.0\n", "Version: 1.0.0\n", [("Version", "spelling")]),
    ("Version: 1.0\n", "Version: 1.1\n", [("Version", "changed")]),
    (
        "Requires-Dist: a\nRequires-Dist: b\n",
        "Requires-Dist: b\nRequires-Dist: a\n",
        [("Requires-Dist", "order")],
    ),
    (
        "Requires-Dist: Foo_Bar>=1,<2\n",
        "Requires-Dist: foo-bar <2, >=1\n",
        [("Requires-Dist", "spelling")],
    ),
    (
        "Requires-Dist: a; os_name=='nt'\n",
        'Requires-Dist: a ; os_name == "nt"\n',
        [("Requires-Dist", "spelling")],
    ),
    ("Requires-Dist: a>=1\n", "Requires-Dist: a>=2\n", [("Requires-Dist", "changed")]),
    ("Requires-Dist: a[x]\n", "Requires-Dist: a[y]\n", [("Requires-Dist", "changed")]),
    ("Requires-Dist: a\n", "Requires-Dist: a[]\n", [("Requires-Dist", "changed")]),
    ("Requires-Dist: a @ https://x\n", "Requires-Dist: a\n", [("Requires-Dist", "changed")]),
    (
        "Requires-Dist: a\n",
        "Requires-Dist: b\n",
        [("Requires-Dist", "removed"), ("Requires-Dist", "added")],
    ),
    ("Requires-Dist: a\nRequires-Dist: a\n", "Requires-Dist: a\n", [("Requires-Dist", "removed")]),
    (
        "Requires-Dist: !\n",
        "Requires-Dist: ?\n",
        [("Requires-Dist", "removed"), ("Requires-Dist", "added")],
    ),
    (
        "Requires-Python: >=3.8,<4\n",
        "Requires-Python: <4, >=3.8\n",
        [("Requires-Python", "spelling")],
    ),
    ("Requires-Python: x\n", "Requires-Python: y\n", [("Requires-Python", "changed")]),
    (
        "Project-URL: Home-page, https://x\n",
        "Project-URL: homepage, https://x\n",
        [("Project-URL", "spelling")],
    ),
    (
        "Project-URL: Docs, https://x\n",
        "Project-URL: Docs, https://y\n",
        [("Project-URL", "changed")],
    ),
    ("Keywords: a,b\n", "Keywords: b, a\n", [("Keywords", "spelling")]),
    (
        "License-Expression: mit\n",
        "License-Expression: MIT\n",
        [("License-Expression", "spelling")],
    ),
    ("Provides-Extra: A_b\n", "Provides-Extra: a-b\n", [("Provides-Extra", "spelling")]),
    ("Classifier: A :: B\n", "", [("Classifier", "removed")]),
    ("Dynamic: license\n", "Dynamic: License\n", [("Dynamic", "spelling")]),
    ("Summary: a\n", "summary: a\n", []),
    ("X-a: 1\n", "X-a: 2\n", [("X-a", "changed")]),
    ("Name: x\n\nText\n", "Name: x\n\nText\n\n", [("Description", "spelling")]),
    ("Name: x\n\nOne\nTwo\n", "Name: x\n\nOne\nThree\n", [("Description", "changed")]),
    ("Name: x\n", "Name: x\n\nText\n", [("Description", "added")]),
]


@pytest.mark.parametrize(("a", "b", "told"), CASES)
def test_kind(a: str, b: str, told: list[tuple[str, str]]) -> None:
    """Values are paired by what they are about and compared by what they mean."""
    assert [(found.field, found.kind) for found in diff(read(a), read(b))] == told


def test_messages_name_the_part() -> None:
    """A changed requirement says which of its parts changed, and how."""
    a = read("Requires-Dist: Foo[x]>=1; os_name == 'nt'\nKeywords: a,b\n\nOne\nTwo\n")
    b = read("Requires-Dist: foo>=2; os_name == 'posix'\nKeywords: b,c\n\nOne\n")
    assert [found.message for found in diff(a, b)] == [
        "the description changes: 2 lines become 1, 1 of them as before",
        "new: c; gone: a",
        (
            "foo: the extras change from [x] to none; the versions change from >=1 to >=2; "
            "the marker changes from os_name == 'nt' to os_name == 'posix'"
        ),
    ]


def test_places_are_in_both_texts() -> None:
    """A difference has a place in each text that has the value."""
    (found,) = diff(read("Name: x\nVersion: 1\n"), read("Version: 2\nName: x\n"))
    assert found.before_span is not None
    assert found.after_span is not None
    assert (found.before_span.line, found.after_span.line) == (2, 1)
    data = json.loads(json.dumps(found.to_json()))
    assert data["after_span"]["line"] == 1
    (added,) = diff(read(""), read("Name: x\n"))
    assert (added.before, added.before_span, added.to_json()["before_span"]) == (None, None, None)


def test_markers_of_equal_meaning() -> None:
    """Two spellings of one condition are a difference in spelling."""
    a = read("Requires-Dist: a; (python_version >= '3.8')\n")
    b = read('Requires-Dist: a; python_version>="3.8"\n')
    assert [found.kind for found in diff(a, b)] == ["spelling"]


def test_documents_without_text() -> None:
    """A document made of JSON can be compared as well."""
    assert diff(from_json('{"name": "x"}'), read("Name: x\n")) == []


def kinds(old: str, new: str) -> list[tuple[str, str | None, str | None]]:
    return [(found.kind, found.before, found.after) for found in diff(read(old), read(new))]


def test_the_same_text_is_paired_first() -> None:
    """A value that stands in both is paired with itself, though another means the same."""
    old = "Requires-Dist: y >=1\nRequires-Dist: y>=1\n"
    new = "Requires-Dist: y>=1\n"
    assert [("removed", "y >=1", None)] == kinds(old, new)


def test_the_same_meaning_is_paired_before_the_same_name() -> None:
    """Next come values that mean the same; what is left pairs by what it is about."""
    old = "Requires-Dist: y>=1\nRequires-Dist: y>=2\n"
    new = "Requires-Dist: y >=2\nRequires-Dist: y>=3\n"
    assert [("spelling", "y>=2", "y >=2"), ("changed", "y>=1", "y>=3")] == kinds(old, new)


def test_equal_values_pair_one_to_one() -> None:
    """Each of several equal values has a partner of its own."""
    assert [] == kinds("Requires-Dist: y\n" * 2, "Requires-Dist: y\n" * 2)
    assert [("added", None, "y")] == kinds("Requires-Dist: y\n", "Requires-Dist: y\n" * 2)
    assert [("removed", "y", None)] == kinds("Requires-Dist: y\n" * 2, "Requires-Dist: y\n")


@pytest.mark.parametrize(
    ("field", "old", "new"),
    [
        ("Version", "1.0", "1"),
        ("Requires-Python", ">=3.8, <4", "<4,>=3.8"),
        ("Keywords", "a, b", "b,a"),
        ("License-Expression", "mit", "MIT"),
        ("Provides-Extra", "A_b", "a-b"),
        ("Project-URL", "Home Page, https://x.org", "home-page, https://x.org"),
        ("Dynamic", "license", "License"),
        ("Name", "A_b", "a-b"),
        ("Requires-Dist", "y[a,b]", "y[B,a]"),
        (
            "Requires-Dist",
            "y; os_name == 'nt' and extra == 'x'",
            "y; extra == 'x' and 'nt' == os_name",
        ),
    ],
)
def test_spellings(field: str, old: str, new: str) -> None:
    """What means the same is spelled differently; what does not, changes."""
    assert [("spelling", old, new)] == kinds(f"{field}: {old}\n", f"{field}: {new}\n")


@pytest.mark.parametrize(
    ("field", "old", "new"),
    [
        ("Version", "1.0", "1.1"),
        ("Version", "x", "y"),
        ("Version", "1.0", "x"),
        ("Name", "a", "b"),
        ("License-Expression", "MIT", "no license"),
        ("Requires-Python", ">=3", "x"),
        ("Requires-Python", ">=3.8", ">=3.9"),
        ("Requires-Python", "x", "y"),
        ("Summary", "a", "A"),
        ("Requires-Dist", "y", "y[]"),
        ("Requires-Dist", "y @ https://x.org/a", "y @ https://x.org/b"),
        ("Project-URL", "Docs, https://x.org", "Docs, https://y.org"),
    ],
)
def test_changes(field: str, old: str, new: str) -> None:
    """A value of another meaning is a change."""
    assert [("changed", old, new)] == kinds(f"{field}: {old}\n", f"{field}: {new}\n")


@pytest.mark.parametrize("number", ["1" * 640, "1" * 641, "9" * 5_000])
def test_long_numbers(number: str) -> None:
    """Versions and specifiers with long numbers compare as what they are, or as text."""
    for field in ("Version", "Requires-Python"):
        lead = ">=" if field == "Requires-Python" else ""
        assert [] == kinds(f"{field}: {lead}{number}\n", f"{field}: {lead}{number}\n")
        (found,) = kinds(f"{field}: {lead}{number}\n", f"{field}: {lead}{number}.0\n")
        assert ("spelling" if len(number) <= 640 else "changed") == found[0]


@pytest.mark.parametrize(
    "field",
    [
        *("Classifier", "License-File", "Platform", "Supported-Platform", "Import-Name"),
        *("Import-Namespace", "Provides-Dist", "Obsoletes-Dist", "Requires-External"),
        *("Requires", "Provides", "Obsoletes", "Dynamic", "Provides-Extra", "Default-Extra"),
    ],
)
def test_values_of_a_list_are_about_themselves(field: str) -> None:
    """One of them does not become another: one goes and one comes."""
    assert [("removed", "a", None), ("added", None, "b")] == kinds(f"{field}: a\n", f"{field}: b\n")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("y", "y>=1", "y: the versions change from any to >=1"),
        ("y >=1 ", "y", "y: the versions change from >=1 to any"),
        ("y", "y @ https://x", "y: the URL changes from none to https://x"),
        ("y @ https://x", "y", "y: the URL changes from https://x to none"),
        ("Y[a]", "y[]", "y: the extras change from [a] to []"),
        ("y", "y ; os_name == 'a'", "y: the marker changes from none to os_name == 'a'"),
        ("y;os_name == 'a'", "y", "y: the marker changes from os_name == 'a' to none"),
        ("y; a b", "y; c d", "y: the marker changes from a b to c d"),
    ],
)
def test_each_part_of_a_requirement(old: str, new: str, message: str) -> None:
    """What changes is named with both values, and what does not is not."""
    (found,) = diff(read(f"Requires-Dist: {old}\n"), read(f"Requires-Dist: {new}\n"))
    assert message == found.message


def test_long_values_are_shown_in_part() -> None:
    """So many letters of the first line, and three dots for the rest."""
    for size, shown in ((60, "x" * 60), (61, "x" * 57 + "...")):
        (found,) = diff(read(f"Summary: {'x' * size}\n"), read(""))
        assert f"'{shown}' is gone" == found.message
    (found,) = diff(read("License: a\n b\n"), read("License: c\n"))
    assert "'a' becomes 'c'" == found.message
