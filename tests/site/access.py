"""What axe finds on a page: who uses no mouse, no eyes or poor eyes can read it, too."""

from axe_playwright_python.sync_playwright import Axe

# WCAG 2.2 in full, and one rule that axe counts as an experiment: who speaks to the browser says
# what is written on a button.
CONTRAST = ["color-contrast", "link-in-text-block"]
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"label-content-name-mismatch": {"enabled": True}}
    | {rule: {"enabled": False} for rule in CONTRAST},
    "resultTypes": ["violations"],  # a page has thousands of places without a fault
}
PLACES = {"runOnly": ["target-size"], "resultTypes": ["violations"]}
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


def violations(page, rules, context=None):
    return [
        f"{rule['id']}: {rule['help']}: {node['target']} {node['html'][:120]}"
        for rule in Axe().run(page, context=context, options=rules).response["violations"]
        for node in rule["nodes"]
    ]


def axe_faults(page, colours_only=False, known=None):
    """Violations of WCAG and of good practice that axe finds, however small.

    `known` is a set of kinds of text whose colours were found to be right; it grows.
    """
    known = set() if known is None else known
    found = [] if colours_only else violations(page, RULES)
    if fresh := page.evaluate(KINDS, [*known]):
        bad = violations(page, COLOURS, {"include": [["[data-kind]"]]})
        found += bad
        if not bad:
            known.update(fresh)
    return found


def crowded(page):
    """Links that lie upon each other, so Lighthouse says, which never reads a page to its end."""
    return violations(page, PLACES)
