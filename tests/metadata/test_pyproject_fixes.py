"""A fix of a pyproject.toml that a button carries out does what it says, and nothing else."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.catalogue import RULES
from trigpoint.findings import Finding, Severity, apply_fix
from trigpoint.metadata import read_pyproject

HEAD = '[project]\nname = "spam"\nversion = "1"\n'

KEYS = (
    # names of other tools
    "install_requires = ['a', 'b>=1']",
    "install_requires = ['a>>1']",
    "install_requires = 'a'",
    "Requires-Dist = ['a']",
    "extras_require = { dev = ['a'] }",
    "extras_require = { dev = ['a'], Dev = ['b'] }",
    "extras_require.dev = ['a']\nextras_require.doc = ['b']",
    "python_requires = '>=3.8'",
    "python_requires = '^3.8'",
    "Requires_Python = '>=3.8'",
    "python = '>=3.8'",
    "author = 'Jane'",
    "author = 'Doe, Jane'",
    "author_email = 'j@x.org'",
    "author_email = 'nobody'",
    'maintainer = "it\'s me"',
    "maintainer-email = 'm@x.org'",
    "homepage = 'https://x.org'",
    "home_page = 'https://x.org'",
    "Home-page = 'nowhere'",
    "repository = 'https://x.org'",
    "documentation = 'https://x.org'",
    "download_url = 'https://x.org'",
    "project_urls = { Docs = 'https://x.org' }",
    "summary = 'text'",
    "license_expression = 'MIT'",
    "license-expression = 'Apache 2.0'",
    "licence = 'MIT'",
    "classifier = ['A :: B']",
    "keyword = ['a']",
    "keyword = 'a'",
    "keyword = ['a,b']",
    "dynamic = ['requires-python']\npython_requires = '>=3.8'",
    "packages = ['x']",
    "tests_require = ['pytest']",
    "colour = 1",
    # other types
    "dependencies = 'requests'",
    "dependencies = 'requests>>1'",
    "dependencies = { requests = '^2', flask = '*', python = '^3.8', six = '1.0' }",
    "description = ['text']",
    "description = ['a', 'b']",
    "description = 1",
    "description = []",
    "requires-python = 3.11",
    "requires-python = ['>=3.11']",
    "classifiers = 'A :: B'",
    "keywords = 'a, b'",
    "keywords = 'a b'",
    "keywords = 'a'",
    "keywords = ', ,'",
    "keywords = ['a', 1]",
    "license = ['MIT']",
    "license = ['Apache 2.0']",
    "license = ['MIT', 'ISC']",
    "license-files = 'LICENSE'",
    "license-files = '../LICENSE'",
    "license-files = { paths = ['LICENSE'] }",
    "license-files = { globs = ['LICENSE*'] }",
    "license-files = { globs = ['/LICENSE*'] }",
    "urls = 'https://x.org'",
    "urls = 'x.org'",
    "authors = 'Jane <j@x.org>'",
    "authors = '\"Doe, Jane\" <j@x.org>'",
    "authors = 'Jane'",
    "authors = ['Jane <j@x.org>', 'Joe']",
    "authors = { name = 'Jane' }",
    "authors = { nick = 'Jane' }",
    "readme = ['README.md']",
    # values
    "authors = [{ name = 'Jane', email = '' }]",
    "authors = [{ email = '', name = 'Jane' }]",
    "authors = [\n  { name = 'Jane', email = '' },\n]",
    "authors = [{ name = '', email = 'j@x.org' }]",
    "authors = [{ name = '', email = '' }]",
    "authors = [{ email = 'j@x.org' }]\nmaintainers = [{ email = 'j@x.org' }]",
    "license = 'Apache 2.0'",
    "license = 'BSD'",
    "license = 'GPLv3'",
    "license = 'MIT License'",
    "license = 'mit'",
    'license = """mit"""',
    "license = 'MIT'\nclassifiers = ['A :: B', 'License :: OSI Approved :: MIT License', 'C :: D']",
    "license = 'MIT'\nclassifiers = [\n  'A :: B',\n  'License :: OSI Approved',  # why\n]",
    "license = 'MIT'\nclassifiers = ['License :: OSI Approved']",
    "license-files = ['/LICENSE']",
    "license-files = ['//LICENSE']",
    "license-files = ['a\\b', \"a\\\\b\"]",
    "license-files = ['LICEN{C,S}E', '[!a]', '***', '']",
    "requires-python = '^3.11'",
    "requires-python = '~=3'",
    "requires-python = '>=3.'",
    "requires-python = '!=3.3*'",
    "requires-python = '3.9.16'",
    "requires-python = '>=3.8; os_name == \"nt\"'",
    "requires-python = '>=3.8#; os_name == \"nt\"'",
    "requires-python = '3.9.16 ; os_name == \"nt\"'",
    "requires-python = '>=3.8 <4'",
    "dependencies = ['numpy^1.2', 'foo==1.x', 'bar>=1.0,']",
    "dependencies = ['foo>>1', 'a b', 'x[y']",
    "dependencies = ['a', 'a', 'b']",
    "dependencies = ['a', 'b', 'a']",
    "dependencies = [\n  'a',\n  'a'\n]",
    "dependencies = [\n  'a', # one\n  # two\n  'a'\n]",
    "dependencies = [\"a; os_name=='nt' && python_version>'3'\"]",
    "dependencies = ['a; os_name==nt']",
    "dependencies = [\"a; os_name=='nt'\", \"b; 'nt' = os_name\"]",
    "dependencies = ['a[]', 'b (>=1)', 'c @ https://x.org/c;os_name==\"nt\"']",
    "dependencies = ['foo ; extra == \"x\"']",
    "dependencies = ['foo ; extra == \"x\"', 'bar']",
    "dependencies = [\n  'foo ; extra == \"X_y\"',\n  'bar',\n]  # all\ndescription = 'a'",
    "dependencies = ['foo ; extra == \"x\"', 'bar; extra == \"x\"']",
    'dependencies = [\'foo ; extra == "x" and os_name == "nt"\']',
    "dependencies = ['foo ; extra == \"x\"']\noptional-dependencies = { y = ['bar'] }",
    "optional-dependencies = { x = ['foo; extra == \"y\"'], -x = ['a'] }",
    "optional-dependencies = { x = 'foo', a_b = [], a-b = [] }",
    "urls = { Docs = 'example.org', Other = 'nowhere at all', docs = 'https://x.org' }",
    "scripts = { a = 'not a thing', b = 'c' }",
    "entry-points = { console_scripts = { a = 'b:c' } }",
    "import-names = ['a.b', 'c; privat', 'c; privat']",
    "import-namespaces = ['a.b']",
    "dynamic = ['version', 'version', 'colour', 'name', 'readme']",
    "dynamic = ['dependencies']\ndependencies = 'a'",
    "dynamic = ['urls']\nhomepage = 'https://x.org'",
    "readme = 'README'",
    "readme = { file = 'a', text = 'b', colour = 'c' }",
    "license = { file = 'LICENSE' }",
    "license = {}",
    "default-optional-dependency-keys = ['x']",
    "description = 'a\\u000ab'",
    "description = ''",
    'description = "a\\nb"',
    "import-names = ['a']\nimport-namespaces = ['a']",
    "readme = { text = 'a', content-type = 'text/x' }",
)

TABLES = (
    "[project.urls]\nHomepage = 'https://x.org'\ndependencies = [\n  'a',\n]\n",
    "[project.urls]\nHomepage = 'https://x.org'\ndependencies = ['a>>1']",
    "[project.urls]\nrequires-python = '>=3.8'  # why\nDocs = 'https://x.org'\n",
    "\n# links\n[project.urls]\nreadme = 'README.md'\n",
    "[project.scripts]\na = 'b:c'\ndependencies = ['a']\n",
    "[project.entry-points.group]\na = 'b:c'\ndependencies = ['a']\n",
    "[project.entry-points]\ndependencies = ['a']\n",
    "[project.optional-dependencies]\nx = ['a']\nrequires-python = '>=3.8'\n",
    "[project.readme]\nfile = 'README.md'\ncontent-type = 'text/markdown'\ndependencies = ['a']\n",
    "[project.license]\ntext = 'MIT'\ndescription = 'text'\n",
    "[project.authors]\nname = 'Jane'\n",
    "[project.authors]\nnick = 'Jane'\n",
    "[[project.authors]]\nname = 'Jane'\nemail = ''\n",
    "[project.extras_require]\ndev = ['a']\n",
    "[project.extras_require.dev]\n",
    "[project.dependency-groups]\ndev = ['a']\n",
    "[build-system]\nrequires = ['hatchling>>1']\nbuild-backend = 'hatchling'\n",
    "[build-system]\nrequires = 'setuptools'\nbuild-backend = 'setuptools'\nbackend_path = ['.']\n",
    "[build-system]\nbuild-backend = 'a b'\nbackend-path = ['../x', '/y', 'z']\n",
    "[build-system]\nrequires = ['flit']\nbuild-backend = 'flit_core.buildapi'\n",
    "[build-system]\nrequires = ['wheel']\n",
    "[build-system]\nrequires = [1]\nbuild-backend = 1\n",
    "[dependency-groups]\na = [{ include-group = 'a' }, 'b']\n",
    "[dependency-groups]\na = ['b', { include-group = 'a' }]\n",
    "[dependency-groups]\na = [\n  'b',\n  { include-group = 'A' }, # why\n]\n",
    "[dependency-groups]\na = [{ include-group = 'b' }]\nb = [{ include-group = 'a' }]\n",
    "[dependency-groups]\n-a = ['b=>1']\nb_c = []\nb-c = []\nd = 'e'\nf = [1, {}, ['a']]\n",
    "[dependency-groups]\na = [{ include_group = 'b' }, { include-group = 'c' }, { path = '.' }]\n",
    "[dependency-groups]\na = [{ include-group = 1 }, { include-group = 'a', x = 1 }]\n",
    "[dependency-groups]\na = ['b; os_name==nt', \"c; os_name == 'nt' && extra == 'A B'\"]\n",
    "[dependency-groups]\na = ['b[C_d]', \"c=>1; os_name = 'nt'\"]\n",
    "dependency-groups = 1\n",
    "[dependency_groups]\na = ['b']\n",
    "[tool.uv]\nconstraint-dependencies = ['a=>1', 'b']\nsources = {}\n",
    "[tool.pdm.dev-dependencies]\ntest = ['a=>1', '-e file:///x']\n",
)

WHOLE = (
    "",
    "a = ",
    "[tool.ruff]\n",
    "project = 1\n",
    "\ufeff[project]\nname = 'x'\nversion = '1'\n",
    "name = 'spam'\n",
    "[project.urls]\ndependencies = ['a']\n[project]\nname = 'x'\nversion = '1'",
    "[project.urls]\ndependencies = ['a']\n\n[project]\nname = 'x'\nversion = '1'\n[tool.x]\n",
    "project.name = 'x'\nproject.version = '1'\nproject.urls.dependencies = ['a']\n",
    "project.install_requires = ['a']\nproject.name = 'x'\nproject.version = '1'\n",
    (
        "[project]\r\nname = 'x'\r\nversion = '1'\r\ndependencies = ['a', 'a']\r\n"
        "[project.urls]\r\ndescription = 'text'\r\n"
    ),
    "[project]\nname = 'x'\nversion = 1.0\n",
    "[project]\nname = ['x']\nversion = '01.x'\n",
    "[project]\nname = 'x!'\nversion = ''\n",
    "[project]\nversion = '1'\n",
    "[project]\nname = 'x'\ndynamic = ['version']\n",
    "[dependency-groups]\n"
    + "".join(
        f"g{i} = [{{ include-group = 'g{i + 1}' }}, {{ include-group = 'g{i + 1}' }}]\n"
        for i in range(20)
    )
    + "g20 = ['x']\n",
)

TEXTS = (*(HEAD + each + "\n" for each in KEYS), *(HEAD + each for each in TABLES), *WHOLE)


def key_of(finding: Finding) -> tuple[str, str]:
    """Return what tells findings apart; lines move when others are taken out."""
    return finding.code, re.sub(r"in line [0-9]+", "in line", finding.message)


def told(text: str) -> Counter[tuple[str, str]]:
    return Counter(map(key_of, read_pyproject(text).findings()))


def errors(text: str) -> Counter[tuple[str, str]]:
    found = read_pyproject(text).findings()
    return Counter(key_of(each) for each in found if each.severity is Severity.ERROR)


def leaves(value: Any, path: tuple[object, ...] = ()) -> Iterator[tuple[tuple[object, ...], Any]]:
    """Yield every value of *value* that is no table or array, with its keys; positions are none."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item, (*path, "[]"))
    else:
        yield path, value


