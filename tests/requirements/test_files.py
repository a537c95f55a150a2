"""Requirement files: what every line is, where its parts are, and that nothing is lost."""

from __future__ import annotations

import codecs
import shlex

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from trigpoint.findings import Finding, Fix, Span, apply_fix
from trigpoint.requirements import (
    Blank,
    Comment,
    Editable,
    Include,
    Line,
    OptionLine,
    PathLine,
    RequirementLine,
    Unknown,
    UrlLine,
    read_requirements_file,
)
from trigpoint.requirements.options import OPTIONS, read_options, words

untimed = settings(deadline=None)
HASH = "sha256:" + "0" * 64


def fix_of(finding: Finding) -> Fix:
    """Return the fix of a finding, which must have one."""
    assert finding.fix is not None
    return finding.fix


def place(span: Span | None) -> tuple[int, int]:
    """Return where a span, which must be one, starts and ends."""
    assert span is not None
    return span.start, span.end


def only(text: str) -> Line:
    """Return the one line of *text*."""
    (line,) = read_requirements_file(text).lines
    return line


def told(text: str) -> list[tuple[str, str | None]]:
    """Return the code and the stretch of each finding."""
    file = read_requirements_file(text)
    return [
        (each.code, file.text[each.span.start : each.span.end] if each.span else None)
        for each in file.findings
    ]


FILE = f"""\
# a comment
--index-url https://example.org/simple
-r base.txt

-c constraints.txt  # pinned
-e ./here[dev]
numpy==1.26.4 ; python_version < "3.12" \\
    --hash={HASH} \\
    --hash={HASH}
    # via
    #   -r requirements.in
    #   pandas
click==8.1.7  # via flask, black
./local.whl ; os_name == "nt"
https://example.org/foo.whl#sha256=1 ; os_name == "nt"
pkg==${{VERSION}}
"""


def test_every_line_has_a_type() -> None:
    """Each line of a file is what it looks like, and the lines are the file."""
    file = read_requirements_file(FILE)
    assert FILE == "".join(line.text for line in file.lines)
    assert [
        (Comment, 1),
        (OptionLine, 2),
        (Include, 3),
        (Blank, 4),
        (Include, 5),
        (Editable, 6),
        (RequirementLine, 7),
        (Comment, 10),
        (Comment, 11),
        (Comment, 12),
        (RequirementLine, 13),
        (PathLine, 14),
        (UrlLine, 15),
        (Unknown, 16),
    ] == [(type(line), line.number) for line in file.lines]
    assert ["requirement-variable"] == [each.code for each in file.findings]
    assert [("base.txt", False), ("constraints.txt", True)] == [
        (line.target, line.constraint) for line in file.includes
    ]
    editable, path, url = file.lines[5], file.lines[11], file.lines[12]
    assert isinstance(editable, Editable)
    assert "./here[dev]" == editable.target
    assert isinstance(path, PathLine)
    assert ("./local.whl", 'os_name == "nt"') == (path.target, str(path.marker))
    assert isinstance(url, UrlLine)
    assert ("https://example.org/foo.whl#sha256=1", 'os_name == "nt"') == (
        url.target,
        str(url.marker),
    )
    assert "# pinned" == file.lines[4].comment
    assert ("VERSION",) == file.lines[13].variables


def test_a_requirement_with_hashes() -> None:
    """The requirement, its options and who asked for it are apart; places are in the file."""
    file = read_requirements_file(FILE)
    numpy, click = file.requirements
    assert (HASH, HASH) == numpy.hashes
    assert 'numpy==1.26.4 ; python_version < "3.12"' == numpy.subject
    assert numpy.requirement.valid
    assert ("-r requirements.in", "pandas") == numpy.via
    assert ("flask", "black") == click.via
    assert [f"--hash={HASH}"] * 2 == [FILE[each.start : each.end] for each in numpy.options]
    assert FILE[numpy.start : numpy.end] == numpy.text


