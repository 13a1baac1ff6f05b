/*---
title = "Schoolverlaters in gebieden met de grens van nu"
description = "Alleen van jaren waarin de grens die van nu was (core.andere_grens)."
key = ["gebied_code", "periode", "geslacht"]

[columns_as_in]
"staging.cbs_schoolverlaters" = [
    "gebied_code", "periode", "geslacht", "geslacht_naam", "leerlingen", "schoolverlaters", "tabel",
]
---*/
select
    gebied_code,
    periode,
    geslacht,
    geslacht_naam,
    leerlingen,
    schoolverlaters,
    tabel
from staging.cbs_schoolverlaters
anti join core.andere_grens using (gebied_code, periode)
