"""Work grows with the size of the input, not faster: counted, not timed."""

from __future__ import annotations

import sys

import pytest

from trigpoint.metadata import convert, diff, read, to_json

HEAD = "Metadata-Version: 2.4\nName: spam\nVersion: 1\n"


def calls(function):
    """Count the calls of functions, Python's and C's, that *function* makes."""
    count = 0

    def profile(_frame, event, _arg):
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        function()
    finally:
        sys.setprofile(before)
    return count


LINES = {
    "classifiers": "Classifier: A :: B{}\n",
    "the same classifier": "Classifier: A :: B\n",
    "bad classifiers": "Classifier: B{}\n",
    "requirements": "Requires-Dist: y{} >=1; extra == 'x{}'\n",
    "bad requirements": "Requires-Dist: y{} >>1\n",
    "the same name": "Requires-Dist: y; os_name == 'x{}'\n",
    "extras": "Provides-Extra: x{}\n",
    "bad extras": "Provides-Extra: x_{}\n",
    "duplicates": "Summary: {}\n",
    "labels": "Project-URL: Docs, https://x.org/{}\n",
    "unknown": "X-{}: 1\n",
    "folds": "X: {}\n 1\n",
    "one long fold": " {}\n",
    "nameless": ":{}\n",
    "envelopes": "From {}\n",
    "control": "Author: \0{}\n",
    "imports": "Import-Name: a{}.b\n",
    "deprecated": "Requires: a{}\n",
}


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
@pytest.mark.parametrize("work", ["findings", "canonical", "json", "convert", "diff"])
def test_headers(line, work):
    """Four times the headers make at most about four times the calls."""

    def run(size):
        text = HEAD + "".join(line.format(i, i) for i in range(size))
        works = {
            "findings": lambda: read(text).findings(),
            "canonical": lambda: read(text).canonical(),
            "json": lambda: to_json(read(text)),
            "convert": lambda: convert(read(text), "3.0", force=True),
            "diff": lambda: diff(read(text), read(HEAD + line.format(1, 1))),
        }
        return calls(works[work])

    small, large = run(250), run(1000)
    assert large <= 4.5 * small + 500


def test_ten_thousand_headers():
    """Ten thousand headers with a finding each: all found, each at its line."""
    text = HEAD + "".join(f"Classifier: B{i}\n" for i in range(10_000))
    found = read(text).findings()
    assert [finding.span.line for finding in found] == list(range(4, 10_004))


def test_the_body_costs_no_calls():
    """A body of 5 MB takes as many calls as one of 5 kB."""

    def run(size):
        text = (HEAD + "\n" + "Some text, and more of it.\n" * (size // 27)).encode()
        return calls(lambda: read(text).findings())

    assert run(5_000_000) == run(5_000)


def test_a_body_in_another_encoding():
    """A body of Latin-1 is reported by line, up to a limit."""
    text = HEAD.encode() + b"\n" + b"caf\xe9 " * 10 + b"\n" + b"caf\xe9\n" * 100_000
    codes = [finding.code for finding in read(text).findings()]
    assert set(codes) == {"metadata-encoding"}
    assert 10 < len(codes) <= 200


@pytest.mark.parametrize(
    "value",
    [
        "Requires-Dist: {}",
        "Requires-Dist: a{}b[",
        "Requires-Dist: a[{}",
        "Requires-Dist: a ({}",
        "Requires-Dist: y; {}",
        "Author-email: {}",
        'Author-email: "{}',
        "Author-email: ({}",
        "License-Expression: {}",
        "Keywords: {}",
        "Project-URL: {}",
        "Classifier: {}",
        "Import-Name: {}",
        "Description-Content-Type: {}",
        "Provides-Dist: a{}",
        "{}",
        "{}: x",
        "License-File: {}",
        "Requires-Python: {}",
        "Version: {}",
    ],
)
@pytest.mark.parametrize(
    "filler", ["a", "-", ".", "(", "[", '"', "<", ",", " ", ";", "a-", "a, ", "::", "=?", "1."]
)
def test_hostile_values_end(value, filler):
    """Values made to confuse patterns are read to the end, whatever they repeat."""
    text = HEAD + value.format(filler * 20_000) + "\n"
    document = read(text)
    assert isinstance(document.findings(), list)
    assert read(document.canonical()).canonical() == document.canonical()
