"""Words for licenses, and the SPDX expressions that they may mean."""

from __future__ import annotations

import pytest

from trigpoint.metadata.checks.values import _USUAL_LICENSES, usual_license
from trigpoint.metadata.licenses import _MEANT as MEANT
from trigpoint.metadata.licenses import LONGEST_WORDS, expression, is_text, meant_licenses

_GPL3 = ("GPL-3.0-only", "GPL-3.0-or-later")

WORDS = {
    "Apache 2.0": ("Apache-2.0",),
    "Apache License, Version 2.0": ("Apache-2.0",),
    "Apache Software License 2.0": ("Apache-2.0",),
    "Apache-2": ("Apache-2.0",),
    "Apache": ("Apache-2.0", "Apache-1.1"),
    "BSD": ("BSD-3-Clause", "BSD-2-Clause"),
    "BSD License": ("BSD-3-Clause", "BSD-2-Clause"),
    "BSD 3-Clause License": ("BSD-3-Clause",),
    "3-Clause BSD": ("BSD-3-Clause",),
    "Simplified BSD": ("BSD-2-Clause",),
    "The MIT License (MIT)": ("MIT",),
    "MIT license": ("MIT",),
    "GPLv3": _GPL3,
    "GPL 3.0": _GPL3,
    "GNU GPL v3": _GPL3,
    "GPLv3+": ("GPL-3.0-or-later",),
    "GPL v3 only": ("GPL-3.0-only",),
    "GNU General Public License v3 (GPLv3)": _GPL3,
    "GNU General Public License v3 or later (GPLv3+)": ("GPL-3.0-or-later",),
    "GNU Lesser General Public License v3": ("LGPL-3.0-only", "LGPL-3.0-or-later"),
    "GNU Affero General Public License v3": ("AGPL-3.0-only", "AGPL-3.0-or-later"),
    "LGPLv2.1": ("LGPL-2.1-only", "LGPL-2.1-or-later"),
    "Mozilla Public License 2.0 (MPL 2.0)": ("MPL-2.0",),
    "ISC License (ISCL)": ("ISC",),
    "EUPL 1.2": ("EUPL-1.2",),
    "The Unlicense": ("Unlicense",),
    "Public Domain": ("LicenseRef-Public-Domain", "Unlicense", "CC0-1.0"),
    "MIT/Apache-2.0": ("MIT OR Apache-2.0", "MIT AND Apache-2.0"),
    "MIT and BSD 3-Clause": ("MIT OR BSD-3-Clause", "MIT AND BSD-3-Clause"),
    "MIT or BSD": (),
    "mine": (),
    "MIT, mine": (),
    "": (),
    " ": (),
    "???": (),
    "see LICENSE": (),
    "LICENSE.txt": (),
    "MIT\nCopyright": (),
}


@pytest.mark.parametrize("words", WORDS)
def test_what_words_may_mean(words: str) -> None:
    """One answer where the words are of one license, several or none otherwise."""
    assert WORDS[words] == meant_licenses(words)


@pytest.mark.parametrize("words", MEANT)
def test_every_answer_is_an_expression(words: str) -> None:
    """What is offered is spelled as the list spells it."""
    assert [*MEANT[words]] == [expression(each) for each in MEANT[words]]


@pytest.mark.parametrize(("over", "text"), [(0, False), (1, True)])
def test_so_long_are_words(over: int, text: bool) -> None:
    """What is longer is the text of a license."""
    assert text is is_text("x" * (LONGEST_WORDS + over))


def test_usual_licenses_are_what_would_be_written() -> None:
    """Those that are not looked up are in their usual spelling, also with a word between them."""
    for one in sorted(_USUAL_LICENSES):
        for text in (one, f"{one} OR MIT", f"MIT AND {one} OR {one}"):
            assert usual_license(text)
            assert text == expression(text)


@pytest.mark.parametrize(
    "text", ["", "mit", "MIT OR", "OR MIT", "MIT or ISC", "MIT  OR ISC", "MIT WITH ISC"]
)
def test_other_licenses_are_looked_up(text: str) -> None:
    """Whatever is written in another way is not taken for usual."""
    assert not usual_license(text)
