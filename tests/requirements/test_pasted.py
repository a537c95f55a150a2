"""What people write where a requirement belongs: commands, quotes, paths, two in one."""

from __future__ import annotations

import pytest

from trigpoint.findings import apply_fix
from trigpoint.metadata import read, read_pyproject
from trigpoint.requirements import Dialect, read_requirement, read_requirements_file
from trigpoint.requirements.clauses import is_second, specifier_problems
from trigpoint.requirements.statements import read_statements

DEPENDENCY, LINE = Dialect.DEPENDENCY, Dialect.LINE

CASES = [
    # What is pasted, where, what is told, what that is said of, and the mended text.
    ("pip install spam==4.42.0", LINE, "is a command", "pip install", "spam==4.42.0"),
    ("$ uv pip install spam", DEPENDENCY, "is a command", "$ uv pip install", "spam"),
    ("sudo pip3 install spam", LINE, "is a command", "sudo pip3 install", "spam"),
    ("poetry add  spam", LINE, "is a command", "poetry add", "spam"),
    ("pip install -U spam", LINE, "is a command", "pip install", None),
    ("pip install", LINE, "is a command", "pip install", None),
    ("“spam[all]==4.5.0”", LINE, "has no quotes", "“spam[all]==4.5.0”", "spam[all]==4.5.0"),
    ("'spam[x]'", DEPENDENCY, "has no quotes", "'spam[x]'", "spam[x]"),
    ('"spam>=1",', LINE, "has no quotes", '"spam>=1",', "spam>=1"),
    ("`spam`", LINE, "has no quotes", "`spam`", "spam"),
    ("\"spam; os_name == 'nt'\"", LINE, "has no quotes", None, "spam; os_name == 'nt'"),
    ("spam<58; # why", LINE, "where a marker belongs", ";", "spam<58 # why"),
    ("spam<58 ;# why", LINE, "where a marker belongs", ";", "spam<58  # why"),
    ("spam<58;  #", LINE, "where a marker belongs", ";", "spam<58  #"),
    ("spam<58 ; # why", DEPENDENCY, "takes none here", "; # why", "spam<58"),
    ("spam @ file:///spam ;#why ", DEPENDENCY, "takes none here", ";#why", "spam @ file:///spam "),
    ("38.0.3-rc0+h0.r3", LINE, "this is a version", "38.0.3-rc0+h0.r3", None),
    ("1!2.0", DEPENDENCY, "this is a version", "1!2.0", None),
    ("./spam", DEPENDENCY, "this is a path", "./spam", None),
    ("../spam", DEPENDENCY, "this is a path", "../spam", None),
    ("/opt/spam", DEPENDENCY, "this is a path", "/opt/spam", None),
    (".", DEPENDENCY, "this is a path", ".", None),
    ("-e ./spam", DEPENDENCY, "-e is an option of pip", "-e", None),
    ("--index-url=x", DEPENDENCY, "--index-url is an option", "--index-url", None),
    ("spam==2.0.0#why", LINE, "a comment has a blank", "#", "spam==2.0.0 #why"),
    ("spam#why, and what", LINE, "a comment has a blank", "#", "spam #why, and what"),
    ("spam==1.0;eggs==2.0", LINE, "second requirement", "eggs==2.0", None),
    ("spam==1.0 ; eggs>=2,<3;ham~=1.0", DEPENDENCY, "second requirement", None, None),
    ("spam, eggs", DEPENDENCY, "second requirement", "eggs", None),
    ("spam>=2011k", LINE, "is no version specifier", ">=2011k", None),
    ("spam==1.0.snapshot", LINE, "is no version specifier", "==1.0.snapshot", None),
    ("spam=1.21.5=py39h7a0a035_1", LINE, "is how conda writes a version", None, "spam==1.21.5"),
    ("spam==1.21.*=0", LINE, "is how conda writes a version", None, "spam==1.21.*"),
    ("spam==^1.2", DEPENDENCY, "is no version", None, "spam>=1.2,<2"),
]


@pytest.mark.parametrize(("text", "dialect", "told", "stretch", "mended"), CASES)
def test_one_finding_says_what_it_is(
    text: str, dialect: Dialect, told: str, stretch: str | None, mended: str | None
) -> None:
    """Each is told once, at its place, and what can be carried out leaves a requirement."""
    (found,) = read_requirement(text, dialect).findings
    assert told in found.message
    assert found.span is not None
    if stretch is not None:
        assert stretch == text[found.span.start : found.span.end]
    assert found.fix is not None
    done = apply_fix(text, found.fix) if found.fix.replacement is not None else None
    assert mended == done
    if done is not None:
        assert read_requirement(done, dialect).valid


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("_libgcc_mutex==0.1", "delete the line: conda alone has such packages"),
        ("_openmp_mutex>=4.5", "delete the line: conda alone has such packages"),
        ("_spam==1", "write spam"),
        ("_mutex==1", "write mutex"),
        ("spam==info", "write a version, which begins with a number, or leave it out"),
        ("spam>dev", "write a version, which begins with a number, or leave it out"),
        (
            "spam>=2011k",
            "write >=2011, or with a, b, rc, .post or .dev and a number behind it",
        ),
        ("38.0+x", "write the name, == and then 38.0+x"),
        ("-e ./spam", "leave it out, and write the name of the project"),
    ],
)
def test_the_advice_is_about_this_text(text: str, fix: str) -> None:
    """What cannot be carried out says what to write for what was written."""
    (found,) = read_requirement(text).findings
    assert found.fix is not None
    assert fix == found.fix.message


