"""What a marker means in every environment at once: diagrams, and the questions they answer.

Read in this order:

1. ``axes``: where values stand, versions above all; ``axis_names``: what axes are called.
2. ``nodes``: the questions of a diagram, and its walk; ``diagrams``: joining them.
3. ``lowering``: from one comparison to its diagram.
4. ``sources`` and ``algebra``: whole markers, and the questions about them.

The rest is asked now and then.  ``texts`` searches for a text that passes tests where
diagrams leave that open, ``witnesses`` for an environment that shows a difference.
``axis_orders`` and ``reshape`` help where a diagram grows large.  ``restrict`` puts values
in, ``prepared`` walks with all of them, ``assumptions`` says what is taken for granted, and
``fingerprint`` makes hashes.
"""
