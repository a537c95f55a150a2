"""What becomes of setup.py, setup.cfg, Poetry and Flit, key by key, and where each value is from."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.findings import Finding, Severity
from trigpoint.metadata import from_project_table
from trigpoint.metadata.project.meant import KEYS
from trigpoint.metadata.project.project import parse_toml
from trigpoint.projects.adopt import Adopted, adopt, adopting, find_evidence
from trigpoint.projects.adopt.adopting import MOST_READ
from trigpoint.projects.adopt.gathered import Gathered
from trigpoint.projects.adopt.program import MOST_LEVELS, MOST_VALUES
from trigpoint.projects.adopt.tomls import Sheet
from trigpoint.projects.review.pieces import Source

HEAD = "from setuptools import find_packages, setup\n"


def setup_py(arguments: str, before: str = "", **files: str) -> Adopted:
    text = f"{HEAD}{before}\nsetup(name='spam', version='1', {arguments})\n"
    return adopt({"setup.py": text.encode(), **{k: v.encode() for k, v in files.items()}})


def setup_cfg(text: str, **files: bytes) -> Adopted:
    return adopt({"setup.cfg": text.encode(), **files})


def pyproject(text: str, **files: bytes) -> Adopted:
    return adopt({"pyproject.toml": text.encode(), **files})


def poetry(lines: str) -> Adopted:
    return pyproject(f'[tool.poetry]\nname = "spam"\nversion = "1"\n{lines}\n')


def flit(lines: str, **files: bytes) -> Adopted:
    return pyproject(f'[tool.flit.metadata]\nmodule = "spam"\n{lines}\n', **files)


def data(made: Adopted) -> dict[str, Any]:
    assert made.text is not None, made.found
    return tomllib.loads(made.text)


def project(made: Adopted) -> dict[str, Any]:
    """Return ``[project]`` without what every case has."""
    found: dict[str, Any] = data(made)["project"]
    return {key: value for key, value in found.items() if key not in ("name", "version")}


def codes(made: Adopted) -> list[str]:
    return [each.finding.code for each in made.found]


REFUSED = [
    (setup_cfg("[metadata]\nname=a\nversion=1\n[options.entry_points]\ngui_scripts =\n g = m"), 5),
    (setup_py("entry_points={'console_scripts': ['a = m']}"), 3),
    (poetry('[tool.poetry.scripts]\na = "m"'), 5),
    (poetry('[tool.poetry.scripts]\na = { callable = "m" }'), 5),
    (poetry('[tool.poetry.plugins.x]\na = "m n"'), 4),
    (flit('requires-python = "3.x"'), 3),
    (setup_py("python_requires='three'"), 3),
]


@pytest.mark.parametrize(("made", "line"), REFUSED)
def test_what_the_new_table_is_refused_for(made: Adopted, line: int) -> None:
    """A value that only the old form let through is told, where it stood, and the way out."""
    assert made.text is not None
    wrong = [
        each.message
        for each in from_project_table(made.text).findings()
        if each.severity is Severity.ERROR
    ]
    told = [each.finding for each in made.found if each.finding.code == "adopt-refused"]
    assert wrong == [each.message.partition(" is refused: ")[2] for each in told]
    assert [line] * bool(line) == [each.span.line for each in told if each.span is not None]
    assert all(each.fix is not None for each in told)


def test_a_value_that_is_refused_stands_where_it_was() -> None:
    """Values beside it, in arrays and in other tables, are not taken for it."""
    made = setup_py(
        "keywords=['a', 'b'], install_requires=['c', 'd'],\n"
        "entry_points={'console_scripts': ['e = f:g', 'h = i'], 'j': ['k = l']}"
    )
    [finding] = [each.finding for each in made.found]
    assert "project.scripts.h of the new table" in finding.message
    assert finding.span is not None
    assert 4 == finding.span.line


SETUP = [
    ("description='one\\n two'", {"description": "one two"}),
    ("python_requires='>=3.8'", {"requires-python": ">=3.8"}),
    ("author='Ada', author_email='a@x.org'", {"authors": [{"name": "Ada", "email": "a@x.org"}]}),
    ("author='Ada, Zoe'", {"authors": [{"name": "Ada"}, {"name": "Zoe"}]}),
    ("maintainer_email='a@x.org'", {"maintainers": [{"email": "a@x.org"}]}),
    ("license='MIT'", {"license": "MIT"}),
    ("license='Apache 2.0'", {"license": "Apache-2.0"}),
    (
        "license='BSD', classifiers=['License :: OSI Approved :: MIT License']",
        {
            "license": {"text": "BSD"},
            "classifiers": ["License :: OSI Approved :: MIT License"],
        },
    ),
    (
        "license='MIT', classifiers=['License :: OSI Approved :: MIT License', 'Typing :: Typed']",
        {"license": "MIT", "classifiers": ["Typing :: Typed"]},
    ),
    ("classifiers=['License :: OSI Approved :: MIT License']", {"license": "MIT"}),
    ("keywords='a, b c'", {"keywords": ["a", "b c"]}),
    ("keywords='a b'", {"keywords": ["a", "b"]}),
    ("keywords=['a', 'b']", {"keywords": ["a", "b"]}),
    ("install_requires=['a>=1', 'b; os_name == \"nt\"']", {"dependencies": ["a>=1", 'b; os_name == "nt"']}),
    ("install_requires='a\\nb # why\\n'", {"dependencies": ["a", "b"]}),
    ("extras_require={'x': ['a'], 'X': 'b'}", {"optional-dependencies": {"x": ["a", "b"]}}),
    (
        "extras_require={':os_name == \"nt\"': ['a'], 'x:python_version < \"3\"': ['b']}",
        {
            "dependencies": ['a; os_name == "nt"'],
            "optional-dependencies": {"x": ['b; python_version < "3"']},
        },
    ),
    ("url='https://x.org'", {"urls": {"Homepage": "https://x.org"}}),
    (
        "download_url='https://x.org', project_urls={'Code': 'https://y.org'}",
        {"urls": {"Download": "https://x.org", "Code": "https://y.org"}},
    ),
    ("entry_points={'console_scripts': ['a = b:c']}", {"scripts": {"a": "b:c"}}),
    ("entry_points={'gui_scripts': 'a=b:c'}", {"gui-scripts": {"a": "b:c"}}),
    (
        "entry_points='''[x.y]\\n# no\\na = b:c\\n'''",
        {"entry-points": {"x.y": {"a": "b:c"}}},
    ),
    ("license_files=['COPYING']", {"license-files": ["COPYING"]}),
    ("license_file='COPYING'", {"license-files": ["COPYING"]}),
    ("long_description='x', long_description_content_type='text/markdown'",
     {"readme": {"text": "x", "content-type": "text/markdown"}}),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "expected"), SETUP)
def test_keywords_of_setup(arguments: str, expected: dict[str, Any]) -> None:
    """Each keyword of setup() lands in the key of [project] that means the same."""
    assert expected == project(setup_py(arguments))


TOOL = [
    ("packages=['a', 'a.b']", {"packages": ["a", "a.b"]}),
    (
        "packages=find_packages('src', exclude=['t*']), package_dir={'': 'src'}",
        {
            "packages": {"find": {"where": ["src"], "exclude": ["t*"], "namespaces": False}},
            "package-dir": {"": "src"},
        },
    ),
    ("py_modules=['a']", {"py-modules": ["a"]}),
    ("package_data={'': ['*.x'], 'a': 'py.typed'}", {"package-data": {"*": ["*.x"], "a": ["py.typed"]}}),
    ("include_package_data=True", {"include-package-data": True}),
    ("zip_safe=False", {"zip-safe": False}),
    ("data_files=[('share', ['a', 'b'])]", {"data-files": {"share": ["a", "b"]}}),
    ("scripts=['bin/a']", {"script-files": ["bin/a"]}),
    ("platforms='any'", {"platforms": ["any"]}),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "expected"), TOOL)
def test_keywords_for_setuptools_alone(arguments: str, expected: dict[str, Any]) -> None:
    """What is for the backend lands in its own table; data files stay off unless they were on."""
    made = setup_py(arguments)
    assert {"include-package-data": False, **expected} == data(made)["tool"]["setuptools"]
    assert [] == codes(made)


PROGRAMS = [
    ("description='a' + 'b'", "", {"description": "ab"}),
    ("description=D", "D = 'a'", {"description": "a"}),
    ("description=D", "D: str = 'a'\nprint(D)", {"description": "a"}),
    ("install_requires=R", "R = ['a'] + ['b']", {"dependencies": ["a", "b"]}),
    ("keywords='a b'.split()", "", {"keywords": ["a", "b"]}),
    ("**K", "K = dict(description='a')", {"description": "a"}),
    ("**{'description': 'a'}", "", {"description": "a"}),
]


@pytest.mark.parametrize(("arguments", "before", "expected"), PROGRAMS)
def test_what_the_text_of_a_program_says(
    arguments: str, before: str, expected: dict[str, Any]
) -> None:
    """Constants, sums of them, names bound once, and plain calls are read without running."""
    made = setup_py(arguments, before)
    assert expected == project(made)
    assert [] == codes(made)


COMPUTED = [
    ("description=open('x').read()", ""),
    ("description=D", "D = 'a'\nD = 'b'"),
    ("description=D", "D = 'a'\nD += 'b'"),
    ("description=D", "if x:\n    D = 'a'"),
    ("install_requires=R", "R = ['a']\nR.append('b')"),
    ("install_requires=R", "R = ['a']\nchange(R)"),
    ("install_requires=['a', f'{b}']", ""),
    ("extras_require={key(): []}", ""),
    ("extras_require={**more}", ""),
    ("description='%s' % 1", ""),
    ("packages=find_packages(**k)", ""),
    ("install_requires='a'.split(',')", ""),
    ("**more()", ""),
]


@pytest.mark.parametrize(("arguments", "before"), COMPUTED)
def test_what_only_running_gives_is_named(arguments: str, before: str) -> None:
    """A value that the text does not say is an error with its place, and nothing is guessed."""
    made = setup_py(arguments, before)
    assert ["adopt-computed"] == codes(made)
    assert made.found[0].finding.span is not None
    assert made.found[0].finding.fix is not None
    assert {} == project(made)
    assert () == made.obsolete


def test_nothing_is_run() -> None:
    """A program that would fail, or worse, is read to its end."""
    made = setup_py("url='https://x.org'", "import os\nraise SystemExit(os.remove('/nonexistent'))")
    assert {"urls": {"Homepage": "https://x.org"}} == project(made)


@pytest.mark.parametrize("text", ["", "import x", "setup(", "not python at all ((("])
def test_a_program_without_a_call(text: str) -> None:
    """Where no call is found, the way out is METADATA of a build."""
    made = adopt({"setup.py": text.encode()})
    assert ["adopt-program", "adopt-missing", "adopt-missing"] == codes(made)


def test_levels_of_expressions() -> None:
    """Sums of as many levels as are worked out are read, and of one more named."""
    # The argument itself is a level.
    assert [] == codes(
        setup_py(f"description={' + '.join(['chr'] * 0 + [repr('a')] * MOST_LEVELS)}")
    )
    more = " + ".join(["'a'"] * (MOST_LEVELS + 1))
    assert ["adopt-computed"] == codes(setup_py(f"description={more}"))


def test_values_of_all_arguments() -> None:
    """So many values are worked out, and then no more."""
    few = ", ".join(["''"] * (MOST_VALUES - 4))
    assert [] == codes(setup_py(f"py_modules=[{few}]"))
    assert ["adopt-computed"] == codes(setup_py(f"py_modules=[{few}, '', '']"))


def test_doubling_is_bounded() -> None:
    """Arrays that double at each name end at the bound, and not in all memory."""
    lines = ["a0 = ['x', 'y']", *(f"a{i} = a{i - 1} + a{i - 1}" for i in range(1, 60))]
    assert ["adopt-computed"] == codes(setup_py("install_requires=a59", "\n".join(lines)))


def test_a_large_file_is_not_read() -> None:
    """A file at the bound is read, and one byte more is not."""
    head = b"[metadata]\nname = spam\nversion = 1\n#"
    assert [] == codes(setup_cfg((head + b"x" * (MOST_READ - len(head))).decode()))
    assert "adopt-nothing" in codes(setup_cfg((head + b"x" * (MOST_READ - len(head) + 1)).decode()))


PKG_INFO = b"""Metadata-Version: 2.1
Name: spam
Version: 1.5
Summary: UNKNOWN
Requires-Dist: a>=1
Requires-Dist: b; extra == 'x' and python_version < '3.9'
Requires-Dist: c (>=2) ; extra == "x"
Provides-Extra: x
Provides-Extra: y
Project-URL: Code, https://y.org
Description-Content-Type: text/markdown

