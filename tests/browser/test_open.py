"""One box for anything, a project for all labs, and the way from one lab to the next and back."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from conftest import Lab, LabOf, Reader

HOME = "index.html"
MARKERS = "playground/markers.html"
METADATA = "playground/metadata.html"
MESSAGES = "playground/messages.html"
EXTRAS = "playground/extras.html"
BUILDS = "playground/builds.html"
REVIEW = "playground/review.html"
WHEELS = "playground/wheels.html"

PYPROJECT = (
    '[project]\nname = "spam"\nversion = "1.0"\n'
    'dependencies = ["colorama; sys_platform == \'win32\'", "rich"]\n'
    '[project.optional-dependencies]\ngui = ["pyside6"]\n'
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The folder of a project."""
    folder = tmp_path / "spam"
    (folder / ".git").mkdir(parents=True)
    (folder / ".git" / "HEAD").write_text("ref")
    (folder / "pyproject.toml").write_text(PYPROJECT)
    return folder


def drop(lab: Lab, *paths: Path) -> None:
    """Drop *paths* on the lab as a file manager does."""
    lab.root.scroll_into_view_if_needed()
    box = lab.root.bounding_box()
    assert box is not None
    session = lab.page.context.new_cdp_session(lab.page)
    data = {"items": [], "files": list(map(str, paths)), "dragOperationsMask": 1}
    place = {"x": box["x"] + box["width"] / 2, "y": max(box["y"], 0) + 40}
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": kind, **place, "data": data})


def bar(page: Page) -> str:
    """Return what the bar over the lab says, empty without one."""
    found = page.locator(".tp-project")
    return found.inner_text() if found.count() else ""


# -- one box ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said", "title", "page"),
    [
        ("os_name == 'nt'", "This is an environment marker", "Markers", MARKERS),
        ("Name: spam\nVersion: 1\n", "This is core metadata", "Metadata", METADATA),
        (PYPROJECT, "This is a pyproject.toml", "Metadata", METADATA),
        ("error: no such option: --x", "This is what a tool printed", "Messages", MESSAGES),
        ("pkg[gui]", "This is a request for extras", "Extras", EXTRAS),
    ],
)
def test_a_text_is_told_and_opened(
    text: str, said: str, title: str, page: str, reader: Reader, lab_of: LabOf
) -> None:
    """The box says what it is, and the lab for it holds it; back returns to the box as it was."""
    lab = lab_of(reader.open(HOME))
    lab.wake()
    lab.write(text)
    expect(lab.result.locator(".tp-summary")).to_contain_text(said)
    link = lab.result.get_by_role("link", name=f"Open in {title}")
    link.click()
    lab.page.wait_for_url(re.compile(re.escape(page)))
    other = lab_of(lab.page)
    other.wait()
    field = "textarea[name=requests]" if title == "Extras" else "textarea[data-editor]"
    assert text == other.root.locator(field).input_value()
    other.page.go_back()
    lab = lab_of(other.page)
    lab.wait()
    assert text == lab.text


def test_a_reader_may_say_what_it_is(reader: Reader, lab_of: LabOf) -> None:
    """What was taken for something else is read as what the reader says."""
    lab = lab_of(reader.open(HOME))
    lab.wake()
    lab.write("requests")
    lab.result.get_by_role("button", name="what a tool printed").click()
    expect(lab.result.locator(".tp-summary")).to_contain_text("because you said so")
    expect(lab.result.get_by_role("link", name="Open in Messages")).to_be_visible()


def test_without_javascript_the_doors_and_the_links_remain(reader: Reader) -> None:
    """The example on the first page leads to the lab for it, with its text in the address."""
    page = reader.open(HOME, java_script_enabled=False)
    link = page.get_by_role("link", name="Open in Markers")
    assert "playground/markers.html#lab?v=1&text=colorama;" in (link.get_attribute("href") or "")
    assert 3 == page.locator(".tp-door").count()


def test_links_are_the_same_with_and_without_a_script(reader: Reader, lab_of: LabOf) -> None:
    """The page that was built and the page that lives write the same addresses."""
    script = "links => links.map(link => [link.dataset.open, link.dataset.page, link.href])"
    for path in (HOME, MARKERS, MESSAGES, METADATA):
        static = reader.open(path, java_script_enabled=False)
        links = ".tp-open, .tp-page"
        built = static.locator(f"trigpoint-lab >> nth=0 >> {links}").evaluate_all(script)
        lab = lab_of(reader.open(path))
        lab.wake()
        assert built == lab.result.locator(links).evaluate_all(script)
        assert built
        assert all(each[2] for each in built)


# -- a project for every lab ---------------------------------------------------------------


