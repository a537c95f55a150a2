"""What an inspection holds: entries by scheme, sizes, entry points, licences and SBOMs."""

from __future__ import annotations

import gzip
import io
import tarfile
from pathlib import Path

import pytest

from trigpoint.archives import ArchiveError, Limits
from trigpoint.wheels import MOST_TAGS, MOST_TEXT, Entry, EntryPoint, inspect
from trigpoint.wheels.entry_points import read_entry_points
from trigpoint.wheels.names import spread

from .build import EVERY, FOREIGN, Wheel, codes
from .real_wheels import main


def test_a_wheel_with_everything() -> None:
    """Each field says what the wheel holds."""
    data = EVERY.data()
    found = inspect(data, EVERY.name)
    assert (EVERY.name, "wheel", len(data)) == (found.name, found.kind, found.size)
    assert ("Every_Thing", "1.0", "purelib") == (found.project, found.version, found.root)
    assert (("py3-none-any",), "hand") == (found.tags, found.generator)
    assert sum(map(len, EVERY.contents().values())) == found.unpacked
    assert ("Every_Thing-1.0.dist-info/licenses/LICENSE",) == found.licences
    assert ("Every_Thing-1.0.dist-info/sboms/a.cdx.json",) == found.sboms
    assert (
        EntryPoint("console_scripts", "every", "pkg:main"),
        EntryPoint("gui_scripts", "every-gui", "pkg:main"),
    ) == found.entry_points
    assert not found.has_errors
    assert [("purelib", 9), ("platlib", 1), ("scripts", 2), ("headers", 2), ("data", 2)] == [
        (scheme, files) for scheme, files, _ in found.sizes()
    ]
    assert found.unpacked == sum(size for _, _, size in found.sizes())


def test_entries() -> None:
    """An entry has scheme and path below it, its part, its mode and its hash."""
    found = EVERY.inspected()
    entries = {each.path: each for each in found.entries}
    path = "Every_Thing-1.0.data/data/share/every/thing.txt"
    digest = "e3b98a4da31a127d4bde6e43033f66ba274cab0eb7eb1c70ec41402bf6273dd8"
    compressed = entries[path].compressed
    assert (
        Entry(path, "data", "share/every/thing.txt", "data", "file", 1, compressed, 0o644, digest)
        == entries[path]
    )
    root, info = entries["root_mod.py"], entries["Every_Thing-1.0.dist-info/WHEEL"]
    assert ("purelib", "root_mod.py", "package") == (root.scheme, root.inner, root.part)
    assert ("purelib", "metadata") == (info.scheme, info.part)


def test_the_root_of_a_wheel_for_one_platform() -> None:
    """What lies in no data folder is platlib then, and foreign data folders are told apart."""
    entries = {each.path: each for each in FOREIGN.inspected().entries}
    assert "platlib" == entries["flat.py"].scheme
    foreign = entries["other-2.0.data/scripts/other-command"]
    assert ("foreign", "scripts", "other-command") == (foreign.part, foreign.scheme, foreign.inner)


def test_what_has_no_scheme_is_counted_last() -> None:
    """Files of an unknown scheme, or outside of the archive, are summed up under no name."""
    found = Wheel({"../x": b"12", "spam-1.0.data/odd/y": b"345"}).inspected()
    assert ("", 2, 5) == found.sizes()[-1]


def test_a_folder_is_no_file() -> None:
    """Folders are entries, and count in no size."""
    found = Wheel({"spam/": b"", "spam-1.0.data/": b"", "spam-1.0.data/data/": b""}).inspected()
    assert ["spam", "spam-1.0.data", "spam-1.0.data/data"] == sorted(
        each.path for each in found.entries if each.kind == "dir"
    )
    assert [("purelib", 3)] == [(scheme, files) for scheme, files, _ in found.sizes()]
    assert [] == codes(found)


def test_a_licence_in_the_metadata() -> None:
    """The expression is that of METADATA."""
    text = b"Metadata-Version: 2.4\nName: spam\nVersion: 1.0\nLicense-Expression: MIT OR 0BSD\n"
    assert "MIT OR 0BSD" == Wheel({"spam-1.0.dist-info/METADATA": text}).inspected().licence


def test_a_file_on_disk(tmp_path: Path) -> None:
    """A path is read as its bytes are, and one where nothing is has a finding."""
    path = tmp_path / EVERY.name
    path.write_bytes(EVERY.data())
    assert EVERY.inspected() == inspect(path) == inspect(str(path))
    gone = inspect(tmp_path / "gone-1-py3-none-any.whl")
    assert (None, True) == (gone.size, gone.has_errors)
    assert inspect("a\0b").size is None


def test_what_is_neither_bytes_nor_a_path() -> None:
    """It is a mistake of the program."""
    with pytest.raises(ArchiveError):
        inspect(3)  # type: ignore[arg-type]


