/*---
title = "De nieuwste periode met een cijfer, van elke indicator in elke tabel van een uitgever"
description = "Hoe oud cijfers zijn, staat op elke pagina. Zonder deze tabel zou elk deel van de site daarvoor alle cijfers lezen."
key = ["indicator", "tabel"]

[columns]
indicator = "naam van de indicator"
tabel = "tabel van de uitgever"
periode = "nieuwste jaar of maand waarin een gebied een cijfer heeft"
---*/
select indicator, tabel, max(periode) as periode
from mart.cijfer
where coalesce(waarde, teller) is not null
group by indicator, tabel
