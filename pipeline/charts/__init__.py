"""Charts: the specs that pages load, the library that draws them, and their still pictures.

In: a kind of chart; for a still picture also its rows. Out: Vega-Lite as JSON, one bundle of script, SVG.
Never: a figure in a spec (rows stand on the page), a request to another host.
"""
