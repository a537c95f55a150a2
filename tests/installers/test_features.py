"""Features: what in a file installers are known to differ on."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.installers import CASES, FEATURES, TOOLS, predict
from trigpoint.installers.features import detect
from trigpoint.installers.forms import MOST_CLAUSES, meetable
from trigpoint.installers.vocabulary import ORDINARY
from trigpoint.metadata import Document, read

HEAD = (("Metadata-Version", "2.1"), ("Name", "a"), ("Version", "1"))
# What files have every day, but for what these tests are about.
TOLD = {"environment-marker", "requires-dist", "requires-dist-extra"}
ALWAYS = {"metadata-version-2.1", "only-release"} | {
    name for name in ORDINARY if name not in TOLD and not name.startswith("extra-equality")
}


def document(fields: Iterable[tuple[str, str]]) -> Document:
    """Return a document with *fields*."""
    return read("".join(f"{name}: {value}\n" for name, value in fields))


def extra_features(*fields: tuple[str, str], request: str | None = None) -> set[str]:
    """Return the features that *fields* add to a plain file."""
    return set(detect(document([*HEAD, *fields]), request=request)) - ALWAYS


@pytest.mark.parametrize("name", CASES)
def test_a_case_shows_what_it_declares(name: str) -> None:
    """The detector finds the features of each case in the case's own file."""
    case = CASES[name]
    found = detect(
        read(case.metadata),
        request=case.request,
        file_name=case.file_name,
        wheel=case.wheel,
        older=case.older,
    )
    assert case.features
    assert set() == case.features - found.keys()
    assert set() == found.keys() - FEATURES.keys()


@pytest.mark.parametrize(
    ("marker", "features"),
    [
        ("python_version > '3'", {"environment-marker"}),
        ("extra == 'x'", {"extra-equality@bare"}),
        ("'x' == extra", {"extra-equality@bare"}),
        ("extra == 'x' or extra == 'y'", {"extra-equality@bare"}),
        ("extra == 'x' and python_version > '3'", {"extra-equality@bare"}),
        ("extra == 'x' and extra == 'y'", {"extra-conjunction@bare"}),
        ("(extra == 'x') and (extra == 'y')", {"extra-conjunction@bare"}),
        (
            "(extra == 'x' or os_name == 'nt') and extra == 'y'",
            {"extra-conjunction@bare", "marker-combination"},
        ),
        ("extra == 'x' and extra != 'y'", {"extra-conjunction@bare", "extra-negation@bare"}),
        ("extra != 'x'", {"extra-negation@bare"}),
        ("extra == ''", {"extra-empty@bare"}),
        ("extra in 'x, y'", {"extra-in-value@bare"}),
        ("extra in 'x-y'", {"extra-in-substring@bare"}),
        ("'x' in extra", {"value-in-extra@bare"}),
        ("extra >= 'x'", {"extra-order@bare"}),
        ("extra not in 'x'", {"extra-operator@bare"}),
        ("'x' in extras", {"extras-in@bare"}),
        ("'x' not in extras", {"extras-not-in@bare"}),
        ("'x' in extras and 'y' in extras", {"extras-in@bare", "extras-conjunction@bare"}),
        ("extras == 'x'", {"extras-operator@bare"}),
        ("'x' in dependency_groups", {"dependency-groups@bare"}),
        ("flavour == 'x'", {"marker-unknown-variable"}),
        ("os_name", {"marker-unreadable-lone"}),
        ("os_name == 'nt' and", {"marker-unreadable-half"}),
        ("(os_name == 'nt'", {"marker-unreadable-other"}),
        ("os_name == 'nt')", {"marker-unreadable-other"}),
        ("os_name == 'nt", {"marker-unreadable-other"}),
    ],
)
def test_markers_are_sorted_by_kind(marker: str, features: set[str]) -> None:
    """Each kind of marker has its feature."""
    provides = [("Provides-Extra", "x"), ("Provides-Extra", "y")]
    assert features == extra_features(*provides, ("Requires-Dist", f"b; {marker}"))


