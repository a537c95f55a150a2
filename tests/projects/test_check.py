"""What is checked, what is not, and what only files as wholes show."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from trigpoint.archives import Limits
from trigpoint.findings import Severity
from trigpoint.metadata import read
from trigpoint.projects import FileReport, Report, check, check_text
from trigpoint.projects.check import MOST_NAMED_FILES
from trigpoint.projects.folder import MOST_FILES, Folder
from trigpoint.projects.globs import LONGEST_PATTERN, license_pattern
from trigpoint.projects.names import LONGEST_NAME, file_name_findings
from trigpoint.projects.paths import below, exists, is_file, is_folder, is_link, resolved, size
from trigpoint.projects.reading import MOST_COMPARED
from trigpoint.projects.report import MOST_NAMED, named
from trigpoint.projects.together import MOST_DIFFERENCES
from trigpoint.wheels import inspect

from .build import HEAD, TABLE, filled, sdist, wheel


def names(report: Report, folder: Path) -> list[str]:
    """Return the paths of a report below *folder*."""
    return [os.path.relpath(file.path, folder).replace(os.sep, "/") for file in report.files]


def told(report: Report) -> list[tuple[str, str, int | None]]:
    """Return name, code and line of all that is more than a note."""
    return [
        (Path(file.path).name, found.code, found.span.line if found.span else None)
        for file in report.files
        for found in file.findings
        if found.severity is not Severity.INFO
    ]


def left(file: FileReport) -> list[str]:
    return [str(each) for each in file.not_read]


# -- which files ------------------------------------------------------------------------


def test_a_folder_has_all_files_of_a_project(tmp_path: Path) -> None:
    """The table first, then lists, metadata and what was built, each by name."""
    filled(
        tmp_path,
        {
            "pyproject.toml": TABLE,
            "requirements.txt": "a",
            "docs/requirements-docs.txt": "a",
            "requirements/test.in": "a",
            "constraints/x.txt": "a",
            "dev-requirements.txt": "a",
            "constraints-3.12.txt": "a",
            "PKG-INFO": HEAD,
            "x/spam-1.0.dist-info/METADATA": HEAD,
            "dist/spam-1.0-py3-none-any.whl": wheel(),
            "dist/spam-1.0.tar.gz": sdist(),
            "dist/deep/spam-2-py3-none-any.whl": b"",
            "README.txt": "requirements: none",
            "spam.egg-info/PKG-INFO": "nothing",
        },
    )
    report = check([tmp_path])
    assert [
        ".",
        "pyproject.toml",
        "constraints-3.12.txt",
        "constraints/x.txt",
        "dev-requirements.txt",
        "docs/requirements-docs.txt",
        "requirements.txt",
        "requirements/test.in",
        "PKG-INFO",
        "x/spam-1.0.dist-info/METADATA",
        "dist/spam-1.0-py3-none-any.whl",
        "dist/spam-1.0.tar.gz",
    ] == names(report, tmp_path)
    assert ("11 files",) == report.files[0].read
    assert ["folder", "pyproject", "constraints", "requirements"] == [
        file.kind for file in report.files[:4]
    ]
    assert ["metadata", "metadata", "wheel", "sdist"] == [file.kind for file in report.files[8:]]
    assert [] == told(report)
    assert not report.failed


def test_the_folder_of_what_was_built_can_be_checked_alone(tmp_path: Path) -> None:
    """Wheels and what looks like an sdist are read at the top of a folder, too, and compared."""
    filled(
        tmp_path,
        {
            "spam-1.0-py3-none-any.whl": wheel(),
            "spam-1.0.tar.gz": sdist(),
            "data.tar.gz": b"",
            "spam-1.0.zip": b"",
        },
    )
    report = check([tmp_path])
    assert [".", "spam-1.0-py3-none-any.whl", "spam-1.0.tar.gz"] == names(report, tmp_path)
    assert [] == told(report)


def test_what_a_folder_leaves_out_is_named(tmp_path: Path) -> None:
    """Programs, folders that tools fill, other projects and links are not read, and said."""
    filled(
        tmp_path,
        {
            "setup.py": "",
            "setup.cfg": "",
            "uv.lock": "",
            "build/requirements.txt": ">>",
            ".git/requirements.txt": ">>",
            "env/pyvenv.cfg": "",
            "env/requirements.txt": ">>",
            "inner/pyproject.toml": ">>",
            "inner/requirements.txt": ">>",
            "inner/more/pyproject.toml": ">>",
        },
    )
    report = check([tmp_path])
    assert [
        "setup.py (a program, which only running it reads)",
        "setup.cfg (the form of setuptools)",
        "uv.lock (a lock file)",
        "inner/ (another project)",
        ".git/ (left out)",
        "build/ (left out)",
        "env/ (left out)",
    ] == left(report.files[0])
    assert [(tmp_path.name, "project-nothing-read", None)] == told(report)
    assert report.failed


@pytest.mark.parametrize(
    "name", [".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache", "__pycache__"]
)
def test_caches_are_not_worth_a_word(tmp_path: Path, name: str) -> None:
    """Nobody wrote what is in them."""
    filled(tmp_path, {f"{name}/requirements.txt": "a=>1", "requirements.txt": "a"})
    report = check([tmp_path])
    assert ([], []) == (left(report.files[0]), told(report))


def test_links_are_not_followed(tmp_path: Path) -> None:
    """A requirement file that is a link is named, and not read."""
    filled(tmp_path, {"other/list.txt": "a", "pyproject.toml": TABLE, "dist/x": ""})
    try:
        (tmp_path / "requirements.txt").symlink_to("other/list.txt")
        (tmp_path / "dist" / "a.whl").symlink_to("other/list.txt")
    except OSError:
        pytest.skip("no links can be made here")
    report = check([tmp_path])
    assert ["dist/a.whl (a link)", "requirements.txt (a link)"] == left(report.files[0])
    assert [".", "pyproject.toml"] == names(report, tmp_path)


def test_configuration_that_is_not_read(tmp_path: Path) -> None:
    """YAML with an error is not said to be read, and a program that is none is named once."""
    pytest.importorskip("yaml", reason="PyYAML reads the files of workflows")
    ci = ".github/workflows/ci.yml"
    table = '[build-system]\nrequires = ["setuptools"]\n'
    filled(tmp_path, {"pyproject.toml": table, ci: "a: [1", "setup.py": "(", "tox.ini": "[tox]"})
    report = check([tmp_path])
    assert ["setup.py (it is no Python that is read here)"] == left(report.files[0])
    read = {
        name: each.read for name, each in zip(names(report, tmp_path), report.files, strict=True)
    }
    assert () == read[ci]
    assert read["tox.ini"]


@pytest.mark.parametrize(
    "name",
    [
        ".direnv",
        ".eggs",
        ".git",
        ".nox",
        ".tox",
        ".venv",
        "__pypackages__",
        "build",
        "node_modules",
        "venv",
    ],
)
def test_folders_that_tools_fill(tmp_path: Path, name: str) -> None:
    """Each is left out at any depth."""
    filled(tmp_path, {f"a/{name}/requirements.txt": "a", "requirements.txt": "a"})
    report = check([tmp_path])
    assert [".", "requirements.txt"] == names(report, tmp_path)
    assert [f"{name}/ (left out)"] == left(report.files[0])


@pytest.mark.parametrize(("number", "codes"), [(3, []), (4, ["project-many"])])
def test_files_have_a_bound(tmp_path: Path, number: int, codes: list[str]) -> None:
    """What is one too many is a finding, and not checked."""
    filled(tmp_path, {f"requirements-{i}.txt": "a" for i in range(number)})
    folder = Folder(tmp_path, most=3)
    assert 3 == len(folder.files())
    assert codes == [each.code for each in folder.findings()]
    assert 1_000 == MOST_FILES


@pytest.mark.parametrize(("most", "codes"), [(3, []), (2, ["project-many"])])
def test_the_listing_has_a_bound(tmp_path: Path, most: int, codes: list[str]) -> None:
    """A folder with more than is listed is checked in part, and that is a finding."""
    filled(tmp_path, {f"requirements-{i}.txt": "a" for i in range(3)})
    folder = Folder(tmp_path, Limits(members=most))
    assert codes == [each.code for each in folder.findings()]


def test_a_path_that_is_not_there() -> None:
    """The library says so in a finding."""
    report = check(["no/such.txt", "no\0name"])
    assert ["archive-access", "archive-access"] == [each.code for each in report.findings]
    assert report.failed


def test_names_that_no_file_can_have(tmp_path: Path) -> None:
    """A name that is too long or no name is not there, whoever names it."""
    long = "a" * 5000
    text = TABLE.replace("[build", f'readme = "{long}.md"\n[build')
    filled(tmp_path, {"requirements.txt": f"-r {long}\n-c a\0b\n", "pyproject.toml": text})
    assert [
        ("pyproject.toml", "project-file-missing", 4),
        ("requirements.txt", "project-file-missing", 1),
        ("requirements.txt", "project-file-missing", 2),
    ] == told(check([tmp_path]))
    assert ["archive-access"] == [each.code for each in check([long], index="pypi").findings]


def test_a_folder_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is in it is not known, and that is said."""
    filled(tmp_path, {"requirements.txt": "a", "secret/requirements.txt": ">>"})
    scan = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("secret"):
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    report = check([tmp_path])
    assert [] == told(report)
    [said] = left(report.files[0])
    assert "'secret/' cannot be read: Permission denied (so nothing is known of it)" == said


