"""Messages: what a tool printed is found by its shape, whatever stands around it."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evidence import messages as evidence

from trigpoint.catalogue import RULES, SOURCES
from trigpoint.installers import CASES, RECORD
from trigpoint.installers.messages import (
    GROUPS,
    MESSAGES,
    MOST_EXPLAINED,
    MOST_LETTERS,
    MOST_NEAREST,
    Message,
    explain,
    explaining,
    nearest,
    review,
    seen,
)
from trigpoint.installers.messages.places import MOST_PLACES, kind_of, places_of
from trigpoint.installers.messages.plain import plain
from trigpoint.installers.messages.shapes import MOST_VALUE, Index, Shape

RUNS = evidence.load()
WHEELS = sorted({outcome.message for outcome in RECORD.outcomes.values() if outcome.message})
NO_MESSAGE = re.compile(r"Downloading \S+( \(\d+ bytes\))?")
"""What pip says beyond the ordinary where a requirement is a URL: it is no message."""

ONE = "'eggs>>1' is invalid for 'requires-dist'"


def keys(text: str) -> list[str]:
    return [each.message.key for each in explain(text)]


# -- the record ---------------------------------------------------------------------------


def test_every_recorded_message_of_a_wheel_is_explained() -> None:
    """Whatever a tool said when it was recorded is known, refusals and warnings alike."""
    assert [] == [text for text in WHEELS if not NO_MESSAGE.fullmatch(text) and not keys(text)]


def test_every_recorded_run_is_explained() -> None:
    """Whatever a build, or an install of a requirements file, said is known."""
    assert [] == [(run.case, run.tool) for run in RUNS if not keys(run.printed)]


def test_most_of_the_record_names_a_cause() -> None:
    """A text that has a consequence only comes from a tool that said no more."""
    texts = [text for text in WHEELS if not NO_MESSAGE.fullmatch(text)]
    bare = [text for text in texts if all(each.message.follows for each in explain(text))]
    assert len(bare) / len(texts) < 0.03
    assert all(
        re.search("No matching distribution|Lock failed|could not be parsed|No solution", text)
        for text in bare
    )


def test_the_record_of_runs_is_that_of_its_cases() -> None:
    """Nothing is recorded about a case that is gone, and nothing went well."""
    assert {run.case for run in RUNS} <= evidence.CASES.keys()
    assert all(run.exit_code for run in RUNS)


def test_the_index_of_the_package_is_that_of_the_record() -> None:
    """``python -m tests.evidence.messages --index`` writes what the package carries."""
    fresh = evidence.index()
    dates = {name: tool.recorded for name, tool in RECORD.tools.items()}
    carried = {
        key: [[each.tool, each.case, each.recorded] for each in found]
        for key in MESSAGES
        if (found := seen(key))
    }
    assert carried == {
        key: [[tool, case, date or dates[tool]] for tool, case, date in rows]
        for key, rows in fresh.items()
    }


def test_a_run_printed_the_words_of_the_title() -> None:
    """A message that has shapes for two fields is shown with a run about the field of its title."""
    key = "unrecognized-field-license-file"
    printed = [RECORD.outcomes[run.case, run.tool].message for run in seen(key)]
    assert printed
    assert [] == [text for text in printed if "'license-file'" not in text]


def test_a_run_says_which_record_it_is_of() -> None:
    """A case of the record of wheels is told from one of the runs of builds."""
    for key in MESSAGES:
        for each in seen(key):
            assert (each.case in CASES) is each.wheel
            assert (each.case in evidence.CASES) is not each.wheel
    assert () == seen("no such message")


# -- the catalogue ------------------------------------------------------------------------


def test_there_are_many_messages() -> None:
    """The catalogue has at least eighty recorded messages, each in one group."""
    recorded = [key for key in MESSAGES if seen(key)]
    assert 80 <= len(recorded)
    assert len(MESSAGES) == sum(map(len, GROUPS.values()))
    assert len(MESSAGES) == len({message.title for message in MESSAGES.values()})


@pytest.mark.parametrize("message", MESSAGES.values(), ids=lambda message: message.key)
def test_a_message_was_recorded_or_says_where_it_is_from(message: Message) -> None:
    """Nothing is in the catalogue by hearsay."""
    assert bool(seen(message.key)) is (message.sourced is None)
    if message.sourced is not None:
        assert "https" == urlsplit(message.sourced.url).scheme
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", message.sourced.date)


@pytest.mark.parametrize("message", MESSAGES.values(), ids=lambda message: message.key)
def test_a_message_says_what_to_know(message: Message) -> None:
    """Rule, cause and cure are sentences; rule and findings lead somewhere."""
    for text in (message.rule, message.why, message.cure):
        assert text.endswith((".", "*", "...", "]")), text
        assert "!" not in text.replace("!=", "").replace("!1", "")
    assert message.source in SOURCES or message.source.startswith("https://")
    assert set() == set(message.codes) - RULES.keys()
    assert re.fullmatch(r"[a-z0-9-]+", message.key)


@pytest.mark.parametrize(
    "message",
    [message for message in MESSAGES.values() if message.bad],
    ids=lambda message: message.key,
)
def test_examples_have_the_mistake_and_have_it_not(message: Message) -> None:
    """The first finding is really reported on the bad example, and not on the good one."""
    code = message.codes[0]
    assert code in {each.code for each in review(message.bad)[1]}
    assert code not in {each.code for each in review(message.good)[1]}
    assert [] == [each for each in review(message.good)[1] if each.severity.value == "error"]


@pytest.mark.parametrize("message", MESSAGES.values(), ids=lambda message: message.key)
def test_a_title_alone_is_recognised(message: Message) -> None:
    """What the site calls a message is found by that, with the dots that stand for what differs."""
    first, *others = explain(message.title)
    assert message.key == first.message.key
    assert all(other.message.follows for other in others)


@pytest.mark.parametrize("message", MESSAGES.values(), ids=lambda message: message.key)
def test_shapes_do_not_shadow_each_other(message: Message) -> None:
    """A text that is as a shape says is explained by its message."""
    for shape in message.shapes:
        text = re.sub(r"\{\w+(\.\.\.)?\}", "Value1", shape)
        assert message.key in keys(text), shape


def test_every_shape_of_a_recorded_message_was_recorded() -> None:
    """A shape that no run printed is a guess."""
    index, messages = explaining._index()
    texts = {*WHEELS, *(run.printed for run in RUNS)}
    used = {match.shape for text in texts for match in index.find(plain(text))}
    alone = [
        index.shapes[number].text
        for number, message in enumerate(messages)
        if number not in used and message.sourced is None
    ]
    # One that is a part of a longer one, which people paste by itself, was printed in that.
    plains = [plain(text) for text in texts]
    assert [] == [each for each in alone if not any(map(Index([each]).find, plains))]


@pytest.mark.parametrize(
    ("case", "key"),
    [
        ("uv-no-such-version", "no-version-available"),
        ("uv-versions-too-old", "no-version-available"),
        ("uv-versions-between", "no-version-available"),
        ("uv-requirement-contradicts", "uv-depends-on-both"),
        ("uv-wheels-other-python", "no-wheels-with-matching-tags"),
        ("uv-not-in-registry", "not-found-in-registry"),
        ("uv-other-python", "requires-different-python"),
        ("uv-lock-other-python", "supported-python-range"),
    ],
)
def test_what_uv_says_behind_because_is_the_cause(case: str, key: str) -> None:
    """Where uv finds no solution and says why, that is told, and nothing beside it."""
    runs = [run for run in RUNS if run.case == case]
    assert runs
    for run in runs:
        assert [key] == [
            each.message.key for each in explain(run.printed) if not each.message.follows
        ]


@pytest.mark.parametrize(
    ("module", "key"),
    [
        ("imp", "stdlib-module-gone"),
        ("cgi", "stdlib-module-gone"),
        ("lib2to3", "stdlib-module-gone"),
        ("distutils", "distutils-gone"),
        ("distutils.util", "distutils-part-gone"),
        ("numpy.distutils", "numpy-distutils-gone"),
        ("numpy.distutils.core", "numpy-distutils-gone"),
        ("setuptools", "setuptools-missing"),
        ("setuptools.extern.six", "submodule-missing"),
        ("urllib2", "written-for-python-2"),
        ("_ctypes", "python-built-without"),
        ("tkinter", "python-built-without"),
        ("ensurepip", "ensurepip-not-available"),
        ("pip._internal", "no-module-pip"),
        ("numpy", "module-not-found-in-build"),
    ],
)
def test_nobody_is_told_to_install_a_module_of_the_standard_library(module: str, key: str) -> None:
    """What is called like such a module on an index is somebody else's."""
    [found] = explain(f"ModuleNotFoundError: No module named '{module}'")
    assert key == found.message.key
    assert ("pip install NAME" in found.message.cure) is (module == "numpy")


