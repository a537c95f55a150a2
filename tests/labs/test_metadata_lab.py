"""The metadata lab answers the same on every face, and never raises for what was given."""

from __future__ import annotations

import base64
import gzip
import html as html_module
import importlib.util
import io
import json
import sys
import tarfile
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint import labs
from trigpoint.cli.app import app
from trigpoint.installers import CASES, predict
from trigpoint.labs.codec import decode, encode
from trigpoint.labs.files import PROBLEMS, encoded
from trigpoint.labs.metadata import words
from trigpoint.labs.metadata.answer import answer as lab_answer
from trigpoint.labs.metadata.data import (
    MOST_LETTERS,
    VIEWS,
    MetadataRequest,
    MetadataResponse,
    ToolRow,
)
from trigpoint.labs.metadata.lab import MetadataLab
from trigpoint.labs.metadata.words import (
    FEWEST_FOLDED,
    MOST_LINES,
    MOST_LISTED,
    MOST_NAMED,
    MOST_ROWS,
    MOST_TABLES,
    listing,
)
from trigpoint.metadata import LATEST, convert, diff, read, to_json

TEXT = (
    "Metadata-Version: 2.1\nName: spam\nVersion: 1.0\nProvides-Extra: x\n"
    "Requires-Dist: eggs; extra == 'x'\n"
)


def run(text: str, **fields: object) -> dict[str, Any]:
    return labs.run("metadata", {"text": text, **fields})


def answer(**request: object) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(labs.answer("metadata", json.dumps(request)))
    return found


