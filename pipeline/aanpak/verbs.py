"""What ``aanpak nieuw``, ``test``, ``kracht`` and ``oordeel`` do; the command line prints it."""

import csv
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline import snapshot
from pipeline.aanpak import check, draft, power, record
from pipeline.aanpak.circle import STAGES, is_overdue, stage_of
from pipeline.aanpak.definition import Approach, ApproachError, look, read_approach
from pipeline.aanpak.evaluate import Figures, read_figures
from pipeline.aanpak.lines import Fault
from pipeline.alone import alone
from pipeline.paths import Paths
from pipeline.sql import Connection
from pipeline.warehouse import open_warehouse, standing_fingerprint

FINDINGS = "wat_werkt.csv"
OTHERS = 3  # indicators that are offered where the chosen one is too rare


@dataclass(frozen=True)
class Told:
    """What a verb has to say, and how many faults there were."""

    text: str
    wrong: int = 0


def draft_approach(
    paths: Paths, answers: draft.Answers, *, today: date, ask: draft.Ask | None = None
) -> Path:
    """Write a new approach to ``data/aanpak`` and return its place.

    Args:
        answers: by the key of their question, as flags gave them.
        ask: asks what was not given; None where nobody can answer.

    Raises:
        ApproachError: an answer is missing or not as agreed, or a file of that name exists.
    """
    if ask is not None:
        answers = draft.ask_missing(answers, ask)
    if lacking := draft.missing(answers):
        flags = " ".join(f"--{key}" for key in lacking)
        raise ApproachError(
            f"dit is nog niet bekend: {', '.join(lacking)}; geef {flags}, of vraag het op een terminal"
        )
    name = draft.name_of(next(iter(answers["titel"])))
    target = paths.approaches / f"{name}.toml"
    if target.exists():
        raise ApproachError(f"{target} bestaat al; kies een andere titel of haal het bestand weg")
    text = draft.write_text(answers, today=today)
    with tempfile.TemporaryDirectory() as folder:
        beside = Path(folder) / target.name
        beside.write_text(text, encoding="utf-8")
        told = [line.text for line in _faults(paths, beside)]
    if told:
        raise ApproachError(
            "zo kan de aanpak niet worden opgeschreven:\n" + "\n".join(f"  {one}" for one in told)
        )
    snapshot.write_atomically(target, text.encode())
    return target


def known_findings(paths: Paths, theme: str) -> list[str]:
    """What studies found of approaches to a theme, as data/reference has it; nothing where none was seen."""
    with (paths.reference / FINDINGS).open(encoding="utf-8", newline="") as file:
        return [
            f"{row['aanpak']}: {row['effect'] or 'geen effect bekend'} ({row['bewijskracht']})"
            for row in csv.DictReader(file)
            if row["thema"] == theme
        ]


def _faults(paths: Paths, path: Path) -> list[Fault]:
    """Faults of a file, those that a warehouse tells too if one stands."""
    approach, faults = look(path)
    if approach is not None and standing_fingerprint(paths) is not None:
        with open_warehouse(paths) as con:
            faults = [*faults, *check.faults_of(check.read_known(con), approach)]
    return faults


def check_approach(paths: Paths, path: Path) -> Told:
    """Every fault of a file with its line, or what it says in short with what makes its verdict weaker.

    Raises:
        VeiligheidsbeeldError: the file cannot be read, or there is no warehouse yet.
    """
    approach, faults = look(path)
    with open_warehouse(paths) as con:
        known = check.read_known(con)
        if approach is not None:
            faults = [*faults, *check.faults_of(known, approach)]
        if faults or approach is None:
            lines = [f"{path}:{one.line}: {one.text}" for one in sorted(faults, key=lambda one: one.line)]
            return Told("\n".join([*lines, f"{len(lines)} fout(en)"]) + "\n", len(lines))
        today = read_day(con)
    kept = [one.vastgelegd_op for one in record.read_recorded(record.file_of(paths.approaches, approach.id))]
    stage = stage_of(
        start=approach.start,
        end=approach.eind,
        planned=approach.volgende_evaluatie,
        verdicts=kept,
        today=today,
    )
    names = ", ".join(
        f"{code} ({known.gebieden.get(code, 'niet in deze opslag')})" for code in approach.gebieden
    )
    warnings = check.warnings_of(known, approach)
    if is_overdue(end=approach.eind, planned=approach.volgende_evaluatie, verdicts=kept, today=today):
        warnings.append("de evaluatie is over tijd; leg een oordeel vast met aanpak oordeel")
    lines = [
        f"{path}: in orde",
        f"  gebieden: {names}",
        f"  eromheen: {len(check.ring_of(known, approach.gebieden))} buurten",
        f"  staat in de cirkel bij: {stage}. {STAGES[stage]}",
        *(f"  let op: {one}" for one in warnings),
    ]
    return Told("\n".join(lines) + "\n")


