"""Every hostile wheel that installers were tried with is told, by its own code."""

from __future__ import annotations

import stat

import pytest

from trigpoint.findings import Severity
from trigpoint.wheels import LARGEST_UPLOAD, MOST_PACKED, SMALL, inspect

from .build import DATA, EVERY, FOREIGN, Wheel, codes

D = "spam-1.0.data"
POINTS = "spam-1.0.dist-info/entry_points.txt"

HOSTILE: dict[str, tuple[Wheel, str, str]] = {
    "traversal in data": (Wheel({f"{D}/data/../../up": b""}), "archive-name-outside", "'..'"),
    "traversal at the root": (
        Wheel({"../site-packages-evil/x.py": b""}), "archive-name-outside", "site-packages-evil",
    ),
    "absolute": (Wheel({"/etc/passwd": b""}), "archive-name-outside", "root of a file system"),
    "drive": (Wheel({"C:/x": b""}), "archive-name-outside", "root of a file system"),
    "backslash": (Wheel({"a\\b.py": b""}), "archive-name-backslash", "backslash"),
    "absolute below a scheme": (
        Wheel({f"{D}/data//etc/passwd": b""}), "wheel-data-absolute",
        "'spam-1.0.data/data//etc/passwd' is absolute below its scheme; installers strip that",
    ),
    "command outside": (
        Wheel({POINTS: b"[console_scripts]\n../../x = a:b\n"}), "wheel-entry-point-outside",
        "the command '../../x' would be written outside of the scripts",
    ),
    "command outside on Windows": (
        Wheel({POINTS: b"[gui_scripts]\n..\\x = a:b\n"}), "wheel-entry-point-outside", "x",
    ),
    "unknown key": (
        Wheel({f"{D}/weird/x": b""}), "wheel-scheme",
        "'spam-1.0.data/weird/x' is below no scheme that installers know",
    ),
    "no key": (Wheel({f"{D}/x": b""}), "wheel-scheme", "'spam-1.0.data/x' is below no scheme"),
    "key alone": (Wheel({f"{D}/data": b""}), "wheel-scheme", "'spam-1.0.data/data' is below"),
    "interpreter": (
        Wheel({f"{D}/scripts/python3": b""}), "wheel-script-python",
        "'spam-1.0.data/scripts/python3' lands over the interpreter, 'bin/python3'",
    ),
    "interpreter as a command": (
        Wheel({POINTS: b"[console_scripts]\npython = a:b\n"}), "wheel-script-python", "'bin/python'",
    ),
    "interpreter of Windows": (
        Wheel({f"{D}/data/Scripts/python.exe": b""}), "wheel-script-python", "Scripts/python.exe",
    ),
    "free-threaded interpreter": (
        Wheel({f"{D}/scripts/python3.14t": b""}), "wheel-script-python", "'bin/python3.14t'",
    ),
    "pip's command": (
        Wheel({f"{D}/data/bin/pip": b""}), "wheel-overwrites",
        "'spam-1.0.data/data/bin/pip' lands over a file of pip, 'bin/pip'",
    ),
    "pip as a command": (
        Wheel({POINTS: b"[console_scripts]\npip3 = a:b\n"}), "wheel-overwrites", "'bin/pip3'",
    ),
    "pyvenv.cfg": (
        Wheel({f"{D}/data/pyvenv.cfg": b""}), "wheel-overwrites",
        "lands over a file of the virtual environment, 'pyvenv.cfg'",
    ),
    "activate": (Wheel({f"{D}/scripts/activate.fish": b""}), "wheel-overwrites", "activate.fish"),
    "pip itself": (
        Wheel({"pip/__init__.py": b""}), "wheel-overwrites",
        "lands over a file of pip, 'lib/python3.13/site-packages/pip/__init__.py'",
    ),
    "pip through data": (
        Wheel({f"{D}/data/lib/python3.9/site-packages/pip/x.py": b""}), "wheel-overwrites", "pip/x",
    ),
    "other data": (
        Wheel({"other-2.0.data/data/x": b""}), "wheel-foreign-data",
        "'other-2.0.data/data/x' lies in the .data folder of another project or version",
    ),
    "modules through data": (
        Wheel({f"{D}/data/lib/python3.13/os.py": b""}), "wheel-data-library",
        "'spam-1.0.data/data/lib/python3.13/os.py' is data and lands among the modules of a Python",
    ),
    "modules of Windows through data": (
        Wheel({f"{D}/data/Lib/site-packages/x.py": b""}), "wheel-data-library", "Lib/site-packages",
    ),
    "pth": (Wheel({"spam.pth": b""}), "wheel-startup", "'spam.pth' is run at each start of Python"),
    "pth in purelib": (Wheel({f"{D}/purelib/a.PTH": b""}), "wheel-startup", "a.PTH"),
    "pth through data": (
        Wheel({f"{D}/data/lib/python3.13/site-packages/a.pth": b""}), "wheel-startup", "a.pth",
    ),
    "sitecustomize": (Wheel({"sitecustomize.py": b""}), "wheel-startup", "sitecustomize.py"),
    "folder of scripts": (
        Wheel({f"{D}/scripts/sub/x": b""}), "wheel-script-folder",
        "'spam-1.0.data/scripts/sub/x' lies in a folder of the scripts",
    ),
    "link": (
        Wheel({"a.py": b"b.py"}, modes={"a.py": stat.S_IFLNK | 0o777}), "archive-link", "b.py",
    ),
    "link outside": (
        Wheel({"a.py": b"/etc/passwd"}, modes={"a.py": stat.S_IFLNK | 0o777}),
        "archive-link-outside", "/etc/passwd",
    ),
    "setuid": (
        Wheel({"a.py": b""}, modes={"a.py": stat.S_IFREG | 0o4755}), "wheel-mode",
        "'a.py' has the mode 4755, which lends the rights of its owner",
    ),
    "case": (
        Wheel({"spam/A.py": b"", "spam/a.py": b"x"}), "wheel-case",
        "'spam/A.py' and 'spam/a.py' differ in case only",
    ),
    "device of Windows": (
        Wheel({"spam/NUL.txt": b""}), "wheel-windows-name",
        "Windows has no file called 'spam/NUL.txt'",
    ),
    "folder that is a device": (Wheel({"com1/x.py": b""}), "wheel-windows-name", "com1"),
    "character of Windows": (Wheel({"spam/a?.py": b""}), "wheel-windows-name", "a?.py"),
    "ending of Windows": (Wheel({"spam/a.": b""}), "wheel-windows-name", "'spam/a.'"),
    "two for one place": (
        Wheel({"a.py": b"", f"{D}/purelib/a.py": b"x"}), "wheel-clash",
        "'a.py' and 'spam-1.0.data/purelib/a.py' land in one place",
    ),
    "file and folder": (
        Wheel({f"{D}/purelib/a": b"", "a/b/c.py": b"x"}), "wheel-clash",
        "'a/b/c.py' lands below 'spam-1.0.data/purelib/a', which is a file",
    ),
    "scheme of another project": (
        Wheel({"other-2.0.data/odd/x": b""}), "wheel-scheme",
        "'other-2.0.data/odd/x' is below no scheme that installers know",
    ),
    "ratio": (
        Wheel({"zeros": bytes(SMALL + 1)}), "wheel-ratio", "times its compressed size",
    ),
    "no WHEEL": (
        Wheel({"spam-1.0.dist-info/WHEEL": None}), "wheel-wheel", "there is no WHEEL file",
    ),
    "root of no scheme": (
        Wheel(purelib="maybe"), "wheel-wheel", "Root-Is-Purelib is 'maybe', neither true nor false",
    ),
    "version of the format": (
        Wheel({"spam-1.0.dist-info/WHEEL": b"Wheel-Version: 2.0\nRoot-Is-Purelib: true\n"}),
        "wheel-version", "the wheel is of version '2.0', and installers know 1",
    ),
    "no metadata": (
        Wheel({"spam-1.0.dist-info/METADATA": None}), "archive-metadata-missing", "METADATA",
    ),
    "entry point": (
        Wheel({POINTS: b"[x]\nno equals sign\n"}), "wheel-entry-points",
        "'no equals sign' is no entry point, which is name = value",
    ),
    "module that is no command": (
        Wheel({POINTS: b"[console_scripts]\nspam = spam\n"}), "wheel-command",
        "the command 'spam' is 'spam', not module:function",
    ),
    "value that is no object": (
        Wheel({POINTS: b"[plugins]\nspam = spam eggs\n"}), "wheel-entry-points",
        "'spam' in 'plugins' names no object to import",
    ),
    "tags": (
        Wheel({"spam-1.0.dist-info/WHEEL":
               b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py2-none-any\n"}),
        "wheel-tags", "differ about 'py2-none-any', 'py3-none-any'",
    ),
}  # fmt: skip


def test_tags_that_differ_are_named_up_to_three() -> None:
    """The rest of a long list says nothing more."""
    tags = "".join(f"Tag: py{number}-none-any\n" for number in range(4, 8))
    wheel = Wheel(
        {"spam-1.0.dist-info/WHEEL": f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\n{tags}".encode()}
    )
    [said] = [each.message for each in wheel.inspected().findings if each.code == "wheel-tags"]
    assert said.endswith("differ about 'py3-none-any', 'py4-none-any', 'py5-none-any'")


@pytest.mark.parametrize("case", HOSTILE)
def test_it_is_told(case: str) -> None:
    """The finding has the code of the danger, and says which file it is."""
    wheel, code, said = HOSTILE[case]
    messages = [each.message for each in wheel.inspected().findings if each.code == code]
    assert any(said in each for each in messages), wheel.inspected().findings


PLAIN = {
    "bare": Wheel(),
    "every scheme": EVERY,
    "a package": Wheel({"spam/__init__.py": b"", "spam/data.pth.txt": b"", "spam/sub.pth": b""}),
    "pip": Wheel({"pip/__init__.py": b""}, project="pip"),
    "names that begin alike": Wheel(
        {f"{D}/scripts/pythonic": b"", f"{D}/scripts/pipx": b"", "pipx/a.py": b"",
         f"{D}/scripts/activated": b"", "console.py": b"", "spam/null.py": b""}
    ),
    "share": Wheel({f"{D}/data/share/jupyter/x.json": b"", f"{D}/data/lib/x.so": b""}),
    "well compressed but small": Wheel({"zeros": bytes(SMALL)}),
    "dotted name": Wheel({POINTS: b"[console_scripts]\na.b = c:d.e [f]\n[g]\nh = i\n"}),
    "no purelib": Wheel(purelib="False"),
}  # fmt: skip


@pytest.mark.parametrize("case", PLAIN)
def test_nothing_is_told_of_a_plain_wheel(case: str) -> None:
    """A wheel as backends make them has no finding."""
    assert [] == codes(PLAIN[case].inspected())


def test_the_others_have_what_they_show() -> None:
    """The wheels that are installed in other tests are odd in the ways that they are meant to be."""
    assert ["wheel-foreign-data"] == codes(FOREIGN.inspected())
    assert ["wheel-data-absolute"] == codes(DATA.inspected())


def test_a_file_is_told_of_its_ratio_from_the_bound_on() -> None:
    """A hundred times is allowed, and more is not."""
    found = Wheel({"zeros": bytes(3 * SMALL)}).inspected()
    entry = next(each for each in found.entries if each.path == "zeros")
    assert entry.compressed
    assert MOST_PACKED < entry.size / entry.compressed
    assert ["wheel-ratio"] == codes(found)


def test_a_large_wheel_is_told(tmp_path: object) -> None:
    """What the index does not take is worth knowing, from one byte more on."""
    from dataclasses import replace

    from trigpoint.archives.faults import Notes
    from trigpoint.wheels.dangers import wheel_dangers

    for more, expected in ((0, []), (1, ["wheel-large"])):
        notes = Notes()
        wheel_dangers(replace(Wheel().inspected(), size=LARGEST_UPLOAD + more), notes)
        assert expected == [each.code for each in notes.findings()]


def test_many_of_one_kind_are_counted() -> None:
    """A wheel of a thousand odd names is told of ten, and of how many more."""
    wheel = Wheel({f"spam/a{number}?": b"" for number in range(50)})
    found = [each.message for each in wheel.inspected().findings]
    assert 11 == len(found)
    assert "and 40 more of this kind" == found[-1]


def test_severities_are_those_of_what_installers_do() -> None:
    """What breaks an environment is an error; what a plain wheel may have is none."""
    errors = {
        case for case, (wheel, code, _) in HOSTILE.items()
        if any(each.code == code and each.severity is Severity.ERROR
               for each in wheel.inspected().findings)
    }  # fmt: skip
    assert {"interpreter", "pyvenv.cfg", "unknown key", "other data", "command outside"} <= errors
    assert not errors & {"pth", "case", "ratio", "setuid", "link", "backslash", "tags"}


def test_neither_wheel_nor_sdist() -> None:
    """A text is neither, and has no entries that would land."""
    found = inspect(b"hello", "a.txt")
    assert ("", ["wheel-kind"]) == (found.kind, codes(found))


def test_files_below_files() -> None:
    """What lies below two of them is told once, of the nearer."""
    files = {"a": b"", f"{D}/purelib/a/b": b"", f"{D}/platlib/a/b/c": b""}
    messages = [each.message for each in Wheel(files).inspected().findings]
    below = [each for each in messages if "which is a file" in each]
    assert [
        f"'{D}/purelib/a/b' lands below 'a', which is a file",
        f"'{D}/platlib/a/b/c' lands below '{D}/purelib/a/b', which is a file",
    ] == below
