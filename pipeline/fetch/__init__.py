"""The only network of the project. In: headers of sources. Out: snapshots in the store, with their lock.

``runner`` says what is fetched; ``table`` and ``boundaries`` bring one up to date; ``odata`` and ``pdok``
speak to the publishers through ``http``; ``page`` reads an answer while the next one is on its way; ``bulk``
streams rows to disk; ``validate`` refuses what deviates; ``store`` replaces a snapshot in one step. Never
repairs what a publisher sends, and never replaces a snapshot by one that deviates.
"""
