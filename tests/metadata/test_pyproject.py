"""A whole pyproject.toml: its groups, its build, and what is left unread."""

from __future__ import annotations

import sys
import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packaging.dependency_groups import resolve_dependency_groups
from packaging.requirements import Requirement

from trigpoint.catalogue import report
from trigpoint.findings import Finding, apply_fix
from trigpoint.metadata import from_project_table, read, read_pyproject
from trigpoint.metadata.project.groups import LONGEST_NAME, MOST_NAMED, MOST_RESOLVED
from trigpoint.metadata.project.meant import MOST_WRITTEN
from trigpoint.metadata.project.sheet import LONGEST_PROVED, MOST_PROVED, Sheet
from trigpoint.metadata.project.toml import Places, positions

PROJECT = '[project]\nname = "spam"\nversion = "1"\n'
BUILD = '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
HEAD = BUILD + PROJECT


def found(text: str) -> list[tuple[str, tuple[int, int] | None]]:
    return [
        (finding.code, (finding.span.line, finding.span.column) if finding.span else None)
        for finding in read_pyproject(text).findings()
    ]


GROUPS = """[dependency-groups]
group = ["sampleproject"]
a = [{include-group = "b"}]
b = [{include-group = "a"}]
c = [{include-group = "missing"}]
D_e = ["x"]
d-e = ["y"]
bad = ["foo>>1", {path = "."}]
"""


def test_each_fault_of_a_group_is_told_at_its_place() -> None:
    """A cycle, a missing group, a clash, a bad requirement and a path are one finding each."""
    assert [
        ("pyproject-group-cycle", (9, 6)),
        ("pyproject-group-missing", (11, 23)),
        ("pyproject-group-clash", (13, 1)),
        ("requirement-syntax", (14, 12)),
        ("pyproject-group-item", (14, 19)),
    ] == found(HEAD + GROUPS)


@pytest.mark.parametrize(
    ("name", "texts", "complete"),
    [
        ("group", ["sampleproject"], True),
        ("a", [], False),
        ("c", [], False),
        ("D.E", ["x"], False),
        ("bad", [], False),
    ],
)
def test_what_is_faulty_is_left_out_of_a_group(name: str, texts: list[str], complete: bool) -> None:
    """What can be read is there, and whether that is all is said."""
    resolved = read_pyproject(HEAD + GROUPS).groups.resolve(name)
    assert (texts, complete) == ([each.text for each in resolved.requirements], resolved.complete)


def findings(text: str) -> list[Finding]:
    return read_pyproject(text).findings()


def fixes(text: str) -> list[str]:
    return [finding.fix.message for finding in findings(text) if finding.fix]


def only(text: str, code: str) -> Finding:
    """Return the one finding *code* of *text*."""
    [finding] = (finding for finding in findings(text) if finding.code == code)
    return finding


def mended(text: str) -> str:
    """Return *text* after each fix that can be carried out, one after the other."""
    for _ in range(20):
        for finding in findings(text):
            if finding.fix and finding.fix.replacement is not None:
                text = apply_fix(text, finding.fix)
                break
        else:
            return text
    raise AssertionError(text)


# -- what people bring -----------------------------------------------------------------------


def test_dependencies_below_urls_are_moved_up() -> None:
    """A key of [project] behind the header of another table is told where it belongs."""
    text = HEAD + (
        '\n[project.urls]\nHome = "https://x.org"\ndependencies = [\n  "httpx>=0.28",\n  "rich",\n]\n'
    )
    finding = only(text, "metadata-project-misplaced")
    assert (
        "dependencies stands in [project.urls], where each key is the label of a URL;"
        " it is a key of [project]"
    ) == finding.message
    assert finding.fix is not None
    assert "move it to the keys of [project], above [project.urls]" == finding.fix.message
    assert (
        HEAD
        + 'dependencies = [\n  "httpx>=0.28",\n  "rich",\n]\n\n[project.urls]\nHome = "https://x.org"\n'
    ) == apply_fix(text, finding.fix)


