// The finder of areas: an editable combobox with list autocomplete (WAI-ARIA APG).

import { jsonOf, make } from "./dom.js";

const SHOWN = 10;
const TEXTS_SHOWN = 4; // of those ten, where a finder knows written texts too
const LEVELS = ["land", "gemeente", "wijk", "buurt"];
const CODE_LETTERS = { land: "NL", gemeente: "GM", wijk: "WK", buurt: "BU" };
const FORGIVEN_FROM = 4; // letters: a slip in a shorter word could be any word
const ALPHABET = new Intl.Collator("nl");

function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

// The index is a tree in which codes follow from the place (pipeline/site/download/finder.py says how).
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

function inNumber(count, one, more) {
  return `${count} ${count === 1 ? one : more}`;
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

export class Finder {
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
    const texts = await this.textsWith(plain(text));
    if (text !== this.input.value) return;
    let { found, forgiven } = search(areas, text);
    if (forgiven && texts.length) found = []; // nobody slipped: it is a word of a text
    this.found = found.slice(0, SHOWN - Math.min(texts.length, TEXTS_SHOWN));
    const areasShown = this.found.length;
    this.found.push(...texts.slice(0, SHOWN - areasShown));
    this.active = -1;
    const options = this.found.map((area, index) => this.option(area, index));
    this.list.replaceChildren(...options);
    this.show(this.found.length > 0);
    this.status.textContent = plain(text) ? this.inWords(found.length, forgiven, texts.length) : "";
  }

  // Written texts in which the query stands, as options; none where a finder is of areas alone.
  async textsWith(query) {
    const address = this.root.dataset.teksten;
    if (!address) return [];
    try {
      const { textsOf, searchTexts } = await import("./teksten.js");
      this.texts ??= textsOf(address, plain);
      return searchTexts(await this.texts, query);
    } catch (error) {
      this.texts = undefined;
      console.error(error); // areas are found all the same
      return [];
    }
  }

  inWords(count, forgiven, texts) {
    if (texts) return this.bothInWords(count, texts);
    if (count === 0) return this.root.dataset.teksten ? "Niets gevonden." : "Geen gebied gevonden.";
    const many = inNumber(count, "gebied", "gebieden");
    const said = forgiven ? `Geen gebied met precies deze naam. ${many} ${count === 1 ? "lijkt" : "lijken"} erop` : `${many} gevonden`;
    if (count <= SHOWN) return `${said}.`;
    return `${said}. De eerste ${SHOWN} staan in de lijst. Typ de gemeente erbij om minder te zien.`;
  }

  bothInWords(count, texts) {
    const areas = count ? `${inNumber(count, "gebied", "gebieden")} en ` : "";
    const said = `${areas}${inNumber(texts, "tekst", "teksten")} gevonden`;
    return count + texts <= SHOWN ? `${said}.` : `${said}. Een deel staat in de lijst. Typ een woord erbij om minder te zien.`;
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
    if ("location" in area) return area.page ? `tekst in ${area.page}` : "tekst";
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
    } else if (event.key === "Escape" && (open || this.input.value)) {
      event.preventDefault(); // what this finder stands in stays open
      if (open) this.close();
      else {
        this.input.value = "";
        this.update();
      }
    }
  }

  // A page that wants the area for itself (vergelijk.js) cancels the event.
  go(area) {
    if ("location" in area) {
      location.assign(new URL(area.location, new URL("..", this.base)));
      return;
    }
    const detail = { code: area.plainCode, name: area.name };
    if (!this.root.dispatchEvent(new CustomEvent("vb-gekozen", { detail, cancelable: true }))) {
      this.input.value = "";
      this.update();
      return;
    }
    location.assign(new URL(`${area.plainCode}/`, this.base));
  }
}
