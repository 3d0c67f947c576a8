"""Curves through trials against R's mgcv, which a regression estimate of the worth of information in voi calls."""

import csv
import subprocess
import unittest

import program

DATA = program.ROOT / "tests/data/decisions"

FIT = """
suppressMessages(library(mgcv))
sample <- read.csv("sample.csv")
n <- nrow(sample)
curve <- function(y, w) {
  fit <- gam(y ~ s(w, bs = "ps", k = 23), method = "GCV.Cp", gamma = 1.4)
  list(mean = fitted(fit), share = 1 - sum(residuals(fit)^2) / (n - sum(fit$edf)) / var(y))
}
for (key in c("key_normal", "key_lognormal", "key_uniform")) {
  w <- qnorm((rank(sample[[key]]) - 0.5) / n)
  share <- curve(sample$c - sample$a, w)$share
  a <- curve(sample$a - sample$c, w)$mean # c leads
  b <- curve(sample$b - sample$c, w)$mean
  cat(key, share, mean(pmax(0, a, b)) - max(0, mean(a), mean(b)), "\\n")
}
"""


def has_mgcv():
    return program.has("Rscript") and \
        subprocess.run(["Rscript", "-e", "library(mgcv)"], capture_output=True).returncode == 0


class Splines(unittest.TestCase):
    @unittest.skipUnless(has_mgcv(), "R and its mgcv are not installed")
    def test_shares_and_worth_are_those_of_mgcv_within_8_per_cent(self):
        # the engine is held to statistics.csv within 1e-6 (tests/statistics); mgcv places its knots differently
        with open(DATA / "statistics.csv", encoding="ascii") as file:
            ours = {(row["quantity"], row["argument"]): float(row["value"]) for row in csv.DictReader(file)}
        done = subprocess.run(["Rscript", "-"], input=FIT, cwd=DATA, capture_output=True, text=True, check=True)
        lines = [line.split() for line in done.stdout.splitlines()]
        self.assertEqual(len(lines), 3)
        for key, share, worth in lines:
            with self.subTest(key):
                self.assertLess(abs(ours["spline_first_order", f"c-a on {key}"] / float(share) - 1), 0.08)
                self.assertLess(abs(ours["evppi_plugin", f"{key} of a,b,c"] / float(worth) - 1), 0.08)


if __name__ == "__main__":
    unittest.main()
