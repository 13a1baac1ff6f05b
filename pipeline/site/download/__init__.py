"""Files: what a reader saves, and what scripts of the site fetch."""
