"""Why pip takes a file: by rank, in agreement with ``packaging``, and with what is in the way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging import _manylinux, _musllinux, tags
from packaging.utils import InvalidWheelFilename, parse_wheel_filename

from trigpoint.wheels import (
    ENVIRONMENT_NAMES,
    MOST_FILE_NAME,
    FileName,
    TagEnvironment,
    UnknownTagEnvironmentError,
    best_first,
    linux_platforms,
    meaning,
    read_file_name,
    tag_environment,
    tags_of,
    why,
)

PYTHONS = ["py2", "py3", "py312", "py313", "cp311", "cp312", "cp313", "cp314", "pp311", "pp3",
           "CP313"]  # fmt: skip
ABIS = ["none", "abi3", "abi3t", "cp311", "cp313", "cp313t", "cp314t", "pypy311_pp73"]
PLATFORMS = ["any", "linux_x86_64", "manylinux1_x86_64", "manylinux2014_aarch64",
             "manylinux_2_17_x86_64", "manylinux_2_39_x86_64", "musllinux_1_2_x86_64",
             "macosx_11_0_arm64", "macosx_10_9_universal2", "macosx_14_0_arm64", "win_amd64",
             "win32", "win_arm64"]  # fmt: skip


def _set(values: list[str]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=3).map(".".join)


FILE_NAMES = st.builds(
    "spam-1.0-{}{}-{}-{}.whl".format,
    st.sampled_from(["", "1-", "2build-"]),
    _set(PYTHONS),
    _set(ABIS),
    _set(PLATFORMS),
)


@given(FILE_NAMES, st.sampled_from(ENVIRONMENT_NAMES))
def test_it_is_what_packaging_says(file_name: str, name: str) -> None:
    """The best tag is the first of the environment's that is one of the file's."""
    environment = tag_environment(name)
    own = {str(tag) for tag in parse_wheel_filename(file_name)[3]}
    expected = next((each for each in enumerate(environment.tags, 1) if each[1] in own), (0, ""))
    answer = why(file_name, environment)
    assert expected == (answer.rank, answer.tag)
    assert bool(expected[0]) == answer.taken
    assert answer.taken == (not answer.reason)


PIECES = st.text("abc019._- \n\u0661\u00e9+!", max_size=8) | st.sampled_from(
    ["spam", "1.0", "1", "py3", "none", "any", "py2.py3", ".whl", "", "0" * 5000, "cp313\n"]
)


@given(st.lists(PIECES, max_size=8).map("-".join), st.sampled_from(["", ".whl", ".WHL"]))
def test_names_are_refused_as_packaging_does(stem: str, ending: str) -> None:
    """Any text is a name of a wheel or is none, as for packaging, and nothing raises."""
    file_name = stem + ending
    try:
        parse_wheel_filename(file_name)
        expected = True
    except (InvalidWheelFilename, ValueError):
        # Digits without end are a bare ValueError there.
        expected = False
    parts, wrong = read_file_name(file_name)
    if len(file_name) <= MOST_FILE_NAME:
        assert expected == (parts is not None), wrong
    assert (parts is None) == bool(wrong)
    answer = why(file_name, tag_environment("cp313-windows-amd64"))
    assert (answer.reason == ("name",)) == (parts is None)


@pytest.mark.parametrize("glibc", [4, 5, 12, 17, 36])
@pytest.mark.parametrize("machine", ["x86_64", "i686", "aarch64", "s390x"])
def test_platforms_of_glibc(machine: str, glibc: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are those that packaging asks a running system for."""
    monkeypatch.setattr(_manylinux, "_get_glibc_version", lambda: (2, glibc))
    monkeypatch.setattr(_manylinux, "_have_compatible_abi", lambda *_: True)
    monkeypatch.setattr(_manylinux, "_get_manylinux_module", lambda: None)
    expected = [f"linux_{machine}", *_manylinux.platform_tags([machine])]
    assert expected == list(linux_platforms(machine, glibc=glibc))


def test_platforms_of_musl(monkeypatch: pytest.MonkeyPatch) -> None:
    """They count down to the first, as in packaging."""
    version = _musllinux._MuslVersion(1, 2)
    monkeypatch.setattr(_musllinux, "_get_musl_version", lambda _: version)
    expected = ["linux_x86_64", *_musllinux.platform_tags(["x86_64"])]
    assert expected == list(linux_platforms("x86_64", musl=2))


