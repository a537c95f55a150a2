"""``trigpoint wheel``: the answers of the library in the terminal."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from trigpoint.cli.app import app

from ..archives.build import entry, tar
from ..wheels.binaries import elf
from ..wheels.build import EVERY, Wheel

SDIST = gzip.compress(tar(entry(b"spam-1.0/PKG-INFO", b"Name: spam\n")), mtime=0)


def run(*arguments: str, data: bytes = b"") -> Result:
    return CliRunner().invoke(app, ["wheel", *arguments], input=data)


@pytest.fixture
def wheel(tmp_path: Path) -> str:
    path = tmp_path / EVERY.name
    path.write_bytes(EVERY.data())
    return str(path)


def test_inspect(wheel: str) -> None:
    """The tree with its targets, the schemes and the verdict of RECORD are shown."""
    found = run("inspect", wheel)
    assert 0 == found.exit_code
    for piece in (
        "Every_Thing-1.0-py3-none-any.whl is a wheel of 16 files, 1,",
        "RECORD is right about 15 files.\n",
        "purelib  modules in Python         9 ",
        "tags     py3-none-any",
        "made by  hand",
        "licence  Every_Thing-1.0.dist-info/licenses/LICENSE",
        "SBOM     Every_Thing-1.0.dist-info/sboms/a.cdx.json",
        "Below the virtual environment (pip-venv-posix)",
        "share/every/thing.txt ",
        "the entry point every\n",
    ):
        assert piece in found.stdout


def test_another_place(wheel: str) -> None:
    """Place and Python are chosen."""
    found = run("inspect", wheel, "--place", "pip-prefix-posix", "--python", "3.12")
    assert "include/python3.12/every-thing/every.h" in found.stdout
    assert "Below the prefix (pip-prefix-posix)" in found.stdout


def test_errors_and_standard_input() -> None:
    """Findings come first, and an error is the exit status."""
    found = run("inspect", "-", data=Wheel({"spam-1.0.data/data/bin/pip": b""}).data())
    assert 1 == found.exit_code
    assert found.stdout.startswith("error[wheel-overwrites]: ")
    text = run("inspect", "-", data=b"hello")
    assert (1, True) == (
        text.exit_code, "The file is neither a wheel nor an sdist." in text.stdout,
    )  # fmt: skip
    assert "RECORD" not in text.stdout


def test_json(wheel: str) -> None:
    """All three commands print their answers as data."""
    found = json.loads(run("inspect", wheel, "--json").stdout)
    assert "purelib" == found["inspection"]["root"]
    assert ("pip-venv-posix", 18) == (found["place"], len(found["landing"]))
    assert 18 == len(json.loads(run("collide", wheel, wheel, "--json").stdout))
    assert json.loads(run("why", "a-1-py3-none-any.whl", "--json").stdout)["taken"]


def test_collide(wheel: str, tmp_path: Path) -> None:
    """What two wheels share is a table, and the exit status; nothing is a sentence."""
    other = tmp_path / "spam-1.0-py3-none-any.whl"
    other.write_bytes(Wheel().data())
    none = run("collide", wheel, str(other))
    assert (0, "The two share no file.\n") == (none.exit_code, none.stdout)
    other.write_bytes(Wheel({"root_mod.py": b""}).data())
    one = run("collide", wheel, str(other))
    assert 1 == one.exit_code
    assert "The two share 1 file; what is installed last overwrites.\n" in one.stdout
    assert "root_mod.py, different bytes, in 23 places" in one.stdout
    assert 2 == run("collide", "-", "-").exit_code


def test_why() -> None:
    """The answer, each value with its meaning, and the exit status."""
    taken = run("why", "dist/a-1-cp310-abi3-win_amd64.whl", "--env", "cp314-windows-amd64")
    assert 0 == taken.exit_code
    assert "pip takes it on CPython 3.14, Windows on x86_64: cp310-abi3-win_amd64" in taken.stdout
    left = run("why", "a-1-cp312-cp312-manylinux_2_39_x86_64.whl")
    assert 1 == left.exit_code
    assert "because of the ABI tag and the platform tag." in left.stdout
    none = run("why", "spam-1.0-cp313-cp313-win_amd64.whl", "--env", "cp312-musl1.2-aarch64")
    assert "because of the Python tag, the ABI tag and the platform tag." in none.stdout
    assert "does not fit; the nearest here is manylinux_2_36_x86_64" in left.stdout
    together = run("why", "a-1-py3-cp313-any.whl")
    assert "each part of its tags fits, and no three together." in together.stdout
    unknown = run("why", "a-1-odd-none-any.whl")
    assert "not a known value: does not fit\n" in unknown.stdout


def test_why_of_another_name() -> None:
    """A name of no wheel has a finding and no table."""
    found = run("why", "a-1.tar.gz")
    assert 1 == found.exit_code
    assert "error[wheel-name]: 'a-1.tar.gz' is no name of a wheel" in found.stdout
    assert "pip takes no file of that name for a wheel." in found.stdout
    assert "Part" not in found.stdout
    assert 2 == run("why", "a", "--env", "nowhere").exit_code


def test_linked_libraries() -> None:
    """What compiled files link is shown with where it comes from."""
    files = {
        "spam/_core.so": elf(["libz-1.so.1", "libm.so.6", "libfoo.so.1"]),
        "spam.libs/libz-1.so.1": elf(["libm.so.6"]),
    }
    found = run("inspect", "-", data=Wheel(files).data()).stdout
    for piece in (
        "libfoo.so.1  not in the wheel, has to be there already, linked by 1 file\n",
        "libm.so.6    on every such system, linked by 2 files\n",
        "libz-1.so.1  in the wheel as spam.libs/libz-1.so.1, where what links it does not look",
    ):
        assert piece in found
    files["spam/_other.so"] = elf(["libz-1.so.1"], runpath="$ORIGIN/../spam.libs")
    found = run("inspect", "-", data=Wheel(files).data()).stdout
    assert "spam.libs/libz-1.so.1, where not all that link it look, linked by 2 files" in found
    answer = json.loads(run("inspect", "-", "--json", data=Wheel(files).data()).stdout)
    assert ["outside", "system", "bundled"] == [each["source"] for each in answer["libraries"]]


def _release(tmp_path: Path, *texts: str) -> list[str]:
    paths = []
    for number, text in enumerate(texts):
        head = "Metadata-Version: 2.4\nName: spam\nVersion: 1.0\n"
        made = Wheel(
            {"spam-1.0.dist-info/METADATA": (head + text).encode()}, tag=f"py3{number}-none-any"
        )
        path = tmp_path / made.name
        path.write_bytes(made.data())
        paths.append(str(path))
    return paths


def test_release(tmp_path: Path) -> None:
    """Fields in which files differ are shown with their values, and are the exit status."""
    paths = _release(tmp_path, "Requires-Dist: a\n", "")
    found = run("release", *paths)
    assert 1 == found.exit_code
    assert found.stdout.startswith("warning[wheel-release-differs]: ")
    assert "The 2 files of spam 1.0 differ in 1 field.\n" in found.stdout
    assert "Requires-Dist  spam-1.0-py31-none-any.whl  -\n" in found.stdout
    answer = json.loads(run("release", "--json", *paths).stdout)
    assert ["a"] == answer[0]["fields"][0]["files"][0]["values"]


def test_a_release_that_agrees(tmp_path: Path) -> None:
    """It has one sentence, and so has a file that is alone."""
    paths = _release(tmp_path, "", "")
    for some, said in (
        (paths, "The 2 files of spam 1.0 say the same.\n"),
        (paths[:1], "There is one file of spam 1.0, and nothing to compare it with.\n"),
    ):
        found = run("release", *some)
        assert (0, said) == (found.exit_code, found.stdout)


def test_a_release_of_nothing(tmp_path: Path) -> None:
    """Files without metadata are told, and nothing is said to be right."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"")
    found = run("release", str(path))
    assert (1, "There is no metadata in these files that can be read.\n") == (
        found.exit_code,
        found.stdout,
    )


