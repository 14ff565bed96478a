"""What the claims of a chapter owe: a control, a criterion that can fail, seeds that move."""

import ast
import math

from controls import claims, trees
from said import translatable

CHANCE = 0.06  # with which two equal arms may pass a criterion over seeds


def without_control(nb):
    """The claims that say neither what their control is nor why they have none."""
    return [
        name for _, name, given in claims(nb) if not {"control", "why_no_control"} & given.keys()
    ]


def controlled(nb):
    """Every claim has a control or its reason, and fewer than one in ten a reason only."""
    made = list(claims(nb))
    excused = [name for _, name, given in made if "why_no_control" in given]
    missing = without_control(nb)
    faults = [f"claim {name} has neither control nor why_no_control" for name in missing]
    if made and len(excused) > max(1, len(made) // 10):
        faults.append(f"{len(excused)} of {len(made)} claims have no control: {excused}")
    return faults


def strong(nb):
    """No criterion over seeds is so weak that two equal arms pass it often."""
    faults = []
    for cell in nb.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {}).get("application/vnd.dlcourse.claim+json")
            if data and data["criterion"].endswith("seeds") and data["within"] is None:
                n, needed = data["cases"], data["needed"]
                chance = sum(math.comb(n, k) for k in range(needed, n + 1)) / 2**n
                if chance > CHANCE:
                    faults.append(
                        f"two equal arms pass claim {data['id']} ({data['criterion']}) with "
                        f"probability {chance:.2f}: take more seeds or a stronger criterion"
                    )
    return faults


SEEDED = ("default_rng", "streams", "SeedSequence", "RandomState")


def reseeded(nb):
    """Every seed moves with `base`: none is a literal, or `make claims` would freeze it.

    Left out are pages without claims, and cells that show or check the technique itself,
    marked by their tag.
    """
    if not list(claims(nb)):
        return []
    tags = {"scratch", "by-hand", "checked"}
    cells = [cell for cell in nb.cells if cell.cell_type == "code"]
    faults = []
    for number, tree in trees(nb):
        if tags & set(cells[number - 1].metadata.get("tags", [])):
            continue
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = ast.unparse(node.func).split(".")[-1]
            seeds = [k.value for k in node.keywords if k.arg in ("seed", "random_state")]
            seeds += node.args[:1] if name in SEEDED else []
            seeds += [k.value for k in node.keywords if k.arg == "seeds"]
            seeds += node.args[2:3] if name == "tuned" else []
            for seed in seeds:
                used = {part.id for part in ast.walk(seed) if isinstance(part, ast.Name)}
                if not used - {"range", "list", "tuple", "np"}:
                    faults.append(
                        f"code cell {number} has the seed {ast.unparse(seed)}: add base to it"
                    )
    return faults


CRITERIA = [controlled, strong, reseeded, translatable]
