"""A page on a mid-range phone with a slow connection: when it is readable, what it costs, when a chart stands.

    python -m benchmarks.phone [--build build] [--runs 3] [PATH...]

Chromium, 360 by 800 px, nothing cached, slowed down as Lighthouse does for its mobile score ("slow 4G": 150 ms
there and back, 1.6 Mbit/s down, 750 kbit/s up, a processor four times slower). A delay per request is not one
per round trip, so Lighthouse multiplies it by 3.75 and speed by 0.9; so does this. The server compresses like
GitHub Pages. Then the first chart is scrolled into view. Each figure is the median of the runs. A second table says
what kept the main thread busy until the page was loaded, before anybody scrolls to a chart.

On a machine with other work only kB, requests and shift hold, and the second table roughly: it counts the time
that the thread itself ran. What stands in the way of the first paint is counted in kB and requests for that reason.
"""

import argparse
import json
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page

from benchmarks.stages import markdown
from pipeline.gebied import slug_of
from pipeline.paths import Paths
from pipeline.warehouse import open_warehouse
from tests.browser.gates import chromium, find_chromium
from tests.browser.serving import serve

DELAY = 150 * 3.75  # milliseconds a request
DOWN, UP = 1.6 * 1024 * 0.9, 750 * 0.9  # kbit/s
SLOWER = 4
CHART = "figure[data-grafiek]:not(details:not([open]) *)"
CHART_TIMEOUT = 60_000  # milliseconds
QUIET = 3_000  # milliseconds without a new request after which a page is taken to be loaded
TRACED = ("disabled-by-default-devtools.timeline", "devtools.timeline", "blink.user_timing")
# What the tracing names, by what a reader of the table knows; the rest is messages, the network and cleaning up.
KINDS = {
    "ParseHTML": "html",
    **dict.fromkeys(("ParseAuthorStyleSheet", "UpdateLayoutTree"), "style"),
    "Layout": "layout",
    **dict.fromkeys(("PrePaint", "Paint", "Layerize", "Commit"), "paint"),
    **dict.fromkeys(("EvaluateScript", "v8.evaluateModule", "v8.compile", "v8.compileModule"), "scripts"),
    **dict.fromkeys(("FunctionCall", "EventDispatch", "TimerFire", "FireAnimationFrame"), "scripts"),
}

_WATCH_PAINTS = """() => new Promise(done => {
    new PerformanceObserver(list => done(list.getEntries().at(-1).startTime))
        .observe({type: 'largest-contentful-paint', buffered: true});
    setTimeout(() => done(null), 1000);
})"""
# Shifts that follow on each other within a second are one; the largest counts (web.dev/cls).
_SHIFT = """() => new Promise(done => {
    const moved = [];
    new PerformanceObserver(list => moved.push(...list.getEntries()))
        .observe({type: 'layout-shift', buffered: true});
    setTimeout(() => {
        let [most, sum, first, last] = [0, 0, 0, 0];
        for (const {hadRecentInput, startTime, value} of moved) {
            if (hadRecentInput) continue;
            if (startTime - last > 1000 || startTime - first > 5000) [sum, first] = [0, startTime];
            [sum, last] = [sum + value, startTime];
            most = Math.max(most, sum);
        }
        done(most);
    }, 200);
})"""
# A script behind the first words is called blocking too; what came after the paint did not hold it up.
_BLOCKING = """paint => performance.getEntriesByType('resource')
    .filter(one => one.renderBlockingStatus === 'blocking' && one.responseEnd <= paint)
    .concat(performance.getEntriesByType('navigation')).map(one => one.encodedBodySize)"""
_FIRST_PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
_SCROLL_TO_CHART = """figure => new Promise(done => {
    const scrolled = performance.now();
    const stands = () => figure.querySelector('svg.marks');
    const tell = () => requestAnimationFrame(() => setTimeout(() => done([scrolled, performance.now()])));
    const watcher = new MutationObserver(() => stands() && (watcher.disconnect(), tell()));
    watcher.observe(figure, {childList: true, subtree: true});
    figure.scrollIntoView({block: 'center'});
    if (stands()) { watcher.disconnect(); tell(); }
})"""


@dataclass(frozen=True)
class Visit:
    """One visit; times in milliseconds since the start, except `chart_after`: since the scroll to it.

    `bytes_` and `requests` until the page was loaded, `..._blocking` those of the page itself and of what the
    first paint waits for; those `_chart` until the chart stood, as are the milliseconds that the main thread
    was busy. None where the page has no chart. `shift` is what moved until the page was loaded (CLS). `html`
    to `rest` are the milliseconds that the main thread ran until then, by what it did.
    """

    first_paint: float
    largest_paint: float
    bytes_: float
    requests: float
    bytes_blocking: float
    requests_blocking: float
    shift: float
    busy: float
    chart_after: float | None
    bytes_chart: float | None
    requests_chart: float | None
    busy_chart: float | None
    html: float
    style: float
    layout: float
    paint: float
    scripts: float
    rest: float