# Spam
"""


def test_evidence_of_a_build() -> None:
    """What a program works out comes from PKG-INFO, with its line, and each is named once."""
    text = (
        f"{HEAD}setup(name='spam', version=v(), description=d(), long_description=r(),\n"
        "long_description_content_type=t(), install_requires=i(), extras_require=e(), project_urls=p())"
    )
    made = adopt({"setup.py": text.encode(), "PKG-INFO": PKG_INFO, "README.md": b"# Spam\n\n"})
    assert {
        "readme": "README.md",
        "dependencies": ["a>=1"],
        "optional-dependencies": {
            "x": ['b; python_version < "3.9"', "c (>=2)"],
            "y": [],
        },
        "urls": {"Code": "https://y.org"},
    } == project(made)
    assert "1.5" == data(made)["project"]["version"]
    # The description is in a file, which the program read, too.
    assert ["adopt-evidence"] * 5 == codes(made)
    assert ("project.version", '"1.5"', "PKG-INFO", 3) in [
        (each.key, each.value, each.path, each.line) for each in made.taken
    ]
    assert made.comparison is not None
    assert [] == [each.words for each in made.comparison.matters]
    assert ("setup.py",) == made.obsolete


def test_evidence_that_is_given_counts_first() -> None:
    """METADATA that the caller gives is used, and a PKG-INFO in the tree is not."""
    files = {"setup.py": b"setup(**k)", "PKG-INFO": PKG_INFO}
    made = adopt(files, b"Name: eggs\nVersion: 2\n", name="given")
    assert {"name": "eggs", "version": "2"} == data(made)["project"]
    assert "given" == made.evidence


def test_evidence_beside_egg_info() -> None:
    """Requirements and entry points of old sdists stand in files of their own."""
    files = {
        "setup.py": b"setup(name='spam', version='1', install_requires=r(), extras_require=x(), entry_points=e())",
        "spam.egg-info/PKG-INFO": b"Metadata-Version: 1.1\nName: spam\nVersion: 1\n",
        "spam.egg-info/requires.txt": b"a\n\n[:os_name == 'nt']\nb\n\n[x]\nc\n[y:os_name == 'nt']\nd\n[z]\n",
        "spam.egg-info/entry_points.txt": b"[console_scripts]\ns = t:u\n",
    }
    assert {
        "dependencies": ["a", "b; os_name == 'nt'"],
        "optional-dependencies": {"x": ["c"], "y": ["d; os_name == 'nt'"], "z": []},
        "scripts": {"s": "t:u"},
    } == project(adopt(files))


def test_what_stands_beside_egg_info_is_compared() -> None:
    """Requirements that a PKG-INFO of old setuptools lacks are not called new, and a lost one is told."""
    files = {
        "setup.cfg": b"[metadata]\nname = spam\nversion = 1\n"
        b"[options]\ninstall_requires = a\n[options.extras_require]\nx = c\ny = d\n",
        "spam.egg-info/PKG-INFO": b"Name: spam\nVersion: 1\nProvides-Extra: x\n",
        "spam.egg-info/requires.txt": b"a\ne\n\n[x]\nc\n[y]\nd\n",
    }
    made = adopt(files)
    assert made.comparison is not None
    assert ["Requires-Dist: 'e' is gone"] == [each.words for each in made.comparison.matters]


def test_evidence_that_is_cut_short() -> None:
    """A line that ends the fields of PKG-INFO is told, with what is not read because of it."""
    built = b"Name: spam\nVersion: 1\nKeywords: a\nb\nClassifier: Typing :: Typed\n"
    made = adopt({"setup.py": b"setup(**k)", "PKG-INFO": built})
    (told,) = (each for each in made.found if each.path == "PKG-INFO")
    assert "adopt-evidence" == told.finding.code
    assert "Classifier" in told.finding.message
    assert told.finding.span is not None
    # From the line before on, which may be meant to go on.
    assert told.finding.span.line in (3, 4)


FILLED = [
    ("[metadata]\nversion = attr: spam.V\n", "Version: 1\n", "version"),
    ("[metadata]\nversion = 1\nplatforms = any\n", "Version: 1\nPlatform: any\n", "platform"),
    ("[metadata]\nversion = 1\n", "Version: 1\nLicense-File: LICENSE\n", "license-file"),
]


@pytest.mark.parametrize(("config", "built", "field"), FILLED)
def test_what_a_build_fills_in(config: str, built: str, field: str) -> None:
    """What the new table leaves to a build is not told as lost, and is named."""
    text = config.replace("[metadata]", "[metadata]\nname = spam")
    made = setup_cfg(text, **{"PKG-INFO": f"Name: spam\n{built}".encode()})
    assert made.comparison is not None
    assert [] == [each.words for each in made.comparison.matters]
    filled = [each for each in made.comparison.found if each.harmless == "filled"]
    assert [field] == [each.difference.field.lower() for each in filled]


def test_licenses_that_the_table_lists() -> None:
    """Files of licenses that the table names are no build's to add to, so a lost one is told."""
    text = "[metadata]\nname = spam\nversion = 1\nlicense = MIT\nlicense_files = A\n"
    built = b"Name: spam\nVersion: 1\nLicense: MIT\nLicense-File: A\nLicense-File: B\n"
    made = setup_cfg(text, **{"PKG-INFO": built, "A": b"", "B": b""})
    assert made.comparison is not None
    assert ["License-File: 'B' is gone"] == [each.words for each in made.comparison.matters]


