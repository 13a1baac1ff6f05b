/*---
title = "Mensen met bijstand"
kind = "verhouding"
unit = "per 1.000 inwoners"
per = 1000
noemer = "inwoners"
theme = "omstandigheden"
order = 11
question = "Hoeveel mensen hebben een bijstandsuitkering?"
definition = "Het aantal mensen met een bijstandsuitkering, per 1.000 inwoners."
short = "Bijstand"
subject = "persoon met bijstand|personen met bijstand"
richting = "neutraal"
measure = "omstandigheid"
decimals = 1
caveats = ["geen_oorzaak", "ander_jaar", "afronding_cbs", "kleine_aantallen"]
---*/

select gebied_code, periode, bijstand as teller, inwoners as noemer, tabel
from staging.cbs_kerncijfers as k
where bijstand is not null
-- A year from before a change of boundary is about another area.
and not exists (
    select 1
    from core.bevolking as b
    where b.gebied_code = k.gebied_code and b.jaar::varchar = k.periode and not b.zelfde_indeling
)
