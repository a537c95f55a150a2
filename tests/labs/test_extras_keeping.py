"""What the extras lab keeps from one key to the next is what it would find out again."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.extras.random_metadata import RandomMetadata, metadata, requests

from trigpoint import labs
from trigpoint.extras import Request, RuleSet, read_offer, requirements, resolution
from trigpoint.labs.extras import keeping

NAMED = "Name: pkg\nProvides-Extra: a\n"


def text_of(document: RandomMetadata, lines: list[int]) -> str:
    """Return *document* with those of its requirements whose numbers are *lines*."""
    fields = document.document
    fields["Requires-Dist"] = [fields["Requires-Dist"][number] for number in lines]
    return "".join(f"{name}: {value}\n" for name, values in fields.items() for value in values)


def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Return a list that gets the requirements which one set of rules is asked about, each time."""
    seen: list[list[str]] = []
    real = vars(keeping)["requirements"]

    def watched(offer: Any, requests: Any, environment: str, rules: RuleSet, **rest: bool) -> Any:
        if rules is RuleSet.SPEC:
            seen.append([line.text for line in offer.lines])
        return real(offer, requests, environment, rules, **rest)

    monkeypatch.setattr(keeping, "requirements", watched)
    keeping._kept.cache_clear()
    return seen


def ask(text: str = "", **fields: str) -> dict[str, Any]:
    return labs.run("extras", {"text": text, "requests": "pkg[a]", **fields})


@settings(max_examples=60, deadline=None)
@given(data=st.data(), document=metadata(), rules=st.sampled_from([each.value for each in RuleSet]))
def test_typing_changes_no_answer(
    data: st.DataObject, document: RandomMetadata, rules: str
) -> None:
    """After requirements came, went and moved, the answer is that of somebody who starts there."""
    numbers = st.lists(st.integers(0, max(0, len(document.lines) - 1)), max_size=6)
    wanted = data.draw(requests(negatives=True))
    answers = {}
    for _ in range(3):
        text = text_of(document, data.draw(numbers) if document.lines else [])
        answers[text] = labs.run("extras", {"text": text, "requests": wanted, "rules": rules})
    for text, answer in answers.items():
        keeping._kept.cache_clear()
        assert answer == labs.run("extras", {"text": text, "requests": wanted, "rules": rules})


def test_only_what_is_new_is_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    """References are asked about each time, since everything else depends on them."""
    seen = asked(monkeypatch)
    text = f"{NAMED}Requires-Dist: x\nRequires-Dist: pkg[a]\nRequires-Dist: y\n"
    ask(text)
    ask(f"{text}Requires-Dist: z\n")
    ask(text)
    assert [["x", "pkg[a]", "y"], ["pkg[a]", "z"], ["pkg[a]"]] == seen


def test_no_rules_are_asked_twice_for_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The findings on the document come from what was found out for the table."""
    solved: list[str] = []
    real = vars(resolution)["solve"]

    def watched(reading: Any, *rest: Any) -> Any:
        solved.append(reading.rules.value)
        return real(reading, *rest)

    monkeypatch.setattr(resolution, "solve", watched)
    keeping._kept.cache_clear()
    ask(f"{NAMED}Requires-Dist: x\nRequires-Dist: pkg[a]; extra != 'a'\n", rules="installers")
    assert [each.value for each in keeping.ORDER] == solved


@pytest.mark.parametrize("rules", RuleSet, ids=lambda rules: rules.value)
def test_findings_are_those_of_whoever_asks_for_all(rules: RuleSet) -> None:
    """Those on the document are the library's, also when only a requirement is new."""
    lines = [
        "x==1; extra == 'a'",
        "x==2; extra == 'a'",
        "y; os_name > 'a' and extra == 'a'",
        "y; python_full_version == 'x'",
        "pkg[b]; extra == 'a' and extra != 'b'",
        "z; extra == 'nowhere'",
    ]
    keeping._kept.cache_clear()
    for number in range(len(lines) + 1):
        offer = read_offer(
            {"Name": ["pkg"], "Provides-Extra": ["a", "b"], "Requires-Dist": lines[:number]}
        )
        request = (Request.parse("pkg[a]"),)
        environment = "cpython-3.14-linux-x86_64"
        _, _, told = keeping.tell(offer, request, environment, rules)
        assert requirements(offer, request, environment, rules).findings == told