def test_a_file_is_read_once(tmp_path: Path) -> None:
    """Two names for one file are one file."""
    filled(tmp_path, {"requirements.txt": "a", "b/x": ""})
    report = check([tmp_path / "requirements.txt", tmp_path / "b" / ".." / "requirements.txt"])
    assert 1 == len(report.files)


def test_names_stay_as_they_were_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths in a report are relative where those asked for were, with slashes."""
    filled(tmp_path, {"p/requirements.txt": "-r sub/../more.txt", "p/more.txt": "a"})
    (tmp_path / "p" / "sub").mkdir()
    monkeypatch.chdir(tmp_path)
    assert ["p", "p/requirements.txt", "p/more.txt"] == [each.path for each in check(["p"]).files]
    monkeypatch.chdir(tmp_path / "p")
    assert [".", "requirements.txt", "more.txt"] == [each.path for each in check(["."]).files]


# -- one file ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("", b"[project]\nname='a'", "pyproject"),
        ("", b"# x\n\n\xef\xbb\xbfproject = {name = 'a'}", "pyproject"),
        ("", b"Name: spam", "metadata"),
        ("", b"Description:\n x", "metadata"),
        ("", b"spam==1", "requirements"),
        ("", b"spam=1", "requirements"),
        ("", b"https://x.example/a.whl", "requirements"),
        ("list", b"a==1", "requirements"),
        ("list.TXT", b"a==1", "requirements"),
        ("list.in", b"a==1", "requirements"),
        ("some.md", b"Name: x", "metadata"),
        ("pyproject.toml", b"", "pyproject"),
        ("other.toml", b"", "pyproject"),
        ("my-constraints.txt", b"", "constraints"),
        ("constraint.in", b"", "constraints"),
        ("METADATA", b"a==1", "metadata"),
        ("a.metadata", b"a==1", "metadata"),
        ("a.METADATA", b"a==1", "metadata"),
        ("requirements.txt", b"", "requirements"),
        ("sub/requirements/a.txt", b"Name: x", "requirements"),
        ("a-1-py3-none-any.whl", wheel(), "wheel"),
        ("", sdist(), "sdist"),
    ],
)
def test_kinds(name: str, data: bytes, kind: str) -> None:
    """A name says what a file is, and its text where it has none."""
    assert kind == check_text(data, name).files[0].kind


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("setup.py", "setup.py is a program, which only running it reads"),
        ("setup.cfg", "setup.cfg is in the form of setuptools"),
        ("Pipfile", "Pipfile is in the form of pipenv"),
        ("Pipfile.lock", "Pipfile.lock is a lock file"),
        ("environment.yml", "environment.yml is in the form of conda"),
        ("environment.yaml", "environment.yaml is in the form of conda"),
        ("meta.yaml", "meta.yaml is in the form of conda"),
        ("pdm.lock", "pdm.lock is a lock file"),
        ("poetry.lock", "poetry.lock is a lock file"),
        ("pylock.toml", "pylock.toml is a lock file"),
        ("tox.ini", "tox.ini is in the form of tox"),
        ("uv.lock", "uv.lock is a lock file"),
    ],
)
def test_a_file_that_nothing_reads(name: str, said: str) -> None:
    """To be asked about it is no reason to call it fine: nothing was read, which is an error."""
    [file] = check_text(b"x", f"some/{name}").files
    assert [("project-nothing-read", said)] == [(each.code, each.message) for each in file.findings]
    assert () == file.read


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("", b"", "there is nothing in it, and its name says nothing"),
        ("list.txt", b"\n# only this\n", "there is nothing in it, and its name says nothing"),
        ("README.md", b"# A\nbook", "neither name nor text of 'README.md' says what it is"),
        ("a.py", b"import b", "neither name nor text of 'a.py' says what it is"),
        ("ci.yml", b"name: a", "'ci.yml' is a configuration, read with its project"),
    ],
)
def test_a_file_of_no_kind(name: str, data: bytes, said: str) -> None:
    """Neither praise nor a hundred errors for a text that is something else."""
    [file] = check_text(data, name).files
    assert [("project-nothing-read", said)] == [(each.code, each.message) for each in file.findings]
    assert () == file.read


@pytest.mark.parametrize(
    ("text", "read"), [("a = ", ()), ("", ("that it is TOML",)), ("[tool.x]", ("that it is TOML",))]
)
def test_toml_without_a_standard_table(text: str, read: tuple[str, ...]) -> None:
    """All that was read is its form, if it has one."""
    assert read == check_text(text.encode(), "pyproject.toml").files[0].read


def test_questions_to_the_file_system(tmp_path: Path) -> None:
    """What cannot be there is not, and has no size."""
    odd = Path("a\0b")
    asked = (is_file, is_folder, is_link, exists)
    assert [False] * 4 == [ask(odd) for ask in asked]
    assert (None, odd) == (size(odd), resolved(odd))
    (tmp_path / "a").write_bytes(b"12345")
    assert 5 == size(tmp_path / "a")
    assert [True, True] == [is_file(tmp_path / "a"), is_folder(tmp_path)]
    assert below(tmp_path / "x" / ".." / "a", tmp_path)
    assert not below(tmp_path / "..", tmp_path)


def test_pyproject_says_what_it_read(tmp_path: Path) -> None:
    """Tables that were read and those that were not, and what is left to the backend."""
    text = TABLE.replace('version = "1.0"', 'dynamic = ["version", "classifiers"]')
    filled(tmp_path, {"pyproject.toml": f"{text}[tool.ruff]\n"})
    [_, file] = check([tmp_path]).files
    assert ("[project]", "[build-system]") == file.read
    assert [
        "[tool.ruff] (no standard says what is in it)",
        "version (dynamic: the build backend fills it in)",
        "classifiers (dynamic: the build backend fills it in)",
    ] == left(file)


def test_pyproject_without_a_project() -> None:
    """A file that only configures tools is right."""
    assert not check_text(b"[tool.ruff]\n", "pyproject.toml").failed


def test_what_a_backend_needs() -> None:
    """A version of the backend that does not do what the table asks for is an error."""
    text = TABLE.replace("build-own", "flit_core>=3.2").replace("build_own", "flit_core.buildapi")
    text = text.replace("[build", 'license = "MIT"\n[build')
    found = check_text(text.encode(), "pyproject.toml").findings
    assert "backend-floor" in [each.code for each in found]


def test_extras_of_a_pyproject() -> None:
    """What the reader of extras says has its place in the table."""
    text = TABLE.replace("[build", "[project.optional-dependencies]\nidle = []\n[build")
    found = check_text(text.encode(), "pyproject.toml").findings
    assert ["extra-pulls-nothing"] == [each.code for each in found]


def test_groups_contradict_themselves_once() -> None:
    """What an included group says is said once, with the requirements of the group around it."""
    text = TABLE + (
        "[dependency-groups]\n"
        'a = ["x<1", "x>2"]\n'
        'b = [{include-group = "a"}]\n'
        'c = [{include-group = "A"}, "x>3"]\n'
    )
    found = check_text(text.encode(), "pyproject.toml").findings
    errors = [each.span and each.span.line for each in found if each.severity is Severity.ERROR]
    assert [8, 10] == errors


@pytest.mark.parametrize(("more", "codes"), [(0, []), (1, ["project-many"])])
def test_groups_have_a_bound(more: int, codes: list[str]) -> None:
    """Few lines can stand for any number of requirements; so many are compared."""
    few = MOST_COMPARED // 40
    listed = ", ".join(f'"p{i}"' for i in range(few))
    groups = "".join(f'g{i} = [{{include-group = "base"}}]\n' for i in range(40))
    last = 'z = ["q"]\n' * more
    text = f"{TABLE}[dependency-groups]\nbase = [{listed}]\n{groups}{last}"
    found = check_text(text.encode(), "pyproject.toml").findings
    assert codes == [each.code for each in found]


def test_files_that_a_table_names(tmp_path: Path) -> None:
    """The description and the licenses are looked for; what is missing is an error."""
    named_files = 'readme = "README.md"\nlicense-files = ["LICEN[CS]E*", "no/*.txt"]\n'
    text = TABLE.replace("[build", f"{named_files}[build")
    filled(tmp_path, {"pyproject.toml": text, "LICENSE.txt": "x"})
    report = check([tmp_path / "pyproject.toml"])
    assert [
        ("pyproject.toml", "project-file-missing", 4),
        ("pyproject.toml", "metadata-project-license-files", 5),
    ] == told(report)
    (tmp_path / "README.md").write_text("# Spam")
    filled(tmp_path, {"no/a.txt": "x"})
    assert [] == told(check([tmp_path / "pyproject.toml"]))


def test_a_description_that_cannot_be_read(tmp_path: Path) -> None:
    """What is there and not read is a note, as a file outside is."""
    text = TABLE.replace("[build", 'readme = "../README.md"\n[build')
    filled(tmp_path, {"p/pyproject.toml": text, "README.md": "x"})
    assert ["metadata-project-file"] == [each.code for each in check([tmp_path / "p"]).findings]
    inside = text.replace("../", "")
    for data in (b"\xff", wheel()):
        filled(tmp_path, {"p/pyproject.toml": inside, "p/README.md": data})
        found = check([tmp_path / "p"]).findings
        assert ["metadata-project-file"] == [each.code for each in found]


def test_licenses_where_not_all_is_listed(tmp_path: Path) -> None:
    """A pattern for what is left out is not known to match nothing."""
    matching = Folder(filled(tmp_path, {"build/LICENSE": "x"})).beside().matching
    assert matching is not None
    assert ["build/*"] == matching("build/*")
    assert [".git/*"] == matching(".git/*")
    assert [] == matching("other/*")


@pytest.mark.parametrize(
    ("pattern", "matched", "others"),
    [
        ("LICENSE", ["LICENSE"], ["LICENSE2", "a/LICENSE"]),
        ("LICEN[CS]E*", ["LICENCE", "LICENSE.txt"], ["LICENZE", "a/LICENSE"]),
        ("a?.md", ["ab.md"], ["a.md", "a/.md", "abxmd"]),
        ("**/x", ["x", "a/x", "a/b/x"], ["ax", "a/xx"]),
        ("a/**", ["a/b", "a/b/c"], ["a", "b/a"]),
        ("a/**/b*", ["a/b", "a/c/d/b1"], ["ab", "a/c/b/d"]),
        ("a[b", ["a[b"], ["ab"]),
        ("*a*b*", ["ab", "xaxbx", "aab"], ["ba", "a/b", "b"]),
        ("*ab", ["ab", "aab", "abab"], ["aba", "b"]),
        ("**/a/**/b", ["a/b", "x/a/y/a/z/b"], ["b", "a/c", "b/a"]),
        ("[a-c]x", ["ax", "cx"], ["dx", "-x", "x"]),
        ("**", ["a", "a/b"], []),
        ("[c-a]", [], ["a", "b", "c", "-"]),
        ("[a-]", ["a", "-"], ["b"]),
        ("[-a]", ["a", "-"], ["b"]),
        ("[a-bx-y]", ["a", "y"], ["c", "w", "-"]),
        ("a.b", ["a.b"], ["axb"]),
        ("[!a]", ["[!a]"], ["b"]),
    ],
)
def test_license_patterns(pattern: str, matched: list[str], others: list[str]) -> None:
    """The patterns of PEP 639, and no others."""
    matches = license_pattern(pattern)
    assert matched == [each for each in [*matched, *others] if matches(each)]


def test_patterns_are_matched_in_few_steps(calls: Callable[[Callable[[], object]], int]) -> None:
    """However often they could go back."""

    def steps(size: int) -> int:
        star, deep = license_pattern("*a" * size + "b"), license_pattern("**/a/" * size + "b")
        paths = "a" * 2 * size, "/".join("a" * 2 * size)
        return calls(lambda: (star(paths[0]), deep(paths[1])))

    assert steps(40) <= 5 * steps(20)


@pytest.mark.parametrize(("more", "found"), [(0, []), (1, ["x" * (LONGEST_PATTERN + 1)])])
def test_patterns_have_a_bound(tmp_path: Path, more: int, found: list[str]) -> None:
    """What a longer one matches is not known."""
    matching = Folder(tmp_path).beside().matching
    assert matching is not None
    assert found == matching("x" * (LONGEST_PATTERN + more))


@pytest.mark.parametrize(("more", "wrong"), [(0, 2), (1, 1)])
def test_names_have_a_bound(more: int, wrong: int) -> None:
    """A name that is longer than any file's is wrong, and not looked at."""
    name = "-" * (LONGEST_NAME - len(".tar.gz") + more) + ".tar.gz"
    found = file_name_findings(read(HEAD), name)
    assert wrong == len(found)
    assert bool(more) == ("letters" in found[0].message)


