"""Sentences about one area, made from its figures."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pipeline.words.numbers import capital, format_number, format_period, join_words, years_in_words
from pipeline.words.status import ANDERE_GRENS, MET_AANTAL, MINSTE_INWONERS, NIETS_BEKEND, STATUSSEN

NIVEAUS = ("land", "gemeente", "wijk", "buurt")

MEERVOUD = {"gemeente": "gemeenten", "wijk": "wijken", "buurt": "buurten"}

VOORLOPIG = "Dit cijfer is voorlopig en kan nog veranderen."

VOORLOPIG_MEER = "Deze cijfers zijn voorlopig en kunnen nog veranderen."

# 'ongeveer gelijk' means that the interval contains the reference: no difference is shown, which is less
# than showing that both are equal.
OORDELEN = {
    "hoger": "meer dan",
    "lager": "minder dan",
    "ongeveer gelijk": "niet duidelijk meer of minder dan",
}


# Why nothing is known, the nearest reason first.
_NIETS = {
    "niet_in_voorbeeld": "Dit voorbeeld heeft geen {telt} over {wat} {daar}.",
    "niet_in_opslag": "Over {wat} {daar} {zijn} hier geen {telt} opgehaald.",
    "ontbreekt": "Over {wat} {daar} {zijn} geen {telt} gepubliceerd.",
    ANDERE_GRENS: "Over {wat} {daar} {zijn} er geen {telt} van precies dit gebied.",
}


@dataclass(frozen=True)
class Plaats:
    """An area as a sentence names it: its name and its niveau (land, gemeente, wijk or buurt)."""

    naam: str
    niveau: str

    def __post_init__(self) -> None:
        if self.niveau not in NIVEAUS:
            raise ValueError(f"niveau {self.niveau!r} of {self.naam!r} is not one of {NIVEAUS}")
        if not self.naam.strip():
            raise ValueError(f"an area of niveau {self.niveau!r} has no name")


@dataclass(frozen=True)
class Onderwerp:
    """What is counted: 'misdrijf|misdrijven', or a phrase that never changes: 'keer overlast'."""

    enkelvoud: str
    meervoud: str

    @classmethod
    def parse(cls, text: str) -> "Onderwerp":
        parts = [part.strip() for part in text.split("|")]
        if len(parts) > 2 or not all(parts):
            raise ValueError(f"subject {text!r} is not 'singular|plural' or one phrase")
        return cls(enkelvoud=parts[0], meervoud=parts[-1])

    @property
    def zaak(self) -> str:
        """The subject without its unit: 'overlast door drugs', 'misdrijven'."""
        return self.meervoud.removeprefix("keer ")


@dataclass(frozen=True)
class Telling:
    """A registered count of one area in one period; onder and boven bound its yearly mean (95 %)."""

    onderwerp: Onderwerp
    periode: str
    status: str
    teller: int | None = None
    onder: float | None = None
    boven: float | None = None
    per: str = "Per 1.000 inwoners"
    oorzaak: str | None = None
    voorlopig: bool = False

    def __post_init__(self) -> None:
        if self.status not in STATUSSEN:
            raise ValueError(f"status {self.status!r} is not one of {STATUSSEN}")
        if (self.status in MET_AANTAL) != (self.teller is not None and self.teller >= 0):
            raise ValueError(f"status {self.status!r} does not go with the count {self.teller!r}")


@dataclass(frozen=True)
class Vergelijking:
    """A rate beside that of `referentie` in `periode`; oordeel is None where there is no interval.

    `referentie` is None for the areas that are alike, which have no name together.
    """

    referentie: Plaats | None
    periode: str
    oordeel: str | None

    def __post_init__(self) -> None:
        if self.oordeel is not None and self.oordeel not in OORDELEN:
            raise ValueError(f"oordeel {self.oordeel!r} is not one of {tuple(OORDELEN)}")


@dataclass(frozen=True)
class Zinnen:
    """The generated sentences of one area, in three groups that are read in this order."""

    aantal: tuple[str, ...]
    vergelijking: tuple[str, ...]
    zekerheid: tuple[str, ...]

    @property
    def alle(self) -> tuple[str, ...]:
        return self.aantal + self.vergelijking + self.zekerheid


def count_phrase(teller: int, onderwerp: Onderwerp) -> str:
    """Write a count with its noun: 'geen misdrijven', '1 misdrijf', '16.589 misdrijven'."""
    if teller < 0:
        raise ValueError(f"a count of {onderwerp.meervoud!r} cannot be {teller}")
    if teller == 0:
        return f"geen {'enkele ' if onderwerp.meervoud.startswith('keer ') else ''}{onderwerp.meervoud}"
    noun = onderwerp.enkelvoud if teller == 1 else onderwerp.meervoud
    return f"{format_number(teller)} {noun}"


def area_phrase(plaats: Plaats) -> str:
    """Name an area with its article: 'de buurt City', 'de wijk Teteringen', 'Breda', 'Nederland'."""
    naam = " ".join(plaats.naam.split())
    # CBS names many areas 'Wijk 00 Annen': the article and the niveau are then already there.
    if plaats.niveau in ("land", "gemeente") or naam.casefold().startswith(("wijk ", "buurt ")):
        return naam
    return f"de {plaats.niveau} {naam}"


def in_area(plaats: Plaats) -> str:
    """Name an area with its preposition: 'in de buurt City', 'in 's-Gravenhage', 'in Nederland'."""
    return f"in {area_phrase(plaats)}"


