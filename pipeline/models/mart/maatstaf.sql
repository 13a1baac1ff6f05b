/*---
title = "Misdrijven per inwoner, per huishouden en per aanwezige"
description = "Van buurten en wijken, telkens naast alle buurten van het land samen in hetzelfde jaar. De aanwezigen zijn een grove schatting (core.aanwezig)."
key = ["gebied_code"]

[columns]
gebied_code = "code van de buurt of wijk"
periode = "jaar van het aantal"
teller = "geregistreerde misdrijven"
inwoners = "inwoners volgens de nieuwste kerncijfers"
huishoudens = "huishoudens volgens de nieuwste kerncijfers"
aanwezig = "geschatte aanwezigen"
keer_inwoners = "per inwoner, gedeeld door dat van alle buurten samen; leeg zonder inwoners"
keer_huishoudens = "hetzelfde per huishouden"
keer_aanwezig = "hetzelfde per aanwezige"
onder = "ondergrens van de marge van keer_aanwezig"
boven = "bovengrens van de marge van keer_aanwezig"
oordeel = "hoger, ongeveer gelijk of lager per aanwezige dan alle buurten samen"
druk = "waar als er naar verhouding twee keer zo veel mensen zijn als er wonen, en ook per inwoner twee keer zo veel misdrijven"

[checks]
accepted_values.oordeel = ["lager", "ongeveer gelijk", "hoger"]
expression_is_true = ["onder <= keer_aanwezig and keer_aanwezig <= boven"]
---*/
with tellingen as (
    select p.gebied_code, p.periode, p.teller, a.inwoners, a.huishoudens, a.aanwezig, niveau(p.gebied_code) as niveau
    from mart.gebied_profiel as p
    join core.aanwezig as a on p.gebied_code = a.gebied_code
    where p.indicator = 'misdrijven' and p.teller is not null and a.aanwezig > 0
),

samen as (
    select
        periode,
        sum(teller) / sum(inwoners) as per_inwoner,
        sum(teller) filter (huishoudens is not null) / sum(huishoudens) as per_huishouden,
        -- Fractions are added up in a fixed order: in another their last digit differs, and with it the same figures.
        sum(teller) / sum(aanwezig order by gebied_code) as per_aanwezige,
        sum(aanwezig order by gebied_code) / sum(inwoners) as per_bewoner
    from tellingen
    where niveau = 'buurt'
    group by periode
),

keren as (
    select
        t.*,
        t.teller / nullif(t.inwoners, 0) / s.per_inwoner as keer_inwoners,
        t.teller / nullif(t.huishoudens, 0) / s.per_huishouden as keer_huishoudens,
        t.teller / t.aanwezig / s.per_aanwezige as keer_aanwezig,
        marge_onder(t.teller, m.onder, d.a, d.b) / t.aanwezig / s.per_aanwezige as onder,
        marge_boven(t.teller, m.boven, d.a, d.b) / t.aanwezig / s.per_aanwezige as boven,
        t.aanwezig >= 2 * s.per_bewoner * t.inwoners as vol
    from tellingen as t
    join samen as s on t.periode = s.periode
    join statistiek.marge as m on t.teller = m.teller
    left join statistiek.spreiding as d on d.indicator = 'misdrijven' and t.niveau = d.gebied_niveau
    where s.per_aanwezige > 0
)

select
    * exclude (niveau, vol),
    case when onder > 1 then 'hoger' when boven < 1 then 'lager' else 'ongeveer gelijk' end as oordeel,
    vol and teller > 0 and coalesce(keer_inwoners >= 2, true) as druk
from keren
order by gebied_code
