// The theme fetches its whole search index on every page, half of the bytes of a first visit. It gets it
// when somebody turns to the search, or follows a link with a question in it. Runs before the theme's script.
{
  const asked = new Promise((resolve) => {
    const turnsToSearch = (element) => element?.name === "query";
    addEventListener("focusin", (event) => turnsToSearch(event.target) && resolve());
    if (turnsToSearch(document.activeElement) || new URLSearchParams(location.search).has("q")) resolve();
  });
  const { open, send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.open = function (method, address, ...rest) {
    if (String(address).endsWith("/search_index.json")) this.send = () => asked.then(() => send.call(this));
    return open.call(this, method, address, ...rest);
  };
}
