"""Random numbers as a pure function of their address ("Random numbers").

A draw is addressed by (seed, trial, purpose, entity, quarter, index) and is a
uniform in (0, 1), from Threefry2x64-20. Nothing is consumed in sequence, so
every form, order of rows and number of trials meets the same numbers.
"""
import re

import numpy as np
from scipy import special

ONCE = 255  # quarter of a draw made once per trial

PRICES, MARKET, COMMON_DEMAND, SITE_DEMAND, SHOCK_START, PARAMETER = range(1, 7)
FRAILTY, EFFICIENCY, SITE_AGE, START_AGE, START_SICK, WANTED = range(7, 13)
PARTICIPATION, WINDUP_FACTOR, RISK_ERROR = 13, 14, 15
POST, NOTICE, ORGANISATION_EXIT, ORGANISATION_COST = 17, 23, 26, 27
MEMBER_EXIT_INDEX = 1  # of NOTICE
CLAIM_COUNT, CLAIM_SIZE, THETA, ENDING_YEAR, ENDING_AREA = range(28, 33)

ROTATIONS = (16, 42, 12, 31, 16, 32, 24, 21)
PARITY = 0x1BD11BDAA9FC1A22


def rotate_left(word, bits):
    """Rotate 64-bit words left."""
    return (word << np.uint64(bits)) | (word >> np.uint64(64 - bits))


def threefry2x64(counter, key):
    """Threefry2x64 with 20 rounds; counter and key are pairs of uint64 arrays."""
    keys = (key[0], key[1], np.uint64(PARITY) ^ key[0] ^ key[1])
    x0 = counter[0] + keys[0]
    x1 = counter[1] + keys[1]
    for turn in range(20):
        x0 = x0 + x1
        x1 = rotate_left(x1, ROTATIONS[turn % 8]) ^ x0
        if turn % 4 == 3:
            injection = turn // 4 + 1
            x0 = x0 + keys[injection % 3]
            x1 = x1 + keys[(injection + 1) % 3] + np.uint64(injection)
    return x0, x1


def fnv1a(text):
    """FNV-1a of a text's bytes, 32 bits."""
    value = 2166136261
    for byte in text.encode("utf-8"):
        value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
    return value


def practice_entity(code):
    """Address of a practice: its code in base 36 where that fits, else a hash."""
    if re.fullmatch("[A-Z1-9][A-Z0-9]{5}", code) and int(code, 36) < 2**31:
        return int(code, 36)
    return fnv1a(code) | 0x80000000


def words(seed, trials, purpose, entity, quarter, index):
    """64-bit words, shape (addresses, trials).

    entity and index are integers or arrays of one length; trials an array.
    """
    entity, index = np.broadcast_arrays(np.atleast_1d(np.asarray(entity, np.uint64)),
                                        np.atleast_1d(np.asarray(index, np.uint64)))
    pair = (index >> np.uint64(1))[:, None]
    head = (entity << np.uint64(32)) | np.uint64(purpose << 24 | quarter << 16)
    low = head[:, None] | (pair & np.uint64(0xFFFF))
    high = np.asarray(trials, np.uint64)[None, :] + ((pair >> np.uint64(16)) << np.uint64(48))
    counter = np.broadcast_arrays(high, low)
    key = (np.array([seed], np.uint64), np.array([0], np.uint64))
    word0, word1 = threefry2x64(counter, key)
    return np.where((index & np.uint64(1))[:, None] == 1, word1, word0)


def upper(word):
    """The uniform in (0, 1) of a word's upper 52 bits."""
    return ((word >> np.uint64(12)).astype(np.float64) + 0.5) * 2.0**-52


def lowest(word, bits):
    """The uniform in (0, 1) of a word's lowest bits."""
    return ((word & np.uint64(2**bits - 1)).astype(np.float64) + 0.5) * 2.0**-bits


def uniforms(seed, trials, purpose, entity, quarter, index):
    """Uniforms in (0, 1), shape (addresses, trials)."""
    return upper(words(seed, trials, purpose, entity, quarter, index))


class Draws:
    """The draws of some trials, kept for one quarter so that all forms share them."""

    def __init__(self, seed, trials, practices):
        self.seed = seed
        self.trials = np.asarray(trials, np.uint64)
        self.site_entity = np.array([practice_entity(code) for code in practices.code])
        self.slot_entity = self.site_entity[practices.slot_site]
        self.slot_number = practices.slot_number
        self.kept = {}

    def at(self, purpose, entity, quarter, index=0):
        """Uniforms at any entities, shape (entities, trials)."""
        return uniforms(self.seed, self.trials, purpose, entity, quarter, index)

    def common(self, purpose, quarter, index=0):
        """One uniform a trial, the same for all sites."""
        return self.at(purpose, 0, quarter, index)[0]

    def site(self, purpose, quarter, index=0):
        """One uniform a site and trial."""
        return upper(self.site_word(purpose, quarter, index))

    def slot(self, purpose, quarter):
        """One uniform a post slot and trial."""
        return upper(self.slot_word(purpose, quarter))

    def site_word(self, purpose, quarter, index=0):
        """One word a site and trial."""
        return self._keep("site", purpose, quarter, self.site_entity, index)

    def slot_word(self, purpose, quarter):
        """One word a post slot and trial."""
        return self._keep("slot", purpose, quarter, self.slot_entity, self.slot_number)

    def _keep(self, kind, purpose, quarter, entity, index):
        address = (kind, purpose, quarter) + ((index,) if kind == "site" else ())
        if address not in self.kept:
            self.kept = {a: w for a, w in self.kept.items() if a[2] == quarter}
            self.kept[address] = words(self.seed, self.trials, purpose, entity, quarter, index)
        return self.kept[address]


def normal(uniform):
    """Standard normals by the inverse distribution function."""
    return special.ndtri(uniform)