@pytest.mark.parametrize(
    ("text", "via"),
    [
        ("a\n# via b\n", ("b",)),
        ("a\n    # via b\n    #   c\n", ("b", "c")),
        ("a\n    # via\n    #   b\n# other\n", ("b",)),
        ("a\n    # via\n    #   b\nc\n", ("b",)),
        ("a\n    # via", ()),
        ("a # why\n    # via b\n", ()),
        ("a\n\n    # via b\n", ()),
        ("a\n# viab\n", ()),
        ("a  # via b, c", ("b", "c")),
        ("a", ()),
    ],
)
def test_who_asked_for_it(text: str, via: tuple[str, ...]) -> None:
    """pip-compile says so behind a requirement, or in the comments right below."""
    assert via == read_requirements_file(text).requirements[0].via


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", None),
        (" \t", Blank),
        (" # x", Comment),
        ("pkg", RequirementLine),
        ("pkg @ https://x/y.whl", RequirementLine),
        ("pkg@./x", RequirementLine),
        ("pkg>=1,<2;os_name=='nt/a'", RequirementLine),
        (".", PathLine),
        (".[dev]", PathLine),
        ("a/b", PathLine),
        ("a\\b", PathLine),
        ("a/b@c", PathLine),
        (".b@c", PathLine),
        ("a\\b@c", PathLine),
        ("x.whl", PathLine),
        ("x.tar.gz[a]", PathLine),
        ("x.TGZ", PathLine),
        ("x.whlx", RequirementLine),
        ("https://x", UrlLine),
        ("HTTPS://x", UrlLine),
        ("git+ssh://x", UrlLine),
        ("file:x", UrlLine),
        ("ssh://x", PathLine),
        ("-e x", Editable),
        ("--editable=x", Editable),
        ("-r x", Include),
        ("-rx", Include),
        ("-c x", Include),
        ("--pre", OptionLine),
        ("-i https://x --pre", OptionLine),
        ("--hash=" + HASH, OptionLine),
        ("--", Unknown),
        ("-- x", Unknown),
        ("a==${B}", Unknown),
        ("${B}", Unknown),
        ("${b}", RequirementLine),
        ("a @ https://${B}/x", RequirementLine),
    ],
)
def test_kinds_of_lines(text: str, kind: type[Line] | None) -> None:
    """A line is told by its form alone."""
    lines = read_requirements_file(text).lines
    assert [kind] * (kind is not None) == [type(line) for line in lines]


TROUBLES = [
    ("pkg @ file:///croot/pkg_1/work", [("requirement-local", "file:///croot/pkg_1/work")]),
    ("--nonsense", [("requirement-option", "--nonsense")]),
    ("pkg --nonsense=1 -z", [("requirement-option", "--nonsense=1"), ("requirement-option", "-z")]),
    ("--no", [("requirement-option", "--no")]),
    ("--no-index=1", [("requirement-option", "--no-index=1")]),
    ("-r", [("requirement-option", "-r")]),
    ("--requirement", [("requirement-option", "--requirement")]),
    ("--requirement=", []),
    ("pkg --global-option=x", [("requirement-option", "--global-option=x")]),
    ("pkg -C x", [("requirement-option", "-C x")]),
    ("pkg -C x=y", []),
    ("--pre 'x", [("requirement-option", "'x")]),
    ('--pre "x', [("requirement-option", '"x')]),
    ("pkg --hash=x", [("requirement-hash", "--hash=x")]),
    ("pkg --hash md5:0", [("requirement-hash", "--hash md5:0")]),
    ("pkg --hash=sha256:0", [("requirement-hash-digest", "--hash=sha256:0")]),
    ("pkg --hash=sha256:" + "A" * 64, [("requirement-hash-digest", "--hash=sha256:" + "A" * 64)]),
    ("pkg --hash=sha384:" + "0" * 96, []),
    ("pkg --hash=sha512:" + "0" * 128, []),
    ("pkg --pre", [("requirement-option-ignored", "--pre")]),
    ("-e x --pre -C a=b", [("requirement-option-ignored", "--pre")]),
    ("-r x -r y", [("requirement-option-ignored", "-r y")]),
    ("--pre -C a=b", [("requirement-option-ignored", "-C a=b")]),
    ("./x --pre", [("requirement-option-ignored", "--pre")]),
    ("a # b \\\nc", [("requirement-continuation", "# b \\\nc")]),
    ("a # b\\\n# c", [("requirement-continuation", "# b\\\n# c")]),
    ("a \\\n# c", []),
    ("--pre \\ \n", [("requirement-option", "\\"), ("requirement-continuation", "\\ ")]),
    ("pkg>>1", [("requirement-syntax", ">>1")]),
    ("pkg \\\n >>1 \\\n,<2", [("requirement-syntax", ">>1")]),
    ("pkg > \\\n= 1", [("requirement-syntax", "> \\\n= 1")]),
    ("./x; os_nam == 'nt'", [("marker-unknown-variable", "os_nam")]),
    ("https://x; os_nam == 'nt'", [("marker-unknown-variable", "os_nam")]),
    ("https://x;os_nam == 'nt'", []),
    ("./x;", []),
    ("a==${B}", [("requirement-variable", "a==${B}")]),
]


