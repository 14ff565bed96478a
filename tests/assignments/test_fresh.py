"""Answers by people who had not read the checks: right ones pass, wrong ones are refused.

Two pairs of eyes wrote them, sixty each. What a reader would expect a name for has one; the
others stand in NOT_NAMED, with the reason.
"""

import assignment_notebooks as made
import fresh_right_batchnorm
import fresh_right_layers
import fresh_right_rest
import make_assignments as make
import pytest
from fresh_second_right import SECOND_RIGHT
from fresh_second_wrong import SECOND_WRONG
from fresh_wrong import FRESH_WRONG, PLAIN, wrong_answer
from student_code import checked, loaded

FRESH_RIGHT = (
    fresh_right_batchnorm.FRESH_RIGHT
    | fresh_right_layers.FRESH_RIGHT
    | fresh_right_rest.FRESH_RIGHT
)
NOT_NAMED = {
    "Adam: t counts calls of the class": "the broken property says it: no shared memory",
    "narrow: the worst are kept when few": "nobody makes it by mistake",
}
# log_uniform has no check in the library: the assignment's own test looks at it.
LOG = next(
    body
    for source in make.sources()
    for kind, settings, body in made.cells(source.read_text(encoding="utf-8"))
    if kind == "test" and settings["name"] == "log"
)


def graded(topic, answer):
    return exec(LOG, {topic: answer}) if topic == "log_uniform" else checked(topic, answer)


def changed(topic, pairs):
    """The plain answer of a topic with these changes; one text alone is the answer itself."""
    if len(pairs) == 1:
        return pairs[0]
    text = PLAIN[topic]
    for old, new in zip(pairs[::2], pairs[1::2], strict=True):
        assert old in text, old
        text = text.replace(old, new)
    return text


def test_there_are_thirty_of_each():
    assert len(FRESH_RIGHT) == len(FRESH_WRONG) == len(SECOND_RIGHT) == len(SECOND_WRONG) == 30


@pytest.mark.parametrize("name", FRESH_RIGHT)
def test_a_right_answer_passes(name):
    assert checked(name.split()[0], loaded(FRESH_RIGHT[name])) is None


@pytest.mark.parametrize("row", SECOND_RIGHT, ids=": ".join)
def test_a_right_answer_of_the_second_eyes_passes(row):
    text, topic = SECOND_RIGHT[row], row[0]
    pairs = [text] if isinstance(text, str) else [piece for pair in text for piece in pair]
    assert graded(topic, loaded(changed(topic, pairs))) is None


@pytest.mark.parametrize("topic", PLAIN)
def test_what_the_wrong_answers_are_made_from_is_right(topic):
    assert checked(topic, loaded(PLAIN[topic])) is None


@pytest.mark.parametrize("name", FRESH_WRONG)
def test_a_wrong_answer_is_refused_in_three_parts(name):
    topic, text = wrong_answer(name)
    with pytest.raises(AssertionError) as caught:
        checked(topic, loaded(text))
    assert "broken property:" in str(caught.value)
    assert FRESH_WRONG[name][1] in str(caught.value)
    assert ("none of the" in str(caught.value)) == (name in NOT_NAMED)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("row", SECOND_WRONG, ids=": ".join)
def test_a_wrong_answer_of_the_second_eyes_is_named(row):
    *pairs, words = SECOND_WRONG[row]
    with pytest.raises(AssertionError) as caught:
        graded(row[0], loaded(changed(row[0], pairs)))
    assert words in str(caught.value)
    assert "none of the" not in str(caught.value)
