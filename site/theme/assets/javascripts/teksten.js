// Written texts among what the finder finds, by the search index of the theme: a page or a part of one.

import { jsonOf } from "./dom.js";

// Each text: the words of its heading and of all of it, as they are searched.
export async function textsOf(address, plain) {
  const { docs } = await jsonOf(address);
  const parser = new DOMParser();
  const said = (html) => parser.parseFromString(html, "text/html").body.textContent;
  const pages = new Map(docs.filter((one) => !one.location.includes("#")).map((one) => [one.location, one.title]));
  return docs.map(({ location, title, text }) => {
    const [name, page] = [said(title), said(pages.get(location.split("#")[0]) ?? "")];
    return { location, name, page: page === name ? "" : page, heading: ` ${plain(name)}`, all: ` ${plain(`${name} ${said(text)}`)}` };
  });
}

// Those in which every word of the query starts a word: in the heading first, whole pages before parts.
export function searchTexts(texts, query) {
  const words = query.split(" ").filter((word) => word.length > 1);
  if (!words.length) return [];
  const rank = (text) => {
    if (words.every((word) => text.heading.includes(` ${word}`))) return text.page ? 1 : 0;
    return words.every((word) => text.all.includes(` ${word}`)) ? 2 : 3;
  };
  return texts
    .map((text) => ({ text, rank: rank(text) }))
    .filter((one) => one.rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .map((one) => one.text);
}
