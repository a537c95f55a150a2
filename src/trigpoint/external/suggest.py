"""From what a wheel links to a draft of the ``[external]`` table of its project.

The names of shared libraries are the evidence: what is bundled was on the machine that
built the wheel, what is outside has to be on the one that runs it.  A name leads to a
DepURL with a confidence, since names are not unique: *exact* where Debian has a library
of this very name, *family* where only the number differs, *guess* where only the letters
agree.  A draft is for its author to correct: what was linked statically, what is loaded
by name from outside, and which versions are too old cannot be seen.

Source: PEP 725 (draft); the data of this package; auditwheel's names of bundled libraries.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from trigpoint.external.mappings import mapping
from trigpoint.external.registry import registry
from trigpoint.wheels.data import Inspection
from trigpoint.wheels.libraries import Library, libraries

__all__ = ["CONFIDENCE", "Draft", "Suggestion", "draft", "loaded", "stem", "suggest"]

Confidence = Literal["exact", "family", "guess", "none"]

CONFIDENCE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "exact": "Debian has a library of this name",
        "family": "Debian has it by another number, or for another system",
        "guess": "only the letters of the name agree",
        "none": "nothing that is known has a library of this name",
    }
)
"""What the confidence of a suggestion means, the best first."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What one shared library suggests.

    ``library`` is its name, ``source`` where it comes from, as in
    :class:`trigpoint.wheels.Library`, ``users`` the files that link it.  ``id`` is the
    DepURL, "" where ``confidence`` is ``"none"``.  ``direct`` says that a file of the
    package itself links it, or no file does; what only bundled libraries link is theirs to ask for.
    """

    library: str
    source: str
    users: tuple[str, ...]
    id: str
    confidence: Confidence
    direct: bool = True


@dataclass(frozen=True, slots=True)
class Draft:
    """A table for the author of a project: ``suggestions`` and the ``text`` of the table.

    ``build``, ``host`` and ``run`` are the DepURLs of its three lists, of what is linked
    directly.
    """

    suggestions: tuple[Suggestion, ...]
    build: tuple[str, ...]
    host: tuple[str, ...]
    run: tuple[str, ...]
    text: str


_FORTRAN: Final = "dep:virtual/compiler/fortran"
_CXX: Final = "dep:virtual/compiler/cxx"
_C: Final = "dep:virtual/compiler/c"
_RUST: Final = "dep:virtual/compiler/rust"

_RUNTIMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "libgfortran": _FORTRAN,
        "libquadmath": _FORTRAN,
        "libstdc++": _CXX,
        "libc++": _CXX,
        "msvcp140": _CXX,
        "libgomp": "dep:virtual/interface/openmp",
        "libomp": "dep:virtual/interface/openmp",
        "libiomp5": "dep:virtual/interface/openmp",
        "vcomp140": "dep:virtual/interface/openmp",
        "libblas": "dep:virtual/interface/blas",
        "libcblas": "dep:virtual/interface/cblas",
        "liblapack": "dep:virtual/interface/lapack",
        "libmpi": "dep:virtual/interface/mpi",
        "libmpich": "dep:virtual/interface/mpi",
        "libscipy_openblas": "dep:virtual/interface/blas",
        "libscipy_openblas64_": "dep:virtual/interface/blas",
        "libopenblas": "dep:virtual/interface/blas",
        "libopenblasp": "dep:virtual/interface/blas",
        "libopenblas64_": "dep:virtual/interface/blas",
        "libopenblas64_p": "dep:virtual/interface/blas",
        "libmkl_rt": "dep:virtual/interface/blas",
        "libopencl": "dep:virtual/interface/opencl",
        "libgl": "dep:virtual/interface/opengl",
        "libcudart": "dep:generic/cuda-cudart",
        "libcublas": "dep:generic/cublas",
        "libcublaslt": "dep:generic/cublas",
        "libcufft": "dep:generic/cufft",
        "libcurand": "dep:generic/curand",
        "libcusolver": "dep:generic/cusolver",
        "libcusparse": "dep:generic/cusparse",
        "libcudnn": "dep:generic/cudnn",
        "libnccl": "dep:generic/nccl",
        "libnvrtc": "dep:generic/cuda-nvrtc",
        "zlib1": "dep:generic/zlib",
        "zlib": "dep:generic/zlib",
        "libjpeg": "dep:generic/libjpeg",
        "libturbojpeg": "dep:generic/libjpeg",
        "libdb": "dep:generic/berkeley-db",
        "libhdf5": "dep:generic/hdf5",
        "libhdf5_hl": "dep:generic/hdf5",
        "libsharpyuv": "dep:generic/libwebp",
        "libsz": "dep:generic/libaec",
        "libk5crypto": "dep:generic/krb5",
        "libkrb5support": "dep:generic/krb5",
    }
)
"""Libraries by stem that stand for something else than the package that has them."""

_SHOWN: Final = 5
"""Bundled libraries of unknown names that a draft names; a Qt has a hundred."""

_PLAIN: Final = frozenset({"libgcc_s", "libc", "libm", "libdl", "libpthread", "librt", "libutil"})
"""What every compiler brings, and nobody asks for."""

_HASH = re.compile(r"-[0-9a-f]{8,64}(?=[.-]|\Z)")
_ENDING = re.compile(
    r"(?:\.(?:so|dylib|dll|pyd)\b.*|(?:\.[0-9]++)++(?:\.zlib-ng)?(?:\.dylib)?)\Z",
    re.IGNORECASE | re.DOTALL,
)
"""What follows the letters; zlib-ng puts its own name behind the number of zlib."""
_NUMBER = re.compile(r"-(?:r0(?:\.[0-9]++)*+|[0-9][0-9.]*+(?:-(?:x64|x86|amd64|arm64))?+)\Z")
"""What follows a name on Windows, and a version in front of ``.so``; OpenBLAS has r0.3.15 there."""


def stem(name: str) -> str:
    """Return the letters of the library *name*: without folder, hash, numbers and ending.

    >>> [stem(each) for each in ("libz-dd453c56.so.1.2.11", "/opt/lib/libssl.3.dylib")]
    ['libz', 'libssl']
    >>> [stem(each) for each in ("libcrypto-3-x64.dll", "libxml2.so.2")]
    ['libcrypto', 'libxml2']
    """
    plain = re.split(r"[/\\]", name)[-1].casefold()
    return _NUMBER.sub("", _ENDING.sub("", _HASH.sub("", plain)))


@functools.cache
def _known() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the DepURLs by soname, and by stem; where several have one, by the first."""
    exact: dict[str, str] = {}
    family: dict[str, str] = {}
    for identifier, cells in mapping("debian").entries.items():
        for name in cells[0].sonames:
            if not identifier.startswith("dep:virtual/"):
                exact.setdefault(name, identifier)
                family.setdefault(stem(name).removeprefix("lib"), identifier)
    return exact, family


