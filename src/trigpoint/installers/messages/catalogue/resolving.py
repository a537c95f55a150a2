"""What tools say when no set of versions, no file or no Python fits."""

from __future__ import annotations

from typing import Final

from trigpoint.installers.messages.catalogue.samples import metadata
from trigpoint.installers.messages.message import Message, on_github

__all__ = ["RESOLVING"]

_GUIDE: Final = ("guides/metadata",)
_PYTHON: Final = "A project is installed only on Pythons that its Requires-Python allows."

RESOLVING: Final = (
    Message(
        "requires-different-python",
        "ERROR: Package '...' requires a different Python: ... not in '...'",
        (
            "Package '{project}' requires a different Python: {python} not in '{specifier}'",
            "{project} requires Python '{specifier}' but the running Python is {python}",
            "{project} requires Python {specifier...} and only",
            "requires Python {specifier...}, we can conclude",
            "the current Python version ({python}) does not satisfy Python{specifier}",
        ),
        _PYTHON,
        "metadata",
        "The Python that runs is older or newer than the project allows; an upper bound such as"
        " <3.13 may be there without need.",
        "Use a Python that the specifier allows, or a version of the project made for yours. If"
        " the project is yours, leave upper bounds out of requires-python.",
        ("metadata-requires-python",),
        _GUIDE,
    ),
    Message(
        "supported-python-range",
        "The current project's supported Python range (...) is not compatible with some of the"
        " required packages Python requirement",
        (
            (
                "The current project's supported Python range ({range...}) is not compatible with"
                " some of the required packages Python requirement"
            ),
            "requires Python {specifier...}, so it will not be installable for Python {python...}",
            "the requested Python version ({range...}) does not satisfy Python{specifier}",
        ),
        "poetry lock and uv lock want a version for each Python that your project allows, not only for"
        " the one that runs.",
        "metadata",
        "Your requires-python reaches further than that of the dependency, upwards or downwards.",
        "Narrow requires-python of your project to what the message names, or give the"
        " dependency a marker such as python_version < '3.14'.",
        (),
        ("guides/markers",),
    ),
    Message(
        "pdm-unable-to-find-resolution",
        "Unable to find a resolution because the following dependencies don't work on all Python"
        " versions in the range of the project's `requires-python`",
        (
            (
                "Unable to find a resolution because the following dependencies don't work on all"
                " Python versions"
            ),
        ),
        "pdm wants one version for each Python that your project allows.",
        "metadata",
        "Your requires-python reaches further than that of a dependency.",
        "Narrow requires-python to what the message lists.",
    ),
    Message(
        "pdm-lock-failed",
        "[ResolutionError]: Unable to find a resolution",
        (
            "Unable to find a resolution for {project}",
            "[ResolutionError]: Unable to find a resolution",
        ),
        "All requirements for one project must leave a version that is there.",
        "versions",
        "Two requirements exclude each other, a marker cannot be read, or no file fits.",
        "Look at the lines above: they name the requirements. Loosen one of them.",
        follows=True,
    ),
    Message(
        "pdm-candidate-not-found",
        "CandidateNotFound: No candidate is found for `...` that matches the environment or hashes",
        (
            "No candidate is found for '{project}' that matches the environment or hashes",
            "[CandidateNotFound]: Unable to find candidates for {project}",
        ),
        "A wheel fits by the tags in its name: interpreter, ABI and platform.",
        "wheels",
        "No file on the index or in the folder is named right or made for this environment.",
        "Look at the names of the files: NAME-VERSION-py3-none-any.whl, the tags in this order.",
    ),
    Message(
        "conflicting-dependencies",
        "ERROR: Cannot install ... because these package versions have conflicting dependencies",
        (
            (
                "Cannot install {requests...} because these package versions have conflicting"
                " dependencies"
            ),
            "ResolutionImpossible: for help",
            "The conflict is caused by: {first...}",
        ),
        "All requirements for one project must leave a version that fits them all.",
        "versions",
        "Two requirements exclude each other. The lines below name them.",
        "Loosen one of the two, or ask for versions whose requirements agree. Two requirements"
        " of one project need markers of which only one holds at a time.",
        (),
        ("guides/markers",),
    ),
    Message(
        "pdm-conflicts",
        "Unable to find a resolution for ... because of the following conflicts",
        ("Unable to find a resolution for {project} because of the following conflicts",),
        "All requirements for one project must leave a version that fits them all.",
        "versions",
        "Two requirements exclude each other. The lines below name them.",
        "Loosen one of the two, or give them markers of which only one holds at a time.",
        (),
        ("guides/markers",),
    ),
    Message(
        "uv-depends-on-both",
        "Because ... depends on ... and ..., we can conclude that ... cannot be used",
        (
            "depends on {first...} and {second...}, we can conclude",
            "depend on {first...} and {second...}, we can conclude",
            "depends on {first...} and {second...}, which are incompatible",
            (
                "Because you require {first...} and {second...}, we can conclude that your"
                " requirements are unsatisfiable"
            ),
            "you require {first...} and {second...}, which are incompatible",
            "depends on {project...} ∅",
            "you require {project...} ∅",
        ),
        "All requirements for one project must leave a version that fits them all.",
        "versions",
        "Two requirements exclude each other.",
        "Loosen one of the two, or give them markers of which only one holds at a time.",
        (),
        ("guides/markers",),
    ),
    Message(
        "incompatible-constraints",
        "Incompatible constraints in requirements of ...",
        ("Incompatible constraints in requirements of {project}",),
        "All requirements for one project must leave a version that fits them all.",
        "versions",
        "The project asks twice for one dependency, with versions that exclude each other.",
        "Loosen one of the two, or give them markers of which only one holds at a time.",
        (),
        ("guides/markers",),
    ),
    Message(
        "version-solving-failed",
        "version solving failed",
        ("version solving failed",),
        "All requirements for one project must leave a version that fits them all.",
        "versions",
        "What stands above it: a Python that does not fit, or requirements that exclude each"
        " other.",
        "Look at the sentence that begins with Because.",
        follows=True,
    ),
    Message(
        "no-solution-found",
        "No solution found when resolving dependencies",
        (
            "No solution found when resolving dependencies",
            "No solution found when resolving",
            "we can conclude that your requirements are unsatisfiable",
            "we can conclude that the requirements are unsatisfiable",
            "we can conclude that your project's requirements are unsatisfiable",
        ),
        "All requirements for one project must leave a version that is there and can be read.",
        "versions",
        "What the sentence behind Because names: requirements that exclude each other, a Python"
        " that does not fit, metadata that cannot be read, or no file.",
        "Read the sentence from its end, and look for a line that begins with hint.",
        follows=True,
    ),
    Message(
        "could-not-find-a-version",
        "ERROR: Could not find a version that satisfies the requirement ... (from versions: ...)",
        (
            (
                "Could not find a version that satisfies the requirement {requirement...} (from"
                " versions: {versions...})"
            ),
            "Could not find a version that satisfies the requirement {requirement...}",
            "No matching distribution found for {requirement...}",
        ),
        "pip takes the newest version that fits the requirement, this Python and this platform.",
        "versions",
        "from versions says what there was: none means no file of that name for this Python and"
        " platform, or a name that does not exist; versions that were there may have been passed"
        " over by a warning above.",
        "Check the spelling of the name and the version of Python first. With versions in the"
        " list, loosen the requirement or look at the warnings above.",
        follows=True,
    ),
    Message(
        "not-found-in-locations",
        "Because ... was not found in the provided package locations",
        (
            "{project} was not found in the provided package locations",
            "{project} was not found in the cache",
        ),
        "A requirement names a project that an index or a folder has.",
        "versions",
        "The name is spelled otherwise, the index is another one, or the names of the files are"
        " no names of wheels. Without the network, only the cache is asked.",
        "Check the spelling, --index and --find-links.",
    ),
    Message(
        "not-found-in-registry",
        "Because ... was not found in the package registry",
        ("{project} was not found in the package registry",),
        "A requirement names a project that the index has.",
        "versions",
        "The name is spelled otherwise, or is that of the module and not of the project (PIL is in"
        " Pillow); or the project is on an index that uv was not told of.",
        "Look the name up on PyPI before you install what has a similar one. An index of your own goes"
        " behind --index, or below [[tool.uv.index]] in pyproject.toml.",
        guides=("guides/own-index",),
    ),
    Message(
        "no-version-available",
        "Because there is no version of ... and you require ...",
        (
            "there is no version of {requirement}",
            "only {versions...} is available and you require {project}>{bound}",
            "only the following versions of {project} are available",
        ),
        "A requirement leaves a version that was released, and not taken back since.",
        "versions",
        "The index has the project, but no such version of it: a number that does not exist, a yanked"
        " or a prerelease, or a build such as +cu110 that is on another index. With several indexes uv"
        " looks only at the first that has the name.",
        "Ask for a version that the sentence says is available, or look the project up. A prerelease is"
        " taken where the requirement names one, such as >=2.0rc1.",
    ),
    Message(
        "no-wheels-with-matching-tags",
        "... has no wheels with a matching Python ABI tag",
        (
            "{project} has no wheels are available with a matching Python {what...}, we can",
            "{project} has no wheels with a matching {what...} tag",
            "{project} has no wheels with valid tags",
            "{project} has only unsupported wheel variants",
        ),
        "A wheel fits by the tags in its name: interpreter, ABI and platform.",
        "wheels",
        "All wheels of the version are made for another Python or platform, or have tags that do"
        " not exist, and there is no sdist.",
        "Take a version that has wheels for your Python. If the project is yours, look at the"
        " tags in the names of its files.",
    ),
    Message(
        "no-wheel-for-current-platform",
        "Distribution `...` can't be installed because it doesn't have a source distribution or"
        " wheel for the current platform",
        (
            (
                "Distribution '{project}' can't be installed because it doesn't have a source"
                " distribution or wheel for the current platform"
            ),
        ),
        "A wheel fits by the tags in its name: interpreter, ABI and platform.",
        "wheels",
        "uv.lock holds a version whose wheels are all for other environments.",
        "Add your platform to tool.uv.required-environments and lock again, or take a version"
        " that has a wheel for it.",
    ),
    Message(
        "does-not-provide-extra",
        "WARNING: ... does not provide the extra '...'",
        (
            "{project} {version} does not provide the extra '{extra}'",
            "The package '{project}' does not have an extra named '{extra}'",
        ),
        "What stands in brackets is an extra that the metadata declares with Provides-Extra.",
        "metadata",
        "The name is spelled otherwise, or the extra was there in another version only. The"
        " install goes on without it.",
        "Look the extras up: trigpoint extras FILE. If the project is yours, declare the extra.",
        ("metadata-extra-undeclared",),
        ("guides/extras",),
        metadata("Requires-Dist: eggs; extra == 'docs'"),
        metadata("Provides-Extra: docs", "Requires-Dist: eggs; extra == 'docs'"),
    ),
    Message(
        "url-dependency",
        "Package `...` was included as a URL dependency",
        (
            "Package '{project}' was included as a URL dependency",
            "Package '{project}' attempted to resolve via URL: {url}",
            "URL dependencies must be expressed as direct requirements or constraints",
        ),
        "uv takes URLs only from requirements of your own.",
        "PEP 508",
        "A dependency of a dependency is a direct reference (name @ URL).",
        "Name the same URL among your own dependencies or constraints. A project on a public"
        " index cannot have direct references at all.",
        (),
        _GUIDE,
    ),
    Message(
        "direct-url-not-allowed",
        "Direct url requirement (like ...) are not allowed for dependencies",
        ("Direct url requirement (like {requirement...}) are not allowed for dependencies",),
        "pip 10 takes direct references only from the command line and from files.",
        "PEP 508",
        "A dependency of a dependency is a direct reference (name @ URL).",
        "Upgrade pip, or put the dependency on an index.",
        (),
        _GUIDE,
    ),
    Message(
        "has-requirement-incompatible",
        "... has requirement ..., but you'll have ... which is incompatible",
        ("has requirement {requirement...}, but you'll have {version...} which is incompatible",),
        "Everything that is installed must fit everything else.",
        "versions",
        "pip up to 20.2 took the first requirement that it met, and only reported the others.",
        "Upgrade pip, which then looks for versions that fit all, and install both in one command.",
    ),
    Message(
        "ignoring-marker",
        "Ignoring ...: markers '...' don't match your environment",
        ("Ignoring {project...}: markers '{marker}' don't match your environment",),
        "A requirement whose marker does not hold here is left out.",
        "markers",
        "The marker is false for this Python and platform. That is no error.",
        "Nothing to do. If you expected the requirement, ask the marker lab why it does not hold.",
        (),
        ("guides/markers",),
    ),
    Message(
        "lock-file-stale",
        "The lockfile at `uv.lock` needs to be updated, but `--locked` was provided",
        (
            "The lockfile at '{file}' needs to be updated, but '--locked' was provided",
            "changed significantly since poetry.lock was last generated",
        ),
        "A lock file is of one state of pyproject.toml, and says of which.",
        "https://docs.astral.sh/uv/concepts/projects/sync/",
        "pyproject.toml was changed and the lock file was not made anew, or not committed; with uv a new"
        " version of the project itself is enough.",
        "Run uv lock, or poetry lock, and commit the file. Neither raises versions that still fit.",
        guides=("guides/lock",),
    ),
    Message(
        "resolution-too-deep",
        "error: resolution-too-deep",
        (
            "error: resolution-too-deep",
            "resolution-too-deep",
            "Dependency resolution exceeded maximum depth",
            "resolvelib.resolvers.ResolutionTooDeep",
            "resolvers.exceptions.ResolutionTooDeep",
        ),
        "pip tries versions one after another, and gives up after 200000 rounds.",
        "https://pip.pypa.io/en/stable/topics/dependency-resolution/#handling-resolution-too-deep-errors",
        "It found no set that fits within them, which does not say that there is none: requirements without"
        " lower bounds let it go back through years of versions, and large sets of packages exclude each"
        " other in many ways.",
        "Write lower bounds for what you ask for, and for what pip went back through, as its lines"
        " Collecting and Downloading show: eggs>=2.0 instead of eggs, in the requirements or in a file for"
        " -c. Upgrade pip, whose newer versions search better. uv pip compile often finds a set in seconds,"
        " or says what excludes what.",
        guides=("guides/lock", "guides/bounds"),
        sourced=on_github("pypa/pip/issues/13281", "2026-11-27"),
    ),
    Message(
        "uv-first-index",
        "hint: `...` was found on ..., but not at the requested version (...)",
        ("'{project}' was found on {index}, but not at the requested version ({requirement})",),
        "With several indexes uv takes a project from the first that has its name, and from no other, so"
        " that nobody can slip in a file with a higher version elsewhere.",
        "https://docs.astral.sh/uv/concepts/indexes/",
        "The first index has the project, and not this version, as the indexes of PyTorch have old versions"
        " of common projects.",
        "Say where each project comes from: explicit = true at the index below [[tool.uv.index]], and the"
        " projects that are meant in [tool.uv.sources]. --index-strategy unsafe-best-match looks at all, for"
        " indexes that you trust alike.",
        guides=("guides/own-index",),
    ),
    Message(
        "yanked-version",
        "WARNING: The candidate selected for download or install is a yanked version",
        ("The candidate selected for download or install is a yanked version",),
        "A version that was yanked is installed only where it is asked for with == or ===.",
        "https://packaging.python.org/en/latest/specifications/file-yanking/",
        "A pin names it. Its maintainers took it back; the reason stands behind Reason for being yanked.",
        "It is installed. Raise the pin to the next version, unless the reason does not concern you.",
        sourced=on_github(
            "pypa/pip/blob/main/src/pip/_internal/resolution/resolvelib/resolver.py", "2026-11-27"
        ),
    ),
    Message(
        "yanked-ignored",
        "ERROR: Ignored the following yanked versions: ...",
        ("Ignored the following yanked versions: {versions...}",),
        "A version that was yanked is installed only where it is asked for with == or ===.",
        "https://packaging.python.org/en/latest/specifications/file-yanking/",
        "The versions that are named were taken back by their maintainers, and no other one fits what is"
        " asked for.",
        "Look whether the requirement, or a bound of another project, leaves only these; raise or loosen it."
        " Where it must be that version, write ==.",
    ),
)
