/* A search box over everything that was ever on a chart; the list of it is fetched when the box is entered. */
"use strict";
{
  const home = document.currentScript.dataset.home;
  const most = 12;

  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  const read = async () => {
    const answer = await fetch(`${home}api/v1/items.json`);
    if (!answer.ok) throw new Error(String(answer.status));
    const { tracks, artists } = await answer.json();
    const entry = (kind, id, text, more) => ({
      address: `${home}${kind}/${id}/index.html`, text, more, plain: plain(text), all: plain(`${text} ${more}`),
    });
    return [
      ...Object.entries(tracks).map(([id, { title, artists: by }]) =>
        entry("tracks", id, title, by)),
      ...Object.entries(artists).map(([id, { name }]) => entry("artists", id, name, "Artist")),
    ];
  };

  /* Better first: begins so, a word begins so, is found anywhere, is found in the artists. */
  const grade = (entry, wanted) => {
    const at = entry.plain.indexOf(wanted);
    if (at === 0) return 0;
    if (at > 0) return entry.plain[at - 1] === " " ? 1 : 2;
    return wanted.split(" ").every((word) => entry.all.includes(word)) ? 3 : 4;
  };

  const search = (entries, text) => {
    const wanted = plain(text.trim());
    if (!wanted) return [];
    return entries
      .map((entry) => [grade(entry, wanted), entry])
      .filter(([found]) => found < 4)
      .sort(([a, one], [b, other]) => a - b || (one.plain < other.plain ? -1 : 1))
      .map(([, entry]) => entry);
  };

  const start = (tools) => {
    const box = document.createElement("search");
    box.className = "search";
    box.innerHTML =
      '<label class="unseen" for="search">Search songs and artists</label>' +
      '<input type="search" id="search" placeholder="Search" autocomplete="off" spellcheck="false">' +
      '<div class="found" hidden><p class="count" role="status"></p><ul></ul></div>';
    const input = box.querySelector("input");
    const panel = box.querySelector(".found");
    const count = box.querySelector(".count");
    const list = box.querySelector("ul");
    let entries;

    const show = (text, found = []) => {
      count.textContent = text;
      list.replaceChildren(...found.map((entry) => {
        const link = document.createElement("a");
        const name = document.createElement("bdi");
        const more = document.createElement("span");
        link.href = entry.address;
        name.textContent = entry.text || "Untitled";
        more.textContent = entry.more;
        link.append(name, " ", more);
        const line = document.createElement("li");
        line.append(link);
        return line;
      }));
      panel.hidden = !text;
    };

    const update = async () => {
      try {
        entries ??= read();
        const known = await entries;
        const found = search(known, input.value);
        const said = found.length === 1 ? "1 found" : `${found.length} found`;
        const more = found.length > most ? `, the first ${most} shown` : "";
        show(input.value.trim() && (found.length ? said + more : "Nothing like this was on a chart"), found.slice(0, most));
      } catch {
        entries = undefined;
        show("The list of songs could not be read.");
      }
    };

    input.addEventListener("focus", () => (entries ??= read().catch(() => (entries = undefined))));
    input.addEventListener("input", update);
    box.addEventListener("keydown", (event) => {
      const stops = [input, ...list.querySelectorAll("a")];
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && !panel.hidden) {
        const next = stops[stops.indexOf(document.activeElement) + step];
        if (next) next.focus();
        event.preventDefault();
      } else if (event.key === "Enter" && document.activeElement === input && stops[1]) {
        stops[1].click();
      } else if (event.key === "Escape") {
        input.value = "";
        show("");
        input.focus();
      }
    });
    document.addEventListener("click", (event) => box.contains(event.target) || (panel.hidden = true));
    box.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !box.contains(event.relatedTarget)) panel.hidden = true;
    });
    tools.prepend(box);
  };

  // A page on disk may not read its neighbours.
  const tools = document.querySelector(".tools");
  if (tools && location.protocol !== "file:") start(tools);
}
