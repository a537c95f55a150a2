"""What a review reads: trees of files, YAML, the form of tox, and programs."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.archives import MOST_READ
from trigpoint.findings import Finding
from trigpoint.projects.review import programs, yamls
from trigpoint.projects.review.ini import read_ini
from trigpoint.projects.review.judging import MOST_FOUND, judge
from trigpoint.projects.review.memory import MemoryPath
from trigpoint.projects.review.pieces import Piece, Source
from trigpoint.projects.review.programs import read_program
from trigpoint.projects.review.project import MOST_CONFIGURATION, Project
from trigpoint.projects.review.table import ALL
from trigpoint.projects.review.tree import MOST_DEPTH, MOST_WALKED, Tree
from trigpoint.projects.review.yaml_words import said

from ..build import filled
from .cases import CASES, CI, WHEEL, run, wheel, workflow

NEEDS_YAML = pytest.mark.skipif(not yamls.has_yaml(), reason="PyYAML is not installed")


# -- trees --------------------------------------------------------------------------------

FILES = {"pyproject.toml": b"", "src/a/__init__.py": b"x", ".github/workflows/ci.yml": b"a: 1"}


class Elsewhere:
    """A place that is no path: what ``importlib.resources`` may hand over."""

    def __init__(self, path: MemoryPath) -> None:
        self._path = path
        self.name = path.name

    def iterdir(self) -> list[Elsewhere]:
        return [Elsewhere(each) for each in self._path.iterdir()]

    def is_dir(self) -> bool:
        return self._path.is_dir()

    def is_file(self) -> bool:
        return self._path.is_file()

    def read_bytes(self) -> bytes:
        return self._path.read_bytes()


def elsewhere(files: dict[str, bytes]) -> Elsewhere:
    return Elsewhere(MemoryPath(Tree.of_files(files)))


def test_trees_of_all_kinds_are_alike(tmp_path: Path) -> None:
    """A folder, a mapping and something walkable hold the same files."""
    filled(tmp_path, FILES)
    for tree in (
        Tree.of_files(FILES),
        Tree.of_folder(tmp_path),
        Tree.of_walkable(tmp_path),
        Tree.of_walkable(elsewhere(FILES)),  # type: ignore[arg-type]
    ):
        assert sorted(FILES) == list(tree.paths)
        assert tree.complete
        assert FILES == {path: tree.bytes(path) for path in tree.paths}
        assert "pyproject.toml" in tree
        assert tree.bytes("nothing") is None
        assert [".github/workflows/ci.yml"] == tree.below(".github")
        assert (True, False) == (tree.has_folder("src/a"), tree.has_folder("sr"))


def test_a_package_in_a_repository_has_its_workflows(tmp_path: Path) -> None:
    """Of a folder of a repository the workflows lie outside."""
    filled(tmp_path, {**FILES, "inner/pyproject.toml": b"", "inner/a.py": b""})
    tree = Tree.of_walkable(tmp_path, tmp_path / "inner")
    assert [".github/workflows/ci.yml", "a.py", "pyproject.toml"] == list(tree.paths)


def test_other_projects_are_left_out(tmp_path: Path) -> None:
    """A folder with a pyproject.toml of its own is another one, wherever the files are."""
    files = {**FILES, "inner/pyproject.toml": b"", "inner/a/b.py": b"", "innermost/a.py": b""}
    for tree in (
        Tree.of_files(files),
        Tree.of_folder(filled(tmp_path, files)),
        Tree.of_walkable(elsewhere(files)),  # type: ignore[arg-type]
    ):
        assert sorted([*FILES, "innermost/a.py"]) == list(tree.paths)


def test_walking_has_bounds() -> None:
    """A number of files, a depth, and no folders of tools."""
    assert not Tree.of_walkable(elsewhere({f"{i}": b"" for i in range(MOST_WALKED + 1)})).complete  # type: ignore[arg-type]
    assert Tree.of_walkable(elsewhere({f"{i}": b"" for i in range(MOST_WALKED)})).complete  # type: ignore[arg-type]
    deep = "/".join("a" * (MOST_DEPTH + 1))
    assert (deep,) == Tree.of_walkable(elsewhere({deep: b""})).paths  # type: ignore[arg-type]
    assert () == Tree.of_walkable(elsewhere({f"{deep}/b": b""})).paths  # type: ignore[arg-type]
    assert () == Tree.of_walkable(elsewhere({".git/a": b"", "x/build/b": b""})).paths  # type: ignore[arg-type]
    large = elsewhere({"a": b"x" * (MOST_READ + 1), "b": b"x" * MOST_READ})
    tree = Tree.of_walkable(large)  # type: ignore[arg-type]
    assert (None, MOST_READ) == (tree.bytes("a"), len(tree.bytes("b") or b""))


def test_what_cannot_be_listed_or_read_is_left_out() -> None:
    """A place behind a network may refuse."""

    class Refusing(Elsewhere):
        def iterdir(self) -> list[Elsewhere]:
            raise OSError

        def read_bytes(self) -> bytes:
            raise OSError

    top = MemoryPath(Tree.of_files({"a": b""}))
    assert not Tree.of_walkable(Refusing(top)).complete  # type: ignore[arg-type]

    class Listing(Elsewhere):
        def iterdir(self) -> list[Elsewhere]:
            return [Refusing(top / "a")]

    tree = Tree.of_walkable(Listing(top))  # type: ignore[arg-type]
    assert (("a",), None) == (tree.paths, tree.bytes("a"))


def test_archives_in_a_tree(tmp_path: Path) -> None:
    """What is no archive, or a damaged one, has no list of files."""
    made = {WHEEL: wheel("a.py"), "dist/b.whl": b"PK\3\4", "dist/c.whl": b"text"}
    for tree in (Tree.of_files(made), Tree.of_folder(filled(tmp_path, made))):
        head = "spam-1.0.dist-info"
        listed = ("a.py", f"{head}/METADATA", f"{head}/WHEEL", f"{head}/RECORD")
        assert listed == tree.inside(WHEEL)
        assert tree.inside("dist/b.whl") is None
        assert tree.inside("dist/c.whl") is None
        assert tree.inside(WHEEL) is tree.inside(WHEEL)


def test_memory_paths_are_traversables() -> None:
    """They answer what plugins ask, are copied as themselves, and compare by their place."""
    top = MemoryPath(Tree.of_files({"a/b.txt": "é".encode(), "c": b""}))
    assert ["a", "c"] == [each.name for each in top.iterdir()]
    file = top / "a" / "b.txt"
    assert (True, False, True) == (file.is_file(), file.is_dir(), file.exists())
    assert (False, True) == ((top / "a").is_file(), (top / "a").is_dir())
    assert not (top / "x").exists()
    assert ("a/b.txt", ".", "b.txt") == (str(file), str(top), file.name)
    assert file == top.joinpath("a", "./b.txt") == copy.deepcopy(file)
    assert file != top
    assert file != "a/b.txt"
    assert 1 == len({file, top / "a/b.txt"})
    assert "é" == file.read_text() == file.open().read()
    assert "é".encode() == file.open("rb").read()
    with pytest.raises(FileNotFoundError):
        (top / "x").read_bytes()


# -- YAML ---------------------------------------------------------------------------------


def yaml(text: str) -> yamls.Node:
    found = yamls.read_yaml("a.yml", text)
    assert isinstance(found, yamls.Node), found
    return found


@NEEDS_YAML
def test_yaml_stays_as_written() -> None:
    """Numbers and truths are the text that was there, quotes are remembered."""
    node = yaml('on: [push, 3.10, "3.10"]\na: {b: ~}\nc:\n')
    assert ["push", "3.10", "3.10"] == [each.text for each in node.get("on")]
    assert [True, True, False] == [each.plain for each in node.get("on")]
    assert "~" == node.get("a", "b").text
    assert ["3.10"] == [each.text for each in yaml("3.10").texts()]
    assert not node.get("c").text
    assert not node.get("x", "y")
    assert [] == node.get("x").texts()
    text = node.source.text
    assert '"3.10"' == text[node.get("on").items[2].start : node.get("on").items[2].end]


@NEEDS_YAML
def test_aliases_and_merged_keys() -> None:
    """What is repeated is there, and what stands beside it wins."""
    node = yaml(
        "a: &x {b: 1, c: 2}\nd: {<<: *x, b: 3}\ne: {<<: [*x, {c: 9, f: 4}]}\ng: *x\n? [1]\n: 2\n"
    )
    assert ["3", "2"] == [node.get("d", name).text for name in "bc"]
    assert ["1", "2", "4"] == [node.get("e", name).text for name in "bcf"]
    assert node.get("g") is node.get("a")
    assert ["a", "d", "e", "g"] == [key.text for key, _ in node.pairs]
    assert "1" == yaml('"<<": {a: 1}').get("<<", "a").text


@NEEDS_YAML
def test_only_the_first_document_is_read() -> None:
    """An empty file is an empty text."""
    assert "1" == yaml("a: 1\n---\na: [").get("a").text
    assert ("scalar", "") == (yaml("").kind, yaml("").text)


def nested(levels: int) -> str:
    return "[" * levels + "]" * levels


@NEEDS_YAML
@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("a: 1\nb: x\0", "the file is no YAML: U+0000, which YAML does not allow, is in it", 2),
        ('a: 1\nb: "\\U00110000"', "the file is no YAML: \\U00110000 names no character", 2),
        ("%YAML 1." + "9" * 5000 + "\n---\na", "no YAML: a number in it is longer than any", 1),
        ("a: *b", "*b repeats what has not ended yet", 1),
        ("a: &b [*b]", "*b repeats what has not ended yet", 1),
        (nested(yamls.MOST_LEVELS + 1), f"it nests deeper than {yamls.MOST_LEVELS} levels", 1),
        ("- a\n" * yamls.MOST_NODES, f"it holds more than {yamls.MOST_NODES:,} values", 20_000),
        (
            "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
            + "".join(f"{b}: &{b} [{','.join([f'*{a}'] * 10)}]\n" for a, b in zip("abcde", "bcdef", strict=True)),
            f"it holds more than {yamls.MOST_NODES:,} values",
            5,
        ),
        ("x" * (yamls.MOST_LETTERS + 1), f"more than {yamls.MOST_LETTERS:,} letters", 0),
    ],
)  # fmt: skip
def test_yaml_that_is_not_read(text: str, message: str, line: int) -> None:
    """It is said why, and where."""
    found = yamls.read_yaml("a.yml", text)
    assert isinstance(found, Finding)
    assert message in found.message
    assert line == (found.span.line if found.span else 0)
    assert found.fix


WORDS = [
    # what is wrong, where it begins, what is said of it, and what to do
    ("a: 1\n\tb: 2", (2, 1), "a tab stands in front of the line", "write blanks"),
    ("a: 1\nb: @x", (2, 4), "no value begins with @", "in quotes"),
    ("a: 1\nb: `x`", (2, 4), "no value begins with `", "in quotes"),
    ("{% if x %}\na: 1", (1, 2), "no value begins with %", "in quotes"),
    ("a: - b", (1, 4), "an item of a list stands behind something else", "a line of its own"),
    ("- a\nb: c", (2, 1), "an item of a list and a key stand beside each other", "indent"),
    ("b: c\n- a", (2, 1), "an item of a list and a key stand beside each other", "indent"),
    ("a:\n    b: 1\n  c: 2", (3, 3), "indented unlike those around it", "as many blanks"),
    ("a:\n  - x\n - y", (3, 2), "indented unlike those around it", "as many blanks"),
    ("a: 'it's'", (1, 8), "more follows a value that has ended", "all of the value"),
    ("a: {{ x }} y", (1, 12), "more follows a value that has ended", "all of the value"),
    ("a: 1\nb\nc: 2", (2, 1), "there is no colon behind the key", "write a colon"),
    ("a: 1\nb: 'x\nc: 1\n", (2, 4), "the quote is not closed", "close it"),
    ('a: "x\n---\n', (1, 4), "the quote is not closed before the document ends", "close it"),
    ("a: [1, 2\nb: 3\n", (1, 4), "the bracket is not closed", "close it"),
    ("a: {b: 1\nc: 2\n", (1, 4), "the bracket is not closed", "close it"),
    ("a: [", (1, 4), "the bracket is not closed", "close it"),
    ("a: [,]", (1, 5), ", stands where a value should", "take it out"),
    ("}", (1, 1), "} stands where a value should", "take it out"),
    ('a: "\\q"', (1, 6), "\\q means nothing between double quotes", "single quotes"),
    ('a: "it\\\'s"', (1, 8), "\\' means nothing between double quotes", "leave the backslash out"),
    ('a: "\\u12"', (1, 7), "an escape has 4 hexadecimal digits", "write all of them"),
    ("a: * b", (1, 4), "* in front of a value repeats another", "in quotes"),
    ("a: & b", (1, 4), "& in front of a value gives it a name", "in quotes"),
    ("a: |x\n  b", (1, 5), "only a digit, + or - follows | and >", "the next line"),
    ("%YAML 2.0\n---\na", (1, 1), "a line that begins with %", "take the line out"),
    ("%YAML 1.1\n%YAML 1.1\n---\na", (2, 1), "a line that begins with %", "take the line out"),
    ("a: !x!y z", (1, 4), "! in front of a value names a type", "in quotes"),
    ("a: !<x\n", (1, 4), "! in front of a value names a type", "in quotes"),
    ("%YAML 1.1\na: 1", (2, 1), "no --- below it", "take the line out"),
    ("a: b: c", (1, 5), "a colon with a blank behind it stands in a value", "in quotes"),
    ("a: 1\n  b: 2", (2, 4), "a key stands where the value in front of it goes on", "blanks"),
    ("a:1\nb: 2", (2, 2), "a key stands where the value in front of it goes on", "blanks"),
    ("<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> x\n", (2, 2), "a conflict", "settle"),
]


@NEEDS_YAML
@pytest.mark.parametrize(("text", "place", "message", "fix"), WORDS)
def test_what_is_said_of_mistakes_in_yaml(
    text: str, place: tuple[int, int], message: str, fix: str
) -> None:
    """The words are ours and name what to mend, and the place is where that is."""
    found = yamls.read_yaml("a.yml", text)
    assert isinstance(found, Finding)
    assert found.span
    assert found.fix
    assert place == (found.span.line, found.span.column)
    assert message in found.message
    assert fix in found.fix.message
    for word in ("token", "scalar", "mapping", "stream", "node", "found ", "expected"):
        assert word not in found.message


def test_what_pyyaml_may_say_one_day() -> None:
    """Words that the table does not have are not repeated, and there is something to do."""
    found = said("a", "while scanning a dream", "found a sheep", 0)
    assert ("what stands here is not understood", "problem") == (found.message, found.at)


@NEEDS_YAML
def test_yaml_at_its_bounds_is_read() -> None:
    """One less of anything is not too much."""
    assert "list" == yaml(nested(yamls.MOST_LEVELS)).kind
    assert yamls.MOST_NODES - 1 == len(yaml("- a\n" * (yamls.MOST_NODES - 1)).items)
    assert yaml("x" * yamls.MOST_LETTERS)


@NEEDS_YAML
def test_all_yaml_together_has_a_bound() -> None:
    """Many workflows are read up to a number of letters, and the rest is named."""
    size = yamls.MOST_LETTERS - 10
    number = MOST_CONFIGURATION // size
    text = f"jobs: {{a: {{steps: []}}}}\n#{'x' * size}"[:size].encode()
    files = {f".github/workflows/{i}.yml": text for i in range(number + 1)}
    project = Project(Tree.of_files(files))
    assert number == len(project.workflows)
    assert [f".github/workflows/{number}.yml"] == list(project.unread)


def test_without_pyyaml_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """The core does without; what is not read is named with what brings it."""
    monkeypatch.setattr("trigpoint.projects.review.project.has_yaml", lambda: False)
    project = Project(Tree.of_files({CI: run("pip install .[a]").encode()}))
    outcomes = {each.check.code: each.outcome for each in judge(project)}
    assert {"skipped", "passed"} >= set(outcomes.values())
    assert "trigpoint[review]" in str(project.unread[CI])


# -- tox and programs ----------------------------------------------------------------------


def test_the_form_of_tox() -> None:
    """Sections, keys and indented lines have their places; the rest is passed over."""
    text = "x\n[a]\n; c\nKey-one = 1\n  2\n\n  3\nb:4\n[ c ]\nd\n"
    ini = read_ini("tox.ini", text)
    assert ["1", "2", "3"] == [each.value for each in ini.lines("a", "key_one")]
    assert ["4"] == [each.value for each in ini.lines("a", "b")]
    assert [] == ini.lines("c", "d") == ini.lines("x", "y")
    for each in ini.lines("a", "key_one"):
        assert text[each.start : each.end] == each.value


def test_a_key_of_an_ini_is_kept_as_written() -> None:
    """A key has its own spelling and line, the first of two counts, and a value may begin below."""
    text = "[a]\n  Key-one = 1\nKey-one = 2\nbelow =\n  3\n"
    values = read_ini("setup.cfg", text).sections["a"]
    assert ["Key-one", "below"] == list(values) == [each.line.value for each in values.values()]
    assert [["1"], ["", "3"]] == [each.raw for each in values.values()]
    line = values["Key-one"].line
    assert "Key-one = 1" == text[line.start : line.end]


def test_places_in_programs() -> None:
    """Columns of a syntax tree count bytes; places count letters."""
    text = 'é = "ü"; f(a, "b", c="d")\n'
    program = read_program("a.py", text)
    assert program
    [call] = program.calls
    assert ("f", None) == (call.name, call.arguments[0])
    assert call.arguments[1]
    assert "b" == call.arguments[1].value == text[call.arguments[1].place(0, 1)[0].start]
    assert "d" == call.keywords["c"].value


@pytest.mark.parametrize(
    "text",
    [
        "def (",
        "a = \0",
        "a\r",
        "a\f",
        "(" * (programs.MOST_OPEN + 1) + ")" * (programs.MOST_OPEN + 1),
        "x" * (programs.MOST_LETTERS + 1),
    ],
)
def test_programs_that_are_not_read(text: str) -> None:
    """What is no Python, or too much of it, is not read."""
    assert read_program("a.py", text) is None
    project = Project(Tree.of_files({"noxfile.py": text.encode()}))
    assert project.noxfile is None
    assert ["noxfile.py"] == list(project.unread)


def test_programs_at_their_bounds_are_read() -> None:
    """One less is not too much."""
    assert read_program("a.py", "(" * programs.MOST_OPEN + "1" + ")" * programs.MOST_OPEN)
    assert read_program("a.py", "x" * programs.MOST_LETTERS)


def test_what_is_no_text_is_named() -> None:
    """A file that is no UTF-8, and a TOML file that is none."""
    project = Project(Tree.of_files({"tox.ini": b"\xff", "tox.toml": b"a = ["}))
    assert project.tox is None
    assert project.toml("tox.toml") is None
    assert ["tox.ini", "tox.toml"] == list(project.unread)


@pytest.mark.parametrize(
    ("size", "said"),
    [(MOST_READ, []), (MOST_READ + 1, ["it cannot be opened, or has more than 8 MiB"])],
)
def test_files_of_a_folder_have_a_bound(tmp_path: Path, size: int, said: list[str]) -> None:
    """One that is too large is not said to be of another encoding."""
    (tmp_path / "tox.ini").write_bytes(b"#" * size)
    project = Project(Tree.of_folder(tmp_path))
    assert bool(said) is (project.text("tox.ini") is None)
    assert said == [each.why for each in project.unread.values()]


@NEEDS_YAML
def test_links_are_named(tmp_path: Path) -> None:
    """What a check would ask for and is a link was not read, whatever kind of file it is."""
    names = [".github/workflows/b.yml", ".pre-commit-config.yaml", ".readthedocs.yml"]
    names += ["noxfile.py", "pyproject.toml", "tox.ini"]
    filled(tmp_path, {"a.txt": "jobs: {}", ".github/workflows/a.yml": "jobs: {}", "setup.py": ""})
    try:
        for name in (*names, "b.txt", ".github/workflows/c.txt"):
            (tmp_path / name).symlink_to(tmp_path / "a.txt")
    except OSError:
        pytest.skip("no links can be made here")
    project = Project(Tree.of_folder(tmp_path))
    judge(project)
    assert dict.fromkeys(names, "a link") == {
        name: each.why for name, each in sorted(project.unread.items())
    }


@given(st.text(max_size=30), st.integers(0, 30), st.integers(0, 30), st.text(max_size=10))
def test_places_lie_in_the_piece(value: str, start: int, end: int, more: str) -> None:
    """Whatever the file holds, a place is in the piece, and exact where it says so."""
    start, end = sorted((min(start, len(value)), min(end, len(value))))
    text = f"{more}{value.replace(' ', '  ')}{more}"
    piece = Piece(Source.of("a", text), value, len(more), len(text))
    span, exact = piece.place(start, end)
    assert len(more) <= span.start <= span.end <= len(text)
    if exact:
        assert value[start:end] == text[span.start : span.end]


# -- whatever there is ---------------------------------------------------------------------

BROKEN = st.sampled_from(
    ["[", "]", "{", "}", ":", "- ", '"', "'", "\n", "  ", "&a ", "*a", "\0", "é", "!!x ", "? "]
)
CHANGED = [
    (case.code, path, data) for case in CASES for path, data in case.bad.items() if isinstance(data, str)
]  # fmt: skip


@given(st.sampled_from(CHANGED), st.data())
def test_no_file_makes_a_review_raise(case: tuple[str, str, str], data: st.DataObject) -> None:
    """A file with anything in any place is read, or said not to be."""
    code, path, text = case
    at = data.draw(st.integers(0, len(text)))
    cut = data.draw(st.integers(0, 5))
    broken = text[:at] + data.draw(BROKEN) + text[at + cut :]
    [bad] = [each.bad for each in CASES if each.code == code]
    files = {
        name: each.encode() if isinstance(each, str) else each
        for name, each in {**bad, path: broken}.items()
    }
    project = Project(Tree.of_files(files))
    for verdict in judge(project, ALL):
        for found in verdict.found:
            assert found.finding.message
            if found.finding.span and found.path in project.read:
                assert found.finding.span.end <= len(project.read[found.path])


@pytest.mark.parametrize(
    "value", ["1", "[1]", '"x"', "[[1]]", "{ a = 1 }", "[{ a = [1] }]", "true"]
)
@pytest.mark.parametrize(
    "key",
    [
        "project", "project.name", "project.dynamic", "project.classifiers", "project.requires-python",
        "project.optional-dependencies", "project.optional-dependencies.a", "dependency-groups",
        "dependency-groups.a", "build-system", "build-system.requires", "build-system.build-backend",
        "tool", "tool.cibuildwheel", "tool.cibuildwheel.overrides", "tool.cibuildwheel.test-extras",
        "tool.hatch.envs", "tool.hatch.envs.x", "tool.hatch.envs.x.features", "tool.tox",
        "tool.tox.env", "tool.tox.env.x", "tool.mypy", "tool.mypy.python_version", "tool.pytest",
        "tool.pytest.ini_options", "tool.repo-review", "tool.repo-review.ignore",
        "tool.repo-review.select", "tool.poetry.group", "tool.setuptools", "tool.setuptools.dynamic",
    ],
)  # fmt: skip
def test_values_of_any_type_are_read(key: str, value: str) -> None:
    """A table may hold anything; no check takes it for what it should be."""
    files = {
        "pyproject.toml": f"{key} = {value}\n".encode(),
        "spam/__init__.py": b"",
        "tests/test_a.py": b"",
        "noxfile.py": b"import nox\n",
        CI: workflow("run: pip install .[a] --group b", "uses: actions/checkout@v7").encode(),
    }
    assert len(ALL) == len(judge(Project(Tree.of_files(files)), ALL))


@NEEDS_YAML
@pytest.mark.parametrize("value", ["", "1", "[1]", "{a: 1}", "[[1]]", "[{a: [1]}]", "{a: {b: 1}}"])
@pytest.mark.parametrize(
    "text",
    [
        "{}", "jobs: {}", "jobs:\n  a: {}", "jobs:\n  a:\n    steps: {}", "jobs:\n  a:\n    steps:\n    - {}",
        "jobs:\n  a:\n    steps:\n    - uses: {}", "jobs:\n  a:\n    steps:\n    - run: {}",
        "permissions: {}\njobs: {{a: {{steps: []}}}}", "jobs:\n  a:\n    permissions: {}",
        "on: {}\njobs: {{a: {{}}}}", "jobs:\n  a:\n    strategy: {}",
        "jobs:\n  a:\n    strategy:\n      matrix: {}", "defaults: {}\njobs: {{a: {{}}}}", "env: {}\njobs: {{a: {{}}}}",
        "jobs:\n  a:\n    steps:\n    - uses: pypa/gh-action-pypi-publish@v1\n      with: {}",
        "jobs:\n  a:\n    environment: {}\n    steps:\n    - uses: pypa/gh-action-pypi-publish@v1",
    ],
)  # fmt: skip
def test_workflows_of_any_form_are_read(text: str, value: str) -> None:
    """So may a workflow; nor is any of it taken for what it should be in other files."""
    data = text.format(value).encode()
    files = {
        CI: data,
        ".readthedocs.yaml": data,
        ".pre-commit-config.yaml": b"repos: " + value.encode(),
    }
    assert len(ALL) == len(judge(Project(Tree.of_files(files)), ALL))


@NEEDS_YAML
def test_findings_of_a_check_have_a_bound() -> None:
    """The first of many are told."""
    steps = [f"uses: actions/checkout@b{i}x" for i in range(MOST_FOUND + 1)]
    for number in (MOST_FOUND, MOST_FOUND + 1):
        project = Project(Tree.of_files({CI: workflow(*steps[:number]).encode()}))
        found = {each.check.code: each for each in judge(project)}["review-action-mutable"]
        assert MOST_FOUND == len(found.found)
