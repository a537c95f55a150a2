"""The external lab: what counts, what it is called, what is wrong, and the same on every face."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from click.testing import CliRunner

from trigpoint import labs
from trigpoint.cli.app import app
from trigpoint.external.known import with_known
from trigpoint.external.mappings import ECOSYSTEMS
from trigpoint.external.tables import read_lines, read_table
from trigpoint.findings import apply_fix
from trigpoint.labs.external import words
from trigpoint.labs.external.answer import answer, filled, kind_of
from trigpoint.labs.external.data import (
    MOST_MAPPING,
    MOST_ROWS,
    OWN,
    CellRow,
    ExternalRequest,
    ExternalResponse,
    NeedRow,
)
from trigpoint.labs.external.lab import LAB
from trigpoint.labs.files import Upload
from trigpoint.labs.open.recognising import recognise
from trigpoint.labs.pieces import MAIN, Piece

from ..wheels.build import Wheel

TABLE = dedent("""\
    [external]
    build-requires = ["dep:virtual/compiler/c"]
    host-requires = ["dep:generic/zlib@>=1.2", "dep:bad"]
    dependencies = ["dep:generic/git; sys_platform == 'linux'"]
    [external.optional-dependencies]
    tiff = ["dep:generic/libtiff"]
    [external.dependency-groups]
    dev = ["dep:generic/valgrind"]
    """)
WINDOWS = "cpython-3.14-windows-x64"


def ask(text: str, **fields: Any) -> ExternalResponse:
    return answer(ExternalRequest(text, **fields))


def why(response: ExternalResponse) -> dict[str, str]:
    return {row.text: row.why for row in response.rows}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("[external]", "pyproject"),
        ("external.dependencies = []", "pyproject"),
        ("Name: x", "metadata"),
        ("# c\n\nRequires-External: C", "metadata"),
        ("dep:generic/zlib", "lines"),
        ("pkg:generic/zlib", "lines"),
        ("libblas.so.3", "lines"),
        ("Spam: eggs", "lines"),
        ("", "lines"),
    ],
)
def test_what_a_text_is(text: str, kind: str) -> None:
    """TOML, fields and lines are told apart by the first line that says something."""
    assert kind == kind_of(text)


def test_what_counts_to_build() -> None:
    """Lists of the build count; what cannot be read, and what is for later, does not."""
    assert {
        "dep:virtual/compiler/c": "",
        "dep:generic/zlib@>=1.2": "",
        "dep:bad": "wrong",
        "dep:generic/git; sys_platform == 'linux'": "run",
        "dep:generic/libtiff": "run",
        "dep:generic/valgrind": "group",
    } == why(ask(TABLE))


def test_what_counts_to_run() -> None:
    """Extras and groups count if they are asked for, and markers are."""
    found = why(ask(TABLE, purpose="run", environment=WINDOWS))
    assert ("build", "host", "marker", "extra", "group") == (
        found["dep:virtual/compiler/c"],
        found["dep:generic/zlib@>=1.2"],
        found["dep:generic/git; sys_platform == 'linux'"],
        found["dep:generic/libtiff"],
        found["dep:generic/valgrind"],
    )
    found = why(ask(TABLE, purpose="run", extras=("Tiff",), groups=("DEV",)))
    assert ["", "", ""] == list(found.values())[3:]


def test_choices_are_those_of_the_text() -> None:
    """Extras and groups that the text has are offered, with what is chosen."""
    found = ask(TABLE, extras=("TIFF",))
    assert [("tiff", True)] == [(each.name, each.chosen) for each in found.extras]
    assert [("dev", False)] == [(each.name, each.chosen) for each in found.groups]


def test_markers_without_an_answer_count() -> None:
    """As in a plan: a finding says so, and who builds is better off with it."""
    text = "dep:generic/zlib; os_name ~= 'nt'"
    found = ask(text)
    assert {text: ""} == why(found)
    assert (text,) == found.needs
    assert found.findings


def test_columns() -> None:
    """Each ecosystem has a cell for each that counts, and the headers that a compiler needs."""
    found = ask(TABLE)
    assert ECOSYSTEMS == tuple(each.name for each in found.columns)
    assert ("dep:virtual/compiler/c", "dep:generic/zlib@>=1.2", "dep:generic/python") == found.needs
    cells = {each.name: each.cells for each in found.columns}
    assert all(len(each) == 3 for each in cells.values())
    assert [("gcc",), ("zlib1g-dev",), ("python3-dev",)] == [
        each.packages for each in cells["debian"]
    ]
    assert "verified" == cells["debian"][1].state
    assert "not packaged" == cells["winget"][1].state


def test_the_chosen_plan() -> None:
    """The plan of the chosen ecosystem has its commands and what became of versions."""
    plan = ask(TABLE, ecosystem="fedora").plan
    assert plan is not None
    assert (
        "sudo dnf install --assumeyes gcc 'zlib-devel >= 1.2' python3-devel" in plan.pieces[0].text
    )
    ranged = [each.range_status for each in plan.planned]
    assert ["", "native", ""] == ranged
    assert "Is it here?" in [each.title for each in plan.pieces]


def test_versions_that_are_checked() -> None:
    """Where the package manager takes names only there is a command to check afterwards."""
    plan = ask("dep:generic/zlib@>=1.2", ecosystem="homebrew").plan
    assert plan is not None
    assert ["checked"] == [each.range_status for each in plan.planned]
    [piece] = [each for each in plan.pieces if each.title == "Are the versions right?"]
    assert "pkg-config" in piece.text


def test_what_is_missing() -> None:
    """What an ecosystem does not have is said with what to do."""
    found = ask("dep:generic/spam", ecosystem="debian")
    assert found.plan is not None
    assert ["dep:generic/spam"] == [each.requirement for each in found.plan.missing]
    assert {"unknown"} == {column.cells[0].state for column in found.columns}
    assert ["external-unknown"] == [each.code for each in found.findings]


def test_pins() -> None:
    """An alternative of something virtual comes with the pins that take it, and back."""
    text = "dep:virtual/interface/mpi"
    plan = ask(text).plan
    assert plan is not None
    [planned] = plan.planned
    option = next(each for each in planned.options if each.name == "dep:generic/mpich")
    assert ("virtual/interface/mpi=generic/mpich",) == option.pins
    pinned = ask(text, pins=option.pins).plan
    assert pinned is not None
    assert option.packages == pinned.planned[0].packages
    assert "pinned" in pinned.planned[0].why
    assert ("the default", ()) == (
        pinned.planned[0].options[-1].name,
        pinned.planned[0].options[-1].pins,
    )


def test_a_pin_that_is_none() -> None:
    """What chooses nothing is a finding."""
    found = ask("dep:generic/zlib", pins=("mpich", "=x", "x="))
    assert ["request-field"] * 3 == [each.code for each in found.findings]


MAPPING = json.dumps(
    {
        "name": "Debian-backports",
        "package_managers": [],
        "mappings": [{"id": "dep:generic/zlib", "specs": "my-zlib"}],
    }
)


def test_a_mapping_of_ones_own() -> None:
    """It has a column, with the commands of the ecosystem that its name begins with."""
    found = ask("dep:generic/zlib", mapping=MAPPING, ecosystem=OWN)
    assert (OWN, "Debian-backports") == (found.columns[0].name, found.columns[0].title)
    assert ("my-zlib",) == found.columns[0].cells[0].packages
    assert found.plan is not None
    assert "my-zlib" in found.plan.pieces[0].text
    assert (OWN, "Debian-backports") == (found.ecosystem, found.ecosystem_title)
    assert () == found.findings


def test_a_mapping_of_nobody_has_no_commands() -> None:
    """How somebody else's names are installed nobody knows."""
    own = MAPPING.replace("Debian-backports", "Our shelf")
    found = ask("dep:generic/zlib", mapping=own, ecosystem=OWN)
    assert found.plan is not None
    assert () == found.plan.pieces
    assert "By Our shelf, 1 package is needed to build it." == found.plan.summary


