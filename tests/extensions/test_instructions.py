"""Flags for the processor at hand are told, wherever the project says them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from trigpoint.extensions import Target
from trigpoint.extensions.explain import explain
from trigpoint.extensions.instructions import CARGO, MOST_CONFIGURED, native_flags
from trigpoint.labs.extensions.answer import places

TARGET = Target("cpython", (3, 13), "linux_x86_64", ".cpython-313-x86_64-linux-gnu.so", ".abi3.so")
C = '[[tool.trigpoint.extensions]]\nname = "core"\nbuilder = "c"\nmodule = "a._b"\nsources = ["b.c"]\n'
RUST = '[[tool.trigpoint.extensions]]\nname = "core"\nbuilder = "cargo"\n'


@pytest.mark.parametrize(
    ("line", "flag"),
    [
        ('compile-args = ["-O3", "-march=native"]', "-march=native"),
        ('compile-args = ["-mcpu=native"]', "-mcpu=native"),
        ('flags = ["-march=native"]', "-march=native"),
        ('env = { CFLAGS = "-g -march=native" }', "-march=native"),
        ('env = { RUSTFLAGS = "-C target-cpu=native" }', "-C target-cpu=native"),
        ('env = { RUSTFLAGS = "-Ctarget-cpu=native -g" }', "-Ctarget-cpu=native"),
        ('env = { CARGO_BUILD_RUSTFLAGS = "--codegen=target-cpu=native" }', "--codegen=target-cpu=native"),
    ],
)  # fmt: skip
def test_a_flag_of_a_table(line: str, flag: str) -> None:
    """The key is named, and the flag as it is written there."""
    ((path, found, file),) = native_flags(tomllib.loads(C + line))
    assert (flag, "") == (found, file)
    assert ("tool", "trigpoint", "extensions", 0) == path[:4]
    assert line.startswith(str(path[4]))


@pytest.mark.parametrize(
    "line",
    [
        'compile-args = ["-march=x86-64-v3", "-mtune=native"]',
        'compile-args = ["-DX=-march=native", "-march=native2"]',
        'compile-args = "no array"',
        "compile-args = [1]",
        'env = { RUSTFLAGS = "-C target-cpu=native-x" }',
        'env = { OTHER = "-march=native" }',
        'env = "-march=native"',
        'defines = ["-march=native"]',
    ],
)
def test_other_flags_are_left_alone(line: str) -> None:
    """Tuning changes no instruction, and a name of a processor is what a wheel may need."""
    assert [] == list(native_flags(tomllib.loads(C + line)))


@pytest.mark.parametrize(
    "text", ["", "[tool]\ntrigpoint = 1\n", "[tool.trigpoint]\nextensions = 1\n"]
)
def test_nothing_to_look_at(text: str) -> None:
    """Whatever stands there, nothing raises."""
    assert [] == list(native_flags(tomllib.loads(text)))


def test_it_is_a_warning_at_its_place() -> None:
    """It stops no build, and the way out is named."""
    found = explain(f'{C}compile-args = ["-march=native"]\n', TARGET, places=places)
    (finding,) = found.findings
    assert finding.span is not None
    assert finding.fix is not None
    assert (False, "extension-this-machine", 6) == (found.refused, finding.code, finding.span.line)
    assert "-march=x86-64-v2" in finding.fix.message


@pytest.mark.parametrize("file", CARGO)
@pytest.mark.parametrize(
    "text",
    [
        '[build]\nrustflags = ["-C", "target-cpu=native"]\n',
        '[target.x86_64-unknown-linux-gnu]\nrustflags = "-C target-cpu=native"\n',
        '[target."cfg(unix)"]\nrustflags = ["-Ctarget-cpu=native"]\n',
    ],
)
def test_a_file_of_cargo(tmp_path: Path, file: str, text: str) -> None:
    """It is named in the message, and read only where something is built with Cargo."""
    path = tmp_path / file
    path.parent.mkdir()
    path.write_text(text)
    ((_, _, named),) = native_flags(tomllib.loads(RUST), tmp_path)
    assert file == named
    assert [] == list(native_flags(tomllib.loads(C), tmp_path))
    assert [] == list(native_flags(tomllib.loads(RUST)))
    found = explain(RUST, TARGET, root=tmp_path, places=places).findings
    (message,) = [each.message for each in found if each.code == "extension-this-machine"]
    assert f" in {file} compiles for the processor" in message


@pytest.mark.parametrize(
    "text", ["[build", "target = 1\nbuild = 2\n", "[build]\nrustflags = 1\n", "\xff"]
)
def test_a_file_of_cargo_that_says_nothing(tmp_path: Path, text: str) -> None:
    """What cannot be read is Cargo's to tell."""
    (tmp_path / ".cargo").mkdir()
    (tmp_path / CARGO[0]).write_bytes(text.encode("latin-1"))
    assert [] == list(native_flags(tomllib.loads(RUST), tmp_path))


@pytest.mark.parametrize("more", [0, 1])
def test_a_long_file_of_cargo_is_passed_over(tmp_path: Path, more: int) -> None:
    """Up to the bound it is read."""
    text = '[build]\nrustflags = ["-Ctarget-cpu=native"]\n'
    (tmp_path / ".cargo").mkdir()
    padding = "#" * (MOST_CONFIGURED - len(text) + more)
    (tmp_path / CARGO[0]).write_text(text + padding)
    assert 1 - more == len(list(native_flags(tomllib.loads(RUST), tmp_path)))
