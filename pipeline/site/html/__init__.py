"""Markup that any page may use. Knows nothing of figures."""