def test_a_setuptools_that_is_too_old_for_its_python_is_named() -> None:
    """What pip and uv say of ``requires = ["setuptools==59.8.0"]`` on Python 3.13."""
    pip = "pip._vendor.pyproject_hooks._impl.BackendUnavailable: Cannot import 'setuptools.build_meta'"
    uv = "setuptools/__init__.py, line 10\n  import distutils.core\nModuleNotFoundError: No module named 'distutils'"
    for text in (pip, uv):
        [found] = explain(text)
        assert "before 60" in found.message.why


# -- finding ------------------------------------------------------------------------------

NOISE = st.text(
    st.characters(codec="utf-8", exclude_characters="'\"`\\", exclude_categories=["Cs"]),
    max_size=80,
)
WORDS = ["unrecognized", "or", "malformed", "field", "'license-file'"]


@given(before=NOISE, after=NOISE)
def test_noise_around_changes_nothing(before: str, after: str) -> None:
    """The message is found in any log, at its place."""
    text = f"{before}\nERROR: {ONE}\n{after}"
    found = next(each for each in explain(text) if each.message.key == "requires-dist-invalid")
    assert "eggs>>1" == dict(found.values)["requirement"]
    assert text[found.span.start : found.span.end] == ONE


BREAKS = st.sampled_from(
    [" ", "\n", "\n         ", "\r\n", "\n  │ ", "\x1b[0m \x1b[31m", "\n#12 3.456 ", "\n> ", "\t"]
)


