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
def test_kind(a, b, told):
    """Values are paired by what they are about and compared by what they mean."""
    assert [(found.field, found.kind) for found in diff(read(a), read(b))] == told


def test_messages_name_the_part():
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


def test_places_are_in_both_texts():
    """A difference has a place in each text that has the value."""
    (found,) = diff(read("Name: x\nVersion: 1\n"), read("Version: 2\nName: x\n"))
    assert (found.before_span.line, found.after_span.line) == (2, 1)
    data = json.loads(json.dumps(found.to_json()))
    assert data["after_span"]["line"] == 1
    (added,) = diff(read(""), read("Name: x\n"))
    assert (added.before, added.before_span, added.to_json()["before_span"]) == (None, None, None)


def test_markers_of_equal_meaning():
    """Two spellings of one condition are a difference in spelling."""
    a = read("Requires-Dist: a; (python_version >= '3.8')\n")
    b = read('Requires-Dist: a; python_version>="3.8"\n')
    assert [found.kind for found in diff(a, b)] == ["spelling"]


def test_documents_without_text():
    """A document made of JSON can be compared as well."""
    assert diff(from_json('{"name": "x"}'), read("Name: x\n")) == []
