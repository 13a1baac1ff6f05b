"""Written pages. In: Markdown with `{{ ... }}`, a warehouse, definitions. Out: Markdown with figures in it.

`macros` names what a text may ask for, by kind: figures in `sentences`, `pictures` and tables, `lists`,
`data_pages`. `pages` fills texts in and makes the page of each indicator. Never says nothing where a figure
lacks: that is an error.
"""