def test_a_description_of_several_files() -> None:
    """A description that no file holds alone is kept as it was built, and that is said."""
    body = "word " * 60
    built = f"Name: spam\nVersion: 1\n\n{body}\n".encode()
    text = f"{HEAD}setup(name='spam', version='1', long_description=r())"
    made = adopt({"setup.py": text.encode(), "PKG-INFO": built, "README": b"word"})
    readme = project(made)["readme"]
    assert (body.strip(), "text/x-rst") == (readme["text"].strip(), readme["content-type"])
    assert ["adopt-evidence", "adopt-readme"] == codes(made)


LOST = [
    ("ext_modules=[Extension('a', ['a.c'])]", ["adopt-program"]),
    ("cmdclass={'x': Y}", ["adopt-program"]),
    ("test_suite='t'", ["adopt-lost"]),
    ("setup_requires=['pytest-runner>=2']", ["adopt-lost"]),
    ("use_2to3=True", ["adopt-lost"]),
    ("never_heard_of='x'", ["adopt-lost"]),
    ("data_files=['a']", ["adopt-lost"]),
    ("extras_require={'a b': ['c']}", ["adopt-lost"]),
    ("entry_points={'x': ['nothing']}", ["adopt-lost"]),
    ("license='my own words'", ["adopt-license"]),
    ("license='BSD'", ["adopt-license"]),
    ("license='MIT', classifiers=['License :: OSI Approved :: ISC License (ISCL)']", ["adopt-license"]),
    ("classifiers=['License :: OSI Approved']", ["adopt-license"]),
    ("install_requires=['a >> 1']", ["adopt-requirement"]),
    ("author_email='nobody'", ["adopt-person"]),
    ("author_email='a@spam.example, nobody'", ["adopt-person"]),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "expected"), LOST)
def test_what_is_not_carried_over_is_said(arguments: str, expected: list[str]) -> None:
    """What has no place in the new tables is a finding with a place and the way out."""
    made = setup_py(arguments)
    assert expected == codes(made)
    finding = made.found[0].finding
    assert finding.fix is not None
    assert finding.span is not None
    assert (() if expected == ["adopt-program"] else ("setup.py",)) == made.obsolete


def test_license_files_beside_a_license_in_words() -> None:
    """The backend refuses both in [project], so the files are named in its own table."""
    made = data(setup_py("license='BSD', license_files=['COPYING']"))
    assert {"text": "BSD"} == made["project"]["license"]
    assert "license-files" not in made["project"]
    assert ["COPYING"] == made["tool"]["setuptools"]["license-files"]


def test_groups_and_build_requirements() -> None:
    """Requirements of tests are a group, and of the build part of [build-system]."""
    made = data(
        setup_py(
            "tests_require=['a'], setup_requires=['cython', 'setuptools>=30', 'wheel', 'pytest-runner']"
        )
    )
    assert {"test": ["a"]} == made["dependency-groups"]
    assert ["setuptools>=77.0.1", "cython"] == made["build-system"]["requires"]


def test_version_from_git() -> None:
    """setuptools-scm goes on giving the version."""
    made = data(setup_py("use_scm_version={'write_to': 'a.py'}"))
    # The literal version is beside it in this call, and the plugin wins.
    assert ["version"] == made["project"]["dynamic"]
    assert {"write_to": "a.py"} == made["tool"]["setuptools_scm"]
    assert "setuptools-scm>=8" in made["build-system"]["requires"]


@pytest.mark.parametrize(
    "text",
    [
        "[build-system]\nrequires = ['setuptools', 'setuptools_scm[toml]>=3.4']\n",
        "[tool.setuptools_scm]\n",
    ],
)
def test_version_of_a_plugin(text: str) -> None:
    """Where the build asks a plugin for the version, it is dynamic, and nothing is missing."""
    made = pyproject(text, **{"setup.cfg": b"[metadata]\nname = spam\n"})
    assert ["version"] == data(made)["project"]["dynamic"]
    assert [] == codes(made)


def test_files_of_git_are_not_taken_in_unasked() -> None:
    """A version from git does not turn include_package_data on, which the new file's default is."""
    made = data(setup_py("use_scm_version=True"))
    assert made["tool"]["setuptools"]["include-package-data"] is False


SCM = "[tool.setuptools_scm]\n# where it is written\nwrite_to = 'a.py'\n"


@pytest.mark.parametrize("argument", ["True", "{'write_to': 'a.py'}", "{'write_to': 'b.py'}"])
def test_a_table_of_a_tool_that_says_it_all_stays(argument: str) -> None:
    """What pyproject.toml says of a tool already is kept to the letter, and counts."""
    call = f"from setuptools import setup\nsetup(name='spam', use_scm_version={argument})\n"
    made = pyproject(SCM, **{"setup.py": call.encode()})
    assert {"write_to": "a.py"} == data(made)["tool"]["setuptools_scm"]
    assert SCM in (made.text or "")
    assert [] == codes(made)


