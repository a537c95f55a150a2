"""The algebra, metadata and extras labs: their tabs, their second texts, and files."""

from __future__ import annotations

import io
import json
import re
import zipfile
from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator, expect

if TYPE_CHECKING:
    from conftest import Lab, LabOf, Reader
    from playwright._impl._api_structures import FilePayload

TEXTS = {
    "algebra": ("os_name == 'nt' and python_version >= '3.9'", "os_name == 'posix'"),
    "metadata": (
        "Metadata-Version: 2.4\nName: spam\nVersion: 1.0\nLicense: MIT\n",
        '[project]\nname = "eggs"\nversion = "2"\n',
    ),
    "extras": (
        "Name: spam\nProvides-Extra: gui\nRequires-Dist: eggs; extra == 'gui'",
        "Name: spam\nRequires-Dist: eggs\nRequires-Dist: ham",
    ),
    "messages": (
        "'eggs>>1' is invalid for 'requires-dist'",
        "ERROR: No matching distribution found for spam",
    ),
    "builds": (
        (
            '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
            '[project]\nname = "spam"\nversion = "1.0"\n'
        ),
        '[build-system]\nrequires = ["maturin"]\nbuild-backend = "maturin"\n',
    ),
    "composer": ("ice-axe", "snow-shoe"),
    "extensions": (
        '[[tool.trigpoint.extensions]]\nname = "a"\nbuilder = "c"\n',
        '[[tool.trigpoint.extensions]]\nname = "b"\nbuilder = "spam"\n',
    ),
    "external": ("dep:generic/zlib", "dep:generic/git\ndep:generic/spam"),
    "wheels": (
        "spam-1.0-py3-none-any.whl\n  spam/__init__.py\n    x = 1\n",
        "eggs-1.0-cp313-cp313-win_amd64.whl\n  eggs/__init__.py\n",
    ),
}
"""Two texts for each lab, with different answers."""

TABS = {
    "algebra": ("mode", ["compare", "merge", "simplify"]),
    "composer": ("view", ["backend", "files"]),
    "external": ("purpose", ["run", "build"]),
    "metadata": ("view", ["convert", "diff", "json", "installers", "fields"]),
}
"""The field behind the tabs of a lab, and its values; the last one is where the page begins."""

SECOND_TEXTS = {
    "metadata": ("other", "Metadata-Version: 2.4\nName: spam\nVersion: 1.1\n"),
    "extras": ("requests", "spam\nspam[gui]"),
    "builds": ("files", "src/spam/__init__.py\nsrc/spam/data.txt\n    x\n"),
    "messages": ("document", "Name: spam\nRequires-Dist: spam\nRequires-Dist: eggs>>1\n"),
}
"""The second text of a lab, and what a reader may write there."""

METADATA = "Metadata-Version: 2.4\nName: spam\nVersion: 1.0\nRequires-Dist: eggs; os_name = 'nt'\n"
LARGEST = 64 * 1024 * 1024

TRANSFER = """files => {
  const transfer = new DataTransfer();
  for (const [name, data] of files)
    transfer.items.add(new File([Uint8Array.from(atob(data), (each) => each.charCodeAt(0))], name));
  return transfer;
}"""
HUGE = """size => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([new Uint8Array(size)], "huge-1.0-py3-none-any.whl"));
  return transfer;
}"""


def page_of(name: str) -> str:
    """Return the page of the lab *name*."""
    return f"playground/{name}.html"


def choose(lab: Lab, value: str) -> None:
    """Choose the tab *value*, and wait for its answer."""
    lab.root.locator(f'.tp-tab:has(input[value="{value}"])').click()
    lab.wait()


def second_text(lab: Lab, name: str) -> Locator:
    """Return the second text of the lab *name*, on the tab that has it."""
    if name == "metadata":
        choose(lab, "diff")
    return lab.root.locator(f'textarea[name="{SECOND_TEXTS[name][0]}"]')


