/*---
title = "Alle indicatoren die een aantal delen door een noemer"
description = """
Cijfers van gebieden die verdwenen zijn of een andere code kregen, blijven in staging: zij hebben geen pagina.
"""
key = []  # die van elke indicator is al bewezen

[columns_as_in]
"project.verhouding" = ["gebied_code", "periode", "teller", "noemer", "tabel"]

[columns]
indicator = "naam van de indicator"
---*/
select indicator, gebied_code, periode, teller, noemer, tabel
from project.verhouding
semi join core.gebied using (gebied_code)
