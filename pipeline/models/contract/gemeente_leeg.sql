/*---
title = "Cellen van gemeenten zonder cijfer, met de reden"
description = "Wat de gemeente verbergt, wat nog loopt, waar een deel ontbreekt, en wat hier wegblijft omdat er anders een klein aantal uit te rekenen is."
key = ["indicator", "gebied_code", "periode"]

[columns]
indicator = "naam van de indicator"
gebied_code = "code van het gebied"
periode = "jaar of maand"
status = "waarom er geen cijfer is"
reden = "sleutels van de voorbehouden die daarbij horen, gescheiden door puntkomma's"
tabel = "naam van de dataset"

[checks]
not_null = ["status"]
accepted_values.status = ["ontbreekt", "verborgen", "minder_dan_5", "voorlopig"]
---*/
select indicator, gebied_code, periode, status, reden, tabel
from project.gemeente_leeg
semi join core.gebied using (gebied_code)
