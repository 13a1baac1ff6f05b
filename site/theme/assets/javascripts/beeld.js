// What the pages can do more with JavaScript: live charts, saving, the finder, a menu for the keyboard.
// Without it every page keeps its words, numbers, tables and links.
// Data never become HTML: text is set as text, elements are made one by one.

const SVG = "http://www.w3.org/2000/svg";

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

async function jsonOf(address) {
  const answer = await fetch(new URL(address, document.baseURI));
  if (!answer.ok) throw new Error(`${answer.status} ${answer.url}`);
  return answer.json();
}

// ---- the rows of the page ---------------------------------------------------------------------

const page = readPage();

// An area page has one store of rows for all its figures; on a written page each figure brings its own.
function readPage() {
  const source = document.getElementById("vb-data");
  const found = source ? JSON.parse(source.textContent) : { reeksen: {}, bron: {}, gebied: {} };
  for (const script of document.querySelectorAll("script.vb-rijen")) {
    Object.assign(found.reeksen, JSON.parse(script.textContent).reeksen);
  }
  return found;
}

function indicatorsOf(figure) {
  return (figure.dataset.reeks ?? "").split(" ").filter((name) => name in page.reeksen);
}

// A row stands on the page as an object, or, where bytes count, as the values of `kolommen`. What rows share
// stands once: per indicator in `bron`, for all of them in `gebied`.
function rowsOf(figure) {
  return indicatorsOf(figure).flatMap((indicator) =>
    page.reeksen[indicator].map((row) => ({
      ...page.gebied,
      ...page.bron?.[indicator],
      indicator,
      ...(Array.isArray(row) ? withNames(row) : row),
    })),
  );
}

function withNames(row) {
  const named = row.map((value, index) => [page.kolommen[index], value]);
  return Object.fromEntries(named.filter(([, value]) => value !== null));
}

// ---- live charts ------------------------------------------------------------------------------

const views = new WeakMap(); // figure -> Vega view, once drawn

async function drawChart(figure) {
  const canvas = figure.querySelector(".vb-doek");
  const bundle = figure.dataset.vega ?? document.querySelector('meta[name="vb-vega"]')?.content;
  if (!canvas || !bundle) return;
  const rows = figure.dataset.grafiek === "spine" ? await placeAmong(figure) : rowsOf(figure);
  if (!rows.length) return;
  const [{ vegaEmbed }, spec] = await Promise.all([
    import(new URL(bundle, document.baseURI)),
    jsonOf(figure.dataset.spec),
  ]);
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
  showButtons(figure, "svg", "png");
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

function watchCharts() {
  const figures = document.querySelectorAll("figure[data-grafiek]");
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        watcher.unobserve(target);
        drawChart(target).catch((error) => {
          target.querySelector(".vb-doek").hidden = true; // the table below has the same figures
          if (target.dataset.grafiek === "spine") unframe(target);
          console.error("De grafiek is niet getekend:", error);
        });
      }
    },
    { rootMargin: "200px" },
  );
  figures.forEach((figure) => watcher.observe(figure));
}

// ---- where an area stands among those of its gemeente -----------------------------------------

// The table of circumstances is on the page; the chart above it is made here, from one file a gemeente.
function addSpine() {
  const { gebied_code: code, gebied_naam: name, gebied_niveau: level } = page.gebied;
  const table = document.querySelector("#omstandigheden + p + .vb-tabel");
  if (!table || !["wijk", "buurt"].includes(level)) return;
  const title = make("span", { class: "vb-figuur__titel" });
  const caption = make("figcaption", { class: "vb-niet-printen", hidden: "" }, title, " ", make("span"));
  const buttons = ["svg", "png"].map((kind) =>
    make("button", { type: "button", "data-opslaan": kind, hidden: "" }, `Bewaar ${kind.toUpperCase()}`),
  );
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
  figure.append(make("p", { class: "vb-knoppen vb-niet-printen" }, ...buttons));
}

function unframe(figure) {
  figure.classList.remove("vb-figuur");
  figure.querySelector("figcaption").hidden = true;
}