# -- requirement files ------------------------------------------------------------------


def test_files_that_a_file_names(tmp_path: Path) -> None:
    """Both kinds are read, from the folder of the file that names them; none is read twice."""
    filled(
        tmp_path,
        {
            "requirements.txt": "-r sub/a.txt\n-c c.txt\n-r ./sub/../sub/a.txt\n",
            "sub/a.txt": "-r b.txt\nx=>1\n",
            "sub/b.txt": "y\n",
            "c.txt": "z[extra]==1\n",
        },
    )
    report = check([tmp_path / "requirements.txt"])
    assert ["requirements.txt", "sub/a.txt", "c.txt", "sub/b.txt"] == names(report, tmp_path)
    assert ["requirements", "requirements", "constraints", "requirements"] == [
        each.kind for each in report.files
    ]
    assert [("a.txt", "requirement-syntax", 2), ("c.txt", "project-constraint", 1)] == told(report)


def test_files_that_are_not_followed(tmp_path: Path) -> None:
    """A URL, what the environment completes, and what lies outside are named."""
    text = "-r https://x.example/r.txt\n-r ${HOME}/r.txt\n-c ../c.txt\n-r gone.txt  # why\n-r sub\n"
    filled(tmp_path, {"p/requirements.txt": text, "c.txt": "a", "p/sub/x": ""})
    report = check([tmp_path / "p"])
    assert [
        "https://x.example/r.txt (a URL)",
        "${HOME}/r.txt (the environment completes it)",
        "../c.txt (outside the folder that is checked)",
    ] == left(report.files[1])
    assert [
        ("requirements.txt", "project-file-missing", 4),
        ("requirements.txt", "project-file-missing", 5),
    ] == told(report)
    [found] = [each for each in report.findings if each.span and each.span.line == 4]
    assert found.span is not None
    assert "-r gone.txt" == text[found.span.start : found.span.end]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("  -r gone.txt  \n", "-r gone.txt"),
        ("x\n\t-r gone.txt # -r gone.txt\n", "-r gone.txt"),
        ("-r \\\n gone.txt\n", "-r \\\n gone.txt"),
        ("-r gone.txt \\", "-r gone.txt"),
        ("\ufeff-r gone.txt\n", "-r gone.txt"),
    ],
)
def test_places_of_lines(tmp_path: Path, text: str, place: str) -> None:
    """A line is marked without blanks around it, the comment behind it, and a last backslash."""
    [file] = check([filled(tmp_path, {"requirements.txt": text}) / "requirements.txt"]).files
    [found] = [each for each in file.findings if each.code == "project-file-missing"]
    assert found.span is not None
    assert place == file.text[found.span.start : found.span.end]


