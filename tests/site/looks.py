"""Open a page in Chromium as a reader would, and list what is wrong with it."""

from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe

VIEWS = [(width, mode) for width in (1280, 390) for mode in ("light", "dark")]

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
READY = """async () => {
  document.querySelectorAll('details').forEach(e => { e.open = true; });
  document.querySelectorAll('img[loading=lazy]').forEach(e => { e.loading = 'eager'; });
  await Promise.all([...document.images].map(e => e.decode().catch(() => null)));
  await document.fonts.ready;
}"""


@contextmanager
def opened(browser, url, width=1280, mode="light"):
    """The page, ready to look at, and the list of what the browser complained about."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=mode, reduced_motion="reduce"
    )
    page = context.new_page()
    host = "/".join(url.split("/")[:3]) + "/"
    complaints = []

    def said(message):
        if message.type == "error":
            complaints.append(f"console: {message.text}")

    def asked(request):
        if not request.url.startswith((host, "data:", "blob:")):
            complaints.append(f"request to another host: {request.url}")

    page.on("console", said)
    page.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
    page.on("request", asked)
    page.goto(url, wait_until="load")
    page.evaluate(READY)
    complaints += [f"moves: {moving}" for moving in page.evaluate(MOTION)]
    yield page, complaints
    context.close()


def faults(page, complaints):
    """Everything but accessibility: console, hosts, mathematics, pictures, width."""
    return [
        *complaints,
        *(f"raw formula: {text}" for text in page.evaluate(RAW)),
        *(f"broken formula: {text}" for text in page.evaluate(BROKEN)),
        *(f"picture {text}" for text in page.evaluate(IMAGES)),
        *(f"page overflows: {text}" for text in page.evaluate(OVERFLOW)),
    ]


# WCAG 2.2 in full, and one rule that axe counts as an experiment: who speaks to the browser says
# what is written on a button.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"label-content-name-mismatch": {"enabled": True}},
}


def axe_faults(page):
    """Serious and critical violations of WCAG that axe finds."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{rule['id']}: {rule['help']}: {node['target']} {node['html'][:120]}"
        for rule in found
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]
