"""Everything that is wrong with a text that should be a marker.

The idea: a second, forgiving reader.  It never stops at the first fault: it notes it,
guesses what was meant and reads on.

The invariant: it makes progress with each token, so it always ends; and carrying a
fix out touches nothing but its own place.  A fix that could be carried out is tried:
where the text then has an error that it did not have, the fix stays words.  As many
as :data:`MOST_TRIED` are tried, and fewer in a long text, so the cost is linear in the text, and n log n for
putting the findings in order.

An example: in ``os_name=='nt' && python_version>3`` the reader notes that ``&&``
joins nothing, takes it for ``and``, and notes that ``3`` needs quotes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix, TextIndex, apply_fix, in_text_order
from trigpoint.kept import keeps
from trigpoint.markers.reading.grammar import (
    LEGACY,
    MOST_LEVELS,
    OPERATORS,
    SET_VARIABLES,
    VARIABLES,
    MarkerSyntaxError,
    MarkerTooDeepError,
    parse,
    read_string,
)

__all__ = ["MOST_READ_AGAIN", "MOST_TRIED", "diagnose", "suggest", "too_deep"]

MOST_TRIED = 24
"""Fixes of one text that are offered to be carried out; further ones are words."""

MOST_READ_AGAIN = 50_000
"""Letters that are read again to try fixes; one is tried in a text of any length."""

_TOKEN = re.compile(
    r"""
    (?P<blank>[ \t]+)
    | (?P<string>'[^']*'|"[^"]*")
    | (?P<unclosed>['"].*)
    | (?P<curly>[\u2018\u2019\u201c\u201d\u00ab\u00bb`][^\u2018\u2019\u201c\u201d\u00ab\u00bb`'"]*
        [\u2018\u2019\u201c\u201d\u00ab\u00bb`]
        | [\u2018\u2019\u201c\u201d][\w.*+-]+['"])
    | (?P<open>\()
    | (?P<close>\))
    | (?P<join>&&?|\|\|?|,)
    | (?P<operator>[<>=!~\u2264\u2265\u2260]+)
    | (?P<word>\w(?:[\w.*+-]|!(?!=))*+)
    | (?P<semicolon>;)
    | (?P<space>\s+)
    | (?P<other>[^\s\w'"()<>=!~&|,;\u2018\u2019\u201c\u201d\u00ab\u00bb`\u2264\u2265\u2260]+|.)
    """,
    re.VERBOSE | re.DOTALL,
)

# A variable and a list of values, as Python has it.
_LIST = re.compile(
    r"""([\w.]++)[ \t]*+(==|!=|in\b|not[ \t]++in\b)[ \t]*+[\[({][ \t]*+
    ((?:(?:'[^']*+'|"[^"]*+")[ \t]*+(?:,[ \t]*+|(?=[\])}])))++)[\])}]""",
    re.VERBOSE,
).match
_VALUES = re.compile(r"'[^']*+'|\"[^\"]*+\"").findall
_LONGEST_SPELLED = 120
"""Letters of comparisons that a fix spells out in its words."""

# What may stand unquoted as a value; != begins an operator.
_WORD_AFTER: Callable[..., re.Match[str]] = re.compile(r"(?:[\w.*+-]|!(?!=))*+").match  # type: ignore[assignment]

_OTHER_QUOTES = {
    "'": ('"', "\u2018", "\u2019", "\u201c", "\u201d"),
    '"': ("'", "\u2018", "\u2019", "\u201c", "\u201d"),
}
_OPPOSITES = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}

_MEANT_OPERATOR = {
    "=": "==",
    "=>": ">=",
    "=<": "<=",
    "<>": "!=",
    "!": "!=",
    "!==": "!=",
    "====": "===",
    "~": "~=",
    "=~": "~=",
    "=!": "!=",
    "\u2264": "<=",
    "\u2265": ">=",
    "\u2260": "!=",
    "not": "!=",
    "is": "==",
    "is not": "!=",
    "eq": "==",
    "ne": "!=",
    "equals": "==",
    "notin": "not in",
    "not_in": "not in",
    "lt": "<",
    "gt": ">",
    "le": "<=",
    "ge": ">=",
}

_MEANT_JOIN = {"&&": "and", "&": "and", "||": "or", "|": "or"}

_MEANT_VARIABLE = {
    "python": "python_version",
    "py_version": "python_version",
    "pyversion": "python_version",
    "version": "python_version",
    "full_version": "python_full_version",
    "os": "os_name",
    "system": "platform_system",
    "platform": "sys_platform",
    "sys.version": "python_full_version",
    "sys.version_info": "python_version",
    "sys.implementation.name": "implementation_name",
    "sys.implementation.version": "implementation_version",
    "platform.system": "platform_system",
    "platform.release": "platform_release",
    "platform.python_version": "python_full_version",
    "machine": "platform_machine",
    "arch": "platform_machine",
    "architecture": "platform_machine",
    "processor": "platform_machine",
    "platform.processor": "platform_machine",
    "implementation": "platform_python_implementation",
    "dependency_group": "dependency_groups",
    "group": "dependency_groups",
    "groups": "dependency_groups",
}

_KNOWN = frozenset(VARIABLES) | frozenset(LEGACY)

# What would become one token without a blank between: letters, or operators.
_GLUED = re.compile(r"[\w.*+!-]{2}|[<>=!~&|\u2264\u2265\u2260]{2}").match


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


@keeps(1024)
def suggest(word: str) -> str | None:
    """Return the variable that *word* was probably meant to be; None if none is near.

    >>> suggest("python_verison"), suggest("pkg")
    ('python_version', None)
    """
    if len(word) > 40:
        return None
    plain = word.lower().replace("-", "_")
    if plain in VARIABLES:
        return plain
    if plain in LEGACY:
        return LEGACY[plain]
    if meant := _MEANT_VARIABLE.get(plain):
        return meant
    import difflib  # seldom needed, and slow to import

    close = difflib.get_close_matches(plain.replace(".", "_"), VARIABLES, n=1, cutoff=0.78)
    return close[0] if close else None


def _quote(value: str) -> str:
    return f'"{value}"' if "'" in value else f"'{value}'"


class _Reader:
    """Reads tokens in the order operand, operator, operand, and / or."""

    def __init__(self, text: str, start: int, index: TextIndex) -> None:
        self.text = text
        self.index = index
        self.findings: list[Finding] = []
        self.tokens = self._scan(start)
        self.at = 0
        self.open: list[_Token] = []

    # -- scanning ---------------------------------------------------------------

    def _scan(self, position: int) -> list[_Token]:
        tokens: list[_Token] = []
        while match := _TOKEN.match(self.text, position):
            kind = match.lastgroup or "other"
            token = _Token(kind, match[0], match.start(), match.end())
            position = match.end()
            if kind == "unclosed":
                position = self._unclosed(token, tokens)
            elif kind == "curly":
                inner = token.text[1:-1]
                self.add(
                    "marker-character",
                    "curly quotes do not quote a value",
                    token,
                    f"write {_quote(inner)}",
                    _quote(inner),
                )
                tokens.append(token._replace(kind="string", text=_quote(inner)))
            elif kind == "string":
                self._check_string(token)
                tokens.append(token)
            elif kind == "space":
                self.add(
                    "marker-character",
                    "line breaks and special blanks do not belong here",
                    token,
                    "use a plain blank",
                    " ",
                )
            elif kind == "other":
                shown = token.text if len(token.text) <= 8 else token.text[:8] + "..."
                self.add(
                    "marker-character",
                    f"{shown!r} has no place in a marker",
                    token,
                    "delete it",
                    "",
                )
            elif (
                kind == "word" and token.text in _KNOWN and (found := _LIST(self.text, token.start))
            ):
                position = self._list(found, tokens)
            elif kind != "blank":
                tokens.append(token)
        tokens.append(_Token("end", "", len(self.text), len(self.text)))
        return tokens

    def _list(self, found: re.Match[str], tokens: list[_Token]) -> int:
        """Note a list of values, and read on as behind a comparison with each of them."""
        start, end = found.span()
        name, values = found[1], _VALUES(found[3])
        negative = found[2] not in ("==", "in")
        if name in SET_VARIABLES:
            # It has several names itself, of which each value can be one.
            each = [f"{value} {'not in' if negative else 'in'} {name}" for value in values]
        else:
            each = [f"{name} {'!=' if negative else '=='} {value}" for value in values]
        new = (" and " if negative else " or ").join(each)
        if len(each) > 1:
            new = f"({new})"
        fix = f"write {new}"
        if len(fix) > _LONGEST_SPELLED:
            fix = f"compare each value, and join that with {'and' if negative else 'or'}"
        whole = _Token("list", found[0], start, end)
        self.add("marker-list", "a marker has no lists", whole, fix, new)
        tokens.append(_Token("word", name, start, found.end(1)))
        tokens.append(_Token("operator", "==", *found.span(2)))
        tokens.append(_Token("string", values[0], *found.span(3)))
        return end

    def _unclosed(self, token: _Token, tokens: list[_Token]) -> int:
        """Note a quote without its twin; read on after the word that it starts or ends."""
        before = tokens[-1] if tokens else None
        if before and before.kind == "word" and before.end == token.start:
            value = _quote(before.text)
            whole = _Token("string", value, before.start, token.start + 1)
            self.add(
                "marker-unclosed-quote",
                f"the quote {token.text[0]} was never opened",
                whole,
                f"write {value}",
                value,
            )
            tokens[-1] = whole
            return whole.end
        end = _WORD_AFTER(self.text, token.start + 1).end()
        quote = token.text[0]
        if end > token.start + 1 and self.text[end : end + 1] in _OTHER_QUOTES[quote]:
            value = _quote(self.text[token.start + 1 : end])
            whole = _Token("string", value, token.start, end + 1)
            message = f"the value begins with {quote} and ends with {self.text[end]}"
            self.add("marker-unclosed-quote", message, whole, f"write {value}", value)
            tokens.append(whole)
            return whole.end
        whole = token._replace(kind="string", end=end, text=self.text[token.start : end] + quote)
        self.add(
            "marker-unclosed-quote",
            f"the quote {quote} is never closed",
            token._replace(end=end),
            f"write {whole.text}",
            whole.text,
        )
        tokens.append(whole)
        return end

    def _check_string(self, token: _Token) -> None:
        try:
            read_string(token.text)
        except ValueError:
            self.add(
                "marker-bad-string",
                "tools cannot read this value",
                token,
                "leave backslashes, line breaks and NUL out of it",
            )

    # -- reading ----------------------------------------------------------------

    def add(
        self, code: str, message: str, token: _Token, fix: str = "", replacement: str | None = None
    ) -> None:
        span = self.index.span(token.start, token.end)
        repair = Fix(fix) if fix else None
        if replacement is not None:
            new = self.apart(token, replacement)
            # In a requirement file, a hyphen behind a blank is the start of an option.
            if not (new.endswith(" ") and self.text.startswith("-", token.end)):
                # Where the spot is empty, a replacement goes in there.
                repair = Fix(fix, new, span)
        self.findings.append(report(code, message, span, repair))

    def apart(self, token: _Token, replacement: str) -> str:
        """Return *replacement* with the blanks that keep it from what is around *token*."""
        before = self.text[token.start - 1 : token.start] if token.start else ""
        after = self.text[token.end : token.end + 1]
        if not replacement:
            return " " if _GLUED(before + after) else ""
        left = " " if _GLUED(before + replacement[0]) else ""
        right = " " if _GLUED(replacement[-1] + after) else ""
        return f"{left}{replacement}{right}"

    @property
    def token(self) -> _Token:
        return self.tokens[self.at]

    def word(self) -> str:
        """Return the current token in lower case if it is a word, else nothing."""
        return self.token.text.lower() if self.token.kind == "word" else ""

    def read(self) -> None:
        if self.token.kind == "end" and not self.findings:
            self.add(
                "marker-empty",
                "there is no marker here",
                self.token,
                "write a comparison such as python_version >= '3.11'",
            )
            return
        while True:
            self.comparison()
            if not self.join():
                break
        for token in self.open:
            self.add(
                "marker-unclosed-parenthesis",
                "this parenthesis is never closed",
                token,
                "add ) where the group ends",
            )

    def comparison(self) -> None:
        while True:
            if self.token.kind == "open":
                self.open.append(self.token)
                self.at += 1
            elif self.word() == "not":
                self.add(
                    "marker-negation",
                    "a marker cannot negate a group or a comparison",
                    self.token,
                    self.negated(),
                )
                self.at += 1
            elif self.token.kind == "semicolon":
                self.semicolon()
            else:
                break
        left = self.operand(None)
        if left is None and not self.is_operator():
            return
        if not self.operator(left):
            return
        self.operand(left)
        while self.is_operator():
            self.add(
                "marker-chained",
                "a comparison has two sides only",
                self.token,
                "write two comparisons joined with and",
            )
            self.operator(None)
            self.operand(left)

    def negated(self) -> str:
        """Say how to write the opposite of the comparison behind a not."""
        left, operator, right = [*self.tokens[self.at + 1 : self.at + 4], *[self.token] * 3][:3]
        sides = left.kind in ("word", "string") and right.kind in ("word", "string")
        if sides and (opposite := _OPPOSITES.get(operator.text)):
            return f"write {left.text} {opposite} {right.text}"
        return "negate the operator: == to !=, < to >=, and to or"

    def semicolon(self) -> None:
        self.add(
            "marker-semicolon",
            "a marker holds no semicolon",
            self.token,
            "delete it; to join comparisons write and",
            "",
        )
        self.at += 1

    def is_operator(self) -> bool:
        return self.token.kind == "operator" or self.word() in (
            "in",
            "not",
            "is",
            "eq",
            "ne",
            "equals",
            "notin",
            "not_in",
            "lt",
            "gt",
            "le",
            "ge",
        )

    def operand(self, left: _Token | None) -> _Token | None:
        """Read one side; *left* is the other one when the right side is read."""
        token = self.token
        if token.kind == "string":
            self.at += 1
            return token
        if token.kind != "word" or self.word() in ("and", "or") or self.is_operator():
            what = "after the operator" if left else "here"
            self.add(
                "marker-missing-operand",
                f"a variable or a quoted value is missing {what}",
                token,
                "write both sides of the comparison",
            )
            return None
        self.at += 1
        if token.text in _KNOWN:
            return token
        meant = suggest(token.text)
        value_expected = left is not None and left.kind == "word"
        if value_expected or (meant is None and left is None and self.variable_follows()):
            self.add(
                "marker-unquoted",
                f"the value {token.text} needs quotes",
                token,
                f"write {_quote(token.text)}",
                _quote(token.text),
            )
        elif meant:
            self.add(
                "marker-unknown-variable",
                f"{token.text!r} is not a marker variable",
                token,
                f"write {meant}",
                # What says the opposite may be in the word: a not, or half of a !=.
                None if "!" in token.text or token.text.lower().startswith("not") else meant,
            )
        else:
            self.add(
                "marker-unknown-variable",
                f"{token.text!r} is not a marker variable",
                token,
                f"use one of {', '.join(VARIABLES)}; a value needs quotes",
            )
        return token

    def variable_follows(self) -> bool:
        """Say whether the other side of the comparison is a variable."""
        skip = 2 if self.word() == "not" else 1
        after = self.tokens[min(self.at + skip, len(self.tokens) - 1)]
        return self.is_operator() and after.text in _KNOWN

    def operator(self, left: _Token | None) -> bool:
        """Read an operator, or say that there is none."""
        token = self.token
        if not self.is_operator():
            message = "an operator and a second side are missing"
            if token.kind in ("string", "word") and self.word() not in ("and", "or"):
                message = "an operator is missing between the two sides"
            words = "write one of " + " ".join(OPERATORS[:-1]) + " or not in"
            new = None
            if left and left.text == "extra" and token.kind == "string":
                # It knows but one operator that asks for it.
                words, new = f"write extra == {token.text}", "extra =="
            self.add("marker-missing-operator", message, left or token, words, new)
            return token.kind in ("string", "word") and self.word() not in ("and", "or")
        self.at += 1
        written = token.text
        if self.word() in ("in", "not") and token.text.lower() in ("not", "is"):
            written = f"{token.text} {self.token.text}"
            token = token._replace(text=written, end=self.token.end)
            self.at += 1
        if token.kind == "operator" == self.token.kind:
            # One operator with a blank in it.
            both = written + self.token.text
            whole = written in OPERATORS and self.token.text in OPERATORS
            if not whole and (both in OPERATORS or both in _MEANT_OPERATOR):
                written = self.text[token.start : self.token.end]
                token = token._replace(text=both, end=self.token.end)
                self.at += 1
        if written in OPERATORS:
            return True
        meant = (
            token.text.lower()
            if token.text.lower() in OPERATORS
            else _MEANT_OPERATOR.get(token.text.lower())
        )
        if meant:
            self.add(
                "marker-operator",
                f"{written!r} is not a marker operator",
                token,
                f"write {meant}",
                meant,
            )
        else:
            self.add(
                "marker-operator",
                f"{written!r} is not a marker operator",
                token,
                "write one of " + " ".join(OPERATORS),
            )
        return True

    def join(self) -> bool:
        """Read what stands after a comparison; say whether another one follows."""
        while True:
            token, word = self.token, self.word()
            if token.kind == "end":
                return False
            if token.kind == "close":
                if self.open:
                    self.open.pop()
                else:
                    self.add(
                        "marker-unopened-parenthesis",
                        "this parenthesis was never opened",
                        token,
                        "delete it",
                        "",
                    )
                self.at += 1
            elif word in ("and", "or"):
                if token.text != word:
                    self.add(
                        "marker-boolean-operator",
                        f"{token.text!r} is written in lower case",
                        token,
                        f"write {word}",
                        word,
                    )
                self.at += 1
                return True
            elif token.kind == "join":
                meant = _MEANT_JOIN.get(token.text)
                fix = f"write {meant}" if meant else "write and or or"
                self.add(
                    "marker-boolean-operator",
                    f"{token.text!r} does not join comparisons",
                    token,
                    fix,
                    meant,
                )
                self.at += 1
                return True
            elif token.kind == "semicolon":
                self.semicolon()
                return self.token.kind != "end"
            elif token.kind in ("string", "word", "open") and word != "in":
                self.add(
                    "marker-missing-boolean",
                    "and or or is missing in front of this",
                    token,
                    "join the comparisons with and, or with or",
                )
                return True
            else:
                self.add(
                    "marker-chained",
                    "a comparison has two sides only",
                    token,
                    "write two comparisons joined with and",
                )
                self.at += 1


def diagnose(text: str, start: int, stopped: int, index: TextIndex) -> list[Finding]:
    """Return all findings on *text* from *start*, in text order, at least one.

    ``stopped`` is where the strict reader gave up; it is reported if nothing
    more telling is found.  ``index`` is that of *text*.
    """
    found = list(_tried(text, start, _read(text, start, index)))
    if not found:
        end = min(stopped + 1, len(text))
        found.append(
            report(
                "marker-syntax",
                "the text cannot be read from here on",
                index.span(stopped, end),
                Fix("compare it with the grammar: variable operator value, joined by and / or"),
            )
        )
    return found


def _read(text: str, start: int, index: TextIndex) -> list[Finding]:
    reader = _Reader(text, start, index)
    reader.read()
    return in_text_order(reader.findings)


def _tried(text: str, start: int, findings: list[Finding]) -> Iterator[Finding]:
    """Yield *findings* on *text* from *start*; fixes that bring an error, only in words."""
    told = Counter(map(_key, findings))
    left = min(MOST_TRIED, max(1, MOST_READ_AGAIN // max(1, len(text) - start)))
    for finding in findings:
        fix = finding.fix
        if fix is not None and fix.replacement is not None:
            left -= 1
            if left < 0 or not _mends(apply_fix(text, fix), start, told):
                yield replace(finding, fix=Fix(fix.message))
                continue
        yield finding


def _key(finding: Finding) -> tuple[str, str]:
    return finding.code, finding.message


def _mends(text: str, start: int, told: Counter[tuple[str, str]]) -> bool:
    """Say whether *text* from *start* has no error but those of *told*."""
    try:
        parse(text, start)
    except MarkerTooDeepError:
        return False
    except MarkerSyntaxError:
        again = Counter(map(_key, _read(text, start, TextIndex(text))))
        return again <= told
    return True


def too_deep(text: str, offset: int) -> Finding:
    """Return the finding on *text* whose groups stand in each other too deep, at *offset*."""
    return report(
        "marker-too-deep",
        f"this is the outermost of more than {MOST_LEVELS} groups that stand in each other",
        TextIndex(text).span(offset, offset + 1),
        Fix("leave out parentheses between parts that the same word joins, or say it in two lines"),
    )
