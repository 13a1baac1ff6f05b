// What the pages can do more with JavaScript: live charts, saving, the finder.
// Without it every page keeps its words, numbers, tables and links.
// What few readers turn to comes when it is asked for: the finder where a page has one, saving at a click.

import { makeScrollersReachable } from "./dom.js";
import { addSpine, indicatorsOf, showButtons, takeAlong, watchCharts } from "./grafieken.js";

function enableSaving() {
  for (const figure of document.querySelectorAll("figure:is(.vb-figuur, [data-grafiek])")) {
    if (indicatorsOf(figure).length) showButtons(figure, "csv");
    // A chart of the library is taken along once it is drawn, what the page has drawn at once.
    if (!figure.dataset.grafiek && figure.querySelector("svg, td[class^=d]")) takeAlong(figure);
  }
  addEventListener("click", async ({ target }) => {
    const button = target.closest?.("button[data-opslaan]");
    if (button) (await import("./bewaren.js")).save(button);
  });
}

async function startFinders() {
  const roots = document.querySelectorAll(".vb-zoeker[data-index]");
  if (!roots.length) return;
  const { Finder } = await import("./zoeker.js");
  roots.forEach((root, number) => new Finder(root, number));
}

async function startReport() {
  const place = document.querySelector("[data-melden]");
  if (place) (await import("./melden.js")).fillIn(place);
}

// On paper nothing can be unfolded, and a chart that was never in view is not there: its table is. Of an area page
// the rest stays folded: it is one sheet.
function unfoldForPrint() {
  const folded = ":is(.md-content, figure.vb-figuur:not(.vb-getekend)) details:not([open])";
  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll(folded)) {
      details.open = true;
      addEventListener("afterprint", () => (details.open = false), { once: true });
    }
  });
}

addSpine();
watchCharts();
enableSaving();
startFinders();
startReport();
makeScrollersReachable(document.querySelectorAll(".vb-tabel, pre > code"));
unfoldForPrint();
