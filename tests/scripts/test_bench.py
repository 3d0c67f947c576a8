"""What scripts/bench prints, on few trials; how long anything takes is asked of nobody."""

import csv
import os
import pathlib
import tempfile
import unittest

from support import ROOT, load_script, run_script

bench = load_script("bench")
HEADROOM = os.environ.get("HEADROOM_PROGRAM", str(ROOT / "build/engine/cli/headroom"))


class TheBench(unittest.TestCase):
    def test_prints_threads_stages_and_the_peer_in_c(self):
        done = run_script("bench", "--headroom", HEADROOM, "--only", "threads", "stages", "gsl", "--trials", 16,
                          "--peer-trials", 1)
        self.assertEqual(done.returncode, 0, done.stderr)
        for line in (r"threads 1 \(v\d\): .* peak memory \d+ MB", r"threads 2 \(v\d\): .* peak memory \d+ MB",
                     r"1 to 2 threads: [\d.]+ times", r"stage workforce +[\d.]+ ns +[\d.]+ %",
                     r"GSL peer, taus2: .*, [\d.]+ times", r"GSL peer, mt19937: .*, [\d.]+ times"):
            self.assertRegex(done.stdout, f"(?m)^{line}")

    def test_times_whatever_its_page_names(self):
        self.assertEqual([line.split()[0] for line in bench.__doc__.splitlines() if line.startswith("  ")],
                         [part.__name__ for part in bench.PARTS])

    def test_says_of_a_commit_that_is_not_there_that_it_is_not(self):
        done = run_script("bench", "--headroom", HEADROOM, "--only", "pair", "--against", "0000000")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout, "beside 0000000: no such commit in this clone\n")

    def test_makes_england_of_areas_of_the_example_patch(self):
        with tempfile.TemporaryDirectory() as folder:
            path = bench.table_of(200, True, pathlib.Path(folder) / "table.csv")
            with path.open(newline="") as file:
                rows = list(csv.DictReader(file))
        self.assertEqual([sum(row["area"] == f"A{k}" for row in rows) for k in range(3)], [76, 76, 48])
        self.assertEqual(len({row["practice_code"] for row in rows}), 200)


if __name__ == "__main__":
    unittest.main()
