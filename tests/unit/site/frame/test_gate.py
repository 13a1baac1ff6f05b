"""What every built page must have: pages with one fault each are refused by name, sound ones pass."""

from pathlib import Path

import pytest

from pipeline.site.frame import gate

POLICY = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self'; img-src 'self' data:\">"
WRITTEN = f"""<!doctype html><html lang="nl" class="no-js"><head><meta charset="utf-8">{POLICY}
<title>Proef</title><script>a = 1</script></head><body><div><a href="#inhoud" class="md-skip">Naar de inhoud</a></div>
<article id="inhoud" class="md-content__inner"><h1>Proef</h1><pre><code>{{{{ aantal() }}}} {{% if %}}</code></pre></article>"""
LIGHT = (
    "<!doctype html><html lang=nl><head><meta http-equiv=Content-Security-Policy content=\"default-src 'self'; "
    "object-src 'none'\"><title>Proef</title></head><body><a href=#inhoud class=md-skip>Naar de inhoud</a>"
    "<article id=inhoud class=vb-gebied><h1>Proef &#123;{ 7 }}</h1>"
)

FAULTS = {
    "{{ in the text": ("<h1>Proef", "<h1>{{ titel }}", "sjabloon"),
    "{% in the text": ("<h1>Proef", "<h1>{% if titel %}", "sjabloon"),
    "no language": (' lang="nl"', "", "taal"),
    "an empty title": ("<title>Proef", "<title> ", "titel"),
    "no title": ("<title>Proef</title>", "", "titel"),
    "no policy": (POLICY, "", "Content-Security-Policy"),
    "a policy of nothing": ("default-src 'self'; img-src 'self' data:", "", "Content-Security-Policy"),
    "a policy that allows others": ("default-src 'self';", "default-src *;", "Content-Security-Policy"),
    "a script above the policy": ("<head>", "<head><script>b = 1</script>", "Content-Security-Policy"),
    "no skip link": ('class="md-skip"', "", "#inhoud"),
    "a skip link to nothing": (' id="inhoud"', "", "#inhoud"),
}


@pytest.mark.parametrize("page", [WRITTEN, LIGHT])
def test_a_sound_page_passes(page: str) -> None:
    assert list(gate.problems(page.encode())) == []


def test_a_page_that_begins_with_its_text_has_nothing_to_skip() -> None:
    head, body = WRITTEN.partition("<body>")[0], '<main id="inhoud"><h1>Proef</h1></main>'
    assert list(gate.problems(f"{head}<body>\n{body}".encode())) == []
    assert list(gate.problems(f"{head}<body><nav>Menu</nav>{body}".encode())) != []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_refuses_the_site_and_names_the_page(tmp_path: Path, fault: str) -> None:
    old, new, said = FAULTS[fault]
    assert WRITTEN.count(old) == 1, "the fault must be planted"
    for name, page in (("index.html", WRITTEN), ("gebied/bu1/index.html", WRITTEN.replace(old, new))):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(page, encoding="utf-8")

    with pytest.raises(gate.UnfinishedError) as caught:
        gate.check_pages(tmp_path)

    lines = str(caught.value).splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("  gebied/bu1/index.html: ") and said in lines[1]


def test_many_pages_are_counted_and_the_first_are_named(tmp_path: Path) -> None:
    for number in range(gate.NAMED + 3):
        (tmp_path / f"{number}.html").write_text(WRITTEN.replace(' lang="nl"', ""), encoding="utf-8")

    with pytest.raises(gate.UnfinishedError, match=r"en nog 3$"):
        gate.check_pages(tmp_path)


def test_other_files_are_no_pages(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(WRITTEN, encoding="utf-8")
    (tmp_path / "rijen.json").write_text('{"a": "{{ x }}"}', encoding="utf-8")

    assert gate.check_pages(tmp_path) == 1
