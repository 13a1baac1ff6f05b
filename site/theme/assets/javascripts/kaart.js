// The map of a gemeente or of the country, on which another figure and another year can be chosen.
// Without JavaScript the map stands as it was drawn.

import { jsonOf, make } from "./dom.js";

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
    this.button = figure.querySelector("button[data-kiezen]");
    this.button.hidden = false;
    this.button.addEventListener("click", () => this.open());
  }

  async open() {
    this.button.disabled = true;
    const address = new URL(this.figure.dataset.kaart, document.baseURI);
    try {
      [this.data, this.words] = await Promise.all([jsonOf(address), jsonOf(new URL("indicatoren.json", address))]);
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
    const without = [];
    for (const shape of this.svg.querySelectorAll(":scope > a, :scope > g")) {
      const area = found.get(codeOf(shape));
      if (!area) throw new Error(`${codeOf(shape)} is not in ${this.figure.dataset.kaart}`);
      if (!this.colour(shape, area, words)) without.push(area);
    }
    this.retitle(words);
    this.explain(words, without);
  }

  // Whether the area has a figure.
  colour(shape, { name, cell }, words) {
    const path = shape.querySelector("path");
    const title = shape.querySelector("title");
    const reason = this.why(words)[cell];
    if (reason) {
      shape.setAttribute("class", "vb-leeg");
      path.setAttribute("fill", `url(#${this.svg.querySelector("pattern").id})`);
      title.textContent = `${name}: ${reason}`;
    } else {
      const [colour, range] = words.klassen[this.niveau][cell];
      shape.setAttribute("class", `vb-k${colour}`);
      path.removeAttribute("fill");
      title.textContent = `${name}: ${range} ${words.eenheid}`;
    }
    return !reason;
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
    this.status.textContent = `De kaart toont nu: ${title}.`;
  }

  explain(words, without) {
    const entries = words.klassen[this.niveau].map(([colour, range]) => [`vb-k${colour}`, range]);
    if (without.length) entries.push(["vb-leeg", "geen cijfer"]);
    const legend = entries.map(([css, text]) => make("li", {}, make("span", { class: `vb-staal ${css}` }), text));
    const parts = [
      make("p", { class: "vb-klein" }, `${capital(words.eenheid)}:`),
      make("ul", { class: "vb-legenda" }, ...legend),
    ];
    if (without.length) parts.push(make("p", { class: "vb-klein" }, `Zonder cijfer (gearceerd): ${this.reasons(words, without)}.`));
    this.figure.querySelector(".vb-kaart__uitleg").replaceChildren(...parts);
  }

  // Which areas have no figure and why; as legend.py says it of the map that came with the page.
  reasons(words, areas) {
    const named = areas.length <= 12;
    const plural = this.niveau === "buurt" ? "buurten" : "gemeenten";
    const parts = Object.entries(this.why(words)).map(([cell, reason]) => {
      const names = areas.filter((area) => area.cell === cell).map((area) => area.name);
      if (!names.length) return "";
      names.sort((a, b) => a.localeCompare(b, "nl"));
      const count = `${names.length} ${names.length === 1 ? this.niveau : plural}`;
      return `${reason} (${named ? names.join(", ") : count})`;
    });
    return parts.filter(Boolean).join("; ");
  }
}

function codeOf(shape) {
  return shape.dataset.code ?? shape.getAttribute("href").split("/").at(-2);
}

for (const figure of document.querySelectorAll("figure[data-kaart]")) new Kaart(figure);
