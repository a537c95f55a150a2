"""RECORD is held against every file, and each way to be wrong has a state and a code."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

import pytest

from trigpoint.wheels import RecordRow, inspect
from trigpoint.wheels.record import ALGORITHMS, MOST_ROWS, read_record
from trigpoint.wheels.words import STATES

from .build import EVERY, Wheel, codes, line

INFO = "spam-1.0.dist-info"
PLAIN = Wheel({"a.py": b"one"})
REST = "".join(line(path, data) for path, data in PLAIN.contents().items() if INFO in path
               and not path.endswith("RECORD")) + f"{INFO}/RECORD,,\n"  # fmt: skip


def _with(text: str) -> Wheel:
    return Wheel({"a.py": b"one"}, record=(text + REST).encode())


GOOD = line("a.py", b"one")
WRONG = {
    "hash": (line("a.py", b"two"), [RecordRow("a.py", "hash")]),
    "hexadecimal": (
        f"a.py,sha256={sha256(b'one').hexdigest()},3\n",
        [RecordRow("a.py", "encoding")],
    ),
    "capitals": (
        f"a.py,sha256={sha256(b'one').hexdigest().upper()},3\n",
        [RecordRow("a.py", "encoding")],
    ),
    "base64 for mail": (
        f"a.py,sha256={b64encode(sha256(b'one').digest()).decode()},3\n",
        [RecordRow("a.py", "encoding")],
    ),
    "size": (GOOD.replace(",3\n", ",4\n"), [RecordRow("a.py", "size")]),
    "md5": (line("a.py", b"one", "md5"), [RecordRow("a.py", "algorithm")]),
    "sha1": (line("a.py", b"one", "sha1"), [RecordRow("a.py", "algorithm")]),
    "unknown algorithm": ("a.py,crc=1,3\n", [RecordRow("a.py", "algorithm")]),
    "no hash": ("a.py,,3\n", [RecordRow("a.py", "unhashed")]),
    "no algorithm": ("a.py,=abc,3\n", [RecordRow("a.py", "algorithm")]),
    "unlisted": ("", [RecordRow("a.py", "unlisted")]),
    "absent": (GOOD + line("b.py", b""), [RecordRow("b.py", "absent")]),
    "twice": (GOOD + GOOD, [RecordRow("a.py", "twice")]),
    "two columns": (GOOD + "b.py,\n", [RecordRow("b.py", "row")]),
    "four columns": (GOOD + "b.py,,,\n", [RecordRow("b.py", "row")]),
    "no path": (GOOD + ",,\n", [RecordRow("", "row")]),
    "size in words": (GOOD + "b.py,,three\n", [RecordRow("b.py", "row")]),
    "digits of others": (GOOD + "b.py,,\u0663\n", [RecordRow("b.py", "row")]),
}


@pytest.mark.parametrize("case", WRONG)
def test_each_way_to_be_wrong(case: str) -> None:
    """The row says which file it is and what is wrong, and so does the one finding."""
    text, rows = WRONG[case]
    found = _with(text).inspected()
    assert rows == list(found.record.wrong)
    assert [f"wheel-record-{rows[0].state}"] == codes(found)
    assert not found.record.right
    assert rows[0].path in found.findings[0].message


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        GOOD.replace(",3\n", ",\n"),
        GOOD.replace(",3\n", ",003\n"),
        GOOD.replace(",3\n", "=,3\n"),
        GOOD.replace("sha256", "SHA256"),
        "\n" + GOOD,
        *(line("a.py", b"one", each) for each in sorted(ALGORITHMS)),
    ],
)
def test_ways_to_be_right(text: str) -> None:
    """Each allowed hash counts; the size may be left out, and padding may stay."""
    found = _with(text).inspected()
    assert [] == codes(found)
    assert found.record.right
    assert (4, 3) == (found.record.rows, found.record.verified)


def test_there_is_none() -> None:
    """A wheel without RECORD has hashes of its own and no verdict."""
    found = Wheel({"a.py": b"one", f"{INFO}/RECORD": None}).inspected()
    assert ["wheel-record-missing"] == codes(found)
    assert not found.record.present
    assert not found.record.right
    assert ((), 0, 0) == (found.record.wrong, found.record.rows, found.record.verified)
    assert all(each.digest for each in found.entries)


def test_signatures_need_no_line() -> None:
    """RECORD cannot list what signs it; another file of such a name has to be listed."""
    signed = {f"{INFO}/RECORD.jws": b"{}", f"{INFO}/RECORD.p7s": b"{}", "a.py": b"one"}
    found = Wheel(signed, record=(GOOD + REST).encode()).inspected()
    assert ([], 3) == (codes(found), found.record.verified)
    other = Wheel({"RECORD.jws": b"{}", "a.py": b"one"}, record=(GOOD + REST).encode())
    assert ["wheel-record-unlisted"] == codes(other.inspected())


def test_a_field_that_the_reader_gives_up_on() -> None:
    """What stands behind a field of more than 131,072 characters is not read, which is told."""
    found = _with(GOOD + '"' + "x" * 131_073 + '",,\n').inspected()
    assert RecordRow("", "row") in found.record.wrong


def test_a_damaged_file_is_not_verified() -> None:
    """A file whose checksum is wrong is told once, and counts as unreadable."""
    data = PLAIN.data()
    place = data.index(b"a.py") + 4
    broken = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
    found = inspect(broken, PLAIN.name)
    assert RecordRow("a.py", "unreadable") in found.record.wrong
    entry = next(each for each in found.entries if each.path == "a.py")
    assert "" == entry.digest
    assert any(each.code.startswith("archive-") for each in found.findings)


def test_a_damaged_record() -> None:
    """It is told, counts as none, and the other files still have their hashes."""
    data = PLAIN.data()
    # A bit of its checksum, in the list at the end of the archive.
    entry = data.rindex(b"PK\x01\x02")
    broken = data[: entry + 16] + bytes([data[entry + 16] ^ 1]) + data[entry + 17 :]
    found = inspect(broken, PLAIN.name)
    assert (False, 0) == (found.record.present, found.record.rows)
    assert [RecordRow(f"{INFO}/RECORD", "unreadable")] == list(found.record.wrong)
    told = [each.message for each in found.findings if each.code.startswith("archive-")]
    assert [True] * 2 == ["RECORD" in each for each in told]
    assert all(each.digest for each in found.entries if each.path != f"{INFO}/RECORD")


def test_every_scheme_is_verified() -> None:
    """All files but RECORD itself count."""
    found = EVERY.inspected()
    assert (found.record.rows, found.record.verified) == (
        len(found.entries),
        len(found.entries) - 1,
    )


def test_lines_at_the_bound() -> None:
    """As many lines as an archive may have members are read, and one more is told."""
    lines = b"".join(b"%d,,\n" % number for number in range(MOST_ROWS))
    read = read_record(lines)
    assert (MOST_ROWS, ()) == (read.rows, read.wrong)
    over = read_record(lines + b"a,,\n")
    assert (MOST_ROWS, (RecordRow("", "many"),)) == (over.rows, over.wrong)


def test_more_lines_than_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has a code of its own."""
    monkeypatch.setattr("trigpoint.wheels.record.MOST_ROWS", 4)
    assert [] == codes(_with(GOOD).inspected())
    found = codes(_with(GOOD + line("b.py", b"")).inspected())
    assert ["wheel-record-many", "wheel-record-absent"] == found


def test_every_state_has_words() -> None:
    """Each way to be wrong is said on every face."""
    states = {each.state for _, rows in WRONG.values() for each in rows}
    assert {*states, "unreadable", "many"} == set(STATES)
