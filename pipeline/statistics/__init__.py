"""Statistics on plain arrays: no files, no SQL."""