@given(st.lists(BREAKS, min_size=len(WORDS) - 1, max_size=len(WORDS) - 1))
def test_wrapping_and_colours_change_nothing(breaks: list[str]) -> None:
    """Lines may end between any two words, with whatever a terminal puts there."""
    text = WORDS[0] + "".join(gap + word for gap, word in zip(breaks, WORDS[1:], strict=True))
    assert ["unrecognized-field-license-file"] == keys(f"\x1b[1mERROR\x1b[0m  {text}")


@pytest.mark.parametrize("at", range(1, len(ONE)))
def test_a_line_that_is_broken_anywhere_is_found(at: int) -> None:
    """A terminal may end its line in the middle of a word."""
    assert keys(f"{ONE[:at]}\n{ONE[at:]}") in (["requires-dist-invalid"], ["value-invalid"])


@pytest.mark.parametrize("quotes", ["''", '""', "``", "‘’", "“”"])
def test_any_quotes_are_quotes(quotes: str) -> None:
    """Mail and web pages change them."""
    text = ONE.replace("'eggs>>1'", f"{quotes[0]}eggs>>1{quotes[1]}")
    [found] = explain(text.replace("'requires-dist'", f"{quotes[0]}requires-dist{quotes[1]}"))
    assert ("requires-dist-invalid", (("requirement", "eggs>>1"),)) == (
        found.message.key,
        found.values,
    )


def test_values_are_taken_out() -> None:
    """Quotes of the other kind, escaped ones and blanks belong to the value."""
    for said, value in [
        ('''"a; os_name == 'nt'"''', "a; os_name == 'nt'"),
        (r"""'a; b == \'x\' and c == "y"'""", r"a; b == \'x\' and c == " + '"y"'),
        ("''", ""),
    ]:
        [found] = explain(f"{said} is invalid for 'requires-dist'")
        assert (("requirement", value),) == found.values


