"""What stands around a page: the shell of area pages, their styles, cards for sharing, the gate after them.

In: what the generator built, and texts for the places that a page leaves open. Out: whole pages, the sitemap,
pictures; or a refusal that names the page. Never: a figure of its own, a page past a template engine twice.
"""
