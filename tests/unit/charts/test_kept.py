"""A drawing that was kept is given as it was drawn; another spec is drawn, and what nobody asks for goes."""

from pathlib import Path

import pytest

from pipeline.charts import kept


def test_a_chart_is_drawn_once_and_anew_when_it_changed(tmp_path: Path) -> None:
    asked: list[str] = []

    def draw(spec: str) -> str:
        asked.append(spec)
        return f"één {spec}"

    for specs in (["a", "b", "a"], ["a", "c"]):
        with kept.charts_in(tmp_path / "k"):
            assert [kept.chart(spec, draw) for spec in specs] == [f"één {spec}" for spec in specs]
        assert len(list((tmp_path / "k").iterdir())) == 2, "what is drawn no more is thrown away"
    assert asked == ["a", "b", "c"]
    assert kept.chart("a", draw) == "één a"
    assert asked[-1] == "a", "outside a block nothing is kept"


def test_a_drawing_that_fails_is_not_kept(tmp_path: Path) -> None:
    def fail() -> bytes:
        raise ValueError("stuk")

    drawings = kept.Kept(tmp_path)
    with pytest.raises(ValueError, match="stuk"):
        drawings.drawn("a", fail)
    assert drawings.drawn("a", lambda: b"heel") == b"heel"


def test_a_drawing_that_was_cut_off_is_drawn_anew(tmp_path: Path) -> None:
    """A killed run leaves a part of a file, never half of one that counts."""
    drawings = kept.Kept(tmp_path)
    drawings.drawn("a", lambda: b"heel")
    (file,) = tmp_path.iterdir()
    file.rename(file.with_suffix(".part"))
    assert drawings.drawn("a", lambda: b"weer heel") == b"weer heel"
    drawings.forget_others()
    assert [one.name for one in tmp_path.iterdir()] == [file.name]


def test_what_follows_from_code_is_made_once_for_a_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def make() -> str:
        made.append("keer")
        return "spec"

    for code, times in (("a", 1), ("a", 1), ("b", 2)):
        monkeypatch.setattr(kept, "_mark_of_code", lambda code=code: code)
        with kept.charts_in(tmp_path):
            assert kept.of_code("lijn", make) == "spec"
        assert len(made) == times