def test_a_folder_on_the_first_page_fills_every_lab(
    reader: Reader, lab_of: LabOf, project: Path
) -> None:
    """It is named and kept in the tab; other labs are filled with one click, and it is forgotten."""
    page = reader.open(HOME)
    lab = lab_of(page)
    drop(lab, project)
    expect(lab.result.locator(".tp-summary")).to_contain_text("spam: this is the folder of")
    lab.wait()
    assert "spam is kept in this tab until you close it." in bar(page)
    assert "" == lab.text

    lab.result.get_by_role("link", name="Open in Metadata").click()
    page.wait_for_url(re.compile(re.escape(METADATA)))
    metadata = lab_of(page)
    metadata.wait()
    assert PYPROJECT == metadata.text
    assert "text=" not in page.url
    page.reload()
    metadata.wait()
    assert PYPROJECT == lab_of(page).text

    page.goto(reader.server.base + MARKERS)
    markers = lab_of(page)
    before = markers.text
    wanted = "colorama; sys_platform == 'win32'\npyside6; extra == \"gui\"\n"
    assert before != wanted
    page.get_by_role("button", name="Use it here").click()
    expect(markers.field).to_have_value(wanted)
    markers.wait()
    page.go_back()
    page.go_forward()
    page.wait_for_url(re.compile(re.escape(MARKERS)))

    page.get_by_role("button", name="Forget it").click()
    assert "" == bar(page)
    page.goto(reader.server.base + EXTRAS)
    expect(page.locator("trigpoint-lab")).to_be_visible()
    assert "" == bar(page)
    assert 0 == page.evaluate("sessionStorage.length")


@pytest.mark.parametrize(("title", "path"), [("Builds", BUILDS), ("Review", REVIEW)])
def test_a_lab_for_whole_projects_opens_the_files_that_were_dropped(
    title: str, path: str, reader: Reader, lab_of: LabOf, project: Path
) -> None:
    """A link hands the project over as it came; back leads to where it was dropped, at once."""
    page = reader.open(HOME)
    lab = lab_of(page)
    drop(lab, project)
    lab.result.get_by_role("link", name=title).click()
    page.wait_for_url(re.compile(re.escape(path)))
    other = lab_of(page)
    expect(other.field).to_have_value(PYPROJECT)
    other.wait()
    expect(other.root.locator(".tp-notice")).to_have_count(0)
    expect(page).to_have_url(re.compile("[?&](text|z)="))
    page.go_back()
    page.wait_for_url(re.compile(re.escape(HOME)))


def test_a_link_to_a_forgotten_project_says_so(
    reader: Reader, lab_of: LabOf, project: Path
) -> None:
    """The lab that it leads to does not show its own example as if it were the reader's."""
    page = reader.open(HOME)
    lab = lab_of(page)
    drop(lab, project)
    link = lab.result.get_by_role("link", name="Builds")
    expect(link).to_be_visible()
    page.get_by_role("button", name="Forget it").click()
    link.click()
    page.wait_for_url(re.compile(re.escape(BUILDS)))
    expect(page.locator(".tp-notice")).to_contain_text("This tab does not have your file")
    lab_of(page).wait()


def test_the_metadata_of_a_build_opens_in_the_lab_for_it(reader: Reader, lab_of: LabOf) -> None:
    """What a backend wrote is one click away from what it means."""
    page = reader.open(BUILDS, java_script_enabled=False)
    details = page.locator("details:has(> summary:text-is('METADATA'))")
    details.locator("summary").click()
    written = details.locator("pre").inner_text()
    address = details.get_by_role("link", name="What each field means").get_attribute("href") or ""
    live = reader.open(BUILDS)
    live.goto(live.url.replace("builds.html", address))
    lab = lab_of(live)
    lab.wait()
    assert written.strip() == lab.text.strip()


def test_a_folder_on_any_lab_fills_it(reader: Reader, lab_of: LabOf, project: Path) -> None:
    """A lab for one text takes what it wants of a project, and back brings its own text back."""
    lab = lab_of(reader.open(EXTRAS))
    lab.wake()
    before = lab.text
    drop(lab, project)
    expect(lab.field).to_have_value(PYPROJECT)
    lab.wait()
    assert "spam is kept in this tab" in bar(lab.page)
    lab.page.go_back()
    expect(lab.field).to_have_value(before)


def test_a_pasted_project_is_kept_when_the_reader_says_so(reader: Reader, lab_of: LabOf) -> None:
    """Nothing that is pasted is kept by itself."""
    page = reader.open(HOME)
    lab = lab_of(page)
    lab.wake()
    lab.write(PYPROJECT)
    assert "" == bar(page)
    page.get_by_role("button", name="Use it in every lab").click()
    expect(page.locator(".tp-project")).to_contain_text("Your text is kept in this tab")
    page.goto(reader.server.base + EXTRAS)
    page.get_by_role("button", name="Use it here").click()
    expect(lab_of(page).field).to_have_value(PYPROJECT)
    lab_of(page).wait()


