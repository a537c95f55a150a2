"""How a request is written down elsewhere: in a shell, in a program, and in a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

__all__ = ["embed", "heredoc", "program"]


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
    r"""Return the fence that puts a lab into a page.

    *directive* is its name, *fields* are its options, and *text* is its body.

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


def program(lab: str, request: Any, names: Iterable[str], rest: str) -> str:
    """Return a program that asks *lab*, and does the *rest* with what it calls ``answer``.

    *request* is a dataclass whose fields all have defaults; those of *names* that
    differ from theirs are written down.
    """
    default = type(request)()
    fields = {
        name: value for name in names if (value := getattr(request, name)) != getattr(default, name)
    }
    lines = "".join(
        f"    {name!r}: {list(value) if isinstance(value, tuple) else value!r},\n"
        for name, value in fields.items()
    )
    return f'from trigpoint.labs import run\n\nanswer = run("{lab}", {{\n{lines}}})\n{rest}'
