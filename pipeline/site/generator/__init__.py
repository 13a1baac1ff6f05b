"""The generator of the written pages as one step: a folder of Markdown in, a folder of HTML out.

In: texts that ask for figures, and the warehouse. Out: finished Markdown (before), what the generator makes
of it (step), and pages with their repairs and their CSP (after). Never: a hook or plug-in of ours inside the
generator, which another would ignore in silence.
"""