@pytest.mark.parametrize(
    ("request_text", "relation"),
    [
        (None, "bare"),
        ("a", "bare"),
        ("a[]", "bare"),
        ("a[x]", "named"),
        ("a[X]", "named"),
        ("a[y]", "other"),
        ("a[x,y]", "several"),
    ],
)
def test_the_request_is_seen_from_the_marker(request_text: str | None, relation: str) -> None:
    """A feature says how the extras asked for stand to those that the marker names."""
    provides = [("Provides-Extra", "x"), ("Provides-Extra", "y")]
    found = extra_features(*provides, ("Requires-Dist", "b; extra != 'x'"), request=request_text)
    assert {f"extra-negation@{relation}"} == found - {"extra-spelling-unused"}


@pytest.mark.parametrize(
    ("requirement", "features"),
    [
        ("b", {"requires-dist"}),
        ("b (>=1)", {"requires-dist"}),
        ("b[]", {"requires-dist-empty-brackets"}),
        ("b[x]", {"requires-dist-extra"}),
        ("b @ https://example.org/b;c.whl", {"requires-dist-url-https"}),
        ("b @ git+https://example.org/b", {"requires-dist-url-git"}),
        ("b @ ftp://example.org/b", {"requires-dist-url-other"}),
        ("b[x] @ https://example.org/b.whl", {"requires-dist-url-https"}),
        ("b (>= 1.*)", {"requires-dist-legacy"}),
        ("b >= 1.*", {"requirement-wildcard-order"}),
        ("b (>=1.0<2.0)", {"requirement-missing-comma-parenthesised"}),
        ("b>=1.0<2.0", {"requirement-missing-comma"}),
        ("b<1.0>2.0", {"requirement-unreadable"}),
        ("b!=1.3*", {"requirement-star-without-dot"}),
        ("b!=~1.3", {"requirement-not-tilde"}),
        ("b>='1.0'", {"requirement-quoted"}),
        ("b>=1,<2,", {"requires-dist", "requirement-trailing-comma"}),
        ("b (>=1,)", {"requires-dist", "requirement-trailing-comma-parenthesised"}),
        ("b>1,<1", {"requires-dist", "requirement-unmeetable"}),
        ("b  >=1", {"requires-dist", "requirement-blanks-odd"}),
        ("b>=1; os_name", {"marker-unreadable-lone"}),
        ("b >>> 1", {"requires-dist-invalid"}),
        ("b >>> 1.*", {"requirement-unreadable"}),
        ("b>>> 1; os_name == 'nt'", {"requires-dist-invalid", "requirement-unreadable-marked"}),
        (
            "b >= 1.*; os_name == 'nt'",
            {"requirement-wildcard-order", "requirement-unreadable-marked"},
        ),
        ("b[]; os_name == 'nt'", {"requires-dist-empty-brackets"}),
        ("b[x]; extra == 'x'", {"requires-dist-extra", "extra-equality@bare"}),
        ("", {"requires-dist-empty"}),
        ("A", {"requires-dist", "requirement-itself"}),
        ("A[]", {"requires-dist-empty-brackets", "requirement-itself"}),
        (
            "A[x]; extra == 'y'",
            {"self-reference@bare", "extra-equality@bare", "extra-not-provided@bare"},
        ),
        ("A[x]", {"requires-dist", "self-reference@bare", "self-reference-always"}),
        (
            "A[y]",
            {
                "requires-dist",
                "self-reference@bare",
                "self-reference-always",
                "self-reference-unknown",
            },
        ),
    ],
)
def test_requirements_are_sorted_by_kind(requirement: str, features: set[str]) -> None:
    """Each form of requirement has its feature."""
    provides = ("Provides-Extra", "x")
    assert features == extra_features(provides, ("Requires-Dist", requirement))


def test_a_negation_is_asked_for_on_its_own() -> None:
    """The extra that a negation names is not that of the test beside it."""
    fields = (
        ("Provides-Extra", "x"),
        ("Provides-Extra", "y"),
        ("Requires-Dist", "b; extra == 'x' and extra != 'y'"),
    )
    for extra, relation in (("x", "other"), ("y", "named")):
        found = extra_features(*fields, request=f"a[{extra}]")
        assert {"extra-conjunction@named", f"extra-negation@{relation}"} == found


