"""What stops an install that has nothing to do with the files: shells, folders, certificates.

Most of it was not recorded here, because it depends on the machine: on who may write where, on
the shell, on a company's proxy.  That is sourced from the source text of the tool or from a
public report that shows the words, with the day on which it was read.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from trigpoint.installers.messages.message import Message, on_github

__all__ = ["INSTALLING"]

_READ: Final = "2026-11-26"
_HUB: Final = "https://github.com"
_PLACES: Final = "https://packaging.python.org/en/latest/tutorials/installing-packages/"
_NETWORK: Final = "https://pip.pypa.io/en/stable/topics/https-certificates/"


_public: Final = partial(on_github, date=_READ)


_PIP_INSTALL: Final = _public(
    "pypa/pip/blob/00226a83dc86ea1afeb2f8a3eca21ec07742c9ed/src/pip/_internal/commands/install.py"
)

INSTALLING: Final = (
    # the command line and the place of pip
    Message(
        "shell-no-matches",
        "zsh: no matches found: ...",
        ("zsh: no matches found: {requirement...}",),
        "In zsh brackets, stars and question marks stand for names of files; where no file has such a"
        " name, the command is not run at all.",
        "https://zsh.sourceforge.io/Guide/zshguide05.html",
        "A requirement with an extra, such as eggs[bacon], stands on the command line without quotes."
        " bash passes it on, and zsh, which macOS has, does not.",
        "Put it in quotes: pip install 'eggs[bacon]', pip install -e '.[test]'. A version with < or >"
        " needs them in every shell.",
        guides=("guides/extras",),
        sourced=_public("ohmyzsh/ohmyzsh/issues/6982"),
    ),
    Message(
        "pip-in-python",
        "pip install ... SyntaxError: invalid syntax",
        (
            "pip install {typed...} SyntaxError: invalid syntax",
            "pip3 install {typed...} SyntaxError: invalid syntax",
        ),
        "pip install is a command of a terminal and no line of Python.",
        _PLACES,
        "It was typed behind >>>, where Python reads, or stands in a file that Python runs.",
        "Leave Python with exit(), and type it in the terminal: python3 -m pip install eggs, on Windows"
        " py -m pip install eggs. In a notebook write %pip install eggs.",
        sourced=_public("pygame-community/pygame-ce/issues/1372"),
    ),
    Message(
        "pip-not-found",
        "pip: command not found",
        (
            "pip: command not found",
            "command not found: pip",
            "'pip' is not recognized as an internal or external command",
            "The term 'pip' is not recognized as the name of a cmdlet",
            "pip3: command not found",
            "command not found: pip3",
        ),
        "A shell finds commands in the folders of PATH; pip belongs to one Python and lies beside it.",
        _PLACES,
        "Python is not installed, its folder of scripts is not in PATH, or no environment is active.",
        "Ask a Python for its pip, which always means the right one: python3 -m pip install eggs, on"
        " Windows py -m pip install eggs. Best in an environment: python3 -m venv .venv.",
        sourced=_public("douglaslab/cadnano2/issues/22"),
    ),
    Message(
        "no-module-pip",
        "No module named pip",
        (
            "No module named pip",
            "No module named 'pip'",
            "No module named 'pip._internal",
            "No module named 'pip._vendor",
        ),
        "pip is a package that is installed for each Python by itself; some Pythons come without it.",
        "https://docs.python.org/3/library/ensurepip.html",
        "Debian and Ubuntu have pip and venv in packages of their own, uv makes environments without"
        " pip, and an update of pip that broke off leaves none. Below Failed to build it is setup.py of the"
        " project there that imports pip, which the environment of a build does not have.",
        "Try python -m ensurepip --upgrade. On Debian and Ubuntu install python3-venv, and make an"
        " environment; in one that uv made, use uv pip install. For such a setup.py take a newer version of"
        " the project, or build it where pip is: uv pip install pip setuptools, then"
        " --no-build-isolation-package NAME.",
        sourced=_public("notthebee/ansible-easy-vpn/issues/231"),
    ),
    Message(
        "ensurepip-not-available",
        "The virtual environment was not created successfully because ensurepip is not available",
        (
            "The virtual environment was not created successfully because ensurepip is not available",
            "No module named ensurepip",
            "No module named venv",
            "No module named 'ensurepip'",
            "No module named 'venv'",
        ),
        "A virtual environment gets its pip from ensurepip, which belongs to the standard library.",
        "https://docs.python.org/3/library/ensurepip.html",
        "Debian and Ubuntu keep ensurepip in a package of its own, one for each Python: python3-venv is"
        " for the system's only.",
        "apt install python3-venv, or python3.12-venv for a Python 3.12 beside it, and make the"
        " environment anew; uv venv needs neither.",
        sourced=_public("deadsnakes/issues/issues/97"),
    ),
    Message(
        "modify-pip",
        "ERROR: To modify pip, please run the following command: ...",
        ("To modify pip, please run the following command: {command...}",),
        "Windows keeps a program that runs from being replaced, so pip.exe cannot replace itself.",
        "https://pip.pypa.io/en/stable/installation/",
        "pip was asked to update pip.",
        "Run python -m pip install --upgrade pip.",
        sourced=_public(
            "pypa/pip/blob/00006d9b42bb99bfc37fa727de2f47a1d55aa41f/src/pip/_internal/utils/misc.py"
        ),
    ),
    Message(
        "scripts-not-on-path",
        "WARNING: The script ... is installed in '...' which is not on PATH",
        ("installed in '{folder}' which is not on PATH",),
        "A shell finds commands in the folders of PATH.",
        _PLACES,
        "pip installed for your user or into another Python, whose folder of scripts PATH does not"
        " name. The package itself is installed.",
        "Add the folder to PATH, run the command as python -m NAME if the project has that, or install"
        " programs with pipx or uv tool install, which see to it.",
        guides=("guides/entry-points",),
        sourced=_public(
            "pypa/pip/blob/00006d9b42bb99bfc37fa727de2f47a1d55aa41f/src/pip/_internal/operations/install/wheel.py"
        ),
    ),
    Message(
        "git-not-found",
        "ERROR: Cannot find command 'git' - do you have 'git' installed and in your PATH?",
        ("Cannot find command 'git'",),
        "A requirement with git+ in front is fetched with the program git.",
        "https://pip.pypa.io/en/stable/topics/vcs-support/",
        "git is not installed, as in slim container images, or its folder is not in PATH.",
        "Install git, or ask for a release of the project on the index, or for the archive of a tag:"
        " eggs @ https://.../archive/refs/tags/v1.0.tar.gz.",
        sourced=_public("openai/shap-e/issues/150"),
    ),
    Message(
        "uv-no-environment",
        "error: No virtual environment found; run `uv venv` to create an environment",
        ("No virtual environment found",),
        "uv pip installs into a virtual environment unless it is told otherwise.",
        "https://docs.astral.sh/uv/pip/environments/",
        "No environment is active, and no .venv lies in the folder or above it.",
        "Run uv venv first. In a container, where Python is there for this alone, --system or"
        " UV_SYSTEM_PYTHON=1 installs into it; in a project, uv sync makes the environment itself.",
        sourced=_public("astral-sh/uv/pull/7188"),
    ),
    # who may write where
    Message(
        "install-permission-denied",
        "ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: '...'",
        (
            "Could not install packages due to an OSError: [Errno 13] Permission denied: '{path}'",
            "Could not install packages due to an EnvironmentError: [Errno 13] Permission denied: '{path}'",
        ),
        "pip writes with the rights of whoever runs it.",
        _PLACES,
        "The folder belongs to somebody else: a Python of the system, or files that sudo pip left in"
        " your own environment or cache.",
        "Make a virtual environment and install there; sudo pip changes the system's Python and is how"
        " such files come about. If the path is in your own environment, make it anew.",
        sourced=_PIP_INSTALL,
    ),
    Message(
        "install-access-denied",
        "ERROR: Could not install packages due to an OSError: [WinError 5] Access is denied: '...'",
        (
            "Could not install packages due to an OSError: [WinError 5]",
            "Could not install packages due to an EnvironmentError: [WinError 5]",
            "Could not install packages due to an OSError: [WinError 32]",
            "Could not install packages due to an EnvironmentError: [WinError 32]",
        ),
        "Windows lets nobody replace a file that is in use, and only administrators write below"
        " Program Files.",
        _PLACES,
        "A program has the file open, such as a notebook or an editor that imported the package, pip"
        " replaces itself, or Python was installed for all users.",
        "Close what uses that Python and try again; update pip with python -m pip. Install into a"
        " virtual environment instead of the Python of all users.",
        sourced=_public("pypa/pip/issues/7481"),
    ),
    Message(
        "default-to-user",
        "Defaulting to user installation because normal site-packages is not writeable",
        ("Defaulting to user installation because normal site-packages is not writeable",),
        "Where pip may not write into the folder of packages, it installs for the user alone.",
        "pip install",
        "pip runs with a Python of the system, and no environment is active.",
        "It is no failure: the package is in your home, for every program of that Python. To keep"
        " projects apart, make an environment: python3 -m venv .venv.",
        sourced=_PIP_INSTALL,
    ),
    Message(
        "pip-as-root",
        "WARNING: Running pip as the 'root' user can result in broken permissions",
        ("Running pip as the 'root' user can result in broken permissions",),
        "What pip writes as root lies beside what the package manager of the system wrote, and may"
        " replace it.",
        "pip install",
        "sudo stands in front of pip, or the command runs in a container as root.",
        "Leave sudo out and make a virtual environment. In a container whose Python is there for this"
        " alone, say so: --root-user-action=ignore, or PIP_ROOT_USER_ACTION=ignore.",
        sourced=_public("tenstorrent/tt-studio/issues/959"),
    ),
    Message(
        "install-no-space",
        "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
        (
            "Could not install packages due to an OSError: [Errno 28] No space left on device",
            "Could not install packages due to an EnvironmentError: [Errno 28] No space left on device",
        ),
        "pip unpacks and builds in the folder of temporary files, keeps downloads in its cache, and"
        " then writes into the environment.",
        "https://pip.pypa.io/en/stable/topics/caching/",
        "One of the three is full; often it is /tmp, which may be small and in memory.",
        "Look with df -h. TMPDIR=/var/tmp in front of the command moves the temporary files,"
        " pip cache purge empties the cache, --no-cache-dir leaves it out.",
        sourced=_public("pypa/pip/issues/12444"),
    ),
    Message(
        "windows-long-paths",
        "HINT: This error might have occurred since this system does not have Windows Long Path support",
        ("this system does not have Windows Long Path support",),
        "Windows takes paths of 260 letters at most, unless long paths are switched on.",
        "file names",
        "The package has files deep in folders, and your environment lies deep, too, as that of a"
        " Python of the Microsoft Store does.",
        "Switch long paths on, for which you must be an administrator, or make an environment in a"
        " short folder such as C:\\venv.",
        sourced=_PIP_INSTALL,
    ),
    Message(
        "install-os-error",
        "ERROR: Could not install packages due to an OSError: [Errno ...] ...",
        (
            "Could not install packages due to an OSError: [Errno {number}",
            "Could not install packages due to an OSError: [WinError {number}",
            "Could not install packages due to an OSError",
            "Could not install packages due to an EnvironmentError",
        ),
        "Behind OSError pip says itself what it could not read, write or fetch, and why.",
        "https://docs.python.org/3/library/errno.html",
        "What stands behind it: a path that is not there, a disk that can only be read, a file that is in"
        " use, a download that broke off.",
        "Look at the end of the line. Where it names a requirement with a path, that path is of another"
        " machine or folder; where it names a file of a package, make the environment anew.",
        sourced=_PIP_INSTALL,
    ),
    # what is installed already
    Message(
        "installed-packages-conflict",
        "ERROR: pip's dependency resolver does not currently take into account all the packages that"
        " are installed",
        (
            "pip's dependency resolver does not currently take into account all the packages that are installed",
            "but you have {installed...} which is incompatible",
        ),
        "pip chooses versions for what this command asks for, and looks only afterwards at what else is"
        " installed.",
        "https://pip.pypa.io/en/stable/topics/dependency-resolution/",
        "What you asked for was installed. It changed a version that another package in the same"
        " environment needs otherwise: the lines below say which.",
        "Install everything of one project in one command, or from one file, so that all of it is looked"
        " at together. What has nothing to do with it belongs in another environment. pip check"
        " says what is left.",
        guides=("guides/lock",),
        sourced=_PIP_INSTALL,
    ),
    Message(
        "ignoring-invalid-distribution",
        "WARNING: Ignoring invalid distribution -...",
        ("Ignoring invalid distribution {name}",),
        "While pip replaces a package it renames the old folder, with ~ for the first letter, and"
        " deletes it at the end.",
        "https://packaging.python.org/en/latest/specifications/recording-installed-packages/",
        "An update broke off, or on Windows a file of it was in use: ~umpy, which older versions of pip"
        " show as -umpy, is what is left of numpy.",
        "Nothing is broken by it. Delete the folders that begin with ~ in the site-packages that the"
        " line names; if the package itself fails, install it again with --force-reinstall.",
        sourced=_public("pypa/pip/issues/10452"),
    ),
    Message(
        "package-not-found-error",
        "PackageNotFoundError: No package metadata was found for ...",
        (
            "PackageNotFoundError: No package metadata was found for {name}",
            "No package metadata was found for {name}",
        ),
        "importlib.metadata finds what is installed: a project with a .dist-info folder beside its code.",
        "https://docs.python.org/3/library/importlib.metadata.html",
        "The code runs from a checkout that is not installed, from a bundle that left the folder out,"
        " or the name is that of the import and not of the project.",
        "Install the project, pip install -e . while you work on it, and ask for the name in"
        " pyproject.toml. PyInstaller takes the folder along with --copy-metadata NAME.",
        guides=("guides/dynamic",),
        sourced=_public("python/importlib_metadata/issues/475"),
    ),
    Message(
        "editable-without-setup",
        'ERROR: File "setup.py" or "setup.cfg" not found. Directory cannot be installed in editable mode',
        (
            "File 'setup.py' or 'setup.cfg' not found. Directory cannot be installed in editable mode",
            "File 'setup.py' not found. Directory cannot be installed in editable mode",
            "editable mode currently requires a setuptools-based build",
            "editable mode currently requires a setup.py based build",
        ),
        "An editable installation is made by the backend that pyproject.toml names, as PEP 660 says;"
        " pip 21.3 is the first that asks it.",
        "https://peps.python.org/pep-0660/",
        "pip is older than 21.3, as with the Pythons that systems ship, or the folder has no project in"
        " it.",
        "Look that pyproject.toml is in the folder, then run python -m pip install --upgrade pip,"
        " best in a virtual environment, and try again. A setup.py is not needed for it.",
        guides=("guides/backend", "guides/adopt"),
        sourced=_public("plenoptic-org/plenoptic/issues/227"),
    ),
    Message(
        "versions-for-other-pythons",
        "ERROR: Ignored the following versions that require a different python version: ...",
        ("Ignored the following versions that require a different python version: {versions...}",),
        "pip passes over versions whose Requires-Python leaves out the Python that it runs with.",
        "metadata",
        "Those versions are for a newer Python, or for an older one, than yours.",
        "Compare python --version with what stands behind Requires-Python in the line. Take another"
        " Python, or a version of the project that still has yours.",
        guides=("guides/drop-python",),
        sourced=_public("resend/resend-python/issues/7"),
    ),
    Message(
        "sklearn-is-scikit-learn",
        "The 'sklearn' PyPI package is deprecated, use 'scikit-learn' rather than 'sklearn'",
        ("The 'sklearn' PyPI package is deprecated",),
        "What is imported and what is installed may have different names.",
        "https://github.com/scikit-learn/sklearn-pypi-package",
        "sklearn, the name of the import, is required, by you or by a project that you install.",
        "Require scikit-learn. Where another project requires sklearn, look for a newer version of it.",
        sourced=_public("scikit-learn/sklearn-pypi-package/issues/35"),
    ),
    Message(
        "collections-moved",
        "ImportError: cannot import name 'MutableMapping' from 'collections'",
        (
            "cannot import name '{name}' from 'collections'",
            "module 'collections' has no attribute '{name}'",
        ),
        "Python 3.10 has the abstract classes in collections.abc only.",
        "https://docs.python.org/3/whatsnew/3.10.html",
        "A package in the environment is older than your Python; the lines above name its file.",
        "Take a newer version of that package, or an older Python. In your own code write from"
        " collections.abc import MutableMapping.",
        guides=("guides/drop-python",),
        sourced=_public("lgandx/Responder/issues/172"),
    ),
    Message(
        "uv-hardlink",
        "warning: Failed to hardlink files; falling back to full copy",
        ("Failed to hardlink files; falling back to full copy",),
        "uv keeps each file once, in its cache, and gives environments another name for it, which works"
        " within one file system only.",
        "https://docs.astral.sh/uv/concepts/cache/",
        "The cache and the environment lie on different disks, mounts or layers of a container.",
        "Nothing is wrong with what was installed. Say that it is meant with UV_LINK_MODE=copy, or put"
        " the cache on the same disk with UV_CACHE_DIR.",
        sourced=_public("astral-sh/uv/pull/6103"),
    ),
    # the way to the index
    Message(
        "certificate-not-verified",
        "SSLError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed",
        (
            "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: {why...}",
            "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed",
        ),
        "pip takes files only from a server whose certificate is signed by somebody whom it trusts.",
        _NETWORK,
        "A proxy or virus scanner of your company or school signs everything anew with a certificate"
        " that only the system knows; or the clock is wrong; or pip is very old.",
        "Update pip: since 24.2 it asks the system, with Python 3.10 or newer. Otherwise name the"
        " certificate with --cert FILE or PIP_CERT. --trusted-host leaves the check out, and with it"
        " what says that the files are the right ones.",
        guides=("guides/secure",),
        sourced=_public("pypa/pip/issues/8200"),
    ),
    Message(
        "uv-unknown-issuer",
        "invalid peer certificate: UnknownIssuer",
        ("invalid peer certificate: UnknownIssuer",),
        "uv takes files only from a server whose certificate is signed by somebody whom it trusts, and"
        " has a list of its own unless it is told to ask the system.",
        "https://docs.astral.sh/uv/concepts/authentication/certificates/",
        "A proxy of your company or school signs everything anew with a certificate that only the"
        " system knows.",
        "Let uv ask the system, with --system-certs or UV_SYSTEM_CERTS=true (--native-tls in older"
        " versions), or name the file with the certificate in SSL_CERT_FILE.",
        guides=("guides/secure",),
        sourced=_public("astral-sh/uv/issues/17355"),
    ),
    Message(
        "no-ssl-module",
        "WARNING: pip is configured with locations that require TLS/SSL, however the ssl module in"
        " Python is not available",
        (
            "the ssl module in Python is not available",
            "Can't connect to HTTPS URL because the SSL module is not available",
        ),
        "Python fetches over https with its module ssl, which needs OpenSSL.",
        "https://docs.python.org/3/library/ssl.html",
        "Python was built without the headers of OpenSSL, as with pyenv or by hand; or it finds the"
        " library no more, as with a conda that is not activated on Windows.",
        "Install libssl-dev (openssl-devel on Fedora) and build Python anew, take a ready one such as"
        " uv python install has, or activate the conda environment.",
        guides=("guides/system-library",),
        sourced=_public("pypa/pip/issues/8472"),
    ),
    Message(
        "read-timed-out",
        "ReadTimeoutError: HTTPSConnectionPool(host='...', port=443): Read timed out",
        ("Read timed out",),
        "pip waits 15 seconds for each piece of an answer, and asks again a few times; other programs have"
        " times of their own.",
        "https://pip.pypa.io/en/stable/cli/pip/",
        "The network or the server is slow, or a proxy holds large files back.",
        "Try again: what came already is in pip's cache. With pip --timeout 60 waits longer and --retries 10 asks"
        " more often; a mirror near you may be faster.",
        sourced=_public("pypa/pip/issues/9947"),
    ),
    Message(
        "proxy-refused",
        "ProxyError('Cannot connect to proxy.', ...)",
        ("Cannot connect to proxy",),
        "pip sends everything to the proxy that --proxy, pip.conf or HTTPS_PROXY names.",
        _NETWORK,
        "Nothing answers there: the address is wrong, you are outside of the network that it is in, or it"
        " refuses this server or asks for a password.",
        "Compare with the proxy that the browser uses: HTTPS_PROXY=http://HOST:PORT, with http in front for"
        " most of them. Unset it where there is none; pip config list shows what the files say.",
    ),
    Message(
        "uv-timeout",
        "Failed to download distribution due to network timeout. Try increasing UV_HTTP_TIMEOUT",
        ("Failed to download distribution due to network timeout",),
        "uv waits 30 seconds for each piece of an answer, and fetches many files at once.",
        "https://docs.astral.sh/uv/reference/environment/",
        "The network is slow or lossy, or a proxy holds large files back.",
        "Try again: what came already is in the cache. UV_HTTP_TIMEOUT=300 waits longer,"
        " UV_CONCURRENT_DOWNLOADS=1 fetches one file after another.",
        sourced=on_github("opendatahub-io/notebooks/issues/1864", "2026-11-27"),
    ),
    Message(
        "uv-request-failed",
        "error: Failed to fetch: `...`",
        (
            "Failed to fetch: '{url}'",
            "error sending request for url ({url})",
            "Request failed after {count...} retries",
        ),
        "uv asks each index for the files of a project, and again a few times where that fails.",
        "https://docs.astral.sh/uv/concepts/indexes/",
        "There is no way to that server: no network, a name that does not exist, nothing that listens, or a"
        " proxy in between. The last line says which.",
        "Try the address in a browser. Look at UV_INDEX_URL, UV_DEFAULT_INDEX and [[tool.uv.index]], and at"
        " HTTPS_PROXY.",
        guides=("guides/own-index",),
    ),
    Message(
        "uv-index-unauthorized",
        "An index URL (...) could not be queried due to a lack of valid authentication credentials",
        (
            "could not be queried due to a lack of valid authentication credentials ({status...})",
            "could not be queried due to a lack of valid authentication credentials",
            "HTTP status client error ({status...}) for url",
        ),
        "An index of your own hands its files to those that it knows.",
        "https://docs.astral.sh/uv/concepts/authentication/",
        "uv sent no name and password, wrong ones, or a token that is no longer valid; some servers answer"
        " so for a project that they do not have.",
        "For an index that has a name, set UV_INDEX_NAME_USERNAME and UV_INDEX_NAME_PASSWORD, with its name"
        " in capitals for NAME; or uv auth login, .netrc, or --keyring-provider subprocess.",
        guides=("guides/own-index",),
        sourced=_public("astral-sh/uv/pull/8264"),
    ),
    Message(
        "git-repository-not-there",
        "fatal: '...' does not appear to be a git repository",
        (
            "does not appear to be a git repository",
            "Git operation failed",
        ),
        "A requirement with git+ in front is cloned from the address behind it.",
        "https://pip.pypa.io/en/stable/topics/vcs-support/",
        "There is no repository at that address, it is private and git has no key for it, or the branch,"
        " tag or commit behind @ does not exist.",
        "Try git clone with the same address. A private one needs a key (git+ssh://) or a token, which a"
        " workflow or container has to be given.",
    ),
    Message(
        "download-broken",
        "IncompleteRead(... bytes read, ... more expected)",
        (
            "IncompleteRead({count} bytes read, {rest} more expected)",
            "Connection broken: IncompleteRead",
        ),
        "A file is whole only when all of it came.",
        "https://pip.pypa.io/en/stable/cli/pip/",
        "The connection broke off in the middle: a slow or lossy network, or a proxy that cuts large files.",
        "Try again. pip 25.1 and later go on where it broke off, with --resume-retries. A mirror near you, or"
        " fetching the file by other means, helps where it happens each time.",
        sourced=on_github("pypa/pip/issues/11153", "2026-11-27"),
    ),
    Message(
        "http-error",
        "ERROR: HTTP error ... while getting ...",
        ("HTTP error {code} while getting {url}",),
        "pip fetches the very address that the index or the requirement names.",
        "https://pip.pypa.io/en/stable/cli/pip_install/",
        "The server refused: 404 is a file that is not there (any more), 401 and 403 are a name and password"
        " that are missing or wrong, 5xx is trouble of the server.",
        "Try the address in a browser. For an index of your own look at the password; for a direct address"
        " look up the new one; for 5xx wait, or leave the mirror out.",
        guides=("guides/own-index",),
        sourced=on_github("pypa/pip/blob/main/src/pip/_internal/network/download.py", "2026-11-27"),
    ),
    Message(
        "not-openssl",
        "NotOpenSSLWarning: urllib3 v2 only supports OpenSSL 1.1.1+",
        (
            "only supports OpenSSL 1.1.1+, currently the 'ssl' module is compiled with",
            "NotOpenSSLWarning",
        ),
        "urllib3 2 is tested with OpenSSL 1.1.1 and newer.",
        "https://github.com/urllib3/urllib3/issues/3020",
        "The Python is Apple's own, from Xcode, which is built with LibreSSL; or a very old one.",
        "It is a warning, and nothing has failed. Take a Python of its own: from python.org, Homebrew or uv"
        " python install. Until then urllib3<2 is quiet.",
        sourced=on_github("urllib3/urllib3/issues/3020", "2026-11-27"),
    ),
    Message(
        "git-no-credentials",
        "fatal: could not read Username for '...'",
        ("could not read Username for '{host}'", "could not read Password for '{host}'"),
        "git asks for a name and password where a repository is not open to all, and cannot ask in a"
        " workflow or a container.",
        "https://git-scm.com/docs/gitcredentials",
        "The repository is private, or there is none of that name: GitHub answers the same for both.",
        "Compare the address letter by letter. For a private one give git a token or a key: git+ssh:// with a"
        " deploy key, or a credential helper in the workflow.",
        sourced=on_github("Stefal/rtkbase/issues/559", "2026-11-27"),
    ),
    Message(
        "failed-to-spawn",
        "error: Failed to spawn: ...",
        ("Failed to spawn: '{command}'",),
        "uv run starts a program of the project's environment, or else one on the PATH.",
        "https://docs.astral.sh/uv/reference/cli/",
        "No program is called so: the package that has it is no dependency, or one of a group or"
        " extra that was not asked for; or the environment was moved, and its programs still name"
        " the Python of before.",
        "Add the package with uv add --dev, or ask for its group or extra with --group or --extra. For"
        " once, uv run --with NAME or uvx. Where the environment was moved, remove .venv and run uv"
        " sync. A module without a program runs with uv run python -m.",
        guides=("guides/dependency-groups",),
    ),
)
