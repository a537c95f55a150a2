"""The features that installers are known to differ on: their names, and words about each.

A feature is a short name such as ``extras-in@named``.  Recorded cases declare
features, documents are searched for them, and a prediction is the meeting of
the two.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from trigpoint.installers.forms import OPERATORS, SHAPES
from trigpoint.markers.meaning.environments import VARIABLES
from trigpoint.metadata.fields import FIELDS

__all__ = ["CONTEXT", "FEATURES", "KNOWN_VERSIONS", "ORDINARY", "WITH_RELATION", "describe"]

KNOWN_VERSIONS = ("1.0", "1.1", "1.2", "2.0", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6")
"""Every Metadata-Version that was written or recorded; 2.0 was never approved."""

_RELATIONS = {
    "bare": "asked for without an extra",
    "named": "asked for with an extra that the marker names",
    "other": "asked for with an extra that the marker does not name",
    "several": "asked for with an extra that the marker names, and one more",
    "mixed": "asked for with several extras, some of which the marker names",
    "others": "asked for with several extras that the marker does not name",
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
    "requires-dist-url-http": "direct reference over http",
    "requires-dist-url-https": "direct reference over https",
    "requires-dist-url-git": "direct reference to a git repository",
    "requires-dist-url-other": "direct reference of another kind",
    "requires-dist-url-http-unused": "direct reference over http that does not apply",
    "requires-dist-url-https-unused": "direct reference over https that does not apply",
    "requires-dist-url-git-unused": "direct reference to a git repository that does not apply",
    "requires-dist-url-other-unused": "direct reference of another kind that does not apply",
    "requires-dist-invalid": "requirement with >>> that cannot be read",
    "requires-dist-empty": "requirement without any text",
    "requirement-unreadable": "requirement that cannot be read, in a form that no case has",
    "requires-dist-legacy": "requirement with a legacy specifier in parentheses",
    "requirement-trailing-comma": "specifier that ends in a comma",
    "requirement-trailing-comma-parenthesised": "specifier in parentheses that ends in a comma",
    "requirement-unmeetable": "requirement that no version meets",
    "requirements-exclude": "requirements of one project that no version meets",
    "requirements-undecided": "requirements of one project that may exclude each other",
    "requirement-name-spelling": "name of a requirement in another spelling",
    "requirement-parenthesised": "specifier in parentheses",
    "requirement-blanks-odd": "blanks of another kind, or several at a time, in a requirement",
    "requirement-odd": "parentheses around nothing",
    "requirement-itself": "requirement of the project itself, without extras",
    "specifier-prerelease": "prerelease in a specifier",
    "specifier-postrelease": "post-release in a specifier",
    "specifier-local": "local version in a specifier",
    "specifier-epoch": "epoch in a specifier",
    "specifier-odd": "version in another spelling in a specifier",
    "marker-unreadable-half": "marker that ends after and or or",
    "marker-unreadable-lone": "marker that is a variable alone",
    "marker-unreadable-other": "marker that cannot be read, in a form that no case has",
    "marker-combination": "tests of extras joined as in no case",
    "marker-equality": "marker with == or !=",
    "marker-order": "marker that puts versions in order",
    "marker-order-of-text": "marker that puts text in order",
    "marker-membership": "marker with in or not in",
    "marker-operator-other": "marker with another operator",
    "marker-reversed": "marker with the value first",
    "marker-value-other": "marker with a value that is no plain version",
    **{
        f"marker-versions-{slug}@{how}": f"versions in a list with {said}, {words}"
        for slug, said in (("comma", "commas"), ("blank", "blanks"))
        for how, words in (
            ("holds", "where the marker holds"),
            ("fails", "where the marker fails"),
            ("joined", "beside other tests"),
        )
    },
    "unused-form": "requirement in an unusual form that does not apply",
    "requirement-unreadable-marked": "marker behind a specifier that cannot be read",
    "marker-undecided": "marker that depends on the machine",
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
    "extra-undeclared-combined": "extra asked for that only an unusual marker names",
    "extra-not-provided": "extra that no Provides-Extra lists",
    "self-reference": "requirement of the project itself, with extras",
    "extra-name-invalid": "Provides-Extra that is no valid name",
    "extras-clash": "two extras that are the same after normalisation",
    "extras-clash-normal": "a clashing extra asked for in its normal form",
    "extras-clash-unnormalised": "a clashing extra asked for in another spelling",
    "request-unknown-extra": "extra asked for that is not provided",
    "extra-spelling-unused": "extra in another spelling that brings no requirement",
    "self-reference-unknown": "requirement of the project itself with an extra that is not provided",
    "self-reference-always": "requirement of the project itself that always holds",
    "several-irregularities": "what is unusual behind what hides the fields",
    "default-extra@bare": "Default-Extra, asked for without brackets",
    "default-extra@empty": "Default-Extra, asked for with empty brackets",
    "default-extra@extra": "Default-Extra, asked for with an extra",
    "requires-python-invalid": "Requires-Python that cannot be read",
    "requires-python-legacy": "Requires-Python with a legacy specifier",
    "requires-python-unreadable": "Requires-Python in a form that no case has",
    "requires-python-trailing-comma": "Requires-Python that ends in a comma",
    "requires-python-missing-comma": "Requires-Python without a comma between two bounds",
    "requires-python-missing-comma-blank": "Requires-Python with a blank for a comma",
    "requires-python-star-without-dot": "Requires-Python with a star and no dot",
    "requires-python-quoted": "Requires-Python with quotes",
    "requires-python-bare-version": "Requires-Python that is a version alone",
    "requires-python-wildcard-below": "Requires-Python with < and a wildcard",
    "requires-python-empty": "Requires-Python without a value",
    "requires-python-unmet-lower": "lower bound of Python that the interpreter does not meet",
    "requires-python-unmet-upper": "upper bound of Python that the interpreter does not meet",
    "requires-python-unmet-exclusion": "exclusion of the interpreter's Python",
    "requires-python-unmet-equality": "another Python asked for with ==",
    "requires-python-unmet-compatible": "another Python asked for with ~=",
    "version-invalid": "Version outside PEP 440",
    "name-missing": "no Name",
    "version-missing": "no Version",
    "empty-file": "METADATA without any content",
    "name-invalid": "Name that is none",
    "name-empty": "Name without a value",
    "duplicate-url-label": "two Project-URL with the same label",
    "project-url-without-label": "Project-URL without a label",
    "project-url-long-label": "Project-URL with a label of more than 32 letters",
    "dynamic-unknown": "Dynamic that names no field",
    "dynamic-required": "Dynamic that names a field which cannot be",
    "dynamic-license-file": "Dynamic: license-file",
    "license-file-parent": "License-File with a path that goes up",
    "license-file-glob": "License-File with a pattern",
    "license-file-absolute": "License-File with an absolute path",
    "license-file-other": "License-File with a path of another form",
    "import-name-invalid": "Import-Name that is no name of a module",
    "non-ascii": "letters outside ASCII",
    "no-requirement": "no requirement that applies",
    "lost-requirement": "a requirement that applies is lost",
    "lost-optional": "only fields that installers do not read are lost",
    "lost-other": "another field that installers read is lost",
    "not-utf-8-description": "description outside UTF-8",
    "not-utf-8-other": "bytes outside UTF-8 in another field than Summary",
    "nul-character-other": "NUL character outside the Summary",
    "control-character": "control character",
    "carriage-return": "line that ends otherwise than the first",
    "description-header": "description among the fields",
    "description-markdown": "description in Markdown",
    "description-plain": "description in plain text",
    "description-rst": "description in reStructuredText without markup",
    "description-rst-markup": "description in reStructuredText with markup",
    "description-untyped": "description without a type",
    "description-unknown-type": "description of an unknown type",
    "content-type-charset": "charset of the description",
    "content-type-charset-other": "charset that is not UTF-8",
    "content-type-variant": "variant of Markdown",
    "content-type-variant-other": "unknown variant of Markdown",
    "content-type-parameter-other": "unknown parameter of Description-Content-Type",
    "unknown-field": "field that no version of the specification has",
    "license-and-license-expression": "License and License-Expression together",
    "license-expression-invalid": "License-Expression that SPDX does not allow",
    "content-type-unknown": "unknown Description-Content-Type",
    "summary-folded": "Summary of several lines",
    "not-utf-8": "bytes that are no UTF-8",
    "byte-order-mark": "byte order mark",
    "leading-blanks": "line of blanks before the first field",
    "leading-blank-line": "blank line before the first field",
    "field-after-blank-line": "field after a blank line",
    "line-without-colon": "line without a colon among the fields",
    "blank-before-colon": "blank before a colon",
    "crlf": "lines that end with CR LF",
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
    "file-name-other-name": "file name of another project than METADATA",
    "file-name-other-spelling": "file name that spells the version otherwise than METADATA",
    "file-name-other-version": "file name with another version than METADATA",
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

_SPELLINGS = ("normal", "lower", "capital", "mixed")


def _of_fields() -> Iterator[tuple[str, str]]:
    """Yield the features that there are for each field."""
    for field in FIELDS.values():
        key = field.name.lower()
        yield f"field-{key}", f"{field.name} in an ordinary form"
        yield f"field-empty-{key}", f"{field.name} without a value"
        yield f"field-folded-{key}", f"{field.name} folded onto several lines"
        yield f"field-case-{key}", f"{field.name} with its name in another case"
        if not field.multiple:
            yield f"duplicate-{key}", f"{field.name} given twice"
        for known in KNOWN_VERSIONS:
            yield (
                f"field-too-new-{key}@{known}",
                f"{field.name} under Metadata-Version {known}, which has no such field",
            )


def _of_forms() -> Iterator[tuple[str, str]]:
    """Yield the features of how versions and markers are written."""
    for written, slug in OPERATORS.items():
        for wild, said in (("", ""), ("-wildcard", " and a wildcard")):
            yield f"specifier-{slug}{wild}", f"specifier with {written}{said}"
        yield f"requires-python-{slug}", f"Requires-Python with {written}, which is met"
    for shape, slug in SHAPES.items():
        if slug not in ("legacy", "invalid"):
            yield f"requirement-{slug}", f"specifier of the form {shape}"
    for variable in VARIABLES:
        yield f"marker-variable-{variable}", f"marker with {variable}"


def _vocabulary() -> dict[str, str]:
    names = {f"metadata-version-{known}": f"Metadata-Version {known}" for known in KNOWN_VERSIONS}
    names |= dict(_of_fields())
    names |= dict(_of_forms())
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
only, *capital* in capitals only, *mixed* in both.
"""

