/*---
title = "Gezondheid in gebieden met de grens van nu"
description = "Alleen van jaren waarin de grens die van nu was (core.andere_grens)."
key = ["gebied_code", "periode"]

[columns_as_in]
"staging.rivm_gezondheid" = [
    "gebied_code", "periode", "stress", "regie", "eenzaam", "mantelzorg", "vrijwilligers", "geluid_buren",
    "rondkomen", "tabel",
]
---*/
select
    gebied_code,
    periode,
    stress,
    regie,
    eenzaam,
    mantelzorg,
    vrijwilligers,
    geluid_buren,
    rondkomen,
    tabel
from staging.rivm_gezondheid
anti join core.andere_grens using (gebied_code, periode)
