"""Whole projects as they are adopted: the new table, and the line that each value is from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from trigpoint.projects.adopt import Adopted, adopt

POETRY = """\
[tool.poetry]
name = "Spam"
version = "1.2"
description = "Snow\\n  and ice."
license = "MIT"
authors = ["Ada Example <ada@x.example>", "Zoe"]
maintainers = ["Bea <bea@x.example>"]
readme = ["README.md", "MORE.md"]
homepage = "https://x.example"
repository = "https://x.example/code"
documentation = "https://x.example/docs"
keywords = ["snow, ice", "cold"]
classifiers = ["Typing :: Typed"]
packages = [{ include = "spam" }]
include = ["data"]
package-mode = false
strange = 1
[tool.poetry.urls]
Tracker = "https://x.example/bugs"
[tool.poetry.dependencies]
python = "^3.9"
a = "^1.2"
b = { version = ">=2", extras = ["x", "y"], markers = "os_name == 'nt'" }
c = { git = "git@x.example:c.git", tag = "v1", subdirectory = "sub" }
d = { url = "https://x.example/d.whl" }
e = { path = "../e" }
f = [{ version = "1", python = "<3.10" }, { version = "2", platform = "win32" }]
g = { version = "*", optional = true }
h = { version = "1 || 3", optional = true }
i = { version = "~1.4", allow-prereleases = true, source = "other" }
j = 1
[tool.poetry.extras]
all = ["g", "h"]
odd = ["missing", "a"]
[tool.poetry.scripts]
run = "spam:run"
ext = { callable = "spam:ext", extras = ["all"] }
file = { reference = "bin/x", type = "file" }
none = { type = "console" }
[tool.poetry.plugins."spam.plugins"]
one = "spam:one"
[tool.poetry.dev-dependencies]
pytest = "*"
[tool.poetry.group.docs]
optional = true
include-groups = ["dev"]
[tool.poetry.group.docs.dependencies]
sphinx = ">=7"
[build-system]
requires = ["poetry-core"]
build-backend = "poetry.core.masonry.api"
"""

FLIT = """\
[build-system]
requires = ["flit_core >=2,<4"]
build-backend = "flit_core.buildapi"
[tool.flit.metadata]
module = "spam.eggs"
dist-name = "spam"
author = "Ada"
author-email = "ada@x.example"
maintainer-email = "bea@x.example"
home-page = "https://x.example"
requires = ["a>=1", "b; os_name == 'nt'"]
dev-requires = ["pytest"]
requires-python = ">=3.9"
description-file = "README"
classifiers = ["License :: OSI Approved :: MIT License", "Typing :: Typed"]
keywords = "snow, ice"
license = "MIT"
strange = 1
entry-points-file = "gone.txt"
[tool.flit.metadata.urls]
Docs = "https://x.example/docs"
[tool.flit.metadata.requires-extra]
x = ["c"]
[tool.flit.scripts]
run = "spam.eggs:run"
[tool.flit.entrypoints."spam.plugins"]
one = "spam.eggs:one"
[tool.flit.sdist]
include = ["doc"]
[tool.flit.external-data]
directory = "data"
"""

BARE_FLIT = '[tool.flit.metadata]\nmodule = "spam"\nmaintainer = "Bea"\nlicense = "mine"\n'
POINTS = "[console_scripts]\nrun = spam:run\n"
SETUP_PY = """\
from setuptools import setup, find_packages
setup(
    name="spam",
    version="1",
    author="Ada",
    long_description=open("README.md").read(),
    packages=find_packages("src"),
    package_dir={"": "src"},
    install_requires=["a"],
)
"""
SETUP_CFG = "[metadata]\nname = spam\nversion = 1\n[options]\npackages = find:\n"

PROJECTS: Mapping[str, Mapping[str, str]] = {
    "Poetry": {"pyproject.toml": POETRY},
    "Poetry, of its name only": {"pyproject.toml": '[tool.poetry]\nname = "spam"\n'},
    "Flit": {"pyproject.toml": FLIT, "spam/eggs/__init__.py": "x = 1\n"},
    "Flit with a file of entry points": {
        "pyproject.toml": BARE_FLIT,
        "entry_points.txt": POINTS,
        "spam.py": '"""Spam."""\n',
    },
    "setup.py": {"setup.py": SETUP_PY, "README.md": "Words"},
    "setup.cfg": {"setup.cfg": SETUP_CFG},
    "both": {"setup.py": "from setuptools import setup\nsetup()\n", "setup.cfg": SETUP_CFG},
    "no TOML": {"pyproject.toml": "[tool.poetry"},
    "nothing": {},
    "a table already": {"pyproject.toml": '[project]\nname = "spam"\nversion = "1"\n'},
}


def told(made: Adopted) -> Iterator[str]:
    """Yield what *made* is, line by line."""
    yield f"form {made.form!r}, evidence {made.evidence!r}, obsolete {', '.join(made.obsolete)}"
    for each in made.taken:
        yield f"{each.path}:{each.line} -> {each.key} = {each.value}"
    for found in made.found:
        one = found.finding
        line = one.span.line if one.span else "-"
        yield f"{found.path}:{line} {one.code}: {one.message} ({one.fix.message if one.fix else ''})"
    yield from (f"| {line}".rstrip() for line in (made.text or "").splitlines())


def test_whole_projects(record: Callable[[str, list[str]], None]) -> None:
    """Each becomes the table that is recorded, and each value is from the recorded line."""
    lines: list[str] = []
    for name, files in PROJECTS.items():
        made = adopt({path: text.encode() for path, text in files.items()})
        lines += [f"== {name}", *told(made)]
    record("whole.txt", lines)
