"""One measured figure of the validation, beside what was demanded of it beforehand."""

from dataclasses import dataclass

SEED = 20261129
TIMES = "Rekentijd"


@dataclass(frozen=True)
class Line:
    """One measured figure and what it should be: at least `laagst`, at most `hoogst`, where given."""

    onderdeel: str
    groep: str
    maat: str
    waarde: float
    laagst: float | None = None
    hoogst: float | None = None

    def cells(self) -> tuple[object, ...]:
        demanded = self.laagst is not None or self.hoogst is not None
        good = (self.laagst is None or self.waarde >= self.laagst) and (
            self.hoogst is None or self.waarde <= self.hoogst
        )
        bounds = ("" if one is None else one for one in (self.laagst, self.hoogst))
        verdict = ("ja" if good else "nee") if demanded else ""
        return (self.onderdeel, self.groep, self.maat, round(self.waarde, 4), *bounds, verdict)
