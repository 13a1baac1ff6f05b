/*---
title = "Kerncijfers wijken en buurten"
key = ["gebied_code", "periode"]

[source]
publisher = "CBS"
host = "opendata.cbs.nl"
licence = "CC BY 4.0"
page = "https://www.cbs.nl/nl-nl/reeksen/publicatie/kerncijfers-wijken-en-buurten"
dimensions = ["WijkenEnBuurten"]
frequency = "elk jaar in augustus, daarna elk kwartaal aangevuld"
rhythm = { every = 1, day = "08" }
gap = "Aantallen per wijk en buurt zijn afgerond op vijf. Inkomen komt een jaar later."

[source.earlier]
WijkenEnBuurten = ["RegioS"]

[source.tables]
2012 = "70904ned"
2013 = "82339NED"
2014 = "82931NED"
2015 = "83220NED"
2016 = "83487NED"
2017 = "83765NED"
2018 = "84286NED"
2019 = "84583NED"
2020 = "84799NED"
2021 = "85039NED"
2022 = "85318NED"
2023 = "85618NED"
2024 = "85984NED"
2025 = "86165NED"

[source.topics]
indelingswijziging = { stem = ["IndelingswijzigingWijkenEnBuurten", "IndelingswijzigingGemeenteWijkBuurt"] }
inwoners = "AantalInwoners"
jongeren_0_15 = { stem = ["k_0Tot15Jaar"], unit = "aantal" }
jongeren_15_25 = { stem = ["k_15Tot25Jaar"], unit = "aantal" }
ouderen_65 = { stem = ["k_65JaarOfOuder"], unit = "aantal" }
huishoudens = { stem = ["HuishoudensTotaal"], unit = "aantal" }
eenpersoonshuishoudens = { stem = ["Eenpersoonshuishoudens"], unit = "aantal" }
huishoudens_met_kinderen = { stem = ["HuishoudensMetKinderen"], unit = "aantal" }
huishoudgrootte = "GemiddeldeHuishoudensgrootte"
dichtheid = "Bevolkingsdichtheid"
woz = { stem = ["GemiddeldeWOZWaardeVanWoningen", "GemiddeldeWoningwaarde"] }
koopwoningen_pct = "Koopwoningen"
eengezinswoning_pct = "PercentageEengezinswoning"
inkomen_per_inwoner = "GemiddeldInkomenPerInwoner"
laag_inkomen_pct = "HuishoudensMetEenLaagInkomen"
sociaal_minimum_pct = "HuishOnderOfRondSociaalMinimum"
bijstand = "PersonenPerSoortUitkeringBijstand"
oppervlakte_land_ha = "OppervlakteLand"
postcode = "MeestVoorkomendePostcode"
stedelijkheid = "MateVanStedelijkheid"
omgevingsadressendichtheid = "Omgevingsadressendichtheid"

[columns]
gebied_code = "code van het gebied"
periode = "jaar van de kerncijfers en van de indeling"
indelingswijziging = "1: ongewijzigd, 2: andere code, 3: andere grens dan een jaar eerder"
inwoners = "inwoners op 1 januari; wijken en buurten afgerond op vijf"
jongeren_0_15 = "inwoners jonger dan 15 jaar"
jongeren_15_25 = "inwoners van 15 tot 25 jaar"
ouderen_65 = "inwoners van 65 jaar of ouder"
huishoudens = "particuliere huishoudens"
eenpersoonshuishoudens = "huishoudens van één persoon"
huishoudens_met_kinderen = "huishoudens met kinderen"
huishoudgrootte = "gemiddeld aantal personen per huishouden"
dichtheid = "inwoners per vierkante kilometer land"
woz = "gemiddelde WOZ-waarde van woningen, x 1.000 euro"
koopwoningen_pct = "koopwoningen, % van de woningen"
eengezinswoning_pct = "eengezinswoningen, % van de woningen"
inkomen_per_inwoner = "gemiddeld inkomen per inwoner, x 1.000 euro"
laag_inkomen_pct = "huishoudens met een laag inkomen, %"
sociaal_minimum_pct = "huishoudens onder of rond het sociaal minimum, %"
bijstand = "personen met een bijstandsuitkering"
oppervlakte_land_ha = "oppervlakte land, hectare"
postcode = "meest voorkomende postcode (vier cijfers)"
stedelijkheid = "stedelijkheid, 1 (zeer sterk) tot 5 (niet)"
omgevingsadressendichtheid = "adressen per vierkante kilometer in de omgeving"
tabel = "tabel van de uitgever"

[checks]
accepted_range.inwoners = { min = 0, max = 25000000 }
accepted_range.jongeren_0_15 = { min = 0, max = 25000000 }
accepted_range.jongeren_15_25 = { min = 0, max = 25000000 }
accepted_range.ouderen_65 = { min = 0, max = 25000000 }
accepted_range.huishoudens = { min = 0, max = 25000000 }
accepted_range.eenpersoonshuishoudens = { min = 0, max = 25000000 }
accepted_range.huishoudens_met_kinderen = { min = 0, max = 25000000 }
accepted_range.huishoudgrootte = { min = 0, max = 20 }
accepted_range.dichtheid = { min = 0, max = 100000 }
accepted_range.woz = { min = 0, max = 20000 }
accepted_range.koopwoningen_pct = { min = 0, max = 100 }
accepted_range.eengezinswoning_pct = { min = 0, max = 100 }
accepted_range.inkomen_per_inwoner = { min = 0, max = 1000 }
accepted_range.laag_inkomen_pct = { min = 0, max = 100 }
accepted_range.sociaal_minimum_pct = { min = 0, max = 100 }
accepted_range.bijstand = { min = 0, max = 25000000 }
accepted_range.oppervlakte_land_ha = { min = 0, max = 5000000 }
accepted_range.stedelijkheid = { min = 1, max = 5 }
accepted_range.omgevingsadressendichtheid = { min = 0, max = 100000 }
---*/
select
    gebied(WijkenEnBuurten) as gebied_code,
    tabel_periode as periode,
    tekst(indelingswijziging) as indelingswijziging,
    geheel(inwoners) as inwoners,
    geheel(jongeren_0_15) as jongeren_0_15,
    geheel(jongeren_15_25) as jongeren_15_25,
    geheel(ouderen_65) as ouderen_65,
    geheel(huishoudens) as huishoudens,
    geheel(eenpersoonshuishoudens) as eenpersoonshuishoudens,
    geheel(huishoudens_met_kinderen) as huishoudens_met_kinderen,
    getal(huishoudgrootte) as huishoudgrootte,
    geheel(dichtheid) as dichtheid,
    getal(woz) as woz,
    getal(koopwoningen_pct) as koopwoningen_pct,
    getal(eengezinswoning_pct) as eengezinswoning_pct,
    getal(inkomen_per_inwoner) as inkomen_per_inwoner,
    getal(laag_inkomen_pct) as laag_inkomen_pct,
    getal(sociaal_minimum_pct) as sociaal_minimum_pct,
    geheel(bijstand) as bijstand,
    geheel(oppervlakte_land_ha) as oppervlakte_land_ha,
    nullif(tekst(postcode), '.') as postcode,
    geheel(stedelijkheid) as stedelijkheid,
    geheel(omgevingsadressendichtheid) as omgevingsadressendichtheid,
    tabel
from raw.cbs_kerncijfers
