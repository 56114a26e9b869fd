/* Charts of any days */
"use strict";
{
  const { home } = document.currentScript.dataset;
  const [form, said, outcome, estimate, hint] = ["chooser", "said", "outcome", "estimate", "free-note"]
    .map((id) => document.getElementById(id));
  const { first, last, gaps } = form.dataset;
  const kinds = { tracks: "song", artists: "artist", albums: "album" };
  const answers = new Map();
  let turn = 0;

  const read = (path) => answers.get(path) ?? answers.set(path, fetch(`${home}api/v1/plays/${path}.json`)
    .then((answer) => answer.json())).get(path);

  const element = (name, words, ...content) => {
    const made = document.createElement(name);
    made.className = words;
    made.append(...content);
    return made;
  };

  const shifted = (day, days) => new Date(Date.parse(day) + days * 864e5).toISOString().slice(0, 10);
  const stretch = (from, to, dateStyle = "medium") => new Intl.DateTimeFormat("en-GB", { dateStyle, timeZone: "UTC" })
    .formatRange(new Date(from), new Date(to));
  const counted = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
  const told = ({ plays, ms, estimated }) => {
    const minutes = Math.round(ms / 6e4);
    const hours = Math.floor(minutes / 60);
    const time = minutes >= 6e3 ? `${Math.round(minutes / 60).toLocaleString("en")}\u00a0h` : `${hours ? `${hours}\u00a0h\u00a0` : ""}${minutes % 60}\u00a0min`;
    return [`${counted(plays, "play")}, ${time}`, estimated ? estimate.content.cloneNode(true) : ""];
  };

  const atLeast = (from, to) =>
    gaps.split(" ").some((gap) => gap.slice(0, 10) <= to && gap.slice(12) >= from) ? "at least " : "";

  const none = { plays: 0, ms: 0, estimated: 0 };
  const add = (sum, [, plays, ms, estimated = 0]) => {
    sum.plays += plays;
    sum.ms += ms;
    sum.estimated += estimated;
    return sum;
  };
  const total = (days, least) => days.length
    ? [least, ...told(days.flatMap(([, songs]) => songs).reduce(add, { ...none }))]
    : ["no plays", least && " known, some may be missing"];

  /* The chart of some days; `of` says whose each song is. Equals share a place. */
  const chart = (days, of, ids) => {
    const found = new Map();
    for (const [day, songs] of days) {
      for (const song of songs) {
        const number = of ? of[song[0]] : song[0];
        const line = found.get(number) || { number, from: day, ...none };
        add(line, song).to = day;
        found.set(number, line);
      }
    }
    found.delete(null);
    const lines = [...found.values()]
      .sort((a, b) => b.plays - a.plays || b.ms - a.ms || (ids[a.number] < ids[b.number] ? -1 : 1));
    lines.forEach((line, index) => {
      const above = lines[index - 1];
      line.place = above?.plays === line.plays ? above.place : index + 1;
    });
    return lines;
  };

  const movement = (place, was, isNew) => {
    const by = was - place;
    const [way, sign, words] = !was
      ? isNew ? ["new", "NEW", "never heard before"] : ["back", "RE", "not played just before"]
      : !by ? ["same", "=", "same place"] : by > 0 ? ["up", `▲${by}`, `up ${by}`] : ["down", `▼${-by}`, `down ${-by}`];
    const shown = element("span", "", sign);
    shown.ariaHidden = "true";
    return element("span", `move ${way}`, shown, element("span", "unseen", words));
  };

  const named = (known, kind, number) => {
    const { id: { [number]: id }, title: { [number]: title }, has_page: pages } = known[kind];
    const text = element("bdi", "", title.trim() ? title : `Unknown ${kinds[kind]}`);
    if (!pages[number] && id.startsWith("name:")) return text;
    const link = element("a", "", text);
    link.href = pages[number]
      ? `${home}${kind}/${id.replaceAll(":", "-")}/index.html`
      : `https://open.spotify.com/${kind.slice(0, -1)}/${id}`;
    return link;
  };

  const section = (known, kind, lines, move) => {
    const shown = lines.slice(0, 20).map((line) => {
      const artist = known[kind].artist?.[line.number] ?? null;
      return element("li", "",
        element("span", "place", line.place),
        element("div", "what",
          element("span", "title", named(known, kind, line.number)), " ",
          element("span", "artists", artist === null ? "" : named(known, "artists", artist)),
          element("p", "when", ...told(line), ", ", stretch(line.from, line.to))),
        move(line));
    });
    return shown.length
      ? element("section", "", element("h3", "", `Top ${counted(shown.length, kinds[kind])}`), element("ol", "", ...shown))
      : "";
  };

  const show = async (from, to, note) => {
    const { months, songs, ...others } = await read("songs");
    const known = { tracks: songs, ...others };
    const length = (new Date(to) - new Date(from)) / 864e5 + 1;
    const since = shifted(from, -length);
    const all = Object.keys(months);
    const files = all.filter((month) => month >= since.slice(0, 7) && month <= to).map((month) => read(`days/${month}`));
    const days = (await Promise.all(files)).flatMap((file) => Object.entries(file.days));
    const here = days.filter(([day]) => day >= from && day <= to);
    const missed = atLeast(since, shifted(from, -1));
    const before = days.filter(([day]) => day >= since && day < from);
    // Songs are numbered by first play.
    const heard = days.filter(([day]) => day < from).flatMap(([, lines]) => lines)
      .reduce((most, [song]) => Math.max(most, song + 1), months[all.find((month) => month >= from.slice(0, 7))] ?? 0);
    return () => {
      const counts = [];
      outcome.replaceChildren(...Object.keys(kinds).map((kind) => {
        const of = songs[kinds[kind]];
        const lines = chart(here, of, known[kind].id);
        const was = new Map(chart(before, of, known[kind].id).map((line) => [line.number, line.place]));
        counts.push(counted(lines.length, kinds[kind]));
        return section(known, kind, lines, ({ number, place }) => since < first || missed && !before.length
          ? "" : movement(place, was.get(number), (of ? of.indexOf(number) : number) >= heard));
      }));
      const least = atLeast(from, to);
      const span = counted(length, "day");
      said.replaceChildren(
        `${note}${stretch(from, to, "long").replace(/\s*–\s*/, " to ")}: `, ...total(here, least),
        here.length ? ` of ${counts.join(", ")}, on ${here.length < length ? least : ""}${here.length} of ${span}` : "",
        ...(since >= first ? [` (the ${length > 1 ? span : "day"} before: `, ...total(before, missed), ")"] : []), ".");
    };
  };

  const choose = (from, to, note = "") => {
    const mine = ++turn;
    [form.from.value, form.to.value] = [from, to];
    show(from, to, note).then((print) => mine === turn && print()).catch(() => {
      answers.clear();
      if (mine === turn) said.textContent = "The plays could not be read. Try again.";
    });
  };

  const within = (day) => day < first ? first : day > last ? last : day;

  const pick = (...days) => {
    const [from, to] = days.map(within).sort();
    history.replaceState(null, "", `#${from}..${to}`);
    choose(from, to);
  };

  const asked = () => {
    const hash = location.hash.slice(1);
    const isPlace = !hash || document.getElementById(hash);
    const days = hash.split("..").sort();
    if (!days[2] && days[0] <= last && days[1] >= first
      && days.every((day) => Date.parse(day) && shifted(day, 0) === day)) pick(...days);
    else if (!turn || !isPlace) choose(within(shifted(last, -29)), last, isPlace ? "" : "No such days: ");
  };

  // Pages on disk read no others.
  if (location.protocol !== "file:") {
    hint.hidden = true;
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      pick(form.from.value, form.to.value);
    });
    form.addEventListener("click", ({ target: { dataset: { days, from } } }) => {
      if (days || from) pick(from || shifted(last, 1 - days), last);
    });
    addEventListener("hashchange", asked);
    asked();
  }
}
