"""What pip and uv say about a requirements file and what it names."""

from __future__ import annotations

from typing import Final

from trigpoint.installers.messages.message import Message, Sourced

__all__ = ["FILES"]

_LINE: Final = "A line of a requirements file is a requirement, a path, a URL or an option of pip."
_FILE: Final = "requirement files"

_EXCEPTIONS: Final = Sourced(
    "https://github.com/pypa/pip/blob/0216afb85768dd7ffc0bc68bbf54b98d8840c9cf/src/pip/_internal/exceptions.py",
    "2026-11-26",
)

FILES: Final = (
    Message(
        "invalid-requirement-line",
        "ERROR: Invalid requirement: '...' (from line ... of ...)",
        (
            "ERROR: Invalid requirement: '{requirement}' (from line {line} of {file})",
            "ERROR: Invalid requirement: '{requirement}'",
            "Couldn't parse requirement in '{file}' at position {position}",
        ),
        _LINE,
        _FILE,
        "The line cannot be read. What stands behind the colon, or in the hint below, says where"
        " it stops. Two single equals signs, as in eggs=1.0=py_0, are of conda list --export.",
        "Write it as eggs==1.0 or eggs>=1.0,<2.0; marker, without quotes and without a comma at"
        " the end. What conda listed is for conda create --file.",
        ("requirement-syntax",),
        ("guides/markers",),
        "eggs^1.0\n",
        "eggs>=1.0,<2\n",
    ),
    Message(
        "hint-not-an-operator",
        "Hint: = is not a valid operator. Did you mean == ?",
        ("= is not a valid operator. Did you mean ==",),
        "The operators are == != <= >= < > ~= and ===, each with one version.",
        "versions",
        "A single equals sign stands in the requirement, as conda has it.",
        "Write two: eggs==1.0.",
        ("requirement-syntax",),
        (),
        "eggs=1.0\n",
        "eggs==1.0\n",
    ),
    Message(
        "looks-like-a-path",
        "Hint: It looks like a path. File '...' does not exist.",
        (
            "It looks like a path. File '{path}' does not exist",
            "Distribution not found at: {path}",
        ),
        _LINE,
        _FILE,
        "What is installed has a slash in it, or -e in front, so it is a path, and nothing is"
        " there.",
        "Check the path from the folder that you are in. For a file of requirements write -r in"
        " front.",
    ),
    Message(
        "invalid-marker",
        "InvalidMarker: Invalid marker: '...', parse error at '...'",
        ("Invalid marker: '{marker}', parse error at '{rest}'",),
        "Only the variables of the specification may stand in a marker, values stand in quotes,"
        " and and or join comparisons.",
        "markers",
        "pip up to 24.0 read the marker as far as it could; what it quotes last fits nothing: an"
        " unknown name, a value without quotes, or &&.",
        "Mend the marker at the letters that are quoted last.",
        ("marker-unknown-variable", "marker-unquoted", "marker-boolean-operator"),
        ("guides/markers",),
        "eggs; python_verison > '3'\n",
        "eggs; python_version > '3'\n",
    ),
    Message(
        "unclosed-bracket",
        "Expected matching RIGHT_BRACKET for LEFT_BRACKET, after extras",
        (
            "Expected matching RIGHT_BRACKET for LEFT_BRACKET, after extras",
            "Missing closing bracket (expected ']', found",
        ),
        "Extras stand in brackets behind the name, with commas between them.",
        "PEP 508",
        "The bracket is never closed, or the shell took it.",
        "Write eggs[bacon]; in a shell put it in quotes.",
        ("requirement-syntax",),
        ("guides/extras",),
        "eggs[bacon\n",
        "eggs[bacon]\n",
    ),
    Message(
        "cannot-open-requirements",
        "ERROR: Could not open requirements file: [Errno 2] No such file or directory: '...'",
        (
            "Could not open requirements file: [Errno 2] No such file or directory: '{file}'",
            "failed to read from file '{file}': No such file or directory",
            "Error parsing included file in '{file}' at position",
        ),
        "-r and -c name a file, from the place of the file that names it.",
        _FILE,
        "The file is not there, or you run the command in another folder.",
        "Check the path: it begins at the folder of the file that has the line.",
    ),
    Message(
        "no-such-option",
        "error: no such option: ...",
        ("error: no such option: {option}",),
        _LINE,
        _FILE,
        "The program has no such option: pip, or another one where another one was called. Or it stands in"
        " a file where it may not.",
        "Look at pip install --help; in files only some options are read.",
        ("requirement-option",),
        (),
        "--no-such-option\n",
        "--pre\n",
    ),
    Message(
        "unexpected-start",
        "Unexpected '...', expected '-c', '-e', '-r' or the start of a requirement",
        ("Unexpected '{found}', expected '-c', '-e', '-r' or the start of a requirement",),
        _LINE,
        _FILE,
        "The line begins with a quote, a bracket or an option that uv does not read in files.",
        "Write the requirement without quotes and without a comma at the end, as in eggs>=1."
        " Options go on the command line.",
        ("requirement-option", "requirement-syntax"),
        (),
        "--no-such-option\neggs>=1\n",
        "eggs>=1\n",
    ),
    Message(
        "not-a-valid-editable",
        "ERROR: ... is not a valid editable requirement",
        ("{requirement} is not a valid editable requirement",),
        "-e takes the path of a project or the address of a repository.",
        _FILE,
        "The name of a project stands behind -e.",
        "Write -e ./folder, or leave -e out.",
    ),
    Message(
        "url-without-extension",
        "Expected direct URL (`...`) to end in a supported file extension",
        ("Expected direct URL ('{url}') to end in a supported file extension",),
        "A URL is one of an archive, or of a repository with git+ in front.",
        "PEP 508",
        "The address is that of a page or a repository.",
        "Write git+ in front of a repository, or the address of the wheel or sdist.",
    ),
    Message(
        "could-not-connect",
        "Failed to establish a new connection: [Errno -2] Name or service not known",
        (
            "Failed to establish a new connection",
            "Could not install packages due to an OSError: HTTPSConnectionPool({what...}",
            "Failed to resolve IP address for '{host}'",
            "Failed to connect to {host} while fetching",
            "Packages were unavailable because the network was disabled",
        ),
        "pip and uv fetch what is not in the cache.",
        _FILE,
        "There is no network, no name server, or a proxy is in the way; uv was run with --offline. In a"
        " program of your own it is the server of the line that does not answer.",
        "Check the network and the variables HTTPS_PROXY and PIP_INDEX_URL.",
    ),
    Message(
        "hashes-do-not-match",
        "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE",
        ("THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE",),
        "A file is installed only if its hash is one of those that its requirement lists.",
        "requirement files",
        "The requirement lists no hash of this file: the project has uploaded one for your platform"
        " since, a mirror or cache hands out another, the list was edited by hand, or the file was"
        " tampered with.",
        "Compare the hash with that on the page of the project. If the file is right, write the list"
        " anew with the tool that made it (pip-compile --generate-hashes, uv pip compile"
        " --generate-hashes); if a download broke off, run pip cache purge.",
    ),
    Message(
        "hashes-not-pinned",
        "ERROR: In --require-hashes mode, all requirements must have their versions pinned with ==",
        ("mode, all requirements must have their versions pinned with",),
        "Where one requirement has a hash, all of them are pinned with == and have theirs, what they"
        " need included.",
        "hashes",
        "A requirement was added by hand, or one that is needed on this system only is not in the list,"
        " which was made on another one or for another Python.",
        "Make the list anew on this system (pip-compile --generate-hashes) or for all of them (uv pip"
        " compile --universal --generate-hashes). Install nothing else in the same command.",
        guides=("guides/lock", "guides/secure"),
    ),
    Message(
        "hashes-missing",
        "In --require-hashes mode, all requirements must have a hash, but none were provided for: ...",
        ("mode, all requirements must have a hash, but none were provided for: {requirement}",),
        "Where one requirement has a hash, or with --require-hashes, each has one.",
        "hashes",
        "A requirement was added by hand.",
        "Make the list anew with its hashes: uv pip compile --generate-hashes, or pip-compile"
        " --generate-hashes.",
        guides=("guides/lock", "guides/secure"),
    ),
    Message(
        "pip-hashes-required",
        "ERROR: Hashes are required in --require-hashes mode, but they are missing from some requirements",
        (
            "Hashes are required in --require-hashes mode, but they are missing from some requirements",
        ),
        "Where one requirement has a hash, or with --require-hashes, each has one.",
        "hashes",
        "A requirement was added by hand. The hash that pip prints is that of the file that it just got,"
        " which nobody has compared with anything.",
        "Make the list anew with its hashes: pip-compile --generate-hashes, or uv pip compile"
        " --generate-hashes.",
        guides=("guides/lock", "guides/secure"),
        sourced=_EXCEPTIONS,
    ),
    Message(
        "user-in-environment",
        "ERROR: Can not perform a '--user' install. User site-packages are not visible in this virtualenv",
        ("Can not perform a '--user' install",),
        "--user installs into a folder of your home, which a virtual environment does not look at.",
        "pip install",
        "--user is on the command line, in pip.conf (user = true) or in the variable PIP_USER, and an"
        " environment is active.",
        "Leave --user out; with PIP_USER=0 in front if a file or variable has it.",
    ),
    Message(
        "no-record-file",
        "error: uninstall-no-record-file",
        (
            "error: uninstall-no-record-file",
            "RECORD file not found",
            "no RECORD file was found for {project}",
        ),
        "pip removes the files that RECORD lists, and does nothing without it.",
        "https://packaging.python.org/en/latest/specifications/recording-installed-packages/",
        "The package manager of the system installed the project and left RECORD out on purpose, or an"
        " installation broke off.",
        "Install into a virtual environment, where the one of the system is not touched. Only where pip"
        " installed it itself: pip install --ignore-installed --no-deps, of the same version.",
        sourced=_EXCEPTIONS,
    ),
    Message(
        "distutils-installed",
        "error: uninstall-distutils-installed-package",
        (
            "error: uninstall-distutils-installed-package",
            "It is a distutils installed project and thus we cannot accurately determine",
        ),
        "pip removes what it has a list of files for; distutils left none.",
        "https://packaging.python.org/en/latest/specifications/recording-installed-packages/",
        "The package manager of the system installed the project, and you ask pip for another version.",
        "Install into a virtual environment. What is of the system is changed with its own package"
        " manager.",
        sourced=_EXCEPTIONS,
    ),
    Message(
        "externally-managed-environment",
        "error: externally-managed-environment",
        (
            "error: externally-managed-environment",
            "externally-managed-environment",
            "This environment is externally managed",
            "The interpreter at {folder} is externally managed",
        ),
        "A Python that belongs to the system is changed by the package manager of the system only.",
        "https://peps.python.org/pep-0668/",
        "pip runs with the Python of the system, as Debian, Fedora, Homebrew and others ship it, or with"
        " one that uv installed, and not in a virtual environment. uv pip does where --system is given.",
        "Make a virtual environment and install there: python3 -m venv .venv, then"
        " .venv/bin/python -m pip install. For a program, pipx or uv tool install; what the system has"
        " itself comes with its package manager. --break-system-packages does what it says.",
        sourced=Sourced("https://github.com/pypa/get-pip/issues/197", "2026-11-26"),
    ),
)