def test_keys_of_setup_py_name_the_key_that_they_became() -> None:
    """Each old name has its new one, which a button writes."""
    old = (
        'extras_require = { dev = ["pytest"] }\ninstall_requires = ["requests"]\n'
        'python_requires = ">=3.8"\nrepository = "https://x.org"\nauthor_email = "j@x.org"\n'
    )
    assert [
        "write optional-dependencies",
        "write dependencies",
        "write requires-python",
        "write urls.Repository, or Repository below [project.urls]",
        'write authors = [{ email = "j@x.org" }]',
    ] == fixes(HEAD + old)
    assert HEAD + (
        'optional-dependencies = { dev = ["pytest"] }\ndependencies = ["requests"]\n'
        'requires-python = ">=3.8"\nurls.Repository = "https://x.org"\n'
        'authors = [{ email = "j@x.org" }]\n'
    ) == mended(HEAD + old)


def test_a_license_said_twice_says_who_refuses() -> None:
    """A classifier next to an expression stops new setuptools, and is taken out."""
    text = HEAD + (
        'license = "Apache-2.0"\nclassifiers = [\n  "A :: B",\n'
        '  "License :: OSI Approved :: Apache Software License",\n]\n'
    )
    finding = only(text, "metadata-license-classifier")
    assert (
        "license says it, and licenses as classifiers are deprecated;"
        " setuptools 77 and later refuse to build with both"
    ) == finding.message
    assert HEAD + 'license = "Apache-2.0"\nclassifiers = [\n  "A :: B",\n]\n' == mended(text)


def test_versions_of_other_tools_are_written_in_operators() -> None:
    """Carets, wildcards and points too many become the specifier that was meant."""
    text = 'requires-python = "^3.11"\ndependencies = ["numpy^1.2", "foo==1.x", "bar>=3.", "b!=3.3*"]\n'
    assert HEAD + (
        'requires-python = ">=3.11,<4"\n'
        'dependencies = ["numpy>=1.2,<2", "foo==1.*", "bar>=3", "b!=3.3.*"]\n'
    ) == mended(HEAD + text)


def test_a_bare_python_is_not_guessed_at() -> None:
    """Whether that release or all from it on is meant, no button decides."""
    text = HEAD + 'requires-python = "3.9.16"\n'
    assert ["write >=3.9.16 for that and newer ones, or ==3.9.16 for that one alone"] == fixes(text)
    assert text == mended(text)


def test_an_extra_in_a_marker_becomes_an_optional_dependency() -> None:
    """In the table an extra is a key, so the requirement is moved below it."""
    text = HEAD + 'dependencies = ["foo>=1 ; extra == \'x\'", "bar"]\n'
    assert ['move it to [project.optional-dependencies]: x = ["foo>=1"]'] == fixes(text)
    assert HEAD + 'dependencies = ["bar"]\noptional-dependencies.x = ["foo>=1"]\n' == mended(text)


@pytest.mark.parametrize(
    "more",
    [
        'optional-dependencies = { x = ["a"] }\n',
        'dynamic = ["optional-dependencies"]\n',
    ],
)
def test_an_extra_that_is_or_may_be_there_is_nothing_to_tell(more: str) -> None:
    """What the table declares, or leaves to the backend, is not missing."""
    text = HEAD + "dependencies = [\"foo ; extra == 'x'\"]\n" + more
    assert "metadata-extra-undeclared" not in [finding.code for finding in findings(text)]


