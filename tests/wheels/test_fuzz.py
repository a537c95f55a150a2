"""Whatever bytes are given, an inspection comes of them, and so do its landings."""

from __future__ import annotations

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from trigpoint.wheels import PLACES, collisions, inspect, landing, words

from .build import EVERY, FOREIGN, Wheel

DATA = EVERY.data()
NAMES = st.sampled_from([EVERY.name, "", "spam-1.tar.gz", "a.txt", "x-1-py3-none-any.whl"])
PARTS = st.sampled_from(
    ["spam-1.0.data", "data", "scripts", "spam-1.0.dist-info", "RECORD", "METADATA", "WHEEL",
     "entry_points.txt", "..", "", ".", "a", "A", "CON", "bin", "python", "x.data", ".data",
     ".dist-info", "-", "\\", "C:", "\udce9", "\0"]
)  # fmt: skip
TEXTS = st.binary(max_size=30) | st.sampled_from(
    [b"[console_scripts]\na = b:c\n", b"a,sha256=,\n", b"Wheel-Version: 1.0\nTag: a-b\n", b'"']
)


def _ask(data: bytes, name: str) -> None:
    found = inspect(data, name)
    for place in PLACES.values():
        for each in landing(found, place):
            assert not each.target.startswith("/")
            assert ".." not in each.target.split("/")
    collisions(found, EVERY.inspected(), [PLACES["pip-venv-windows"]])
    assert words.summary(found).endswith(".")
    assert words.record(found.record).endswith(".")


@given(st.binary(max_size=300), NAMES)
def test_any_bytes(data: bytes, name: str) -> None:
    """No bytes raise."""
    _ask(data, name)


@given(st.lists(st.tuples(st.integers(0, len(DATA) - 1), st.integers(0, 255)), max_size=5), NAMES)
def test_a_wheel_with_wrong_bytes(changes: list[tuple[int, int]], name: str) -> None:
    """No damage to a wheel raises."""
    data = bytearray(DATA)
    for place, byte in changes:
        data[place] = byte
    _ask(bytes(data), name)


@given(st.dictionaries(st.lists(PARTS, min_size=1, max_size=4).map("/".join), TEXTS, max_size=8))
def test_any_names(files: dict[str, bytes]) -> None:
    """No names and no contents of the files that are read raise."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for path, data in files.items():
            # The standard library writes no lone surrogates, and cuts at NUL.
            made.writestr(path.replace("\udce9", "\u00e9").replace("\0", "\1") or "x", data)
    _ask(file.getvalue(), "spam-1.0-py3-none-any.whl")


def test_foreign_and_odd() -> None:
    """The wheels of the other tests go through the same questions."""
    for wheel in (EVERY, FOREIGN, Wheel(project="-")):
        _ask(wheel.data(), wheel.name)
