/*---
title = "Tabellen van de uitgevers, zoals zij zijn opgehaald"
key = ["bron_id", "tabel"]

[columns]
bron_id = "bron: de naam van haar bestand in staging, of van een definitie van een gemeente"
tabel = "tabel bij de uitgever"
publisher = "uitgever"
licentie = "onder welke licentie de uitgever de tabel geeft"
url = "adres waar de tabel vandaan komt"
modified = "datum waarop de uitgever de tabel veranderde; leeg als die niet gegeven is"
fetched_at = "moment van ophalen (UTC); leeg bij het voorbeeld"
titel = "titel van de uitgever"
reconstructed = "wat niet bij de bron zelf gezien is, in woorden; leeg als dat niets is"
uit_bestand = "naam van het bestand van de uitgever waar de rijen uit komen; leeg als die van een dienst komen"
uit_bestand_sha256 = "controlegetal van dat bestand (SHA-256)"

[checks]
not_null = ["publisher", "licentie", "url", "titel", "reconstructed"]
---*/
select bron_id, tabel, publisher, licentie, url, modified, fetched_at, titel, reconstructed,
    uit_bestand, uit_bestand_sha256
from project.snapshot
