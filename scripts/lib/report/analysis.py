"""What other commands made of the same result: files of sensitivity, switch and voi, and sensitivity's own answer."""

import h5py
import numpy


class Analysis:
    """One of them: attributes and columns by name, whether it came as a file or as JSON."""

    def __init__(self, values):
        self.values = values

    def text(self, name):
        """A text."""
        return str(self.values.get(name) or "")

    def number(self, name):
        """A number; NaN where there is none."""
        value = self.values.get(name)
        return float("nan") if value is None else float(value)

    def words(self, name):
        """A column of words."""
        return [word.decode() if isinstance(word, bytes) else str(word) for word in self.values.get(name, [])]

    def shape(self, name):
        """How a column lies: of two axes, rows and columns."""
        return numpy.shape(self.values.get(name, []))

    def numbers(self, name):
        """A column of numbers."""
        return numpy.array([numpy.nan if v is None else v for v in numpy.ravel(self.values.get(name, []))], dtype=float)


def _read(path):
    with h5py.File(path, "r") as file:
        if str(file.attrs.get("kind", "")) != "analysis":
            raise ValueError("it is no analysis: headroom sensitivity, switch or voi with -o write one")
        return {**dict(file.attrs), **{name: file[name][()] for name in file}}


def load(paths, content_hash):
    """Analyses by what they are ("switch"), in the order given; a ValueError says which file is not to be had, and why."""
    found = {}
    for path in paths:
        try:
            values = _read(path)
        except (OSError, ValueError) as error:
            raise ValueError(f"{path}: {getattr(error, 'strerror', None) or error}") from None
        if values["source_hash"] != content_hash:
            raise ValueError(f"{path}: an analysis of another result, {values.get('source_title', 'without a title')}")
        kind = str(values["schema"]).split("/", maxsplit=1)[0].removeprefix("headroom.")
        found.setdefault(kind, []).append(Analysis(values))
    return found