@pytest.mark.parametrize("more", [0, 1])
def test_a_value_is_bounded(more: int) -> None:
    """What is longer than a value may be is no value, and the message none of this shape."""
    text = f"'{'x' * (MOST_VALUE + more)}' is invalid for 'requires-dist'"
    assert (["requires-dist-invalid"] if not more else []) == keys(text)


def test_the_same_message_is_told_once_with_what_it_says_most() -> None:
    """A log repeats itself; the place is that of the time that says most."""
    text = "No solution found when resolving dependencies\n" * 3
    [found] = explain(text)
    assert (3, 0, True) == (found.times, found.span.start, found.message.follows)
    text = "Invalid requirement, parse error at ''\nParse error at '>>1': Expected stringEnd"
    [found] = explain(text)
    assert ((("rest", ">>1"),), 2) == (found.values, found.span.line)


@pytest.mark.parametrize("times", [1, 2])
def test_a_message_of_several_sentences_is_there_once(times: int) -> None:
    """Of the two lines that pip prints each time, each is known."""
    both = (
        "ERROR: Could not find a version that satisfies the requirement spam (from versions: none)\n"
        "ERROR: No matching distribution found for spam\n"
    )
    [found] = explain(both * times)
    assert times == found.times


def test_causes_come_before_consequences() -> None:
    """What only reports a failure comes last, though it stands first."""
    text = f"ERROR: No matching distribution found for spam\n{ONE}"
    assert ["requires-dist-invalid", "could-not-find-a-version"] == keys(text)


def test_the_longer_words_count_where_two_shapes_overlap() -> None:
    """A message of its own is not told as the general one."""
    assert ["license-file-introduced"] == keys(
        "license-file introduced in metadata version 2.4, not 2.1"
    )
    assert ["field-introduced"] == keys("dynamic introduced in metadata version 2.2, not 2.1")


def test_only_the_end_of_a_very_long_log_is_read() -> None:
    """Places count from the start of the whole text all the same."""
    lead = "x" * 10
    text = f"{ONE}\n" + "y" * (MOST_LETTERS - len(lead) - len(ONE) - 2) + f"\n{lead}{ONE}"
    assert MOST_LETTERS + len(ONE) == len(text) - 0 or len(text) > MOST_LETTERS
    [found] = explain(text)
    assert (1, len(text)) == (found.times, found.span.end)
    inside = text[-MOST_LETTERS:]
    assert len(inside) == MOST_LETTERS
    assert [] == keys("y" * MOST_LETTERS)


def test_many_messages_are_cut_at_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """A log of everything is explained up to the bound."""
    everything = "\n".join(
        re.sub(r"\{\w+(\.\.\.)?\}", "Value1", message.shapes[0]) for message in MESSAGES.values()
    )
    assert MOST_EXPLAINED == len(explain(everything))


def test_a_text_without_a_message_has_the_nearest() -> None:
    """What is not known is not guessed at, but what shares rare words is offered."""
    text = "there is some trouble with ImpImporter of pkgutil"
    assert () == explain(text)
    assert "impimporter" == nearest(text)[0].key
    assert MOST_NEAREST == len(nearest(" ".join(message.title for message in MESSAGES.values())))
    assert () == nearest("nothing of the kind")
    assert () == nearest("")


@given(st.text(max_size=200), st.text(max_size=100))
def test_no_text_raises(text: str, document: str) -> None:
    """Whatever is pasted has an answer, whose places lie within the text."""
    for found in explain(text, document=document):
        assert 0 <= found.span.start < found.span.end <= len(text)
        for span in found.places:
            assert 0 <= span.start <= span.end <= len(document)
    assert len(nearest(text)) <= MOST_NEAREST


