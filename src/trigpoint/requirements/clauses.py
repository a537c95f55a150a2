"""One clause of a version specifier, and what was meant by one that cannot be read.

A proposal is made only where it is a specifier that can be read.  It is found
by the operator first (``=>`` is ``>=``, ``^`` and ``~`` are ranges), then by the
version (quotes, a point too many, ``x`` or ``*`` in place of ``.*``); each way is
tried once, so that the cost is linear in the length of the clause.  For example
``=1.x`` becomes ``==1.x`` and then ``==1.*``.

Source: Version specifiers; for ``^`` and ``~`` the tools that have them.
"""

from __future__ import annotations

import re

from packaging.specifiers import InvalidSpecifier

from trigpoint.kept import keeps
from trigpoint.requirements.quick import NAME, plain_specifiers
from trigpoint.requirements.tree import Dialect, Kind, Problem, shown
from trigpoint.versions import MOST_DIGITS, is_version, long_number, number, specifier

__all__ = [
    "ANOTHER",
    "clause_ranges",
    "diagnose",
    "is_clause",
    "is_second",
    "specifier_problems",
    "split_clause",
]

_OPERATORS = r"(?:===|[=!~<>]=|<|>)"
_OPERATOR = re.compile(rf"({_OPERATORS})([ \t]*+)").match
_OTHER_SPACE = re.compile(r"[^\S \t]").search
_RUN = re.compile(rf"{_OPERATORS}[ \t]*+[^<>=!~ \t]++")
_RELEASE = re.compile(rf"{_OPERATORS}?+[ \t]*+[0-9]++(?:\.[0-9]++)*+(?:\.\*)?+[ \t]*+").match
_SECOND = re.compile(rf"(?=[A-Za-z]){NAME}(?:[ \t]*+(?:[\[<>=!~;@(].*+)?+)\Z", re.DOTALL).match
_RAW = re.compile(r"([<>=!~^\u2264\u2265\u2260 \t]*+)(.*+)", re.DOTALL).fullmatch
_WILD = re.compile(r"v?+((?:[0-9]++!)?+[0-9]++(?:\.[0-9]++)*+)(?:\.?+[*xX])++\.?+").fullmatch
_PARTS = re.compile(r"v?+((?:[0-9]++!)?+)([0-9]++(?:\.[0-9]++)*+)").match
_LOCAL = re.compile(r"[^+]++\+[A-Za-z0-9._-]*+").fullmatch
_JOIN = re.compile(
    r"[ \t]*+(?:(?<=\d)|(?<=\*)|(?<=[ \t])|(?<![\s\S]))(and\b|or\b|&&?|\|\|?)([ \t]*+)(?=[<>=!~])",
    re.IGNORECASE,
).search
_DIGITS = re.compile(r"(?:[0-9]++(?:\.[0-9]++)*+|\*)\Z").match
_MEANT = {
    "": "==",
    "=": "==",
    "!": "!=",
    "=>": ">=",
    "=<": "<=",
    "<>": "!=",
    "=!": "!=",
    "!==": "!=",
    "=~": "~=",
    "~>": "~=",
    "~==": "~=",
    ">==": ">=",
    "<==": "<=",
    "\u2264": "<=",
    "\u2265": ">=",
    "\u2260": "!=",
    "==^": "^",
    "=^": "^",
    "==~": "~",
    "=~>": "~>",
}
_OF_CONDA = re.compile(r"(?:==?+)[ \t]*+([^=]++)=[A-Za-z0-9_.]++").fullmatch
_ENDS = re.compile(
    r"(?:alpha|preview|final|release|snapshot|stable|build|patch|hotfix|custom|latest|master"
    r"|local|nightly|[A-Za-z]{1,4})(?![A-Za-z])[\w.]*+\Z",
    re.IGNORECASE,
).match
_PYTHON = re.compile(r"[Pp]ython[ \t]*+(?=[<>=!~])").match
ANOTHER = "give it a line of its own"
"""What to do about a second requirement in one."""

_GENERAL = "write an operator and a version, such as >=1.2"


@keeps(2048)
def is_clause(text: str) -> bool:
    """Say whether *text* is an operator and a version, without blanks around them.

    >>> is_clause("~= 1.4"), is_clause("~=1")
    (True, False)
    """
    try:
        specifier(text)
    except InvalidSpecifier:
        return False
    # packaging takes any white space behind the operator, the grammar blanks and tabs.
    return not _OTHER_SPACE(text)


def split_clause(text: str) -> tuple[int, int]:
    """Return where the operator of the clause *text* ends, and where its version starts.

    >>> split_clause(">= 1")
    (2, 3)
    """
    match = _OPERATOR(text)
    assert match is not None
    return match.end(1), match.end(2)