def test_spellings_are_named_only_where_they_differ() -> None:
    """Three normal forms are nothing to speak of."""
    fields = (("Provides-Extra", "a-b"), ("Requires-Dist", "b; extra == 'a-b'"))
    assert {"extra-equality@named"} == extra_features(*fields, request="a[a-b]")
    assert {"extra-equality@named", "extra-spelling-normal-normal-mixed"} == extra_features(
        *fields, request="a[A_B]"
    )


@pytest.mark.parametrize(
    ("file_name", "form"),
    [
        ("a-1-py3-none-any.whl", "plain"),
        ("a-1-cp313-cp313-manylinux_2_17_x86_64.manylinux2014_x86_64.whl", "plain"),
        ("a-1-cp39-abi3-macosx_11_0_arm64.whl", "plain"),
        ("a-1-py2.py3-none-any.whl", "plain"),
        ("a-1-7-py3-none-any.whl", "build"),
        ("a-1-py3-none-any-x.whl", "trailing"),
        ("a-1-py3-x-any.whl", "slotabi"),
        ("a-1-py3-none-any.x.whl", "platform"),
        ("a-1+x-py3-none-any.whl", "local"),
        ("a-1-py3-none-any.whlx", "whlx"),
        ("a-1-any.whl", "short"),
        ("a-1.0-py3-none-any.whl", "version"),
        ("a-1.tar.gz", "other"),
        ("whl", "other"),
        ("a-b-1-py3-none-any-x-y.whl", "other"),
        ("a-1-7-py3-none-any-x.whl", "trailingbuild"),
        ("a-1-7-py3-none-any-x-y.whl", "other"),
        ("a-1-py3-none.whl", "short"),
        ("a-1-x7-py3-none-any.whl", "buildmd3"),
        ("a-1-1.2-py3-none-any.whl", "build30"),
        ("a-1-1x-py3-none-any.whl", "build30md"),
        ("a-1+x-7-py3-none-any.whl", "localbuild"),
        ("a-1-x-none-any.whl", "slotpython"),
        ("a-1-py3.x-none-any.whl", "python"),
        ("a-1-py3-none.x-any.whl", "abi"),
        ("a-1-py3-none-x.whl", "slotplatform"),
        ("A-1-py3-none-any.whl", "name"),
        ("A-1.0-py3-none-any.whl", "name"),
        ("a-1-py3-none-any.WHL", "upper"),
        ("a-1-py3-none-any.whl3", "whl3"),
    ],
)
def test_file_names_are_sorted_by_form(file_name: str, form: str) -> None:
    """Each form of wheel file name has its feature."""
    found = set(detect(document(HEAD), file_name=file_name)) - ALWAYS
    assert {f"file-name-{form}"} == found


def test_without_a_version_no_file_name_differs_from_it() -> None:
    """What the METADATA does not say, the file name may say."""
    found = detect(document([("Metadata-Version", "2.1")]), file_name="a-2-py3-none-any.whl")
    assert {
        "metadata-version-2.1",
        "only-release",
        "file-name-plain",
        "name-missing",
        "version-missing",
    } == found.keys()


PLAIN = b"Metadata-Version: 2.1\nName: a\nVersion: 1\n"


