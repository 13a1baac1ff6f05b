"""Dutch words for figures. In: values. Out: text without markup.

`numbers` and dates, `status` (why a cell is empty), `sentences` about an area, `provenance` (from where and
of when). Pages, downloads and checks all speak through it; it reads no warehouse and knows no page.
"""
