"""Area pages: rows of one area become words, tables and a page. Knows no other page."""
