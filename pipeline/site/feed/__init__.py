"""Feeds of what is new: national, of each gemeente and of each theme.

In: the warehouse with its log of releases. Out: entries, and of them a feed in Atom and one in JSON Feed.
Never: an entry without news, a date of the day of building, or a figure that a page does not show.
"""
