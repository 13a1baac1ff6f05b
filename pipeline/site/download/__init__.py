"""Files: what a reader saves, and what scripts of the site fetch.

In: the warehouse, and the codes of the gemeenten that get files. Out: CSV, workbooks and Parquet with their
sources and caveats inside, the figures of the comparison, the names of the finder. Never: a figure that pages
do not show, a row in Python where DuckDB can write it, a date of the run.
"""