def test_a_table_of_a_tool_is_added_to() -> None:
    """What setup() says beside it joins the table, and a comment that is lost for that is named."""
    call = b"from setuptools import setup\nsetup(name='spam', use_scm_version={'root': '..'})\n"
    made = pyproject(f"{SCM}[tool.x]\na = 1 # one\n", **{"setup.py": call})
    assert {"root": "..", "write_to": "a.py"} == data(made)["tool"]["setuptools_scm"]
    assert {"a": 1} == data(made)["tool"]["x"]
    assert ["comments in [tool.setuptools_scm] are not carried over"] == [
        each.finding.message for each in made.found
    ]


def test_what_a_table_has_over_setup_is_from_there() -> None:
    """The table counts, so the row says its value and its line, and of the rest setup.py."""
    call = b"from setuptools import setup, find_packages\nsetup(name='spam', version='1', "
    call += b"package_dir={'': 'src'}, packages=find_packages('src'), zip_safe=True)\n"
    text = "[tool.setuptools]\nzip-safe = true\n[tool.setuptools.packages.find]\nwhere = ['lib']\n"
    made = pyproject(text, **{"setup.py": call})
    rows = {each.key: (each.path, each.line, each.value) for each in made.taken}
    assert ("pyproject.toml", 3, '{ where = ["lib"], namespaces = false }') == rows[
        "tool.setuptools.packages.find"
    ]
    assert ("setup.py", 2, '{ "" = "src" }') == rows["tool.setuptools.package-dir"]
    assert ["lib"] == data(made)["tool"]["setuptools"]["packages"]["find"]["where"]
    assert [] == codes(made)


def test_a_list_of_tables_of_a_tool_is_told() -> None:
    """No backend reads one, and what is in it is not lost in silence."""
    config = b"[metadata]\nname = spam\nversion = 1\n"
    made = pyproject("[[tool.setuptools]]\nzip-safe = true\n", **{"setup.cfg": config})
    (found,) = made.found
    assert found.finding.span is not None
    assert found.finding.fix is not None
    assert ("adopt-lost", "pyproject.toml", 1) == (
        found.finding.code,
        found.path,
        found.finding.span.line,
    )
    assert "write [tool.setuptools], with one pair of brackets" in found.finding.fix.message
    assert {"setuptools": {"include-package-data": False}} == data(made)["tool"]


def test_a_marker_in_one_line_is_told_as_one() -> None:
    """Setuptools ends a requirement of one line at each semicolon, and so does this."""
    head = "[metadata]\nname = spam\nversion = 1\n"
    made = setup_cfg(f'{head}[options]\ninstall_requires = a; python_version < "3.9"\n')
    (found,) = [each.finding for each in made.found if each.finding.code == "adopt-requirement"]
    assert """'python_version < "3.9"' is a marker""" in found.message
    assert found.fix is not None
    assert "put it behind its requirement" in found.fix.message
    assert ["a"] == project(made)["dependencies"]


@pytest.mark.parametrize(
    ("emails", "said"),
    [
        ("nobody", "'nobody' is no list of addresses"),
        ("a@spam.example, nobody", "'nobody' is no address, and is left out"),
        ("x, a@spam.example, y", "'x, y' is no address, and is left out"),
    ],
)
def test_an_address_that_is_none_is_told_once(emails: str, said: str) -> None:
    """It is marked where it stands, and its loss is no difference that matters besides."""
    metadata = f"Metadata-Version: 2.1\nName: spam\nVersion: 1\nAuthor-email: {emails}\n"
    call = (
        f"from setuptools import setup\nsetup(name='spam', version='1', author_email='{emails}')\n"
    )
    made = adopt({"setup.py": call.encode()}, metadata=metadata.encode())
    (found,) = made.found
    assert found.finding.span is not None
    assert said == found.finding.message
    assert emails in call[found.finding.span.start : found.finding.span.end]
    assert made.comparison is not None
    if "@" not in emails:
        assert ["address"] == [each.harmless for each in made.comparison.found]


def test_an_address_is_marked_beside_a_name() -> None:
    """The place is that of the address, and not of the name in front of it."""
    made = setup_py("author='A', author_email='nobody'")
    (found,) = made.found
    assert found.finding.span is not None
    assert 58 == found.finding.span.column


def test_line_ends_of_windows() -> None:
    """A file with them is read, and the new one has no others."""
    text = '# top\n[tool.poetry]\nname = "spam"\nversion = "1"\ndescription = """a\nb"""\n[tool.x]\na = 1\n'
    made = pyproject(text.replace("\n", "\r\n"))
    assert made.text is not None
    assert made.text.count("\n") == made.text.count("\r\n") > 5
    assert made.text.replace("\r\n", "\n") == pyproject(text).text
    crlf = b"[metadata]\r\nname = spam\r\nversion = 1\r\n[options]\r\ninstall_requires =\r\n  a\r\n  b\r\n"
    assert {"dependencies": ["a", "b"]} == project(adopt({"setup.cfg": crlf}))


def test_tables_of_tools_are_joined_all_the_way_down() -> None:
    """Keys of both are there, the old file's over those of setup.cfg, and no comment is missed."""
    text = "[tool.setuptools]\nzip-safe = true\npackage-data = { a = ['x'] }\n"
    config = b"[metadata]\nname = spam\nversion = 1\n[options]\nzip_safe = false\n"
    config += b"[options.package_data]\na = y\nb = z\n"
    made = pyproject(text, **{"setup.cfg": config})
    assert {
        "zip-safe": True,
        "package-data": {"a": ["x"], "b": ["z"]},
        "include-package-data": False,
    } == data(made)["tool"]["setuptools"]
    assert [] == codes(made)


def test_a_program_that_changes_where_python_looks() -> None:
    """It may find its own project with a backend, too, and no more is said."""
    line = "import sys; sys.path.insert(0, '.'); import spam"
    files = {"setup.py": OWN.format(line), "spam/__init__.py": ""}
    made = adopt({path: text.encode() for path, text in files.items()})
    (found,) = [each.finding for each in made.found if "imports spam" in each.finding.message]
    assert "and changes sys.path; it may find it where a backend is named, too" in found.message
    assert "build-backend" not in data(made)["build-system"]


OWN = "from setuptools import setup\n{0}\nsetup(name='spam', version='1', cmdclass={{'a': A}})\n"


@pytest.mark.parametrize(
    "line", ["import spam.words", "from spam import A", "def f():\n    import os, helper"]
)
def test_a_program_that_imports_its_own_project(line: str) -> None:
    """It finds what is beside it only where no backend is named, so none is, and that is said."""
    files = {"setup.py": OWN.format(line).encode(), "spam/__init__.py": b"", "helper.py": b""}
    made = adopt(files)
    assert {"requires": ["setuptools>=77.0.1"]} == data(made)["build-system"]
    name = "helper" if "helper" in line else "spam"
    assert [
        f"setup.py imports {name} from beside it, which it finds only where no backend is named"
    ] == [each.finding.message for each in made.found if "imports" in each.finding.message]
    assert [2 if "def" not in line else 3] == [
        each.finding.span.line
        for each in made.found
        if each.finding.span and "imports" in each.finding.message
    ]


@pytest.mark.parametrize(
    ("line", "more"),
    [
        ("import os, setuptools", ""),
        ("from . import spam", ""),
        ("import setup", ""),
        ("import spam", "[build-system]\nrequires = []\nbuild-backend = 'setuptools.build_meta'\n"),
    ],
)
def test_a_program_that_imports_what_is_installed(line: str, more: str) -> None:
    """The backend is named where nothing beside setup.py is needed, and where it was named before."""
    files = {"setup.py": OWN.format(line), "spam/__init__.py": "", "pyproject.toml": more}
    made = adopt({path: text.encode() for path, text in files.items()})
    assert "setuptools.build_meta" == data(made)["build-system"]["build-backend"]


