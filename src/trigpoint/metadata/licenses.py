"""Which SPDX expression the words for a license may mean.

Words that mean one license have one answer, others several or none.

Source: SPDX License List; PEP 639.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

from trigpoint.kept import keeps

__all__ = ["LONGEST_WORDS", "expression", "is_text", "meant_licenses"]

LONGEST_WORDS: Final = 100
"""Letters of a license's name that are looked at; what is longer is a text."""

_FILLER_WORDS = re.compile(r"\b(?:the|licen[cs]ed?|version|software|public|gnu)\b")
_MARKS = re.compile(r"[^a-z0-9+]")
_WORDS = re.compile(r"[a-z0-9.+]+").findall
_VERSION = re.compile(r"(?:\b|(?<=pl))v(?=[0-9])")
_TWICE = re.compile(r"([al]?gpl[0-9]*\+?)\1")
_BOTH = re.compile(r"\s*(?:/|\||,|&|\bor\b|\band\b)\s*", re.IGNORECASE)
_FILE = re.compile(r"[\w./-]*(?:LICEN[CS]E|COPYING|NOTICE)[\w.-]*\Z", re.IGNORECASE).match

_GPL = {
    f"{family}{number}": (f"{name}-{number}.0-only", f"{name}-{number}.0-or-later")
    for family, name, numbers in (
        ("gpl", "GPL", "123"),
        ("lgpl", "LGPL", "23"),
        ("agpl", "AGPL", "13"),
    )
    for number in numbers
}

_MEANT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "apache": ("Apache-2.0", "Apache-1.1"),
        "apache2": ("Apache-2.0",),
        "asl2": ("Apache-2.0",),
        "asl20": ("Apache-2.0",),
        "artistic": ("Artistic-2.0", "Artistic-1.0"),
        "boost": ("BSL-1.0",),
        "boost1": ("BSL-1.0",),
        "bsd": ("BSD-3-Clause", "BSD-2-Clause"),
        "bsd3": ("BSD-3-Clause",),
        "3clausebsd": ("BSD-3-Clause",),
        "newbsd": ("BSD-3-Clause",),
        "modifiedbsd": ("BSD-3-Clause",),
        "revisedbsd": ("BSD-3-Clause",),
        "bsd2": ("BSD-2-Clause",),
        "2clausebsd": ("BSD-2-Clause",),
        "simplifiedbsd": ("BSD-2-Clause",),
        "freebsd": ("BSD-2-Clause",),
        "bsdclause": ("BSD-3-Clause", "BSD-2-Clause"),
        "cc0": ("CC0-1.0",),
        "eupl": ("EUPL-1.2", "EUPL-1.1"),
        "expat": ("MIT",),
        "mitexpat": ("MIT",),
        "mitmit": ("MIT",),
        "isciscl": ("ISC",),
        "general": ("GPL-3.0-only", "GPL-3.0-or-later", "GPL-2.0-only", "GPL-2.0-or-later"),
        "gpl": ("GPL-3.0-only", "GPL-3.0-or-later", "GPL-2.0-only", "GPL-2.0-or-later"),
        "lgpl": ("LGPL-3.0-only", "LGPL-3.0-or-later", "LGPL-2.1-only", "LGPL-2.1-or-later"),
        "lgpl21": ("LGPL-2.1-only", "LGPL-2.1-or-later"),
        "lgpl21+": ("LGPL-2.1-or-later",),
        "agpl": ("AGPL-3.0-only", "AGPL-3.0-or-later"),
        "mozilla": ("MPL-2.0", "MPL-1.1"),
        "mozilla20": ("MPL-2.0",),
        "mozilla20mpl20": ("MPL-2.0",),
        "mozillampl2": ("MPL-2.0",),
        "mpl": ("MPL-2.0", "MPL-1.1"),
        "mpl2": ("MPL-2.0",),
        "proprietary": ("LicenseRef-Proprietary",),
        "commercial": ("LicenseRef-Proprietary",),
        "domain": ("LicenseRef-Public-Domain", "Unlicense", "CC0-1.0"),
        "psf": ("PSF-2.0",),
        "pythonfoundation": ("PSF-2.0", "Python-2.0"),
        "python": ("PSF-2.0", "Python-2.0"),
        "unlicenseunlicense": ("Unlicense",),
        "zliblibpng": ("Zlib",),
        "zope": ("ZPL-2.1",),
        "zpl": ("ZPL-2.1",),
        **_GPL,
        **{f"{name}+": (later,) for name, (_, later) in _GPL.items()},
        **{f"{name}only": (only,) for name, (only, _) in _GPL.items()},
        **{f"{name}0": both for name, both in _GPL.items()},
        **{f"{name}0+": (later,) for name, (_, later) in _GPL.items()},
    }
)


@keeps(512)
def expression(text: str) -> str | None:
    """Return the usual spelling of *text*, an SPDX expression; None if it is none.

    >>> expression("mit or apache-2.0"), expression("Apache 2.0")
    ('MIT OR Apache-2.0', None)
    """
    try:
        return canonicalize_license_expression(text)
    except InvalidLicenseExpression:
        return None


def is_text(words: str) -> bool:
    r"""Say whether *words* are the text of a license, or a file's name, and no name of one.

    >>> is_text("LICENSE.txt"), is_text("Copyright\n..."), is_text("MIT License")
    (True, True, False)
    """
    return len(words) > LONGEST_WORDS or "\n" in words or _FILE(words.strip()) is not None


def meant_licenses(words: str) -> tuple[str, ...]:
    """Return the SPDX expressions that *words* may mean, the likeliest first.

    Empty where nothing is close; one means that the words are of that license alone.

    >>> meant_licenses("Apache 2.0"), meant_licenses("BSD")
    (('Apache-2.0',), ('BSD-3-Clause', 'BSD-2-Clause'))
    >>> meant_licenses("MIT / Apache 2.0")
    ('MIT OR Apache-2.0', 'MIT AND Apache-2.0')
    """
    if not words.strip() or is_text(words):
        return ()
    if found := _one(words):
        return found
    parts = _BOTH.split(words.strip())
    each = [_one(part) for part in parts]
    if len(parts) < 2 or not all(len(found) == 1 for found in each):
        return ()
    names = [found[0] for found in each]
    return " OR ".join(names), " AND ".join(names)


def _one(words: str) -> tuple[str, ...]:
    """Return what *words* may mean as the name of one license."""
    plain = words.lower().replace("lesser general public", "lgpl")
    plain = plain.replace("affero general public", "agpl").replace("general public", "gpl")
    plain = _VERSION.sub("", plain.replace("or later", "+"))
    spaced = _FILLER_WORDS.sub(" ", plain)
    bare = _MARKS.sub("", spaced)
    # Classifiers say the short name once more: GNU GPL v3 (GPLv3).
    if found := _MEANT.get(_TWICE.sub(r"\1", bare)):
        return found
    known = expression("-".join(_WORDS(spaced)) or "-")
    return (known,) if known else ()
