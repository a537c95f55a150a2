"""Two fields or requirements in one line, and text that was decoded wrongly."""

from __future__ import annotations

import pytest

from trigpoint.findings import Finding, apply_fix
from trigpoint.metadata import read
from trigpoint.metadata.checks.mojibake import MOST_TIMES, unscrambled

HEAD = "Metadata-Version: 2.4\nName: demo\nVersion: 1.0\n"


def only(text: str, code: str) -> Finding:
    """Return the one finding of *code*."""
    (finding,) = (each for each in read(text).findings() if each.code == code)
    return finding


def mended(text: str, code: str) -> str:
    fix = only(text, code).fix
    assert fix is not None
    return apply_fix(text, fix)


@pytest.mark.parametrize(
    ("line", "marked", "fixed"),
    [
        (
            "Requires-Dist: y Dynamic: summary",
            "Dynamic: summary",
            "Requires-Dist: y\nDynamic: summary",
        ),
        (
            "Requires-Dist: yDynamic: summary",
            "Dynamic: summary",
            "Requires-Dist: y\nDynamic: summary",
        ),
        (
            "Classifier: A :: B\tSupported-Platform: x",
            "Supported-Platform: x",
            "Classifier: A :: B\nSupported-Platform: x",
        ),
        ("Provides-Extra: x Name: y", "Name: y", None),
        ("Requires-Dist: y;\n os_name == 'nt' Dynamic: summary", "Dynamic: summary", None),
    ],
)
def test_a_field_within_the_line_of_another(line: str, marked: str, fixed: str | None) -> None:
    """It is named, and begins a line of its own where it is not there already."""
    text = f"{HEAD}{line}\n"
    finding = only(text, "metadata-fused-field")
    assert finding.span is not None
    assert marked == text[finding.span.start : finding.span.end]
    assert f"{marked!r} looks like a field of its own" == finding.message
    assert f"{HEAD}{fixed or line}\n" == mended(text, "metadata-fused-field")
    assert "metadata-requirement" not in [each.code for each in read(text).findings()]


def test_a_field_in_a_line_keeps_the_line_end() -> None:
    """A file with CR LF gets another CR LF."""
    text = f"{HEAD}Requires-Dist: y Dynamic: summary\n".replace("\n", "\r\n")
    assert "y\r\nDynamic: summary\r\n" in mended(text, "metadata-fused-field")


@pytest.mark.parametrize(
    "line",
    [
        "Summary: Name: and Version: of things",
        "Keywords: Classifier: x",
        "Project-URL: Platform:x, https://x.org/",
        "Project-URL: Name: y, https://x.org/".replace("Name: ", "name: "),
        "Requires-Dist: y; python_version > '3'\nSummary: a: b",
        "Home-page: Metadata-Version: 0",
    ],
)
def test_prose_may_name_fields(line: str) -> None:
    """What is free text, or in another spelling, is left alone."""
    assert "metadata-fused-field" not in [each.code for each in read(f"{HEAD}{line}\n").findings()]


@pytest.mark.parametrize(
    ("value", "first", "second"),
    [
        (
            "azure-lake (>=0.045azure-store>=0.5.0); extra == 'all'",
            "azure-lake (>=0.045); extra == 'all'",
            "azure-store>=0.5.0; extra == 'all'",
        ),
        ("pkg>=1.0other[x]>=2,<3", "pkg>=1.0", "other[x]>=2,<3"),
        ("pkg>=1, other~=2.0 ; os_name == 'nt'", "pkg>=1; os_name == 'nt'", None),
        ("pkg>=1.0other", "", ""),
        ("pkg other>=1", "", ""),
        ("pkg>=1.0 rc1>=2", "pkg>=1.0", "rc1>=2"),
        ("pkg>=1.0rc.1x>=2", "", ""),
        ("pkg>=1.0other>=", "", ""),
        ("pkg>=1.0\n other>=2", "", ""),
        ("pkg(>=1.0other>=2,<3)", "pkg(>=1.0)", "other>=2,<3"),
        ("pkg>=1 other>=2; os_name == 'nt' and", "", ""),
    ],
)
def test_two_requirements_in_one(value: str, first: str, second: str | None) -> None:
    """Both halves get the marker; what is not certain is words."""
    if second is None:
        second = "other~=2.0; os_name == 'nt'"
    text = f"{HEAD}Provides-Extra: all\nRequires-Dist: {value}\n"
    fixes = [each.fix for each in read(text).findings() if each.code == "metadata-requirement"]
    done = {apply_fix(text, fix) for fix in fixes if fix and fix.replacement is not None}
    split = f"{HEAD}Provides-Extra: all\nRequires-Dist: {first}\nRequires-Dist: {second}\n"
    assert ({split} if first else set()) == done
    for each in done:
        assert {"metadata-requirement-parentheses"} >= {
            finding.code for finding in read(each).findings()
        }