def test_root_widens_what_is_followed(tmp_path: Path) -> None:
    """Below a folder that is named, files may name each other."""
    filled(tmp_path, {"p/requirements.txt": "-c ../c.txt\n", "c.txt": "a"})
    assert 1 == len(check([tmp_path / "p" / "requirements.txt"]).files)
    assert 2 == len(check([tmp_path / "p" / "requirements.txt"], root=tmp_path).files)


def test_the_current_folder_is_the_root_of_files_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that a hook, which gets single files, follows them through the repository."""
    filled(tmp_path, {"p/requirements.txt": "-c ../c.txt\n", "c.txt": "a"})
    monkeypatch.chdir(tmp_path)
    assert ["p/requirements.txt", "c.txt"] == [
        each.path for each in check(["p/requirements.txt"]).files
    ]


@pytest.mark.parametrize(
    ("files", "closing"),
    [
        ({"a.txt": "x\n-r a.txt"}, [("a.txt", 2)]),
        ({"a.txt": "-r b.txt", "b.txt": "-r a.txt"}, [("b.txt", 1)]),
        ({"a.txt": "-r b.txt\n-r c.txt", "b.txt": "-r c.txt", "c.txt": "-r b.txt"}, [("c.txt", 1)]),
        ({"a.txt": "-r b.txt\n-r c.txt", "b.txt": "-r c.txt", "c.txt": "x"}, []),
        (
            {"a.txt": "-r b.txt", "b.txt": "-c c.txt", "c.txt": "-r a.txt\n-r b.txt"},
            [("c.txt", 1), ("c.txt", 2)],
        ),
    ],
)
def test_circles(tmp_path: Path, files: dict[str, str], closing: list[tuple[str, int]]) -> None:
    """The line that closes a circle is an error; two ways to one file are none."""
    report = check([filled(tmp_path, files) / "a.txt"])
    found = [(name, line) for name, code, line in told(report) if code == "project-circle"]
    assert closing == found
    assert len(files) == len(report.files)


def test_a_long_chain_is_no_depth(tmp_path: Path) -> None:
    """A chain as long as the bound is read; one longer is cut, with a finding."""
    number = MOST_NAMED_FILES
    files = {f"{i}.txt": f"-r {i + 1}.txt\n" for i in range(number)}
    filled(tmp_path, {**files, f"{number}.txt": "x\n", f"{number + 1}.txt": "x\n"})
    report = check([tmp_path / "0.txt"])
    assert (number + 1, []) == (len(report.files), told(report))
    filled(tmp_path, {f"{number}.txt": f"-r {number + 1}.txt\n-r 1.txt\n"})
    report = check([tmp_path / "0.txt"])
    assert number + 1 == len(report.files)
    last = f"{number}.txt"
    assert [(last, "project-many", 1), (last, "project-circle", 2)] == told(report)


def test_a_text_has_no_folder() -> None:
    """What standard input names is not looked for."""
    [file] = check_text(b"-r a.txt\nspam\n").files
    assert ["a.txt (a text has no folder)"] == left(file)


def test_what_of_a_list_is_not_read() -> None:
    """Options by name only, for a value may be a password; places without one."""
    text = (
        b"--index-url https://me:secret@x.example/\n"
        b"--pre\n"
        b"-e ./here\n"
        b"./a.whl\n"
        b"b @ https://me:secret@x.example/b.whl?token=secret\n"
        b"${NAME}/x\n"
        b"c==1\n"
    )
    [file] = check_text(text).files
    assert [
        "./here (a project of its own)",
        "./a.whl (a place that is only named)",
        "https://x.example/b.whl (a place that is only named)",
        "${NAME}/x (a place that is only named)",
        "--index-url (an option for pip)",
        "--pre (an option for pip)",
    ] == left(file)
    assert ("2 requirements",) == file.read


def test_long_places_are_shortened() -> None:
    """A place is named by its first letters."""
    [file] = check_text(b"./" + b"a" * 100 + b"/\n./" + b"b" * 58).files
    assert [
        f"./{'a' * 58}... (a place that is only named)",
        f"./{'b' * 58} (a place that is only named)",
    ] == left(file)


def test_what_the_environment_completes_is_named() -> None:
    """Such a line is no requirement yet."""
    [file] = check_text(b"a\n${SPEC}\n").files
    assert ["line 2 (the environment completes it)"] == left(file)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("a[b]==1", "a constraint cannot have extras"),
        ("./a.whl", "a constraint has a name"),
        ("https://x.example/a.whl", "a constraint has a name"),
        ("-e .", "a constraint cannot be editable"),
        ("a[]==1", None),
        ("a @ https://x.example/a.whl", None),
        ("a==1", None),
    ],
)
def test_constraints(line: str, message: str | None) -> None:
    """What pip refuses as a constraint, where the file's name says that it is one."""
    found = check_text(f"x==1\n{line}\n".encode(), "constraints.txt").findings
    errors = [each for each in found if each.severity is Severity.ERROR]
    assert ([message] if message else []) == [each.message for each in errors]
    assert all(each.span and each.span.line == 2 for each in errors)
    assert [] == [
        each.code
        for each in check_text(f"{line}\n".encode(), "requirements.txt").findings
        if each.severity is Severity.ERROR
    ]


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        ("-c constraints.txt\n-c list.txt", ["constraints.txt", "list.txt"]),
        ("-r constraints.txt\n-r list.txt", []),
        (
            "-r constraints.txt\n-c constraints.txt\n-r list.txt\n-c list.txt",
            ["constraints.txt", "list.txt"],
        ),
        ("x", ["constraints.txt"]),
    ],
)
def test_what_makes_a_file_one_of_constraints(tmp_path: Path, lines: str, wrong: list[str]) -> None:
    """That -c names it; its own name, only where nothing names it."""
    filled(tmp_path, {"requirements.txt": lines, "constraints.txt": "a[b]", "list.txt": "a[b]"})
    found = told(check([tmp_path]))
    assert wrong == sorted(name for name, code, _ in found if code == "project-constraint")


