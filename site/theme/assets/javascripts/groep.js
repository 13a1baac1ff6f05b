// Some areas as one: their counts and denominators added up, beside the gemeente they share and the country.
// A sum with a part missing is no figure. The areas and the name stand in the address; nothing leaves the page.

import { csvCell, offer } from "./bewaren.js";
import { make } from "./dom.js";
import { summed } from "./som.js";

export const CODE = "samen";
const NO_COUNT = "+";
const NO_BASE = "-";
const NO_SUM = "*";
const REASONS = {
  [NO_COUNT]: "geen som: niet elk deel heeft een cijfer van hetzelfde jaar",
  [NO_BASE]: "geen som per inwoner: van een deel is het aantal niet bekend",
  [NO_SUM]: "niet op te tellen",
};
const COLUMNS = [
  "gebied_naam", "gebied_codes", "indicator", "periode", "teller", "noemer", "waarde", "onder", "boven", "eenheid", "status", "bron", "bronvermelding",
];

// Two of these areas of which one lies in the other, or null: together they would count some people twice.
export function doubled(areas) {
  for (const inner of areas) {
    const outer = areas.find((area) => area !== inner && liesIn(inner.code, area.code));
    if (outer) return [inner, outer];
  }
  return null;
}

function liesIn(inner, outer) {
  if (outer === "nl00") return true;
  if (outer.startsWith("gm")) return !inner.startsWith("gm") && inner.slice(2, 6) === outer.slice(2);
  return outer.startsWith("wk") && inner.startsWith("bu") && inner.slice(2, 8) === outer.slice(2);
}

// Codes of what a sum stands beside: the gemeente that all parts lie in, if there is one, and the country.
export function beside(areas) {
  const gemeenten = new Set(areas.map((area) => (/^[bw]/.test(area.code) ? `gm${area.code.slice(2, 6)}` : "")));
  const [one] = gemeenten;
  return [...(gemeenten.size === 1 && one ? [one] : []), "nl00"];
}

// An area like the others, whose figures are sums; measurements of a survey cannot be added up.
export function together(name, areas, words, figureOf) {
  const sums = words.volgorde.map((indicator) => (words.som[indicator] ? sumOf(indicator, areas, words, figureOf) : { reason: NO_SUM, year: "" }));
  return { code: CODE, name, niveau: "", sums, figures: sums.map(rowOf) };
}

export function withReasons(words) {
  return { ...words, status: { ...words.status, ...REASONS } };
}

function sumOf(indicator, areas, words, figureOf) {
  const [per, denominators, swings] = words.som[indicator];
  const parts = areas.map((area) => ({ ...figureOf(area, indicator, words), area }));
  if (parts.every((part) => part.count === undefined && part.value === undefined)) return null; // nobody has it
  const year = String(parts[0].year);
  if (parts.some((part) => part.count === undefined || String(part.year) !== year)) return { reason: NO_COUNT, year };
  const { total, low, high } = summed(parts.map((part) => part.count), parts.map((part) => swings[part.area.niveau] ?? [1, 0]));
  const place = words.noemers.indexOf(denominators[year]);
  const bases = parts.map((part) => baseOf(part, place, per));
  if (bases.some((base) => !base)) return { reason: NO_BASE, year, total };
  const base = bases.reduce((sum, one) => sum + one, 0);
  const rates = [total, low, high].map((count) => (count * per) / base);
  const provisional = parts.some((part) => part.status);
  return { year, total, base, rates, decimals: decimalsOf(rates, words.indicatoren[indicator].decimalen), provisional };
}

// The area's denominator, when its own rate was made with it; an older year may have had another.
function baseOf(part, place, per) {
  const base = part.area.denominators?.[place];
  if (!base || part.value === undefined) return base;
  return Math.abs((part.count * per) / base - part.value) <= 0.51 * 10 ** -part.decimals ? base : undefined;
}

// A small rate gets more decimals, up to three, before it reads as nothing.
function decimalsOf([rate], usual) {
  let decimals = usual;
  while (decimals < 3 && rate > 0 && Number(rate.toFixed(decimals)) === 0) decimals += 1;
  return decimals;
}

function rowOf(sum) {
  if (!sum) return 0;
  if (sum.reason) return [sum.reason, sum.year, sum.total];
  return [Number(sum.year), sum.total, ...sum.rates, sum.decimals]; // a letter would be a status
}

// The choice between side by side and as one, the name, and the file.
export function controls({ asOne, name, change, save }) {
  const switcher = make("input", { type: "checkbox", id: "vb-samen" });
  switcher.checked = asOne;
  switcher.addEventListener("change", () => change({ asOne: switcher.checked }));
  const parts = [make("p", {}, switcher, " ", make("label", { for: "vb-samen" }, "Tel deze gebieden op tot één gebied"))];
  if (asOne) {
    const field = make("input", { type: "text", id: "vb-samen-naam", maxlength: "60", autocomplete: "off" });
    field.value = name;
    field.addEventListener("change", () => change({ name: field.value.trim() }));
    const button = make("button", { type: "button" }, "Bewaar CSV");
    button.addEventListener("click", save);
    parts.push(
      make("p", {}, make("label", { for: "vb-samen-naam" }, "Naam van dit gebied "), field, " ", button),
      make("p", {}, "Aantallen en inwoners zijn opgeteld. De marge rekent met toeval en met gewone schommelingen. ",
        "Gebieden dicht bij elkaar bewegen vaak samen op: dan is de marge wat te smal. Cijfers uit een enquête zijn niet op te tellen."),
    );
  }
  return parts;
}

export function saveSum(group, areas, words) {
  const codes = areas.map((area) => area.code.toUpperCase()).join(" ");
  const lines = words.volgorde.flatMap((indicator, i) => {
    const sum = group.sums[i];
    if (!sum || sum.reason === NO_SUM) return [];
    const [, , , source] = words.som[indicator];
    const rates = sum.reason ? [null, null, null] : sum.rates.map((rate) => Math.round(rate * 1e4) / 1e4);
    const status = REASONS[sum.reason] ?? (sum.provisional ? "voorlopig" : "ok");
    const cited = `Veiligheidsbeeld, eigen som van ${areas.length} gebieden, bewerking van ${source}; ${location.href}`;
    const { eenheid } = words.indicatoren[indicator];
    return [[group.name, codes, indicator, sum.year, sum.total, sum.base, ...rates, eenheid, status, source, cited]];
  });
  const text = [COLUMNS, ...lines].map((line) => line.map(csvCell).join(",")).concat("").join("\r\n");
  offer(new Blob([text], { type: "text/csv;charset=utf-8" }), "veiligheidsbeeld-eigen-gebied.csv");
}