@pytest.mark.parametrize(
    ("written", "fix"),
    [
        ('dependencies = "requests"', 'write ["requests"]'),
        ('description = ["text"]', 'write "text"'),
        ('description = ["a", "b"]', "write one string in quotes"),
        ("requires-python = 3.11", 'write ">=3.11"'),
        ('keywords = "a, b"', 'write ["a", "b"]'),
        (
            'dependencies = { python = "^3.8", requests = "^2", six = "1.0", flask = "*" }',
            'write ["requests>=2,<3", "six==1.0", "flask"]',
        ),
        (
            "dependencies = { a = { version = '1' } }",
            'write an array of requirements in quotes, such as ["name>=1"]',
        ),
        ('authors = "Jane <j@x.org>"', 'write [{ name = "Jane", email = "j@x.org" }]'),
        ('authors = "a@x.org, b@x.org"', 'write [{ name = "...", email = "..." }]'),
        ('authors = ["Jane"]', 'write { name = "Jane" }'),
        ("authors = { name = 'Jane' }", "write [{ name = 'Jane' }]"),
        ("urls = 'https://x.org'", "write { Homepage = 'https://x.org' }"),
        ("license-files = { paths = ['L'] }", "write ['L']"),
        ("license = ['MIT']", "write 'MIT'"),
        ("authors = [{ name = 'J', email = '' }]", "leave it out"),
        ("license = 'Apache 2.0'", "write Apache-2.0"),
        ("license = 'BSD'", "write BSD-3-Clause or BSD-2-Clause, whichever it is"),
        ("license = 'GPLv3'", "write GPL-3.0-only or GPL-3.0-or-later, whichever it is"),
        ("license = 'MIT License'", "write MIT"),
        (
            "license = 'LICENSE.txt'",
            "name the file with the text in license-files, and write its SPDX expression here",
        ),
        (
            "license = 'mine'",
            "write SPDX identifiers joined with AND, OR and WITH, or LicenseRef- and a name",
        ),
        ("Requires-Dist = ['a']", "write dependencies"),
        ("Home-page = 'nowhere'", "write Homepage = 'nowhere' below [project.urls]"),
        ("homepage = 1", "write Homepage below [project.urls]"),
        ("author = 1", 'write authors = [{ name = "...", email = "..." }]'),
        ("setup_requires = ['a']", "move it to requires in [build-system]"),
        ("dependancies = ['a']", "write dependencies"),
        ("license-files = ['/L']", "write L"),
        ("license-files = ['//L']", "write L"),
        ("license-files = ['a\\b']", "write a/b"),
        ("license-files = ['../L']", "write a pattern for files below pyproject.toml"),
        ("license-files = ['C:\\L']", "write a path relative to pyproject.toml"),
        ("license-files = ['']", "name a file, such as LICENSE"),
    ],
)
def test_a_fix_names_what_to_write_here(written: str, fix: str) -> None:
    """The words are for this text, in the terms of the table."""
    assert [fix] == fixes(HEAD + written + "\n")


def test_a_type_is_told_from_the_side_of_the_reader() -> None:
    """What must stand there comes first, then what does."""
    finding = only(HEAD + 'dependencies = "x"\n', "metadata-project-type")
    assert (
        "project.dependencies must be an array of strings; here it is a string" == finding.message
    )


def test_a_field_of_metadata_is_told_as_one() -> None:
    """Its name is no key, and that it is known from elsewhere is said."""
    finding = only(HEAD + "Requires-Dist = ['a']\n", "metadata-project-key")
    assert "Requires-Dist is a field of METADATA, and no key of [project]" == finding.message


@pytest.mark.parametrize(
    ("key", "field"),
    [("dependencies", "Requires-Dist"), ("license-files", "License-File"), ("urls", "Project-URL")],
)
def test_a_key_of_toml_in_metadata_is_told_as_its_field(key: str, field: str) -> None:
    """The other way round, the name of the field is what to write."""
    found = read(f"Metadata-Version: 2.1\nName: x\nVersion: 1\n{key}: a, https://x\n").findings()
    assert f"write {field}" in [each.fix.message for each in found if each.fix]


@pytest.mark.parametrize(
    "pattern", ["LICEN[CS]E*", "a/**/b?", "**", "a b_c-1.txt", "[a-z_]", "Ж/*"]
)
def test_patterns_that_the_specification_allows(pattern: str) -> None:
    """Letters, digits, blanks, the four marks and the wildcards are fine."""
    assert ["metadata-project-file"] == [
        finding.code for finding in findings(HEAD + f'license-files = ["{pattern}"]\n')
    ] or not set(pattern) & set("*?[")


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("LICEN{C,S}E", "'{' has no meaning in a pattern"),
        ("[!a]", "between brackets stand letters, digits, and _ - . alone"),
        ("[]", "between brackets stand letters, digits, and _ - . alone"),
        ("a***", "more than two * in a row have no meaning"),
        ("a/..", "'a/..' leaves the project"),
    ],
)
def test_patterns_that_it_does_not(pattern: str, message: str) -> None:
    """What is wrong is said of the part that is."""
    text = HEAD + f'license-files = ["{pattern}"]\n'
    assert message == only(text, "metadata-project-license-files").message


