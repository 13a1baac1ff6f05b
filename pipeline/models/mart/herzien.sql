/*---
title = "Herziene cijfers"
description = "Welke cijfers een bron later heeft veranderd: oude en nieuwe waarde per cel en uitgave. Aantallen onder de vijf in een buurt staan er niet in."
key = ["bron_tabel", "gebied_code", "periode", "soort", "kolom", "vintage_nieuw"]

[columns]
bron_tabel = "tabel van de uitgever"
gebied_code = "code van het gebied"
periode = "jaar (2022) of maand (2022-03)"
soort = "code van de soort, leeg als de tabel er geen heeft"
kolom = "onderwerp bij de uitgever"
indicator = "indicator die deze soort telt; leeg bij wat geen of meer dan een indicator is"
oud = "waarde in de vorige uitgave"
nieuw = "waarde in de nieuwe uitgave"
verschil = "nieuw min oud"
vintage_oud = "datum van de vorige uitgave"
vintage_nieuw = "datum van de nieuwe uitgave"
---*/
select
    h.bron_tabel,
    h.gebied_code,
    h.periode,
    h.soort,
    h.kolom,
    i.indicator,
    h.oud,
    h.nieuw,
    h.nieuw - h.oud as verschil,
    h.vintage_oud,
    h.vintage_nieuw
from staging.herzien as h
join core.gebied as g on h.gebied_code = g.gebied_code
left join contract.indicator_soort as i
    on h.soort = i.soort
    and h.kolom = if(i.rubriek = 'misdrijf', 'GeregistreerdeMisdrijven', 'GeregistreerdeOverlast')
-- Kleine aantallen registraties in een buurt: ook een oude waarde kan iemand aanwijzen.
where (g.gebied_niveau != 'buurt' or not starts_with(h.kolom, 'Geregistreerde') or least(h.oud, h.nieuw) >= 5)
    -- Wat hier niet getoond wordt, komt ook niet terug als oude waarde.
    and not exists (
        select 1 from reference.verborgen as v where h.soort = v.soort and g.gebied_niveau = v.niveau
    )
order by h.bron_tabel, h.vintage_nieuw, h.gebied_code, h.periode, h.soort, h.kolom
