"""The folder that the generator gets: finished Markdown, whose heads say what the frame shows."""

import re
import shutil
from pathlib import Path

import pytest
import yaml

from pipeline.paths import PROJECT, Paths
from pipeline.site.frame.gate import _shows_expression
from pipeline.site.generator import before
from pipeline.site.text.age import Age
from pipeline.site.text.facts import PageError
from pipeline.site.text.pages import PageContext


@pytest.fixture(scope="module")
def folder(example_paths: Paths, generated_pages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("teksten") / "markdown"
    shutil.copytree(generated_pages, out)
    with PageContext.open(example_paths, site_url="https://example.org/") as context:
        before.write_markdown(context, docs=example_paths.docs, out=out, age=Age.read(context.facts))
    return out


def _head(page: Path) -> dict[str, object]:
    head, _ = before.split_head(page.read_text(encoding="utf-8"))
    found = yaml.safe_load(head)
    assert isinstance(found, dict)
    return found


def test_no_page_asks_for_a_figure_any_more(folder: Path) -> None:
    pages = sorted(folder.rglob("*.md"))
    assert len(pages) > len(list((PROJECT / "site/docs").rglob("*.md")))
    for page in pages:
        text = re.sub(r"(?s)```.*?```|`[^`]*`", "", page.read_text(encoding="utf-8"))
        assert not _shows_expression(text.encode()), page
        assert "<!-- kamers -->" not in text, page


def test_every_page_has_a_title_and_how_old_its_figures_are(folder: Path) -> None:
    for page in sorted(folder.rglob("*.md")):
        head = _head(page)
        assert head["title"], page
        assert head.get("sjabloon") or str(head["versheid"]).startswith(("Nieuwste", "Hier zijn")), page


def test_a_theme_has_its_own_feed_and_home_the_national(folder: Path) -> None:
    feeds = {
        name: _head(folder / name).get("feed") for name in ("index.md", "thema/geluid.md", "data/index.md")
    }
    assert feeds == {"index.md": "nieuw/", "thema/geluid.md": "thema/geluid/", "data/index.md": None}


def test_what_is_no_text_comes_along_unchanged(folder: Path) -> None:
    name = "assets/voorbeeld-buurt.png"
    assert (folder / name).read_bytes() == (PROJECT / "site/docs" / name).read_bytes()


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("---\ntitle: A\n---\n# A\n", '---\ntitle: A\nfeed: "é: \\"x\\""\n---\n# A\n'),
        ("# A\n\n---\n\nb\n", '---\nfeed: "é: \\"x\\""\n---\n# A\n\n---\n\nb\n'),
    ],
)
def test_a_head_keeps_what_it_said(markdown: str, expected: str) -> None:
    assert before.with_head(markdown, {"versheid": "", "feed": 'é: "x"'}) == expected


def test_the_same_page_written_and_generated_is_refused(example_paths: Paths, tmp_path: Path) -> None:
    for name in ("docs", "out"):
        (tmp_path / name / "data").mkdir(parents=True)
        (tmp_path / name / "data/index.md").write_text("# Dubbel\n", encoding="utf-8")
    with (
        PageContext.open(example_paths) as context,
        pytest.raises(PageError, match=r"data/index\.md: staat bij"),
    ):
        before.write_markdown(
            context, docs=tmp_path / "docs", out=tmp_path / "out", age=Age.read(context.facts)
        )
