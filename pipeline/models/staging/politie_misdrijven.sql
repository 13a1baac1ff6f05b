/*---
title = "Geregistreerde misdrijven per wijk en buurt"
key = ["soort", "gebied_code", "periode"]

[source]
publisher = "Politie"
host = "dataderden.cbs.nl"
licence = "niet vermeld"
page = "https://data.politie.nl/#/Politie/nl/dataset/47018NED/table"
tables = { alles = "47018NED" }
dimensions = ["SoortMisdrijf", "WijkenEnBuurten", "Perioden"]
partition = ["Perioden", "SoortMisdrijf"]
volledig = false
frequency = "elk jaar in januari; nieuwe indeling half augustus"
rhythm = { every = 1, later = 1, day = "01-15" }
gap = "Zedendelicten staan niet in de tabel voor wijken en buurten."

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
    gebied(WijkenEnBuurten) as gebied_code,
    periode(Perioden) as periode,
    geheel(aantal) as aantal,
    tabel
from raw.politie_misdrijven