@pytest.mark.parametrize(
    "said",
    [
        (
            "InvalidDistribution: Invalid distribution metadata: unrecognized or malformed field"
            " 'license-file'"
        ),
        (
            "ERROR InvalidDistribution: Metadata is missing required fields: Name, Version.\n"
            "Make sure the distribution includes the files where those fields are specified, and is"
            " using a supported Metadata-Version: 1.0, 1.1, 1.2, 2.0, 2.1, 2.2, 2.3."
        ),
    ],
)
def test_an_upload_that_does_not_know_license_file(said: str) -> None:
    """From pypa/twine issues 1216, 1244 and 1284: which versions of twine and packaging to take."""
    first = explain(said)[0].message
    assert "'twine>=6.1'" in first.cure
    assert "'packaging>=24.2'" in first.cure
    assert "twine" in " ".join(each.tool for each in seen(first.key))


LOGS = {
    "no headers of Python": (
        (
            "  psutil/_psutil_common.c:9:10: fatal error: Python.h: No such file or directory\n"
            "   #include <Python.h>\n            ^~~~~~~~~~\n  compilation terminated.\n"
            "  error: command 'x86_64-linux-gnu-gcc' failed with exit status 1\n"
            "  ERROR: Failed building wheel for psutil\n"
        ),
        ["python-h-not-found", "compiler-failed", "failed-building-wheel"],
    ),
    "no headers of a library": (
        "_imagingft.c:73:31: fatal error: freetype/fterrors.h: No such file or directory\n",
        ["header-not-found"],
    ),
    "clang": ("spam.cpp:220:12: fatal error: 'zlib.h' file not found\n", ["header-not-found"]),
    "headers of NumPy": (
        "numpy/f2py/src/fortranobject.h:16:10: fatal error: numpy/arrayobject.h: No such file or directory\n",
        ["numpy-header-not-found"],
    ),
    "old Cython": (
        "spam.cpp:220:12: fatal error: 'longintrepr.h' file not found\n",
        ["longintrepr-not-found"],
    ),
    "Microsoft's compiler": (
        (
            "spam.c(198): fatal error C1083: Cannot open include file: 'Python.h': No such file or"
            " directory\n"
        ),
        ["python-h-not-found"],
    ),
    "no compiler on Windows": (
        (
            'error: Microsoft Visual C++ 14.0 or greater is required. Get it with "Microsoft C++ Build'
            ' Tools": https://visualstudio.microsoft.com/visual-cpp-build-tools/\n'
            "ERROR: Failed building wheel for TotalDepth\n"
        ),
        ["visual-c-required", "failed-building-wheel"],
    ),
    "no compiler on Linux": (
        "  error: command 'gcc' failed: No such file or directory\n",
        ["compiler-not-found"],
    ),
    "no compiler for C++": (
        "gcc: fatal error: cannot execute \u2018cc1plus\u2019: execvp: No such file or directory\n",
        ["cc1plus-not-found"],
    ),
    "no library": (
        "/usr/bin/ld: cannot find -lz: No such file or directory\n",
        ["library-not-found"],
    ),
    "old C library": (
        (
            "ImportError: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.34' not found (required by"
            " spam.so)\n"
        ),
        ["glibc-too-old"],
    ),
    "pip and hashes": (
        (
            "ERROR: In --require-hashes mode, all requirements must have their versions pinned with ==."
            " These do not:\n    setuptools>=40.3.0 from https://files.example/setuptools.whl\n"
        ),
        ["hashes-not-pinned"],
    ),
    "a wheel that uv builds": (
        (
            "  \u00d7 Failed to download and build `vllm==0.7.0`\n  \u2570\u2500\u25b6 Package metadata version"
            " `0.7.0+cpu` does not match given version `0.7.0`\n"
        ),
        ["uv-version-mismatch"],
    ),
    "a description in an upload": (
        (
            "HTTPError: 400 Bad Request from https://upload.example/legacy/\nThe description failed to"
            " render in the default format of reStructuredText. See https://index.example/help/ for more"
            " information.\n"
        ),
        ["upload-description", "upload-refused"],
    ),
    "an old pip and an editable project": (
        (
            'ERROR: File "setup.py" or "setup.cfg" not found. Directory cannot be installed in editable'
            ' mode: /home/me/spam\n(A "pyproject.toml" file was found, but editable mode currently requires'
            " a setuptools-based build.)\n"
        ),
        ["editable-without-setup"],
    ),
    "the shell of macOS": ("zsh: no matches found: requests[socks]\n", ["shell-no-matches"]),
    "what an update left": (
        "WARNING: Ignoring invalid distribution -umpy (c:\\python39\\lib\\site-packages)\n" * 2,
        ["ignoring-invalid-distribution"],
    ),
    "a project that is full": (
        (
            "ERROR    HTTPError: 400 Bad Request from https://upload.example/legacy/\n         Project size too"
            " large. Limit for project 'spam' total size is 10 \n         GB. See\n"
        ),
        ["upload-project-too-large", "upload-refused"],
    ),
    "a conflict with what is installed": (
        (
            "ERROR: pip's dependency resolver does not currently take into account all the packages that are"
            " installed. This behaviour is the source of the following dependency conflicts.\nspam 1.0"
            " requires eggs<2, but you have eggs 2.0 which is incompatible.\n"
        ),
        ["installed-packages-conflict"],
    ),
    "a folder of somebody else": (
        (
            "ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied:"
            " '/usr/lib/python3/dist-packages/eggs'\nConsider using the `--user` option or check the"
            " permissions.\n"
        ),
        ["install-permission-denied"],
    ),
    "a disk that is full": (
        "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n",
        ["install-no-space"],
    ),
    "a folder that cannot be written": (
        "ERROR: Could not install packages due to an OSError: [Errno 30] Read-only file system: '/x'\n",
        ["install-os-error"],
    ),
    "no network in the middle": (
        (
            "ERROR: Could not install packages due to an OSError: HTTPSConnectionPool(host='files.example',"
            " port=443): Max retries exceeded\n"
        ),
        ["could-not-connect"],
    ),
    "no pip": ("/usr/bin/python3: No module named pip\n", ["no-module-pip"]),
    "a command behind >>>": (
        (
            '>>> pip install pygame\n  File "<stdin>", line 1\n    pip install pygame\n        ^\n'
            "SyntaxError: invalid syntax\n"
        ),
        ["pip-in-python"],
    ),
    "a mistake in code": ('  File "spam.py", line 1\nSyntaxError: invalid syntax\n', []),
    "a name that ends so": ("to_read timed out\n", []),
    "a module whose name begins so": (
        "/usr/bin/python3: No module named pip_audit\n",
        ["module-not-found-in-build"],
    ),
    "no pip in a build": (
        "ModuleNotFoundError: No module named 'pip'\n",
        ["no-module-pip"],
    ),
    "several keys": (
        (
            "The Poetry configuration is invalid:\n  - Additional properties are not allowed ('eggs',"
            " 'bacon' were unexpected)\n"
        ),
        ["poetry-additional-properties"],
    ),
}


