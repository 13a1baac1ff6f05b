/*---
title = "Oordelen die eerder zijn vastgelegd"
description = "Uit data/aanpak/oordelen: er komt wel bij, er gaat niets af."
key = ["aanpak", "volgnummer"]

[columns]
aanpak = "naam van de aanpak"
volgnummer = "de hoeveelste vastlegging: 1 is de eerste"
vastgelegd_op = "dag waarop dit oordeel is vastgelegd"
indicator = "naam van de indicator"
opslag = "voorbeeld of live"
stand = "dag van de stand van de bron"
voor_van = "eerste jaar voor de start"
voor_tot = "laatste jaar voor de start"
na_van = "eerste jaar na de start"
na_tot = "laatste jaar na de start"
voor = "aantal per jaar voor de start"
na = "aantal per jaar na de start"
verwacht = "aantal per jaar dat verwacht werd zonder de aanpak"
verschil = "na min verwacht"
verschil_onder = "ondergrens van het verschil (95 %)"
verschil_boven = "bovengrens van het verschil (95 %)"
oordeel = "verbeterd, verslechterd, geen verschil te zien of niet te zeggen"
reden = "waarom er niets te zeggen was; leeg bij een ander oordeel"
omgeving = "wat er rondom gebeurde"

[checks]
not_null = ["vastgelegd_op", "indicator"]
accepted_values.oordeel = ["verbeterd", "verslechterd", "geen verschil te zien", "niet te zeggen"]
relationships.aanpak = "contract.aanpak.aanpak"
---*/
select
    aanpak, volgnummer, vastgelegd_op, indicator, opslag, stand, voor_van, voor_tot, na_van, na_tot, voor, na, verwacht,
    verschil, verschil_onder, verschil_boven, oordeel, reden, omgeving
from project.aanpak_oordeel
order by aanpak, volgnummer