def read_day(con: Connection) -> date:
    """The day that the figures of a warehouse are of: that on which the newest was fetched."""
    ((day,),) = con.execute(
        "select max(cast(left(coalesce(fetched_at, modified), 10) as date)) from contract.snapshot"
    ).fetchall()
    return day or date.min


def show_power(paths: Paths, path: Path) -> Told:
    """What could be seen after one, two and three years, for each indicator of an approach.

    Raises:
        VeiligheidsbeeldError: the file has faults, or there is no warehouse yet.
    """
    approach = read_approach(path)
    with open_warehouse(paths) as con:
        known = check.read_known(con)
        check.refuse_unknown(known, [approach])
        figures = read_figures(con)
        ring = check.ring_of(known, approach.gebieden)
        around = [*ring, *check.inside(known, approach.gebieden)]
        wanted = approach.doel.procent if approach.doel else power.USUAL
        parts = [
            power.in_words(
                power.power_of(figures, approach, name, around),
                title=known.indicatoren[name].titel,
                areas=len(approach.gebieden),
                wanted=wanted,
                more=_others(known, figures, approach, name, around=around),
            )
            for name in approach.indicatoren
        ]
    return Told("\n\n".join(parts) + "\n")


def _others(
    known: check.Known, figures: Figures, approach: Approach, name: str, *, around: Sequence[str]
) -> list[str]:
    """Indicators of which a smaller decline could be seen, those of the theme and all crime, best first."""
    own = power.power_of(figures, approach, name, around)
    if not own:
        return []
    themes = (approach.thema, known.indicatoren[name].thema)
    found = []
    for one in known.indicatoren.values():
        fits = one.thema in themes or one.indicator == "misdrijven"
        if not fits or one.indicator == name or not check.is_counted(one):
            continue
        seen = power.power_of(figures, approach, one.indicator, around)
        if seen and seen[-1].smallest < own[-1].smallest:
            part = f"{seen[-1].smallest * 100:.0f} procent"
            found.append(
                (seen[-1].smallest, f"{one.indicator}, waar na {seen[-1].years} jaar {part} te zien is")
            )
    return [words for _, words in sorted(found)[:OTHERS]]


def record_verdict(paths: Paths, path: Path, *, today: date) -> Told:
    """Add the verdicts that the warehouse gives now below those recorded before.

    Raises:
        BusyError: another run writes to the build folder.
        VeiligheidsbeeldError: the file has faults, or the warehouse does not have the approach.
    """
    approach = read_approach(path)
    with alone(paths.build, verb="aanpak oordeel"), open_warehouse(paths) as con:
        found = record.current(con, approach.id, day=today)
        if not found:
            raise ApproachError(
                f"{path}: deze aanpak zit niet in het magazijn; eerst: veiligheidsbeeld build"
            )
        target = record.file_of(paths.approaches, approach.id)
        kept = record.read_recorded(target)
        news = [one for one in found if record.is_news(kept, one)]
        if news:
            record.add(target, news)
    lines = [f"{one.indicator}: {one.oordeel}" + (f" ({one.reden})" if one.reden else "") for one in found]
    lines.append(f"vastgelegd in {target}" if news else "niets nieuws: dit oordeel was al vastgelegd")
    return Told("\n".join(lines) + "\n")
