"""Written pages: what a text may ask for, and the pages that follow from definitions."""
