/*---
title = "Welke aanpak er voor welk gebied is"
description = "De gebieden die een aanpak noemt, de buurten daarin, en de buurten eromheen."
key = ["gebied_code", "aanpak"]

[columns]
gebied_code = "code van het gebied"
aanpak = "naam van de aanpak"
rol = "aanpak of omgeving"

[checks]
accepted_values.rol = ["aanpak", "omgeving"]
---*/
select gebied_code, aanpak, min(rol) as rol
from (
    select gebied_code, aanpak, rol from contract.aanpak_gebied where rol = 'aanpak' and in_opslag
    union all
    select buurt_code, aanpak, rol from statistiek.aanpak_buurt
)
group by gebied_code, aanpak
order by gebied_code, aanpak
