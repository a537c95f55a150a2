"""One small package with a data file, by five backends; real ones; and projects that are refused."""

from __future__ import annotations

from trigpoint.labs.base import Example

__all__ = ["EXAMPLES"]

_BY_HAND = "made by hand"
_PROJECT = """\
[project]
name = "spam"
version = "1.0"
description = "Eggs, with words"
readme = "README.md"
requires-python = ">=3.11"

[project.scripts]
spam = "spam:main"
"""
_FILES = """\
README.md
    # Spam
src/spam/__init__.py
    from importlib.resources import files

    def main() -> None:
        print(files("spam").joinpath("data/words.txt").read_text())
src/spam/data/words.txt
    eggs
tests/test_spam.py
    def test_spam() -> None:
        assert True
"""


def _build(requires: str, backend: str, project: str = _PROJECT) -> str:
    asked = ", ".join(f'"{each}"' for each in requires.split(", "))
    return f'[build-system]\nrequires = [{asked}]\nbuild-backend = "{backend}"\n\n{project}'


def _example(label: str, text: str, files: str = _FILES, **fields: str) -> Example:
    return Example(label, _BY_HAND, {"text": text, "files": files, **fields})


_MDURL = """\
[build-system]
requires = ["flit_core>=3.2.0,<4"]
build-backend = "flit_core.buildapi"

[project]
name = "mdurl"
version = "0.1.2"
description = "Markdown URL utilities"
license = { file = "LICENSE" }
requires-python = ">=3.7"
readme = "README.md"
"""
_MDURL_FILES = """\
LICENSE
README.md
src/mdurl/__init__.py
src/mdurl/_decode.py
src/mdurl/_encode.py
src/mdurl/_format.py
src/mdurl/_parse.py
src/mdurl/_url.py
src/mdurl/py.typed
tests/test_parse.py
"""
_REQUESTS = """\
[build-system]
requires = ["setuptools>=61.0"]
build-backend = "setuptools.build_meta"

[project]
name = "requests"
description = "Python HTTP for Humans."
readme = "README.md"
requires-python = ">=3.10"
dependencies = [
    "charset_normalizer>=2,<4",
    "idna>=2.5,<4",
    "urllib3>=1.26,<3",
    "certifi>=2023.5.7"
]
dynamic = ["version"]

[project.optional-dependencies]
socks = ["PySocks>=1.5.6, !=1.5.7"]

[tool.setuptools]
license-files = ["LICENSE", "NOTICE"]

[tool.setuptools.dynamic]
version = {attr = "requests.__version__.__version__"}

[tool.setuptools.packages.find]
where = ["src"]
"""
_REQUESTS_FILES = """\
HISTORY.md
LICENSE
NOTICE
README.md
src/requests/__init__.py
src/requests/__version__.py
    __version__ = "2.34.2"
src/requests/api.py
src/requests/models.py
src/requests/py.typed
src/requests/sessions.py
tests/test_requests.py
"""
_HATCH_VCS = """\
[build-system]
requires = ["hatchling>=1.1.0"]
build-backend = "hatchling.build"

[project]
name = "hatch-vcs"
dynamic = ["version"]
description = 'Hatch plugin for versioning with your preferred VCS'
readme = "README.md"
license = "MIT"
requires-python = ">=3.9"
dependencies = [
  "hatchling>=1.1.0",
  "setuptools-scm>=8.2.0",
]

[project.entry-points.hatch]
vcs = "hatch_vcs.hooks"

[tool.hatch.version]
path = "hatch_vcs/__about__.py"
"""
_HATCH_VCS_FILES = """\
.gitignore
HISTORY.md
LICENSE.txt
README.md
hatch_vcs/__about__.py
    __version__ = '0.5.0'
hatch_vcs/__init__.py
hatch_vcs/build_hook.py
hatch_vcs/hooks.py
hatch_vcs/metadata_hook.py
hatch_vcs/vcs_utils.py
hatch_vcs/version_source.py
tests/test_build.py
tests/utils.py
"""

_FROM_GIT = _PROJECT.replace('version = "1.0"', 'dynamic = ["version"]')
EXAMPLES = (
    _example("setuptools, and a data file", _build("setuptools>=77", "setuptools.build_meta")),
    Example(
        "What of a project lands in the wheel",
        "hatch-vcs 0.5.0, most files empty",
        {"text": _HATCH_VCS, "files": _HATCH_VCS_FILES},
    ),
    Example(
        "An older backend is asked for",
        "mdurl 0.1.2, its files empty",
        {"text": _MDURL, "files": _MDURL_FILES},
    ),
    Example(
        "A version that the backend reads from a module",
        "requests 2.34.2, most files empty",
        {"text": _REQUESTS, "files": _REQUESTS_FILES},
    ),
    _example("hatchling", _build("hatchling>=1.27", "hatchling.build")),
    _example("flit-core", _build("flit_core>=3.12,<5", "flit_core.buildapi")),
    _example("poetry-core", _build("poetry-core>=2.2", "poetry.core.masonry.api")),
    _example("pdm-backend", _build("pdm-backend>=2.4", "pdm.backend")),
    _example(
        "setuptools beside hatchling",
        _build("setuptools>=77", "setuptools.build_meta"),
        other="hatchling",
    ),
    _example(
        "A version that git gives",
        _build("hatchling, hatch-vcs", "hatchling.build", _FROM_GIT)
        + '\n[tool.hatch.version]\nsource = "vcs"\n',
        version="1.2.3",
    ),
    _example(
        "An optional C extension",
        _build("setuptools>=77", "setuptools.build_meta"),
        _FILES
        + "setup.py\n    from setuptools import Extension, setup\n\n"
        + '    setup(ext_modules=[Extension("spam._fast", ["src/fast.c"], optional=True)])\n'
        + "src/fast.c\n    int fast;\n",
    ),
    _example(
        "A floor that is too low to be served", _build("flit_core>=2,<3", "flit_core.buildapi")
    ),
)
"""Requests: each builds in the page, or says why it does not."""