// The rows of this area; pipeline/site/circumstances.py says how the file of its gemeente is made.
async function placeAmong(figure) {
  const { gebied: code, naam: name, niveau: level } = figure.dataset;
  const file = await jsonOf(`../../assets/omstandigheden/gm${code.slice(2, 6)}.json`);
  const places = file.gebieden[code] ?? [];
  const rows = [];
  for (let at = 0; at < places.length; at += 2) {
    const [kind, laagste, kwart, midden, driekwart, hoogste, referentie] = file.verdelingen[places[at]];
    const [label, eenheid] = file.soorten[kind];
    rows.push({ label, eenheid, waarde: places[at + 1], laagste, kwart, midden, driekwart, hoogste, referentie });
  }
  if (!rows.length) return rows;
  const plural = level === "wijk" ? "wijken" : "buurten";
  const caption = figure.querySelector("figcaption");
  caption.hidden = false;
  figure.classList.add("vb-figuur");
  caption.firstChild.textContent = `${name} tussen de ${plural} van ${file.naam}`;
  caption.lastChild.textContent =
    `De stip is deze ${level}. De ruit is heel ${file.naam}. ` +
    `Het grijze vlak is de middelste helft van de ${plural}, het streepje de middelste ${level}.`;
  figure.dataset.spec = `../../${file.spec}`;
  figure.dataset.omschrijving = `${caption.textContent} De tabel hieronder heeft de cijfers van ${name} en van ${file.naam}.`;
  return rows;
}

// ---- saving -----------------------------------------------------------------------------------

const CSV_COLUMNS = [
  "gebied_code", "gebied_naam", "gebied_niveau", "indeling_jaar", "indicator", "periode", "teller", "noemer",
  "waarde", "onder", "boven", "eenheid", "status", "breuk", "bron", "vintage", "voorbehoud",
];

function csvCell(value) {
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
  const family = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
  const title = wrap(textOf(figure, ".vb-figuur__titel") || textOf(figure, "figcaption"), width, `600 17px ${family}`);
  const source = wrap(textOf(figure, ".vb-bron"), width, `12px ${family}`);
  const margin = 16;
  const top = margin + title.length * 23 + 8;
  const full = { width: width + 2 * margin, height: top + height + 12 + source.length * 17 + margin };
  const picture = svgElement("svg", {
    xmlns: SVG, ...full, viewBox: `0 0 ${full.width} ${full.height}`, color: "#1a2530", "font-family": family,
  });
  picture.append(svgElement("rect", { ...full, fill: "#ffffff" }));
  title.forEach((line, i) => picture.append(svgText(line, margin, margin + 17 + i * 23, 17, 600)));
  chart.setAttribute("x", margin);
  chart.setAttribute("y", top);
  picture.append(document.importNode(chart, true));
  source.forEach((line, i) => picture.append(svgText(line, margin, top + height + 24 + i * 17, 12, 400)));
  return { ...full, text: new XMLSerializer().serializeToString(picture) };
}

function textOf(figure, selector) {
  return figure.querySelector(selector)?.textContent ?? "";
}

