/*---
title = "Hoe vaak cijfers van een bron komen"
description = "Uit de koppen van staging. Een bron zonder vast ritme staat er niet in."
key = ["bron_id"]

[columns]
bron_id = "bron"
om_de = "aantal jaren tussen twee perioden"
later = "aantal jaren tussen de periode en de dag waarop haar cijfers komen"
dag = "die dag (01-15) of alleen de maand (03); leeg als de uitgever die niet noemt"

[checks]
accepted_range.om_de = { min = 1, max = 10 }
---*/
select bron_id, om_de, later, dag
from project.bron_ritme
