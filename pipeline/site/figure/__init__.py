"""Figures, for pages of every kind. In: rows of the mart. Out: words, cells and rows of charts.

One value, `Cijfer`; `words`, `cells` and `chart` each turn it into something that a page shows. Knows no page
and writes no HTML.
"""
