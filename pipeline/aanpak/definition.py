"""Reads ``data/aanpak/<id>.toml``: what is done where, with whom, from when, and with what goal."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.aanpak.lines import Fault, Lines
from pipeline.aanpak.reader import Reader
from pipeline.errors import VeiligheidsbeeldError
from pipeline.gebied import Niveau, niveau_of

RUNNING = "loopt"
NO_GOAL = "geen doel in cijfers"
AUTOMATIC = "automatisch"
DIRECTIONS = ("omlaag", "omhoog")
LEVELS: tuple[Niveau, ...] = ("gemeente", "wijk", "buurt")
AN_EXAMPLE = "BU07580003 = 2027-01-31"
FEWEST_NAMED = 3  # comparison areas: with fewer, the chance of one of them decides

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class ApproachError(VeiligheidsbeeldError):
    """An approach file is not as agreed; each line of the message has file, line, value and what is right."""


@dataclass(frozen=True)
class Goal:
    """What should come of it: an indicator that goes down or up by a percentage, by a day."""

    indicator: str
    richting: str
    procent: int
    voor: date


@dataclass(frozen=True)
class Party:
    """Who is at the table, and what it brings."""

    naam: str
    brengt: str


@dataclass(frozen=True)
class Reference:
    """Where something that the file says was read."""

    titel: str
    url: str
    gezien_op: date


@dataclass(frozen=True)
class Approach:
    """All that one TOML says.

    Attributes:
        id: the name of the file, and the address of the page.
        gebieden: codes, all of one level.
        start: first day; None where it is not chosen yet.
        start_tekst: as it was written: a day or a month.
        later: codes of areas that began after that, each with its own first day.
        eind: last day; None while it runs.
        indicatoren: registered figures that the evaluation is about, the goal's among them.
        doel: None for "geen doel in cijfers".
        vergelijking: codes of comparison areas; empty for those that are alike.
        waarnemingen: what the gemeente itself saw, in sentences.
    """

    id: str
    path: Path
    titel: str
    thema: str
    gebieden: tuple[str, ...]
    niveau: Niveau
    start: date | None
    start_tekst: str
    later: Mapping[str, date]
    eind: date | None
    indicatoren: tuple[str, ...]
    doel: Goal | None
    mechanisme: str
    partijen: tuple[Party, ...]
    bewoners: str
    kosten: str
    bronnen: tuple[Reference, ...]
    vastgelegd_op: date
    vergelijking: tuple[str, ...]
    volgende_evaluatie: date | None
    waarnemingen: tuple[str, ...]
    kanttekeningen: tuple[str, ...]

    @property
    def starts(self) -> dict[str, date | None]:
        """The first day in each area."""
        return {code: self.later.get(code, self.start) for code in self.gebieden}


def load_approaches(folder: Path) -> tuple[Approach, ...]:
    """Every approach in a folder, by name; none is fine."""
    return tuple(read_approach(path) for path in sorted(folder.glob("*.toml")))


def read_approach(path: Path) -> Approach:
    """Read one approach.

    Raises:
        ApproachError: with every fault of the file that no figure is needed to see.
    """
    approach, faults = look(path)
    refuse(path, faults)
    assert approach is not None
    return approach


def look(path: Path) -> tuple[Approach | None, list[Fault]]:
    """What a file says and every fault of it; of a file with faults as much as can be held together.

    Raises:
        ApproachError: it is no file, has no name for an approach, or is no TOML.
    """
    if not _NAME.fullmatch(path.stem):
        raise ApproachError(
            f"{path}:1: de naam van het bestand is {path.stem!r}; "
            "verwacht kleine letters, cijfers en koppeltekens, zoals fietsen-centrum.toml"
        )
    try:
        text = path.read_text(encoding="utf-8")
        values = tomllib.loads(text)
    except FileNotFoundError:
        raise ApproachError(f"{path}: dit bestand bestaat niet") from None
    except UnicodeDecodeError:
        raise ApproachError(f"{path}: geen UTF-8; bewaar het bestand als UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        raise ApproachError(f"{path}:{line[1] if line else 1}: geen geldige TOML: {error}") from None
    reader = Reader(values, Lines(text))
    return _approach(path, reader), reader.faults


def refuse(path: Path, faults: Sequence[Fault]) -> None:
    """Raise ApproachError with these faults, by line; nothing where there is none."""
    if faults:
        ordered = sorted(faults, key=lambda fault: fault.line)
        raise ApproachError("\n".join(f"{path}:{fault.line}: {fault.text}" for fault in ordered))


def _approach(path: Path, reader: Reader) -> Approach | None:
    start, written = reader.day("start", needed=False, empty="nog niet bekend")
    end, _ = reader.day("eind", empty=RUNNING)
    areas = _areas(reader)
    recorded, _ = reader.day("vastgelegd_op")
    compared = _compared(reader, areas)
    later = _later(reader, areas, start, end)
    goal = _goal(reader)
    indicators = reader.texts("indicatoren")
    if goal and goal.indicator not in indicators:
        indicators = (goal.indicator, *indicators)
    if not indicators and not reader.faults_of("indicatoren"):
        reader.fault("indicatoren", 'ontbreekt; noem minstens één, zoals ["woninginbraak"]')
    if start and end and end < start:
        reader.fault("eind", f"is {end}, maar de start is {start}; verwacht een dag erna", end)
    if goal and start and goal.voor <= start:
        day = Fault(
            reader.lines.of("voor", table="doel"),
            f"doel.voor is {goal.voor}, maar de start is {start}; verwacht een dag erna",
        )
        reader.faults.append(day)
    made = dict(
        titel=reader.text("titel"),
        thema=reader.text("thema"),
        mechanisme=reader.text("mechanisme"),
        bewoners=reader.text("bewoners"),
        kosten=reader.text("kosten", needed=False),
        partijen=_parties(reader),
        bronnen=_references(reader),
        volgende_evaluatie=reader.day("volgende_evaluatie", needed=False)[0],
        waarnemingen=reader.texts("waarnemingen"),
        kanttekeningen=reader.texts("kanttekeningen"),
    )
    reader.refuse_rest()
    if not areas:
        return None
    return Approach(
        id=path.stem,
        path=path,
        gebieden=areas,
        niveau=niveau_of(areas[0]),
        start=start,
        start_tekst=written,
        later=later,
        eind=end,
        indicatoren=tuple(dict.fromkeys(indicators)),
        doel=goal,
        vastgelegd_op=recorded or date.min,
        vergelijking=compared,
        **made,  # type: ignore[arg-type]
    )


def _areas(reader: Reader) -> tuple[str, ...]:
    areas = reader.texts("gebieden")
    if not areas and not reader.faults_of("gebieden"):
        reader.fault("gebieden", 'ontbreekt; verwacht codes, zoals ["BU07580006"]')
    return _codes(reader, "gebieden", areas)


def _codes(reader: Reader, key: str, areas: tuple[str, ...]) -> tuple[str, ...]:
    """Those that are codes, each once; they should be of one level."""
    levels = {}
    for code in areas:
        try:
            levels[code] = niveau_of(code)
        except ValueError:
            reader.fault(key, f"heeft {code!r}; verwacht een code als BU07580006, WK075800 of GM0758", code)
    for code, level in levels.items():
        first = next(iter(levels.values()))
        if level not in LEVELS:
            reader.fault(key, f"heeft {code!r}; een heel land heeft geen vergelijking", code)
        elif level != first:
            reader.fault(key, f"heeft {code!r} ({level}) naast een {first}; kies één niveau", code)
        if areas.count(code) > 1:
            reader.fault(key, f"heeft {code!r} twee keer; noem elk gebied één keer", code)
    return tuple(levels)


def _later(reader: Reader, areas: tuple[str, ...], start: date | None, end: date | None) -> dict[str, date]:
    """The areas that began later, each with its own first day; none where all began at once."""
    value = reader.take("latere_start")
    if value is None:
        return {}
    if not isinstance(value, dict):
        reader.fault("latere_start", f"is {value!r}; schrijf [latere_start] met {AN_EXAMPLE} eronder")
        return {}
    own, found = Reader(value, reader.lines, table="latere_start", faults=reader.faults), {}
    for code in value:
        day, _ = own.day(code)
        if code not in areas:
            own.fault(code, "staat niet in gebieden; zet de code daar ook bij, of haal deze regel weg")
        elif day and start is None:
            own.fault(code, f"is {day}, maar start is niet bekend; zet daar de dag van het eerste gebied")
        elif day and start and day <= start:
            own.fault(code, f"is {day}, maar de start is {start}; zet daar de dag van het eerste gebied")
        elif day and end and day > end:
            own.fault(code, f"is {day}, na het einde ({end}); verwacht een dag ervoor")
        elif day:
            found[code] = day
    if areas and set(areas) <= set(found):
        reader.fault("start", f"is {start}, maar elk gebied begint later; neem de dag van het eerste gebied")
    return found


def _compared(reader: Reader, areas: tuple[str, ...]) -> tuple[str, ...]:
    if reader.values.get("vergelijking", AUTOMATIC) == AUTOMATIC:
        reader.take("vergelijking")
        return ()
    compared = _codes(reader, "vergelijking", reader.texts("vergelijking"))
    for code in compared:
        if other := next((one for one in areas if overlap(one, code)), ""):
            reader.fault(
                "vergelijking",
                f"heeft {code!r}, waar de aanpak zelf is ({other}); noem gebieden waar niets gebeurt",
                code,
            )
    if compared and len(compared) < FEWEST_NAMED:
        reader.fault(
            "vergelijking",
            f'noemt {len(compared)} gebied(en); verwacht er minstens {FEWEST_NAMED}, of "{AUTOMATIC}"',
        )
    if compared and areas and {code[:2] for code in compared} != {code[:2] for code in areas}:
        reader.fault(
            "vergelijking", "heeft gebieden van een ander niveau dan de aanpak; kies hetzelfde niveau"
        )
    return compared


def overlap(one: str, other: str) -> bool:
    """Whether one of two areas lies in the other: the digits of a code begin with those around it."""
    return one[2:].startswith(other[2:]) or other[2:].startswith(one[2:])


def _goal(reader: Reader) -> Goal | None:
    value = reader.take("doel")
    if value == NO_GOAL:
        return None
    if not isinstance(value, dict):
        said = "ontbreekt" if value is None else f"is {value!r}"
        reader.fault("doel", f'{said}; schrijf doel = "{NO_GOAL}", of [doel] met indicator en richting')
        return None
    own = Reader(value, reader.lines, table="doel", faults=reader.faults)
    indicator, direction = own.text("indicator"), own.take("richting")
    if direction not in DIRECTIONS:
        said = "ontbreekt" if direction is None else f"is {direction!r}"
        own.fault("richting", f"{said}; verwacht {' of '.join(DIRECTIONS)}")
    size = own.take("procent")
    if type(size) is not int or not 1 <= size <= 100:
        own.fault("procent", f"is {size!r}; verwacht een heel getal van 1 tot en met 100")
    by, _ = own.day("voor")
    own.refuse_rest()
    if direction not in DIRECTIONS or type(size) is not int or by is None:
        return None
    return Goal(indicator, direction, size, by)


def _parties(reader: Reader) -> tuple[Party, ...]:
    made = []
    for one in reader.below("partij"):
        made.append(Party(one.text("naam"), one.text("brengt", needed=False)))
        one.refuse_rest()
    if not made:
        reader.fault("partij", "ontbreekt; schrijf [[partij]] met naam en brengt, voor ieder die meedoet")
    return tuple(made)


def _references(reader: Reader) -> tuple[Reference, ...]:
    made = []
    for one in reader.below("bron"):
        title, url = one.text("titel"), one.text("url", needed=False)
        if url and not url.startswith(("https://", "http://")):
            one.fault("url", f"is {url!r}; verwacht https://…")
        seen, _ = one.day("gezien_op")
        one.refuse_rest()
        if seen:
            made.append(Reference(title, url, seen))
    return tuple(made)
