// The page that a reader came from, filled in where an error is reported.

const FIRST_QUESTION = encodeURIComponent("Pagina: ");

export function fillIn(place) {
  const code = new URLSearchParams(location.search).get("over") ?? "";
  if (!/^(nl|gm|wk|bu)[0-9a-z]{2,8}$/.test(code)) return; // nobody else's text goes into a letter
  const page = new URL(`../../gebied/${code}/`, location.href).href.split("?")[0];
  for (const link of place.querySelectorAll("a")) {
    link.href = link.href.replace(FIRST_QUESTION, FIRST_QUESTION + encodeURIComponent(page));
  }
}
