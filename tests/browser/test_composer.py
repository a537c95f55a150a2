"""The composer: a project composed, copied, saved and built, and its names in the guides."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from email.parser import BytesParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from trigpoint.projects.templates import Answers, as_zip, render, templates, whole

if TYPE_CHECKING:
    from conftest import Lab, LabOf, Reader

PAGE = "playground/composer.html"
GUIDE = "guides/src-layout.html"
TUTORIAL = "tutorials/first-package.html"
ANSWERS = Answers(
    "ice-axe", 'Zoë "Z" Poe', "zoe@example.org", "zoe-9", "Cut steps in ice.", "MIT", "3.12"
)
BUILD = """
import hatchling.build, sys
print(hatchling.build.build_wheel(sys.argv[1]))
"""


@pytest.fixture
def lab(reader: Reader, lab_of: LabOf) -> Lab:
    found = lab_of(reader.open(PAGE))
    found.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    found.wake()
    return found


def compose(lab: Lab) -> None:
    """Give all of :data:`ANSWERS`."""
    lab.write(ANSWERS.name)
    for name in ("author", "email", "account", "description"):
        lab.root.locator(f'input[name="{name}"]').fill(getattr(ANSWERS, name))
    for name in ("license", "python"):
        lab.root.locator(f'select[name="{name}"]').select_option(getattr(ANSWERS, name))
    lab.wait()


def names(lab: Lab) -> str | None:
    """Return what the tab keeps for the guides."""
    kept: str | None = lab.page.evaluate("sessionStorage.getItem('trigpoint-own')")
    return kept


def test_what_is_composed_is_saved_and_builds(lab: Lab, tmp_path: Path) -> None:
    """The zip is the library's to the byte, and hatchling makes a wheel of it that has the names."""
    pytest.importorskip("hatchling.build", reason="hatchling builds the project")
    compose(lab)
    expect(lab.result).to_contain_text("21 files for ice-axe")
    with lab.page.expect_download() as saving:
        lab.result.locator("[data-download]").click()
    assert "ice-axe.zip" == saving.value.suggested_filename
    expected = as_zip(whole(templates()["hatchling"], ANSWERS), "ice-axe")
    assert expected == Path(saving.value.path()).read_bytes()
    with zipfile.ZipFile(saving.value.path()) as archive:
        archive.extractall(tmp_path)
    made = subprocess.run(
        [sys.executable, "-c", BUILD, str(tmp_path)],
        cwd=tmp_path / "ice-axe",
        capture_output=True,
        text=True,
        check=True,
    )
    with zipfile.ZipFile(tmp_path / made.stdout.split()[-1]) as wheel:
        assert "ice_axe/__init__.py" in wheel.namelist()
        metadata = BytesParser().parsebytes(wheel.read("ice_axe-0.1.0.dist-info/METADATA"))
    assert ("ice-axe", "MIT", ">=3.12") == (
        metadata["Name"],
        metadata["License-Expression"],
        metadata["Requires-Python"],
    )


def test_a_file_is_chosen_and_copied(lab: Lab) -> None:
    """The tree shows another file, which stays while the name changes, and is copied as it is."""
    button = lab.result.get_by_role("button", name="src/snow_cap/__init__.py")
    button.click()
    expect(lab.result.locator(".tp-shown-head code")).to_have_text("src/snow_cap/__init__.py")
    lab.write("ice-axe")
    expect(lab.result.locator(".tp-shown-head code")).to_have_text("src/ice_axe/__init__.py")
    lab.result.get_by_role("button", name="Copy", exact=True).click()
    lab.page.wait_for_selector(".tp-copied")
    text = render(templates()["hatchling"], Answers("ice-axe"))["src/ice_axe/__init__.py"].decode()
    assert text == lab.page.evaluate("navigator.clipboard.readText()")


def test_a_table_says_what_it_is_for_and_moves_nothing(lab: Lab) -> None:
    """By focus as well, in the place of what the file is for."""
    part = lab.result.locator(".tp-part").nth(1)
    before = part.bounding_box()
    reason = part.locator(".tp-reason")
    expect(reason).to_be_hidden()
    part.focus()
    expect(reason).to_be_visible()
    expect(reason).to_contain_text("Every backend reads the same table")
    after = part.bounding_box()
    assert before
    assert after
    assert (before["width"], before["height"]) == (after["width"], after["height"])


