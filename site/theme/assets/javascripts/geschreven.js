// The frame of a written page: its menu on a phone, its name in the header, where in the text a reader is, and the
// search. The theme has a script for all of it that would run through every page twice; it comes for the search
// alone, when somebody turns to that. Without scripts the links and the text are there.

import { make } from "./dom.js";

const parsed = new Promise((done) => addEventListener("DOMContentLoaded", done, { once: true }));

// The theme opens its menu and its search by a label and a checkbox; the button inside is ours.
function answerKeys() {
  for (const button of document.querySelectorAll("label > [role=button]")) {
    const toggle = document.getElementById(button.parentElement.htmlFor);
    toggle?.addEventListener("change", () => button.setAttribute("aria-expanded", String(toggle.checked)));
    button.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      button.click();
    });
  }
}

// Escape and a link close the menu of a phone; the one for the page at hand leads to a place behind it.
function closeMenu() {
  const drawer = document.getElementById("__drawer");
  const close = () => drawer.checked && drawer.click();
  document.querySelector(".md-sidebar--primary")?.addEventListener("click", ({ target }) => target.closest("a") && close());
  addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !drawer.checked) return;
    close();
    document.querySelector("header [for=__drawer] > [role=button]").focus();
  });
}

// Once the heading is out of sight, the header says which page this is.
function nameInHeader() {
  const [heading, title] = [document.querySelector("article h1"), document.querySelector(".md-header__title")];
  new IntersectionObserver(([seen]) => {
    title.classList.toggle("md-header__title--active", !seen.isIntersecting && seen.boundingClientRect.top < 0);
  }).observe(heading);
}

// Beside the text, on a wide screen: which part is being read. What lies below counts as in sight, however far.
function followText() {
  const links = new Map();
  for (const link of document.querySelectorAll(".md-sidebar--secondary a[href^='#']")) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) links.set(heading, link);
  }
  const read = new Set();
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const { target, boundingClientRect, rootBounds } of entries) {
        if (boundingClientRect.top < rootBounds.top) read.add(target);
        else read.delete(target);
      }
      const last = [...links.keys()].filter((heading) => read.has(heading)).at(-1);
      for (const [heading, link] of links) {
        link.classList.toggle("md-nav__link--passed", read.has(heading));
        link.classList.toggle("md-nav__link--active", heading === last);
      }
    },
    { rootMargin: "-150px 0px 1000000px", threshold: 1 }, // the header, and the room above a heading that a link leads to
  );
  for (const heading of links.keys()) watcher.observe(heading);
}

// What is typed before the script is there, it finds in the field.
function bringSearch() {
  const [field, toggle] = [document.querySelector("[name=query]"), document.getElementById("__search")];
  let coming = null;
  const bring = () => {
    coming ??= addSearch().catch(() => {
      coming = null;
      document.querySelector(".md-search-result__meta").textContent = "Zoeken lukt nu niet.";
    });
  };
  for (const near of [field, document.querySelector("header > nav > [for=__search]")]) {
    near.addEventListener("pointerenter", bring);
    near.addEventListener("focusin", bring);
  }
  toggle.addEventListener("change", () => toggle.checked && field.focus());
  if (document.activeElement === field || new URLSearchParams(location.search).has("q")) bring();
}

// Behind the reading of the page: earlier the theme's script would take all of the frame as its own.
async function addSearch() {
  await parsed;
  leaveLettersAlone();
  const script = make("script", { src: document.getElementById("zoekscript").dataset.src });
  await new Promise((done, failed) => {
    script.addEventListener("load", done);
    script.addEventListener("error", failed);
    document.body.append(script);
  });
}

// WCAG 2.1.4: the theme's single-letter shortcuts can not be turned off, so they are.
function leaveLettersAlone() {
  addEventListener(
    "keydown",
    (event) => {
      const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
      if (!typing && /^[fsnp,./]$/.test(event.key)) event.stopImmediatePropagation();
    },
    { capture: true },
  );
}

answerKeys();
closeMenu();
nameInHeader();
bringSearch();
if (matchMedia("(min-width: 60em)").matches) followText();