def wheel(metadata: bytes = TEXT.encode(), **more: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("spam/__init__.py", b"")
        archive.writestr("spam-1.0.dist-info/METADATA", metadata)
        archive.writestr("spam-1.0.dist-info/WHEEL", b"Wheel-Version: 1.0\nGenerator: x\n")
        for name, data in more.items():
            archive.writestr(name, data)
    return stream.getvalue()


def sdist(*members: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return stream.getvalue()


def drop(name: str, data: bytes, **request: object) -> dict[str, Any]:
    return answer(file={"name": name, "data": base64.b64encode(data).decode()}, **request)


# -- one answer ---------------------------------------------------------------------------


def test_findings_are_the_documents_own() -> None:
    """The lab adds nothing to what the library says, and leaves nothing out."""
    text = TEXT + "Versoin: 2\nHome-page: x\n"
    expected = [finding.to_json() for finding in read(text).findings("2.4", kind="sdist")]
    assert expected == run(text, reader="2.4", kind="sdist")["findings"]


def test_rows_hold_every_value_with_its_place() -> None:
    """Each field of the text is a row, and each value points at itself."""
    text = TEXT + "Requires-Dist: ham\n\nHello\n"
    fields = run(text)["fields"]
    names = [
        "Metadata-Version",
        "Name",
        "Version",
        "Provides-Extra",
        "Requires-Dist",
        "Description",
    ]
    assert names == [row["name"] for row in fields]
    for row in fields:
        for value in row["values"]:
            place = value["place"]
            assert value["text"] == text[place["start"] : place["end"]]


def test_row_says_since_when_and_until_when() -> None:
    """A deprecated field says so, with its versions."""
    [row] = run("Home-page: x\n")["fields"]
    assert ("1.0", "1.2", "deprecated") == (row["since"], row["deprecated"], row["status"])


def test_conversion_is_the_librarys() -> None:
    """Text and report of the lab are those of convert()."""
    expected = convert(read(TEXT), "3.0")
    converted = run(TEXT, view="convert", to="3.0")["converted"]
    assert str(expected.document) == converted["text"]
    assert [finding.to_json() for finding in expected.findings] == converted["findings"]


def test_refused_conversion_writes_nothing_until_it_is_forced() -> None:
    """What cannot be said stops the lab too."""
    text = "Metadata-Version: 3.0\nName: x\nVersion: 1\nRequires-Dist: y; 'a' not in extras\n"
    assert run(text, view="convert", to="2.6")["converted"]["text"] is None
    assert run(text, view="convert", to="2.6", force=True)["converted"]["text"]


def test_differences_are_the_librarys() -> None:
    """The comparison of the lab is that of diff()."""
    other = TEXT.replace("1.0", "1.1").replace("'x'", '"x"')
    expected = [each.message for each in diff(read(TEXT), read(other))]
    answered = run(TEXT, view="diff", other=other)
    assert expected == [each["message"] for each in answered["differences"]]


def test_json_is_the_librarys() -> None:
    """The JSON view is the document in the chosen form."""
    text = TEXT + "Project-URL: Docs, https://x.example\n"
    expected = to_json(read(text), "pep819").data
    assert expected == json.loads(run(text, view="json", form="pep819")["json"])


def test_installers_are_predicted_from_the_record() -> None:
    """Each tool's row is its prediction, cases included."""
    text = TEXT.replace("extra == 'x'", "'x' in extras")
    expected = predict(text, "pip 26.3", "pkg[x]")
    [row] = run(text, view="installers", asked="[x]", tools=["pip 26.3"])["tools"]
    assert (expected.outcome.value, list(expected.cases)) == (row["outcome"], row["cases"])
    assert ["Requires-Dist: eggs; 'x' in extras"] == [
        text[place["start"] : place["end"]] for place in row["places"]
    ]


def test_tools_may_be_written_without_blanks() -> None:
    """An author of a page lists pip==26.3, and the answer names pip 26.3."""
    asked = run(TEXT, view="installers", tools=["pip==26.3"])
    assert run(TEXT, view="installers", tools=["pip 26.3"]) == asked


def test_the_index_is_a_row_among_the_tools() -> None:
    """Nobody ran it: its rules say what it does, and where."""
    line = "Requires-Dist: c @ https://example.org/c.whl\n"
    rows = run(TEXT + line, view="installers")["tools"]
    [row] = [each for each in rows if each["tool"] == "index"]
    assert ("refuses", "", [], ["Dependency by its address"]) == (
        row["outcome"],
        row["recorded_with"],
        row["cases"],
        row["causes"],
    )
    assert [line] == [
        (TEXT + line)[place["start"] - len("Requires-Dist: ") : place["end"] + 1]
        for place in row["places"]
    ]
    assert [row] == run(TEXT + line, view="installers", tools=["index"])["tools"]
    both = run(TEXT, view="installers", tools=["Index", "pip 26.3"])["tools"]
    assert [("pip 26.3", "installs"), ("index", "accepts")] == [
        (each["tool"], each["outcome"]) for each in both
    ]


def test_the_index_refuses_what_packaging_refuses() -> None:
    """A required field that is missing is a reason too."""
    [row] = run("Name: a\n", view="installers", tools=["index"])["tools"]
    assert ("refuses", ["Required field missing"]) == (row["outcome"], row["causes"])


def test_the_rules_of_the_index_are_a_switch() -> None:
    """With it, warnings of what the index refuses become errors, once each."""
    text = TEXT + "Requires-Dist: c @ https://example.org/c.whl\nClassifier: Framework :: Djangoo\n"
    plain = [each["code"] for each in run(text)["findings"]]
    assert ["metadata-direct-reference", "metadata-classifier-unknown"] == plain
    asked = run(text, index="pypi")
    assert ["index-direct-reference", "index-classifier"] == [
        each["code"] for each in asked["findings"]
    ]
    assert "refuses" == asked["index"]
    said = [
        words.summary(lab_answer(MetadataRequest(text=each, index="pypi"))).partition(". ")[2]
        for each in (text, TEXT)
    ]
    assert ["The index refuses it.", "The index accepts it."] == said
    assert "" == run(TEXT)["index"]


def test_the_name_of_the_wheel_is_held_against_the_rules_of_the_index() -> None:
    """It is the one that the reader gave, or that of the file."""
    name = "spam-1.0-py3-none-linux_x86_64.whl"
    codes = {each["code"] for each in run(TEXT, index="pypi", file_name=name)["findings"]}
    assert "index-platform" in codes


def test_what_is_no_metadata_is_not_asked_of_the_index() -> None:
    """A broken TOML text has one finding, and no verdict."""
    found = run("[project", source="pyproject", index="pypi")
    assert (["metadata-toml"], "") == ([each["code"] for each in found["findings"]], found["index"])


T04 = (
    '[build-system]\nrequires = ["setuptools>=61"]\nbuild-backend = "setuptools.build_meta"\n\n'
    '[project]\nname = "demo"\nversion = "1.0"\nlicense = "MIT"\n'
)


def test_the_backend_of_a_pyproject_is_held_against_its_table() -> None:
    """What its versions do was recorded; METADATA has no backend."""
    [finding] = run(T04)["findings"]
    assert ("backend-floor", 2) == (finding["code"], finding["span"]["line"])
    better = T04.replace(">=61", finding["fix"]["replacement"].removeprefix("setuptools"))
    assert [] == run(better)["findings"]
    assert [] == run(TEXT + "\nrequires = 1\n")["findings"]


def test_pyproject_is_detected_and_its_places_are_in_it() -> None:
    """A [project] table is read as one, and findings point into the TOML text."""
    text = '[project]\nname = "x"\nversion = "1"\ndependencies = ["y >> 1"]\n'
    answered = run(text)
    assert "pyproject" == answered["source"]
    finding, *rest = answered["findings"]
    assert ["pyproject-build-missing"] == [each["code"] for each in rest]
    assert (4, "y >> 1") == (
        finding["span"]["line"],
        text[finding["span"]["start"] - 2 :][:6],
    )


GROUPS = """[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"
[project]
name = "spam"
version = "1"
[dependency-groups]
test = ["pytest"]
"""


def test_what_was_read_of_a_pyproject_is_told_on_every_face() -> None:
    """Tables that were not read are named, and nothing is called fine for all of them."""
    whole = run(GROUPS)
    assert "Read: project, build-system, dependency-groups." in labs.html("metadata", whole)
    assert "spam 1 needs metadata version 1.0; nothing is wrong with it." in labs.html(
        "metadata", whole
    )
    some = run(GROUPS + "[tool.ruff]\n")
    assert "Read: project, build-system, dependency-groups. Not read: tool.ruff." in labs.html(
        "metadata", some
    )
    assert "nothing is wrong with what was read." in labs.html("metadata", some)
    assert "Read:" not in labs.html("metadata", run(TEXT))


def test_a_file_without_a_project_is_looked_through_all_the_same() -> None:
    """Groups and build are told about, and that there is no metadata is a note."""
    answered = run(GROUPS.replace("[project]", "[tool.x]").replace("pytest", "pytest>>8"))
    assert not answered["readable"]
    assert "No metadata could be read; 1 error, 1 note." in labs.html("metadata", answered)
    assert ["requirement-syntax", "pyproject-no-project"] == [
        each["code"] for each in answered["findings"]
    ]


@pytest.mark.parametrize(
    ("count", "end"),
    [(MOST_TABLES, "t11."), (MOST_TABLES + 1, "t11 and 1 more.")],
)
def test_so_many_tables_are_named(count: int, end: str) -> None:
    """What was not read is named up to a number of tables, and counted from there."""
    text = "".join(f"[tool.t{number}]\n" for number in range(count))
    assert f", tool.{end}" in labs.html("metadata", run(text))


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("text", ["", TEXT, "[project]\nname = 'x'\n", "no field", "[project"])
def test_html_of_a_response_does_not_depend_on_the_way_it_travelled(view: str, text: str) -> None:
    """The page builder and the browser get the same fragment for the same request."""
    request = {"text": text, "view": view, "other": "Name: y\n"}
    assert labs.html("metadata", labs.run("metadata", request)) == answer(**request)["html"]


@pytest.mark.parametrize("view", VIEWS)
def test_requests_and_responses_survive_json(view: str) -> None:
    """What the lab asks and answers is data that can be written down and read back."""
    request = MetadataRequest(text=TEXT, view=view, other="Name: y\n")
    response = MetadataLab().run(request)
    assert request == decode(MetadataRequest, json.loads(json.dumps(encode(request))))
    assert response == decode(MetadataResponse, json.loads(json.dumps(encode(response))))


def test_unknown_choices_are_findings() -> None:
    """Every bad field is said, and the rest is answered."""
    answered = run(TEXT, view="x", reader="9", source="y", kind="egg", to="2.0", form="z")
    assert ["request-field"] * 6 == [each["code"] for each in answered["findings"]]
    assert answered["fields"]


# -- files --------------------------------------------------------------------------------


def test_dropped_wheel_fills_the_text() -> None:
    """The request that comes back holds METADATA, and the file no more."""
    answered = drop("spam-1.0-py3-none-any.whl", wheel())
    request = answered["request"]
    assert (TEXT, "", "wheel") == (request["text"], request["file"], request["kind"])
    assert ("spam-1.0-py3-none-any.whl", "1.0") == (request["file_name"], request["wheel_version"])


def test_dropped_file_and_pasted_text_get_one_answer() -> None:
    """What a file holds is answered like the same text."""
    dropped = drop("METADATA", TEXT.encode())
    assert answer(text=TEXT)["html"] == dropped["html"]


def test_dropped_sdist_fills_the_text() -> None:
    """The PKG-INFO of the top folder counts, not those of egg-info folders."""
    data = sdist(
        ("spam-1.0/spam.egg-info/PKG-INFO", b"Name: other\n"), ("spam-1.0/PKG-INFO", TEXT.encode())
    )
    request = drop("spam-1.0.tar.gz", data)["request"]
    assert (TEXT, "sdist") == (request["text"], request["kind"])


def test_bytes_that_are_no_text_are_found() -> None:
    """Latin-1 in a wheel is a finding at its place."""
    answered = drop("x.whl", wheel(b"Metadata-Version: 2.1\nName: x\nVersion: 1\nAuthor: \xe9\n"))
    [found] = [each for each in answered["findings"] if each["code"] == "metadata-encoding"]
    assert 4 == found["span"]["line"]


def archive(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        for name in names:
            packed.writestr(name, b"")
    return stream.getvalue()


MUCH = b" " * (9 * 1024 * 1024)


@pytest.mark.parametrize(
    ("problem", "name", "data"),
    [
        ("archive-truncated", "x.whl", b"PK\x03\x04 and no more"),
        ("archive-damaged", "x.tar.gz", b"\x1f\x8b and no more"),
        ("archive-truncated", "x.tar.gz", sdist(("a/PKG-INFO", bytes(range(256)) * 99))[:200]),
        ("archive-kind", "x.so", b"\x7fELF\0\0\0"),
        ("archive-metadata-missing", "x.whl", archive("a.txt", "a/b-1.dist-info/METADATA")),
        ("archive-metadata-missing", "x.tar.gz", sdist(("a/b.txt", b""), ("a/b/PKG-INFO", b""))),
        (
            "archive-metadata-several",
            "x.whl",
            archive("a-1.dist-info/METADATA", "b-1.dist-info/METADATA"),
        ),
        ("archive-metadata-several", "x.tar.gz", sdist(*[("a/PKG-INFO", b"Name: a\n")] * 2)),
        ("archive-large", "x.whl", wheel(b"Name: x\n\n" + MUCH)),
        ("archive-large", "x.tar.gz", sdist(("x/PKG-INFO", MUCH))),
        ("archive-large", "METADATA", MUCH),
    ],
)
def test_unusable_file_is_a_finding(problem: str, name: str, data: bytes) -> None:
    """A bad archive says what is the matter, and the text stays."""
    answered = drop(name, data, text=TEXT)
    found = {each["code"]: each["message"] for each in answered["findings"]}
    assert f"{name}: {PROBLEMS[problem][0]}" == found[problem]
    assert TEXT == answered["request"]["text"]
    assert answered["valid"]


def test_encrypted_member_is_a_finding() -> None:
    """A wheel with a password says so."""
    data = bytearray(wheel())
    # Bit 0 of the general purpose flags, in both headers of each member.
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(signature, at + 4)
    assert ["archive-encrypted"] == [
        each["code"] for each in drop("x.whl", bytes(data))["findings"]
    ]


def test_doubtful_archive_is_answered_and_said() -> None:
    """Metadata that can be read is answered, beside what is doubtful about its file; once."""
    data = sdist(("../PKG-INFO", b""), ("spam-1.0/PKG-INFO", TEXT.encode()))
    answered = drop("spam-2.0.tar.gz", data)
    assert TEXT == answered["request"]["text"]
    assert {"archive-name-outside", "archive-metadata-place", "archive-metadata-name"} <= {
        each["code"] for each in answered["findings"]
    }
    again = answer(**answered["request"])
    assert not any(each["code"].startswith("archive-") for each in again["findings"])


def test_file_that_did_not_arrive_whole_is_a_finding() -> None:
    """Text that is no base64 is no file."""
    answered = answer(file={"name": "x.whl", "data": "%"})
    assert PROBLEMS["base64"][0] in answered["findings"][0]["message"]


def test_problem_of_a_file_lasts_for_one_answer() -> None:
    """Typing on takes the message away."""
    request = drop("x.whl", b"PK\x03\x04", text=TEXT)["request"]
    assert [] == answer(**request)["findings"]


def test_problem_that_nobody_could_have_is_not_shown() -> None:
    """A link cannot put words into a finding."""
    request = {"text": TEXT, "file": {"name": "x", "data": "", "problem": "Call this number"}}
    assert [] == labs.run("metadata", request)["findings"]


def test_file_as_encoded_is_the_one_that_is_read() -> None:
    """encoded() makes what a form sends."""
    upload = encoded("METADATA", TEXT.encode())
    assert TEXT == MetadataLab().fill_in(MetadataRequest(file=upload)).text


# -- examples -----------------------------------------------------------------------------


@pytest.mark.parametrize("example", labs.examples("metadata"), ids=lambda each: each["label"])
def test_examples_work(example: dict[str, Any]) -> None:
    """Each example has an answer."""
    answered = answer(**example["request"])
    assert answered["valid"]
    assert "There is no metadata yet." != answered["summary"]


def _real_files() -> ModuleType:
    path = Path(__file__).parents[1] / "metadata" / "real_files.py"
    spec = importlib.util.spec_from_file_location("trigpoint_real_files", path)
    assert spec
    assert spec.loader
    module = sys.modules.setdefault(spec.name, importlib.util.module_from_spec(spec))
    spec.loader.exec_module(module)
    return module


REAL = [each for each in labs.examples("metadata") if each["source"] != "made by hand"]


@pytest.mark.parametrize("example", REAL, ids=lambda each: each["label"])
def test_real_examples_are_word_for_word(example: dict[str, Any]) -> None:
    """An example that names a release is the headers of its METADATA."""
    name = example["source"].removesuffix(", its headers").replace(" ", "-")
    held = {file.name: file.data for file in _real_files().real_files()}
    data = held.get(f"{name}.dist-info")
    if data is None:
        pytest.skip(f"{name} is not installed here; tests/metadata/real_files.py installs it")
    headers = data.decode().replace("\r\n", "\n").partition("\n\n")[0]
    assert f"{headers}\n" == example["request"]["text"]


def test_there_are_ten_examples_or_more() -> None:
    """Readers find enough to start from, and every view has one."""
    assert len(labs.examples("metadata")) >= 10
    views = {each["request"].get("view", "fields") for each in labs.examples("metadata")}
    assert set(VIEWS) == views


# -- hostile ------------------------------------------------------------------------------


class _Reader(HTMLParser):
    """Collects what a browser would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name in ("href", "src"):
                self.addresses.append(value or "")


KNOWN_TAGS = {
    *("p", "div", "dl", "dt", "dd", "ul", "ol", "li", "code", "pre", "span", "strong", "a", "h4"),
    *("button", "details", "summary"),
}


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>: <img src=x onerror=alert(1)>\nName: </code><script>",
        "Home-page: javascript:alert(1)\nProject-URL: <b>, data:text/html,<script>\n",
        "Requires-Dist: <svg onload=alert(1)>; extra == '<b>'\nProvides-Extra: \"><b>\n",
        "Name: \u202egnp.exe\nVersion: a\0b\nSummary: \ud800\n\n<script>&lt;b&gt;",
        "[project]\nname = '<script>'\nversion = '<b>'\n\"<i>\" = 1\n",
    ],
)
def test_hostile_text_stays_text(view: str, text: str) -> None:
    """Nothing given becomes a tag, an attribute or an address."""
    reader = _Reader()
    answered = answer(
        text=text,
        view=view,
        other=f"Metadata-Version: 2.1\n{text}",
        asked="<b>",
        tools=["<b>", "pip 26.3"],
        file_name="<b>",
    )
    reader.feed(answered["html"] + labs.form("metadata", answered["request"]))
    controls = {"label", "select", "option", "textarea", "input"}
    assert set() == reader.tags - KNOWN_TAGS - controls
    assert not any(name.startswith("on") for name in reader.attributes)
    assert all(address.startswith("https://") for address in reader.addresses)


def _answered(answered: dict[str, Any]) -> None:
    assert answered["summary"]
    assert answered["html"]
    text = answered["request"]["text"]
    for finding in answered["findings"]:
        if finding["span"]:
            assert 0 <= finding["span"]["start"] <= finding["span"]["end"] <= len(text)


PIECES = st.sampled_from(
    [
        "Name",
        "Version",
        "Requires-Dist",
        ": ",
        "\n",
        "\r\n",
        " ",
        "[project]",
        "name = ",
        "'x'",
        "extra",
        "extras",
        " in ",
        ";",
        "\ufeff",
        "\0",
        "License",
        "2.1",
        "Metadata-Version",
        "==",
        "Project-URL",
        "Author-email",
        "<",
        ",",
        "Description",
        "Default-Extra",
    ]
)


@given(
    st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=25).map("".join)),
    st.sampled_from(sorted(VIEWS)),
    st.text(max_size=20),
)
@settings(deadline=None)
def test_any_text_gets_an_answer(text: str, view: str, other: str) -> None:
    """Whatever is typed, the lab answers with a result or with findings."""
    _answered(answer(text=text, view=view, other=other, asked=other, tools=["pip 26.3", other]))


@given(
    st.sampled_from(["x.whl", "x.tar.gz", "METADATA", "pyproject.toml", "x"]),
    st.one_of(
        st.binary(max_size=200),
        st.binary(max_size=60).map(wheel),
        st.binary(max_size=60).map(lambda data: sdist(("a-1/PKG-INFO", data))),
        st.binary(max_size=99).map(lambda data: b"PK\x03\x04" + data),
        st.binary(max_size=99).map(gzip.compress),
        st.tuples(st.integers(0, 400), st.binary(min_size=1, max_size=4)).map(
            lambda pair: wheel()[: pair[0]] + pair[1] + wheel()[pair[0] + len(pair[1]) :]
        ),
    ),
)
@settings(deadline=None)
def test_any_bytes_get_an_answer(name: str, data: bytes) -> None:
    """Whatever is dropped, the lab answers."""
    _answered(drop(name, data))


# -- faces --------------------------------------------------------------------------------


def test_form_holds_the_request() -> None:
    """The controls come filled in, so the page is complete without a script."""
    form = labs.form("metadata", {"text": "Name: <x>", "view": "json", "form": "pep819"})
    assert html_module.escape("Name: <x>") in form
    assert 'value="json" checked' in form
    assert '<option value="pep819" selected' in form
    assert '<input type="file" name="file" data-file' in form


def test_embed_is_a_directive_with_every_changed_field() -> None:
    """The text of the shared directive holds what differs from the default."""
    share = answer(text="Name: x\n", view="diff", other="Name: y\nVersion: 1\n", to="2.1")["share"]
    assert share["embed"] == (
        '```{metadata-lab}\n---\nview: "diff"\nto: "2.1"\n'
        "other: |\n  Name: y\n  Version: 1\n  \n---\nName: x\n```\n"
    )


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("text", [TEXT, "[project]\nname = 'x'\nversion = '1'\n"])
def test_shared_python_runs(view: str, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What "copy as Python" gives is a program that answers."""
    share = answer(text=text, view=view, other="Name: y\n", to="2.6")["share"]
    exec(compile(share["python"], "shared", "exec"), {})
    assert capsys.readouterr().out


def test_shared_python_asks_the_index(capsys: pytest.CaptureFixture[str]) -> None:
    """With the switch, the program prints what the index refuses."""
    text = TEXT + "Classifier: Framework :: Djangoo\n"
    share = answer(text=text, index="pypi")["share"]
    exec(compile(share["python"], "shared", "exec"), {})
    assert "6 error 'Framework :: Djangoo' is no classifier" in capsys.readouterr().out


def test_shared_python_asks_the_backend(capsys: pytest.CaptureFixture[str]) -> None:
    """Of a pyproject.toml, with both."""
    share = answer(text=T04, index="pypi")["share"]
    assert "from trigpoint.installers import backends, index\n" in share["python"]
    exec(compile(share["python"], "shared", "exec"), {})
    assert "2 error license as an SPDX expression needs" in capsys.readouterr().out


def _listing(*files: dict[str, object]) -> dict[str, str]:
    text = json.dumps({"meta": {"api-version": "1.1"}, "name": "spam", "files": list(files)})
    return {"name": "spam.simple.json", "data": base64.b64encode(text.encode()).decode()}


def _wheel(version: str, **more: object) -> dict[str, Any]:
    name = f"spam-{version}-py3-none-any.whl"
    return {"filename": name, "url": f"../files/{name}#sha256=0", "core-metadata": True, **more}


def test_newest_metadata_of_a_listing_is_asked_for() -> None:
    """Releases come before prereleases, by version and not by text; what was withdrawn is left."""
    files = _listing(
        _wheel("1.9"),
        _wheel("1.10"),
        _wheel("2.0rc1"),
        _wheel("1.11", yanked="broken"),
        _wheel("1.12", **{"core-metadata": False}),
        {"filename": "spam-3.0.tar.gz", "url": "x", "core-metadata": True},
    )
    found = json.loads(labs.answer("metadata", json.dumps({"text": "old", "file": files})))
    assert ("../files/spam-1.10-py3-none-any.whl.metadata", "", "old") == (
        found["request"]["fetch"],
        found["request"]["file"],
        found["request"]["text"],
    )


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b"<html>", b'{"files": 3}', b'{"files": [1, {}]}', b"\xff"]
)
def test_listings_without_metadata_are_a_finding(data: bytes) -> None:
    """An index may answer anything; the text stays and the reader is told."""
    file = {"name": "spam.simple.json", "data": base64.b64encode(data).decode()}
    found = json.loads(labs.answer("metadata", json.dumps({"text": "Name: a", "file": file})))
    assert ("", "Name: a") == (found["request"]["fetch"], found["request"]["text"])
    assert "request-file" in [each["code"] for each in found["findings"]]


# -- one way of bytes -----------------------------------------------------------------------

LATIN_1 = TEXT.encode() + b"Author: caf\xe9\n"


def test_bytes_that_are_no_utf_8_are_one_finding_on_every_face(tmp_path: Path) -> None:
    """The library, a dropped file, the text it leaves behind, and the command line agree."""
    expected = [finding.to_json() for finding in read(LATIN_1).findings()]
    assert any("it is shown as Latin-1" in each["message"] for each in expected)
    dropped = drop("METADATA", LATIN_1)
    assert expected == dropped["findings"]
    assert expected == answer(text=dropped["request"]["text"])["findings"]
    path = tmp_path / "METADATA"
    path.write_bytes(LATIN_1)
    for arguments, data in (([str(path)], None), (["-"], LATIN_1)):
        command = ["metadata", "check", "--json", *arguments]
        result = CliRunner().invoke(app, command, input=data)
        assert expected == json.loads(result.stdout)["findings"]


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_reads_the_bytes(view: str) -> None:
    """A byte is the letter of the same number, in every view and on each side of a comparison."""
    text = LATIN_1.decode("utf-8", "surrogateescape")
    found = run(text, view=view, other=text, to="2.1")
    assert "\udce9" not in json.dumps(found, ensure_ascii=False)
    if view == "fields":
        assert "café" == found["fields"][-1]["values"][0]["text"]
    if view == "diff":
        assert (True, []) == (found["compared"], found["differences"])


def test_half_of_a_pair_is_told_from_a_byte() -> None:
    """What somebody typed is no byte of a file."""
    [found] = [
        each
        for each in run(f"{TEXT}Author: \ud800\n")["findings"]
        if each["code"] == "metadata-encoding"
    ]
    assert "half of a surrogate pair" in found["message"]


@pytest.mark.parametrize("data", [b"", b"\n", b" \r\n\n"])
def test_empty_file_is_wrong_on_every_face(data: bytes, tmp_path: Path) -> None:
    """A file without fields lacks what is required: an error each, and status 1."""
    expected = [finding.to_json() for finding in read(data).findings()]
    assert 3 == [each["code"] for each in expected].count("metadata-missing")
    dropped = drop("METADATA", data)
    assert expected == dropped["findings"]
    assert dropped["request"]["blank"]
    assert expected == answer(**dropped["request"])["findings"]
    assert "This document states no version" in dropped["summary"]
    path = tmp_path / "METADATA"
    path.write_bytes(data)
    for view in ("check", "json", "convert", "predict", "explain"):
        result = CliRunner().invoke(app, ["metadata", view, str(path)])
        assert "There is no metadata" not in result.output
    result = CliRunner().invoke(app, ["metadata", "check", "--json", str(path)])
    assert (1, expected) == (result.exit_code, json.loads(result.stdout)["findings"])


@pytest.mark.parametrize("text", ["", "\n", "  \t\n"])
def test_no_text_yet_is_no_empty_file(text: str) -> None:
    """The form of a lab that nobody has touched shows how to start."""
    found = answer(text=text)
    assert ([], "There is no metadata yet.") == (found["findings"], found["summary"])
    assert "Paste a METADATA or PKG-INFO file" in found["html"]
    assert 'name="blank" data-type="boolean" value="false"' in labs.form("metadata", {})


def test_text_after_an_empty_file_is_read_as_it_is() -> None:
    """What was dropped is forgotten once there is something to read."""
    assert run(TEXT) == run(TEXT, blank=True)
    full = drop("METADATA", TEXT.encode(), blank=True)
    assert not full["request"]["blank"]


# -- bounds ---------------------------------------------------------------------------------


@pytest.mark.parametrize("more", [0, 1])
def test_fields_and_values_stop(more: int) -> None:
    """At the bound all are shown; above it the rest is counted."""
    fields = labs.html("metadata", run("".join(f"X{i}: a\n" for i in range(MOST_ROWS + more))))
    assert MOST_ROWS == fields.count("<dt>")
    assert bool(more) is ("1 more fields." in fields)
    values = labs.html("metadata", run("Platform: a\n" * (MOST_ROWS + more)))
    assert bool(more) is ("1 more values." in values)


@pytest.mark.parametrize("more", [0, 1])
def test_values_are_cut(more: int) -> None:
    """A row repeats so many letters, and says how many there are."""
    [row] = run(f"Summary: {'x' * (MOST_LETTERS + more)}\n")["fields"]
    [value] = row["values"]
    assert (MOST_LETTERS, MOST_LETTERS + more) == (len(value["text"]), value["length"])


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("x" * 160, "<code>" + "x" * 160 + "</code></li>"),
        ("x" * 161, "<code>" + "x" * 159 + "…</code> "),
        ("", 'class="tp-hint">empty</span>'),
    ],
)
def test_values_are_shown_in_a_line(value: str, shown: str) -> None:
    """A long one ends with an ellipsis and its length, and none is told from one."""
    html = labs.html("metadata", run(f"Summary: {value}\n"))
    assert shown in html
    assert ("… 161 characters" in html) is (len(value) > 160)


