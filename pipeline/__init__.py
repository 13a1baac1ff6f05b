"""Veiligheidsbeeld: from open figures about safety to a static site, one verb a stage.

In: what publishers have, texts and hand-kept tables. Out: a folder that any web server can show. Never makes
up a figure, and never ranks areas.
"""
