"""What was written before there were DepURLs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.external import DepURL, ExternalRequirement
from trigpoint.external.older import NATIVE, debian_library, read_older

FORMS = [
    # text, kind, name, version, instead, codes
    ("C", "opaque", "C", "", "dep:virtual/compiler/c", "external-opaque"),
    ("c++", "opaque", "c++", "", "dep:virtual/compiler/cxx", "external-opaque"),
    ("Fortran", "opaque", "Fortran", "", "dep:virtual/compiler/fortran", "external-opaque"),
    ("libpng (>=1.5)", "opaque", "libpng", ">=1.5", "dep:generic/libpng@>=1.5", "external-opaque"),
    (
        "libpng >= 1.5, < 2",
        "opaque",
        "libpng",
        ">= 1.5, < 2",
        "dep:generic/libpng@>=1.5,<2",
        "external-opaque",
    ),
    (
        "libpng >=1.5\r",
        "opaque",
        "libpng",
        ">=1.5\r",
        "dep:generic/libpng@>=1.5",
        "external-opaque",
    ),
    ("libpng (~=1.5)", "opaque", "libpng", "~=1.5", "dep:generic/libpng", "external-opaque"),
    ("libpng (>=2,<1)", "opaque", "libpng", ">=2,<1", "dep:generic/libpng", "external-opaque"),
    (
        'make; sys_platform != "win32"',
        "opaque",
        "make",
        "",
        'dep:generic/make; sys_platform != "win32"',
        "external-opaque",
    ),
    (
        "libxslt; linux",
        "opaque",
        "libxslt",
        "",
        "dep:generic/libxslt",
        "external-opaque metadata-external-marker",
    ),
    (
        "OpenCV (=4.6.0, supplied by firmware)",
        "opaque",
        "OpenCV",
        "=4.6.0, supplied by firmware",
        "dep:generic/opencv",
        "external-opaque",
    ),
    (
        "a running PostgreSQL server",
        "opaque",
        "a running PostgreSQL server",
        "",
        "",
        "external-opaque",
    ),
    ("-rf", "opaque", "-rf", "", "", "external-opaque"),
    ("a(b)c", "opaque", "a(b)c", "", "", "external-opaque"),
    ("", "opaque", "", "", "", "external-opaque"),
    ("git", "opaque", "git", "", "dep:generic/git", "external-opaque"),
    ("libblas.so.3-abi", "soname", "libblas.so.3", "", "dep:deb/debian/libblas3", "external-older"),
    ("libblas.so.3", "soname", "libblas.so.3", "", "dep:deb/debian/libblas3", "external-older"),
    (
        "libhdf5_cpp2.so.1.0",
        "soname",
        "libhdf5_cpp2.so.1.0",
        "",
        "dep:deb/debian/libhdf5-cpp2-1.0",
        "external-older",
    ),
    ("libblas.so", "soname", "libblas.so", "", "", "external-older"),
    (
        "libblas.so.3; os_name == 'posix'",
        "soname",
        "libblas.so.3",
        "",
        'dep:deb/debian/libblas3; os_name == "posix"',
        "external-older",
    ),
    (
        "debian/libblas = 3.*",
        "native",
        "libblas",
        "3.*",
        "dep:deb/debian/libblas3",
        "external-older",
    ),
    (
        "ubuntu/libblas==3.*",
        "native",
        "libblas",
        "3.*",
        "dep:deb/ubuntu/libblas3",
        "external-older",
    ),
    (
        "archlinux/blas == 3.*",
        "native",
        "blas",
        "3.*",
        "dep:alpm/arch/blas@>=3,<4",
        "external-older",
    ),
    ("debian/gcc = 3.*", "native", "gcc", "3.*", "dep:deb/debian/gcc@>=3,<4", "external-older"),
    (
        "fedora/zlib-devel",
        "native",
        "zlib-devel",
        "",
        "dep:rpm/fedora/zlib-devel",
        "external-older",
    ),
    ("conda/zlib = 1.2", "native", "zlib", "1.2", "dep:conda/zlib@1.2", "external-older"),
    ("debian/x = 1:2.0-3", "native", "x", "1:2.0-3", "dep:deb/debian/x", "external-older"),
    ("gentoo/zlib", "opaque", "gentoo/zlib", "", "", "external-opaque"),
    ("debian/libblas >= 3", "opaque", "debian/libblas", ">= 3", "", "external-opaque"),
    ("dep:generic/zlib", "dep", "zlib", "", "", ""),
    ("DEP:generic/zlib", "dep", "", "", "", "external-scheme"),
]


@pytest.mark.parametrize(("text", "kind", "name", "version", "instead", "codes"), FORMS)
def test_forms(text: str, kind: str, name: str, version: str, instead: str, codes: str) -> None:
    """Each form is told by its shape, and what it is as a DepURL."""
    read = read_older(text)
    assert (kind, name, version) == (read.kind, read.name, read.version)
    assert (instead, codes.split()) == (read.instead, [found.code for found in read.findings])


@pytest.mark.parametrize("text", [form[0] for form in FORMS])
def test_what_is_proposed_can_be_read(text: str) -> None:
    """What is written instead is an external requirement, and is in the fix."""
    read = read_older(text)
    if read.instead:
        proposed = ExternalRequirement.parse(read.instead)
        fix = read.findings[0].fix
        assert fix is not None
        assert f"write {proposed.dep_url}" == fix.message


def test_places() -> None:
    """The text without its marker is marked."""
    [found] = read_older("  libblas.so.3-abi ; os_name == 'nt'").findings
    assert found.span is not None
    assert (2, 18) == (found.span.start, found.span.end)
    wrong = read_older("make; foo").findings[1]
    assert wrong.span is not None
    assert (5, 9) == (wrong.span.start, wrong.span.end)


def test_only_a_dep_url_can_be_planned() -> None:
    """An older form has no requirement, whatever it may stand for."""
    assert read_older("dep:generic/zlib").requirement is not None
    assert read_older("dep:generic/zlib; os_name == 'nt'").marker is not None
    assert all(read_older(text).requirement is None for text, kind, *_ in FORMS if kind != "dep")


def test_native_names_have_a_type() -> None:
    """What stands for an ecosystem can be read in a DepURL."""
    for start in NATIVE.values():
        assert "x" == DepURL.parse(f"dep:{start}/x").name


@pytest.mark.parametrize(
    ("library", "number", "name"),
    [
        ("libz", "1", "libz1"),
        ("libSDL2", "0", "libsdl2-0"),
        ("libboost_python311", "1.83.0", "libboost-python311-1.83.0"),
    ],
)
def test_debian_names(library: str, number: str, name: str) -> None:
    """A dash stands between a digit and the number."""
    assert name == debian_library(library, number)


@given(st.text(max_size=40) | st.text(st.sampled_from("lib.so3-abi/=*()<>; debian"), max_size=30))
@settings(max_examples=500, deadline=None)
def test_any_text_is_read(text: str) -> None:
    """Free text is what the field holds, so nothing raises."""
    read = read_older(text)
    assert text == read.text
    if read.instead:
        ExternalRequirement.parse(read.instead)


def test_white_space_is_no_part_of_a_version() -> None:
    """A line end in a folded field does not reach what is written instead."""
    assert "dep:generic/libpng@>=1.5" == read_older("libpng >=1.5\r").instead
