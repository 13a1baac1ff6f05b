"""Figures of gemeenten: one TOML a dataset, no Python.

In comes a publisher's file, out come figures per area and period, or the reasons why not. ``shape`` and
``definition`` say what a TOML may hold, ``questions`` what a draft leaves open. ``sniff`` and ``read`` turn a
file of any kind into rows with their place. ``mapping`` walks the rows, with ``areas``, ``coordinates``,
``periods`` and ``numbers``; ``whole`` tells which periods have ended, ``figures`` what is a figure,
``secrecy`` what would give a hidden count away; ``account`` and ``report`` tell what came of it.
``draft`` and its parts write a TOML from a file. ``models`` hands the figures to the warehouse.

Only ``fetch`` and ``verbs`` touch the network and the store, ``discover`` reads what catalogues answered, and
only ``models`` and ``areas`` read the warehouse. Nothing here guesses a figure, and nothing becomes zero that
the file does not say is zero.
"""
