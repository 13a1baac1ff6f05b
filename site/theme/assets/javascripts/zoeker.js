// The finder of areas: an editable combobox with list autocomplete (WAI-ARIA APG).

import { jsonOf, make } from "./dom.js";

const SHOWN = 10;
const TEXTS_SHOWN = 4; // of those ten, where a finder knows written texts too
const LEVELS = ["land", "gemeente", "wijk", "buurt"];
const CODE_LETTERS = { land: "NL", gemeente: "GM", wijk: "WK", buurt: "BU" };
const POSTCODE = /^(\d{4})\s?[a-z]{1,2}$/; // 4811 AB, or on the way to it: the index has the four digits only
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
  return areas.concat(locally(areas, index.bijnamen ?? []));
}

// The same area once more under what people call it.
function locally(areas, names) {
  const byCode = new Map(areas.map((area) => [area.code, area]));
  return names
    .filter(([, code]) => byCode.has(code))
    .map(([name, code]) => {
      const area = byCode.get(code);
      const words = plain(name);
      return { ...area, bijnaam: name, plain: words, full: `${words} ${plain(area.gemeente ?? "")}` };
    });
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

// What somebody meant who hit, missed, doubled or swapped a key. Only asked when nothing fits as it was typed.
function rankForgiving(area, query, words) {
  const whole = slips(area.plain, query);
  if (whole !== null) return 5 + 2 * whole;
  const wrong = words.filter((word) => !` ${area.full}`.includes(` ${word}`));
  if (wrong.length !== 1) return null;
  const fewest = (name, word) => least(name.split(" ").map((part) => (part.startsWith(word) ? 0 : slips(part, word))));
  const missed = fewest(area.full, wrong[0]);
  return missed !== null && words.some((word) => fewest(area.plain, word) !== null) ? 6 + 2 * missed : null;
}

function least(numbers) {
  return numbers.reduce((best, one) => (one === null || (best !== null && best <= one) ? best : one), null);
}

// How many slips are forgiven: in a short word one could make it any word.
function forgiven(word) {
  return word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
}

// The fewest letters more, less, other or swapped with which `text` starts with `typed` (optimal string alignment);
// null when those are none or more than are forgiven.
function slips(text, typed) {
  const most = forgiven(typed);
  if (most === 0) return null;
  const columns = Math.min(text.length, typed.length + most);
  let [before, row] = [null, Array.from({ length: columns + 1 }, (_, j) => j)];
  for (let i = 1; i <= typed.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= columns; j += 1) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (typed[i - 1] === text[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && typed[i - 1] === text[j - 2] && typed[i - 2] === text[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    if (Math.min(...next) > most) return null;
    [before, row] = [row, next];
  }
  return Math.min(...row) > most ? null : Math.min(...row);
}

function inNumber(count, one, more) {
  return `${count} ${count === 1 ? one : more}`;
}

// Areas that fit, the most exact first, then the largest, then by name; `forgiven`: nothing fitted as typed.
function search(areas, text) {
  const query = plain(text).replace(POSTCODE, "$1");
  if (!query) return { found: [], forgiven: false };
  const words = query.split(" ");
  const ranked = (judge) =>
    areas.map((area) => ({ area, rank: judge(area, query, words) })).filter((one) => one.rank !== null);
  let found = ranked(rank);
  const guessed = found.length === 0;
  if (guessed) found = ranked(rankForgiving);
  found.sort(
    (a, b) =>
      a.rank - b.rank ||
      LEVELS.indexOf(a.area.level) - LEVELS.indexOf(b.area.level) ||
      ALPHABET.compare(a.area.name, b.area.name) ||
      ALPHABET.compare(a.area.gemeente ?? "", b.area.gemeente ?? "") ||
      (a.area.code < b.area.code ? -1 : 1),
  );
  const listed = new Map(); // an area that fits under two names stands once, as it fits best
  for (const { area } of found) if (!listed.has(area.code)) listed.set(area.code, area);
  return { found: [...listed.values()], forgiven: guessed };
}

// A gemeente without pages here whose name, or what people call it, is typed: "'s-Gravenhage (Den Haag)".
function elsewhere(index, query, fits) {
  return index.elders?.find((name) => name.split(/[()]/).map(plain).some((one) => one && fits(one, query)));
}

function nothingFound(query) {
  if (/^\d{4}$/.test(query)) return `Geen buurt gevonden waar ${query} de meest voorkomende postcode is. Typ de naam van de buurt of de gemeente.`;
  return "Geen gebied gevonden. Typ de naam van een buurt, wijk of gemeente, of vier cijfers van een postcode.";
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
    this.index ??= jsonOf(this.root.dataset.index).then((index) => ({ ...index, areas: areasOf(index) }));
    return this.index;
  }

  // The postcodes come when somebody types a digit; most people type a name.
  async loadPostcodes() {
    const { areas, postcodes } = await this.load();
    const file = new URL(postcodes, new URL(this.root.dataset.index, document.baseURI));
    this.postcodes ??= jsonOf(file).then((list) => {
      const buurten = areas.filter((area) => area.level === "buurt" && !area.bijnaam);
      buurten.forEach((area, index) => (area.postcode = list[index]));
    });
    return this.postcodes;
  }

  async update() {
    const text = this.input.value;
    let index;
    try {
      index = await this.load();
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
    let { found, forgiven } = search(index.areas, text);
    if (forgiven && texts.length) found = []; // nobody slipped: it is a word of a text
    this.found = found.slice(0, SHOWN - Math.min(texts.length, TEXTS_SHOWN));
    const areasShown = this.found.length;
    this.found.push(...texts.slice(0, SHOWN - areasShown));
    this.active = -1;
    const options = this.found.map((area, index) => this.option(area, index));
    this.list.replaceChildren(...options);
    this.show(this.found.length > 0);
    this.status.textContent = plain(text) ? this.inWords([found.length, texts.length], forgiven, plain(text), index) : "";
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

  inWords([count, texts], forgiven, query, index) {
    const begun = count === 0 && query.length > 3;
    const away =
      elsewhere(index, query, (name) => name === query) ?? (begun && elsewhere(index, query, (name) => name.startsWith(query)));
    if (away) return `${away} staat niet op deze site. Die gaat over ${this.here(index)}.${count ? " Wel gevonden:" : ""}`;
    if (texts) return this.bothInWords(count, texts);
    const digits = POSTCODE.exec(query)?.[1];
    if (count === 0) return nothingFound(digits ?? query) + (this.few(index) ? ` Deze site gaat over ${this.here(index)}.` : "");
    const note = digits ? ` Deze site kent van een postcode alleen de cijfers: ${digits}.` : "";
    return this.counted(count, forgiven) + note;
  }

  counted(count, forgiven) {
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
      make("span", { class: "vb-zoeker__naam" }, area.bijnaam ? `${area.name} (${area.bijnaam})` : area.name),
      " ",
      make("span", { class: "vb-zoeker__plek" }, this.place(area)),
    );
  }

  // The gemeenten that have pages here; many are not all named.
  here(index) {
    return this.few(index) ? index.gemeenten.map(([, name]) => name).filter(Boolean).join(", ") : "andere gemeenten";
  }

  few(index) {
    return index.gemeenten.length <= 3;
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
      else if (this.certain()) this.go(this.certain());
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

  // What needs no choice: the only one found, or the only one with the name as it was typed.
  certain() {
    if (this.found.length === 1) return this.found[0];
    const named = this.found.filter((one) => one.plain === plain(this.input.value));
    return named.length === 1 ? named[0] : undefined;
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
