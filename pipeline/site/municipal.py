"""The datasets that gemeenten publish themselves, for area pages and written pages alike."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from pipeline.gebied import gemeente_of
from pipeline.indicator import Indicator
from pipeline.sql import Connection
from pipeline.words.provenance import dated


@dataclass(frozen=True, slots=True)
class GemeenteBron:
    """A row of contract.gemeente_bron, with the first and last period of its figures here."""

    bron_id: str
    gemeente_code: str
    gemeente_naam: str
    titel: str
    publisher: str
    licentie: str
    citaat: str
    pagina: str
    frequentie: str
    toelichting: Sequence[str]
    indicatoren: Sequence[str]
    opgehaald: bool
    eerste: str | None
    laatste: str | None
    stand: str | None

    @property
    def origin(self) -> str:
        """Where its figures come from: the citation that the gemeente asks for, and of when they are."""
        return f"{self.citaat}, {dated(self.stand)}"


def has_datasets(con: Connection, codes: Sequence[str]) -> bool:
    """Whether a gemeente of these areas has defined a dataset."""
    gemeenten = sorted({code for code in map(gemeente_of, codes) if code})
    found = con.execute(
        "select count(*) from contract.gemeente_bron where list_contains($gemeenten, gemeente_code)",
        {"gemeenten": gemeenten},
    ).fetchall()
    return bool(found[0][0])


def read_sources(con: Connection) -> tuple[GemeenteBron, ...]:
    """Every municipal dataset that is defined, by gemeente and title."""
    names = ", ".join(field.name for field in fields(GemeenteBron))
    rows = con.execute(
        f"""
        with perioden as (
            select s.bron_id, max(s.modified) as stand, min(c.periode) as eerste, max(c.periode) as laatste
            from contract.snapshot as s
            semi join contract.gemeente_bron as b on s.bron_id = b.bron_id
            left join mart.cijfer as c on s.tabel = c.tabel and coalesce(c.waarde, c.teller) is not null
            group by s.bron_id
        ),
        bronnen as (
            -- A gemeente outside the figures here has no name but that of its publisher.
            select b.*,
                coalesce(g.gebied_naam, replace(split_part(b.publisher, ',', 1), 'Gemeente ', ''))
                    as gemeente_naam,
                p.eerste, p.laatste, p.stand
            from contract.gemeente_bron as b
            left join core.gebied as g on b.gemeente_code = g.gebied_code
            left join perioden as p on b.bron_id = p.bron_id
        )
        select {names} from bronnen order by lower(strip_accents(gemeente_naam)), titel
        """
    ).fetchall()
    return tuple(GemeenteBron(*row) for row in rows)


def read_source(con: Connection, indicator: Indicator) -> GemeenteBron | None:
    """The dataset that an indicator comes from; None where no gemeente publishes it."""
    if indicator.meetwijze != "gemeente":
        return None
    return next(one for one in read_sources(con) if indicator.indicator in one.indicatoren)