SOUND = [
    ("pip", DEPENDENCY),
    ("pip>=24", LINE),
    ("uv", LINE),
    ("poetry>=2", DEPENDENCY),
    ("1.0.0-beta", DEPENDENCY),
    ("spam @ https://example.org/spam.zip#sha256=0", LINE),
    ("spam @ git+https://example.org/spam#egg=spam", LINE),
    ("spam==1.0 # why", LINE),
]


@pytest.mark.parametrize(("text", "dialect"), SOUND)
def test_what_only_looks_like_it_is_left_alone(text: str, dialect: Dialect) -> None:
    """Projects that are called like commands, URLs with a fragment and comments are sound."""
    assert () == read_requirement(text, dialect).findings


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("spam; pyton_version>=3.8", "marker-unknown-variable"),
        ("spam; os_name==nt", "marker-unquoted"),
        ("spam; os>=3", "marker-unknown-variable"),
        ('spam; eggs=="2"', "marker-unknown-variable"),
        ("'spam' 'eggs'", "requirement-syntax"),
        ("'spam @ x'", "requirement-syntax"),
        ('"spam; os_name == \'nt"', "requirement-syntax"),
        ("'spam>=1", "requirement-syntax"),
    ],
)
def test_what_is_meant_otherwise_is_told_as_before(text: str, code: str) -> None:
    """A marker with a fault is no second requirement, and quotes may be around parts."""
    found = read_requirement(text).findings
    assert code == found[0].code
    assert "second" not in found[0].message
    assert "has no quotes" not in found[0].message


def test_options_stay_behind_a_comment_that_is_glued() -> None:
    """A blank there would make them part of the comment, so only words say it."""
    (found,) = read_requirement("spam==1#why --hash=sha256:0", LINE).findings
    assert found.fix is not None
    assert ("#", None) == (found.message[found.message.index("#")], found.fix.replacement)


def test_paths_and_options_are_right_in_a_requirement_file() -> None:
    """They are read by pip there."""
    assert () == read_requirements_file("./spam\n-e ./eggs\n/opt/ham\n").findings


def test_a_long_run_of_commands_is_one() -> None:
    """They are deleted together, in one look."""
    text = "pip install " * 5000 + "spam"
    (found,) = read_requirement(text).findings
    assert found.fix is not None
    assert "spam" == apply_fix(text, found.fix)


@pytest.mark.parametrize(
    ("text", "mended"), [("python>=3.8", ">=3.8"), ("Python ~= 3.8, <4", "~= 3.8, <4")]
)
def test_the_name_python_has_no_place_among_its_versions(text: str, mended: str) -> None:
    """Requires-Python has versions alone."""
    (problem,) = specifier_problems(text)
    start, end = problem.at
    assert "the versions of Python are meant, so its name is not written" == problem.message
    assert mended == f"{text[:start]}{problem.replacement}{text[end:]}"


def test_a_second_requirement_begins_with_a_letter() -> None:
    """A version specifier is none."""
    assert is_second("eggs")
    assert is_second("eggs[x]>=1")
    assert not is_second(">=1")
    assert not is_second("1.0")


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        (
            "spam @ ./local",
            "write the whole path as in file:///..., or the path alone into a requirement file",
        ),
        (
            "spam @ local/spam",
            "write the whole path as in file:///..., or the path alone into a requirement file",
        ),
        ("spam@latest", "write versions without the @, such as ==1.2"),
        ("spam@^1.2", "write versions without the @, such as ==1.2"),
    ],
)
def test_what_is_no_url_is_told(text: str, fix: str) -> None:
    """It is a requirement by the grammar, and pip refuses it."""
    requirement = read_requirement(text)
    (found,) = requirement.findings
    assert found.fix is not None
    assert (True, "requirement-address", fix) == (
        requirement.valid,
        found.code,
        found.fix.message,
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org:8080/spam",
        "git+ssh://git@example.org:22/spam",
        "git+ssh://git@example.org:${PORT}/spam",
        "file:spam",
        "file:///c:/spam",
        "{root:uri}/spam",
        "${HOME}/spam",
        "git+https://user:secret@example.org/spam",
    ],
)
def test_urls_and_what_is_filled_in_are_sound(url: str) -> None:
    """A port is a number, a password no port, and variables become URLs."""
    assert () == read_requirement(f"spam @ {url}", LINE).findings