@pytest.mark.parametrize(
    "change",
    [
        {"requests": "pkg"},
        {"environment": "cpython-3.14-windows-x64"},
        {"rules": "pep771"},
        {"text": f"{NAMED}Requires-Dist: x\nRequires-Dist: pkg[a]; os_name == 'nt'\n"},
        {"text": f"{NAMED}Provides-Extra: b\nRequires-Dist: x\n"},
        {"text": f"{NAMED}Default-Extra: a\nRequires-Dist: x\n"},
        {"text": f"{NAMED}Requires-Dist: x\n".replace("pkg", "other")},
    ],
)
def test_everything_else_that_an_answer_depends_on_is_asked_anew(
    change: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With another request, environment, rules, reference, extra, default or name nothing is kept."""
    seen = asked(monkeypatch)
    before = {"text": f"{NAMED}Requires-Dist: x\n"}
    ask(**before)
    ask(**before | change)
    assert ["x", "x"] == [lines[0] for lines in seen]


def test_so_many_requirements_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many as the bound says stay; with one more, all are asked about each time."""
    seen = asked(monkeypatch)
    monkeypatch.setattr(keeping, "MOST_KEPT", 2)
    two = f"{NAMED}Requires-Dist: x\nRequires-Dist: y\n"
    ask(two)
    ask(two)
    three = f"{two}Requires-Dist: z\n"
    assert ["x", "y", "z"] == [each["text"] for each in ask(three)["rows"]]
    ask(three)
    assert [["x", "y"], [], ["x", "y", "z"], ["x", "y", "z"]] == seen


def test_no_more_is_held_than_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text of more requirements leaves nothing behind."""
    held: dict[str, keeping.Told] = {}
    monkeypatch.setattr(keeping, "_kept", lambda _question: held)
    monkeypatch.setattr(keeping, "MOST_KEPT", 2)
    two = f"{NAMED}Requires-Dist: x\nRequires-Dist: y\n"
    ask(two)
    assert ["x", "y"] == sorted(held)
    ask(f"{two}Requires-Dist: z\n")
    assert {} == held


def test_long_requirements_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """One of as many characters as the bound says is kept, a longer one is not."""
    seen = asked(monkeypatch)
    monkeypatch.setattr(keeping, "LONGEST_KEPT", 3)
    text = f"{NAMED}Requires-Dist: abc\nRequires-Dist: abcd\n"
    ask(text)
    ask(text)
    assert [["abc", "abcd"], ["abcd"]] == seen


def test_so_many_questions_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest question is forgotten when there is one more than the bound says."""
    seen = asked(monkeypatch)
    text = f"{NAMED}Requires-Dist: x\n"
    questions = ["\n".join(["pkg"] * number) for number in range(1, keeping.MOST_CONTEXTS + 2)]
    for question in questions[: keeping.MOST_CONTEXTS]:
        ask(text, requests=question)
    seen.clear()
    ask(text, requests=questions[0])
    assert [[]] == seen
    for question in (questions[-1], questions[1]):
        ask(text, requests=question)
    assert [[], ["x"], ["x"]] == seen


def test_a_reference_beyond_the_bound_is_not_taken_for_one_within(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The same text is followed within the bound, and is a requirement on another project beyond."""
    keeping._kept.cache_clear()
    monkeypatch.setattr("trigpoint.extras.offer.MOST_REFERENCES", 1)
    head = f"{NAMED}Provides-Extra: b\nProvides-Extra: c\n"
    response = ask(f"{head}Requires-Dist: pkg[b]\nRequires-Dist: pkg[c]\nRequires-Dist: pkg[b]\n")
    (spec,) = [each for each in response["sides"] if each["rules"] == "spec"]
    assert ["a", "b"] == [each["name"] for each in spec["extras"]]
    assert 3 == spec["pulled"]