HASH = f"--hash=sha256:{'0' * 64}"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"a==1 {HASH}\nb==1 {HASH}\n", []),
        (f"a==1 {HASH}\nb==1\n", [2]),
        (f"a>=1 {HASH}\n", [1]),
        (f"a===1 {HASH}\nb==1,!=2 {HASH}\n", [2]),
        (f"a==1 {HASH}\nb==1\n-c hashes.txt\n", []),
        (f"a==1 {HASH}\nb @ https://x.example/b.whl#sha256=0\n", []),
        (f"a==1 \\\n  {HASH} \\\n  {HASH}\nb==1\n", [4]),
        ("a==1\nb>=1\n", []),
    ],
)
def test_hashes(text: str, lines: list[int]) -> None:
    """Once one requirement has a hash, all have one and are pinned."""
    found = [each for each in check_text(text.encode()).findings if each.code == "project-hashes"]
    assert lines == [each.span.line for each in found if each.span]


def test_hashes_that_were_read_are_counted() -> None:
    """Their form was read, and not whether a file has them."""
    [file] = check_text(f"a==1 {HASH} {HASH}\nb==1 {HASH}\n".encode()).files
    assert ("2 requirements", "the form of 3 hashes") == file.read
    assert [] == left(file)
    [file] = check_text(f"a==1 {HASH}\n".encode()).files
    assert ("1 requirement", "the form of 1 hash") == file.read


