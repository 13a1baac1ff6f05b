"""Maps: which figure a map shows, its outlines, its drawing and its legend.

In: the warehouse, codes of gemeenten or the country. Out: a figure of inline SVG with its words (`maps`), and
the files from which a browser colours it anew (`data`). Never: a figure that a table withholds, a colour
without words, a sensitive kind per buurt.
"""
