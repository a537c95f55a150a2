"""Projects that cannot be built, each with what is said of it."""

from __future__ import annotations

from typing import NamedTuple

C = 'name = "core"\nbuilder = "c"\nmodule = "pkg._core"\nsources = ["core.c"]\n'
HEAD = "[[tool.trigpoint.extensions]]\n"


class Bad(NamedTuple):
    """A ``pyproject.toml``: the code, the extension that is named, and a part of message and fix."""

    text: str
    code: str
    name: str
    message: str
    fix: str
    settings: str = ""
    """What the config setting selects."""


def _one(rest: str, code: str, message: str, fix: str) -> Bad:
    """Return the builder ``c`` with *rest* added, or in place of the same key."""
    keys = {line.split(" =")[0] for line in rest.splitlines()}
    kept = "".join(f"{line}\n" for line in C.splitlines() if line.split(" =")[0] not in keys)
    return Bad(HEAD + kept + rest, f"extension-{code}", "core", message, fix)


def _cython(rest: str, code: str, message: str, fix: str) -> Bad:
    text = 'name = "core"\nbuilder = "cython"\nmodule = "pkg._core"\n'
    return Bad(HEAD + text + rest, f"extension-{code}", "core", message, fix)


def _cmake(rest: str, code: str, message: str, fix: str) -> Bad:
    text = 'name = "core"\nbuilder = "cmake"\n'
    return Bad(HEAD + text + rest, f"extension-{code}", "core", message, fix)


TWO = HEAD + C + HEAD + C.replace('"core"', '"other"').replace("_core", "_other")

