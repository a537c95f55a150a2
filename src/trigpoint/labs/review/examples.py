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

_PLUGGY = """\
[build-system]
requires = [
  "setuptools>=65.0",
  "setuptools-scm[toml]>=8.0",
]
build-backend = "setuptools.build_meta"

[project]
name = "pluggy"
license = {text = "MIT"}
description = "plugin and hook calling mechanisms for python"
requires-python = ">=3.10"

dynamic = ["version"]

[dependency-groups]
dev = ["pre-commit"]
testing = ["pytest>=8", "pytest-benchmark", "coverage"]
"""
_PLUGGY_DEPLOY = """\
.github/workflows/deploy.yml
    name: deploy

    on:
      push:
        tags:
          - "*"

    # Set permissions at the job level.
    permissions: {}

    jobs:
      package:
        name: Build & inspect our package.
        runs-on: ubuntu-latest
        permissions:
          id-token: write
          attestations: write
        steps:
          - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
            with:
              fetch-depth: 0
              persist-credentials: false
          - uses: hynek/build-and-inspect-python-package@2abe76da66d0a6a4a227101f9348ee855797cfa5 # v3.0.1
            with:
              attest-build-provenance-github: 'true'

      deploy:
        needs: [package]
        if: github.event_name == 'push' && startsWith(github.event.ref, 'refs/tags') && github.repository == 'pytest-dev/pluggy'
        runs-on: ubuntu-latest
        permissions:
          id-token: write
        steps:
          - name: Download built packages from the check-package job.
            uses: actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c # v8.0.1
            with:
              name: Packages
              path: dist
          - name: Publish package
            uses: pypa/gh-action-pypi-publish@dc37677b2e1c63e2034f94d8a5b11f265b73ba33 # v1.14.2
            with:
              attestations: true
"""
_SNIFFIO = """\
[build-system]
requires = [
    "setuptools >= 64",
    "setuptools_scm >= 6.4"
]
build-backend = "setuptools.build_meta"

[project]
name = "sniffio"
description = "Sniff out which async library your code is running under"
license = {text = "MIT OR Apache-2.0"}
requires-python = ">= 3.7"
dynamic = ["version"]

[tool.setuptools.dynamic]
version = {attr = "sniffio._version.__version__"}
"""
_SNIFFIO_CI = """\
.github/workflows/ci.yml
    name: CI

    on: [push, pull_request]

    jobs:
      Windows:
        name: 'Windows (${{ matrix.python }})'
        runs-on: 'windows-latest'
        strategy:
          fail-fast: false
          matrix:
            python: ['3.7', '3.8', '3.9', '3.10', '3.11', '3.12']

        steps:
          - name: Checkout
            uses: actions/checkout@v4
          - name: Setup python
            uses: actions/setup-python@v4
            with:
              python-version: ${{ matrix.python }}
              allow-prereleases: true
              cache: pip
              cache-dependency-path: test-requirements.txt
          - name: Run tests
            run: ./ci.sh
            shell: bash
            env:
              # Should match 'name:' up above
              JOB_NAME: 'Windows (${{ matrix.python }})'
"""
_INICONFIG = """\
[build-system]
build-backend = "setuptools.build_meta"
requires = [
  "setuptools>=77",
  "setuptools-scm>=8",
]

[project]
name = "iniconfig"
description = "brain-dead simple config-ini parsing"
license = "MIT"
requires-python = ">=3.10"
dynamic = [ "version" ]
"""
_INICONFIG_PUBLISH = """\
.github/workflows/test.yml
    name: test

    on: [push, pull_request, workflow_dispatch]

    jobs:
      publish-to-pypi:
        name: Publish to PyPI
        if: github.event_name == 'push' && startsWith(github.ref, 'refs/tags/')
        needs: [test, build-and-inspect, create-release]
        runs-on: ubuntu-latest
        environment: pypi-upload
        permissions:
          id-token: write

        steps:
          - name: Download built packages
            uses: actions/download-artifact@v4
            with:
              name: Packages
              path: dist

          - name: Publish package to PyPI
            uses: pypa/gh-action-pypi-publish@release/v1
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
    Example(
        "Publishing that nobody has to agree to",
        "pluggy 1.7.0, shortened",
        {"text": _PLUGGY, "files": _PLUGGY_DEPLOY},
    ),
    Example(
        "A workflow with whatever permissions there are",
        "sniffio 1.3.1, shortened",
        {"text": _SNIFFIO, "files": _SNIFFIO_CI},
    ),
    Example(
        "Published by what a branch is that day",
        "iniconfig 2.3.1, shortened",
        {"text": _INICONFIG, "files": _INICONFIG_PUBLISH},
    ),
)
"""Ready-made questions; the workflows of packages are theirs, of other files what matters."""
