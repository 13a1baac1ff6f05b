/*---
title = "Datasets van gemeenten, met en zonder rijen in de opslag"
key = ["bron_id"]

[columns]
bron_id = "naam van de definitie"
gemeente_code = "code van de gemeente"
titel = "titel van de dataset"
publisher = "uitgever"
licentie = "onder welke licentie"
citaat = "hoe de gemeente genoemd wil worden"
pagina = "pagina over de dataset, of anders haar adres"
contact = "waar vragen heen kunnen"
frequentie = "hoe vaak de gemeente haar ververst"
toelichting = "wat een lezer erbij moet weten, in zinnen"
opgehaald = "of de opslag rijen heeft"
indicatoren = "indicatoren die eruit komen"
rij_heet = "hoe de plaats van een rij in het bestand heet: regel of rij"

[checks]
not_null = ["gemeente_code", "titel", "publisher", "licentie", "opgehaald"]
---*/
select
    bron_id, gemeente_code, titel, publisher, licentie, citaat, pagina, contact, frequentie, toelichting,
    opgehaald, indicatoren, rij_heet
from project.gemeente_bron
