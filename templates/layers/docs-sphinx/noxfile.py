import nox

PROJECT = nox.project.load_toml("pyproject.toml")


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation; a warning is an error."""
    session.install(".", *nox.project.dependency_groups(PROJECT, "docs"))
    session.run("sphinx-build", "-nW", "--keep-going", "docs", "docs/_build/html")
