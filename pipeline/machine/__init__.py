"""For programs that read: the published figures as tools, over the Model Context Protocol.

In comes the folder of a built site: its Parquet, and the descriptions beside it. Out come answers that carry
count, denominator, interval, status, source, vintage and caveats (``published``), and the tools that give
them (``server``). Never a ranking, a figure that the site does not publish, or a word to the network: the
program that asks starts this one and talks to it by its input and output.
"""