@pytest.mark.parametrize(
    ("more", "value", "told"),
    [
        ("zip_safe=True", '"""[a]\nb = c:d"""', 0),
        ("cmdclass=x", '"""[a]\nb = c:d"""', 1),
        ("cmdclass=x", "{'a': ['b = c:d']}", 0),
    ],
)
def test_entry_points_as_a_text_in_a_program_that_stays(more: str, value: str, told: int) -> None:
    """Setuptools reads it as a table where [project] is beside it, and fails, so it has to go."""
    made = setup_py(f"{more}, entry_points={value}")
    assert {"a": {"b": "c:d"}} == data(made)["project"]["entry-points"]
    said = [each.finding.message for each in made.found if "entry_points" in each.finding.message]
    assert told == len(said)


@pytest.mark.parametrize("file", ["setup.py", "setup.cfg"])
def test_namespace_packages_are_refused_in_the_new_file(file: str) -> None:
    """Setuptools ends a build that finds the key there, so it is said, and a setup.py stays."""
    made = (
        setup_py("namespace_packages=['zope']")
        if file == "setup.py"
        else setup_cfg("[metadata]\nname = a\nversion = 1\n[options]\nnamespace_packages = zope\n")
    )
    assert "namespace-packages" not in data(made)["tool"]["setuptools"]
    (found,) = made.found
    assert "adopt-program" == found.finding.code
    assert "namespace_packages (zope) is not carried over" in found.finding.message
    assert "setup.py" not in made.obsolete


def test_a_program_that_goes_may_import_anything() -> None:
    """A setup.py that says nothing more is deleted, so the backend is named."""
    files = {
        "setup.py": b"import spam\nfrom setuptools import setup\nsetup(name='spam', version='1')"
    }
    made = adopt({**files, "spam.py": b""})
    assert ("setup.py",) == made.obsolete
    assert "setuptools.build_meta" == data(made)["build-system"]["build-backend"]


CFG = """[metadata]
name = spam
version = {version}
Description-File = README.md
long_description = file: README.md, CHANGES.md
long_description_content_type = text/markdown
license_files =
    COPYING
    # a comment
    NOTICE
project_urls =
    Code = https://x.org/a=b
home-page = https://y.org

[options]
packages = {packages}
install_requires =
    a; \\
    python_version < '3'
    b[x, y]
python_requires = >=3.8
zip_safe = no
include_package_data = true
package_dir =
    =src

[options.extras_require]
Upper_Case = c

[options.entry_points]
console_scripts =
    s = t:u

[options.package_data]
* = *.txt, py.typed

[options.packages.find]
where = src
exclude =
    tests
    tests.*
"""


def test_a_setup_cfg() -> None:
    """Every form of value of setup.cfg lands where pyproject.toml has it, keys in their own case."""
    made = setup_cfg(CFG.format(version="attr: spam.__version__", packages="find:"))
    assert {
        "requires-python": ">=3.8",
        "license-files": ["COPYING", "NOTICE"],
        "dynamic": ["version", "readme"],
        "dependencies": ["a; python_version < '3'", "b[x, y]"],
        "optional-dependencies": {"Upper_Case": ["c"]},
        "urls": {"Homepage": "https://y.org", "Code": "https://x.org/a=b"},
        "scripts": {"s": "t:u"},
    } == project(made)
    assert {
        "dynamic": {
            "version": {"attr": "spam.__version__"},
            "readme": {"file": ["README.md", "CHANGES.md"], "content-type": "text/markdown"},
        },
        "package-dir": {"": "src"},
        "packages": {
            "find": {"where": ["src"], "exclude": ["tests", "tests.*"], "namespaces": False}
        },
        "package-data": {"*": ["*.txt", "py.typed"]},
        "include-package-data": True,
        "zip-safe": False,
    } == data(made)["tool"]["setuptools"]
    assert ("setup.cfg",) == made.obsolete


def test_a_setup_cfg_with_other_sections_stays() -> None:
    """The sections of other tools are none of ours, and find_namespace: looks for namespaces."""
    made = setup_cfg(
        CFG.format(version="file: VERSION", packages="find_namespace:") + "[flake8]\nx = 1\n"
    )
    assert ("setup.cfg: [metadata], [options]",) == made.obsolete
    tool = data(made)["tool"]["setuptools"]
    assert {"file": "VERSION"} == tool["dynamic"]["version"]
    assert tool["packages"]["find"]["namespaces"] is True


def test_setup_py_comes_first() -> None:
    """Where both say something, setuptools takes setup.py; an empty value there says nothing."""
    made = adopt(
        {
            "setup.py": b"setup(description='py', license='')",
            "setup.cfg": b"[metadata]\nname = spam\nversion = 1\ndescription = cfg\nlicense = MIT\n",
        }
    )
    assert {"description": "py", "license": "MIT"} == project(made)
    assert ("setup.py", "setup.cfg") == made.obsolete


POETRY = [
    ('description = "a"', {"description": "a"}),
    ('readme = "README.md"', {"readme": "README.md"}),
    ('readme = "README"', {"readme": {"file": "README", "content-type": "text/plain"}}),
    ('readme = ["a.md", "b.md"]', {"dynamic": ["readme"]}),
    ('authors = ["Ada Example <a@x.org>", "Zoe"]',
     {"authors": [{"name": "Ada Example", "email": "a@x.org"}, {"name": "Zoe"}]}),
    ('license = "MIT"', {"license": "MIT"}),
    ('homepage = "https://x.org"\nrepository = "https://y.org"\nurls = { Chat = "https://z.org" }',
     {"urls": {"Homepage": "https://x.org", "Repository": "https://y.org", "Chat": "https://z.org"}}),
    ('keywords = ["a", "b"]', {"keywords": ["a", "b"]}),
    ('[tool.poetry.dependencies]\npython = "^3.8"', {"requires-python": ">=3.8,<4.0"}),
    ('[tool.poetry.dependencies]\npython = "*"', {}),
    ('[tool.poetry.dependencies]\na = "^1.2"\nb = "*"\nc = { version = "~1.2", extras = ["x"] }',
     {"dependencies": ["a>=1.2,<2.0", "b", "c[x]>=1.2,<1.3"]}),
    ('[tool.poetry.dependencies]\na = [{ version = "1", python = "<3.8" }, { version = "2", markers = "os_name == \'nt\' or os_name == \'x\'", platform = "win32" }]',
     {"dependencies": ['a==1; python_version < "3.8"',
                       "a==2; (os_name == 'nt' or os_name == 'x') and sys_platform == 'win32'"]}),
    ('[tool.poetry.dependencies]\na = { git = "https://x.org/a.git", tag = "v1", subdirectory = "s" }\nb = { url = "https://x.org/b.whl", python = "^3.9" }\nc = { git = "git@x.org:a/c.git" }',
     {"dependencies": ["a @ git+https://x.org/a.git@v1#subdirectory=s",
                       'b @ https://x.org/b.whl ; python_version >= "3.9" and python_version < "4.0"',
                       "c @ git+ssh://git@x.org/a/c.git"]}),
    ('[tool.poetry.dependencies]\na = { version = "^1", optional = true }\n[tool.poetry.extras]\nx = ["A"]\ny = []',
     {"optional-dependencies": {"x": ["a>=1,<2"], "y": []}}),
    ('[tool.poetry.scripts]\na = "b:c"\nd = { callable = "e:f" }', {"scripts": {"a": "b:c", "d": "e:f"}}),
    ('[tool.poetry.plugins."x.y"]\na = "b:c"', {"entry-points": {"x.y": {"a": "b:c"}}}),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "expected"), POETRY)
