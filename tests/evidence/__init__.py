"""The evidence: wheels built by hand, real installers, and what they do with them.

``python -m tests.evidence`` runs every case through every tool and compares
the outcomes with the record in :mod:`trigpoint.installers`.
"""
