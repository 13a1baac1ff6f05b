/*---
title = "Uitgaven van tabellen, zoals zij zijn binnengekomen"
description = "Uit het logboek naast de lock: er komt wel bij, er gaat niets af. Van een tabel zonder logboek staat alleen de uitgave van nu er, zonder perioden."
key = ["tabel", "stand"]

[columns]
bron_id = "bron"
tabel = "tabel bij de uitgever"
stand = "moment waarop de uitgever haar veranderde, of de dag waarop zij is opgehaald"
dag = "dag daarvan"
vorige = "stand van de uitgave ervoor; leeg bij de eerste die gezien is"
erbij = "perioden die erbij kwamen"
weg = "perioden die er niet meer zijn"
kolommen_erbij = "kolommen van de uitgever die erbij kwamen"
kolommen_weg = "kolommen van de uitgever die er niet meer zijn"

[checks]
not_null = ["bron_id", "dag"]
---*/
select bron_id, tabel, stand, dag, vorige, erbij, weg, kolommen_erbij, kolommen_weg
from project.uitgave
order by stand, tabel