@functools.cache
def _names() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for identifier in registry().definitions:
        if identifier.startswith("dep:generic/"):
            found.setdefault(identifier.rpartition("/")[2].removeprefix("lib"), identifier)
    return found


_MODULE: Final = re.compile(
    r"\.pyd\Z|\.(?:abi3t?|cp[0-9]|cpython-|pypy[0-9]|graalpy)[\w-]*\.(?:so|dylib)\Z"
).search


def loaded(inspection: Inspection) -> tuple[Library, ...]:
    """Return what in the wheel *inspection* has the name of a library and is linked by no file.

    Something has to load it by name.  Such a library has no ``users``, and its ``name`` is
    what others would link it by.  An extension module is none, though some have a name, as
    each ``.pyd`` does: Python imports it.

    >>> from trigpoint.wheels import inspect
    >>> loaded(inspect(b"", "a-1-py3-none-any.whl"))
    ()
    """
    linked = {each.path for each in libraries(inspection)}
    return tuple(
        Library(file.own, file.format, (), "bundled", file.path)
        for file in inspection.compiled
        if file.own and file.path not in linked and not _MODULE(file.path)
    )


def suggest(linked: Iterable[Library]) -> tuple[Suggestion, ...]:
    """Say what each of *linked* suggests, in their order.

    Of what no file links (:func:`loaded`), only what leads to a name.

    >>> from trigpoint.wheels import Library
    >>> found = suggest([Library("libz-dd453c56.so.1.2.11", "elf", ("a.so",), "bundled")])
    >>> found[0].id, found[0].confidence
    ('dep:generic/zlib', 'family')
    """
    exact, family = _known()
    found: list[Suggestion] = []
    linked = tuple(linked)
    bundled = {each.path for each in linked if each.source == "bundled"}
    for each in linked:
        root = stem(each.name)
        if each.source == "python" or root in _PLAIN or root.startswith(("ld-linux", "ld-musl")):
            continue
        # An extension module that another one links, as Windows lets it.
        if each.source == "bundled" and each.name.casefold().endswith(".pyd"):
            continue
        # Windows knows many libraries without the letters in front.
        plain = f"lib{root}" if each.format == "pe" else ""
        identifier = _RUNTIMES.get(root) or _RUNTIMES.get(plain, "")
        confidence: Confidence = "family"
        if each.name in exact:
            identifier, confidence = identifier or exact[each.name], "exact"
        elif not identifier:
            bare = root.removeprefix("lib")
            identifier = family.get(bare, "")
            if not identifier:
                identifier = _names().get(bare, "")
                confidence = "guess" if identifier else "none"
        if not identifier and (each.source == "system" or not each.users):
            continue
        direct = not each.users or not bundled.issuperset(each.users)
        found.append(Suggestion(each.name, each.source, each.users, identifier, confidence, direct))
    return tuple(found)


