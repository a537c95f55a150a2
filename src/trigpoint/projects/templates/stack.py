"""The tree of files that a stack of layers makes.

Idea: layers are put on one another in order.  Before a layer's files come, what it takes away
goes; then each file replaces the one that is there, or is joined with it (see ``joining``).
Moves come last, since every layer knows the paths of the tree before them.

Cost: linear in the files of the layers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from trigpoint.catalogue import report
from trigpoint.findings import Finding
from trigpoint.projects.templates.catalogue import Layer
from trigpoint.projects.templates.joining import JOINED, without

__all__ = ["put_together"]


def put_together(
    layers: Iterable[tuple[Layer, Mapping[str, bytes]]],
) -> tuple[dict[str, bytes], list[Finding]]:
    r"""Return the tree that *layers* make, each with its files, and what has no one answer.

    >>> put_together([(Layer(), {"a": b"1\n"}), (Layer(), {"a": b"2\n", "b": b"3\n"})])[0]
    {'a': b'2\n', 'b': b'3\n'}
    """
    tree: dict[str, bytes] = {}
    findings: list[Finding] = []
    moves: list[tuple[str, str]] = []
    for layer, files in layers:
        moves += layer.moves
        missing = [path for path in layer.drops if tree.pop(path, None) is None]
        findings += (
            report("template-join", f"{path} is dropped and not there") for path in missing
        )
        for path, lines in layer.strikes:
            tree[path], found = _struck(path, tree.get(path, b""), lines)
            findings += found
        if layer.without:
            text = tree.get("pyproject.toml", b"").decode()
            text, found = without(text, layer.without)
            tree["pyproject.toml"] = text.encode()
            findings += found
        for path, content in files.items():
            join = JOINED.get(path)
            if join and path in tree:
                text, found = join(tree[path].decode(), content.decode())
                tree[path] = text.encode()
                findings += found
            else:
                tree[path] = content
    moved = {_moved(path, moves): tree[path] for path in tree}
    if len(moved) < len(tree):
        findings.append(report("template-join", "two files move to one path"))
    return dict(sorted(moved.items())), findings


def _struck(path: str, content: bytes, lines: Iterable[str]) -> tuple[bytes, list[Finding]]:
    """Return *content* of the file at *path* without *lines*, and those that are not there."""
    rows = content.decode().splitlines(keepends=True)
    known = {row.strip() for row in rows}
    kept = [row for row in rows if row.strip() not in lines]
    findings = [
        report("template-join", f"{line} is struck from {path} and not there")
        for line in lines
        if line not in known
    ]
    return "".join(kept).encode(), findings


def _moved(path: str, moves: Iterable[tuple[str, str]]) -> str:
    for before, after in moves:
        if path.startswith(before):
            return after + path.removeprefix(before)
    return path
