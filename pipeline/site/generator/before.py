"""Before the generator: one folder of finished Markdown, in which nothing asks for a figure any more.

Written texts get their figures here, and each page is told in its own head what the frame around it shows.
"""

import json
import re
import shutil
from functools import partial
from pathlib import Path

from pipeline import architecture
from pipeline.charts import kept
from pipeline.site.feed.write import feed_of
from pipeline.site.frame import shell
from pipeline.site.text.age import Age
from pipeline.site.text.facts import PageError
from pipeline.site.text.pages import PageContext

_SHELL_PAGE = f"""---
title: {shell.TITLE}
description: {shell.DESCRIPTION}
template: gebied.html
sjabloon: true
search:
  exclude: true
---
"""
_HEAD = re.compile(r"---[ \t]*\n(.*?\n)---[ \t]*\n", re.DOTALL)


def write_markdown(context: PageContext, *, docs: Path, out: Path, age: Age) -> None:
    """Write the texts of `docs` and the area shell below `out`, where generated pages stand, and their heads.

    Raises:
        PageError: a text asks for what does not exist, or is both written and generated.
    """
    _write_texts(context, docs, out)
    for path in sorted(out.rglob("*.md")):
        url = _url(path.relative_to(out).as_posix())
        said = {"versheid": age.line(url), "feed": feed_of(url)}
        path.write_text(with_head(path.read_text(encoding="utf-8"), said), encoding="utf-8")
    place = out / f"{shell.SHELL_URL.rstrip('/')}.md"
    place.write_text(_SHELL_PAGE, encoding="utf-8")


def with_head(markdown: str, said: dict[str, str]) -> str:
    """A page with more in its head; what is empty is left out."""
    head, body = split_head(markdown)
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in said.items() if value]
    return f"---\n{head}{''.join(lines)}---\n{body}"


def split_head(markdown: str) -> tuple[str, str]:
    """The head of a page (YAML, as it is) and its text."""
    found = _HEAD.match(markdown)
    return (found[1], markdown[found.end() :]) if found else ("", markdown)


def _write_texts(context: PageContext, docs: Path, out: Path) -> None:
    for source in sorted(one for one in docs.rglob("*") if one.is_file()):
        name = source.relative_to(docs).as_posix()
        target = out / name
        if target.exists():
            raise PageError(f"{name}: staat bij de geschreven pagina's, en wordt ook gemaakt")
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.suffix != ".md":
            shutil.copyfile(source, target)
            continue
        head, body = split_head(source.read_text(encoding="utf-8"))
        target.write_text(f"---\n{head}---\n{finished(context, body, name)}", encoding="utf-8")


def finished(context: PageContext, text: str, page_path: str) -> str:
    """A text with its figures, and with the rooms of the code where it asks for them."""
    if architecture.MARK in text:
        text = kept.of_code(f"kamers {text}", partial(architecture.with_rooms, text))
    if "{{" not in text and "{%" not in text:
        return text
    return context.page(page_path, text, partial(context.render, text, page_path))


def _url(path: str) -> str:
    """'thema/geluid/' of thema/geluid.md, 'thema/' of thema/index.md."""
    folder = path.removesuffix(".md").removesuffix("index")
    return folder if folder == "" or folder.endswith("/") else f"{folder}/"