def test_what_is_wrong_with_a_mapping() -> None:
    """It is said with the line of the mapping, and no place in the text."""
    own = '{"name": "x",\n "package_managers": [], "mappings": [{"id": "dep:x", "specs": "-rf"}]}'
    found = ask("dep:generic/zlib", mapping=own)
    assert {"mapping-id"} <= {each.code for each in found.findings}
    assert all(each.span is None for each in found.findings)
    assert found.findings[0].message.startswith("in line 2 of the mapping: ")
    assert ask("C", mapping="[]").findings[0].message.startswith("in line 1 of the mapping: ")


@pytest.mark.parametrize("more", [0, 1])
def test_a_mapping_is_bounded(more: int) -> None:
    """So many letters are read, and one more is a finding."""
    found = ask("dep:generic/zlib", mapping=MAPPING.ljust(MOST_MAPPING + more))
    assert ["mapping-large"] * more == [each.code for each in found.findings]


@pytest.mark.parametrize("more", [0, 1])
def test_rows_are_bounded(more: int) -> None:
    """So many requirements are listed, and the rest is counted."""
    text = "".join(f"dep:generic/x{i}\n" for i in range(MOST_ROWS + more))
    found = ask(text)
    assert (MOST_ROWS, more) == (len(found.rows), found.left_out)


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("purpose", "fun", "request-field"),
        ("environment", "mars", "request-environment"),
        ("ecosystem", "mars", "request-field"),
    ],
)
def test_choices_that_do_not_exist(field: str, value: str, code: str) -> None:
    """They are a finding, and the default is taken."""
    found = ask("dep:generic/zlib", **{field: value})
    assert [code] == [each.code for each in found.findings]
    default = ask("dep:generic/zlib")
    assert (default.purpose, default.environment, default.ecosystem) == (
        found.purpose,
        found.environment,
        found.ecosystem,
    )


