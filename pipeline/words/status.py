"""Why a cell is empty or provisional, in words.

A status is one of the few that are published; behind some of them lies one of several reasons, whose keys are
also caveats of the cell (`reference.voorbehouden` has them as sentences). What a cell says is its reason,
and without one its status: `waarom`.
"""

STATUSSEN = ("ok", "te_klein", "geen_noemer", "ontbreekt", "verborgen", "minder_dan_5", "voorlopig")

ANDERE_GRENS = "andere_grens"

# Of a missing denominator, and of a figure that this store does not have; mart.status decides.
NIET_HIER = ("niet_in_voorbeeld", "niet_in_opslag")
OORZAKEN = (
    *(ANDERE_GRENS, "noemer_onbekend", "noemer_ander_niveau", "noemer_jaar_ontbreekt"),
    *NIET_HIER,
)

VOORLOPIG_AANTAL = "voorlopig_aantal"
"""The caveat of a provisional count without a rate: its status says why there is none."""

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
    ANDERE_GRENS: "grens onzeker",
    "noemer_onbekend": "geen inwonertal",
    "noemer_ander_niveau": "geen inwonertal",
    "noemer_jaar_ontbreekt": "geen inwonertal",
    "niet_in_voorbeeld": "niet in dit voorbeeld",
    "niet_in_opslag": "niet in deze opslag",
}

NIETS_BEKEND = ("ontbreekt", "verborgen")  # of these not even the size is known


def why_empty(waarom: str, *, noemer: str | None) -> str:
    """Why there is no figure, in a few words.

    Args:
        waarom: a reason, or a status without one.
        noemer: what the figure would be divided by (noemer_soort).
    """
    if waarom == "voorlopig":
        return "loopt nog"  # without a figure: the period has not ended
    if noemer == "huishoudens" and STATUS_KORT[waarom] == STATUS_KORT["geen_noemer"]:
        return "geen aantal huishoudens"
    return STATUS_KORT[waarom]
