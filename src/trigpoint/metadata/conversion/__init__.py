"""From one metadata version to another, with a report of what changes.

Read :mod:`.convert` first, then :mod:`.session` (what every rule works on);
:mod:`.minor` has the rules between approved versions, :mod:`.major` those of 3.0.
"""
