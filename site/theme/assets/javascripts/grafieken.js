// Live charts: the rows of the page, drawn when somebody scrolls to them. The table below has the same figures.

import { LIBRARY, SPECS } from "./adressen.js";
import { jsonOf, make } from "./dom.js";

export const ROOT = new URL("../../", import.meta.url);

// ---- the rows of the page ---------------------------------------------------------------------

export const page = readPage();

// An area page has one store of rows for all its figures; on a written page each figure brings its own.
function readPage() {
  const source = document.getElementById("vb-data");
  const found = { reeksen: {}, bron: {}, gebied: {}, ...(source && JSON.parse(source.textContent)) };
  if (placeOf()) Object.assign(found.gebied, titleOfPlace());
  for (const script of document.querySelectorAll("script.vb-rijen")) {
    Object.assign(found.reeksen, JSON.parse(script.textContent).reeksen);
  }
  return found;
}

// What an area page says in its address and its heading.
function titleOfPlace() {
  const code = placeOf().toUpperCase();
  const level = { NL: "land", GM: "gemeente", WK: "wijk", BU: "buurt" }[code.slice(0, 2)];
  return { gebied_code: code, gebied_naam: document.querySelector("h1").textContent, gebied_niveau: level };
}

// A figure names its series, or its table does: on an area page the name of a row leads to its indicator.
export function indicatorsOf(figure) {
  const links = placeOf() ? figure.querySelectorAll("tbody th a[href*='/indicator/']") : [];
  const rows = [...links].map((link) => link.pathname.split("/").at(-2).replaceAll("-", "_"));
  return [...rows, ...(figure.dataset.reeks ?? "").split(" ").filter((name) => name in page.reeksen)];
}

// As pipeline/site/figure/chart.py packs them.
const COLUMNS = [
  "periode", "aantal", "noemer", "noemer_jaar", "aantal_onder", "aantal_boven", "status", "breuk", "bron", "vintage",
];

// A row stands on the page as an object, or, where bytes count, as the values of COLUMNS. What rows share
// stands once: per indicator in `bron`, for all of them in `gebied`. What no chart draws is not there.
export function rowsOf(figure) {
  return indicatorsOf(figure).flatMap((indicator) =>
    (page.reeksen[indicator] ?? []).map((row) => ({
      status: "ok",
      ...page.gebied,
      ...page.bron[indicator],
      indicator,
      ...(Array.isArray(row) ? withNames(row) : row),
    })),
  );
}

function withNames(row) {
  const named = row.map((value, index) => [COLUMNS[index], value]);
  return Object.fromEntries(named.filter(([, value]) => value !== null));
}

// ---- live charts ------------------------------------------------------------------------------

export const views = new WeakMap(); // figure -> Vega view, once drawn

// A written page has the place of a chart below its still picture; the many area pages weigh less without.
function canvasOf(figure) {
  const found = figure.querySelector(".vb-doek");
  if (found) return found;
  const made = make("div", { class: "vb-doek", hidden: "" });
  figure.querySelector("figcaption").after(made);
  return made;
}

async function drawChart(figure) {
  const rows = figure.dataset.grafiek === "spine" ? await placeAmong(figure) : rowsOf(figure);
  if (!rows.length) return;
  const [{ vegaEmbed }, spec] = await Promise.all([
    import(new URL(LIBRARY, ROOT)),
    jsonOf(new URL(SPECS[figure.dataset.grafiek], ROOT)),
  ]);
  const canvas = canvasOf(figure);
  spec.datasets = { ...spec.datasets, rijen: rows };
  const description = figure.dataset.omschrijving;
  if (description) spec.description = description;
  canvas.hidden = false; // before drawing: the chart takes the width of its place
  fit(spec, canvas.clientWidth);
  const { view } = await vegaEmbed(canvas, spec, {
    ast: true,
    actions: false,
    defaultStyle: false,
    logLevel: 1, // errors only: a layer without rows is no fault
    renderer: "svg",
    tooltip: { disableDefaultStyle: true },
  });
  describeAsOnePicture(canvas, spec.description);
  views.set(figure, view);
  figure.classList.add("vb-getekend");
  if (placeOf()) takeAlong(figure);
  else showButtons(figure, "svg", "png");
}

// What Vega-Lite can not say by itself: how the size of this chart follows its rows and its place.
function fit(spec, width) {
  const { rijhoogte, paneel } = spec.usermeta ?? {};
  if (rijhoogte) spec.height = rijhoogte * spec.datasets.rijen.filter((row) => "waarde" in row).length;
  if (paneel) {
    const { breedte, as, tussen } = paneel;
    spec.columns = Math.max(1, Math.floor((width + tussen) / (breedte + as + tussen)));
    spec.spec.width = Math.floor((width + tussen) / spec.columns) - as - tussen;
  }
}

// The table is the accessible view; hundreds of nameless marks would only stand in the way.
function describeAsOnePicture(canvas, description) {
  for (const holder of canvas.querySelectorAll('[role="graphics-document"]')) {
    for (const name of ["role", "aria-roledescription", "aria-label"]) holder.removeAttribute(name);
  }
  const picture = canvas.querySelector("svg");
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", description);
  for (const part of picture.children) part.setAttribute("aria-hidden", "true");
}

