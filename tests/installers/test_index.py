"""Will the index take it?  Each rule, at its bound and just over it."""

from __future__ import annotations

import sys
import types
from pathlib import Path

import pytest

from trigpoint.catalogue import RULES
from trigpoint.findings import Finding, Severity, apply_fix
from trigpoint.installers import index
from trigpoint.installers.index import description, files, reading
from trigpoint.metadata import Document, read
from trigpoint.metadata import classifiers as classifiers_module
from trigpoint.metadata.classifiers import LONGEST_MEANT, MOST_MEANT, known, meant

HEAD = "Metadata-Version: 2.4\nName: demo\nVersion: 1.0\n"


def _document(*lines: str, head: str = HEAD) -> Document:
    return read(head + "".join(f"{line}\n" for line in lines))


def _check(*lines: str, head: str = HEAD) -> list[tuple[str, int]]:
    """Return code and line of what the index says of a document with *lines*."""
    return [
        (found.code, found.span.line if found.span else 0)
        for found in index.check(_document(*lines, head=head))
    ]


def _one(*lines: str, head: str = HEAD) -> Finding:
    [found] = index.check(_document(*lines, head=head))
    return found


def test_a_plain_document_is_taken() -> None:
    """There is nothing to say of what the index takes."""
    lines = (
        "Summary: one",
        "Author-email: Ada <ada@example.org>, Ben",
        "Home-page: https://example.org",
        "Project-URL: Docs, http://example.org/docs",
        "Classifier: Framework :: Django",
        "Requires-Dist: other>=1",
        "Provides-Extra: tests",
        "License-Expression: MIT",
    )
    assert [] == _check(*lines)


def test_every_fact_is_a_rule_and_dated() -> None:
    """The facts name findings that exist, and none is there twice."""
    codes = [fact.code for fact in index.FACTS]
    assert len(codes) == len(set(codes))
    assert set() == set(codes) - RULES.keys()
    dates = [each.since for each in (*index.FACTS,)]
    dates += [each.since for each in index.METADATA_VERSIONS.values()]
    assert all(date <= index.READ for date in dates)
    assert {code for code in codes if not code.startswith("index-")} == index.ALSO


@pytest.mark.parametrize("version", [*index.METADATA_VERSIONS])
def test_metadata_versions_are_taken(version: str) -> None:
    """Each listed version passes."""
    assert [] == _check(head=f"Metadata-Version: {version}\nName: demo\nVersion: 1.0\n")


@pytest.mark.parametrize("version", ["2.6", "2.0", "3.0", "abc", "2.10"])
def test_other_metadata_versions_are_refused(version: str) -> None:
    """A version that is not listed is refused, however real it is."""
    found = _check(head=f"Metadata-Version: {version}\nName: demo\nVersion: 1.0\n")
    assert [("index-metadata-version", 1)] == found


def test_local_versions_are_refused() -> None:
    """The part behind the plus is named; what is no version is the document's own finding."""
    found = _one(head="Metadata-Version: 2.4\nName: demo\nVersion: 1.0+cu118\n")
    assert ("index-local-version", "+cu118") == (found.code, found.message.rpartition(" ")[2])
    assert [] == _check(head="Metadata-Version: 2.4\nName: demo\nVersion: one+two+\n")


def test_a_summary_has_512_characters() -> None:
    """The bound is taken, one more is not."""
    assert [] == _check(f"Summary: {'x' * index.LONGEST_SUMMARY}")
    found = [("index-summary", 4)]
    assert found == _check(f"Summary: {'x' * (index.LONGEST_SUMMARY + 1)}")


@pytest.mark.parametrize(
    "line",
    [
        'Requires-Dist: s2wrapper @ git+https://example.org/x ; extra == "omnivinci"',
        "Requires-Dist: a @ file:///x.whl",
        "Provides-Dist: a @ https://example.org/a.whl",
        "Obsoletes-Dist: a@https://example.org/a.whl",
    ],
)
def test_direct_references_are_refused(line: str) -> None:
    """Whatever field a dependency with an address stands in."""
    assert ("index-direct-reference", 4) in _check(line)


def test_an_at_sign_is_no_direct_reference() -> None:
    """A marker may hold one."""
    assert [] == _check("Requires-Dist: a; platform_version == 'x@y'")


