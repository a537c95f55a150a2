"""What something is taken for, by real inputs, and which lab answers about it."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint import labs
from trigpoint.archives import open_archive
from trigpoint.installers.messages.catalogue import MESSAGES
from trigpoint.labs import LABS
from trigpoint.labs.codec import decode, encode
from trigpoint.labs.files import encoded
from trigpoint.labs.open import words
from trigpoint.labs.open.answer import OpenRequest, answer
from trigpoint.labs.open.bringing import MOST_GUESSED, MOST_LETTERS, MOST_PIECES, bring
from trigpoint.labs.open.recognising import MOST_LOOKED_AT, MOST_QUOTED, READABLE, recognise
from trigpoint.labs.pieces import KINDS, Piece, first

DATA = Path(__file__).parents[1] / "data"
TRIAL = DATA / "trial"

INPUTS = [
    # markers
    ("os_name == 'nt'", "marker", "markers"),
    ("'linux' in sys_platform", "marker", "markers"),
    ('"freebsd" in sys_platform', "marker", "markers"),
    ("extra == 'test'", "marker", "markers"),
    ("(os_name == 'nt') and extra == 'gssapi'", "marker", "markers"),
    (
        "python_version >= '3.9' and (sys_platform == 'win32' or extra == 'gui')",
        "marker",
        "markers",
    ),
    ("python_verison > '3'", "marker", "markers"),
    ("os_name == 'nt' and", "marker", "markers"),
    ("python_version!='3.8' && os_name=='nt'", "marker", "markers"),
    ("os.name == 'nt'", "marker", "markers"),
    ("os_name == 'nt'\nos_name == 'posix'", "marker", "markers"),
    ("  platform_system == 'Windows'  # a comment", "marker", "markers"),
    # requirements
    ("requests", "requirement", "markers"),
    ("requests>=2,<3", "requirement", "markers"),
    ("spam=>1", "requirement", "markers"),
    ("numpy^1.2", "requirement", "markers"),
    ("tomli; python_version < '3.11'", "requirement", "markers"),
    ("requests[socks]>=2; os_name == 'nt'", "requirement", "markers"),
    ("pip @ https://example.org/pip-1-py3-none-any.whl", "requirement", "markers"),
    ("https://example.org/foo-1.0.whl", "requirement", "markers"),
    ("./dist/spam-1.0-py3-none-any.whl", "requirement", "markers"),
    ("pip install 'tomli; python_version < \"3.11\"'", "requirement", "markers"),
    ("$ python -m pip install -U requests", "requirement", "markers"),
    ("uv add httpx", "requirement", "markers"),
    ("pip install 'unclosed", "requirement", "markers"),
    ("uv pip install -r requirements.txt", "message", "messages"),
    # requests for extras
    ("pkg[a]", "request", "extras"),
    ("pkg[a,-b]", "request", "extras"),
    ("pkg[]", "request", "extras"),
    ("pip install 'pkg[gui, cli]'", "request", "extras"),
    # lists of requirements
    ("a\nb>=1; os_name == 'nt'\n", "requirements", "markers"),
    ("-r base.txt\nspam==1 --hash=sha256:aa\n", "requirements", "markers"),
    ("-r base.txt\n", "requirements", "markers"),
    ("-e .\nspam\n", "requirements", "markers"),
    ("dependencies = [\n  'a; os_name == \"nt\"',\n]", "requirements", "markers"),
    ("Requires-Dist: a; os_name == 'nt'", "requirements", "markers"),
    ("Requires-Dist: a\nRequires-Dist: b\n", "requirements", "markers"),
    ("# only a comment\n", "requirements", "markers"),
    ("zipp>=3.18.*\nnumpy^1.2\nfoo==1.x\n", "requirements", "markers"),
    # metadata
    ("Metadata-Version: 2.4\nName: spam\nVersion: 1.0\n", "metadata", "metadata"),
    ("Name: spam", "metadata", "metadata"),
    ("\ufeffmetadata-version: 2.1\nname: x\n", "metadata", "metadata"),
    ("License-File: LICENSE", "metadata", "metadata"),
    ("Requires-Dist: a\nProvides-Extra: b\n", "metadata", "metadata"),
    ("Classifier: Private :: Do Not Upload", "metadata", "metadata"),
    # pyproject.toml
    ("[project]\nname = 'spam'\n", "pyproject", "metadata"),
    ("# a comment\n[build-system]\nrequires = []\n", "pyproject", "metadata"),
    ("[dependency-groups]\ndev = ['pytest']\n", "pyproject", "metadata"),
    ("[tool.hatch.version]\npath = 'a.py'\n", "pyproject", "metadata"),
    ("name = 'spam'\nversion = '1'\n", "pyproject", "metadata"),
    # what tools print
    ("ERROR: No matching distribution found for spam", "message", "messages"),
    ("error: no such option: --x", "message", "messages"),
    ("ModuleNotFoundError: No module named 'pkg_resources'", "message", "messages"),
    ("'eggs>>1' is invalid for 'requires-dist'", "message", "messages"),
    (
        "Traceback (most recent call last):\n  File 'x', line 1\nKeyError: 'y'\n",
        "message",
        "messages",
    ),
    ("SomeNewError: what nobody has recorded", "message", "messages"),
    ("what is this error", "message", "messages"),
    ("def f(x):\n  return x\n", "message", "messages"),
    ("<html>", "message", "messages"),
    ("\ud800", "message", "messages"),
    # names of files
    ("numpy-2.3.1-cp313-cp313-win_amd64.whl", "files", "wheels"),
    ("spam-1.0.tar.gz\nspam-1.0-py3-none-any.whl\n", "files", "wheels"),
    ("spam-1.0-1-py3-none-any.whl\n", "files", "wheels"),
    ("./spam-1.0-py3-none-any.whl", "requirement", "markers"),
    ("spam-1.0-py3-none-any.whl\nspam\n", "requirements", "markers"),
    # what no lab reads
    ("from setuptools import setup\n\nsetup(name='spam')\n", "", ""),
    ("import setuptools\nsetuptools.setup(\n    name='spam',\n)\n", "", ""),
    ("name: CI\non: push\njobs: {}\n", "", ""),
    ("repos:\n- repo: https://spam.example/hooks\n", "", ""),
    ("name: spam\nchannels:\n- conda-forge\ndependencies:\n- python=3.11\n", "", ""),
    ("\x89PNG\0\0\0", "", ""),
    ("[[package]]\nname = 'x'\nversion = '1'\n", "", ""),
]
"""What people bring, the kind of piece that it is, and the lab that is there for it."""

TRIAL_KINDS = {
    **{
        path.name: ("metadata", "metadata")
        for path in TRIAL.glob("*.METADATA")
        if path.name != "D05.METADATA"
    },
    **{path.name: ("pyproject", "metadata") for path in TRIAL.glob("*.toml")},
    "M09.txt": ("requirements", "markers"),
    "M17.txt": ("marker", "markers"),
    "M25.txt": ("requirements", "markers"),
    "M26.txt": ("requirements", "markers"),
    "M28.txt": ("requirements", "markers"),
}
"""The files of the trial; D05 is empty but for blanks."""


def ask(text: str, **more: Any) -> Any:
    return answer(OpenRequest(text, **more))


def led_to(response: Any) -> str:
    return response.ways[0].lab if response.ways else ""


@pytest.mark.parametrize(("text", "kind", "lab"), INPUTS)
def test_what_people_bring_is_told(text: str, kind: str, lab: str) -> None:
    """Each is taken for what it is, with a reason, and leads to the lab for it."""
    response = ask(text)
    assert (kind, lab) == (response.kind, led_to(response))
    assert bool(kind) is bool(response.why)


@pytest.mark.parametrize("name", sorted(TRIAL_KINDS))
def test_files_of_the_trial_are_told_by_their_text(name: str) -> None:
    """Without a name to go by, the text of each says what it is."""
    text = (TRIAL / name).read_bytes().decode("utf-8", "surrogateescape")
    response = ask(text)
    assert TRIAL_KINDS[name] == (response.kind, led_to(response))


def test_markers_of_real_packages_are_markers() -> None:
    """Each of the markers that real packages have is told as one."""
    lines = (DATA / "markers.txt").read_text("utf-8").splitlines()
    told = {line: recognise(line.partition("\t")[0]) for line in lines[::7]}
    assert [] == [line for line, found in told.items() if not found or found.piece.kind != "marker"]


def test_titles_of_known_messages_are_messages() -> None:
    """Each message that the catalogue has is told as what a tool printed."""
    told = {key: recognise(message.title) for key, message in MESSAGES.items()}
    others = {key: found.piece.kind for key, found in told.items() if found}
    assert {} == {key: kind for key, kind in others.items() if kind != "message"}


@given(st.text(max_size=200), st.sampled_from(["", "pyproject.toml", "a.txt", "uv.lock", "x/"]))
def test_no_text_raises(text: str, name: str) -> None:
    """Whatever is pasted, there is an answer, and each lab that is named takes its request."""
    response = answer(OpenRequest(text, name))
    assert words.summary(response)
    for way in response.ways:
        assert decode(LABS[way.lab].request_type, way.request)


@given(st.binary(max_size=200), st.sampled_from(["a.zip", "a.tar.gz", "a.whl", "METADATA", ""]))
def test_no_file_raises(data: bytes, name: str) -> None:
    """Whatever is dropped, there is an answer."""
    found = json.loads(labs.answer("open", json.dumps({"file": encode(encoded(name, data))})))
    assert found["summary"]


def test_a_lab_says_itself_what_it_takes() -> None:
    """Every lab but this one and the composer takes some kind, and none takes nothing."""
    for name, lab in LABS.items():
        assert lab.opens([]) is None
        texts = ("a; os_name == 'nt'", "[[tool.trigpoint.extensions]]")
        taken = [kind for kind in KINDS for text in texts if lab.opens([Piece(kind, text)])]
        taken += ["project"] * bool(lab.opens([Piece("folder", ""), Piece("pyproject", "")]))
        assert bool(taken) is (name not in ("open", "composer"))


# -- words ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("os_name == 'nt'", "This is an environment marker, because it compares the variables of"),
        (
            "a>=1; os_name == 'nt'",
            "because it is the name of a project with versions and a marker.",
        ),
        ("spam=>1", "This is most likely a requirement, because it begins as a requirement does"),
        ("a\nb", "because 2 of its lines can be read as requirements."),
        ("a\nb=>1\n-r c", "because a line of it can be read as a requirement."),
        ("uv add httpx", "because the command asks for 'httpx'."),
        ("uv add --group dev httpx", "because the command asks for 'httpx'."),
        ("pip install -r more.txt httpx", "because the command asks for 'httpx'."),
        ("pip install -i https://example.org httpx", "because the command asks for 'httpx'."),
        ("Name: x", "because it begins with the field Name."),
        ("[project]", "because it has the table [project]."),
        ("a: 1", "because it is nothing else that a lab reads, and no message in it is known."),
        ("error: oh", "because it speaks of an error or a warning, though no message in it is"),
        ("[[package]]", "No lab reads this."),
        ("\0", "No lab reads this."),
        ("", "There is nothing in the box yet."),
    ],
)
def test_reasons_are_said(text: str, said: str) -> None:
    """A reader sees what it is taken for and why, and no more than was read."""
    assert said in words.summary(ask(text))


@pytest.mark.parametrize(
    "text", [">=3.8,<4", " ~= 3.8 ", '">=3.8"', "'==3.*'", "===x", "!=3.0\n", ">=3,\n<4"]
)
def test_versions_alone_are_said_to_belong_elsewhere(text: str) -> None:
    """No lab reads them by themselves, and a reader is told what makes them whole."""
    response = ask(text)
    assert ("versions", True, ()) == (response.kind, response.sure, response.ways)
    summary = words.summary(response)
    assert summary.startswith("This is a version specifier, because it is operators with versions")
    assert "Behind the name of a project it is a requirement" in summary
    assert "requires-python of [project]" in summary


@pytest.mark.parametrize("text", ["^3.8", ">=", '""', ",", ">=3.8\n<4", ">=3.8 or so", "3.8"])
def test_what_is_no_version_specifier_is_not_called_one(text: str) -> None:
    """What Poetry writes, a half one, nothing, or two lines, are something else."""
    assert "versions" != ask(text).kind


@pytest.mark.parametrize("more", [0, 1])
def test_versions_are_looked_at_as_far_as_all_else(more: int) -> None:
    """A text that is longer than what is looked at may go on with something else."""
    text = ">=1".ljust(MOST_LOOKED_AT + more)
    assert ("versions" if not more else "message") == ask(text).kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("pyproject.toml", "pyproject"),
        ("spam-1.dist-info/METADATA", "metadata"),
        ("requirements-dev.txt", "requirements"),
        ("constraints.txt", "requirements"),
    ],
)
def test_the_name_of_a_file_says_most(name: str, kind: str) -> None:
    """Even of a text that looks like something else."""
    response = ask("os_name == 'nt'", file_name=name)
    assert (kind, f"the file is called '{name}'") == (response.kind, response.why)
    assert words.summary(response).startswith(f"{name}: this is ")


def test_files_that_no_lab_reads_are_named() -> None:
    """A lock file is no pyproject.toml, however it looks."""
    response = ask("[metadata]\nx = 1\n", file_name="poetry.lock")
    assert ("", READABLE) == (response.kind, response.others)
    assert "poetry.lock: no lab reads this." == words.summary(response)


def test_a_reader_may_say_what_it_is() -> None:
    """Then it is that, and the others stay to choose from."""
    response = ask("requests", read_as="message")
    assert ("message", "you said so", "messages") == (
        response.kind,
        response.why,
        led_to(response),
    )
    assert set(READABLE) - {"message"} == set(response.others)
    assert "requirements" not in ask("requests").others


def test_a_kind_that_is_none_is_a_finding() -> None:
    """A link may say anything."""
    response = ask("requests", read_as="<b>")
    assert (["request-field"], "requirement") == (
        [each.code for each in response.findings],
        response.kind,
    )


# -- bounds -----------------------------------------------------------------------------


def test_a_long_text_is_judged_by_its_ends() -> None:
    """What is in the middle counts for nothing, and the answer says so."""
    head = "os_name == 'nt'\n"
    whole = head * (MOST_LOOKED_AT // len(head))
    short, long = ask(whole), ask(whole + "x" * (MOST_LOOKED_AT + 1 - len(whole)))
    assert (False, True) == (short.cut, long.cut)
    assert "Looked at: 20,000 letters at its start and at its end." in words.summary(long)
    log = "x y z\n" * MOST_LOOKED_AT + "error: no such option: --x"
    assert "message" == ask(log).kind


def test_reasons_quote_few_letters() -> None:
    """A name of any length makes a short reason."""
    at, over = (recognise(f"uv add {'a' * size}") for size in (MOST_QUOTED, MOST_QUOTED + 1))
    assert at is not None
    assert over is not None
    assert f"'{'a' * MOST_QUOTED}'" in at.why
    assert f"'{'a' * (MOST_QUOTED - 1)}…'" in over.why


# -- files and folders ------------------------------------------------------------------


def zipped(files: dict[str, str], name: str = "spam.zip") -> Any:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for path, text in files.items():
            made.writestr(path, text)
    return encoded(name, held.getvalue())


def dropped(upload: Any) -> Any:
    lab = LABS["open"]
    return lab.run(lab.fill_in(OpenRequest("old", file=upload)))


METADATA = "Metadata-Version: 2.1\nName: spam\nVersion: 1\nRequires-Dist: a; os_name == 'nt'\n"


def test_a_wheel_is_its_metadata() -> None:
    """The lab for metadata gets what the wheel says, and knows that it is one."""
    name = "spam-1-py3-none-any.whl"
    response = dropped(zipped({"spam-1.dist-info/METADATA": METADATA}, name))
    assert ("wheel", name, "metadata") == (response.kind, response.name, led_to(response))
    assert {"text": METADATA, "kind": "wheel", "file_name": name} == response.ways[0].request


def test_an_sdist_is_its_metadata_and_its_files() -> None:
    """Its PKG-INFO counts, and the pyproject.toml in it is a piece, too."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as made:
        for path, text in (("PKG-INFO", METADATA), ("pyproject.toml", "[project]\nname='spam'")):
            member = tarfile.TarInfo(f"spam-1/{path}")
            member.size = len(text)
            made.addfile(member, io.BytesIO(text.encode()))
    response = dropped(encoded("spam-1.tar.gz", held.getvalue()))
    assert ("sdist", ["pyproject"], "metadata") == (
        response.kind,
        [each.kind for each in response.pieces],
        led_to(response),
    )
    assert METADATA == response.ways[0].request["text"]


