"""A shelf with a backend that does what a test asks of it, and small projects for it."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import asdict
from pathlib import Path

from trigpoint.projects.builds import Tree
from trigpoint.projects.builds.shelf import entry

BACKEND = """
import io, logging, os, sys, tarfile, warnings, zipfile
from pathlib import Path

import toy_needs

def _files():
    return sorted(p for p in Path(".").rglob("*") if p.is_file() and p.suffix != ".lost")

def _said():
    print("the toy speaks")
    print("and complains", file=sys.stderr)
    exec(Path("do.txt").read_text() if Path("do.txt").exists() else "")

def build_sdist(folder, settings):
    _said()
    with tarfile.open(Path(folder, "toy-1.tar.gz"), "w:gz") as archive:
        for path in _files():
            if path.suffix != ".sdistless":
                archive.add(path, f"toy-1/{path}")
    return "toy-1.tar.gz"

def build_wheel(folder, settings):
    _said()
    with zipfile.ZipFile(Path(folder, "toy-1-py3-none-any.whl"), "w") as archive:
        for path in _files():
            if path.parts[0] == "src":
                archive.write(path, str(path.relative_to("src")))
        archive.writestr(zipfile.ZipInfo("toy-1.dist-info/METADATA"), "Metadata-Version: 2.4\\nName: toy\\nVersion: 1\\n")
        archive.writestr(zipfile.ZipInfo("toy-1.dist-info/entry_points.txt"), "[console_scripts]\\ntoy = toy:main\\n")
    return "toy-1-py3-none-any.whl"
"""
ASKING = (
    BACKEND
    + """
def get_requires_for_build_wheel(settings):
    return ["toy-more"]
"""
)
PROJECT = b"""\
[build-system]
requires = ["toy>=1"]
build-backend = "toy_backend"

[project]
name = "toy"
version = "1"
"""
TREE = Tree(
    {
        "pyproject.toml": PROJECT,
        "src/toy/__init__.py": b"def main(): ...\n",
        "src/toy/data.txt": b"x\n",
        "src/toy/gone.lost": b"x\n",
        "src/toy/late.sdistless": b"x\n",
        "tests/test_toy.py": b"",
    },
    "toy",
)


def wheel(
    name: str, version: str, modules: dict[str, str], requires: tuple[str, ...] = ()
) -> bytes:
    """Return a wheel of the project *name* with its *modules*."""
    file = io.BytesIO()
    lines = "".join(f"Requires-Dist: {each}\n" for each in requires)
    with zipfile.ZipFile(file, "w") as archive:
        for path, text in modules.items():
            archive.writestr(path, text)
        archive.writestr(
            f"{name.replace('-', '_')}-{version}.dist-info/METADATA",
            f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{lines}",
        )
    return file.getvalue()


WHEELS = {
    "toy-1.0-py3-none-any.whl": wheel(
        "toy", "1.0", {"toy_backend.py": BACKEND}, ("toy-needs", 'absent; python_version < "3"')
    ),
    "toy-2.0-py3-none-any.whl": wheel("toy", "2.0", {"toy_backend.py": BACKEND}, ("toy-needs>=1",)),
    "toy_asking-1-py3-none-any.whl": wheel(
        "toy-asking", "1", {"toy_backend.py": ASKING}, ("toy-needs", "packaging")
    ),
    "toy_more-1-py3-none-any.whl": wheel("toy-more", "1", {"toy_more.py": ""}),
    "toy_needs-1.0-py3-none-any.whl": wheel("toy-needs", "1.0", {"toy_needs.py": ""}),
    "toy_broken-1-py3-none-any.whl": wheel("toy-broken", "1", {}, ("nowhere>=3",)),
}


def fill(folder: Path) -> Path:
    """Put the toy's wheels and their list into *folder*, and return it."""
    for name, data in WHEELS.items():
        (folder / name).write_bytes(data)
    rows = [asdict(entry(folder / name)) for name in WHEELS]
    (folder / "shelf.json").write_text(json.dumps({"wheels": rows}), "utf-8")
    return folder


def doing(program: str) -> Tree:
    """Return the project whose backend runs *program* before each hook."""
    return TREE.with_files({"do.txt": program.encode()})
