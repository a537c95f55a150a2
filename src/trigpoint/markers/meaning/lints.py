"""What a readable marker says that its author probably did not mean."""

from __future__ import annotations

import re
from collections.abc import Iterator

from packaging.utils import canonicalize_name

from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix, Span, TextIndex, in_text_order
from trigpoint.markers.meaning.known_values import KNOWN_VALUES
from trigpoint.markers.meaning.semantics import (
    SET_VARIABLES,
    VERSION_VARIABLES,
    is_version,
    specifier,
    too_long,
)
from trigpoint.markers.reading.tree import Comparison, Group, Literal, Node, Variable, comparisons
from trigpoint.versions import MOST_DIGITS, long_number, version

__all__ = ["lint"]

_MIRROR = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
_BETWEEN = re.compile(r"[,\s|]+")
"""What stands between the items of a text that was meant as a list."""
_FULL = {
    "==": "this is {0}.0 alone",
    "!=": "this leaves out {0}.0 alone",
    "<=": "this leaves out {0}.1 and all behind it",
    ">": "{0}.1 and all behind it pass",
}
"""What a comparison of python_full_version with two components says."""
_RELEASES = frozenset({"platform_release", "platform_version"})
_MEANT_VALUES = {
    ("sys_platform", "windows"): "win32",
    ("sys_platform", "win64"): "win32",
    ("sys_platform", "nt"): "win32",
    ("sys_platform", "macos"): "darwin",
    ("sys_platform", "macosx"): "darwin",
    ("sys_platform", "osx"): "darwin",
    ("sys_platform", "posix"): "linux",
    ("platform_system", "macos"): "Darwin",
    ("platform_system", "macosx"): "Darwin",
    ("platform_system", "osx"): "Darwin",
    ("platform_system", "win32"): "Windows",
    ("os_name", "windows"): "nt",
    ("os_name", "win32"): "nt",
    ("os_name", "linux"): "posix",
    ("os_name", "darwin"): "posix",
    ("os_name", "macos"): "posix",
}