def median(visits: Sequence[Visit]) -> Visit:
    """The median of every figure; None where not every visit has it.

    Raises:
        statistics.StatisticsError: there are no visits.
    """
    found: dict[str, Any] = {}
    for field in fields(Visit):
        values = [getattr(visit, field.name) for visit in visits]
        found[field.name] = statistics.median(values) if None not in values else None
    return Visit(**found)


def busy(events: Sequence[dict[str, Any]], *, until: float | None = None) -> float:
    """Milliseconds of tasks on the main thread of a trace's page, from the start of its navigation.

    `until` in milliseconds after that start. The page is the one of the last navigation in the trace.

    Raises:
        ValueError: nothing in the trace says when the page began to load.
    """
    thread, begin = _main_thread(events)
    end = begin + until * 1000 if until is not None else float("inf")
    tasks = [
        event
        for event in events
        if event["name"] == "RunTask" and (event["pid"], event["tid"]) == thread and event["ph"] == "X"
    ]
    busy_for = [min(task["ts"] + task["dur"], end) - max(task["ts"], begin) for task in tasks]
    return float(sum(part for part in busy_for if part > 0)) / 1000


def spent(events: Sequence[dict[str, Any]], *, until: float) -> dict[str, float]:
    """Milliseconds that the main thread itself ran, by what it did (the values of KINDS, and `rest`).

    Of what happens within another the time counts for the innermost. `until` in milliseconds after the
    navigation began: what began later does not count.

    Raises:
        ValueError: nothing in the trace says when the page began to load.
    """
    thread, begin = _main_thread(events)
    known = [
        event
        for event in events
        if (event["name"] in KINDS or event["name"] == "RunTask")
        and (event["pid"], event["tid"]) == thread
        and event["ph"] == "X"
        and begin <= event["ts"] <= begin + until * 1000
    ]
    found = dict.fromkeys([*KINDS.values(), "rest"], 0.0)
    around: list[dict[str, Any]] = []
    for event in sorted(known, key=lambda event: (event["ts"], -event["dur"])):
        while around and around[-1]["ts"] + around[-1]["dur"] <= event["ts"]:
            around.pop()
        ran = event.get("tdur", 0) / 1000
        found[KINDS.get(event["name"], "rest")] += ran
        if around:
            found[KINDS.get(around[-1]["name"], "rest")] -= ran
        around.append(event)
    return found


def _main_thread(events: Sequence[dict[str, Any]]) -> tuple[tuple[int, int], float]:
    """Process and thread of the page of the last navigation, and when that began (microseconds)."""
    starts = [
        event
        for event in events
        if event["name"] == "navigationStart" and event["args"]["data"].get("documentLoaderURL")
    ]
    if not starts:
        raise ValueError("no navigationStart in the trace")
    start = max(starts, key=lambda event: float(event["ts"]))
    return (start["pid"], start["tid"]), float(start["ts"])


def visit(browser: Browser, address: str) -> Visit:
    """Open one page in a fresh context on the slow phone, and scroll to its first chart."""
    context = browser.new_context(
        viewport={"width": 360, "height": 800}, device_scale_factor=2, is_mobile=True, has_touch=True
    )
    page = context.new_page()
    traffic = _slow_down(context.new_cdp_session(page))
    browser.start_tracing(page=page, categories=list(TRACED))
    page.goto(address, wait_until="networkidle", timeout=CHART_TIMEOUT)
    seen = -1
    while seen != len(traffic):  # scripts that run slowly ask for more after a pause
        seen = len(traffic)
        page.wait_for_timeout(QUIET)
    first, largest = page.evaluate(_FIRST_PAINT), page.evaluate(_WATCH_PAINTS)
    loaded, blocking = traffic.copy(), page.evaluate(_BLOCKING, first)
    shift, ready = page.evaluate(_SHIFT), page.evaluate("() => performance.now()")
    stood = _scroll_to_chart(page)
    events = json.loads(browser.stop_tracing())["traceEvents"]
    context.close()
    return Visit(
        first_paint=first,
        largest_paint=largest,
        bytes_=sum(loaded),
        requests=len(loaded),
        bytes_blocking=sum(blocking),
        requests_blocking=len(blocking),
        shift=shift,
        busy=busy(events, until=ready),
        chart_after=stood[1] - stood[0] if stood else None,
        bytes_chart=sum(traffic) if stood else None,
        requests_chart=len(traffic) if stood else None,
        busy_chart=busy(events, until=stood[1]) if stood else None,
        **spent(events, until=ready),
    )


