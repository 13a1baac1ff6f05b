/*---
title = "Waar het magazijn uit gemaakt is"
description = "Eén rij. Is de vingerafdruk dezelfde, dan is er niets te bouwen."
key = ["vingerafdruk"]

[columns]
vingerafdruk = "samenvatting van de opslag, de modellen, de referentietabellen en de code"
opslag = "welke opnamen: voorbeeld of live"

[checks]
accepted_values = { opslag = ["voorbeeld", "live"] }
row_count = { min = 1 }
---*/
select vingerafdruk, opslag
from project.bouw