@pytest.mark.parametrize(
    "table",
    [
        "[project.urls]\nreadme = 'https://x.org/readme'\n",
        "[project.optional-dependencies]\ndependencies = ['a']\n",
        "[project.scripts]\nversion = 'a:b'\n",
        "[project.entry-points.group]\ndescription = 'a:b'\n",
    ],
)
def test_what_may_be_called_so_is_not_misplaced(table: str) -> None:
    """A label, an extra or a command may have the name of a key."""
    assert [] == found(HEAD + table)


def test_what_is_there_twice_is_put_together_by_hand() -> None:
    """A key below the wrong header is not moved where the right one has it."""
    text = HEAD + "dependencies = ['a']\n[project.urls]\ndependencies = ['b']\n"
    assert ["add what it says to dependencies of [project]"] == fixes(text)
    assert text == mended(text)


def test_keywords_without_commas_are_not_split_by_a_button() -> None:
    """Blanks may be part of one keyword."""
    text = HEAD + "keywords = 'a b'\n"
    assert text == mended(text)
    assert HEAD + 'keywords = ["a", "b"]\n' == mended(HEAD + "keywords = 'a, b'\n")


def test_lines_are_those_of_the_toml_text() -> None:
    """What refers to another line counts in the text that the reader sees."""
    text = HEAD + "dependencies = [\n  'a',\n  'b',\n  'a',\n]\n"
    assert "the same stands in line 8" == only(text, "metadata-repeated").message


# -- groups ----------------------------------------------------------------------------------

names = st.sampled_from(["a", "b", "C", "d_e", "f"])
items = st.one_of(
    st.sampled_from(["x", "y>=1", "z; os_name == 'nt'"]),
    st.sampled_from(["a", "B", "c", "D-e", "f", "g"]).map(lambda name: {"include-group": name}),
)
tables = st.dictionaries(names, st.lists(items, max_size=4), max_size=6)


def written(groups: dict[str, list[Any]]) -> str:
    """Return *groups* as TOML."""
    lines = ["[dependency-groups]"]
    for name, listed in groups.items():
        parts = [
            f'"{item}"'
            if isinstance(item, str)
            else f'{{include-group = "{item["include-group"]}"}}'
            for item in listed
        ]
        lines.append(f"{name} = [{', '.join(parts)}]")
    return HEAD + "\n".join(lines) + "\n"


@settings(max_examples=300, deadline=None)
@given(tables)
def test_groups_come_to_what_packaging_says(groups: dict[str, list[Any]]) -> None:
    """A group is complete where packaging resolves it, and then lists the same."""
    read_groups = read_pyproject(written(groups)).groups
    for name in groups:
        resolved = read_groups.resolve(name)
        try:
            expected = resolve_dependency_groups(groups, name)
        except (ValueError, LookupError, TypeError, ExceptionGroup):
            assert not resolved.complete
            continue
        assert resolved.complete
        assert list(expected) == [str(Requirement(each.text)) for each in resolved.requirements]


def bomb(levels: int) -> str:
    """Return groups of which the first comes to 2 to the power of *levels* requirements."""
    lines = [
        f"g{i} = [{{include-group = 'g{i + 1}'}}, {{include-group = 'g{i + 1}'}}]"
        for i in range(levels)
    ]
    return HEAD + "[dependency-groups]\n" + "\n".join([*lines, f"g{levels} = ['x']"])


def test_a_bomb_of_includes_is_cut_and_told() -> None:
    """A group of 2 to the power of 200 requirements is answered at once, up to a number."""
    project = read_pyproject(bomb(200))
    resolved = project.groups.resolve("g0")
    assert (MOST_RESOLVED, False) == (len(resolved.requirements), resolved.complete)
    assert "pyproject-group-large" in [each.code for each in project.findings()]


def test_a_bomb_of_nothing_is_nothing() -> None:
    """Includes of groups that list nothing are not walked through."""
    resolved = read_pyproject(bomb(200).replace("['x']", "[]")).groups.resolve("g0")
    assert ((), True) == resolved


