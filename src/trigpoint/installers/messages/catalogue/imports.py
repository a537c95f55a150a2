"""What Python says of a module that it cannot find, in a build and in a program that runs.

Which module it is decides what helps: some are gone from where they were, and what an index
has under such a name is somebody else's.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from trigpoint.installers.messages.message import Message, Sourced, on_github

__all__ = ["IMPORTS"]

_PLACES: Final = "https://packaging.python.org/en/latest/tutorials/installing-packages/"
_SETUPTOOLS: Final = "https://setuptools.pypa.io/en/latest/history.html"

_public: Final = partial(on_github, date="2026-11-27")


def _no_module(*names: str) -> tuple[str, ...]:
    """Return the shapes in which Python says that it has none of the modules *names*.

    ``python -m NAME`` and Python 2 print no quotes.
    """
    return tuple(f"No module named {shown}" for name in names for shown in (f"'{name}'", name))


IMPORTS: Final = (
    Message(
        "pkg-resources-gone",
        "ModuleNotFoundError: No module named 'pkg_resources'",
        _no_module("pkg_resources"),
        "setuptools 82 and later have no pkg_resources; importlib.metadata and importlib.resources"
        " do what most used it for.",
        _SETUPTOOLS,
        "setup.py, or a package that runs, imports pkg_resources, and setuptools is 82 or newer, or"
        " is not there at all, as in new environments of Python 3.12 and later.",
        'Take a newer version of what imports it. Until there is one, write "setuptools<82": where a'
        " build fails into its build-system.requires, where a program fails beside it. For an sdist of"
        " others, put that line into a file, and name the file with --build-constraint, which pip 25.3"
        " and uv pip have.",
    ),
    Message(
        "pkg-resources-deprecated",
        "UserWarning: pkg_resources is deprecated as an API",
        ("pkg_resources is deprecated as an API",),
        "setuptools 82 and later have no pkg_resources.",
        _SETUPTOOLS,
        "A package imports it; the lines above name its file. With this setuptools it still works.",
        "It is no failure. Take a newer version of that package, or keep setuptools<82 beside it; in"
        " your own code use importlib.metadata and importlib.resources.",
    ),
    Message(
        "numpy-distutils-gone",
        "ModuleNotFoundError: No module named 'numpy.distutils'",
        ("No module named 'numpy.distutils",),
        "NumPy has no numpy.distutils for Python 3.12 and later, and NumPy 2.5 has none for any.",
        "https://numpy.org/doc/stable/reference/distutils_status_migration.html",
        "NumPy is installed. setup.py, or a package that runs, imports a part that this NumPy lacks.",
        "Take a newer version of the project, which is built otherwise. An old one needs Python 3.11 or"
        " older, with numpy<2 and setuptools<60 for its build. In your own project move to meson-python"
        " or scikit-build-core; for C or Cython alone setuptools is enough, with numpy.get_include()."
        " For f2py, choose the compiler with the variable FC instead of --fcompiler.",
        guides=("guides/meson-python", "guides/fortran", "guides/compiled"),
    ),
    Message(
        "distutils-gone",
        "ModuleNotFoundError: No module named 'distutils'",
        _no_module("distutils"),
        "Python 3.12 and later have no distutils; setuptools brings one of its own.",
        "https://docs.python.org/3/whatsnew/3.12.html",
        "setup.py, or a package that runs, imports distutils on Python 3.12 or newer, and setuptools"
        " is not installed there or is imported later. Or setuptools itself imports it: one before 60,"
        " to which build-system.requires is pinned.",
        "Take a newer version of what imports it. For a build, list setuptools>=66.1 in"
        " build-system.requires, and import setuptools first; there is no project called distutils to"
        " install. An old sdist of others needs an older Python, or a version with a wheel for yours.",
    ),
    Message(
        "distutils-part-gone",
        "ModuleNotFoundError: No module named 'distutils.msvccompiler'",
        ("No module named 'distutils.",),
        "Python had distutils until 3.11; the one that setuptools brings has not all of its modules.",
        _SETUPTOOLS,
        "There is a distutils, and it lacks this module. setuptools 74 and later have no"
        " distutils.msvccompiler, which an older numpy.distutils imports on every system. Or it is a"
        " Python before 3.12 of Debian or Ubuntu, where most of distutils is a package of its own.",
        "Take a newer version of what imports it. For msvccompiler, until there is one, build with"
        " setuptools<74: in build-system.requires, or for an sdist of others in a file that"
        " --build-constraint of pip 25.3 or uv pip names. With such a Python of Debian or Ubuntu: apt"
        " install python3-distutils.",
    ),
    Message(
        "python3-distutils-gone",
        "E: Package 'python3-distutils' has no installation candidate",
        (
            "Package 'python3-distutils' has no installation candidate",
            "Package python3-distutils is not available",
            "Unable to locate package python3-distutils",
        ),
        "Debian and Ubuntu had distutils in a package of its own as long as their Python had it.",
        "https://docs.python.org/3/whatsnew/3.12.html",
        "This system has Python 3.12 or newer, as Ubuntu 24.04 and Debian 13 do.",
        "Leave the package out. What imports distutils gets one from setuptools: apt install"
        " python3-setuptools for the Python of the system, pip install setuptools in an environment. Better"
        " take a newer version of it, or an older Python from uv python install.",
        sourced=_public("python/cpython/issues/128376"),
    ),
    Message(
        "stdlib-module-gone",
        "ModuleNotFoundError: No module named 'imp'",
        _no_module(
            *("asynchat", "asyncore", "imp", "smtpd", "aifc", "audioop", "cgi", "cgitb", "chunk"),
            *("crypt", "imghdr", "mailcap", "msilib", "nis", "nntplib", "ossaudiodev", "pipes"),
            *("sndhdr", "spwd", "sunau", "telnetlib", "uu", "xdrlib", "lib2to3"),
        ),
        "Python 3.12 took asynchat, asyncore, imp and smtpd out of the standard library, and Python"
        " 3.13 lib2to3 and the nineteen modules of PEP 594.",
        "https://docs.python.org/3/whatsnew/3.13.html",
        "setup.py, or a package that runs, imports a module that this Python has no more.",
        "Take a newer version of what imports it, or a Python that is older. Do not install a project"
        " because it is called like the module: it is somebody else's. PEP 594 names what to use"
        " instead; legacy-cgi and audioop-lts are copies that go on.",
        sourced=Sourced("https://docs.python.org/3/whatsnew/3.13.html", "2026-11-26"),
    ),
    Message(
        "written-for-python-2",
        "SyntaxError: Missing parentheses in call to 'print'",
        (
            "SyntaxError: Missing parentheses in call to 'print'",
            "SyntaxError: multiple exception types must be parenthesized",
            "NameError: name 'execfile' is not defined",
            "NameError: name 'raw_input' is not defined",
            "NameError: name 'unicode' is not defined",
            *_no_module(
                *("ConfigParser", "urllib2", "urlparse", "httplib", "StringIO", "cStringIO"),
                *("cPickle", "Queue", "HTMLParser", "cookielib", "__builtin__", "copy_reg"),
                *("SocketServer", "xmlrpclib"),
            ),
        ),
        "Python 3 has other names and another syntax for what Python 2 had.",
        "https://docs.python.org/3/whatsnew/3.0.html",
        "setup.py, or a package that runs, was written for Python 2.",
        "Look for a newer version, or for the project that took over: pywin32 for pypiwin32, say."
        " Install nothing that is called like the module. If the project is yours, mend the code.",
        sourced=on_github("mhammond/pywin32/issues/2115", "2026-11-26"),
    ),
    Message(
        "python-built-without",
        "ModuleNotFoundError: No module named '_ctypes'",
        (
            *_no_module(
                *("_ctypes", "_bz2", "_lzma", "_sqlite3", "_curses", "_tkinter", "tkinter", "_dbm"),
                *("_gdbm", "_uuid", "readline"),
            ),
            "can't decompress data; zlib not available",
        ),
        "A module of the standard library that links a system library is there only if the library"
        " was when Python was built.",
        "https://docs.python.org/3/using/configure.html",
        "Python was built without the headers, as with pyenv or by hand; or the system keeps the"
        " module in a package of its own, as Debian does with tkinter.",
        "Install the headers (libffi-dev for _ctypes, libbz2-dev, liblzma-dev, libsqlite3-dev,"
        " zlib1g-dev) and build Python anew, or take a ready one such as uv python install has. On"
        " Debian and Ubuntu tkinter is apt install python3-tk. No pip install helps.",
        guides=("guides/system-library",),
        sourced=on_github("pyenv/pyenv/issues/1546", "2026-11-26"),
    ),
    Message(
        "import-name-differs",
        "ModuleNotFoundError: No module named 'cv2'",
        _no_module(
            *("cv2", "PIL", "yaml", "sklearn", "skimage", "bs4", "dotenv", "dateutil", "Crypto"),
            *("OpenSSL", "jwt", "serial", "usb", "git", "MySQLdb", "psycopg2", "attr", "docx"),
            *("pptx", "fitz", "telegram", "discord", "google.protobuf", "win32api", "win32con"),
        ),
        "What is imported and what is installed may have different names; a project may hold others'"
        " imports as its name, and nobody keeps it from that.",
        _PLACES,
        "The module is not installed for the Python that runs, and its project is not called like it.",
        "Install it by the name of the project, with that Python: python -m pip install NAME. cv2 is"
        " opencv-python, PIL Pillow, yaml PyYAML, sklearn scikit-learn, skimage scikit-image, bs4"
        " beautifulsoup4, dotenv python-dotenv, dateutil python-dateutil, Crypto pycryptodome, OpenSSL"
        " pyOpenSSL, jwt PyJWT, serial pyserial, usb pyusb, git GitPython, MySQLdb mysqlclient, psycopg2"
        " psycopg2-binary, attr attrs, docx python-docx, pptx python-pptx, fitz PyMuPDF, telegram"
        " python-telegram-bot, discord discord.py, google.protobuf protobuf, win32api and win32con pywin32."
        " In a build, that name belongs into build-system.requires.",
        sourced=_public("scikit-learn/sklearn-pypi-package/issues/35"),
    ),
    Message(
        "pyodide-not-loaded",
        "The module '...' is included in the Pyodide distribution, but it is not installed",
        (
            "The module '{module}' is included in the Pyodide distribution, but it is not installed",
            *_no_module("micropip"),
        ),
        "Pyodide brings many packages along, and loads one into the page only when it is asked to.",
        "https://pyodide.org/en/stable/usage/loading-packages.html",
        "It was imported without having been loaded.",
        'In JavaScript await pyodide.loadPackage("NAME"), before the code runs; in Python await'
        ' micropip.install("NAME"). micropip itself is loaded by loadPackage. JupyterLite and marimo have'
        " %pip install or do it by themselves.",
        guides=("guides/browser",),
        sourced=_public("pyodide/pyodide/blob/main/src/py/_pyodide/_importhook.py"),
    ),
    Message(
        "setuptools-missing",
        "ModuleNotFoundError: No module named 'setuptools'",
        _no_module("setuptools"),
        "A new environment has no setuptools with Python 3.12 and later, and with uv none at all: what"
        " needs it asks for it.",
        "https://docs.python.org/3/whatsnew/3.12.html",
        "setup.py was run by hand, or the build was not isolated (--no-build-isolation, or"
        " no-build-isolation-package in the settings of uv), or build-system.requires does not list it."
        " Or a package that runs imports it without asking for it.",
        "Do not run setup.py: python -m pip install . fetches setuptools for the build. Without"
        " isolation install it first: pip install setuptools, or uv pip install setuptools. In your own"
        ' project write requires = ["setuptools>=77"] in [build-system]. Where a program imports it,'
        " install it beside that program, as setuptools<82 if it is for pkg_resources.",
        guides=("guides/adopt", "guides/backend"),
    ),
    Message(
        "not-a-package",
        "ModuleNotFoundError: No module named '...'; '...' is not a package",
        (
            "ModuleNotFoundError: No module named '{module}'; '{package}' is not a package",
            "No module named '{package}.{module}'; '{found}' is not a package",
        ),
        "What stands in front of a dot is a package, a folder with modules; Python takes the first thing"
        " on its path that has the name.",
        "https://docs.python.org/3/reference/import.html",
        "Python found a single file of that name first: most often one of yours, such as a script in the"
        " folder that you run from, which is called like the package.",
        "Ask where it is: python -c 'import NAME; print(NAME.__file__)'. Rename your file, and remove"
        " its __pycache__. Is it a file of a project that you installed, another project has the name of"
        " the import.",
    ),
    Message(
        "submodule-missing",
        "ModuleNotFoundError: No module named 'eggs.spam'",
        ("No module named '{package}.{module}'",),
        "Python names a module with a dot where it has the package and not that part of it; without the"
        " package it names the package alone.",
        "https://docs.python.org/3/reference/import.html",
        "The package is installed, in a version that has this part no more or not yet; a compiled part"
        " of it is missing, as in an environment that was copied or is of another Python; or something"
        " else is imported that has the same name, such as a folder of yours.",
        "Ask which one it is: python -m pip show NAME, and python -c 'import NAME; print(NAME.__file__)'."
        " Then look in the changes of that project for where the part went, and ask for a version that"
        " has it, or for a newer version of what imports it. In a build, that is a bound in"
        " build-system.requires. A broken installation is mended by pip install --force-reinstall.",
    ),
    Message(
        "module-not-found-in-build",
        "ModuleNotFoundError: No module named '...'",
        ("No module named '{module}'",),
        "A build runs in an environment that has build-system.requires and nothing else; any other"
        " program has what is installed for the Python that runs it.",
        "pyproject",
        "In a build: setup.py, or the code that it reads the version from, imports something that requires"
        " does not list. pip 25.3 and later isolate builds of setup.py too. Anywhere else: the project"
        " is not installed for this Python, though perhaps for another one.",
        "In a build add it to build-system.requires, or do not import your own code while you build."
        " Anywhere else install it with the Python that runs: python -m pip install NAME, where the name"
        " of the project may differ from that of the module (Pillow has PIL).",
    ),
    Message(
        "numpy-multiarray",
        "ImportError: numpy.core.multiarray failed to import",
        ("numpy.core.multiarray failed to import", "numpy._core.multiarray failed to import"),
        "A module that was compiled with NumPy 2 runs with 1 and 2; one that was compiled with 1 runs"
        " with 1 only, and no older 1 than it was compiled for.",
        "https://numpy.org/doc/stable/dev/depending_on_numpy.html",
        "A compiled module, such as cv2, and the installed NumPy do not fit, or NumPy itself cannot be"
        " imported: import numpy alone shows which. A file of yours may be called numpy.py.",
        "Upgrade the module that the traceback names. Until there is a version for NumPy 2, ask for numpy<2"
        " beside it. If NumPy itself fails, pip install --force-reinstall numpy.",
        guides=("guides/cython",),
        sourced=_public("replicate/cog-svd/issues/10"),
    ),
    Message(
        "pkg-resources-packaging",
        "ImportError: cannot import name 'packaging' from 'pkg_resources'",
        ("cannot import name 'packaging' from 'pkg_resources'",),
        "What pkg_resources kept for itself is not for others to import.",
        _SETUPTOOLS,
        "A package does so, such as torch before 2.2 in torch.utils.cpp_extension, and setuptools is 70, in"
        " which it is not there.",
        "Take a newer version of that package, which imports packaging itself. Until there is one,"
        " setuptools<70 beside it.",
    ),
    Message(
        "versioneer-too-old",
        "AttributeError: module 'configparser' has no attribute 'SafeConfigParser'",
        ("module 'configparser' has no attribute 'SafeConfigParser'",),
        "Python 3.12 took configparser.SafeConfigParser away.",
        "https://docs.python.org/3/whatsnew/3.12.html",
        "setup.py reads its version with a versioneer.py of before 0.23, of which each project has a copy;"
        " or a package that runs is as old.",
        "Take a newer version of the project, or Python 3.11. In your own project renew the copy: pip install"
        " versioneer, then versioneer install, or take setuptools-scm.",
        guides=("guides/dynamic", "guides/drop-python"),
    ),
    Message(
        "getargspec-gone",
        "AttributeError: module 'inspect' has no attribute 'getargspec'",
        ("module 'inspect' has no attribute 'getargspec'",),
        "Python 3.11 took inspect.getargspec away.",
        "https://docs.python.org/3/whatsnew/3.11.html",
        "A package that is older than that is built or runs; the lines above name its file.",
        "Take a newer version of it, or Python 3.10. In your own code write inspect.signature or"
        " inspect.getfullargspec.",
        guides=("guides/drop-python",),
    ),
    Message(
        "ast-nodes-gone",
        "AttributeError: module 'ast' has no attribute 'Str'",
        (
            *(
                f"module 'ast' has no attribute '{name}'"
                for name in ("Str", "Num", "Bytes", "NameConstant", "Ellipsis")
            ),
            "'Constant' object has no attribute 's'",
            "'Constant' object has no attribute 'n'",
        ),
        "Python 3.14 took ast.Str, ast.Num and their like away, for which ast.Constant stands since 3.8.",
        "https://docs.python.org/3/whatsnew/3.14.html",
        "setup.py, or a package that runs, reads Python code with them, as many do to find __version__.",
        "Take a newer version of it, or Python 3.13. In your own code write ast.Constant, and .value in place"
        " of .s and .n.",
        guides=("guides/drop-python",),
        sourced=_public("sashs/filebytes/issues/35"),
    ),
    Message(
        "impimporter",
        "AttributeError: module 'pkgutil' has no attribute 'ImpImporter'",
        ("module 'pkgutil' has no attribute 'ImpImporter'",),
        "Python 3.12 took pkgutil.ImpImporter away.",
        "https://docs.python.org/3/whatsnew/3.12.html",
        "setuptools before 66.1, or the pkg_resources inside an old pip, runs on Python 3.12 or"
        " newer: often a pin in build-system.requires.",
        'Raise the pin: requires = ["setuptools>=77"], and upgrade pip. An old sdist of others that has'
        " the pin needs an older Python, or a version with a wheel for yours.",
    ),
    Message(
        "install-layout",
        "AttributeError: install_layout",
        ("AttributeError: install_layout",),
        "Debian and its descendants build their setuptools with an option of their own, install_layout,"
        " which only the distutils of their Python knows.",
        "https://bugs.debian.org/cgi-bin/bugreport.cgi?bug=1003252",
        "The setuptools of Debian, Ubuntu, Mint or Kali builds, from dist-packages or copied into an"
        " environment, together with another distutils than theirs.",
        "Make a virtual environment and update in it what builds: python -m pip install --upgrade pip"
        " setuptools wheel; then build with python -m pip install . instead of setup.py install. An"
        " environment with --system-site-packages sees the setuptools of the system again.",
        sourced=_public("pypa/setuptools/issues/2956"),
    ),
    Message(
        "numpy-alias-gone",
        "AttributeError: module 'numpy' has no attribute 'float'",
        tuple(
            f"module 'numpy' has no attribute '{name}'"
            for name in ("float", "int", "bool", "object", "str", "complex", "long")
        ),
        "NumPy 1.24 took np.float, np.int, np.bool and others away, which were other names for the types"
        " of Python; NumPy 2 has np.bool and np.long again.",
        "https://numpy.org/doc/stable/release/1.24.0-notes.html",
        "A package in the environment is older than your NumPy; the lines above name its file.",
        "Take a newer version of that package; until there is one, ask for numpy<1.24 beside it, which"
        " needs Python 3.11 or older. In your own code write float, int and bool.",
        sourced=_public("timsainb/noisereduce/issues/102"),
    ),
)
