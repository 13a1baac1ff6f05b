/*---
title = "Wat er van elke aanpak kwam, zoals het gepubliceerd wordt"
description = "Een oordeel per aanpak en cijfer, met alles waar het op rust. 'Geen verschil te zien' is iets anders dan 'niet te zeggen'."
key = ["aanpak", "indicator"]

[columns_as_in]
"statistiek.evaluatie" = [
    "aanpak", "indicator", "oordeel", "reden", "voor_van", "voor_tot", "na_van", "na_tot", "startjaar",
    "gebieden", "gebieden_zonder", "voor", "na", "verwacht", "verschil", "verschil_onder",
    "verschil_boven", "verhouding", "verhouding_onder", "verhouding_boven", "kleinste", "vergelijking",
    "placebo_lager", "placebo_groepen", "tijd_verschil", "tijd_onder", "tijd_boven", "omgeving",
    "omgeving_gebieden", "omgeving_voor", "omgeving_na", "omgeving_verwacht", "omgeving_verschil",
    "omgeving_onder", "omgeving_boven",
]

[columns]
titel = "hoe de aanpak heet"
achteraf = "waar als de aanpak is opgeschreven na het eerste hele jaar; het oordeel is dan zwakker"
vergelijkingsgebieden = "aantal gebieden waarmee vergeleken is"
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
