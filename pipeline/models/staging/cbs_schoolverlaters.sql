/*---
title = "Voortijdig schoolverlaters per gemeente"
key = ["gebied_code", "periode", "geslacht"]

[source]
publisher = "CBS"
host = "opendata.cbs.nl"
licence = "CC BY 4.0"
page = "https://www.cbs.nl/nl-nl/cijfers/detail/84780NED"
tables = { alles = "84780NED" }
dimensions = ["Geslacht", "Regiokenmerken", "Perioden"]
partition = ["Perioden"]
frequency = "elk jaar"
gap = "Per gemeente en voor het land; geen wijken of buurten. Een schooljaar staat bij het jaar waarin het begint."

[source.topics]
leerlingen = "Leerlingen"
schoolverlaters = "VoortijdigSchoolverlaters"

[columns]
gebied_code = "code van het gebied; Nederland is NL00"
periode = "jaar waarin het schooljaar begint"
geslacht = "code van de uitgever"
geslacht_naam = "wat de uitgever bij die code schrijft"
leerlingen = "leerlingen"
schoolverlaters = "leerlingen die zonder startkwalificatie van school gaan"
tabel = "tabel van de uitgever"

[checks]
accepted_range.leerlingen = { min = 0, max = 25000000 }
accepted_range.schoolverlaters = { min = 0, max = 25000000 }
---*/
select
    gebied(r.Regiokenmerken) as gebied_code,
    periode(r.Perioden) as periode,
    tekst(r.Geslacht) as geslacht,
    tekst(g.titel) as geslacht_naam,
    geheel(r.leerlingen) as leerlingen,
    geheel(r.schoolverlaters) as schoolverlaters,
    r.tabel
from raw.cbs_schoolverlaters as r
left join raw.cbs_schoolverlaters_codes as g
    on g.dimensie = 'Geslacht' and r.tabel = g.tabel and trim(r.Geslacht) = g.code