class _Linter:
    def __init__(self, text: str, index: TextIndex) -> None:
        self.text = text
        self.index = index

    def span(self, node: Comparison | Group | Variable | Literal) -> Span:
        return self.index.span(node.start, node.end)

    def written(self, node: Comparison | Group | Variable | Literal) -> str:
        return self.text[node.start : node.end]

    def add(
        self,
        code: str,
        message: str,
        node: Comparison | Group | Variable | Literal,
        fix: str,
        replacement: str | None = None,
    ) -> Finding:
        span = self.span(node)
        return report(
            code, message, span, Fix(fix, replacement, span if replacement is not None else None)
        )

    # -- one comparison -----------------------------------------------------------

    def comparison(self, node: Comparison) -> Iterator[Finding]:
        for side in (node.left, node.right):
            if isinstance(side, Variable) and self.written(side) != side.name:
                yield self.add(
                    "marker-legacy-name",
                    f"{self.written(side)} is an old spelling of {side.name}",
                    side,
                    f"write {side.name}",
                    side.name,
                )
        variable, literal = node.variable, node.literal
        if variable is None:
            yield self.add(
                "marker-two-values",
                "there is no variable in this comparison",
                node,
                "put a variable on one side; variables have no quotes",
            )
        elif literal is None:
            yield self.add(
                "marker-two-variables",
                f"{node.left} and {node.right} are both variables",
                node,
                "quote the side that is a value",
            )
        elif variable.name == "extra":
            yield from self.extra(node, literal)
        elif variable.name in SET_VARIABLES:
            yield from self.set_variable(node, variable, literal)
        elif variable.name in VERSION_VARIABLES:
            yield from self.version(node, variable, literal)
        else:
            yield from self.string(node, variable, literal)

    def extra(self, node: Comparison, literal: Literal) -> Iterator[Finding]:
        name = literal.value
        if not name:
            yield self.add(
                "marker-extra-empty",
                "no extra has an empty name",
                node,
                "to say that no extra was requested there is no marker; name the extras",
            )
        elif node.op == "!=":
            yield self.add(
                "marker-extra-negation",
                f"by the specification this leaves the line out when {name} is requested; "
                f"pip and uv keep it whenever any other extra, or none, is looked at",
                node,
                "do not rely on it: put what the extra replaces into an extra of its own; uv keeps"
                " extras apart that tool.uv.conflicts names",
            )
        elif node.op != "==":
            # The opposite would be a negation, and that is no better.
            positive = node.op != "not in"
            names = [part for part in _BETWEEN.split(name) if part] or [name]
            op, word = ("==", " or ") if positive else ("!=", " and ")
            meant = word.join(f"extra {op} '{each}'" for each in names)
            if len(names) > 1:
                meant = f"({meant})"
            yield self.add(
                "marker-extra-operator",
                f"extra has no {node.op}",
                node,
                f"write {meant}",
                meant if positive else None,
            )
        yield from self.extra_name(literal)

    def extra_name(self, literal: Literal) -> Iterator[Finding]:
        raw = self.written(literal)[1:-1]
        if raw != literal.value and canonicalize_name(raw) == literal.value:
            quote = self.text[literal.start]
            yield self.add(
                "marker-extra-name",
                f"the normal form of {raw!r} is {literal.value!r}",
                literal,
                f"write {quote}{literal.value}{quote}",
                f"{quote}{literal.value}{quote}",
            )

    def set_variable(
        self, node: Comparison, variable: Variable, literal: Literal
    ) -> Iterator[Finding]:
        op = "not in" if node.op in ("!=", "not in") else "in"
        if variable is node.left:
            yield self.add(
                "marker-undefined-comparison",
                f"{variable.name} is a set and stands on the right of in or not in",
                node,
                f"write '{literal.value}' {op} {variable.name}",
                f"'{literal.value}' {op} {variable.name}",
            )
        elif node.op not in ("in", "not in"):
            yield self.add(
                "marker-undefined-comparison",
                f"{variable.name} is a set and has no {node.op}",
                node,
                f"write '{literal.value}' {op} {variable.name}",
                f"'{literal.value}' {op} {variable.name}",
            )
        fix: tuple[str, str | None] = ("use it in lock files only", None)
        if variable.name == "extras" and node.op in ("in", "not in", "==", "!="):
            op = "==" if node.op in ("in", "==") else "!="
            fix = (
                f"in package metadata write extra {op} '{literal.value}'",
                f"extra {op} '{literal.value}'",
            )
        yield self.add(
            "marker-extras-context",
            f"{variable.name} is defined in lock files only; in METADATA pip 26.3 fails on it",
            node,
            *fix,
        )
        yield from self.extra_name(literal)

    def version(self, node: Comparison, variable: Variable, literal: Literal) -> Iterator[Finding]:
        op, value, name = node.op, literal.value, variable.name
        if op in ("in", "not in"):
            yield self.add("marker-version-substring", *self.substring(node, variable, literal))
            return
        if reason := too_long(name, op, value):
            yield self.digits(node, literal, reason)
            return
        on_left = literal is node.left
        clause = specifier(op, value)
        if on_left:
            if not is_version(value):
                if value.endswith(".*") and op in ("==", "!="):
                    yield self.add(
                        "marker-swapped",
                        "a wildcard works on the right side only; here it is plain text",
                        node,
                        f"write {name} {op} '{value}'",
                        f"{name} {op} '{value}'",
                    )
                else:
                    yield self.not_a_version(node, literal, name)
            elif op == "~=":
                yield self.add(
                    "marker-swapped",
                    f"this asks whether {value} is compatible with {name}, not the other way round",
                    node,
                    f"write {name} ~= '{value}'",
                    f"{name} ~= '{value}'",
                )
            return
        if name in _RELEASES and op != "===" and clause is not None:
            yield self.add(
                "marker-release-text",
                f"{name} is free text on most systems, such as 5.15.0-76-generic; "
                "then only equality is defined and tools disagree",
                node,
                "test sys_platform or platform_machine instead",
            )
            return
        if clause is None:
            yield from self.no_clause(node, variable, literal)
            return
        if name == "python_version":
            yield from self.components(node, variable, literal)
        elif name == "python_full_version" and op in _FULL and is_version(value):
            yield from self.one_patch(node, variable, value)
        elif name == "python_full_version" and op in ("<", ">="):
            read = version(value)
            # Of 3.11.3 there are no prereleases, only of 3.11.0.
            patch = any(read.release[2:])
            if not (patch or read.is_prerelease or read.is_postrelease or read.local):
                first = ".".join(map(str, read.release))
                yield self.add(
                    "marker-prerelease",
                    f"prereleases such as {first}b1 are older than {value}, "
                    f"and < '{value}' leaves them out too",
                    literal,
                    (
                        f"to draw the line before its prereleases write '{first}.dev0'"
                        if op == ">="
                        else "use python_version to count prereleases as the new minor"
                    ),
                )

    def no_clause(
        self, node: Comparison, variable: Variable, literal: Literal
    ) -> Iterator[Finding]:
        op, value, name = node.op, literal.value, variable.name
        if value.endswith(".*") and is_version(value[:-2]) and op not in ("==", "!="):
            bare = value[:-2]
            yield self.add(
                "marker-undefined-comparison" if op == "~=" else "marker-wildcard-order",
                f"{op} takes no wildcard",
                literal,
                f"write '{bare}'",
                f"'{bare}'",
            )
        elif op == "~=":
            fix = f"{name} ~= '{value}.0'" if is_version(value) else None
            yield self.add(
                "marker-undefined-comparison",
                f"~= needs a version of two components or more, {value!r} has fewer"
                if fix
                else f"~= needs a version, {value!r} is none",
                node,
                f"write {fix}" if fix else "write a version such as '3.11'",
                fix,
            )
        elif name not in _RELEASES:
            yield self.not_a_version(node, literal, name)

    def not_a_version(self, node: Comparison, literal: Literal, name: str) -> Finding:
        return self.add(
            "marker-not-a-version",
            f"{name} holds a version, {literal.value!r} is none",
            literal,
            f"{node.op} can only compare text here; write a version such as '3.11'",
        )

    def digits(self, node: Comparison, literal: Literal, reason: str) -> Finding:
        """Mark the number that is too long, or the value where escapes hide it."""
        span = self.span(literal)
        if found := long_number(self.written(literal)):
            span = self.index.span(literal.start + found[0], literal.start + found[1])
        fix = Fix(f"write a version whose numbers have {MOST_DIGITS} digits or fewer")
        return report("marker-version-digits", f"{node.op} has no answer here: {reason}", span, fix)

    def components(
        self, node: Comparison, variable: Variable, literal: Literal
    ) -> Iterator[Finding]:
        bare = literal.value.removesuffix(".*")
        if not is_version(bare):
            return
        release = version(bare).release
        if len(release) > 2 and (any(release[2:]) or literal.value.endswith(".*")):
            short = ".".join(map(str, release[:2]))
            yield self.add(
                "marker-version-components",
                f"python_version is {short} on every {short}.x, so the rest never matches",
                variable,
                "write python_full_version",
                "python_full_version",
            )
        elif len(release) == 1 and node.op in ("==", "!=") and literal.value == str(release[0]):
            meant = f"'{literal.value}.*'"
            yield self.add(
                "marker-version-components",
                f"python_version has two components, so that this is about {literal.value}.0 alone",
                literal,
                f"write {variable.name} {node.op} {meant}",
                meant,
            )

    def one_patch(self, node: Comparison, variable: Variable, value: str) -> Iterator[Finding]:
        read = version(value)
        plain = ".".join(map(str, read.release))
        if len(read.release) == 2 and value == plain:
            yield self.add(
                "marker-version-patch",
                f"python_full_version has three components, so {_FULL[node.op].format(plain)}",
                variable,
                f"write python_version for every {plain}.x",
                "python_version",
            )

    def substring(
        self, node: Comparison, variable: Variable, literal: Literal
    ) -> tuple[str, Comparison, str, str | None]:
        if literal is node.left:
            return (
                (
                    f"this looks for {literal.value!r} anywhere in the text of the version, "
                    f"as in {literal.value}0"
                ),
                node,
                f"compare versions: {variable.name} == '{literal.value}.*'",
                None,
            )
        versions = [part for part in _BETWEEN.split(literal.value) if part]
        if all(map(is_version, versions)) and versions:
            op, word = ("==", " or ") if node.op == "in" else ("!=", " and ")
            spelled = word.join(f"{variable.name} {op} '{version}'" for version in versions)
            if len(versions) > 1:
                spelled = f"({spelled})"
            return (
                f"{literal.value!r} is text, not a list: every part of it matches",
                node,
                "compare each version",
                spelled,
            )
        return (f"{node.op} compares text, not versions", node, "compare versions with ==", None)

    def string(self, node: Comparison, variable: Variable, literal: Literal) -> Iterator[Finding]:
        op, value, name = node.op, literal.value, variable.name
        if op in ("<", ">"):
            yield self.add(
                "marker-string-order",
                f"{name} is text: {op} is always false",
                node,
                "compare with == or !=",
            )
        elif op in ("<=", ">="):
            shown = f"{self.written(node.left)} == {self.written(node.right)}"
            yield self.add(
                "marker-string-order",
                f"{name} is text: {op} means ==",
                node,
                "write ==",
                shown,
            )
        elif op in ("~=", "==="):
            shown = f"{self.written(node.left)} == {self.written(node.right)}"
            yield self.add(
                "marker-undefined-comparison",
                f"{name} is text and has no {op}",
                node,
                "write ==",
                shown,
            )
        elif op in ("==", "!="):
            known = KNOWN_VALUES.get(name, frozenset())
            if value in known:
                return
            folded = {text.lower(): text for text in sorted(known)}
            meant = folded.get(value.lower()) or _MEANT_VALUES.get((name, value.lower()))
            if meant:
                yield self.add(
                    "marker-unlikely-value",
                    f"{name} is never {value!r}",
                    literal,
                    f"write '{meant}'",
                    f"'{meant}'",
                )

    # -- comparisons together -----------------------------------------------------

    def conjunctions(self, root: Node) -> Iterator[Finding]:
        """Find two different extras that one `and` asks for."""
        stack: list[tuple[Node, bool]] = [(root, False)]
        while stack:
            top, inside = stack.pop()
            if not isinstance(top, Group):
                continue
            both = top.op == "and"
            stack.extend((part, both) for part in top.parts)
            if not both or inside:  # what joins it looks at its parts too
                continue
            seen: set[str] = set()
            first = ""
            for part in _conjuncts(top):
                variable, op, name, _ = part.asks or ("", "", "", False)
                if variable != "extra" or op != "==":
                    continue
                if seen and name not in seen:
                    yield self.add(
                        "marker-extra-conjunction",
                        f"pip and uv look at one extra at a time, so {first} and {name} together "
                        "never hold there",
                        part,
                        "write an extra of its own for the combination",
                    )
                seen.add(name)
                first = min(seen) if len(seen) == 1 else min(first, name)


def _conjuncts(group: Group) -> Iterator[Comparison]:
    """Yield the comparisons that *group*, an `and`, joins directly."""
    stack: list[Node] = list(reversed(group.parts))
    while stack:
        part = stack.pop()
        if isinstance(part, Comparison):
            yield part
        elif part.op == "and":
            stack.extend(reversed(part.parts))


def lint(root: Node, text: str, index: TextIndex | None = None) -> list[Finding]:
    """Return the findings on a marker that can be read, in text order.

    *root* is the tree of *text*, *index* finds its lines; without it, one is made.
    """
    linter = _Linter(text, index or TextIndex(text))
    found = [finding for node in comparisons(root) for finding in linter.comparison(node)]
    found += linter.conjunctions(root)
    return in_text_order(dict.fromkeys(found))
