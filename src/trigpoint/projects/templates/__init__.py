"""New projects from real ones: the catalogue of templates, a reader's answers, the files.

>>> from trigpoint.projects.templates import Answers, render, templates
>>> files = render(templates()["hatchling"], Answers(name="spam", author="Eric"))
>>> files["README.md"].decode().splitlines()[0]
'# Spam'

A template is a stack of layers in the folder ``templates``, each of plain files, and with the
default answers it is a real project that builds and passes its own tests.

To find your way: ``source`` reads the folder, ``catalogue`` says what there is, ``stack`` puts
layers together and ``joining`` files of one path, ``answers`` checks what a reader wants, ``names``
writes it into the files, and ``rendering`` does all of that; ``spellings`` tells pages what it writes.
``choosing`` says which template fits, and ``updating`` brings a project to what its template is by now.
"""

from trigpoint.projects.templates.answers import (
    CHOICES,
    PYTHONS,
    TEXTS,
    Answers,
    check_answers,
    failed,
    read_answers,
)
from trigpoint.projects.templates.catalogue import (
    OPTIONS,
    Template,
    Verified,
    answers_about,
    licenses,
    purpose,
    templates,
    verified,
)
from trigpoint.projects.templates.choosing import LANGUAGES, WISHES, Choice, choose
from trigpoint.projects.templates.rendering import BadAnswersError, as_zip, layers, render, tree
from trigpoint.projects.templates.spellings import own_spellings, spellings
from trigpoint.projects.templates.updating import (
    BESIDE,
    RECORD,
    FileChange,
    FileUpdate,
    Record,
    carry_out,
    read_record,
    update,
    whole,
    write_record,
)

__all__ = [
    "BESIDE",
    "CHOICES",
    "LANGUAGES",
    "OPTIONS",
    "PYTHONS",
    "RECORD",
    "TEXTS",
    "WISHES",
    "Answers",
    "BadAnswersError",
    "Choice",
    "FileChange",
    "FileUpdate",
    "Record",
    "Template",
    "Verified",
    "answers_about",
    "as_zip",
    "carry_out",
    "check_answers",
    "choose",
    "failed",
    "layers",
    "licenses",
    "own_spellings",
    "purpose",
    "read_answers",
    "read_record",
    "render",
    "spellings",
    "templates",
    "tree",
    "update",
    "verified",
    "whole",
    "write_record",
]
