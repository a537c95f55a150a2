"""The guides have one form, so that a reader knows where to look."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "docs" / "guides"
GUIDES = sorted(page for page in FOLDER.glob("*.md") if page.stem != "index")
FIRST, LAST = "The shortest way", ["Verified on", "Further reading"]
_FRONT = re.compile(r"\A---\n.*?^---\n", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r"^(`{3,}|:{3,}).*?^\1[ \t]*$", re.MULTILINE | re.DOTALL)
_DAY = re.compile(r"\b20\d\d-\d\d-\d\d\b|\{template-proofs\}")
_HEADING = re.compile(r"^## (.*)$", re.MULTILINE)


def faults(text: str) -> list[str]:
    """Return what a guide of the source *text* lacks; code and notes are no part of its form."""
    text = _FRONT.sub("", text)
    prose = _BLOCK.sub("", text).strip()
    title, _, body = prose.partition("\n")
    headings = _HEADING.findall(body)
    found = []
    if not title.startswith("# "):
        found.append("a title")
    if not body.lstrip().startswith("What you get: "):
        found.append("what you get")
    if FIRST not in headings[:1]:
        found.append(FIRST)
    if headings[-2:] != LAST:
        found += LAST
    # The proofs of templates say on which day each was.
    if not _DAY.search(text.rpartition("\n## Verified on\n")[2]):
        found.append("a day")
    return found


@pytest.mark.parametrize("page", [pytest.param(each, id=each.stem) for each in GUIDES])
def test_a_guide_has_its_parts(page: Path) -> None:
    """What you get, the shortest way first, and at the end on what and when it was tried."""
    assert [] == faults(page.read_text("utf-8"))


GOOD = """---
followed: true
---

# Title

What you get: all of it.

## The shortest way

```text
## Not a heading
```

## Verified on

2026-11-26.

## Further reading

- More.
"""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", []),
        ("What you get", "You get", ["what you get"]),
        ("# Title", "Title", ["a title"]),
        ("## The shortest way", "## First\n\n## The shortest way", [FIRST]),
        ("## Further reading", "## More", LAST),
        ("2026-11-26.", "Lately.", ["a day"]),
        ("2026-11-26.", "```{template-proofs} rust\n```", []),
        ("## Verified on", "## Tried on", LAST),
    ],
)
def test_what_counts_as_the_form(old: str, new: str, expected: list[str]) -> None:
    """Each part is missed where it is left out, or stands elsewhere."""
    assert expected == faults(GOOD.replace(old, new) if old else GOOD)
