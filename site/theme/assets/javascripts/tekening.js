// What a page has drawn itself, as a picture that needs no style sheet: a map, a funnel, a table with marks.

export const SVG = "http://www.w3.org/2000/svg";
// A picture does not have the letters of the page: measured in those, its lines would run off it.
export const FAMILY = "system-ui, sans-serif";

const INK = "#17222d";
const ACCENT = "#155a8a";
const [WIDE, NARROW] = [600, 480];
const DRAWN = "td[class^=d]";
const LOOKS = [
  "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "vector-effect", "paint-order", "opacity",
  "font-size", "font-weight", "text-anchor", "dominant-baseline",
];

export function svgElement(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

export function svgText(line, x, y, size, weight = 400) {
  const element = svgElement("text", { x, y, fill: INK, "font-size": size, "font-weight": weight });
  element.textContent = line;
  return element;
}

export function wrap(text, width, font) {
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

// The drawing of a figure, with its legend below; nothing where it has none.
export function drawingOf(figure) {
  const drawn = figure.querySelector("svg.vb-kaart, svg.vb-plaat");
  if (!drawn) return marksOf(figure);
  return inDaylight(() => {
    const width = drawn.matches(".vb-kaart") ? WIDE : NARROW;
    const height = Math.ceil((width * drawn.viewBox.baseVal.height) / drawn.viewBox.baseVal.width);
    const copy = lookingAlike(drawn);
    copy.setAttribute("width", width);
    copy.setAttribute("height", height);
    const legend = legendOf(figure, drawn, width, height + 20);
    const whole = svgElement("svg", { width, height: legend.bottom, overflow: "visible" });
    whole.append(copy, ...legend.parts);
    return whole;
  });
}

// A picture is white, also of a reader who has the page dark.
function inDaylight(draw) {
  const scheme = document.body.getAttribute("data-md-color-scheme");
  document.body.setAttribute("data-md-color-scheme", "default");
  try {
    return draw();
  } finally {
    document.body.setAttribute("data-md-color-scheme", scheme);
  }
}

// A copy with its looks written in it; a link leads nowhere from a picture.
function lookingAlike(drawn) {
  const copy = drawn.cloneNode(true);
  const [before, after] = [drawn, copy].map((one) => [...one.querySelectorAll("*")]);
  before.forEach((one, at) => {
    const style = getComputedStyle(one);
    if (style.display === "none") return after[at].remove();
    for (const name of LOOKS) after[at].setAttribute(name, style.getPropertyValue(name));
  });
  for (const link of copy.querySelectorAll("a")) {
    const group = svgElement("g", {});
    group.append(...link.childNodes);
    link.replaceWith(group);
  }
  for (const name of ["class", "role", "style"]) copy.removeAttribute(name);
  return copy;
}

function legendOf(figure, drawn, width, top) {
  const parts = [];
  let bottom = top - 20;
  const say = (text, left = 0) => {
    for (const line of wrap(text, width - left, `12px ${FAMILY}`)) parts.push(svgText(line, left, (bottom += 18), 12));
  };
  for (const part of figure.querySelectorAll(".vb-kaart__uitleg > p, .vb-legenda > li")) {
    const swatch = part.querySelector(".vb-staal");
    if (swatch) {
      const pattern = ["vb-onzeker", "vb-leeg"].find((name) => swatch.matches(`.${name}`));
      const fill = pattern
        ? `url(#${drawn.querySelector(`pattern.${pattern}`)?.id})`
        : getComputedStyle(swatch).backgroundColor;
      parts.push(svgElement("rect", { x: 0.5, y: bottom + 7, width: 14, height: 14, fill, stroke: "#6c7a87" }));
    }
    say(part.textContent, swatch ? 22 : 0);
  }
  return { parts, bottom: bottom + 6 };
}

// A table with a mark in each row: its words, its figure, and the mark on one scale for all of them.
function marksOf(figure) {
  const rows = [...figure.querySelectorAll("tbody tr")].filter((row) => row.querySelector(DRAWN));
  const [words, number, height] = [230, 60, 26];
  const whole = svgElement("svg", { width: WIDE, height: (rows.length + 1) * height, overflow: "visible" });
  const head = figure.querySelectorAll("thead th");
  const at = [...head].findIndex((one) => one.textContent.startsWith("Per "));
  whole.append(right(svgText(head[at]?.textContent ?? "", words + number, 16, 12)));
  rows.forEach((row, place) => {
    const middle = (place + 1) * height + height / 2;
    whole.append(svgText(row.cells[0].textContent, 0, middle + 4, 13));
    whole.append(right(svgText(row.cells[at]?.textContent ?? "", words + number, middle + 4, 13)));
    whole.append(markOf(row.querySelector(DRAWN), words + number + 20, middle));
  });
  return whole;
}

function right(text) {
  text.setAttribute("text-anchor", "end");
  return text;
}

// As strip.py writes the classes of a cell: a letter for each mark, and how many fortieths of the axis it lies on.
function markOf(cell, left, middle) {
  const on = { a: left };
  for (const [mark, ...step] of cell.classList) on[mark] = left + ((WIDE - 6 - left) * step.join("")) / 40;
  const group = svgElement("g", {});
  for (const [mark, top, height] of [["g", -8, 16], ["l", 0, 9]]) {
    if (mark in on) group.append(svgElement("rect", { x: on[mark] - 1, y: middle + top, width: 2, height, fill: INK }));
  }
  const ends = { x1: on.a, x2: on.b, y1: middle, y2: middle };
  group.append(svgElement("line", { ...ends, stroke: ACCENT, "stroke-width": 2 }));
  group.append(svgElement("circle", { cx: on.d, cy: middle, r: 4, fill: ACCENT }));
  return group;
}
