"""Claims: they hold, and their controls do not, or they raise; what was measured is marked."""

import json

import numpy as np
import pytest

import dlcourse as dl
from dlcourse import _box, rerun
from dlcourse.claims import MIME, VERDICTS


def text(*args, **kwargs):
    return str(dl.claim(*args, **kwargs))


def first(held, n=10):
    """n cases of which `held` hold."""
    return np.arange(n) < held


def test_only_marked_counts_depend_on_how_many_held():
    one, other = (dl.claim("C1.1", "A beats B.", first(held)) for held in (10, 9))
    assert one.data == other.data
    assert str(one).replace("here in 10 of", "here in 9 of") == str(other)
    assert str(one) == (
        "Claim C1.1 holds: A beats B.\n  criterion: in at least 9 of 10 seeds\n"
        "  measured: holds here in 10 of 10 (needs 9)"
    )


@pytest.mark.parametrize(
    ("at_least", "n", "needed"),
    [(0.9, 10, 9), (0.9, 11, 10), (1.0, 7, 7), (0.5, 5, 3), (0.7, 10, 7)],
)
def test_how_many_are_needed(at_least, n, needed):
    assert f"in at least {needed} of {n} seeds" in text(
        "C", "s", first(needed, n), at_least=at_least
    )
    with pytest.raises(AssertionError, match=f"in {needed - 1} of {n}, needed {needed}"):
        dl.claim("C", "s", first(needed - 1, n), at_least=at_least)


def test_a_claim_that_fails_names_the_counts_and_the_cases():
    with pytest.raises(AssertionError) as caught:
        dl.claim("C1.2", "A beats B.", [True, False, True, False], cases="pairs")
    assert str(caught.value) == (
        "claim C1.2 does not hold (A beats B.): it held in 2 of 4, needed 4; it failed at [1, 3]"
    )


@pytest.mark.parametrize(
    ("at_least", "n", "most"), [(0.9, 10, 7), (1.0, 10, 8), (0.7, 10, 5), (0.9, 5, 3), (0.5, 20, 6)]
)
def test_a_control_must_miss_the_criterion_by_a_fifth(at_least, n, most):
    def with_control(held):
        return dl.claim(
            "C1.1",
            "A beats B.",
            first(n, n),
            at_least=at_least,
            control=first(held, n),
            control_is="A has no mask",
        )

    made = with_control(most)
    assert made.data["control_at_most"] == most
    assert str(made).endswith(f"control, A has no mask: here {most} of {n} (at most {most})")
    with pytest.raises(
        AssertionError, match=rf"A has no mask.*held in {most + 1} of {n}, at most {most} may"
    ):
        with_control(most + 1)


def test_two_equal_arms_pass_as_a_control_nineteen_times_of_twenty():
    rng = np.random.default_rng(0)
    held = (rng.random((20_000, 10)) < 0.5).sum(axis=1)
    assert 0.04 < np.mean(held > 7) < 0.07


def test_a_planted_difference_is_the_control_of_no_difference():
    gap = np.random.default_rng(0).normal(scale=0.1, size=10)
    made = dl.claim(
        "C1.1",
        "A and B are level to half a point.",
        np.abs(gap) < 0.5,
        control=np.abs(gap + 1) < 0.5,
        control_is="one point is added to A",
    )
    assert made.measured["control"] == 0
    with pytest.raises(AssertionError, match="the criterion cannot tell"):
        dl.claim("C", "s", np.abs(gap) < 5, control=np.abs(gap + 1) < 5, control_is="a point more")


def test_the_control_of_a_size_is_judged_by_the_same_interval():
    near, far = np.linspace(0.4, 0.6, 5), np.linspace(0.9, 1.1, 5)
    made = dl.claim("C", "s", near, within=(0.4, 0.6), control=far, control_is="twice the scale")
    assert made.measured == {"held": 5, "values": [0.4, 0.6], "effect": None, "control": 0}
    assert "values ≈0.40 to ≈0.60" in str(made)
    with pytest.raises(AssertionError, match="its control .* held in 5 of 5"):
        dl.claim("C", "s", near, within=(0.4, 0.6), control=near, control_is="nothing")


# Mean and half-width by scipy.stats.t.interval(0.95, n - 1, mean, sem).
EFFECTS = [
    ([-2.0, -3.0], -2.5, 6.353102),
    ([2.0, 1.0, 3.0, 2.0, 4.0], 2.4, 1.415715),
    (list(range(32)), 15.5, 3.382150),
    (list(range(50)), 24.5, 4.142845),
]


@pytest.mark.parametrize(("differences", "mean", "half"), EFFECTS)
def test_the_interval_of_an_effect_is_students(differences, mean, half):
    made = dl.claim("C", "s", first(10), effect=differences, unit="points")
    effect = made.measured["effect"]
    assert effect["mean"] == pytest.approx(mean)
    assert effect["high"] - effect["mean"] == pytest.approx(half, rel=1e-4)
    assert effect["mean"] - effect["low"] == pytest.approx(half, rel=1e-4)