@pytest.mark.parametrize(("text", "found"), TROUBLES)
def test_what_is_wrong_with_a_line(text: str, found: list[tuple[str, str | None]]) -> None:
    """Each fault has a finding at its place in the file, also behind a line break."""
    assert found == [each for each in told(text) if each[0] != "requirement-syntax" or ">" in text]


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("pkg --pre", "give it a line of its own"),
        ("-r x -r y", "give it a line of its own"),
        ("--pre -C a=b", "put it behind the requirement that it is for"),
        (f"--pre --hash=sha256:{'a' * 64}", "put it behind the requirement that it is for"),
        (f"--hash=sha256:{'a' * 64}", "put it behind the requirement that it is for"),
        (f"-r x --hash=sha256:{'a' * 64}", "put it behind the requirement that it is for"),
    ],
)
def test_options_in_the_wrong_place(text: str, fix: str) -> None:
    """Whatever is for one requirement has no line of its own, and everything else has one."""
    [finding] = read_requirements_file(text).findings
    assert ("requirement-option-ignored", fix) == (
        finding.code,
        finding.fix and finding.fix.message,
    )


def test_fixes_are_for_the_file() -> None:
    """A fix within one stretch can be carried out; over a line break it is words."""
    text = "# x\npkg \\\n =>1, \\\n<2\n"
    (finding,) = read_requirements_file(text).findings
    mended = apply_fix(text, fix_of(finding))
    assert "# x\npkg \\\n >=1, \\\n<2\n" == mended
    assert () == read_requirements_file(mended).findings
    (finding,) = read_requirements_file("pkg = \\\n> 1\n").findings
    assert ("write >=1", None) == (fix_of(finding).message, fix_of(finding).replacement)


def test_an_insertion_at_a_line_break_goes_before_it() -> None:
    """What is added at the end of a stretch stays in its line."""
    text = "pkg[a \\\n>=1\n"
    (finding,) = read_requirements_file(text).findings
    assert "pkg[a] \\\n>=1\n" == apply_fix(text, fix_of(finding))
    text = "pkg[a\\\n>=1\n"
    (finding,) = read_requirements_file(text).findings
    assert "pkg[a]\\\n>=1\n" == apply_fix(text, fix_of(finding))


def test_backslashes_at_both_ends() -> None:
    """Pip takes those away that a continued line begins with; a comment ends such a line."""
    assert [("requirement-syntax", ">>1")] == told("\\\\a>>1\\\n")
    line = only("a\\\n# c")
    assert ("a", "# c") == (line.subject, line.comment)


def test_a_hash_without_its_algorithm() -> None:
    """The message says what a hash is made of."""
    (finding,) = read_requirements_file("pkg --hash=sha256").findings
    assert "a hash is a name and a value" == finding.message


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str) -> None:
    """Lines may end in each of the three ways, the last in none."""
    text = f"a{end}{end}b \\{end}>=1{end}c"
    file = read_requirements_file(text)
    assert [1, 2, 3, 5] == [line.number for line in file.lines]
    assert ["a", "", "b >=1", "c"] == [line.subject for line in file.lines]
    assert text == "".join(line.text for line in file.lines)


def test_a_byte_order_mark() -> None:
    """It is no part of the first line's meaning, in text and in bytes."""
    file = read_requirements_file("\ufeff>>\npkg")
    assert "\ufeff>>\npkg" == "".join(line.text for line in file.lines)
    assert [">>"] == [file.text[slice(*place(each.span))] for each in file.findings]
    assert isinstance(only("\ufeff# x"), Comment)
    for encoding, mark in (
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-32-le", codecs.BOM_UTF32_LE),
        ("utf-32-be", codecs.BOM_UTF32_BE),
    ):
        assert "é" == read_requirements_file(mark + "é".encode(encoding)).text


@pytest.mark.parametrize(
    ("source", "text", "codes"),
    [
        (b"# coding: latin-1\n# \xe9", "# coding: latin-1\n# é", []),
        (b"a\n# -*- coding: latin-1 -*-\n# \xe9", "a\n# -*- coding: latin-1 -*-\n# é", []),
        (
            b"a\nb\n# coding: latin-1\n# \xe9",
            "a\nb\n# coding: latin-1\n# \N{REPLACEMENT CHARACTER}",
            ["requirement-encoding"],
        ),
        (b" # coding: latin-1\n", " # coding: latin-1\n", []),
        (b"# coding: nonsense\n", "# coding: nonsense\n", ["requirement-encoding"]),
        (b"# coding: base64\n", "# coding: base64\n", ["requirement-encoding"]),
        (b"# coding: ascii\n# coding: latin-1 \xe9\n", None, ["requirement-encoding"]),
        (b"# \xc3\xa9", "# é", []),
        (b"", "", []),
    ],
)
def test_encodings(source: str | bytes, text: str | None, codes: list[str]) -> None:
    """A comment in the first two lines names the encoding; else it is UTF-8."""
    file = read_requirements_file(source)
    assert text is None or text == file.text
    assert codes == [each.code for each in file.findings]