def wheel(metadata: str) -> bytes:
    """Return a tiny wheel that holds *metadata*."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("spam.py", "")
        archive.writestr("spam-1.0.dist-info/METADATA", metadata)
        archive.writestr("spam-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\n")
    return content.getvalue()


def drop(lab: Lab, *files: tuple[str, bytes], onto: str = ".tp-result") -> None:
    """Drop *files*, names and contents, onto a part of the lab."""
    packed = [(name, b64encode(data).decode()) for name, data in files]
    transfer = lab.page.evaluate_handle(TRANSFER, packed)
    place = lab.root.locator(onto).first
    for event in ("dragenter", "dragover", "drop"):
        place.dispatch_event(event, {"dataTransfer": transfer})


# -- every lab -----------------------------------------------------------------------


@pytest.mark.parametrize("name", TEXTS)
def test_answers_are_there_without_javascript_and_change_with_it(
    name: str, reader: Reader, lab_of: LabOf
) -> None:
    """The page shows without scripts what the live lab answers for the same request.

    There, each new text has its own answer.
    """
    static = lab_of(reader.open(page_of(name), java_script_enabled=False))
    live = lab_of(reader.open(page_of(name)))
    live.wake()
    results = [live.result.inner_text()]
    said = static.result.locator("[data-summary]").first.get_attribute("data-summary")
    assert said
    # What makes sense only with a script is invisible without one.
    hide = "all => all.forEach(each => { each.style.display = 'none'; })"
    live.result.locator(".tp-live").evaluate_all(hide)
    # A live lab shows the findings under the text.
    parts = "> :not(.tp-findings:not(.tp-lead))"
    assert live.result.locator(parts).all_inner_texts() == (
        static.result.locator(parts).all_inner_texts()
    )
    messages = ".tp-findings .tp-message"
    assert live.root.locator(messages).all_inner_texts() == (
        static.root.locator(messages).all_inner_texts()
    )
    expect(static.root.locator(".tp-live").first).to_be_hidden()

    for text in TEXTS[name]:
        live.write(text)
        results.append(live.result.inner_text())
    assert len(set(results)) == len(results)


@pytest.mark.parametrize("name", TEXTS)
def test_link_shows_the_same_in_a_new_profile(name: str, reader: Reader, lab_of: LabOf) -> None:
    """A link restores both texts, the tab and the choices."""
    lab = lab_of(reader.open(page_of(name)))
    lab.wake()
    lab.write(TEXTS[name][1])
    if name in TABS:
        choose(lab, TABS[name][1][0])
    if name in SECOND_TEXTS:
        second_text(lab, name).fill(SECOND_TEXTS[name][1])
        lab.wait()
    select = lab.root.locator("select[name]:visible").first
    if name not in ("metadata", "messages"):
        select.select_option(index=1)
        lab.wait()
    lab.root.locator(".tp-share > summary").click()
    lab.root.locator('[data-copy="link"]').click()
    expect(lab.root.locator(".tp-copied")).to_have_count(1)
    lab.page.wait_for_function("() => location.hash.includes('v=1&')")
    page = reader.profile().new_page()
    page.goto(lab.page.url)
    other = lab_of(page)
    other.wait()
    fields = (
        "form => [...new FormData(form)].filter(([, value]) => typeof value === 'string')"
        ".map(([name, value]) => [name, value.replaceAll('\\r', '')])"
    )
    held = lab.root.locator("form").evaluate(fields)
    assert other.root.locator("form").evaluate(fields) == held
    assert other.result.inner_text() == lab.result.inner_text()


def test_the_file_of_an_example_goes_with_its_text(reader: Reader, lab_of: LabOf) -> None:
    """A message of the reader's is not about it; a file that the reader wrote stays."""
    lab = lab_of(reader.open(page_of("messages")))
    lab.wake()
    lab.root.locator("[data-example*='InvalidDistribution']").first.dispatch_event("click")
    lab.wait()
    file = second_text(lab, "messages")
    expect(file).to_have_value(re.compile("License-File: LICENSE"))
    lab.write("error: Microsoft Visual C++ 14.0 or greater is required")
    expect(file).to_have_value("")
    own = SECOND_TEXTS["messages"][1]
    file.fill(own)
    lab.wait()
    lab.write("fatal error: Python.h: No such file or directory")
    expect(file).to_have_value(own)


