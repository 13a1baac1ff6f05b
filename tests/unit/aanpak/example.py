"""An approach file as a test needs it: a whole one, of which a test changes a line."""

from pathlib import Path

TEXT = """\
titel = "Fietsen veilig stallen"
thema = "diefstal"
gebieden = ["BU07580006", "BU07580003"]
start = 2024-01-01
eind = "loopt"
indicatoren = ["misdrijven"]
doel = "geen doel in cijfers"
mechanisme = "Een bewaakte stalling maakt stelen moeilijker."
bewoners = "Bewoners wijzen plekken aan."
vastgelegd_op = 2023-11-01
vergelijking = "automatisch"
volgende_evaluatie = 2026-03-01

[[partij]]
naam = "Gemeente"
brengt = "Een stalling."
"""
GOAL = """
[doel]
indicator = "fietsdiefstal"
richting = "omlaag"
procent = 20
voor = 2026-12-31
"""
NO_GOAL = 'doel = "geen doel in cijfers"\n'


def write(folder: Path, *changes: tuple[str, str], name: str = "fietsen") -> Path:
    """The file with parts of its text replaced, each of which must be there."""
    text = TEXT
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def with_goal(folder: Path, *changes: tuple[str, str]) -> Path:
    """The file with a goal in figures, of which parts are replaced."""
    goal = GOAL
    for old, new in changes:
        assert old in goal, old
        goal = goal.replace(old, new, 1)
    return write(folder, (NO_GOAL, ""), ("\n[[partij]]", f"{goal}\n[[partij]]"))
