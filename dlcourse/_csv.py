"""Files of tables: lines ``# key: value``, the names of the columns, the rows."""

import csv
import io

import numpy as np

from ._writing import replacing


def load_table(path):
    """The header as a dict of text, and the columns as a dict of arrays."""
    lines = path.read_text(encoding="utf-8").splitlines()
    header = dict(line[2:].split(": ", 1) for line in lines if line.startswith("# "))
    names, *rows = list(csv.reader(line for line in lines if not line.startswith("#"))) or [[]]
    if not rows or any(len(row) != len(names) for row in rows):
        raise ValueError(
            f"{path.name} is damaged: it has no rows, or one that is not as long as its head; "
            f"install dlcourse again, or make the study anew: make studies"
        )
    return header, {name: _array(cells) for name, *cells in zip(names, *rows, strict=True)}


def save_table(path, header, rows):
    """Write such a file in one step; `rows` are dicts with the same keys, and None is empty."""
    text = io.StringIO("".join(f"# {key}: {value}\n" for key, value in header.items()))
    text.seek(0, io.SEEK_END)
    table = csv.writer(text, lineterminator="\n")  # it quotes a text that has a comma
    table.writerow(rows[0])
    table.writerows([_text(row[name]) for name in rows[0]] for row in rows)
    with replacing(path) as file:
        file.write(text.getvalue().encode())


def _text(value):
    return "" if value is None else f"{value:.9g}" if isinstance(value, float) else str(value)


def _array(cells):
    """Whole numbers where all cells are, else numbers (an empty cell is NaN), else text."""
    for kind in (int, float):
        try:
            return np.array([kind(cell or "nan") for cell in cells])
        except ValueError:
            continue
    return np.array(cells)
