// Finds the places of the book for what a reader asks. The index is `BOOK_SEARCH`, made by
// _ext/book_search; MiniSearch ranks (BM25+). Here a question is cut into its words and known
// phrases, each of which may be said by any other that means the same, in English or Korean.
window.bookFind = (() => {
  const { entries, groups, wishes } = window.BOOK_SEARCH;
  const { pieces, terms, askedTerms, isStop, korean, HANGUL } = window.bookWords;
  const FIELDS = { title: 5, above: 2, text: 1 };
  // An explanation comes before a definition, and both before a list of words.
  const WEIGHT = { page: 1.15, section: 1, aside: 0.65, word: 0.6, name: 0.6, claim: 0.55, back: 0.5 };
  const OTHER_WORD = 0.9; // what was typed counts more than what means the same
  const WISH = [0.5, 1.4]; // who asks how to choose wants the advice, not the word
  const LONGEST = 4; // words of an English phrase
  const all = { combineWith: "AND", boost: FIELDS, tokenize: (word) => [word] };

  let engine;
  function index() {
    if (engine) return engine;
    engine = new MiniSearch({
      fields: Object.keys(FIELDS),
      tokenize: terms,
      processTerm: (term) => term,
      extractField: (entry, field) => (field === "above" ? entry.above.join(" ") : entry[field]),
    });
    engine.addAll(entries.map((entry, id) => ({ id, ...entry })));
    return engine;
  }

  // Korean phrases are known by their syllables, all others by their words.
  function keyOf(found) {
    const isKorean = found.every(({ hangul }) => hangul);
    return found.map(({ typed, word }) => (isKorean ? typed : word)).join(isKorean ? "" : " ");
  }
  const phrases = new Map(); // a phrase -> others that mean the same, or what its reader wishes for
  const wished = new Set(wishes.flatMap(([, ...asked]) => asked.map((phrase) => keyOf(pieces(phrase)))));
  function add(phrase, others) {
    const key = keyOf(pieces(phrase));
    phrases.set(key, [...(phrases.get(key) ?? []), ...others]);
  }
  for (const group of groups) for (const phrase of group) add(phrase, group);
  for (const [wanted, ...asked] of wishes) for (const phrase of asked) add(phrase, [wanted]);

  // The words of a phrase that carry it; all of them where none would be left.
  function carrying(found) {
    const rest = found.filter((piece) => !isStop(piece));
    return (rest.length ? rest : found).flatMap(askedTerms);
  }
  function known(key, typed) {
    const own = typed.every(isStop) ? [] : carrying(typed);
    const others = (phrases.get(key) ?? []).map((phrase) => carrying(pieces(phrase)));
    const unlike = new Map(others.map((words) => [words.join(" "), words]));
    unlike.delete(own.join(" "));
    return { own, others: [...unlike.values()], counts: wished.has(key) ? WISH : [1, OTHER_WORD] };
  }

  // A question as a list of parts, each with its own words and others that mean the same.
  function parts(question) {
    const found = pieces(question);
    const result = [];
    for (let at = 0; at < found.length; ) {
      let end = at;
      while (found[end]?.hangul) end += 1;
      if (end > at) {
        result.push(...koreanParts(found.slice(at, end)));
        at = end;
        continue;
      }
      let length = Math.min(LONGEST, found.length - at);
      while (length && !phrases.has(keyOf(found.slice(at, at + length)))) length -= 1;
      const typed = found.slice(at, at + (length || 1));
      if (length) result.push(known(keyOf(typed), typed));
      else if (!isStop(typed[0])) result.push({ own: [typed[0].word], others: [] });
      at += typed.length;
    }
    return result.length ? result : found.map((piece) => ({ own: askedTerms(piece), others: [] }));
  }

  // Korean is looked through without its spaces: the longest known phrase from each syllable on.
  function koreanParts(found) {
    const text = found.map(({ typed }) => typed).join("");
    const starts = new Set();
    found.reduce((at, { typed }) => (starts.add(at), at + typed.length), 0);
    const result = [];
    let rest = "";
    const endRest = () => {
      const piece = { typed: rest, word: korean(rest), hangul: true };
      if (rest && !isStop(piece)) result.push({ own: askedTerms(piece), others: [] });
      rest = "";
    };
    for (let at = 0; at < text.length; ) {
      if (starts.has(at)) endRest();
      const least = rest ? 3 : 2; // two syllables within a word may be chance
      let length = text.length - at;
      while (length >= least && !phrases.has(text.slice(at, at + length))) length -= 1;
      if (length < least) {
        rest += text[at];
        at += 1;
        continue;
      }
      endRest();
      const phrase = text.slice(at, at + length);
      result.push(known(phrase, [{ typed: phrase, word: phrase, hangul: true }]));
      at += length;
    }
    endRest();
    return result;
  }

  // The entries that say one part: number -> {score, terms}. All ways to say it are one thing, so
  // the best place of each counts 1, however rare its words are; a rare part counts more.
  function saying({ own, others, counts: [typed, same] = [1, 1] }, isLast) {
    const best = new Map();
    const look = (words, factor, options) => {
      const found = index().search({ queries: words, ...all, ...options }, all);
      for (const { id, score, terms } of found) {
        const scaled = (factor * score) / found[0].score;
        if (!(best.get(id)?.score >= scaled)) best.set(id, { score: scaled, terms });
      }
    };
    const long = (term) => term.length > 2 && !HANGUL.test(term);
    if (own.length) look(own, typed, {});
    for (const words of others) look(words, same, {});
    if (own.length && isLast) look(own, 0.4, { prefix: long }); // a word that is still being typed
    if (!best.size) look(own, 0.3, { fuzzy: (term) => term.length > 4 && long(term) && 0.25 });
    const rare = Math.log(1 + entries.length / (1 + best.size));
    for (const place of best.values()) place.score *= rare;
    return best;
  }

  // The places, best first: {entry, words}, where words are those of the index that were found.
  // A place that says all parts comes before one that says some.
  function find(question, most = 40) {
    const asked = parts(question).map((part, at, { length }) => saying(part, at === length - 1));
    const found = new Map();
    for (const part of asked) {
      for (const [id, { score, terms }] of part) {
        const place = found.get(id) ?? { id, score: 0, said: 0, words: [] };
        found.set(id, place);
        place.score += score;
        place.said += 1;
        place.words.push(...terms);
      }
    }
    const value = ({ id, score, said }) =>
      score * WEIGHT[entries[id].kind] * (said / asked.length) ** 3;
    return [...found.values()]
      .sort((a, b) => value(b) - value(a))
      .slice(0, most)
      .map(({ id, words }) => ({ entry: entries[id], words }));
  }
  return { find, parts };
})();
