"""Figures of gemeenten: one TOML a dataset, no Python. No network and no database here.

``definition`` reads the TOML; ``read`` turns a file of any kind into rows with their place; ``mapping`` turns
rows into figures per area and period, with ``areas``, ``periods`` and ``numbers``; ``report`` says in plain
Dutch what came of it; ``draft`` guesses a TOML from a file; ``models`` hands the figures to the warehouse.
"""