@pytest.mark.parametrize(
    ("python", "given", "more"),
    [
        ((3, 13), {}, {"abis": ["cp313"]}),
        ((3, 14), {"free_threaded": True}, {"abis": ["cp314t"]}),
    ],
)
def test_tags_of_cpython(python: tuple[int, int], given: dict, more: dict) -> None:  # type: ignore[type-arg]
    """All tags are there, in the order of packaging."""
    expected = [
        *tags.cpython_tags(python, platforms=["win_amd64"], **more),
        *tags.compatible_tags(python, f"cp{python[0]}{python[1]}", ["win_amd64"]),
    ]
    assert [str(each) for each in expected] == list(tags_of(python, ["win_amd64"], **given))


def test_each_environment_has_its_own_tags() -> None:
    """Names are stable, no tag comes twice, and the last resort of all is the oldest Python."""
    environments = [tag_environment(name) for name in ENVIRONMENT_NAMES]
    assert len(environments) == len({each.tags for each in environments})
    for each in environments:
        assert len(each.tags) == len(set(each.tags))
        assert "py30-none-any" == each.tags[-1]
        assert each.label
    assert "cp313-cp313-linux_x86_64" == tag_environment("cp313-glibc2.36-x86_64").tags[0]
    assert "cp314-cp314t-macosx_15_0_arm64" == tag_environment("cp314t-macos15-arm64").tags[0]
    assert "pp311-pypy311_pp73-win32" == tag_environment("pp311-win32").tags[0]


def test_labels_and_last_resorts() -> None:
    """A label is for people; PyPy takes pp3 for any system, and macOS counts from its release."""
    assert "CPython 3.13, Windows on x86_64" == tag_environment("cp313-windows-amd64").label
    pypy = tag_environment("pp311-glibc2.17-aarch64")
    assert ["pp3-none-any"] == [each for each in pypy.tags if each.startswith("pp3-")]
    assert "cp313-cp313-macosx_11_0_arm64" == tag_environment("cp313-macos11-arm64").tags[0]


def test_an_unknown_environment() -> None:
    """It is an error of the program, which names it."""
    with pytest.raises(UnknownTagEnvironmentError, match=r"no environment is called 'x'"):
        tag_environment("x")


HERE = tag_environment("cp313-glibc2.36-x86_64")
REASONS = [
    ("a-1-cp312-none-any.whl", ("together",), {}),
    ("a-1-cp315-none-any.whl", ("python",), {"cp315": "cp313"}),
    ("a-1-cp312-cp312-manylinux_2_39_x86_64.whl", ("abi", "platform"),
     {"cp312": "cp313", "manylinux_2_39_x86_64": "manylinux_2_36_x86_64"}),
    ("a-1-cp313-cp313-win_amd64.whl", ("platform",), {"win_amd64": ""}),
    ("a-1-cp313-cp313-manylinux2014_aarch64.whl", ("platform",), {"manylinux2014_aarch64": ""}),
    ("a-1-cp313-cp313t-linux_x86_64.whl", ("abi",), {"cp313t": "cp313"}),
    ("a-1-py3-cp313-any.whl", ("together",), {}),
    ("a-1-odd-none-any.whl", ("python",), {"odd": ""}),
    ("a-1-cp313-cp313-musllinux_2_0_x86_64.whl", ("platform",), {"musllinux_2_0_x86_64": ""}),
    ("a-1-pp311-pypy311_pp73-any.whl", ("python", "abi"), {"pp311": "", "pypy311_pp73": ""}),
]  # fmt: skip


@pytest.mark.parametrize(("file_name", "reason", "nearest"), REASONS)
def test_what_is_in_the_way(
    file_name: str, reason: tuple[str, ...], nearest: dict[str, str]
) -> None:
    """The parts that do not fit are named, and what of the environment comes closest to each."""
    answer = why(file_name, HERE)
    assert (False, "", 0, reason) == (answer.taken, answer.tag, answer.rank, answer.reason)
    assert nearest == {each.text: each.nearest for each in answer.values if not each.fits}
    assert () == answer.findings