def test_what_is_wrong_stands_beside_its_answer(lab: Lab) -> None:
    """And its button there puts it right."""
    flat = lab.root.locator('select[name="layout"]')
    flat.select_option("flat")
    lab.wait()
    template = lab.root.locator('select[name="template"]')
    template.select_option("namespace")
    lab.wait()
    expect(flat).to_have_attribute("aria-invalid", "true")
    beside = flat.locator("xpath=..").locator(".tp-beside")
    expect(beside).to_contain_text("the layout is none that this template has")
    beside.locator("button").click()
    lab.wait()
    expect(beside).to_have_count(0)
    expect(flat).not_to_have_attribute("aria-invalid", "true")
    expect(flat).to_have_value("")
    expect(lab.result).to_contain_text("a namespace package")


def test_the_link_brings_everything_back(lab: Lab, lab_of: LabOf) -> None:
    """Names, choices and the file that is shown."""
    compose(lab)
    lab.result.get_by_role("button", name="README.md").click()
    lab.wait()
    lab.root.locator(".tp-share summary").click()
    lab.root.locator('[data-copy="link"]').click()
    lab.page.wait_for_selector(".tp-copied")
    page = lab.page.context.new_page()
    page.goto(lab.page.evaluate("navigator.clipboard.readText()"))
    again = lab_of(page)
    again.wait()
    expect(again.result).to_contain_text("files for ice-axe")
    expect(again.result.locator(".tp-shown-head code")).to_have_text("README.md")
    expect(again.root.locator('input[name="author"]')).to_have_value(ANSWERS.author)


def test_names_follow_into_the_guides_until_they_are_reset(lab: Lab, lab_of: LabOf) -> None:
    """Every snippet has them, the bar says so, and forgets them for all pages."""
    compose(lab)
    expect(lab.result.locator(".tp-keeping")).to_be_visible()
    page = lab.page
    base = page.url.partition(PAGE)[0]
    page.goto(base + GUIDE)
    marks = page.locator('[data-own="package"], [data-own="distribution"]')
    assert marks.count() > 0
    assert {"ice_axe", "ice-axe"} >= set(marks.all_text_contents())
    expect(page.locator(".tp-names")).to_contain_text("such as ice-axe")
    page.goto(base + TUTORIAL)
    assert [ANSWERS.account] == sorted(
        set(page.locator('[data-own="account"]').all_text_contents())
    ) or not page.locator('[data-own="account"]').count()
    authors = set(page.locator('[data-own="author"][data-own-kind=".toml"]').all_text_contents())
    assert authors <= {'Zoë \\"Z\\" Poe'}
    page.locator(".tp-names button").click()
    expect(page.locator(".tp-names")).to_contain_text("the template's names")
    assert names(lab) is None
    page.goto(base + GUIDE)
    assert {"snow_cap", "snow-cap"} >= set(marks.all_text_contents())
    expect(page.locator(".tp-names")).to_have_count(0)


def test_the_tick_decides_about_the_guides(lab: Lab) -> None:
    """Without it nothing is kept; what an untouched project is called never is."""
    assert names(lab) is None
    lab.write("ice-axe")
    expect(lab.result.locator(".tp-keeping")).to_be_visible()
    assert '"ice-axe"' in (names(lab) or "")
    lab.root.locator('input[name="own"]').uncheck()
    lab.wait()
    assert names(lab) is None
    lab.root.locator('input[name="own"]').check()
    lab.wait()
    assert names(lab)
    lab.write("snow-cap")
    assert names(lab) is None


def test_names_of_an_earlier_visit_stay(lab: Lab) -> None:
    """A lab that comes alive with the template's names takes nothing from the guides."""
    kept = '{"distribution": "old"}'
    lab.page.evaluate("kept => sessionStorage.setItem('trigpoint-own', kept)", kept)
    lab.result.get_by_role("button", name="README.md").click()
    lab.wait()
    assert kept == names(lab)


def test_on_a_phone_the_tree_is_folded_above_the_file(reader: Reader, lab_of: LabOf) -> None:
    """It opens by a press, and nothing is wider than the screen."""
    lab = lab_of(reader.open(PAGE, viewport={"width": 320, "height": 700}))
    lab.wake()
    tree, file = lab.result.locator(".tp-tree"), lab.result.locator(".tp-shown")
    button = tree.get_by_role("button", name="README.md")
    expect(button).to_be_hidden()
    tree.locator("summary").click()
    button.click()
    lab.wait()
    expect(file).to_contain_text("# Snow Cap")
    above, below = tree.bounding_box(), file.bounding_box()
    assert above
    assert below
    assert above["y"] + above["height"] <= below["y"]
    assert 320 == lab.page.evaluate("document.documentElement.scrollWidth")
