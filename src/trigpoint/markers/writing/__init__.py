"""From meanings back to what people read: texts, versions of Python, examples.

Read ``simplify`` first: it says what a good text is and tries candidates.  ``cover``
finds them in a diagram and ``spelling`` writes their comparisons.  ``pythons`` finds
a Requires-Python; ``rewrite`` changes texts without a diagram.
"""
