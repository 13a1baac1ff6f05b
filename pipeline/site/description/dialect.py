"""How our CSV is written: what the writer of rows and every description of a file agree on."""

from dataclasses import dataclass

from pipeline.site.description.documentation import PUBLISHED_COLUMNS


@dataclass(frozen=True)
class Dialect:
    """How a CSV is written: RFC 4180, or what Excel with Dutch settings opens without questions."""

    delimiter: str
    decimal: str
    mark: bytes = b""

    @property
    def header(self) -> bytes:
        return self.mark + self.delimiter.join(PUBLISHED_COLUMNS).encode() + b"\r\n"


STANDARD = Dialect(delimiter=",", decimal=".")
EXCEL_NL = Dialect(delimiter=";", decimal=",", mark="\ufeff".encode())
