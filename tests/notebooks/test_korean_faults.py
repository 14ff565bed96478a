"""The checks of the Korean edition: none of its messages is at fault, and each fault is noticed."""

import json
import re

import catalogues
import polib
import pytest
from edition_faults import differences, faults
from terms import wrong_terms

EN = "About 100: {glue:text}`e` **err** at $p = 0.5$, see {eq}`eq-a` and [notes](a.md), `fit`."
KO = "약 100개: {glue:text}`e`가 $p = 0.5$에서 **틀립니다**. {eq}`eq-a`, [노트](a.md), `fit` 참조."
BROKEN = {
    "a number": KO.replace("100", "10"),
    "a glued value": KO.replace("`e`", "`e-b`"),
    "a role": KO.replace("{eq}", "{ref}"),
    "a formula": KO.replace("0.5", "0.05"),
    "a link": KO.replace("a.md", "b.md"),
    "code": KO.replace("`fit`", "fit"),
    "no bold": KO.replace("**", ""),
    "bold that CommonMark does not close": KO.replace("**틀립니다**", "**틀림(wrong)**입니다"),
    "a number more": KO.replace("약", "약 7"),
    "not Korean": EN.replace("About", "Circa"),
}


def test_no_message_is_at_fault():
    found = [f"{name} {kind}: {text[:70]!r}: {why}" for name, kind, text, why in faults()]
    assert not found, "\n".join(found)


def test_no_message_has_a_measured_value():
    for name in catalogues.by_catalogue():
        for entry in catalogues.read(catalogues.file_of(name)):
            said = re.sub("`[^`]*`", "", entry.msgid + entry.msgstr)  # an example may be code
            assert not re.search(r"≈ ?[−+]?\d", said), entry.msgid


def test_a_sound_translation_has_no_fault():
    assert not list(differences(EN, KO))
    assert not list(differences("Ten of {cases}: a trillion", "{cases}개 가운데 10개: 1조"))
    assert not list(differences("The best fifth", "가장 좋은 5분의 1"))
    assert list(differences("The best fifth", "가장 좋은 6분의 1"))


@pytest.mark.canary
@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_translation_has_one(what):
    assert list(differences(EN, BROKEN[what])), what


@pytest.mark.canary
def test_a_lost_hole_is_noticed():
    assert list(differences("in {held} of {cases}", "{held}번"))


@pytest.mark.canary
def test_another_word_for_a_term_is_noticed():
    words = {"regularization": "규제", "weight decay": "가중치 감쇠", "decay": "감소"}
    assert not list(wrong_terms("Weight decay is one.", "가중치 감쇠입니다.", words))
    assert list(wrong_terms("Regularization helps.", "정규화는 도움이 됩니다.", words))
    assert list(wrong_terms("Weight decay is one.", "가중치 감소입니다.", words))
    assert not list(wrong_terms("`regularization` is a name", "이름입니다", words))


@pytest.fixture
def book(tmp_path):
    """A small book whose one page is translated; gives a function that lists its faults."""
    (tmp_path / "_toc.yml").write_text("root: index\n", "utf-8")
    page, locale = tmp_path / "index.md", tmp_path / "locale"
    page.write_text(f"# Front\n\n{EN}\n", "utf-8")
    catalogues.update(locale, tmp_path, also=["index"])
    po = polib.pofile(str(locale / "index.po"), wrapwidth=0)
    for entry in po:
        entry.msgstr = KO if entry.msgid == EN else "첫 쪽"
    po.metadata["X-Shown"] = "yes"
    po.save()
    catalogues.read.cache_clear()

    def kinds():
        catalogues.read.cache_clear()
        return {kind for name, kind, *_ in faults(locale, tmp_path) if name == "index"}

    assert not kinds()
    return page, locale, kinds


@pytest.mark.canary
@pytest.mark.parametrize(
    "changed",
    [
        EN.replace("100", "200"),
        EN.replace("{eq}`eq-a`", "{eq}`eq-b`"),
        EN.replace("About", "Nearly"),
        f"{EN}\n\nA new paragraph that nobody has translated.",
        "",
    ],
)
def test_english_that_moved_on_is_noticed(book, changed):
    page, locale, kinds = book
    page.write_text(page.read_text("utf-8").replace(EN, changed), "utf-8")
    assert kinds() == {"new"}
    catalogues.update(locale, page.parent)
    assert not kinds()  # shown in English: a page may have a few such messages
    entries = catalogues.read(catalogues.file_of("index", locale))
    changed_only = changed and "nobody" not in changed
    assert any(entry.previous_msgid == EN for entry in entries) == bool(changed_only)


@pytest.mark.canary
def test_a_page_with_too_many_english_messages_is_noticed(book):
    page, locale, kinds = book
    more = "\n\n".join(f"Paragraph {word} is new." for word in ("one", "two", "three", "four"))
    page.write_text(f"{page.read_text('utf-8')}\n\n{more}\n", "utf-8")
    catalogues.update(locale, page.parent)
    assert kinds() == {"missing"}


def test_update_keeps_what_is_translated(book):
    page, locale, _ = book
    before = (locale / "index.po").read_text("utf-8")
    catalogues.update(locale, page.parent)
    assert (locale / "index.po").read_text("utf-8") == before


def test_the_catalogues_are_as_update_writes_them(tmp_path):
    """So that a change of one message is one change in the repository."""
    for file in sorted(catalogues.LOCALE.glob("*.po")):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    catalogues.update(tmp_path)
    for file in sorted(catalogues.LOCALE.glob("*.po")):
        assert (tmp_path / file.name).read_text("utf-8") == file.read_text("utf-8"), file.name
    assert json.dumps(catalogues.shown(tmp_path)) == json.dumps(catalogues.shown())