def area_sentences(
    plaats: Plaats,
    telling: Telling,
    *,
    geheel: int | None,
    gemeente: str,
    vergelijkingen: Sequence[Vergelijking],
    naast_aanwezigen: str | None = None,
    eerst_gelijkende: bool = False,
) -> Zinnen:
    """Make the sentences of one area about one registered count.

    The fairer comparison comes first.

    Args:
        geheel: the count of the whole gemeente (named `gemeente`) in the same period, for a wijk or buurt.
        naast_aanwezigen: where many more people are than live, the verdict beside the country by those.
        eerst_gelijkende: where many come from elsewhere, areas that are alike say more than the gemeente.
    """
    counts = _how_many(plaats, telling, geheel=geheel, gemeente=gemeente)
    compared = _compared(plaats, telling, vergelijkingen, alike_first=eerst_gelijkende)
    present = () if naast_aanwezigen is None else _by_present(naast_aanwezigen)
    return Zinnen(
        aantal=counts,
        vergelijking=compared + present if telling.status == "te_klein" else present + compared,
        zekerheid=_how_sure(telling, counts=len(counts)),
    )


def provisional(telling: Telling, *, counts: int) -> tuple[str, ...]:
    """Say that a count is provisional; `counts` named, the second of the whole gemeente, are so together."""
    if not (telling.voorlopig or telling.status == "voorlopig"):
        return ()
    return (VOORLOPIG if counts == 1 else VOORLOPIG_MEER,)


def nothing_known(plaats: Plaats, wat: str, reasons: Collection[str]) -> tuple[str, ...]:
    """Why nothing is known of `wat` ('soorten misdrijven') in an area.

    `reasons` are those of all its figures: words.status.OORZAKEN or, without one, a status.
    """
    missing = next((one for one in _NIETS if one in reasons), None)
    if not reasons or not set(reasons).issubset({*_NIETS, "verborgen"}):
        raise ValueError(f"{wat} {in_area(plaats)}: of {sorted(reasons)} something may be known")
    if missing is None:
        return (f"Over {wat} {in_area(plaats)} staan hier geen cijfers.", "Dat is om mensen te beschermen.")
    first = _NIETS[missing].format(wat=wat, daar=in_area(plaats), telt="cijfers", zijn="zijn")
    hidden = ("Een deel staat hier niet om mensen te beschermen.",) if "verborgen" in reasons else ()
    return (first, *hidden)


def other_boundary(jaren: Sequence[str]) -> str:
    """Why figures of these years are left out: they may be of an area with another boundary."""
    when = years_in_words(jaren)
    return f"Grens onzeker: in {when} had het gebied misschien een andere grens, of het bestond nog niet."


def without_rate(oorzaak: str, jaren: Sequence[str], *, voorbeeld: bool) -> str:
    """Why counts of some years, in order, have no rate per inhabitant (words.status.OORZAKEN)."""
    when = years_in_words(jaren)
    if oorzaak == ANDERE_GRENS:
        changed = f"Dit gebied had rond {when} misschien een andere grens, of het bestond nog niet."
        return f"{changed} Delen door het inwonertal van toen kan dus niet."
    if oorzaak == "noemer_onbekend":
        return f"Van dit gebied is voor {when} geen inwonertal bekend."
    if oorzaak == "noemer_ander_niveau":
        return f"Voor {when} zijn er alleen inwonertallen van grotere of kleinere gebieden."
    store = "dit voorbeeld" if voorbeeld else "deze site"
    return f"Voor {when} heeft {store} geen inwonertal, en ook niet van hooguit twee jaar ernaast."


