# ruff: noqa: E501  a table reads best with a row on a line
"""Right answers that are functions, in many styles: initializers, and narrow."""

STYLES = {}
DRAWS = {
    "standard_normal": "std * rng.standard_normal(shape)",
    "normal": "rng.normal(0.0, std, size=shape)",
    "normal, by its names": "rng.normal(loc=0, scale=std, size=shape)",
    "row by row": "np.array([rng.normal(0, std, shape[1]) for _ in range(shape[0])])",
    "a matrix": "np.matrix(std * rng.standard_normal(shape))",
    "float32": "(std * rng.standard_normal(shape)).astype(np.float32)",
    "flat": "std * rng.standard_normal(shape[0] * shape[1]).reshape(shape)",
    "transposed": "(std * rng.standard_normal(shape[::-1])).T",
    "Box and Muller": "std * np.sqrt(-2 * np.log(1 - rng.random(shape))) * np.cos(2 * np.pi * rng.random(shape))",
    "Fortran's order": "np.asfortranarray(std * rng.standard_normal(shape))",
}  # fmt: skip
RULES = {"he_normal": "2 / shape[0]", "xavier_normal": "2 / (shape[0] + shape[1])", "lecun_normal": "1 / shape[0]"}  # fmt: skip
HEADS = {
    "standard_normal": "rng, shape", "normal": "generator, size", "flat": "rng, shape, /",
    "transposed": "*args", "float32": "rng, shape, gain=None",
}  # fmt: skip
for rule, variance in RULES.items():
    for style, draw in DRAWS.items():
        head = HEADS.get(style, "rng, shape")
        first = "    rng, shape = args\n" if head == "*args" else ""
        first = "    rng, shape = generator, size\n" if head.startswith("gen") else first
        body = f"{first}    std = ({variance}) ** 0.5\n    return {draw}\n"
        STYLES[rule, style] = f"def mine({head}):\n{body}"
STYLES["he_normal", "a lambda"] = "mine = lambda rng, shape: rng.normal(0, (2 / shape[0]) ** 0.5, shape)\n"  # fmt: skip
STYLES["he_normal", "partial"] = "import functools\ndef f(std, rng, shape):\n    return rng.normal(0, (std / shape[0]) ** 0.5, shape)\nmine = functools.partial(f, 2)\n"  # fmt: skip
STYLES["he_normal", "an object that is called"] = "class Mine:\n    def __call__(self, rng, shape):\n        return rng.normal(0, (2 / shape[0]) ** 0.5, shape)\nmine = Mine()\n"  # fmt: skip

NARROW = """
def mine(space, trials, keep=0.2):
    rows = [i for i in trials.order() if all(trials.configs[i][n] in space[n] for n in space)]
    rows = rows[: max(2, int(np.ceil(keep * len(rows))))]
    return {n: space[n].within([trials.configs[i][n] for i in rows]) for n in space}
"""
HOW = {
    "plain": (),
    "keep by name only": ("trials, keep=0.2", "trials, *, keep=0.2"),
    "no default": ("keep=0.2", "keep"),
    "other names": ("def mine(space, trials, keep=0.2):", "def mine(ranges, results, share=0.2):\n    space, trials, keep = ranges, results, share"),
    "kwargs": ("trials, keep=0.2):", "trials, keep=0.2, **options):"),
    "positional only": ("keep=0.2):", "keep=0.2, /):"),
    "rounded up by hand": ("int(np.ceil(keep * len(rows)))", "-int(-keep * len(rows) // 1)"),
    "the columns of trials": ("[trials.configs[i][n] for i in rows]", "[trials[n][i] for i in rows]"),
    "sorted by score": ("trials.order()", "sorted(np.flatnonzero(~np.isnan(trials.scores)), key=lambda i: -trials.scores[i])"),
    "a dict filled": ("    return {n: space[n].within([trials.configs[i][n] for i in rows]) for n in space}", "    new = dict(space)\n    for n in new:\n        new[n] = space[n].within([trials.configs[i][n] for i in rows])\n    return new"),
    "any order of names": ("for n in space}", "for n in sorted(space)}"),
}  # fmt: skip
for style, change in HOW.items():
    text = NARROW
    for old, new in zip(change[::2], change[1::2], strict=True):
        assert text.count(old) == 1, (style, old)
        text = text.replace(old, new)
    STYLES["narrow", style] = text
