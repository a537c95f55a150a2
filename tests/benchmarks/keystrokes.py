"""What a lab does for a keystroke, on CPython: JSON in, JSON out with everything for the page.

Each of a lab's examples is typed to its end: the last letters of its text come
one by one, so that texts are often half written, as they are under a reader's
hands.  Memories are emptied before every round, not between keystrokes.

Large texts have :data:`LARGE` letters: a file with hundreds of requirements, one with a
long description, and the requirements alone.  A key is pressed in the middle of them, as
often as it takes for the first answer, which remembers nothing yet, to be one of many.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from tests.benchkit import Benchmark, Way, each, late
from tests.benchkit.declare import OURS

__all__ = [
    "BENCHMARKS",
    "COMPOSED",
    "COMPOSED_IN_PAGE",
    "LABS",
    "LARGE",
    "LARGE_LABS",
    "LARGE_UNDER",
    "UNDER",
    "large_requests",
    "large_texts",
    "requests",
    "typed",
]

LABS = ("markers", "algebra", "metadata", "extras", "external")
LETTERS = 4
"""How many letters of each example are typed."""
UNDER = 0.050
"""Seconds that 95 of 100 keystrokes may take; the bar is meant for the browser."""
COMPOSED = 0.020
"""Seconds that 95 of 100 keystrokes of a project's name may take; all files are written anew."""
COMPOSED_IN_PAGE = 0.100
"""The same in the browser."""
LARGE = 60_000
"""Letters of a large text."""
LARGE_UNDER = 0.100
"""Seconds that 95 of 100 keystrokes in a large text may take."""
LARGE_KEYS = 30
"""Keys that are pressed in a large text: of so many, one cold answer is below five of 100."""
LARGE_LABS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "markers": ("requirements", {}),
    "algebra": ("requirements", {}),
    "metadata": ("metadata", {}),
    "metadata, long description": ("description", {}),
    "metadata, installers": ("metadata", {"view": "installers"}),
    "extras": ("metadata", {"requests": "spam[extra-10]"}),
    "messages": ("requirements", {}),
}
"""For each question about a large text: which text, and the other fields of the request."""


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


def large_texts() -> dict[str, str]:
    """Return the large texts by name, each of :data:`LARGE` letters or a line more.

    >>> [len(text) // 1000 for text in large_texts().values()]
    [60, 60, 60]
    """
    systems = ("win32", "linux", "darwin")
    lines: list[str] = []
    length = 0
    for number in itertools.count(1):
        marker = (
            f"python_version >= '3.{8 + number % 6}' and sys_platform == '{systems[number % 3]}'"
        )
        if number % 4 == 0:
            marker += f" and extra == 'extra-{number // 10 * 10 + 10}'"
        lines.append(f"project-{number}>={number % 7}.{number % 5},<{number % 7 + 3}; {marker}")
        length += len(lines[-1]) + len("Requires-Dist: \n")
        if length >= LARGE:
            break
    head = "Metadata-Version: 2.4\nName: spam\nVersion: 1.0\n"
    extras = "".join(f"Provides-Extra: extra-{each}\n" for each in range(10, len(lines) + 20, 10))
    prose = "Spam goes with eggs, and eggs go with spam, as everybody knows.\n"
    requires = "".join(f"Requires-Dist: {line}\n" for line in lines)
    return {
        "requirements": "".join(f"{line}\n" for line in lines * 2)[:LARGE],
        "metadata": (head + extras + requires)[:LARGE],
        "description": f"{head}\n{prose * (LARGE // len(prose))}",
    }


def large_requests(name: str) -> list[str]:
    """Return the requests of typing in the middle of the large text of *name*, as JSON."""
    text, fields = LARGE_LABS[name]
    whole = large_texts()[text]
    middle = whole.index("\n", len(whole) // 2)
    return [
        json.dumps({**fields, "text": f"{whole[:middle]}{'a' * keys}{whole[middle:]}"})
        for keys in range(LARGE_KEYS)
    ]


def _way(lab: str) -> Way:
    from trigpoint.labs import answer

    def valid(request: str) -> str:
        answered = json.loads(answer(lab, request))
        if answered["request"] is None:
            raise ValueError("the request does not fit")
        return "1" if answered["valid"] else "0"

    return Way(each(partial(answer, lab)), answer=valid, forgets=("trigpoint", "packaging"))


def _benchmark(name: str, lab: str, asks: Callable[[], Sequence[Any]], limit: float) -> Benchmark:
    """Declare a keystroke in *lab*, whose requests *asks* gives, to be answered within *limit*."""
    ours = {OURS: partial(_way, lab)}
    return Benchmark(name, "keystroke", asks, ours, {OURS: late(limit)}, apart=True)


BENCHMARKS = (
    *(_benchmark(f"{lab} lab", lab, partial(requests, lab), UNDER) for lab in LABS),
    _benchmark("composer lab", "composer", partial(requests, "composer"), COMPOSED),
    *(
        _benchmark(
            f"{name}, 60 kB", name.partition(",")[0], partial(large_requests, name), LARGE_UNDER
        )
        for name in LARGE_LABS
    ),
)
