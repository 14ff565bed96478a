"""Open a page in Chromium as a reader would, and list what is wrong with it."""

from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe

WIDTHS, MODES = (1280, 390), ("light", "dark")

# Mathematics that was left as it was typed (a $ that is no price), outside of code.
RAW = r"""() => {
  const skip = 'script, style, noscript, code, pre, .katex, kbd, samp, textarea';
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest(skip)) continue;
    if (/\\\(|\\\[|\\begin\{|\$(?!\d)/.test(node.data)) found.push(node.data.trim());
  }
  return found;
}"""
BROKEN = "() => [...document.querySelectorAll('.katex-error')].map(e => e.title)"
IMAGES = """() => [...document.images].flatMap(image => {
  const faults = [];
  if (!image.naturalWidth) faults.push('not loaded: ' + image.src);
  if (!image.getAttribute('alt')?.trim()) faults.push('no alt text: ' + image.src);
  return faults;
})"""
HEADS = """() => [...document.querySelectorAll('th')].filter(e => !e.textContent.trim())
  .map(e => e.closest('table').textContent.trim().slice(0, 80))"""
# How far the page is wider than the window, and the elements that stick out of it.
OVERFLOW = """() => {
  const page = document.documentElement;
  if (page.scrollWidth <= page.clientWidth) return [];
  const wide = [...document.querySelectorAll('main *, body > *')]
    .filter(e => e.getBoundingClientRect().right > page.clientWidth + 1);
  return [`${page.scrollWidth} px wide: ` + wide.slice(0, 5).map(e => e.outerHTML.slice(0, 80))];
}"""
# What still moves for a reader who asked the system for less motion (as `opened` does).
MOTION = """() => document.getAnimations().map(
  e => `${e.animationName ?? e.transitionProperty}: ` + e.effect.target.outerHTML.slice(0, 80)
)"""
# Read to its end, screen by screen, for what waits until it is near; then with all boxes open.
READY = """async () => {
  const drawn = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  document.querySelectorAll('img[loading=lazy]').forEach(e => { e.loading = 'eager'; });
  for (let y = 0; y < document.documentElement.scrollHeight; y += 2 * innerHeight) {
    scrollTo({top: y, behavior: 'instant'});
    await drawn();
  }
  document.querySelectorAll('details').forEach(e => { e.open = true; });
  await Promise.all([...document.images].map(e => e.decode().catch(() => null)));
  const late = '[data-explore]:not(.drawn, .failed)';
  for (let i = 0; i < 100 && document.querySelector(late); i++) {
    await new Promise(done => setTimeout(done, 50));
  }
  await document.fonts.ready;
  scrollTo({top: 0, behavior: 'instant'});
}"""


# What is far away is drawn late (_static/later.css); here all of it is, and cut off at its edges
# as it will be for a reader.
ALL_DRAWN = """.bd-article > section > section {
  content-visibility: visible !important; contain: layout paint;
}"""


@contextmanager
def arrived(browser, url, width=1280, mode="light"):
    """A page as it comes, what the browser complains of, and the addresses that it asks for."""
    context = browser.new_context(
        viewport={"width": width, "height": 1000}, color_scheme=mode, reduced_motion="reduce"
    )
    page = context.new_page()
    host = "/".join(url.split("/")[:3]) + "/"
    complaints, requests = [], []

    def said(message):
        if message.type == "error":
            complaints.append(f"console: {message.text}")

    def asked(request):
        requests.append(request.url)
        if not request.url.startswith((host, "data:", "blob:")):
            complaints.append(f"request to another host: {request.url}")

    page.on("console", said)
    page.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
    page.on("request", asked)
    page.goto(url, wait_until="load")
    page.add_style_tag(content=ALL_DRAWN)
    try:
        yield page, complaints, requests
    finally:
        context.close()


def ready(page):
    """Read the page to its end and open all of it; gives what still moves there."""
    page.evaluate(READY)
    return [f"moves: {moving}" for moving in page.evaluate(MOTION)]


