from datetime import date
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from pipeline.errors import VeiligheidsbeeldError
from pipeline.site.download.archive import Member, deflate, write_zip

DAY = date(2026, 1, 15)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    chunks = [b"gebied_code\r\n", b"", memoryview(b"GM0758\r\n" * 100_000)]
    members = [deflate("cijfers.csv", chunks), deflate("Súdwest-Fryslân.txt", [b""])]
    path = write_zip(tmp_path / "a.zip", members, day=DAY)
    with ZipFile(path) as archive:
        assert archive.testzip() is None
        assert archive.read("cijfers.csv") == b"".join(chunks)
        assert archive.namelist() == ["cijfers.csv", "Súdwest-Fryslân.txt"]
        for entry in archive.infolist():
            assert entry.compress_type == ZIP_DEFLATED
            assert entry.date_time == (2026, 1, 15, 0, 0, 0)
            assert entry.external_attr >> 16 == 0o100644
    assert path.stat().st_size < 5_000


def test_a_member_beyond_what_a_plain_zip_can_hold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(VeiligheidsbeeldError, match=r"groot\.csv heeft 4294967296 bytes"):
        write_zip(tmp_path / "a.zip", [Member("groot.csv", size=2**32, crc=0, deflated=b"")], day=DAY)
