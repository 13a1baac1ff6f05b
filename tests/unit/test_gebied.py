"""What an area code says by itself."""

import pytest

from pipeline.gebied import gemeente_of, niveau_of, slug_of


@pytest.mark.parametrize(
    ("code", "niveau", "gemeente"),
    [
        ("NL00", "land", None),
        ("GM0758", "gemeente", "GM0758"),
        ("WK075800", "wijk", "GM0758"),
        ("WK0363AA", "wijk", "GM0363"),
        ("BU07580006", "buurt", "GM0758"),
        ("BU0363AD03", "buurt", "GM0363"),
    ],
)
def test_level_and_gemeente_follow_from_the_code(code: str, niveau: str, gemeente: str | None) -> None:
    assert niveau_of(code) == niveau
    assert gemeente_of(code) == gemeente


@pytest.mark.parametrize("code", ["", "BU0758", "bu07580006", "GM758", "BU07580006 ", "../../etc", "PV27"])
def test_no_code_is_named(code: str) -> None:
    with pytest.raises(ValueError, match="geen gebiedscode"):
        niveau_of(code)


def test_slug_is_the_code_in_lower_case() -> None:
    assert slug_of("BU0363AD03") == "bu0363ad03"
