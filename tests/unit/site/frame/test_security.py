"""security.txt by RFC 9116: an address, a day on which it ends, and nothing while no address is known."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipeline.site.frame import security

TODAY = date(2026, 11, 29)


def test_the_file_says_what_the_standard_asks(tmp_path: Path) -> None:
    said = security.lines("fout@example.org", site_url="https://example.org/vb/", today=TODAY)
    security.write(tmp_path, said)
    assert (tmp_path / ".well-known/security.txt").read_text(encoding="utf-8") == (
        "Contact: mailto:fout@example.org\n"
        "Expires: 2027-10-01T00:00:00Z\n"
        "Preferred-Languages: nl, en\n"
        "Canonical: https://example.org/vb/.well-known/security.txt\n"
    )


def test_without_an_address_of_the_site_nothing_is_canonical() -> None:
    said = security.lines("https://github.com/wie/wat", site_url="", today=TODAY)
    assert [line.partition(": ")[0] for line in said] == ["Contact", "Expires", "Preferred-Languages"]
    assert said[0] == "Contact: https://github.com/wie/wat"


@pytest.mark.parametrize("address", ["", "http://example.org/melden", "javascript:alert(1)", "balie"])
def test_no_file_without_an_address_that_it_may_name(address: str, tmp_path: Path) -> None:
    security.write(tmp_path, security.lines(address, site_url="", today=TODAY))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("month", range(1, 13))
def test_it_ends_within_a_year_and_not_soon(month: int) -> None:
    for day in (1, 28):
        left = (security.expires_on(date(2026, month, day)) - date(2026, month, day)).days
        assert 270 < left <= 365


def test_the_day_is_one_that_a_program_reads() -> None:
    (line,) = (one for one in security.lines("a@b.nl", site_url="", today=TODAY) if one.startswith("Expires"))
    assert datetime.fromisoformat(line.partition(": ")[2]) == datetime(2027, 10, 1, tzinfo=UTC)
