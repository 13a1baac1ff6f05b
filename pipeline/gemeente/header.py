"""The lines of a header as names of columns, and rows as wide as that."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.gemeente.rows import MOST_COLUMNS, ReadError, Row


def stack(rows: Iterable[Row]) -> Row | None:
    """The lines of a header as one: what is merged on top belongs to every column below it."""
    lines = list(rows)
    if len(lines) < 2:
        return lines[0] if lines else None
    width = max(len(row.cells) for row in lines)
    names: list[list[str]] = [[] for _ in range(width)]
    for row in lines:
        before = ""
        for number in range(width):
            cell = (row.cells[number] if number < len(row.cells) else None) or ""
            if not cell and row is not lines[-1] and number:
                cell = before
            before = cell
            if cell and cell not in names[number]:
                names[number].append(cell)
    return Row(lines[0].line, tuple(" ".join(parts) or None for parts in names))


def column_names(path: Path, cells: Iterable[str | None], line: int) -> tuple[str, ...]:
    columns = [" ".join((cell or "").split()) for cell in cells]
    while columns and not columns[-1]:
        columns.pop()
    named = tuple(name or f"kolom {number}" for number, name in enumerate(columns, 1))
    if not named:
        raise ReadError(f"{path.name}: regel {line}: hier moet de kop staan, maar de regel is leeg")
    twice = sorted({name for name in named if named.count(name) > 1})
    if twice:
        raise ReadError(
            f"{path.name}: regel {line}: kolom {', '.join(twice)} staat er twee keer; "
            "geef elke kolom een eigen naam"
        )
    if len(named) > MOST_COLUMNS:
        raise ReadError(f"{path.name}: {len(named)} kolommen; meer dan {MOST_COLUMNS} lezen wij niet")
    return named


def fit(path: Path, rows: Iterable[Row], width: int) -> Iterator[Row]:
    for row in rows:
        if any(row.cells[width:]):
            raise ReadError(
                f"{path.name}: regel {row.line} heeft {len(row.cells)} cellen, de kop {width}; "
                f"te veel is {row.cells[width]!r}"
            )
        yield Row(row.line, row.cells[:width] + (None,) * (width - len(row.cells)))
