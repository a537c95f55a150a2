"""What tools say that make environments or work in them: uv, tox, nox, pre-commit, conda, Pyodide."""

from __future__ import annotations

from functools import partial
from typing import Final

from trigpoint.installers.messages.message import Message, on_github

__all__ = ["ENVIRONMENTS"]

_UV_PYTHONS: Final = "https://docs.astral.sh/uv/concepts/python-versions/"
_UV_SYNC: Final = "https://docs.astral.sh/uv/concepts/projects/sync/"
_UV_CONFIG: Final = "https://docs.astral.sh/uv/concepts/projects/config/"
_CONDA: Final = (
    "https://docs.conda.io/projects/conda/en/stable/user-guide/tasks/manage-environments.html"
)
_CHANNELS: Final = (
    "https://docs.conda.io/projects/conda/en/stable/user-guide/concepts/channels.html"
)

_public: Final = partial(on_github, date="2026-11-27")


ENVIRONMENTS: Final = (
    # no such Python
    Message(
        "uv-no-interpreter",
        "error: No interpreter found for Python ... in managed installations or search path",
        (
            "No interpreter found for executable name '{name}' in",
            "No interpreter found for Python {version} in",
            "No interpreter found for {request...} in",
        ),
        "uv takes a Python of its own, of an environment or of the PATH, and downloads one of those that"
        " this version of uv knows.",
        _UV_PYTHONS,
        "No such Python is here, and uv cannot or may not fetch it: uv is older than that Python, it is"
        " one that uv never had, as some old micro versions, downloads are switched off, or there is no"
        " network. What is asked for stands in --python, in .python-version of this folder or one above"
        " it, or in requires-python. An executable name is a request that is no version.",
        "Look with uv python list at what there is. Update uv, run uv python install, or ask for less:"
        " 3.11 instead of 3.11.0. uv python pin writes the file anew.",
        guides=("guides/drop-python",),
    ),
    Message(
        "tox-no-interpreter",
        "could not find python interpreter matching any of the specs ...",
        (
            "could not find python interpreter matching any of the specs {specs...}",
            "could not find python interpreter with spec(s): {specs...}",
            "InterpreterNotFound: {python}",
        ),
        "tox runs each environment with the Python that its name says: py312 is CPython 3.12.",
        "https://tox.wiki/en/latest/explanation.html",
        "That Python is not on this machine, or tox does not find it: it looks on PATH, and on Windows"
        " in the registry.",
        "Install it, or add the plugin tox-uv, which lets uv fetch it. Run what is there: tox -e py312,"
        " or skip the others with --skip-missing-interpreters. Take Pythons that nobody supports any"
        " more out of env_list.",
        guides=("guides/drop-python",),
    ),
    Message(
        "nox-no-interpreter",
        "Session ... failed: Python interpreter ... not found",
        ("Python interpreter {python} not found",),
        "nox runs a session with each Python that its decorator names.",
        "nox usage",
        "That Python is not on PATH. nox skips such sessions, but for where CI is set or"
        " --error-on-missing-interpreters is given.",
        "Install it, or let nox fetch it: install nox[uv], so that uv brings its Pythons, or nox[pbs]."
        " In a workflow, setup-python installs each that the sessions name.",
        guides=("guides/nox",),
    ),
    Message(
        "virtualenv-no-interpreter",
        "RuntimeError: failed to find interpreter for Builtin discover of python_spec='...'",
        ("failed to find interpreter for Builtin discover of python_spec={python}",),
        "virtualenv makes an environment for a Python that is on the machine; pre-commit asks it for the"
        " one that language_version names.",
        "https://pre-commit.com/#overriding-language-version",
        "That Python is not installed, or not on PATH.",
        "Write language_version: python3 into .pre-commit-config.yaml, or leave it and"
        " default_language_version out; or install that Python.",
        sourced=_public("pre-commit/pre-commit/issues/1375"),
    ),
    # projects of uv
    Message(
        "uv-no-lockfile",
        "error: Unable to find lockfile at `uv.lock`",
        ("Unable to find lockfile at '{file}'",),
        "With --frozen uv installs what the lock file says, and with --locked it only compares.",
        _UV_SYNC,
        "There is none beside the pyproject.toml: it was never made, git or a .dockerignore leaves it"
        " out, or the command runs in another folder.",
        "Run uv lock and commit uv.lock; in a container copy it together with pyproject.toml.",
        guides=("guides/lock",),
    ),
    Message(
        "uv-lock-not-read",
        "error: Failed to parse `uv.lock`",
        ("Failed to parse 'uv.lock'",),
        "uv writes uv.lock, and reads nothing into it that it did not write.",
        _UV_SYNC,
        "The file was edited or merged by hand, signs of a conflict such as <<<<<<< are in it, or a newer"
        " uv wrote it than the one that reads it. The lines below say which.",
        "Update uv first. Otherwise take uv.lock as it was in git and run uv lock, which keeps the"
        " versions that still fit; with the file deleted it takes the newest of all.",
        guides=("guides/lock",),
    ),
    Message(
        "uv-extra-missing",
        "error: Extra `...` is not defined in the `optional-dependencies` table for `...`",
        (
            "Extra '{extra}' is not defined in the 'optional-dependencies' table for '{project}'",
            "Extra '{extra}' is not defined in the project's 'optional-dependencies' table",
        ),
        "--extra names a key of [project.optional-dependencies]; a dependency group is asked for with"
        " --group.",
        "pyproject",
        "The name is spelled otherwise, is that of a group, or the table is in another member of the"
        " workspace.",
        "Ask for the group with --group, or add the extra. In a workspace say --package NAME.",
        guides=("guides/extras", "guides/dependency-groups"),
    ),
    Message(
        "uv-no-project-table",
        "error: No `project` table found in: `pyproject.toml`",
        ("No 'project' table found in: '{file}'",),
        "The commands of uv for projects read [project].",
        "pyproject",
        "The pyproject.toml has settings of tools only, or [tool.poetry] in its place.",
        "Write [project] with name and version, or run uv init --bare. For a folder that is no project,"
        " uv venv and uv pip install do without; newer versions of uv take such a file as well.",
        guides=("guides/metadata",),
    ),
    Message(
        "uv-dependency-not-there",
        "error: The dependency `...` could not be found in `project.dependencies`",
        ("The dependency '{name}' could not be found in '{table}'",),
        "uv remove takes out what stands in that very table.",
        "https://docs.astral.sh/uv/concepts/projects/dependencies/",
        "It is in a group or an extra, comes with another dependency, or was installed with uv pip, which"
        " writes nothing into pyproject.toml.",
        "Say where it stands: uv remove --dev NAME, --group GROUP or --optional EXTRA. uv tree shows what"
        " brings it in.",
        guides=("guides/dependency-groups",),
    ),
    Message(
        "uv-nothing-to-publish",
        "error: No files found to publish",
        ("No files found to publish",),
        "uv publish takes the wheels and sdists in dist/ of this folder, or those that are named.",
        "https://docs.astral.sh/uv/guides/package/",
        "Nothing was built, the files are elsewhere, or a job of a workflow did not fetch what another one"
        " built.",
        "Run uv build first, or name the files: uv publish path/*.",
        guides=("guides/check-before-release",),
    ),
    Message(
        "uv-environment-ignored",
        "warning: `VIRTUAL_ENV=...` does not match the project environment path `.venv` and will be"
        " ignored",
        ("does not match the project environment path '{path}' and will be ignored",),
        "The commands of uv for projects (run, sync, add) work in .venv of the project, whatever is"
        " active.",
        _UV_CONFIG,
        "Another environment is active: of another project or folder, or from before the folder was"
        " renamed.",
        "It is no failure. Run deactivate, or unset VIRTUAL_ENV. To work in the active one say --active;"
        " to keep the project's elsewhere set UV_PROJECT_ENVIRONMENT. uv pip takes the active one.",
    ),
    Message(
        "uv-environment-broken",
        "error: Project virtual environment directory `.venv` cannot be used because it is not a valid"
        " Python environment",
        (
            (
                "Project virtual environment directory '{folder}' cannot be used because it is not a valid"
                " Python environment ({why...})"
            ),
            "Project virtual environment directory '{folder}' cannot be used",
        ),
        "uv replaces an environment, and nothing else that lies in its place.",
        _UV_CONFIG,
        "The folder has no Python in it: something else made it, a container mounts it empty, or the"
        " Python that it pointed to is gone.",
        "Look into it, delete it, and run uv sync. In a container keep .venv out of what is mounted and"
        " copied, by .dockerignore or a volume of its own, or set UV_PROJECT_ENVIRONMENT.",
    ),
    Message(
        "uv-permission-denied",
        "error: failed to open file `...`: Permission denied (os error 13)",
        (
            "failed to open file '{file}': Permission denied (os error 13)",
            "failed to create directory '{folder}': Permission denied (os error 13)",
        ),
        "uv writes into its cache, into its own folders for tools and Pythons, and into the environment.",
        "https://docs.astral.sh/uv/reference/storage/",
        "The folder that is named belongs to somebody else, as after sudo or in a container that was built as"
        " root, or may not be written, as in a sandbox.",
        "Give it to yourself with chown, or say another one: UV_CACHE_DIR for .cache/uv, UV_TOOL_DIR for"
        " tools. What runs in a container needs no uv run: call the program of .venv/bin itself.",
        sourced=_public("astral-sh/uv/issues/16820"),
    ),
    Message(
        "uv-cache-not-made",
        "error: Failed to initialize cache at `...`",
        ("Failed to initialize cache at '{folder}'",),
        "uv keeps what it fetched and built in one folder, and needs it even for a single command.",
        "https://docs.astral.sh/uv/concepts/cache/",
        "It cannot make the folder: it belongs to somebody else, as after sudo; there is no home, as for"
        " some users of containers, whose cache would be /.cache/uv; or a file lies in its place. The"
        " line below says which.",
        "Say another folder with UV_CACHE_DIR or --cache-dir, or give the folder to yourself; with"
        " --no-cache uv takes one for the time of the command.",
    ),
    # pre-commit
    Message(
        "pre-commit-failed",
        "An unexpected error has occurred: CalledProcessError: command: (...)",
        ("An unexpected error has occurred: CalledProcessError: command: {command...}",),
        "pre-commit makes an environment for each hook, with programs that say themselves what they"
        " stumble over.",
        "https://pre-commit.com/",
        "One of them failed: the lines below stdout and stderr are what it said. With -mpip it was the"
        " installation of the hook, with -mvirtualenv the making of its environment.",
        "Read on below stderr. Where it cannot be understood, pre-commit clean and pre-commit autoupdate"
        " take away hooks that are too old for your Python.",
        follows=True,
        sourced=_public("pre-commit/pre-commit/issues/2838"),
    ),
    Message(
        "pre-commit-no-repository",
        "An error has occurred: FatalError: git failed. Is it installed, and are you in a Git repository"
        " directory?",
        ("git failed. Is it installed, and are you in a Git repository directory",),
        "pre-commit works on the files of a git repository.",
        "https://pre-commit.com/",
        "The folder is no repository yet, is below none, or belongs to another user, whom git does not"
        " trust; or git is not installed, as in slim container images.",
        "Ask git status, which says which it is: git init, or git config --global --add safe.directory"
        " FOLDER in a container whose files belong to somebody else.",
    ),
    # conda
    Message(
        "pipx-no-apps",
        "No apps associated with package ... or its dependencies",
        ("No apps associated with package {name} or its dependencies",),
        "pipx and uv tool install programs, each into an environment of its own.",
        "https://pipx.pypa.io/stable/",
        "The project has no program ([project.scripts]): it is a library to import.",
        "Install it where it is imported: python -m pip install NAME in a virtual environment, or uv add NAME"
        " in a project.",
        guides=("guides/entry-points",),
        sourced=_public("pypa/pipx/blob/main/src/pipx/commands/common.py"),
    ),
    Message(
        "conda-path-in-requirements",
        "No such file or directory: '/croot/...'",
        (
            (
                "Could not install packages due to an OSError: [Errno 2] No such file or directory:"
                " '/croot/{folder}'"
            ),
            "No such file or directory: '/croot/{folder}'",
            (
                "Could not install packages due to an OSError: [Errno 2] No such file or directory:"
                " '/home/conda/feedstock_root/{folder}'"
            ),
            "No such file or directory: '/home/conda/feedstock_root/{folder}'",
            (
                "Could not install packages due to an OSError: [Errno 2] No such file or directory:"
                " '/opt/conda/conda-bld/{folder}'"
            ),
            "No such file or directory: '/opt/conda/conda-bld/{folder}'",
            "Distribution not found at: file:///croot/{folder}",
        ),
        "A requirement that names a file is for the machine that has the file.",
        "requirement files",
        "The list was made with pip freeze in an environment of conda, which writes the folder in which"
        " conda's package was built: eggs @ file:///croot/eggs_1/work. Nobody else has it.",
        "Write the versions instead: eggs==1.0. Whoever makes such a list uses pip list --format=freeze,"
        " or conda env export for conda.",
        ("requirement-local",),
        ("guides/lock",),
        "eggs @ file:///croot/eggs_1/work\n",
        "eggs==1.0\n",
    ),
    Message(
        "conda-not-in-channels",
        "PackagesNotFoundError: The following packages are not available from current channels",
        (
            "The following packages are not available from current channels",
            "ResolvePackageNotFound",
        ),
        "conda looks only into the channels that it is told of.",
        _CHANNELS,
        "None of them has a package of that name and version for this platform: it is on conda-forge"
        " only, on PyPI only, or called otherwise there. With a second = in each line, the list was made"
        " on another platform, for whose builds alone it is.",
        "For such a list ask whoever made it for conda env export --from-history, or take the builds out."
        " Otherwise try -c conda-forge. What is on PyPI alone comes with pip, in the environment of conda and after"
        " everything of conda: conda install pip, then python -m pip install NAME.",
        guides=("guides/conda-forge",),
        sourced=_public("conda/conda/issues/13659"),
    ),
    Message(
        "conda-unsatisfiable",
        "LibMambaUnsatisfiableError: Encountered problems while solving",
        (
            "LibMambaUnsatisfiableError: Encountered problems while solving",
            "LibMambaUnsatisfiableError",
        ),
        "All packages of one environment must leave a version of each that fits them all.",
        "https://docs.conda.io/projects/conda/en/stable/user-guide/tasks/manage-pkgs.html",
        "What the lines below name: two requests exclude each other, a package is not in the channels, or"
        " there is none for this Python or platform.",
        "Read the lines from the last one up. Loosen a version, take another Python, or make a new"
        " environment with what you need; do not mix defaults and conda-forge.",
        guides=("guides/conda-forge",),
        sourced=_public("mossmatters/HybPiper/issues/148"),
    ),
    Message(
        "conda-init",
        "CondaError: Run 'conda init' before 'conda activate'",
        ("Run 'conda init' before 'conda activate'",),
        "conda activate is a function of the shell, which conda init writes into its settings.",
        _CONDA,
        "This shell has not read it: conda init was never run for it, no new shell was opened since, or"
        " it is a shell of a script, a container or a workflow, which reads no such file.",
        "Run conda init and open a new shell. In scripts and containers conda run -n NAME COMMAND needs"
        " nothing of it.",
        sourced=_public("conda/conda/issues/13786"),
    ),
    # Pyodide
    Message(
        "micropip-no-wheel",
        "ValueError: Can't find a pure Python 3 wheel for '...'",
        (
            "Can't find a pure Python 3 wheel for {requirement...}.",
            "Can't find a pure Python 3 wheel for",
        ),
        "In a browser micropip installs wheels of pure Python, and wheels that were built for this very"
        " Pyodide; it builds nothing.",
        "https://pyodide.org/en/stable/usage/faq.html",
        "What is named, which may be needed only by what you asked for, has no such wheel: it has compiled"
        " code that nobody built for Pyodide, or there is only an sdist.",
        "Look whether Pyodide brings it (its list of packages), or ask for a version of it, or of what"
        " needs it, without compiled code. keep_going=True names all that is missing. If the project is"
        " yours, publish a py3-none-any wheel, or build one for Pyodide.",
        guides=("guides/browser", "guides/webassembly"),
        sourced=_public("pyodide/micropip/issues/105"),
    ),
)
