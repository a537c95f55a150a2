"""Whatever a file holds, a check has findings for it, and every format writes them."""

from __future__ import annotations

import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.catalogue import RULES
from trigpoint.projects import Report, check_text
from trigpoint.projects.formats.as_json import as_json
from trigpoint.projects.formats.github import github
from trigpoint.projects.formats.sarif import sarif
from trigpoint.projects.formats.text import text
from trigpoint.projects.globs import license_pattern

from .build import HEAD, TABLE, sdist, wheel

PIECES = {
    "pyproject.toml": [
        *TABLE.encode().splitlines(keepends=True),
        b'dependencies = ["a>=1"]\n',
        b"[dependency-groups]\n",
        b'a = [{include-group = "a"}]\n',
    ],
    "requirements.txt": [
        b"a==1 ",
        b"--hash=sha256:00",
        b"\\\n",
        b"-r ",
        b"-c x\n",
        b"-e .\n",
        b"\n",
        b"# via",
        b"${A}",
        b"--index-url",
        b"b @ https://x/y\n",
        b"; os_name == 'nt'",
        b"./x.whl\n",
    ],
    "constraints.txt": [b"a[b]", b"==1", b"\n", b"-e .", b"./x", b";", b"-r x"],
    "METADATA": [
        *HEAD.encode().splitlines(keepends=True),
        b"Requires-Dist: a; extra == 'b'\n",
        b"Provides-Extra: b\n",
        b"\n",
        b" x\n",
    ],
    "": [b"[", b"a = 'b'\n", b"Name: x\n", b"spam>1\n", b"#", b"\n"],
}
ARCHIVES = {"spam-1.0-py3-none-any.whl": wheel(), "spam-1.0.tar.gz": sdist(setup_py="x")}
ODD = st.sampled_from([b"\x00", b"\xff", b"\xef\xbb\xbf", b"\r", b"\x1b[0m", "é\u202e".encode()])


@st.composite
def files(draw: st.DrawFn) -> tuple[str, bytes]:
    """Return the name of a file of some kind, and bytes that are nearly of that kind."""
    name = draw(st.sampled_from([*PIECES, *ARCHIVES]))
    if name in PIECES:
        piece = st.sampled_from(PIECES[name]) | ODD | st.binary(max_size=4)
        return name, b"".join(draw(st.lists(piece, max_size=12)))
    data = bytearray(ARCHIVES[name])
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(data)))
        data[at : at + draw(st.integers(0, 4))] = draw(ODD | st.binary(max_size=4))
    return name, bytes(data)


def written(report: Report) -> None:
    """Write *report* in every format, and hold each to what all of them must be."""
    found = json.loads(as_json(report))
    assert len(report.findings) == sum(found["findings"].values())
    assert len(report.findings) == len(json.loads(sarif(report))["runs"][0]["results"])
    for everything in (False, True):
        told = text(report, everything=everything)
        assert told.endswith("\n")
        told.encode("utf-8")
        assert all(char.isprintable() or char == "\n" for char in told)
        commands = github(report, everything=everything).splitlines()
        assert all(
            line.startswith(("::error ", "::warning ", "::notice ", "::debug::"))
            for line in commands[:-1]
        )
    assert text(report, everything=True).count("[") >= len(report.findings)


@given(files())
def test_any_bytes(file: tuple[str, bytes]) -> None:
    """Only findings, all of the catalogue, with places in the text that the report has."""
    name, data = file
    report = check_text(data, name)
    [checked] = report.files
    for found in report.findings:
        assert found.code in RULES
        assert found.span is None or 0 <= found.span.start <= found.span.end <= len(checked.text)
    assert checked.read or report.failed
    assert report == check_text(data, name)
    written(report)


@given(files())
def test_an_index_never_raises(file: tuple[str, bytes]) -> None:
    """Nor does it when an index is asked."""
    name, data = file
    written(check_text(data, name, index="pypi"))


@pytest.mark.skipif(sys.platform == "emscripten", reason="takes long in WebAssembly")
@given(st.binary(max_size=60), st.text(max_size=12))
def test_any_name(data: bytes, name: str) -> None:
    """A file may be called anything."""
    written(check_text(data, name))


@given(st.text("ab*?[]-/.", max_size=12), st.text("ab-/.", max_size=8))
def test_any_pattern(pattern: str, path: str) -> None:
    """Every pattern has an answer; one without signs means itself."""
    found = license_pattern(pattern)(path)
    if not set(pattern) & set("*?["):
        assert found == (pattern == path)
