"""What backends and front ends say about a ``pyproject.toml`` and a build."""

from __future__ import annotations

from typing import Final

from trigpoint.installers.messages.catalogue.samples import pyproject
from trigpoint.installers.messages.message import Message, on_github

__all__ = ["BUILDS"]

_GUIDE: Final = ("guides/metadata",)
_TYPE: Final = "The specification gives each key of [project] its type."


BUILDS: Final = (
    # licences
    Message(
        "exactly-by-one-definition",
        "`project.license` must be valid exactly by one definition (2 matches found)",
        (
            "'project.license' must be valid exactly by one definition",
            "project.license must be valid exactly by one definition",
            "invalid pyproject.toml config: 'project.license'",
            "license field should be <class 'dict'>, not <class 'str'>",
            (
                "Field 'project.license' has an invalid type, expecting a dictionary of strings (got"
                " '{value}')"
            ),
        ),
        "license is an SPDX expression, or, as it was before PEP 639, a table with file or text.",
        "PEP 639",
        "license is a text, and the backend that builds is older than PEP 639: setuptools before"
        " 77, flit-core before 3.11, pdm-backend before 2.4. build-system.requires lets it in."
        " In a newer backend the text is no SPDX expression, or the table has both keys.",
        'Write the floor: requires = ["setuptools>=77"] in [build-system], and an identifier such'
        ' as license = "MIT".',
        (
            "metadata-license-expression",
            "metadata-project-license",
            "metadata-project-type",
            "backend-floor",
            "backend-cannot",
        ),
        _GUIDE,
        pyproject('license = "The usual licence"'),
        pyproject('license = "MIT"'),
    ),
    Message(
        "license-classifiers-superseded",
        "InvalidConfigError: License classifiers have been superseded by license expressions",
        (
            "License classifiers have been superseded by license expressions",
            "License classifiers are deprecated in favor of the license expression",
            "to an SPDX license expression is not compatible with 'License ::' classifiers",
        ),
        "Beside a license expression there is no classifier that begins with License ::.",
        "PEP 639",
        "Both are written. setuptools 77 and later, flit-core and pdm-backend refuse to build.",
        "Delete the License :: classifiers that the message names.",
        ("metadata-license-classifier",),
        _GUIDE,
        pyproject('license = "MIT"', 'classifiers = ["License :: OSI Approved :: MIT License"]'),
        pyproject('license = "MIT"'),
    ),
    Message(
        "license-expression-unknown",
        "Invalid license expression: '...'",
        (
            "'project.license' - Invalid license expression: '{expression}'",
            "Invalid license expression: '{expression}'",
            "'{word}' is not a recognised SPDX license ID",
            "is not a valid SPDX expression: {expression...}",
        ),
        "license is made of SPDX identifiers with AND, OR, WITH and parentheses.",
        "PEP 639",
        "A name of a licence in words, such as Apache 2.0 or BSD.",
        "Write the identifier: Apache-2.0, BSD-3-Clause, GPL-3.0-or-later, MIT.",
        ("metadata-license-expression",),
        _GUIDE,
        pyproject('license = "The usual licence"'),
        pyproject('license = "MIT"'),
    ),
    Message(
        "license-file-or-text",
        "[project.license] should specify file or text, not both",
        (
            "Cannot specify both 'file' and 'text' in the 'project.license' table",
            "[project.license] should specify file or text, not both",
            "Invalid 'project.license' value, expecting either 'file' or 'text'",
            "Field 'project.license' must have exactly one of 'text' or 'file' keys",
        ),
        "The old table license has one of file and text.",
        "pyproject",
        "Both keys are written.",
        'Write license = "MIT", and license-files = ["LICENSE"].',
        ("metadata-project-license",),
        _GUIDE,
        pyproject('license = {text = "MIT", file = "LICENSE"}'),
        pyproject('license = "MIT"', 'license-files = ["LICENSE"]'),
    ),
    Message(
        "license-files-no-match",
        "No files found for license file glob pattern '...'",
        (
            "No files found for license file glob pattern '{pattern}'",
            "No files found for [project.license-files]: '{pattern}' pattern",
            "must match at least one file: '{pattern}' did not match any",
            "glob '{pattern}' did not match any files",
        ),
        "Each pattern of license-files matches at least one file.",
        "PEP 639",
        "The file has another name, lies elsewhere, or did not come into the sdist.",
        "Write the pattern for the name that the file has: LICEN[CS]E*.",
        (),
        _GUIDE,
    ),
    # keys
    Message(
        "must-contain-properties",
        "`project` must contain ['...'] properties",
        (
            "'project' must contain ['{key}'] properties",
            "project must contain ['{key}'] properties",
            "Missing required field 'project.name'",
            "name must be specified in [project] table",
            "Field 'project.name' missing",
            "Field 'project.name' is required if 'project' is present",
        ),
        "[project] has name, and version unless dynamic names it.",
        "pyproject",
        "The key is missing, stands below another table, or an empty [project] is there beside"
        " a setup.py.",
        'Write name = "..." and version = "..." right below [project].',
        ("metadata-project-required",),
        _GUIDE,
        '[project]\nversion = "1.0"\n',
        pyproject(),
    ),
    Message(
        "version-missing",
        "the required `project.version` field is neither set nor present in the `project.dynamic` list",
        (
            (
                "the required 'project.version' field is neither set nor present in the"
                " 'project.dynamic' list"
            ),
            (
                "Field 'project.version' can only be resolved dynamically if 'version' is in field"
                " 'project.dynamic'"
            ),
            "version must be specified under [project] or listed as a dynamic field",
            "Field 'project.version' missing and 'version' not specified in 'project.dynamic'",
            "Either [project.version] or [tool.poetry.version] is required in package mode",
        ),
        "version is written in [project], or its name stands in dynamic.",
        "pyproject",
        "Neither is the case.",
        'Write version = "1.0", or dynamic = ["version"] and tell the backend where to find it.',
        ("metadata-project-required",),
        _GUIDE,
        '[project]\nname = "spam"\n',
        pyproject(),
    ),
    Message(
        "description-missing",
        "description must be specified under [project] or listed as a dynamic field",
        ("description must be specified under [project] or listed as a dynamic field",),
        "flit wants a description, which the specification leaves to you.",
        "pyproject",
        "description is missing.",
        'Write description = "...", or dynamic = ["description"] to take the first line of the'
        " module's docstring.",
        (),
        _GUIDE,
    ),
    Message(
        "poetry-name-missing",
        "Either [project.name] or [tool.poetry.name] is required in package mode",
        ("Either [project.name] or [tool.poetry.name] is required in package mode",),
        "A package has a name.",
        "pyproject",
        "Neither table has one; the project may be meant as none.",
        "Write name below [project]. For a folder that is no package write package-mode = false"
        " below [tool.poetry].",
        ("metadata-project-required",),
        _GUIDE,
        '[project]\nversion = "1.0"\n',
        pyproject(),
    ),
    Message(
        "tool-poetry-not-found",
        "[tool.poetry] section not found in pyproject.toml",
        ("[tool.poetry] section not found in",),
        "poetry-core 2.0 and later read [project].",
        "pyproject",
        "An older poetry-core builds, which reads [tool.poetry] only.",
        'Write the floor: requires = ["poetry-core>=2.0"] in [build-system].',
        (),
        _GUIDE,
    ),
    Message(
        "unknown-key",
        "`project` must not contain {'...'} properties",
        (
            "'project' must not contain {'{key}'} properties",
            "Unrecognised key(s) in [project] table: {keys...}",
            "Unexpected names under [project]: {keys...}",
        ),
        "[project] has the keys of the specification only.",
        "pyproject",
        "A key of setup.py or of another tool (author, requires, url), or one that is newer than"
        " the backend, such as license-files.",
        "Write the key of the specification: authors, dependencies, urls. For a newer key raise"
        " the floor in build-system.requires.",
        ("metadata-project-key",),
        _GUIDE,
        pyproject('author = "A. Nobody"'),
        pyproject('authors = [{name = "A. Nobody"}]'),
    ),
    Message(
        "must-be-type",
        "`project.keywords` must be array",
        (
            "'project.{key}' must be array",
            "'project.{key}' must be object",
            "project.{key} must be array",
            "project.{key} must be object",
            "Field 'project.{key}' must be an array",
            "Field 'project.{key}' must be a table",
            "{key} field should be a list of strings",
            "{key} field should be <class '{wanted}'>, not <class '{found}'>",
            "{what...} of field 'project.{key}' must be an inline table",
            "author info must be list of dicts",
            "a table with 'name' and/or 'email' keys",
            "Field 'project.{key}' has an invalid type, expecting {wanted...}",
        ),
        _TYPE,
        "pyproject",
        "A text stands where an array or a table is wanted, or the other way round:"
        " dependencies and keywords are arrays, urls and optional-dependencies tables, authors"
        " an array of tables.",
        'Write dependencies = ["eggs>=1"], keywords = ["eggs"], authors = [{name = "..."}], and'
        ' Homepage = "https://..." below [project.urls].',
        ("metadata-project-type", "metadata-project-person"),
        _GUIDE,
        pyproject('keywords = "eggs, bacon"'),
        pyproject('keywords = ["eggs", "bacon"]'),
    ),
    Message(
        "dependencies-below-urls",
        "`project.urls.dependencies` must be string",
        (
            "'project.urls.dependencies' must be string",
            "project.urls.dependencies must be string",
            "URL 'dependencies' of field 'project.urls' must be a string",
        ),
        "A key belongs to the table whose header stands last above it.",
        "pyproject",
        "dependencies stands below [project.urls], and so became one of its labels.",
        "Move dependencies up, right below [project] and above every other header.",
        ("metadata-project-misplaced",),
        _GUIDE,
        pyproject("[project.urls]", 'Homepage = "https://spam.example"', 'dependencies = ["eggs"]'),
        pyproject('dependencies = ["eggs"]', "[project.urls]", 'Homepage = "https://spam.example"'),
    ),
    Message(
        "name-not-valid",
        "`project.name` must be pep508-identifier",
        (
            "'project.name' must be pep508-identifier",
            "project.name must match pattern",
            "'project.name' must only contain ASCII letters/digits",
            "ConfigError: name {name} is not valid",
        ),
        "A name has letters, digits, dots, hyphens and underscores, and begins and ends with a"
        " letter or digit.",
        "metadata",
        "A blank or another sign stands in the name.",
        "Write the name with hyphens where the blanks are.",
        ("metadata-name",),
        _GUIDE,
        '[project]\nname = "spam!"\nversion = "1.0"\n',
        pyproject(),
    ),
    Message(
        "version-not-valid",
        "`project.version` must be pep440",
        (
            "'project.version' must be pep440",
            "project.version must match pattern",
            "Invalid version '{version}' from field 'project.version'",
            "Version number '{version}' does not match PEP 440 rules",
            "Field 'project.version' is an invalid PEP 440 version string (got '{version}')",
        ),
        "A version has numbers and dots, then a, b, rc, .post or .dev with a number.",
        "versions",
        "Words, blanks or a hash of git stand in the version.",
        "Write 1.0 or 1.0rc1; put what a build adds behind a plus.",
        ("metadata-version-value",),
        _GUIDE,
        '[project]\nname = "spam"\nversion = "1.0 final"\n',
        pyproject(),
    ),
    Message(
        "requires-python-not-valid",
        "`project.requires-python` must be pep508-versionspec",
        (
            "'project.requires-python' must be pep508-versionspec",
            "Field 'project.requires-python' is invalid: Invalid specifier: '{specifier}'",
            (
                "Field 'project.requires-python' is an invalid Python version specifier string (got"
                " '{specifier}')"
            ),
        ),
        "requires-python is a list of comparisons with commas between them.",
        "versions",
        "A caret as Poetry has it, a version alone, or words.",
        "Write >=3.11, or >=3.11,<4.",
        ("metadata-requires-python",),
        _GUIDE,
        pyproject('requires-python = "^3.11"'),
        pyproject('requires-python = ">=3.11"'),
    ),
    Message(
        "dependency-not-valid",
        "`project.dependencies[...]` must be pep508",
        (
            "'project.{place}' must be pep508",
            "Dependency #{number} of field 'project.{place}' is invalid: {reason...}",
            "Field 'project.{place}' is an invalid PEP 508 requirement string '{requirement}'",
            (
                "Field 'project.{place}' contains an invalid PEP 508 requirement string"
                " '{requirement}'"
            ),
        ),
        "A dependency is a name, extras, comparisons with commas, and a marker behind a semicolon.",
        "PEP 508",
        "A single =, a caret, a missing comma, or an unknown name in a marker.",
        "Write eggs==1.0 or eggs>=1,<2; marker.",
        ("metadata-requirement", "marker-unknown-variable"),
        ("guides/markers",),
        pyproject('dependencies = ["eggs=1.0"]'),
        pyproject('dependencies = ["eggs==1.0"]'),
    ),
    Message(
        "static-and-dynamic",
        "You cannot provide a value for `project.version` and list it under `project.dynamic`",
        (
            "You cannot provide a value for 'project.{key}' and list it under 'project.dynamic'",
            (
                "Metadata field '{key}' cannot be both statically defined and listed in field"
                " 'project.dynamic'"
            ),
            "keys listed in project.dynamic must not be in [project] table",
            "invalid pyproject.toml config: data.project.{key}",
            "declared as dynamic in 'project.dynamic' but is defined",
            "declared as dynamic in but is defined",
        ),
        "A key has a value or stands in dynamic, never both.",
        "pyproject",
        "The value and the entry in dynamic are both there. setuptools 69 says only that"
        " data.project.version is invalid.",
        "Delete one of the two.",
        ("metadata-project-dynamic", "metadata-project-dynamic-static"),
        _GUIDE,
        pyproject('dynamic = ["version"]'),
        pyproject(),
    ),
    Message(
        "name-dynamic",
        "Static metadata field `name` cannot be present in field `project.dynamic`",
        (
            "Static metadata field '{key}' cannot be present in field 'project.dynamic'",
            "Unsupported field '{key}' in 'project.dynamic'",
        ),
        "name is never dynamic.",
        "pyproject",
        "dynamic names name.",
        'Write name = "..." below [project].',
        ("metadata-project-dynamic",),
        _GUIDE,
        '[project]\nversion = "1.0"\ndynamic = ["name"]\n',
        pyproject(),
    ),
    Message(
        "uv-build-dynamic",
        "Dynamic metadata is not supported",
        ("Dynamic metadata is not supported",),
        "A backend need not be able to fill in what dynamic names.",
        "pyproject",
        "uv_build fills in nothing, so dynamic must be empty.",
        'Write the values, such as version = "1.0", or build with another backend.',
        ("metadata-project-dynamic",),
        _GUIDE,
        pyproject('dynamic = ["version"]'),
        pyproject(),
    ),
    Message(
        "readme-not-there",
        "Readme file does not exist: ...",
        (
            "Readme file does not exist: {file}",
            "Description file {file} does not exist",
            "Readme path '{file}' does not exist",
            "Declared README file does not exist: {file}",
            "Readme file not found ('{file}')",
            "failed to open file 'README.md'",
        ),
        "readme names a file of the project.",
        "pyproject",
        "The file has another name, or did not come into the sdist that the wheel is built from.",
        "Write the name that it has, letter for letter, and look into the sdist.",
        (),
        _GUIDE,
    ),
    Message(
        "readme-type",
        "Unable to determine the content-type based on the extension of readme file: ...",
        (
            "Unable to determine the content-type based on the extension of readme file: {file}",
            "Undefined content type for {file}, only the following file extensions are recognized",
            "Could not infer content type for readme file '{file}'",
            "Unknown README extension '{extension}'",
        ),
        "readme is a .md or .rst file, or a table with file and content-type.",
        "pyproject",
        "The file has another extension.",
        'Write readme = {file = "README", content-type = "text/markdown"}, or rename the file.',
        ("metadata-project-readme",),
        _GUIDE,
        pyproject('readme = "README.docx"'),
        pyproject('readme = "README.md"'),
    ),
    Message(
        "email-not-valid",
        "`project.authors[0].email` must be idn-email",
        (
            "'project.{place}' must be idn-email",
            "project.{place} must be email",
            "Invalid author email address '{address}'",
            "addr-spec local part with no domain",
        ),
        "email is an address, as in mail.",
        "pyproject",
        "A name or an empty text stands where the address is wanted.",
        "Write an address, or leave email out.",
        ("metadata-address", "metadata-project-person"),
        _GUIDE,
        pyproject('authors = [{name = "A", email = "nobody"}]'),
        pyproject('authors = [{name = "A", email = "nobody@spam.example"}]'),
    ),
    Message(
        "unknown-classifier",
        "Unknown classifier in field `project.classifiers`: ...",
        (
            "Unknown classifier in field 'project.classifiers': {classifier...}",
            "Unrecognized classifiers: ['{classifier}']",
        ),
        "Classifiers are those of the list that the index keeps.",
        "pyproject",
        "A spelling, a shortened name, or a classifier of your own.",
        "Copy it from the list (pip install trove-classifiers). One that begins with Private ::"
        " keeps a project from being uploaded by mistake.",
        (),
        _GUIDE,
    ),
    Message(
        "scripts-not-valid",
        "`project.scripts.{...}` must be python-entrypoint-reference",
        ("'project.scripts.{name}' must be python-entrypoint-reference",),
        "A script is module:function.",
        "pyproject",
        "The colon and the function are missing.",
        'Write spam = "spam.cli:main".',
        ("metadata-project-entry-point",),
        _GUIDE,
        pyproject("[project.scripts]", 'spam = "spam cli"'),
        pyproject("[project.scripts]", 'spam = "spam.cli:main"'),
    ),
    Message(
        "script-without-function",
        "Invalid script entry point: ... - A callable suffix is required",
        (
            "Invalid script entry point: {entry...} - A callable suffix is required",
            "invalid console script: '{script}'",
        ),
        "The command of a script calls the function behind the colon.",
        "entry points",
        "The colon and the function are missing; backends build such a wheel, and installers refuse it.",
        'Write spam = "spam.cli:main", and define main without arguments. A wheel that is published'
        " has to be built anew.",
        ("metadata-project-entry-point",),
        ("guides/entry-points",),
        pyproject("[project.scripts]", 'spam = "spam.cli"'),
        pyproject("[project.scripts]", 'spam = "spam.cli:main"'),
    ),
    # TOML
    Message(
        "toml-cannot-be-read",
        "Failed to parse pyproject.toml: ... (at line ..., column ...)",
        (
            "Failed to parse {file}: {reason...} (at line {line}, column {column})",
            "TOMLDecodeError: {reason...} (at line {line}, column {column})",
            "TOML parse error at line {line}, column {column}",
            "unclosed table, expected",
            "invalid table header",
        ),
        "pyproject.toml is TOML: texts in quotes, each key once, tables in brackets.",
        "pyproject",
        "The place is named: a text without quotes (version = 1.0.0), a key twice, or a bracket"
        " that is never closed. uv names the place of values that it refuses in the same way;"
        " then the line below says why.",
        "Mend the line that is named.",
        ("metadata-toml",),
        _GUIDE,
        '[project]\nname = "spam"\nversion = 1.0.0\n',
        pyproject(),
    ),
    # finding the code
    Message(
        "toml-missing-field",
        "missing field `...`",
        ("missing field '{key}'",),
        "Each table has the keys that its reader cannot do without.",
        "TOML",
        "The table at the line that is named above lacks this key: it is spelled otherwise, or stands below"
        " another header.",
        'In pyproject.toml [project] needs name, and version unless dynamic has it: write name = "...". For'
        " another file, such as uv.lock or Cargo.toml, the tool that reads it says what it needs.",
        ("metadata-project-required",),
        _GUIDE,
        '[project]\nversion = "1.0"\n',
        pyproject(),
    ),
    Message(
        "toml-other-type",
        "invalid type: ..., expected ...",
        ("invalid type: {found...}, expected {wanted...}",),
        "Each key has a type: a text, a number, true or false, an array or a table.",
        "TOML",
        "Behind invalid type stands what the file has at the line that is named above, behind expected what"
        " its reader wants.",
        'In pyproject.toml dependencies and keywords are arrays (["eggs>=1"]), authors an array of tables'
        ' ([{name = "..."}]), urls and optional-dependencies tables, version a text.',
        ("metadata-project-type", "metadata-project-person"),
        _GUIDE,
        pyproject('keywords = "eggs, bacon"'),
        pyproject('keywords = ["eggs", "bacon"]'),
    ),
    Message(
        "multiple-top-level-packages",
        "error: Multiple top-level packages discovered in a flat-layout: [...]",
        (
            "Multiple top-level {what...} discovered in a flat-layout: {names...}.",
            "Multiple top-level",
        ),
        "setuptools finds the package by itself if there is one.",
        "https://setuptools.pypa.io/en/latest/userguide/package_discovery.html",
        "Several folders could be it, tests and data among them.",
        'Name it: packages = ["spam"] below [tool.setuptools], or move the code into src/.',
    ),
    Message(
        "no-package-found",
        "Unable to determine which files to ship inside the wheel",
        (
            "Unable to determine which files to ship inside the wheel",
            "No file/folder found for package {name}",
            "Expected a Python module at: {path}",
            "Expected a Python module directory at: '{path}'",
        ),
        "The backend looks for a folder that has the name of the project, with underscores.",
        "pyproject",
        "The folder has another name, or lies in src/ where the backend looks beside"
        " pyproject.toml, or the other way round.",
        'Rename one of the two, or name the folder: packages = ["src/spam"] below'
        " [tool.hatch.build.targets.wheel]; module-name for uv, name below [tool.flit.module].",
    ),
    Message(
        "does-not-appear-to-be-a-python-project",
        "Source ... does not appear to be a Python project: no pyproject.toml or setup.py",
        (
            "does not appear to be a Python project: no pyproject.toml or setup.py",
            (
                "does not appear to be a Python project, as neither 'pyproject.toml' nor 'setup.py'"
                " are present in the directory"
            ),
            "is not installable. Neither 'setup.py' nor 'pyproject.toml' found",
            "No 'pyproject.toml' found in current directory or any parent directory",
        ),
        "A project has a pyproject.toml.",
        "pyproject",
        "You are in another folder, or the project has none yet.",
        "Change into the folder of the project, or begin one: uv init --package.",
    ),
    # front ends
    Message(
        "backend-not-available",
        "Backend '...' is not available",
        (
            "Backend '{backend}' is not available",
            "Cannot import build backend '{backend}'",
            "pyproject_hooks._impl.BackendUnavailable: Cannot import '{backend}'",
            "pyproject_hooks._impl.BackendUnavailable",
        ),
        "build-backend names a module of what requires installs.",
        "pyproject",
        "A spelling, a missing entry in requires, or --no-isolation without the backend installed. Or"
        " requires pins a backend that this Python cannot import, such as a setuptools before 60 on"
        " Python 3.12 and newer; then the traceback ends in distutils.",
        'Write both: requires = ["hatchling"], build-backend = "hatchling.build". Without isolation'
        " install the backend first: python -m pip install setuptools. An old sdist of others needs an"
        " older Python, or a version with a wheel for yours.",
    ),
    Message(
        "build-system-not-valid",
        "Failed to validate `build-system` in pyproject.toml",
        (
            "Failed to validate 'build-system' in pyproject.toml: {reason...}",
            "Failed to validate 'build-system' in pyproject.toml",
            "The [build-system] table is missing the mandatory 'requires' key",
        ),
        "[build-system] has requires, and may have build-backend and backend-path.",
        "pyproject",
        "requires is missing, or another key stands there.",
        'Write requires = ["hatchling"] and build-backend = "hatchling.build".',
    ),
    Message(
        "unmet-dependencies",
        "ERROR Unmet dependencies",
        (
            "Unmet dependencies (checked against {python})",
            "ERROR Unmet dependencies",
            "ERROR Missing dependencies",
        ),
        "Without isolation all of build-system.requires must be installed.",
        "pyproject",
        "You build with --no-isolation, and something of requires is missing.",
        "Install it, or leave --no-isolation out.",
    ),
    Message(
        "pyproject-config-invalid",
        "ValueError: invalid pyproject.toml config: `...`",
        ("invalid pyproject.toml config: '{key}'",),
        "Each key of pyproject.toml that setuptools reads has a type.",
        "pyproject",
        "setuptools names the key; the line configuration error says what is wrong with it.",
        "Look at the lines below it, and at that key in pyproject.toml.",
        guides=("guides/metadata",),
        follows=True,
    ),
    Message(
        "hook-not-there",
        "AttributeError: module '...' has no attribute 'prepare_metadata_for_build_editable'",
        (
            "has no attribute 'prepare_metadata_for_build_editable'",
            "has no attribute 'prepare_metadata_for_build_wheel'",
        ),
        "A backend need not have this hook; a front end that does not find it builds the wheel instead.",
        "PEP 517",
        "It is no failure, but the first half of a traceback: what failed is the build behind it, below"
        " During handling of the above exception.",
        "Look at the end of the traceback, and at the lines of the build above it.",
        follows=True,
        sourced=on_github("mesonbuild/meson/issues/12569", "2026-11-27"),
    ),
    Message(
        "metadata-generation-failed",
        "error: metadata-generation-failed",
        (
            "error: metadata-generation-failed",
            "error: subprocess-exited-with-error",
            "did not run successfully",
            "Encountered error while generating package metadata",
            "Backend subprocess exited when trying to invoke {hook}",
            "The build backend returned an error",
            "Call to '{hook}' failed",
            "Failed to build '{project}'",
            "This error originates from a subprocess, and is likely not a problem with pip",
            "This is an issue with the package mentioned above, not pip",
            "Build failures usually indicate a problem with the package or the build environment",
            "This usually indicates a problem with the package or the build environment",
        ),
        "To install from source is to build.",
        "pyproject",
        "The backend failed. Its own message stands above, within [lines of output].",
        "Look for the last line above that ends a traceback or begins with error. A wheel for"
        " your Python needs no build: try a newer version of the project.",
        follows=True,
    ),
    Message(
        "direct-reference-refused",
        "Dependency #1 of field `project.dependencies` cannot be a direct reference",
        ("Dependency #{number} of field '{field}' cannot be a direct reference",),
        "hatchling builds with a dependency by its address, name @ URL, only where it is told to.",
        "https://hatch.pypa.io/latest/config/metadata/#allowing-direct-references",
        "A dependency, or one of an extra, is written with @ and a URL.",
        "Ask for it by its version, which is the only way onto a public index; or set"
        " allow-direct-references = true below [tool.hatch.metadata].",
        ("metadata-direct-reference",),
        _GUIDE,
        pyproject('dependencies = ["eggs @ https://example.org/eggs.zip"]'),
        pyproject('dependencies = ["eggs>=1"]'),
    ),
    # builds that go on too old or too little
    Message(
        "poetry-additional-properties",
        "Additional properties are not allowed ('...' was unexpected)",
        ("Additional properties are not allowed ({keys...} unexpected)",),
        "[tool.poetry] has the keys that Poetry knows, and each of its tables too.",
        "https://python-poetry.org/docs/pyproject/",
        "A spelling, a key of another tool, or one that is newer or older than this Poetry: package-mode"
        " came with 1.8, requires-poetry with 2.0.",
        "Correct or delete the key that is named. What the standard has a key for belongs below"
        " [project].",
        guides=("guides/backend",),
    ),
    Message(
        "scm-no-version",
        "LookupError: setuptools-scm was unable to detect version for ...",
        ("setuptools-scm was unable to detect version for {folder}",),
        "setuptools-scm, and hatch-vcs with it, takes the version from a tag of git, or in an sdist from"
        " its PKG-INFO.",
        "setuptools-scm",
        "There is no .git folder (a downloaded archive, a COPY of the sources into a container), or git"
        " itself is not installed or does not trust the folder.",
        "Build from a clone with its tags, or from the sdist. Where neither is there, say the version:"
        " SETUPTOOLS_SCM_PRETEND_VERSION=1.0 in the environment of the build.",
        guides=("guides/dynamic",),
    ),
    Message(
        "not-editable",
        "ERROR: Project ... uses a build backend that is missing the 'build_editable' hook",
        ("build backend that is missing the 'build_editable' hook",),
        "An editable installation is made by the backend, as PEP 660 says.",
        "https://peps.python.org/pep-0660/",
        "The backend has no such hook: setuptools before 64, flit-core before 3.4, poetry-core before"
        " 1.0.8; without isolation it is the one that is installed.",
        "Raise the floor in build-system.requires, such as setuptools>=77, and upgrade pip.",
        guides=("guides/backend",),
    ),
    Message(
        "setup-py-install",
        "SetuptoolsDeprecationWarning: setup.py install is deprecated",
        ("setup.py install is deprecated",),
        "setup.py says how a project is built, and is no longer the command that builds or installs it.",
        "https://packaging.python.org/en/latest/discussions/setup-py-deprecated/",
        "python setup.py install was run, by you, by a Makefile or by a tool that is older than pip's way"
        " of building; what it installs has no list of files that pip could remove.",
        "Run pip install . in place of setup.py install, pip install -e . in place of develop, and python"
        " -m build in place of sdist and bdist_wheel. The file may stay as it is.",
        guides=("guides/adopt", "guides/backend"),
    ),
    Message(
        "install-requires-invalid",
        "error in ... setup command: 'install_requires' must be a string or list of strings",
        (
            "'install_requires' must be a string or list of strings",
            "'install_requires' must be a string or iterable of strings",
        ),
        "Each item of install_requires is a requirement, as in dependencies of pyproject.toml.",
        "PEP 508",
        "One of them cannot be read: what stands behind the semicolon quotes it. In an old sdist it is"
        " often a version that setuptools took up to 65 and newer ones refuse.",
        "In your own setup.py write eggs==1.0 or eggs>=1.0,<2.0; marker. For somebody else's sdist take"
        " another version of the project.",
        ("metadata-requirement",),
        ("guides/adopt",),
        pyproject('dependencies = ["eggs=1.0"]'),
        pyproject('dependencies = ["eggs==1.0"]'),
    ),
    Message(
        "use-2to3",
        "error in ... setup command: use_2to3 is invalid",
        ("setup command: use_2to3 is invalid",),
        "setuptools 58 and later do not translate Python 2 while they build.",
        "https://setuptools.pypa.io/en/latest/history.html",
        "The project is from before 2021, and its sources are Python 2.",
        "Take a newer version of it, or what came after it. Until then build with setuptools<58, which"
        " no longer runs on Python 3.12: pip install --no-build-isolation in an environment that has it.",
    ),
    Message(
        "package-directory-missing",
        "error: package directory '...' does not exist",
        ("error: package directory '{folder}' does not exist",),
        "packages of setuptools are folders, from the place that package-dir names.",
        "package discovery",
        "The folder has another name, lies in src/ and package-dir does not say so, or did not come into"
        " the sdist.",
        'With a src/ folder write package-dir = {"" = "src"} below [tool.setuptools], or leave packages'
        " out, so that setuptools looks for them.",
        guides=("guides/src-layout",),
    ),
    Message(
        "invalid-command-bdist-wheel",
        "error: invalid command 'bdist_wheel'",
        ("error: invalid command 'bdist_wheel'",),
        "setuptools before 70.1 makes wheels with the project wheel only.",
        "https://setuptools.pypa.io/en/latest/history.html",
        "setup.py is run by hand, or without isolation, and wheel is not installed.",
        "Do not run setup.py: python -m build, or pip wheel. Where it must be so, install wheel, or"
        " setuptools>=70.1.",
    ),
    # tables of tools
    Message(
        "group-not-defined",
        "Group `...` is not defined in the project's `dependency-groups` table",
        (
            "Group '{group}' is not defined in the project's 'dependency-groups' table",
            (
                "Default group '{group}' (from 'tool.uv.default-groups') is not defined in the project's"
                " 'dependency-groups' table"
            ),
        ),
        "A group is a key of [dependency-groups]; an extra of [project.optional-dependencies] is none.",
        "https://packaging.python.org/en/latest/specifications/dependency-groups/",
        "The name is that of an extra, is spelled otherwise, or stands in default-groups and nowhere"
        " else.",
        "Ask for an extra with --extra. Otherwise add the group below [dependency-groups], or take its"
        " name out of default-groups.",
    ),
    Message(
        "groups-cycle",
        "Detected a cycle in `dependency-groups`: ...",
        ("Detected a cycle in 'dependency-groups': {groups...}",),
        "A dependency group may include others, and not itself by way of them.",
        "https://packaging.python.org/en/latest/specifications/dependency-groups/",
        "Two groups include each other.",
        "Take one of the include-group entries out.",
    ),
    Message(
        "groups-missing",
        "Failed to find group `...` included by `...`",
        ("Failed to find group '{group}' included by '{by}'",),
        "include-group names a group of the same file.",
        "https://packaging.python.org/en/latest/specifications/dependency-groups/",
        "The group is spelled otherwise or is not there.",
        "Write the name of a group that is there; extras cannot be included.",
    ),
    Message(
        "groups-malformed",
        "Project `...` has malformed dependency groups",
        (
            "Failed to parse entry in group '{group}': '{requirement}'",
            "Group '{group}' contains an unknown dependency object specifier: {entry...}",
            "Project '{project}' has malformed dependency groups",
        ),
        'An entry of a group is a requirement or {include-group = "..."}.',
        "https://packaging.python.org/en/latest/specifications/dependency-groups/",
        "The entry is another table, such as {path = ...}, or a requirement that cannot be read.",
        "Write requirements as texts. Paths and repositories go into tool.uv.sources, beside the"
        " name.",
    ),
    Message(
        "not-a-workspace-member",
        "`...` references a workspace in `tool.uv.sources`, but is not a workspace member",
        (
            "'{project}' references a workspace in 'tool.uv.sources'",
            "but is not a workspace member",
        ),
        "workspace = true is for members that [tool.uv.workspace] lists.",
        "https://docs.astral.sh/uv/concepts/projects/workspaces/",
        "The project is not below the workspace's root, or not among its members.",
        "Add its folder to members, or give the source as path.",
    ),
    Message(
        "zip-before-1980",
        "ValueError: ZIP does not support timestamps before 1980",
        ("ZIP does not support timestamps before 1980",),
        "A wheel is a zip archive, which knows no time before 1980.",
        "https://docs.python.org/3/library/zipfile.html",
        "SOURCE_DATE_EPOCH is before 1980, often 0, or a file of the project says that it was changed"
        " in 1970, as some images, package managers and archives leave it.",
        "Unset SOURCE_DATE_EPOCH, or set it to 315619200, the second day of 1980, or later. Otherwise"
        " touch the files, and build again.",
        sourced=on_github("pypa/wheel/issues/418", "2026-11-26"),
    ),
    Message(
        "unknown-distribution-option",
        "UserWarning: Unknown distribution option: '...'",
        ("Unknown distribution option: '{option}'",),
        "setup() takes the arguments that setuptools knows, and those of plugins that are installed.",
        "https://setuptools.pypa.io/en/latest/references/keywords.html",
        "setup.py passes another one: tests_require and test_suite, which setuptools 72 took away, a"
        " spelling, or one of a plugin such as use_scm_version whose project is not installed.",
        "It is no failure: setuptools goes on without it, and a build that stops does so for another reason."
        " In your own setup.py delete it, or list the plugin in build-system.requires.",
        guides=("guides/adopt",),
    ),
    Message(
        "package-absent",
        "Package '...' is absent from the `packages` configuration",
        ("Package '{package}' is absent from the 'packages' configuration",),
        "For setuptools each folder that Python could import is a package, folders of data too, and packages"
        " lists what goes into the wheel.",
        "https://setuptools.pypa.io/en/latest/userguide/datafiles.html",
        "Files of the folder came in as data of the package above it, by MANIFEST.in or version control;"
        " setuptools still packs them and says that it will not for ever.",
        "Nothing is missing yet. List the folder: find_namespace_packages() in place of find_packages(), or"
        " [tool.setuptools.packages.find], which finds such folders. What shall not come along goes into"
        " exclude-package-data.",
        guides=("guides/data-inside",),
    ),
    Message(
        "dash-separated-key",
        "InvalidConfigError: Invalid dash-separated key '...' in '...' (setup.cfg)",
        ("Invalid dash-separated key '{key}' in '{section}' (setup.cfg)",),
        "Keys of setup.cfg are written with underscores.",
        "https://setuptools.pypa.io/en/latest/userguide/declarative_config.html",
        "setup.cfg has one with a hyphen, such as description-file. setuptools 78.0 refused to build;"
        " 78.0.2 and later only warn.",
        "Ask for a setuptools that is not 78.0. In your own setup.cfg write description_file, or, better,"
        " readme in pyproject.toml.",
        guides=("guides/adopt",),
    ),
    Message(
        "license-table-deprecated",
        "SetuptoolsDeprecationWarning: `project.license` as a TOML table is deprecated",
        ("'project.license' as a TOML table is deprecated",),
        "license is an SPDX expression since PEP 639.",
        "PEP 639",
        "license is a table with file or text. setuptools 77 and later warn; the day after which they refuse"
        " it stands in the message.",
        'Write license = "MIT" and license-files = ["LICEN[CS]E*"], and requires = ["setuptools>=77"].',
        (),
        ("guides/license",),
    ),
    Message(
        "license-classifiers-deprecated",
        "SetuptoolsDeprecationWarning: License classifiers are deprecated",
        ("SetuptoolsDeprecationWarning: License classifiers are deprecated",),
        "The licence is said by license, an SPDX expression, and no longer by classifiers.",
        "PEP 639",
        "A classifier begins with License ::. It is a warning: the build goes on.",
        'Delete the classifier and write license = "MIT", with requires = ["setuptools>=77"].',
        (),
        ("guides/license",),
    ),
    Message(
        "python-requires-invalid",
        "error in ... setup command: 'python_requires' must be a string containing valid version specifiers",
        ("'python_requires' must be a string containing valid version specifiers",),
        "python_requires is a list of comparisons with commas between them.",
        "versions",
        "It has a star behind >= or <, a version without an operator, or words. Old versions of setuptools"
        " read >=3.6.* as >=3.6.",
        "In your own setup.py write >=3.6. For somebody else's sdist take another version of the project.",
        ("metadata-requires-python",),
        ("guides/adopt",),
        pyproject('requires-python = ">=3.6.*"'),
        pyproject('requires-python = ">=3.6"'),
    ),
    Message(
        "invalid-command-test",
        "error: invalid command 'test'",
        ("error: invalid command 'test'",),
        "setuptools 72 and later have no command test.",
        "https://setuptools.pypa.io/en/latest/history.html",
        "python setup.py test was run, by you, by a Makefile or by a script of a distribution.",
        "Run the tests with what runs them: python -m pytest, or python -m unittest.",
        guides=("guides/adopt",),
    ),
    Message(
        "packaging-too-old",
        "TypeError: canonicalize_version() got an unexpected keyword argument 'strip_trailing_zero'",
        ("canonicalize_version() got an unexpected keyword argument 'strip_trailing_zero'",),
        "setuptools 71 and later take packaging from the environment where it is installed, and need 22 or"
        " newer.",
        "https://github.com/pypa/setuptools/issues/4483",
        "An older packaging is installed beside setuptools, and setup.py runs there: by hand, by an old pip,"
        " or with --no-build-isolation.",
        "pip install --upgrade packaging in that environment. Where something holds it back, build isolated:"
        " pip install . with pip 25.3 or newer.",
    ),
    Message(
        "pip-legacy-editable",
        "DEPRECATION: Legacy editable install of ... (setup.py develop) is deprecated",
        ("Legacy editable install of {project...} (setup.py develop) is deprecated",),
        "An editable installation is made by the backend that pyproject.toml names, as PEP 660 says.",
        "https://peps.python.org/pep-0660/",
        "The project has a setup.py and no pyproject.toml, or --no-build-isolation is given without one. It"
        " is a warning: pip installed it in the old way, which 25.3 no longer has.",
        'Add a pyproject.toml with [build-system], requires = ["setuptools>=77"] and build-backend ='
        ' "setuptools.build_meta". pip install -e . --use-pep517 tries it without.',
        guides=("guides/adopt",),
    ),
    Message(
        "pip-legacy-wheel",
        "DEPRECATION: Building '...' using the legacy setup.py bdist_wheel mechanism",
        ("using the legacy setup.py bdist_wheel mechanism",),
        "A wheel is made by the backend that pyproject.toml names; without one it is setuptools.",
        "PEP 517",
        "The project that is named has no pyproject.toml. It is a warning: pip built it by calling setup.py,"
        " which 25.3 and later no longer do.",
        "For somebody else's project there is nothing to do; it may miss what its setup.py imports once it"
        " is built isolated. In your own add a pyproject.toml with [build-system]. --use-pep517 tries it"
        " now.",
        guides=("guides/adopt",),
    ),
    Message(
        "hook-no-json",
        "Call to `...` failed: expected value at line 1 column 1",
        ("failed: expected value at line 1 column 1",),
        "uv runs the build in a Python of its own and reads what that writes into a file.",
        "PEP 517",
        "The Python went well and wrote nothing that uv can read: something that starts with every Python"
        " changes it, such as a sitecustomize or a .pth file, or a virus scanner or a full disk holds the"
        " file back.",
        "Run it again with -v, and with another Python (uv python install). Look for PYTHON variables in"
        " the environment.",
        sourced=on_github("astral-sh/uv/issues/13504", "2026-11-27"),
    ),
    Message(
        "version-attribute-missing",
        "AttributeError: module '...' has no attribute '__version__'",
        ("AttributeError: module '{module}' has no attribute '__version__'",),
        "A version that is dynamic is read from where the settings of the backend say.",
        "https://setuptools.pypa.io/en/latest/userguide/pyproject_config.html",
        "In a build: version = {attr = ...} below [tool.setuptools.dynamic] names a module without a line"
        " __version__ = ..., or setup.py asks for one. In a program: the package has none, which it need"
        " not.",
        'Write __version__ = "1.0" into that module, name the right one, or write version into [project].'
        " A program asks importlib.metadata.version('NAME').",
        guides=("guides/dynamic",),
    ),
    Message(
        "readme-encoding",
        "UnicodeDecodeError: 'charmap' codec can't decode byte ... in position ...",
        (
            "'charmap' codec can't decode byte",
            "'cp949' codec can't decode byte",
            "'cp932' codec can't decode byte",
            "'cp950' codec can't decode byte",
            "'gbk' codec can't decode byte",
            "'ascii' codec can't decode byte",
        ),
        "Before Python 3.15 open() reads in the encoding of the system, which on Windows is not UTF-8.",
        "https://docs.python.org/3/library/functions.html#open",
        "A file in UTF-8 is read without saying so: in a build most often the README, by setup.py; anywhere"
        " else by the program that the lines above name.",
        "Set PYTHONUTF8=1 for the command, or take a newer version of the project. In your own code write"
        ' open("README.md", encoding="utf-8"), or let the backend read it: readme = "README.md".',
        guides=("guides/adopt",),
        sourced=on_github("hungpham2511/toppra/issues/172", "2026-11-27"),
    ),
    Message(
        "dependency-groups-poetry",
        "Group(s) not found: ... (via --with)",
        ("Group(s) not found: {groups...} (via {option...})",),
        "--with, --without and --only name dependency groups; an extra is asked for with --extras.",
        "https://python-poetry.org/docs/managing-dependencies/",
        "No such group is in pyproject.toml: the name is that of an extra, or spelled otherwise.",
        "Ask for an extra with -E NAME, or add the group.",
        guides=("guides/dependency-groups",),
    ),
    Message(
        "extra-not-specified",
        "Extra [...] is not specified",
        ("Extra [{extra...}] is not specified",),
        "-E names an extra of [project.optional-dependencies]; a group is asked for with --with.",
        "pyproject",
        "No such extra is in pyproject.toml, or poetry.lock was made before it was.",
        "Add the extra and run poetry lock, or ask for the group with --with NAME.",
        guides=("guides/extras",),
    ),
)
