"""What stands, and what of it may stay: versions of the site, and what was noted of how each was made.

In: the folder of versions and the warehouse. Out: a folder for the next version, and whether something that
was made before would be made the same. Never: what a page says, and a change to a version that readers see.
"""
