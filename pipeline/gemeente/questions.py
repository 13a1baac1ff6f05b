"""Questions that a draft leaves open: an empty key, which a definition may not have.

A draft never guesses what a file does not tell. It leaves the key empty with the question above it, and
reading the definition refuses every empty one at once, with examples of an answer.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.gemeente.shape import DefinitionError

# Key, with those above it → what it asks, and answers as examples. A star stands for any key.
QUESTIONS: Mapping[str, tuple[str, str]] = {
    "decimal": (
        "is de punt of komma in de getallen een duizendtalteken of een decimaalteken?",
        "',' (dan is 1.234 duizend en nog wat) of '.' (dan is 1.234 iets meer dan een)",
    ),
    "filters.*": ("welke rijen doen mee?", "een of meer waarden uit deze kolom, zoals ['Versie 3']"),
    "gebied.niveau": (
        "zijn dit wijken of buurten, nu de namen bij allebei horen?",
        "['buurt'] of ['wijk']",
    ),
    "periode.fixed": ("over welk jaar of welke maand gaat het bestand?", "'2024' of '2024-03'"),
    "periode.column": ("welke kolom zegt over welke periode het cijfer gaat?", "de naam van één kolom"),
    "periode.until": (
        "tot en met welke dag is het bestand compleet?",
        "'2024-12-31'; een jaar dat dan nog loopt, doet niet mee",
    ),
    "periode.range": (
        "is 2023/24 een schooljaar, of zijn het twee jaren van een enquête?",
        "'schooljaar' (telt bij het jaar waarin het begint) of 'twee_jaar' (telt bij het laatste)",
    ),
    "periode.century": ("in welke eeuw vallen jaren van twee cijfers, zoals 24?", "'20' of '19'"),
    "indicator.aggregate": (
        "mag je deze aantallen optellen, of is het een stand, zoals inwoners aan het eind van een kwartaal?",
        "'som' als elke rij of kolom iets anders telt; kies bij een stand met filters of columns één moment",
    ),
    "indicator.unit": (
        "alle waarden liggen tussen 0 en 1: zijn het delen van een geheel, of is het iets anders?",
        "'%' (met factor = 100 wordt 0,25 dan 25 procent) of de eigen eenheid, zoals 'per woning'",
    ),
    "indicator.factor": (
        "de waarden liggen tussen 0 en 1: is 0,25 een kwart van alles, of een kwart procent?",
        "100 (0,25 wordt 25 procent) of 1 (het blijft 0,25)",
    ),
    "indicator.filters.*": ("welke rijen doen mee?", "een of meer waarden uit deze kolom"),
}


def refuse_questions(path: Path, values: Mapping[str, Any]) -> None:
    """Refuse a definition with open questions.

    Raises:
        DefinitionError: naming the file, and for each open key the question and examples.
    """
    found = list(_open(values, ""))
    if found:
        lines = [
            f"  {shown} is leeg: {QUESTIONS[key][0]} Vul in, bijvoorbeeld {QUESTIONS[key][1]}."
            for shown, key in found
        ]
        count = "1 vraag" if len(found) == 1 else f"{len(found)} vragen"
        raise DefinitionError("\n".join([f"{path}: nog {count} open", *lines]))


def question(key: str) -> str:
    """The comment above an open key of a draft."""
    asked, examples = QUESTIONS[key]
    return f"# VRAAG: {asked} Bijvoorbeeld {examples}."


def _open(values: Mapping[str, Any], above: str) -> Iterator[tuple[str, str]]:
    for name, value in values.items():
        key = f"{above}{name}"
        if isinstance(value, Mapping):
            yield from _open(value, f"{key}.")
        elif key == "indicator" and isinstance(value, list):
            for number, one in enumerate(value, 1):
                if isinstance(one, Mapping):
                    below = _open(one, "indicator.")
                    yield from (
                        (f"indicator {number}: {shown.removeprefix('indicator.')}", known)
                        for shown, known in below
                    )
        elif value in ("", []):
            known = key if key in QUESTIONS else f"{above}*"
            if known in QUESTIONS:
                yield key, known
