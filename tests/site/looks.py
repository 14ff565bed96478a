"""Open a page in Chromium as a reader would, and list what is wrong with it."""

from contextlib import contextmanager

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


def draw_all(page):
    page.add_style_tag(content=ALL_DRAWN)


@contextmanager
def arrived(browser, url, width=1280, mode="light", late=False):
    """A page as it comes, what the browser complains of, and the addresses that it asks for.

    With `late`, what is far away is not yet drawn.
    """
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
    if not late:
        draw_all(page)
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


FRAMES = """async () => { for (let i = 0; i < 3; i++)
  await new Promise(done => requestAnimationFrame(() => setTimeout(done))); }"""
THEME = "mode => [mode, undefined].includes(document.documentElement.dataset.theme)"


def turn(page, mode, patience=30):
    """Let the reader's system turn light or dark, and wait until the page has followed."""
    page.emulate_media(color_scheme=mode, reduced_motion="reduce")
    page.wait_for_function(THEME, arg=mode, timeout=1000 * patience)


def resize(page, width):
    """Give the window another width, and wait until figures that move have followed."""
    if page.viewport_size["width"] != width:
        page.set_viewport_size({"width": width, "height": 1000})
        page.evaluate(FRAMES)


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
