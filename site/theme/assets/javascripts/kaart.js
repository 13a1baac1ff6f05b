// The map of a gemeente or of the country: one stop of Tab, with arrow keys from an area to the one beside it, and
// another figure and another year to choose. Without JavaScript the map stands as it was drawn.

import { jsonOf, make } from "./dom.js";

const SHAPES = ":scope > a, :scope > g[data-code]";
const SIDES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// "x 1.000 euro" keeps its x.
function capital(text) {
  return text.startsWith("x ") ? text : text.charAt(0).toUpperCase() + text.slice(1);
}

class Kaart {
  constructor(figure) {
    this.figure = figure;
    this.svg = figure.querySelector("svg.vb-kaart");
    this.whole = figure.dataset.plaats;
    this.niveau = figure.dataset.kaart.endsWith("nl00.json") ? "gemeente" : "buurt";
    this.plural = this.niveau === "buurt" ? "buurten" : "gemeenten";
    this.button = figure.querySelector("button[data-kiezen]");
    this.button.hidden = false;
    this.button.addEventListener("click", () => this.open());
  }

  async open() {
    this.button.disabled = true;
    this.address = new URL(this.figure.dataset.kaart, document.baseURI);
    const words = new URL("indicatoren.json", this.address);
    try {
      [this.data, this.words] = await Promise.all([jsonOf(this.address), jsonOf(words)]);
    } catch (error) {
      this.button.disabled = false;
      this.button.after(make("span", { role: "alert" }, " Kiezen lukt nu niet. De kaart blijft zoals zij is."));
      console.error(error);
      return;
    }
    this.build();
    this.indicator.focus();
  }

  build() {
    const [indicator, periode] = this.figure.dataset.keuze.split(" ");
    const id = this.figure.id;
    this.indicator = make("select", { id: `${id}-cijfer` });
    for (const name of Object.keys(this.data.reeksen)) {
      this.indicator.append(new Option(this.words.indicatoren[name].titel, name, false, name === indicator));
    }
    this.periode = make("select", { id: `${id}-jaar` });
    this.status = make("p", { role: "status", class: "vb-onzichtbaar" });
    this.offerYears(periode);
    this.indicator.addEventListener("change", () => {
      this.offerYears(this.periode.value);
      this.show();
    });
    this.periode.addEventListener("change", () => this.show());
    this.button.parentElement.replaceWith(
      make(
        "div",
        { class: "vb-kaart__keuze vb-niet-printen" },
        make("label", { for: this.indicator.id }, "Cijfer"),
        this.indicator,
        make("label", { for: this.periode.id }, "Jaar"),
        this.periode,
        this.status,
      ),
    );
  }

  // The same year where the other figure has it, else its newest.
  offerYears(wanted) {
    const years = Object.keys(this.data.reeksen[this.indicator.value]).sort().reverse();
    const chosen = years.includes(wanted) ? wanted : years[0];
    this.periode.replaceChildren(...years.map((year) => new Option(year, year, false, year === chosen)));
  }

  show() {
    const words = this.words.indicatoren[this.indicator.value];
    const cells = this.data.reeksen[this.indicator.value][this.periode.value];
    const found = new Map(this.data.gebieden.map(([code, name], i) => [code, { name, cell: cells[i] }]));
    const areas = [];
    for (const shape of this.svg.querySelectorAll(SHAPES)) {
      const area = found.get(codeOf(shape));
      if (!area) throw new Error(`${codeOf(shape)} is not in ${this.figure.dataset.kaart}`);
      this.colour(shape, area, words);
      areas.push(area);
    }
    this.retitle(words);
    this.explain(words, areas);
  }

  colour(shape, { name, cell }, words) {
    const path = shape.querySelector("path");
    const [css, told] = this.meaning(cell, words);
    const hatch = this.svg.querySelector(`pattern.${css}`);
    shape.setAttribute("class", css);
    if (hatch) path.setAttribute("fill", `url(#${hatch.id})`);
    else path.removeAttribute("fill");
    shape.querySelector("title").textContent = `${name}: ${told}`;
  }

  // The class of a cell, and what it says.
  meaning(cell, words) {
    const [doubtful, unsure] = this.words.onzeker;
    if (cell === doubtful) return ["vb-onzeker", unsure];
    const reason = this.why(words)[cell];
    if (reason) return ["vb-leeg", reason];
    const [colour, range] = words.klassen[this.niveau][cell];
    return [`vb-k${colour}`, `${range}${words.eenheid.startsWith("%") ? "" : " "}${words.eenheid}`];
  }

  // Why there is no figure, by cell; an indicator may have a reason of its own.
  why(words) {
    return { ...this.words.leeg, ...words.leeg };
  }

  retitle(words) {
    const title = `${words.titel} per ${this.niveau} in ${this.whole}, ${this.periode.value}`;
    this.figure.querySelector(".vb-figuur__titel").textContent = title;
    this.svg.setAttribute("aria-label", `Kaart: ${title}`);
    this.figure.querySelector(".vb-bron").textContent = `${words.bron} Grenzen: CBS en Kadaster.`;
    this.lead(words.titel);
    this.status.textContent = `De kaart toont nu: ${title}.`;
  }

