"""The only network of the project: what the publishers have, into the store of snapshots.

``runner`` says what is fetched; ``odata`` and ``pdok`` speak to the publishers through ``http``; ``bulk``
streams rows to disk; ``validate`` refuses what deviates; ``store`` replaces a snapshot in one step.
"""