@pytest.mark.parametrize("more", [0, 1])
def test_differences_stop(more: int) -> None:
    """At the bound all are shown; above it the rest is counted."""
    other = TEXT + "".join(f"Platform: a{i}\n" for i in range(MOST_ROWS + more))
    html = labs.html("metadata", run(TEXT, view="diff", other=other))
    assert MOST_ROWS == html.count("tp-kind-added")
    assert bool(more) is ("1 more differences." in html)


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("a\n" * (MOST_LINES - 1), ""),
        ("a\n" * MOST_LINES, "1 line"),
        ("a" * MOST_LISTED, ""),
        ("a" * (MOST_LISTED + 1), "1 letter"),
        ("a" * MOST_LISTED + "\nb", "2 letters"),
    ],
)
def test_listings_stop(text: str, left_out: str) -> None:
    """By lines and by letters; what is left is counted."""
    shown, left = listing(text)
    assert left_out == left
    assert text.startswith(shown)
    assert len(shown) <= MOST_LISTED


def test_page_says_that_a_listing_goes_on() -> None:
    """And where the rest is."""
    html = labs.html("metadata", run(TEXT + "Platform: a\n" * 500, view="convert", to="2.1"))
    assert "more; the command gives all." in html


@pytest.mark.parametrize("data", [b"[" * 100_000, b'{"files": ' + b"[" * 100_000])
def test_deep_listing_of_an_index_is_a_finding(data: bytes) -> None:
    """An index may answer anything, and depth must not end the engine."""
    answered = drop("spam.simple.json", data, text=TEXT)
    assert PROBLEMS["listing"][0] in answered["findings"][-1]["message"]