@pytest.mark.parametrize("more", [0, 1])
def test_so_many_requirements_are_written_out(more: int) -> None:
    """A group may come to a number of requirements, and not to one more."""
    half = MOST_RESOLVED // 2
    one = ", 'x'" * more
    others = ", ".join(["'x'"] * half)
    text = (
        HEAD + "[dependency-groups]\n"
        f"a = [{{include-group = 'b'}}, {{include-group = 'b'}}{one}]\nb = [{others}]\n"
    )
    project = read_pyproject(text)
    resolved = project.groups.resolve("a")
    assert (MOST_RESOLVED, not more) == (len(resolved.requirements), resolved.complete)
    assert more == [each.code for each in project.findings()].count("pyproject-group-large")


def test_includes_may_be_any_number_of_steps_deep() -> None:
    """A long chain ends in what its last group lists, and a long cycle is told once."""
    count = 3000
    chain = [f"g{i} = [{{include-group = 'g{i + 1}'}}]" for i in range(count)]
    text = HEAD + "[dependency-groups]\n" + "\n".join(chain) + f"\ng{count} = ['x']\n"
    assert ["x"] == [each.text for each in read_pyproject(text).groups.resolve("g0").requirements]
    round_ = text.replace(f"g{count} = ['x']", f"g{count} = [{{include-group = 'g0'}}]")
    message = only(round_, "pyproject-group-cycle").message
    assert f"g0, g1, g2, g3, g4, {count + 2 - MOST_NAMED} more, g0" in message


@pytest.mark.parametrize(
    ("count", "shown"), [(MOST_NAMED - 1, "g0, g1, g2, g3, g4, g0"), (MOST_NAMED, "1 more, g0")]
)
def test_so_many_groups_of_a_cycle_are_named(count: int, shown: str) -> None:
    """A cycle is named in full up to a number of groups."""
    lines = [f"g{i} = [{{include-group = 'g{(i + 1) % count}'}}]" for i in range(count)]
    text = HEAD + "[dependency-groups]\n" + "\n".join(lines)
    assert only(text, "pyproject-group-cycle").message.endswith(shown)


def test_each_knot_of_groups_is_told_once_with_its_shortest_way() -> None:
    """Groups that reach each other are one finding, others are their own."""
    text = HEAD + (
        "[dependency-groups]\n"
        "x = [{include-group = 'a'}]\n"
        "a = ['p', {include-group = 'b'}, {include-group = 'c'}]\n"
        "b = [{include-group = 'd'}, {include-group = 'c'}]\n"
        "c = [{include-group = 'a'}]\n"
        "d = [{include-group = 'b'}]\n"
        "e = ['q', {include-group = 'E'}]\n"
    )
    assert [
        "this leads back to where it starts: a, b, c, a",
        "the group includes itself",
    ] == [each.message for each in findings(text) if each.code == "pyproject-group-cycle"]
    groups = read_pyproject(text).groups
    assert [["p"], ["q"]] == [
        [each.text for each in groups.resolve(name).requirements] for name in ("x", "e")
    ]
    assert mended(text).endswith("e = ['q']\n")


@pytest.mark.parametrize(
    ("listed", "fix"),
    [
        ("{include-group = 'tset'}", "write test"),
        ("{include-group = 'docs'}", "add the group, or leave this out"),
        (f"{{include-group = '{'t' * LONGEST_NAME}est'}}", "add the group, or leave this out"),
        ("{include_group = 'test'}", "write include-group"),
        ("{include-group = 'test', path = '.'}", "leave it out"),
        ("{git = 'x'}", "write the project's name here, and say where it is in [tool.uv.sources]"),
        ("{name = 'x'}", "write a requirement in quotes"),
        ("{}", 'write {include-group = "name"}'),
        ("1", "write a requirement in quotes"),
    ],
)
def test_what_to_write_in_a_group(listed: str, fix: str) -> None:
    """The words are for what stands there."""
    assert [fix] == fixes(HEAD + f"[dependency-groups]\ntest = ['x']\na = [{listed}]\n")


def test_a_clashing_group_is_looked_through_too() -> None:
    """What is wrong in the second of two groups of one name is told."""
    text = HEAD + "[dependency-groups]\na = ['x']\nA = ['y=>1']\n"
    assert ["pyproject-group-clash", "requirement-syntax"] == [each.code for each in findings(text)]