function svgElement(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

function svgText(line, x, y, size, weight) {
  const element = svgElement("text", { x, y, fill: "#1a2530", "font-size": size, "font-weight": weight });
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

async function save(button) {
  const figure = button.closest("figure");
  const kind = button.dataset.opslaan;
  const place = page.gebied?.gebied_code?.toLowerCase();
  const name = ["veiligheidsbeeld", place, ...indicatorsOf(figure)].filter(Boolean).join("-");
  const address = URL.createObjectURL(await SAVERS[kind](figure));
  make("a", { href: address, download: `${name}.${kind}` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

function showButtons(figure, ...kinds) {
  for (const button of figure.querySelectorAll("button[data-opslaan]")) {
    if (kinds.includes(button.dataset.opslaan)) button.hidden = false;
  }
}

function enableSaving() {
  for (const figure of document.querySelectorAll("figure:is(.vb-figuur, [data-grafiek])")) {
    if (indicatorsOf(figure).length) showButtons(figure, "csv");
    for (const button of figure.querySelectorAll("button[data-opslaan]")) {
      button.addEventListener("click", () => save(button));
    }
  }
}

// ---- the finder: an editable combobox with list autocomplete (WAI-ARIA APG) -------------------

const SHOWN = 10;
const LEVELS = ["land", "gemeente", "wijk", "buurt"];
const CODE_LETTERS = { land: "NL", gemeente: "GM", wijk: "WK", buurt: "BU" };
const FORGIVEN_FROM = 4; // letters: a slip in a shorter word could be any word
const ALPHABET = new Intl.Collator("nl");

function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

// The index is a tree in which codes follow from the place (pipeline/site/search.py says how).
function areasOf(index) {
  const areas = [];
  let around = ""; // the gemeente, as it is searched
  const add = (level, number, name, gemeente, wijk) => {
    if (name === null) return;
    const [code, words] = [CODE_LETTERS[level] + number, plain(name)];
    const full = gemeente ? `${words} ${around}` : words;
    areas.push({ level, code, name, gemeente, wijk, plain: words, plainCode: code.toLowerCase(), full });
  };
  if (index.land) add("land", "00", index.land);
  for (const [gemeenteNumber, gemeente, ...wijken] of index.gemeenten) {
    around = plain(gemeente ?? "");
    add("gemeente", gemeenteNumber, gemeente);
    for (const [wijkNumber, wijk, ...buurten] of wijken) {
      add("wijk", gemeenteNumber + wijkNumber, wijk, gemeente);
      let last = "-1";
      for (const buurt of buurten) {
        const [number, name] = Array.isArray(buurt) ? buurt : [String(Number(last) + 1).padStart(2, "0"), buurt];
        add("buurt", gemeenteNumber + wijkNumber + number, name, gemeente, wijk);
        last = number;
      }
    }
  }
  return areas;
}

// 0 is the best match; null is none.
function rank(area, query, words) {
  const name = area.plain;
  if (name === query || area.plainCode === query) return 0;
  if (area.postcode === query) return 1;
  if (name.startsWith(query)) return 2;
  if (name.includes(` ${query}`)) return 3;
  if (query.length > 2 && (name.includes(query) || area.plainCode.startsWith(query))) return 4;
  if (/^\d{2,}$/.test(query) && area.postcode?.startsWith(query)) return 5;
  if (words.length > 1 && startsWords(area, words)) return 6;
  return null;
}

// "breda centrum", "centrum bre": every word starts a word of the name or the gemeente, one at least of the name.
function startsWords(area, words) {
  return words.every((word) => ` ${area.full}`.includes(` ${word}`)) && words.some((word) => ` ${area.plain}`.includes(` ${word}`));
}

// What somebody meant who hit, missed, doubled or swapped one key. Only asked when nothing fits as it was typed.
function rankForgiving(area, query, words) {
  if (query.length >= FORGIVEN_FROM && startsWithSlip(area.plain, query)) return 7;
  const wrong = words.filter((word) => !` ${area.full}`.includes(` ${word}`));
  if (wrong.length !== 1 || wrong[0].length < FORGIVEN_FROM) return null;
  const startsOne = (name, word) => name.split(" ").some((part) => part.startsWith(word) || startsWithSlip(part, word));
  return startsOne(area.full, wrong[0]) && words.some((word) => startsOne(area.plain, word)) ? 8 : null;
}

// Whether `text` starts with `typed`, give or take one letter more, less, other or swapped.
function startsWithSlip(text, typed) {
  let at = 0;
  while (at < typed.length && text[at] === typed[at]) at += 1;
  if (at === typed.length) return true;
  const rest = typed.slice(at + 1);
  return (
    text.startsWith(rest, at + 1) || // another letter
    text.startsWith(rest, at) || // one too many
    text.startsWith(typed.slice(at), at + 1) || // one too few
    (typed[at] === text[at + 1] && typed[at + 1] === text[at] && text.startsWith(typed.slice(at + 2), at + 2))
  );
}

// Areas that fit, the most exact first, then the largest, then by name; `forgiven`: nothing fitted as typed.
function search(areas, text) {
  const query = plain(text);
  if (!query) return { found: [], forgiven: false };
  const words = query.split(" ");
  const ranked = (judge) =>
    areas.map((area) => ({ area, rank: judge(area, query, words) })).filter((one) => one.rank !== null);
  let found = ranked(rank);
  const forgiven = found.length === 0;
  if (forgiven) found = ranked(rankForgiving);
  found.sort(
    (a, b) =>
      a.rank - b.rank ||
      LEVELS.indexOf(a.area.level) - LEVELS.indexOf(b.area.level) ||
      ALPHABET.compare(a.area.name, b.area.name) ||
      ALPHABET.compare(a.area.gemeente ?? "", b.area.gemeente ?? "") ||
      (a.area.code < b.area.code ? -1 : 1),
  );
  return { found: found.map((one) => one.area), forgiven };
}

class Finder {
  constructor(root, number) {
    this.root = root;
    this.id = `vb-zoeker-${number}`;
    this.active = -1;
    this.found = [];
    this.base = new URL(root.dataset.basis ?? "gebied/", document.baseURI);
    this.build();
  }

  build() {
    const label = this.root.dataset.label ?? "Zoek een buurt, wijk of postcode";
    this.input = make("input", {
      type: "text", id: this.id, role: "combobox", class: "vb-zoeker__veld",
      "aria-expanded": "false", "aria-controls": `${this.id}-lijst`, "aria-autocomplete": "list",
      autocomplete: "off", autocapitalize: "off", spellcheck: "false",
    });
    this.list = make("ul", { id: `${this.id}-lijst`, role: "listbox", class: "vb-zoeker__lijst", "aria-label": "Gevonden gebieden", hidden: "" });
    this.status = make("p", { role: "status", class: "vb-zoeker__stand" });
    const field = make("div", { class: "vb-zoeker__vak" }, this.input, this.list);
    this.root.prepend(make("label", { for: this.id, class: "vb-zoeker__vraag" }, label), field, this.status);
    this.root.classList.add("vb-zoeker--klaar");
    this.input.addEventListener("focus", () => this.load().catch(() => {}), { once: true }); // update() tells
    this.input.addEventListener("input", () => this.update());
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // keep the focus in the field
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.go(this.found[[...this.list.children].indexOf(option)]);
    });
  }

  async load() {
    this.index ??= jsonOf(this.root.dataset.index).then((index) => ({ areas: areasOf(index), postcodes: index.postcodes }));
    return this.index;
  }

  // The postcodes come when somebody types a digit; most people type a name.
  async loadPostcodes() {
    const { areas, postcodes } = await this.load();
    const file = new URL(postcodes, new URL(this.root.dataset.index, document.baseURI));
    this.postcodes ??= jsonOf(file).then((list) => {
      areas.filter((area) => area.level === "buurt").forEach((area, index) => (area.postcode = list[index]));
    });
    return this.postcodes;
  }

  async update() {
    const text = this.input.value;
    let areas;
    try {
      ({ areas } = await this.load());
      if (/\d/.test(text)) await this.loadPostcodes();
    } catch (error) {
      this.index = this.postcodes = undefined; // the next letter tries again
      this.status.textContent = "Zoeken lukt nu niet. Gebruik de lijst van gebieden.";
      console.error(error);
      return;
    }
    if (text !== this.input.value) return; // somebody typed on while the list came in
    const { found, forgiven } = search(areas, text);
    this.found = found.slice(0, SHOWN);
    this.active = -1;
    const options = this.found.map((area, index) => this.option(area, index));
    this.list.replaceChildren(...options);
    this.show(this.found.length > 0);
    this.status.textContent = plain(text) ? this.inWords(found.length, forgiven) : "";
  }

  inWords(count, forgiven) {
    if (count === 0) return "Geen gebied gevonden.";
    const many = count === 1 ? "1 gebied" : `${count} gebieden`;
    const said = forgiven ? `Geen gebied met precies deze naam. ${many} ${count === 1 ? "lijkt" : "lijken"} erop` : `${many} gevonden`;
    if (count <= SHOWN) return `${said}.`;
    return `${said}. De eerste ${SHOWN} staan in de lijst. Typ de gemeente erbij om minder te zien.`;
  }

  option(area, index) {
    return make(
      "li",
      { role: "option", id: `${this.id}-${index}`, "aria-selected": "false" },
      make("span", { class: "vb-zoeker__naam" }, area.name),
      " ",
      make("span", { class: "vb-zoeker__plek" }, this.place(area)),
    );
  }

  // The same name occurs in many gemeenten, and now and then twice in one: then the wijk tells them apart.
  place(area) {
    const parts = [area.gemeente ? `${area.level} in ${area.gemeente}` : area.level];
    const twins = this.found.filter((one) => one.name === area.name && one.gemeente === area.gemeente && one.level === area.level);
    if (twins.length > 1 && area.wijk) parts.push(area.wijk);
    if (area.postcode) parts.push(area.postcode);
    return parts.join(" · ");
  }

  show(open) {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    this.input.removeAttribute("aria-activedescendant");
  }

  close() {
    this.active = -1;
    this.show(false);
  }

  choose(index) {
    const options = [...this.list.children];
    this.active = (index + options.length) % options.length;
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === this.active)));
    options[this.active].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", options[this.active].id);
  }

  press(event) {
    const open = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open && this.found.length) this.show(true);
      if (this.found.length) this.choose(event.key === "ArrowDown" ? this.active + 1 : Math.max(this.active, 0) - 1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (open && this.active >= 0) this.go(this.found[this.active]);
      else if (this.found.length === 1) this.go(this.found[0]);
      else if (this.found.length) this.status.textContent = "Kies een gebied uit de lijst.";
    } else if (event.key === "Escape") {
      if (open) this.close();
      else {
        this.input.value = "";
        this.update();
      }
    }
  }

  // A page that wants the area for itself (vergelijk.js) cancels the event.
  go(area) {
    const detail = { code: area.plainCode, name: area.name };
    if (!this.root.dispatchEvent(new CustomEvent("vb-gekozen", { detail, cancelable: true }))) {
      this.input.value = "";
      this.update();
      return;
    }
    location.assign(new URL(`${area.plainCode}/`, this.base));
  }
}