@pytest.mark.parametrize("name", LOGS)
def test_logs_of_builds(name: str) -> None:
    """Of a log the cause comes first, what only reports it after that, and nothing beside."""
    text, expected = LOGS[name]
    assert expected == keys(text)


def test_the_header_is_told() -> None:
    """Which file is missing is the value of the message, without what stands around it."""
    for text, value in (
        ("a.c:1:9: fatal error: ffi.h: No such file or directory", ("header", "ffi.h")),
        ("a.c:1:9: fatal error: 'ffi.h' file not found", ("header", "ffi.h")),
        ("/usr/bin/ld: cannot find -lz: No such file or directory", ("library", "-lz")),
        ("error: command '/usr/bin/gcc' failed with exit code 1", ("compiler", "/usr/bin/gcc")),
    ):
        [found] = explain(text)
        assert value == found.values[0]


# -- the reader's file --------------------------------------------------------------------


def test_the_line_of_the_file_is_named() -> None:
    """The finding that says the same, on the very requirement, is the one that is shown."""
    document = (
        "Metadata-Version: 2.4\nName: spam\nVersion: 1\n"
        "Requires-Dist: bacon=>1\nRequires-Dist: eggs>>1\n"
    )
    [found] = explain(ONE, document=document)
    [finding] = found.findings
    assert finding.span is not None
    assert ("metadata-requirement", 5) == (finding.code, finding.span.line)
    assert document[found.places[0].start : found.places[0].end] == "eggs>>1"


