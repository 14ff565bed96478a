"""Canaries for claims and their controls: one that shows nothing is found by a rule."""

import nbformat
import pytest
from canary import notebook
from controls import computed
from criteria import controlled, reseeded, strong

pytestmark = pytest.mark.canary


EXPERIMENT = "holds = np.array([error(s, True) < error(s, False) for s in SEEDS])"


@pytest.mark.parametrize(
    "control",
    [
        "[False, False, True]",
        "np.zeros(10, bool)",
        "np.ones(10) < 0",
        "np.array([0, 1, 0], dtype=bool)",
        "np.full(10, False)",
        "np.arange(10) < 3",
        "[False] * 10",
        "[s < 3 for s in SEEDS]",
        "np.array([False for _ in range(10)])",
        "list(map(lambda s: False, SEEDS))",
        "np.array(typed)",
        "typed",
        "filled",
        "appended",
        "[never(s) for s in SEEDS]",
        "~holds",
        "np.logical_not(holds)",
        "holds == False",
        "[not h for h in holds]",
        "np.array([not h for h in holds])",
        "1 - holds > 0",
        "holds & False",
        "holds.copy()",
        "turned",
        "holds[::-1]",
    ],
)
def test_a_control_that_is_typed_in_or_turned_round_is_found(control):
    setup = f"""SEEDS = scale(range(base, base + 10), range(base, base + 2))
{EXPERIMENT}
typed = [False, True]
filled = np.zeros(10, bool)
filled[0] = True
appended = []
for s in SEEDS:
    appended.append(s > 3)
turned = ~holds
def never(seed):
    return False"""
    made = f'claim("C1.1", "A beats B.", holds, control={control}, control_is="no mask")'
    assert computed(notebook(setup, made)), control


@pytest.mark.parametrize("holds", ["np.ones(10, bool)", "[True] * 10", "np.arange(10) >= 0"])
def test_a_claim_that_is_typed_in_is_found(holds):
    assert computed(notebook(f'claim("C1.1", "s", {holds})'))
    assert computed(notebook(f'claim("C1.1", statement="s", holds={holds})'))


@pytest.mark.parametrize(("holds", "control"), [("a < b", "b <= a"), ("a < b", "a > b")])
def test_the_same_two_arms_compared_the_other_way_are_found(holds, control):
    made = f'claim("C1.1", "s", {holds}, control={control}, control_is="swapped")'
    assert computed(notebook("a, b = run(0), run(1)", made))
    named = 'claim("C1.1", "s", holds, control=control, control_is="swapped")'
    setup = f"a, b = run(0), run(1)\nholds = {holds}\ncontrol = np.array({control})"
    assert computed(notebook(setup, named))


@pytest.mark.parametrize(
    "control",
    [
        "np.array([error(s, False) < error(s, False, other=True) for s in SEEDS])",
        "no_mask < plain",
        "np.abs(gap + 1) < 0.5",
        "common",
        "experiment(rare=False)",
        "[x < y for x, y in zip(no_mask, plain)]",
    ],
)
def test_a_computed_control_passes(control):
    setup = f"""SEEDS = scale(range(10), range(2))
plain, no_mask = arms(SEEDS), arms(SEEDS, mask=None)
gap = plain - no_mask
{EXPERIMENT}
common = np.zeros(10, bool)
for i, s in enumerate(SEEDS):
    common[i] = error(s, True) < error(s, False)"""
    for holds in ("holds", "np.abs(gap) < 0.5"):
        made = f'claim("C1.1", "s", {holds}, control={control}, control_is="no mask")'
        assert not computed(notebook(setup, made))


@pytest.mark.parametrize(
    ("rule", "bad", "good"),
    [
        (controlled, 'claim("C1.1", "s", h)', 'claim("C1.1", "s", h, why_no_control="w")'),
        (
            controlled,
            "\n".join(f'claim("C1.{i}", "s", h, why_no_control="w")' for i in range(9)),
            'claim("C1.1", "s", h, control=c, control_is="w")',
        ),
        (reseeded, "rng = np.random.default_rng(3)", "rng = np.random.default_rng(base + 3)"),
        (reseeded, "train(net, seed=7)", "train(net, seed=seed)"),
        (reseeded, "tuned(score, rates, range(100, 105))", "tuned(score, rates, TUNING)"),
        (reseeded, "tuned(score, rates, seeds=[1, 2])", "tuned(score, rates, seeds=TUNING)"),
        (reseeded, "streams(0)", "streams(base)"),
    ],
)
def test_rules_of_the_second_edition(rule, bad, good):
    claim = 'claim("C9.9", "s", holds, control=control, control_is="w")'
    assert rule(notebook(claim, bad))
    assert not rule(notebook(claim, good))


@pytest.mark.parametrize(
    ("cases", "needed", "weak"), [(10, 7, 1), (10, 8, 0), (20, 14, 0), (3, 3, 1)]
)
def test_a_criterion_that_two_equal_arms_pass_is_found(cases, needed, weak):
    criterion = f"in at least {needed} of {cases} seeds"
    data = {"id": "C1.1", "criterion": criterion, "cases": cases, "needed": needed, "within": None}
    nb = notebook("1")
    bundle = {"application/vnd.dlcourse.claim+json": data}
    nb.cells[0].outputs = [nbformat.v4.new_output("display_data", bundle)]
    assert len(strong(nb)) == weak