@pytest.mark.parametrize(
    ("raw", "features"),
    [
        (PLAIN, set()),
        (PLAIN + b"\n\xe9", {"not-utf-8-description"}),
        (
            b"\xef\xbb\xbf" + PLAIN.replace(b"\n", b"\r\n"),
            {"byte-order-mark", "no-requirement", "several-irregularities", "crlf"},
        ),
        (b"\n" + PLAIN, {"leading-blank-line", "no-requirement"}),
        (b" \r\n" + PLAIN, {"leading-blanks", "no-requirement"}),
        (PLAIN + b"Summary: a\r\n", {"crlf", "carriage-return"}),
        (PLAIN + b"Summary: a\r\n\r\n", {"crlf", "carriage-return"}),
        (PLAIN + b"\r\na\r\n", set()),
        (PLAIN + b"\na\r\n", set()),
        (PLAIN + b"Summary: \0\n", {"nul-character"}),
        (PLAIN + b"\n\0\n", {"nul-character-other"}),
        (PLAIN + b"\nSUMMARY: a\n", {"field-after-blank-line", "lost-optional"}),
        (PLAIN + b"\n\n\nDefault-Extra: a\n", {"field-after-blank-line", "lost-optional"}),
        (PLAIN + b"\nSummary\nSummary: a\n", set()),
        (PLAIN + b"\nExample: a\n", set()),
        (PLAIN + b"\r\nSummary: a\n", {"field-after-blank-line", "lost-optional"}),
        (PLAIN + b"junk\n", {"line-without-colon", "lost-optional"}),
        (PLAIN + b"Summary : a\n", {"blank-before-colon", "lost-optional"}),
        (PLAIN + b"Summary: a\n junk\n\tb : c\n", {"summary-folded"}),
    ],
)
def test_bytes_have_features(raw: bytes, features: set[str]) -> None:
    """Each is told of the part of the file that it matters in."""
    assert features == detect(read(raw)).keys() - ALWAYS


@pytest.mark.parametrize(
    ("version", "feature"),
    [
        ("2.4", "metadata-version-2.4"),
        ("1.1", "metadata-version-1.1"),
        ("2", "metadata-version-short"),
        ("2.", "metadata-version-invalid"),
        ("x", "metadata-version-invalid"),
        ("3.0", "metadata-version-newer-major"),
        ("2.99", "metadata-version-newer-minor"),
        ("2.04", "metadata-version-unknown"),
        ("1.99", "metadata-version-unknown"),
        ("0.5", "metadata-version-unknown"),
    ],
)
def test_metadata_versions_are_sorted(version: str, feature: str) -> None:
    """Known ones are named, others by what about them is odd."""
    fields = [("Metadata-Version", version), *HEAD[1:]]
    assert {feature, "only-release"} == detect(document(fields)).keys()


@pytest.mark.parametrize(
    ("fields", "features"),
    [
        ([("Content-Transfer-Encoding", "x")], {"content-transfer-encoding": (3,)}),
        ([("X", "a"), ("X", "b")], {"unknown-field": (3, 4)}),
        ([("Default-Extra", "a")], {"default-extra@bare": (3,)}),
        ([("Extension", "a")], {"unknown-field": (3,)}),
        ([("Wheel-Version", "2.0")], {"unknown-field": (3,)}),
        ([("summary", "a")], {"field-case-summary": (3,)}),
        ([("Name", "b")], {"duplicate-name": (1, 3)}),
        ([("Version", "2")], {"duplicate-version": (2, 3)}),
        ([("Summary", "a"), ("Summary", "b")], {"duplicate-summary": (3, 4)}),
        ([("Platform", "a"), ("Platform", "b")], {}),
        ([("License-File", "a")], {"field-too-new-license-file@2.1": (3,)}),
        ([("Description-Content-Type", "text/plain")], {}),
        ([("Description-Content-Type", " Text/X-RST ; charset=UTF-8")], {}),
        ([("Description-Content-Type", "text/html")], {"content-type-unknown": (3,)}),
        ([("Summary", "a\n b")], {"summary-folded": (3,)}),
        ([("Requires-Python", ">=3.*")], {"requires-python-legacy": (3,)}),
        ([("Requires-Python", ">=x")], {"requires-python-unreadable": (3,)}),
        ([("Requires-Python", ">=3")], {}),
        (
            [("Project-URL", "A, b"), ("Project-URL", "B, b"), ("Project-URL", "A ,c")],
            {"duplicate-url-label": (3, 5)},
        ),
        (
            [("License", "a"), ("License-Expression", "MIT")],
            {
                "license-and-license-expression": (3, 4),
                "field-too-new-license-expression@2.1": (4,),
            },
        ),
        (
            [("License-Expression", "a b")],
            {"license-expression-invalid": (3,), "field-too-new-license-expression@2.1": (3,)},
        ),
    ],
)
def test_fields_have_features(fields: list[tuple[str, str]], features: dict[str, object]) -> None:
    """With the numbers of all fields that show it."""
    found = detect(document([*HEAD, *fields]))
    assert features == {name: at for name, at in found.items() if name not in ALWAYS}


