"""What is passed over without a look at each field has nothing to be said about it."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.metadata.real_files import real_files

from trigpoint.metadata import Document, read
from trigpoint.metadata.checks.contradictions import _impossible, _reached
from trigpoint.metadata.text.header import Header, _LineHeader
from trigpoint.requirements import read_requirement
from trigpoint.requirements.apart import allowed, none_fits
from trigpoint.requirements.quick import common, commons, plain_extra, plain_marker
from trigpoint.requirements.together import never_asked

HEAD = "Metadata-Version: 2.4\nName: x\nVersion: 1\n"


class Careful(Document):
    """A document whose fields are all looked at one by one."""

    __slots__ = ()

    def values_by_name(self) -> Mapping[str, Sequence[str]] | None:
        """Say that the headers are none that can be passed over."""
        return None

    def values_of_known(self) -> Mapping[str, Sequence[str]] | None:
        """Say that of none the value is enough."""
        return None


def places(header: Header) -> tuple[object, ...]:
    """Return everything that a header says of itself."""
    return (
        *(header.number, header.name, header.key, header.field, header.value, header.folded),
        *(header.start, header.end, header.value_start, header.value_end, header.written),
        *(header.line, header.span, header.name_span, header.value_span),
    )


def same(text: str | bytes) -> None:
    """Hold the quick way to the careful one."""
    for kind, reader in ((None, "2.6"), ("sdist", "2.1")):
        careful = Careful(text).findings(reader, kind=kind)
        assert careful == read(text).findings(reader, kind=kind)


def test_real_files() -> None:
    """The findings on every real file are the same, and so they are in CR LF."""
    for file in real_files():
        same(file.data)
        same(file.data.replace(b"\n", b"\r\n", 30))


LINES = [
    *(
        f"Metadata-Version: {version}"
        for version in ("1.0", "2.1", "2.2", "2.4", "2.6", "2.9", "x")
    ),
    *("Name: spam", "Name: -", "Version: 1", "Version: one", "Version: " + "9" * 700),
    *("Summary: words: more", "Summary: a\x0bb", "Platform: any", "License: MIT", "License:"),
    *(
        "Keywords: a",
        "Keywords: a b",
        "Keywords: a,b",
        "Keywords: a, ,b",
        "Keywords: ,a",
        "Keywords: a,",
    ),
    *("Keywords:", "Keywords: a,\n  b", "Summary: a\n  b", "Author: A\n        B", "Name:spam"),
    *("License: a\n        b", "License:\n        a\n        \n        b", "Extra: a"),
    *("Requires-Dist:", "Requires-Dist: a\n  >=1", "Provides-Extra:", "Provides-Extra:\n  a"),
    *("Classifier: Programming Language\n  :: Python", "Author-email: a@x.org,\n  b@x.org"),
    *("Keywords: a\xa0b", "Keywords: a,\xa0,b", "Keywords: a\tb"),
    *(
        "Home-page: https://x.org",
        "Home-page: x.org",
        "Download-URL: https://",
        "Home-page: UNKNOWN",
    ),
    *("Author: Jos\u00e9", "Author: Jos\u00c3\u00a9", "Maintainer: Jos\u00e9", "Author: UNKNOWN"),
    *(
        "Author-email: a@x.org",
        "Author-email: A. B <a@x.org>, b@x.org",
        "Author-email: a",
        "Author-email: A <a@x.org",
    ),
    *(
        'Author-email: "B, A" <a@x.org>',
        'Author-email: "A" <a@x.org>, <b@x.org>',
        "Author-email: a@x.org b@x.org",
    ),
    *(
        "Author-email: a@x.org Summary: b",
        "Maintainer-email: a@x.org",
        "Maintainer-email: (A) <a@x.org>",
    ),
    *("License-Expression: MIT", "License-Expression: mit", "License-Expression: 0BSD"),
    *("License-Expression: MIT OR Apache-2.0", "License-Expression: MIT AND ISC OR mit"),
    *("License-Expression: MIT OR", "License-Expression: MIT AND (ISC)"),
    *("License-File: LICENSE", "License-File: a/../b", "License-File: /a", "License-File: a b"),
    *(
        "Dynamic: license",
        "Dynamic: Version",
        "Dynamic: dynamic",
        "Dynamic: default-extra",
        "Dynamic: wheels",
    ),
    *("Description-Content-Type: text/markdown", "Description-Content-Type: text/html"),
    *(
        "Requires-Python: >=3.9",
        "Requires-Python: >=3.9,<4",
        "Requires-Python: 3",
        "Requires-Python: >=3.9.*",
        "Requires-Python: ==3.9",
        "Requires-Python: >=3.9, <= 3.12",
        "Requires-Python: >=3.9,<3.9",
        "Requires-Python: >3.8",
        "Requires-Python:",
        "Requires-Dist: Python>=3.8",
        "Requires-Dist: a; # b",
    ),
    *("Requires-Python: >=3.12", "Requires-Python: >=3.9; x", "Requires-Python: >= 3.10"),
    *(
        "Provides-Extra: a",
        "Provides-Extra: b-c",
        "Provides-Extra: B_C",
        "Provides-Extra: -",
        "Default-Extra: a",
    ),
    *("Classifier: Programming Language :: Python", "Classifier: Programming Language :: Pythn"),
    *(
        "Classifier: License :: OSI Approved :: MIT License",
        "Classifier: x",
        "Classifier: Private :: x",
    ),
    *("Classifier: Topic :: Internet Summary: x", "Classifier: Framework :: Django;x"),
    *(
        "Project-URL: Docs, https://x.org",
        "Project-URL: docs, https://y.org",
        "Project-URL: Docs,https://x.org",
    ),
    *(
        "Project-URL: Home Page, https://x.org/a b",
        'Project-URL: A, https://x.org/"',
        "Project-URL: A, https://x.org/>",
        "Project-URL: A, https://x.org/\tb",
    ),
    *(
        f"Project-URL: {'L' * 33}, https://x.org",
        "Project-URL: /, https://x.org",
        "Project-URL: A: B, https://x.org",
    ),
    *(
        "Project-URL: A, https://",
        "Project-URL: B, https://x\u00e9.org",
        "Project-URL: A, B, https://x.org",
    ),
    *("Import-Name: x", "Import-Name: x.y", "Import-Namespace: x", "Import-Name: 1"),
    *(
        "Import-Name: z; private",
        "Import-Name: class.a",
        "Import-Name: \u00e9",
        "Import-Name: a..b",
    ),
    *(
        "Requires-Dist: a",
        "Requires-Dist: a>=1",
        "Requires-Dist: a<1",
        "Requires-Dist: b >=1, <2 ; extra == 'a'",
    ),
    *(
        "Requires-Dist: b; extra == 'z'",
        "Requires-Dist: A[c]; python_version < '3.10'",
        "Requires-Dist: a<2,>=2",
    ),
    *(
        "Requires-Dist: c; python_version < '3.8' and extra == 'a'",
        "Requires-Dist: c (>=1)",
        "Requires-Dist: d =",
    ),
    *(
        "Requires-Dist: a_b>=2",
        "Requires-Dist: a.b<2",
        "Requires-Dist: c<0.5,>0.4.1",
        "Requires-Dist: c; os_name == 'nt' and python_version >= '3.9'",
    ),
    *(
        "Requires-Dist: c; os_name == 'nt' and sys_platform == 'linux'",
        "Requires-Dist: a; extra == 'b-c'",
        "Requires-Dist: a Summary: b",
    ),
    *(
        "author-email: a@x.org",
        "AUTHOR-EMAIL: b@x.org",
        "summary: a",
        "X-Custom: 1",
        "Obsoletes: x",
        "Content-Type: a",
    ),
    *(
        "Description: a",
        "  folded",
        " ",
        "junk",
        ": nameless",
        "From me",
        "Name : x",
        "Name:x",
        "Name:  x",
        "Name: x ",
        "",
    ),
    *(
        "Supported-Platform: b",
        "Summary: =?utf-8?q?a?=",
        "Summary: a\x07",
        "Requires-External: c; x",
        "Provides-Dist: x (1)",
    ),
]


@given(
    st.lists(st.sampled_from(LINES), max_size=12),
    st.booleans(),
    st.sampled_from(["", "\n", "\n\nwords\n"]),
)
@example(["Dynamic: license", "Name: b", "Dynamic: license", "Dynamic: Version"], True, "\n")
@example(["Provides-Extra: A", "Provides-Extra: a", "Requires-Dist: b; extra == 'a'"], True, "\n")
@example(["Provides-Extra: A", "Requires-Dist: b; extra == 'a'", "Requires-Dist: d ="], True, "\n")
@example(["Requires-Dist: a Summary: b", "Requires-Dist: b", "Requires-Dist: d ="], True, "\n")
@example(["Requires-Dist: c (>=1)", "Requires-Dist: d ="], True, "\n")
@example(["Requires-Dist: a<1", "Requires-Dist: a (>=1)"], True, "\n")
@example(["Project-URL: Docs, https://x.org", "Project-URL: docs, https://y.org"], True, "\n")
@example(["Project-URL: Home Page, https://x", "Project-URL: Home-page, https://y"], True, "\n")
@settings(max_examples=400, deadline=None)
def test_any_lines(lines: list[str], headed: bool, body: str) -> None:
    """Any lines together get the same findings, whichever of them are passed over."""
    same((HEAD if headed else "") + "\n".join(lines) + body)


@pytest.mark.parametrize("line", LINES)
def test_each_line(line: str) -> None:
    """Each line by itself does, and so it does twice, and in each version."""
    for version in ("1.0", "1.1", "1.2", "2.0", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "3.0"):
        head = HEAD.replace("2.4", version)
        same(f"{head}{line}\n")
        same(f"{head}{line}\n{line}\n")


SOUND = [
    *("Summary: words", "Keywords: a", "Keywords: a, b", "Author-email: A. B <a@x.org>, b@x.org"),
    *('Author-email: "A. B" <a@x.org>', "License-Expression: MIT", "License-File: a/LICENSE"),
    *("Dynamic: license", "Requires-Python: >=3.9,<4", "Provides-Extra: a", "Platform: any"),
    *("Classifier: Framework :: Django", "Project-URL: The Docs, https://x.org/a?b=c"),
    "Import-Name: a.b\nImport-Name: a",
    *("Requires-Dist: a[b]>=1,<2", "Requires-Dist: a; python_version < '3.9' and os_name == 'nt'"),
    *("AUTHOR-EMAIL: a@x.org", "Maintainer: Ada", "Description-Content-Type: text/markdown"),
]


@pytest.mark.parametrize("line", SOUND)
def test_no_header_is_made_of_what_is_sound(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Common fields are told by their values alone."""

    def refuse(*_: object) -> None:
        raise AssertionError("a header was made")

    monkeypatch.setattr(Header, "__init__", refuse)
    monkeypatch.setattr(_LineHeader, "__init__", refuse)
    assert [] == read(f"{HEAD.replace('2.4', '2.5')}{line}\n\nwords\n").findings()


