"""What is no result is refused by all that read results, in the same one sentence; what an earlier version wrote is read."""

import gzip
import os
import pathlib
import subprocess
import tempfile
import unittest

import h5py

from support import ROOT, SCRIPTS

PROGRAM = os.environ["HEADROOM_PROGRAM"]
SIX = ROOT / "tests/data/scenarios/six_practices.yaml"
# each with the file it would make
READERS = {"show": [PROGRAM, "show"], "report": [PROGRAM, "report", "-o", "x.html"], "export": [PROGRAM, "export", "-o", "x.xlsx"],
           "tables": [PROGRAM, "export", "--csv", "x"], "compare": [PROGRAM, "compare", "-o", "x.h5"],
           "verify": [PROGRAM, "verify"], "scripts/report": [SCRIPTS / "report", "-o", "x.html"],
           "scripts/validate-result": [SCRIPTS / "validate-result"], "scripts/scenario-xlsx": [SCRIPTS / "scenario-xlsx", "-o", "x.xlsx"]}


def run(*words, folder):
    environment = {**os.environ, "HEADROOM": PROGRAM, "HEADROOM_SCENARIOS": str(SIX.parent)}
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False, cwd=folder, env=environment)


def forged(place, name, **attributes):
    """The result with other attributes, as another program would leave it."""
    (place / name).write_bytes((place / "whole.h5").read_bytes())
    with h5py.File(place / name, "r+") as file:
        file.attrs.update(attributes)


def spoilt(place):
    """Files that are no complete result of 1.x, and what is said of each."""
    whole = (place / "whole.h5").read_bytes()
    (place / "text.h5").write_text("no HDF5")
    (place / "empty.h5").write_bytes(b"")
    (place / "half.h5").write_bytes(whole[:len(whole) // 2])
    (place / "unended.h5").write_bytes(whole[:-4000])
    with h5py.File(place / "foreign.h5", "w") as file:
        file["x"] = 1
    forged(place, "stopped.h5", complete=0)
    forged(place, "newer.h5", schema_version="2.0.0")
    assert run(PROGRAM, "compare", "whole.h5", "-o", "analysis.h5", folder=place).returncode == 0
    return {"text.h5": "is no result file: it is not HDF5", "empty.h5": "is no result file: it is not HDF5",
            "half.h5": "is damaged, or is being written", "unended.h5": "is damaged, or is being written",
            "foreign.h5": "is no result set", "stopped.h5": "is incomplete: its writer was stopped",
            "newer.h5": "has schema version 2.0.0, and this program reads 1.x", "analysis.h5": "is an analysis",
            "nowhere.h5": "cannot be read: No such file or directory"}


class WhatIsNoResult(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.place = pathlib.Path(folder.name)
        made = run(PROGRAM, "run", SIX, "--trials", 16, "-o", "whole.h5", folder=cls.place)
        assert made.returncode == 0, made.stderr
        cls.files = spoilt(cls.place)

    def test_is_refused_by_every_reader_in_one_sentence_and_leaves_nothing_behind(self):
        there = sorted(self.place.iterdir())
        for reader, words in READERS.items():
            slow = "report" in reader or "scripts" in reader
            for name, sentence in self.files.items():
                if slow and name not in ("half.h5", "stopped.h5", "analysis.h5") or (reader, name) == ("verify", "analysis.h5"):
                    continue  # what is slow looks at some; and an analysis can be verified
                with self.subTest(reader=reader, file=name):
                    ran = run(*words, name, folder=self.place)
                    said = (ran.stderr or ran.stdout).splitlines()
                    self.assertEqual((ran.returncode, len(said)), (2, 1), said)
                    self.assertIn(f"{name} {sentence}", said[0])
        self.assertEqual(sorted(self.place.iterdir()), there)


class WhatAnEarlierVersionWrote(unittest.TestCase):
    """It opens, and what it lacks is said: on the page, on the cover of the workbook, beside the tables, in JSON."""

    def test_is_read_by_every_reader_and_what_it_lacks_is_said(self):
        for packed in sorted((ROOT / "tests/data/results").glob("schema_*.h5.gz")):
            with tempfile.TemporaryDirectory() as folder:
                place = pathlib.Path(folder)
                (place / "old.h5").write_bytes(gzip.decompress(packed.read_bytes()))
                for reader, words in READERS.items():
                    ran = run(*words, *(["-f"] if "x.h5" in words else []), "old.h5", folder=place)
                    self.assertEqual(ran.returncode, 0, (reader, ran.stderr))
                    if reader in ("show", "export", "tables"):
                        self.assertIn("an earlier version wrote this file, without", ran.stdout)
                    if (place / "x.xlsx").exists():
                        (place / "x.xlsx").rename(place / f"{pathlib.Path(reader).name}.xlsx")
                self.assertIn("/inputs/forms/label", (place / "x.html").read_text(encoding="utf-8"))
                self.assertIn('"lacks": [\n  "/inputs/forms/label"', run(PROGRAM, "show", "old.h5", "--json", folder=place).stdout)
                self.assertIn("/inputs/forms/label", self.cover(place / "export.xlsx"))

    @staticmethod
    def cover(path):
        import openpyxl

        return str([cell.value for row in openpyxl.load_workbook(path)["Cover"].iter_rows() for cell in row])


if __name__ == "__main__":
    unittest.main()
