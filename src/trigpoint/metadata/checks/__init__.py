"""What is wrong with a METADATA file, and where.

Read :mod:`.validate` first: it runs the others, and holds what looks at several
fields.  :mod:`.context` collects findings, :mod:`.structure` looks at lines,
:mod:`.values` at single fields, :mod:`.dependencies` at requirements.
"""
