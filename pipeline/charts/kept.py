"""Drawings of the newest site: they take half of the time of a small one, and most come back in the next."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.metadata import version
from pathlib import Path

from pipeline.charts.tokens import SHEET
from pipeline.paths import PACKAGE, digest_of
from pipeline.snapshot import write_atomically

_BY = f"vl-convert {version('vl-convert-python')}"


class Kept:
    """A folder that survives builds: each drawing by a digest of all that it was drawn from."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._used: set[Path] = set()
        folder.mkdir(parents=True, exist_ok=True)

    def drawn(self, said: str, draw: Callable[[], bytes]) -> bytes:
        """The drawing of `said`, the same bytes that `draw` gives."""
        file = self.folder / digest_of([_BY, said], [], root=self.folder)
        self._used.add(file)
        if not file.is_file():
            write_atomically(file, draw())
        return file.read_bytes()

    def forget_others(self) -> None:
        """Throw away what was not asked for."""
        for file in set(self.folder.iterdir()) - self._used:
            file.unlink()


_CHARTS: ContextVar[Kept | None] = ContextVar("_CHARTS", default=None)


@contextmanager
def charts_in(folder: Path) -> Iterator[None]:
    """Keep every still chart that the block draws in this folder, and no other."""
    kept = Kept(folder)
    token = _CHARTS.set(kept)
    try:
        yield
    finally:
        _CHARTS.reset(token)
    kept.forget_others()


def chart(spec: str, draw: Callable[[str], str]) -> str:
    """The SVG of a spec with its rows, drawn or kept."""
    kept = _CHARTS.get()
    return draw(spec) if kept is None else kept.drawn(spec, lambda: draw(spec).encode()).decode()


def of_code(what: str, make: Callable[[], str]) -> str:
    """What follows from this code, the colours and the installed packages alone, made or kept."""
    return chart(f"{what} {_mark_of_code()}", lambda _: make())


@cache
def _mark_of_code() -> str:
    return digest_of([version("altair")], [*sorted(PACKAGE.rglob("*.py")), SHEET], root=PACKAGE)
