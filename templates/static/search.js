/* A search box over everything that has a page; the lists of it are fetched when the box is entered. */
"use strict";
{
  const { home, lists } = document.currentScript.dataset;
  const most = 12;

  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  const fetched = async (name) => {
    const answer = await fetch(`${home}api/v1/${name}.json`);
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };

  const read = async () => {
    const found = new Map();
    for (const { tracks, artists, albums = {} } of await Promise.all(lists.trim().split(/\s+/).map(fetched))) {
      const add = (kind, known, words) =>
        Object.entries(known).forEach(([id, one]) => {
          const address = `${home}${kind}/${id.replaceAll(":", "-")}/index.html`;
          const [text, more] = words(one);
          if (!found.has(address)) found.set(address, { address, text, more, plain: plain(text), all: plain(`${text} ${more}`) });
        });
      add("tracks", tracks, (one) => [one.title, one.artists ?? one.artist ?? ""]);
      add("artists", artists, (one) => [one.name, "Artist"]);
      add("albums", albums, (one) => [one.title, `Album${one.artist ? ` by ${one.artist}` : ""}`]);
    }
    return [...found.values()];
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
        name.textContent = entry.text.trim() || "Untitled";
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
        show(input.value.trim() && (found.length ? said + more : "Nothing like this has a page here"), found.slice(0, most));
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