def test_without_a_known_version_no_field_is_too_new() -> None:
    """Too new is a matter of the version that is stated."""
    fields = [("Metadata-Version", "9.9"), *HEAD[1:], ("License-File", "a")]
    assert "field-too-new" not in detect(document(fields))
    assert "metadata-version-missing" in detect(document([*HEAD[1:], ("License-File", "a")]))


@pytest.mark.parametrize(
    ("wheel", "features"),
    [
        ("Wheel-Version: 1.0\n", set()),
        ("Wheel-Version: 1.1\n", {"wheel-version-newer-minor"}),
        ("Wheel-Version: 2.0\n", {"wheel-version-newer-major"}),
        ("Wheel-Version: 2.1\n", {"wheel-version-newer-major"}),
        ("Wheel-Version: 0.9\n", {"wheel-version-newer-minor"}),
        ("Wheel-Version: x\nOther: 2.0\n", set()),
    ],
)
def test_wheel_versions_have_features(wheel: str, features: set[str]) -> None:
    """Of the file WHEEL only its version matters."""
    assert features == detect(document(HEAD), wheel=wheel).keys() - ALWAYS


def test_an_older_release_is_a_feature() -> None:
    """Or that there is none."""
    assert {"older-release", "metadata-version-2.1"} == set(detect(document(HEAD), older=True))


def test_fields_are_those_of_the_document() -> None:
    """A junk line ends the fields, and a line that the email parser passes over does not."""
    for stop, found in ((": x", True), ("From x", True), ("junk", False), ("Name : a", False)):
        text = f"Metadata-Version: 2.1\nName: a\nVersion: 1\n{stop}\nRequires-Dist: b\n"
        assert found is ("requires-dist" in detect(read(text)))


def test_a_folded_value_keeps_its_lines() -> None:
    """A version on two lines is none, and a requirement on two lines is one."""
    found = extra_features(("Metadata-Version", "\n 2.1"), ("Requires-Dist", "b\n ; extra == 'x'"))
    assert {"folded-requires-dist", "extra-equality@bare", "extra-not-provided@bare"} <= found
    assert "metadata-version-invalid" in detect(read("Metadata-Version: 2\n .1\n"))


_UNKNOWN = ("marker-unknown-variable", "extra-equality@bare")


@pytest.mark.parametrize(
    ("marker", "features"),
    [
        ("flavour == 'x' and extra == 'x'", {*_UNKNOWN, "marker-combination"}),
        ("extra == 'x' and flavour in 'x y'", {*_UNKNOWN, "marker-combination"}),
        ("flavour == 'x' extra == 'x'", {"marker-unreadable-other"}),
        (
            "'x' in extras and extra == 'y'",
            {"extras-in@bare", "extra-conjunction@bare", "marker-combination"},
        ),
        ("os_name == sys_platform", {"environment-marker", "marker-operator-other"}),
        ("flavour == sys_platform", {"marker-unreadable-other"}),
        ("'a' == 'b'", {"environment-marker", "marker-operator-other"}),
        ("extra == 'x' or extra == 'y' and os_name == 'nt'", {"extra-equality@bare"}),
    ],
)
def test_markers_are_read_as_a_tree(marker: str, features: set[str]) -> None:
    """Unknown variables are no end of it; what else is wrong is."""
    provides = [("Provides-Extra", "x"), ("Provides-Extra", "y")]
    assert features == extra_features(*provides, ("Requires-Dist", f"b; {marker}"))


def test_names_that_packaging_lets_pass() -> None:
    """An underscore at the end of a name stops no installer."""
    assert {"requires-dist"} == extra_features(("Requires-Dist", "b_"))
    assert {"requirement-unreadable"} == extra_features(("Requires-Dist", "b-"))


