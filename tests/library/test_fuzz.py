"""Odd arguments to every public name: nearly every error is ours and says what to do."""

import numpy as np
import pytest
from fuzz import call, entry_points, fault, fuzz

import dlcourse as dl


def test_hardly_an_error_is_unclear(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ends, unclear = fuzz(1500)
    print(*(f"{count}  {where}: {text:.150}" for where, (count, text) in unclear.items()), sep="\n")
    assert ends.total() == 1500
    assert ends["clear"] > 1000
    assert ends["unclear"] / ends.total() < 0.01


def test_every_public_name_is_called():
    called = {name.partition(".")[0] for name, *_ in entry_points()}
    assert len(called) > 60
    assert {"fit", "Sequential", "Adam", "random_search", "study", "GELU", "minibatches"} <= called


def test_a_new_name_needs_right_values(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(dl, "fresh", lambda unheard: None, raising=False)
    with pytest.raises(
        Exception, match=r"good\(\) has no right value for unheard of fresh; add one"
    ):
        fuzz(1 + len(list(entry_points())))


def said(function):
    try:
        function()
    except Exception as error:
        return fault(error, "fit", ["model", "epochs"])


@pytest.mark.canary
def test_what_is_unclear_is_found():
    assert said(lambda: dl.moons(5)[0].nothing) == "the fuzz itself AttributeError"
    assert said(lambda: dl.History().add("a", [[1], [1, 2]])).endswith("ValueError")  # NumPy's
    assert said(lambda: dl.moons(0)).endswith("names no argument")  # but epochs is asked for
    assert said(lambda: dl.fit(None, None, optimizer=None, epochs=1)).endswith("names no argument")


def test_a_call_is_right_but_for_the_odd_arguments(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("fuzz.odd", lambda rng, big: None)
    rng = np.random.default_rng(0)
    for name, function, owner in entry_points():
        if name in ("accuracy", "Linear", "Sequential.predict"):
            with pytest.raises((TypeError, ValueError), match="NoneType|None"):
                call(name, function, owner, rng)