def test_an_effect_is_said_with_its_unit_and_its_range_is_checked():
    effect = np.array([-2.4, -2.6, -2.5, -2.2, -2.8])
    free = text("C", "s", first(5, 5), effect=effect, unit="points")
    assert "; difference ≈ −2.5 points (≈ −2.8 to ≈ −2.2)" in free
    held = dl.claim("C", "s", first(5, 5), effect=effect, unit="points", effect_within=(-3, -2))
    assert "; difference ≈−2.5 points (≈ −2.8 to ≈ −2.2)" in str(held)
    assert "5 seeds, and a mean difference of −3 to −2 points" in held.data["criterion"]
    with pytest.raises(AssertionError, match="the mean difference is -2.5, not -2 to -1"):
        dl.claim("C", "s", first(5, 5), effect=effect, unit="points", effect_within=(-2, -1))


def test_within():
    assert "between 0.4 and 0.6, in at least 3 of 3 seeds" in text(
        "C", "s", [0.4, 0.5, 0.6], within=(0.4, 0.6)
    )
    with pytest.raises(AssertionError, match=r"failed at \[1\] with the values \[0\.61\]"):
        dl.claim("C", "s", [0.4, 0.61, 0.6], within=(0.4, 0.6))
    with pytest.raises(AssertionError, match=r"failed at \[0\]"):
        dl.claim("C", "s", [np.nan], within=(0.4, 0.6))


def test_one_number_is_one_case():
    assert "in at least 1 of 1 networks" in text("C", "s", 3.0, within=(2, 4), cases="networks")
    assert "in at least 1 of 1 seeds" in text("C", "s", np.True_)


def test_the_answer_to_the_notes_is_printed():
    printed = text("C", "s", [True], notes="1.3", notes_say="It is faster.", verdict="false")
    assert printed.endswith("the notes (statement 1.3) say: It is faster. -> false")
    assert "notes" not in text("C", "s", [True])


@pytest.mark.parametrize("verdict", VERDICTS)
def test_the_bundle_carries_data_for_the_page_of_claims(verdict):
    claim = dl.claim(
        "C1.4",
        "A beats B.",
        [True] * 5,
        effect=[1.0, 2.0, 3.0],
        unit="points",
        control=first(1, 5),
        control_is="no mask",
        notes="1.3",
        notes_say="It is.",
        verdict=verdict,
    )
    bundle, metadata = claim._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/markdown", MIME}
    assert bundle["text/plain"] == str(claim)
    for piece in (
        *("C1.4", "A beats B.", "in at least 5 of 5 seeds", "holds here in 5 of 5 (needs 5)"),
        *("difference ≈ +2 points", "control, *no mask*: here 1 of 5", "It is.", verdict),
    ):
        assert piece in bundle["text/markdown"]
    data, measured = (json.loads(json.dumps(part)) for part in (bundle[MIME], metadata))
    assert data["criterion"] == "in at least 5 of 5 seeds"
    assert (data["cases"], data["needed"], data["control_at_most"]) == (5, 5, 3)
    assert measured["dlcourse"]["held"] == 5
    assert measured["dlcourse"]["control"] == 1
    # The whole text follows from what is stored, so a test can write it anew.
    assert _box.plain(data, measured["dlcourse"]) == bundle["text/plain"]
    assert _box.markdown(data, measured["dlcourse"]) == bundle["text/markdown"]


def test_the_data_does_not_depend_on_what_was_measured():
    def made(shift):
        return dl.claim(
            "C",
            "s",
            first(10 - shift),
            effect=np.arange(10.0) + shift,
            unit="points",
            control=first(shift),
            control_is="no mask",
        ).data

    assert made(0) == made(1)


def test_who_listens_is_told_and_nothing_raises(monkeypatch):
    monkeypatch.setattr(rerun, "records", [])
    dl.claim("C1.1", "s", first(3), control=first(9), control_is="no mask")
    dl.between(9, 7, 8, "%")
    dl.tuned(lambda rate, seed: rate, [0.1, 0.178, 0.316], range(5))
    claim, value, rate = rerun.records
    assert (claim["kind"], claim["name"], claim["good"]) == ("claim", "C1.1", False)
    assert (claim["held"], claim["control"], claim["needed"]) == (3, 9, 9)
    assert (value["kind"], value["good"], value["value"]) == ("value", False, 9)
    assert (rate["kind"], rate["good"]) == ("tuned", False)
    assert "widen the grid" in rate["fault"]


def test_the_base_of_all_seeds_comes_from_the_environment():
    assert dl.base == 0
    assert rerun._base_from("1000") == 1000
    for text in ("ten", "-1", "1.5", ""):
        with pytest.raises(ValueError, match="DLCOURSE_BASE must be a whole number"):
            rerun._base_from(text)
