"""How the extension looks in the themes that people use; no test, for somebody has to look.

``python tests/sphinx/themes.py FOLDER`` builds one page with every theme that is
installed, and leaves pictures of it in FOLDER, in light and dark, wide and narrow.
It also says what is wider than the screen, and what the browser complained about.
It needs playwright and a Chromium, whose path ``CHROMIUM`` may hold.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

THEMES = {
    "alabaster": "alabaster",
    "furo": "furo",
    "pydata_sphinx_theme": "pydata-sphinx-theme",
    "sphinx_book_theme": "sphinx-book-theme",
    "sphinx_rtd_theme": "sphinx-rtd-theme",
}
"""The module of each theme, and the project that it comes from."""

WIDTHS = (1280, 320)

PAGE = """\
Spam
====

Some prose with ``code``, and a marker:

.. marker-lab::
   :extras: gui

   sys_platform != "emscripten" and extra == "gui"

.. marker-lab::
   :expect-findings: marker-unknown-variable

   python_verison > "3"

.. extras-lab::
   :requests: spam[all]
   :class: tp-full

   Metadata-Version: 2.4
   Name: spam
   Version: 1.0
   Requires-Dist: attrs>=25
   Provides-Extra: all
   Requires-Dist: sphinx; extra == "all"

.. metadata-lab::

   Metadata-Version: 2.4
   Name: spam
   Version: 1

.. algebra-lab::

   os_name == 'nt'

.. checked-toml:: pyproject.toml

   [project]
   dependencies = ["attrs>=25"]

.. findings:: request
"""


def installed() -> list[str]:
    """Return the names of the themes that this Python has."""
    return [name for name in THEMES if importlib.util.find_spec(name)]


def build(theme: str, folder: Path) -> Path:
    """Build the page with *theme* in *folder*, and return the file, which may not be there."""
    source = folder / "source"
    source.mkdir(parents=True, exist_ok=True)
    (source / "index.rst").write_text(PAGE, "utf-8")
    settings = ['extensions = ["trigpoint.sphinx"]', f'html_theme = "{theme}"', 'project = "Spam"']
    (source / "conf.py").write_text("\n".join(settings), "utf-8")
    command = [sys.executable, "-m", "sphinx", "-qE", "-b", "html", str(source)]
    subprocess.run([*command, str(folder / "html")], check=False)
    return folder / "html" / "index.html"


def look(page: Path, name: Path) -> list[str]:
    """Take pictures of the file *page*, whose names begin with *name*; return what is wrong."""
    from playwright.sync_api import sync_playwright

    found: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        for scheme in ("light", "dark"):
            for width in WIDTHS:
                tab = browser.new_page(
                    color_scheme="dark" if scheme == "dark" else "light",
                    viewport={"width": width, "height": 800},
                )
                tab.on("pageerror", lambda error: found.append(str(error)))
                tab.goto(page.as_uri())
                over = tab.evaluate("document.documentElement.scrollWidth - innerWidth")
                if over > 0:
                    found.append(f"{scheme}, {width}: {over} px too wide")
                tab.screenshot(path=f"{name}-{scheme}-{width}.png", full_page=True)
        browser.close()
    return found


def main(arguments: list[str] | None = None) -> int:
    """Build and look at every theme; the status is 1 if something is wrong with one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args(arguments).folder
    status = 0
    for theme in installed():
        page = build(theme, folder / theme)
        found = look(page, folder / theme) if page.is_file() else ["it cannot be built"]
        for problem in found:
            print(f"{theme}: {problem}")
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
