"""The evidence run itself: wheels, the server, and the comparison with the record."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import subprocess
import sys
import urllib.error
import urllib.request
import zipfile
from pathlib import Path
from types import MappingProxyType

import pytest
from tests.evidence import interpreters, run, shared
from tests.evidence.cases import CASES, DEPENDENCIES
from tests.evidence.drivers import Driver, applies, installed_in
from tests.evidence.files import FileServer
from tests.evidence.tools import TOOLS, MissingToolError, Tool
from tests.evidence.wheels import Wheel, build

from trigpoint.installers import CASES as RECORDED
from trigpoint.installers import RECORD, Outcome, Record
from trigpoint.installers.features import detect
from trigpoint.installers.vocabulary import CONTEXT, ORDINARY
from trigpoint.metadata import read


def test_a_wheel_is_the_same_every_time(tmp_path: Path) -> None:
    """Two builds of one wheel have the same bytes."""
    (tmp_path / "again").mkdir()
    first, second = build(Wheel(), tmp_path), build(Wheel(), tmp_path / "again")
    assert first.read_bytes() == second.read_bytes()


def test_metadata_is_written_byte_for_byte(tmp_path: Path) -> None:
    """What a case says about METADATA is what the tool reads."""
    raw = b"\xef\xbb\xbfName : caf\xe9\r\n\x00"
    with zipfile.ZipFile(build(Wheel(metadata=raw), tmp_path)) as archive:
        assert raw == archive.read("pkg-1.0.dist-info/METADATA")


@pytest.mark.parametrize("wheel", DEPENDENCIES, ids=lambda wheel: wheel.name)
def test_the_record_file_lists_true_hashes(wheel: Wheel, tmp_path: Path) -> None:
    """No tool has a reason to complain about RECORD."""
    with zipfile.ZipFile(build(wheel, tmp_path)) as archive:
        [name] = [name for name in archive.namelist() if name.endswith("RECORD")]
        for row in archive.read(name).decode().splitlines():
            path, digest, size = row.split(",")
            if path != name:
                data = archive.read(path)
                true = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=")
                assert (f"sha256={true.decode()}", str(len(data))) == (digest, size)


@pytest.mark.parametrize("name", CASES)
def test_the_record_describes_the_cases_of_this_checkout(name: str) -> None:
    """A case that changes has to be run again before it is committed."""
    assert run.recorded_case(CASES[name]) == RECORDED[name]


def test_the_record_has_no_other_cases() -> None:
    """A case that is gone leaves the record too."""
    assert list(CASES) == list(RECORDED)


def test_every_tool_is_recorded_with_every_case_that_applies() -> None:
    """There is no hole in the matrix."""
    expected = {
        (case.name, tool.name) for tool in TOOLS for case in CASES.values() if applies(tool, case)
    }
    assert expected == set(RECORD.outcomes)


@pytest.mark.parametrize("name", CASES)
def test_a_case_varies_nothing_that_it_does_not_declare(name: str) -> None:
    """What a case shows could be put down to something else otherwise."""
    case = CASES[name]
    found = detect(
        read(case.subject.actual_metadata),
        request=case.request,
        file_name=case.subject.file_name,
        wheel=case.subject.wheel_text,
        older=bool(case.others),
    )
    assert set() == found.keys() - case.features - ORDINARY - CONTEXT


def test_tools_are_asked_what_they_can_tell() -> None:
    """Some cases are for checkers alone, and some are not for them."""
    twine, pip = (Tool(family, "1", ()) for family in ("twine", "pip"))
    assert (True, False) == tuple(applies(tool, CASES["new-2.1-dynamic"]) for tool in (twine, pip))
    assert (False, True) == tuple(applies(tool, CASES["new-2.1"]) for tool in (twine, pip))
    assert (False, True) == tuple(applies(tool, CASES["fallr"]) for tool in (twine, pip))


def test_a_tool_is_named_and_fetched_with_its_companions() -> None:
    """What decides is pinned and named; what only keeps it running is pinned."""
    tool = Tool("uv sync", "1.2", (), ("packaging 24.1",), ("hishel<2",))
    assert "uv sync 1.2 (packaging 24.1)" == tool.name
    assert ["uv==1.2", "packaging==24.1", "hishel<2"] == tool.pins


def test_addresses_are_answered_from_one_directory(tmp_path: Path) -> None:
    """A direct reference is followed without a network; what is not there is not found."""
    (tmp_path / "a.whl").write_bytes(b"wheel")
    server = FileServer(tmp_path)
    try:
        proxy = urllib.request.ProxyHandler({"http": server.proxies["http_proxy"]})
        opener = urllib.request.build_opener(proxy)
        with opener.open("http://wheels.example/files/a.whl") as answer:
            assert b"wheel" == answer.read()
        with pytest.raises(urllib.error.HTTPError, match="404"):
            opener.open("http://wheels.example/b.whl")
    finally:
        server.close()


def test_an_accepted_run_replaces_what_it_ran_and_keeps_the_rest() -> None:
    """``--accept`` with a filter touches nothing else."""
    pair = ("mv-v30", "pip 26.3")
    new = Outcome("refused", exit_code=1, message="too new")
    tool = dataclasses.replace(RECORD.tools["pip 26.3"], recorded="2999-01-01")
    after = run.merged(RECORD, {pair: new}, {"pip 26.3": tool})
    assert {**RECORD.outcomes, pair: new} == after.outcomes
    assert "2999-01-01" == after.recorded
    assert after == Record.from_text(after.to_text())


def test_another_deed_differs_and_other_words_are_told_apart() -> None:
    """A new message alone is shown and fails nothing."""
    pair = ("mk-insetnew", "pip 26.3")
    old = RECORD.outcomes[pair]
    reworded = dataclasses.replace(old, message="other words")
    assert [] == run.compare(RECORD, {pair: old})
    [words] = run.compare(RECORD, {pair: reworded})
    [deed] = run.compare(RECORD, {pair: dataclasses.replace(old, result="refused")})
    assert (words.only_words, deed.only_words) == (True, False)


def test_a_tool_without_its_python_says_so() -> None:
    """One line names the tool and what it needs."""
    with pytest.raises(MissingToolError, match=r"pip 0\.1: needs Python 1\.4 or 1\.5"):
        _ = Tool("pip", "0.1", ("1.4", "1.5")).python


def test_this_interpreter_is_found() -> None:
    """The series of the running interpreter needs no search."""
    series = "{}.{}".format(*sys.version_info)
    found = interpreters.find(series)
    assert found is not None
    assert interpreters.version_of(found).startswith(series)


def test_settings_of_the_machine_do_not_steer_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """No find-links of pip's own configuration gets in."""
    monkeypatch.setenv("PIP_FIND_LINKS", "elsewhere")
    monkeypatch.setenv("UV_INDEX", "elsewhere")
    assert not {"PIP_FIND_LINKS", "UV_INDEX"} & interpreters.clean_environment().keys()


