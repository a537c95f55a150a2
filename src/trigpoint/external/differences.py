"""Where DepURLs and ``packageurl-python`` differ on the same text, and why.

A DepURL is a package URL with another scheme and with ranges, so the reader of package URLs is
asked about each text with ``pkg:`` in place of ``dep:``.  The tests hold both to this table: a
disagreement on whether a text is one, or on what is in it, that no row explains fails them.

Source: PEP 725 (draft), "DepURL"; the package URL specification; packageurl-python 0.17.6.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DIFFERENCES", "DifferenceFromPackageURL"]


@dataclass(frozen=True, slots=True)
class DifferenceFromPackageURL:
    """One difference.

    ``packageurl`` says what packageurl-python does with ``example``, a text behind the colon of
    the scheme, ``here`` what is done here, and ``why`` the reason.  ``stricter`` lists codes of
    errors where packageurl-python reads the text; ``types`` those whose names get another
    spelling.
    """

    name: str
    packageurl: str
    here: str
    why: str
    example: str
    stricter: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


_D = DifferenceFromPackageURL

DIFFERENCES: tuple[DifferenceFromPackageURL, ...] = (
    _D(
        "names that are no argument",
        "read, with blanks, signs and a dash in front",
        "an error",
        "A name becomes an argument of a package manager; one that begins with a dash would be an option.",
        "generic/-rf",
        ("external-name",),
    ),
    _D(
        "empty segments and dots",
        "empty ones and those of the subpath fall away, . and .. are kept",
        "an error",
        "Two spellings of one name, or a path that leads elsewhere.",
        "generic/../etc/passwd",
        ("external-segment",),
    ),
    _D(
        "characters that cannot be seen",
        "kept, or dropped without a word",
        "an error",
        "They make two names of what looks like one.",
        "generic/a\u200bb",
        ("external-control",),
    ),
    _D(
        "blanks behind the scheme",
        "dropped",
        "an error",
        "The specification knows no blanks there.",
        " generic/zlib",
        ("external-scheme",),
    ),
    _D(
        "types",
        "begin with any letter, dot, dash or underscore",
        "begin with a letter, and have no underscore",
        "The specification allows letters, digits, dots and dashes, with a letter in front.",
        "gen_eric/zlib",
        ("external-type",),
    ),
    _D(
        "what is virtual",
        "read like any other type",
        "a compiler or an interface, in lower case",
        "PEP 725 defines the two namespaces; package URLs have no such type.",
        "virtual/c",
        ("external-virtual",),
        ("virtual",),
    ),
    _D(
        "ranges without an @",
        "a part of the name",
        "an error",
        "Nobody means a package that is called zlib>=1.2.",
        "generic/zlib>=1.2",
        ("external-no-at",),
    ),
    _D(
        "versions",
        "any text",
        "one of PEP 440, or clauses that some version satisfies",
        "PEP 725 takes the versions of Python packages, with five operators.",
        "generic/zlib@1.1.1w",
        (
            "external-version",
            "external-version-empty",
            "external-operator",
            "external-wildcard",
            "external-version-bare",
            "external-version-local",
            "external-range-empty",
        ),
    ),
    _D(
        "empty and repeated qualifiers",
        "fall away; of two, the second counts",
        "an error",
        "Which of the two is meant, the text does not say.",
        "generic/x?a=1&a=2",
        ("external-qualifier", "external-qualifier-twice"),
    ),
    _D(
        "an @ in front of a namespace",
        "part of the name in npm's first segment, elsewhere what a version stands behind",
        "part of the name in any segment",
        "A version stands behind the last @ of the last segment, so nothing else is meant.",
        "spam/@scope/name",
    ),
    _D(
        "tabs",
        "dropped wherever they are",
        "kept in a range, where blanks are kept, too",
        "It reads with urllib, which drops tabs and line ends from an URL.",
        "generic/zlib@>=\t1,<2",
    ),
    _D(
        "markers",
        "a part of the name",
        "an error; a requirement has one behind the DepURL",
        "PEP 725 puts a marker behind a semicolon.",
        "generic/x; os_name == 'nt'",
        ("external-semicolon",),
    ),
    _D(
        "comments",
        "a subpath, or nothing",
        "an error",
        "A comment in a string is a mistake that would change what is asked for.",
        "generic/x # why",
        ("external-comment",),
    ),
    _D(
        "long texts",
        "read",
        "an error",
        "A name of thousands of letters is none.",
        "generic/" + "x" * 2000,
        ("external-long",),
    ),
    _D(
        "names of Debian",
        "keep their case",
        "are in lower case",
        "The definition of the type says that they are not told apart by case.",
        "deb/Debian/A",
        types=("deb",),
    ),
    _D(
        "names of RPM",
        "its vendor keeps its case",
        "the vendor is in lower case",
        "The definition of the type says so of the vendor, and of names that they have both cases.",
        "rpm/Fedora/SDL2",
        types=("rpm",),
    ),
    _D(
        "types that cpan has inside",
        "their namespaces are in upper case",
        "they stay as they are",
        "A slip: the letters of the type are looked for in cpan, so c, pan and others count as well.",
        "a/b/c",
        types=("c", "p", "a", "n", "cp", "pa", "an", "cpa", "pan"),
    ),
    _D(
        "other types with rules of their own",
        "names are rewritten as the type has it",
        "names stay as they are",
        "No mapping has names of these types, and a wrong rewriting would hide a name.",
        "cpan/drolsky/A_b",
        types=("cpan", "hackage", "huggingface", "mlflow", "pub", "oci", "pypi"),
    ),
)
"""All differences that are known."""