def test_a_folder_fills_each_lab_with_what_it_wants() -> None:
    """The parts of a project go to the labs that know them; the build lab wants it whole."""
    project = '[project]\nname = "spam"\nversion = "1"\ndependencies = ["a; os_name == \'nt\'"]\n'
    response = dropped(
        zipped(
            {
                "spam/pyproject.toml": project,
                "spam/requirements.txt": "b\n",
                "spam/sub/pyproject.toml": "[project]\n",
                "spam/sub/requirements.txt": "c\n",
                "spam/tests/data/METADATA": METADATA,
                "spam/README.md": "# Spam",
            }
        )
    )
    ways = {each.lab: each for each in response.ways}
    assert ("folder", "spam", ["pyproject.toml", "requirements.txt"]) == (
        response.kind,
        response.name,
        [each.name for each in response.pieces],
    )
    assert "metadata" == led_to(response)
    assert {"text": "a; os_name == 'nt'\n"} == ways["markers"].request
    assert {"text": project} == ways["metadata"].request
    assert {"text": project} == ways["extras"].request
    assert {"document": project} == ways["messages"].request
    assert ({}, "file") == (ways["builds"].request, ways["builds"].file)
    assert response.project


def test_files_without_names_that_say_it_are_looked_into() -> None:
    """A log and the file that it is about come together, and so they go to one lab."""
    response = dropped(
        zipped({"log.txt": "error: no such option: --x", "requirements.txt": "--x\n"}, "files.zip")
    )
    assert ("messages", {"text": "error: no such option: --x", "document": "--x\n"}) == (
        led_to(response),
        response.ways[0].request,
    )


