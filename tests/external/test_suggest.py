"""From shared libraries to a draft of the table."""

from __future__ import annotations

import tomllib

import pytest

from trigpoint.external.registry import registry
from trigpoint.external.suggest import _RUNTIMES, CONFIDENCE, draft, loaded, stem, suggest
from trigpoint.external.tables import read_table
from trigpoint.wheels import Library, inspect, libraries

from ..wheels.binaries import elf, macho, pe
from ..wheels.build import Wheel

OWN = ("spam/_core.so",)

STEMS = [
    ("libz.so.1", "libz"),
    ("libz-dd453c56.so.1.2.11", "libz"),
    ("libpcre2-8.so.0", "libpcre2"),
    ("libdb-5.3.so", "libdb"),
    ("libxml2.so.2", "libxml2"),
    ("libssl.3.dylib", "libssl"),
    ("@loader_path/../.dylibs/libpng16.16.dylib", "libpng16"),
    ("/opt/homebrew/opt/openssl@3/lib/libcrypto.3.dylib", "libcrypto"),
    ("libcrypto-3-x64.dll", "libcrypto"),
    ("MSVCP140.dll", "msvcp140"),
    ("msvcp140-263139962577ecda4cd9469ca360a746.dll", "msvcp140"),
    ("libstdc++.so.6", "libstdc++"),
    ("@loader_path/.dylibs/libz.1.3.1.zlib-ng.dylib", "libz"),
    ("libz-5ad3c1fc.so.1.3.1.zlib-ng", "libz"),
    ("libz.zlib-ng.dylib", "libz.zlib-ng"),
    ("libopenblas64_p-r0.3.21.dylib", "libopenblas64_p"),
    ("libspam-r1.so", "libspam-r1"),
    ("", ""),
]


@pytest.mark.parametrize(("name", "expected"), STEMS)
def test_stem(name: str, expected: str) -> None:
    """Folder, hash, numbers and ending are no part of what a library is called."""
    assert expected == stem(name)


CASES = [
    ("libz.so.1", "elf", "system", "dep:generic/zlib", "exact"),
    ("libpq.so.5", "elf", "outside", "dep:generic/libpq", "exact"),
    ("libz-dd453c56.so.1.2.11", "elf", "bundled", "dep:generic/zlib", "family"),
    ("libssl.so.1.1", "elf", "outside", "dep:generic/openssl", "family"),
    ("libssl.3.dylib", "macho", "bundled", "dep:generic/openssl", "family"),
    ("sqlite3.dll", "pe", "bundled", "dep:generic/sqlite", "family"),
    ("libscipy_openblas64_-8fb3d286.so", "elf", "bundled", "dep:virtual/interface/blas", "family"),
    ("libgfortran-83c28eba.so.5.0.0", "elf", "bundled", "dep:virtual/compiler/fortran", "family"),
    ("libgomp.so.1", "elf", "outside", "dep:virtual/interface/openmp", "exact"),
    ("libarrow.so.1800", "elf", "outside", "dep:generic/arrow", "guess"),
    ("libopenblasp-r0-59ffcd50.3.15.so", "elf", "bundled", "dep:virtual/interface/blas", "family"),
    ("hdf5_hl.dll", "pe", "bundled", "dep:generic/hdf5", "family"),
    ("openblas.dll", "pe", "bundled", "dep:virtual/interface/blas", "family"),
    ("hdf5_hl.so", "elf", "bundled", "", "none"),
    ("win32ui.so", "elf", "bundled", "", "none"),
    ("win32ui.pyd", "pe", "outside", "", "none"),
    ("libspam.so.1", "elf", "outside", "", "none"),
]


