"""Markup that any page may use.

In: values and words. Out: HTML, in which data stand as text. Never: a query, a figure, a sentence.
"""