@pytest.mark.parametrize("more", [0, 1])
def test_pieces_are_bounded(more: int) -> None:
    """So many pieces count, so long ones, and so many files are looked into."""
    lists = {f"s/requirements-{i:02}.txt": "a\n" for i in range(MOST_PIECES - 1 + more)}
    assert MOST_PIECES == len(bring(open_archive(unpacked(lists), "s.zip")).pieces)
    long = {"s/requirements.txt": "a" * (MOST_LETTERS + more), "s/x": ""}
    assert 2 - more == len(bring(open_archive(unpacked(long), "s.zip")).pieces)
    guessed = {"s/log": "error: no such option: --x"}
    guessed |= {f"s/{i}": "" for i in range(MOST_GUESSED - 1 + more)}
    assert 2 - more == len(bring(open_archive(unpacked(guessed), "s.zip")).pieces)


def unpacked(files: dict[str, str]) -> bytes:
    from trigpoint.labs.files import unwrapped

    return unwrapped(zipped(files))


def test_the_text_of_a_file_comes_into_the_box() -> None:
    """A file that is no archive is its text, and its name is known."""
    lab = LABS["open"]
    filled = lab.fill_in(OpenRequest("old", read_as="message", file=encoded("x.txt", b"caf\xe9")))
    assert OpenRequest("caf\udce9", "x.txt") == filled


