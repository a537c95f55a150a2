"""Configuration of the documentation build.

Environment variables:

TRIGPOINT_SITE_URL      Address at which the site will stand; gives canonical links, a sitemap and
                        a picture of each page for those who are sent a link to it.
                        Read the Docs sets READTHEDOCS_CANONICAL_URL, which is used if this is not.
TRIGPOINT_INDEX_URL     Address of a package index's simple API, ending in a slash; then, after
                        blanks, those of the hosts of its files.  The metadata lab can then load
                        a project's metadata.  Without it no page asks anybody.
TRIGPOINT_REPOSITORY    Address of the repository on GitHub, GitLab or Bitbucket; then each page
                        has a link to edit it.
TRIGPOINT_NOTEBOOKS     "1" to build JupyterLite as well (``docs/jupyterlite_runtime.py`` first).
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import trigpoint
from trigpoint.labs import LABS

HERE = Path(__file__).parent
BUILD = HERE.parent / "build"
sys.path.append(str(HERE / "_ext"))

notebooks = os.environ.get("TRIGPOINT_NOTEBOOKS") == "1"

project = "Trigpoint"
author = "The Trigpoint developers"
copyright = author
release = version = trigpoint.__version__

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "trigpoint.sphinx",
    "trigpoint_site",
    "trigpoint_navigation",
    "trigpoint_placement",
    "trigpoint_external",
    "trigpoint_tables",
    "trigpoint_messages",
    "trigpoint_peps",
    "trigpoint_snippets",
    "trigpoint_templates",
    "trigpoint_reviews",
    "trigpoint_run",
    "trigpoint_search",
    "trigpoint_twins",
    "trigpoint_cards",
    "trigpoint_feed",
    "trigpoint_moved",
    "trigpoint_shown",
    "trigpoint_unpublished",
    *(["jupyterlite_sphinx"] if notebooks else []),
]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build", "_contents", "notebooks/*.ipynb"]
default_role = "code"
# Quotes are part of markers, and stay as they are.
smartquotes = False
# There is no intersphinx, so that the build needs no network; these live elsewhere or are internal.
nitpick_ignore_regex = [
    (r"py:.*", r"(collections\.abc|packaging|typing)\..*"),
    (
        r"py:class",
        r"trigpoint\.(labs\.(base|markup|codec\.T|reading)|markers\.reading\.tree)(\..*)?",
    ),
    (r"py:data", r"VARIABLES"),
    (r"py:class", r"(Assumption|Mode|\w+Like|Opened|OlderKind|PartKind|Markup|Path|Piece|Re\w+T)"),
    (r"py:class", r"os\.PathLike|pathlib\.Path|re\.Match"),
    (
        r"py:class",
        r"trigpoint\.(markers\.(exact\.(algebra|restrict)|meaning\.values)|metadata\.(text\.(header|plain|scan)|project\.sheet)|projects\.(adopt\.gathered|review\.project)|.*\._\w+)(\..*)?",
    ),
    (r"py:attr", r"text|value"),
]

myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
python_use_unqualified_type_names = True
toc_object_entries_show_parents = "hide"

trigpoint_policy = "own"
# Nothing becomes markup or a worker but by the one policy of the labs' scripts.
trigpoint_policy_sources = {
    "require-trusted-types-for": ["'script'"],
    "trusted-types": ["trigpoint"],
}
trigpoint_checked_languages = [
    *("toml", "yaml", "ini", "json"),
    *("c", "cpp", "cmake", "cython", "fortran", "meson", "rust"),
]
if (BUILD / "playground" / "trigpoint-lab.js").is_file():
    trigpoint_playground = "../build/playground"
    # The examples of the build lab are built with the wheels that the page would load; where
    # they are unpacked is no part of the site.
    shelf = shutil.copytree(BUILD / "playground" / "shelf", BUILD / "shelf", dirs_exist_ok=True)
    os.environ.setdefault("TRIGPOINT_SHELF", str(shelf))
trigpoint_index_url = os.environ.get("TRIGPOINT_INDEX_URL", "")
trigpoint_lab_pages = {
    **{
        name: f"playground/{name}#lab"
        for name in LABS
        if (HERE / f"playground/{name}.md").is_file()
    },
    "open": "index#open",
}
trigpoint_benchmarks = [str(BUILD / "benchmarks"), str(HERE / "data" / "benchmarks")]
trigpoint_notebooks = notebooks
trigpoint_changes = "../CHANGELOG.md"
trigpoint_shown = "data/findings.toml"
# Empty as soon as an index has it.
trigpoint_unpublished = "2026-11-27"

html_theme = "furo"
html_title = "Trigpoint"
html_baseurl = os.environ.get("TRIGPOINT_SITE_URL", os.environ.get("READTHEDOCS_CANONICAL_URL", ""))
html_logo = "_static/logo.svg"
html_favicon = "_static/favicon.svg"
html_static_path = ["_static"]
html_css_files = ["site.css", "copy.css", "print.css"]
html_js_files = [("copy.js", {"defer": "defer"})]
html_additional_pages = {"404": "404.html"}
templates_path = ["_templates"]
html_copy_source = False
html_show_sphinx = False
html_theme_options: dict[str, object] = {
    "light_css_variables": {
        "color-brand-primary": "#1d5fa8",
        "color-brand-content": "#1d5fa8",
        "color-brand-visited": "#5a4a9c",
    },
    "dark_css_variables": {
        "color-brand-primary": "#7cb6f7",
        "color-brand-content": "#7cb6f7",
        "color-brand-visited": "#b3a4f0",
    },
}

if repository := os.environ.get("TRIGPOINT_REPOSITORY"):
    html_theme_options |= {
        "source_repository": repository,
        "source_branch": "main",
        "source_directory": "docs/",
        "top_of_page_buttons": ["edit"],
    }

if notebooks:
    html_static_path += ["../build/jupyterlite/static"]
    jupyterlite_dir = "../build/jupyterlite/lite"
    jupyterlite_content_dir = "../build/jupyterlite/contents"
    jupyterlite_contents = ["notebooks/*.ipynb"]
    jupyterlite_config = "../build/jupyterlite/lite/jupyter_lite_config.json"
    jupyterlite_bind_ipynb_suffix = False
    trigpoint_example_folder = jupyterlite_content_dir
    trigpoint_example_preamble = "\n".join(
        f"from trigpoint.{module} import *"
        for module in ("catalogue", "findings", "labs", "markers")
    )
