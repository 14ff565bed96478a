"""Odd arguments for the fuzz: what users hand over by mistake, and what nobody should."""

import datetime
import decimal
import fractions
import pathlib

import numpy as np

import dlcourse as dl

BIG = (10**400, -(10**400), 2**63, 2**100)
NUMBERS = (-1, 0, 1, 2, 3, 7, True, 0.5, -0.5, 1.0, 2.5, 1e-45, 1e38, 1e300, 1e-320, float("nan"))
NUMBERS += (float("inf"), -float("inf"), 1j, np.float32(0.1), np.int8(3), np.float64("nan"))
NUMBERS += (np.bool_(True), np.complex64(1), fractions.Fraction(1, 3), decimal.Decimal("0.1"))


class Unprintable:
    """An object whose text cannot be had."""

    def __repr__(self):
        return "<Unprintable>"

    def __len__(self):
        raise RuntimeError("no length")


def arrays(rng):
    """Arrays of every kind, drawn anew for each call."""
    x = rng.normal(size=(6, 3)).astype(np.float32)
    y = rng.integers(0, 2, 6)
    read_only, nan, inf = x.copy(), x.copy(), x.copy()
    read_only.flags.writeable = False
    nan[2, 1], inf[0, 0] = np.nan, np.inf
    return [
        *(x, x.astype(float), x.astype(np.float16), x.astype(np.longdouble), x.astype(int)),
        *(x.astype(complex), x.astype(object), x.astype(str), x > 0, x.astype(">f4"), y),
        *(
            x[:0],
            x[:, :0],
            x[0],
            x[:1],
            x[..., None],
            x.T,
            x[::-1],
            x[:, ::-1],
            np.asfortranarray(x),
        ),
        *(
            x[0, 0],
            np.array(0.5),
            np.array(3),
            np.array(None),
            np.empty(()),
            np.zeros((0,)),
            nan,
            inf,
        ),
        *(read_only, np.matrix(x), np.ma.masked_array(x, x > 0), x * np.float32(1e38), x * 1e-45),
        *(
            np.broadcast_to(x[0], (6, 3)),
            y.astype(">i8"),
            y.astype(float),
            y.astype(np.uint8),
            y > 0,
        ),
        *(-y, y + 5, y[:, None], np.eye(2)[y], y.astype(str), y[:5], np.ma.masked_array(y, y > 0)),
        *(
            np.array(["2020"], "M8[D]"),
            np.zeros(6, "f4,i4"),
            np.array([None, 1]),
            np.array([1.0, "a"]),
        ),
        *(
            x.tolist(),
            y.tolist(),
            [[1.0], [1.0, 2.0]],
            [x, y],
            (x, y),
            (x, y, y),
            [x],
            memoryview(x),
        ),
        *(np.recarray(6, [("a", "f4")]), np.empty(0, object), np.full((2, 2), 10**400, object)),
    ]


def objects(rng):
    """Everything that is neither a number nor an array."""
    model = dl.Sequential(dl.Linear(3, 4), dl.Dropout(0.5), dl.Linear(4, 2))
    return [
        *(
            None,
            "",
            "a",
            "valid_accuracy",
            "1.5",
            "한글",
            b"a",
            "x" * 300,
            "a\0b",
            "no/such/folder",
        ),
        *(
            (),
            [],
            {},
            set(),
            {"a": 1},
            {1: 2},
            {"lr": dl.Uniform(0, 1)},
            [1, 2],
            (0.9, 0.99),
            (1, 2, 3),
        ),
        *(
            [None],
            ["a", 1],
            (2, 3),
            (0, 3),
            (-1, 2),
            (2.5, 1),
            ("a", "b"),
            range(3),
            iter([1, 2]),
            ...,
        ),
        *(lambda: 1, lambda x: x, lambda x, y: x, lambda *a: None, lambda *a: 1.0, lambda *a: "a"),
        *(
            lambda *a: (1.0, a[0]),
            lambda *a: 10**400,
            lambda *a: float("nan"),
            lambda *a: a,
            print,
            len,
        ),
        *(
            int,
            np.ndarray,
            dl.Linear,
            dl.Adam,
            object,
            object(),
            Unprintable(),
            NotImplemented,
            slice(3),
        ),
        *(
            dl.Linear(3, 4),
            dl.ReLU(),
            model,
            dl.Adam(),
            dl.SGD(0.1),
            dl.History(),
            dl.Uniform(0, 1),
        ),
        *(
            dl.Choice([1, 2]),
            dl.softmax_cross_entropy,
            dl.he_normal,
            dl.constant(0.0),
            dl.cosine_lr(3),
        ),
        *(np.random, np.random.default_rng(0), np.random.RandomState(0), np.random.PCG64(0)),
        *(
            np.dtype("f4"),
            np.float16,
            np.float64,
            "float32",
            "f8",
            "nonsense",
            np.dtype("f4,i4"),
            float,
        ),
        *(pathlib.Path("p"), pathlib.Path("."), ValueError("a"), datetime.date(2020, 1, 1), np, dl),
    ]


def odd(rng, big=True):
    """One odd argument."""
    kind = rng.random()
    if kind < 0.25:
        values = NUMBERS + BIG * big
        return values[rng.integers(len(values))]
    values = arrays(rng) if kind < 0.6 else objects(rng)
    if kind > 0.95:
        return tuple(values[rng.integers(len(values))] for _ in range(2))
    return values[rng.integers(len(values))]
