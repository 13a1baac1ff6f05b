"""Area pages. In: a connection, codes of areas and the shell. Out: HTML, one page an area.

A section is a module: what it reads, its words, its template; `sections` names them in their order. `area`
is what they are made from, `pages` puts them together. Knows no written page and asks nothing of a network.
"""
