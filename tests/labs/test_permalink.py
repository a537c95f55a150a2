"""Requests in addresses, as pages without a script write them."""

from __future__ import annotations

import base64
import json
import zlib
from urllib.parse import unquote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.labs.permalink import READABLE, fragment


@pytest.mark.parametrize(
    ("request_", "written"),
    [
        ({}, "lab?v=1"),
        ({"text": "os_name == 'nt'"}, "lab?v=1&text=os_name+==+'nt%27"),
        ({"text": "a+b&c#d%"}, "lab?v=1&text=a%2Bb%26c%23d%25"),
        ({"text": "é\n"}, "lab?v=1&text=%C3%A9%0A"),
        ({"text": "a."}, "lab?v=1&text=a%2E"),
        ({"text": ""}, "lab?v=1&text="),
        ({"text": "\ud800"}, "lab?v=1&text=%EF%BF%BD"),
        ({"line": 1, "extras": ["a", "b"]}, "lab?v=1&line:=1&extras:=%5B%22a%22,%22b%22%5D"),
        ({"all": True}, "lab?v=1&all:=true"),
    ],
)
def test_fields_are_written_as_the_page_reads_them(
    request_: dict[str, object], written: str
) -> None:
    """Texts are as they are, as far as people can read them; all else is JSON."""
    assert written == fragment("lab", request_)


def test_a_long_request_is_packed() -> None:
    """What would be too long to read is packed, and one letter less is not."""
    room = READABLE - len("lab?v=1&text=")
    assert f"lab?v=1&text={'a' * room}" == fragment("lab", {"text": "a" * room})
    found = fragment("lab", {"text": "a" * (room + 1)})
    packed = found.removeprefix("lab?v=1&z=")
    assert packed != found
    raw = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
    assert {"text": "a" * (room + 1)} == json.loads(zlib.decompress(raw, wbits=-15))


@given(st.text(max_size=50))
def test_every_text_comes_back(text: str) -> None:
    """Whatever is in a text, it is read as it was, but for halves of pairs."""
    written = fragment("lab", {"text": text}).removeprefix("lab?v=1&text=")
    assert set(written) <= set(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.!~*'()=,:;/?@$+%"
    )
    assert text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") == unquote_plus(
        written
    )