def test_data_of_a_wheel() -> None:
    """They are listed with their sizes, and held against the policy."""
    wheel = Wheel({"spam-1.0.data/data/share/man/man1/a.1": b"12"})
    found = run("data", "-", data=wheel.data())
    assert (0, True) == (found.exit_code, "share/man/man1/a.1  2\n" in found.stdout)
    assert "1 file lands outside of the packages, 2 bytes.\n" in found.stdout
    for option in (["--root", "share/spam"], ["--budget", "1"]):
        assert 1 == run("data", "-", *option, data=wheel.data()).exit_code
    none = run("data", "-", data=Wheel().data())
    assert "No file lands outside of the packages.\n" == none.stdout


@pytest.mark.parametrize("name", ["spam-1.0-py3-none-any.whl", "spam-1.0.tar.gz"])
@pytest.mark.parametrize("data", [b"", b"PK", SDIST])
def test_data_of_what_is_no_wheel(tmp_path: Path, name: str, data: bytes) -> None:
    """Where the files of an sdist land its backend decides, so nothing is said of them."""
    path = tmp_path / name
    path.write_bytes(data)
    for more in ([], ["--json"]):
        found = run("data", str(path), *more)
        assert (1, "") == (found.exit_code, found.stdout)
        said = "is no wheel that can be read, so what it would write is not known"
        assert said in " ".join(found.stderr.split())