@contextmanager
def opened(browser, url, width=1280, mode="light"):
    """The page, ready to look at, and the list of what the browser complained about."""
    with arrived(browser, url, width, mode) as (page, complaints, _):
        complaints += ready(page)
        yield page, complaints


THEME = "mode => [mode, undefined].includes(document.documentElement.dataset.theme)"


def turn(page, mode, patience=30):
    """Let the reader's system turn light or dark, and wait until the page has followed."""
    page.emulate_media(color_scheme=mode, reduced_motion="reduce")
    page.wait_for_function(THEME, arg=mode, timeout=1000 * patience)


def faults(page, complaints):
    """Everything but accessibility: console, hosts, mathematics, pictures, width."""
    return [
        *complaints,
        *(f"raw formula: {text}" for text in page.evaluate(RAW)),
        *(f"broken formula: {text}" for text in page.evaluate(BROKEN)),
        *(f"picture {text}" for text in page.evaluate(IMAGES)),
        *(f"a head of a table without words: {text}" for text in page.evaluate(HEADS)),
        *(f"page overflows: {text}" for text in page.evaluate(OVERFLOW)),
    ]


# WCAG 2.2 in full, and one rule that axe counts as an experiment: who speaks to the browser says
# what is written on a button.
CONTRAST = ["color-contrast", "link-in-text-block"]
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"label-content-name-mismatch": {"enabled": True}}
    | {rule: {"enabled": False} for rule in CONTRAST},
    "resultTypes": ["violations"],  # a page has thousands of places without a fault
}
COLOURS = {"runOnly": CONTRAST, "resultTypes": ["violations"]}
# Nine tenths of axe's time goes into contrast. Texts of one look, on grounds of one look, have one
# contrast, so of each such kind the first and the last are marked, and axe looks at these. Kinds
# that are known already, from another width or page, are not marked again.
KINDS = """(known) => {
  const look = (style) => [style.backgroundColor, style.backgroundImage, style.opacity,
    style.filter, style.mixBlendMode, style.position].join();
  const grounds = new Map([[null, ""]]);
  const ground = (e) => {
    if (!grounds.has(e)) {
      const above = ground(e.parentElement), own = look(getComputedStyle(e));
      grounds.set(e, own === "rgba(0, 0, 0, 0),none,1,none,normal,static" ? above : above + own);
    }
    return grounds.get(e);
  };
  const mode = document.documentElement.dataset.theme;
  const kinds = new Map();
  for (const e of document.body.querySelectorAll("*")) {
    e.removeAttribute("data-kind");
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || !e.checkVisibility())
      continue;
    const style = getComputedStyle(e);
    const kind = [mode, ground(e), style.color, style.fontSize, style.fontWeight, style.textShadow,
      style.textDecorationLine, getComputedStyle(e.parentElement).color].join();
    kinds.set(kind, [kinds.get(kind)?.[0] ?? e, e]);
  }
  known.forEach((kind) => kinds.delete(kind));
  for (const same of kinds.values()) for (const e of same) e.setAttribute("data-kind", "");
  return [...kinds.keys()];
}"""


def axe_faults(page, colours_only=False, known=None):
    """Violations of WCAG and of good practice that axe finds, however small.

    `known` is a set of kinds of text whose colours were found to be right; it grows.
    """
    known = set() if known is None else known
    runs = [] if colours_only else [(None, RULES)]
    if fresh := page.evaluate(KINDS, [*known]):
        runs.append(({"include": [["[data-kind]"]]}, COLOURS))
    found = [
        f"{rule['id']}: {rule['help']}: {node['target']} {node['html'][:120]}"
        for context, rules in runs
        for rule in Axe().run(page, context=context, options=rules).response["violations"]
        for node in rule["nodes"]
    ]
    if not found:
        known.update(fresh)
    return found
