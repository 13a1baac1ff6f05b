"""The rows of the page for its script: what its chart draws, and what its CSV holds and no file does.

The newest figures of a wijk or buurt are lines of the file of its gemeente, where the script takes them from
when somebody saves them; that file leaves out what has no figure.
"""

from typing import Any

from pipeline.indicator import MANY_VISITORS, VISITORS
from pipeline.site.area import nuisance, series
from pipeline.site.area.area import Area, Section
from pipeline.site.area.batch import REEKS
from pipeline.site.area.shared import read_columns
from pipeline.site.figure.chart import packed
from pipeline.site.html.data import compact_json
from pipeline.sql import Connection

COLUMNS = "assets/indicatoren.json"


def columns(con: Connection) -> str:
    """The file COLUMNS: what rows of all pages have in common, for when somebody saves a CSV."""
    return compact_json(read_columns(con))


def _make(area: Area, _: object) -> dict[str, Any]:
    """See `packed`."""
    newest = [area.profiel[one.indicator] for one in area.known(nuisance.kinds(area))]
    rows = {one.indicator: [one] for one in newest if not (area.is_deel and one.teller is not None)}
    if series.has_figures(area):
        rows[REEKS] = list(area.jaren)
    made = packed(rows)
    for name in rows if area.has_many_visitors else ():
        indicator = area.shared.indicatoren[name]
        if VISITORS in indicator.caveat_keys:  # one more than elsewhere, as mart.cijfer has it
            made["bron"].setdefault(name, {})["voorbehoud"] = f"{indicator.voorbehoud};{MANY_VISITORS}"
    return made if made["bron"] else {name: part for name, part in made.items() if name != "bron"}


SECTION = Section("data", "gebied_data.j2", _make)
