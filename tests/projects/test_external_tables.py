"""A check of a project reads what it says about the system, too."""

from __future__ import annotations

from trigpoint.projects.reading import read_bytes

HEAD = '[project]\nname = "x"\nversion = "1"\n'


def test_the_table_is_read() -> None:
    """Its findings are among those of the file, and it is named among what was read."""
    text = HEAD + '[external]\nhost-requires = ["dep:zlib"]\n'
    found = read_bytes(text.encode(), "pyproject.toml").report
    assert "[external]" in found.read
    assert "[external]" not in [each.what for each in found.not_read]
    assert [5] == [
        each.span.line for each in found.findings if each.code == "external-type" and each.span
    ]
    assert "pyproject-table" not in [each.code for each in found.findings]


def test_without_the_table_nothing_is_said() -> None:
    """A file without it was not looked at for it."""
    found = read_bytes(HEAD.encode(), "pyproject.toml").report
    assert "[external]" not in found.read


def test_fields_of_metadata_are_read() -> None:
    """What is wrong with a DepURL is said, and free text is left alone."""
    text = (
        "Metadata-Version: 2.4\nName: x\nVersion: 1\nRequires-External: C; os_nam == 'x'\n"
        "Requires-External-Dep: dep:generic/zlib@~=1.2\n"
    )
    found = read_bytes(text.encode(), "METADATA").report.findings
    codes = [each.code for each in found]
    assert 1 == codes.count("external-operator")
    assert "external-opaque" not in codes
    assert 1 == codes.count("metadata-external-marker")
