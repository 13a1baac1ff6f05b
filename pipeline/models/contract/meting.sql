/*---
title = "Alle indicatoren die een bron zelf heeft gemeten"
description = """
Cijfers van gebieden die verdwenen zijn of een andere code kregen, blijven in staging: zij hebben geen pagina.
"""
key = []  # die van elke indicator is al bewezen

[columns]
indicator = "naam van de indicator"
gebied_code = "code van het gebied"
periode = "jaar waarover de meting gaat"
waarde = "gemeten waarde in de eenheid van de indicator"
onder = "ondergrens van de marge; leeg als de bron er geen geeft"
boven = "bovengrens van de marge; leeg als de bron er geen geeft"
tabel = "tabel van de uitgever waar de waarde uit komt"
---*/
select indicator, gebied_code, periode, waarde, onder, boven, tabel
from project.meting
semi join core.gebied using (gebied_code)