@pytest.mark.parametrize(
    ("value", "code", "better"),
    [
        ("Framework :: Djangoo", "index-classifier", "Framework :: Django"),
        (
            "License :: OSI Approved :: MIT",
            "index-classifier",
            "License :: OSI Approved :: MIT License",
        ),
        ("License :: OSI Approved :: Open Database License (ODbL)", "index-classifier", None),
        ("Made up", "index-classifier", None),
        (
            "Natural Language :: Ukranian",
            "index-classifier-deprecated",
            "Natural Language :: Ukrainian",
        ),
        ("License :: OSI Approved :: X.Net License", "index-classifier-deprecated", None),
        ("Private :: Do Not Upload", "index-private", None),
    ],
)
def test_classifiers(value: str, code: str, better: str | None) -> None:
    """One that is not in the list is refused, and the nearest known one can be put there."""
    document = _document(f"Classifier: {value}")
    [found] = index.check(document)
    assert found.fix is not None
    assert (code, better) == (found.code, found.fix.replacement)
    if better:
        assert f"Classifier: {better}\n" in apply_fix(document.text, found.fix)


def test_unknown_licences_belong_elsewhere() -> None:
    """A licence that has no classifier is said with License-Expression."""
    found = _one("Classifier: License :: Mine")
    assert found.fix is not None
    assert "License-Expression" in found.fix.message


def test_a_folded_classifier_has_no_machine_fix() -> None:
    """What stands on two lines is not replaced by a button."""
    found = [
        each
        for each in index.check(_document("Classifier: Framework ::", "        Djangoo"))
        if each.code == "index-classifier"
    ]
    assert [None] == [each.fix and each.fix.replacement for each in found]


def test_nearest_classifiers_are_looked_for_up_to_a_bound() -> None:
    """Of many unknown classifiers, all are told, and the first ones with the nearest known one."""
    lines = [f"Classifier: Framework :: Djangoo{'o' * (n % 2)}" for n in range(2)]
    many = [
        f"Classifier: Framework :: Djang{chr(97 + n % 26)}{chr(97 + n // 26)}o" for n in range(200)
    ]
    found = index.check(_document(*lines, *many))
    assert 202 == len(found)
    fixed = [each for each in found if each.fix and each.fix.replacement]
    assert 0 < len(fixed) <= MOST_MEANT


def test_the_list_of_classifiers_is_whole() -> None:
    """It says what it was made from, and its longest name can be meant."""
    assert known().version[:4].isdigit()
    assert len(known().date) == len("2026-11-25")
    assert len(known().names) > 800
    assert max(map(len, known().names)) < LONGEST_MEANT
    assert ("Framework :: Django CMS :: 5.0",) == known().deprecated[
        "Framework :: Django CMS :: 4.2"
    ]
    assert known().names.isdisjoint(known().deprecated)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("framework::django", "Framework :: Django"),
        ("Operating System :: Linux", "Operating System :: POSIX :: Linux"),
        (
            "Topic :: Software Developement :: Libraries",
            "Topic :: Software Development :: Libraries",
        ),
        ("Programming Language :: Python :: 3.99", None),
        ("Development Status :: 3 - Beta", None),
        ("Development Status :: 4 - Stable", None),
        ("Framework ::", None),
        ("", None),
        ("Framework :: Djangoo".ljust(LONGEST_MEANT, "o"), None),
        ("Framework :: Django" + " " * (LONGEST_MEANT - 19), "Framework :: Django"),
        ("Framework :: Django" + " " * (LONGEST_MEANT - 18), None),
    ],
)
def test_what_a_classifier_was_meant_to_be(text: str, found: str | None) -> None:
    """Case, blanks, a level too few and a slip of letters; numbers are never misspelt."""
    assert found == meant(text)


@pytest.mark.parametrize(
    "line",
    [
        "Home-page: ftp://example.org",
        "Download-URL: example.org",
        "Project-URL: Docs, git+https://example.org",
    ],
)
def test_urls_are_of_the_web(line: str) -> None:
    """Any other scheme is refused."""
    assert [("index-url", 4)] == _check(line)


def test_parts_of_project_urls_that_are_missing_are_the_documents_own_findings() -> None:
    """What the document says of a label or an address is not said again."""
    assert [] == _check("Project-URL: Docs", "Home-page:")
    codes = {each.code for each in _document("Project-URL: Docs").findings()}
    assert "metadata-project-url" in codes & index.ALSO


@pytest.mark.parametrize(
    ("address", "taken"),
    [
        ("ada@example.org", True),
        ("Ada <ada@b.example>, junk", True),
        ("ada@localhost", False),
        ("ada@example.test", False),
        ("ada@host.invalid", False),
        ("junk", False),
        ("a..b@example.org", False),
        (".a@example.org", False),
        ("a.@example.org", False),
        ("ada@-x.org", False),
        ("a@exam_ple", False),
    ],
)
def test_addresses_have_a_deliverable_form(address: str, taken: bool) -> None:
    """The first address is looked at, by its form, as email-validator does."""
    for field in ("Author-email", "Maintainer-email"):
        assert ([] if taken else [("index-email", 4)]) == _check(f"{field}: {address}")