def difference(before: str, after: str) -> int:
    """Return how many values are there before or after only."""
    old = Counter(map(repr, leaves(tomllib.loads(before.removeprefix("\ufeff")))))
    new = Counter(map(repr, leaves(tomllib.loads(after))))
    return max((old - new).total(), (new - old).total())


def check(text: str) -> set[str]:
    """Carry out each fix of *text*, and return the codes that had one."""
    mended = set()
    before, wrong = told(text), errors(text)
    for finding in read_pyproject(text).findings():
        fix = finding.fix
        if fix is None or fix.replacement is None:
            continue
        after = apply_fix(text, fix)
        key = key_of(finding)
        assert told(after)[key] < before[key], (finding, after)
        assert not errors(after) - wrong, (finding, after)
        most = MOST.get(finding.code, 1)
        assert difference(text, after) <= most, (finding, after)
        mended.add(finding.code)
    return mended


MOST = {
    "metadata-project-key": 3,
    "metadata-project-misplaced": 3,
    "metadata-project-type": 4,
}
"""Values that a fix may take elsewhere at once; any other changes one."""


@pytest.mark.parametrize("text", TEXTS)
def test_a_fix_removes_its_finding_and_brings_no_error(text: str) -> None:
    """Each finding with a button is gone after it, nothing new is wrong, and the rest is left."""
    check(text)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(KEYS), max_size=4, unique=True),
    st.lists(st.sampled_from(TABLES), max_size=2, unique=True),
)
def test_fixes_are_good_in_company(keys: list[str], tables: list[str]) -> None:
    """What else is in the file does not make a fix do harm."""
    text = HEAD + "".join(f"{key}\n" for key in keys) + "\n".join(tables)
    check(text)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(TEXTS), st.data())
