"""Local approaches: one TOML each, written down before the outcome is known.

In comes ``data/aanpak/<id>.toml`` and, beside it, the verdicts that were recorded; out come an approach or
every fault with its line, a verdict, and texts for the command line. ``definition`` reads the file
(``reader`` takes its keys, ``lines`` finds the line of a fault), ``check`` holds it against the warehouse,
``window`` chooses the years, ``counts`` reads figures for ``evaluate`` and ``power``, ``record`` keeps
verdicts, ``draft`` writes a file, ``verbs`` are what the command line does.

Only ``check``, ``counts``, ``evaluate``, ``record`` and ``verbs`` read the warehouse. Nothing here talks to
the network, makes a page or changes a verdict that was recorded before.
"""
