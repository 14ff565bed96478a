// What counts as the same word, in the text and in what a reader asks: one rule for both.
// English: either spelling (optimiser, optimizer), then Sphinx's stemmer. Korean: a word without
// its particle, and its pairs of syllables, so that spaces between words make no difference.
window.bookWords = (() => {
  const PIECES = /c\d+\.b?\d+[a-z]?|[가-힣]+|(?:(?![가-힣])[\p{L}\p{N}])+/gu;
  const HANGUL = /[가-힣]/;
  const STOP = new Set(
    ("a an and are as at be been but by can could did do does for from had has have how i if in into is it its " +
      "me my of on one or our so than should use that the their them then there they this to us was we were what when where " +
      "who why will with would you your 왜 어떻게 무엇 무엇인가 무슨 언제 때 것 수 법 방법 하는 대한 대해")
      .split(" ")
  );
  const ENDINGS = (
    "으로부터 에서부터 이라고 이라는 입니다 합니다 됩니다 습니다 에서는 에서도 으로는 으로도 에게서 이라도 인가요 " +
    "에서 에게 까지 부터 보다 처럼 마다 만큼 이나 이며 이고 이다 으로 라고 라는 하고 하는 하면 하여 해서 하기 했다 한다 " +
    "된다 되는 에는 에도 와는 과는 로는 로서 로써 들은 들이 들을 들의 이란 인가 은 는 이 가 을 를 의 에 와 과 로 도 만 들 란"
  ).split(" ");
  const longestFirst = ENDINGS.sort((a, b) => b.length - a.length).join("|");
  // Nouns of one syllable are few; elsewhere two must be left, or 효과 would become 효.
  const WITH_ENDING = new RegExp(`^([가-힣]{2,}?|[층값열행])(?:${longestFirst})$`);
  const ONLY_ENDING = new RegExp(`^(?:${longestFirst})$`);
  const SPELLINGS = [
    [/(..)is(e[drs]?|es|ing|ations?|able)$/, "$1iz$2"],
    [/(..)yse(.?)$/, "$1yze$2"],
    [/(..)our(s|ed|ing|al|able)?$/, "$1or$2"],
    [/(..)tre(s?)$/, "$1ter$2"],
    [/(..)ll(ed|ing|er)$/, "$1l$2"],
  ];
  const english = new Stemmer();
  const seen = new Map();

  function latin(word) {
    if (!seen.has(word)) {
      const spelled = SPELLINGS.reduce((w, [from, to]) => w.replace(from, to), word);
      seen.set(word, /\d/.test(word) ? word : english.stemWord(spelled));
    }
    return seen.get(word);
  }
  const korean = (word) => WITH_ENDING.exec(word)?.[1] ?? word;
  const pairs = (text) => Array.from({ length: text.length - 1 }, (_, at) => text.slice(at, at + 2));

  // The pieces of a text in its order: {word, hangul, typed}.
  function pieces(text) {
    const found = text.normalize("NFKC").toLowerCase().match(PIECES) ?? [];
    return found.map((typed) => {
      const hangul = HANGUL.test(typed);
      return { typed, hangul, word: hangul ? korean(typed) : latin(typed) };
    });
  }

  // Words under which a text is filed.
  function terms(text) {
    const found = [];
    let run = "";
    const endRun = () => {
      found.push(...pairs(run));
      run = "";
    };
    for (const { word, hangul } of pieces(text)) {
      if (!hangul) endRun();
      else run += word;
      found.push(word);
    }
    endRun();
    // mini-batch is found as minibatch, too.
    for (const joined of text.match(/[A-Za-z]+-[A-Za-z]+/g) ?? []) {
      found.push(latin(joined.replace("-", "").toLowerCase()));
    }
    return found;
  }

  // Words under which something asked for may be filed: of Korean the pairs of syllables.
  const askedTerms = ({ word, hangul }) => (hangul && word.length > 1 ? pairs(word) : [word]);

  const isStop = ({ typed, word }) => STOP.has(typed) || STOP.has(word) || ONLY_ENDING.test(typed);
  return { pieces, terms, askedTerms, isStop, korean, HANGUL };
})();