BAD = {
    # the tables
    "tool-type": Bad("tool = 1", "extension-wrong-type", "", "tool is a whole number", "[tool]"),
    "trigpoint-type": Bad(
        "[tool]\ntrigpoint = true", "extension-wrong-type", "", "tool.trigpoint is true", "[tool.trigpoint]"
    ),
    "single-brackets": Bad(
        "[tool.trigpoint.extensions]\nname = 'a'",
        "extension-wrong-type", "", "is a table, and must be an array", "two brackets",
    ),
    "table-type": Bad(
        "[tool.trigpoint]\nextensions = [1]",
        "extension-wrong-type", "", "extension 1 is a whole number", "[[tool.trigpoint.extensions]]",
    ),
    "too-many": Bad(
        "".join(f'{HEAD}name = "e{n}"\nbuilder = "none"\nenable-by-default = false\n' for n in range(201)),
        "extension-too-many", "", "there are 201 extensions, and 200 are read", "several files",
    ),
    "name-missing": Bad(
        HEAD + C.replace('name = "core"\n', ""),
        "extension-missing-key", "extension 1", "there is no name", 'name = "..."',
    ),
    "name-type": Bad(HEAD + 'name = 3\nbuilder = "c"', "extension-wrong-type", "extension 1", "name is a whole number", "a string"),
    "name-empty": Bad(HEAD + C.replace('"core"', '""'), "extension-missing-key", "extension 1", "name is empty", 'name = "..."'),
    "name-path": _one('name = "../core"\n', "bad-name", "cannot be that of a folder", "letters, digits")._replace(name="../core"),
    "name-blank": _one('name = "a b"\n', "bad-name", "cannot be that of a folder", "letters, digits")._replace(name="a b"),
    "name-long": _one(f'name = "{"a" * 65}"\n', "bad-name", "cannot be that of a folder", "at most 64")._replace(name="a" * 64),
    "name-reserved": _one('name = "None"\n', "bad-name", "a meaning of its own", "another name")._replace(name="None"),
    "name-twice": Bad(HEAD + C + HEAD + C.replace('"core"', '"Core"'), "extension-duplicate-name", "Core", "core is the name of extension 1", "another name"),
    "builder-missing": _one("", "missing-key", "there is no builder", 'builder = "..."')._replace(text=HEAD + 'name = "core"'),
    "builder-type": _one("builder = []\n", "wrong-type", "builder is an array", "a string"),
    "builder-unknown": _one('builder = "cmak"\n', "unknown-builder", "no builder 'cmak'", "did you mean cmake?"),
    "builder-ambiguous": _one('builder = "twice"\n', "ambiguous-builder", "announced by one and two", "leave one of them out"),
    "builder-no-module": _one('builder = "gone"\n', "builder-broken", "ModuleNotFoundError", "tell its authors"),
    "builder-no-class": _one('builder = "function"\n', "builder-broken", "has no build", "tell its authors"),
    "enabled-type": _one('enable-by-default = "yes"\n', "wrong-type", "enable-by-default is a string", "true or false"),
    "requires-type": _one('requires = "cython"\n', "wrong-type", "requires is a string", "an array"),
    "requires-entry": _one("requires = [1]\n", "wrong-type", "entry 1 of requires", "a string"),
    "requires-syntax": _one('requires = ["cython>>3"]\n', "bad-requirement", "'cython>>3' is no requirement", "cython>=3"),
    "requires-digits": _one(f'requires = ["a=={"9" * 980}.{"9" * 100}"]\n', "bad-requirement", "is no requirement", "cython>=3"),
    "depends-type": _one("depends-on = true\n", "wrong-type", "depends-on is true or false", "an array"),
    "depends-unknown": Bad(TWO + 'depends-on = ["cor"]\n', "extension-unknown-dependency", "other", "no extension 'cor'", "did you mean core?"),
    "depends-itself": _one('depends-on = ["core"]\n', "dependency-cycle", "core needs core", "leave one"),
    "depends-circle": Bad(
        HEAD + C + 'depends-on = ["other"]\n' + TWO.split(HEAD)[2].join((HEAD, 'depends-on = ["core"]\n')),
        "extension-dependency-cycle", "core", "core needs other needs core", "leave one",
    ),
    "depends-disabled": Bad(
        HEAD + C + "enable-by-default = false\n" + HEAD + TWO.split(HEAD)[2] + 'depends-on = ["core"]\n',
        "extension-disabled-dependency", "other", "depends on core, which is not built", "select core too",
    ),
    "env-type": _one('env = ["CC"]\n', "wrong-type", "env is an array", "a table"),
    "env-name": _one('env = {"A=B" = "1"}\n', "bad-name", "'A=B' in env", "letters, digits and _"),
    "env-value": _one("env = {A = 1}\n", "wrong-type", "entry A of env is a whole number", "a string"),
    "env-nul": _one('env = {A = "\\u0000"}\n', "bad-value", "has a NUL", "leave it out"),
    # selection
    "selection-unknown": Bad(HEAD + C, "extension-unknown-extension", "", "'coer', which is no extension", "did you mean core?", "coer"),
    "selection-off": Bad(HEAD + C, "extension-unknown-extension", "", "'-x'", "write one of", "all,-x"),
    # the builder c
    "module-missing": _one("", "missing-key", "there is no module", "module =")._replace(text=HEAD + C.replace('module = "pkg._core"\n', "")),
    "module-type": _one("module = 1\n", "wrong-type", "module is a whole number", "a string"),
    "module-path": _one('module = "pkg/_core"\n', "bad-name", "no dotted name of ASCII", "package.module"),
    "module-up": _one('module = "..evil"\n', "bad-name", "no dotted name of ASCII", "package.module"),
    "module-reserved": _one('module = "x.dist-info.y"\n', "bad-name", "no dotted name of ASCII", "package.module"),
    "sources-missing": _one("", "missing-key", "there is no sources", "sources =")._replace(text=HEAD + C.replace('sources = ["core.c"]\n', "")),
    "sources-empty": _one("sources = []\n", "missing-key", "sources is empty", "at least one"),
    "sources-type": _one('sources = "core.c"\n', "wrong-type", "sources is a string", "an array"),
    "sources-entry": _one("sources = [true]\n", "wrong-type", "entry 1 of sources", "a string"),
    "sources-up": _one('sources = ["../core.c"]\n', "outside-root", "'../core.c' in sources", "without '..'"),
    "sources-absolute": _one('sources = ["/etc/core.c"]\n', "outside-root", "'/etc/core.c'", "relative to pyproject.toml"),
    "sources-backslash": _one("sources = ['src\\core.c']\n", "outside-root", "in sources is outside", "with slashes"),
    "sources-link": _one('sources = ["link/core.c"]\n', "outside-root", "'link/core.c'", "relative to pyproject.toml"),
    "sources-gone": _one('sources = ["gone.c"]\n', "source-missing", "gone.c in sources is not there", "correct the path"),
    "sources-pattern": _one('sources = ["src/*.c"]\n', "source-missing", "src/*.c in sources is not there", "patterns are not read"),
    "extension-table": Bad("[[tool.trigpoint.extension]]\n", "extension-unknown-key", "", "nothing reads tool.trigpoint.extension", "[[tool.trigpoint.extensions]]"),
    "extensions-of-project": Bad("[[project.extensions]]\n", "extension-unknown-key", "", "nothing reads project.extensions", "[[tool.trigpoint.extensions]]"),
    "sources-kind": _one('sources = ["notes.txt"]\n', "bad-value", "neither C nor C++", ".cpp"),
    "key-unknown": _one('libaries = ["m"]\n', "unknown-key", "no key 'libaries'", "did you mean libraries?"),
    "kind-unknown": _one('kind = "shared"\n', "bad-value", "kind is 'shared'", "write one of"),
    "library-missing": _one('kind = "static-library"\n', "missing-key", "there is no library", "library ="),
    "library-name": _one('kind = "static-library"\nlibrary = "lib-x.a"\n', "bad-name", "library is 'lib-x.a'", "come by themselves"),
    "include-gone": _one('include-dirs = ["inc"]\n', "source-missing", "inc in include-dirs", "correct the path"),
    "define-type": _one("define = {A = []}\n", "wrong-type", "A in define", "in quotes"),
    "define-name": _one('define = {"A B" = 1}\n', "bad-name", "'A B' in define", "letters, digits and _"),
    "args-type": _one('compile-args = "-O2"\n', "wrong-type", "compile-args is a string", "an array"),
    "limited-type": _one("limited-api = 3.9\n", "wrong-type", "limited-api is a number", "a string"),
    "limited-value": _one('limited-api = "cp39"\n', "bad-value", "limited-api is 'cp39'", '"3.9"'),
    "limited-old-t": _one('limited-api = "3.13t"\n', "bad-value", "limited-api is '3.13t'", '"3.15t"'),
    "output-twice": Bad(TWO.replace("_other", "_core"), "extension-output-clash", "other", "core makes pkg/_core", "another path"),
    "output-case": Bad(TWO.replace("_other", "_CORE"), "extension-output-clash", "other", "core makes pkg/_CORE", "another path"),
    # the builder cython
    "cython-missing": _cython("", "missing-key", "there is no source", "source ="),
    "cython-sources": _cython('sources = ["core.pyx"]\n', "missing-key", "sources is for C and C++ beside it", 'source = "core.pyx"'),
    "cython-kind": _cython('source = "core.c"\n', "bad-value", "no Cython by its name", ".pyx"),
    "cython-limited": _cython('source = "core.pyx"\nlimited-api = "3.8"\n', "bad-value", "Cython cannot compile for", "3.9 or higher"),
    "cython-directive": _cython('source = "core.pyx"\ndirectives = {"a b" = 1}\n', "bad-value", "'a b' in directives", "a directive's name"),
    # the builder cmake
    "cmake-missing": _cmake("", "missing-key", "there is no modules", "modules ="),
    "cmake-empty": _cmake("modules = []\n", "missing-key", "modules is empty", "name the modules"),
    "cmake-name": _cmake('modules = ["a-b"]\n', "bad-name", "'a-b' in modules", "package.module"),
    "cmake-files": _cmake('modules = ["a"]\nfiles = ["../../x"]\n', "bad-output-path", "'../../x' in files", "without '..'"),
    "cmake-lists": _cmake('modules = ["a"]\nsource-dir = "link"\n', "outside-root", "'link' in source-dir", "relative to"),
    "cmake-none": _cmake('modules = ["a"]\n', "source-missing", "no CMakeLists.txt", "source-dir"),
    "cmake-define": _cmake('modules = ["a"]\ndefine = {A = []}\n', "wrong-type", "A in define", "in quotes"),
    "cmake-reserved": _cmake('modules = ["a"]\nsource-dir = "cm"\nfiles = ["x-1.dist-info/RECORD"]\n', "reserved-output-path", "where metadata", "another scheme"),
    # builders of others
    "strange-crash": _one('builder = "crash"\n', "builder-crashed", "RuntimeError when it read its table: boom", "tell the authors"),
    "strange-exit": _one('builder = "exit"\n', "builder-crashed", "SystemExit when it read its table", "tell the authors"),
    "strange-outputs": _one('builder = "outputs"\n', "bad-result", "get_expected_outputs returned int", "a list of Output"),
    "strange-output": _one('builder = "output"\n', "bad-result", "is no Output", "Output"),
    "strange-scheme": _one('builder = "scheme"\n', "bad-scheme", "has the scheme 'stdlib'", "platlib"),
    "strange-path": _one('builder = "path"\n', "bad-output-path", "'../../x'", "without '..'"),
    "strange-requires": _one('builder = "requires"\n', "bad-result", "get_requires returned str", "requirements"),
    "strange-tag": _one('builder = "tag"\n', "bad-result", "get_tag returned str", "a Tag"),
    "strange-foreign": _one('builder = "foreign"\n', "foreign-tag", "cp27-cp27m-win32", "the target that the request names"),
    "strange-sdist": _one('builder = "sdist"\n', "bad-result", "get_sdist_files returned int", "a list of strings"),
}  # fmt: skip
"""Every bad configuration by what is wrong with it."""