def test_the_requests_of_an_example_go_with_its_project(reader: Reader, lab_of: LabOf) -> None:
    """Another project is not asked for its extras; what the reader asked for stays."""
    lab = lab_of(reader.open(page_of("extras")))
    lab.wake()
    example = lab.root.locator("[data-example*='requests']").first
    brought = json.loads(example.get_attribute("data-example") or "")
    example.dispatch_event("click")
    lab.wait()
    asked = second_text(lab, "extras")
    expect(asked).to_have_value(brought["requests"])
    lab.write(brought["text"] + "\n")
    expect(asked).to_have_value(brought["requests"])
    own = "Metadata-Version: 2.4\nName: spam\nVersion: 1\nProvides-Extra: gui\n"
    lab.write(own + "Requires-Dist: eggs; extra == 'gui'\n")
    expect(asked).to_have_value("")
    lab.wait()
    assert brought["requests"].split("[")[0] not in lab.result.inner_text()
    asked.fill("spam[gui]")
    lab.wait()
    lab.write(own + "Requires-Dist: bacon; extra == 'gui'\nRequires-Python: >=3.9\n" * 9)
    expect(asked).to_have_value("spam[gui]")


def test_what_an_example_asks_of_the_system_goes_with_its_project(
    reader: Reader, lab_of: LabOf
) -> None:
    """The extras of an example are not those of another project; what the reader writes stays."""
    lab = lab_of(reader.open(page_of("external")))
    lab.wake()
    example = lab.root.locator("[data-example*='\"extras\"']").first
    brought = json.loads(example.get_attribute("data-example") or "")
    example.dispatch_event("click")
    lab.wait()
    field = lab.root.locator("input[name=extras]")
    expect(field).to_have_value(", ".join(brought["extras"]))
    lab.write('[external]\nbuild-requires = ["dep:generic/make"]\n')
    expect(field).to_have_value("")
    field.fill("fast")
    lab.wait()
    lab.write('[external]\nhost-requires = ["dep:generic/zlib"]\n# of another project\n')
    expect(field).to_have_value("fast")


# -- tabs ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", TABS)
def test_each_tab_has_its_own_result(name: str, reader: Reader, lab_of: LabOf) -> None:
    """A tab changes the answer and the address, and back undoes it."""
    field, values = TABS[name]
    lab = lab_of(reader.open(page_of(name)))
    lab.wake()
    lab.write("\n".join(TEXTS["algebra"]) if name == "algebra" else TEXTS[name][0])
    results = []
    for value in values:
        choose(lab, value)
        expect(lab.root.locator(f'input[name="{field}"]:checked')).to_have_value(value)
        results.append(lab.result.inner_text())
        wanted = f"{field}={value}" if value != values[-1] else "v=1"
        lab.page.wait_for_function("wanted => location.hash.includes(wanted)", arg=wanted)
    assert len(set(results)) == len(values)
    lab.page.go_back()
    expect(lab.root.locator(f'input[name="{field}"]:checked')).to_have_value(values[-2])
    lab.wait()
    assert lab.result.inner_text() == results[-2]


@pytest.mark.parametrize("name", TABS)
def test_tabs_are_one_stop_for_the_keyboard(name: str, reader: Reader, lab_of: LabOf) -> None:
    """Arrow keys move between the tabs, and choose."""
    field, values = TABS[name]
    lab = lab_of(reader.open(page_of(name)))
    lab.wake()
    before = lab.result.inner_text()
    lab.root.locator(f'input[name="{field}"]:checked').focus()
    lab.page.keyboard.press("ArrowRight")
    chosen = lab.root.locator(f'input[name="{field}"][value="{values[0]}"]')
    expect(chosen).to_be_checked()
    expect(chosen).to_be_focused()
    expect(lab.result).not_to_have_text(before, use_inner_text=True)


