# ruff: noqa: E501  a table reads best with a row on a line
"""Made-up submissions: the student's notebook with some answers filled in, rightly or not.

The changes of a submission are a dict: answer cell (counted from 0) -> what stands in it.
Cells that are not named hold the solution. `STUB` leaves a cell as it is handed out, a tuple
(old, new, ...) changes the solution, and any other text replaces the cell. Beside the changes
stand the tests that must give their points; `ALL` means every test.
"""

import copy

from assignment_notebooks import cells, parts, student

STUB, BLANK, CRASH = None, "", "1 / 0"
LOOP = "while True:\n    pass"
ALL = "all"


# assignment -> (the last answer, the tests that do not need it, those that do not need the first)
NEEDS = {
    "dropout": (2, ("layer", "noise"), ()),
    "activations": (2, ("elu", "prelu"), ("prelu",)),
    "batch-normalization": (2, ("layer", "own"), ()),
    "initialization": (2, ("he", "xavier", "signal"), ("signal",)),
    "optimizers": (3, ("momentum", "adam"), ("adam",)),
    "hyperparameters": (2, ("log", "narrow"), ("narrow", "search")),
}


def common(last, rest, others):
    """Eight submissions for an assignment whose answer cells are 0 to `last`.

    `rest` names the tests that do not need the last answer, `others` those that do not
    need the first.
    """
    everything = range(last + 1)
    return {
        "right": ({}, ALL),
        "untouched": (dict.fromkeys(everything, STUB), ()),
        "empty": (dict.fromkeys(everything, BLANK), ()),
        "crash in the first": ({0: CRASH}, others),
        "last untouched": ({last: STUB}, rest),
        "last crashes": ({last: CRASH}, rest),
        "last with a syntax error": ({last: "answer = ["}, rest),
        "endless loop": ({last: LOOP}, rest),
    }