def test_what_is_near_is_of_the_same_kind() -> None:
    """Of an ABI of CPython nothing that PyPy has comes close, and the other way round."""
    pypy = TagEnvironment("x", "X", ("pp311-pypy311_pp73-any", "py3-none-any"))
    answer = why("a-1-cp313-cp313-any.whl", pypy)
    assert [("cp313", ""), ("cp313", ""), ("any", "")] == [
        (each.text, each.nearest) for each in answer.values
    ]


def test_a_file_that_is_no_wheel() -> None:
    """It is not taken, by no tag, and the finding says what is wrong with its name."""
    answer = why("a-1.zip", HERE)
    assert (False, "", 0, len(HERE.tags), ("name",), ()) == (
        answer.taken, answer.tag, answer.rank, answer.known, answer.reason, answer.values,
    )  # fmt: skip
    assert (HERE.name, "a-1.zip", ["wheel-name"]) == (
        answer.environment, answer.file_name, [each.code for each in answer.findings],
    )  # fmt: skip


BUILDS = ["", "-0", "-1", "-01a", "-1a", "-1b", "-2", "-9z", "-10", "-010b", "-100"]


@given(st.permutations(BUILDS))
def test_best_first(builds: list[str]) -> None:
    """As packaging orders them: by the rank of the tag, then by the build number, highest first."""
    tags = [
        "py3-none-any",
        "cp313-none-any",
        "cp313-cp313-manylinux_2_17_x86_64",
        "cp312-cp312-any",
    ]
    names = [f"a-1{build}-{tag}.whl" for build in builds for tag in tags]
    answers = [why(name, HERE) for name in names]
    taken = [each for each in answers if "cp312" not in each.file_name]
    expected = sorted(
        sorted(taken, key=lambda each: parse_wheel_filename(each.file_name)[2], reverse=True),
        key=lambda each: each.rank,
    )
    assert expected == list(best_first(answers))


def test_the_first_tag_counts() -> None:
    """Of several tags that fit, the rank is that of the best, from one."""
    small = TagEnvironment("x", "X", ("py3-none-linux_x86_64", "py3-none-any", "py2-none-any"))
    answer = why("a-1-py2.py3-none-any.whl", small)
    assert (2, 3, "py3-none-any", "x") == (
        answer.rank, answer.known, answer.tag, answer.environment,
    )  # fmt: skip
    assert [("python", "py2"), ("python", "py3"), ("abi", "none"), ("platform", "any")] == [
        (each.part, each.text) for each in answer.values
    ]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("any", "any system"),
        ("none", "no ABI of Python"),
        ("abi3t", "the stable ABI of free-threaded builds, which later versions have too"),
        ("musllinux_1_2_aarch64", "Linux with musl 1.2 or later on aarch64"),
        ("manylinux2014_x86_64", "Linux with glibc 2.17 or later on x86_64"),
        ("linux_armv7l", "Linux of the build machine's kind on armv7l"),
        ("macosx_11_0_universal2", "macOS 11.0 or later on universal2"),
        ("py2", "any Python 2"),
        ("py312", "Python 3.12 or later"),
        ("cp3", "any CPython"),
        ("cp314", "CPython 3.14"),
        ("pp311", "PyPy 3.11"),
        ("pypy311_pp73", "PyPy 3.11"),
        ("cp313t", "free-threaded CPython 3.13"),
        ("odd", ""),
        ("manylinux_x_y_z", ""),
    ],
)
def test_meanings(value: str, words: str) -> None:
    """Each known value has words, and an unknown one has none."""
    assert words == meaning(value)


def test_a_name_at_the_bound() -> None:
    """A name of as many characters is read, and one more is not."""
    fits = "a" * (MOST_FILE_NAME - len("-1-py3-none-any.whl")) + "-1-py3-none-any.whl"
    assert read_file_name(fits)[0]
    assert (None, "it has more than 1,024 characters") == read_file_name("a" + fits)
    assert ["wheel-name"] == [each.code for each in why("a" + fits, HERE).findings]


