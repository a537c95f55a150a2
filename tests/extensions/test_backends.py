"""Both ways into a wheel: the hook of hatchling, and the backend around any other."""

from __future__ import annotations

import base64
import csv
import hashlib
import importlib
import io
import json
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
from tests.backends import PROJECT, WRAPPED, wrapped, write_backend

from trigpoint.extensions import ExtensionError, Output, Stable, Tag, backend, scaffold
from trigpoint.extensions.editable import FINDER
from trigpoint.extensions.session import Shipped
from trigpoint.extensions.targets import native_target
from trigpoint.extensions.wheelfile import Addition, add_to_wheel, additions
from trigpoint.external import backend as around

from .compilers import calls, stand_in

pytestmark = [
    pytest.mark.skipif(sys.platform in ("win32", "emscripten"), reason="tools are shell scripts"),
]

TABLES = """
[[tool.trigpoint.extensions]]
name = "core"
builder = "c"
module = "pk.sub._core"
sources = ["src/native/core.c"]
limited-api = "3.9"
depends-on = ["adder"]

[[tool.trigpoint.extensions]]
name = "adder"
builder = "c"
kind = "static-library"
library = "adder"
sources = ["src/native/adder.c"]
headers = ["src/native/adder.h"]

[[tool.trigpoint.extensions]]
name = "spare"
builder = "c"
module = "pk._spare"
sources = ["src/native/spare.c"]
enable-by-default = false
requires = ["spare-tool>=2"]
"""

HOOK = "[tool.hatch.build.hooks.trigpoint]\n"

ADDER = "int add(int a, int b) { return a + b; }\n"
CORE = """\
#include <Python.h>
#include "adder.h"
static PyObject *sum(PyObject *self, PyObject *args) {
    int a, b;
    if (!PyArg_ParseTuple(args, "ii", &a, &b)) return NULL;
    return PyLong_FromLong(add(a, b));
}
static PyMethodDef methods[] = {{"add", sum, METH_VARARGS, __FILE__}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "_core", NULL, 0, methods};
PyMODINIT_FUNC PyInit__core(void) { return PyModule_Create(&module); }
"""


def write(root: Path, name: str) -> ModuleType:
    """Write the project for the backend *name* (``hook``: hatchling with the hook); return its module."""
    if name == "hook":
        pytest.importorskip("hatchling")
        own, text = "hatchling.build", HOOK
        system = "build-backend = 'hatchling.build'"
    else:
        inner, more = wrapped(name)
        own, text = "trigpoint.extensions.backend", f"[tool.trigpoint]\nbackend = '{inner}'\n{more}"
        system = "build-backend = 'trigpoint.extensions.backend'"
    (root / "src/pk/sub").mkdir(parents=True)
    (root / "src/native").mkdir()
    (root / "src/pk/__init__.py").write_text("")
    (root / "src/pk/sub/__init__.py").write_text("from pk.sub._core import add\n")
    (root / "src/native/core.c").write_text(CORE)
    (root / "src/native/spare.c").write_text('#include "spare.h"\n')
    (root / "src/native/spare.h").write_text("")
    (root / "src/native/adder.c").write_text('#include "adder.h"\n' + ADDER)
    (root / "src/native/adder.h").write_text("int add(int a, int b);\n")
    (root / "pyproject.toml").write_text(
        f"[build-system]\nrequires = ['x']\n{system}\n{PROJECT}{text}{TABLES}"
    )
    return importlib.import_module(own)


def edit(root: Path, old: str, new: str) -> None:
    """Put *new* in the place of *old* in the ``pyproject.toml`` of the project in *root*."""
    file = root / "pyproject.toml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of compilers that only count, which every build here uses."""
    for name, value in stand_in(tmp_path / "tools").items():
        monkeypatch.setenv(name, value)
    return tmp_path / "tools"


