"""A report as a text: for people, for programs, and for code hosts.

``text`` is for a terminal, ``as_json`` for programs, ``github`` for the log of a workflow,
and ``sarif`` for code scanning.
"""
