"""Statistics on plain arrays. In: counts, and what stands beside them. Out: what follows from them.

No files, no SQL, no words; each module names the source of its method.
"""