def test_long_listing_of_an_index_is_read() -> None:
    """Brackets beside each other are no depth."""
    files = [_wheel(f"1.{i}", hashes={}, extra=[[]]) for i in range(2000)]
    found = answer(file=_listing(*files))
    assert "../files/spam-1.1999-py3-none-any.whl.metadata" == found["request"]["fetch"]


@pytest.mark.parametrize(
    "file",
    [
        {"filename": "spam-1.0-py3-none-any.whl", "url": 3, "core-metadata": True},
        {"filename": 3, "url": "a", "core-metadata": True},
        {"filename": "spam.whl", "url": "a", "core-metadata": True},
    ],
)
def test_odd_entries_of_a_listing_are_passed_over(file: dict[str, Any]) -> None:
    """The good ones count."""
    found = answer(file=_listing(file, _wheel("1.0")))
    assert found["request"]["fetch"].startswith("../files/spam-1.0")


NEW = "Metadata-Version: 2.4\nName: spam\nVersion: 1.0\n"


# -- words ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "summary"),
    [
        (
            {"text": "Metadata-Version: 2.1\nName: a\nVersion: 1\n"},
            "states metadata version 2.1 and",
        ),
        ({"text": "Metadata-Version: 2.1\nProvides-Extra: a\n"}, "version 2.1, the lowest that"),
        ({"text": "[project]\nname='a'\nversion='1'\n"}, "a 1 needs metadata version"),
        ({"text": "[project"}, "No metadata could be read."),
        ({"text": "Name: a\n"}, "a states no version and needs"),
        ({"text": TEXT, "view": "diff"}, "Put the newer document into the second box."),
        ({"text": TEXT, "view": "diff", "other": TEXT}, "No field differs."),
        (
            {"text": TEXT, "view": "diff", "other": TEXT.replace("'x'", '"x"')},
            "1 difference, 0 of them in meaning.",
        ),
        ({"text": TEXT, "view": "convert", "to": "2.1"}, "Nothing changes in 2.1."),
        ({"text": TEXT, "view": "convert", "to": "2.3"}, "only the stated version changes."),
        (
            {"text": f"{NEW}License-Expression: MIT\n", "view": "convert", "to": "2.1"},
            "In 2.1: 1 thing to know, no value dropped.",
        ),
        (
            {
                "text": f"{NEW.replace('2.4', '3.0')}Requires-Dist: y; 'a' not in extras\n",
                "view": "convert",
                "to": "2.6",
            },
            "1 value cannot be said in 2.6, so nothing was written.",
        ),
        ({"text": TEXT, "view": "json"}, "The same as JSON; nothing is lost."),
        ({"text": f"{NEW}Name: a\n", "view": "json"}, "The same as JSON; 1 value lost."),
        ({"text": TEXT, "view": "installers", "tools": ["pip 26.3"]}, "Of 1 tool: 1 installs."),
    ],
)
def test_summaries(fields: dict[str, Any], summary: str) -> None:
    """One sentence a view, with the counts that matter."""
    assert summary in answer(**fields)["summary"]


