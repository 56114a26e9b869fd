/* Compares any two dates of a chart: #2026-10-01..2026-11-20, or #2026-10-01..2026-11-20/artists/long_term */
"use strict";
{
  const home = document.currentScript.dataset.home;
  const form = document.getElementById("chooser");
  const outcome = document.getElementById("outcome");
  const usual = form.choice.value;
  const ways = ["entered", "left", "climbed", "fell", "stayed"];
  const answers = new Map();

  const read = (path) => {
    if (!answers.has(path)) {
      answers.set(
        path,
        fetch(`${home}api/v1/${path}`).then((answer) => {
          if (answer.ok) return answer.json();
          answers.delete(path);
          throw new Error(`${path}: ${answer.status}`);
        }),
      );
    }
    return answers.get(path);
  };

  const element = (name, words, content = []) => {
    const made = document.createElement(name);
    if (words) made.className = words;
    made.append(...content);
    return made;
  };

  const link = (address, text) => {
    const made = element("a", "", [element("bdi", "", [text])]);
    made.href = address;
    return made;
  };

  const inWords = (day) =>
    new Date(`${day}T12:00:00Z`).toLocaleDateString("en-GB", {
      day: "numeric", month: "long", year: "numeric", timeZone: "UTC",
    });

  const editions = async () => (await read("editions.json")).editions.map((edition) => edition.date);

  const standing = async (choice, day) => {
    const { first } = form.choice.selectedOptions[0].dataset;
    if (!first || day < first) return []; // this list had not arrived yet
    const month = await read(`charts/${choice.replace("/", "-")}/${day.slice(0, 7)}.json`);
    return month.charts[day] || [];
  };

  const movements = (before, after) => {
    const all = after.map((id, index) => ({ id, was: before.indexOf(id) + 1, is: index + 1 }));
    before.forEach((id, index) => after.includes(id) || all.push({ id, was: index + 1, is: 0 }));
    for (const move of all) {
      if (!move.was) move.way = "entered";
      else if (!move.is) move.way = "left";
      else move.way = move.is < move.was ? "climbed" : move.is > move.was ? "fell" : "stayed";
    }
    return all;
  };

  const line = (move, kind, known) => {
    const item = known[move.id] || { title: move.id };
    const text = element("span", "", [
      element("span", "title", [link(`${home}${kind}/${move.id}/index.html`, item.title || item.name || "Untitled")]),
    ]);
    if (item.artists) text.append(" ", element("span", "artists", [item.artists]));
    const arrow = link(`https://open.spotify.com/${kind.slice(0, -1)}/${move.id}`, "↗");
    arrow.className = "arrow";
    arrow.setAttribute("aria-label", `${item.title || item.name} on Spotify`);
    text.append(" ", arrow);
    if (move.way === "climbed" || move.way === "fell") {
      const sign = move.way === "climbed" ? "▲" : "▼";
      text.append(" ", element("span", "moved", [`${sign}${Math.abs(move.was - move.is)}, was ${move.was}`]));
    }
    return element("li", "", [element("span", "place", [String(move.is || move.was)]), text]);
  };

  const show = (kind, known, days, moves) => {
    const groups = ways.map((way) => moves.filter((move) => move.way === way));
    const said = ways.map((way, index) => `${groups[index].length} ${way}`).join(", ");
    const heading = element("h3", "", days.flatMap((day, index) => [
      index ? " and " : "", link(`${home}on/${day}/index.html`, inWords(day)),
    ]));
    const shown = groups.map((group, index) => {
      const title = ways[index][0].toUpperCase() + ways[index].slice(1);
      const list = element("ol", "", group.map((move) => line(move, kind, known)));
      return element("section", `group ${ways[index]}`, [element("h4", "", [title]), list]);
    });
    outcome.replaceChildren(
      heading,
      element("p", "summary", [moves.length ? `${said}.` : "This chart was not there yet on these dates."]),
      element("div", "groups", shown.filter((_, index) => groups[index].length)),
    );
  };

  const compare = async () => {
    const choice = form.choice.value;
    const [kind] = choice.split("/");
    try {
      const dates = await editions();
      // The chart that stood on a day is that of the last edition until then.
      const days = [form.from.value, form.to.value]
        .sort()
        .map((day) => dates.filter((date) => date <= day).pop() || dates[0]);
      const [items, before, after] = await Promise.all([
        read("items.json"), standing(choice, days[0]), standing(choice, days[1]),
      ]);
      show(kind, items[kind], days, movements(before, after));
      const address = `#${days.join("..")}${choice === usual ? "" : `/${choice}`}`;
      history.replaceState(null, "", address);
    } catch {
      outcome.replaceChildren(element("p", "summary", ["The charts could not be read. Try again in a moment."]));
    }
  };

  const asked = () => {
    const found = location.hash.match(/^#(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)(?:\/(\w+\/\w+))?$/);
    if (!found) return false;
    form.from.value = found[1];
    form.to.value = found[2];
    form.choice.value = found[3] || usual;
    if (!form.choice.value) form.choice.value = usual;
    return true;
  };

  const start = async () => {
    const dates = await editions();
    const [first, last] = [dates[0], dates[dates.length - 1]];
    for (const input of [form.from, form.to]) {
      input.min = first;
      input.max = last;
    }
    form.from.value = dates[Math.max(0, dates.length - 31)];
    form.to.value = last;
    document.getElementById("free-note").hidden = true;
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      compare();
    });
    addEventListener("hashchange", () => asked() && compare());
    if (asked()) compare();
  };

  // A page on disk may not read its neighbours.
  if (location.protocol !== "file:") start().catch(() => {});
}
