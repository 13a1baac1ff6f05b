/*---
title = "Veiligheidsmonitor: ervaren overlast en veiligheid, met marges"
key = ["gebied_code", "periode", "marge"]

[source]
publisher = "CBS"
host = "opendata.cbs.nl"
licence = "CC BY 4.0"
page = "https://www.cbs.nl/nl-nl/cijfers/detail/85146NED"
tables = { alles = "85146NED" }
dimensions = ["Marges", "RegioS", "Perioden"]
partition = ["Perioden"]
frequency = "elke twee jaar, in maart na een oneven jaar"
rhythm = { every = 2, later = 1, day = "03" }
gap = "Alleen het land, regio's en gemeenten met 70.000 inwoners of meer; geen buurten."

[source.topics]
drugsgebruik = "Drugsgebruik"
drugshandel = "Drugshandel"
verwarde_personen = "VerwardePersonen"
dronken_mensen = "DronkenMensenOpStraat"
rondhangende_jongeren = "RondhangendeJongeren"
geluidsoverlast = "Geluidsoverlast"
sociale_cohesie = "SocialeCohesieSchaalscore"
weleens_onveilig = "VoeltZichWeleensOnveiligInBuurt"
vaak_onveilig = "VoeltZichVaakOnveiligInBuurt"
rapportcijfer_veiligheid = "RapportcijferVeiligheidInBuurt"

[columns]
gebied_code = "code van het gebied; Nederland is NL00"
periode = "jaar van het onderzoek"
marge = "waarde, onder of boven (grenzen van 95 procent)"
drugsgebruik = "overlast van drugsgebruik, %"
drugshandel = "overlast van drugshandel, %"
verwarde_personen = "overlast van verwarde personen, %"
dronken_mensen = "overlast van dronken mensen op straat, %"
rondhangende_jongeren = "overlast van rondhangende jongeren, %"
geluidsoverlast = "geluidsoverlast, %"
sociale_cohesie = "sociale cohesie in de buurt, score van 0 tot 10"
weleens_onveilig = "voelt zich weleens onveilig in de buurt, %"
vaak_onveilig = "voelt zich vaak onveilig in de buurt, %"
rapportcijfer_veiligheid = "rapportcijfer voor veiligheid in de buurt"
tabel = "tabel van de uitgever"

[checks]
accepted_values.marge = ["waarde", "onder", "boven"]
accepted_range.drugsgebruik = { min = 0, max = 100 }
accepted_range.drugshandel = { min = 0, max = 100 }
accepted_range.verwarde_personen = { min = 0, max = 100 }
accepted_range.dronken_mensen = { min = 0, max = 100 }
accepted_range.rondhangende_jongeren = { min = 0, max = 100 }
accepted_range.geluidsoverlast = { min = 0, max = 100 }
accepted_range.sociale_cohesie = { min = 0, max = 10 }
accepted_range.weleens_onveilig = { min = 0, max = 100 }
accepted_range.vaak_onveilig = { min = 0, max = 100 }
accepted_range.rapportcijfer_veiligheid = { min = 0, max = 10 }
---*/
select
    gebied(RegioS) as gebied_code,
    periode(Perioden) as periode,
    case trim(Marges) when 'MW00000' then 'waarde' when 'MOG0095' then 'onder' when 'MBG0095' then 'boven' end
        as marge,
    getal(drugsgebruik) as drugsgebruik,
    getal(drugshandel) as drugshandel,
    getal(verwarde_personen) as verwarde_personen,
    getal(dronken_mensen) as dronken_mensen,
    getal(rondhangende_jongeren) as rondhangende_jongeren,
    getal(geluidsoverlast) as geluidsoverlast,
    getal(sociale_cohesie) as sociale_cohesie,
    getal(weleens_onveilig) as weleens_onveilig,
    getal(vaak_onveilig) as vaak_onveilig,
    getal(rapportcijfer_veiligheid) as rapportcijfer_veiligheid,
    tabel
from raw.cbs_veiligheidsmonitor
