"""Writing a builder of one's own: ``python -m trigpoint.extensions.scaffold NAME``.

What is written works as it stands: a distribution with one builder, its entry point, and a
test that builds with it.
"""

from __future__ import annotations

import keyword
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from trigpoint.extensions.protocol import GROUP

__all__ = ["MOST_LETTERS", "files", "main"]

_NAME: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")

MOST_LETTERS: Final = 60
"""Letters of the name of a builder, which files are called by."""

_PYPROJECT: Final = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "{name}-builder"
version = "0.1"
description = "Builds extensions with {name}."
requires-python = ">=3.11"
dependencies = ["trigpoint"]

[project.entry-points."{group}"]
{name} = "{module}:{kind}"

[tool.hatch.build.targets.wheel]
sources = ["src"]
only-include = ["src/{module}.py"]
"""

_MODULE: Final = '''\
"""The builder ``{name}`` of ``[[tool.trigpoint.extensions]]`` tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from trigpoint.extensions import BuildRequest, BuildResult, Output, Settings, Tag, Target

__all__ = ["{kind}"]


class {kind}:
    """Makes a module of one C file: put your own tool in its place.

    Keys: ``module``, ``source`` and ``limited-api``.
    """

    def __init__(self, root: Path, config: Mapping[str, Any]) -> None:
        settings = Settings(root, config)
        self.module = settings.module()
        self.source = settings.path("source", required=True)
        self.limited = settings.limited()
        settings.done()  # raises all that was wrong, unknown keys included

    def get_requires(self, target: Target) -> Sequence[str]:
        """Name what has to be installed to build."""
        return []

    def get_sdist_files(self) -> Sequence[str]:
        """Name what an sdist must hold."""
        return [self.source]

    def get_expected_outputs(self, target: Target) -> Sequence[Output]:
        """Say what a build makes."""
        suffix = target.suffix(target.stable(self.limited))
        return [Output(self.module.replace(".", "/") + suffix)]

    def get_tag(self, target: Target) -> Tag:
        """Say which interpreters take it."""
        return target.tag_for(target.stable(self.limited))

    def build(self, request: BuildRequest) -> BuildResult:
        """Run the tool; what it says goes into the log, and a failure is told for you."""
        target = request.target
        (output,) = self.get_expected_outputs(target)
        stable = target.stable(self.limited)
        made = request.out_dir / output.path
        made.parent.mkdir(parents=True, exist_ok=True)
        request.run(
            [
                *target.cc,
                *target.cflags,
                *([f"-DPy_LIMITED_API={{stable.hex}}"] if stable else []),
                *(f"-I{{each}}" for each in target.include_dirs),
                *target.shared_flags,
                self.source,
                "-o",
                str(made),
            ]
        )
        return BuildResult((output,), self.get_tag(target))
'''

_TEST: Final = '''\
"""The builder makes a module that Python imports."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from {module} import {kind}

from trigpoint.extensions import ExtensionError
from trigpoint.extensions.plan import make_plan
from trigpoint.extensions.registry import Announced
from trigpoint.extensions.runner import build
from trigpoint.extensions.targets import native_target

SOURCE = """
#include <Python.h>
static struct PyModuleDef module = {{PyModuleDef_HEAD_INIT, "answer", NULL, 0, NULL}};
PyMODINIT_FUNC PyInit_answer(void) {{
    PyObject *made = PyModule_Create(&module);
    if (made) PyModule_AddIntConstant(made, "value", 42);
    return made;
}}
"""
TABLE = {{"name": "answer", "builder": "{name}", "module": "answer", "source": "answer.c"}}
REGISTRY = {{"{name}": (Announced("{name}-builder", "{module}:{kind}"),)}}


def test_builds_a_module(tmp_path: Path) -> None:
    """What was built is imported and has its value."""
    (tmp_path / "answer.c").write_text(SOURCE)
    document = {{"tool": {{"trigpoint": {{"extensions": [TABLE]}}}}}}
    plan = make_plan(document, tmp_path, native_target(), registry=REGISTRY)
    built = build(plan, tmp_path, tmp_path / "build")
    (made,) = built.results["answer"].paths()
    spec = importlib.util.spec_from_file_location("answer", made)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert 42 == module.value


def test_says_all_that_is_wrong(tmp_path: Path) -> None:
    """Each mistake of a table has a code and a fix."""
    with pytest.raises(ExtensionError) as caught:
        {kind}(tmp_path, {{"module": "a b", "source": "gone.c", "sorce": 1}})
    assert [
        "extension-bad-name",
        "extension-source-missing",
        "extension-unknown-key",
    ] == [each.code for each in caught.value]
    assert all(each.fix for each in caught.value)
'''

_README: Final = """\
# {name}-builder

Builds extensions with {name}, under any build backend that Trigpoint wraps or hooks into.

    [build-system]
    requires = ["hatchling", "trigpoint", "{name}-builder"]
    build-backend = "hatchling.build"

    [tool.hatch.build.hooks.trigpoint]

    [[tool.trigpoint.extensions]]
    name = "answer"
    builder = "{name}"
    module = "package.answer"
    source = "src/answer.c"
"""


def files(name: str) -> Mapping[str, str]:
    """Return the files of a distribution with the builder *name*, text by path.

    Raises :exc:`ValueError` for a name that is not lower-case letters, digits and hyphens.

    >>> sorted(files("my-tool"))
    ['README.md', 'pyproject.toml', 'src/my_tool_builder.py', 'tests/test_my_tool_builder.py']
    """
    if not _NAME.fullmatch(name) or keyword.iskeyword(name):
        text = f"{name!r} is no name for a builder: use lower-case letters, digits and hyphens"
        raise ValueError(text)
    if len(name) > MOST_LETTERS:
        text = f"the name has {len(name)} letters, and a builder's has at most {MOST_LETTERS}"
        raise ValueError(text)
    module = f"{name.replace('-', '_')}_builder"
    words = {
        "name": name,
        "module": module,
        "kind": "".join(each.title() for each in name.split("-")) + "Builder",
        "group": GROUP,
    }
    texts = {
        "README.md": _README,
        "pyproject.toml": _PYPROJECT,
        f"src/{module}.py": _MODULE,
        f"tests/test_{module}.py": _TEST,
    }
    return {path: text.format_map(words) for path, text in texts.items()}


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the files of the builder that the *arguments* name into a new folder of its name.

    The exit status is 1 for a folder that is there or cannot be written; as in the command
    line, it is 2 where something else than one good name was typed.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    usage = "usage: python -m trigpoint.extensions.scaffold NAME"
    if given in (["-h"], ["--help"]):
        print(usage)
        return 0
    if len(given) != 1 or given[0].startswith("-"):
        print(usage, file=sys.stderr)
        return 2
    name = given[0]
    try:
        texts = files(name)
    except ValueError as problem:
        print(problem, file=sys.stderr)
        return 2
    folder = Path(f"{name}-builder")
    if folder.exists():
        print(f"{folder} is there already: nothing was written", file=sys.stderr)
        return 1
    try:
        for path, text in texts.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
    except OSError as problem:
        print(f"cannot write: {problem}", file=sys.stderr)
        return 1
    print(
        f"{folder} is a working builder; python -m pip install -e {folder} && python -m pytest {folder}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