def test_a_project_fills_the_file_of_a_message_and_leaves_the_message(
    reader: Reader, lab_of: LabOf, project: Path
) -> None:
    """What a tool printed stays; the file that it may be about is filled in."""
    lab = lab_of(reader.open(MESSAGES))
    lab.wake()
    lab.write("error: no such option: --x")
    drop(lab, project)
    expect(lab.root.locator("textarea[name=document]")).to_have_value(PYPROJECT)
    lab.wait()
    assert "error: no such option: --x" == lab.text


def test_no_other_tab_sees_the_project(reader: Reader, lab_of: LabOf, project: Path) -> None:
    """It is the tab that keeps it, not the browser."""
    context = reader.profile()
    page = context.new_page()
    page.goto(reader.server.base + HOME)
    drop(lab_of(page), project)
    expect(page.locator(".tp-project")).to_be_visible()
    other = context.new_page()
    other.goto(reader.server.base + HOME)
    expect(other.locator("trigpoint-lab").first).to_be_visible()
    assert "" == bar(other)
    assert 0 == page.evaluate("localStorage.length")


def test_a_project_of_many_megabytes_fills_a_lab_for_whole_ones(
    reader: Reader, lab_of: LabOf, project: Path
) -> None:
    """Sources are kept in a fraction of their size, and come out as they were."""
    (project / "data").write_bytes(bytes(range(256)) * (8 * 4096))
    lab = lab_of(reader.open(HOME))
    drop(lab, project)
    expect(lab.page.locator(".tp-project")).to_contain_text("spam is kept in this tab")
    lab.result.get_by_role("link", name="Review").click()
    lab.page.wait_for_url("**/review.html*")
    opened = lab_of(lab.page)
    expect(opened.result.locator(".tp-summary").first).to_contain_text("checks asked")
    opened.wait()
    assert [] == opened.root.locator(".tp-notice").all_inner_texts()
    # A new engine has none of its files, and the tab has them all.
    opened.write(PYPROJECT.replace("1.0", "2.0"))
    said = opened.result.inner_text()
    lab.page.wait_for_function("() => location.hash.includes('2.0')")
    lab.page.reload()
    opened.wait()
    assert (PYPROJECT.replace("1.0", "2.0"), said) == (opened.text, opened.result.inner_text())
    assert 0 == opened.root.locator(".tp-finding", has_text="not in this tab").count()


def test_a_project_on_a_lab_for_whole_ones_is_kept_as_on_any_other(
    reader: Reader, lab_of: LabOf, project: Path
) -> None:
    """A reload finds its files again, and so do the labs that take it; that for wheels offers them."""
    # No text can hold it, so that only the tab can.
    (project / "data").write_bytes(bytes(range(256)) * 256)
    lab = lab_of(reader.open(REVIEW))
    lab.wake()
    drop(lab, project)
    expect(lab.field).to_have_value(PYPROJECT)
    lab.wait()
    assert "spam is kept in this tab" in bar(lab.page)
    assert 0 == lab.root.locator(".tp-notice").count()
    said = lab.result.inner_text()
    lab.page.wait_for_function("() => location.hash.includes('kept')")
    lab.page.reload()
    lab.wait()
    assert (PYPROJECT, said) == (lab.text, lab.result.inner_text())
    assert 0 == lab.root.locator(".tp-finding", has_text="not in this tab").count()

    lab.page.get_by_role("button", name="Forget it").click()
    lab.page.goto(reader.server.base + WHEELS)
    wheels = lab_of(lab.page)
    wheels.wake()
    drop(wheels, project)
    expect(wheels.result.locator(".tp-summary").first).to_contain_text("is a project's folder")
    assert "Nothing in it is for this lab" in bar(lab.page)
    wheels.result.get_by_role("link", name="Build it here").click()
    lab.page.wait_for_url(re.compile(re.escape(BUILDS)))
    builds = lab_of(lab.page)
    expect(builds.field).to_have_value(PYPROJECT)
    builds.wait()
    assert 0 == builds.root.locator(".tp-notice").count()


