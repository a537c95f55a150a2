import nox


@nox.session
def stubs(session: nox.Session) -> None:
    """Compare what type checkers are told of the compiled module with what it has."""
    session.install(".", "mypy>=1.18")
    session.run("stubtest", "snow_cap", "--allowlist", "tests/stubs.txt")
