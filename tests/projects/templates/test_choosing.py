"""Which template fits, and why."""

from __future__ import annotations

import itertools

import pytest

from trigpoint.installers.backends import BACKENDS
from trigpoint.projects.templates import LANGUAGES, WISHES, choose, templates
from trigpoint.projects.templates.choosing import Choice

SUBSETS = [each for size in range(len(WISHES) + 1) for each in itertools.combinations(WISHES, size)]


@pytest.mark.parametrize(
    ("language", "wishes", "expected"),
    [
        ("", "", "hatchling"),
        ("", "data", "hatchling"),
        ("", "uv", "uv_build"),
        ("", "uv alone", "uv_build"),
        ("", "alone", "flit-core"),
        ("", "git", "hatchling"),
        ("", "git uv", "hatchling"),
        ("", "git alone", "pdm-backend"),
        ("", "setup", "setuptools"),
        ("", "setup uv alone git data", "setuptools"),
        ("c", "", "skbuild-c"),
        ("c", "alone", "setuptools-c"),
        ("c", "setup", "setuptools-c"),
        ("cpp", "", "skbuild-pybind11"),
        ("cpp", "setup", "setuptools-pybind11"),
        ("cython", "", "skbuild-cython"),
        ("cython", "setup", "skbuild-cython"),
        ("fortran", "", "skbuild-fortran"),
        ("rust", "", "maturin-rust"),
        ("rust", "alone", "maturin-rust"),
    ],
)
def test_what_fits(language: str, wishes: str, expected: str) -> None:
    """The language rules out the most, then setup.py, git, uv, and packages for the build."""
    assert expected == choose(language, wishes.split()).template


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("wishes", SUBSETS, ids=" ".join)
def test_every_answer_fits_with_reasons(language: str, wishes: tuple[str, ...]) -> None:
    """Whatever is answered, a template of the catalogue fits, each once, and reasons are said once."""
    choice = choose(language, wishes)
    names = [choice.template, *choice.others]
    assert set(names) <= set(templates())
    assert len(names) == len(set(names))
    assert choice.reasons
    assert len(choice.reasons) == len(set(choice.reasons))
    assert all(each.endswith(".") for each in choice.reasons)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("wish", WISHES)
def test_every_wish_is_answered(language: str, wish: str) -> None:
    """A wish that changes no template has a reason all the same, but for data in compiled ones."""
    if not (language and wish == "data") and (language, wish) != ("c", "alone"):
        assert choose(language, [wish]) != choose(language, [])


def test_git_is_offered_where_the_template_has_it() -> None:
    """A template that is recommended for versions from git has that answer."""
    for wishes in SUBSETS:
        if "git" in wishes:
            assert "git" in templates()[choose("", wishes).template].options["versioning"]


def test_compiled_templates_say_that_they_have_no_version_from_git() -> None:
    """As long as none has that answer, the reader is told."""
    for language in filter(None, LANGUAGES):
        choice = choose(language, ["git"])
        assert "git" not in templates()[choice.template].options["versioning"]
        assert "yourself" in choice.reasons[-1]


def test_what_uv_build_does_not_do_is_recorded() -> None:
    """The reason names the version that was run."""
    stretch = BACKENDS["uv_build"].stretches["dynamic-version"][-1]
    assert "refused" == stretch.outcome
    assert f"uv_build {stretch.last} takes" in choose("", ["git", "uv"]).reasons[-1]
    assert not any("uv_build" in each for each in choose("", ["git"]).reasons)


@pytest.mark.parametrize(
    ("wishes", "words"),
    [
        ("setup data", "package-data"),
        ("setup git", "setuptools-scm"),
        ("setup git alone", "but for that"),
        ("setup alone", "needs no other package."),
        ("setup uv", "as it runs every backend"),
        ("uv alone", "needs no other package."),
    ],
)
def test_reasons_answer_the_wishes(wishes: str, words: str) -> None:
    """Each wish beside the one that decides has its sentence."""
    assert any(words in each for each in choose("", wishes.split()).reasons)
    assert not any(words in each for each in choose("", wishes.split()[:1]).reasons)


def test_setuptools_is_first_where_it_was_asked_for() -> None:
    """What else fits goes behind it, and it is not named twice."""
    assert Choice(
        "setuptools-c",
        (
            "The code is C, which a backend of pure Python cannot compile.",
            "What your setup.py does stays, and moves to tables bit by bit.",
            "setuptools calls the compiler itself, so that no CMake or Meson is needed.",
        ),
        ("skbuild-c", "mesonpy-c"),
    ) == choose("c", ["setup"])
    assert "setup.py goes" in choose("rust", ["setup"]).reasons[1]
    with pytest.raises(KeyError):
        choose("cobol", [])
