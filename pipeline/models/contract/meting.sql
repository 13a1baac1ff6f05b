/*---
title = "Alle indicatoren die een bron zelf heeft gemeten"
description = "Van dezelfde gebieden als contract.verhouding."
key = []  # die van elke indicator is al bewezen

[columns_as_in]
"project.meting" = ["gebied_code", "periode", "waarde", "onder", "boven", "tabel"]

[columns]
indicator = "naam van de indicator"
---*/
select indicator, gebied_code, periode, waarde, onder, boven, tabel
from project.meting
semi join core.gebied using (gebied_code)