def test_reserved_extras_are_told() -> None:
    """Test and doc have a meaning; the index takes them."""
    found = _one("Provides-Extra: doc")
    assert ("index-extra-reserved", Severity.INFO) == (found.code, found.severity)


@pytest.mark.parametrize("name", ["json", "JSON", "distutils", "future", "typing"])
def test_names_of_modules(name: str) -> None:
    """A module of the standard library, of today or of the past, warns."""
    expected = [("index-name-module", 2)]
    head = f"Metadata-Version: 2.4\nName: {name}\nVersion: 1.0\n"
    assert expected == [each for each in _check(head=head) if each[0] == "index-name-module"]


def test_findings_of_both_are_put_together() -> None:
    """A warning of what the index refuses gives way to the error at the same place."""
    document = _document("Classifier: A :: B", "Requires-Dist: c @ https://x", "Odd: d")
    found = index.check(document)
    joined = index.joined(document.findings(), found)
    assert {"metadata-unknown-field", "index-classifier", "index-direct-reference"} == {
        each.code for each in joined
    }
    assert len(document.findings()) == len(index.joined(document.findings(), []))


def test_reasons_are_errors_that_the_index_has_too() -> None:
    """An error of the document that the index does not look at is none."""
    lines = ("Project-URL: Docs", "Odd: d", "Provides-Extra: doc")
    document = _document(*lines)
    assert ["metadata-project-url"] == [
        each.code for each in index.reasons(document, index.check(document))
    ]
    document = _document("Odd: d", "Requires-Python: >=x")
    codes = {each.code for each in index.reasons(document, index.check(document))}
    assert {"metadata-unknown-field", "metadata-requires-python"} == codes


# -- packaging ---------------------------------------------------------------------------


def test_packaging_is_asked() -> None:
    """What packaging refuses and the document only warns of is an error, at its place."""
    found = _one("Description-Content-Type: text/plain; x*")
    assert ("index-packaging", 4) == (found.code, found.span and found.span.line)
    assert "text/plain; x*" in found.message


