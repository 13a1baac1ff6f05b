// Two to four areas side by side, or any number as one. The choice is the address of the page:
// /vergelijk/?gebied=..&gebied=.. and then &samen=1&naam=.. . Nothing is sorted by a figure or coloured by it.

import { make, makeScrollersReachable } from "./dom.js";

const MOST = 4;
const MOST_AS_ONE = 500; // an address has an end
const CODE = /^(nl00|gm\d{4}|wk\d{4}[0-9a-z]{2}|bu\d{4}[0-9a-z]{4})$/;

class Vergelijking {
  constructor(root) {
    this.root = root;
    this.data = new URL(root.dataset.cijfers, document.baseURI);
    this.site = new URL(root.dataset.site, document.baseURI);
    this.list = root.querySelector(".vb-vergelijk__keuze");
    this.status = root.querySelector(".vb-vergelijk__stand");
    this.tables = root.querySelector(".vb-vergelijk__tabellen");
    this.controls = make("div", { class: "vb-vergelijk__samen" });
    this.status.after(this.controls);
    this.title = document.title;
    this.files = new Map();
    root.querySelector(".vb-vergelijk__zonder").hidden = true;
    root.querySelector(".vb-zoeker").addEventListener("vb-gekozen", (event) => {
      event.preventDefault();
      this.add(event.detail.code);
    });
    addEventListener("popstate", () => this.show());
    this.show();
  }

  get asOne() {
    return new URLSearchParams(location.search).get("samen") === "1";
  }

  get name() {
    return new URLSearchParams(location.search).get("naam")?.slice(0, 60) || "Eigen gebied";
  }

  get codes() {
    const asked = new URLSearchParams(location.search).getAll("gebied").flatMap((codes) => codes.toLowerCase().split(","));
    return [...new Set(asked)].filter((code) => CODE.test(code)).slice(0, this.asOne ? MOST_AS_ONE : MOST);
  }

  choose(codes, said, { asOne = this.asOne, name = this.name } = {}) {
    const address = new URL(location.href);
    const kept = asOne ? [["samen", "1"], ["naam", name]] : [];
    address.search = new URLSearchParams([...codes.map((code) => ["gebied", code]), ...kept]).toString();
    history.pushState(null, "", address);
    return this.show(said);
  }

  add(code) {
    const codes = this.codes;
    if (codes.includes(code)) this.status.textContent = "Dit gebied staat er al.";
    else if (codes.length >= MOST && !this.asOne) this.status.textContent = `Er passen ${MOST} gebieden naast elkaar. Haal er eerst een weg, of tel ze op.`;
    else this.choose([...codes, code]);
  }

  remove(code, name) {
    this.choose(this.codes.filter((other) => other !== code), `${name} is weggehaald.`);
    this.root.querySelector("input[role=combobox]")?.focus();
  }

  read(name) {
    if (!this.files.has(name)) {
      const file = fetch(new URL(`${name}.json`, this.data)).then((answer) => {
        if (answer.status === 404) return null; // a code in the address that this site does not know
        if (!answer.ok) throw new Error(`${answer.status} ${answer.url}`);
        return answer.json();
      });
      file.catch(() => this.files.delete(name)); // the next choice tries again
      this.files.set(name, file);
    }
    return this.files.get(name);
  }

  async area(code) {
    const file = await this.read(code === "nl00" ? code : `gm${code.slice(2, 6)}`);
    const found = file?.gebieden[code];
    return found ? { code, name: found[0], niveau: found[1], figures: found[2], denominators: found[3] } : { code };
  }

  async show(said = "") {
    const codes = this.codes;
    let words, areas;
    try {
      [words, ...areas] = await Promise.all([this.read("indicatoren"), ...codes.map((code) => this.area(code))]);
    } catch (error) {
      this.status.textContent = "De cijfers zijn nu niet te lezen. Probeer het later nog eens.";
      console.error(error);
      return;
    }
    if (codes.join() !== this.codes.join()) return; // chosen on while the figures came in
    const known = areas.filter((area) => area.name);
    const unknown = areas.filter((area) => !area.name).map((area) => area.code.toUpperCase());
    this.list.replaceChildren(...known.map((area) => this.chosen(area)));
    const { columns, told } = await this.arrange(known, words);
    if (codes.join() !== this.codes.join()) return;
    const named = { ...words, ...told };
    this.tables.replaceChildren(...(columns.length ? words.tabellen.map((table) => this.table(table, named, columns)) : []));
    const title = this.asOne ? columns.slice(0, 1) : columns;
    document.title = columns.length > 1 ? `${title.map((area) => area.name).join(" en ")} - ${this.title}` : this.title;
    this.status.textContent = [said, ...this.inWords(known, unknown)].filter(Boolean).join(" ");
    makeScrollersReachable(this.tables.querySelectorAll(".vb-tabel"));
  }

  // The columns of the tables: the areas themselves, or their sum beside what it lies in.
  async arrange(known, words) {
    if (known.length < 2) {
      this.controls.replaceChildren();
      return { columns: known };
    }
    const group = await import("./groep.js");
    const twice = this.asOne ? group.doubled(known) : null;
    const sum = this.asOne && !twice ? group.together(this.name, known, words, figureOf) : null;
    const parts = group.controls({
      asOne: this.asOne,
      name: this.name,
      change: (changed) => this.choose(this.codes, "", changed),
      save: () => sum && group.saveSum(sum, known, words),
    });
    this.controls.replaceChildren(...parts);
    if (twice) {
      this.controls.append(make("p", {}, `${twice[0].name} ligt in ${twice[1].name}. Samen tellen ze mensen dubbel. Haal een van de twee weg.`));
      return { columns: [] };
    }
    if (!sum) return { columns: known };
    const around = await Promise.all(group.beside(known).map((code) => this.area(code)));
    return { columns: [sum, ...around.filter((area) => area.name)], told: group.withReasons(words) };
  }