def test_own_column_without_a_mapping() -> None:
    """The choice of one's own names without any is the default, and nothing is said."""
    found = ask("dep:generic/zlib", ecosystem=OWN)
    assert ("debian", ()) == (found.ecosystem, found.findings)


# -- names that the registry knows ------------------------------------------------------


def test_other_names_can_be_exchanged() -> None:
    """An alias is marked where it stands, and the fix writes the canonical name."""
    text = '[external]\nbuild-requires = ["dep:virtual/compiler/cpp@>=2014"]\n'
    [found] = with_known(read_table(text), text)
    assert "external-alias" == found.code
    assert found.fix is not None
    assert text.replace("/cpp", "/cxx") == apply_fix(text, found.fix)


def test_unknown_names_are_marked() -> None:
    """What no registry has is said, with what may be meant; names of one ecosystem are nobody's."""
    text = "dep:generic/zlibb@1\ndep:deb/debian/libblas3\ndep:bad\n"
    [found] = with_known(read_lines(text), text)
    assert "external-unknown" == found.code
    assert found.span is not None
    assert "dep:generic/zlibb" == text[found.span.start : found.span.end]
    assert found.fix is not None
    assert found.fix.replacement is None


def test_names_in_another_spelling_have_words() -> None:
    """Where the name does not stand letter by letter, the whole is marked and the fix is words."""
    text = "dep:github/Madler/zlib"
    [found] = with_known(read_lines(text), text)
    assert found.span is not None
    assert (0, len(text)) == (found.span.start, found.span.end)
    assert found.fix is not None
    assert found.fix.replacement is None


# -- words ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "There is nothing to look up yet."),
        ("[external", "The text is no TOML, so nothing of it was read."),
        ("[external]", "The [external] table lists nothing."),
        ("[project]", "There is no [external] table in this pyproject.toml."),
        ("Name: x", "This metadata says nothing about what is needed from outside."),
        ("# c", "There is no requirement in this text."),
        (
            "dep:generic/zlib",
            "1 thing is named, and it is needed to build it with CPython 3.14.10 on Linux x86_64.",
        ),
        (
            "dep:generic/zlib\nC",
            "2 things are named; 1 of them is needed to build it with CPython 3.14.10 on Linux x86_64.",
        ),
        (
            "dep:generic/zlib\ndep:generic/xz",
            "2 things are named, and all of them are needed to build it with CPython 3.14.10 on Linux x86_64.",
        ),
        (
            "[external]\ndependencies = ['dep:generic/git', 'dep:generic/xz']",
            "2 things are named; none of them is needed to build it with CPython 3.14.10 on Linux x86_64.",
        ),
        (
            "dep:generic/zlib\n" * (MOST_ROWS + 3),
            (
                "203 things are named; of the first 200, 200 are needed to build it with CPython 3.14.10"
                " on Linux x86_64."
            ),
        ),
        ("dep:", "1 thing is named, and it cannot be read."),
        ("dep:\ndep:x", "2 things are named, and none of them can be read."),
        (
            "dep:\ndep:generic/zlib\ndep:x",
            (
                "3 things are named; 1 of them is needed to build it with CPython 3.14.10 on Linux x86_64,"
                " and 2 cannot be read."
            ),
        ),
    ],
)
def test_summary(text: str, said: str) -> None:
    """One sentence says what there is."""
    assert said == words.summary(ask(text))