def test_unknown_field_names_a_near_one() -> None:
    """A typing mistake is met with what was meant."""
    html = labs.html("metadata", run("Requires-Dists: a\n"))
    assert "No version of core metadata has this field; Requires-Dist is close." in html
    assert "has this field." in labs.html("metadata", run("Zzz: a\n"))


def test_field_says_what_it_is_in_this_version() -> None:
    """Newer than the document, proposed, deprecated."""
    newer = labs.html("metadata", run("Metadata-Version: 1.0\nLicense-Expression: MIT\n"))
    assert "newer than this document" in newer
    assert "proposed, PEP 771" in labs.html("metadata", run("Default-Extra: a\n"))
    assert "deprecated in 1.2" in labs.html("metadata", run("Home-page: a\n"))


def test_reasons_for_a_version_are_a_few() -> None:
    """The first three with their lines, the rest by number."""
    one = labs.html("metadata", run("Metadata-Version: 2.1\nProvides-Extra: a\n"))
    assert '<p class="tp-because">Needs 2.1: ' in one
    assert '(<span class="tp-place">line 2</span>).</p>' in one
    two = labs.html("metadata", run("Provides-Extra: a\nDescription-Content-Type: text/plain\n"))
    assert ", and <span" in two


@pytest.mark.parametrize(("number", "end"), [(3, ", and <span"), (4, ", and 1 more.")])
def test_reasons_for_a_version_stop(number: int, end: str) -> None:
    """At the bound the last one is named, above it the rest is counted."""
    found = run("Metadata-Version: 2.5\nImport-Name: a\n")
    found["because"] *= number
    told = labs.html("metadata", found).partition("tp-because")[2].partition("</p>")[0]
    assert (3, True) == (told.count("data-span"), end in told)


