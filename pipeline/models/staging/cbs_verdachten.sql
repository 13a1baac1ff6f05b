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
rhythm = { every = 1, later = 1, day = "03" }
gap = "Naar woongemeente, niet naar plaats van het misdrijf. Afgerond op tientallen; het laatste jaar is voorlopig."

[source.topics]
verdachten = { stem = ["TotaalVerdachten", "VerdachtenTotaal", "TotaalMisdrijven"] }

[columns]
gebied_code = "code van de woongemeente; Nederland is NL00"
periode = "jaar"
geslacht = "code van de uitgever"
geslacht_naam = "wat de uitgever bij die code schrijft"
leeftijd = "code van de uitgever"
leeftijd_naam = "wat de uitgever bij die code schrijft"
verdachten = "geregistreerde verdachten"
tabel = "tabel van de uitgever"

[checks]
accepted_range.verdachten = { min = 0, max = 25000000 }
---*/
select
    gebied(r.RegioS) as gebied_code,
    periode(r.Perioden) as periode,
    tekst(r.Geslacht) as geslacht,
    tekst(g.titel) as geslacht_naam,
    tekst(r.Leeftijd) as leeftijd,
    tekst(l.titel) as leeftijd_naam,
    geheel(r.verdachten) as verdachten,
    r.tabel
from raw.cbs_verdachten as r
left join raw.cbs_verdachten_codes as g
    on g.dimensie = 'Geslacht' and r.tabel = g.tabel and trim(r.Geslacht) = g.code
left join raw.cbs_verdachten_codes as l
    on l.dimensie = 'Leeftijd' and r.tabel = l.tabel and trim(r.Leeftijd) = l.code
