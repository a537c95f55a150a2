"""Which codes have a fix that a button carries out: a row for each, and a text that shows it.

The laws that such fixes keep are in ``tests/fixes.py``, and the tests of each reader
hold its fixes to them.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from trigpoint.catalogue import RULES
from trigpoint.findings import Finding
from trigpoint.markers.reading.grammar import MOST_LEVELS
from trigpoint.metadata import read
from trigpoint.requirements import Dialect, read_requirement, read_requirements_file
from trigpoint.versions import MOST_DIGITS

from ..fixes import carried_out, marker_findings
from ..markers.test_told import texts
from ..metadata.test_findings import FIELDS, HEAD, MODEL, READING, VERSION, head
from ..requirements.test_files import TROUBLES
from ..requirements.test_reader import MENDED, PROBLEMS, SPECIFIERS

ALWAYS = """
marker-character marker-extra-name marker-list marker-legacy-name marker-unclosed-quote
marker-unlikely-value marker-unopened-parenthesis marker-unquoted marker-version-components
marker-wildcard-order marker-swapped marker-version-patch
requirement-old extra-unnormalised metadata-requires-python-patch
metadata-bom metadata-lone-cr metadata-leading-blank metadata-blank-before-colon
metadata-blank-fold metadata-trailing-blank metadata-summary-lines
metadata-keywords metadata-license-spelling metadata-requirement-old
metadata-requirement-parentheses metadata-empty-extras metadata-classifier-deprecated
"""
"""Codes whose fix can be carried out in every text of the tables."""

SOMETIMES = """
marker-unknown-variable marker-operator marker-boolean-operator marker-semicolon
marker-undefined-comparison marker-version-substring marker-string-order marker-extra-operator
marker-extras-context
requirement-syntax requirement-url-marker requirement-address extra-name
metadata-control-character metadata-headers-cut metadata-junk-line metadata-unknown-field
metadata-version-syntax metadata-dynamic metadata-url metadata-license-file metadata-requirement
metadata-requires-python metadata-extra-unnormalised metadata-extra-spelling metadata-dist
metadata-import-name metadata-external-marker metadata-content-type metadata-fused-field
metadata-mojibake metadata-address metadata-classifier metadata-extras-variable
metadata-classifier-unknown
marker-missing-operator marker-no-platform marker-always
"""
"""Codes where it depends on the text; elsewhere the fix is words."""

WORDS = """
marker-empty marker-negation marker-chained marker-missing-operand
marker-missing-boolean marker-unclosed-parenthesis marker-bad-string marker-too-deep
marker-version-digits marker-two-variables marker-two-values marker-release-text
marker-prerelease marker-not-a-version marker-extra-negation marker-extra-conjunction
marker-extra-empty
requirement-option requirement-option-ignored requirement-hash requirement-hash-digest
requirement-continuation requirement-variable requirement-encoding requirement-python requirement-local
extra-repeated extra-negative extra-contradiction
metadata-encoding metadata-crlf metadata-stray-continuation metadata-nameless metadata-envelope
metadata-mime metadata-folded metadata-fold-kept metadata-encoded-word metadata-missing
metadata-missing-old metadata-duplicate metadata-repeated metadata-empty metadata-placeholder
metadata-future-field metadata-proposed-field metadata-field-too-new metadata-deprecated-field
metadata-version-major metadata-version-minor metadata-version-unapproved metadata-name
metadata-name-old metadata-version-value metadata-version-old metadata-dynamic-itself
metadata-dynamic-partly metadata-description-twice metadata-project-url
metadata-url-label metadata-url-repeated metadata-maintainer
metadata-license-both metadata-license-expression metadata-license-classifier
metadata-license-classifier-old metadata-extra-variable metadata-extra-name
metadata-extra-clash metadata-extra-undeclared metadata-default-extra metadata-module
metadata-import-clash metadata-import-parents metadata-direct-reference
marker-never
requirement-conflict requirement-dead requirement-extras-exclusive requirement-gap
requirement-gap-platform requirement-impossible
"""
"""Codes whose fix only says what to do, or that have none."""

ELSEWHERE = """
marker-syntax marker-undecided marker-extra-summit
extra-clash extra-negative-refused extra-not-default extra-unknown extra-other-project
extra-default-unprovided extra-defaults-ignored extra-unreachable extra-pulls-nothing
extra-never extra-retracts extra-undefined extra-too-large extra-contradicts-itself
extra-conflict requirement-uncompared requirement-extra
"""
"""Codes of the readers' topics that none of them reports of these texts: what a long list, a request
or a migration says, and the last resort of the marker reader, which no text is known to need."""

TOPICS = frozenset({"marker", "requirement", "extra", "metadata"})
OTHERS = ("metadata-convert-", "metadata-json-", "metadata-project-", "metadata-toml")

LONG = "9" * (MOST_DIGITS + 1)
MARKERS = [
    *texts(),
    f"python_version > '3.{LONG}'",
    "os_name == 'a' and os_name == 'b'",
    "os_name != 'a' or os_name != 'b'",
    "os_name != 'a' or os_name == 'a'",
    "os_name == 'nt' and sys_platform == 'linux'",
    "platform_machine == 'arm64' and sys_platform == 'linux'",
    "(os_name == 'a' or (os_name == 'b' and " * MOST_LEVELS + "os_name == 'c'" + "))" * MOST_LEVELS,
]
REQUESTS = ["pkg[A]", "pkg[a,a]", "pkg[a,-a]"]
DOCUMENTS = [
    *(text for _, text, _ in (*READING, *VERSION, *FIELDS)),
    HEAD + "Summary:\nsome words\nHome-page: https://x.org\n",
    HEAD + "\nHome-page: https://x.org\nand words\n",
    HEAD + "Provides-Extra: A_b\nProvides-Extra: a-b\n",
    head("2.1") + "Provides-Extra: A_b\nProvides-Extra: a-b\n",
    HEAD + "Requires-Python: >>3\n",
    HEAD + "Classifier: Framework :: Djangoo\n",
    HEAD + "Requires-Dist: a==1\nRequires-Dist: a==2\n",
    HEAD + "Requires-Dist: a>2,<1\n",
    HEAD + "Requires-Python: >=3.9\nRequires-Dist: a; python_version < '3'\n",
    HEAD
    + "Provides-Extra: x\nProvides-Extra: y\n"
    + "Requires-Dist: a==1; extra == 'x'\nRequires-Dist: a==2; extra == 'y'\n",
    HEAD
    + "Requires-Dist: a<2; python_version < '3.9'\n"
    + "Requires-Dist: a>=2; python_version >= '3.10'\n",
    HEAD
    + "Requires-Dist: a<2; sys_platform == 'linux'\n"
    + "Requires-Dist: a>=2; sys_platform == 'win32'\n",
    HEAD + "Requires-External: make; foo == 'x'\n",
    HEAD + "Requires-Dist: y @ https://x;os_name=='nt' ; os_name=='nt'\n",
]


def findings() -> Iterator[Sequence[Finding]]:
    """Yield what is said of every text of the tables."""
    yield from map(marker_findings, MARKERS)
    for document in DOCUMENTS:
        yield read(document).findings()
    for _, lines, _ in MODEL:
        yield read(head("3.0") + lines).findings(next_major=True)
    yield read(HEAD + "Dynamic: Classifier\nClassifier: A :: B\n").findings(kind="sdist")
    for dialect in Dialect:
        for requirement in [
            *(f"pkg {clause}" for clause, _ in SPECIFIERS),
            *(str(case[0]) for case in (*PROBLEMS, *MENDED)),
            *REQUESTS,
        ]:
            yield read_requirement(requirement, dialect).findings
    for content, _ in TROUBLES:
        yield read_requirements_file(content).findings
    yield read_requirements_file(b"\xff").findings


@functools.cache
def seen() -> tuple[frozenset[str], frozenset[str]]:
    """Return the codes that were told with a fix to carry out, and without."""
    mended, told = carried_out(each for found in findings() for each in found)
    return frozenset(mended), frozenset(told)


def test_every_code_has_a_row() -> None:
    """Whoever adds a code says whether it has a fix, and a new topic of codes is noticed."""
    rows = [ALWAYS, SOMETIMES, WORDS, ELSEWHERE]
    listed = [code for row in rows for code in row.split()]
    codes = {
        code
        for code, rule in RULES.items()
        if rule.topic in TOPICS and (not code.startswith(OTHERS) or code == "metadata-project-url")
    }
    assert sorted(codes) == sorted(listed)


def test_every_row_is_true_and_shown() -> None:
    """The tables have a text for each code, with the fix that its row promises."""
    mended, told = seen()
    assert set(ALWAYS.split()) == mended - told
    assert set(SOMETIMES.split()) == mended & told
    assert set(WORDS.split()) == told - mended
