/*---
title = "Of een reeks toeneemt of afneemt, van wat gepubliceerd is"
description = "Het oordeel van statistiek.trend, waar geen enkel jaar van de reeks verborgen is."
key = ["gebied_code", "indicator"]

[columns_as_in]
"statistiek.trend" = ["gebied_code", "indicator", "van", "tot", "jaren", "oordeel", "verandering"]

[columns]
zichtbaar = "zoals in statistiek.verandering; leeg zonder twee jaren"

[checks]
not_null = ["oordeel"]
---*/
with verborgen as (
    select distinct gebied_code, indicator
    from mart.cijfer
    where status in ('verborgen', 'minder_dan_5')
)

select t.gebied_code, t.indicator, t.van, t.tot, t.jaren, t.oordeel, t.verandering, v.zichtbaar
from statistiek.trend as t
anti join verborgen as h on t.gebied_code = h.gebied_code and t.indicator = h.indicator
left join statistiek.verandering as v on t.gebied_code = v.gebied_code and t.indicator = v.indicator
order by t.gebied_code, t.indicator