def test_groups_that_only_include_are_passed_over() -> None:
    """However long a chain of them is, it is walked once and not for each include of it."""
    count = 400
    lines = [f"g{i} = [{{include-group = 'g{i + 1}'}}]" for i in range(count)]
    often = ", ".join(["{include-group = 'g0'}"] * count)
    text = (
        HEAD + "[dependency-groups]\n" + "\n".join([*lines, f"g{count} = ['x']", f"a = [{often}]"])
    )
    groups = read_pyproject(text).groups
    steps = 0

    def count_steps(_frame: object, event: str, _argument: object) -> None:
        nonlocal steps
        steps += event == "c_call"

    sys.setprofile(count_steps)
    try:
        resolved = groups.resolve("a")
    finally:
        sys.setprofile(None)
    assert count == len(resolved.requirements)
    assert steps < 20 * count


def test_groups_are_a_mapping_by_normalised_names() -> None:
    """Any spelling of a name finds the group, whose own is kept."""
    groups = read_pyproject(HEAD + "[dependency-groups]\nA_b = ['x']\n").groups
    assert (["a-b"], 1, "A_b") == (list(groups), len(groups), groups["a.B"].name)
    with pytest.raises(KeyError):
        groups.resolve("c")


# -- the build -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "code", "fix"),
    [
        ("requires = ['hatchling']", "pyproject-build-unlisted", 'add "setuptools" to requires'),
        (
            "build-backend = 'flit_core.buildapi'",
            "pyproject-build-requires",
            'add requires = ["flit-core"]',
        ),
        (
            "build-backend = 'own'",
            "pyproject-build-requires",
            "add requires, with the project of the backend",
        ),
        (
            "requires = ['hatchling']\nbuild-backend = 'hatchling'",
            "pyproject-build-backend",
            "write hatchling.build",
        ),
        (
            "requires = ['uv-build']\nbuild-backend = 'uv-build'",
            "pyproject-build-backend",
            "write uv_build",
        ),
        (
            "requires = ['maturin']\nbuild-backend = 'a b'",
            "pyproject-build-backend",
            "write maturin",
        ),
        (
            "requires = ['x']\nbuild-backend = 'a b'",
            "pyproject-build-backend",
            "write a module such as hatchling.build",
        ),
        (
            "requires = ['x']\nbuild-backend = 'maturin'",
            "pyproject-build-unlisted",
            'add "maturin" to requires',
        ),
        ("requires = 'x'", "pyproject-type", "write ['x']"),
        ("requires = ['x=>1']\nbuild-backend = 'y'", "requirement-syntax", "write >=1"),
        (
            "requires = []\nbuild-backend = 'y'\nbackend_path = ['.']",
            "pyproject-build-key",
            "write backend-path",
        ),
        (
            "requires = []\nbuild-backend = 'y'\ndependencies = []",
            "pyproject-build-key",
            "leave it out; tools have tables below [tool]",
        ),
        (
            "requires = []\nbuild-backend = 'y'\nbackend-path = ['a/../b']",
            "pyproject-build-path",
            "name a folder of the project, relative to pyproject.toml",
        ),
        (
            "requires = []\nbuild-backend = 'y'\nbackend-path = ['C:a']",
            "pyproject-build-path",
            "name a folder of the project, relative to pyproject.toml",
        ),
    ],
)
def test_what_is_wrong_with_a_build(table: str, code: str, fix: str) -> None:
    """Each fault is told once, with what to write."""
    told = findings(PROJECT + f"[build-system]\n{table}\n")
    assert [(code, fix)] == [(each.code, each.fix.message if each.fix else "") for each in told]


@pytest.mark.parametrize(
    "table",
    [
        "requires = ['setuptools>=61', 'wheel']",
        "requires = ['Flit_Core>=3']\nbuild-backend = 'flit_core.buildapi'",
        "requires = ['poetry']\nbuild-backend = 'poetry.masonry.api'",
        "requires = []\nbuild-backend = 'maturin'\nbackend-path = ['.']",
        "requires = []\nbuild-backend = 'own.backend:Class.thing'",
        "requires = ['setuptools']\nbuild-backend = 'setuptools.build_meta:__legacy__'",
    ],
)
def test_builds_that_are_fine(table: str) -> None:
    """A backend that requires brings, or the project has, is nothing to tell."""
    assert [] == found(PROJECT + f"[build-system]\n{table}\n")


