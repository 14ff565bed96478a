// The search page: shows what bookFind found, each place with its title, where it stands, and the
// words around what was asked. Everything is set as text, so a question can bring no HTML.
(() => {
  const { pieces, terms } = window.bookWords;
  const form = document.querySelector("#book-search");
  const field = form.querySelector("input");
  const said = document.querySelector("#search-said");
  const list = document.querySelector("#search-results");
  const root = document.documentElement.dataset.content_root;
  const AROUND = 9; // words before the first that was found
  const SHOWN = 34;
  const SAID = {
    en: {
      title: "Search",
      found: (n) => `${n === 1 ? "1 place" : `${n} places`}, the best first.`,
      nothing: "Nothing was found. Try another word, or look into the glossary.",
    },
    ko: {
      title: "검색",
      found: (n) => `${n}곳을 찾았습니다. 가장 알맞은 것이 먼저 나옵니다.`,
      nothing: "찾은 것이 없습니다. 다른 낱말로 찾거나 용어집을 보세요.",
    },
  };
  const phrases = SAID[document.documentElement.lang] ?? SAID.en;

  // A text whose Korean words say that they are Korean, so that they are read out as such.
  const spoken = (text) =>
    text.split(/([가-힣]+(?: [가-힣]+)*)/).map((part, at) => {
      if (at % 2 === 0) return part;
      const words = document.createElement("span");
      words.lang = "ko";
      words.textContent = part;
      return words;
    });
  const make = (tag, text, name) => {
    const element = document.createElement(tag);
    if (text) element.append(...spoken(text));
    if (name) element.className = name;
    return element;
  };

  // The words of a text around the place where most of what was asked stands, these marked.
  function snippet(text, found) {
    const words = text.split(" ");
    const hits = words.map((word) => terms(word).some((term) => found.has(term)));
    let [best, start] = [-1, 0];
    hits.forEach((hit, at) => {
      if (!hit) return;
      const near = new Set(words.slice(at, at + SHOWN - AROUND).filter((_, i) => hits[at + i]));
      if (near.size > best) [best, start] = [near.size, at];
    });
    const from = Math.max(0, Math.min(start - AROUND, words.length - SHOWN));
    const line = make("p", from ? "… " : "", "search-snippet");
    words.slice(from, from + SHOWN).forEach((word, i) => {
      const shown = hits[from + i] ? [make("strong", word, "search-found")] : spoken(word);
      line.append(i ? " " : "", ...shown);
    });
    if (from + SHOWN < words.length) line.append(" …");
    return line;
  }

  function item({ entry, words }) {
    const place = make("li");
    const link = make("a", entry.title);
    link.href = `${root}${entry.page}.html${entry.at && `#${encodeURIComponent(entry.at)}`}`;
    place.append(link);
    if (entry.above.length) place.append(make("p", entry.above.join(" › "), "search-above"));
    if (entry.text) place.append(snippet(entry.text, new Set(words)));
    return place;
  }

  function show() {
    const question = field.value.trim();
    const found = question ? window.bookFind.find(question) : [];
    document.title = `${question ? `${question} – ` : ""}${phrases.title}`;
    list.replaceChildren(...found.map(item));
    if (!question) said.textContent = "";
    else said.textContent = found.length ? phrases.found(found.length) : phrases.nothing;
  }

  field.value = new URLSearchParams(location.search).get("q") ?? "";
  if (!field.value) field.focus();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.replaceState(null, "", `?q=${encodeURIComponent(field.value.trim())}`);
    show();
  });
  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 150);
  });
  show();
})();