# -- a second text -------------------------------------------------------------------


@pytest.mark.parametrize("name", SECOND_TEXTS)
def test_second_text_is_live(name: str, reader: Reader, lab_of: LabOf) -> None:
    """Typing there changes the result, and a reload keeps it."""
    field, text = SECOND_TEXTS[name]
    lab = lab_of(reader.open(page_of(name)))
    lab.wake()
    lab.write(TEXTS[name][0])
    second = second_text(lab, name)
    before = lab.result.inner_text()
    second.click()
    lab.page.keyboard.press("Control+a")
    lab.page.keyboard.insert_text(text)
    lab.wait()
    result = lab.result.inner_text()
    assert result != before
    expect(second).to_be_focused()
    # The address may hold that the field is empty until then.
    lab.page.wait_for_function(
        "field => new RegExp(`[?&]${field}=[^&]`).test(`&${location.hash.slice(1)}`)", arg=field
    )
    lab.page.reload()
    lab.wait()
    expect(second).to_have_value(text)
    assert lab.result.inner_text() == result


def test_second_text_typed_before_the_lab_is_live_counts(reader: Reader, lab_of: LabOf) -> None:
    """What is typed while the scripts are on their way is part of the request."""
    lab = lab_of(reader.open(page_of("extras")))
    second = lab.root.locator('textarea[name="requests"]')
    before = lab.result.inner_text()
    second.fill("spam[nothing-of-that-name]")
    lab.wait()
    expect(second).to_have_value("spam[nothing-of-that-name]")
    lab.page.wait_for_function("() => location.hash.includes('requests=')")
    assert lab.root.locator(".tp-text-findings").inner_text() + lab.result.inner_text() != before


@pytest.mark.parametrize("name", SECOND_TEXTS)
def test_example_fills_both_texts(name: str, reader: Reader, lab_of: LabOf) -> None:
    """An example brings its own second text, in the place of the reader's."""
    field, text = SECOND_TEXTS[name]
    lab = lab_of(reader.open(page_of(name)))
    lab.wake()
    second_text(lab, name).fill(text)
    buttons = lab.root.locator("[data-example]")
    requests = [
        json.loads(each)
        for each in buttons.evaluate_all("all => all.map((each) => each.dataset.example)")
    ]
    number = next(i for i, request in enumerate(requests) if request.get(field))
    lab.root.locator("details.tp-menu:has([data-example]) > summary").click()
    buttons.nth(number).click()
    expect(lab.root.locator(f'textarea[name="{field}"]')).to_have_value(requests[number][field])
    expect(lab.field).to_have_value(requests[number]["text"])
    lab.wait()
    expect(lab.result.locator("[data-summary]")).not_to_have_count(0)


# -- files ---------------------------------------------------------------------------


@pytest.mark.parametrize("onto", [".tp-result", ".tp-editor"])
def test_dropped_wheel_shows_its_metadata(onto: str, reader: Reader, lab_of: LabOf) -> None:
    """The METADATA of a wheel comes into the editor with its findings, wherever it falls."""
    lab = lab_of(reader.open(page_of("metadata")))
    lab.wake()
    before = lab.text
    drop(lab, ("spam-1.0-py3-none-any.whl", wheel(METADATA)), onto=onto)
    expect(lab.field).to_have_value(METADATA)
    lab.wait()
    expect(lab.result).to_contain_text("spam 1.0")
    expect(lab.root.locator(".tp-findings")).not_to_be_empty()
    expect(lab.root.locator('select[name="kind"]')).to_have_value("wheel")
    expect(lab.root).not_to_have_attribute("data-dropping", re.compile(""))
    lab.page.go_back()
    expect(lab.field).to_have_value(before)