def test_what_a_build_is() -> None:
    """The table's values are there, and setuptools where it names no backend."""
    build = read_pyproject(HEAD).build_system
    assert build is not None
    assert (["hatchling"], "hatchling.build", ()) == (
        [each.text for each in build.requires],
        build.backend,
        build.backend_path,
    )
    legacy = read_pyproject("[build-system]\nrequires = ['setuptools']\n").build_system
    assert legacy is not None
    assert "setuptools.build_meta:__legacy__" == legacy.backend
    assert read_pyproject(PROJECT).build_system is None


# -- the whole file --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "backend"),
    [
        ("", "setuptools.build_meta:__legacy__"),
        ("build-backend = 1", "setuptools.build_meta:__legacy__"),
        ("build-backend = 'no module'", "setuptools.build_meta:__legacy__"),
        ("build-backend = 'flit-core'", "flit_core.buildapi"),
        ("build-backend = 'hatchling'", "hatchling.build"),
        ("build-backend = 'my_own.backend:object'", "my_own.backend:object"),
    ],
)
def test_which_backend_builds(written: str, backend: str) -> None:
    """What is named, or what is meant by it; setuptools where that is nothing."""
    build = read_pyproject(f"[build-system]\nrequires = ['x']\n{written}\n{PROJECT}").build_system
    assert build is not None
    assert backend == build.backend


def test_what_was_read_and_what_was_not() -> None:
    """Lists of requirements in tables of tools are read, and the rest is named."""
    project = read_pyproject(
        "[tool.rye]\ndev-dependencies = ['first']\n"
        + HEAD
        + "[tool.ruff]\n[tool.uv]\nconstraint-dependencies = ['a=>1']\n[tool.uv.sources]\na = {}\n"
        "[tool.pdm.dev-dependencies]\ntest = ['b']\nlint = ['-e .']\n"
        "[tool.hatch.envs.x]\ndependencies = ['c {root}', 'd']\n"
        "[tool.poetry.dependencies]\npython = '^3'\n"
        "[tool.hatch.envs.y]\ndependencies = 1\n[tool.flit]\nx = 1\n[strange]\n"
    )
    assert (
        "project",
        "build-system",
        "tool.rye.dev-dependencies",
        "tool.uv.constraint-dependencies",
        "tool.pdm.dev-dependencies.test",
    ) == project.read
    assert (
        "tool.ruff",
        "tool.uv.sources",
        "tool.pdm.dev-dependencies.lint",
        "tool.hatch",
        "tool.poetry",
        "tool.flit",
        "strange",
    ) == project.not_read
    assert ["first", "hatchling", "a=>1", "b", "d"] == [each.text for each in project.requirements]
    assert ["requirement-syntax", "pyproject-table"] == [each.code for each in project.findings()]


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("[dependency_groups]\n", "write dependency-groups"),
        ("[blacc]\n", "move it to [tool.blacc]"),
    ],
)
def test_a_table_that_is_none(text: str, fix: str) -> None:
    """A table of another name is told, with the one that was meant."""
    assert [fix] == fixes(text + HEAD)


def test_a_file_that_is_no_toml_is_told_once() -> None:
    """Nothing is read of it, and nothing called unread."""
    project = read_pyproject("[project")
    assert (["metadata-toml"], (), ()) == (
        [each.code for each in project.findings()],
        project.read,
        project.not_read,
    )


def test_reading_the_table_alone_says_nothing_of_the_rest() -> None:
    """The document of [project] has the findings of that table only."""
    assert [] == from_project_table(PROJECT + GROUPS).findings()


# -- edits -----------------------------------------------------------------------------------


def sheet_of(text: str, places: Places | None = None) -> Sheet:
    return Sheet(text, tomllib.loads(text), positions(text) if places is None else places)