def test_numbers_may_be_long() -> None:
    """Thousands of digits are no exception."""
    long = "9" * 5000
    text = f"Metadata-Version: {long}.{long}\nName: a\nVersion: {long}\nRequires-Python: >{long}\n"
    found = detect(read(text), wheel=f"Wheel-Version: {long}.{long}\n")
    assert {"metadata-version-invalid", "version-invalid", "requires-python-unreadable"} <= set(
        found
    )


def test_a_request_of_another_form_is_the_callers_mistake() -> None:
    """Labs ask predict, which has an answer; detect has none."""
    with pytest.raises(ValueError, match="not a request"):
        detect(document(HEAD), request="a[-b]")


@given(st.binary(), st.sampled_from(sorted(TOOLS)), st.text(max_size=8), st.text(max_size=12))
def test_any_bytes_have_an_answer(raw: bytes, tool: str, request_text: str, name: str) -> None:
    """Nothing that is typed or dropped raises."""
    assert predict(raw, tool, request_text, file_name=name, wheel=name).findings is not None


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Requires-Dist", "Provides-Extra", "Metadata-Version", "Version"]),
            st.text("ab[]();'=! <>.@\n extrasinotd", max_size=24),
        )
    )
)
def test_any_fields_have_features_from_the_list(fields: list[tuple[str, str]]) -> None:
    """The detector names nothing that the list of features does not explain."""
    assert set() == detect(document(fields), request="a[b]").keys() - FEATURES.keys()


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("==1.17.3", "==1.17.5", {"requirements-exclude"}),
        ("<1", ">=1", {"requirements-exclude"}),
        (">=1", "<2", set()),
        ("==1.*", "!=1.*", {"requirements-exclude"}),
        ("~=1.4", "==1.5", set()),
        (">1.0a1", "<1.0a2", {"requirements-undecided"}),
        ("===1", "==2", {"requirements-undecided"}),
        ("==1", "==2; python_version < '3'", set()),
        ("==1; os_name == 'posix'", "==2; python_version >= '3'", {"requirements-exclude"}),
        ("==1", "==2; extra == 'x'", set()),
    ],
)
def test_requirements_that_apply_together_may_exclude_each_other(
    first: str, second: str, found: set[str]
) -> None:
    """What no version meets is told, where both apply."""
    fields = [("Provides-Extra", "x")]
    fields += [("Requires-Dist", f"b{each}") for each in (first, second)]
    told = {"requirements-exclude", "requirements-undecided", "requirement-unmeetable"}
    assert found == extra_features(*fields) & told
    if "extra" in second:
        assert {"requirements-exclude"} == extra_features(*fields, request="a[x]") & told


def test_so_many_clauses_are_put_together() -> None:
    """Beyond the bound it is not known whether a version meets them all."""
    few, many = (
        ",".join([">=1"] * (count - 1) + ["<2"]) for count in (MOST_CLAUSES, MOST_CLAUSES + 1)
    )
    assert (True, None) == (meetable(few), meetable(many))


@pytest.mark.parametrize(
    ("value", "python", "features"),
    [
        (">=3.8", "3.13.0", {"requires-python-at-least"}),
        (">=3.14", "3.13.0", {"requires-python-unmet-lower"}),
        (">=3.8", "3.6.15", {"requires-python-unmet-lower"}),
        ("<3", "3.13.0", {"requires-python-unmet-upper"}),
        (">=2.7,<3", "3.13.0", {"requires-python-unmet-upper"}),
        ("!=3.*", "3.13.0", {"requires-python-unmet-exclusion"}),
        ("==2.7.*", "3.13.0", {"requires-python-unmet-equality"}),
        ("~=2.7", "3.13.0", {"requires-python-unmet-compatible"}),
        (">=3.8,", "3.13.0", {"requires-python-trailing-comma"}),
        (">=3.8.*", "3.13.0", {"requires-python-legacy"}),
        (">=2.7<4", "3.13.0", {"requires-python-missing-comma"}),
        ("three", "3.13.0", {"requires-python-invalid"}),
        ("three 3", "3.13.0", {"requires-python-unreadable"}),
        ("", "3.13.0", {"requires-python-empty"}),
    ],
)
def test_requires_python_is_put_to_the_interpreter(
    value: str, python: str, features: set[str]
) -> None:
    """A bound that the interpreter does not meet is told by its kind."""
    found = detect(document([*HEAD, ("Requires-Python", value)]), python=python)
    assert features == {name for name in found if name.startswith("requires-python")}


