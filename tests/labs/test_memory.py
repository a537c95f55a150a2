"""What the labs remember is little, and of bounded size."""

from __future__ import annotations

from trigpoint.labs.memory import MOST_KEPT, kept, statements_of


def test_the_last_answers_are_kept() -> None:
    """A text that was asked lately is not looked at again, one from long ago is."""
    asked: list[tuple[str, int]] = []

    @kept(2)
    def doubled(text: str, number: int) -> str:
        """Say it twice."""
        asked.append((text, number))
        return text * 2

    for text, number in [("a", 1), ("a", 1), ("a", 2), ("a", 1), ("b", 1), ("a", 2)]:
        assert text * 2 == doubled(text, number)
    assert [("a", 1), ("a", 2), ("b", 1), ("a", 2)] == asked
    assert "Say it twice." == doubled.__doc__


def test_long_texts_are_not_kept() -> None:
    """At the bound a text is remembered, above it never."""
    asked: list[int] = []

    @kept(2)
    def length(text: str) -> int:
        asked.append(len(text))
        return len(text)

    for size in (MOST_KEPT, MOST_KEPT, MOST_KEPT + 1, MOST_KEPT + 1):
        assert size == length("x" * size)
    assert [MOST_KEPT, MOST_KEPT + 1, MOST_KEPT + 1] == asked


def test_statements_of_a_text_are_read_once() -> None:
    """The answer and what can be copied of it share them; a third text takes the place."""
    first = statements_of("os_name == 'a'")
    assert statements_of("os_name == 'a'") is first
    statements_of("os_name == 'b'")
    assert statements_of("os_name == 'a'") is first
    statements_of("os_name == 'c'")
    statements_of("os_name == 'd'")
    assert statements_of("os_name == 'a'") is not first