def test_a_value_that_merely_stands_in_the_file_is_a_place() -> None:
    """Without a finding, the place of the value is all that can be said."""
    document = "[project]\nname = 'spam'\nversion = '1'\nreadme = 'README.md'\n"
    [found] = explain("OSError: Readme file does not exist: README.md", document=document)
    assert ((), [4]) == (found.findings, [span.line for span in found.places])


@pytest.mark.parametrize(
    ("document", "line"),
    [
        ("Metadata-Version: 2.4\nName: spam\nVersion: 1\nLicense-File: LICENSE\n", 4),
        ("[project]\nname = 'spam'\nversion = '1'\nlicense-files = ['LICENSE']\n", 4),
    ],
)
def test_a_field_that_the_message_names_is_found(document: str, line: int) -> None:
    """In METADATA by its name in any case, in pyproject.toml by its key."""
    [found] = explain("unrecognized or malformed field 'license-file'", document=document)
    assert ((), [line]) == (found.findings, sorted({span.line for span in found.places}))


def test_without_a_file_nothing_is_said_about_it() -> None:
    """No file, no places."""
    [found] = explain(ONE)
    assert ((), ()) == (found.findings, found.places)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("[project]\nname = 'a'", "pyproject"),
        ("# a\n[tool.uv]", "pyproject"),
        ("Name: a", "metadata"),
        ("metadata-version: 2.1\n[b]: c", "metadata"),
        ("a >= 1\n--pre", "requirements"),
        ("a[b]>=1", "requirements"),
        ("", "requirements"),
    ],
)
def test_what_a_file_is(text: str, kind: str) -> None:
    """METADATA has its fields, TOML its tables, and a requirements file neither."""
    assert kind == kind_of(text)
    assert kind == review(text)[0]


def test_a_lone_surrogate_is_read() -> None:
    """A byte that is no UTF-8 is found; a text that no bytes are is read all the same."""
    assert "metadata-encoding" in {each.code for each in review("Name: \udce9")[1]}
    assert "metadata" == review("Name: \ud800")[0]


@pytest.mark.parametrize("more", [0, 1])
def test_places_are_bounded(more: int) -> None:
    """So many findings and places are shown, and no more."""
    lines = [f"Requires-Dist: e{i}>>1\n" for i in range(MOST_PLACES + more)]
    document = "Metadata-Version: 2.4\nName: spam\nVersion: 1\n" + "".join(lines)
    values = [f"e{i}>>1" for i in range(MOST_PLACES + more)]
    chosen, spans = places_of(document, review(document)[1], ["metadata-requirement"], values)
    assert (MOST_PLACES, MOST_PLACES) == (len(chosen), len(spans))


def test_short_values_are_not_looked_for() -> None:
    """Two letters stand everywhere."""
    assert ((), ()) == places_of("ab abc", [], [], ["ab"])
    assert 1 == len(places_of("ab abc", [], [], ["abc"])[1])


# -- how it works -------------------------------------------------------------------------


def test_every_letter_knows_where_it_stood() -> None:
    """Offsets survive colours, frames and wrapping."""
    text = "\x1b[31mone\x1b[0m  │ two\r\n   three‘"
    found = plain(text)
    assert "one two\nthree'" == found.text
    assert "one two three'" == found.folded
    for word in ("one", "two", "three"):
        assert text.index(word) == found.origin(found.text.index(word))


def test_prefixes_of_build_services_fall_away() -> None:
    """Numbers and times in front of each line are no part of a message."""
    for prefix in ("#12 3.456 ", "2026-11-25T20:51:16.1234567Z ", "> ", "  | "):
        assert "a\nb" == plain(f"{prefix}a\n{prefix}b").text.strip()


