"""Requirement files as pip reads them: the same lines, subjects and options."""

from __future__ import annotations

import contextlib
import io
from typing import Any, TypeAlias

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from trigpoint.findings import Severity
from trigpoint.requirements import Blank, Comment, read_requirements_file

req_file = pytest.importorskip("pip._internal.req.req_file")

PIECES = st.sampled_from(
    [
        "pkg",
        "pkg>=1",
        "a[x]",
        " ",
        "  ",
        "\t",
        "\n",
        "\n",
        "\r\n",
        "\r",
        "\\\n",
        "\\",
        " \\\n ",
        "# c",
        " # c",
        "#",
        "; os_name == 'nt'",
        " --hash=sha256:00",
        "--hash sha256:00",
        " --hash=md5:0",
        " --hash=x",
        "-r a.txt",
        "-ra.txt",
        "--requirement=a.txt",
        "--req b.txt",
        "-c c.txt",
        "-e .",
        "-e 'a b'",
        ' --config-settings "k=v w"',
        " -C k=v",
        " -C k",
        "--pre",
        "--no-index",
        "--no-index=1",
        "--no-i",
        "--no",
        "-i https://x",
        "--find-links ./d",
        "--nonsense",
        "-z",
        "-",
        " -- ",
        "'",
        '"',
        '"a\\"b"',
        "${NOT_SET_ANYWHERE}",
        "./x.whl",
        "https://x/y.whl",
        "\x0b",
        "\x85",
        "é",
    ]
)
TEXTS = st.lists(PIECES, max_size=10).map("".join)
VALUES = {
    "--requirement": "requirements",
    "--constraint": "constraints",
    "--editable": "editables",
    "--find-links": "find_links",
    "--extra-index-url": "extra_index_urls",
    "--trusted-host": "trusted_hosts",
}


Row: TypeAlias = tuple[int, str | None, dict[str, Any] | None]
"""A line: its number, its subject and its options; None twice if it is refused."""


def pips(text: str) -> list[Row]:
    """Return what pip makes of *text*: number, subject and options of each line, or an error."""
    parse = req_file.get_line_parser(None)
    found: list[Row] = []
    for number, line in req_file.preprocess(text):
        try:
            with contextlib.redirect_stderr(io.StringIO()):
                subject, options = parse(line)
        except req_file.OptionParsingError:
            found.append((number, None, None))
            continue
        values = {name: getattr(options, dest) or [] for name, dest in VALUES.items()}
        values["--no-index"] = bool(options.no_index)
        values["--pre"] = bool(options.pre)
        values["hashes"] = sum(map(len, (options.hashes or {}).values()))
        found.append((number, subject.rstrip(), values))
    return found


def ours(text: str) -> list[Row]:
    """Return the same of this project's reader."""
    found: list[Row] = []
    physical = 0
    for line in read_requirements_file(text).lines:
        number = physical + 1
        physical += len(line.text.splitlines())
        if isinstance(line, (Blank, Comment)):
            continue
        if any(
            each.code in ("requirement-option", "requirement-hash")
            and each.severity is Severity.ERROR
            for each in line.findings
        ):
            found.append((number, None, None))
            continue
        values: dict[str, Any] = {
            name: [each.value for each in line.options if each.name == name] for name in VALUES
        }
        names = [each.name for each in line.options]
        values |= {name: name in names for name in ("--no-index", "--pre")}
        values["hashes"] = names.count("--hash")
        found.append((number, line.subject, values))
    return found


@settings(deadline=None)
@given(TEXTS)
@example("a \\\n# c\n>=1")
@example("a # c \\\n>=1\n")
@example("\\\n\\\n")
@example("a\\\n")
@example(" -r a.txt")
@example("\t-r a.txt")
@example("pkg\t--pre")
@example('--find-links "a b" ')
def test_lines_are_those_of_pip(text: str) -> None:
    """Each line has the number, the subject and the options that pip gives it."""
    assert pips(text) == ours(text)