def test_no_text_raises(text: str, data: st.DataObject) -> None:
    """A file that somebody is still typing has findings, in places of the text."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 20)))
    typed = (
        text[:start] + data.draw(st.sampled_from(["", "[", "'", "1", "= {}", "\n"])) + text[end:]
    )
    for finding in read_pyproject(typed).findings():
        assert finding.span is None or finding.span.end <= len(typed)


def test_every_code_is_among_the_texts() -> None:
    """Each code about this file is reported of some text, so that its fixes are tried."""
    reported = {code for text in TEXTS for code, _ in told(text)}
    about = {code for code in RULES if code.startswith(("pyproject-", "metadata-project-"))}
    # Said where only [project] is read, and of the field Project-URL in METADATA.
    elsewhere = {"metadata-project-missing", "metadata-project-url"}
    assert set() == about - reported - elsewhere


def test_these_codes_have_a_button() -> None:
    """What is mended by a button stays so."""
    assert {
        "metadata-extra-undeclared",
        "metadata-license-classifier",
        "metadata-license-expression",
        "metadata-license-spelling",
        "metadata-project-key",
        "metadata-project-license-files",
        "metadata-project-misplaced",
        "metadata-project-person",
        "metadata-project-type",
        "metadata-repeated",
        "metadata-requirement",
        "metadata-requires-python",
        "pyproject-build-backend",
        "pyproject-group-cycle",
        "requirement-syntax",
    } <= {code for text in TEXTS for code in check(text)}
