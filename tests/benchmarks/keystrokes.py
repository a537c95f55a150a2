"""What a lab does for a keystroke, on CPython: JSON in, JSON out with everything for the page.

Each of a lab's examples is typed to its end: the last letters of its text come
one by one, so that texts are often half written, as they are under a reader's
hands.  Memories are emptied before every round, not between keystrokes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from tests.benchkit import Benchmark, Way, each, late
from tests.benchkit.declare import OURS

__all__ = ["BENCHMARKS", "LABS", "UNDER", "requests", "typed"]

LABS = ("markers", "algebra", "metadata", "extras")
LETTERS = 4
"""How many letters of each example are typed."""
UNDER = 0.050
"""Seconds that 95 of 100 keystrokes may take; the bar is meant for the browser."""


def typed(request: Mapping[str, Any], letters: int = LETTERS) -> Iterator[dict[str, Any]]:
    r"""Yield *request* as it is while the last *letters* of its text are typed.

    >>> [each["text"] for each in typed({"text": "os_name\n", "mode": ""}, 2)]
    ['os_nam', 'os_name', 'os_name\n']
    """
    text = request["text"]
    end = len(text.rstrip())
    for size in [*range(max(0, end - letters + 1), end), end]:
        yield {**request, "text": text[:size]}
    if end != len(text):
        yield dict(request)


def requests(lab: str) -> list[str]:
    """Return the requests of typing each of the lab's examples, as JSON."""
    from trigpoint.labs import examples

    return [
        json.dumps(request) for example in examples(lab) for request in typed(example["request"])
    ]


def _way(lab: str) -> Way:
    from trigpoint.labs import answer

    def valid(request: str) -> str:
        answered = json.loads(answer(lab, request))
        if answered["request"] is None:
            raise ValueError("the request does not fit")
        return "1" if answered["valid"] else "0"

    return Way(each(partial(answer, lab)), answer=valid, forgets=("trigpoint", "packaging"))


BENCHMARKS = tuple(
    Benchmark(
        f"{lab} lab",
        "keystroke",
        partial(requests, lab),
        {OURS: partial(_way, lab)},
        {OURS: late(UNDER)},
        apart=True,
    )
    for lab in LABS
)