@pytest.mark.parametrize(("name", "kind", "source", "identifier", "confidence"), CASES)
def test_suggest(name: str, kind: str, source: str, identifier: str, confidence: str) -> None:
    """Each library leads to a name, with how sure that is."""
    (found,) = suggest([Library(name, kind, OWN, source)])
    assert (identifier, confidence) == (found.id, found.confidence)


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("libc.so.6", "system"),
        ("libgcc_s.so.1", "system"),
        ("ld-linux-x86-64.so.2", "system"),
        ("ld-musl-x86_64.so.1", "outside"),
        ("ld-linux-aarch64.so.1", "outside"),
        ("libpython3.13.so.1.0", "python"),
        ("KERNEL32.dll", "system"),
        ("win32ui.PYD", "bundled"),
    ],
)
def test_what_nobody_asks_for(name: str, source: str) -> None:
    """What every compiler, Python or system brings is left out."""
    assert () == suggest([Library(name, "elf", OWN, source)])


def test_what_only_bundled_libraries_link() -> None:
    """It is theirs to ask for, and not in the draft."""
    libraries = [
        Library("libpq-e8a033dd.so.5", "elf", OWN, "bundled", "spam.libs/libpq-e8a033dd.so.5"),
        Library(
            "libkrb5-fcafa220.so.3",
            "elf",
            ("spam.libs/libpq-e8a033dd.so.5",),
            "bundled",
            "spam.libs/libkrb5-fcafa220.so.3",
        ),
    ]
    made = draft(libraries)
    assert ([True, False], ("dep:generic/libpq",)) == (
        [each.direct for each in made.suggestions],
        made.host,
    )


def test_draft() -> None:
    """What is outside is needed to run as well, and compilers only to build."""
    made = draft(
        [
            Library("libstdc++.so.6", "elf", OWN, "system"),
            Library("libz-dd453c56.so.1.2.11", "elf", OWN, "bundled", "x"),
            Library("libpq.so.5", "elf", OWN, "outside"),
            Library("libspam.so.1", "elf", OWN, "outside"),
        ]
    )
    expected = {
        "build-requires": ["dep:virtual/compiler/cxx"],
        "host-requires": ["dep:generic/zlib", "dep:generic/libpq"],
        "dependencies": ["dep:generic/libpq"],
    }
    assert {"external": expected} == tomllib.loads(made.text)
    assert () == read_table(made.text).findings
    assert f"# libspam.so.1, outside: {CONFIDENCE['none']}\n" in made.text


def test_bundled_libraries_of_unknown_names_are_one_line() -> None:
    """A Qt has a hundred, which are the project's own; what is outside stands each by itself."""
    names = [f"libqt{letter}.so.6" for letter in "abcdefg"]
    bundled = [Library(name, "elf", OWN, "bundled", f"x/{name}") for name in names]
    own = "# bundled, and known by name to nothing here, perhaps the project's own: "
    outside = [Library(f"lib{name}.so", "elf", OWN, "outside") for name in ("spam", "eggs")]
    lines = draft([*bundled, *outside]).text.splitlines()
    assert [
        f"# libspam.so, outside: {CONFIDENCE['none']}",
        f"# libeggs.so, outside: {CONFIDENCE['none']}",
        f"{own}{', '.join(names[:5])} and 2 more",
    ] == lines[-4:-1]
    assert f"{own}{', '.join(names[:5])}" == draft(bundled[:5]).text.splitlines()[-2]