def test_without_a_name() -> None:
    """Name and version come from the folder of the metadata, and no name is held against it."""
    found = inspect(EVERY.data())
    assert ("", "wheel", "Every_Thing", []) == (
        found.name, found.kind, found.project, codes(found),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Every_Thing-1.0.whl", "wheel-name"),
        ("Every_Thing-1.0-py2.py3-none-any.whl", "wheel-tags"),
        ("Every_Thing-1.0-py3-none-any.whl", ""),
    ],
)
def test_the_name_of_the_file(name: str, code: str) -> None:
    """Its form and its tags are looked at."""
    assert [code] * bool(code) == codes(EVERY.inspected(name))


def test_compressed_tags() -> None:
    """Tags in WHEEL may be compressed as in the name, in several lines, or missing."""
    for lines in (b"Tag: py2.py3-none-any\n", b"Tag: py3-none-any\nTag: py2-none-any\n", b""):
        head = b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\n"
        wheel = Wheel({"spam-1.0.dist-info/WHEEL": head + lines}, tag="py2.py3-none-any")
        assert [] == codes(wheel.inspected())
    odd = Wheel({"spam-1.0.dist-info/WHEEL": head + b"Tag: py3\n" + b"Tag: py2-none-any\n"})
    assert ["wheel-tags"] == codes(odd.inspected())


def test_tags_at_the_bound() -> None:
    """A compressed tag set of as many tags is spread out, and one of more is not."""
    many = tuple(f"py{number}" for number in range(MOST_TAGS))
    assert MOST_TAGS == len(spread(many, ("none",), ("any",)))
    assert set() == spread((*many, "x"), ("none",), ("any",))
    parts = ".".join(f"p{number}" for number in range(100))
    found = EVERY.inspected(f"Every_Thing-1.0-{parts}-{parts}-any.whl")
    assert ["wheel-name"] == codes(found)
    assert "more than are compared" in found.findings[0].message


def test_tags_of_the_wheel_file_at_the_bound() -> None:
    """As many tags as that are compared with those of the name; one more is not."""
    side = [f"p{number}" for number in range(32)]
    tag = f"{'.'.join(side)}-{'.'.join(side)}-any"
    lines = [f"Tag: {one}-{two}-any\n" for one in side for two in side]
    assert MOST_TAGS == len(lines)
    for more, expected in (("", []), (lines[0], ["wheel-tags"])):
        text = f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\n{''.join(lines)}{more}"
        wheel = Wheel({"spam-1.0.dist-info/WHEEL": text.encode()}, tag=tag)
        assert expected == codes(wheel.inspected())


def test_entry_points_at_the_bound() -> None:
    """A file of as many bytes is read whole; of a longer one, what fits, which is told."""
    text = b"[console_scripts]\na = b:c\n"
    path = "spam-1.0.dist-info/entry_points.txt"
    for more, expected in ((0, []), (1, ["archive-large"])):
        comment = b"#" + b"x" * (MOST_TEXT - len(text) - 1 + more)
        found = Wheel({path: text + comment}).inspected()
        assert expected == [each for each in codes(found) if each != "wheel-ratio"]
        assert 1 == len(found.entry_points)


def test_entry_points_as_they_are_written() -> None:
    """Comments, blank lines and blanks around a sign count for nothing; strays are told."""
    text = "x = y\n; c\n# c\n\n[ a ]\n  b=c : d  \r\n = e\nf\n[g]\nh = i = j\n"
    assert (
        (EntryPoint("a", "b", "c : d"), EntryPoint("g", "h", "i = j")),
        ("x = y", " = e", "f"),
    ) == read_entry_points(text)


def test_an_sdist() -> None:
    """The names in an sdist are looked at too, and nothing of it has a scheme."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as made:
        for name in ("spam-1/PKG-INFO", "spam-1/A.py", "spam-1/a.py", "spam-1/aux.py"):
            info = tarfile.TarInfo(name)
            info.size = 1
            made.addfile(info, io.BytesIO(b"x"))
    found = inspect(gzip.compress(file.getvalue()), "spam-1.tar.gz")
    assert ("sdist", "", "", 4) == (found.kind, found.root, found.project, found.unpacked)
    assert ["wheel-windows-name", "wheel-case"] == sorted(codes(found), reverse=True)
    assert {""} == {each.scheme for each in found.entries}
    assert all(each.digest for each in found.entries)


def test_limits_are_those_of_the_archive() -> None:
    """What is over a limit is told, and the rest is there."""
    found = inspect(EVERY.data(), EVERY.name, Limits(members=3))
    assert 3 == len(found.entries)
    assert "archive-many" in codes(found)


def test_the_check_of_real_wheels(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command fails without a wheel and with an error in one, and passes otherwise."""
    assert 1 == main([str(tmp_path)])
    (tmp_path / EVERY.name).write_bytes(EVERY.data())
    assert 0 == main([str(tmp_path)])
    assert "RECORD is right about 15 files." in capsys.readouterr().out
    (tmp_path / FOREIGN.name).write_bytes(FOREIGN.data())
    assert 1 == main([str(tmp_path)])
    assert "wheel-foreign-data" in capsys.readouterr().err
