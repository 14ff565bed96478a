"""Figures that several chapters share, in one style. Needs matplotlib, loaded on first use."""

import numpy as np

from ._errors import missing
from ._figures import show

__all__ = ["band", "history_figure", "images", "network", "paired", "show", "use_style"]

# Okabe and Ito's colours, which colour-blind readers can tell apart. In grey the first three look
# alike, so curves differ in line style, mark or label too.
COLORS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000"]


def _pyplot():
    try:
        import matplotlib.pyplot as plt
    except ImportError as error:
        raise missing("matplotlib", "drawing") from error
    return plt


def use_style():
    """Set the book's style for all figures that follow in this session."""
    plt = _pyplot()
    plt.rcParams.update(
        {
            "figure.figsize": (6.4, 3.6),
            "figure.facecolor": "white",
            "figure.constrained_layout.use": True,
            "savefig.dpi": 150,
            "font.size": 12,
            "axes.titlesize": 12,
            "axes.grid": True,
            "axes.axisbelow": True,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.prop_cycle": plt.cycler(color=COLORS),
            "grid.color": "#dddddd",
            "lines.linewidth": 2,
            "legend.frameon": False,
            "image.cmap": "gray_r",
        }
    )


def band(ax, x, runs, label, color=None):
    """Draw every run as a thin line and their median as a thick one.

    Parameters
    ----------
    ax : matplotlib axes
    x : array_like, shape (n,)
    runs : array_like, shape (seeds, n)
    label : str
    color : optional
    """
    runs = np.asarray(runs)
    (line,) = ax.plot(x, np.median(runs, axis=0), label=label, color=color, zorder=3)
    ax.plot(x, runs.T, color=line.get_color(), linewidth=0.7, alpha=0.35, zorder=2)


def paired(ax, values, labels, ylabel):
    """Draw one line a seed across the arms of an experiment, so that pairs can be compared.

    Parameters
    ----------
    ax : matplotlib axes
    values : array_like, shape (arms, seeds)
    labels : list of str
        One an arm.
    ylabel : str
    """
    values = np.asarray(values)
    positions = np.arange(len(values))
    ax.plot(positions, values, color="#999999", linewidth=0.8, zorder=1)
    for i, arm in enumerate(values):
        ax.plot(np.full(arm.size, i), arm, "o", color=COLORS[i % len(COLORS)], alpha=0.75)
        ax.plot([i - 0.22, i + 0.22], [np.median(arm)] * 2, color="black", linewidth=2.5, zorder=4)
    ax.set_xticks(positions, labels)
    ax.set_xlim(-0.5, len(values) - 0.5)
    ax.set_ylabel(ylabel)


def network(ax, sizes, kept=None, title=""):
    """Draw a fully connected network, with dropped units crossed out.

    Parameters
    ----------
    ax : matplotlib axes
    sizes : list of int
        Units in each layer, from input to output.
    kept : list of array_like of bool, optional
        For each layer, which units are kept.
    title : str
    """
    kept = [np.ones(n, bool) for n in sizes] if kept is None else [np.asarray(k) for k in kept]
    y = [np.arange(n) - (n - 1) / 2 for n in sizes]
    for i in range(len(sizes) - 1):
        for a in range(sizes[i]):
            for b in range(sizes[i + 1]):
                if kept[i][a] and kept[i + 1][b]:
                    ax.plot([i, i + 1], [y[i][a], y[i + 1][b]], color="#888888", linewidth=0.9)
    for i, n in enumerate(sizes):
        for a in range(n):
            on = kept[i][a]
            ax.plot(
                i,
                y[i][a],
                "o",
                markersize=17,
                markerfacecolor=COLORS[0] if on else "white",
                markeredgecolor=COLORS[0] if on else "#888888",
                markeredgewidth=1.5,
                zorder=3,
            )
            if not on:
                ax.plot(i, y[i][a], "x", color=COLORS[1], markersize=11, mew=2.5, zorder=4)
    ax.set_title(title)
    ax.set_xlim(-0.4, len(sizes) - 0.6)
    ax.set_ylim(-max(sizes) / 2, max(sizes) / 2)
    ax.axis("off")


def images(axes, rows, titles=None, vmax=1.0):
    """Draw flattened square images, one an axes: 0 is white, `vmax` is black.

    Parameters
    ----------
    axes : array of matplotlib axes
    rows : ndarray, shape (n, side * side)
    titles : list of str, optional
    vmax : float
    """
    for i, (ax, row) in enumerate(zip(np.ravel(axes), rows, strict=True)):
        side = round(len(row) ** 0.5)
        ax.imshow(row.reshape(side, side), vmin=0, vmax=vmax)
        ax.set_xticks([])
        ax.set_yticks([])
        ax.grid(False)
        if titles is not None:
            ax.set_title(titles[i], fontsize=10)


def history_figure(history, ax=None):
    """The figure of `History.plot`: losses, and the accuracy on axes of its own."""
    plt = _pyplot()
    accuracy = history.valid_accuracy
    both = ax is None and not np.isnan(accuracy).all()
    if ax is None:
        fig, axes = plt.subplots(1, 2 if both else 1, squeeze=False)
        ax = axes[0, 0]
    elif not (hasattr(ax, "axvline") and hasattr(ax, "figure")):
        raise TypeError(f"ax must be axes of matplotlib, plt.subplots()[1], but got {ax!r:.60}")
    epochs = np.arange(1, len(history) + 1)
    ax.plot(epochs, history.loss, label="training")
    if not np.isnan(history.valid_loss).all():
        ax.plot(epochs, history.valid_loss, label="validation")
    if history.best_epoch is not None:
        ax.axvline(history.best_epoch + 1, color=COLORS[6], linestyle=":", label="best epoch")
    ax.set(xlabel="epoch", ylabel="loss")
    ax.legend()
    if both:
        axes[0, 1].plot(epochs, 100 * accuracy, color=COLORS[1])
        axes[0, 1].set(xlabel="epoch", ylabel="validation accuracy (%)")
    return ax.figure
