/*---
title = "Geregistreerde misdrijven per regio"
key = ["soort", "gebied_code", "periode"]

[source]
publisher = "Politie"
host = "dataderden.cbs.nl"
licence = "niet vermeld"
page = "https://data.politie.nl/#/Politie/nl/dataset/47025NED/table"
tables = { alles = "47025NED" }
dimensions = ["SoortMisdrijf", "RegioS", "Perioden"]
partition = ["Perioden"]
volledig = false
frequency = "elke maand, rond de 15e"
rhythm = { every = 1, later = 1, day = "01-15" }
gap = ""

[source.topics]
aantal = "GeregistreerdeMisdrijven"

[columns]
soort = "code van de soort, zoals de politie die geeft"
gebied_code = "code van het gebied; Nederland is NL00"
periode = "jaar (2022) of maand (2022-03)"
aantal = "aantal registraties; leeg als de bron niets geeft"
tabel = "tabel van de uitgever"

[checks]
accepted_range.aantal = { min = 0, max = 5000000 }
---*/
select
    tekst(SoortMisdrijf) as soort,
    gebied(RegioS) as gebied_code,
    periode(Perioden) as periode,
    geheel(aantal) as aantal,
    tabel
from raw.politie_misdrijven_regio