@pytest.mark.parametrize(
    ("upload", "code"),
    [
        (encoded("x.png", b"\x89PNG"), "archive-kind"),
        (encoded("x.zip", b"PK\3\4"), "archive-truncated"),
        ({"name": "x", "data": "*"}, "request-file"),
    ],
)
def test_a_file_that_cannot_be_used_is_a_finding(upload: Any, code: str) -> None:
    """The answer says what is the matter with it, and leads nowhere."""
    found = json.loads(labs.answer("open", json.dumps({"file": encode(upload)})))
    assert code in [each["code"] for each in found["findings"]]


def test_a_file_that_is_nothing_is_said_in_one_sentence() -> None:
    """The summary ends as a sentence does, also where the finding has more than one."""
    lab = labs.LABS["open"]
    upload = encoded("x.png", b"\x89PNG\r\n\x1a\n\xff\x00")
    said = lab.summary(lab.run(lab.fill_in(OpenRequest(file=upload))))
    assert said.endswith("(sdists).")


def test_a_wheel_is_kept_without_a_button() -> None:
    """What comes as a file is kept at once, so nothing offers to keep it."""
    lab = labs.LABS["open"]
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        made.writestr("spam-1.dist-info/METADATA", METADATA)
        made.writestr("spam-1.dist-info/WHEEL", "Wheel-Version: 1.0\n")
    upload = encoded("spam-1-py3-none-any.whl", held.getvalue())
    html = str(lab.html(lab.run(lab.fill_in(OpenRequest(file=upload)))))
    assert ("data-project" in html, "Use it in every lab" in html) == (True, False)


def test_first_goes_by_kinds_before_order() -> None:
    """The surest source of a project's metadata counts, wherever it stands."""
    pieces = [Piece("pyproject", "a"), Piece("wheel", "b"), Piece("wheel", "c")]
    assert Piece("wheel", "b") == first(pieces, "wheel", "pyproject")
    assert first(pieces, "message") is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("os_name == 'nt'", "it compares the variables of an environment"),
        (" os_name ", "it is a variable of markers, though it is compared with nothing yet"),
        ("os_name == nt and", "it compares as a marker does, though it cannot be read yet"),
        ("os_name is", "it compares as a marker does, though it cannot be read yet"),
    ],
)
def test_why_it_is_a_marker(text: str, why: str) -> None:
    """A variable alone compares nothing."""
    found = recognise(text)
    assert found is not None
    assert ("marker", why) == (found.piece.kind, found.why)