_ORDINARY = (
    "field-",
    "specifier-",
    "marker-variable-",
    "metadata-version-1",
    "metadata-version-2",
    "description-",
)
_NOT_ORDINARY = ("field-case-", "field-too-new-", "field-after-", "field-folded-", "field-empty-")

ORDINARY = frozenset(
    {
        *(
            name
            for name in FEATURES
            if name.startswith(_ORDINARY) and not name.startswith(_NOT_ORDINARY)
        ),
        *(f"extra-equality@{relation}" for relation in _RELATIONS),
        *(f"requires-python-{slug}" for slug in OPERATORS.values()),
        "requires-dist",
        "requires-dist-extra",
        "environment-marker",
        "marker-equality",
        "marker-order",
        "marker-membership",
        "requirement-name-spelling",
        "requirement-parenthesised",
        "non-ascii",
        "content-type-charset",
        "content-type-variant",
    }
)
"""Features that files have every day; a document without others is nothing special."""

CONTEXT = frozenset({"older-release", "only-release"})
"""Features of the situation, which need no evidence of their own."""


def describe(feature: str) -> str:
    """Return a few words about *feature*.

    Raises :exc:`KeyError` for a name that is not in :data:`FEATURES`.

    >>> describe("extras-in@named")
    'value in extras, asked for with an extra that the marker names'
    """
    return FEATURES[feature]
