"""What an index says about an upload.

None of these was recorded here: a run would upload.  Each is sourced from a public
report or from the source text of the index, with the day on which it was read.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from trigpoint.installers.messages.catalogue.samples import metadata
from trigpoint.installers.messages.message import Message, Sourced, on_github

__all__ = ["UPLOADS"]

_READ: Final = "2026-11-25"
_HUB: Final = "https://github.com"
_LEGACY: Final = Sourced(
    f"{_HUB}/pypi/warehouse/blob/00b293b24d3809ab84800de8093e3f98c976ab22/warehouse/forklift/legacy.py",
    _READ,
)
_METADATA: Final = Sourced(
    f"{_HUB}/pypi/warehouse/blob/155f61c213b0953f96461b3721c3cca1ad4094a6/warehouse/forklift/metadata.py",
    _READ,
)
_UPLOAD: Final = on_github("pypi/warehouse/blob/main/warehouse/forklift/legacy.py", "2026-11-27")
_GUIDE: Final = ("guides/metadata",)


_public: Final = partial(on_github, date=_READ)


UPLOADS: Final = (
    Message(
        "upload-file-already-exists",
        "400 Bad Request: File already exists",
        (
            "File already exists ('{file}'",
            "File already exists. See",
            "400 Client Error: File already exists",
            "File already exists",
        ),
        "A file name is used once on an index, whatever happens to the file later.",
        "wheels",
        "The version was uploaded before, perhaps by an upload that broke off half way.",
        "Raise the version and build again. To upload only what is missing, use twine upload"
        " --skip-existing or uv publish --check-url.",
        sourced=_public("PoonLab/sierra-local/issues/120"),
    ),
    Message(
        "upload-filename-already-used",
        "400 Bad Request: This filename has already been used, use a different version",
        (
            "This filename has already been used, use a different version",
            "This filename has previously been used, you should use a different version",
            "This filename was previously used by a file that has since been deleted",
        ),
        "The name of a deleted file is never free again.",
        "wheels",
        "A file, release or project of that name was deleted.",
        "Raise the version; a post release (1.0.post1) is enough.",
        sourced=_public("pypi/warehouse/issues/8558"),
    ),
    Message(
        "upload-direct-dependency",
        "400 Bad Request: Can't have direct dependency: ...",
        (
            "Can't have direct dependency: {requirement...}. See",
            "Can't have direct dependency: '{requirement}'",
            "Can't have direct dependency: {requirement...}",
        ),
        "A public index takes no direct references (name @ URL) in Requires-Dist, in no extra"
        " either.",
        "PEP 508",
        "A dependency is a git or http address.",
        "Depend on a published version. What only developers need goes into"
        " [dependency-groups], which are not published; uv's tool.uv.sources are not either.",
        (),
        _GUIDE,
        sourced=_public("ayaka14732/jax-smi/issues/6"),
    ),
    Message(
        "upload-invalid-classifier",
        "400 Bad Request: '...' is not a valid classifier",
        (
            "Classifier '{classifier}' is not a valid classifier",
            "'{classifier}' is not a valid classifier",
        ),
        "Classifiers are those of the list that the index keeps.",
        "metadata",
        "A spelling, a shortened name, or a classifier of your own.",
        "Copy it from the list (pip install trove-classifiers). One that begins with Private ::"
        " is never taken, which keeps a project from being uploaded by mistake.",
        ("metadata-classifier",),
        _GUIDE,
        metadata("Classifier: Programming Language"),
        metadata("Classifier: Programming Language :: Python"),
        sourced=_public("MDAnalysis/membrane-curvature/issues/105"),
    ),
    Message(
        "upload-name-too-similar",
        "400 Bad Request: The name '...' is too similar to an existing project",
        ("The name '{name}' is too similar to an existing project",),
        "Names that look alike are one name for the index: case, hyphens, dots, and letters such"
        " as l, 1 and I do not count.",
        "metadata",
        "Another project has the name, read that way. It may be one without any files.",
        "Choose another name.",
        sourced=_public("pypi/warehouse/issues/13373"),
    ),
    Message(
        "upload-name-not-allowed",
        "400 Bad Request: The name '...' isn't allowed",
        (
            "The name '{name}' isn't allowed",
            "The name '{name}' is not allowed. See",
            "The name '{name}' is not allowed (conflict with",
        ),
        "Some names are closed: those of the standard library, and of projects that were taken"
        " down.",
        "metadata",
        "The name is on that list.",
        "Choose another name, or ask the index's support if the project is yours.",
        sourced=_public("pypi/warehouse/issues/10810"),
    ),
    Message(
        "upload-invalid-authentication",
        "403 Forbidden: Invalid or non-existent authentication information",
        ("Invalid or non-existent authentication information",),
        "An upload is made with an API token, whose user is __token__, or as a trusted publisher.",
        "https://github.com/pypa/packaging-problems/issues/887",
        "A password instead of a token, a token of the test index for the real one or the other"
        " way round, a token with a line end behind it, or a secret that is empty in this run.",
        "Set the user to __token__ and the password to the whole token, pypi- in front included."
        " Pull requests from forks have no secrets.",
        sourced=_public("pypa/packaging-problems/issues/887"),
    ),
    Message(
        "upload-user-not-allowed",
        "403 Forbidden: The user '...' isn't allowed to upload to project '...'",
        (
            "The user '{user}' isn't allowed to upload to project '{project}'",
            "The user '{user}' is not allowed to upload to project '{project}'",
            "Invalid API Token: project-scoped token is not valid for project '{project}'",
        ),
        "Only owners and maintainers of a project upload to it.",
        "https://github.com/pypi/warehouse/issues/2333",
        "The name belongs to somebody else, or the token is for another project or user.",
        "Look whether the project on the index is yours. If it is not, choose another name.",
        sourced=_LEGACY,
    ),
    Message(
        "upload-non-user-identities",
        "400 Bad Request: Non-user identities cannot create new projects",
        ("Non-user identities cannot create new projects",),
        "A trusted publisher creates a project only if it waits for that very name.",
        "https://github.com/pypa/flit/issues/677",
        "The name in the pending publisher and the name in pyproject.toml differ.",
        "Write the same name in both.",
        sourced=_public("pypa/flit/issues/677"),
    ),
    Message(
        "upload-no-id-token",
        "missing or insufficient OIDC token permissions, the ACTIONS_ID_TOKEN_REQUEST_TOKEN environment"
        " variable was unset",
        (
            "missing or insufficient OIDC token permissions",
            "the ACTIONS_ID_TOKEN_REQUEST_TOKEN environment variable was unset",
            "Unable to get ACTIONS_ID_TOKEN_REQUEST_URL env variable",
        ),
        "A job of GitHub Actions gets the token that says who it is only where it may ask for it.",
        "publish action",
        "The job that uploads has no id-token: write. With permissions at the job, those of the whole"
        " workflow no longer count; a workflow that is called has at most those of its caller; and pull"
        " requests from forks never have it.",
        "Write permissions: id-token: write at the job that uploads, and at the job that calls it. If you"
        " meant to upload with an API token, the secret of that name is empty in this run.",
        guides=("guides/github-actions",),
        sourced=on_github("pypa/gh-action-pypi-publish/issues/138", "2026-11-27"),
    ),
    Message(
        "upload-exchange-failed",
        "Trusted publishing exchange failure",
        ("Trusted publishing exchange failure",),
        "Before a trusted publisher uploads, GitHub says in a token which workflow runs, and the index"
        " gives another one for the upload in exchange.",
        "publish action",
        "One of the two refused. The lines below say which, and why.",
        "Look at the line below it: invalid-publisher is about the settings of the project on the index,"
        " permissions are about the workflow.",
        guides=("guides/github-actions",),
        follows=True,
        sourced=on_github("pypi/warehouse/issues/19405", "2026-11-26"),
    ),
    Message(
        "upload-attestations-invalid",
        "400 Bad Request: Invalid attestations supplied during upload",
        (
            "Invalid attestations supplied during upload: {why...}",
            "Invalid attestations supplied during upload",
        ),
        "An attestation says which workflow built the file; the index compares it with the publisher that"
        " uploads.",
        "publish action",
        "The two name different workflows, as where the upload is in a workflow that another one calls:"
        " the attestation has the name of the one that was started, and the publisher that of the one"
        " that runs the upload. Or the upload is made with an API token, which has no publisher.",
        "Move the job that uploads into the workflow that is started, and register that one. Until then"
        " attestations: false at the action, which uploads without.",
        guides=("guides/github-actions",),
        sourced=on_github("pypa/gh-action-pypi-publish/issues/283", "2026-11-27"),
    ),
    Message(
        "upload-attested-already",
        "Attestation generation failure: ... already has a publish attestation",
        (
            "already has a publish attestation",
            "The following distributions already have publish attestations",
            "Attestation generation failure",
        ),
        "The action writes one attestation beside each file that it uploads, and writes none twice.",
        "publish action",
        "dist/ has them already: the same job uploaded to another index before, such as TestPyPI.",
        "Upload to each index in a job of its own, each of which fetches the files that one job built.",
        guides=("guides/github-actions",),
        sourced=on_github("pypa/gh-action-pypi-publish/issues/319", "2026-11-27"),
    ),
    Message(
        "upload-no-publisher",
        "invalid-publisher: valid token, but no corresponding publisher",
        (
            "invalid-publisher: valid token, but no corresponding publisher",
            "valid token, but no corresponding publisher",
            "Publisher with matching claims was not found",
        ),
        "The workflow that asks for a token and the publisher that is registered agree in owner,"
        " repository, file name of the workflow and environment.",
        "https://github.com/pypi/warehouse/issues/19405",
        "One of the four is spelled otherwise, the environment stands in one of the two places only,"
        " the project has no publisher yet, or the workflow that uploads is called by another one.",
        "Compare the claims that are printed below the message with the publisher in the settings of"
        " the project, letter by letter; for a project that is not there yet, register a pending"
        " publisher.",
        sourced=on_github("pypi/warehouse/issues/19405", "2026-11-26"),
    ),
    Message(
        "upload-pending-publisher-exists",
        "invalid-pending-publisher: valid token, but project already exists",
        ("invalid-pending-publisher: valid token, but project already exists",),
        "The workflow that asks for a token and the publisher that is registered agree in owner,"
        " repository, file name of the workflow and environment.",
        "https://github.com/pypi/warehouse/issues/18478",
        "One of the four differs, or the project was created in the meantime by other means.",
        "Compare the four; register an ordinary publisher if the project exists.",
        sourced=_public("pypi/warehouse/issues/18478"),
    ),
    Message(
        "upload-local-version",
        "400 Bad Request: The use of local versions in ... is not allowed",
        ("The use of local versions in {version} is not allowed",),
        "A public index takes no local version, the part behind a plus.",
        "versions",
        "setuptools-scm and others add +gHASH where the commit is not tagged, or the tree was"
        " changed.",
        "Build from a clean, tagged commit with the whole history (fetch-depth: 0), or set"
        " local_scheme to no-local-version.",
        sourced=_METADATA,
    ),
    Message(
        "upload-unsupported-platform-tag",
        "400 Bad Request: Binary wheel '...' has an unsupported platform tag '...'",
        ("Binary wheel '{file}' has an unsupported platform tag '{tag}'",),
        "A wheel for Linux has a manylinux or musllinux tag, which says what it needs.",
        "wheels",
        "The wheel was built on the machine itself and has the tag linux_x86_64.",
        "Build with cibuildwheel, or repair the wheel with auditwheel. A wheel of pure Python"
        " should be py3-none-any; look why it is not.",
        sourced=_public("pypa/packaging-problems/issues/684"),
    ),
    Message(
        "upload-file-too-large",
        "400 Bad Request: File too large. Limit for project '...' is ... MB",
        ("File too large. Limit for project '{project}' is {limit...}",),
        "An index has a limit for each file.",
        "sdists",
        "Data, tests or builds came along into the sdist or wheel.",
        "Look what is in the file, leave out what is not needed, or ask for a higher limit.",
        sourced=_LEGACY,
    ),
    Message(
        "upload-project-too-large",
        "400 Bad Request: Project size too large. Limit for project '...' total size is ... GB",
        ("Project size too large. Limit for project '{project}' total size is {limit...}",),
        "An index has a limit for all files of a project together, of 10 GB where nobody raised it.",
        "index limits",
        "Large wheels for many Pythons and platforms, over many releases; pre-releases and nightly"
        " builds count as well.",
        "Build fewer and smaller wheels: with the stable ABI one serves many Pythons. Ask for a higher"
        " limit, which takes days, so before the release; deleting old releases breaks whoever"
        " pinned them.",
        guides=("guides/which-wheels",),
        sourced=on_github("harfbuzz/uharfbuzz/issues/260", "2026-11-26"),
    ),
    Message(
        "upload-password",
        "403 Forbidden: Username/Password authentication is no longer supported",
        ("Username/Password authentication is no longer supported",),
        "An upload is made with an API token, whose user is __token__, or as a trusted publisher.",
        "https://packaging.python.org/en/latest/specifications/pypirc/",
        "The name and password of your account are sent: from .pypirc, from the keyring, where an old"
        " password may be kept, or from the variables of the workflow.",
        "Make a token on the index, set the user to __token__ and the password to the whole token."
        " From a workflow, a trusted publisher needs neither.",
        guides=("guides/github-actions",),
        sourced=on_github("pypa/packaging-problems/issues/762", "2026-11-26"),
    ),
    Message(
        "upload-invalid-file-extension",
        "400 Bad Request: Invalid file extension",
        (
            "Invalid file extension: Use {extensions...}",
            "Invalid file extension. {rest...}",
            "400 Bad Request: Invalid file extension",
            "400 Invalid file extension",
        ),
        "An upload is a .whl or a .tar.gz.",
        "sdists",
        "Something else lies in dist/.",
        "Upload dist/*.whl and dist/*.tar.gz.",
        sourced=_LEGACY,
    ),
    Message(
        "upload-filename-prefix",
        "400 Bad Request: Start filename for '...' with '...'",
        (
            "Start filename for '{project}' with '{prefix}'",
            "The filename for '{project}' must start with '{prefix}'",
            "should contain the normalized project name '{name}', not '{found}'",
        ),
        "The name of the file begins with the normalised name of the project.",
        "wheels",
        "An old backend wrote dots or capital letters into the name of the file.",
        "Upgrade the backend and build again.",
        sourced=_public("pypa/twine/pull/921"),
    ),
    Message(
        "upload-invalid-distribution-file",
        "400 Bad Request: Invalid distribution file",
        ("Invalid distribution file. {why...}", "Invalid distribution file"),
        "The index opens each file: a wheel has a WHEEL file, an sdist a PKG-INFO, and both are"
        " whole archives.",
        "wheels",
        "The file is cut short, made by hand, or has names that clash or leave the archive.",
        "Run twine check, build again, and upload what the build wrote.",
        ("archive-damaged",),
        sourced=_LEGACY,
    ),
    Message(
        "upload-one-sdist",
        "400 Bad Request: Only one sdist may be uploaded per release",
        ("Only one sdist may be uploaded per release",),
        "A release has one sdist.",
        "sdists",
        "A second one, with another extension or spelling of the name, was built.",
        "Raise the version, or leave the second one out.",
        sourced=_LEGACY,
    ),
    Message(
        "upload-summary-too-long",
        "400 Bad Request: 'summary' field must be ... characters or less",
        ("'{field}' field must be {limit} characters or less",),
        "An index takes a summary of 512 letters at most.",
        "metadata",
        "The description in pyproject.toml is the readme, or most of it.",
        "Write one sentence, and name the readme with readme.",
        (),
        _GUIDE,
        sourced=_METADATA,
    ),
    Message(
        "upload-invalid-url",
        "400 Bad Request: '...' is not a valid url",
        ("'{url}' is not a valid url", "'{label}' must be 32 characters or less"),
        "Home-Page, Download-URL and Project-URL have addresses with http or https; a label has"
        " at most 32 letters.",
        "metadata",
        "An address without https://, or a label and an address in the wrong order.",
        'Write urls as Label = "https://..." in pyproject.toml.',
        ("metadata-url", "metadata-project-url", "metadata-url-label"),
        _GUIDE,
        metadata("Home-page: spam.example"),
        metadata("Project-URL: Homepage, https://spam.example"),
        sourced=_METADATA,
    ),
    Message(
        "upload-invalid-email",
        "400 Bad Request: '...' is not a valid email address",
        ("'{address}' is not a valid email address",),
        "Author-email and Maintainer-email are addresses, as in mail.",
        "metadata",
        "A name without an address, an empty one, or several without commas.",
        "Write NAME <name@example.org>, or leave the field out.",
        ("metadata-address",),
        _GUIDE,
        metadata("Author-email: nobody"),
        metadata("Author-email: nobody@spam.example"),
        sourced=_METADATA,
    ),
    Message(
        "upload-description",
        "400 Bad Request: The description failed to render",
        (
            "The description failed to render for '{type}'",
            "The description failed to render in the default format of reStructuredText",
            "The description failed to render",
            "'long_description' has syntax errors in markup and would not be rendered on",
        ),
        "An index renders the description when a file arrives, as Description-Content-Type says, and"
        " refuses it where that fails; without a type it is reStructuredText.",
        "index metadata",
        "A README in Markdown without its type, or reStructuredText that only Sphinx knows: :ref:,"
        " toctree, a title whose line is too short.",
        'Write readme = "README.md", from which a backend takes the type; in setup.py,'
        ' long_description_content_type="text/markdown". twine check dist/* shows the place of the'
        " mistake.",
        ("index-description",),
        ("guides/check-before-release",),
        sourced=on_github("pypi/warehouse/issues/5890", "2026-11-26"),
    ),
    Message(
        "upload-license-file-missing",
        "400 Bad Request: License-File ... does not exist in distribution file ...",
        (
            "License-File {file} does not exist in distribution file {archive} at {path}",
            "License-File {file} does not exist in distribution file",
        ),
        "Each License-File of the metadata is in the file: in an sdist from its root, in a wheel below"
        " .dist-info/licenses.",
        "PEP 639",
        "The backend names a licence that it did not pack, as maturin does for an sdist where the licence"
        " lies outside of the folder or is not in its include.",
        "Upgrade the backend, and look into the sdist: tar tf dist/*.tar.gz. For maturin add the file:"
        ' include = [{path = "LICENSE", format = "sdist"}] below [tool.maturin].',
        (),
        ("guides/license",),
        sourced=_UPLOAD,
    ),
    Message(
        "upload-filename-invalid",
        "400 Bad Request: Filename '...' is invalid, should be '...'",
        (
            "Filename '{file}' is invalid, should be '{expected}'",
            "Invalid source distribution filename: {file}",
            "Version in filename should be '{expected}' not '{version}'",
        ),
        "The name of an sdist is the normalised name of the project and the version of its metadata:"
        " spam_eggs-1.0.tar.gz.",
        "sdists",
        "An old backend wrote dots, hyphens or capital letters into the name, or another spelling of the"
        " version, or the file was renamed.",
        "Upgrade the backend and build again: setuptools>=69.3 names sdists so.",
        sourced=_UPLOAD,
    ),
    Message(
        "upload-wheel-incomplete",
        "400 Bad Request: Wheel '...' does not contain the required ... file: ...",
        (
            "Wheel '{file}' does not contain the required {what} file: {path}",
            "does not contain the required METADATA file",
            "does not contain the required RECORD file",
        ),
        "A wheel has METADATA, WHEEL and RECORD in NAME-VERSION.dist-info, with name and version as its"
        " own name has them.",
        "wheels",
        "The wheel was renamed after it was built, zipped by hand, or its folder is spelled otherwise than"
        " its name.",
        "Build again with the backend, and upload what comes out; for another version build anew.",
        ("archive-metadata-name",),
        sourced=_UPLOAD,
    ),
    Message(
        "upload-digest",
        "400 Bad Request: The digest supplied does not match a digest calculated from the uploaded file",
        ("The digest supplied does not match a digest calculated from the uploaded file",),
        "A client says the hash of what it sends, and the index compares.",
        "index upload",
        "The file was changed while it was sent, or arrived otherwise.",
        "Upload again, when nothing writes into dist/ any more.",
        sourced=_UPLOAD,
    ),
    Message(
        "upload-too-many-projects",
        "429 Too Many Requests: Too many new projects created",
        ("Too many new projects created",),
        "An index limits how many projects one user creates within a time.",
        "index upload",
        "You created several, or tried to, a short while ago.",
        "Wait, some hours or a day, and upload again. Each attempt counts as well.",
        sourced=_UPLOAD,
    ),
    Message(
        "upload-publisher-of-another",
        "403 Forbidden: Invalid API Token: OIDC scoped token is not valid for project '...'",
        ("OIDC scoped token is not valid for project '{project}'",),
        "A trusted publisher uploads to the projects that it is registered for, each by itself.",
        "publish action",
        "The publisher was found, and belongs to another project than the one that is named in the"
        " metadata: the name in pyproject.toml is another, several projects share one workflow, or a"
        " publisher without an environment was found in place of the one with it.",
        "Register the publisher for this very project too. Where one repository has several projects, give"
        " each job an environment of its own and name it in the publisher.",
        guides=("guides/github-actions",),
        sourced=_UPLOAD,
    ),
    Message(
        "upload-refused",
        "HTTPError: 400 Bad Request from ...",
        (
            "HTTPError: 400 Bad Request from {index}",
            "Upload failed with status code 400 Bad Request",
        ),
        "An index says why it refuses a file in the line behind it.",
        "index upload",
        "What stands below; if nothing does, twine was not asked for it, or the index is not PyPI.",
        "Run twine upload --verbose, or set verbose: true at the action: the answer names the field or"
        " the file. twine check --strict dist/* finds some of it before.",
        guides=("guides/check-before-release",),
        follows=True,
        sourced=on_github("pypa/gh-action-pypi-publish/issues/321", "2026-11-27"),
    ),
)
