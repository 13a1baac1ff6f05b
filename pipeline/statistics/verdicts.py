"""The fixed words of an evaluation, and why nothing can be said; apart, for they need no arithmetic."""

BETTER, WORSE = "verbeterd", "verslechterd"
NO_DIFFERENCE, UNKNOWN = "geen verschil te zien", "niet te zeggen"
VERDICTS = (BETTER, WORSE, NO_DIFFERENCE, UNKNOWN)

MORE, LESS = "toename", "afname"
DISPLACED, DIFFUSED = "verplaatsing", "uitstraling"

REASONS = {
    "nog_geen_jaar": "na de start is nog geen heel jaar voorbij waarvan cijfers bekend zijn",
    "geen_start": "er is nog geen startdatum",
    "geen_cijfers": "voor deze gebieden zijn niet alle jaren bekend",
    "breuk": "de manier van tellen veranderde tussen de jaren voor en de jaren na de start",
    "geen_vergelijking": "er zijn te weinig gebieden om mee te vergelijken",
    "een_jaar_vooraf": "van voor de start is maar één jaar bekend",
    "andere_aanloop": "de gebieden bewogen al voor de start anders dan de gebieden waarmee vergeleken wordt",
    "te_weinig": "zelfs een halvering was met deze aantallen niet zeker te zien geweest",
}
"""Why nothing can be said, in words after 'want'."""
