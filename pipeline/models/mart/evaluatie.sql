/*---
title = "Wat er van elke aanpak kwam, zoals het gepubliceerd wordt"
description = "Een oordeel per aanpak en cijfer, met alles waar het op rust. 'Geen verschil te zien' is iets anders dan 'niet te zeggen'."
key = ["aanpak", "indicator"]

[columns]
aanpak = "naam van de aanpak"
titel = "hoe de aanpak heet"
indicator = "naam van de indicator"
achteraf = "waar als de aanpak is opgeschreven na het eerste hele jaar; het oordeel is dan zwakker"
oordeel = "verbeterd, verslechterd, geen verschil te zien of niet te zeggen"
reden = "waarom er niets te zeggen is; leeg bij een ander oordeel"
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
vergelijkingsgebieden = "aantal gebieden waarmee vergeleken is"
placebo_lager = "hoeveel groepen van vergelijkbare gebieden zonder aanpak een verschil hadden dat zo laag was"
placebo_groepen = "hoeveel groepen er waren"
tijd_verschil = "verschil bij een start die een jaar te vroeg is gekozen; leeg bij minder dan drie jaren vooraf"
tijd_onder = "ondergrens daarvan (95 %)"
tijd_boven = "bovengrens daarvan (95 %)"
omgeving = "verplaatsing, uitstraling, toename, afname, geen verschil te zien, niet te zeggen of geen"
omgeving_gebieden = "aantal buurten eromheen die meetellen"
omgeving_voor = "aantal per jaar in de omgeving voor de start"
omgeving_na = "aantal per jaar in de omgeving na de start"
omgeving_verwacht = "aantal per jaar dat daar verwacht werd"
omgeving_verschil = "na min verwacht in de omgeving, per jaar"
omgeving_onder = "ondergrens daarvan (95 %)"
omgeving_boven = "bovengrens daarvan (95 %)"
tabel = "tabel van de uitgever waar de aantallen uit komen"
stand = "dag van de stand van die tabel"

[checks]
relationships.aanpak = "contract.aanpak.aanpak"
---*/
with bron as (
    select w.indicator, max(w.tabel) as tabel, max(w.stand) as stand
    from statistiek.waarde as w
    where w.indicator in (select indicator from statistiek.evaluatie)
        and left(w.gebied_code, 2) in ('BU', 'WK', 'GM')
    group by w.indicator
)

select
    e.aanpak, a.titel, e.indicator, a.achteraf, e.oordeel, e.reden, e.voor_van, e.voor_tot, e.na_van, e.na_tot,
    e.startjaar, e.gebieden, e.gebieden_zonder, e.voor, e.na, e.verwacht, e.verschil, e.verschil_onder,
    e.verschil_boven, e.verhouding, e.verhouding_onder, e.verhouding_boven, e.kleinste, e.vergelijking,
    len(e.vergelijkingsgebieden) as vergelijkingsgebieden, e.placebo_lager, e.placebo_groepen, e.tijd_verschil,
    e.tijd_onder, e.tijd_boven, e.omgeving, e.omgeving_gebieden, e.omgeving_voor, e.omgeving_na, e.omgeving_verwacht,
    e.omgeving_verschil, e.omgeving_onder, e.omgeving_boven, b.tabel, b.stand
from statistiek.evaluatie as e
join contract.aanpak as a on e.aanpak = a.aanpak
left join bron as b on e.indicator = b.indicator
order by e.aanpak, e.indicator