export function watchCharts() {
  const figures = document.querySelectorAll("figure[data-grafiek]");
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        watcher.unobserve(target);
        drawChart(target).catch((error) => {
          canvasOf(target).hidden = true; // the table below has the same figures
          if (target.dataset.grafiek === "spine") unframe(target);
          console.error("De grafiek is niet getekend:", error);
        });
      }
    },
    { rootMargin: "200px" },
  );
  figures.forEach((figure) => watcher.observe(figure));
}

// A written page has its buttons, hidden; the many area pages weigh less without.
export function showButtons(figure, ...kinds) {
  for (const kind of kinds) {
    const button = figure.querySelector(`button[data-opslaan="${kind}"]`);
    if (button) button.hidden = false;
    else if (placeOf()) addButton(figure, kind);
  }
}

function addButton(figure, kind) {
  let row = figure.querySelector(".vb-knoppen");
  if (!row) figure.append((row = make("p", { class: "vb-knoppen vb-niet-printen" })));
  const made = make("button", { type: "button", "data-opslaan": kind }, `Bewaar ${kind.toUpperCase()}`);
  const last = row.querySelector("button:last-of-type");
  if (last) last.after(made);
  else row.prepend(made);
}

// ---- what a reader takes along from an area page ----------------------------------------------

export function wholeAddress() {
  return document.querySelector("link[rel=canonical]")?.href ?? document.baseURI;
}

// The code of the area that the page is about, as in its address; nothing on another page.
export function placeOf() {
  return /\/gebied\/(\w+)\/$/.exec(new URL(wholeAddress()).pathname)?.[1] ?? "";
}

// The picture of a figure and how to cite it. Made here, so that no page weighs more by it.
export function takeAlong(figure) {
  if (!placeOf() || figure.querySelector(".vb-citeer")) return;
  showButtons(figure, "svg", "png");
  const details = make("details", { class: "vb-citeer vb-niet-printen" }, make("summary", {}, "Citeer"));
  details.addEventListener("toggle", async () => {
    if (details.open) (await import("./citeer.js")).fill(details);
  });
  figure.append(details);
}

// ---- where an area stands among those of its gemeente -----------------------------------------

// The table of circumstances is on the page; the chart above it is made here, from one file a gemeente.
export function addSpine() {
  const { gebied_code: code, gebied_naam: name, gebied_niveau: level } = page.gebied;
  const table = document.querySelector("#omstandigheden + p + .vb-tabel");
  if (!table || !["wijk", "buurt"].includes(level)) return;
  const title = make("span", { class: "vb-figuur__titel" });
  const caption = make("figcaption", { class: "vb-niet-printen", hidden: "" }, title, " ", make("span"));
  const figure = make(
    "figure",
    // No box (vb-figuur) around a table to which no chart comes.
    { "data-grafiek": "spine", "data-gebied": code, "data-naam": name, "data-niveau": level },
    caption,
    make("div", { class: "vb-doek vb-niet-printen", hidden: "" }),
  );
  const source = table.nextElementSibling;
  table.before(figure);
  figure.append(table);
  if (source?.matches(".vb-bron")) figure.append(source);
}

function unframe(figure) {
  figure.classList.remove("vb-figuur");
  figure.querySelector("figcaption").hidden = true;
}

// The rows of this area; pipeline/site/area/circumstances.py says how the file of its gemeente is made.
async function placeAmong(figure) {
  const { gebied: code, naam: name, niveau: level } = figure.dataset;
  const file = await jsonOf(`../../assets/omstandigheden/gm${code.slice(2, 6)}.json`);
  const places = file.gebieden[code] ?? [];
  const rows = [];
  for (let at = 0; at < places.length; at += 3) {
    const [kind, laagste, kwart, midden, driekwart, hoogste, referentie] = file.verdelingen[places[at]];
    const [label, eenheid] = file.soorten[kind];
    const [waarde, gelijk] = [places[at + 1], places[at + 2]];
    rows.push({ label, eenheid, waarde, laagste, kwart, midden, driekwart, hoogste, referentie, gelijk });
  }
  if (!rows.length) return rows;
  const plural = level === "wijk" ? "wijken" : "buurten";
  const caption = figure.querySelector("figcaption");
  caption.hidden = false;
  figure.classList.add("vb-figuur");
  caption.firstChild.textContent = `${name} tussen de ${plural} van ${file.naam}`;
  caption.lastChild.textContent =
    `De stip is deze ${level}. De ruit is heel ${file.naam}. ` +
    (rows.some((row) => row.gelijk !== null) ? "Het open vierkant is wat tien vergelijkbare gebieden hebben. " : "") +
    `Het grijze vlak is de middelste helft van de ${plural}, het streepje de middelste ${level}.`;
  figure.dataset.omschrijving = `${caption.textContent} De tabel hieronder heeft de cijfers van ${name} en van ${file.naam}.`;
  return rows;
}
