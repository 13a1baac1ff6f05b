/*---
title = "Kenmerken waarmee gebieden te vergelijken zijn"
description = "Uit de nieuwste kerncijfers, voor gebieden met minstens 50 inwoners. Scheve als logaritme. Wat een jaar niet geeft, is leeg. Herkomst staat er niet bij."
key = ["gebied_code"]

[columns]
gebied_code = "code van het gebied"
gebied_niveau = "gemeente, wijk of buurt"
stedelijkheid = "klasse, 1 (zeer sterk) tot 5 (niet)"
inwoners = "logaritme van het aantal inwoners"
kinderen = "deel van de inwoners onder de 15 jaar"
ouderen = "deel van de inwoners vanaf 65 jaar"
huishoudgrootte = "gemiddeld aantal personen per huishouden"
dichtheid = "logaritme van inwoners per vierkante kilometer land, plus 1"
woz = "logaritme van de gemiddelde woningwaarde"
eengezins = "eengezinswoningen, % van de woningen"
koop = "koopwoningen, % van de woningen"
inkomen = "logaritme van het gemiddelde inkomen per inwoner"
land = "logaritme van hectare land, plus 1"
adressen = "logaritme van adressen per vierkante kilometer in de omgeving, plus 1"
---*/
select
    k.gebied_code,
    g.gebied_niveau,
    k.stedelijkheid,
    ln(k.inwoners) as inwoners,
    k.jongeren_0_15 / k.inwoners as kinderen,
    k.ouderen_65 / k.inwoners as ouderen,
    k.huishoudgrootte,
    ln(k.dichtheid + 1) as dichtheid,
    ln(nullif(k.woz, 0)) as woz,
    k.eengezinswoning_pct as eengezins,
    k.koopwoningen_pct as koop,
    ln(nullif(k.inkomen_per_inwoner, 0)) as inkomen,
    ln(k.oppervlakte_land_ha + 1) as land,
    ln(k.omgevingsadressendichtheid + 1) as adressen
from staging.cbs_kerncijfers as k
join core.gebied as g on k.gebied_code = g.gebied_code
where k.periode = (select max(periode) from staging.cbs_kerncijfers) and g.gebied_niveau != 'land'
    and k.inwoners >= 50
order by g.gebied_niveau, k.gebied_code
