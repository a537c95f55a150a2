"""What is kept about a reader's text is of bounded size."""

from __future__ import annotations

import pytest

from trigpoint.kept import MOST_LETTERS, SHORT, keeps, letters_of


def test_the_last_answers_are_kept() -> None:
    """A text that was asked lately is not looked at again, one from long ago is."""
    asked: list[str] = []

    @keeps(2)
    def doubled(text: str) -> str:
        """Say it twice."""
        asked.append(text)
        return text * 2

    for text in ("a", "a", "b", "a", "c", "a", "b"):
        assert text * 2 == doubled(text)
    assert ["a", "b", "c", "b"] == asked
    assert "Say it twice." == doubled.__doc__
    assert (3, 4, 2, 2) == doubled.cache_info()


def test_number_of_entries_and_letters_are_bounded_apart() -> None:
    """At the bound a text is one of a number of entries; one letter more, and it shares letters."""

    @keeps(2)
    def length(text: str) -> int:
        return len(text)

    assert SHORT == length("x" * SHORT)
    assert (1, 0, 0) == (length.cache_info().currsize, len(length.held), length.held.letters)
    assert SHORT + 1 == length("x" * (SHORT + 1))
    assert (1, 1, SHORT + 1) == (
        *(length.cache_info().currsize, len(length.held)),
        length.held.letters,
    )
    length.cache_clear()
    assert (0, 0, 0) == (length.cache_info().currsize, len(length.held), length.held.letters)


def test_longer_texts_share_their_letters() -> None:
    """The one that was asked for longest ago goes, as many as it takes; those that stay are not asked."""
    asked: list[str] = []

    @keeps(2)
    def first(text: str) -> str:
        asked.append(text[0])
        return text[0]

    third = MOST_LETTERS // 3
    texts = {letter: letter * third for letter in "abcd"}
    for letter in "abcbadacb":
        assert letter == first(texts[letter])
    # c was asked for longest ago when d came, then b.
    assert ["a", "b", "c", "d", "c", "b"] == asked
    assert (3, 3 * third) == (len(first.held), first.held.letters)
    assert "x" == first("x" * (MOST_LETTERS - third))
    assert (2, MOST_LETTERS) == (len(first.held), first.held.letters)
    assert "b" == first(texts["b"])
    assert ["x"] == asked[6:]


@pytest.mark.parametrize(("more", "expected"), [(0, 1), (1, 2)])
def test_a_text_that_is_longer_than_all_is_not_held(more: int, expected: int) -> None:
    """With one letter more it is looked at each time, and sends nothing else away."""
    asked: list[int] = []

    @keeps(2)
    def length(text: str) -> int:
        asked.append(len(text))
        return len(text)

    size = MOST_LETTERS + more
    assert [size, size] == [length("x" * size), length("x" * size)]
    assert expected == len(asked)
    assert (1 - more, size * (1 - more)) == (len(length.held), length.held.letters)


def test_several_arguments_are_counted_by_who_knows_them() -> None:
    """Names and places of arguments tell answers apart; letters are those that are counted."""
    asked: list[tuple[str, int]] = []

    @keeps(4, letters_of)
    def times(text: str, times: int = 1) -> str:
        asked.append((text[:1], times))
        return text * times

    for text in ("a", "b" * (SHORT + 1)):
        for number in (2, 3, 2):
            assert text * number == times(text, number)
            assert text * number == times(text, times=number)
    assert [(letter, number) for letter in "ab" for number in (2, 2, 3, 3)] == asked
    assert (4, 4 * (SHORT + 1)) == (len(times.held), times.held.letters)


def test_values_are_counted_together() -> None:
    """Many short texts are one long one, and a short list may hold a long text."""
    assert 4 == letters_of("a", ("bcd",), None)

    @keeps(4, letters_of)
    def count(values: tuple[str, ...]) -> int:
        return len(values)

    assert SHORT == count(("x",) * SHORT)
    assert SHORT + 1 == count(("x",) * (SHORT + 1))
    assert (1, 1) == (count.cache_info().currsize, len(count.held))


@pytest.mark.parametrize("size", [1, SHORT + 1])
def test_an_error_is_not_kept(size: int) -> None:
    """Who asks again may get an answer."""
    answers = [ValueError("not yet"), 1]

    @keeps(4)
    def fails(text: str) -> int:
        answer = answers.pop(0)
        if isinstance(answer, ValueError):
            raise answer
        return len(text)

    with pytest.raises(ValueError, match="not yet"):
        fails("x" * size)
    assert (size, size) == (fails("x" * size), fails("x" * size))
