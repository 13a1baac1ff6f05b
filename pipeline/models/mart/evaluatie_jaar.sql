/*---
title = "De jaren van elke aanpak: geteld, en verwacht zonder de aanpak"
key = ["aanpak", "indicator", "jaar"]

[columns]
aanpak = "naam van de aanpak"
indicator = "naam van de indicator"
jaar = "jaar"
waargenomen = "aantal in de gebieden van de aanpak; leeg als dat niet bekend is"
verwacht = "aantal als de gebieden hadden bewogen zoals de vergelijkbare; leeg als dat niet te zeggen is"
deel = "voor, na, beide of buiten: of het jaar meetelt; beide als niet alle gebieden tegelijk begonnen"

[checks]
accepted_values.deel = ["voor", "na", "beide", "buiten"]
---*/
with jaren as (
    select
        aanpak, indicator, voor_van, voor_tot, na_van, na_tot,
        unnest(jaren) as jaar,
        unnest(waargenomen) as waargenomen,
        unnest(lijn) as verwacht
    from statistiek.evaluatie
)

select
    aanpak,
    indicator,
    jaar,
    cast(waargenomen as bigint) as waargenomen,
    verwacht,
    case
        when jaar between voor_van and voor_tot and jaar between na_van and na_tot then 'beide'
        when jaar between voor_van and voor_tot then 'voor'
        when jaar between na_van and na_tot then 'na'
        else 'buiten'
    end as deel
from jaren
order by aanpak, indicator, jaar
