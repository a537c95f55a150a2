"""``python -m trigpoint``: the command line, where no script is on the path."""

from trigpoint.cli import main

if __name__ == "__main__":
    main()
