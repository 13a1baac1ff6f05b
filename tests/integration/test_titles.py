"""Every page has a title and a description of its own, the page of a wrong address included.

python -m tests.integration.test_titles SITE    the same of any site that was built
"""

import re
import sys
from collections import defaultdict
from html import unescape
from pathlib import Path

LONGEST = 200  # search engines show less; a description that is longer says two things
_TITLE = re.compile(r"<title>([^<]*)</title>")
_DESCRIPTION = re.compile(r'<meta name="?description"? content="([^"]*)"')


def problems(site: Path) -> list[str]:
    """Pages without title or description, too long, or with those of another page."""
    found, pages = [], defaultdict[tuple[str, str], list[str]](list)
    for path in sorted(site.rglob("*.html")):
        name, head = (
            path.relative_to(site).as_posix(),
            path.read_text(encoding="utf-8").partition("</head>")[0],
        )
        for what, pattern in (("title", _TITLE), ("description", _DESCRIPTION)):
            said = [unescape(text).strip() for text in pattern.findall(head)]
            if len(said) != 1 or not said[0]:
                found.append(f"{name}: {len(said)} times a {what}: {said}")
            elif len(said[0]) > LONGEST:
                found.append(f"{name}: {what} of {len(said[0])} characters")
            else:
                pages[what, said[0]].append(name)
    return found + [
        f"{', '.join(names[:3])} ({len(names)}): the same {what}: {said}"
        for (what, said), names in pages.items()
        if len(names) > 1
    ]


def test_titles_and_descriptions_are_there_and_differ(built_site: Path) -> None:
    assert problems(built_site) == []


def test_a_page_with_the_words_of_another_is_named(tmp_path: Path) -> None:
    head = '<title>Een</title><meta name=description content="Over een">'
    (tmp_path / "a.html").write_text(head, encoding="utf-8")
    (tmp_path / "b.html").write_text(head.replace("Over een", "Over &amp; twee"), encoding="utf-8")
    (tmp_path / "c.html").write_text("<title> </title>", encoding="utf-8")
    assert problems(tmp_path) == [
        "c.html: 1 times a title: ['']",
        "c.html: 0 times a description: []",
        "a.html, b.html (2): the same title: Een",
    ]


if __name__ == "__main__":
    found_here = problems(Path(sys.argv[1]))
    sys.exit("\n".join([*found_here[:50], f"{len(found_here)} in all"]) if found_here else None)
