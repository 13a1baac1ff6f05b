"""How a run tells its user what it does: one line at a time. Only ``cli`` prints."""

from collections.abc import Callable

Say = Callable[[str], None]
