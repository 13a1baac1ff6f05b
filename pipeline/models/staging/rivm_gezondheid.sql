/*---
title = "Gezondheid en welbevinden per wijk en buurt"
key = ["gebied_code", "periode"]

[source]
publisher = "RIVM en GGD"
host = "dataderden.cbs.nl"
licence = "niet vermeld"
page = "https://www.rivm.nl/media/smap/"
tables = { alles = "50150NED" }
dimensions = ["WijkenEnBuurten", "Perioden", "Leeftijd", "Marges"]
partition = ["Perioden"]
frequency = "elke vier jaar"
rhythm = { every = 4 }
gap = "De cijfers per buurt zijn schattingen met een rekenmodel, voor mensen van 18 jaar en ouder."

[source.topics]
ervaren_gezondheid_goed = "ErvarenGezondheidGoedZeerGoed"
stress = "HeelVeelStressInAfgelopen4Weken"
regie = "MatigVeelRegieOverEigenLeven"
eenzaam = "Eenzaam"
mantelzorg = "Mantelzorger"
vrijwilligers = "Vrijwilligerswerk"
geluid_buren = "ErnstigeGeluidhinderDoorBuren"
rondkomen = "MoeiteMetRondkomen"

[columns]
gebied_code = "code van het gebied"
periode = "jaar van het onderzoek"
ervaren_gezondheid_goed = "ervaart de gezondheid als goed of zeer goed, %"
stress = "heel veel stress in de afgelopen vier weken, %"
regie = "matig tot veel regie over het eigen leven, %"
eenzaam = "eenzaam, %"
mantelzorg = "geeft mantelzorg, %"
vrijwilligers = "doet vrijwilligerswerk, %"
geluid_buren = "ernstige geluidhinder door buren, %"
rondkomen = "moeite met rondkomen, %"
tabel = "tabel van de uitgever"

[checks]
accepted_range.ervaren_gezondheid_goed = { min = 0, max = 100 }
accepted_range.stress = { min = 0, max = 100 }
accepted_range.regie = { min = 0, max = 100 }
accepted_range.eenzaam = { min = 0, max = 100 }
accepted_range.mantelzorg = { min = 0, max = 100 }
accepted_range.vrijwilligers = { min = 0, max = 100 }
accepted_range.geluid_buren = { min = 0, max = 100 }
accepted_range.rondkomen = { min = 0, max = 100 }
---*/
select
    gebied(WijkenEnBuurten) as gebied_code,
    periode(Perioden) as periode,
    getal(ervaren_gezondheid_goed) as ervaren_gezondheid_goed,
    getal(stress) as stress,
    getal(regie) as regie,
    getal(eenzaam) as eenzaam,
    getal(mantelzorg) as mantelzorg,
    getal(vrijwilligers) as vrijwilligers,
    getal(geluid_buren) as geluid_buren,
    getal(rondkomen) as rondkomen,
    tabel
from raw.rivm_gezondheid
where trim(Leeftijd) = '20300' and trim(Marges) = 'MW00000'