def test_keys_of_poetry(lines: str, expected: dict[str, Any]) -> None:
    """Each key of [tool.poetry] lands in the key of [project] that means the same."""
    made = poetry(lines)
    assert expected == project(made)
    assert ["adopt-classifiers"] == codes(made)


def test_groups_of_poetry() -> None:
    """Groups are [dependency-groups], the old table of developers is dev, and optional stays Poetry's."""
    made = data(
        poetry(
            '[tool.poetry.dev-dependencies]\na = "^1"\n[tool.poetry.group.docs]\noptional = true\n'
            'include-groups = ["dev"]\n[tool.poetry.group.docs.dependencies]\nb = ">=2"\n'
            "[tool.poetry.group.empty]\n"
        )
    )
    assert {
        "dev": ["a>=1,<2"],
        "docs": ["b>=2", {"include-group": "dev"}],
        "empty": [],
    } == made["dependency-groups"]
    assert {"group": {"docs": {"optional": True}}} == made["tool"]["poetry"]


def test_what_is_for_poetry_alone_stays() -> None:
    """Packages and files are the backend's, and stay in its table."""
    made = poetry(
        'packages = [{ include = "spam", from = "src" }]\ninclude = ["a"]\nexclude = ["b"]'
    )
    assert {
        "packages": [{"include": "spam", "from": "src"}],
        "include": ["a"],
        "exclude": ["b"],
    } == data(made)["tool"]["poetry"]


def test_a_dependency_that_an_extra_of_poetry_names() -> None:
    """Poetry asks for it with the extra only, and so does the new table, which says so."""
    made = poetry(
        '[tool.poetry.dependencies]\na = "*"\nb = "^1"\nc = { version = "^1", optional = true }\n'
        '[tool.poetry.extras]\nx = ["b", "c"]\ny = ["B"]'
    )
    assert {
        "dependencies": ["a"],
        "optional-dependencies": {"x": ["b>=1,<2", "c>=1,<2"], "y": ["b>=1,<2"]},
    } == project(made)
    [finding] = [each.finding for each in made.found if each.finding.code == "adopt-extra"]
    assert "b is in an extra, so Poetry asks for it only with that" == finding.message


def test_an_optional_dependency_without_an_extra() -> None:
    """What the file means depends on the version that builds it."""
    made = poetry('[tool.poetry.dependencies]\na = { version = "^1", optional = true }')
    assert {} == project(made)
    [finding] = [each.finding for each in made.found if each.finding.code == "adopt-lost"]
    assert finding.message.endswith("poetry-core 2.5 asks for it nowhere, and 2.0 did always")


POETRY_LOST = [
    ('never-heard-of = "x"', "adopt-lost"),
    ('[tool.poetry.dependencies]\na = "^1 || ^3"', "adopt-constraint"),
    ('[tool.poetry.dependencies]\na = "what"', "adopt-constraint"),
    ('[tool.poetry.dependencies]\npython = "what"', "adopt-constraint"),
    ('[tool.poetry.dependencies]\na = { version = "1", python = "what" }', "adopt-constraint"),
    ('[tool.poetry.dependencies]\na = { path = "../a" }', "adopt-lost"),
    ('[tool.poetry.dependencies]\na = { version = "1", allow-prereleases = true }', "adopt-lost"),
    ("[tool.poetry.dependencies]\na = 1", "adopt-lost"),
    ('[tool.poetry.dependencies]\na = { version = "1", optional = true }', "adopt-lost"),
    ('[tool.poetry.extras]\nx = ["b"]', "adopt-lost"),
    ('[tool.poetry.dependencies]\nB_c = "1"\n[tool.poetry.extras]\nx = ["b-c"]', "adopt-extra"),
    ('[tool.poetry.scripts]\na = { callable = "b:c", extras = ["x"] }', "adopt-lost"),
    ('license = "what"', "adopt-license"),
]


@pytest.mark.parametrize(("lines", "code"), POETRY_LOST)
def test_what_poetry_says_that_has_no_place(lines: str, code: str) -> None:
    """Each is a finding at its line, with the way out."""
    made = poetry(lines)
    assert sorted(["adopt-classifiers", code]) == sorted(codes(made))
    (finding,) = [each.finding for each in made.found if each.finding.code == code]
    assert finding.span is not None
    assert finding.fix is not None
    assert made.text is not None


def test_classifiers_that_poetry_added() -> None:
    """Classifiers of an earlier build that the table has not are written out, but for licenses."""
    built = (
        b"Name: spam\nVersion: 1\nClassifier: Typing :: Typed\nClassifier: License :: OSI Approved :: MIT License\n"
        b"Classifier: Programming Language :: Python :: 3\n"
    )
    text = '[tool.poetry]\nname = "spam"\nversion = "1"\nlicense = "MIT"\nclassifiers = ["Typing :: Typed"]\n'
    made = pyproject(text, **{"PKG-INFO": built})
    assert ["Typing :: Typed", "Programming Language :: Python :: 3"] == project(made)[
        "classifiers"
    ]
    # A later Poetry would have added more, which the table cannot.
    assert ["adopt-classifiers"] == codes(made)
    assert "those of PKG-INFO stand in it" in made.found[0].finding.message
    assert made.comparison is not None
    assert made.comparison.same


FLIT = [
    ('author = "Ada"\nauthor-email = "a@x.org"', {"authors": [{"name": "Ada", "email": "a@x.org"}]}),
    ('description-file = "README.rst"', {"readme": "README.rst"}),
    ('requires-python = ">=3.8"', {"requires-python": ">=3.8"}),
    ('home-page = "https://x.org"', {"urls": {"Homepage": "https://x.org"}}),
    ('requires = ["a >= 1"]', {"dependencies": ["a >= 1"]}),
    ('dev-requires = ["a"]', {"optional-dependencies": {"dev": ["a"]}}),
    ('keywords = "a,b"', {"keywords": ["a", "b"]}),
    ('license = "MIT"', {"license": "MIT"}),
    ('classifiers = ["License :: OSI Approved :: MIT License", "Typing :: Typed"]',
     {"license": "MIT", "classifiers": ["Typing :: Typed"]}),
    ('[tool.flit.metadata.urls]\nCode = "https://x.org"', {"urls": {"Code": "https://x.org"}}),
    ('[tool.flit.metadata.requires-extra]\nx = ["a"]', {"optional-dependencies": {"x": ["a"]}}),
    ('[tool.flit.scripts]\na = "b:c"', {"scripts": {"a": "b:c"}}),
    ('[tool.flit.entrypoints."x.y"]\na = "b:c"', {"entry-points": {"x.y": {"a": "b:c"}}}),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "expected"), FLIT)
def test_keys_of_flit(lines: str, expected: dict[str, Any]) -> None:
    """Each key of [tool.flit.metadata] lands in [project]; the module gives version and description."""
    made = flit(lines)
    assert {"dynamic": ["version", "description"], **expected} == project(made)
    assert [] == codes(made)


def test_a_module_of_another_name() -> None:
    """Where the distribution is called otherwise, Flit is told of the module; its sdist table stays."""
    made = flit('dist-name = "py-spam"\n[tool.flit.sdist]\nexclude = ["a"]')
    assert "py-spam" == data(made)["project"]["name"]
    assert {"module": {"name": "spam"}, "sdist": {"exclude": ["a"]}} == data(made)["tool"]["flit"]