@pytest.mark.parametrize(
    "names",
    [
        "AAAA",
        "ABAB",
        "BAAAB",
        "ABBA",
        "A",
    ],
)
def test_headers_that_are_made_one_by_one(names: str) -> None:
    """Each is the one that a reader of all headers makes, whichever is asked for first."""
    lines = {"A": "Dynamic: same", "B": "Platform: any"}
    for text in (
        "\n".join(lines[name] for name in names) + "\n",
        HEAD + "\n".join(f"{lines[name]}{number}" for number, name in enumerate(names)) + "\n\nx",
        "\n".join(lines[name].upper() for name in names) + "\n",
    ):
        careful = Careful(text)
        for order in itertools.islice(itertools.permutations(range(names.count("A"))), 6):
            document = read(text)
            every = document.every("dynamic")
            made = {place: every[place] for place in order}
            assert [places(made[place]) for place in sorted(made)] == [
                places(header) for header in careful.fields("Dynamic")
            ]
            # Whoever asks for all of them then gets the same ones.
            known = [header for header in document.headers if header.key == "dynamic"]
            assert all(header is made[place] for place, header in enumerate(known))
            assert [places(each) for each in document.headers] == [
                places(each) for each in careful.headers
            ]


def test_the_fields_of_one_name_are_a_sequence() -> None:
    """They can be counted, indexed from both ends and cut, before any is made."""
    every = read(f"{HEAD}Dynamic: a\nDynamic: b\nDynamic: c\n").every("dynamic")
    assert (3, ["a", "b", "c"]) == (len(every), every.values)
    assert ("c", ["b", "c"]) == (every[-1].value, [each.value for each in every[1:]])
    assert every[2] is every[-1]
    with pytest.raises(IndexError):
        every[3]
    assert [] == list(read(HEAD).every("dynamic"))
    assert [] == list(read(HEAD).every("x-none"))


