"""Adding a section touches its own module and one list."""

import importlib.util
from pathlib import Path

from pipeline.site.area.pages import AreaContext, pages
from pipeline.site.area.sections import SECTIONS
from pipeline.site.frame.shell import BODY, DESCRIPTION, TITLE, TOP, Shell
from tests.example_areas import CONTEXT, example_copy, example_warehouse

SHELL = Shell.from_html(f"<title>{TITLE}</title><i>{DESCRIPTION}</i>{TOP}{BODY}")
MODULE = """
from pipeline.site.area.area import Section


def _read(con, codes, context):
    rows = con.execute("select gebied_code, postcode from core.gebied where list_contains(?, gebied_code)", [codes])
    return dict(rows.fetchall())


def _make(area, postcodes):
    return postcodes[area.code]


SECTION = Section("postcode", "postcode.j2", _make, read=_read)
"""


def test_a_section_is_a_module_a_template_and_a_place_in_the_list(tmp_path: Path) -> None:
    file = tmp_path / "postcode.py"
    file.write_text(MODULE, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("postcode", file)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for template in CONTEXT.templates.iterdir():
        (tmp_path / template.name).symlink_to(template)
    (tmp_path / "postcode.j2").write_text("<h2>Postcode van {{ area.naam }}: {{ inhoud }}</h2>\n")

    with_it = [SECTIONS[0], module.SECTION, *SECTIONS[1:]]
    made = dict(
        pages(
            example_warehouse(),
            SHELL,
            codes=["GM0758", "BU07580006"],
            context=AreaContext(templates=tmp_path),
            sections=with_it,
        )
    )
    usual = dict(pages(example_warehouse(), SHELL, codes=["GM0758", "BU07580006"], context=CONTEXT))

    added = "<h2>Postcode van City: 4811</h2>"
    page, before = (some["gebied/bu07580006/index.html"] for some in (made, usual))
    assert page.replace(added, "") == before
    assert page.index("vb-kernen") < page.index(added) < page.index("id=overlast")
    # What has nothing to say stands nowhere.
    assert made["gebied/gm0758/index.html"] == usual["gebied/gm0758/index.html"]


def test_every_section_has_a_name_of_its_own_and_every_template_a_section() -> None:
    assert len({one.name for one in SECTIONS}) == len(SECTIONS)
    templates = {file.name for file in CONTEXT.templates.glob("gebied_*.j2")}
    assert {one.template for one in SECTIONS} == templates - {"gebied_delen.j2"}  # parts that these share


def test_a_sentence_that_ends_with_a_name_that_ends_with_a_stop_has_one() -> None:
    copy = example_copy()
    copy.execute("update core.gebied set gebied_naam = 'City e.o.' where gebied_code = 'BU07580006'")
    (html,) = dict(pages(copy, SHELL, codes=["BU07580006"], context=CONTEXT)).values()
    assert "City e.o.<" in html or "City e.o. " in html
    assert "e.o.." not in html
