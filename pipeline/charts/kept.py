"""Drawings of the newest site: they take half of the time of a small one, and most come back in the next."""

from collections.abc import Callable, Iterable, Iterator
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
        self._used: set[str] = set()
        folder.mkdir(parents=True, exist_ok=True)

    def drawn(self, said: str, draw: Callable[[], bytes]) -> bytes:
        """The drawing of `said`, the same bytes that `draw` gives."""
        name = digest_of([_BY, said], [], root=self.folder)
        file = self.folder / name
        self.use([name])
        if not file.is_file():
            write_atomically(file, draw())
        return file.read_bytes()

    def use(self, names: Iterable[str]) -> None:
        """Ask for drawings by their names: they stay, if they are there."""
        self._used.update(names)

    @contextmanager
    def noting(self) -> Iterator[set[str]]:
        """The names of the drawings that the block asks for; whole when it ends."""
        before, asked = self._used, set[str]()
        self._used = asked
        try:
            yield asked
        finally:
            self._used = before | asked

    def forget_others(self) -> None:
        """Throw away what was not asked for."""
        for file in self.folder.iterdir():
            if file.name not in self._used:
                file.unlink()


_CHARTS: ContextVar[Kept | None] = ContextVar("_CHARTS", default=None)


@contextmanager
def charts_in(folder: Path) -> Iterator[Kept]:
    """Keep every still chart that the block draws in this folder, and no other."""
    kept = Kept(folder)
    token = _CHARTS.set(kept)
    try:
        yield kept
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