def _how_many(plaats: Plaats, telling: Telling, *, geheel: int | None, gemeente: str) -> tuple[str, ...]:
    if telling.status == "ontbreekt":
        words = _NIETS[telling.oorzaak or telling.status]
        where = in_area(plaats)
        return (words.format(wat=telling.onderwerp.zaak, daar=where, telt="cijfer", zijn="is"),)
    if telling.status == "verborgen":
        hidden = f"Over {telling.onderwerp.zaak} {in_area(plaats)} staat hier geen cijfer."
        return (hidden, "Dat is om mensen te beschermen.")
    start = f"In {format_period(telling.periode)} registreerde de politie {in_area(plaats)}"
    if telling.teller is None:
        return (f"{start} minder dan 5 {telling.onderwerp.meervoud}.",)
    first = f"{start} {count_phrase(telling.teller, telling.onderwerp)}."
    if geheel is None or plaats.niveau in ("land", "gemeente"):
        return (first,)
    return first, _whole(geheel, gemeente)


def _whole(geheel: int, gemeente: str) -> str:
    if geheel == 0:
        return f"In heel {gemeente} was er ook geen registratie."
    return f"In heel {gemeente} {'was' if geheel == 1 else 'waren'} het er {format_number(geheel)}."


def _by_present(oordeel: str) -> tuple[str, ...]:
    return (
        "Hier zijn naar schatting veel meer mensen dan er wonen.",
        f"Gedeeld door inwoners en adressen samen was het {OORDELEN[oordeel]} gemiddeld in Nederland.",
    )


def _compared(
    plaats: Plaats, telling: Telling, vergelijkingen: Sequence[Vergelijking], *, alike_first: bool
) -> tuple[str, ...]:
    if plaats.niveau == "land":
        return ("Met dit landelijke cijfer zijn andere gebieden te vergelijken.",)
    judged = [vergelijking for vergelijking in vergelijkingen if vergelijking.oordeel is not None]
    if not judged:
        return (_no_comparison(telling),)
    said: list[str] = []
    for periode in sorted({one.periode for one in judged}, reverse=True):
        when = "" if periode == telling.periode else f"in {format_period(periode)} "
        parts = _in_period(plaats, [one for one in judged if one.periode == periode])
        said += [when + part for part in (reversed(parts) if alike_first else parts)]
    first, *others = said
    return (f"{telling.per} {first}.", *(f"{capital(one)}." for one in others))


def _in_period(plaats: Plaats, judged: Sequence[Vergelijking]) -> list[str]:
    """Beside what has a name, and beside areas that are alike, which say something else."""
    named = [(one.oordeel or "", in_area(one.referentie)) for one in judged if one.referentie is not None]
    alike = [OORDELEN[one.oordeel or ""] for one in judged if one.referentie is None]
    return ([_verdicts(named)] if named else []) + [
        f"{words} in vergelijkbare {MEERVOUD[plaats.niveau]}" for words in alike
    ]


def _verdicts(judged: Sequence[tuple[str, str]]) -> str:
    """'meer dan in Breda, maar minder dan in Nederland', from verdicts and places."""
    verdicts = {verdict for verdict, _ in judged}
    if len(verdicts) == 1:
        return f"{OORDELEN[verdicts.pop()]} {join_words([where for _, where in judged])}"
    link = ", maar " if verdicts == {"hoger", "lager"} else " en "
    return link.join(f"{OORDELEN[verdict]} {where}" for verdict, where in judged)


def _no_comparison(telling: Telling) -> str:
    if telling.status == "te_klein":
        return (
            f"Er wonen minder dan {MINSTE_INWONERS} mensen, "
            "dus vergelijken per 1.000 inwoners is hier niet eerlijk."
        )
    if telling.status == "geen_noemer":
        return (
            f"Voor {format_period(telling.periode)} kennen we geen aantal inwoners van precies dit gebied, "
            "dus vergelijken kan niet."
        )
    if telling.status in ("ontbreekt", "verborgen", "minder_dan_5"):
        return "Zonder precies cijfer is een vergelijking niet mogelijk."
    return "Er is geen jaar waarin dit gebied met een ander te vergelijken is."


def _how_sure(telling: Telling, *, counts: int) -> tuple[str, ...]:
    if telling.status in NIETS_BEKEND:
        return ("Geen cijfer is iets anders dan nul.",)
    if telling.status == "minder_dan_5":
        return ("Het precieze aantal staat hier niet, om mensen te beschermen.",)
    sentences = []
    if telling.onder is not None and telling.boven is not None:
        low, high = format_number(math.floor(telling.onder)), format_number(math.ceil(telling.boven))
        unit = "maand" if "-" in telling.periode else "jaar"
        sentences.append(f"Dit aantal past bij een gemiddelde van {low} tot {high} per {unit}.")
        sentences.append("Ook zonder verandering schommelt zo'n aantal.")
    if telling.teller == 0:
        sentences.append("Geen registratie betekent niet dat er niets gebeurt.")
    return (*sentences, *provisional(telling, counts=counts))