@pytest.mark.parametrize("more", [0, 1])
def test_what_a_row_says_of_a_tool_stops(more: int) -> None:
    """So many causes and cases are named, and so many lines."""
    found = run(TEXT + "Requires-Dist: b; 'x' in extras\n", view="installers")
    row = next(row for row in found["tools"] if row["cases"] and row["places"])
    place = row["places"][0]
    found["tools"] = [
        {
            **row,
            "causes": [f"cause-{i}" for i in range(MOST_NAMED + more)],
            "cases": list(CASES)[: MOST_NAMED + more],
            "places": [{**place, "line": 5 + more - i} for i in range(5 + more)],
        }
    ]
    html = labs.html("metadata", found)
    assert "Because of: cause-0; cause-1; cause-2, line 1, 2, 3, 4, 5.</p>" in html
    assert MOST_NAMED == html.count("Recorded run")


def test_no_run_covers_what_nobody_ran() -> None:
    """The reason is what of the document no case has."""
    found = run(TEXT + "X-Odd: a\nDynamic: License\n", view="installers")
    rows = [row for row in found["tools"] if row["outcome"] == "not recorded"]
    html = labs.html("metadata", found)
    assert bool(rows) is ("No run covers: " in html)


def test_table_has_no_lines_of_metadata() -> None:
    """What a table stands for is predicted, without places in a text that nobody sees."""
    found = run(
        "[project]\nname = 'a'\nversion = '1'\ndependencies = [\"b; 'x' in extras\"]\n",
        view="installers",
    )
    assert found["tools"]
    assert [] == [row["places"] for row in found["tools"] if row["places"]]