  // What may be taken along is of the map that came with the page; of another figure it is on the page of that.
  lead(title) {
    this.led ??= { drawn: this.figure.dataset.keuze, taken: this.figure.querySelector(".vb-meenemen") };
    this.led.link?.remove();
    const { drawn, taken } = this.led;
    const own = drawn === `${this.indicator.value} ${this.periode.value}`;
    if (taken) taken.hidden = !own;
    if (own) return;
    const page = new URL(`../../indicator/${this.indicator.value.replaceAll("_", "-")}/`, this.address);
    this.led.link = make("p", {}, "Citeren of bewaren: ", make("a", { href: page.href }, title), ".");
    this.figure.append(this.led.link);
  }

  // As legend.py says it of the map that came with the page.
  explain(words, areas) {
    const classes = areas.map((area) => this.meaning(area.cell, words)[0]);
    const count = (css) => classes.filter((one) => one === css).length;
    const entries = words.klassen[this.niveau].map(([colour, range]) => [`vb-k${colour}`, range]);
    if (count("vb-onzeker")) entries.push(["vb-onzeker", "te onzeker"]);
    if (count("vb-leeg")) entries.push(["vb-leeg", "geen cijfer"]);
    const legend = entries.map(([css, text]) =>
      make("li", {}, make("span", { class: `vb-staal ${css}` }), `${text} (${count(css)})`),
    );
    const parts = [
      make("p", { class: "vb-klein" }, `${capital(words.eenheid)} (aantal ${this.plural}):`),
      make("ul", { class: "vb-legenda" }, ...legend),
    ];
    if (count("vb-onzeker")) parts.push(make("p", { class: "vb-klein" }, this.words.onzeker[2]));
    const why = this.why(words);
    const without = areas.filter((area) => why[area.cell]);
    if (without.length) parts.push(make("p", { class: "vb-klein" }, `Zonder cijfer (gearceerd): ${this.reasons(words, without)}.`));
    this.figure.querySelector(".vb-kaart__uitleg").replaceChildren(...parts);
  }

  // Which areas have no figure and why.
  reasons(words, areas) {
    const named = areas.length <= 12;
    const parts = Object.entries(this.why(words)).map(([cell, reason]) => {
      const names = areas.filter((area) => area.cell === cell).map((area) => area.name);
      if (!names.length) return "";
      names.sort((a, b) => a.localeCompare(b, "nl"));
      const count = `${names.length} ${names.length === 1 ? this.niveau : this.plural}`;
      return `${reason} (${named ? names.join(", ") : count})`;
    });
    return parts.filter(Boolean).join("; ");
  }
}

// The areas as one stop of Tab. An arrow leads to the nearest area on that side; Home and End to the first and the
// last of the alphabet. What has the focus or the pointer is written below the map as well.
function steer(svg) {
  const links = [...svg.querySelectorAll(":scope > a")];
  if (!links.length) return;
  const told = svg.parentElement.querySelector(".vb-kaart__nu");
  let current = null;
  // Not before somebody is there: five hundred links would be styled once more while the page is read.
  const enter = (link) => {
    if (current) current.tabIndex = -1;
    else links.forEach((one) => (one.tabIndex = -1));
    current = link;
    current.tabIndex = 0;
  };
  const tell = ({ target }) => {
    told.textContent = target.closest("svg.vb-kaart > :is(a, g)")?.querySelector("title")?.textContent ?? "";
  };
  // On the figure: Chromium takes a drawing that listens to the focus for a stop of Tab.
  const figure = svg.parentElement;
  svg.addEventListener("pointerover", tell);
  figure.addEventListener("focusin", (event) => {
    if (links.includes(event.target)) enter(event.target);
    tell(event);
  });
  figure.addEventListener("keydown", (event) => {
    if (event.target !== current) return;
    const next = { Home: links[0], End: links.at(-1) }[event.key] ?? beside(current, links, SIDES[event.key]);
    if (!next || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    next.focus();
  });
}

// The nearest on a side; what lies straight ahead goes before what lies askew.
function beside(from, links, side) {
  if (!side) return null;
  const middle = (link) => {
    const box = link.getBBox();
    return [box.x + box.width / 2, box.y + box.height / 2];
  };
  const [x, y] = middle(from);
  let [nearest, least] = [null, Infinity];
  for (const link of links) {
    const [dx, dy] = middle(link).map((value, i) => value - [x, y][i]);
    const ahead = dx * side[0] + dy * side[1];
    const askew = Math.abs(dx * side[1]) + Math.abs(dy * side[0]);
    if (link !== from && ahead > 0 && askew <= 2 * ahead && ahead + 2 * askew < least) {
      [nearest, least] = [link, ahead + 2 * askew];
    }
  }
  return nearest;
}

function codeOf(shape) {
  return shape.dataset.code ?? shape.getAttribute("href").split("/").at(-2);
}

for (const figure of document.querySelectorAll("figure[data-kaart]")) {
  new Kaart(figure);
  steer(figure.querySelector("svg.vb-kaart"));
}