def test_where_the_tab_has_room_for_less_it_is_said_in_the_labs_that_want_more(
    reader: Reader, lab_of: LabOf, project: Path
) -> None:
    """What labs read of a project is kept in the place of the one before, and its files are not."""
    lab = lab_of(reader.open(HOME))
    drop(lab, project)
    expect(lab.page.locator(".tp-project")).to_be_visible()
    lab.write("requests")
    # What nothing can make smaller: more than any browser keeps.
    (project / "data").write_bytes(random.Random(1).randbytes(13 * 1024 * 1024))
    drop(lab, project)
    kept = "spam is kept in this tab until you close it, but for files that only the tab has no room for"
    expect(lab.page.locator(".tp-project")).to_contain_text(kept)
    assert "" == lab.text
    lab.page.goto(reader.server.base + REVIEW)
    assert "too large to be kept: drop it here" in bar(lab.page)
    assert 0 == lab.page.get_by_role("button", name="Use it here").count()
    lab.page.goto(reader.server.base + EXTRAS)
    lab.page.get_by_role("button", name="Use it here").click()
    expect(lab_of(lab.page).field).to_have_value(PYPROJECT)
    lab_of(lab.page).wait()


def test_another_text_is_not_called_as_the_file_before_it(
    reader: Reader, lab_of: LabOf, tmp_path: Path
) -> None:
    """A name counts for its text, however that is corrected, and so does what a reader says it is."""
    (tmp_path / "pylock.toml").write_text('lock-version = "1.0"\n')
    lab = lab_of(reader.open(HOME))
    said = lab.result.locator(".tp-summary")
    drop(lab, tmp_path / "pylock.toml")
    expect(said).to_have_text("pylock.toml: no lab reads this.")
    lab.write('lock-version = "1.1"\n')
    expect(said).to_have_text("pylock.toml: no lab reads this.")
    lab.write("os_name == 'nt'")
    expect(said).to_contain_text("This is an environment marker")
    lab.result.get_by_role("button", name="what a tool printed").click()
    expect(said).to_contain_text("because you said so")
    lab.write("pkg[gui]")
    expect(said).to_contain_text("This is a request for extras")


# -- from lab to lab -------------------------------------------------------------------------


def test_a_requirement_in_a_message_opens_the_marker_lab(reader: Reader, lab_of: LabOf) -> None:
    """A click on the value leads to the lab for it; back returns to the message as it was typed."""
    lab = lab_of(reader.open(MESSAGES))
    lab.wake()
    message = "'eggs; os_name = 1' is invalid for 'requires-dist'"
    lab.write(message)
    lab.result.get_by_role("link", name="eggs; os_name = 1").click()
    lab.page.wait_for_url(re.compile(re.escape(MARKERS)))
    markers = lab_of(lab.page)
    markers.wait()
    assert "eggs; os_name = 1" == markers.text
    markers.page.go_back()
    lab.wait()
    assert message == lab.text


def test_fields_and_messages_lead_to_their_pages(reader: Reader, lab_of: LabOf) -> None:
    """What the documentation tells about, a result links to."""
    lab = lab_of(reader.open(METADATA))
    lab.wake()
    lab.write("Metadata-Version: 2.4\nName: spam\nVersion: 1\nRequires-Dist: a; os_name == 'nt'\n")
    name = lab.result.get_by_role("link", name="Requires-Dist", exact=True)
    assert (name.get_attribute("href") or "").endswith("metadata-fields.html#field-Requires-Dist")
    value = lab.result.get_by_role("link", name="a; os_name == 'nt'")
    assert "markers.html#lab?v=1&text=a;+os_name+==+'nt%27" in (value.get_attribute("href") or "")
    name.click()
    expect(lab.page.locator("#field-Requires-Dist")).to_be_visible()


def test_where_no_lab_is_known_there_is_no_link(reader: Reader, lab_of: LabOf) -> None:
    """A lab in a page that names no others shows the same as text."""
    lab = lab_of(reader.open(MARKERS))
    lab.root.evaluate("lab => { delete lab.dataset.labs; delete lab.dataset.pages; }")
    lab.wake()
    lab.write("os_name == 'posix'")
    hrefs = lab.result.locator(".tp-open").evaluate_all("all => all.map(each => each.href)")
    assert [""] == hrefs


def test_a_long_request_goes_in_a_packed_link(reader: Reader, lab_of: LabOf) -> None:
    """What is too long to read is packed, and opens as what it was."""
    lab = lab_of(reader.open(HOME))
    lab.wake()
    text = "\n".join(f"pkg{i}; os_name == 'nt'" for i in range(120))
    lab.write(text)
    link = lab.result.get_by_role("link", name="Open in Markers")
    expect(link).to_have_attribute("href", re.compile("z="))
    assert text == json.loads(link.get_attribute("data-open") or "")["request"]["text"]
    link.click()
    lab.page.wait_for_url(re.compile(re.escape(MARKERS)))
    other = lab_of(lab.page)
    other.wait()
    assert text == other.text