  inWords(known, unknown) {
    const words = unknown.map((code) => `Het gebied ${code} staat niet op deze site.`);
    if (known.length === 0) words.push("Er is nog geen gebied gekozen.");
    else if (known.length === 1) words.push(`${known[0].name} is gekozen. Voeg nog een gebied toe om te vergelijken.`);
    else if (this.asOne) words.push(`${known.length} gebieden zijn opgeteld. Het adres van deze pagina bewaart de keuze en de naam.`);
    else words.push(`${known.length} gebieden staan naast elkaar. Het adres van deze pagina bewaart de keuze.`);
    return words;
  }

  chosen({ code, name, niveau }) {
    const button = make("button", { type: "button" }, "Haal weg");
    button.setAttribute("aria-label", `Haal ${name} weg`);
    button.addEventListener("click", () => this.remove(code, name));
    const kind = niveau === "land" ? "" : ` (${niveau})`;
    return make("li", {}, make("a", { href: new URL(`gebied/${code}/`, this.site) }, name), kind, " ", button);
  }

  table({ titel, uitleg, rijen }, words, areas) {
    const shown = rijen.filter((name) => areas.some((area) => figureOf(area, name, words)));
    if (!shown.length) {
      return make("section", {}, make("h2", {}, titel), make("p", {}, "Voor deze gebieden staan hier geen cijfers."));
    }
    const silent = silentOf(shown, words, areas);
    const without = [...silent].map(([reason, names]) => make("p", { class: "vb-klein" }, `Geen cijfer, ${reason}: ${names.map((name) => words.indicatoren[name].titel).join("; ")}.`));
    const told = shown.filter((name) => ![...silent.values()].flat().includes(name));
    if (!told.length) return make("section", {}, make("h2", {}, titel), ...without);
    const head = make("tr", {}, make("th", { scope: "col" }, "Cijfer"), ...areas.map((area) => make("th", { scope: "col" }, area.name)));
    const body = told.map((name) => this.row(name, words, areas));
    const table = make("table", { class: "vb-naast" }, make("thead", {}, head), make("tbody", {}, ...body));
    return make("section", {}, make("h2", {}, titel), make("p", {}, uitleg), make("div", { class: "vb-tabel", "aria-label": titel }, table), ...without);
  }

  row(name, words, areas) {
    const described = words.indicatoren[name];
    const figures = areas.map((area) => figureOf(area, name, words));
    const years = new Set(figures.filter((figure) => figure?.value !== undefined).map((figure) => figure.year));
    const heading = make("th", { scope: "row" }, make("a", { href: new URL(described.pagina, this.site) }, described.titel));
    heading.append(make("span", { class: "vb-naast__bij" }, described.eenheid));
    if (years.size > 1) heading.append(make("span", { class: "vb-naast__bij" }, "Let op: verschillende jaren."));
    return make("tr", {}, heading, ...figures.map((figure) => cell(figure, words.afwezig[name])));
  }
}

// [letter of the status, when not ok, and a p behind it where the count alone is provisional; year, count, value, low, high, decimals when unusual] as a figure with names.
function figureOf(area, name, words) {
  const row = area.figures[words.volgorde.indexOf(name)];
  if (!row) return null;
  const letter = typeof row[0] === "string" ? row[0] : null; // a year is a number
  const [year, count, value, low, high, decimals = words.indicatoren[name].decimalen] = (letter ? row.slice(1) : row).map((part) => part ?? undefined);
  return { year, count, value, low, high, decimals, status: letter && words.status[letter[0]], open: letter?.length > 1 && words.status.p };
}

// Reason → figures that no area has for that one reason: a sentence says it, not row after row of nothing.
function silentOf(names, words, areas) {
  const silent = new Map();
  for (const name of names) {
    const figures = areas.map((area) => figureOf(area, name, words));
    if (figures.some((figure) => figure && (figure.value !== undefined || figure.count !== undefined))) continue;
    const [reason, ...others] = new Set(figures.map((figure) => (figure ? figure.status : words.afwezig[name])));
    if (!others.length) silent.set(reason, [...(silent.get(reason) ?? []), name]);
  }
  return silent;
}

function cell(figure, absent) {
  if (!figure) return make("td", { class: "vb-leeg" }, absent);
  const { year, count, value, low, high, decimals, status, open } = figure;
  const beside = [];
  if (count !== undefined) beside.push(`aantal ${inDutch(count, 0)}${open ? ` (${open})` : ""}`);
  if (low !== undefined && high !== undefined) beside.push(`marge ${inDutch(low, decimals)}–${inDutch(high, decimals)}`);
  beside.push(String(year));
  if (value !== undefined && status) beside.push(status);
  const main = value === undefined ? status : inDutch(value, decimals);
  const under = beside.flatMap((text, i) => (i ? [make("br"), text] : [text]));
  return make("td", value === undefined ? { class: "vb-leeg" } : {}, make("b", {}, main), make("span", { class: "vb-naast__bij" }, ...under));
}

function inDutch(number, decimals) {
  return number.toLocaleString("nl-NL", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

for (const root of document.querySelectorAll(".vb-vergelijk")) new Vergelijking(root);