SCRAMBLED = [
    ("Jos\u00c3\u00a9", "José"),
    ("Jos\u00c3\u0192\u00c2\u00a9", "José"),
    ("it\u00e2\u20ac\u2122s", "it’s"),
    ("\u00d0\u2018\u00d0\u00be\u00d0\u00b1", "Боб"),
    ("\u00c3\u201cx \u00c3\u00a9", "Óx é"),
    ("a \u00e2\u20ac\u201d b", "a — b"),
    ("20\u00c2\u00a0\u00c2\u00b0", "20\u00a0°"),
    ("\u00c3\u00a0 la", "à la"),
    ("\u00c5\u2013x Jos\u00c3\u00a9", "Ŗx José"),
    ("plain", "plain"),
    ("Andr\u00e9 \u2014 M\u00fcller\u2019s \u201cCAF\u00c9\u201d", None),
    ("CAF\u00c9\u00a0\u00bb", None),
    ("MANH\u00c3O, S\u00c3O", None),
    ("\u00c5\u00e9", None),
    ("na\u00efve\u2026", None),
    ("CAF\u00c9\u2122", None),
    ("\u4e2d\u6587 Jos\u00e9", None),
    ("\u00c2\u0081", None),
]


@pytest.mark.parametrize(("text", "meant"), SCRAMBLED)
def test_what_a_text_was(text: str, meant: str | None) -> None:
    """Bytes of UTF-8 are put back; accents, quotes and dashes are left alone."""
    assert (text if meant is None else meant) == unscrambled(text)


@pytest.mark.parametrize("times", [MOST_TIMES, MOST_TIMES + 1])
def test_how_often_a_text_is_put_back(times: int) -> None:
    """A text that was decoded wrongly more often stays wrong."""
    text = "é"
    for _ in range(times):
        text = text.encode().decode("latin-1")
    assert (times == MOST_TIMES) == (unscrambled(text) == "é")


def test_a_value_that_was_decoded_wrongly() -> None:
    """The right text is offered; over several lines in words."""
    text = f"{HEAD}Author: Jos\u00c3\u00a9 P\u00c3\u00a9rez\n"
    finding = only(text, "metadata-mojibake")
    assert "it was 'José Pérez'" in finding.message
    assert f"{HEAD}Author: José Pérez\n" == mended(text, "metadata-mojibake")
    folded = f"{HEAD}Author: Jos\u00c3\u00a9\n Maria\n"
    assert folded == mended(folded, "metadata-mojibake")
    odd = text.encode() + b"Maintainer: Andr\xe9\n"
    assert "metadata-mojibake" not in [each.code for each in read(odd).findings()]


@pytest.mark.parametrize(
    ("value", "message", "fixed"),
    [
        ("text/plain; x*", "the parameter x* has no value; text/plain is fine", "text/plain"),
        (
            "text/markdown; charset=UTF-8; x ; variant=GFM",
            "the parameter x has no value; text/markdown is fine",
            "text/markdown; charset=UTF-8; variant=GFM",
        ),
        ("text/x-rst; a=", "the parameter a has no value; text/x-rst is fine", "text/x-rst"),
        (
            "text/x-rst; a=b c",
            "'a=b c' is no name, = and value; text/x-rst is fine",
            "text/x-rst",
        ),
        (
            "text/markdown; variant=gfm",
            "'gfm' is no variant of Markdown, so readers take GFM",
            "text/markdown; variant=GFM",
        ),
        (
            "text/markdown; variant=x",
            "'x' is no variant of Markdown, so readers take GFM",
            "text/markdown; variant=x",
        ),
    ],
)
def test_parameters_of_the_content_type(value: str, message: str, fixed: str) -> None:
    """A parameter that cannot be read is told apart from the type, which is fine."""
    text = f"{HEAD}Description-Content-Type: {value}\n"
    assert message == only(text, "metadata-content-type").message
    assert f"{HEAD}Description-Content-Type: {fixed}\n" == mended(text, "metadata-content-type")
