/*---
title = "Breuken in reeksen, en welke jaren zij scheiden"
description = "Een breuk midden in een jaar maakt dat jaar anders dan beide buren. Een breuk in januari, of zonder maand, staat aan het begin van het jaar. Een jaar na `voor` staat nooit naast een jaar voor `na`."
key = ["indicator", "datum"]

[columns]
indicator = "naam van de indicator"
datum = "jaar (2018) of maand (2018-07) van de breuk"
voor = "laatste jaar dat helemaal voor de breuk ligt"
na = "eerste jaar dat helemaal na de breuk ligt"
---*/
select
    indicator,
    datum,
    cast(left(datum, 4) as integer) - 1 as voor,
    cast(left(datum, 4) as integer) + if(substr(datum, 6, 2) in ('', '01'), 0, 1) as na
from reference.breuken
