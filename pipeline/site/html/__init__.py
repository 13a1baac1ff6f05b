"""Markup that any page may use. In: text and data, never trusted. Out: HTML. Knows nothing of figures."""