@pytest.mark.parametrize(
    ("request_", "command"),
    [
        (
            {"view": "fields", "reader": "2.1", "kind": "sdist"},
            "metadata check - --reader 2.1 --kind sdist",
        ),
        ({"index": "pypi"}, "metadata check - --for pypi"),
        ({"view": "magic"}, "metadata check - "),
        ({"view": "convert", "to": "2.1", "force": True}, "metadata convert - --to 2.1 --force"),
        ({"view": "json", "form": "pep819"}, "metadata json - --form pep819"),
        ({"view": "json"}, "metadata json - "),
        (
            {"view": "installers", "tools": ["pip 26.3"], "asked": "pkg[a]"},
            "metadata predict - --tool 'pip 26.3' --request 'pkg[a]'",
        ),
    ],
)
def test_shared_command_holds_the_choices_of_its_view(
    request_: dict[str, Any], command: str
) -> None:
    """And the text on standard input."""
    shared = answer(text="Name: a\n", **request_)["share"]["command"]
    assert shared.startswith(f"trigpoint {command.rstrip()} <<'EOF'\nName: a\n")


def test_shared_comparison_names_two_files() -> None:
    """There is one standard input."""
    share = answer(text="a", view="diff", other="b")["share"]
    assert "trigpoint metadata diff old-METADATA new-METADATA" == share["command"]