def clause_ranges(specifiers: str) -> list[tuple[int, int]]:
    """Return where the clauses of *specifiers* are: between commas, without blanks around them.

    >>> clause_ranges(">=1, <2")
    [(0, 3), (5, 7)]
    """
    ranges, start = [], 0
    for part in specifiers.split(","):
        bare = part.strip()
        at = start + (part.find(bare) if bare else 0)
        ranges.append((at, at + len(bare)))
        start += len(part) + 1
    return ranges


def specifier_problems(
    specifiers: str, at: int = 0, dialect: Dialect = Dialect.DEPENDENCY
) -> list[Problem]:
    """Return what is wrong with version *specifiers*, which start at offset *at* of their text.

    Empty clauses are none of it: a specifier that stands alone may have them.
    ``dialect`` says what a version without operator means.

    >>> specifier_problems(">=3.6.*")[0].replacement
    '>=3.6'
    """
    if plain_specifiers(specifiers) and not (
        len(specifiers) > MOST_DIGITS and long_number(specifiers)
    ):
        return []
    problems: list[Problem] = []
    before = 0
    for start, end in clause_ranges(specifiers):
        clause = specifiers[start:end]
        if (match := _PYTHON(clause)) and is_clause(clause[match.end() :]):
            place = at + start, at + start + match.end()
            message = "the versions of Python are meant, so its name is not written"
            problems.append(Problem(Kind.SYNTAX, message, *place, "delete it", "", place))
            continue
        if clause and not is_clause(clause):
            found = diagnose(clause, at + start, dialect)
            close = start and specifiers[start - 1] == ","
            if close and (meant := decimal_comma(specifiers[before : start - 1], clause)):
                found = [each.unsure(meant) for each in found]
            problems += found
        before = start
    return problems


def diagnose(clause: str, at: int, dialect: Dialect) -> list[Problem]:
    """Return what is wrong with a *clause* that starts at offset *at* and cannot be read.

    ``dialect`` says what a version without operator means.

    >>> diagnose("==1.x", 3, Dialect.DEPENDENCY)[0].fix
    'write ==1.*'
    """
    end = at + len(clause)
    if long := long_number(clause):
        message = f"a number has more than {MOST_DIGITS} digits"
        return [Problem(Kind.SYNTAX, message, at + long[0], at + long[1], "write a shorter one")]
    if joined := _joined(clause, at):
        return joined
    better = _meant(clause, dialect)
    kind = Kind.SYNTAX
    if better is None and (missing := _missing_commas(clause, at)):
        return missing
    if better is not None:
        fix = f"write {better}" if better else "leave the version out"
        if dialect is Dialect.LEGACY and is_version(clause):
            kind = Kind.OLD
    elif clause.endswith(")") and is_clause(clause[:-1].rstrip(" \t")):
        message = "there is no parenthesis that this one closes"
        return [Problem(Kind.SYNTAX, message, end - 1, end, "delete it", "", (end - 1, end))]
    elif (start := _second_at(clause)) is not None:
        message = f"{shown(clause[start:])} looks like a second requirement"
        return [Problem(Kind.SYNTAX, message, at + start, end, ANOTHER)]
    else:
        fix = _advice(clause)
    message = f"{shown(clause)} is no version specifier"
    if _OF_CONDA(clause):
        message = (
            f"{shown(clause)} is how conda writes a version and a build, which pip does not read"
        )
    return [Problem(kind, message, at, end, fix, better, (at, end))]


def _joined(clause: str, at: int) -> list[Problem]:
    """Report a word or sign that joins versions in place of a comma, if one does."""
    match = _JOIN(clause)
    if match is None or (match.start() == 0 and len(match[1]) == 1):
        return []
    start, end = match.span(1)
    place = at + start, at + end
    if match[1].lower() in ("or", "|", "||"):
        message = "a comma joins versions, and means and; there is no or"
        return [Problem(Kind.SYNTAX, message, *place, "leave out the versions that are not meant")]
    message = f"{shown(match[1])} does not join versions"
    # Behind a comma the word is too much.
    whole = at + match.start(), at + match.end(2)
    left, right = clause[: match.start()], clause[match.end(2) :]
    sound = all(is_clause(each.strip(" \t")) for each in (left, right) if each)
    new = "," if left else ""
    words = "write a comma in its place" if left else "delete it"
    return [Problem(Kind.SYNTAX, message, *place, words, new if sound and right else None, whole)]


