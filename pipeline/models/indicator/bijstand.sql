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
from core.kerncijfers
where bijstand is not null
