"""Why a cell is empty or provisional, in words."""

STATUSSEN = ("ok", "te_klein", "geen_noemer", "ontbreekt", "verborgen", "minder_dan_5", "voorlopig")

# A rate needs as many inhabitants; te_weinig_inwoners() of the warehouse decides by the same number.
MINSTE_INWONERS = 200

MET_AANTAL = ("ok", "te_klein", "geen_noemer", "voorlopig")

STATUS_KORT = {
    "ok": "",
    "te_klein": "te weinig inwoners",
    "geen_noemer": "geen inwonertal",
    "ontbreekt": "niet gepubliceerd",
    "verborgen": "niet getoond",
    "minder_dan_5": "minder dan 5",
    "voorlopig": "voorlopig",
}

NIETS_BEKEND = ("ontbreekt", "verborgen")  # of these not even the size is known


def why_empty(status: str, *, noemer: str | None) -> str:
    """Why there is no figure, in a few words; `noemer` is what it would be divided by (noemer_soort)."""
    if status == "geen_noemer" and noemer == "huishoudens":
        return "geen aantal huishoudens"
    return STATUS_KORT[status]
