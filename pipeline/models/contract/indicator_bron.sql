/*---
title = "Bronnen waar een indicator uit komt"
description = "Gelezen uit de SQL van de modellen, over elke tussenstap heen."
key = ["indicator", "bron_id"]

[columns]
indicator = "naam van de indicator"
bron_id = "bron"
---*/
select indicator, bron_id
from project.indicator_bron
