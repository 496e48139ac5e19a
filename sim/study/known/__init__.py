"""Known answers: limits of the game whose truth is known exactly, each a configuration in ``configs/limit``.

A module a field of mathematics; each gives, for a crisis, the exact values of some quantities and how a run yields them.
Nothing here calls the game: the exact side shares no code with what it checks.
"""
