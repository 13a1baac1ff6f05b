/*---
title = "Gebieden die een aanpak noemt"
key = ["aanpak", "gebied_code"]

[columns]
aanpak = "naam van de aanpak"
gebied_code = "code van het gebied"
rol = "aanpak of vergelijking"
start = "eerste dag in dit gebied; leeg als die niet gekozen is, en bij een vergelijking"
in_opslag = "waar als de opslag het gebied kent"

[checks]
accepted_values.rol = ["aanpak", "vergelijking"]
---*/
select
    a.aanpak,
    a.gebied_code,
    a.rol,
    a.start,
    g.gebied_code is not null as in_opslag
from project.aanpak_gebied as a
left join core.gebied as g on a.gebied_code = g.gebied_code
order by a.aanpak, a.gebied_code
