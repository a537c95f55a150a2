"""Type-check and test the TypeScript sources: ``python playground/check.py``."""

from __future__ import annotations

from build import HERE, NEEDED, npm_packages
from toolchain import node

__all__ = ["main"]


def main() -> None:
    """Run ``tsc`` and node's own test runner."""
    tools = node()
    npm_packages(tools, HERE, *NEEDED)
    tools.run_npm("run", "--silent", "check", cwd=HERE)
    tools.run_npm("run", "--silent", "test", cwd=HERE)


if __name__ == "__main__":
    main()
