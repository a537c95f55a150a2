"""What compilers, build systems and loaders say while a package with compiled code is built or used.

Most of it was not recorded here: what a compiler prints depends on the machine.  Each is
sourced from a public report that shows the words, or from the source text of the tool, with
the day on which it was read.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from trigpoint.installers.messages.message import Message, on_github

__all__ = ["COMPILING"]

_READ: Final = "2026-11-26"
_HUB: Final = "https://github.com"
_BUILDING: Final = "https://packaging.python.org/en/latest/guides/packaging-binary-extensions/"
_SYSTEM: Final = ("guides/system-library", "playground/external")
_WHEELS: Final = ("guides/which-wheels", "guides/cibuildwheel")


_public: Final = partial(on_github, date=_READ)


COMPILING: Final = (
    # what is not on the machine
    Message(
        "python-h-not-found",
        "fatal error: Python.h: No such file or directory",
        (
            "fatal error: Python.h: No such file or directory",
            "fatal error: 'Python.h' file not found",
            "Cannot open include file: 'Python.h': No such file or directory",
            "Python dependency not found",
        ),
        "An extension module in C is compiled with the headers of the very Python that will import it.",
        _BUILDING,
        "pip found no wheel for your Python and builds from source, and the Python of the system comes"
        " without its headers.",
        "Look for a version of the project, or of Python, for which there is a wheel. To build, install"
        " the headers: python3-dev on Debian, Ubuntu and Alpine, python3-devel on Fedora, with the"
        " version in the name (python3.13-dev) for a Python that is not the default one. Pythons of"
        " uv, pyenv and conda have their headers with them.",
        guides=("guides/c-extension", *_SYSTEM),
        sourced=_public("jdidion/atropos/issues/142"),
    ),
    Message(
        "header-not-found",
        "fatal error: ...: No such file or directory",
        (
            "fatal error: {header}: No such file or directory",
            "fatal error: '{header}' file not found",
            "Cannot open include file: '{header}': No such file or directory",
        ),
        "C code is compiled with the headers of the libraries that it uses.",
        _BUILDING,
        "There is no wheel for your Python, so pip compiles, and the library is not installed, or only"
        " the part that programs load and not the one that they are compiled with.",
        "Look for a version of the project for which there is a wheel. To build, install the library's"
        " development package: lib...-dev on Debian, ...-devel on Fedora.",
        guides=_SYSTEM,
        sourced=_public("numenta/nupic-legacy/issues/649"),
    ),
    Message(
        "numpy-header-not-found",
        "fatal error: numpy/arrayobject.h: No such file or directory",
        (
            "fatal error: numpy/arrayobject.h: No such file or directory",
            "fatal error: 'numpy/arrayobject.h' file not found",
            "Cannot open include file: 'numpy/arrayobject.h': No such file or directory",
        ),
        "NumPy's headers are inside its wheel, and a build finds them only where it asks NumPy for the"
        " folder.",
        "https://numpy.org/doc/stable/reference/generated/numpy.get_include.html",
        "The build does not ask NumPy where they are, or it asked in an environment that is gone: an"
        " isolated build left a build folder behind that still points there.",
        "Take a version of the project for which there is a wheel. In your own project, name numpy in"
        " build-system.requires and pass numpy.get_include() to the compiler; remove a build folder"
        " that stayed, such as build/cp313 of meson-python.",
        guides=("guides/meson-python", "guides/fortran", "guides/cython"),
        sourced=_public("salu133445/musegan/issues/105"),
    ),
    Message(
        "longintrepr-not-found",
        "fatal error: longintrepr.h: No such file or directory",
        (
            "fatal error: longintrepr.h: No such file or directory",
            "fatal error: 'longintrepr.h' file not found",
            "Cannot open include file: 'longintrepr.h': No such file or directory",
        ),
        "Python 3.11 took longintrepr.h from the headers that may be included.",
        "https://docs.python.org/3/whatsnew/3.11.html",
        "The C code was written by a Cython that is older than your Python, and came with the sdist"
        " or from a pin in build-system.requires.",
        "Take a newer version of the project, or an older Python. In your own project, build with a"
        " newer Cython and leave the generated .c files out of the sdist.",
        guides=("guides/cython",),
        sourced=_public("cython/cython/issues/4461"),
    ),
    Message(
        "visual-c-required",
        "error: Microsoft Visual C++ 14.0 or greater is required",
        (
            "Microsoft Visual C++ 14.0 or greater is required",
            "Microsoft Visual C++ 14.0 is required",
        ),
        "On Windows an extension module is compiled with the compiler of Visual Studio 2015 or newer.",
        _BUILDING,
        "There is no wheel for your Python: it is newer than the project's last release, it is one for"
        " 32 bit or ARM, or the project has none for Windows. So pip compiles, and there is no"
        " compiler.",
        "Look at the files of the project for a version with a wheel for your Python, or take an older"
        " Python. To compile, install Build Tools for Visual Studio with the workload Desktop"
        " development with C++; the redistributable is not enough.",
        guides=_WHEELS,
        sourced=_public("paulross/TotalDepth/issues/37"),
    ),
    Message(
        "compiler-not-found",
        "error: command 'gcc' failed: No such file or directory",
        (
            "command '{compiler}' failed: No such file or directory",
            "unable to execute '{compiler}': No such file or directory",
        ),
        "To build an extension module from source takes a compiler.",
        _BUILDING,
        "There is no wheel for your Python, and no compiler, as in slim container images.",
        "Look for a version of the project for which there is a wheel. To compile, install one:"
        " build-essential on Debian and Ubuntu, gcc and gcc-c++ on Fedora, build-base on Alpine,"
        " xcode-select --install on macOS.",
        guides=_SYSTEM,
        sourced=_public(
            "pypa/setuptools/blob/00eaec7a0c4e49af9c4062145c969f08d2953abe/setuptools/_distutils/spawn.py"
        ),
    ),
    Message(
        "cc1plus-not-found",
        "gcc: fatal error: cannot execute 'cc1plus': No such file or directory",
        (
            "error trying to exec 'cc1plus'",
            "cannot execute 'cc1plus'",
        ),
        "gcc compiles C++ with a part that is a package of its own.",
        _BUILDING,
        "The compiler for C is installed and the one for C++ is not.",
        "Install it: g++ on Debian, Ubuntu and Alpine, gcc-c++ on Fedora, gxx of conda-forge.",
        guides=_SYSTEM,
        sourced=_public("baabaaox/ScrapyDouban/issues/14"),
    ),
    Message(
        "library-not-found",
        "ld: cannot find -l...",
        (
            "ld: cannot find {library}",
            "ld: library not found for {library}",
            "LINK : fatal error LNK1181: cannot open input file '{library}'",
        ),
        "An extension module is linked with the libraries that it names, each by the name behind -l.",
        _BUILDING,
        "The library is not installed, or lies where the linker does not look.",
        "Install its development package, which has the file without a version in its name (libz.so,"
        " not libz.so.1). If it lies elsewhere, say where: LDFLAGS=-L/folder, or LIB on Windows.",
        guides=_SYSTEM,
        sourced=_public("gleitz/howdoi/issues/97"),
    ),
    Message(
        "cmake-package-not-found",
        "Could NOT find ... (missing: ...)",
        ("Could NOT find {package} (missing: {parts...})",),
        "find_package() of CMake looks for a library, its headers, or parts of a Python.",
        "https://cmake.org/cmake/help/latest/command/find_package.html",
        "It is not installed, or only a part of it. Behind two hyphens it is a note, and the build goes"
        " on without.",
        "Install the development package of what is named. For Python with Development.Module missing,"
        " those are its headers: python3-dev on Debian, python3-devel on Fedora.",
        guides=_SYSTEM,
        sourced=_public("passagemath/passagemath/pull/1602"),
    ),
    Message(
        "meson-dependency-not-found",
        'ERROR: Dependency "..." not found, tried pkgconfig',
        (
            "Dependency '{name}' not found, tried {ways...}",
            "Dependency '{name}' not found (tried {ways...})",
            "Dependency '{name}' not found",
            "Dependency lookup for {name} with method '{way}' failed: {why...}",
        ),
        "dependency() of Meson asks pkg-config, CMake and others for a library by its name there.",
        "https://mesonbuild.com/Dependencies.html",
        "The library's development package, which has its .pc file, is not installed, or pkg-config is"
        " not.",
        "Install both. If the library lies elsewhere, put the folder of its .pc file into"
        " PKG_CONFIG_PATH.",
        guides=("guides/meson-python", *_SYSTEM),
    ),
    Message(
        "unknown-compiler",
        "ERROR: Unknown compiler(s): [['cc'], ['gcc'], ['clang']]",
        ("Unknown compiler(s): {tried...}",),
        "Meson tries the compilers of the language that it knows, one after another, or the one that CC,"
        " CXX or FC names.",
        "https://mesonbuild.com/Machine-files.html",
        "None of those in the brackets is there: gfortran and flang in it mean that one for Fortran is"
        " missing, c++ and g++ one for C++. There is no wheel for your Python, so pip compiles.",
        "Look for a version of the project for which there is a wheel. To compile, install the compiler:"
        " gcc or build-essential, g++, gfortran on Debian and Ubuntu; gfortran comes with gcc of Homebrew;"
        " on Windows open the developer prompt of Visual Studio, or take compilers of conda-forge.",
        guides=("guides/meson-python", "guides/fortran", *_SYSTEM),
    ),
    Message(
        "cmake-no-compiler",
        "No CMAKE_CXX_COMPILER could be found",
        (
            "No {variable} could be found. Tell CMake where to find the compiler",
            "No CMAKE_CXX_COMPILER could be found",
            "No CMAKE_C_COMPILER could be found",
            "No CMAKE_Fortran_COMPILER could be found",
            "CMAKE_C_COMPILER not set, after EnableLanguage",
            "CMAKE_CXX_COMPILER not set, after EnableLanguage",
        ),
        "CMake looks for a compiler for each language of project(), or takes the one that CC or CXX"
        " names.",
        "https://cmake.org/cmake/help/latest/command/project.html",
        "There is none. There is no wheel for your Python, so pip compiles.",
        "Look for a version of the project for which there is a wheel. To compile, install one:"
        " build-essential on Debian and Ubuntu, gcc and gcc-c++ on Fedora, xcode-select --install on macOS,"
        " Build Tools for Visual Studio with Desktop development with C++ on Windows.",
        guides=("guides/compiled", *_SYSTEM),
        sourced=on_github("ggml-org/llama.cpp/issues/5899", "2026-11-27"),
    ),
    Message(
        "cmake-not-found",
        "CMakeNotFoundError: Could not find CMake with version ...",
        (
            "Could not find CMake with version {version...}",
            "CMake must be installed to build the following extensions",
            "Problem with the CMake installation, aborting build",
            "cmake: command not found",
        ),
        "A build with CMake takes the program of that name, in a version that is new enough.",
        "https://cmake.org/download/",
        "There is none, or an older one, and the backend found no wheel of cmake for this machine, did not"
        " ask for one, or isolation is off.",
        "Look for a version of the project for which there is a wheel. To compile, install it: pip install"
        " cmake, or cmake of the system's package manager, of conda-forge or of Homebrew.",
        guides=("guides/compiled",),
        sourced=on_github(
            "scikit-build/scikit-build-core/blob/main/src/scikit_build_core/cmake.py", "2026-11-27"
        ),
    ),
    Message(
        "pkg-config-not-found",
        "Package ... was not found in the pkg-config search path",
        (
            "Package {package} was not found in the pkg-config search path",
            "No package '{package}' found",
            "pkg-config: not found",
            "pkg-config: command not found",
            "Can not find valid pkg-config name",
        ),
        "pkg-config says where a library lies, from a file NAME.pc that its development package brings.",
        "https://www.freedesktop.org/wiki/Software/pkg-config/",
        "That package, or pkg-config itself, is not installed. There is no wheel for your Python, so pip"
        " compiles.",
        "Look for a version of the project for which there is a wheel. To compile, install both: pkg-config"
        " and lib...-dev on Debian and Ubuntu (libcairo2-dev, default-libmysqlclient-dev), pkgconf and"
        " ...-devel on Fedora, pkgconf and the library of Homebrew. If the file lies elsewhere, name its"
        " folder in PKG_CONFIG_PATH.",
        guides=_SYSTEM,
        sourced=on_github("PyMySQL/mysqlclient/issues/636", "2026-11-27"),
    ),
    Message(
        "libxml2-not-found",
        "Please make sure the libxml2 and libxslt development packages are installed",
        ("Please make sure the libxml2 and libxslt development packages are installed",),
        "lxml is compiled with libxml2 and libxslt.",
        "https://lxml.de/installation.html",
        "There is no wheel of this lxml for your Python, and the two are not installed where it is compiled.",
        "Ask for a newer lxml, which has wheels for most systems. To compile: apt install libxml2-dev"
        " libxslt1-dev, dnf install libxml2-devel libxslt-devel.",
        guides=_SYSTEM,
        sourced=on_github("rschroll/rmrl/issues/15", "2026-11-27"),
    ),
    Message(
        "cmake-no-generator",
        'CMake was unable to find a build program corresponding to "Ninja"',
        (
            "CMake was unable to find a build program corresponding to '{program}'",
            "Ninja is required to build",
            "Could not detect Ninja {version} or newer",
        ),
        "CMake and Meson write files for a program that runs the compilers: ninja, or make.",
        "https://cmake.org/cmake/help/latest/manual/cmake-generators.7.html",
        "That program is missing: the backend found no wheel of ninja for this machine and did not ask for"
        " one of the system, or isolation is off. Or an environment that is gone is named by a build"
        " folder that stayed.",
        "Install it: ninja of PyPI or conda-forge, ninja-build on Debian, Ubuntu and Fedora; remove old"
        " build folders.",
        guides=("guides/compiled",),
        sourced=on_github("termux/termux-packages/issues/10065", "2026-11-27"),
    ),
    Message(
        "cmake-package-no-config",
        'Could not find a package configuration file provided by "..."',
        ("Could not find a package configuration file provided by '{package}'",),
        "find_package() of CMake looks for a library by a file, NAMEConfig.cmake, that its development"
        " package brings.",
        "https://cmake.org/cmake/help/latest/command/find_package.html",
        "The library is not installed, only the part of it that programs load is, or it lies where CMake"
        " does not look. pybind11 and nanobind, which come with pip, have to be in"
        " build-system.requires.",
        "Install the development package. If it lies elsewhere, name the folder above it in"
        " CMAKE_PREFIX_PATH.",
        guides=("guides/compiled", *_SYSTEM),
    ),
    Message(
        "meson-program-not-found",
        "ERROR: Program '...' not found or not executable",
        ("Program '{program}' not found or not executable",),
        "find_program() of Meson looks for a program on PATH.",
        "https://mesonbuild.com/Reference-manual_functions.html",
        "It is not installed; or it is one that comes with pip, such as cython, and is not in"
        " build-system.requires, or isolation is off.",
        "Install it. In your own project, write it into build-system.requires, or pass the path with"
        " --native-file.",
        guides=("guides/meson-python",),
    ),
    Message(
        "cargo-too-old",
        "feature `edition2024` is required",
        (
            "feature 'edition2024' is required",
            "feature 'edition2021' is required",
            "The package requires the Cargo feature called '{feature}'",
        ),
        "Each edition of Rust needs a Cargo that knows it: 1.85 is the first with edition 2024.",
        "https://doc.rust-lang.org/edition-guide/rust-2024/index.html",
        "The Cargo on this machine is older than the project, or than one of the crates that it needs, as"
        " those that Debian and Ubuntu package are.",
        "Run rustup update, or install Rust with rustup in place of the one of the system. A wheel needs"
        " no Rust: look for a version of the project that has one for your Python.",
        guides=("guides/rust",),
        sourced=on_github("marin-community/marin/issues/2182", "2026-11-27"),
    ),
    Message(
        "rust-no-linker",
        "error: linker `cc` not found",
        (
            "error: linker '{linker}' not found",
            "linker 'cc' not found",
            "linker 'link.exe' not found",
        ),
        "Rust links with the compiler for C of the system.",
        "https://rust-lang.org/tools/install/",
        "Rust is installed, and no compiler for C.",
        "Install one: build-essential on Debian and Ubuntu, gcc on Fedora, build-base on Alpine,"
        " xcode-select --install on macOS, Build Tools for Visual Studio on Windows.",
        guides=("guides/rust", *_SYSTEM),
        sourced=on_github("astronomer/astro-cli/issues/1927", "2026-11-27"),
    ),
    Message(
        "maturin-no-environment",
        "Couldn't find a virtualenv or conda environment, but you need one to use this command",
        ("Couldn't find a virtualenv or conda environment, but you need one to use this command",),
        "maturin develop installs into an environment: the one that is active, or .venv of this folder or"
        " one above it.",
        "https://www.maturin.rs/local_development.html",
        "No environment is active, and there is no .venv.",
        "Make one and activate it: python -m venv .venv. Without one, pip install . builds and installs the"
        " project, and maturin build makes a wheel.",
        guides=("guides/rust",),
        sourced=on_github("tursodatabase/turso/pull/653", "2026-11-27"),
    ),
    Message(
        "maturin-two-environments",
        "Both VIRTUAL_ENV and CONDA_PREFIX are set. Please unset one of them",
        ("Both VIRTUAL_ENV and CONDA_PREFIX are set",),
        "maturin develop installs into the one environment that is active.",
        "https://www.maturin.rs/local_development.html",
        "A virtual environment is active on top of one of conda, often base, which new shells activate.",
        "Run conda deactivate, or unset CONDA_PREFIX for the command.",
        guides=("guides/rust",),
        sourced=on_github("PyO3/maturin/issues/284", "2026-11-27"),
    ),
    Message(
        "clang-no-openmp",
        "clang: error: unsupported option '-fopenmp'",
        ("unsupported option '-fopenmp'",),
        "The clang that Apple ships compiles without OpenMP.",
        "https://scikit-learn.org/stable/developers/advanced_installation.html",
        "The project wants OpenMP, there is no wheel of it for your Python, and pip compiles on macOS.",
        "Look for a version with a wheel. To compile, take a compiler that has it: gcc or llvm of Homebrew,"
        " named with CC and CXX, or compilers and llvm-openmp of conda-forge.",
        guides=("guides/compiled",),
        sourced=on_github("salimamoukou/acv00/issues/7", "2026-11-27"),
    ),
    Message(
        "cmake-too-new",
        "CMake Error: Compatibility with CMake < 3.5 has been removed from CMake",
        ("Compatibility with CMake < 3.5 has been removed from CMake",),
        "CMake 4 refuses projects whose cmake_minimum_required names a version before 3.5.",
        "https://cmake.org/cmake/help/latest/release/4.0.html",
        "The project is older than that, or has such a one within, and the newest CMake builds it.",
        "Take a newer version of the project. Until there is one, set"
        " CMAKE_POLICY_VERSION_MINIMUM=3.5 in the environment of the build. In your own project,"
        " write a range: cmake_minimum_required(VERSION 3.15...4.0).",
        guides=("guides/compiled",),
    ),
    Message(
        "rust-not-found",
        "Cargo, the Rust package manager, is not installed or is not on PATH",
        (
            "Cargo, the Rust package manager, is not installed or is not on PATH",
            "can't find Rust compiler",
            "the rust compiler, is not installed or not in PATH",
        ),
        "To build an extension module in Rust takes rustc and Cargo.",
        "https://www.maturin.rs/",
        "There is no wheel for your Python or system, or pip is too old to know its tags, and Rust is"
        " not installed.",
        "Upgrade pip, and look for a version of the project for which there is a wheel. To compile,"
        " install Rust with rustup and open a new shell.",
        guides=("guides/rust",),
        sourced=_public("aertslab/pycisTopic/issues/147"),
    ),
    Message(
        "pyo3-too-old",
        "error: the configured Python interpreter version (...) is newer than PyO3's maximum supported"
        " version (...)",
        (
            (
                "the configured Python interpreter version ({python}) is newer than PyO3's maximum"
                " supported version ({newest})"
            ),
        ),
        "A version of PyO3 knows the Pythons up to the one that was there when it was released.",
        "https://pyo3.rs/main/migration",
        "The project was released before your Python, so that there is no wheel and its sources do not"
        " build.",
        "Take a newer version of the project, or an older Python. In your own project, raise pyo3 in"
        " Cargo.toml. PYO3_USE_ABI3_FORWARD_COMPATIBILITY=1 builds all the same where the project"
        " keeps to the stable ABI.",
        guides=("guides/rust",),
        sourced=_public("PyO3/maturin/issues/1960"),
    ),
    Message(
        "pg-config-not-found",
        "Error: pg_config executable not found",
        ("pg_config executable not found",),
        "psycopg2 is compiled with PostgreSQL's libpq, which pg_config tells where to find.",
        "https://www.psycopg.org/docs/install.html",
        "psycopg2 has wheels for Windows only, and libpq is not installed where it is compiled.",
        "Install psycopg2-binary, or psycopg[binary] for a new project. To compile, install libpq-dev"
        " on Debian, libpq-devel on Fedora, libpq of Homebrew, and have pg_config on PATH.",
        guides=_SYSTEM,
        sourced=_public("psycopg/psycopg2/issues/488"),
    ),
    Message(
        "cython-sources",
        "AttributeError: cython_sources",
        ("AttributeError: cython_sources", "object has no attribute 'cython_sources'"),
        "PyYAML before 6.0.1 builds with Cython 0.29 only.",
        f"{_HUB}/yaml/pyyaml/issues/601",
        "A pin holds PyYAML at 6.0 or 5.4, for which there is no wheel for your Python, and the build"
        " gets the newest Cython.",
        "Ask for pyyaml>=6.0.1; look what else asks for an older one.",
        sourced=_public("yaml/pyyaml/issues/601"),
    ),
    # what only reports
    Message(
        "compiler-failed",
        "error: command 'gcc' failed with exit code 1",
        (
            "command '{compiler}' failed with exit code {code}",
            "command '{compiler}' failed with exit status {code}",
        ),
        "A compiler says itself what it stumbles over, in the lines above.",
        _BUILDING,
        "The compiler found an error.",
        "Look for the first line above with error: in it; what follows comes of that one.",
        follows=True,
        sourced=_public("higlass/clodius/issues/9"),
    ),
    Message(
        "cmake-failed",
        "*** CMake configuration failed",
        (
            "CMake configuration failed",
            "Configuring incomplete, errors occurred",
        ),
        "CMake says itself what it misses, in the lines above.",
        "https://cmake.org/cmake/help/latest/",
        "It found no compiler, no library, or something wrong in CMakeLists.txt.",
        "Look for the first CMake Error above; what follows comes of that one.",
        follows=True,
    ),
    Message(
        "maturin-failed",
        "maturin failed",
        ("maturin failed",),
        "maturin says below it what it stumbled over, the last line first.",
        "https://www.maturin.rs/",
        "Cargo, the compiler or a missing Python stopped it: see behind Caused by, and what rustc printed"
        " above.",
        "Look for the first line above that begins with error. cargo build in the folder of Cargo.toml"
        " shows whether it is about Rust alone.",
        guides=("guides/rust",),
        follows=True,
        sourced=on_github("PyO3/maturin/issues/1145", "2026-11-27"),
    ),
    Message(
        "cibuildwheel-command-failed",
        "Error: Command [...] failed with code ...",
        ("Command {command...} failed with code {code}",),
        "cibuildwheel runs the build, the repair and the tests as commands, and stops at the first that"
        " fails.",
        "https://cibuildwheel.pypa.io/en/stable/faq/",
        "That command said itself why, in the lines above.",
        "Look for the last error above it. cibuildwheel --only IDENTIFIER runs one build alone.",
        guides=("guides/cibuildwheel",),
        follows=True,
        sourced=on_github("pypa/cibuildwheel/blob/main/cibuildwheel/__main__.py", "2026-11-27"),
    ),
    Message(
        "rust-compile-failed",
        "error: could not compile `...`",
        ("error: could not compile '{crate}'", "error: linking with '{linker}' failed"),
        "rustc and the linker say themselves what they stumble over, in the lines above.",
        "https://doc.rust-lang.org/cargo/",
        "The compiler found an error in the crate that is named, or the linker missed a library.",
        "Look for the first line above that begins with error. For a project of others look for a version"
        " with a wheel; an old one may not compile with a newer Rust.",
        guides=("guides/rust",),
        follows=True,
        sourced=on_github("mfontanini/presenterm/issues/28", "2026-11-27"),
    ),
    Message(
        "cython-compile-failed",
        "Cython.Compiler.Errors.CompileError: ...",
        ("Cython.Compiler.Errors.CompileError: {file}",),
        "Cython says itself what it stumbles over, in the lines above.",
        "https://cython.readthedocs.io/en/latest/src/userguide/migrating_to_cy30.html",
        "The sources are for another Cython: projects from before 2023 are for 0.29, and 3 refuses some of"
        " what that took.",
        "Look for a version of the project for which there is a wheel. Until there is one build with"
        " Cython<3: a file that says so, named with --build-constraint of pip 25.3 or uv pip.",
        guides=("guides/cython",),
        sourced=on_github("yaml/pyyaml/issues/601", "2026-11-27"),
    ),
    Message(
        "failed-building-wheel",
        "ERROR: Failed building wheel for ...",
        (
            "Failed building wheel for {project}",
            "Failed to build installable wheels for some pyproject.toml based projects",
            "Could not build wheels for {projects...}, which is required to install",
        ),
        "To install from source is to build a wheel first.",
        "PEP 517",
        "The build of the project that is named failed; why stands above, within [lines of output].",
        "Look for the last line above that begins with error, or ends a traceback. A wheel for your"
        " Python needs no build: try a newer version of the project.",
        guides=_WHEELS,
        follows=True,
    ),
    # wheels that do not fit
    Message(
        "glibc-too-old",
        "ImportError: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_...' not found",
        (
            "libc.so.6: version {version} not found",
            "libstdc++.so.6: version {version} not found",
            "libm.so.6: version {version} not found",
        ),
        "Code runs with the C library that it was linked with, or a newer one, never with an older one.",
        f"{_HUB}/pypa/manylinux",
        "The wheel was built on a newer system than this and not repaired, or has a tag that promises"
        " more than is true.",
        "Take another version of the project, or a newer system. Whoever builds the wheel does so in a"
        " manylinux image, with cibuildwheel, and lets auditwheel give it its tag.",
        guides=_WHEELS,
        sourced=_public("pypa/wheel/issues/87"),
    ),
    Message(
        "too-recent-symbols",
        "cannot repair ... because of the presence of too-recent versioned symbols",
        ("because of the presence of too-recent versioned symbols",),
        "A manylinux tag names the oldest C library with which a wheel runs; auditwheel holds it to"
        " that.",
        f"{_HUB}/pypa/manylinux",
        "The wheel, or a library that goes into it, was compiled on a system newer than the tag.",
        "Compile in the manylinux image of the tag, the libraries too, or ask for the newer tag that"
        " auditwheel show names.",
        guides=("guides/cibuildwheel", "guides/which-wheels"),
        sourced=_public("pypa/auditwheel/issues/354"),
    ),
    Message(
        "repair-library-missing",
        'ValueError: Cannot repair wheel, because required library "..." could not be located',
        ("Cannot repair wheel, because required library '{library}' could not be located",),
        "auditwheel copies the libraries that a wheel needs into it, and looks where the loader of the"
        " system looks.",
        f"{_HUB}/pypa/auditwheel",
        "The library lies elsewhere, such as in the folder of the build or in another wheel, or was not"
        " built at all.",
        "Name its folder in LD_LIBRARY_PATH for the repair, or install it where the loader looks. A library"
        " that comes with another wheel at run time, such as libtorch_cpu.so, is left out with --exclude.",
        guides=("guides/cibuildwheel", "guides/system-library"),
        sourced=on_github("pypa/auditwheel/issues/85", "2026-11-27"),
    ),
    Message(
        "cibuildwheel-nothing-selected",
        "cibuildwheel: error: No build identifiers selected",
        ("No build identifiers selected",),
        "cibuildwheel builds what build and skip leave of the identifiers of this platform, and of those the"
        " ones that requires-python allows.",
        "https://cibuildwheel.pypa.io/en/stable/options/#build-skip",
        "They leave none: build names another platform (cp313-win on Linux), a Python that this cibuildwheel"
        " does not have, or everything is skipped.",
        "Ask cibuildwheel --print-build-identifiers, on each platform. --allow-empty makes it no failure.",
        guides=("guides/cibuildwheel",),
    ),
    Message(
        "meson-python-requires",
        "meson-python: error: The package requires Python version ..., running on ...",
        ("The package requires Python version {specifier}, running on {python}",),
        "A project is built only on Pythons that its requires-python allows.",
        "pyproject",
        "The Python that builds is older or newer.",
        "Take a Python that the specifier allows, or a version of the project made for yours.",
        guides=("guides/drop-python",),
    ),
    Message(
        "cibuildwheel-option",
        "cibuildwheel: error: Option '...' not supported in a config file",
        ("Option '{option}' not supported in a config file",),
        "[tool.cibuildwheel] has the options of cibuildwheel that a file may set, with hyphens and in small"
        " letters.",
        "https://cibuildwheel.pypa.io/en/stable/options/",
        "The name is spelled otherwise, is written as the variable (CIBW_...), is newer than this"
        " cibuildwheel, or one that it took away.",
        "Look the option up, and write it as test-command, not CIBW_TEST_COMMAND.",
        guides=("guides/cibuildwheel",),
    ),
    Message(
        "macos-target-too-low",
        "DelocationError: Library dependencies do not satisfy target MacOS version ...",
        ("Library dependencies do not satisfy target MacOS version {version}",),
        "A wheel for macOS names the oldest version on which all in it runs.",
        f"{_HUB}/pypa/cibuildwheel/pull/1766",
        "A library that goes into the wheel, often from Homebrew, was built for a newer macOS than the"
        " wheel.",
        "Set MACOSX_DEPLOYMENT_TARGET to the version that the message names, or build the library for"
        " the older one.",
        guides=("guides/cibuildwheel",),
        sourced=_public("matthew-brett/delocate/pull/212"),
    ),
    Message(
        "pure-wheel-generated",
        "Build failed because a pure Python wheel was generated",
        ("Build failed because a pure Python wheel was generated",),
        "cibuildwheel is for wheels with compiled code, one for each platform.",
        "https://cibuildwheel.pypa.io/en/stable/faq/",
        "The project has none, its extension was left out (an optional one that failed, a setting that"
        " was not read), or the backend was not told that there is some.",
        "Without compiled code, python -m build is all it takes. Otherwise look into the wheel, and let"
        " a compile that fails stop the build.",
        guides=("guides/cibuildwheel", "guides/compiled"),
        sourced=_public("pypa/cibuildwheel/issues/255"),
    ),
    Message(
        "incompatible-architecture",
        "mach-o file, but is an incompatible architecture (have '...', need '...')",
        ("mach-o file, but is an incompatible architecture (have '{has}', need '{needs}')",),
        "All that one program loads is for one processor.",
        "wheels",
        "Python runs as a program for Intel and the module is for Apple's processor, or the other way"
        " round: a Python that runs under Rosetta, an environment that was copied from another Mac, or a"
        " wheel that was built for the wrong one.",
        "Ask python -c 'import platform; print(platform.machine())', make a new environment with a"
        " Python for this Mac, and install again with --no-cache-dir. Whoever builds such wheels on the"
        " other processor sets ARCHFLAGS, and cibuildwheel tests them on their own.",
        guides=_WHEELS,
        sourced=_public("pypa/cibuildwheel/issues/1662"),
    ),
    Message(
        "dll-load-failed",
        "ImportError: DLL load failed while importing ...: The specified module could not be found",
        (
            "DLL load failed while importing {module}: The specified module could not be found",
            "DLL load failed: The specified module could not be found",
        ),
        "Windows looks for the libraries of an extension module beside it, in the system, and in the"
        " folders that os.add_dll_directory names; Python 3.8 and later do not look on PATH.",
        "https://docs.python.org/3/library/os.html#os.add_dll_directory",
        "The module is there, and a library that it needs is not: often Microsoft's runtime, or one that"
        " the wheel should have brought along.",
        "Install the Visual C++ Redistributable. Whoever builds the wheel puts its libraries into it with"
        " delvewheel repair.",
        guides=("guides/system-library", "playground/wheels"),
        sourced=_public("DBraun/DawDreamer/issues/154"),
    ),
    Message(
        "undefined-symbol",
        "ImportError: ...: undefined symbol: ...",
        ("ImportError: {file}: undefined symbol: {symbol}",),
        "An extension module fits the Python and the libraries that it was compiled with.",
        "extensions",
        "A name that begins with Py is of Python: the module is for another version. Any other name is"
        " of a library that is older than at the build, or was not linked.",
        "Install the wheel for this Python again (pip install --force-reinstall --no-cache-dir). In your"
        " own project, name the library where the extension is declared, behind the files that use it.",
        guides=("guides/which-wheels", "guides/system-library"),
        sourced=_public("python-greenlet/greenlet/issues/39"),
    ),
    Message(
        "shared-library-not-found",
        "ImportError: ...: cannot open shared object file: No such file or directory",
        ("{library}: cannot open shared object file: No such file or directory",),
        "A wheel brings the libraries that it needs, but for those that its platform tag counts on"
        " the system to have; libGL and glib are such.",
        "https://peps.python.org/pep-0513/",
        "The module is there, and a library that it loads is not: small images lack what desktops"
        " have, and a module that was built here misses what was removed since.",
        "Install the library: apt install libgl1 brings libGL.so.1 on Debian, and apt-file search"
        " finds the package of any other. A build of the project that needs no display may do, such"
        " as opencv-python-headless in place of opencv-python. In your own project, auditwheel"
        " repair puts libraries into the wheel.",
        guides=("guides/which-wheels", "guides/system-library", "guides/cibuildwheel"),
        sourced=_public("opencv/opencv-python/issues/370"),
    ),
    Message(
        "numpy-size-changed",
        "ValueError: numpy.dtype size changed, may indicate binary incompatibility",
        ("{type} size changed, may indicate binary incompatibility",),
        "A module that was compiled with NumPy 2 runs with 1 and 2; one that was compiled with 1 runs"
        " with 1 only.",
        "https://numpy.org/doc/stable/dev/depending_on_numpy.html",
        "A compiled module and the installed NumPy are from before and after 2.0; which of the two is"
        " older, the traceback shows by the module that it imports.",
        "Upgrade the module, or ask for numpy<2 beside it. Whoever builds it requires numpy>=2 in"
        " build-system.requires.",
        guides=("guides/cython",),
        sourced=_public("seung-lab/igneous/issues/203"),
    ),
    Message(
        "numpy-1-module",
        "A module that was compiled using NumPy 1.x cannot be run in NumPy 2.x as it may crash",
        ("A module that was compiled using NumPy 1.x cannot be run in NumPy {version}",),
        "A module that was compiled with NumPy 2 runs with 1 and 2; one that was compiled with 1 runs"
        " with 1 only.",
        "https://numpy.org/doc/stable/dev/depending_on_numpy.html",
        "A compiled module is older than NumPy 2; the traceback names it.",
        "Upgrade that module; until there is a version for NumPy 2, ask for numpy<2. Whoever builds it"
        " requires numpy>=2 in build-system.requires.",
        guides=("guides/cython",),
        sourced=_public("jupyter/notebook/issues/7522"),
    ),
)