WORDS = st.lists(
    st.sampled_from(["a", "-", "=", " ", "\t", "\\", "'", '"', "\\\\", "é", "\xa0", "\n"]),
    max_size=12,
).map("".join)


@untimed
@given(WORDS)
@example('"a\\"b" c')
@example("'a\\'")
@example("\\")
def test_words_are_those_of_a_shell(text: str) -> None:
    """Words are what shlex makes of the text; each stands where it says."""
    found, stop = words(text, 0, len(text))
    try:
        peer = shlex.split(text)
    except ValueError:
        assert stop < len(text)
        return
    assert (len(text), peer) == (stop, [word.value for word in found])
    for word in found:
        assert [word.value] == shlex.split(text[word.start : word.end])


def test_words_without_their_quotes() -> None:
    """An escape counts outside of quotes and in double ones, and nothing does in single ones."""
    text = r"""a\ b "c\"d" 'e\' """
    assert ["a b", 'c"d', "e\\"] == [word.value for word in words(text, 0, len(text))[0]]


def test_options_cut_short() -> None:
    """A long name may be cut where only one option begins so."""
    text = "--requirem a --prefer --pre --i b"
    options, troubles = read_options(text, 0, len(text))
    assert ["--requirement", "--prefer-binary", "--pre", "--index-url"] == [
        each.name for each in options
    ]
    assert ["--requirem", "--prefer", "--pre", "--i"] == [each.written for each in options]
    assert [] == troubles
    assert (
        "--req may be --requirement or --require-hashes"
        == read_options("--req", 0, 5)[1][0].message
    )


def test_options_that_older_versions_read_are_not_cut_short() -> None:
    """Only what pip reads today may be shortened."""
    options, (trouble,) = read_options("--global x", 0, 10)
    assert ([], "pip knows no option --global") == (options, trouble.message)


@pytest.mark.parametrize("name", OPTIONS)
def test_every_option(name: str) -> None:
    """Each option is read, with its value if it takes one."""
    rule = OPTIONS[name]
    text = f"{name}=a=b" if rule.value else name
    (option,), _ = read_options(text, 0, len(text))
    assert (name, "a=b" if rule.value else None, 0, len(text)) == (
        option.name,
        option.value,
        option.start,
        option.end,
    )
    if rule.short:
        for text in (f"{rule.short}a=b", f"{rule.short} a=b"):
            (option,), _ = read_options(text, 0, len(text))
            assert (name, rule.short, "a=b") == (option.name, option.written, option.value)


PIECES = st.sampled_from(
    [
        "pkg",
        ">=1",
        " ",
        "\n",
        "\r\n",
        "\\\n",
        "\\",
        "#",
        " # c",
        "; os_name == 'nt'",
        " --hash=x",
        "-r a",
        "-e .",
        "--pre",
        "'",
        '"',
        "${A}",
        "./x",
        "https://x",
        "\x0b",
        "\x85",
        "\ufeff",
        "[a",
        "\u2028",
        "é",
        "=>1",
        " -C a",
        "# via x\n",
        "\x1c",
    ]
)


@untimed
@given(st.lists(PIECES, max_size=12).map("".join))
@example("\\")
@example("\\\n")
@example("\\\n\\\n# x")
@example("=>1\\\n")
def test_nothing_is_lost(text: str) -> None:
    """Any text: the lines are the text, and every place lies in it."""
    file = read_requirements_file(text)
    assert text == "".join(line.text for line in file.lines)
    offset = 0
    for line in file.lines:
        assert offset == line.start
        offset = line.end
        for option in line.options:
            assert line.start <= option.start < option.end <= line.end
        for finding in line.findings:
            start, end = place(finding.span)
            assert line.start <= start <= end <= line.end
            fix = finding.fix
            if fix is not None and fix.replacement is not None:
                start, end = place(fix.span)
                assert line.start <= start <= end <= line.end


@untimed
@given(st.binary(max_size=60))
def test_any_bytes(data: bytes) -> None:
    """Any bytes are a file."""
    file = read_requirements_file(data)
    assert file.text == "".join(line.text for line in file.lines)