@pytest.mark.parametrize(
    ("file_name", "wrong"),
    [
        ("a-1-py3-none-any.zip", "it does not end with .whl"),
        ("a-1-py3-none-any.WHL", "it does not end with .whl"),
        ("a-1-py3-none.whl", "it has 4 parts between hyphens, not 5 or 6"),
        ("a-1-1-2-py3-none-any.whl", "it has 7 parts between hyphens, not 5 or 6"),
        ("a__b-1-py3-none-any.whl", "its first part is no name of a project"),
        ("-1-py3-none-any.whl", "its first part is no name of a project"),
        ("a-one-py3-none-any.whl", "its second part is no version"),
        ("a-1-b-py3-none-any.whl", "its third part is a build number, which begins with a digit"),
        ("a-1-py3..py2-none-any.whl", "a part of its tags is empty"),
        ("a-1-py3-none-.whl", "a part of its tags is empty"),
        ("a-1-3py-none-any.whl", "its Python tag is no name of an interpreter"),
    ],
)
def test_what_is_wrong_with_a_name(file_name: str, wrong: str) -> None:
    """Each part has its own words, and packaging refuses the name too."""
    assert (None, wrong) == read_file_name(file_name)
    with pytest.raises(InvalidWheelFilename):
        parse_wheel_filename(file_name)


def test_the_parts_of_a_name() -> None:
    """They are as written, and tags in lower case."""
    parts = read_file_name("A_b-1.0+x-2b-PY2.py3-none-Any.whl")[0]
    assert FileName("A_b", "1.0+x", "2b", ("py2", "py3"), ("none",), ("any",)) == parts


def test_which_environments_there_are() -> None:
    """Each interpreter on each system, by a name that says both."""
    interpreters = {
        "cp311": "CPython 3.11",
        "cp312": "CPython 3.12",
        "cp313": "CPython 3.13",
        "cp313t": "CPython 3.13, free-threaded",
        "cp314": "CPython 3.14",
        "cp314t": "CPython 3.14, free-threaded",
        "pp311": "PyPy 3.11",
    }
    systems = {
        **{
            f"glibc2.{minor}-{machine}": f"Linux on {machine}, glibc 2.{minor} of {year}"
            for machine in ("x86_64", "aarch64")
            for minor, year in ((17, 2014), (28, 2018), (36, 2022), (41, 2025))
        },
        "musl1.2-x86_64": "Linux on x86_64, musl 1.2",
        "musl1.2-aarch64": "Linux on aarch64, musl 1.2",
        "macos11-x86_64": "macOS 11 on x86_64",
        "macos11-arm64": "macOS 11 on arm64",
        "macos15-arm64": "macOS 15 on arm64",
        "windows-amd64": "Windows on x86_64",
        "windows-arm64": "Windows on ARM64",
        "win32": "Windows on x86, 32 bits",
    }
    expected = {
        f"{name}-{system}": f"{label}, {where}"
        for name, label in interpreters.items()
        for system, where in systems.items()
    }
    assert expected == {name: tag_environment(name).label for name in ENVIRONMENT_NAMES}


@pytest.mark.parametrize(
    ("name", "newest", "beyond"),
    [
        ("cp311-glibc2.17-x86_64", "manylinux_2_17_x86_64", "manylinux_2_18_x86_64"),
        ("cp312-glibc2.36-aarch64", "manylinux_2_36_aarch64", "manylinux_2_37_aarch64"),
        ("cp312-glibc2.41-aarch64", "manylinux_2_41_aarch64", "manylinux_2_42_aarch64"),
        ("cp313-musl1.2-x86_64", "musllinux_1_2_x86_64", "musllinux_1_3_x86_64"),
        ("cp314-macos11-x86_64", "macosx_11_0_x86_64", "macosx_12_0_x86_64"),
        ("cp314-macos11-arm64", "macosx_11_0_arm64", "macosx_12_0_arm64"),
        ("cp314-macos15-arm64", "macosx_15_0_arm64", "macosx_16_0_arm64"),
        ("cp311-windows-arm64", "win_arm64", "win_amd64"),
    ],
)
def test_the_newest_system_of_an_environment(name: str, newest: str, beyond: str) -> None:
    """Files for it are taken, and those for a newer one are not."""
    tags = set(tag_environment(name).tags)
    own = f"{name.partition('-')[0]}-{name.partition('-')[0]}"
    assert (True, False) == (f"{own}-{newest}" in tags, f"{own}-{beyond}" in tags)