@pytest.mark.parametrize(
    ("packages", "state", "said", "sign", "tone"),
    [
        (("a", "b"), "verified", "a b", "", "tp-true"),
        (("a",), "sourced", "a", "", "tp-true"),
        (("a",), "unverified", "a", "?", "tp-undefined"),
        ((), "verified", "nothing", "", "tp-true"),
        ((), "nothing", "nothing", "", "tp-false"),
        ((), "not packaged", "–", "", "tp-false"),
        ((), "no entry", "!", "", "tp-false"),
    ],
)
def test_cells(packages: tuple[str, ...], state: str, said: str, sign: str, tone: str) -> None:
    """Missing and unverified cells are shown as such."""
    row = CellRow(packages, state, "")
    assert (said, sign, tone) == (words.cell(row), words.sign(row), words.tone(row))


def test_reasons() -> None:
    """Each code of a reason has words."""
    texts = [TABLE, "C", "dep:generic/x; os_name == 'no'"]
    rows: list[NeedRow] = [row for text in texts for row in ask(text).rows]
    rows += ask(TABLE, purpose="run").rows
    assert {"", *words.WHY} == {row.why for row in rows}
    assert all(words.reason(row) for row in rows)


# -- other faces ------------------------------------------------------------------------


def test_html_shows_missing_and_unverified() -> None:
    """The table has signs, and the places of its rows in the text."""
    html = str(LAB.html(ask("dep:generic/zlib\ndep:generic/spam\ndep:virtual/interface/mpi")))
    assert ">–</button>" in html
    assert ">!</button>" in html
    assert 'data-span="0:16"' in html
    assert "tp-undefined" in html
    assert "apt-get install" in html


def test_html_offers_alternatives() -> None:
    """A provider can be taken by a button."""
    html = str(LAB.html(ask("dep:virtual/interface/mpi")))
    assert "Take dep:generic/mpich for dep:virtual/interface/mpi" in html


def test_html_without_rows() -> None:
    """A text that cannot be read shows what is wrong; one that says nothing offers examples."""
    assert "metadata-toml" in str(LAB.html(ask("[external")))
    assert "data-example" in str(LAB.html(ask("[project]")))
    assert "tp-scroll" not in str(LAB.html(ask("[external")))


def test_html_with_more_rows_and_fields() -> None:
    """What is left out is counted, and the METADATA of a table is there."""
    text = "".join(f"dep:generic/x{i}\n" for i in range(MOST_ROWS + 1))
    assert "1 more." in str(LAB.html(ask(text)))
    assert "Provides-External-Extra: tiff" in str(LAB.html(ask(TABLE)))


def upload(name: str, data: bytes) -> Upload:
    return Upload(name, base64.b64encode(data).decode())


def test_files() -> None:
    """A text and a mapping go where they belong; an archive without metadata is a finding."""
    text = filled(ExternalRequest(extras=("a",), file=upload("pyproject.toml", TABLE.encode())))
    assert (TABLE, (), "") == (text.text, text.extras, text.file)
    own = filled(ExternalRequest("dep:generic/zlib", file=upload("x.json", MAPPING.encode())))
    assert ("dep:generic/zlib", MAPPING, OWN, "") == (
        own.text,
        own.mapping,
        own.ecosystem,
        own.file,
    )
    wrong = filled(ExternalRequest(file=upload("x.whl", b"PK\x03\x04")))
    assert isinstance(wrong.file, Upload)
    assert wrong.file.problem
    assert answer(wrong).findings
    assert "" == filled(wrong).file