def test_file_goes_into_no_link(reader: Reader, lab_of: LabOf) -> None:
    """The text of a file is in the link and in the history; its name and its bytes are not."""
    lab = lab_of(reader.open(page_of("metadata")))
    lab.wake()
    content = wheel(METADATA)
    drop(lab, ("spam-1.0-py3-none-any.whl", content))
    expect(lab.field).to_have_value(METADATA)
    lab.wait()
    lab.page.wait_for_function("() => location.hash.includes('text=')")
    kept = lab.page.url + json.dumps(lab.page.evaluate("history.state"))
    assert b64encode(content).decode()[:40] not in kept
    assert "file=" not in kept.replace("&file_name=", "")
    other = lab_of(reader.profile().new_page())
    other.page.goto(lab.page.url)
    other.wait()
    assert other.text == METADATA
    assert other.result.inner_text() == lab.result.inner_text()


def test_file_dropped_on_the_static_page_is_opened(reader: Reader, lab_of: LabOf) -> None:
    """The first drag starts the lab, and the file waits for it."""
    lab = lab_of(reader.open(page_of("metadata")))
    drop(lab, ("spam-1.0-py3-none-any.whl", wheel(METADATA)))
    expect(lab.field).to_have_value(METADATA)
    lab.wait()
    expect(lab.result).to_contain_text("spam 1.0")


def test_own_wheel_is_read(reader: Reader, lab_of: LabOf, site: Path) -> None:
    """The wheel that the engine itself imports is a wheel like any other."""
    (path,) = (site / "_static/trigpoint/wheels").glob("trigpoint-*.whl")
    with zipfile.ZipFile(path) as archive:
        (member,) = (name for name in archive.namelist() if name.endswith("/METADATA"))
        metadata = archive.read(member).decode()
    lab = lab_of(reader.open(page_of("metadata")))
    lab.wake()
    drop(lab, (path.name, path.read_bytes()))
    expect(lab.field).to_have_value(metadata)
    lab.wait()
    expect(lab.result).to_contain_text("trigpoint")
    assert lab.root.locator(".tp-findings .tp-error").count() == 0


def test_chosen_file_is_opened_again_and_again(reader: Reader, lab_of: LabOf) -> None:
    """The form's own control opens a file, by keyboard too, and the same one a second time."""
    lab = lab_of(reader.open(page_of("metadata")))
    lab.wake()
    file: FilePayload = {"name": "METADATA", "mimeType": "", "buffer": METADATA.encode()}
    control = lab.root.locator("input[data-file]")
    # While somebody listens the browser never opens a window of its own, which nobody could close.
    lab.page.on("filechooser", lambda _: None)
    for _ in range(2):
        lab.write(TEXTS["metadata"][0])
        control.focus()
        with lab.page.expect_file_chooser() as chooser:
            lab.page.keyboard.press("Space")
        chooser.value.set_files([file])
        expect(lab.field).to_have_value(METADATA)
        lab.wait()


def test_file_without_metadata_is_a_finding(reader: Reader, lab_of: LabOf) -> None:
    """A broken archive changes nothing, and the finding goes with the next letter."""
    lab = lab_of(reader.open(page_of("metadata")))
    lab.wake()
    lab.write(TEXTS["metadata"][0])
    drop(lab, ("spam-1.0-py3-none-any.whl", b"PK\3\4 and nothing else"))
    findings = lab.root.locator(".tp-findings")
    expect(findings).to_contain_text("spam-1.0-py3-none-any.whl")
    lab.wait()
    assert lab.text == TEXTS["metadata"][0]
    lab.write(TEXTS["metadata"][0] + "Summary: Breakfast\n")
    expect(findings).not_to_contain_text("spam-1.0-py3-none-any.whl")


