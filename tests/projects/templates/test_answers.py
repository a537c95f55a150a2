"""Answers that cannot be, or that are unwise, are told with the answer that they are about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from trigpoint.findings import apply_fix
from trigpoint.projects.templates import (
    Answers,
    BadAnswersError,
    check_answers,
    failed,
    read_answers,
    read_record,
    render,
    templates,
)
from trigpoint.projects.templates.answers import (
    LONGEST_EVEN,
    LONGEST_NAME,
    LONGEST_TEXT,
    RESERVED,
    WELL_KNOWN,
)

TEMPLATE = templates()["uv_build"]


def codes(**answers: str) -> list[str]:
    """Return what is said of *answers*, all of which must be about one of them."""
    found = check_answers(TEMPLATE, replace(Answers(), **answers))
    assert set(found) <= set(answers)
    return [each.code for told in found.values() for each in told]


def test_the_default_answers_are_fine() -> None:
    """Nothing is said of the real project."""
    assert [] == [
        check_answers(each, Answers())
        for each in templates().values()
        if check_answers(each, Answers())
    ]


NAMES = [
    ("", ["template-name"]),
    ("-spam", ["template-name"]),
    ("spam_", ["template-name"]),
    ("snow cap", ["template-name"]),
    ("schnee-größe", ["template-name"]),
    ("spam\n", ["template-name"]),
    ("a" * LONGEST_EVEN, []),
    ("a" * (LONGEST_EVEN + 1), ["template-name-long"]),
    ("a" * LONGEST_NAME, ["template-name-long"]),
    ("a" * (LONGEST_NAME + 1), ["template-name"]),
    ("9lives", ["template-name-import"]),
    ("class", ["template-name-import"]),
    ("match", ["template-name-import"]),
    ("json", ["template-name-module"]),
    ("test", ["template-name-reserved"]),
    ("distutils", ["template-name-module"]),
    ("concurrent", ["template-name-module"]),
    ("JSON", ["template-name-module", "template-name-spelling"]),
    ("tests", ["template-name-reserved"]),
    ("nul", ["template-name-reserved"]),
    ("site-packages", ["template-name-reserved"]),
    ("numpy", ["template-name-known"]),
    ("scikit_learn", ["template-name-known", "template-name-spelling"]),
    ("My.Pkg-9", ["template-name-spelling"]),
    ("spam--eggs", ["template-name-spelling"]),
    ("spam", []),
]


@pytest.mark.parametrize(("name", "expected"), NAMES)
def test_names(name: str, expected: list[str]) -> None:
    """Each name gets what is wrong with it."""
    assert expected == codes(name=name)


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_reserved(name: str) -> None:
    """A reserved name is refused, by one rule or another."""
    assert failed(check_answers(TEMPLATE, replace(Answers(), name=name)))


def test_lists_are_in_normal_form() -> None:
    """What is compared is in the form in which it is looked up."""
    from packaging.utils import canonicalize_name

    assert [] == [each for each in RESERVED | WELL_KNOWN if canonicalize_name(each) != each]


def test_the_normal_form_is_a_button() -> None:
    """The fix writes the name in normal form, after which nothing is said."""
    (found,) = check_answers(TEMPLATE, replace(Answers(), name="My.Pkg-9"))["name"]
    assert found.fix
    assert "my-pkg-9" == apply_fix("My.Pkg-9", found.fix)


TEXTS = [
    ("author", ""),
    ("author", "  "),
    ("author", " Ada"),
    ("author", "Ada\nEve"),
    ("author", "Ada\x00"),
    ("author", "a" * (LONGEST_TEXT + 1)),
    ("author", "Example, Inc."),
    ("description", "a\tb"),
    ("email", ""),
    ("email", "ada"),
    ("email", "ada@localhost"),
    ("email", "ada <ada@example.org>"),
    ("email", 'a"b@example.org'),
    ("email", "ada@example.org\n"),
    ("email", f"{'a' * LONGEST_TEXT}@example.org"),
    ("account", ""),
    ("account", "a/b"),
    ("account", "-a"),
    ("account", "a" * (LONGEST_NAME + 1)),
]


@pytest.mark.parametrize(("key", "text"), TEXTS)
def test_texts_that_cannot_be(key: str, text: str) -> None:
    """What is no line, address or account is refused."""
    assert ["template-text"] == codes(**{key: text})


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("author", "a" * LONGEST_TEXT),
        ("author", "Zoë O'Brien 山田"),
        ("email", "zoe+9@sub.example.com"),
        ("account", "a" * LONGEST_NAME),
        ("account", "a"),
    ],
)
def test_texts_that_can_be(key: str, text: str) -> None:
    """Whatever is a line, an address or an account is taken."""
    assert [] == codes(**{key: text})


@pytest.mark.parametrize("author", ["Ada B. Example", 'Ada "B"', "Ada (B)", "Ada <b>", "Dr: Ada"])
def test_authors_that_a_backend_does_not_quote(author: str) -> None:
    """What METADATA has to quote is told with uv_build, which does not, and with no other."""
    assert ["template-author"] == codes(author=author)
    for name, each in templates().items():
        if name != "uv_build":
            assert {} == check_answers(each, replace(Answers(), author=author))


def test_a_line_is_mended_by_a_button() -> None:
    """What has blanks around it or several lines is made one line."""
    (found,) = check_answers(TEMPLATE, replace(Answers(), author=" Ada\n Example"))["author"]
    assert found.fix
    assert "Ada Example" == apply_fix(" Ada\n Example", found.fix)


@pytest.mark.parametrize("key", ["license", "python", "layout", "docs", "ci", "versioning"])
def test_choices(key: str) -> None:
    """What the template does not have is refused, and the fix lists what it has."""
    assert ["template-choice"] == codes(**{key: "none of these"})
    (found,) = check_answers(TEMPLATE, replace(Answers(), **{key: "x"}))[key]
    assert found.fix
    assert found.fix.message.startswith("choose one of ")
    assert "of ," not in found.fix.message


def test_choices_are_the_templates_own() -> None:
    """A choice that another template has is none of this one."""
    assert ["template-choice"] == codes(versioning="git")
    assert not check_answers(templates()["hatchling"], replace(Answers(), versioning="git"))


def test_no_project_of_bad_answers() -> None:
    """Rendering refuses an error, and not a warning."""
    with pytest.raises(BadAnswersError, match="name: json is a module") as caught:
        render(TEMPLATE, replace(Answers(), name="json"))
    assert ["name"] == list(caught.value.findings)
    assert render(TEMPLATE, replace(Answers(), name="numpy"))


def test_reading_answers() -> None:
    """Keys and texts are taken; what is neither is told, and the rest is still read."""
    given, found = read_answers("name = 'a'\nother = 'b'\nci = 1\n")
    assert {"name": "a"} == given
    told = {key: [each.message for each in findings] for key, findings in found.items()}
    assert {"other": ["'other' is no answer"], "ci": ["ci is no text"]} == told
    given, found = read_answers("[")
    assert ({}, [""]) == (given, list(found))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"a = {'[' * 5000}{']' * 5000}", "they are nested too deep"),
        (f"a = {'9' * 5000}", "a number in the answers is too long"),
    ],
)
def test_answers_that_the_reader_of_toml_cannot_take(text: str, words: str) -> None:
    """Depth and digits have limits of Python, and end in a finding."""
    given, found = read_answers(text)
    assert {} == given
    assert ["template-answers"] == [each.code for each in found[""]]
    assert words in found[""][0].message


def test_a_record_with_a_number_that_is_too_long() -> None:
    """It is no record of ours."""
    read, found = read_record(f"a = {'9' * 5000}")
    assert (None, ["template-record"]) == (read, [each.code for each in found])