def wheel(
    module: ModuleType, root: Path, out: Path, monkeypatch: pytest.MonkeyPatch, **settings: str
) -> Path:
    """Build a wheel of *root* into *out*."""
    monkeypatch.chdir(root)
    out.mkdir(exist_ok=True)
    name: str = module.build_wheel(str(out), settings or None, None)
    return out / name


def members(path: Path) -> dict[str, bytes]:
    """Return the files of a wheel, after a look whether its RECORD is right."""
    with zipfile.ZipFile(path) as archive:
        found = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    record = next(name for name in found if name.endswith("/RECORD"))
    rows = {row[0]: row[1:] for row in csv.reader(io.StringIO(found[record].decode()))}
    assert rows.keys() == found.keys()
    for name, data in found.items():
        if name != record:
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            assert [f"sha256={digest}", str(len(data))] == rows[name]
    return found


PLATFORM = native_target().platform
ENTRIES = ["hook", *WRAPPED]


@pytest.mark.parametrize("name", ENTRIES)
def test_wheel(name: str, tmp_path: Path, tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The module is in the wheel, the library is not; name, WHEEL and RECORD say what is in it."""
    root = tmp_path / "p"
    made = wheel(write(root, name), root, tmp_path / "out", monkeypatch)
    assert f"pk-1-cp39-abi3-{PLATFORM}.whl" == made.name
    found = members(made)
    assert b"PyInit__core\0" == found["pk/sub/_core.abi3.so"]
    assert not any(each.endswith((".a", ".h")) and "native" not in each for each in found)
    about = found["pk-1.dist-info/WHEEL"].decode()
    assert f"Tag: cp39-abi3-{PLATFORM}" in about
    assert 1 == about.count("Tag:")
    assert "Root-Is-Purelib: false" in about
    assert calls(tools)


@pytest.mark.parametrize("name", ENTRIES)
def test_sdist_is_complete_and_compiles_nothing(
    name: str, tmp_path: Path, tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sources and headers of all extensions are there, disabled ones too; nothing built is."""
    root = tmp_path / "p"
    module = write(root, name)
    wheel(module, root, tmp_path / "out", monkeypatch)
    calls(tools)
    made = tmp_path / "out" / module.build_sdist(str(tmp_path / "out"), None)
    with tarfile.open(made) as archive:
        names = [each.partition("/")[2] for each in archive.getnames()]
    wanted = ["core.c", "adder.c", "adder.h", "spare.c", "spare.h"]
    assert set() == {f"src/native/{each}" for each in wanted} - set(names)
    assert [] == [each for each in names if ".trigpoint" in each]
    assert len(set(names)) == len(names)
    assert [] == calls(tools)
    # A wheel made of it has the same files.
    shutil.unpack_archive(made, tmp_path / "unpacked", filter="data")
    again = wheel(module, tmp_path / "unpacked/pk-1", tmp_path / "again", monkeypatch)
    assert members(tmp_path / "out" / again.name) == members(again)


@pytest.mark.parametrize("name", ENTRIES)
def test_metadata_without_compiling(
    name: str, tmp_path: Path, tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What pip download asks of an sdist starts no compiler."""
    monkeypatch.delenv("PIP_BUILD_TRACKER", raising=False)
    root = tmp_path / "p"
    module = write(root, name)
    monkeypatch.chdir(root)
    (tmp_path / "meta").mkdir()
    module.get_requires_for_build_wheel(None)
    info = module.prepare_metadata_for_build_wheel(str(tmp_path / "meta"), None)
    assert "Name: pk" in (tmp_path / "meta" / info / "METADATA").read_text()
    assert [] == calls(tools)
    assert not (root / ".trigpoint").exists()


def test_a_module_that_lies_among_the_sources(
    tmp_path: Path, tools: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One that another tool left there and the hook's clash: that is said, without a traceback."""
    module = write(tmp_path / "p", "hook")
    target = native_target()
    name = f"_core{target.suffix(target.stable(Stable(9)))}"
    (tmp_path / "p" / "src/pk/sub" / name).write_bytes(b"old")
    with pytest.raises(SystemExit) as caught:
        wheel(module, tmp_path / "p", tmp_path / "out", monkeypatch)
    assert 1 == caught.value.code
    told = f"pk/sub/{name} is in the wheel already: the backend ships a file of that name"
    assert f"error[extension-output-clash]: {told}" in capsys.readouterr().err


EXCLUDED = {
    "hook": "[tool.hatch.build.targets.wheel]\npackages = ['src/pk']\nexclude = ['src/pk/sub']\n",
    "setuptools": "[tool.setuptools.packages.find]\nwhere = ['src']\nexclude = ['pk.sub']\n",
}


@pytest.mark.parametrize("name", EXCLUDED)
def test_a_package_that_the_backend_leaves_out(
    name: str,
    tmp_path: Path,
    tools: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """The folder is there, so only the wheel shows that nothing is around the module; it is made."""
    module = write(tmp_path / "p", name)
    edit(tmp_path / "p", TABLES, f"{EXCLUDED[name]}{TABLES}")
    made = wheel(module, tmp_path / "p", tmp_path / "out", monkeypatch)
    assert "pk/sub/_core.abi3.so" in members(made)
    err = capfd.readouterr().err
    told = "warning[extension-package-missing]: core: nothing else of the wheel is in pk/sub/"
    assert 1 == err.count(told)
    assert 1 == err.count("extension-package-missing")
    assert "let the backend, which ships pk, ship pk.sub" in err


@pytest.mark.parametrize("name", ENTRIES)
def test_a_package_that_is_mistyped(
    name: str,
    tmp_path: Path,
    tools: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Its folder is nowhere, which the plan says; the wheel says it no second time."""
    module = write(tmp_path / "p", name)
    edit(tmp_path / "p", "pk.sub._core", "pk.subs._core")
    made = wheel(module, tmp_path / "p", tmp_path / "out", monkeypatch)
    assert "pk/subs/_core.abi3.so" in members(made)
    err = capfd.readouterr().err
    told = "warning[extension-package-missing]: core: no folder of the project is pk/subs/"
    assert 1 == err.count(told)
    assert 1 == err.count("extension-package-missing")
    assert "did you mean pk.sub?" in err
    logs = next((tmp_path / "p/.trigpoint").glob("*/logs"))
    assert (logs / "core.log").read_text().startswith(told)


@pytest.mark.parametrize("name", ENTRIES)
def test_packages_that_are_there_are_no_matter(
    name: str,
    tmp_path: Path,
    tools: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """A package, and a namespace package with other files."""
    module = write(tmp_path / "p", name)
    (tmp_path / "p/src/pk/sub/__init__.py").rename(tmp_path / "p/src/pk/sub/pure.py")
    wheel(module, tmp_path / "p", tmp_path / "out", monkeypatch, extensions="all")
    assert "extension-package-missing" not in capfd.readouterr().err


@pytest.mark.parametrize("name", ["hook", "setuptools"])
def test_a_module_below_a_module(
    name: str,
    tmp_path: Path,
    tools: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Nobody could import it, so there is no wheel."""
    module = write(tmp_path / "p", name)
    sub = tmp_path / "p/src/pk/sub"
    (sub / "__init__.py").unlink()
    sub.rmdir()
    sub.with_suffix(".py").write_text("")
    with pytest.raises(SystemExit) as caught:
        wheel(module, tmp_path / "p", tmp_path / "out", monkeypatch)
    assert 1 == caught.value.code
    told = "error[extension-output-clash]: core: pk/sub/_core.abi3.so cannot be imported: pk/sub.py"
    assert told in capfd.readouterr().err
    assert [] == list((tmp_path / "out").iterdir())


@pytest.mark.parametrize("name", ["flit_core", "hatchling"])
def test_pip_download_starts_no_compiler(
    name: str, tmp_path: Path, tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An sdist's metadata is prepared for pip, and nothing is compiled for that."""
    pytest.importorskip("pip")
    root = tmp_path / "p"
    module = write(root, name)
    monkeypatch.chdir(root)
    (tmp_path / "out").mkdir()
    made = tmp_path / "out" / module.build_sdist(str(tmp_path / "out"), None)
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
    ]
    done = subprocess.run(
        [*command, "-d", str(tmp_path / "got"), str(made)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == done.returncode, done.stderr
    assert [] == calls(tools)


@pytest.mark.parametrize(
    ("hooks", "offered"), [("", True), ("[tool.hatch.build.targets.wheel.hooks.custom]\n", False)]
)
def test_hatchling_offers_metadata_to_pip(
    hooks: str, offered: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It does inside the wrapper, unless hooks could add dependencies; the variable stays."""
    pytest.importorskip("hatchling")
    (tmp_path / "pyproject.toml").write_text(
        f"[tool.trigpoint]\nbackend = 'hatchling.build'\n{hooks}"
    )
    program = (
        "import os; from trigpoint.extensions import backend;"
        "print(hasattr(backend, 'prepare_metadata_for_build_wheel'), os.environ['PIP_BUILD_TRACKER'])"
    )
    monkeypatch.setenv("PIP_BUILD_TRACKER", "there")
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert f"{offered} there\n" == done.stdout


@pytest.mark.parametrize("name", ["hook", "flit_core"])
def test_builder_of_another_distribution(
    name: str, tmp_path: Path, tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A builder that an entry point announces works unchanged under both."""
    site = tmp_path / "site"
    for path, text in scaffold.files("my-tool").items():
        if path.startswith("src/"):
            site.mkdir()
            (site / Path(path).name).write_text(text)
    info = site / "my_tool_builder-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: my-tool-builder\nVersion: 1\n")
    (info / "entry_points.txt").write_text(
        "[trigpoint.builders]\nmy-tool = my_tool_builder:MyToolBuilder\n"
    )
    monkeypatch.syspath_prepend(str(site))
    root = tmp_path / "p"
    module = write(root, name)
    text = (root / "pyproject.toml").read_text().partition("\n[[tool.trigpoint.extensions]]")[0]
    table = (
        '\n[[tool.trigpoint.extensions]]\nname = "mine"\nbuilder = "my-tool"\n'
        'module = "pk._mine"\nsource = "src/native/core.c"\nlimited-api = "3.9"\n'
    )
    (root / "pyproject.toml").write_text(text + table)
    made = wheel(module, root, tmp_path / "out", monkeypatch)
    assert f"pk-1-cp39-abi3-{PLATFORM}.whl" == made.name
    assert b"PyInit__mine\0" == members(made)["pk/_mine.abi3.so"]
    assert 1 == len(calls(tools))


def test_requirements_of_what_is_on(
    tmp_path: Path, tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a disabled extension requires is asked for when it is selected, and then only."""
    root = tmp_path / "p"
    module = write(root, "flit_core")
    monkeypatch.chdir(root)
    assert [] == module.get_requires_for_build_wheel(None)
    assert ["spare-tool>=2"] == module.get_requires_for_build_wheel({"extensions": "spare"})
    assert ["spare-tool>=2"] == module.get_requires_for_build_editable({"extensions": "spare"})
    assert [] == module.get_requires_for_build_sdist({"extensions": "spare"})


def test_hook_asks_the_environment(
    tmp_path: Path, tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hatchling keeps config settings to itself, so a variable selects there."""
    root = tmp_path / "p"
    module = write(root, "hook")
    monkeypatch.setenv("TRIGPOINT_EXTENSIONS", "spare")
    monkeypatch.chdir(root)
    assert ["spare-tool>=2"] == module.get_requires_for_build_wheel(None)
    assert [] == module.get_requires_for_build_sdist(None)


@pytest.mark.parametrize("name", ["hook", "flit_core"])
def test_no_extension_is_a_pure_wheel(
    name: str, tmp_path: Path, tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With everything off the wheel is for everybody."""
    root = tmp_path / "p"
    module = write(root, name)
    monkeypatch.setenv("TRIGPOINT_EXTENSIONS", "none")
    made = wheel(module, root, tmp_path / "out", monkeypatch)
    assert made.name.endswith("-none-any.whl")
    assert "Root-Is-Purelib: true" in members(made)["pk-1.dist-info/WHEEL"].decode()
    assert [] == calls(tools)


def test_one_full_api_makes_the_wheel_full(
    tmp_path: Path, tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One module for this interpreter alone makes the wheel one for it alone."""
    root = tmp_path / "p"
    made = wheel(write(root, "flit_core"), root, tmp_path / "out", monkeypatch, extensions="all")
    assert f"pk-1-{native_target().tag}.whl" == made.name


@pytest.mark.parametrize("name", ENTRIES)
def test_editable_finds_and_renews(
    name: str, tmp_path: Path, tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The wheel has a finder and no module; what it knows is where modules are."""
    if name in ("hook", "hatchling"):
        pytest.importorskip("editables")
    root = tmp_path / "p"
    module = write(root, name)
    monkeypatch.chdir(root)
    (tmp_path / "out").mkdir()
    made = module.build_editable(str(tmp_path / "out"), None, None)
    found = members(tmp_path / "out" / made)
    assert not any(each.endswith(".so") for each in found)
    assert b"import _trigpoint_editable_pk" in found["__trigpoint_editable_pk.pth"]
    state = json.loads(next((root / ".trigpoint").glob("*/editable.json")).read_text())
    assert ["pk.sub._core"] == list(state["modules"])
    assert Path(state["modules"]["pk.sub._core"]).read_bytes() == b"PyInit__core\0"
    expected = {
        "pyproject.toml",
        *(f"src/native/{each}" for each in ("adder.c", "adder.h", "core.c")),
    }
    assert expected == state["watched"].keys()


@pytest.fixture
def finder(tmp_path: Path, tools: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project with an editable installation in a folder, as a process would see it."""
    root = tmp_path / "p"
    module = write(root, "flit_core")
    monkeypatch.chdir(root)
    (tmp_path / "out").mkdir()
    made = module.build_editable(str(tmp_path / "out"), None, None)
    (tmp_path / "site").mkdir()
    with zipfile.ZipFile(tmp_path / "out" / made) as archive:
        archive.extractall(tmp_path / "site")
    calls(tools)
    return root


def _spec(site: Path, name: str) -> subprocess.CompletedProcess[str]:
    """Ask a new process where the module *name* is."""
    program = (
        f"import sys; sys.path.insert(0, {str(site)!r}); import _trigpoint_editable_pk as own;"
        f"spec = sys.meta_path[0].find_spec({name!r}); print(spec and spec.origin)"
    )
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )


def test_editable_builds_what_changed(finder: Path, tools: Path, tmp_path: Path) -> None:
    """The first import after a change compiles what changed, and the second one nothing."""
    site = tmp_path / "site"
    assert _spec(site, "pk.sub._core").stdout.strip().endswith("_core.abi3.so")
    assert [] == calls(tools)
    (finder / "src/native/adder.c").write_text('#include "adder.h"\n// changed\n')
    assert _spec(site, "pk.sub._core").stdout.strip().endswith("_core.abi3.so")
    assert ["src/native/adder.c"] == [
        line.split(" -c ")[1].split()[0] for line in calls(tools) if " -c " in line
    ]
    assert "None" == _spec(site, "pk.sub").stdout.strip()
    _spec(site, "pk.sub._core")
    assert [] == calls(tools)


def test_editable_that_fails_says_so(finder: Path, tmp_path: Path) -> None:
    """No stale module is imported where building it again fails."""
    (finder / "src/native/adder.c").write_text("BROKEN")
    done = _spec(tmp_path / "site", "pk.sub._core")
    assert 1 == done.returncode
    assert "ImportError: src/native/adder.c changed, and building again failed" in done.stderr
    assert "error[extension-build-failed]: adder" in done.stderr


def test_finder_is_python_without_anything() -> None:
    """The text that is installed imports nothing but the standard library."""
    code = compile(FINDER.format(state="s", settings="{}"), "finder", "exec")
    imported = {name for name in code.co_names if name in sys.stdlib_module_names}
    assert {"importlib", "json", "os", "subprocess", "sys"} >= imported
    assert "trigpoint" not in code.co_names


@pytest.mark.parametrize(
    ("tool", "message"),
    [
        ("", "does not say which backend"),
        ("tool = 1\n", "does not say which backend"),
        ("[tool.trigpoint]\nbackend = 3\n", "does not say which backend"),
        ("[tool.trigpoint]\nbackend = 'no_such'\n", "the backend no_such cannot be loaded"),
        ("[tool.trigpoint]\nbackend = 'json:nothing'\n", "json:nothing cannot be loaded"),
        (
            "[tool.trigpoint]\nbackend = 'trigpoint.extensions.backend'\n",
            "names this backend itself",
        ),
    ],
)
def test_unusable_backend(
    tool: str,
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A frontend is told what is wrong with the wrapped backend, in a paragraph."""
    (tmp_path / "pyproject.toml").write_text(tool)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as caught:
        backend.get_requires_for_build_sdist()
    assert 1 == caught.value.code
    printed = capsys.readouterr().err
    assert "error[extension-unusable-backend]" in printed
    assert message in printed
    assert "Traceback" not in printed


def test_no_hook_that_the_other_backend_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Optional hooks are there exactly if the other backend has them."""
    program = "def build_wheel(*a): ...\ndef build_sdist(*a): ...\n"
    write_backend(tmp_path, monkeypatch, "bare", program, "[tool.trigpoint]\nbackend = 'bare'\n")
    optional = [
        *("prepare_metadata_for_build_wheel", "prepare_metadata_for_build_editable"),
        *("build_editable", "get_requires_for_build_editable", "nonsense"),
    ]
    assert [False] * 5 == [hasattr(backend, each) for each in optional]
    assert [] == backend.get_requires_for_build_sdist()


@pytest.mark.parametrize("wrapper", [backend, around])
def test_no_editable_wheel_has_no_requirements(
    wrapper: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both wrappers offer what PEP 660 has together or not at all."""
    program = "def get_requires_for_build_editable(settings=None): ...\n"
    tables = "[tool.trigpoint]\nbackend = 'half'\nexternal.backend = 'half'\n"
    write_backend(tmp_path, monkeypatch, "half", program, tables)
    optional = ("build_editable", "get_requires_for_build_editable")
    assert [False] * 2 == [hasattr(wrapper, each) for each in optional]


def test_requirements_of_an_editable_wheel(
    tmp_path: Path, tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Extensions require what they do, even where the other backend has nothing to say."""
    root = tmp_path / "p"
    module = write(root, "flit_core")
    (root / "silent.py").write_text("def build_editable(*a): ...\n")
    edit(root, "flit_core.buildapi", "silent")
    monkeypatch.chdir(root)
    monkeypatch.syspath_prepend(str(root))
    assert ["spare-tool>=2"] == module.get_requires_for_build_editable({"extensions": "spare"})


def test_settings_of_the_other_backend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not ours is passed on, and what is ours is not."""
    program = "def get_requires_for_build_sdist(settings): return sorted(settings)\n"
    write_backend(tmp_path, monkeypatch, "other", program, "[tool.trigpoint]\nbackend = 'other'\n")
    given = {"extensions": "all", "jobs": "2", "--global-option": "x"}
    assert ["--global-option"] == backend.get_requires_for_build_sdist(given)


def _wheel(folder: Path) -> Path:
    path = folder / "a-1-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.py", "")
        archive.writestr(
            "a-1.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        empty = "sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0"
        archive.writestr(
            "a-1.dist-info/RECORD", f"a.py,{empty}\na-1.dist-info/WHEEL,,\na-1.dist-info/RECORD,,\n"
        )
    return path


def test_files_of_other_schemes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each scheme has its folder; a set of tags is written out; the time is that of the variable."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    source = tmp_path / "made"
    source.write_text("x")
    schemes = ("platlib", "purelib", "scripts", "data", "headers")
    shipped = [Shipped(source, Output("f", each)) for each in schemes]  # type: ignore[arg-type]
    added = additions(shipped, "a-1")
    (tmp_path / "out").mkdir()
    name = add_to_wheel(
        _wheel(tmp_path), tmp_path / "out", added, Tag("cp315", "abi3.abi3t", "linux_x86_64")
    )
    assert "a-1-cp315-abi3.abi3t-linux_x86_64.whl" == name
    with zipfile.ZipFile(tmp_path / "out" / name) as archive:
        names = archive.namelist()
        assert (2023, 11, 14, 22, 13, 20) == archive.getinfo("f").date_time
    expected = ["a-1.data/data/f", "a-1.data/headers/f", "a-1.data/purelib/f", "a-1.data/scripts/f"]
    assert [*expected, "a.py", "f", "a-1.dist-info/WHEEL", "a-1.dist-info/RECORD"] == names
    about = members(tmp_path / "out" / name)["a-1.dist-info/WHEEL"].decode()
    assert "Tag: cp315-abi3-linux_x86_64\nTag: cp315-abi3t-linux_x86_64\n" in about


def test_a_file_that_is_there_already(tmp_path: Path) -> None:
    """Nothing of the other backend is overwritten."""
    with pytest.raises(ExtensionError) as caught:
        add_to_wheel(_wheel(tmp_path), tmp_path, [Addition("A.py", b"")], None)
    assert "extension-output-clash" == caught.value.code


@pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler")
def test_compiled_in_earnest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A real compiler makes the same bytes in two folders under two backends, and Python runs them."""
    modules = set()
    for name in ("hook", "flit_core"):
        root = tmp_path / name
        made = wheel(write(root, name), root, tmp_path / f"out-{name}", monkeypatch)
        modules.add(members(made)["pk/sub/_core.abi3.so"])
    (module,) = modules
    assert str(tmp_path).encode() not in module
    assert (sysconfig.get_config_var("LIBDIR") or "/no-such").encode() not in module
    with zipfile.ZipFile(made) as archive:
        archive.extractall(tmp_path / "site")
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); import pk.sub as p; "
        "print(p.add(2, 3), p.add.__doc__)"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "site")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "5 src/native/core.c\n" == done.stdout


@pytest.mark.parametrize("what", ["sdist", "wheel", "editable"])
def test_requirements_that_the_other_backend_has(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever it requires for one of the three comes first, and what extensions require behind."""
    hook = f"get_requires_for_build_{what}"
    program = f"build_editable = None\ndef {hook}(settings=None): return ['own']\n"
    tables = (
        "[tool.trigpoint]\nbackend = 'needy_backend'\n[[tool.trigpoint.extensions]]\nname = 'a'\n"
        "builder = 'c'\nmodule = 'a'\nsources = ['a.c']\nrequires = ['more']\n"
    )
    (tmp_path / "a.c").write_text("")
    write_backend(tmp_path, monkeypatch, "needy_backend", program, tables)
    for each in ("sdist", "wheel", "editable"):
        found = getattr(backend, f"get_requires_for_build_{each}")(None)
        more = [] if each == "sdist" else ["more"]
        assert [*(["own"] if each == what else []), *more] == found


@pytest.mark.parametrize(
    ("tag", "known"),
    [
        (Tag("py3", "none", "any"), False),
        (Tag("py2.py3", "none", "any"), False),
        (Tag("cp313", "cp313", "linux_x86_64"), True),
        (Tag("py3", "none", "win_amd64"), True),
    ],
)
def test_tags_of_the_other_backend(tag: Tag, known: bool) -> None:
    """That of pure Python says nothing, and any other counts beside those of extensions."""
    assert (tag if known else None) == backend._known(tag)
