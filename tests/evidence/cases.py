"""The cases: one wheel, or a choice of wheels, that shows one fact about installers.

Every case is a frozen dataclass; the record in the package is made from this
list and from nothing else.  Dependencies are called ``dep-docs``,
``dep-test`` and ``dep-default``: which of them came too is the outcome.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tests.evidence import narrow
from tests.evidence.case import DEPENDENCIES, SECTIONS, Case
from tests.evidence.wheels import Wheel, metadata

__all__ = ["CASES", "DEPENDENCIES", "SECTIONS", "Case"]


def _features(names: str) -> frozenset[str]:
    return frozenset(names.split())


def _meant(names: str | None) -> frozenset[str] | None:
    return None if names is None else frozenset(names.split())


_METADATA_VERSIONS = {
    "v10": ("1.0", "metadata-version-1.0"),
    "v11": ("1.1", "metadata-version-1.1"),
    "v12": ("1.2", "metadata-version-1.2"),
    "v20": ("2.0", "metadata-version-2.0"),
    "v21": ("2.1", "metadata-version-2.1"),
    "v22": ("2.2", "metadata-version-2.2"),
    "v23": ("2.3", "metadata-version-2.3"),
    "v24": ("2.4", "metadata-version-2.4"),
    "v25": ("2.5", "metadata-version-2.5"),
    "v26": ("2.6", "metadata-version-2.6"),
    "v29": ("2.9", "metadata-version-newer-minor"),
    "v30": ("3.0", "metadata-version-newer-major"),
    "v99": ("9.9", "metadata-version-newer-major"),
    "vabc": ("abc", "metadata-version-invalid"),
    "v2": ("2", "metadata-version-short"),
    "vmissing": (None, "metadata-version-missing"),
    "v30sp": ("   3.0   ", "metadata-version-newer-major"),
}


def _versions() -> Iterator[Case]:
    for key, (value, feature) in _METADATA_VERSIONS.items():
        said = "no Metadata-Version" if value is None else f"Metadata-Version {value.strip()}"
        blanks = " with blanks around it" if value and value != value.strip() else ""
        yield Case(
            f"mv-{key}",
            f"A wheel whose METADATA says {said}{blanks}.",
            "Metadata-Version",
            Wheel(metadata=metadata(version=value)),
            features=_features(feature),
        )
    for key, value, feature in (
        ("19", "1.9", "wheel-version-newer-minor"),
        ("20", "2.0", "wheel-version-newer-major"),
    ):
        yield Case(
            f"wv-{key}",
            f"A wheel whose WHEEL file says Wheel-Version {value}.",
            "Wheel-Version",
            Wheel(wheel_version=value),
            features=_features(feature),
        )


_EXTRAS_IN = "Requires-Dist: dep-docs; 'docs' in extras"


def _choices() -> Iterator[Case]:
    old = Wheel(release="1.0")

    def new(*lines: str, version: str = "2.1", wheel_version: str = "1.0") -> Wheel:
        text = metadata(*lines, version=version, release="2.0")
        return Wheel(release="2.0", metadata=text, wheel_version=wheel_version)

    yield Case(
        "fallb",
        "Version 2.0 says Metadata-Version 3.0, version 1.0 is plain: which one is taken.",
        "Metadata-Version",
        new(version="3.0"),
        others=(old,),
        features=_features("metadata-version-newer-major older-release"),
    )
    yield Case(
        "fallw",
        "Version 2.0 says Wheel-Version 2.0, version 1.0 is plain: which one is taken.",
        "Wheel-Version",
        new(wheel_version="2.0"),
        others=(old,),
        features=_features("wheel-version-newer-major older-release"),
    )
    provides = "Provides-Extra: docs"
    for suffix, relation, meant in (("", "bare", ""), ("[docs]", "named", "docs")):
        yield Case(
            f"falls{suffix}",
            "Version 2.0 tests 'docs' in extras, version 1.0 is plain: which one is taken.",
            "Lock file markers",
            new(provides, _EXTRAS_IN),
            f"pkg{suffix}",
            (old,),
            _meant(meant),
            _features(f"extras-in@{relation} older-release"),
        )
    yield Case(
        "fallr",
        "Version 2.0 has a Requires-Dist that cannot be read, version 1.0 is plain.",
        "Requires-Dist",
        new("Requires-Dist: dep-docs >>> 1"),
        others=(old,),
        features=_features("requires-dist-invalid older-release"),
    )


# key: marker, section, what it shows, meant for pkg, pkg[docs], pkg[test], pkg[docs,test]; feature.
_MARKERS = {
    "eq": ("extra == 'docs'", "Extras", "extra-equality", ("", "docs", "", "docs")),
    "insetnew": ("'docs' in extras", "Lock file markers", "extras-in", ("", "docs", "", "docs")),
    "notinset": (
        "'docs' not in extras",
        "Lock file markers",
        "extras-not-in",
        ("docs", "", "docs", ""),
    ),
    "inextra": ("'docs' in extra", "Extras", "value-in-extra", (None,) * 4),
    "extrain": ("extra in 'docs test'", "Extras", "extra-in-value", (None,) * 4),
    "extrainsub": ("extra in 'docs-all'", "Extras", "extra-in-substring", (None,) * 4),
    "ne": ("extra != 'docs'", "Extras", "extra-negation", ("docs", "", "docs", "")),
    "and": (
        "extra == 'docs' and extra == 'test'",
        "Extras",
        "extra-conjunction",
        ("", "", "", "docs"),
    ),
    "or": ("extra == 'docs' or extra == 'test'", "Extras", "extra-equality", ("", *["docs"] * 3)),
    "andnot": (
        "extra == 'docs' and extra != 'test'",
        "Extras",
        "extra-negation:test extra-conjunction",
        ("", "docs", "", ""),
    ),
    "order": ("extra >= 'docs'", "Extras", "extra-order", (None,) * 4),
    "empty": ("extra == ''", "Extras", "extra-empty", (None,) * 4),
    "andset": (
        "'docs' in extras and 'test' in extras",
        "Lock file markers",
        "extras-in extras-conjunction",
        ("", "", "", "docs"),
    ),
    "groups": (
        "'docs' in dependency_groups",
        "Lock file markers",
        "dependency-groups",
        (None,) * 4,
    ),
    "unk": ("flavour == 'docs'", "Environment markers", "marker-unknown-variable", (None,) * 4),
    "env": (
        "python_version >= '3' and extra == 'docs'",
        "Environment markers",
        "extra-equality",
        ("", "docs", "", "docs"),
    ),
}
_EMPTY_BRACKETS = ("eq", "ne", "insetnew", "notinset", "empty")
# What follows pkg in a request, and the place of its answer among those meant.
_REQUESTS = {"": 0, "[]": 0, "[docs]": 1, "[test]": 2, "[docs,test]": 3}


def _relation(named: str, brackets: str) -> str:
    """How the requested extras stand to those that occur in the text *named*."""
    asked = set(brackets.strip("[]").split(",")) - {""}
    mentioned = {extra for extra in ("docs", "test") if extra in named}
    if not asked:
        return "bare"
    if not asked & mentioned:
        return "other" if len(asked) == 1 else "others"
    return "named" if len(asked) == 1 else "several"


def _kind_feature(kind: str, marker: str, brackets: str) -> str:
    """Return the feature of a *kind*, which may say after a colon which extra it is about."""
    name, _, named = kind.partition(":")
    if name == "marker-unknown-variable":
        return name
    return f"{name}@{_relation(named or marker, brackets)}"


def _markers() -> Iterator[Case]:
    for key, (marker, section, kinds, meant) in _MARKERS.items():
        wheel = Wheel(
            metadata=metadata(
                "Provides-Extra: docs",
                "Provides-Extra: test",
                f"Requires-Dist: dep-docs; {marker}",
            )
        )
        for brackets, index in _REQUESTS.items():
            if brackets == "[]" and key not in _EMPTY_BRACKETS:
                continue
            yield Case(
                f"mk-{key}{brackets}",
                f"A requirement with the marker {marker}, asked for as pkg{brackets}.",
                section,
                wheel,
                f"pkg{brackets}",
                meant=_meant(meant[index]),
                features=frozenset(_kind_feature(kind, marker, brackets) for kind in kinds.split()),
            )


def _defaults() -> Iterator[Case]:
    wheel = Wheel(
        metadata=metadata(
            "Provides-Extra: rec",
            "Provides-Extra: test",
            "Default-Extra: rec",
            "Requires-Dist: dep-default; extra == 'rec'",
            "Requires-Dist: dep-test; extra == 'test'",
        )
    )
    for brackets, said, meant, features in (
        ("", "asked for without brackets", "default", "default-extra@bare"),
        ("[]", "asked for with empty brackets", "", "default-extra@empty"),
        ("[test]", "asked for with another extra", "test", "default-extra@extra"),
        ("[rec]", "asked for by the default extra's name", "default", "default-extra@extra"),
    ):
        yield Case(
            f"de{brackets}",
            f"A wheel with a Default-Extra field, {said}.",
            "PEP 771",
            wheel,
            f"pkg{brackets}",
            meant=_meant(meant),
            features=_features(features),
        )
    yield Case(
        "de[nope]",
        "An extra is asked for that the wheel does not provide.",
        "Extras",
        wheel,
        "pkg[nope]",
        features=_features("request-unknown-extra default-extra@extra"),
    )
    requirements: tuple[tuple[str, str, str | None, str], ...] = (
        # The specification brings no default and the proposal does; a document cannot tell.
        ("empt", "de", None, "requires-dist"),
        ("reqempty", "de[]", "de", "requires-dist-empty-brackets"),
        ("reqrec", "de[rec]", "de default", "requires-dist-extra"),
    )
    for key, requirement, meant_text, feature in requirements:
        yield Case(
            key,
            f"A wheel that requires {requirement}, a package with a Default-Extra field.",
            "PEP 771",
            Wheel(metadata=metadata(f"Requires-Dist: {requirement}")),
            meant=_meant(meant_text),
            features=_features(feature),
            # It reads one file, and nothing of what that requires.
            spared=frozenset({"packaging"}) if "[" in requirement else frozenset(),
        )


def _spellings() -> Iterator[Case]:
    forms = {
        "normal": "adhoc-ssl",
        "lower": "adhoc_ssl",
        "capital": "Adhoc-SSL",
        "mixed": "Adhoc_SSL",
    }
    for key, version, provides, marker, requests in (
        ("un21", "2.1", "mixed", "mixed", ("mixed", "normal", "lower")),
        ("un23", "2.3", "mixed", "mixed", ("mixed", "normal", "lower")),
        ("unmix", "2.1", "normal", "mixed", ("normal", "lower", "mixed")),
        ("unmik", "2.1", "normal", "lower", ("normal", "lower", "mixed")),
        ("unmir", "2.1", "mixed", "normal", ("normal", "lower", "mixed")),
        ("unmil", "2.1", "lower", "normal", ("normal", "lower", "mixed")),
        ("ul21", "2.1", "lower", "lower", ("lower", "normal", "mixed")),
        ("uh21", "2.1", "normal", "normal", ("normal", "lower", "mixed", "capital")),
        ("uc21", "2.1", "capital", "capital", ("capital", "normal")),
        ("ucn21", "2.1", "capital", "normal", ("capital", "normal")),
        ("unc21", "2.1", "normal", "capital", ("capital", "normal")),
    ):
        wheel = Wheel(
            metadata=metadata(
                f"Provides-Extra: {forms[provides]}",
                f"Requires-Dist: dep-docs; extra == '{forms[marker]}'",
                version=version,
            )
        )
        said = f"Provides-Extra: {forms[provides]} with the marker extra == '{forms[marker]}'"
        for request in requests:
            spelling = f"extra-spelling-{provides}-{marker}-{request}"
            plain = {provides, marker, request} == {"normal"}
            yield Case(
                f"{key}[{forms[request]}]",
                f"{said}, Metadata-Version {version}, asked for as pkg[{forms[request]}].",
                "PEP 685",
                wheel,
                f"pkg[{forms[request]}]",
                meant=_meant("docs"),
                features=_features(f"extra-equality@named {'' if plain else spelling}"),
            )


def _names() -> Iterator[Case]:
    """Yield cases about the names of extras."""
    bad = Wheel(
        metadata=metadata(
            "Provides-Extra: docs",
            "Provides-Extra: _not valid!",
            "Requires-Dist: dep-docs; extra == 'docs'",
        )
    )
    for brackets, relation, meant in (("", "bare", ""), ("[docs]", "named", "docs")):
        yield Case(
            f"badx{brackets}",
            f"One Provides-Extra is no valid name; asked for as pkg{brackets}.",
            "Provides-Extra",
            bad,
            f"pkg{brackets}",
            meant=_meant(meant),
            features=_features(
                f"extra-name-invalid extra-equality@{relation}"
                if brackets
                else "extra-name-invalid"
            ),
        )
    clash = Wheel(
        metadata=metadata(
            "Provides-Extra: a-b",
            "Provides-Extra: a_b",
            "Requires-Dist: dep-test; extra == 'a-b'",
            "Requires-Dist: dep-docs; extra == 'a_b'",
        )
    )
    yield Case(
        "dupx",
        "Two extras, a-b and a_b, are the same after normalisation; asked for as pkg.",
        "PEP 685",
        clash,
        features=_features("extras-clash"),
    )
    for extra, relation, spelled in (
        ("a-b", "normal", "extra-spelling-lower-lower-normal"),
        (
            "a_b",
            "unnormalised",
            "extra-spelling-lower-lower-lower extra-spelling-normal-normal-lower",
        ),
    ):
        yield Case(
            f"dupx[{extra}]",
            f"Two extras, a-b and a_b, are the same after normalisation; asked for as pkg[{extra}].",
            "PEP 685",
            clash,
            f"pkg[{extra}]",
            meant=_meant("docs test"),
            features=_features(
                f"extras-clash extras-clash-{relation} extra-equality@named {spelled}"
            ),
        )
    myself = Wheel(
        metadata=metadata(
            "Provides-Extra: docs",
            "Provides-Extra: all",
            "Requires-Dist: dep-docs; extra == 'docs'",
            "Requires-Dist: pkg[docs]; extra == 'all'",
        )
    )
    for brackets, relation, meant in (("", "bare", ""), ("[all]", "named", "docs")):
        yield Case(
            f"selfx{brackets}",
            f"An extra of pkg that requires pkg[docs]; asked for as pkg{brackets}.",
            "Extras",
            myself,
            f"pkg{brackets}",
            meant=_meant(meant),
            features=_features(f"self-reference@{relation} extra-equality@{relation}"),
        )
    silent = Wheel(metadata=metadata("Requires-Dist: dep-docs; extra == 'docs'"))
    for brackets, relation, meant in (("", "bare", ""), ("[docs]", "named", "docs")):
        yield Case(
            f"noprov{brackets}",
            f"A marker tests an extra that no Provides-Extra lists; asked for as pkg{brackets}.",
            "Provides-Extra",
            silent,
            f"pkg{brackets}",
            meant=_meant(meant),
            features=_features(f"extra-not-provided@{relation} extra-equality@{relation}"),
        )


def _fields() -> Iterator[Case]:
    def case(
        name: str,
        shows: str,
        section: str,
        text: bytes,
        features: str,
        meant: str | None = "",
        request: str = "pkg",
    ) -> Case:
        wheel = Wheel(metadata=text)
        return Case(name, shows, section, wheel, request, (), _meant(meant), _features(features))

    yield case(
        "dep",
        "A plain requirement.",
        "Requires-Dist",
        metadata("Requires-Dist: dep-docs"),
        "requires-dist",
        "docs",
    )
    yield case(
        "dep-true",
        "A requirement whose marker is true everywhere.",
        "Environment markers",
        metadata("Requires-Dist: dep-docs; python_version >= '2'"),
        "environment-marker",
        "docs",
    )
    yield case(
        "dep-false",
        "A requirement whose marker is true nowhere.",
        "Environment markers",
        metadata("Requires-Dist: dep-docs; python_version < '2'"),
        "environment-marker",
    )
    yield case(
        "badreq",
        "A Requires-Dist that cannot be read.",
        "Requires-Dist",
        metadata("Requires-Dist: dep-docs >>> 1"),
        "requires-dist-invalid",
    )
    yield case(
        "oldreq",
        "A Requires-Dist with a legacy specifier, dep-docs (>=1.0.*).",
        "Requires-Dist",
        metadata("Requires-Dist: dep-docs (>=1.0.*)"),
        "requires-dist-legacy",
        "docs",
    )
    yield case(
        "badrp",
        "A Requires-Python with a legacy specifier, >=3.6.*.",
        "Requires-Python",
        metadata("Requires-Python: >=3.6.*"),
        "requires-python-legacy",
    )
    yield case(
        "badrp-words",
        "A Requires-Python in words.",
        "Requires-Python",
        metadata("Requires-Python: three or later"),
        "requires-python-invalid",
    )
    yield case(
        "liclic",
        "License and License-Expression side by side.",
        "License-Expression",
        metadata("License: MIT License", "License-Expression: MIT", version="2.4"),
        "license-and-license-expression",
    )
    yield case(
        "latin",
        "METADATA written in Latin-1, with an e acute in the Summary.",
        "Core metadata",
        metadata("Summary: caf\N{LATIN SMALL LETTER E WITH ACUTE}").decode().encode("latin-1"),
        "not-utf-8",
    )
    yield case(
        "dupname",
        "Two Name fields with the same value.",
        "Name",
        metadata("Name: pkg"),
        "duplicate-name",
    )
    yield case(
        "dupversion",
        "Two different Version fields.",
        "Core metadata",
        metadata("Version: 2.0"),
        "duplicate-version",
    )
    yield case(
        "badver",
        "A Version that PEP 440 does not allow in METADATA; the file name says 1.0.",
        "Core metadata",
        metadata(release="1.0 final release"),
        "version-invalid",
    )
    yield case(
        "dupsummary",
        "Two Summary fields.",
        "Core metadata",
        metadata("Summary: one", "Summary: two"),
        "duplicate-summary",
    )
    yield case(
        "foldsum",
        "A Summary folded onto a second line.",
        "Core metadata",
        metadata("Summary: one\n two"),
        "summary-folded",
    )
    yield case(
        "newfield",
        "License-File, a field of 2.4, under Metadata-Version 2.1.",
        "Core metadata",
        metadata("License-File: LICENSE"),
        "field-too-new-license-file@2.1",
    )
    yield case(
        "badspdx",
        "A License-Expression that SPDX does not allow.",
        "License-Expression",
        metadata("License-Expression: The usual licence", version="2.4"),
        "license-expression-invalid",
    )
    yield case(
        "badct",
        "A Description-Content-Type that the specification does not list.",
        "Core metadata",
        metadata("Description-Content-Type: text/troff"),
        "content-type-unknown",
    )
    yield case(
        "dupurl",
        "Two Project-URL fields with the same label.",
        "Core metadata",
        metadata("Project-URL: Home, https://a.example", "Project-URL: Home, https://b.example"),
        "duplicate-url-label",
    )
    yield case(
        "unkfield",
        "A field that no version of the specification has.",
        "Core metadata",
        metadata("Flavour: vanilla"),
        "unknown-field",
    )


def _proposals() -> Iterator[Case]:
    provides = ("Provides-Extra: docs", "Provides-Extra: test")
    clean30 = Wheel(metadata=metadata(*provides, _EXTRAS_IN, version="3.0"))
    clean27 = Wheel(
        metadata=metadata(
            *provides,
            "Default-Extra: test",
            "Requires-Dist: dep-docs; extra == 'docs'",
            version="2.7",
        )
    )
    bridge = Wheel(
        metadata=metadata(
            *provides,
            "Requires-Dist: dep-docs; extra == 'docs'",
            "Requires-Dist-3: dep-docs; 'docs' in extras",
        )
    )
    for brackets, relation, meant in (
        ("", "bare", ""),
        ("[docs]", "named", "docs"),
        ("[docs,test]", "several", "docs"),
    ):
        if brackets != "[docs,test]":
            yield Case(
                f"clean30{brackets}",
                f"The proposed 3.0: set-valued extras only; asked for as pkg{brackets}.",
                "Metadata-Version",
                clean30,
                f"pkg{brackets}",
                meant=_meant(meant),
                features=_features(f"metadata-version-newer-major extras-in@{relation}"),
            )
            yield Case(
                f"clean27{brackets}",
                f"A compatible 2.7: today's markers and Default-Extra; asked for as pkg{brackets}.",
                "Metadata-Version",
                clean27,
                f"pkg{brackets}",
                meant=_meant(meant),
                features=_features(
                    f"metadata-version-newer-minor extra-equality@{relation} "
                    f"default-extra@{'extra' if brackets else 'bare'}"
                ),
            )
        yield Case(
            f"bridge{brackets}",
            "Today's markers in Requires-Dist, and the set-valued ones in a field of a new name; "
            f"asked for as pkg{brackets}.",
            "Metadata-Version",
            bridge,
            f"pkg{brackets}",
            meant=_meant(meant),
            features=_features(f"unknown-field extra-equality@{relation}"),
        )


_LOWER = " ".join(
    f"field-case-{key}" for key in ("metadata-version", "name", "version", "requires-dist")
)


def _traps() -> Iterator[Case]:
    """Yield cases where readers differ about where the fields end."""
    head = b"Metadata-Version: 2.1\nName: pkg\nVersion: 1.0\n"
    tail = b"Requires-Dist: dep-docs\n"
    for key, shows, text, feature, meant in (
        (
            "bom",
            "A byte order mark before the first field.",
            b"\xef\xbb\xbf" + head + tail,
            "byte-order-mark lost-requirement",
            "docs",
        ),
        (
            "lead",
            "A blank line before the first field.",
            b"\n" + head + tail,
            "leading-blank-line lost-requirement",
            "docs",
        ),
        (
            "blank",
            "A blank line among the fields; a Requires-Dist follows it.",
            head + b"\n" + tail,
            "field-after-blank-line lost-requirement",
            "docs",
        ),
        (
            "junk",
            "A line without a colon among the fields; a Requires-Dist follows it.",
            head + b"no field\n" + tail,
            "line-without-colon lost-requirement",
            "docs",
        ),
        (
            "colon",
            "A blank before the colon of a Requires-Dist.",
            head + b"Requires-Dist : dep-docs\n",
            "blank-before-colon lost-requirement",
            "docs",
        ),
        (
            "crlf",
            "Lines that end with CR LF.",
            (head + tail).replace(b"\n", b"\r\n"),
            "crlf",
            "docs",
        ),
        ("case", "Field names in lower case.", (head + tail).lower(), _LOWER, "docs"),
        (
            "fold",
            "A Requires-Dist folded onto a second line.",
            head + b"Requires-Dist: dep-docs;\n python_version >= '2'\n",
            "folded-requires-dist",
            "docs",
        ),
        (
            "nul",
            "A NUL character in the Summary.",
            head + b"Summary: a\x00b\n" + tail,
            "nul-character",
            "docs",
        ),
        (
            "cte",
            "A Content-Transfer-Encoding field, base64, with a body that fits it.",
            head + tail + b"Content-Transfer-Encoding: base64\n\naGVsbG8=\n",
            "content-transfer-encoding",
            "docs",
        ),
    ):
        yield Case(
            f"trap-{key}",
            shows,
            "Core metadata",
            Wheel(metadata=text),
            meant=_meant(meant),
            features=_features(feature),
        )


# key: file name for version 2.0, its version if another, feature, section, what it shows.
_FILE_NAMES = {
    "plain": ("pkg-2.0-py3-none-any.whl", "2.0", "an ordinary name"),
    "build": ("pkg-2.0-1-py3-none-any.whl", "2.0", "a build tag"),
    "build30": ("pkg-2.0-3.0-py3-none-any.whl", "2.0", "a metadata version as the build tag"),
    "build30md": ("pkg-2.0-30md-py3-none-any.whl", "2.0", "a build tag of digits and letters"),
    "buildmd3": ("pkg-2.0-md3-py3-none-any.whl", "2.0", "a build tag that starts with a letter"),
    "platform": ("pkg-2.0-py3-none-any.md3.whl", "2.0", "an extra platform tag after any"),
    "python": ("pkg-2.0-py3.md3-none-any.whl", "2.0", "an extra Python tag after py3"),
    "abi": ("pkg-2.0-py3-none.md3-any.whl", "2.0", "an extra ABI tag after none"),
    "local": ("pkg-2.0+md3-py3-none-any.whl", "2.0+md3", "a local version"),
    "localbuild": ("pkg-2.0+md3-1-py3-none-any.whl", "2.0+md3", "a local version and a build tag"),
    "trailing": ("pkg-2.0-py3-none-any-md3.whl", "2.0", "a sixth part after the tags"),
    "trailingbuild": ("pkg-2.0-1-py3-none-any-md3.whl", "2.0", "a build tag and a seventh part"),
    "slotabi": ("pkg-2.0-py3-md3-any.whl", "2.0", "md3 in place of the ABI tag"),
    "slotpython": ("pkg-2.0-md3-none-any.whl", "2.0", "md3 in place of the Python tag"),
    "slotplatform": ("pkg-2.0-py3-none-md3.whl", "2.0", "md3 in place of the platform tag"),
    "whlx": ("pkg-2.0-py3-none-any.whlx", "2.0", "the suffix .whlx"),
    "whl3": ("pkg-2.0-py3-none-any.whl3", "2.0", "the suffix .whl3"),
    "upper": ("pkg-2.0-py3-none-any.WHL", "2.0", "the suffix in upper case"),
    "short": ("pkg-2.0-any.whl", "2.0", "a part missing"),
    "name": ("Pkg-2.0-py3-none-any.whl", "2.0", "the project's name in mixed case"),
    "version": ("pkg-2.0.0-py3-none-any.whl", "2.0", "another spelling of the version inside"),
}
_FILE_NAME_SECTIONS = {"whlx": "PEP 777", "trailing": "PEP 825", "trailingbuild": "PEP 825"}


def _file_names() -> Iterator[Case]:
    for key, (file_name, release, said) in _FILE_NAMES.items():
        wheel = Wheel(release=release, metadata=metadata(release=release), file_name=file_name)
        section = _FILE_NAME_SECTIONS.get(key, "Wheel file name")
        yield Case(
            f"fn-{key}",
            f"Version 2.0 in a wheel file name with {said}, beside an ordinary version 1.0.",
            section,
            wheel,
            others=(Wheel(release="1.0"),),
            features=_features(f"file-name-{key}"),
        )
    for key in ("trailing", "slotabi"):
        file_name, release, said = _FILE_NAMES[key]
        yield Case(
            f"only-{key}",
            f"The only wheel has a file name with {said}.",
            _FILE_NAME_SECTIONS.get(key, "Wheel file name"),
            Wheel(release=release, metadata=metadata(release=release), file_name=file_name),
            features=_features(f"file-name-{key} only-release"),
        )


def _unique(cases: Iterable[Case]) -> dict[str, Case]:
    found: dict[str, Case] = {}
    for case in cases:
        assert case.name not in found, case.name
        assert case.section in SECTIONS, case.section
        found[case.name] = case
    return found


CASES = _unique(
    case
    for group in (
        _versions,
        _choices,
        _markers,
        _defaults,
        _spellings,
        _names,
        _fields,
        _proposals,
        _traps,
        _file_names,
        *narrow.GROUPS,
    )
    for case in group()
)
"""Every case by its name."""
