/*---
title = "Gebieden in Nederland: de gemeente en waar zij in ligt"
key = ["gebied_code", "periode"]

[source]
publisher = "CBS"
host = "opendata.cbs.nl"
licence = "CC BY 4.0"
page = "https://www.cbs.nl/nl-nl/onze-diensten/methoden/classificaties/overig/gemeentelijke-indelingen-per-jaar"
dimensions = ["RegioS"]
frequency = "elk jaar in de herfst"
gap = "Zegt niet welke buurt welke buurt was; voor buurten is er geen officiële tabel over de jaren heen."

[source.tables]
2023 = "85385NED"
2024 = "85755NED"
2025 = "86059NED"

[source.topics]
provincie_code = { stem = ["Code"], parent = "Provincies" }
provincie_naam = { stem = ["Naam"], parent = "Provincies" }
veiligheidsregio_code = { stem = ["Code"], parent = "Veiligheidsregio's" }
veiligheidsregio_naam = { stem = ["Naam"], parent = "Veiligheidsregio's" }

[columns]
gebied_code = "code van de gemeente"
periode = "jaar van de indeling"
provincie_code = "code van de provincie"
provincie_naam = "naam van de provincie"
veiligheidsregio_code = "code van de veiligheidsregio"
veiligheidsregio_naam = "naam van de veiligheidsregio"
tabel = "tabel van de uitgever"
---*/
select
    gebied(RegioS) as gebied_code,
    tabel_periode as periode,
    tekst(provincie_code) as provincie_code,
    tekst(provincie_naam) as provincie_naam,
    tekst(veiligheidsregio_code) as veiligheidsregio_code,
    tekst(veiligheidsregio_naam) as veiligheidsregio_naam,
    tabel
from raw.cbs_gebieden
