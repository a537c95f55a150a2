"""The features that installers are known to differ on: their names, and words about each.

A feature is a short name such as ``extras-in@named``.  Recorded cases declare
features, documents are searched for them, and a prediction is the meeting of
the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["CONTEXT", "FEATURES", "KNOWN_VERSIONS", "WITH_RELATION", "describe"]

KNOWN_VERSIONS = ("1.0", "1.1", "1.2", "2.0", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6")
"""Every Metadata-Version that was written or recorded; 2.0 was never approved."""

_RELATIONS = {
    "bare": "asked for without an extra",
    "named": "asked for with an extra that the marker names",
    "other": "asked for with an extra that the marker does not name",
    "several": "asked for with several extras",
}

_TEXT = {
    "metadata-version-newer-minor": "Metadata-Version with a newer minor part",
    "metadata-version-newer-major": "Metadata-Version with a newer major part",
    "metadata-version-unknown": "Metadata-Version that was never published",
    "metadata-version-short": "Metadata-Version with one part",
    "metadata-version-invalid": "Metadata-Version that is no version",
    "metadata-version-missing": "no Metadata-Version",
    "wheel-version-newer-minor": "Wheel-Version with a newer minor part",
    "wheel-version-newer-major": "Wheel-Version with a newer major part",
    "older-release": "an older release to fall back on",
    "only-release": "no other release",
    "requires-dist": "plain requirement",
    "requires-dist-extra": "requirement that asks for an extra",
    "requires-dist-empty-brackets": "requirement with empty brackets",
    "requires-dist-url": "requirement with an address",
    "requires-dist-invalid": "requirement that cannot be read",
    "requires-dist-legacy": "requirement with a legacy specifier",
    "environment-marker": "marker about the environment",
    "marker-unknown-variable": "marker with an unknown variable",
    "extra-equality": "extra == value",
    "extra-negation": "extra != value",
    "extra-conjunction": "two tests of extra that must both hold",
    "extra-in-value": "extra in a list",
    "extra-in-substring": "extra in a longer name",
    "value-in-extra": "value in extra",
    "extra-order": "order between extra and a value",
    "extra-empty": "extra compared with an empty value",
    "extra-operator": "another operator on extra",
    "extras-in": "value in extras",
    "extras-not-in": "value not in extras",
    "extras-conjunction": "two tests of extras that must both hold",
    "extras-operator": "another operator on extras",
    "dependency-groups": "test of dependency_groups",
    "extra-not-provided": "extra that no Provides-Extra lists",
    "self-reference": "requirement of the project itself, with extras",
    "extra-name-invalid": "Provides-Extra that is no valid name",
    "extras-clash": "two extras that are the same after normalisation",
    "extras-clash-normal": "a clashing extra asked for in its normal form",
    "extras-clash-unnormalised": "a clashing extra asked for in another spelling",
    "request-unknown-extra": "extra asked for that is not provided",
    "default-extra@bare": "Default-Extra, asked for without brackets",
    "default-extra@empty": "Default-Extra, asked for with empty brackets",
    "default-extra@extra": "Default-Extra, asked for with an extra",
    "requires-python-invalid": "Requires-Python that cannot be read",
    "requires-python-legacy": "Requires-Python with a legacy specifier",
    "version-invalid": "Version outside PEP 440",
    "duplicate-name": "Name given twice",
    "duplicate-version": "Version given twice",
    "duplicate-field": "single-use field given twice",
    "duplicate-url-label": "two Project-URL with the same label",
    "field-too-new": "field that is newer than the Metadata-Version",
    "unknown-field": "field that no version of the specification has",
    "license-and-license-expression": "License and License-Expression together",
    "license-expression-invalid": "License-Expression that SPDX does not allow",
    "content-type-unknown": "unknown Description-Content-Type",
    "summary-folded": "Summary of several lines",
    "not-utf-8": "bytes that are no UTF-8",
    "byte-order-mark": "byte order mark",
    "leading-blank-line": "blank line before the first field",
    "field-after-blank-line": "field after a blank line",
    "line-without-colon": "line without a colon among the fields",
    "blank-before-colon": "blank before a colon",
    "crlf": "lines that end with CR LF",
    "field-name-case": "field name in another case",
    "folded-requires-dist": "requirement folded onto several lines",
    "nul-character": "NUL character",
    "content-transfer-encoding": "Content-Transfer-Encoding field",
    "file-name-plain": "ordinary wheel file name",
    "file-name-build": "build tag",
    "file-name-build30": "build tag of digits and points",
    "file-name-build30md": "build tag of digits and letters",
    "file-name-buildmd3": "build tag that starts with a letter",
    "file-name-platform": "unknown platform tag beside a known one",
    "file-name-python": "unknown Python tag beside a known one",
    "file-name-abi": "unknown ABI tag beside a known one",
    "file-name-local": "local version in the file name",
    "file-name-localbuild": "local version and build tag in the file name",
    "file-name-trailing": "part after the tags",
    "file-name-trailingbuild": "part after the tags, and a build tag",
    "file-name-slotabi": "unknown ABI tag alone",
    "file-name-slotpython": "unknown Python tag alone",
    "file-name-slotplatform": "unknown platform tag alone",
    "file-name-whlx": "suffix .whlx",
    "file-name-whl3": "another suffix that starts with .whl",
    "file-name-upper": "suffix in upper case",
    "file-name-short": "part missing in the file name",
    "file-name-name": "project name in mixed case in the file name",
    "file-name-version": "version spelled otherwise in the file name than in METADATA",
    "file-name-other": "file name that is no wheel's",
}

WITH_RELATION = (
    "extra-equality",
    "extra-negation",
    "extra-conjunction",
    "extra-in-value",
    "extra-in-substring",
    "value-in-extra",
    "extra-order",
    "extra-empty",
    "extra-operator",
    "extras-in",
    "extras-not-in",
    "extras-conjunction",
    "extras-operator",
    "dependency-groups",
    "extra-not-provided",
    "self-reference",
)
"""Features that depend on the extras asked for; an ``@`` and the relation follow."""

_SPELLINGS = ("normal", "lower", "mixed")


def _vocabulary() -> dict[str, str]:
    names = {f"metadata-version-{known}": f"Metadata-Version {known}" for known in KNOWN_VERSIONS}
    for name, said in _TEXT.items():
        if name in WITH_RELATION:
            names |= {f"{name}@{key}": f"{said}, {text}" for key, text in _RELATIONS.items()}
        else:
            names[name] = said
    for provides in _SPELLINGS:
        for marker in _SPELLINGS:
            for asked in _SPELLINGS:
                names[f"extra-spelling-{provides}-{marker}-{asked}"] = (
                    f"extra spelled {provides} in Provides-Extra, {marker} in the marker "
                    f"and {asked} in the request"
                )
    del names["extra-spelling-normal-normal-normal"]
    return names


FEATURES: Mapping[str, str] = MappingProxyType(_vocabulary())
"""Every feature by name, with a few words about it.

What follows an ``@`` says how the request stands to the marker.  In the names
of spellings, *normal* is the normalised form, *lower* differs in separators
only, *mixed* has capitals.
"""

CONTEXT = frozenset({"older-release", "only-release"})
"""Features of the situation, which need no evidence of their own."""


def describe(feature: str) -> str:
    """Return a few words about *feature*.

    Raises :exc:`KeyError` for a name that is not in :data:`FEATURES`.

    >>> describe("extras-in@named")
    'value in extras, asked for with an extra that the marker names'
    """
    return FEATURES[feature]
