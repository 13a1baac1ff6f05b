/*---
title = "Cijfers die een bron later anders gaf"
description = "Oude en nieuwe waarde per cel, bij elke nieuwe uitgave vergeleken met de vorige. Een cel die een bron later verbergt, verdwijnt hier ook."
key = ["bron_tabel", "gebied_code", "periode", "soort", "kolom", "vintage_nieuw"]

[source]
publisher = "Veiligheidsbeeld"
licence = "zoals de bron zelf"
page = "https://www.cbs.nl/nl-nl/onze-diensten/open-data"
tables = { alles = "herzien" }
dimensions = ["bron", "bron_tabel", "gebied", "periode", "soort", "kolom", "vintage_nieuw"]
frequency = "bij elke nieuwe uitgave van een bron"
gap = "Begint bij de tweede keer ophalen. Een ander gebied met dezelfde code is hier niet te zien."

[source.topics]
oud = "oud"
nieuw = "nieuw"
vintage_oud = "vintage_oud"

[columns]
bron = "bron in dit project"
bron_tabel = "tabel van de uitgever"
gebied_code = "code van het gebied; Nederland is NL00"
periode = "jaar (2022) of maand (2022-03)"
soort = "code van de soort, leeg als de tabel er geen heeft"
kolom = "onderwerp bij de uitgever, zonder nummer"
oud = "waarde in de vorige uitgave"
nieuw = "waarde in de nieuwe uitgave"
vintage_oud = "datum van de vorige uitgave"
vintage_nieuw = "datum van de nieuwe uitgave"

[checks]
not_null = ["oud", "nieuw"]
expression_is_true = ["oud <> nieuw"]
accepted_range.oud = { min = -1e12, max = 1e12 }
accepted_range.nieuw = { min = -1e12, max = 1e12 }
---*/
select
    bron,
    bron_tabel,
    gebied(gebied) as gebied_code,
    periode,
    coalesce(soort, '') as soort,
    kolom,
    getal(oud) as oud,
    getal(nieuw) as nieuw,
    left(vintage_oud, 10) as vintage_oud,
    left(vintage_nieuw, 10) as vintage_nieuw
from raw.herzien
