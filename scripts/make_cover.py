"""Draw _static/cover.png, the picture of README: python scripts/make_cover.py."""

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from dlcourse import plots

TARGET = Path(__file__).parents[1] / "_static" / "cover.png"


def main():
    plots.use_style()
    rng = np.random.default_rng(3)
    sizes = [4, 6, 6, 3]
    fig, axes = plt.subplots(1, 3, figsize=(8, 2.8))
    plots.network(axes[0], sizes, title="the whole network")
    for ax, title in zip(axes[1:], ("one example sees this", "the next one this"), strict=True):
        kept = [rng.random(n) < 0.5 for n in sizes[:-1]] + [np.ones(3, bool)]
        kept[0] = rng.random(4) < 0.8
        plots.network(ax, sizes, kept, title=title)
    fig.savefig(TARGET, dpi=110)
    print(f"wrote {TARGET.name}")


if __name__ == "__main__":
    main()
