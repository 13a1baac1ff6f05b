/*---
title = "Geregistreerde overlast per wijk en buurt"
key = ["soort", "gebied_code", "periode"]

[source]
publisher = "Politie"
host = "dataderden.cbs.nl"
licence = "niet vermeld"
page = "https://data.politie.nl/#/Politie/nl/dataset/47024NED/table"
tables = { alles = "47024NED" }
dimensions = ["Overlast", "WijkenEnBuurten", "Perioden"]
partition = ["Perioden", "Overlast"]
volledig = false
frequency = "elke maand, rond de 15e"
rhythm = { every = 1, later = 1, day = "01-15" }
gap = ""

[source.topics]
aantal = "GeregistreerdeOverlast"

[columns]
soort = "code van de soort, zoals de politie die geeft"
gebied_code = "code van het gebied; Nederland is NL00"
periode = "jaar"
aantal = "aantal registraties; leeg als de bron niets geeft"
tabel = "tabel van de uitgever"

[checks]
accepted_range.aantal = { min = 0, max = 5000000 }
---*/
select
    tekst(Overlast) as soort,
    gebied(WijkenEnBuurten) as gebied_code,
    periode(Perioden) as periode,
    geheel(aantal) as aantal,
    tabel
from raw.politie_overlast
-- Maanden zijn dertien keer zoveel rijen en geen figuur toont ze; in de opslag blijven ze bewaard.
where Perioden like '%JJ00'
