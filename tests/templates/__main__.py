"""``python -m tests.templates``: see :mod:`tests.templates.prove`."""

from __future__ import annotations

from tests.templates.prove import main

raise SystemExit(main())
