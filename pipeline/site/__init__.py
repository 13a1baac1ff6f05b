"""The static site: written pages by mkdocs, area pages by the shell, downloads, the finder's index."""
