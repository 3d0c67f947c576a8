"""Strict comparisons that remember which trials came too close to call."""
import numpy as np

TOLERANCE = 1e-10  # relative distance below which two programs may disagree


class Ties:
    """Flags the trials in which a compared pair nearly tied."""

    def __init__(self, trials):
        self.near = np.zeros(trials, bool)

    def less(self, a, b, where=True, scale=0.0):
        """a < b, counted only where `where`; scale widens what counts as near."""
        size = np.maximum(np.maximum(np.abs(a), np.abs(b)), scale)
        structural = (np.equal(a, 0.0) & np.equal(b, 0.0))
        near = (np.abs(a - b) <= TOLERANCE * size) & ~structural & where
        self.near |= near.any(axis=tuple(range(near.ndim - 1)))
        return (a < b) & where

    def happens(self, uniform, rate, where=True):
        """An event of a yearly rate happens within the quarter."""
        return self.less(-4.0 * np.log1p(-uniform), rate, where)

    def floor(self, x):
        """Floor; a tie where x is next to, but not exactly, an integer."""
        nearest = np.rint(x)
        near = (np.abs(x - nearest) <= TOLERANCE * np.abs(x)) & (x != nearest)
        self.near |= near.any(axis=tuple(range(near.ndim - 1)))
        return np.floor(x)

    def round(self, x):
        """floor(x + 0.5)."""
        return self.floor(x + 0.5)
