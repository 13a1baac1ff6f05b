/*---
title = "Verdachten naar woongemeente en leeftijd"
description = "De kolommen van de tabel zijn nog niet bij de bron gezien; fetch --eerste-keer noemt ze."
key = ["gebied_code", "periode", "geslacht", "leeftijd"]

[source]
publisher = "CBS"
host = "opendata.cbs.nl"
licence = "CC BY 4.0"
page = "https://www.cbs.nl/nl-nl/cijfers/detail/85655NED"
tables = { alles = "85655NED" }
dimensions = ["Geslacht", "Leeftijd", "RegioS", "Perioden"]
partition = ["Perioden"]
frequency = "elk jaar in maart"
gap = "Naar woongemeente, niet naar plaats van het misdrijf. Afgerond op tientallen; het laatste jaar is voorlopig."

[source.topics]
verdachten = { stem = ["TotaalVerdachten", "VerdachtenTotaal", "TotaalMisdrijven"] }

[columns]
gebied_code = "code van de woongemeente; Nederland is NL00"
periode = "jaar"
geslacht = "code van de uitgever"
leeftijd = "code van de uitgever"
verdachten = "geregistreerde verdachten"
tabel = "tabel van de uitgever"

[checks]
accepted_range.verdachten = { min = 0, max = 25000000 }
---*/
select
    gebied(RegioS) as gebied_code,
    periode(Perioden) as periode,
    tekst(Geslacht) as geslacht,
    tekst(Leeftijd) as leeftijd,
    geheel(verdachten) as verdachten,
    tabel
from raw.cbs_verdachten