def test_names_in_two_spellings_are_not_told_by_their_values() -> None:
    """One spelling other than the usual one is; two of one name are read with care."""
    assert {"Name": ["a"]} == read("NAME: a\n").values_by_name()
    assert read("NAME: a\nName: b\n").values_by_name() is None
    assert read("X-Name: a\n").values_by_name() is None
    document = read("NAME: a\nName: b\nX-Name: c\n")
    assert (["a", "b"], ["c"]) == (document["name"], document["x-name"])
    assert {"Name"} == document.known()
    assert {"Name", "Dynamic"} == read("NAME: a\nDynamic: b\n").known()


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_places_whatever_ends_the_lines(ending: str) -> None:
    """Lines and columns are the same, also of a place within a line end."""
    document = read(ending.join(["Name: x", "Version: one", "", "a"]))
    start = document.text.index("one")
    span = document.span(start, start + 3 + len(ending))
    assert (2, 10, 3, 1) == (span.line, span.column, span.end_line, span.end_column)


CLAUSES = [
    *("", ">=1", ">=1.2", ">0.4.1", "<2", "<0.5", "<0.10", ">=0.9", "<1.2.3", "==1.*", "~=1.2"),
    ">=1.2.99",
    "<1.3",
]
MARKERS = [
    *("python_version < '3.10'", 'python_version>="3.8"', "os_name == 'nt'", "extra == 'a-b'"),
    *(
        "sys_platform != 'win32' and python_version == '3.9'",
        "(python_version < '3.9' and os_name == 'nt')",
    ),
    *(
        "os_name == 'nt' and sys_platform == 'linux'",
        "python_version < '3' and extra == 'a'",
        "",
        " ",
    ),
    *(
        "(os_name == 'nt') and extra == 'b'",
        "python_version > '3.9' and python_version < '3.9'",
        "extra == 'A'",
    ),
    *("os_name == 'nt' and ", "(os_name == 'nt'", "os_name == 'nt')"),
]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a", "a[b]", "A_b ", "-"]),
            st.sampled_from(CLAUSES),
            st.sampled_from([None, *MARKERS]),
        ),
        max_size=4,
    )
)
@settings(max_examples=300, deadline=None)
def test_requirements_together_are_told_as_one_by_one(
    rows: list[tuple[str, str, str | None]],
) -> None:
    """Doubtful are those that must be looked at; names and extras of the others are right."""
    values = [
        f"{name}{clause}" + ("" if marker is None else f"; {marker}")
        for name, clause, marker in rows
    ]
    projects: list[str] = []
    extras: set[str] = set()
    doubtful = []
    for at, value in enumerate(values):
        requirement, marker = read_requirement(value), value.partition(";")[2]
        plain = not marker or plain_extra(marker) or plain_marker(marker)
        if not common(value.partition(";")[0].rstrip()) or value.endswith(";"):
            doubtful.append(at)
            projects.append("")
            continue
        projects.append(requirement.name)
        if not plain:
            doubtful.append(at)
            continue
        assert () == tuple(requirement.problems)
        extras.update(requirement.marker.extras if requirement.marker else ())
    assert (projects, extras, doubtful) == commons(values)


