"""The plan of a course names what is there, and nothing that a chapter has is missing from it."""

import copy

import pytest
from course_plan import facts, faults, plan, rows_faults

SESSIONS = plan()["sessions"]


@pytest.mark.parametrize("stem", SESSIONS)
def test_the_plan_of_a_chapter_is_whole(stem):
    assert not list(faults(stem, plan()["sessions"][stem], facts(stem)))


@pytest.mark.parametrize("name", plan()["three"])
def test_a_short_session_takes_its_time(name):
    assert not list(rows_faults(name, plan()["three"][name]["rows"]))


def changed(change):
    session = copy.deepcopy(plan()["sessions"]["05-optimizers"])
    change(session)
    return list(faults("05-optimizers", session, facts("05-optimizers")))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda s: s["rows"].pop(), "takes"),
        (lambda s: s["rows"][0][3].append("05-none"), "no figure 05-none"),
        (lambda s: s.update(live=["05-none", ""]), "no figure 05-none"),
        (lambda s: s.update(misconceptions=["1B", "2B", "3C"]), "1B is no wrong answer"),
        (lambda s: s.update(misconceptions=["1A", "2B", "9C"]), "9C is no wrong answer"),
        (lambda s: s.update(misconceptions=["1A", "1A", "2B"]), "not three"),
        (lambda s: s["map"].pop("LO-5.3"), "LO-5.3 is not in the map"),
        (lambda s: s["map"].update({"LO-5.9": s["map"]["LO-5.1"]}), "LO-5.9 is no objective"),
        (lambda s: s["map"]["LO-5.4"].update(quiz=[]), "quiz: 3 is not in the map"),
        (lambda s: s["map"]["LO-5.4"].update(quiz=[3, 6]), "quiz: there is no 6"),
        (lambda s: s["map"]["LO-5.2"].update(parts=["momentum"]), "parts: adam is not"),
        (lambda s: s["map"]["LO-5.2"]["exercises"].remove("ex-5-clip"), "ex-5-clip is not"),
        (lambda s: s["map"]["LO-5.5"]["sections"].append("Gone"), "there is no Gone"),
        (lambda s: s["map"]["LO-5.5"].update(sections=[]), "LO-5.5 has no section"),
    ],
)  # fmt: skip
def test_a_fault_in_the_plan_would_be_noticed(change, words):
    assert any(words in fault for fault in changed(change))
