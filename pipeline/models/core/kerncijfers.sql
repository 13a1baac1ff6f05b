/*---
title = "Kerncijfers van gebieden met de grens van nu"
description = "Alleen van jaren waarin de grens die van nu was (core.andere_grens)."
key = ["gebied_code", "periode"]

[columns_as_in]
"staging.cbs_kerncijfers" = [
    "gebied_code", "periode", "inwoners", "jongeren_15_25", "huishoudens", "eenpersoonshuishoudens",
    "huishoudens_met_kinderen", "huishoudgrootte", "dichtheid", "woz", "koopwoningen_pct",
    "inkomen_per_inwoner", "laag_inkomen_pct", "sociaal_minimum_pct", "bijstand", "stedelijkheid",
    "tabel",
]
---*/
select
    gebied_code,
    periode,
    inwoners,
    jongeren_15_25,
    huishoudens,
    eenpersoonshuishoudens,
    huishoudens_met_kinderen,
    huishoudgrootte,
    dichtheid,
    woz,
    koopwoningen_pct,
    inkomen_per_inwoner,
    laag_inkomen_pct,
    sociaal_minimum_pct,
    bijstand,
    stedelijkheid,
    tabel
from staging.cbs_kerncijfers
anti join core.andere_grens using (gebied_code, periode)
