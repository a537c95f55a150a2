"""The lines of a METADATA file: from bytes to headers, and back.

Read :mod:`.scan` first (bytes to lines), then :mod:`.plain` (lines to fields) and
:mod:`.emit` (back).  :mod:`.people` and :mod:`.depth` stand for themselves.
"""
