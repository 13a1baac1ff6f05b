// How to refer to a figure of an area page, in the words that pipeline/words/reference.py has for a written page.

import { keyOf } from "./bewaren.js";
import { make, textOf } from "./dom.js";
import { placeOf, wholeAddress } from "./grafieken.js";

const SITE = "Veiligheidsbeeld";
const MONTHS =
  "januari februari maart april mei juni juli augustus september oktober november december".split(" ");

export function referenceTo({ key, place, title, source, modified, page, kind }) {
  const [year, month, day] = modified.split("-");
  const when = modified ? `${year}, ${Number(day)} ${MONTHS[month - 1]}` : "z.d.";
  const address = `${page}${modified ? `?stand=${modified}` : ""}#${key}`;
  const fields = {
    author: `{${SITE}}`,
    title: `{${asText(title)}}`,
    year: modified.slice(0, 4),
    note: asText(source),
    url: address,
  };
  const lines = Object.entries(fields).flatMap(([name, value]) => (value ? [`  ${name} = {${value}},`] : []));
  return {
    address,
    apa: `${SITE}. (${when}). ${title} [${kind}]. ${source} ${address}`,
    bibtex: [`@misc{${SITE.toLowerCase()}-${place}-${key},`, ...lines, "}"].join("\n"),
  };
}

function asText(value) {
  return value.replaceAll(/[&%$#_{}]/g, "\\$&");
}

// The newest day that a source names: '15 januari 2026' is 2026-01-15.
export function newestOf(source) {
  const days = [...source.matchAll(/(\d{1,2}) ([a-z]+) (\d{4})/g)].filter(([, , month]) => MONTHS.includes(month));
  const written = days.map(
    ([, day, month, year]) => `${year}-${String(MONTHS.indexOf(month) + 1).padStart(2, "0")}-${day.padStart(2, "0")}`,
  );
  return written.sort().at(-1) ?? "";
}

function plain(text) {
  return text.trim().replaceAll(/\s+/g, " ");
}

// Each time that it is opened, for a map may show another figure by now.
export function fill(details) {
  const figure = details.closest("figure");
  const source = plain(textOf(figure, ".vb-bron"));
  const told = referenceTo({
    key: keyOf(figure),
    place: placeOf(),
    title: plain(textOf(figure, ".vb-figuur__titel")),
    source,
    modified: newestOf(source),
    page: wholeAddress(),
    kind: figure.dataset.kaart ? "Kaart" : "Grafiek",
  });
  const link = make("p", {}, make("a", { href: told.address }, told.address));
  details.replaceChildren(
    details.firstChild,
    make("p", {}, told.apa),
    link,
    make("pre", { class: "vb-vraag" }, told.bibtex),
  );
}