def test_file_that_is_too_large_is_refused_in_words(reader: Reader, lab_of: LabOf) -> None:
    """Nothing is read, nothing changes, and the page says why."""
    lab = lab_of(reader.open(page_of("metadata")))
    lab.wake()
    before = lab.text
    transfer = lab.page.evaluate_handle(HUGE, LARGEST + 1)
    lab.result.dispatch_event("drop", {"dataTransfer": transfer})
    expect(lab.root.locator(".tp-notice")).to_contain_text("larger than 64 MiB")
    expect(lab.root.locator(".tp-announce")).to_contain_text("larger than 64 MiB")
    assert lab.text == before


def test_several_files_are_refused_in_words(reader: Reader, lab_of: LabOf) -> None:
    """Of several files none is chosen behind the reader's back."""
    lab = lab_of(reader.open(page_of("metadata")))
    lab.wake()
    # On a site that says where its labs are, several files would be a project.
    lab.root.evaluate("lab => { delete lab.dataset.leaveOut; }")
    drop(lab, ("METADATA", b"Name: a"), ("PKG-INFO", b"Name: b"))
    expect(lab.root.locator(".tp-notice")).to_contain_text("one of them")


def test_dragging_is_shown_and_said(reader: Reader, lab_of: LabOf) -> None:
    """An outline shows where a file may fall while it is over the lab, and no longer."""
    lab = lab_of(reader.open(page_of("metadata")))
    lab.wake()
    transfer = lab.page.evaluate_handle(TRANSFER, [("METADATA", "")])
    lab.result.dispatch_event("dragenter", {"dataTransfer": transfer})
    expect(lab.root).to_have_css("outline-style", "dashed")
    expect(lab.root.locator(".tp-announce")).to_have_text("Drop it to open it here")
    lab.root.dispatch_event("dragleave", {"dataTransfer": transfer})
    expect(lab.root).to_have_css("outline-style", "none")


def test_lab_without_a_place_for_files_takes_projects(reader: Reader, lab_of: LabOf) -> None:
    """Where there is no text of a file to open, what is dropped is a project for all labs."""
    lab = lab_of(reader.open(page_of("algebra")))
    lab.wake()
    transfer = lab.page.evaluate_handle(TRANSFER, [("METADATA", "")])
    lab.result.dispatch_event("dragenter", {"dataTransfer": transfer})
    expect(lab.root).to_have_css("outline-style", "dashed")


def test_without_an_index_there_is_no_box(reader: Reader, lab_of: LabOf) -> None:
    """The site as it was built names no index, so nobody can be asked."""
    lab = lab_of(reader.open(page_of("metadata")))
    lab.wake()
    assert lab.root.locator("[data-index]").count() == 0


def test_findings_lead_and_show_their_place(reader: Reader, lab_of: LabOf) -> None:
    """Metadata shows its findings on top of the result; a press on one selects what it is about."""
    lab = lab_of(reader.open(page_of("metadata")))
    lab.wake()
    lab.write("Metadata-Version: 2.4\nName: spam\nVersion: 1.0\nRequires-Python: ^3.11\n")
    finding = lab.result.locator(".tp-finding.tp-error")
    expect(finding).to_have_count(1)
    expect(lab.root.locator(".tp-text-findings")).to_be_empty()
    finding.locator(".tp-message").click()
    expect(lab.editor).to_be_focused()
    lab.page.keyboard.type(">=3.11")
    expect(lab.field).to_have_value(
        "Metadata-Version: 2.4\nName: spam\nVersion: 1.0\nRequires-Python: >=3.11\n"
    )


def test_controls_stand_above_both_columns(reader: Reader, lab_of: LabOf) -> None:
    """On a wide screen text and result begin at the same height, below one row of controls."""
    lab = lab_of(reader.open(page_of("metadata"), viewport={"width": 1280, "height": 900}))
    lab.wake()
    boxes = [
        lab.root.locator(selector).first.bounding_box()
        for selector in (".tp-toolbar", ".tp-editor", ".tp-result")
    ]
    toolbar, editor, result = (box for box in boxes if box)
    assert toolbar["width"] > editor["width"] + result["width"]
    assert editor["y"] >= toolbar["y"] + toolbar["height"]
    assert abs(editor["y"] - result["y"]) < 12
