"""Names go into paths and contents, and the zip is the tree."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from trigpoint.projects.templates import (
    Answers,
    answers_about,
    as_zip,
    layers,
    licenses,
    purpose,
    render,
    source,
    templates,
    verified,
)
from trigpoint.projects.templates.catalogue import OPTIONS, template
from trigpoint.projects.templates.names import escaped, forms, replaced


@pytest.mark.parametrize(
    ("name", "package", "class_name", "title"),
    [
        ("snow-cap", "snow_cap", "SnowCap", "Snow Cap"),
        ("My.Pkg-9", "my_pkg_9", "MyPkg9", "My Pkg 9"),
        ("a__b", "a_b", "AB", "A B"),
        ("numPy", "numpy", "NumPy", "NumPy"),
    ],
)
def test_forms(name: str, package: str, class_name: str, title: str) -> None:
    """Each form is made from the words of the name."""
    found = forms(name)
    assert (name, package, package.upper()) == (found.distribution, found.package, found.constant)
    assert (class_name, title) == (found.class_name, found.title)


def test_one_pass() -> None:
    """What an answer brings is not replaced again, and the longest token wins."""
    names = {"ab": "b", "b": "ab", "abc": "x"}
    assert {"x/ab": b"b ab x"} == replaced({"abc/b": b"ab b abc"}, names, {})


def test_texts_do_not_go_into_paths() -> None:
    """A text may have characters that no path has."""
    assert {"Ada": b"/"} == replaced({"Ada": b"Ada"}, {"x": "y"}, {"Ada": "/"})


def test_other_files_stay() -> None:
    """What is no UTF-8 is not changed."""
    assert {"y": b"x\xff"} == replaced({"x": b"x\xff"}, {"x": "y"}, {})


@pytest.mark.parametrize(
    ("text", "written"),
    [("3.11", "3.12"), (">=3.11.", ">=3.12."), ('"3.11"', '"3.12"'), ("3.11 3.11", "3.12 3.12")],
)
def test_a_version_that_stands_alone(text: str, written: str) -> None:
    """It is replaced, whatever marks stand around it."""
    assert {"x": written.encode()} == replaced({"x": text.encode()}, {"3.11": "3.12"}, {})


@pytest.mark.parametrize("text", ["13.11", "3.110", "3.11.7", "1.3.11", "v3.11", "3.11a"])
def test_a_version_in_another(text: str) -> None:
    """It is left alone."""
    assert {"x": text.encode()} == replaced({"x": text.encode()}, {"3.11": "3.12"}, {})


@pytest.mark.parametrize(
    ("suffix", "written"),
    [
        (".toml", 'a \\"b\\" \\\\ *_<'),
        (".yml", 'a \\"b\\" \\\\ *_<'),
        (".cff", 'a \\"b\\" \\\\ *_<'),
        (".py", 'a \\"b\\" \\\\ *_<'),
        (".md", 'a "b" \\\\ \\*\\_\\<'),
        ("", 'a "b" \\ *_<'),
    ],
)
def test_escaping(suffix: str, written: str) -> None:
    """Each kind of file has a text as it reads it."""
    assert written == escaped('a "b" \\ *_<', suffix)


def test_older_pythons_go_from_lists_only() -> None:
    """Lists of Pythons begin with the oldest; classifiers and workflows agree."""
    files = render(templates()["hatchling"], Answers(python="3.13"))
    project = files["pyproject.toml"].decode()
    assert 'requires-python = ">=3.13"' in project
    assert [f'  "Programming Language :: Python :: 3.{minor}",' for minor in (13, 14)] == [
        line for line in project.splitlines() if ":: 3." in line
    ]
    workflow = files[".github/workflows/ci.yml"].decode()
    assert '        python:\n          - "3.13"\n          - "3.14"\n    steps' in workflow


def test_the_layers_of_answers() -> None:
    """Each answer brings its layers, in the order of the options, and the license comes last."""
    hatchling = template("hatchling")
    base = ("common", "pure", "hatchling")
    default = (*base, "docs-sphinx", "ci-github", "license-bsd")
    assert default == layers(hatchling, Answers())
    chosen = Answers(layout="flat", docs="none", ci="none", versioning="git", license="MIT")
    assert (*base, "flat", "hatchling-git", "license-mit") == layers(hatchling, chosen)


def test_zip() -> None:
    """The zip has the files below one folder, sorted, and says nothing of when it was made."""
    files = {"b": b"2", "a/x": b"1" * 1000}
    with zipfile.ZipFile(io.BytesIO(as_zip(files, "top"))) as archive:
        assert ["top/a/x", "top/b"] == archive.namelist()
        assert files == {
            name.removeprefix("top/"): archive.read(name) for name in archive.namelist()
        }
        assert {(1980, 1, 1, 0, 0, 0)} == {each.date_time for each in archive.infolist()}
        assert {zipfile.ZIP_STORED} == {each.compress_type for each in archive.infolist()}
        assert {0o100644} == {each.external_attr >> 16 for each in archive.infolist()}


def test_catalogue() -> None:
    """Every answer that a template has is explained, and every layer that it names is there."""
    files = source.read()
    there = {path.split("/")[1] for path in files if path.startswith("layers/")}
    named = set(licenses().values())
    for each in templates().values():
        named |= {*each.layers}
        for option in OPTIONS:
            assert set(each.answers(option)) <= set(answers_about(option))
            named |= {layer for adds in each.options[option].values() for layer in adds}
    assert there == named
    assert "" == purpose("no such file")
    with pytest.raises(KeyError):
        template("no such template")


def test_stamps_are_of_templates() -> None:
    """A template that is gone has no stamp."""
    assert set(verified()) <= set(templates())


# -- where the files come from


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """Where neither the folder nor the zip is, that is told."""
    with pytest.raises(FileNotFoundError):
        source.read_folder(tmp_path / "x")


@pytest.mark.parametrize("packed", [True, False])
def test_one_reader_for_both(packed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The zip is read where there is one, and else the folder."""
    monkeypatch.setattr(source, "PACKED", tmp_path / "templates.zip")
    monkeypatch.setattr(source, "FOLDER", tmp_path / "templates")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "x").write_bytes(b"folder")
    if packed:
        with zipfile.ZipFile(tmp_path / "templates.zip", "w") as archive:
            archive.writestr("x", b"packed")
    source.read.cache_clear()
    try:
        assert {"x": b"packed" if packed else b"folder"} == dict(source.read())
    finally:
        source.read.cache_clear()