def test_wheels() -> None:
    """Of the metadata of a wheel the lines about what is outside are taken."""
    import io
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        metadata = (
            "Metadata-Version: 2.4\nName: spam\nVersion: 1\nSummary: x\nRequires-External: C\n"
        )
        archive.writestr("spam-1.dist-info/METADATA", metadata)
        archive.writestr("spam-1.dist-info/WHEEL", "Wheel-Version: 1.0\n")
    found = filled(ExternalRequest(file=upload("spam-1-py3-none-any.whl", buffer.getvalue())))
    assert "Metadata-Version: 2.4\nName: spam\nVersion: 1\nRequires-External: C\n" == found.text


def run(*arguments: str, text: str = "") -> tuple[int, str]:
    found = CliRunner().invoke(app, ["external", "show", *arguments], input=text)
    return found.exit_code, found.output


def test_the_command() -> None:
    """The terminal shows what counts, the packages and the command; an error is status 1."""
    status, said = run("-", "--on", "fedora", text="dep:generic/zlib@>=1.2\nC\n")
    assert 0 == status
    assert "sudo dnf install --assumeyes 'zlib-devel >= 1.2'" in said
    assert "Instead of C: dep:virtual/compiler/c" in said
    status, said = run("-", text="dep:generic/spam\ndep:bad")
    assert 1 == status
    assert "missing" in said
    assert "external-type" in said
    assert "There is nothing to look up yet." in run("-")[1]


def test_the_command_with_choices(tmp_path: Any) -> None:
    """Purpose, extra, group, pin, environment and mapping reach the lab."""
    own = tmp_path / "own.json"
    own.write_text(MAPPING, "utf-8")
    status, said = run("-", "--mapping", str(own), text="dep:generic/zlib")
    assert (0, True) == (status, "my-zlib" in said)
    status, said = run(
        *("-", "--for", "run", "--extra", "tiff", "--group", "dev", "--env", WINDOWS, "--json"),
        text=TABLE,
    )
    response = json.loads(said)
    assert (1, "run", WINDOWS) == (status, response["purpose"], response["environment"])
    assert [each["text"] for each in response["rows"] if each["counts"]] == [
        "dep:generic/libtiff",
        "dep:generic/valgrind",
    ]
    assert 2 == run("-", "--env", "mars")[0]
    status, said = run("-", "--pin", "interface/mpi=mpich", text="dep:virtual/interface/mpi")
    assert 0 == status


def test_shared() -> None:
    """The question is written down with what differs from the default."""
    share = LAB.share(
        ExternalRequest(
            "dep:generic/zlib",
            purpose="run",
            extras=("a b",),
            groups=("c",),
            ecosystem="nix",
            pins=("x=y",),
            environment=WINDOWS,
        )
    )
    assert (
        "trigpoint external show - --for run --extra 'a b' --group c --on nix --pin x=y "
        f"--env {WINDOWS} <<'EOF'\ndep:generic/zlib\nEOF"
    ) == share.command
    assert 'ecosystem: "nix"' in share.embed
    assert 'run("external"' in share.python


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("dep:generic/zlib", "external"),
        ('"dep:generic/zlib",\n"dep:generic/git",', "external"),
        ("# c\ndep:generic/zlib\n\nDEP:x", "external"),
        ("pkg:generic/openssl@3", "external"),
        ("pkg:generic/openssl\ndep:generic/zlib", "external"),
        ("pkg", "requirement"),
        ("[external]\nhost-requires = []", "pyproject"),
        ("Name: x\nRequires-External: C", "metadata"),
        ("dep:generic/zlib\nnumpy\nrequests", "requirements"),
    ],
)
def test_what_is_opened(text: str, kind: str) -> None:
    """Lines of DepURLs are recognised, and so is the table."""
    found = recognise(text)
    assert found is not None
    assert kind == found.piece.kind


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("dep:generic/zlib", "it begins with dep:"),
        ("PKG:generic/zlib", "it begins with pkg:"),
        ("dep:a/b\ndep:a/c\nnumpy", "2 of its lines begin with dep:"),
        ("dep:a/b\npkg:a/c", "2 of its lines begin with dep: or pkg:"),
    ],
)
def test_why_it_is_what_is_needed_from_outside(text: str, why: str) -> None:
    """The schemes that are there are named, and no others."""
    found = recognise(text)
    assert found is not None
    assert why == found.why


