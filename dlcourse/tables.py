"""Tables of studies: what experiments gave that take longer than a chapter may."""

from pathlib import Path

import numpy as np

from . import _html
from ._csv import load_table

STUDIES = Path(__file__).parent / "studies"


class Table:
    """The table of a study: a column for each setting and for each measured number.

    Parameters
    ----------
    name : str
        Of the study.
    header : dict of str -> str
        How the table was made: versions, kernel, base seeds, hash of the code.
    columns : dict of str -> ndarray
        All of the same length. A cell that is empty in the file is NaN.

    Examples
    --------
    >>> table = Table("toy", {}, {"seed": np.array([0, 1, 0, 1]),
    ...     "arm": np.array(["a", "a", "b", "b"]), "error": np.array([8.0, 9.0, 7.0, 6.0])})
    >>> table.per_seed("error", arm="a") - table.per_seed("error", arm="b")
    array([1., 3.])
    >>> table.means("error", by="arm")
    toy: 2 rows
    arm  error  ±    runs
    a      8.5  0.5     2
    b      6.5  0.5     2
    """

    def __init__(self, name, header, columns):
        self.name, self.header, self.columns = name, dict(header), dict(columns)

    def __len__(self):
        return len(next(iter(self.columns.values())))

    def __getitem__(self, column):
        """One column as an array."""
        if column not in self.columns:
            raise KeyError(
                f"{self.name} has no column {column!r}; it has {', '.join(self.columns)}"
            )
        return self.columns[column]

    __iter__ = None  # a table is looked at through its columns

    def where(self, **setting):
        """The rows in which each named column has the given value (None: empty), as a table.

        Raises
        ------
        KeyError, ValueError
            If there is no such column, or no such row.
        """
        keep = np.ones(len(self), bool)
        for column, value in setting.items():
            found = np.isnan(self[column]) if value is None else self[column] == value
            if not np.any(found):
                known = ", ".join(map(str, np.unique(self[column])[:20].tolist()))
                raise ValueError(f"no {column} in {self.name} is {value!r}; there are {known}")
            keep &= found
        if not keep.any():
            raise ValueError(f"{self.name} has no row with all of {setting}")
        return Table(self.name, self.header, {name: a[keep] for name, a in self.columns.items()})

    def per_seed(self, column, **setting):
        """A column of one arm, one number a seed and in the order of seeds: ready to be paired.

        Raises
        ------
        ValueError
            If the setting leaves more than one row for a seed: it says what else differs.
        """
        rows = self.where(**setting)
        order = np.argsort(rows["seed"], kind="stable")
        seeds = rows["seed"][order]
        again = seeds[1:][seeds[1:] == seeds[:-1]]
        if len(again):
            twice = rows["seed"] == again[0]
            differs = [n for n, a in rows.columns.items() if len(np.unique(a[twice])) > 1]
            raise ValueError(
                f"{self.name} has several rows for one seed with {setting}; they differ in "
                f"{', '.join(differs)}: name the setting that you mean"
            )
        return rows[column][order]

    def means(self, column, by, **setting):
        """Mean of a column, its standard error and the number of rows, for each arm.

        Parameters
        ----------
        column : str
        by : str or sequence of str
            The columns whose values tell the arms apart.
        **setting
            As `where` has it.

        Returns
        -------
        Table
            With the columns of `by`, then `column`, ``±`` and ``runs``.
        """
        rows, by = self.where(**setting), [by] if isinstance(by, str) else list(by)
        arms = list(dict.fromkeys(zip(*(rows[name].tolist() for name in by), strict=True)))
        groups = [rows.where(**dict(zip(by, arm, strict=True)))[column] for arm in arms]
        columns = {name: np.array([arm[i] for arm in arms]) for i, name in enumerate(by)}
        columns[column] = np.array([np.mean(group) for group in groups])
        columns["±"] = np.array(
            [np.std(g, ddof=1) / len(g) ** 0.5 if len(g) > 1 else np.nan for g in groups]
        )
        columns["runs"] = np.array([len(group) for group in groups])
        return Table(self.name, self.header, columns)

    def _cells(self, rows):
        """The first rows as text, the header first, and which columns are numbers."""
        cells = [
            [name, *("" if v != v else f"{v:.4g}" if isinstance(v, float) else str(v) for v in a)]
            for name, a in ((name, a[:rows].tolist()) for name, a in self.columns.items())
        ]
        return list(zip(*cells, strict=True)), [a.dtype.kind in "if" for a in self.columns.values()]

    def _caption(self, rows):
        return f"{self.name}: {len(self)} rows" + (f", the first {rows}" * (len(self) > rows))

    def __repr__(self):
        cells, numbers = self._cells(20)
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        lines = (
            "  ".join(
                cell.rjust(width) if number and i else cell.ljust(width)
                for cell, width, number in zip(row, widths, numbers, strict=True)
            ).rstrip()
            for i, row in enumerate(cells)
        )
        return "\n".join([self._caption(20), *lines])

    def _repr_html_(self):
        (head, *rows), _ = self._cells(20)
        return _html.table(self._caption(20), head, rows)


def study(name):
    """The table of a study: measured once, and re-run in samples by the tests.

    Parameters
    ----------
    name : str
        Such as ``"dropout-arms"``: the file ``dlcourse/studies/dropout_arms.py`` says what
        was run.

    Returns
    -------
    Table

    Raises
    ------
    ValueError
        If there is no such study; it lists those that there are.

    Examples
    --------
    >>> arms = study("dropout-arms")
    >>> plain = arms.per_seed("test", arm="none", digits=500, optimizer="Momentum", epochs=50)
    >>> pixels = arms.per_seed("test", arm="pixels", digits=500, optimizer="Momentum", epochs=50)
    >>> len(plain), bool(pixels.mean() < plain.mean())
    (30, True)
    """
    if not isinstance(name, str) or len(name) > 100:
        raise TypeError(f"name must be the name of a study, a text, but got {name!r:.60}")
    path = STUDIES / f"{name.replace('-', '_')}.csv"
    if not path.is_file():
        known = ", ".join(sorted(_name(file) for file in STUDIES.glob("*.csv")))
        raise ValueError(f"there is no table of a study {name!r}; there are: {known or 'none'}")
    return read(path)


def read(path):
    """The table in a file."""
    return Table(_name(path), *load_table(path))


def _name(path):
    return path.stem.replace("_", "-")
