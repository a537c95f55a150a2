"""The wheel lab: files as text and as files, where they land, and what they do together."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from typing import Any

import pytest

from trigpoint import labs
from trigpoint.labs.files import encoded
from trigpoint.labs.wheels.answer import answer, filled
from trigpoint.labs.wheels.data import MOST_ROWS, NodeRow, WheelsRequest
from trigpoint.labs.wheels.examples import EXAMPLES
from trigpoint.labs.wheels.keeping import MOST_KEPT, keep, kept
from trigpoint.labs.wheels.listing import (
    MOST_LETTERS,
    MOST_LISTED,
    MOST_PATHS,
    made,
    read_listing,
    written,
)
from trigpoint.labs.wheels.tree import MOST_ALIKE, MOST_NODES, MOST_TILES, groups, tiles
from trigpoint.labs.wheels.treemap import Box, boxes
from trigpoint.labs.wheels.words import INTERPRETERS, PLACE_TITLES, PLATFORMS, summary
from trigpoint.wheels import ENVIRONMENT_NAMES, PLACES, inspect, landing

from ..wheels.binaries import elf
from ..wheels.build import EVERY, Wheel

NAME = "spam-1.0-py3-none-any.whl"


def codes(text: str, **fields: Any) -> list[str]:
    return [each.code for each in answer(WheelsRequest(text, **fields)).findings]


def html(text: str, **fields: Any) -> str:
    found = json.loads(labs.answer("wheels", json.dumps({"text": text, **fields})))
    return str(found["html"])


def listing(*paths: str, name: str = NAME) -> str:
    return f"{name}\n" + "".join(f"    {path}\n" for path in paths)


# -- the text -----------------------------------------------------------------------------


def test_levels_of_the_text() -> None:
    """Files, paths and what they hold are told apart by their indentation."""
    text = "\na.whl\n\n    b/c.py\n        x\n\n          y\n    d\ne.whl  \n"
    (one, two), left = read_listing(text)
    assert ("a.whl", [("b/c.py", ["x", "", "  y"]), ("d", [])]) == (one.name, one.paths)
    assert ("e.whl", [], 0) == (two.name, two.paths, left)
    assert ["a.whl", "e.whl"] == [text[each.start : each.end] for each in (one, two)]


def test_what_stands_below_nothing() -> None:
    """A path below no file, and a line below no path, belong to nothing."""
    found, left = read_listing("    a\n        b\nc.whl\n        d\n")
    assert (["c.whl"], [], 1) == ([each.name for each in found], found[0].paths, left)


@pytest.mark.parametrize("more", [0, 1])
def test_bounds_of_the_text(more: int) -> None:
    """As many files and paths are listed; of more, the rest is counted."""
    found, left = read_listing("a.whl\n" * (MOST_LISTED + more))
    assert (MOST_LISTED, more) == (len(found), left)
    found, left = read_listing(listing(*["a"] * (MOST_PATHS + more)))
    assert (MOST_PATHS, more) == (len(found[0].paths), left)
    assert ("1 more are not listed." in html("a.whl\n" * (MOST_LISTED + more))) is bool(more)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (listing(*["a"] * MOST_PATHS), "is a wheel of 2,003 files, "),
        (listing(*["a"] * (MOST_PATHS + 2)), "; 2 paths of the text are left out."),
        (f"    a.py\n{listing('b.py')}", "; 1 path of the text is left out."),
    ],
)
def test_what_is_left_out_of_one_wheel_is_said(text: str, said: str) -> None:
    """The number of its files would be taken for all of them otherwise."""
    told = summary(answer(WheelsRequest(text)))
    assert said in told
    assert ("left out" in told) is ("left out" in said)


def test_a_wheel_of_a_text() -> None:
    """What nobody types is made, and fits; what the text has is taken as it is."""
    found = inspect(made(read_listing(listing("spam.py", "a,b.py"))[0][0]), NAME)
    assert ((), 4, "trigpoint") == (found.findings, found.record.verified, found.generator)
    info = "spam-1.0.dist-info"
    own = f"{NAME}\n    {info}/METADATA\n        Name: x\n    {info}/RECORD\n        x\n"
    found = inspect(made(read_listing(own)[0][0]), NAME)
    assert ("Name: x\n", False) == (found.metadata, found.record.right)
    platform = inspect(made(read_listing(listing("a", name="a-1-cp313-abi3-win32.whl"))[0][0]))
    assert ("platlib", ("cp313-abi3-win32",)) == (platform.root, platform.tags)


@pytest.mark.parametrize("name", ["spam-1.0.tar.gz", "spam-1.0.zip"])
def test_an_sdist_of_a_text(name: str) -> None:
    """It is packed as its name says, and has no scheme."""
    found = inspect(
        made(read_listing(listing("spam-1.0/PKG-INFO", "spam-1.0/a.py", name=name))[0][0]), name
    )
    assert ("sdist", ["", ""]) == (found.kind, [each.scheme for each in found.entries])


@pytest.mark.parametrize("path", ["\ud800", "a\0b", "/", "..", "", "x" * 70_000, "a\\b"])
def test_any_path(path: str) -> None:
    """No path raises."""
    answer(WheelsRequest(listing(path)))
    answer(WheelsRequest(listing(path, name="a-1.tar.gz")))


# -- dropped files ------------------------------------------------------------------------


def test_a_small_file_is_written_out() -> None:
    """Its text makes the same wheel, so that it can be changed and linked to."""
    wheel = Wheel({"spam/a.py": b"x = 1\n\n\ty\n", "spam-1.0.data/scripts/spam": b"#!python\n"})
    request = filled(WheelsRequest(file=encoded(wheel.name, wheel.data())))
    assert ("", "") == (request.kept, request.file)
    assert "        #!python\n" in request.text
    inside = answer(request).inside
    assert inside
    assert (wheel.inspected().unpacked, "RECORD is right about 4 files.") == (
        inside.unpacked, inside.record,
    )  # fmt: skip


@pytest.mark.parametrize(
    "wheel",
    [
        Wheel({"spam/a.bin": b"\xff"}),
        Wheel({"spam/a.py": b"no end of line"}),
        Wheel({"spam/a.py": b"blank \n"}),
        Wheel({"spam/a.py": b"x"}, modes={"spam/a.py": 0o100755}),
        Wheel({"spam/a.py": b"x\n" * MOST_LETTERS}),
    ],
)
def test_a_file_that_no_text_can_hold_stays_in_the_tab(wheel: Wheel) -> None:
    """The text has its name, and the answer what is in it."""
    request = filled(WheelsRequest(file=encoded(wheel.name, wheel.data())))
    assert (f"{wheel.name}\n", True) == (request.text, bool(request.kept))
    found = answer(request)
    assert found.files[0].known
    assert found.inside


def test_a_file_that_is_not_in_the_tab() -> None:
    """A link has its name only, which is told, and pip's answer is there."""
    found = answer(WheelsRequest(f"{NAME}\n", kept="nothing"))
    assert (["wheel-kept"], None, True) == (
        [each.code for each in found.findings], found.inside, found.files[0].taken,
    )  # fmt: skip
    assert [] == codes(listing("a"), kept="nothing")