@pytest.mark.parametrize(
    ("text", "features"),
    [
        ("Metadata-Version: 2.1\n\nName: a\n", {"field-after-blank-line", "lost-other"}),
        ("Name: a\n\nKeywords: b\n", {"field-after-blank-line", "lost-optional"}),
        ("Name: a\n\nRequires-Dist: b\n", {"field-after-blank-line", "lost-requirement"}),
        (
            "Name: a\n\nRequires-Dist: b; os_name == 'nt'\n",
            {"field-after-blank-line", "lost-other"},
        ),
        ("Name: a\nwords\nKeywords: b\n", {"line-without-colon", "lost-optional"}),
        ("Name: a\n\nWords: b\n", set()),
    ],
)
def test_what_is_lost_behind_a_cut_is_told(text: str, features: set[str]) -> None:
    """Installers miss requirements, and do not miss keywords."""
    told = {"field-after-blank-line", "line-without-colon", "blank-before-colon"}
    found = {name for name in detect(read(text)) if name in told or name.startswith("lost-")}
    assert features == found


def test_what_is_behind_a_byte_order_mark_counts_where_it_is_unusual() -> None:
    """Some tools read on, so that two oddities are another thing than one."""
    plain = "\ufeffMetadata-Version: 2.1\nName: a\nVersion: 1\nRequires-Dist: b\n"
    assert "several-irregularities" not in detect(read(plain))
    assert "several-irregularities" in detect(read(f"{plain}Flavour: vanilla\n"))


@pytest.mark.parametrize(
    ("request_text", "relation"),
    [("a[x,y]", "several"), ("a[x,z]", "mixed"), ("a[x]", "named"), ("a[z,w]", "others")],
)
def test_a_conjunction_needs_all_its_extras(request_text: str, relation: str) -> None:
    """Two extras asked for, one of them foreign, are not what a case has."""
    fields = [("Provides-Extra", each) for each in "xyzw"]
    marker = ("Requires-Dist", "b; extra == 'x' and extra == 'y'")
    found = extra_features(*fields, marker, request=request_text)
    assert {f"extra-conjunction@{relation}"} == found


@pytest.mark.parametrize(
    ("file_name", "form"),
    [
        ("a-1-py3-none-any.whl", "plain"),
        ("b-1-py3-none-any.whl", "other-name"),
        ("a-2-py3-none-any.whl", "other-version"),
        ("a-1.0-py3-none-any.whl", "version"),
    ],
)
def test_a_file_name_is_held_against_the_metadata(file_name: str, form: str) -> None:
    """Another project or version is told apart from another spelling."""
    found = detect(document(HEAD), file_name=file_name)
    assert [f"file-name-{form}"] == [name for name in found if name.startswith("file-name-")]


@pytest.mark.parametrize(
    ("fields", "request_text", "feature", "shown"),
    [
        ([("Requires-Dist", "b; platform_release == '1'")], None, "marker-undecided", True),
        ([("Requires-Dist", "b; platform_machine == '1'")], None, "marker-undecided", False),
        ([("Requires-Dist", "b; 'y' in extras")], "a[y]", "extra-undeclared-combined", True),
        ([("Requires-Dist", "b; 'y' in extras")], "a[z]", "extra-undeclared-combined", False),
        ([("Requires-Dist", "b; extra == 'y'")], "a[y]", "extra-undeclared-combined", False),
        (
            [("Requires-Dist", "b; 'y' in extras"), ("Provides-Extra", "y")],
            "a[y]",
            "extra-undeclared-combined",
            False,
        ),
    ],
)
def test_what_no_document_decides(
    fields: list[tuple[str, str]], request_text: str | None, feature: str, shown: bool
) -> None:
    """A marker about one machine, and an extra that only an unusual marker knows."""
    found = detect(document([*HEAD, *fields]), request=request_text)
    assert (3,) * shown == found.get(feature, ())
