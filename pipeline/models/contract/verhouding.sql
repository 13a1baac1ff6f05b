/*---
title = "Alle indicatoren die een aantal delen door een noemer"
description = """
Cijfers van gebieden die verdwenen zijn of een andere code kregen, blijven in staging: zij hebben geen pagina.
"""
key = []  # die van elke indicator is al bewezen

[columns]
indicator = "naam van de indicator"
gebied_code = "code van het gebied"
periode = "jaar (2022) of maand (2022-03)"
teller = "aantal, geheel getal"
noemer = "waardoor gedeeld wordt, geheel getal; leeg als die niet bekend is"
tabel = "tabel van de uitgever waar de teller uit komt"
---*/
select indicator, gebied_code, periode, teller, noemer, tabel
from project.verhouding
semi join core.gebied using (gebied_code)
