import nox


@nox.session
def stubs(session: nox.Session) -> None:
    """Compare what type checkers are told of the compiled module with what it has."""
    session.install(".", "mypy>=1.18")
    allowed = ["--allowlist", "tests/stubs.txt"]
    session.run("stubtest", "snow_cap", *allowed)
