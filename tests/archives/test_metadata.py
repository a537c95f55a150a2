"""The metadata of an archive: where it is looked for, and what misleads."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from trigpoint.archives import Metadata, find_metadata, metadata_members, open_archive

from .build import Part, entry, header, make_zip, tar

TEXT = b"Name: caf\xe9\n"
WHEEL = "spam-1.0-py3-none-any.whl"
SDIST = "spam-1.0.tar.gz"


def wheel(*parts: Part, name: str = WHEEL) -> Metadata:
    return find_metadata(open_archive(make_zip(parts), name))


def sdist(*members: bytes, name: str = SDIST) -> Metadata:
    return find_metadata(open_archive(gzip.compress(tar(*members)), name))


def codes(found: Metadata) -> list[str]:
    return [finding.code for finding in found.findings]


def test_metadata_of_a_wheel() -> None:
    """METADATA is that of the .dist-info folder at the top, its bytes as they are."""
    found = wheel(
        Part(b"spam/_vendor/x-1.dist-info/METADATA", b"other"),
        Part(b"spam-1.0.dist-info/METADATA", TEXT),
        Part(b"spam-1.0.dist-info/WHEEL", b"Wheel-Version: 1.0\n"),
    )
    assert ("wheel", TEXT, b"Wheel-Version: 1.0\n", ()) == (
        found.kind,
        found.data,
        found.wheel,
        found.findings,
    )
    assert found.member is not None
    assert "spam-1.0.dist-info/METADATA" == found.member.path


def test_metadata_of_an_sdist() -> None:
    """PKG-INFO is that of the top folder, not that of an .egg-info."""
    found = sdist(
        entry(b"spam-1.0/x.egg-info/PKG-INFO", b"other"), entry(b"spam-1.0/PKG-INFO", TEXT)
    )
    assert ("sdist", TEXT, b"", ()) == (found.kind, found.data, found.wheel, found.findings)


def test_metadata_of_a_zipped_sdist() -> None:
    """A zip without .dist-info is an sdist, unless it is called a wheel."""
    part = Part(b"spam-1.0/PKG-INFO", TEXT)
    assert ("sdist", TEXT, []) == (
        (found := wheel(part, name="spam-1.0.zip")).kind,
        found.data,
        codes(found),
    )
    assert ("wheel", None, ["archive-metadata-missing"]) == (
        (found := wheel(part)).kind,
        found.data,
        codes(found),
    )


def test_wheel_is_known_without_its_name() -> None:
    """A .dist-info folder makes a zip a wheel."""
    assert ("wheel", TEXT) == (
        (found := wheel(Part(b"x.dist-info/METADATA", TEXT), name="")).kind,
        found.data,
    )


def test_metadata_of_a_text() -> None:
    """A file that is no archive is the metadata itself."""
    found = find_metadata(open_archive(TEXT, "METADATA"))
    assert ("file", TEXT, ()) == (found.kind, found.data, found.findings)


def test_metadata_of_nothing() -> None:
    """What cannot be read has its own finding and no second one."""
    found = find_metadata(open_archive(b"\x7fELF"))
    assert ("", None, None, ["archive-kind"]) == (
        found.kind,
        found.member,
        found.data,
        codes(found),
    )


def test_metadata_of_a_folder(tmp_path: Path) -> None:
    """What was built comes before what it is built from."""
    found = find_metadata(open_archive(tmp_path))
    assert ("folder", None, ["archive-metadata-missing"]) == (found.kind, found.data, codes(found))
    paths = [
        "spam-1.dist-info/METADATA",
        "spam.egg-info/PKG-INFO",
        "src/spam.egg-info/PKG-INFO",
        "PKG-INFO",
        "pyproject.toml",
    ]
    for path in (*paths, "docs/pyproject.toml", "a/b/c.egg-info/PKG-INFO", "a/PKG-INFO"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(path.encode())
    archive = open_archive(tmp_path)
    assert paths == [member.path for member in metadata_members(archive)]
    assert (paths[0].encode(), ()) == ((found := find_metadata(archive)).data, found.findings)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (wheel(Part(b"spam/a.py")), ["archive-metadata-missing"]),
        (sdist(entry(b"a/b/PKG-INFO")), ["archive-metadata-missing"]),
        (sdist(entry(b"PKG-INFO")), ["archive-metadata-place", "archive-metadata-missing"]),
        (
            wheel(Part(b"METADATA"), Part(b"spam-1.0.dist-info/METADATA")),
            ["archive-metadata-place"],
        ),
        (
            sdist(entry(b"../PKG-INFO"), entry(b"spam-1.0/PKG-INFO")),
            ["archive-name-outside", "archive-metadata-place"],
        ),
        (
            sdist(header(b"spam-1.0/PKG-INFO", kind=b"2", link=b"x")),
            ["archive-link", "archive-metadata-place", "archive-metadata-missing"],
        ),
        (
            sdist(header(b"spam/x/PKG-INFO", kind=b"5"), entry(b"spam-1.0/PKG-INFO")),
            [],
        ),
        (
            sdist(entry(b"spam-1.0/PKG-INFO"), entry(b"spam-1.0//PKG-INFO")),
            ["archive-duplicate", "archive-metadata-several"],
        ),
        (
            sdist(entry(b"spam-1.0/PKG-INFO"), entry(b"eggs-1/PKG-INFO")),
            ["archive-metadata-several"],
        ),
        (
            wheel(Part(b"spam-1.0.dist-info/METADATA"), Part(b"eggs-1.dist-info/METADATA")),
            ["archive-metadata-several"],
        ),
        (wheel(Part(b"eggs-1.0.dist-info/METADATA")), ["archive-metadata-name"]),
        (wheel(Part(b"spam-2.0.dist-info/METADATA")), ["archive-metadata-name"]),
        (sdist(entry(b"spam/PKG-INFO")), ["archive-metadata-name"]),
        (sdist(entry(b"spam/PKG-INFO"), name="spam.tgz"), []),
        (sdist(entry(b"spam/PKG-INFO"), name="eggs.TGZ"), ["archive-metadata-name"]),
        (sdist(entry(b"spam/PKG-INFO"), name=""), []),
        (wheel(Part(b"SPAM_1-1.dist-info/METADATA"), name="spam.1-1-py3-none-any.whl"), []),
        (wheel(Part(b"a-1.dist-info/METADATA"), name="a-1-2-py3-none-any.whl"), []),
        (wheel(Part(b"a-1.dist-info/METADATA"), name="b-1-2-py3-none-any.whl"),
         ["archive-metadata-name"]),
        # A name that is no wheel's has nothing to compare with.
        (wheel(Part(b"a-1.dist-info/METADATA"), name="b.whl"), []),
        (wheel(Part(b"a-1.dist-info/METADATA"), name="b-1-c-2-py3-none-any.whl"), []),
        (wheel(Part(b"a-1.dist-info/METADATA"), name="b.zip"), []),
    ],
)  # fmt: skip
def test_metadata_that_misleads(found: Metadata, expected: list[str]) -> None:
    """What an installer would take by accident is a finding."""
    assert expected == codes(found)


def test_many_of_them_are_counted() -> None:
    """A message names five members and counts the rest."""
    for number, end in ((5, "'4/PKG-INFO'"), (6, "'4/PKG-INFO' and 1 more")):
        found = sdist(*(entry(b"%d/PKG-INFO" % each) for each in range(number)), name="")
        assert found.findings[0].message.endswith(end)


def test_metadata_that_cannot_be_read() -> None:
    """Half of a METADATA is none."""
    found = wheel(Part(b"spam-1.0.dist-info/METADATA", TEXT, checksum=1))
    assert (None, "archive-checksum") == (found.data, codes(found)[-1])
    found = wheel(
        Part(b"spam-1.0.dist-info/METADATA", TEXT),
        Part(b"spam-1.0.dist-info/WHEEL", TEXT, checksum=1),
    )
    assert (TEXT, b"", "archive-checksum") == (found.data, found.wheel, codes(found)[-1])


def test_limit_of_what_is_read() -> None:
    """Metadata as long as the limit is read, and one byte more is not."""
    archive = open_archive(TEXT)
    assert TEXT == find_metadata(archive, len(TEXT)).data
    found = find_metadata(archive, len(TEXT) - 1)
    assert (None, ["archive-large"]) == (found.data, codes(found))


def test_listing_that_stopped_says_nothing_of_what_is_missing() -> None:
    """What was not read may hold the metadata."""
    found = find_metadata(open_archive(entry(b"spam-1.0/a"), "spam-1.0.tar"))
    assert (None, ["archive-truncated"]) == (found.data, codes(found))