def test_metadata_with_such_an_address_says_it_too() -> None:
    """There the address itself is told besides."""
    codes = [
        each.code
        for each in read(
            "Metadata-Version: 2.4\nName: eggs\nVersion: 1\nRequires-Dist: spam @ 1.0\n"
        ).findings()
    ]
    assert ["metadata-direct-reference", "requirement-address"] == sorted(codes)


@pytest.mark.parametrize(
    ("path", "conda"),
    [
        ("file:///croot/spam_1/work", True),
        ("file:///C:/b/abs_1/croot/spam_1/work/dist/spam-1-py3-none-any.whl#sha256=00", True),
        ("file:///home/conda/feedstock_root/build_artifacts/spam_1/work", True),
        ("file:///opt/conda/conda-bld/spam_1/work", True),
        ("file:///opt/ci_py311/spam_1/work", True),
        ("file:///tmp/build/80754af9/spam_1/work", True),
        ("file:///C:/ci/spam_1/work", True),
        ("file:///d:/ci_310/spam_1/work", True),
        ("file:///home/me/spam", False),
        ("FILE:/home/me/spam", False),
        ("file://localhost/home/me/ci/spam", False),
    ],
)
def test_a_path_of_one_machine_is_told(path: str, conda: bool) -> None:
    """What pip freeze wrote where conda installed is on no other machine, and has a way out."""
    text = f"eggs\n  spam @ {path} ; os_name == 'nt'\n"
    (found,) = read_requirements_file(text).findings
    assert found.span is not None
    assert found.fix is not None
    assert ("requirement-local", path, None) == (
        found.code,
        text[found.span.start : found.span.end],
        found.fix.replacement,
    )
    assert conda == found.message.startswith("conda's spam was built in this folder")
    assert "pip list --format=freeze" in found.fix.message
    assert (found,) == read_statements(text).findings


@pytest.mark.parametrize(
    "url",
    [
        "file:spam",
        "file:./spam",
        "file:///${PROJECT_ROOT}/spam",
        "file:///{root}/spam",
        "https://spam.example/file:///croot/x",
    ],
)
def test_a_path_that_is_filled_in_or_relative_is_none_of_one_machine(url: str) -> None:
    """They are there to work elsewhere."""
    assert () == read_requirements_file(f"spam @ {url}\n").findings


@pytest.mark.parametrize("dialect", Dialect)
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("python>=3.8", 'requires-python = ">=3.8"'),
        (" Python ( >= 3.8,<4 )", 'requires-python = ">= 3.8,<4"'),
        ("PYTHON[x]; os_name == 'nt'", "requires-python"),
    ],
)
def test_python_is_no_project(text: str, said: str, dialect: Dialect) -> None:
    """It can be read, and no index has it; the way out has the reader's versions in it."""
    requirement = read_requirement(text, dialect)
    (found,) = requirement.findings
    assert found.fix is not None
    assert found.span is not None
    assert (True, "requirement-python", "python", None) == (
        requirement.valid,
        found.code,
        text[found.span.start : found.span.end].lower(),
        found.fix.replacement,
    )
    assert f"leave it out; a project says which Pythons it takes with {said}" == found.fix.message


@pytest.mark.parametrize(
    "text", ["python-x", "pythons>=1", "cpython", "python.x", "python @ file:///x"]
)
def test_other_names_and_addresses_are_no_python(text: str) -> None:
    """A longer name is another project, and an address says where to find one of that name."""
    assert () == read_requirement(text, LINE).findings


def test_metadata_and_projects_tell_of_python_too() -> None:
    """In a field that nothing else is said of, between others, and in a table."""
    head = "Metadata-Version: 2.4\nName: eggs\nVersion: 1\n"
    fields = "Requires-Dist: spam\nRequires-Dist: python>=3.8\nRequires-Dist: bacon; extra == 'x'\n"
    told = [(each.code, each.span and each.span.line) for each in read(head + fields).findings()]
    assert ("requirement-python", 5) in told
    table = '[project]\nname = "eggs"\nversion = "1"\ndependencies = ["python>=3.8"]\n'
    assert "requirement-python" in [each.code for each in read_pyproject(table).findings()]


def test_a_comment_for_a_marker_is_told_beside_the_rest() -> None:
    """To mend one thing brings no other to light."""
    codes = [each.code for each in read_requirement("python>=3.8; # why", LINE).findings]
    assert ["requirement-python", "requirement-syntax"] == codes
    messages = [each.message for each in read_requirement("spam[a; # why", LINE).findings]
    assert [
        "the bracket of the extras is never closed",
        "a comment stands behind the semicolon, where a marker belongs",
    ] == messages