def test_lists_contradict_themselves() -> None:
    """Two lines that exclude each other are an error."""
    assert check_text(b"a<1\na>2\n").failed


# -- wheels and sdists ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("spam-1.0-py3-none-any.whl", []),
        ("SPAM-1-2-py3-none-any.whl", []),
        ("spam-1.0.0-py3-none-any.whl", []),
        ("spam-2.0-py3-none-any.whl", ["version 1.0"]),
        ("ham-1.0-py3-none-any.whl", ["name spam"]),
        ("ham-2-py3-none-any.whl", ["name spam", "version 1.0"]),
        ("spam-1.0-none-any.whl", ["no file name of a wheel"]),
        ("spam-1.0-1-2-py3-none-any.whl", ["no file name of a wheel"]),
        ("spam-1.0-2-py3-none-any.whl", []),
    ],
)
def test_names_of_wheels(name: str, wrong: list[str]) -> None:
    """Installers go by the file's name, so it says what the metadata says."""
    found = [
        each for each in check_text(wheel(), name).findings if each.code == "project-file-name"
    ]
    assert wrong == [next(words for words in wrong if words in each.message) for each in found]


@pytest.mark.parametrize(
    ("name", "metadata", "wrong"),
    [
        ("spam-1.0.tar.gz", ("spam", "1.0"), 0),
        ("spam-eggs-1.0.tar.gz", ("Spam.Eggs", "1"), 0),
        ("spam-1.0-1.zip", ("spam", "1.0.post1"), 0),
        ("spam-1.0-beta.tar.gz", ("spam", "1.0b0"), 0),
        ("spam-2.0.tgz", ("spam", "1.0"), 1),
        ("ham-1.0.tar.bz2", ("spam", "1.0"), 1),
        ("ham-2.0.tar.gz", ("spam", "1.0"), 2),
        ("main.tar.gz", ("spam", "1.0"), 0),
        ("spam-odd.tar.gz", ("spam", "odd"), 0),
    ],
)
def test_names_of_sdists(name: str, metadata: tuple[str, str], wrong: int) -> None:
    """Any hyphen may part name and version; other names than those of sdists say nothing."""
    text = "Metadata-Version: 2.1\nName: {}\nVersion: {}\n".format(*metadata)
    found = [
        each for each in check_text(sdist(text), name).findings if each.code == "project-file-name"
    ]
    assert wrong == len(found)


