"""Answers by somebody who had not read the checks: right ones pass, wrong ones are refused."""

import fresh_right_batchnorm
import fresh_right_layers
import fresh_right_rest
import pytest
from fresh_wrong import FRESH_WRONG, PLAIN, wrong_answer
from student_code import checked, loaded

FRESH_RIGHT = (
    fresh_right_batchnorm.FRESH_RIGHT
    | fresh_right_layers.FRESH_RIGHT
    | fresh_right_rest.FRESH_RIGHT
)


def test_there_are_thirty_of_each():
    assert len(FRESH_RIGHT) == len(FRESH_WRONG) == 30


@pytest.mark.parametrize("name", FRESH_RIGHT)
def test_a_right_answer_passes(name):
    assert checked(name.split()[0], loaded(FRESH_RIGHT[name])) is None


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