def test_data_of_a_project(tmp_path: Path) -> None:
    """They are read from its own table, and written in the form of another backend."""
    table = '[tool.hatch.build.targets.wheel.shared-data]\n"docs/a.1" = "share/man/man1/a.1"\n'
    system = '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
    (tmp_path / "pyproject.toml").write_text(system + table)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/a.1").write_text("x")
    found = run("data", str(tmp_path), "--to", "flit-core")
    assert 0 == found.exit_code
    for piece in (
        "share/man/man1/a.1  1\n",
        "pyproject.toml for flit-core\n",
        '[tool.flit.external-data]\ndirectory = "data"\n',
        "Move docs/a.1 to data/share/man/man1/a.1.\n",
        "Note: everything in the folder is installed",
    ):
        assert piece in found.stdout
    poetry = run("data", str(tmp_path), "--to", "poetry-core").stdout
    assert "There is no form for it.\n" in poetry
    answer = json.loads(run("data", str(tmp_path), "--json").stdout)
    assert ({"share/man/man1/a.1": 1}, None, []) == (
        answer["sizes"], answer["form"], answer["findings"],
    )  # fmt: skip
    (tmp_path / "docs/a.1").unlink()
    gone = run("data", str(tmp_path))
    assert 1 == gone.exit_code
    assert gone.stdout.startswith("error[data-missing]: ")


@pytest.mark.parametrize("data", [b"", b"PK", b"no archive at all"])
def test_collide_with_what_cannot_be_read(wheel: str, tmp_path: Path, data: bytes) -> None:
    """Of what is no wheel nobody knows what it would write, so nothing is said to be shared or not."""
    broken = tmp_path / "broken-1-py3-none-any.whl"
    broken.write_bytes(data)
    for pair in ((wheel, str(broken)), (str(broken), wheel), (wheel, str(broken), "--json")):
        found = run("collide", *pair)
        assert (1, "") == (found.exit_code, found.stdout)
        assert "is no wheel that can be read" in found.stderr


def test_a_release_with_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    """The file is named, and the others are not said to be all there is."""
    path = tmp_path / "broken-1.0-py3-none-any.whl"
    path.write_bytes(b"PK")
    found = run("release", *_release(tmp_path, "", ""), str(path))
    assert (1, "The 2 files of spam 1.0 say the same.\n") == (found.exit_code, found.stdout)
    assert f"{path} has no metadata that can be read, and was left out." in found.stderr.replace(
        "\n", ""
    )
    assert 1 == run("release", "--json", *_release(tmp_path, "", ""), str(path)).exit_code


@pytest.mark.parametrize("python", ["", "3", "abc", "../../x", "3.13; rm"])
def test_inspect_for_a_python_that_is_none(wheel: str, python: str) -> None:
    """What is no version is in no path of any installer, to the command as to the lab."""
    found = run("inspect", wheel, "--python", python)
    assert (2, "") == (found.exit_code, found.stdout)
    assert "is no version of Python" in found.stderr
    assert "lib/python3.14t/site-packages" in run("inspect", wheel, "--python", "3.14t").stdout