def test_a_version_in_the_name_of_a_wheel_has_underscores() -> None:
    """Old builders wrote an underscore for the hyphen."""
    text = HEAD.replace("1.0", "1.0-1")
    assert not check_text(wheel(text, "spam-1.0_1"), "spam-1.0_1-py3-none-any.whl").failed


def test_the_place_of_a_wrong_name() -> None:
    """The finding is at the field that differs."""
    [found] = check_text(wheel(), "spam-2-py3-none-any.whl").findings[:1]
    assert ("project-file-name", 3, 10) == (
        found.code,
        found.span and found.span.line,
        found.span and found.span.column,
    )


def test_metadata_without_a_name_disagrees_with_nothing() -> None:
    """What is missing is said once."""
    found = check_text(wheel("Metadata-Version: 2.4\n"), "spam-1.0-py3-none-any.whl").findings
    assert ["metadata-missing", "metadata-missing"] == [each.code for each in found]


def test_empty_metadata_is_wrong() -> None:
    """A wheel whose METADATA is empty says nothing of what it must."""
    report = check_text(wheel(""), "spam-1.0-py3-none-any.whl")
    assert report.failed
    assert ["0 fields", "RECORD against 3 files"] == list(report.files[0].read)


@pytest.mark.parametrize(("data", "codes"), [(sdist, ["metadata-dynamic-partly"]), (wheel, [])])
def test_metadata_is_that_of_its_archive(data: Callable[[str], bytes], codes: list[str]) -> None:
    """Some of it means something in an sdist, and nothing in a wheel."""
    text = f"{HEAD}Dynamic: Requires-Dist\nRequires-Dist: x\n"
    assert codes == [each.code for each in check_text(data(text)).findings]


def test_what_of_an_archive_is_not_read() -> None:
    """Of a wheel all is read, of an sdist not what it was built from."""
    [file] = check_text(wheel(), "spam-1.0-py3-none-any.whl").files
    assert ([], ("3 fields", "RECORD against 3 files"), ()) == (
        left(file),
        file.read,
        file.findings,
    )
    assert "spam-1.0.dist-info/METADATA" == file.member
    [file] = check_text(sdist(setup_py="", pyproject_toml=""), "spam-1.0.tar.gz").files
    assert [
        "spam-1.0/setup.py (the metadata was made of it)",
        "spam-1.0/pyproject.toml (the metadata was made of it)",
    ] == left(file)


