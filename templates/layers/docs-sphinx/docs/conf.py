"""How Sphinx builds the documentation."""

from importlib.metadata import version as installed

project = "Snow Cap"
release = installed("snow-cap")
version = ".".join(release.split(".")[:2])

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.intersphinx"]
html_theme = "furo"
html_title = f"{project} {version}"
exclude_patterns = ["_build"]
