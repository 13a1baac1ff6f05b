"""The generator as a program: another may take its place, and what it refuses stops the site."""

from pathlib import Path

import pytest
import yaml

from pipeline.paths import PROJECT, Paths
from pipeline.site.generator import step

SETTINGS = """
site_name: Proef
docs_dir: !ENV VB_PAGES
extra: {mededeling: !ENV MEDEDELING}
"""


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    (tmp_path / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    made = Paths(root=tmp_path, build=tmp_path / "build")
    made.pages.mkdir(parents=True)
    return made


def _run(paths: Paths, text: str) -> str:
    (paths.pages / "index.md").write_text(text, encoding="utf-8")
    out = paths.build / "site"
    step.run(paths, out, site_url="", notice="")
    return (out / "index.html").read_text(encoding="utf-8")


def test_markdown_goes_in_and_html_comes_out(paths: Paths) -> None:
    assert "Dag, <em>buurt</em>" in _run(paths, "# Proef\n\nDag, *buurt*\n")


def test_a_link_that_leads_nowhere_stops_the_site(paths: Paths) -> None:
    with pytest.raises(step.GeneratorError, match=r"(?s)mkdocs stopte met 1.*weg\.md"):
        _run(paths, "[weg](weg.md)\n")


def test_another_generator_is_one_setting(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    (paths.root / "ander.py").write_text(
        "import sys, pathlib\n"
        "out = pathlib.Path(sys.argv[sys.argv.index('--site-dir') + 1])\n"
        "out.mkdir(parents=True)\n"
        "(out / 'index.html').write_text(' '.join(sys.argv[1:4]))\n",
        encoding="utf-8",
    )
    monkeypatch.setenv(step.CHOICE, "ander")
    assert _run(paths, "# Proef\n") == "build --strict --config-file"


def test_our_settings_name_no_hook_and_no_plugin_of_ours() -> None:
    class Loader(yaml.SafeLoader):
        """As SafeLoader, with the values of the environment left out."""

    Loader.add_constructor("!ENV", lambda *_: None)
    settings = yaml.load((PROJECT / "mkdocs.yml").read_text(encoding="utf-8"), Loader)
    assert "hooks" not in settings
    assert [list(plugin) for plugin in settings["plugins"]] == [["search"]]
