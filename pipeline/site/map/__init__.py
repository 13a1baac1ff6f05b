"""Maps: boundaries and classes become inline SVG and the figures behind it."""
