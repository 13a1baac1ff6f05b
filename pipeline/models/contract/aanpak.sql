/*---
title = "Aanpakken die zijn vastgelegd"
description = "Eén rij per bestand in data/aanpak."
key = ["aanpak"]

[columns]
aanpak = "naam van het bestand, en van de pagina"
titel = "hoe de aanpak heet"
thema = "thema"
niveau = "niveau van de gebieden: buurt, wijk of gemeente"
start = "eerste dag; leeg als die niet gekozen is"
start_tekst = "de start zoals die is opgeschreven: een dag of een maand"
eind = "laatste dag; leeg als de aanpak loopt"
doel_indicator = "indicator van het doel; leeg bij geen doel in cijfers"
doel_richting = "omlaag of omhoog"
doel_procent = "hoeveel procent"
doel_voor = "dag waarop het doel gehaald moet zijn"
mechanisme = "waardoor het zou moeten werken"
bewoners = "wat bewoners doen"
kosten = "wat het kost; leeg als dat niet bekend is"
vastgelegd_op = "dag waarop de aanpak is opgeschreven"
achteraf = "waar als dat na het eerste hele jaar was"
volgende_evaluatie = "dag van de volgende evaluatie; leeg als die niet gepland is"
indicatoren = "cijfers waarop geëvalueerd wordt"
waarnemingen = "wat de gemeente zelf zag"
kanttekeningen = "wat een lezer erbij moet weten"
partijen = "wie er aan tafel zitten"
inbreng = "wat elke partij brengt, in de volgorde van partijen"
bron_titels = "waar het staat"
bron_urls = "adressen daarvan; leeg als er geen is"
bron_dagen = "dag waarop elke bron gezien is"

[checks]
not_null = ["titel", "thema", "niveau", "mechanisme", "vastgelegd_op", "achteraf"]
accepted_values.niveau = ["buurt", "wijk", "gemeente"]
accepted_range.doel_procent = { min = 1, max = 100 }
relationships.doel_indicator = "contract.indicator.indicator"
relationships.thema = "reference.themas.thema"
---*/
select
    aanpak, titel, thema, niveau, start, start_tekst, eind, doel_indicator, doel_richting, doel_procent, doel_voor,
    mechanisme, bewoners, kosten, vastgelegd_op, achteraf, volgende_evaluatie, indicatoren, waarnemingen,
    kanttekeningen, partijen, inbreng, bron_titels, bron_urls, bron_dagen
from project.aanpak
order by aanpak
