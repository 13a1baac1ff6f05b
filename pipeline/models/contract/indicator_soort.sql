/*---
title = "De soort die de politie telt voor een indicator"
description = "Gelezen uit de SQL van de modellen. Een indicator van meer soorten samen staat er niet in."
key = ["indicator"]

[columns]
indicator = "naam van de indicator"
rubriek = "misdrijf of overlast"
soort = "code van de soort"
---*/
select indicator, rubriek, soort
from project.indicator_soort
