"""The static site: written pages through mkdocs, area pages through the shell, downloads and the finder's index."""