@pytest.mark.parametrize("requires_python", [">=3.8", ">= 3.9.1", ">=3.10"])
@pytest.mark.parametrize("operator", ["<", "<=", ">", ">="])
@pytest.mark.parametrize("minor", ["7", "8", "9", "10", "11"])
def test_what_is_reached_is_asked_for(requires_python: str, operator: str, minor: str) -> None:
    """Of a marker that some allowed Python surely reaches, nobody says that it is never asked for."""
    least = requires_python.lstrip(">= ").split(".")[1]
    for marker in (
        f"python_version {operator} '3.{minor}'",
        f'os_name == "nt" and python_version{operator}"3.{minor}"',
    ):
        expected = (
            operator[0] == ">" or int(least) < int(minor) or (operator == "<=" and least == minor)
        )
        assert expected is _reached(marker, least)
        assert not (expected and never_asked(marker, requires_python))


def test_what_is_not_seen_at_a_glance_is_left_to_who_reads_it() -> None:
    """Two comparisons, other variables and other majors are."""
    assert _reached("platform_python_implementation == 'CPython'", "9")
    assert not _reached("python_version < '4.0'", "9")
    assert not _reached("python_full_version >= '3.10'", "9")
    assert not _reached("python_version > '3.8' and python_version < '3.10'", "9")
    assert not _reached("python_version < '3.11' and platform_python_implementation == 'x'", "12")


@pytest.mark.parametrize(
    ("low", "high"),
    list(
        itertools.product(
            [
                *("0", "0.9", "1.2", "1.2.99", "1.10", "9", "10", "1"),
                *("0.dev0", "1.2rc1", "1.2.0.dev3", "1.3.post1"),
            ],
            repeat=2,
        )
    ),
)
def test_impossible_ranges(low: str, high: str) -> None:
    """A range with two ends is impossible where no version fits, in either order of its clauses."""
    for least, clauses in itertools.product((">=", ">"), ((0, 1), (1, 0))):
        pair = (f"{least}{low}", f"<{high}")
        specifier = ",".join(pair[place] for place in clauses)
        assert none_fits(allowed(specifier)) is _impossible(f"x {specifier}")
