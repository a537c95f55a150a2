"""Small projects with the mistakes that real ones have had."""

from __future__ import annotations

from trigpoint.labs.base import Example

__all__ = ["EXAMPLES"]

_TABLE = (
    '[build-system]\nrequires = ["hatchling>=1.27"]\nbuild-backend = "hatchling.build"\n\n'
    '[project]\nname = "spam"\nversion = "1.0"\nrequires-python = ">=3.10"\n'
)
_CI = """\
.github/workflows/ci.yml
    name: CI
    on: push
    jobs:
      test:
        runs-on: ubuntu-latest
        strategy:
          matrix:
            python-version: [3.10, "3.13"]
        steps:
          - uses: actions/checkout@main
          - uses: actions/setup-python@v6
            with:
              python-version: ${{ matrix.python-version }}
          - run: pip install -e .[tests]
          - run: pytest
"""

_CD = """\
.github/workflows/cd.yml
    name: CD
    on:
      release:
        types: [published]
    jobs:
      publish:
        runs-on: ubuntu-latest
        permissions:
          contents: read
        steps:
          - uses: actions/checkout@v6
          - run: pipx run build
          - uses: pypa/gh-action-pypi-publish@release/v1
"""

EXAMPLES = (
    Example(
        "An extra that is called otherwise",
        "made by hand",
        {
            "text": f'{_TABLE}\n[project.optional-dependencies]\ntest = ["pytest"]\n',
            "files": _CI,
        },
    ),
    Example(
        "Trusted Publishing that fails",
        "made by hand",
        {
            "text": _TABLE.replace('version = "1.0"', 'dynamic = ["version"]').replace(
                '"hatchling>=1.27"', '"hatchling>=1.27", "hatch-vcs"'
            )
            + '\n[tool.hatch.version]\nsource = "vcs"\n',
            "files": _CD,
        },
    ),
    Example(
        "A license that an old backend does not know",
        "made by hand",
        {
            "text": '[build-system]\nrequires = ["setuptools>=61"]\n'
            'build-backend = "setuptools.build_meta"\n\n[project]\nname = "spam"\n'
            'version = "1.0"\nlicense = "MIT"\nrequires-python = ">=3.10"\nclassifiers = [\n'
            '  "Programming Language :: Python :: 3.9",\n  "Typing :: Typed",\n]\n',
            "files": "src/spam/__init__.py\n",
        },
    ),
)
"""Ready-made questions."""