def test_shared_directive_writes_each_kind_of_value() -> None:
    """A switch as a word, a list with commas and without blanks inside."""
    share = answer(text="a", view="convert", force=True, tools=["pip 26.3", "uv 0.13.9"])["share"]
    assert 'force: "true"\ntools: "pip==26.3, uv==0.13.9"\n' in share["embed"]


def test_shared_program_of_converted_text_can_be_forced() -> None:
    """As it was asked."""
    assert (
        "convert(document, '2.1', force=True)"
        in (answer(text="a", view="convert", to="2.1", force=True)["share"]["python"])
    )


def test_both_sides_of_a_change_are_cut() -> None:
    """Neither a comparison nor a conversion repeats a long value."""
    long = "x" * (MOST_LETTERS + 1)
    [difference] = run(f"Summary: {long}\n", view="diff", other=f"Summary: {long}y\n")[
        "differences"
    ]
    sides = [difference["before"], difference["after"]]
    assert [MOST_LETTERS] * 2 == [len(side) for side in sides]
    requirement = f"Requires-Dist: a; extra == '{'x' * MOST_LETTERS}'"
    text = f"{NEW}Provides-Extra: {'x' * MOST_LETTERS}\n{requirement}\n"
    changes = run(text, view="convert", to="3.0")["converted"]["changes"]
    texts = [each["before"] for each in changes]
    texts += [value for each in changes for _, value in each["after"]]
    assert MOST_LETTERS == max(map(len, texts))


@pytest.mark.parametrize(
    ("name", "places"), [("spam-1-py3-none-any.whl", []), ("spam-2-py3-none-any.whl", [(3, 10)])]
)
def test_the_name_of_a_file_against_its_metadata(name: str, places: list[tuple[int, int]]) -> None:
    """A dropped wheel that is called otherwise than its metadata says so, as in a check."""
    text = "Metadata-Version: 2.4\nName: spam\nVersion: 1.0\n"
    response = labs.run("metadata", {"text": text, "file_name": name})
    found = [each for each in response["findings"] if each["code"] == "project-file-name"]
    assert places == [(each["span"]["line"], each["span"]["column"]) for each in found]


def test_conversion_starts_from_the_newest_version_that_exists(tmp_path: Path) -> None:
    """Without a word about the version, page and command write the newest that is published."""
    text = "Metadata-Version: 2.1\nName: spam\nVersion: 1.0\n"
    assert LATEST == run(text, view="convert")["converted"]["to"]
    assert (
        f'<option value="{LATEST}" selected>'
        in (labs.form("metadata", {}).partition('<select name="to">')[2].partition("</select>")[0])
    )
    path = tmp_path / "METADATA"
    path.write_text(text)
    output = CliRunner().invoke(app, ["metadata", "convert", str(path)]).output
    assert f"Metadata-Version: {LATEST}" in output


# -- what tools do, in the order that a reader looks for ---------------------------------------


def _rows(*outcomes: tuple[str, str]) -> list[ToolRow]:
    return [ToolRow(tool, tool, outcome, (), (), "", (), "", ()) for tool, outcome in outcomes]


def test_newest_tools_come_first_and_disagreements_before_what_most_do() -> None:
    """Trouble is told, newest version first; what most tools do is folded, and named in a line."""
    rows = _rows(
        ("pip 9", "installs"),
        ("pip 24", "crashes"),
        ("pip 25", "refuses"),
        ("uv 1", "installs"),
        ("uv 2", "installs"),
        ("uv sync 2", "warns"),
        ("poetry 1", "installs"),
        ("packaging 25", "accepts"),
    )
    told, folded = words.arranged(rows)
    assert ["pip 25", "pip 24", "uv sync 2"] == [words.group_name(each) for each in told]
    assert ["pip 9", "uv 1 to 2", "poetry 1", "packaging 25"] == [
        words.group_name(each) for each in folded
    ]
    assert "✓ installs or accepts: 5 of 8 tools" == words.folded(folded, len(rows))


@pytest.mark.parametrize(("more", "shown"), [(0, 5), (1, 1)])
def test_few_tools_are_not_folded(more: int, shown: int) -> None:
    """At the bound every tool is a row; above it those that agree are folded."""
    names = [f"pip {number}" for number in range(FEWEST_FOLDED + more)]
    rows = _rows(("uv 1", "refuses"), *((name, "installs") for name in names))
    told, folded = words.arranged(rows)
    assert (shown, bool(more)) == (sum(map(len, told)), bool(folded))


def test_tools_that_all_agree_are_one_line() -> None:
    """Nothing is left to tell but that all do the same."""
    rows = _rows(*((f"pip {number}", "installs") for number in range(9)))
    told, folded = words.arranged(rows)
    assert [] == told
    assert "✓ installs: all 9 tools" == words.folded(folded, len(rows))


def test_folded_tools_are_on_the_page() -> None:
    """They are in a part that opens, so that a search of the page and print find them."""
    html = labs.html("metadata", run("Metadata-Version: 2.1\nName: spam\n", view="installers"))
    told, _, folded = html.partition('<details class="tp-same">')
    assert folded
    assert "<strong>" in folded.partition("</details>")[2] + folded
    assert told.count('class="tp-tool"') + folded.count('class="tp-tool"') > 4