def test_a_value_without_a_place_has_no_button() -> None:
    """Where the places of a text are not known, fixes are words."""
    sheet = sheet_of("[a]\nb = 'c'", Places())
    path = "a", "b"
    assert [None] * 7 == [
        sheet.span(path),
        sheet.exchange(path, 0, 1, "d"),
        sheet.gone(path),
        sheet.value(path, "'d'", "d"),
        sheet.renamed(path, "d"),
        sheet.pair(path, "d", "'e'", "e"),
        sheet.moved_up(path),
    ]
    assert ("", (None, False)) == (sheet.written(path), sheet.within(path, 0, 1))
    near = Places()
    near["a",] = positions(sheet.text)["a",]
    assert sheet_of(sheet.text).span(("a",)) == sheet_of(sheet.text, near).span(path)


@pytest.mark.parametrize(
    ("written", "replacement", "there"),
    [
        ("'b'", "c", "'c'"),
        ("'b'", "it's", None),
        ("'b'", 'say "c"', "'say \"c\"'"),
        ("'b'", "c\\d", "'c\\d'"),
        ('"b"', "c\\d", None),
        ('"b"', "it's", '"it\'s"'),
        ('"b"', 'say "c"', None),
        ('"b"', "c\nd", None),
        ('"\\u0062"', "c", None),
        ("'''b'''", "c", "'''c'''"),
        ("''", "c", "'c'"),
        ('"""\nb"""', "c", None),
    ],
)
def test_a_replacement_must_stand_in_its_string(
    written: str, replacement: str, there: str | None
) -> None:
    """What a string cannot hold as it is has no button."""
    sheet = sheet_of(f"a = {written}")
    edit = sheet.exchange(("a",), 0, 1 if "b" in written or "u" in written else 0, replacement)
    text = edit and sheet.text[: edit.start] + edit.replacement + sheet.text[edit.end :]
    assert (there and f"a = {there}") == text


def test_an_edit_that_does_something_else_is_none() -> None:
    """Neither one that breaks the text nor one that changes another value has a button."""
    sheet = sheet_of("a = 1\nb = 2\n")
    assert sheet.value(("a",), "3", 3) is not None
    assert sheet.value(("a",), "3\nb = ", 3) is None
    assert sheet.value(("a",), "4", 3) is None


def test_a_finding_without_a_place_is_told_of_the_whole_value() -> None:
    """What is said of a string as a whole has the place of the string."""
    sheet = sheet_of("a = 'b'")
    sheet.lift(("a",), report("marker-empty", "nothing"))
    [finding] = sheet.findings
    assert finding.span is not None
    assert "'b'" == sheet.text[finding.span.start : finding.span.end]


def test_the_last_line_may_have_no_end() -> None:
    """A key is moved up as a line of its own also from there."""
    text = PROJECT + "[project.urls]\ndescription = 'text'"
    assert PROJECT + "description = 'text'\n[project.urls]\n" == mended(text)
    other = "[project.urls]\ndescription = 'text'\n[project]\nname = 'x'\nversion = '1'"
    assert "[project.urls]\n[project]\nname = 'x'\nversion = '1'\ndescription = 'text'\n" == mended(
        other
    )


# -- bounds ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "buttons"), [(MOST_PROVED, MOST_PROVED), (MOST_PROVED + 1, MOST_PROVED)]
)
def test_so_many_fixes_are_tried(count: int, buttons: int) -> None:
    """Fixes that change the structure have a button up to a number of them."""
    people = "".join(f"  'Jane <j{i}@x.org>',\n" for i in range(count))
    told = findings(HEAD + f"authors = [\n{people}]\n")
    assert (count, buttons) == (
        len(told),
        sum(each.fix is not None and each.fix.replacement is not None for each in told),
    )


@pytest.mark.parametrize(("over", "button"), [(0, True), (1, False)])
def test_so_long_a_text_is_tried_on(over: int, button: bool) -> None:
    """In a text that is longer such a fix is words."""
    text = HEAD + "install_requires = ['a']\n#"
    text += "x" * (LONGEST_PROVED - len(text) + over)
    fix = only(text, "metadata-project-key").fix
    assert fix is not None
    assert button is (fix.replacement is not None)


@pytest.mark.parametrize(("over", "fix"), [(0, ["write ['"]), (1, [])])
def test_so_long_a_value_is_written_in_another_form(over: int, fix: list[str]) -> None:
    """A longer one would be no help in words."""
    value = "x" * (MOST_WRITTEN - 2 + over)
    assert fix == [each[:8] for each in fixes(HEAD + f"classifiers = '{value}'\n")]
