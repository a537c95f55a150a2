"""A request in the fragment of an address, as the labs of a page read it.

The other half is ``playground/src/permalink.ts``, which reads and writes the same form;
here it is written for pages that are built, where no script runs.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

__all__ = ["READABLE", "fragment"]

READABLE: Final = 2_000
"""Letters of a fragment that people can read; a longer one is packed."""

_SAFE: Final = "-_.!~*'()=,:;/?@$"
_LAST: Final = "!'()*,.:;?~_-"


def fragment(identifier: str, request: Mapping[str, Any]) -> str:
    """Return the fragment that opens the lab called *identifier* with the fields of *request*.

    >>> fragment("lab", {"text": "os_name == 'nt'", "line": 1})
    "lab?v=1&text=os_name+==+'nt%27&line:=1"
    """
    fields = "".join(f"&{_field(name, value)}" for name, value in request.items())
    readable = f"{identifier}?v=1{fields}"
    if len(readable) <= READABLE:
        return readable
    raw = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    packed = raw.compress(_formed(_json(request)).encode()) + raw.flush()
    return f"{identifier}?v=1&z={base64.urlsafe_b64encode(packed).decode('ascii').rstrip('=')}"


def _field(name: str, value: Any) -> str:
    if isinstance(value, str):
        return f"{name}={_escaped(value)}"
    return f"{name}:={_escaped(_json(value))}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _formed(text: str) -> str:
    """Return *text* with a picture for each half of a pair, which no address can hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _escaped(text: str) -> str:
    escaped = quote(_formed(text), safe=_SAFE).replace("%20", "+")
    # Programs that find links in text leave these out at the end of one.
    if escaped[-1:] and escaped[-1] in _LAST:
        return f"{escaped[:-1]}%{ord(escaped[-1]):02X}"
    return escaped
