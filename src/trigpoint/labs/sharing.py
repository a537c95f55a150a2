"""How a request is written down elsewhere: in a shell, and in a page."""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["embed", "heredoc"]


def heredoc(text: str) -> str:
    r"""Return *text* as the standard input of a command.

    The word that ends it is one that *text* has no line of.

    >>> print(heredoc("a\nEOF\n"))
     <<'EOF_'
    a
    EOF
    EOF_
    """
    word = "EOF"
    while re.search(rf"^{word}$", text, re.MULTILINE):
        word += "_"
    return f" <<'{word}'\n{text.removesuffix(chr(10))}\n{word}"


def embed(directive: str, fields: Mapping[str, str], text: str) -> str:
    r"""Return the fence that puts a lab into a page; *fields* are its options.

    >>> print(embed("extras-lab", {"rules": "pep771"}, "Name: spam"))
    ```{extras-lab}
    ---
    rules: "pep771"
    ---
    Name: spam
    ```
    <BLANKLINE>
    """
    rows = []
    for name, value in fields.items():
        if "\n" in value:
            rows.append(f"{name}: |\n" + "".join(f"  {line}\n" for line in value.split("\n")))
        else:
            # Quoted, so that a value such as 3.0 stays a text.
            quoted = value.replace("\\", "\\\\").replace('"', '\\"')
            rows.append(f'{name}: "{quoted}"\n')
    everything = "\n".join((text, *fields.values()))
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", everything)), default=0))
    head = f"---\n{''.join(rows)}---\n" if rows else ""
    return f"{fence}{{{directive}}}\n{head}{text.strip(chr(10))}\n{fence}\n"