def draft(linked: Iterable[Library], *, compiled: bool = True, generator: str = "") -> Draft:
    r"""Write the draft of an ``[external]`` table from *linked*.

    *compiled* says that there are compiled files at all, so that something compiled them, and
    *generator* what wrote the wheel, as its WHEEL file has it: maturin compiles Rust only.

    >>> from trigpoint.wheels import Library
    >>> print(draft([Library("libpq.so.5", "elf", ("_psycopg.so",), "outside")]).text)
    [external]
    build-requires = [
      "dep:virtual/compiler/c",  # it has compiled files; of which language cannot be seen
    ]
    host-requires = [
      "dep:generic/libpq",  # libpq.so.5, outside: exact
    ]
    dependencies = [
      "dep:generic/libpq",  # libpq.so.5, outside: exact
    ]
    # what is linked statically, or loaded by name from outside, cannot be seen
    <BLANKLINE>
    """
    suggestions = suggest(linked)
    build: dict[str, str] = {}
    host: dict[str, str] = {}
    run: dict[str, str] = {}
    open_: list[Suggestion] = []
    for each in suggestions:
        if not each.direct:
            continue
        said = f"{_comment(each.library)}, {each.source}: {each.confidence}"
        if each.confidence == "none":
            open_.append(each)
        elif each.id.startswith("dep:virtual/compiler/"):
            build.setdefault(each.id, said)
        elif not each.users:
            run.setdefault(each.id, f"{said}; no file links it, so something loads it by name")
        else:
            host.setdefault(each.id, said)
            if each.source == "outside":
                run.setdefault(each.id, said)
    if compiled and generator.partition(" ")[0].casefold() == "maturin":
        build = {_RUST: "maturin wrote the wheel, and what it compiles is Rust", **build}
    elif compiled and not any(each in build for each in (_C, _CXX)):
        build = {_C: "it has compiled files; of which language cannot be seen", **build}
    text = "[external]\n"
    for key, listed in (("build-requires", build), ("host-requires", host), ("dependencies", run)):
        if listed:
            rows = "".join(f'  "{name}",  # {said}\n' for name, said in listed.items())
            text += f"{key} = [\n{rows}]\n"
    own = [_comment(each.library) for each in open_ if each.source == "bundled"]
    for each in open_:
        if each.source != "bundled":
            text += f"# {_comment(each.library)}, {each.source}: {CONFIDENCE['none']}\n"
    if own:
        more = f" and {len(own) - _SHOWN:,} more" if len(own) > _SHOWN else ""
        text += f"# bundled, and known by name to nothing here, perhaps the project's own: {', '.join(own[:_SHOWN])}{more}\n"
    if compiled:
        text += "# what is linked statically, or loaded by name from outside, cannot be seen\n"
    return Draft(suggestions, tuple(build), tuple(host), tuple(run), text)


def _comment(text: str) -> str:
    """Return *text* as it can stand in a comment: what cannot be seen would end it."""
    return "".join(char if char.isprintable() else "?" for char in text)[:120]