@pytest.mark.parametrize(
    ("content_type", "message"),
    [
        ("text/html", "one of ['text/markdown', 'text/plain', 'text/x-rst'], not 'text/html'"),
        ("text/markdown; variant=X", "are ['CommonMark', 'GFM'], not 'X'"),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_what_packaging_says_is_the_same_in_every_run(
    content_type: str, message: str, turned: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It lists sets, which come in another order every time; the value stays as it is."""
    document = _document(f"Description-Content-Type: {content_type}")
    monkeypatch.setattr(
        "packaging.metadata.list", lambda each: sorted(each, reverse=turned), raising=False
    )
    reading._asked.cache_clear()
    [found] = reading.reading_findings(document, [])
    reading._asked.cache_clear()
    assert found.message.endswith(message)


def test_packaging_names_the_value() -> None:
    """Of several values of a field the refused one is marked."""
    lines = ("License-File: LICENSE", "License-File: foo..txt")
    assert [("index-packaging", 5)] == _check(*lines)


def test_what_the_document_says_is_not_said_again() -> None:
    """An error of the document at the same place is enough; a missing field has no place."""
    assert [] == _check("Requires-Python: >=x")
    assert [] == _check(head="Metadata-Version: 2.4\nName: demo\n")


def test_license_files_before_their_time_are_left_out_of_uploads() -> None:
    """Old setuptools wrote License-File under 2.1 for years, and such files can be uploaded."""
    head = "Metadata-Version: {}\nName: demo\nVersion: 1.0\n"
    assert [] == _check("License-File: LICENSE", head=head.format("2.3"))
    assert [("index-packaging", 4)] == _check("License-Expression: MIT", head=head.format("2.3"))


def test_packaging_is_asked_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Long documents, and values with many parentheses, are not handed over."""
    line = "Description-Content-Type: text/plain; x*"
    size = len(_document(line).text)
    monkeypatch.setattr(reading, "MOST_READ", size)
    assert 1 == len(_check(line))
    monkeypatch.setattr(reading, "MOST_READ", size - 1)
    assert [] == _check(line)
    monkeypatch.undo()
    inside = f"Summary: {'(' * reading.MOST_OPEN}"
    assert 1 == len(_check(line, inside))
    assert [] == _check(line, inside + "(")


def test_packaging_is_asked_about_a_requirement_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it read before it is not asked again, up to a length; the first that it refuses is told."""
    asked: list[str] = []
    real = vars(reading)["Requirement"]

    def watched(text: str) -> object:
        asked.append(text)
        return real(text)

    monkeypatch.setattr(reading, "Requirement", watched)
    reading._reads.cache_clear()
    monkeypatch.setattr(reading, "LONGEST_KEPT", 5)
    for number in range(2):
        lines = "Requires-Dist: a>=123", "Requires-Dist: a>=12", "Requires-Dist: b>=x"
        found = reading._read(_document(*lines, f"Summary: {number}"))[0]
        assert ["'b>=x' is invalid for 'requires-dist'"] == [str(each) for each in found]
    assert ["a>=12", "b>=x"] == asked


def test_numbers_may_be_long() -> None:
    """More digits than Python reads are the document's own finding."""
    digits = "9" * (sys.int_info.str_digits_check_threshold + 5000)
    head = f"Metadata-Version: 2.4\nName: demo\nVersion: {digits}\n"
    assert [] == _check(f"Requires-Dist: a>={digits}", head=head)


# -- the description ---------------------------------------------------------------------

BAD_RST = ("Description-Content-Type: text/x-rst", "", "Title", "=====", "", ".. nope::", "")


def test_descriptions_are_not_rendered_without_the_renderer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It says so, and of plain text nothing is to be said."""
    monkeypatch.setattr(description, "_renderer", lambda kind: None)
    assert ["index-description-unrendered"] == [code for code, _ in _check("", "*text*")]
    markdown = "Description-Content-Type: text/markdown"
    found = _one(markdown, "", "*text*")
    assert "readme_renderer[md]" in found.message
    assert [] == _check("Description-Content-Type: text/plain", "", "*text*")
    assert [] == _check("Description-Content-Type: text/plain", "", " ")
    assert [] == _check("")


class _Renderer:
    """Stands in for readme_renderer."""

    def __init__(self) -> None:
        self.seen: list[object] = []

    def render(self, text: str, stream: object = None, variant: str = "") -> str | None:
        self.seen.append(variant)
        if "nope" in text:
            if stream is not None:
                print('<string>:4: (ERROR/3) Unknown directive type "nope".', file=stream)  # type: ignore[call-overload]
            return None
        return text


def test_descriptions_are_rendered(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the renderer complains of is told, with its place."""
    monkeypatch.setattr(description, "_renderer", lambda kind: _Renderer())
    found = _one(*BAD_RST)
    assert found.span is not None
    assert ("index-description", 9) == (found.code, found.span.line)
    assert 'Unknown directive type "nope"' in found.message
    assert [] == _check("", "fine")
    assert [("index-description", 0)] == _check(
        "Description-Content-Type: text/markdown", "", "nope"
    )
    assert [("index-description", 0)] == _check("Description: nope")


@pytest.mark.parametrize(
    ("stated", "used"),
    [("", "GFM"), ("; variant=CommonMark", "CommonMark"), ("; variant=X", "GFM")],
)
def test_markdown_is_rendered_as_its_variant(
    monkeypatch: pytest.MonkeyPatch, stated: str, used: str
) -> None:
    """GFM unless another known one is stated."""
    renderer = _Renderer()
    monkeypatch.setattr(description, "_renderer", lambda kind: renderer)
    _check(f"Description-Content-Type: text/markdown{stated}", "", "text")
    assert [used] == renderer.seen


def test_descriptions_are_rendered_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """One more character, and it is said that nobody tried."""
    monkeypatch.setattr(description, "_renderer", lambda kind: _Renderer())
    monkeypatch.setattr(description, "MOST_RENDERED", 5)
    assert [] == _check("", "text")
    assert [("index-description-unrendered", 0)] == _check("", "texts")


def test_the_renderer_is_readme_renderer() -> None:
    """With readme_renderer the same comes out of the real one."""
    pytest.importorskip("readme_renderer")
    assert ["index-description"] == [code for code, _ in _check(*BAD_RST)]


def test_without_readme_renderer_there_is_no_renderer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever part is missing."""
    for name in ("readme_renderer", "readme_renderer.rst", "readme_renderer.markdown"):
        monkeypatch.setitem(sys.modules, name, None)
    assert description._renderer("text/x-rst") is None
    assert description._renderer("text/markdown") is None
    half = types.ModuleType("readme_renderer.markdown")
    monkeypatch.setitem(sys.modules, "readme_renderer", types.ModuleType("readme_renderer"))
    monkeypatch.setitem(sys.modules, "readme_renderer.markdown", half)
    assert description._renderer("text/markdown") is None
    half.variants = {"GFM": str}  # type: ignore[attr-defined]
    assert description._renderer("text/markdown") is half


# -- the file ----------------------------------------------------------------------------


def _file(name: str, size: int | None = None, *, head: str = HEAD) -> list[str]:
    return [found.code for found in index.check(read(head), file_name=name, size=size)]


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("demo-1.0-py3-none-any.whl", True),
        ("demo-1.0-1-py3-none-any.whl", True),
        ("demo-1-py3-none-any.whl", True),
        ("demo-1.0.tar.gz", True),
        ("demo-1.tar.gz", False),
        ("Demo-1.0.tar.gz", False),
        ("demo-1.0.zip", False),
        ("demo-1.0.egg", False),
        ("Demo-1.0-py3-none-any.whl", False),
        ("other-1.0-py3-none-any.whl", False),
        ("demo-2.0-py3-none-any.whl", False),
        ("demo-1.0-any.whl", False),
        ("dist/demo-1.0.tar.gz", False),
        ("dist\\demo-1.0.tar.gz", False),
        ("demo-1.0\x1f.tar.gz", False),
        ("demo-1.0\x7f.tar.gz", False),
        ("\ud800", False),
    ],
)
def test_file_names(name: str, taken: bool) -> None:
    """The name is the normalised one, and fits the metadata."""
    assert ([] if taken else ["index-file-name"]) == _file(name)


def test_long_file_names() -> None:
    """Bytes count, with .metadata behind them."""
    rest = "-1.0-py3-none-any.whl"
    longest = "é" + "x" * (files.LONGEST_NAME - len(rest) - 2) + rest
    head = HEAD.replace("demo", longest.partition("-")[0])
    assert "too long" not in str(index.check(read(head), file_name=longest))
    assert "too long" in str(index.check(read(head), file_name="x" + longest))


def test_a_document_without_a_version_has_no_file_name_to_compare() -> None:
    """Only what is known is compared."""
    head = "Metadata-Version: 2.4\nName: demo\nVersion: x\n"
    assert [] == _file("demo-1.0-py3-none-any.whl", head=head)
    assert [] == _file("demo-1.0.tar.gz", head=head)
    assert [] == _file("demo-1.0-py3-none-any.whl", head="Metadata-Version: 2.4\nVersion: 1.0\n")


@pytest.mark.parametrize(
    ("platform", "taken"),
    [
        ("any", True),
        ("win_arm64", True),
        ("linux_armv7l", True),
        ("linux_x86_64", False),
        ("manylinux1_aarch64", False),
        ("manylinux2014_s390x", True),
        ("manylinux_2_28_ppc64", True),
        ("musllinux_1_2_ppc64", False),
        ("musllinux_1_2_riscv64", True),
        ("macosx_10_9_universal2", True),
        ("macosx_11_0_arm64", True),
        ("macosx_11_1_arm64", False),
        ("macosx_16_0_arm64", False),
        ("macosx_26_0_arm64", True),
        ("ios_13_0_arm64_iphoneos", True),
        ("ios_13_0_arm64", False),
        ("android_21_arm64_v8a", True),
        ("pyemscripten_2026_0_wasm32", True),
        ("emscripten_4_0_9_wasm32", False),
        ("freebsd_14_amd64", False),
    ],
)
def test_platforms(platform: str, taken: bool) -> None:
    """Those that others can run are taken."""
    assert taken == files.platform_accepted(platform)
    expected = [] if taken else ["index-platform"]
    assert expected == _file(f"demo-1.0-py3-none-{platform}.whl")


def test_each_platform_of_a_file_is_told_with_its_cure() -> None:
    """A name can hold several; auditwheel mends those of Linux."""
    name = "demo-1.0-py3-none-any.linux_x86_64.macosx_11_1_arm64.freebsd.whl"
    found = index.check(read(HEAD), file_name=name)
    told = [
        (each.message.split(",")[0].split()[-1], each.fix and each.fix.message.split()[0])
        for each in found
    ]
    assert [
        ("freebsd", "build"),
        ("linux_x86_64", "repair"),
        ("macosx_11_1_arm64", "build"),
    ] == told


def test_sizes() -> None:
    """The bound is taken, one byte more warns."""
    assert [] == _file("demo-1.0.tar.gz", index.LARGEST_FILE)
    assert ["index-file-size"] == _file("demo-1.0.tar.gz", index.LARGEST_FILE + 1)
    assert ["index-file-size"] == _file("", index.LARGEST_FILE + 1)


def test_the_data_file_is_beside_its_reader() -> None:
    """The wheel carries it, as there is no network in a browser."""
    assert Path(classifiers_module.__file__).with_name("classifiers.txt").is_file()
