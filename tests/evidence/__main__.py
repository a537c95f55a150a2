"""``python -m tests.evidence``: see :mod:`tests.evidence.run`."""

from __future__ import annotations

from tests.evidence.run import main

raise SystemExit(main())
