"""The templates for copier: its questions, and the files that it copies.

Usage: copied.py ANSWERS, or copied.py --questions

ANSWERS is the JSON of what copier asked; the files are written into this folder, over those of the
same path, which copier has looked at before.  ``--questions`` prints ``copier.yml``.  Nothing but
packaging needs to be installed, which copier brings: the rest is beside this file.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from trigpoint.projects.templates import (
    CHOICES,
    OPTIONS,
    PYTHONS,
    TEXTS,
    Answers,
    BadAnswersError,
    answers_about,
    licenses,
    templates,
    whole,
)

HEAD = """\
# What `copier copy` asks for; the files come from templates/, as for `trigpoint new`.
# Made by: python templates/copied.py --questions
_min_copier_version: "9.4"
_subdirectory: templates/copier
_templates_suffix: .jinja
# The files are a whole project as they stand, so nothing in them is for Jinja: a script writes
# them, with the templates of the very version that copier was told, and needs only packaging, as copier does.
_tasks:
  - - "{{ _copier_python }}"
    - "{{ _copier_conf.src_path }}/templates/copied.py"
    - "{{ _copier_answers | to_json }}"
"""

UNSAID = "as the template has it"


def questions() -> str:
    """Return the text of ``copier.yml``."""
    known = templates()
    blocks = [_question("template", "Template", {each.title: name for name, each in known.items()})]
    blocks += [_question(key, words, None) for key, words in TEXTS.items()]
    choices: dict[str, Mapping[str, str]] = {
        "license": {each: each for each in licenses()},
        "python": {each: each for each in PYTHONS},
    }
    for key, words in CHOICES.items():
        if key in OPTIONS:
            there = [each for each in answers_about(key) if _offered(key, each)]
            choices[key] = {
                UNSAID: "",
                **{f"{each}: {answers_about(key)[each]}": each for each in there},
            }
        blocks.append(_question(key, words, choices[key]))
    return "\n".join([HEAD, *blocks])


def _offered(option: str, answer: str) -> bool:
    # What only one template has, and nothing else, is no choice.
    return any(
        len(found) > 1 and answer in found
        for found in (template.answers(option) for template in templates().values())
    )


def _question(key: str, words: str, choices: Mapping[str, str] | None) -> str:
    # JSON is YAML.
    lines = [f"{key}:", "  type: str", f"  help: {json.dumps(words)}"]
    if choices is None:
        lines.append("  validator: " + json.dumps("{% if not " + key + " %}say it{% endif %}"))
    else:
        default = next(iter(choices.values()))
        lines += [f"  default: {json.dumps(default)}", "  choices:"]
        lines += [f"    {json.dumps(title)}: {json.dumps(each)}" for title, each in choices.items()]
    return "".join(f"{line}\n" for line in lines)


def write(said: Mapping[str, object], folder: Path) -> None:
    """Write the template that *said* names, with the answers in it, into *folder*.

    Raises :exc:`BadAnswersError` if an answer is wrong.
    """
    names = [field.name for field in fields(Answers)]
    answers = Answers(**{key: str(said[key]) for key in names if key in said})
    for path, content in whole(templates()[str(said["template"])], answers).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def main(arguments: Iterable[str]) -> int:
    """Write what *arguments* ask for; return 1 if an answer is wrong."""
    (asked,) = arguments
    if asked == "--questions":
        print(questions(), end="")
        return 0
    try:
        write(json.loads(asked), Path.cwd())
    except BadAnswersError as error:
        for key, found in error.findings.items():
            for each in found:
                way = f"; {each.fix.message}" if each.fix is not None else ""
                print(f"{key}: {each.message}{way}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
