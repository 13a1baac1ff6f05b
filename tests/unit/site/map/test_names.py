"""Names on a map: as many as fit, the most inhabited first, none over another."""

import pytest

from pipeline.site.map.names import LETTER, NARROW, WIDE, Name, names, place
from pipeline.site.map.outlines import WIDTH, Spot
from pipeline.site.map.rows import Named

HEIGHT = 800


def town(number: int, name: str, inwoners: int) -> Named:
    return Named(f"GM{number:04}", name, inwoners)


def placed(*towns: tuple[Named, Spot]) -> tuple[list[str], list[str]]:
    everywhere, wide = place(
        [one for one, _ in towns], {one.code: spot for one, spot in towns}, height=HEIGHT
    )
    return [one.name for one in everywhere], [one.name for one in wide]


def test_of_two_that_do_not_go_together_the_one_with_more_inhabitants_is_named() -> None:
    small, large = town(1, "Klein", 10), town(2, "Groot", 90)
    at = Spot(500, 400, 300)
    assert placed((small, at), (large, at)) == (["Groot"], [])


def test_what_fits_only_in_small_letters_stands_where_the_map_is_wide() -> None:
    far_enough = 500 + WIDE * 2  # below the first, in small letters
    assert placed(
        (town(1, "Boven", 90), Spot(500, 500, 300)), (town(2, "Onder", 10), Spot(500, far_enough, 300))
    ) == (
        ["Boven"],
        ["Onder"],
    )


@pytest.mark.parametrize(
    ("spot", "inwoners"),
    [
        (Spot(500, 400, 10), 90),  # far wider than the place itself
        (Spot(500, 2, 300), 90),  # over the upper side
        (Spot(500, HEIGHT - 2, 300), 90),
        (Spot(500, 400, 300), 0),  # nobody lives there
    ],
)
def test_a_name_that_fits_nowhere_is_left_out(spot: Spot, inwoners: int) -> None:
    assert placed((town(1, "Ergens", inwoners), spot)) == ([], [])


@pytest.mark.parametrize("x", [1, WIDTH - 1])
def test_a_name_at_the_side_is_moved_inwards(x: float) -> None:
    (name,), _ = place([town(1, "Zijkant", 5)], {"GM0001": Spot(x, 400, 300)}, height=HEIGHT)
    half = len("Zijkant") * NARROW * LETTER / 2
    assert name == Name("Zijkant", min(max(x, half), WIDTH - half), 400)


def test_no_two_names_of_many_overlap() -> None:
    towns = [town(number, f"Plaats {number}", number + 1) for number in range(200)]
    # Scattered, so that a name may overlap one that was placed long before it.
    spots = {
        one.code: Spot(701 * number % WIDTH, 307 * number % HEIGHT, 300) for number, one in enumerate(towns)
    }
    everywhere, wide = place(towns, spots, height=HEIGHT)
    assert everywhere and wide
    for size, found in ((NARROW, everywhere), (WIDE, [*everywhere, *wide])):
        for number, one in enumerate(found):
            for other in found[:number]:
                apart = (len(one.name) + len(other.name)) * size * LETTER / 2
                assert abs(one.x - other.x) >= apart or abs(one.y - other.y) >= size


def test_a_map_without_places_has_no_names_and_a_name_is_text() -> None:
    assert names([], {}, height=HEIGHT) == ""
    written = names([town(1, "A <b>", 5)], {"GM0001": Spot(500, 400, 300)}, height=HEIGHT)
    assert ">A &#60;b&#62;</text>" in written
