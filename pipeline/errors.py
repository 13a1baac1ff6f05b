"""The one error that a user may see: it says what is wrong, where, and with which value."""


class VeiligheidsbeeldError(Exception):
    """A source, file or definition is not as agreed; the message names it and the offending value."""