@pytest.mark.parametrize("more", [0, 1])
def test_files_that_are_kept_at_the_bound(more: int) -> None:
    """As many are kept as that, and the one that was asked for longest ago goes first."""
    names = [keep(inspect(b"", f"a{number}.whl")) for number in range(MOST_KEPT + more)]
    assert (kept(names[0]) is None) is bool(more)
    assert kept(names[-1]) is not None


def packed(*files: tuple[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made_file:
        for name, data in files:
            made_file.writestr(name, data)
    return file.getvalue()


def test_a_folder_of_files() -> None:
    """The wheels and sdists in it are all looked into, and nothing else is."""
    other = Wheel({"spam/a.py": b"\n"})
    data = packed(
        ("dist/" + EVERY.name, EVERY.data()),
        ("dist/x.txt", b""),
        ("dist/" + other.name, other.data()),
    )
    found = answer(filled(WheelsRequest(file=encoded("dist.zip", data))))
    assert [EVERY.name, other.name] == [each.name for each in found.files if each.known]


def test_an_sdist_that_is_a_zip() -> None:
    """A zip without wheels is looked into itself."""
    data = packed(("spam-1.0/PKG-INFO", b"Name: spam\n"))
    assert ["sdist"] == [
        each.kind
        for each in answer(filled(WheelsRequest(file=encoded("spam-1.0.zip", data)))).files
    ]


@pytest.mark.parametrize("inside", ["", "spam/"])
@pytest.mark.parametrize("marked", ["pyproject.toml", "setup.py", "setup.cfg"])
def test_the_folder_of_a_project_is_called_that(inside: str, marked: str) -> None:
    """It is no sdist with a mistake: nothing has been built of it, and the lab for that is offered."""
    text = listing(f"{inside}{marked}", f"{inside}src/spam/__init__.py", name="spam.zip")
    found = answer(WheelsRequest(text))
    [finding] = found.findings
    assert "wheel-project" == finding.code
    assert "'spam.zip' is a project's folder, and no wheel or sdist of it" == finding.message
    assert "project" == found.files[0].kind
    assert found.inside is not None
    assert "project" == found.inside.kind
    said = "spam.zip is a project's folder of 2 files, 0 bytes unpacked; nothing has been built of it yet."
    assert said == summary(found)
    page = html(text)
    assert "Build it here" in page
    assert "&quot;lab&quot;:&quot;builds&quot;" in page.replace(" ", "")


@pytest.mark.parametrize(
    ("name", "paths"),
    [
        ("spam.zip", ["spam/pyproject.toml", "spam/PKG-INFO"]),
        ("spam.zip", ["spam/README.md"]),
        ("spam.zip", ["spam/docs/pyproject.toml"]),
        ("spam.zip", ["spam/pyproject.toml/a"]),
        ("spam-1.tar.gz", ["spam-1/pyproject.toml"]),
    ],
)
def test_what_may_be_an_sdist_is_called_one(name: str, paths: list[str]) -> None:
    """With a PKG-INFO, or without a project at its top, or by a name that only sdists have."""
    text = listing(*paths, name=name).replace("PKG-INFO", "PKG-INFO\n        Name: spam")
    found = answer(WheelsRequest(text))
    assert "sdist" == found.files[0].kind
    assert "wheel-project" not in codes(text)
    assert "Build it here" not in html(text)


def test_files_that_are_not_usable() -> None:
    """What did not arrive, and an archive in a zip that is damaged, are findings."""
    request = filled(WheelsRequest(file=encoded("a.whl", b"").__class__("a.whl", "!")))
    assert ["request-file"] == [each.code for each in answer(request).findings]
    data = bytearray(packed(("a-1-py3-none-any.whl", b"x" * 100)))
    data[60] ^= 1
    request = filled(WheelsRequest(file=encoded("a.zip", bytes(data))))
    assert ["archive-checksum"] == [each.code for each in answer(request).findings]


def test_a_name_that_is_several_lines() -> None:
    """It is one line of the text."""
    request = filled(WheelsRequest(file=encoded("a\n    b.whl", b"\xff")))
    assert "a b.whl\n" == request.text
    assert answer(request).files[0].known


# -- what the answer says -----------------------------------------------------------------


def test_where_files_land() -> None:
    """Each scheme has a tree below its folder, by the place that is chosen."""
    text = listing("spam.py", "spam-1.0.data/data/share/man/man1/spam.1", "spam-1.0.data/scripts/x")
    inside = answer(WheelsRequest(text, place="pip-user-windows", python="3.12")).inside
    assert inside
    assert [
        ("purelib", "Python312/site-packages"), ("scripts", "Python312/Scripts"), ("data", ""),
    ] == [(each.scheme, each.folder) for each in inside.groups]  # fmt: skip
    assert (
        NodeRow(0, "share/man/man1", "folder", 0, 1),
        NodeRow(1, "spam.1", "file", 0, 1),
    ) == inside.groups[2].nodes
    places = {each.place: dict(each.folders) for each in inside.elsewhere}
    assert list(PLACES) == list(places)
    assert {"purelib": "lib/python3.12/site-packages", "scripts": "bin", "data": ""} == places[
        "pip-venv-posix"
    ]


def test_every_place_in_the_tree_is_where_the_library_lands_it() -> None:
    """Folder and names together are the targets, in every place."""
    found = EVERY.inspected()
    for place in PLACES.values():
        landed = landing(found, place)
        targets = []
        for group in groups(found, landed):
            above: list[str] = []
            for row in group.nodes:
                above[row.depth :] = [row.name]
                if row.kind in ("file", "command"):
                    targets.append("/".join(filter(None, [group.folder, *above])))
        assert sorted(each.target for each in landed) == sorted(targets)


def test_a_command_of_an_entry_point_is_among_the_scripts() -> None:
    """It is no file of the wheel, and is told apart."""
    found = EVERY.inspected()
    scripts = next(
        each
        for each in groups(found, landing(found, PLACES["pip-venv-windows"]))
        if each.scheme == "scripts"
    )
    assert [
        ("every-gui.exe", "command"),
        ("every.exe", "command"),
        ("plain.sh", "file"),
        ("run-me", "file"),
    ] == [(each.name, each.kind) for each in scripts.nodes]


def test_a_file_that_needs_to_be_a_folder() -> None:
    """A hostile archive can have both; the tree shows what is below."""
    assert "spam/" in html(listing("spam", "spam/a.py"))


@pytest.mark.parametrize("more", [0, 1])
def test_many_files_in_a_folder(more: int) -> None:
    """As many are listed; of more, the largest, and the rest is counted with its size."""
    files = {f"spam/{number:04}.py": b"x" * number for number in range(1, MOST_ALIKE + 1 + more)}
    found = Wheel(files).inspected()
    rows = groups(found, landing(found, PLACES["pip-venv-posix"]))[0].nodes
    listed = [each for each in rows if each.kind == "file" and each.name.endswith(".py")]
    assert MOST_ALIKE == len(listed)
    rest = [each for each in rows if each.kind == "rest"]
    assert [NodeRow(1, "and 1 more", "rest", 1, 1)] * more == rest


@pytest.mark.parametrize("more", [0, 1])
def test_many_files_in_all(more: int) -> None:
    """Rows are given out from the top: a folder that has no room left says that it is not listed."""
    # The rows of the top, each folder with a row for each of its files, and those of the last.
    paths = [f"spam-1.0/{a}/{b:02}" for a in range(10) for b in range(38)]
    last = MOST_NODES - 1 - 1 - 10 - len(paths) - 1
    paths += [f"spam-1.0/z/{b:02}" for b in range(last + more)]
    text = listing("spam-1.0/PKG-INFO", *paths, name="spam-1.0.zip")
    found = inspect(made(read_listing(text)[0][0]), "spam-1.0.zip")
    (group,) = groups(found, ())
    assert more == sum(each.left for each in group.nodes)
    assert MOST_NODES - last * more == len(group.nodes)


def test_parts_by_size() -> None:
    """The largest folders are taken apart, and nothing is lost or counted twice."""
    files = {f"spam/{a}/{b}.bin": bytes(100 * a + b + 1) for a in range(8) for b in range(9)}
    found = Wheel({**files, "spam-1.0.data/data/x/y": bytes(50_000)}).inspected()
    parts = tiles(found)
    assert MOST_TILES >= len(parts) > 10
    assert found.unpacked == sum(each.size for each in parts)
    assert len(found.entries) == sum(each.files for each in parts)
    assert ("spam-1.0.data/data/x/y", "data") == (parts[0].path, parts[0].scheme)
    assert any(each.path.endswith("the rest") for each in parts)


def test_areas_are_sizes() -> None:
    """Rectangles fill the picture, do not overlap, and are as large as their sizes say."""
    sizes = [500.0, 250, 100, 75, 50, 20, 4, 1]
    found = boxes(sizes, Box(0, 0, 40, 25))
    assert sizes == pytest.approx([each.width * each.height for each in found])
    for one in found:
        assert -1e-6 <= one.x
        assert one.x + one.width <= 40 + 1e-6
        assert one.y + one.height <= 25 + 1e-6
        for two in found:
            apart = (
                one.x + one.width <= two.x + 1e-6 or two.x + two.width <= one.x + 1e-6
                or one.y + one.height <= two.y + 1e-6 or two.y + two.height <= one.y + 1e-6
            )  # fmt: skip
            assert one is two or apart
    assert max(max(each.width / each.height, each.height / each.width) for each in found[:5]) < 3


def test_sizes_are_a_picture_and_a_table() -> None:
    """The picture says that the table has its content, and both have the same parts."""
    found = html(f"{NAME}\n    a.py\n        x\n    b.py\n        xx\n")
    assert 'role="img" aria-label="The sizes of the parts of' in found
    assert found.count('class="tp-tile tp-tile-') == found.count('class="tp-key tp-tile-')


def test_linked_libraries() -> None:
    """They are shown with where they come from, for a dropped wheel."""
    wheel = Wheel(
        {"spam/_core.so": elf(["libm.so.6", "libfoo.so.1"])}, tag="cp313-cp313-linux_x86_64"
    )
    request = filled(WheelsRequest(file=encoded(wheel.name, wheel.data())))
    found = html(request.text, kept=request.kept)
    assert "1 compiled file in it, which links:" in found
    assert "not in the wheel, has to be there already, linked by 1 file" in found


def test_why_not() -> None:
    """The file that is chosen is asked about, for the system that is chosen."""
    text = "spam-1.0-cp312-cp312-win_amd64.whl\nspam-1.0-cp313-cp313-win_amd64.whl\n"
    found = answer(WheelsRequest(text, platform="windows-amd64"))
    assert [False, True] == [each.taken for each in found.files]
    assert found.why
    assert ("abi",) == found.why.reason
    assert (("spam-1.0-cp313-cp313-win_amd64.whl",),) == found.best
    second = answer(WheelsRequest(text, platform="windows-amd64", chosen=1))
    assert second.why
    assert second.why.taken
    assert "pip takes none of these wheels on CPython 3.13, Linux" in html(text)


@pytest.mark.parametrize(("chosen", "expected"), [(-5, 0), (1, 1), (99, 1)])
def test_a_number_that_no_file_has(chosen: int, expected: int) -> None:
    """The nearest file is shown."""
    assert expected == answer(WheelsRequest("a-1-py3-none-any.whl\n" * 2, chosen=chosen)).chosen


@pytest.mark.parametrize(
    "fields",
    [
        {"place": "moon"},
        {"python": "3"},
        {"python": "3.x"},
        {"python": "3.1234"},
        {"interpreter": "cp2"},
    ],
)
def test_a_choice_that_there_is_not(fields: dict[str, Any]) -> None:
    """It is told, and the usual one takes its place."""
    assert ["request-field"] == codes(listing("a"), **fields)


def test_every_environment_and_place_can_be_chosen() -> None:
    """What the form offers is what the library knows."""
    assert set(ENVIRONMENT_NAMES) == {f"{one}-{two}" for one in INTERPRETERS for two in PLATFORMS}
    assert list(PLACES) == list(PLACE_TITLES)
    assert len(set(PLACE_TITLES.values())) == len(PLACES)


def test_collisions() -> None:
    """What two projects both write is told; two wheels of one project are never installed together."""
    text = listing("spam.py", "tests/a.py") + listing(
        "eggs.py", "tests/a.py", name="eggs-1-py3-none-any.whl"
    )
    found = answer(WheelsRequest(text))
    (row,) = found.collisions
    assert (NAME, "eggs-1-py3-none-any.whl", 1, True) == (
        row.first,
        row.second,
        row.count,
        found.everywhere,
    )
    assert "What is installed last overwrites" in html(text)
    same = listing("spam.py") + listing("spam.py", name="spam-1.1-py3-none-any.whl")
    assert () == answer(WheelsRequest(same)).collisions
    assert "No two of them write the same file in any place." in html(same)


def test_collisions_at_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """With more files than that only the place that is chosen is looked at, which is said."""
    text = listing("a") + listing("b", name="eggs-1-py3-none-any.whl")
    for bound, everywhere in ((8 * len(PLACES), True), (8 * len(PLACES) - 1, False)):
        monkeypatch.setattr("trigpoint.labs.wheels.answer.MOST_LANDED", bound)
        assert everywhere is answer(WheelsRequest(text)).everywhere
    assert "No two of them write the same file in Linux: pip, virtual environment." in html(text)


def test_a_release() -> None:
    """Fields in which files of one version differ are shown with their values."""
    example = next(each for each in EXAMPLES if "agree" in each.label)
    text = example.request["text"]
    assert ["wheel-release-differs"] == codes(text)
    assert "The 3 files of spam 1.0 differ in 1 field." in html(text)
    assert "colorama" in html(text)


def test_findings_stand_at_the_name_of_their_file() -> None:
    """So a reader of several files sees which one they are about."""
    text = listing("a") + listing("spam-1.0.data/data/bin/pip")
    (found,) = answer(WheelsRequest(text)).findings
    assert found.span
    assert (4, len(NAME) + 1) == (found.span.line - 0 + 1, found.span.end_column)


def test_names_of_sdists_and_of_nothing() -> None:
    """Of an sdist without its bytes there is nothing to say, and another name is no wheel's."""
    assert ["wheel-kind"] == codes("spam-1.0.tar.gz\n")
    assert ["wheel-name"] == codes("spam\n")


def test_rows_at_the_bound() -> None:
    """Of more rows of RECORD than that the rest is counted."""
    for more in (0, 1):
        record = "".join(f"gone{number},sha256=x,1\n" for number in range(MOST_ROWS + more))
        rows = record.replace("gone", "            gone").replace("            ", "        ")
        text = f"{NAME}\n    spam-1.0.dist-info/METADATA\n    spam-1.0.dist-info/RECORD\n{rows}"
        inside = answer(WheelsRequest(text)).inside
        assert inside
        assert MOST_ROWS == len(inside.wrong)
        assert {"wrong": 2 + more} == inside.left


# -- other labs ---------------------------------------------------------------------------


def _ways(name: str, data: bytes) -> list[tuple[str, str]]:
    request = {"file": {"name": name, "data": base64.b64encode(data).decode()}}
    return [(each["lab"], each["file"]) for each in labs.run("open", _settled(request))["ways"]]


def _settled(request: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(labs.answer("open", json.dumps(request)))["request"]
    return found


def test_a_dropped_wheel_offers_the_lab() -> None:
    """It takes the file as it came, and the metadata lab takes its text."""
    ways = _ways(EVERY.name, EVERY.data())
    assert ("metadata", "") == ways[0]
    assert ("wheels", "file") in ways


def test_the_metadata_opens_in_its_lab() -> None:
    """The link holds the text, and what is known of the file."""
    found = html(listing("a"))
    assert "&quot;lab&quot;:&quot;metadata&quot;" in found.replace(" ", "")
    assert "&quot;file_name&quot;" in found


@pytest.mark.parametrize(
    ("fields", "command"),
    [
        ({"text": f"{NAME}\n"}, f"trigpoint wheel why {NAME}"),
        ({"text": f"{NAME}\n", "interpreter": "cp314"}, f"trigpoint wheel why {NAME} --env cp314-glibc2.36-x86_64"),
        ({"text": listing("a")}, f"trigpoint wheel inspect {NAME}"),
        ({"text": f"{NAME}\n", "kept": "x"}, f"trigpoint wheel inspect {NAME}"),
        ({"text": listing("a"), "place": "uv-venv-posix", "python": "3.14"}, f"trigpoint wheel inspect {NAME} --place uv-venv-posix --python 3.14"),
        ({"text": "a b.whl\n$x.whl\n", "chosen": 1}, "trigpoint wheel why '$x.whl'"),
        ({"text": "--help\n"}, "trigpoint wheel why ./--help"),
        ({}, "trigpoint wheel inspect FILE.whl"),
    ],
)  # fmt: skip
def test_commands(fields: dict[str, Any], command: str) -> None:
    """The command asks the same about the file that is chosen."""
    request = WheelsRequest(**fields)
    assert command == labs.LABS["wheels"].share(request).command


def test_a_listing_of_another_file_is_refused() -> None:
    """What a text cannot hold is never written out."""
    wheel = Wheel({"spam/a.py": b"x\r\ny"})
    assert written(wheel.data(), wheel.inspected()) is None
