// The frame of an area page: colours, the menu on a phone, the search. Runs while the page is read,
// right behind its first words: those are painted without it. Without it the menu is a list of links.
{
  // As site/theme/.icons/vb draws them, and as mkdocs.yml names the colours.
  const SHAPES = {
    menu: "M3 6h18v2H3zm0 5h18v2H3zm0 5h18v2H3z",
    zoek: "M10 2a8 8 0 1 0 4.9 14.3l5.4 5.4 1.4-1.4-5.4-5.4A8 8 0 0 0 10 2m0 2a6 6 0 1 1 0 12 6 6 0 0 1 0-12",
    apparaat: "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm0 2a8 8 0 0 1 0 16V4Z",
    licht:
      "M12 1v4m0 14v4M1 12h4m14 0h4M4.9 4.9 7 7m10 10 2.1 2.1M4.9 19.1 7 17M17 7l2.1-2.1M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8",
    donker: "M21 14.5A9.5 9.5 0 1 1 9.5 3 7.5 7.5 0 0 0 21 14.5Z",
  };
  const COLOURS = [
    { icon: "apparaat", name: "Kleuren volgen het apparaat. Kies lichte kleuren" },
    { scheme: "default", icon: "licht", name: "Lichte kleuren. Kies donkere kleuren" },
    { scheme: "slate", icon: "donker", name: "Donkere kleuren. Laat de kleuren het apparaat volgen" },
  ];
  const CHOICE = "/.__palette"; // where a written page keeps it: site/theme/partials/javascripts/palette.html
  const root = new URL("../../", document.currentScript.src);
  const header = document.querySelector(".md-header__inner");
  const menu = document.getElementById("menu");

  // What waits for a sheet that has not come would wait for ever.
  if (getComputedStyle(header.parentElement).display === "none") document.querySelector("style").remove();
  document.documentElement.className = "js";
  const colourButton = followColours();
  const menuButton = foldMenu();
  header.append(colourButton, addSearch());
  addEventListener("DOMContentLoaded", () => {
    document.querySelector(".vb-voet__links").prepend(menu.querySelector("ul").cloneNode(true));
    document.querySelector(".vb-voet__links ul").removeAttribute("class");
    nameInHeader();
  });

  function button(name) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "md-header__button md-icon";
    made.setAttribute("aria-label", name);
    return made;
  }

  function draw(icon) {
    const [svg, path] = ["svg", "path"].map((tag) => document.createElementNS("http://www.w3.org/2000/svg", tag));
    svg.setAttribute("viewBox", "0 0 24 24");
    path.setAttribute("d", SHAPES[icon]);
    if (icon === "licht") path.setAttribute("stroke", "currentColor");
    if (icon === "licht") path.setAttribute("stroke-width", "2");
    svg.append(path);
    return svg;
  }

  // One button that goes round: as the device, light, dark.
  function followColours() {
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const made = button("");
    let chosen = keptChoice();
    const show = () => {
      const { scheme, icon, name } = COLOURS[chosen];
      document.body.setAttribute("data-md-color-scheme", scheme ?? (dark.matches ? "slate" : "default"));
      made.setAttribute("aria-label", name);
      made.title = name;
      made.replaceChildren(draw(icon));
    };
    made.addEventListener("click", () => {
      chosen = (chosen + 1) % COLOURS.length;
      show();
      try {
        localStorage.setItem(CHOICE, JSON.stringify({ index: chosen }));
      } catch {
        // The choice holds for this page.
      }
    });
    dark.addEventListener("change", show);
    show();
    return made;
  }

  // Storage that is closed or spoilt: as the device.
  function keptChoice() {
    try {
      const { index } = JSON.parse(localStorage.getItem(CHOICE)) ?? {};
      return [...COLOURS.keys()].includes(index) ? index : 0;
    } catch {
      return 0;
    }
  }

  // On a phone the menu lies beside the screen until it is asked for.
  function foldMenu() {
    const link = header.querySelector("[href='#menu']");
    const made = button(link.textContent);
    made.append(draw("menu"));
    made.setAttribute("aria-controls", "menu");
    link.replaceWith(made);
    const show = (open) => {
      menu.classList.toggle("vb-open", open);
      made.setAttribute("aria-expanded", String(open));
    };
    show(false);
    made.addEventListener("click", () => {
      show(made.getAttribute("aria-expanded") === "false");
      if (menu.classList.contains("vb-open")) menu.querySelector("a").focus();
    });
    closeOn(menu, made, () => show(false));
    return made;
  }

  // The finder comes when somebody turns to it; it knows areas and written texts.
  function addSearch() {
    const label = "Zoek een gebied of uitleg";
    const made = button(label);
    made.classList.add("vb-zoekknop");
    made.append(draw("zoek"), label);
    const box = document.createElement("div");
    box.className = "vb-zoek md-typeset";
    box.setAttribute("role", "search");
    box.hidden = true;
    const field = document.createElement("div");
    field.className = "vb-zoeker";
    box.append(field);
    const show = (open) => {
      box.hidden = !open;
      made.setAttribute("aria-expanded", String(open));
    };
    show(false);
    // On its way before the click, so that no letter typed is lost.
    for (const near of ["pointerenter", "focus"]) {
      made.addEventListener(near, () => import("./zoeker.js"), { once: true });
    }
    made.addEventListener("click", async () => {
      show(box.hidden);
      if (box.hidden) return;
      const { Finder } = await import("./zoeker.js");
      if (!field.childElementCount) {
        const [index, basis] = [new URL("assets/zoeker.json", root), new URL("gebied/", root)];
        Object.assign(field.dataset, { index, basis, label, teksten: new URL("search/search_index.json", root) });
        new Finder(field, "kader");
      }
      field.querySelector("input").focus();
    });
    closeOn(box, made, () => show(false));
    const both = document.createElement("div");
    both.className = "vb-zoekplek";
    both.append(made, box);
    return both;
  }

  // Escape, a click elsewhere and Tab out of it close what a button opened.
  function closeOn(box, opener, close) {
    const outside = (target) => !box.contains(target) && !opener.contains(target);
    addEventListener("pointerdown", (event) => outside(event.target) && close());
    box.addEventListener("focusout", (event) => event.relatedTarget && outside(event.relatedTarget) && close());
    addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || opener.getAttribute("aria-expanded") === "false" || event.defaultPrevented) return;
      close();
      opener.focus();
    });
  }

  // Once the heading is out of sight, the header says whose page this is.
  function nameInHeader() {
    const [heading, title] = [document.querySelector("h1"), document.querySelector(".md-header__title")];
    const site = title.textContent;
    new IntersectionObserver(([seen]) => {
      title.textContent = !seen.isIntersecting && seen.boundingClientRect.top < 0 ? heading.textContent : site;
    }).observe(heading);
  }
}
