/*---
title = "Verdachten in gebieden met de grens van nu"
description = "Alleen van jaren waarin de grens die van nu was (core.andere_grens)."
key = ["gebied_code", "periode", "geslacht", "leeftijd"]

[columns_as_in]
"staging.cbs_verdachten" = [
    "gebied_code", "periode", "geslacht", "leeftijd", "geslacht_naam", "leeftijd_naam", "verdachten",
    "tabel",
]
---*/
select
    gebied_code,
    periode,
    geslacht,
    leeftijd,
    geslacht_naam,
    leeftijd_naam,
    verdachten,
    tabel
from staging.cbs_verdachten
anti join core.andere_grens using (gebied_code, periode)
