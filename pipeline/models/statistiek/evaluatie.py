"""
title = "Wat er van elke aanpak kwam"
description = '''
Per aanpak en indicator: de hele jaren voor de start tegenover die erna, naast gebieden die in niveau en
beweging het meest op de aanpak lijken (of die de aanpak noemt). Daarbij vallen weg: alle gebieden van elke
aanpak, en de buurten eromheen. De omgeving is altijd per buurt gerekend. Het toeval van de 200 groepen hangt
alleen van de naam van de aanpak af.
'''
key = ["aanpak", "indicator"]
reads = [
    "contract.aanpak", "contract.aanpak_gebied", "contract.indicator", "statistiek.aanpak_buurt",
    "statistiek.waarde", "core.gebied", "core.breuk",
]

[columns]
aanpak = "naam van de aanpak"
indicator = "naam van de indicator"
voor_van = "eerste jaar voor de start; leeg als er geen is"
voor_tot = "laatste jaar voor de start"
na_van = "eerste jaar na de start; leeg als er geen is"
na_tot = "laatste jaar na de start"
startjaar = "jaar dat niet meetelt omdat de aanpak er halverwege begon"
gebieden = "aantal gebieden van de aanpak die meetellen"
gebieden_zonder = "aantal gebieden van de aanpak zonder cijfers van alle jaren, die niet meetellen"
voor = "aantal per jaar voor de start"
na = "aantal per jaar na de start"
verwacht = "aantal per jaar na de start dat verwacht werd zonder de aanpak"
verschil = "na min verwacht: het gewogen verschil, per jaar"
verschil_onder = "ondergrens van het verschil (95 %)"
verschil_boven = "bovengrens van het verschil (95 %)"
verhouding = "na gedeeld door verwacht"
verhouding_onder = "ondergrens van de verhouding (95 %)"
verhouding_boven = "bovengrens van de verhouding (95 %)"
kleinste = "kleinste daling die in 4 van de 5 gevallen te zien was geweest, als deel van verwacht"
vergelijking = "automatisch of genoemd"
vergelijkingsgebieden = "codes van de gebieden waarmee vergeleken is"
placebo_lager = "hoeveel groepen van vergelijkbare gebieden zonder aanpak een verschil hadden dat zo laag was"
placebo_groepen = "hoeveel groepen er waren"
tijd_verschil = "verschil bij een start die een jaar te vroeg is gekozen; leeg onder drie jaren vooraf"
tijd_onder = "ondergrens daarvan (95 %)"
tijd_boven = "bovengrens daarvan (95 %)"
omgeving_gebieden = "aantal buurten eromheen die meetellen"
omgeving_voor = "aantal per jaar in de omgeving voor de start"
omgeving_na = "aantal per jaar in de omgeving na de start"
omgeving_verwacht = "aantal per jaar dat daar verwacht werd"
omgeving_verschil = "na min verwacht in de omgeving, per jaar"
omgeving_onder = "ondergrens daarvan (95 %)"
omgeving_boven = "bovengrens daarvan (95 %)"
omgeving = "verplaatsing, uitstraling, toename, afname, geen verschil te zien, niet te zeggen of geen"
oordeel = "verbeterd, verslechterd, geen verschil te zien of niet te zeggen"
reden = "waarom er niets te zeggen is; leeg bij een ander oordeel"
jaren = "jaren van de grafiek"
waargenomen = "aantal in elk van die jaren; leeg waar een gebied geen cijfer heeft"
lijn = "aantal dat in elk van die jaren verwacht werd; leeg waar dat niet te zeggen is"

[checks]
not_null = ["oordeel"]
accepted_values.oordeel = ["verbeterd", "verslechterd", "geen verschil te zien", "niet te zeggen"]
accepted_range.kleinste = { min = 0, max = 1 }
accepted_range.verhouding = { min = 0 }
expression_is_true = [
    "(oordeel = 'niet te zeggen') = (reden is not null)",
    "verschil is null or verschil between verschil_onder and verschil_boven",
]
"""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from pipeline.aanpak.evaluate import COLUMNS, evaluate_all

INTEGERS = (
    *("voor_van", "voor_tot", "na_van", "na_tot", "startjaar", "gebieden", "gebieden_zonder"),
    *("placebo_lager", "placebo_groepen", "omgeving_gebieden"),
)
TEXTS = ("aanpak", "indicator", "vergelijking", "omgeving", "oordeel", "reden")
LISTS = {
    "vergelijkingsgebieden": pa.list_(pa.string()),
    "jaren": pa.list_(pa.int64()),
    "waargenomen": pa.list_(pa.float64()),
    "lijn": pa.list_(pa.float64()),
}


def table(con: Any) -> pa.Table:
    """One row per approach and indicator, with a verdict in each."""
    return pa.Table.from_pylist(list(evaluate_all(con)), schema=pa.schema(_fields()))


def _fields() -> Iterator[pa.Field]:
    for name in COLUMNS:
        kind = pa.int64() if name in INTEGERS else pa.string() if name in TEXTS else LISTS.get(name)
        yield pa.field(name, kind or pa.float64())