def changed(data: bytes, **others: str | None) -> bytes:
    """Return the wheel *data* with *others* in its dist-info folder; None takes a file out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as made:
        for name in old.namelist():
            new = others.get(name.rpartition("/")[2], "")
            if new is not None:
                made.writestr(name, new or old.read(name))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("others", "codes", "read"),
    [
        ({"WHEEL": "Wheel-Version: 1.0\n"}, {"wheel-wheel", "wheel-record-hash"}, "RECORD against"),
        ({"RECORD": None}, {"wheel-record-missing"}, "2 files"),
        ({"METADATA": None}, {"archive-metadata-missing", "wheel-record-absent"}, "RECORD against"),
    ],
)
def test_a_wheel_is_held_to_its_record(
    others: dict[str, str | None], codes: set[str], read: str
) -> None:
    """A check says of a wheel what ``trigpoint wheel inspect`` says, each thing once."""
    data, name = changed(wheel(), **others), "spam-1.0-py3-none-any.whl"
    [file] = check_text(data, name).files
    found = [each.code for each in file.findings]
    assert codes <= set(found)
    assert len(set(file.findings)) == len(file.findings)
    assert {each.code for each in inspect(data, name).findings} <= set(found)
    assert any(each.startswith(read) for each in file.read)


def test_a_wheel_that_ends_early_says_so() -> None:
    """Where the list of files is not read to its end, RECORD is not held against it."""
    [file] = check_text(b"PK\3\4 broken", "spam-1.0-py3-none-any.whl").files
    assert ["RECORD (the archive was not read to its end)"] == left(file)
    assert not any(each.code.startswith("wheel-") for each in file.findings)


def test_the_description_was_read() -> None:
    """It is named where there is one."""
    assert ("3 fields", "the description") == check_text(f"{HEAD}\nx\n".encode(), "METADATA").files[
        0
    ].read
    assert ("1 field",) == check_text(b"Name: x\n", "METADATA").files[0].read


@pytest.mark.parametrize(
    "data", [b"PK\3\4 broken", b"\x7fELF", sdist()[:40]], ids=["zip", "program", "tar"]
)
def test_archives_that_cannot_be_read(data: bytes) -> None:
    """Nothing was read, and an error says why."""
    [file] = check_text(data, "spam-1.0-py3-none-any.whl").files
    assert () == file.read
    assert file.kind in ("", "wheel", "sdist")
    assert any(each.severity is Severity.ERROR for each in file.findings)


def test_a_text_too_large_is_not_read() -> None:
    """A file beyond the bound is an error, and nothing is said of a part of it."""
    [file] = check_text(b"# " + b"a" * (8 * 1024 * 1024), "requirements.txt").files
    assert (("archive-large",), ()) == (tuple(each.code for each in file.findings), file.read)


def built(folder: Path, *wheels: str, source: str | None = None) -> Report:
    """Check wheels with these METADATA, and an sdist, all of one version."""
    files = {f"dist/spam-1.0-{i}-py3-none-any.whl": wheel(text) for i, text in enumerate(wheels, 1)}
    if source is not None:
        files["dist/spam-1.0.tar.gz"] = sdist(source)
    return check([filled(folder, files)])


MORE = "Requires-Dist: a>=1\nRequires-Python: >=3.9\n"


@pytest.mark.parametrize(
    ("source", "made", "lines"),
    [
        (HEAD + MORE, HEAD + MORE, []),
        (HEAD + MORE, HEAD + MORE.replace("a>=1", "a >= 1.0"), []),
        (HEAD + MORE, HEAD + MORE.replace("a>=1", "a>=2"), [4]),
        (HEAD + MORE, HEAD, [None, None]),
        (f"{HEAD}Dynamic: requires-dist\n{MORE}", HEAD + MORE.replace("a>=1", "a>=2"), []),
        (HEAD.replace("2.4", "2.1") + MORE, HEAD, []),
        (HEAD, HEAD.replace("2.4", "2.5") + "Dynamic: Platform\n", []),
        (HEAD.replace("1.0", "1.1") + MORE, HEAD, []),
    ],
)
def test_wheel_against_sdist(
    tmp_path: Path, source: str, made: str, lines: list[int | None]
) -> None:
    """What an sdist does not call dynamic is the same in its wheels."""
    found = told(built(tmp_path, made, source=source))
    assert lines == [line for _, code, line in found if code == "project-differs"]


def test_an_archive_without_metadata_is_compared_with_nothing(tmp_path: Path) -> None:
    """It has its own error, and the others are compared all the same."""
    report = built(tmp_path, HEAD, "", HEAD + MORE)
    filled(tmp_path, {"dist/spam-1.0-2-py3-none-any.whl": b"PK\3\4", "dist/PKG-INFO": HEAD})
    names_of = [name for name, code, _ in told(check([tmp_path])) if code == "project-differs"]
    assert ["spam-1.0-3-py3-none-any.whl"] * 2 == names_of
    assert report.failed


def test_wheels_against_each_other(tmp_path: Path) -> None:
    """Wheels of one version that ask for other things mislead whoever looks at one of them."""
    report = built(
        tmp_path, HEAD + MORE, HEAD + MORE.replace("3.9", "3.10"), HEAD + "Summary: x\n" + MORE
    )
    assert [("spam-1.0-2-py3-none-any.whl", "project-differs", 5)] == told(report)


@pytest.mark.parametrize(("number", "count"), [(MOST_DIFFERENCES, 10), (MOST_DIFFERENCES + 3, 11)])
def test_differences_have_a_bound(tmp_path: Path, number: int, count: int) -> None:
    """The first are told, the rest counted."""
    made = HEAD + "".join(f"Requires-Dist: a{i}\n" for i in range(number))
    found = [
        each
        for each in built(tmp_path, made, source=HEAD).findings
        if each.code == "project-differs"
    ]
    assert count == len(found)
    assert ("and 3 more differences" == found[-1].message) == (number > MOST_DIFFERENCES)


# -- the index --------------------------------------------------------------------------


def test_an_index_is_asked() -> None:
    """Its rules are findings beside the others, in text order, and only if it is named."""
    text = HEAD.replace("1.0", "1.0+local").encode()
    assert [] == [each.code for each in check_text(text, "METADATA").findings]
    found = check_text(text, "METADATA", index="pypi").findings
    assert "index-local-version" in [each.code for each in found]


def test_an_index_says_the_same_once() -> None:
    """A warning of what the index refuses gives way to the refusal."""
    text = f"{HEAD}Requires-Dist: a @ https://x.example/a.whl\n".encode()
    for index, codes in (("", ["metadata-direct-reference"]), ("pypi", ["index-direct-reference"])):
        found = check_text(text, "METADATA", index=index).findings
        assert codes == [each.code for each in found if "direct" in each.code]


def test_an_index_is_told_the_files_name(tmp_path: Path) -> None:
    """Names that installers take, and the index does not."""
    path = filled(tmp_path, {"Spam-1.0.zip": sdist()}) / "Spam-1.0.zip"
    codes = [each.code for each in check([path], index="pypi").findings]
    assert any(each.startswith("index-file") for each in codes)


@pytest.mark.parametrize("index", ["pypy", "PyPI"])
def test_an_index_that_is_not_known(index: str) -> None:
    """That is a mistake of the program."""
    with pytest.raises(ValueError, match="no index"):
        check([], index=index)
    with pytest.raises(ValueError, match="no index"):
        check_text(b"", index=index)


# -- reports ----------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "last"), [(MOST_NAMED, "a9"), (MOST_NAMED + 2, "2 more")])
def test_what_is_named_has_a_bound(number: int, last: str) -> None:
    """The first are named, the rest counted."""
    found = named((f"a{i}" for i in range(number)), "why")
    assert (last, "why") == (found[-1].what, found[-1].why)
    assert min(number, MOST_NAMED + 1) == len(found)


def test_counts() -> None:
    """Findings of all files are counted by severity."""
    report = check_text(b"a=>1\nb=>1\n", "requirements.txt")
    assert [2, 0, 0] == list(report.counts().values())
