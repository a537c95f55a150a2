"""What the labs remember of the text on the screen."""

from __future__ import annotations

from trigpoint.labs.memory import statements_of


def test_statements_of_a_text_are_read_once() -> None:
    """The answer and what can be copied of it share them; a third text takes the place."""
    first = statements_of("os_name == 'a'")
    assert statements_of("os_name == 'a'") is first
    statements_of("os_name == 'b'")
    assert statements_of("os_name == 'a'") is first
    statements_of("os_name == 'c'")
    statements_of("os_name == 'd'")
    assert statements_of("os_name == 'a'") is not first
