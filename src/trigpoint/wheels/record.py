"""RECORD against the archive: what is listed, and whether each hash and size is right.

Idea: RECORD is read into a table first, then the archive is read once from front to back,
and each file is hashed on the way with what its line asks for.

Cost: linear in what the archive unpacks to, within the bounds of its reader; no more
than one chunk of a file is held, or one compiled file.

Example: a line ``a.py,sha256=AbC,3`` and a file of four bytes differ in hash and size;
the hash is told, since the size follows from it.

Source: binary distribution format, "The .dist-info directory", "Signed wheel files".
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from trigpoint.archives import MOST_MEMBERS, Archive, Member
from trigpoint.archives.faults import Notes, shown
from trigpoint.findings import Finding
from trigpoint.wheels.compiled import CompiledFiles
from trigpoint.wheels.data import RecordRow, RecordVerdict

__all__ = ["ALGORITHMS", "MOST_ROWS", "Read", "RecordLine", "read_record", "verify"]

ALGORITHMS: Final = frozenset(
    {"sha256", "sha384", "sha512", "sha3_256", "sha3_384", "sha3_512", "blake2b", "blake2s"}
)
"""Hashes that RECORD may use: sha256 or better."""

MOST_ROWS: Final = MOST_MEMBERS
"""Lines of RECORD that are read: as many as an archive may have members."""

_SIGNATURES: Final = (".dist-info/RECORD.jws", ".dist-info/RECORD.p7s")


class RecordLine(NamedTuple):
    """A line of RECORD: the ``algorithm`` and ``digest`` of a file, and its ``size`` as text."""

    algorithm: str
    digest: str
    size: str


class Read(NamedTuple):
    """What RECORD says: ``lines`` by path, how many ``rows`` it has, and what is ``wrong`` in it."""

    lines: Mapping[str, RecordLine]
    rows: int
    wrong: tuple[RecordRow, ...]


def read_record(data: bytes) -> Read:
    r"""Read the bytes *data* of a RECORD file; of two lines for a file, the first counts.

    >>> read_record(b"a.py,sha256=AbC,3\n").lines
    {'a.py': RecordLine(algorithm='sha256', digest='AbC', size='3')}
    """
    text = data.decode("utf-8", "surrogateescape")
    lines: dict[str, RecordLine] = {}
    wrong = []
    rows = 0
    try:
        for row in csv.reader(io.StringIO(text, newline="")):
            if not row:
                continue
            if rows == MOST_ROWS:
                wrong.append(RecordRow("", "many"))
                break
            rows += 1
            path = row[0]
            size = row[-1]
            if len(row) != 3 or not path or (size and not (size.isascii() and size.isdigit())):
                wrong.append(RecordRow(path, "row"))
                continue
            algorithm, _, digest = row[1].partition("=")
            if path in lines:
                wrong.append(RecordRow(path, "twice"))
            else:
                lines[path] = RecordLine(algorithm.lower(), digest.rstrip("="), size)
    except csv.Error:
        # A field longer than the module reads, so that nothing behind it is known.
        wrong.append(RecordRow("", "row"))
    return Read(lines, rows, tuple(wrong))


def verify(
    archive: Archive, record: Member | None, notes: Notes, compiled: CompiledFiles
) -> tuple[RecordVerdict, Mapping[int, str]]:
    """Hold the file *record* of *archive* against its files, and hash them all.

    Return the verdict and the SHA-256 of each file that could be read, by its number;
    what is wrong goes to *notes*, and each file passes by *compiled* on the way.  Without
    *record* there are only the hashes.
    """
    read = None
    if record is not None:
        content = archive.read(record)
        if content.whole:
            read = read_record(content.data)
        _tell(content.findings, notes)
    lines = read.lines if read else {}
    digests: dict[int, str] = {}
    wrong = list(read.wrong) if read else []
    verified = 0
    own = record.path if record else ""
    left = dict(lines)
    for reading in archive.readings():
        member = reading.member
        path = member.path or member.name
        # Who wrote the name into the archive wrote it into RECORD, slash for slash.
        line = left.pop(path if path in left else member.name, None)
        plain = hashlib.sha256()
        asked = None
        if line and line.algorithm in ALGORITHMS and line.algorithm != "sha256":
            asked = hashlib.new(line.algorithm)
        size = 0
        for piece in reading:
            if not size:
                compiled.begin(piece)
            compiled.add(piece)
            plain.update(piece)
            size += len(piece)
            if asked:
                asked.update(piece)
        compiled.end(path, whole=not reading.findings)
        if reading.findings:
            _tell(reading.findings, notes)
            wrong.append(RecordRow(path, "unreadable"))
            continue
        digests[member.number] = plain.hexdigest()
        if read is None or path == own or (not line and path.endswith(_SIGNATURES)):
            continue
        state = _state(line, (asked or plain).digest(), size)
        if state:
            wrong.append(RecordRow(path, state))
        else:
            verified += 1
    wrong += (RecordRow(path, "absent") for path in left if path != own)
    for row in wrong:
        if row.state in _CODES:
            notes.add(_CODES[row.state], _SAID[row.state].format(path=shown(row.path)))
    present = read is not None
    rows = read.rows if read else 0
    return RecordVerdict(present, rows, verified, tuple(wrong)), digests


def _tell(findings: Iterable[Finding], notes: Notes) -> None:
    for each in findings:
        notes.add(each.code, each.message)


def _state(line: RecordLine | None, digest: bytes, size: int) -> str:
    """Return what is wrong with *line* about a file of that *digest* and *size*; empty if nothing."""
    if line is None:
        return "unlisted"
    if not line.algorithm and not line.digest:
        return "unhashed"
    if line.algorithm not in ALGORITHMS:
        return "algorithm"
    if line.digest != base64.urlsafe_b64encode(digest).decode("ascii").rstrip("="):
        return "encoding" if _is_spelled_otherwise(line.digest, digest) else "hash"
    return "size" if line.size and (line.size.lstrip("0") or "0") != str(size) else ""


def _is_spelled_otherwise(text: str, digest: bytes) -> bool:
    r"""Whether *text* is *digest* in hexadecimal or in the other alphabet of base64.

    >>> _is_spelled_otherwise("FBFF", b"\xfb\xff"), _is_spelled_otherwise("+/8", b"\xfb\xff")
    (True, True)
    """
    plain = base64.b64encode(digest).decode("ascii").rstrip("=")
    return text == plain or text.lower() == digest.hex()


_CODES: Final = {
    "absent": "wheel-record-absent",
    "unlisted": "wheel-record-unlisted",
    "hash": "wheel-record-hash",
    "encoding": "wheel-record-encoding",
    "size": "wheel-record-size",
    "algorithm": "wheel-record-algorithm",
    "unhashed": "wheel-record-unhashed",
    "twice": "wheel-record-twice",
    "row": "wheel-record-row",
    "many": "wheel-record-many",
}
_SAID: Final = {
    "absent": "RECORD lists {path}, which is not in the wheel",
    "unlisted": "{path} is not in RECORD",
    "hash": "{path} does not have the hash that RECORD states",
    "encoding": "RECORD states the hash of {path} otherwise than in base64 for URLs",
    "size": "{path} does not have the size that RECORD states",
    "algorithm": "RECORD states a hash of {path} that the specification does not allow",
    "unhashed": "RECORD states no hash of {path}",
    "twice": "RECORD lists {path} twice",
    "many": f"RECORD has more than {MOST_ROWS:,} lines; the others are not read",
    "row": "a line of RECORD is no path, hash and size: {path}",
}
