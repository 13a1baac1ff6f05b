"""The command line: one verb a stage. The only place that prints and exits."""

import argparse
import contextlib
import dataclasses
import datetime
import errno
import functools
import http.server
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from pipeline import system_errors, warehouse
from pipeline.aanpak.definition import read_approach
from pipeline.aanpak.draft import QUESTIONS
from pipeline.alone import alone
from pipeline.dutch_argparse import speak_dutch
from pipeline.errors import VeiligheidsbeeldError
from pipeline.gemeente.definition import load_definitions
from pipeline.gemeente.models import project_models
from pipeline.model import indicators, sources
from pipeline.paths import Paths, find_paths, site_gemeenten
from pipeline.say import Say

if TYPE_CHECKING:
    from pipeline.aanpak.verbs import Told

FINE, FAILED, WRONG_USE, INTERRUPTED = 0, 1, 2, 130
HIGHEST_PORT = 65_535
PORT_REFUSED = {
    errno.EADDRINUSE: "is al in gebruik",
    errno.EACCES: "mag u niet gebruiken",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; return 0 if fine, 1 if it failed, 2 for wrong use, 130 if it was interrupted.

    Only a mistake of ours ends with a traceback.
    """
    speak_dutch()
    options = _parser().parse_args(arguments)
    paths = find_paths(root=options.root, build=options.build, store=options.data)
    try:
        code: int = options.verb(paths, options)
    except BrokenPipeError:
        return FAILED
    except KeyboardInterrupt:
        return _failed("afgebroken; wat er stond, is gebleven", code=INTERRUPTED)
    except VeiligheidsbeeldError as error:
        return _failed(f"fout: {error}")
    except Exception as error:
        text = system_errors.in_words(error, folder=paths.build)
        if text is None:
            raise
        return _failed(f"fout: {text}")
    return code


def _failed(text: str, *, code: int = FAILED) -> int:
    print(text, file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="veiligheidsbeeld", description="Van open cijfers over veiligheid naar een statische site."
    )
    shared = _shared_options()
    verbs = parser.add_subparsers(required=True, metavar="opdracht")
    _add_stages(functools.partial(_add_verb, verbs, shared=shared))
    bron = verbs.add_parser("bron", help="Voeg cijfers van een gemeente toe.").add_subparsers(
        required=True, metavar="nieuw|test|zoek"
    )
    _add_bron(functools.partial(_add_verb, bron, shared=shared))
    aanpak = verbs.add_parser("aanpak", help="Leg een aanpak vast en evalueer haar.").add_subparsers(
        required=True, metavar="nieuw|test|kracht|oordeel"
    )
    _add_aanpak(functools.partial(_add_verb, aanpak, shared=shared))
    return parser


Verb = Callable[[Paths, argparse.Namespace], int]
AddVerb = Callable[[str, Verb, str], argparse.ArgumentParser]


def _add_verb(verbs: Any, name: str, function: Verb, text: str, *, shared: argparse.ArgumentParser) -> Any:
    added = verbs.add_parser(name, parents=[shared], help=text, description=text)
    added.set_defaults(verb=function)
    return added


def _shared_options() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--root", type=Path, help="map van het project (standaard: waar dit pakket staat)")
    shared.add_argument(
        "--build", type=Path, help="map voor wat gemaakt wordt (standaard: build in het project)"
    )
    shared.add_argument(
        "--data", choices=["voorbeeld", "live"], help="welke opslag (standaard: live zodra die er is)"
    )
    loudness = shared.add_mutually_exclusive_group()
    loudness.add_argument("-q", "--quiet", action="store_true", help="zeg alleen wat fout gaat")
    loudness.add_argument("-v", "--verbose", action="store_true", help="zeg ook elke stap")
    return shared


def _add_stages(add: AddVerb) -> None:
    fetch = add("fetch", _fetch, "Haal nieuwe cijfers bij de bronnen; wat afwijkt blijft buiten.")
    fetch.add_argument("sources", nargs="*", metavar="bron", help="welke bronnen (standaard: alle)")
    fetch.add_argument(
        "--gemeente", nargs="+", default=[], metavar="CODE", help="alleen deze gemeenten en het land"
    )
    fetch.add_argument("--sinds", type=int, metavar="JAAR", help="alleen vanaf dit jaar")
    fetch.add_argument(
        "--upstream", metavar="URL", help="vraag een plaatsvervanger in plaats van de uitgevers"
    )
    fetch.add_argument("--force", action="store_true", help="ook wat niet veranderd is")
    fetch.add_argument("--eerste-keer", action="store_true", help="vertel wat alleen de echte diensten weten")
    build = add("build", _build, "Maak het magazijn uit de opgeslagen cijfers.")
    build.add_argument("--force", action="store_true", help="ook als er niets veranderd is")
    add("check", _check, "Controleer het magazijn; toon per fout tien rijen.")
    site = add("site", _site, "Maak de site uit het magazijn.")
    site.add_argument("--force", action="store_true", help="ook als er niets veranderd is")
    serve = add("serve", _serve, "Toon de site op deze computer.")
    serve.add_argument("--port", type=int, default=8000, help="poort (standaard: 8000)")
    add("mcp", _mcp, "Beantwoord vragen van een programma over de cijfers van de site (MCP).")
    difference = add("verschil", _verschil, "Vergelijk twee uitgaven, cijfer voor cijfer, als CSV.")
    difference.add_argument("oud", type=Path, help="map of bestand van een uitgave, zoals alles.parquet")
    difference.add_argument("nieuw", type=Path, help="idem, van een latere uitgave")
    difference.add_argument("--uit", type=Path, metavar="BESTAND", help="waar de CSV komt (standaard: hier)")
    query = add("query", _query, "Stel een vraag in SQL; het antwoord komt als CSV.")
    query.add_argument("sql", help="één select, met schema voor elke tabel")
    listing = add("list", _list, "Noem de bronnen, indicatoren of gebieden.")
    listing.add_argument("what", choices=["sources", "indicators", "areas"], help="wat")


def _add_bron(add: AddVerb) -> None:
    new = add("nieuw", _bron_nieuw, "Maak een concept voor een dataset uit een bestand of adres.")
    new.add_argument("source", help="bestand of webadres")
    new.add_argument("--gemeente", help="code van de gemeente, zoals GM0758 (standaard: wat het best past)")
    test = add("test", _bron_test, "Haal een dataset op en vertel wat eruit komt.")
    test.add_argument("definition", type=Path, help="bestand in data/bronnen")
    test.add_argument("--bestand", type=Path, help="lees dit bestand in plaats van het adres")
    test.add_argument("--bewaar", action="store_true", help="zet de rijen in de opslag als alles klopt")
    search = add("zoek", _bron_zoek, "Zoek datasets van een gemeente op data.overheid.nl.")
    search.add_argument("gemeente", help="naam van de gemeente")


def _add_aanpak(add: AddVerb) -> None:
    new = add("nieuw", _aanpak_nieuw, "Schrijf een aanpak op; wat niet gegeven is, wordt gevraagd.")
    for question in QUESTIONS:
        kind = {"action": "append"} if question.key == "partij" else {"nargs": "+" if question.many else 1}
        new.add_argument(f"--{question.key}", help=question.text, **kind)
    for name, function, text in (
        ("test", _aanpak_test, "Toets een aanpak; noem elke fout met regel en waarde."),
        ("kracht", _aanpak_kracht, "Laat zien welke verandering te zien zou zijn, in woorden."),
        ("oordeel", _aanpak_oordeel, "Leg het oordeel van nu vast, onder wat er eerder is vastgelegd."),
    ):
        add(name, function, text).add_argument("definition", type=Path, help="bestand in data/aanpak")


def _say(options: argparse.Namespace, *, step: bool = False) -> Say:
    if options.quiet or (step and not options.verbose):
        return lambda _: None
    return functools.partial(print, file=sys.stderr, flush=True)


def _fetch(paths: Paths, options: argparse.Namespace) -> int:
    from pipeline.fetch import runner
    from pipeline.gemeente import verbs as municipal  # the network is not needed by other verbs

    say = functools.partial(print, file=sys.stderr, flush=True)  # also with -q: what failed must be seen
    defined = {definition.id for definition in load_definitions(paths.definitions)}
    own = [name for name in options.sources if name in defined]
    national = [name for name in options.sources if name not in defined]
    code = FINE
    with contextlib.nullcontext() if options.eerste_keer else alone(paths.build, verb="fetch"):
        if national or not own:
            code = runner.fetch(
                paths,
                sources=national,
                gemeenten=options.gemeente,
                since=options.sinds,
                upstream=options.upstream,
                force=options.force,
                first_time=options.eerste_keer,
                say=say,
            )
        if own or (not (options.sources or options.upstream or options.eerste_keer) and _has_areas(paths)):
            live = dataclasses.replace(paths, store="live")
            code = max(code, municipal.fetch_definitions(live, own, say=say))
    return code


def _has_areas(paths: Paths) -> bool:
    """Areas of municipal rows are looked up in a warehouse; a stand-in has no municipal datasets."""
    return warehouse.standing_fingerprint(paths) is not None


def _build(paths: Paths, options: argparse.Namespace) -> int:
    say = _say(options, step=True)
    if warehouse.build(paths, say=say, force=options.force):
        _say(options)(f"magazijn klaar: {paths.warehouse}")
    else:
        say("magazijn: niets veranderd")
    return FINE


def _check(paths: Paths, options: argparse.Namespace) -> int:
    tables = warehouse.recheck(paths)
    _say(options)(f"controle: {tables} tabellen in orde")
    return FINE


def _site(paths: Paths, options: argparse.Namespace) -> int:
    from pipeline.site.build import build_site  # mkdocs is slow to import; other verbs do not need it

    if build_site(paths, gemeenten=site_gemeenten(), say=_say(options, step=True), force=options.force):
        _say(options)(f"site klaar: {paths.site}")
        if not os.environ.get("SITE_URL"):
            _say(options)("let op: komt de site in een map van een host, dan heeft 404.html SITE_URL nodig")
    else:
        _say(options, step=True)("site: niets veranderd")
    return FINE


def _serve(paths: Paths, options: argparse.Namespace) -> int:
    if not (paths.site / "index.html").is_file():
        raise VeiligheidsbeeldError(f"{paths.site} bestaat nog niet; eerst: veiligheidsbeeld site")
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(paths.site))
    with _listen(options.port, handler) as server:
        _say(options)(f"site op http://127.0.0.1:{server.server_port}/ (stoppen: Ctrl-C)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            _say(options)("gestopt")
    return FINE


def _listen(port: int, handler: Callable[..., Any]) -> http.server.ThreadingHTTPServer:
    other = "Kies een andere met --port, zoals --port 8001"
    if not 0 <= port <= HIGHEST_PORT:
        raise VeiligheidsbeeldError(f"poort {port} bestaat niet: een poort is 0 tot en met 65535. {other}")
    try:
        return http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        reason = PORT_REFUSED.get(error.errno or 0, f"kan niet gebruikt worden ({error.strerror})")
        raise VeiligheidsbeeldError(f"poort {port} {reason}. {other}") from error


def _mcp(paths: Paths, options: argparse.Namespace) -> int:
    from pipeline.machine.published import PublishedSite

    site = PublishedSite(paths.site)
    try:
        from pipeline.machine.server import make_server
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "mcp":
            raise
        raise VeiligheidsbeeldError(
            "mcp ontbreekt; installeer het met: pip install 'veiligheidsbeeld[mcp]'"
        ) from error
    _say(options)("vragen komen binnen op de standaardinvoer (stoppen: Ctrl-C)")
    make_server(site).run()
    return FINE


def _verschil(_: Paths, options: argparse.Namespace) -> int:
    from pipeline.site.download.difference import write_difference  # other verbs need no files of the site

    with tempfile.TemporaryDirectory() as room:
        out = options.uit or Path(room) / "verschil.csv"
        counts = write_difference(options.oud, options.nieuw, out=out)
        if options.uit is None:
            with out.open(encoding="utf-8", newline="") as text:
                shutil.copyfileobj(text, sys.stdout)
    _say(options)("verschil: " + ", ".join(f"{kind} {rows}" for kind, rows in counts.items()))
    return FINE


def _query(paths: Paths, options: argparse.Namespace) -> int:
    print(warehouse.query_csv(paths, options.sql), end="")
    return FINE


def _list(paths: Paths, options: argparse.Namespace) -> int:
    models = project_models(paths)
    if options.what == "sources":
        for name, header in sources(models).items():
            print(f"{name}: {header.publisher}, {', '.join(header.tables.values())}")
    elif options.what == "indicators":
        titles = {model.name: model.title for model in models}
        for name in indicators(models):
            print(f"{name}: {titles[name]}")
    else:
        print(
            warehouse.query_csv(
                paths, "select gebied_code, gebied_naam, gebied_niveau from core.gebied order by gebied_code"
            ),
            end="",
        )
    return FINE


def _bron_nieuw(paths: Paths, options: argparse.Namespace) -> int:
    from pipeline.gemeente.verbs import draft_definition  # the network is not needed by other verbs

    made = draft_definition(paths, options.source, gemeente=options.gemeente)
    for reason in made.reasons:
        _say(options)(f"  - {reason}")
    print(made.path)
    _say(options)(f"nu: lees het concept na, en dan: veiligheidsbeeld bron test {made.path}")
    return FINE


def _bron_test(paths: Paths, options: argparse.Namespace) -> int:
    from pipeline.gemeente.verbs import check_definition  # the network is not needed by other verbs

    checked = check_definition(paths, options.definition, file=options.bestand, keep_rows=options.bewaar)
    print(checked.text, end="")
    if checked.kept is not None:
        _say(options)(f"bewaard: {checked.kept} rijen in {paths.snapshots}")
    return FAILED if checked.wrong else FINE


def _bron_zoek(_: Paths, options: argparse.Namespace) -> int:
    from pipeline.gemeente import verbs as municipal

    print(municipal.search(options.gemeente), end="")
    return FINE


def _aanpak_nieuw(paths: Paths, options: argparse.Namespace) -> int:
    from pipeline.aanpak.verbs import draft_approach, known_findings  # other verbs need no statistics

    answers = {
        question.key: given for question in QUESTIONS if (given := getattr(options, question.key)) is not None
    }
    ask = input if sys.stdin.isatty() else None
    made = draft_approach(paths, answers, today=_today(), ask=ask)
    print(made)
    if found := known_findings(paths, read_approach(made).thema):
        _say(options)("bekend uit onderzoek bij dit thema (elders, dus geen belofte):")
        for one in found:
            _say(options)(f"  - {one}")
    _say(options)("nu: lees het bestand na, en dan: veiligheidsbeeld aanpak test en aanpak kracht")
    return FINE


def _aanpak_test(paths: Paths, options: argparse.Namespace) -> int:
    from pipeline.aanpak.verbs import check_approach  # other verbs need no statistics

    return _told(check_approach(paths, options.definition))


def _aanpak_kracht(paths: Paths, options: argparse.Namespace) -> int:
    from pipeline.aanpak.verbs import show_power  # other verbs need no statistics

    return _told(show_power(paths, options.definition))


def _aanpak_oordeel(paths: Paths, options: argparse.Namespace) -> int:
    from pipeline.aanpak.verbs import record_verdict  # other verbs need no statistics

    return _told(record_verdict(paths, options.definition, today=_today()))


def _told(told: "Told") -> int:
    print(told.text, end="")
    return FAILED if told.wrong else FINE


def _today() -> datetime.date:
    return datetime.datetime.now(tz=ZoneInfo("Europe/Amsterdam")).date()
