"""``python -m trigpoint.cli``."""

from trigpoint.cli import main

main()
