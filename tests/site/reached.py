"""What the keyboard reaches on a page, and whether it can be seen there."""

CONTROLS = "a[href], button, input, select, textarea, summary, [tabindex]"
# Every control that the keyboard can reach, with what shows that it is there.
REACHED = """controls => [...document.querySelectorAll(controls)].filter(control => {
  if (control.tabIndex < 0 || control.disabled) return false;
  control.focus();
  return document.activeElement === control;
})"""
UNSEEN = f"""controls => ({REACHED})(controls).flatMap(control => {{
  control.focus();
  const style = getComputedStyle(control);
  const drawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 &&
    !/rgba\\(.*, 0\\)|transparent/.test(style.outlineColor);
  return drawn || style.outlineStyle === "auto" ? [] : [control.outerHTML.slice(0, 120)];
}})"""


def unseen(page):
    """The controls of a page that do not show it when they have the keyboard."""
    page.keyboard.press("Tab")  # from now on what has the focus is marked
    found = page.evaluate(UNSEEN, CONTROLS)
    return [f"has the keyboard and is not seen: {control}" for control in found]


def stops(page):
    """How many times Tab must be pressed to get through a page."""
    return page.evaluate(f"controls => ({REACHED})(controls).length", CONTROLS)


# What opens and closes is called by what it opens: a list of buttons is of use only then.
NAMES = """selector => [...document.querySelectorAll(selector)].map(e =>
  (e.getAttribute("aria-label") ?? e.innerText).replace(/\\s+/g, " ").trim())"""
FOLDS = "article summary:not(.toctree-toggle, #quiz summary), #exercises button:not(.copybtn)"


def names(page, selector=FOLDS):
    return page.evaluate(NAMES, selector)


def names_alike(page):
    """What folds something away and is called as another one."""
    found = names(page)
    return [
        f"{found.count(name)} are called {name!r}" for name in {*found} if found.count(name) > 1
    ]