@pytest.mark.parametrize(
    ("piece", "rank"),
    [
        (Piece("external", "dep:generic/zlib"), MAIN),
        (Piece("pyproject", "[external]\n"), MAIN - 1),
        (Piece("pyproject", "[project]\n[external]\n"), MAIN + 1),
        (Piece("metadata", "Requires-External: C"), MAIN + 1),
        (Piece("pyproject", "[project]\n"), None),
        (Piece("marker", "os_name == 'nt'"), None),
    ],
)
def test_what_the_lab_takes(piece: Piece, rank: int | None) -> None:
    """A text with a dep: line or a table offers this lab, first where there is nothing else."""
    opened = LAB.opens([piece])
    assert rank == (opened.rank if opened else None)


def test_the_open_lab_leads_here() -> None:
    """What a reader pastes on the first page is offered this lab."""
    found = labs.run("open", {"text": "dep:generic/zlib"})
    assert "external" == found["ways"][0]["lab"]
    found = labs.run("open", {"text": "[external]\ndependencies = []\n"})
    assert "external" == found["ways"][0]["lab"]


def test_pins_as_people_shorten_them() -> None:
    """A pin is read with and without what every virtual name begins with, and taken back as well."""
    for pin in ("interface/mpi", "virtual/interface/mpi", "dep:virtual/interface/mpi"):
        found = answer(ExternalRequest("dep:virtual/interface/mpi", pins=(f"{pin}=generic/mpich",)))
        assert found.plan is not None
        [row] = found.plan.planned
        assert ("libmpich-dev",) == row.packages
        assert () == row.options[-1].pins  # the default again


def test_a_pin_of_nothing() -> None:
    """A pin that could never be for anything is said to be wrong."""
    found = answer(ExternalRequest("dep:generic/zlib", pins=("interface/mpj=generic/mpich",)))
    assert ["'interface/mpj' is nothing virtual that is known"] == [
        each.message for each in found.findings
    ]


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (b"\x03ALF\x02\x01\0\0", "external-binary", "no text in UTF-8"),
        ("dep:generic/zlib".encode("utf-16"), "external-binary", "no text in UTF-8"),
        (b"\xef\xbb\xbfName: a\n", "metadata-bom", "end before they begin"),
    ],
)
def test_files_of_which_nothing_is_read(data: bytes, code: str, said: str, tmp_path: Path) -> None:
    """A file that is no text names nothing, and both faces say so in the same words."""
    upload = Upload("a.txt", base64.b64encode(data).decode())
    response = answer(filled(ExternalRequest(file=upload)))
    assert [code] == [each.code for each in response.findings]
    assert (False, ()) == (response.readable, response.rows)
    assert said in words.summary(response)
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    shown = CliRunner().invoke(app, ["external", "show", str(path)])
    assert 1 == shown.exit_code
    assert words.summary(response) in shown.output


def test_a_wheel_with_a_byte_order_mark() -> None:
    """METADATA of which no header is read is no METADATA that says nothing."""
    wheel = Wheel(
        {"spam-1.0.dist-info/METADATA": b"\xef\xbb\xbfName: spam\nRequires-External: C\n"}
    )
    upload = Upload(wheel.name, base64.b64encode(wheel.data()).decode())
    response = answer(filled(ExternalRequest(file=upload)))
    assert "metadata-bom" in [each.code for each in response.findings]
    assert not response.readable


def test_names_that_nothing_lists() -> None:
    """The page tells of them as well, in the result of a form and in that of a directive."""
    response = ask(TABLE, extras=("tif",), groups=("dve",))
    said = str(LAB.html(response))
    for message in ("there is no extra 'tif'", "there is no group 'dve'"):
        assert message in [each.message for each in response.findings]
        assert message.partition("'")[0] in said
    assert "external-undeclared" not in [
        each.code for each in ask("[external", extras=("x",)).findings
    ]
