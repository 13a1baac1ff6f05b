/*---
title = "Veiligheidsmonitor, cijfers uit publicaties"
description = "Enquête onder inwoners van 15 jaar en ouder. Deze cijfers komen uit berichten over het onderzoek; het adres van het bericht staat bij elke regel."
key = ["vraag", "gebied_code", "periode"]

[source]
publisher = "CBS"
licence = "CC BY 4.0"
page = "https://www.cbs.nl/nl-nl/onze-diensten/methoden/onderzoeksomschrijvingen/korte-onderzoeksomschrijvingen/veiligheidsmonitor"
tables = { alles = "Veiligheidsmonitor" }
dimensions = ["gebied", "jaar", "vraag"]
frequency = "elke twee jaar, in het voorjaar"
rhythm = { every = 2, later = 1, day = "03" }
gap = "De enquête geldt voor het land en voor grote gemeenten, niet voor wijken en buurten. In deze berichten staan geen marges."

[source.topics]
waarde = "waarde"
eenheid = "eenheid"
toelichting = "toelichting"
url = "url"

[columns]
vraag = "wat gevraagd is"
gebied_code = "code van het gebied"
periode = "jaar van het onderzoek"
waarde = "uitkomst, in de eenheid van de vraag"
eenheid = "eenheid van de uitkomst"
toelichting = "hoe precies het bericht is"
url = "adres van het bericht"
tabel = "naam van het onderzoek"

[checks]
not_null = ["waarde", "url"]
expression_is_true = ["eenheid is distinct from '%' or waarde <= 100"]
accepted_range.waarde = { min = 0, max = 25000000 }
---*/
select
    tekst(vraag) as vraag,
    gebied(gebied) as gebied_code,
    tekst(jaar) as periode,
    getal(waarde) as waarde,
    tekst(eenheid) as eenheid,
    tekst(toelichting) as toelichting,
    tekst(url) as url,
    tabel
from raw.veiligheidsmonitor_publicaties
