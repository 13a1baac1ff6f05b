/*---
title = "Grenzen van buurten"
key = ["gebied_code", "indeling_jaar"]

[source]
publisher = "CBS en Kadaster"
host = "api.pdok.nl"
licence = "CC BY 4.0"
page = "https://www.pdok.nl/introductie/-/article/cbs-wijken-en-buurten"
tables = { 2024 = "wijken-en-buurten-2024", 2025 = "wijken-en-buurten-2025" }
dimensions = ["buurtcode"]
frequency = "elk jaar"

[source.topics]
gebied_naam = "buurtnaam"
water = "water"
jaar = "jaar"
geometrie = "geometry"

[columns]
gebied_code = "code van de buurt"
gebied_naam = "naam van de buurt"
indeling_jaar = "jaar van de indeling"
geometrie = "omtrek als GeoJSON, lengte en breedte in graden (WGS84)"

[checks]
not_null = ["geometrie"]
---*/
select
    tekst(buurtcode) as gebied_code,
    tekst(gebied_naam) as gebied_naam,
    cast(tekst(jaar) as integer) as indeling_jaar,
    cast(geometrie as varchar) as geometrie
from raw.pdok_gebieden
-- Water heeft geen inwoners en geen politiecijfers.
where tekst(water) = 'NEE'
