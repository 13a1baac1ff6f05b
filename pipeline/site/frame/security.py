"""Where a hole in the site can be reported: security.txt (RFC 9116), below `/.well-known/`."""

from datetime import date
from pathlib import Path

from pipeline.site.html.markup import mail_of

PLACE = ".well-known/security.txt"
LANGUAGES = "nl, en"
_QUARTER = 3


def contact_of(report_address: str) -> str:
    """The configured address as the standard wants it; empty where it is no mail address and not https."""
    if mail := mail_of(report_address):
        return f"mailto:{mail}"
    return report_address if report_address.startswith("https://") else ""


def expires_on(today: date) -> date:
    """A year after the first day of this quarter: less than a year ahead, as the standard advises.

    It stays the same for three months, so that the same figures give the same site on most days.
    """
    return date(today.year + 1, (today.month - 1) // _QUARTER * _QUARTER + 1, 1)


def lines(report_address: str, *, site_url: str, today: date) -> list[str]:
    """What the file says; nothing without an address that it may name."""
    contact = contact_of(report_address)
    if not contact:
        return []
    said = [
        f"Contact: {contact}",
        f"Expires: {expires_on(today).isoformat()}T00:00:00Z",
        f"Preferred-Languages: {LANGUAGES}",
    ]
    return [*said, f"Canonical: {site_url.rstrip('/')}/{PLACE}"] if site_url else said


def write(site_dir: Path, said: list[str]) -> None:
    """Write the file below `site_dir`; none where it would say nothing."""
    if said:
        path = site_dir / PLACE
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(said) + "\n", encoding="utf-8")