def test_a_shape_has_its_longest_words_as_anchor() -> None:
    """An anchor is found by one word of it, rare ones first."""
    assert " is invalid for 'x'" == Shape("'{value}' is invalid for 'x'").anchor
    index = Index(["common words here", "common words there", "{a} rare"])
    assert [0] == [match.shape for match in index.find(plain("so common words here"))]
    assert [] == index.find(plain("common words"))
    assert [] == index.find(plain("words here"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("one two. red green blue pink", ["one two", "green blue pink"]),
        ("one two. red green blue", ["one two", "red green"]),
        ("one two. green blue pink one two", ["one two", "green blue pink", "one two"]),
        ("green blue pink. one two", ["green blue pink", "one two"]),
        ("red greens", []),
    ],
)
def test_matches_come_in_text_order_and_do_not_overlap(text: str, found: list[str]) -> None:
    """Of two shapes that share words the longer stays, and the ones before it stay as well."""
    # Found by "pink", "green", "two": not in the order in which they begin.
    index = Index(["green blue pink", "red green", "one two"])
    assert found == [index.shapes[match.shape].text for match in index.find(plain(text))]


@pytest.mark.parametrize(
    ("shape", "text", "values"),
    [
        ("{a...} because of", "x\nmore than\tone because of", {"a": "more than one"}),
        ("{a} because of", "more than one, because of", {"a": "one"}),
        ("because of {a...} and", "because of this\n and that and", {"a": "this"}),
        ("because of {a...}", "because of this and that; no more", {"a": "this and that"}),
        ("because of {a...}", "because of this\nno more", {"a": "this"}),
        ("because of {a...}", "because of this ^^^", {"a": "this"}),
        ("because of {a...}", "because of this hint: that", {"a": "this"}),
        ("because of {a}", "because of this, no more", {"a": "this"}),
        ("because of '{a}'", "because of 'this\n thing,' no more", {"a": "this thing"}),
        ("'{a}' because of '{b}' or {c}", "`x` because of y or z", {"a": "x", "b": "y", "c": "z"}),
        ("{a} is {b}", "x is y", {"a": "x", "b": "y"}),
    ],
)
def test_what_stands_in_the_places(shape: str, text: str, values: dict[str, str]) -> None:
    """A place takes a word, what is in quotes, or words up to where a sentence or line ends."""
    [match] = Index([shape]).find(plain(text))
    assert values == dict(match.values)


@pytest.mark.parametrize("more", [0, 1])
def test_a_word_of_many_shapes_says_nothing(more: int) -> None:
    """Of sixteen shapes two may share a word; three make it a common one."""
    shapes = [f"word{i} other{i}" for i in range(14 - more)]
    index = Index([*shapes, *(f"shared thing{i}" for i in range(2 + more))])
    assert (2 if not more else 0) == len(index.nearest(plain("a shared one"), 9))


FEW, MANY = 300, 600
MOST_GROWTH = 2.5
"""Twice the text may cost so many times as much; a square would be 4."""

FAMILIES: dict[str, Callable[[int], str]] = {
    "noise": lambda n: "some words of a log\n" * n,
    "one message": lambda n: f"{ONE}\n" * n,
    "many messages": lambda n: "\n".join(
        re.sub(r"\{\w+(\.\.\.)?\}", f"v{i}", message.shapes[0])
        for i in range(n // 100)
        for message in MESSAGES.values()
    ),
    "anchors without values": lambda n: "is invalid for 'requires-dist' " * n,
    "quotes": lambda n: "'\"`" * n + " is invalid for",
    "one word": lambda n: "x" * n + " does not provide the extra 'y'",
    "escapes": lambda n: "\x1b[" * n,
    "unfinished escapes": lambda n: "\x1b]x" * n,
    "frames": lambda n: "│ " * n,
    "line ends": lambda n: "\n" * n,
}


@pytest.mark.parametrize("family", FAMILIES)
def test_work_grows_with_the_text(
    family: str, calls: Callable[[Callable[[], object]], int]
) -> None:
    """A log that is twice as long takes twice as many steps."""
    make = FAMILIES[family]
    explain("")
    few, many = (calls(lambda n=n: explain(make(n))) for n in (FEW, MANY))  # type: ignore[misc]
    assert many <= MOST_GROWTH * few
