"""Which rules of the style sheets that came a page needs, and the one that it got lacks."""

from functools import cache

from book_lean.one_style import UNUSED

from conftest import SITE

# Selectors of one style sheet that another lacks, and that find something in the page.
MISSED = r"""([full, short]) => {
    const found = (text) => {
        const sheet = new CSSStyleSheet(), all = []
        sheet.replaceSync(text)
        const walk = (rules) => {
            for (const rule of rules) {
                if (rule.selectorText) all.push(...rule.selectorText.split(/,(?![^(]*\))/))
                if (rule.cssRules) walk(rule.cssRules)
            }
        }
        walk(sheet.cssRules)
        return new Set(all.map((selector) => selector.trim()))
    }
    const kept = found(short)
    const state = 'hover|active|target|before|after|focus[\\w-]*'
    const passing = RegExp(`:not\\(:(${state})\\)|::[\\w-]+|:(${state})\\b`, 'g')
    return [...found(full)].filter((selector) => {
        const bare = selector.replace(passing, ':nth-child(n)')
        return !kept.has(selector) && document.querySelector(bare)
    })
}"""


@cache
def sheets():
    """The text of all style sheets as they came, and of the one that the pages ask for."""
    came = [p for p in SITE.rglob("_static/**/*.css") if "lite" not in p.parts]
    came = [p for p in came if not any(word in p.name for word in ("book-", *UNUSED))]
    ours = sorted(SITE.glob("_static/book-*.css"))  # a second build leaves two with the same rules
    assert ours
    return tuple("\n".join(p.read_text("utf-8") for p in paths) for paths in (came, ours))


def missed_rules(page, full, short):
    return [f"a rule of style is missed: {rule}" for rule in page.evaluate(MISSED, [full, short])]
