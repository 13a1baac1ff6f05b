// What every script here does with a page. Data never become HTML: text is set as text, elements are made
// one by one.

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

export async function jsonOf(address, options = {}) {
  const answer = await fetch(new URL(address, document.baseURI), options);
  if (!answer.ok) throw new Error(`${answer.status} ${answer.url}`);
  return answer.json();
}

export function textOf(figure, selector) {
  return figure.querySelector(selector)?.textContent ?? "";
}

// A table or code that scrolls sideways can be reached with Tab and says what it is; one that fits is no extra stop.
export function makeScrollersReachable(scrollers) {
  const names = new WeakMap();
  const watcher = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const reach = { tabindex: "0", role: "group", "aria-label": names.get(target) };
      const scrolls = target.scrollWidth > target.clientWidth;
      for (const [attribute, value] of Object.entries(reach)) {
        if (scrolls) target.setAttribute(attribute, value);
        else target.removeAttribute(attribute);
      }
    }
  });
  for (const scroller of scrollers) {
    const kind = scroller.matches("code") ? "Code" : "Tabel";
    const name = textOf(scroller, "caption") || scroller.getAttribute("aria-label") || `${kind}, schuif opzij`;
    names.set(scroller, name.trim());
    watcher.observe(scroller);
  }
}
