"""How `Trials` are drawn. Needs matplotlib, loaded on first use."""

import numpy as np

from ..plots import COLORS, _pyplot

FAR = 1e300  # beyond, the ends of an axis overflow


def scatter(trials):
    """The score against each parameter on its own scale, one panel a parameter."""
    plt = _pyplot()
    names = list(trials.space)
    columns = min(len(names), 2)
    rows = -(-len(names) // columns)
    size = (7, 0.6 + 2.4 * rows)
    fig, axes = plt.subplots(
        rows, columns, squeeze=False, sharey=True, figsize=size, layout="constrained"
    )
    failed = np.isnan(trials.scores)
    best = trials.best_index
    scores, score = _drawable(trials.scores, "score")
    for ax, name in zip(axes.flat, names, strict=False):
        x, text, scale = _positions(trials, name)
        for round in np.unique(trials.rounds):
            shown = ~failed & (trials.rounds == round)
            color = COLORS[(0, 4, 2, 3, 5)[round % 5]]
            word = "round" if trials.epochs is None else "rung"
            label = f"{word} {round}" if trials.rounds.any() else "trial"
            ax.plot(x[shown], scores[shown], "o", ms=4, alpha=0.7, color=color, label=label)
        if failed.any():
            low = np.full(failed.sum(), 0.02)
            ax.plot(x[failed], low, "x", color="#777777", transform=ax.get_xaxis_transform(),
                    label="failed", clip_on=False)  # fmt: skip
        ax.plot(x[best], scores[best], "*", ms=15, color=COLORS[1], mec="black",
                label="best", zorder=4)  # fmt: skip
        _scale(ax, trials.space[name], scale)
        ax.set_xlabel(text)
    for ax in axes[:, 0]:
        ax.set_ylabel(score)
    for ax in axes.flat[len(names) :]:
        ax.axis("off")
    handles, labels = axes.flat[0].get_legend_handles_labels()
    fig.legend(handles, labels, loc="outside upper center", ncols=min(len(labels), 6))
    return fig


def parallel(trials):
    """One line a trial across all parameters and the score, dark if good; the best is thick."""
    plt = _pyplot()
    names = list(trials.space)
    order = trials.order()[::-1]  # the best is drawn last, on top
    halves = trials.scores[order] / 2  # the largest float minus the smallest is none
    low, high = 2 * halves.min(), 2 * halves.max()
    share = (halves - low / 2) / ((high / 2 - low / 2) or 1)
    heights = np.array(
        [[trials.space[name].position(trials.configs[i][name]) for name in names] for i in order]
    )
    heights = np.column_stack([heights, share])
    fig, ax = plt.subplots(figsize=(7, 3.8), layout="constrained")
    for line, color in zip(heights, plt.get_cmap("viridis")(0.95 - 0.95 * share), strict=True):
        ax.plot(line, color=color, linewidth=1, alpha=0.6, clip_on=False)
    ax.plot(heights[-1], color=COLORS[1], linewidth=3, marker="o", label="best", clip_on=False)
    for shade, text in ((0.0, "high score"), (0.95, "low score")):
        ax.plot([], [], color=plt.get_cmap("viridis")(shade), label=text)
    ends = [_ends(trials.space[name]) for name in names] + [(f"{low:.3g}", f"{high:.3g}")]
    for i, (bottom, top) in enumerate(ends):
        ax.axvline(i, color="#444444", linewidth=0.8, zorder=0)
        ax.text(i, -0.03, bottom, ha="center", va="top")
        ax.text(i, 1.03, top, ha="center", va="bottom")
    ax.set_xticks(range(len(ends)), [*map(_text, names), "score"])
    ax.tick_params(axis="x", pad=18, length=0)
    ax.set(yticks=[], ylim=(0, 1), xlim=(-0.3, len(ends) - 0.7))
    ax.grid(False)
    for side in ("left", "bottom", "top", "right"):
        ax.spines[side].set_visible(False)
    fig.legend(loc="outside upper right", ncols=3)
    return fig


def _positions(trials, name):
    """Where the trials stand on the axis of a parameter, its text and its scale."""
    values, text = trials.space[name], _text(name)
    if values.scale == "choice":
        n = max(len(values.options) - 1, 1)
        exact = np.array([n * values.position(config[name]) for config in trials.configs])
        return exact + 0.15 * np.sin(7.0 * np.arange(len(exact))), text, None  # a little spread
    x = np.asarray(trials[name], float)
    if values.scale == "log" and not 1 / FAR < values.low < values.high < FAR:
        return np.log10(x), f"log10 of {text}", "linear"
    return *(_drawable(x, text) if values.scale == "linear" else (x, text)), values.scale


def _drawable(x, text):
    """Numbers whose axis may have a margin, and its text, which says what they are divided by."""
    if np.abs(x).max(initial=0, where=~np.isnan(x)) < FAR:
        return x, text
    return x / 1e10, f"{text} / 1e10"


def _scale(ax, values, scale):
    """Give an axis the scale of a range."""
    if values.scale == "choice":
        ax.set_xticks(range(len(values.options)), _options(values))
        ax.set_xlim(-0.5, len(values.options) - 0.5)
    else:
        ax.set_xscale(scale)


def _options(values):
    return [_text(text.strip("'\"")) for text in values.labels()]


def _text(text, longest=24):
    """A text that is not too long for an axis; a dollar sign begins no formula."""
    text = text if len(text) <= longest else text[: longest - 1] + "…"
    return text.replace("$", r"\$")


def _ends(values):
    """The texts at the two ends of a parallel axis."""
    if values.scale == "choice":
        return _options(values)[0], _options(values)[-1]
    return f"{values.low:.3g}", f"{values.high:.3g}"
