"""Where an approach stands in the circle: diagnosis, approach, work, evaluation, and again."""

from collections.abc import Sequence
from datetime import date

STAGES = {
    "diagnose": "Wat speelt hier, en waarom? Er is nog geen startdatum.",
    "aanpak": "De aanpak is opgeschreven, met wie wat doet. Zij begint nog.",
    "uitvoering": "De aanpak loopt.",
    "evaluatie": "Het is tijd om te kijken wat ervan kwam.",
    "bijstellen": "Er is een oordeel. Nu: doorgaan, anders doen of stoppen.",
}
"""The stages in order, each with what it means."""


def due_on(*, end: date | None, planned: date | None) -> date | None:
    """The day on which an evaluation is due: as it was planned, or else the end."""
    return planned or end


def stage_of(
    *, start: date | None, end: date | None, planned: date | None, verdicts: Sequence[date], today: date
) -> str:
    """The stage on a day.

    Args:
        planned: the next evaluation, where one is planned.
        verdicts: days on which a verdict was recorded.
        today: the day that the figures are of.
    """
    if start is None:
        return "diagnose"
    if start > today:
        return "aanpak"
    due, last = due_on(end=end, planned=planned), max(verdicts, default=None)
    if due is not None and due <= today and (last is None or last < due):
        return "evaluatie"
    if last is not None and (planned is None or planned <= last):
        return "bijstellen"
    return "uitvoering"


def is_overdue(*, end: date | None, planned: date | None, verdicts: Sequence[date], today: date) -> bool:
    """Whether an evaluation was due before this day and no verdict was recorded since."""
    due = due_on(end=end, planned=planned)
    return due is not None and due < today and not any(verdict >= due for verdict in verdicts)