SCRIPT = """\
import sys
print("said", *sys.argv[1:])
if sys.argv[1] == "text":
    sys.exit("stopped")
if sys.argv[1] == "crash":
    raise LookupError("lost")
sys.exit(int(sys.argv[1]))
"""


@pytest.mark.parametrize("fresh", [False, True])
def test_the_server_answers_with_exit_code_and_output(fresh: bool, tmp_path: Path) -> None:
    """Each job runs as the tool would run alone, in a fork or in a process of its own."""
    script = tmp_path / "tool.py"
    script.write_text(SCRIPT, encoding="utf-8")
    log = tmp_path / "log"
    server = Path(run.__file__).with_name("server.py")
    with subprocess.Popen(
        [sys.executable, server, script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin
        assert process.stdout
        seen = []
        for argument in ("0", "3", "text", "crash"):
            job = {
                "args": [argument],
                "log": str(log),
                "cwd": str(tmp_path),
                "env": {},
                "fresh": fresh,
            }
            process.stdin.write(json.dumps(job) + "\n")
            process.stdin.flush()
            code = json.loads(process.stdout.readline())["exit"]
            lines = log.read_text(encoding="utf-8").splitlines()
            seen.append((code, lines[0], lines[-1]))
        process.stdin.close()
    assert [
        (0, "said 0", "said 0"),
        (3, "said 3", "said 3"),
        (1, "said text", "stopped"),
        (1, "said crash", "LookupError: lost"),
    ] == seen


def test_only_what_is_unusual_is_kept_of_the_output(tmp_path: Path) -> None:
    """Ordinary lines go, paths of this machine go, and no line is kept twice."""
    driver = Driver(TOOLS[0], tmp_path / "cache", tmp_path / "work")
    links = tmp_path / "work" / "links"
    text = (
        f"Looking in links: {links}\nProcessing {links}/pkg-1.0-py3-none-any.whl\n"
        f"WARNING: odd: {links}/pkg\nWARNING: odd: {links}/pkg\n"
        "Successfully installed pkg-1.0\n"
    )
    assert ["WARNING: odd: pkg"] == driver.unusual(text, links)


def test_what_is_installed_is_read_from_the_directories(tmp_path: Path) -> None:
    """Names are normalised, versions are taken as they stand."""
    (tmp_path / "Dep_Docs-1.0+x.dist-info").mkdir()
    assert {"dep-docs": "1.0+x"} == installed_in(tmp_path)


def test_an_older_matrix_is_compared_cell_by_cell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Cells that differ are listed with a reason, and blanks are left out."""
    path = tmp_path / "matrix.csv"
    path.write_text("case,pip-9.0.3,uv-0.1.45\nmk-eq,ok,-\nde[rec],ok,ok\n", encoding="utf-8")
    found = MappingProxyType(
        {
            ("mk-eq", "pip 9.0.3"): Outcome("installed", "1.0"),
            ("de[rec]", "pip 9.0.3"): Outcome("installed", "1.0", ("default",)),
        }
    )
    shared.report(path, found)
    printed = capsys.readouterr().out
    assert "2 cells in common, 1 differ" in printed
    assert "de[rec], pip 9.0.3: ok there, default here" in printed


def test_an_unknown_filter_is_refused() -> None:
    """A misspelt tool or case is not an empty run."""
    with pytest.raises(SystemExit, match="no such tool: pip-0"):
        run.main(["--only", "pip-0"])
    with pytest.raises(SystemExit, match="no such case: nothing"):
        run.main(["--case", "nothing"])