@pytest.mark.parametrize(
    ("path", "content", "name"),
    [
        ("spam/data/libsndfile_x86_64.so", elf(own="libsndfile.so.1"), "libsndfile.so.1"),
        (
            "spam/libsndfile_arm64.dylib",
            macho(own="@rpath/libsndfile.1.dylib"),
            "@rpath/libsndfile.1.dylib",
        ),
        ("spam/libsndfile_x64.dll", pe(own="libsndfile.dll"), "libsndfile.dll"),
    ],
)
def test_a_library_that_no_file_links_is_loaded_by_name(
    path: str, content: bytes, name: str
) -> None:
    """It is needed to run, by the name that it has itself; a module without a name is none."""
    found = inspect(
        Wheel({path: content, "spam/_core.so": elf()}).data(), "spam-1.0-py3-none-any.whl"
    )
    (only,) = loaded(found)
    assert (name, (), "bundled", path) == (only.name, only.users, only.source, only.path)
    made = draft([*libraries(found), only])
    assert ((), ("dep:generic/libsndfile",)) == (made.host, made.run)
    assert [True] == [each.direct for each in made.suggestions]
    assert f"# {name}, bundled: " in made.text
    assert "; no file links it, so something loads it by name\n" in made.text


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("spam/_core.pyd", pe(own="_core.pyd")),
        ("spam/_core.cp313-win_amd64.pyd", pe(own="_core.cp313-win_amd64.pyd")),
        ("spam/_core.abi3.so", elf(own="_core.abi3.so")),
        (
            "spam/_core.cpython-313-x86_64-linux-gnu.so",
            elf(own="_core.cpython-313-x86_64-linux-gnu.so"),
        ),
        ("spam/_core.pypy311-pp73-darwin.so", macho(own="@rpath/_core.pypy311-pp73-darwin.so")),
    ],
)
def test_a_module_is_imported_not_loaded_by_name(path: str, content: bytes) -> None:
    """A linker gives a module a name as well, which nothing links."""
    found = inspect(Wheel({path: content}).data(), "spam-1.0-py3-none-any.whl")
    assert [True] == [bool(each.own) for each in found.compiled]
    assert () == loaded(found)


def test_a_library_that_a_file_links_is_not_loaded_by_name() -> None:
    """It is told once; and one whose name leads nowhere is nothing to ask for."""
    files = {
        "spam/_core.so": elf(needed=["libz.so.1"], runpath="$ORIGIN"),
        "spam/libz.so.1": elf(own="libz.so.1"),
        "spam/libspam.so": elf(own="libspam.so.2"),
    }
    found = inspect(Wheel(files).data(), "spam-1.0-py3-none-any.whl")
    assert ["libspam.so.2"] == [each.name for each in loaded(found)]
    assert ["libz.so.1"] == [each.library for each in suggest([*libraries(found), *loaded(found)])]


def test_a_draft_says_what_it_cannot_see() -> None:
    """A wheel that links nothing may have all it needs inside of its modules."""
    said = "# what is linked statically, or loaded by name from outside, cannot be seen"
    assert said == draft([]).text.splitlines()[-1]


def test_nothing_compiled() -> None:
    """Without compiled files nobody compiled anything."""
    assert ("[external]\n", ()) == (draft([], compiled=False).text, draft([], compiled=False).build)


@pytest.mark.parametrize(
    ("generator", "expected"),
    [
        ("maturin (1.9.4)", ["dep:virtual/compiler/rust"]),
        ("Maturin", ["dep:virtual/compiler/rust"]),
        ("maturing 1", ["dep:virtual/compiler/c"]),
        ("", ["dep:virtual/compiler/c"]),
    ],
)
def test_what_compiled_it(generator: str, expected: list[str]) -> None:
    """Maturin compiles Rust; of another language that what is linked does not tell, C is said."""
    made = draft([Library("libz.so.1", "elf", OWN, "outside")], generator=generator)
    assert expected == list(made.build)
    assert expected == tomllib.loads(made.text)["external"]["build-requires"]
    assert () == draft([], compiled=False, generator=generator).build


def test_what_maturin_compiled_beside_rust() -> None:
    """A library of C++ that is linked was compiled by something as well."""
    linked = [Library("libstdc++.so.6", "elf", OWN, "system")]
    made = draft(linked, generator="maturin (1.9.4)")
    assert ("dep:virtual/compiler/rust", "dep:virtual/compiler/cxx") == made.build


def test_names_of_libraries_stay_in_their_comment() -> None:
    """A name with a line break, as a wheel can have it, ends no comment."""
    made = draft([Library('libx.so\n[tool]\n"', "elf", OWN, "outside")])
    assert '# libx.so?[tool]?", outside: ' in made.text
    assert f"# {'a' * 120}, outside" in draft([Library("a" * 200, "elf", OWN, "outside")]).text
    assert {"external": {"build-requires": ["dep:virtual/compiler/c"]}} == tomllib.loads(made.text)


def test_runtimes_are_known() -> None:
    """Every name that a run time leads to is in the registry."""
    assert [] == [each for each in _RUNTIMES.values() if each not in registry().definitions]
