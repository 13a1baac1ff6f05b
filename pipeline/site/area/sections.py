"""The sections of an area page, in its order: a new one is a module with a SECTION, named here."""

from pipeline.site.area import (
    approaches,
    browser,
    caveats,
    children,
    circumstances,
    closing,
    crimes,
    diagnosis,
    expected,
    funnel,
    head,
    municipal,
    nuisance,
    series,
    sheet,
    similar,
    survey,
)
from pipeline.site.area.area import Section

SECTIONS: tuple[Section, ...] = (
    head.SECTION,
    diagnosis.SECTION,
    approaches.SECTION,
    sheet.SECTION,
    nuisance.SECTION,
    series.SECTION,
    crimes.SECTION,
    similar.SECTION,
    survey.SECTION,
    municipal.SECTION,
    circumstances.SECTION,
    circumstances.STRENGTHS,
    expected.SECTION,
    caveats.SECTION,
    closing.SECTION,
    children.SECTION,
    funnel.SECTION,
    browser.SECTION,
)