def decimal_comma(before: str, clause: str) -> str:
    """Return what was meant if a comma stands for the dot between *before* and *clause*.

    *before* is the text up to the comma, from the clause in front of it on.

    >>> decimal_comma(">=1", "4"), decimal_comma(">=1", " 4")
    ('>=1.4', '')
    """
    meant = f"{before.strip()}.{clause}"
    whole = _DIGITS(clause) and before[-1:].isdigit() and is_clause(meant)
    return meant if whole else ""


def _advice(clause: str) -> str:
    if "[" in clause:
        return "put all extras in one pair of brackets right after the name"
    if "@" in clause:
        return "write a version or a URL, not both"
    operator = _OPERATOR(clause)
    if operator and clause[operator.end() : operator.end() + 1].isalpha():
        return "write a version, which begins with a number, or leave it out"
    if operator and (release := _PARTS(clause, operator.end())) and _ENDS(clause, release.end()):
        kept = clause[: release.end()]
        return f"write {kept}, or with a, b, rc, .post or .dev and a number behind it"
    return _GENERAL


def _second_at(clause: str) -> int | None:
    """Return where in *clause* another requirement seems to start."""
    release = _RELEASE(clause)
    start = release.end() if release else 0
    if not _SECOND(clause, start):
        return None
    # Without a blank it may also be the end of a version that cannot be read.
    glued = start and clause[start - 1] not in " \t"
    return None if glued and _ENDS(clause, start) else start


def is_second(text: str) -> bool:
    """Say whether *text*, which begins without blanks, looks like another requirement.

    >>> is_second("other>=1"), is_second(">=1")
    (True, False)
    """
    return _SECOND(text, 0) is not None


def _missing_commas(clause: str, at: int) -> list[Problem]:
    """Report each place where a comma is missing, if that is all that is wrong."""
    problems: list[Problem] = []
    behind = 0
    for match in _RUN.finditer(clause):
        if clause[behind : match.start()].strip(" \t") or not is_clause(match[0]):
            return []
        if behind:
            message = f"a comma is missing before {shown(match[0])}"
            start, end = at + match.start(), at + match.end()
            place = at + behind, at + behind
            problems.append(Problem(Kind.SYNTAX, message, start, end, "add the comma", ",", place))
        behind = match.end()
    return problems if not clause[behind:].strip(" \t") else []


def _meant(clause: str, dialect: Dialect) -> str | None:
    """Return the specifier that was probably meant; empty for one that allows all versions."""
    split = _RAW(clause)
    assert split is not None
    raw, version = split[1].replace(" ", "").replace("\t", ""), split[2].strip(" \t")
    if len(version) > 1 and version[0] == version[-1] and version[0] in "'\"":
        version = version[1:-1].strip(" \t")
    operator = _MEANT.get(raw, raw)
    if build := _OF_CONDA(split[0].strip(" \t")):
        # The build of a conda package has no place in a requirement.
        version = build[1].strip(" \t")
    if version in ("*", "x", "X") and operator in ("==", ">=", "^", "~", "~="):
        return ""
    tries: list[str] = []
    if not raw and dialect is Dialect.LEGACY:
        tries.append(f"=={version}.*")
    wild = _WILD(version)
    release = wild[1] if wild else version.rstrip(".")
    if operator in ("^", "~"):
        tries.append(_range(release, caret=operator == "^"))
    elif wild and operator in ("==", "!="):
        tries.append(f"{operator}{release}.*")
    elif wild and operator in (">", "<="):
        tries.append(f"{'>=' if operator == '>' else '<'}{_bumped(release, len(release))}")
    else:
        tries.append(f"{operator}{version}")
        tries.append(f"{operator}{release}")
    if operator == "~=":
        tries.append(_range(release, caret=False))
    if _LOCAL(release):
        tries.append(f"{operator}{release.partition('+')[0]}")
    return next((text for text in tries if all(map(is_clause, text.split(",")))), None)


def _range(version: str, *, caret: bool) -> str:
    """Return the range of a caret or tilde version; no specifier if it is none.

    A caret keeps the first number that is not 0, a tilde the second number.
    """
    match = _PARTS(version)
    if match is None:
        return ""
    numbers = match[2].split(".")
    kept = 1
    if caret:
        while kept < len(numbers) and not numbers[kept - 1].strip("0"):
            kept += 1
    else:
        kept = 2
    return f">={version},<{_bumped(version, kept)}"


def _bumped(version: str, kept: int) -> str:
    """Return the first *kept* numbers of *version*, the last of them one higher.

    Empty if that number would be too long.
    """
    match = _PARTS(version)
    assert match is not None
    numbers = match[2].split(".")[:kept]
    if len(numbers[-1]) >= MOST_DIGITS:
        return ""
    numbers[-1] = str(number(numbers[-1]) + 1)
    return match[1] + ".".join(numbers)