// ---- the theme, for the keyboard --------------------------------------------------------------

function repairKeyboard() {
  // The theme opens its menu and its search by a label and a checkbox; the button inside is ours.
  for (const button of document.querySelectorAll("label > [role=button]")) {
    const toggle = document.getElementById(button.parentElement.htmlFor);
    toggle?.addEventListener("change", () => button.setAttribute("aria-expanded", String(toggle.checked)));
    button.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      button.click();
    });
  }
  // WCAG 2.1.4: the theme's single-letter shortcuts can not be turned off, so they are.
  addEventListener(
    "keydown",
    (event) => {
      const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
      if (!typing && /^[fsnp,./]$/.test(event.key)) event.stopImmediatePropagation();
    },
    { capture: true },
  );
}

// A table that scrolls sideways can be reached with Tab and says what it is; one that fits is no extra stop.
function makeScrollersReachable() {
  const watcher = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const name = textOf(target, "caption") || target.getAttribute("aria-label") || "Tabel, schuif opzij";
      const reach = { tabindex: "0", role: "group", "aria-label": name.trim() };
      const scrolls = target.scrollWidth > target.clientWidth;
      for (const [attribute, value] of Object.entries(reach)) {
        if (scrolls) target.setAttribute(attribute, value);
        else target.removeAttribute(attribute);
      }
    }
  });
  document.querySelectorAll(".vb-tabel").forEach((scroller) => watcher.observe(scroller));
}

// On paper a chart that was never in view is not there: its table is.
function openTablesForPrint() {
  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("figure.vb-figuur:not(.vb-getekend) details:not([open])")) {
      details.open = true;
      addEventListener("afterprint", () => (details.open = false), { once: true });
    }
  });
}

addSpine();
watchCharts();
enableSaving();
document.querySelectorAll(".vb-zoeker[data-index]").forEach((root, number) => new Finder(root, number));
repairKeyboard();
makeScrollersReachable();
openTablesForPrint();
