// Saving a figure: its rows as CSV, or its chart as a picture that keeps its title and its source.

import { jsonOf, make, textOf } from "./dom.js";
import { indicatorsOf, page, placeOf, ROOT, rowsOf, views } from "./grafieken.js";
import { drawingOf, FAMILY, svgElement, SVG, svgText, wrap } from "./tekening.js";

const CSV_COLUMNS = [
  "gebied_code", "gebied_naam", "gebied_niveau", "indeling_jaar", "indicator", "periode", "teller", "noemer",
  "waarde", "onder", "boven", "eenheid", "status", "breuk", "bron", "vintage", "voorbehoud",
];

export function csvCell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  // A spreadsheet runs text that starts like a formula.
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

// What is the same for every area (unit, caveats) stands in one file of the site, beside the pages.
async function csvOf(figure) {
  const shared = placeOf() ? await jsonOf(new URL("assets/indicatoren.json", ROOT), { cache: "no-cache" }) : {};
  const lines = new Map(indicatorsOf(figure).map((name) => [name, []]));
  for (const row of rowsOf(figure)) {
    const known = complete(row, shared[row.indicator]);
    lines.get(row.indicator).push(CSV_COLUMNS.map((column) => csvCell(known[column])).join(","));
  }
  if ([...lines.keys()].some((name) => !(name in page.reeksen))) await addPublished(lines);
  return [CSV_COLUMNS.join(","), ...[...lines.values()].flat(), ""].join("\r\n");
}

// A wijk or a buurt has no rows of its newest figures: they are lines of the file of its gemeente.
async function addPublished(lines) {
  const code = placeOf();
  const file = new URL(`data/bestanden/gemeente/gm${code.slice(2, 6)}.csv`, ROOT);
  const answer = await fetch(file, { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${answer.status} ${answer.url}`);
  for (const line of (await answer.text()).split("\r\n")) {
    if (!line.startsWith(`${code.toUpperCase()},`)) continue;
    const [, name] = /,(?:wijk|buurt),\d{4},(\w+),/.exec(line);
    if (!(name in page.reeksen)) lines.get(name)?.push(line);
  }
}

// A row of an area page has counts only: the rate and its interval follow from them, to the four decimals
// of the downloads. A row that has them keeps them.
function complete(row, shared) {
  const known = { ...shared, ...row, teller: row.aantal };
  const [status, ...caveats] = known.status.split(";");
  known.status = status;
  known.voorbehoud = [known.voorbehoud, ...caveats].join(";");
  const rated = known.noemer && known.per && ["ok", "voorlopig"].includes(known.status);
  for (const [rate, count] of [["waarde", "aantal"], ["onder", "aantal_onder"], ["boven", "aantal_boven"]]) {
    if (!rated || known[rate] !== undefined || known[count] === undefined) continue;
    known[rate] = Math.round((known[count] * known.per * 1e4) / known.noemer) / 1e4;
  }
  if (known.noemer_jaar) known.vintage += `; ${known.noemer_soort} ${known.noemer_jaar}`;
  return known;
}

// One picture with its title above and its source below: a chart that travels keeps its origin.
async function pictureOf(figure) {
  const chart = await chartOf(figure);
  const width = Math.ceil(parseFloat(chart.getAttribute("width")));
  const height = Math.ceil(parseFloat(chart.getAttribute("height")));
  const title = wrap(textOf(figure, ".vb-figuur__titel") || textOf(figure, "figcaption"), width, `600 17px ${FAMILY}`);
  const source = wrap(textOf(figure, ".vb-bron"), width, `12px ${FAMILY}`);
  const aid = wrap(readingAid(figure), width, `12px ${FAMILY}`);
  const margin = 16;
  const aidTop = margin + title.length * 23 + 8;
  const top = aidTop + (aid[0] ? aid.length * 17 + 8 : 0);
  const full = { width: width + 2 * margin, height: top + height + 12 + source.length * 17 + margin };
  const picture = svgElement("svg", {
    xmlns: SVG, ...full, viewBox: `0 0 ${full.width} ${full.height}`, color: "#17222d", "font-family": FAMILY,
  });
  picture.append(svgElement("rect", { ...full, fill: "#ffffff" }));
  title.forEach((line, i) => picture.append(svgText(line, margin, margin + 17 + i * 23, 17, 600)));
  aid.forEach((line, i) => picture.append(svgText(line, margin, aidTop + 9 + i * 17, 12, 400)));
  chart.setAttribute("x", margin);
  chart.setAttribute("y", top);
  chart.setAttribute("overflow", "visible"); // its letters may be wider than those it was drawn with
  keepLabelsInside(chart);
  picture.append(document.importNode(chart, true));
  source.forEach((line, i) => picture.append(svgText(line, margin, top + height + 24 + i * 17, 12, 400)));
  return { ...full, text: new XMLSerializer().serializeToString(picture) };
}

// A label before an axis grows to the left, off the picture: it keeps the width that it had on the page.
function keepLabelsInside(chart) {
  const pen = document.createElement("canvas").getContext("2d");
  for (const label of chart.querySelectorAll('text[text-anchor="end"]')) {
    const look = (name, usual) => label.getAttribute(name) ?? usual;
    pen.font = `${look("font-weight", 400)} ${look("font-size", "12px")} ${look("font-family", FAMILY)}`;
    const known = Math.ceil(pen.measureText(label.textContent).width);
    if (!known) continue;
    label.setAttribute("textLength", known);
    label.setAttribute("lengthAdjust", "spacingAndGlyphs");
  }
}

// What the library drew, or what the page has drawn itself.
async function chartOf(figure) {
  const view = views.get(figure);
  if (!view) return drawingOf(figure);
  return new DOMParser().parseFromString(await view.toSVG(), "image/svg+xml").documentElement;
}

// How to read the chart, without its title and without links: what a picture can not follow.
function readingAid(figure) {
  const caption = figure.querySelector("figcaption")?.cloneNode(true);
  caption?.querySelectorAll("a, .vb-figuur__titel").forEach((part) => part.remove());
  return caption?.textContent.trim() ?? "";
}

async function pngOf(figure) {
  const { text, width, height } = await pictureOf(figure);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = make("canvas", { width: width * 2, height: height * 2 });
  canvas.getContext("2d").drawImage(image, 0, 0, width * 2, height * 2);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

const SAVERS = {
  csv: async (figure) => new Blob([await csvOf(figure)], { type: "text/csv;charset=utf-8" }),
  svg: async (figure) => new Blob([(await pictureOf(figure)).text], { type: "image/svg+xml" }),
  png: pngOf,
};

export async function save(button) {
  const figure = button.closest("figure");
  const kind = button.dataset.opslaan;
  const what = indicatorsOf(figure).length ? indicatorsOf(figure) : [keyOf(figure)];
  const name = ["veiligheidsbeeld", placeOf(), ...what].filter(Boolean).join("-");
  offer(await SAVERS[kind](figure), `${name}.${kind}`);
}

// Where on its page a figure is found: its own address, or that of the heading above it.
export function keyOf(figure) {
  const above = [...document.querySelectorAll("h2[id], h3[id]")].filter(
    (heading) => heading.compareDocumentPosition(figure) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  return figure.id || (above.at(-1)?.id ?? "");
}

// Let the reader keep something under a name.
export function offer(blob, name) {
  const address = URL.createObjectURL(blob);
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
