"""The approaches and what came of them, for area pages and written pages alike."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from pipeline.aanpak.circle import is_overdue, stage_of
from pipeline.aanpak.record import Recorded
from pipeline.site.figure.cijfer import read_rows
from pipeline.sql import Connection


def address_of(approach: str) -> str:
    """The page of an approach, below the root of the site."""
    return f"aanpak/{approach}/"


class Aanpak(NamedTuple):
    """A row of contract.aanpak."""

    aanpak: str
    titel: str
    thema: str
    niveau: str
    start: date | None
    start_tekst: str
    eind: date | None
    doel_indicator: str | None
    doel_richting: str | None
    doel_procent: int | None
    doel_voor: date | None
    mechanisme: str
    bewoners: str
    kosten: str
    vastgelegd_op: date
    achteraf: bool
    volgende_evaluatie: date | None
    indicatoren: Sequence[str]
    waarnemingen: Sequence[str]
    kanttekeningen: Sequence[str]
    partijen: Sequence[str]
    inbreng: Sequence[str]
    bron_titels: Sequence[str]
    bron_urls: Sequence[str]
    bron_dagen: Sequence[str]

    @property
    def address(self) -> str:
        return address_of(self.aanpak)


class Evaluatie(NamedTuple):
    """A row of mart.evaluatie; counts are per year."""

    aanpak: str
    indicator: str
    achteraf: bool
    oordeel: str
    reden: str | None
    voor_van: int | None
    voor_tot: int | None
    na_van: int | None
    na_tot: int | None
    startjaar: int | None
    gebieden: int
    gebieden_zonder: int
    voor: float | None
    na: float | None
    verwacht: float | None
    verschil: float | None
    verschil_onder: float | None
    verschil_boven: float | None
    verhouding: float | None
    verhouding_onder: float | None
    verhouding_boven: float | None
    kleinste: float | None
    vergelijking: str
    vergelijkingsgebieden: int | None
    placebo_lager: int | None
    placebo_groepen: int | None
    tijd_verschil: float | None
    tijd_onder: float | None
    tijd_boven: float | None
    omgeving: str
    omgeving_gebieden: int | None
    omgeving_voor: float | None
    omgeving_na: float | None
    omgeving_verwacht: float | None
    omgeving_verschil: float | None
    omgeving_onder: float | None
    omgeving_boven: float | None
    tabel: str | None
    stand: date | None


class Jaar(NamedTuple):
    """A row of mart.evaluatie_jaar."""

    aanpak: str
    indicator: str
    jaar: int
    waargenomen: int | None
    verwacht: float | None
    deel: str


class Standing(NamedTuple):
    """An approach with its place in the circle, its verdicts now and those recorded, the oldest first."""

    aanpak: Aanpak
    stage: str
    overdue: bool
    verdicts: Sequence[Evaluatie]
    recorded: Sequence[Recorded]


def read_standing(con: Connection) -> tuple[Standing, ...]:
    """Every approach, by title."""
    today = _today(con)
    verdicts = read_rows(con, Evaluatie, "mart.evaluatie", order="aanpak, indicator")
    return tuple(
        _standing(
            one,
            [verdict for verdict in verdicts if verdict.aanpak == one.aanpak],
            _recorded(con, one.aanpak),
            today,
        )
        for one in read_rows(con, Aanpak, "contract.aanpak", order="lower(strip_accents(titel)), aanpak")
    )


def _recorded(con: Connection, approach: str) -> list[Recorded]:
    source = "contract.aanpak_oordeel where aanpak = $approach"
    return read_rows(con, Recorded, source, order="volgnummer", parameters={"approach": approach})


def _standing(
    one: Aanpak, verdicts: Sequence[Evaluatie], recorded: Sequence[Recorded], today: date
) -> Standing:
    days = [verdict.vastgelegd_op for verdict in recorded]
    stage = stage_of(
        start=one.start, end=one.eind, planned=one.volgende_evaluatie, verdicts=days, today=today
    )
    late = is_overdue(end=one.eind, planned=one.volgende_evaluatie, verdicts=days, today=today)
    return Standing(one, stage, late, verdicts, recorded)


def _today(con: Connection) -> date:
    """The day that the figures are of: the same figures give the same pages."""
    ((day,),) = con.execute(
        "select max(cast(left(coalesce(fetched_at, modified), 10) as date)) from contract.snapshot"
    ).fetchall()
    return day or date.min
