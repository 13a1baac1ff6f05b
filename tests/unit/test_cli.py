"""What the verbs say, and to whom."""

import pytest

from pipeline import cli
from pipeline.site import build


@pytest.mark.parametrize(("address", "says"), [("", True), ("https://wie.example/repo/", False)])
def test_not_found_page_subpath_the_build_says_what_404_needs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], address: str, says: bool
) -> None:
    monkeypatch.setattr(build, "build_site", lambda *_, **__: True)
    monkeypatch.setenv("SITE_URL", address)

    assert cli.main(["site"]) == cli.FINE

    said = [line for line in capsys.readouterr().err.splitlines() if "404.html" in line]
    assert [("SITE_URL" in line, "map" in line) for line in said] == ([(True, True)] if says else [])
