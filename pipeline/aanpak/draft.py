"""A new approach file from answers: commented, so that who opens it later knows what each key is for."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.aanpak.definition import AUTOMATIC, NO_GOAL, RUNNING
from pipeline.gemeente import toml_text

Answers = Mapping[str, Sequence[str]]
Ask = Callable[[str], str]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Question:
    """One thing to know: the flag that gives it, what is asked, and what is taken where nothing is said."""

    key: str
    text: str
    default: str | None = None
    many: bool = False


QUESTIONS = (
    Question("titel", "Hoe heet de aanpak?"),
    Question("thema", "Bij welk thema hoort zij? (zoals inbraak, jeugd of drugsoverlast)"),
    Question("gebied", "In welke gebieden? (codes, met een spatie ertussen)", many=True),
    Question("start", "Wanneer begint zij? (dag of maand, zoals 2027-01-01)", "nog niet bekend"),
    Question("eind", f"Wanneer stopt zij? (of: {RUNNING})", RUNNING),
    Question("indicator", "Aan welke cijfers moet het te zien zijn? (zoals misdrijven)", many=True),
    Question("doel", "Welk doel in cijfers? (zoals: woninginbraak omlaag 20 2028-12-31)", NO_GOAL),
    Question("mechanisme", "Waardoor zou het werken? (in één zin)"),
    Question("bewoners", "Wat doen bewoners?"),
    Question("partij", "Wie doet mee, en wat brengt die? (zoals: Politie: surveilleert)", many=True),
    Question("kosten", "Wat kost het? (leeg als dat niet bekend is)", ""),
    Question("evaluatie", "Wanneer is de volgende evaluatie? (leeg als die niet gepland is)", ""),
)


def ask_missing(given: Answers, ask: Ask) -> Answers:
    """The answers with those that were not given; what has no default is asked until it is answered."""
    answers = dict(given)
    for question in QUESTIONS:
        if question.key in answers:
            continue
        suffix = f" [{question.default}]" if question.default else ""
        found = ask(f"{question.text}{suffix} ").strip()
        while not found and question.default is None:
            found = ask(f"Dit is nodig. {question.text} ").strip()
        if question.key == "partij":
            answers["partij"] = [found, *_others(ask)]
        else:
            answers[question.key] = found.split() if question.many else [found or question.default or ""]
    return answers


def _others(ask: Ask) -> list[str]:
    found = []
    while one := ask("Nog een partij? (leeg als dit alle zijn) ").strip():
        found.append(one)
    return found


def missing(given: Answers) -> list[str]:
    """The questions that need an answer and have none."""
    return [one.key for one in QUESTIONS if one.default is None and not any(given.get(one.key, ()))]


def name_of(title: str) -> str:
    """The name of the file: the title in lower case, with hyphens."""
    return toml_text.slug(title).replace("_", "-").strip("-")


def write_text(answers: Answers, *, today: date) -> str:
    """The TOML."""

    def first(key: str) -> str:
        default = next(one.default for one in QUESTIONS if one.key == key)
        return next(iter(answers.get(key, ())), "") or default or ""

    goal, goal_table = _goal(first("doel"))
    parties = [part.partition(":") for part in answers.get("partij", ())]
    lines = [
        "# Een aanpak: wat er gedaan wordt, waar, met wie en met welk doel. Schrijf haar op voor zij begint.",
        "# Toetsen: veiligheidsbeeld aanpak test, en wat te zien zou zijn: veiligheidsbeeld aanpak kracht.",
        f"titel = {toml_text.string(first('titel'))}",
        f"thema = {toml_text.string(first('thema'))}",
        "# Codes van buurten, wijken of gemeenten, alle van één niveau (veiligheidsbeeld list areas).",
        f"gebieden = {toml_text.strings(answers.get('gebied', ()))}",
        '# Een dag (2027-01-01) of een maand ("2027-01"). Begint zij midden in een jaar? Dat jaar telt niet.',
        f"start = {_day(first('start'))}",
        f"eind = {_day(first('eind'))}",
        "# Begint een gebied later? Zet onderaan [latere_start], met per regel: code = dag.",
        "# Cijfers van de politie waarop de evaluatie kijkt (veiligheidsbeeld list indicators).",
        f"indicatoren = {toml_text.strings(answers.get('indicator', ()))}",
        *goal,
        "# Waardoor zou dit helpen? Eén zin die later waar of niet waar kan blijken.",
        f"mechanisme = {toml_text.string(first('mechanisme'))}",
        f"bewoners = {toml_text.string(first('bewoners'))}",
        *([f"kosten = {toml_text.string(first('kosten'))}"] if first("kosten") else []),
        "# De dag waarop dit is opgeschreven. Verander haar niet: zij zegt of het vooraf was.",
        f"vastgelegd_op = {today.isoformat()}",
        f'# "{AUTOMATIC}" kiest gebieden die erop lijken; of noem er minstens drie waar niets gebeurt.',
        f'vergelijking = "{AUTOMATIC}"',
        *([f"volgende_evaluatie = {_day(first('evaluatie'))}"] if first("evaluatie") else []),
        '# Wat bewoners en professionals zien en cijfers niet: waarnemingen = ["..."]',
        *goal_table,
    ]
    for name, _, brings in parties:
        lines += ["", "[[partij]]", f"naam = {toml_text.string(name.strip())}"]
        lines += [f"brengt = {toml_text.string(brings.strip())}"]
    lines += ["", "# Waar het staat, zodat een lezer het kan nagaan:", "# [[bron]]", '# titel = "..."']
    lines += ['# url = "https://..."', f"# gezien_op = {today.isoformat()}"]
    return "\n".join(lines) + "\n"


def _goal(text: str) -> tuple[list[str], list[str]]:
    """The line on top, or the table below: '<indicator> omlaag 20 2028-12-31'."""
    if text == NO_GOAL:
        return [f'doel = "{NO_GOAL}"'], []
    words = text.split()
    indicator, direction, size, by = [*words, "", "", "", ""][:4]
    percent = size if size.isdecimal() else toml_text.string(size)
    table = [
        "",
        "[doel]",
        f"indicator = {toml_text.string(indicator)}",
        f"richting = {toml_text.string(direction)}",
    ]
    return [], [*table, f"procent = {percent}", f"voor = {_day(by)}"]


def _day(text: str) -> str:
    return text if _DAY.fullmatch(text) else toml_text.string(text)
