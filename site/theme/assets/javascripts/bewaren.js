// Saving a figure: its rows as CSV, or its chart as a picture that keeps its title and its source.

import { jsonOf, make, textOf } from "./dom.js";
import { indicatorsOf, page, rowsOf, views } from "./grafieken.js";

const SVG = "http://www.w3.org/2000/svg";

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
  const shared = page.indicatoren ? await jsonOf(page.indicatoren) : {};
  const lines = rowsOf(figure).map((row) => {
    const known = complete(row, shared[row.indicator]);
    return CSV_COLUMNS.map((column) => csvCell(known[column])).join(",");
  });
  return [CSV_COLUMNS.join(","), ...lines, ""].join("\r\n");
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

function wrap(text, width, font) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = font;
  const lines = [""];
  for (const word of text.trim().split(/\s+/)) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (pen.measureText(longer).width > width && lines.at(-1)) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

// One picture with its title above and its source below: a chart that travels keeps its origin.
async function pictureOf(figure) {
  const chart = new DOMParser().parseFromString(await views.get(figure).toSVG(), "image/svg+xml").documentElement;
  const width = Math.ceil(parseFloat(chart.getAttribute("width")));
  const height = Math.ceil(parseFloat(chart.getAttribute("height")));
  const family = "Beeld, 'Beeld vervangen', system-ui, sans-serif";
  const title = wrap(textOf(figure, ".vb-figuur__titel") || textOf(figure, "figcaption"), width, `600 17px ${family}`);
  const source = wrap(textOf(figure, ".vb-bron"), width, `12px ${family}`);
  const aid = wrap(readingAid(figure), width, `12px ${family}`);
  const margin = 16;
  const aidTop = margin + title.length * 23 + 8;
  const top = aidTop + (aid[0] ? aid.length * 17 + 8 : 0);
  const full = { width: width + 2 * margin, height: top + height + 12 + source.length * 17 + margin };
  const picture = svgElement("svg", {
    xmlns: SVG, ...full, viewBox: `0 0 ${full.width} ${full.height}`, color: "#17222d", "font-family": family,
  });
  picture.append(svgElement("rect", { ...full, fill: "#ffffff" }));
  title.forEach((line, i) => picture.append(svgText(line, margin, margin + 17 + i * 23, 17, 600)));
  aid.forEach((line, i) => picture.append(svgText(line, margin, aidTop + 9 + i * 17, 12, 400)));
  chart.setAttribute("x", margin);
  chart.setAttribute("y", top);
  picture.append(document.importNode(chart, true));
  source.forEach((line, i) => picture.append(svgText(line, margin, top + height + 24 + i * 17, 12, 400)));
  return { ...full, text: new XMLSerializer().serializeToString(picture) };
}

// How to read the chart, without its title and without links: what a picture can not follow.
function readingAid(figure) {
  const caption = figure.querySelector("figcaption")?.cloneNode(true);
  caption?.querySelectorAll("a, .vb-figuur__titel").forEach((part) => part.remove());
  return caption?.textContent.trim() ?? "";
}

function svgElement(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

function svgText(line, x, y, size, weight) {
  const element = svgElement("text", { x, y, fill: "#17222d", "font-size": size, "font-weight": weight });
  element.textContent = line;
  return element;
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
  const place = page.gebied?.gebied_code?.toLowerCase();
  const name = ["veiligheidsbeeld", place, ...indicatorsOf(figure)].filter(Boolean).join("-");
  offer(await SAVERS[kind](figure), `${name}.${kind}`);
}

// Let the reader keep something under a name.
export function offer(blob, name) {
  const address = URL.createObjectURL(blob);
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
