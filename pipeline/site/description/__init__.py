"""Descriptions: what is published, said once, and written in the forms that others read.

In: the warehouse, the address of the site and where questions go. Out: one `Description` a dataset, and from
it Data Package, CSVW, DCAT-AP-NL, schema.org and llms.txt. Never: a licence, a date or an address that
nobody gave.
"""