def test_entry_points_in_a_file_of_their_own() -> None:
    """Flit reads a file of entry points, which goes into the table; a missing one is said."""
    made = flit("", **{"entry_points.txt": b"[x]\na = b:c\n"})
    assert {"x": {"a": "b:c"}} == project(made)["entry-points"]
    assert ["adopt-lost"] == codes(flit('entry-points-file = "e.txt"'))


def test_a_module_without_docstring() -> None:
    """Without a docstring Flit has no description, and refuses."""
    assert ["adopt-computed"] == codes(flit("", **{"spam.py": b"x = 1"}))
    assert [] == codes(flit("", **{"src/spam/__init__.py": b"'''Spam.'''"}))
    assert [] == codes(flit("", **{"spam.py": b"((("}))
    assert ["adopt-lost"] == codes(flit('what = "x"'))


KEPT = """# on top
[build-system]
requires = ["poetry>=1", "cython"]
build-backend = "poetry.masonry.api"

# of poetry
[tool.poetry]
name = "spam"
version = '1'

# of black
[tool.black]
line-length = 88   # letters

[tool.poetry.dependencies]
a = "1"

[[tool.mypy.overrides]]
module = '''
[tool.poetry]'''
"""


def test_the_rest_of_the_file_stays_to_the_letter() -> None:
    """Tables of other tools, with their comments and blanks, are as they were."""
    made = pyproject(KEPT)
    assert made.text is not None
    kept = (
        KEPT[KEPT.index("# of black") : KEPT.index("[tool.poetry.dep")] + KEPT[KEPT.index("[[") :]
    )
    assert made.text.endswith(kept)
    assert made.text.startswith("# on top\n")
    assert "# of poetry" not in made.text
    system = data(made)["build-system"]
    assert {
        "requires": ["poetry-core>=2.2,<3", "cython"],
        "build-backend": "poetry.core.masonry.api",
    } == system


def test_no_key_of_the_table_is_lost() -> None:
    """Whatever a reader finds for a key of the table is written, in the table's order."""
    parsed = parse_toml("")
    assert not isinstance(parsed, Finding)
    gathered, sheet = Gathered(), Sheet(Source.of("pyproject.toml", ""), *parsed)
    gathered.data["project"] = dict.fromkeys(reversed(KEYS), "x")
    text = adopting._joined(gathered, sheet, ())
    assert list(KEYS) == list(tomllib.loads(text or "")["project"])


def test_a_file_that_cannot_be_cut() -> None:
    """Dotted keys and inline tables are not taken apart, and nothing is written."""
    made = pyproject('tool.poetry.name = "spam"\ntool.poetry.version = "1"\n')
    assert made.text is None
    assert "adopt-form" in codes(made)


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({}, "adopt-nothing"),
        ({"setup.cfg": b"[flake8]\n"}, "adopt-nothing"),
        ({"pyproject.toml": b"[project]\nname = 'a'\n", "setup.py": b"setup()"}, "adopt-already"),
        ({"pyproject.toml": b"x ="}, "metadata-toml"),
    ],
)
def test_what_cannot_be_taken_over(files: dict[str, bytes], code: str) -> None:
    """A project without an old form, with a new one, or without TOML gives no text."""
    made = adopt(files)
    assert made.text is None
    assert code in codes(made)


def test_groups_that_are_there_already() -> None:
    """[dependency-groups] of the file stays, and what is not added to it is said."""
    made = poetry('[tool.poetry.dev-dependencies]\na = "1"\n[dependency-groups]\nb = ["c"]')
    assert {"b": ["c"]} == data(made)["dependency-groups"]
    assert "adopt-lost" in codes(made)


def test_a_backend_of_the_project_itself() -> None:
    """A backend in the project's own folder goes on being called."""
    text = (
        "[build-system]\nrequires = ['setuptools']\nbuild-backend = 'own'\nbackend-path = ['.']\n"
    )
    made = pyproject(text, **{"setup.py": b"setup(name='a', version='1')"})
    assert {
        "requires": ["setuptools>=77.0.1"],
        "build-backend": "own",
        "backend-path": ["."],
    } == data(made)["build-system"]


_NAMES = st.sampled_from(
    ["setup.py", "setup.cfg", "pyproject.toml", "PKG-INFO", "a.egg-info/requires.txt", "README.md"]
)
_PIECES = st.lists(
    st.sampled_from(
        ["setup(", ")", "name=", "'a'", "[metadata]\n", "[options]\n", "name = ", "version = 1\n", "[tool.poetry]\n",
         "[tool.poetry.dependencies]\n", "[tool.flit.metadata]\n", "module = 'a'\n", "a = '^1'\n", "a.b = 1\n", "{", "}",
         "install_requires=", "extras_require={'a': ['b']}", "**x", ",", "\n", "[", "]", "=", "#", "'", '"""', "packages",
         "license = 'MIT'\n", "attr: a.b", "python = '~3 || ^4'\n", "Requires-Dist: a; extra == 'b'\n", "\\", "\0", "\r", "é",
         "keywords=", "classifiers=", "entry_points=", "long_description=", "[[tool.poetry]]\n", "group = 1\n",
         "pbr=True", "[files]\n", "description_file = a\n"]
    )
).map("".join)  # fmt: skip


@given(
    st.dictionaries(_NAMES, st.one_of(st.binary(max_size=80), _PIECES.map(str.encode)), max_size=4)
)
def test_no_bytes_raise(files: dict[str, bytes]) -> None:
    """Whatever is in the files, there is an answer, and a text that is TOML with a name or a finding."""
    made = adopt(files)
    if made.text is not None:
        table = tomllib.loads(made.text)["project"]
        assert "name" in table or "adopt-missing" in codes(made)
    else:
        assert made.found


@pytest.mark.parametrize(
    ("lines", "key", "expected"),
    [
        ("install_requires = a>=1; b", "dependencies", ["a>=1", "b"]),
        (
            "install_requires =\n    a; python_version<'3.9'",
            "dependencies",
            ["a; python_version<'3.9'"],
        ),
        ("[metadata]\nclassifiers = A :: B, C :: D", "classifiers", ["A :: B", "C :: D"]),
        ("[metadata]\nclassifiers =\n    A :: B, C", "classifiers", ["A :: B, C"]),
        (
            "[metadata]\nproject_urls =\n    X = https://x.org/a,b",
            "urls",
            {"X": "https://x.org/a,b"},
        ),
        ("[options.extras_require]\nx = a; b", "optional-dependencies", {"x": ["a", "b"]}),
        (
            "[options.extras_require]\nx =\n  a;os_name=='c'",
            "optional-dependencies",
            {"x": ["a;os_name=='c'"]},
        ),
    ],
)
def test_a_line_beside_its_key_is_split(lines: str, key: str, expected: object) -> None:
    """Setuptools splits a value that stands beside its key, and not one that begins below it."""
    made = setup_cfg(f"[metadata]\nname = spam\nversion = 1\n[options]\n{lines}\n")
    assert expected == project(made)[key]