SUBMISSIONS = {
    "dropout": common(*NEEDS["dropout"])
    | {
        "other words": ({0: ("x.shape) < 1", "x.shape) <= 1")}, ALL),
        "noise is None": ({1: ("return float", "float")}, ("layer", "experiment")),
        "noise swapped": (
            {1: ("return float(y.mean()), float(y.var())", "return float(y.var()), float(y.mean())")},
            ("layer", "experiment"),
        ),
        "rate 0 twice": ({2: ("clinic_net(0.5,", "clinic_net(0.0,")}, ("layer", "noise")),
        "noise by the formula": (
            {1: "def noise(rate, value, n=100_000, seed=0, kind=MyDropout):\n    return float(value), rate / (1 - rate) * value**2"},
            ("layer", "experiment"),
        ),
        "numbers typed in": ({2: "plain = np.array([16.0, 15.5, 15.0, 16.5, 17.0])\ndropped = plain - 2"}, ("layer", "noise")),
        "seed 0 five times": ({2: ("for seed in SEEDS", "for seed in [0] * 5")}, ("layer", "noise")),
    },
    "activations": common(*NEEDS["activations"])
    | {
        "alpha forgotten": ({0: ("left = self.alpha *", "left =")}, ("prelu", "gradients")),
        "slope added": ({1: ("self.da[...] =", "self.da +=")}, ("elu", "gradients")),
        "ratio upside down": ({2: ("sizes[0] / sizes[-1]", "sizes[-1] / sizes[0]")}, ("elu", "prelu")),
        "seed 0 five times": ({2: ("for seed in SEEDS:", "for seed in [0] * 5:")}, ("elu", "prelu")),
        "numbers typed in": (
            {2: "def arrives(activation, init):\n    return np.full(5, 1e-9 if activation is Sigmoid else 0.5)"},
            ("elu", "prelu"),
        ),
        "one seed": ({2: ("return np.array(ratios)", "return ratios[0]")}, ("elu", "prelu")),
    },
    "batch-normalization": common(*NEEDS["batch-normalization"])
    | {
        "unbiased variance": ({0: ("x.var(axis=0)", "x.var(axis=0, ddof=1)")}, ("own", "experiment")),
        "dgamma forgotten": ({0: ("self.dgamma[...] = ", "")}, ("own", "experiment")),
        "sum is None": ({1: ("return float", "float")}, ("layer", "experiment")),
        "a test that says 0": ({1: "def column_sum(x, dy, kind=MyBatchNorm):\n    return 0.0"}, ("layer", "experiment")),
        "numbers typed in": ({2: "plain = np.full((3, 3), 89.0)\nnormalized = np.full((3, 3), 20.0)"}, ("layer", "own")),
        "without twice": ({2: ("deep_net(with_it, s)", "deep_net(False, s)")}, ("layer", "own")),
    },
    "initialization": common(*NEEDS["initialization"])
    | {
        "variance for std": ({0: ("np.sqrt(2 / n_in)", "2 / n_in")}, ("xavier", "signal")),
        "bound without 3": ({0: ("3 * 2 /", "2 /")}, ("he", "signal", "experiment")),
        "no ReLU": ({1: ("np.maximum(x @ init(rng, (n, n)), 0)", "x @ init(rng, (n, n))")},
                    ("he", "xavier", "experiment")),
        "typed in": ({2: "errors = {'0.01': np.full(3, 90.0), 'Xavier': np.full(3, 80.0), 'He': np.full(3, 20.0)}"},
                     ("he", "xavier", "signal")),
        "sizes by the formula": (
            {1: "def signal(init, depth=30, n=100, seed=0):\n    W = init(np.random.default_rng(seed), (n, n))\n    return (W.std() * (n / 2) ** 0.5) ** np.arange(depth)"},
            ("he", "xavier", "experiment"),
        ),
        "one rule": ({2: ("rules.items()", "[]")}, ("he", "xavier", "signal")),
    },
    "optimizers": common(*NEEDS["optimizers"])
    | {
        "w is new": ({0: ("w -= self.lr * self.v", "w = w - self.lr * self.v")}, ("adam",)),
        "uncorrected": ({1: ("self.m / (1 - beta1**self.t)", "self.m")}, ("momentum",)),
        "one step short": ({2: ("return t", "return t - 2")}, ("momentum", "adam")),
        "a table of counts": (
            {2: "def steps_needed(optimizer, limit=300):\n    known = {0.003: 300, 0.01: 235, 0.03: 92, 0.1: 63, 0.3: 74, 1.0: 80}\n    return 300 if hasattr(optimizer, 'betas') else known.get(optimizer.lr, 300)"},
            ("momentum", "adam"),
        ),
        "worst rate": ({3: ("np.argmin", "np.argmax")}, ("momentum", "adam")),
    },
    "hyperparameters": common(*NEEDS["hyperparameters"])
    | {
        "linear": ({0: ("math.exp(math.log(low) + u * (math.log(high) - math.log(low)))",
                        "low + u * (high - low)")}, ("narrow", "search")),
        "rounded down": ({1: ("math.ceil", "int")}, ("log", "search")),
        "the worst": ({1: ("inside[:k]", "inside[-k:]")}, ("log",)),
        "validation score reported": ({2: ("reported = accuracy(trained(winner.best, 100), *test)", "reported = winner.best_score")}, ("log", "narrow")),
        "chosen on test": (
            {2: ("reported = accuracy(trained(winner.best, 100), *test)", "reported = max(accuracy(trained(c, 100), *test) for c in fine.configs)")},
            ("log", "narrow"),
        ),
        "first round only": ({2: ("winner = max((coarse, fine), key=lambda trials: trials.best_score)", "winner = coarse")}, ("log", "narrow")),
        "typed in": ({2: ("reported = accuracy(trained(winner.best, 100), *test)", "reported = 0.8")}, ("log", "narrow")),
        "on validation": ({2: ("*test)", "*valid) * 100")}, ("log", "narrow")),
    },
}  # fmt: skip


def own(name):
    """The rows that only this assignment has: wrong answers, and experiments that nobody did."""
    shared = common(*NEEDS[name])
    return {label: row for label, row in SUBMISSIONS[name].items() if label not in shared}


def submission(text, changes):
    """A student's notebook for the solution file `text`, with these changes."""
    nb, found = copy.deepcopy(student(text)), cells(text)
    answers = [i for i, (kind, _, _) in enumerate(found) if kind == "answer"]
    for number, i in enumerate(answers):
        change = changes.get(number, ("", ""))
        if change is STUB:
            continue
        if isinstance(change, str):
            nb.cells[i].source = change
            continue
        solved = "\n".join(line for _, piece in parts(found[i][2]) for line in piece)
        for old, new in zip(change[::2], change[1::2], strict=True):
            assert old in solved, f"{old!r} is not in the solution any more"
            solved = solved.replace(old, new)
        nb.cells[i].source = solved
    return nb


def points(text, passing):
    """The expected points of every test."""
    tests = {s["name"]: int(s["points"]) for kind, s, _ in cells(text) if kind == "test"}
    assert passing == ALL or set(passing) <= set(tests), passing
    return {name: tests[name] * (passing == ALL or name in passing) for name in tests}
