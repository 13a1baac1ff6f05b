"""The static site. In: the warehouse, texts, templates and the theme. Out: a version, swapped in whole.

`build` says what is made in what order, `pieces` in which process, `versions` where it stands. A run that
fails never touches the standing site.
"""