_VALUES = st.recursive(
    st.one_of(st.text(max_size=6), st.integers(-3, 3), st.booleans(), st.none()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(
    st.sampled_from(
        [
            *(case[0].partition("=")[0] for case in (*SETUP, *TOOL, *LOST)),
            "use_scm_version",
            "version",
            "tests_require",
            "setup_requires",
        ]
    ),
    _VALUES,
)
def test_no_value_of_another_type_raises(keyword: str, value: object) -> None:
    """A keyword with a value of any type is taken or left, and the result is TOML."""
    made = adopt({"setup.py": f"setup(name='a', **{{{keyword!r}: {value!r}}})".encode()})
    assert made.text is None or tomllib.loads(made.text)["project"]["name"] == "a"


# -- whose metadata it is, and pbr ------------------------------------------------------


def test_metadata_of_other_projects_is_none_of_this_one() -> None:
    """Files of tests and of environments are not taken for what a build of this one said."""
    plugin = {
        "tests/data/ep/Plugin.egg-info/PKG-INFO": b"Name: Plugin\nVersion: 9\n",
        "tests/data/ep/Plugin.egg-info/entry_points.txt": b"[x]\nplugin = plugin:one\n",
        ".venv/lib/site/b-1.dist-info/METADATA": b"Name: b\nVersion: 1\n",
    }
    assert find_evidence(plugin) is None
    program = b"from setuptools import setup\nsetup(name='Spam.one', **more)\n"
    built = {
        "Plugin.egg-info/PKG-INFO": b"Name: Plugin\nVersion: 9\n",
        "Plugin.egg-info/requires.txt": b"eggs\n",
        "PKG-INFO": b"Name: spam-one\nVersion: 1\n",
        "src/Spam.one.egg-info/PKG-INFO": b"Name: spam-one\nVersion: 1\n",
        "src/Spam.one.egg-info/entry_points.txt": b"[console_scripts]\nspam = spam:main\n",
    }
    made = project(adopt({"setup.py": program, **plugin, **built}))
    assert {"spam": "spam:main"} == made["scripts"]
    assert {"scripts"} == made.keys() & {"scripts", "entry-points", "dependencies"}


PBR_PY = b"import setuptools\nsetuptools.setup(setup_requires=['pbr>=2.0.0', 'a'], pbr=True)\n"
PBR_CFG = b"""[metadata]
name = spam-ham
summary = One line.
description_file =
    README.rst
description_content_type = text/x-rst; charset=UTF-8
requires_python = >=3.8

[files]
packages =
    spam

[entry_points]
console_scripts =
    spam = spam:main

[extras]
test =
    a>=1:(python_version<'3.9')
    b
"""


def test_pbr() -> None:
    """What only pbr reads goes over, and what it works out is left to it."""
    files = {"setup.py": PBR_PY, "setup.cfg": PBR_CFG, "README.rst": b"x", "requirements.txt": b"c"}
    made = adopt(files)
    assert {
        "description": "One line.",
        "readme": "README.rst",
        "requires-python": ">=3.8",
        "scripts": {"spam": "spam:main"},
        "optional-dependencies": {"test": ["a>=1; (python_version<'3.9')", "b"]},
        "dynamic": ["version", "dependencies"],
    } == project(made)
    assert ("spam-ham", ()) == (data(made)["project"]["name"], made.obsolete)
    system = data(made)["build-system"]
    assert ("pbr.build", ["pbr>=6.1.1", "a"]) == (system["build-backend"], system["requires"][1:])
    assert {
        "include-package-data": True,
        "packages": {"find": {"include": ["spam", "spam.*"], "namespaces": False}},
    } == data(made)["tool"]["setuptools"]
    assert [("adopt-program", "setup.cfg"), ("adopt-program", "setup.py")] == [
        (each.finding.code, each.path) for each in made.found
    ]


def test_pbr_where_little_is_said() -> None:
    """The package has the project's name, and requirements stay where no file has them."""
    made = adopt(
        {
            "setup.py": b"from setuptools import setup\nsetup(pbr=True, install_requires=['a'])\n",
            "setup.cfg": b"[metadata]\nname = spam\nversion = 1\n",
        }
    )
    assert {"dependencies": ["a"]} == project(made)
    assert ["spam", "spam.*"] == data(made)["tool"]["setuptools"]["packages"]["find"]["include"]


def test_pbr_that_is_off() -> None:
    """It reads nothing then, and setup.cfg says nothing more."""
    made = adopt({"setup.py": b"setup(pbr=False, name='a', version='1')", "setup.cfg": PBR_CFG})
    assert "readme" not in project(made)
    assert ["setup.cfg: [metadata], [options]"] == [each for each in made.obsolete if "cfg" in each]


def test_what_only_pbr_reads_is_told_without_it() -> None:
    """No table has it, since setuptools reads none of it."""
    made = setup_cfg("[metadata]\nname=a\nversion=1\ndescription-file=R\nrequires-dist=b\n")
    assert (["adopt-lost"] * 2, {}) == (codes(made), project(made))


@pytest.mark.parametrize(
    ("classifier", "said"),
    [
        ("Apache Software License", "may be Apache-2.0 or Apache-1.1"),
        ("My Own License", "names no license of the SPDX list"),
    ],
)
def test_a_license_that_only_a_classifier_says(classifier: str, said: str) -> None:
    """What it may mean is said, where something is known."""
    made = setup_py(f"classifiers=['License :: OSI Approved :: {classifier}']")
    [finding] = [each.finding for each in made.found]
    assert finding.message.endswith(said)


@pytest.mark.parametrize(
    ("made", "names"),
    [
        (poetry('authors = ["Ada, PhD <a@x.org>", "Zoe"]'), {"Ada PhD": "a@x.org", "Zoe": ""}),
        (poetry('authors = ["Doe, Jane <j@x.org>"]'), {"Doe Jane": "j@x.org"}),
        (
            setup_py("author='Zoe', author_email='\"Ada, PhD\" <a@x.org>'"),
            {"Ada PhD": "a@x.org", "Zoe": ""},
        ),
    ],
)
def test_a_name_with_a_comma(made: Adopted, names: dict[str, str]) -> None:
    """It keeps its own address, nobody else gets that, and the comma that goes is told."""
    listed = project(made)["authors"]
    assert names == {each["name"]: each.get("email", "") for each in listed}
    assert 1 == codes(made).count("adopt-person")
    assert [] == [
        each
        for each in from_project_table(made.text or "").findings()
        if each.severity is Severity.ERROR
    ]


@pytest.mark.parametrize(
    "made",
    [
        setup_py("url='https://a.org', project_urls={'Homepage': 'https://b.org', 'Website': 'c'}"),
        poetry(
            'homepage = "https://a.org"\n[tool.poetry.urls]\n'
            'Homepage = "https://b.org"\nWebsite = "c"'
        ),
        flit(
            'home-page = "https://a.org"\n[tool.flit.metadata.urls]\n'
            'Homepage = "https://b.org"\nWebsite = "c"'
        ),
    ],
)
def test_two_addresses_of_one_label(made: Adopted) -> None:
    """Both stay links: the label that is written keeps its address, and the other gets another."""
    urls = {"Homepage": "https://b.org", "Website": "c", "Website 2": "https://a.org"}
    assert urls == project(made)["urls"]
    rows = {each.key: each.value for each in made.taken if each.key.startswith("project.urls")}
    assert {
        'project.urls."Website 2"': '"https://a.org"',
        "project.urls.Homepage": '"https://b.org"',
        "project.urls.Website": '"c"',
    } == rows


def test_the_same_address_twice() -> None:
    """It stands in the table once."""
    made = setup_py("url='https://a.org', project_urls={'Homepage': 'https://a.org'}")
    assert {"Homepage": "https://a.org"} == project(made)["urls"]


def test_a_version_of_git_that_is_worked_out() -> None:
    """The way out is the table of the plugin, and no build."""
    [finding] = setup_py("use_scm_version={'write_to': f()}").found
    assert finding.finding.fix is not None
    assert "[tool.setuptools_scm]" in finding.finding.fix.message


def test_platforms_that_are_worked_out() -> None:
    """They are those of the build."""
    program = b"from setuptools import setup\nsetup(name='spam', version='1', platforms=f())\n"
    built = b"Name: spam\nVersion: 1\nPlatform: Linux\nPlatform: UNKNOWN\n"
    made = adopt({"setup.py": program, "PKG-INFO": built})
    assert ["Linux"] == data(made)["tool"]["setuptools"]["platforms"]
    assert ["adopt-evidence"] == codes(made)