def _slow_down(session: CDPSession) -> list[float]:
    """Slow the page down; the list that is given fills with the bytes of every finished request."""
    traffic: list[float] = []

    def count(event: dict[str, Any]) -> None:
        if event["encodedDataLength"]:  # pictures inside a style sheet are no requests
            traffic.append(event["encodedDataLength"])

    session.on("Network.loadingFinished", count)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": DELAY,
            "downloadThroughput": DOWN * 1024 / 8,
            "uploadThroughput": UP * 1024 / 8,
        },
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return traffic


def _scroll_to_chart(page: Page) -> tuple[float, float] | None:
    """When the first chart was scrolled to and when it stood; None without a chart."""
    figures = page.locator(CHART)
    if not figures.count():
        return None
    page.set_default_timeout(CHART_TIMEOUT)
    scrolled, stood = figures.first.evaluate(_SCROLL_TO_CHART)
    return scrolled, stood


def choose(build: Path) -> dict[str, str]:
    """What to open: a buurt of middling size, the gemeente with most buurten, the country, the home page."""
    with open_warehouse(Paths(build=build.resolve(), store="live")) as con:
        (buurt,) = con.execute(
            """
            select gebied_code from mart.gebied_profiel join core.gebied using (gebied_code)
            where gebied_niveau = 'buurt' and indicator = 'inwoners' and waarde is not null
            order by abs(waarde - (
                select median(waarde) from mart.gebied_profiel join core.gebied using (gebied_code)
                where gebied_niveau = 'buurt' and indicator = 'inwoners'
            )), gebied_code limit 1
            """
        ).fetchall()[0]
        (gemeente,) = con.execute(
            "select gemeente_code from core.gebied where gebied_niveau = 'buurt' "
            "group by all order by count(*) desc, gemeente_code limit 1"
        ).fetchall()[0]
    return {
        "a buurt": f"gebied/{slug_of(buurt)}/",
        "the largest gemeente": f"gebied/{slug_of(gemeente)}/",
        "the country": "gebied/nl00/",
        "home": "",
    }


def table(medians: dict[str, Visit]) -> str:
    """The medians as a Markdown table; times in seconds."""

    def seconds(value: float | None) -> str:
        return "–" if value is None else f"{value / 1000:.2f}"

    def kilobytes(value: float | None) -> str:
        return "–" if value is None else f"{value / 1000:.0f}"

    rows = [
        [
            what,
            seconds(one.first_paint),
            seconds(one.largest_paint),
            kilobytes(one.bytes_),
            f"{one.requests:.0f}",
            f"{kilobytes(one.bytes_blocking)} in {one.requests_blocking:.0f}",
            f"{one.shift:.3f}",
            seconds(one.busy),
            seconds(one.chart_after),
            kilobytes(one.bytes_chart),
            "–" if one.requests_chart is None else f"{one.requests_chart:.0f}",
            seconds(one.busy_chart),
        ]
        for what, one in medians.items()
    ]
    return markdown(
        (
            *("page", "first paint (s)", "largest paint (s)", "kB", "requests", "kB before first paint"),
            *("shift", "main thread before the chart (s)"),
            *("chart after scroll (s)", "kB with chart", "requests with chart", "busy with chart (s)"),
        ),
        rows,
    )


def table_of_time(medians: dict[str, Visit]) -> str:
    """What the main thread did until the page was loaded, in milliseconds, as a Markdown table."""
    rows = [
        [what, *(f"{part:.0f}" for part in (*parts, sum(parts)))]
        for what, one in medians.items()
        for parts in [(one.html, one.style, one.layout, one.paint, one.scripts, one.rest)]
    ]
    heads = ("HTML", "style", "layout", "paint", "scripts", "rest", "together")
    return markdown(("page", *(f"{head} (ms)" for head in heads)), rows)


def measure_site(build: Path, *, runs: int, pages: dict[str, str] | None = None) -> str:
    """Open pages of a built site on the slow phone; two Markdown tables, or a line saying why not."""
    if find_chromium() is None:
        return "Chromium is not here: pages on a phone were not measured."
    found = {}
    with serve((build / "site").resolve(), compress=True) as base, chromium() as browser:
        for what, path in (pages or choose(build)).items():
            name = f"{what} (/{path})"
            found[name] = median([visit(browser, base + path) for _ in range(runs)])
    return f"{table(found)}\n\n{table_of_time(found)}"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--build", type=Path, default=Path("build"))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="gebied/gm0758/ (default: four kinds of page)"
    )
    options = parser.parse_args()
    pages = {path: path.lstrip("/") for path in options.paths}
    print(measure_site(options.build, runs=options.runs, pages=pages))


if __name__ == "__main__":
    main()
