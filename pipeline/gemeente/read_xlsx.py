"""Spreadsheets as rows. A formula is never calculated, and an archive that unpacks to far more is refused."""

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from pipeline.gemeente.header import column_names, fit, stack
from pipeline.gemeente.rows import MOST_COLUMNS, ReadError, Records, Row, as_text
from pipeline.gemeente.shape import Form

LARGEST_UNPACKED = 1_000_000_000
LARGEST_RATIO = 200  # honest spreadsheets compress ten- to thirtyfold
SMALL = 100_000  # below this weight a high ratio does no harm
MOST_ENTRIES = 5_000


def read_xlsx(path: Path, form: Form) -> Records:
    refuse_bomb(path)
    rows = _xlsx_rows(path, form)
    header = stack(islice(rows, form.header_rows))
    if header is None:
        raise ReadError(f"{path.name}: het werkblad is leeg")
    columns = column_names(path, header.cells, header.line)
    return Records(columns, fit(path, rows, len(columns)))


def spreadsheet_rows(path: Path, sheet: str) -> Iterator[Row]:
    """Every row of a sheet, those above the header too.

    Raises:
        ReadError: no spreadsheet, or one that cannot be trusted.
    """
    refuse_bomb(path)
    return _xlsx_rows(path, Form("xlsx", sheet=sheet))


def sheet_names(path: Path) -> list[str]:
    """The sheets of a spreadsheet that have cells, in its own order.

    Raises:
        ReadError: no spreadsheet, or one that cannot be trusted.
    """
    import openpyxl

    refuse_bomb(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with path.open("rb") as file, _named(path):
            book = openpyxl.load_workbook(file, read_only=True, keep_links=False)
            names = [sheet.title for sheet in book.worksheets]
            book.close()
            if not names:
                raise ReadError(f"{path.name}: er staat geen werkblad met cellen in")
            return names


def refuse_bomb(path: Path) -> None:
    """Refuse a spreadsheet that unpacks to far more than it weighs, or that defines entities.

    Raises:
        ReadError: naming the part and its size.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            total = sum(entry.file_size for entry in entries)
            worst = max(entries, key=lambda entry: entry.file_size, default=None)
            if len(entries) > MOST_ENTRIES:
                raise ReadError(f"{path.name}: {len(entries)} onderdelen; dit is geen gewoon werkblad")
            weight = path.stat().st_size
            if worst and total > min(LARGEST_UNPACKED, LARGEST_RATIO * max(weight, SMALL)):
                raise ReadError(
                    f"{path.name}: {worst.filename} pakt uit tot {worst.file_size} bytes, "
                    f"het bestand is {weight}; geweigerd"
                )
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels")):
                    with archive.open(entry) as part:
                        if b"<!DOCTYPE" in part.read(4096) or entry.flag_bits & 1:
                            raise ReadError(f"{path.name}: {entry.filename} heeft een DOCTYPE; geweigerd")
            _refuse_other_zip(path, [entry.filename for entry in entries])
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError) as error:
        raise ReadError(f"{path.name}: geen werkblad (xlsx): {error}") from None


def _refuse_other_zip(path: Path, names: list[str]) -> None:
    """A zip that is no spreadsheet of Excel: an archive of files, or one of another office program."""
    if "[Content_Types].xml" in names:
        return
    if "content.xml" in names:
        raise ReadError(f"{path.name}: dit is een OpenDocument-werkblad (ods); bewaar het als xlsx of CSV")
    inside = ", ".join(sorted(name for name in names if not name.endswith("/"))[:5]) or "niets"
    raise ReadError(f"{path.name}: dit is een ingepakt bestand (zip) met {inside}; pak het eerst uit")


def _xlsx_rows(path: Path, form: Form) -> Iterator[Row]:
    import openpyxl  # slow to import, and most definitions need none of it

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # By handle: openpyxl would refuse another ending of the name, as downloads often have.
        with path.open("rb") as file, _named(path):
            # data_only: the value that was saved with a formula; nothing is calculated here.
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
            if form.sheet and form.sheet not in book.sheetnames:
                raise ReadError(
                    f"{path.name}: werkblad {form.sheet!r} bestaat niet; er is: {', '.join(book.sheetnames)}"
                )
            sheet = book[form.sheet or book.sheetnames[0]]
            sheet.reset_dimensions()
            rows = sheet.iter_rows(min_row=form.skip + 1, max_col=MOST_COLUMNS, values_only=True)
            for number, cells in enumerate(rows, form.skip + 1):
                texts = tuple(as_text(cell) for cell in cells)
                while texts and texts[-1] is None:
                    texts = texts[:-1]
                if texts:
                    yield Row(number, texts)
            book.close()


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Whatever a broken part makes openpyxl meet, as one line about the file."""
    try:
        yield
    except (ReadError, GeneratorExit):
        raise
    except Exception as error:
        raise ReadError(f"{path.name}: het werkblad is niet te lezen: {error}") from None
