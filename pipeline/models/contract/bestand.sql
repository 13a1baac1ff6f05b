/*---
title = "Bestanden van de uitgevers, zoals zij zijn opgehaald"
description = "Zo is na te gaan of een bestand nog hetzelfde is."
key = ["bestand"]

[columns]
bron_id = "bron: de naam van haar bestand in staging, of van een definitie van een gemeente"
tabel = "tabel bij de uitgever"
bestand = "plaats van het bestand in de opslag"
sha256 = "controlegetal van het bestand (SHA-256)"
rijen = "aantal rijen"

[checks]
not_null = ["bron_id", "tabel", "sha256", "rijen"]
---*/
select bron_id, tabel, bestand, sha256, rijen
from project.bestand
