"""What the comparisons of the engine with the reference model share."""

import os
import subprocess
import unittest

import program

SCENARIOS = program.ROOT / "scenarios"
DATA = program.ROOT / "tests/data/scenarios"
TRIALS = os.environ.get("HEADROOM_REFERENCE_TRIALS", "64")
OWN_FORMS = {"HEADROOM_SCENARIOS": str(DATA)}  # tests/data has forms of its own
LEVEL = "forms.*.delegated_level"
BUDGETS = {  # name: scenario, words for the program, environment
    "terms": ("budget_terms.yaml", (), None),
    "ages": ("budget_ages.yaml", (), OWN_FORMS),
    "ages fast": ("budget_ages.yaml",
                  ("-s", "delegated.method=auto", "-s", "delegated.severity_cv=0.6"), OWN_FORMS),
    "tail": ("budget_tail.yaml", (), OWN_FORMS),
    "observed costs": ("budget_table.yaml", (), OWN_FORMS),
    "quantiles": ("budget_table.yaml", ("-s", "delegated.table=claims/quantiles.csv"), OWN_FORMS),
    "normal": ("budget_normal.yaml", (), OWN_FORMS),
}


class Agreement(unittest.TestCase):
    """Every metric, bearer and drawn parameter to 1e-9 relative (compare.py says which); of
    the small ones also all that is said over trials."""

    def agree(self, scenario, *words, environment=None, over_trials=False):
        with program.folder() as folder:
            result = program.run(folder, scenario, "result.h5", "--trials", TRIALS, *words,
                                 environment=environment)
            done = compare(result, *(("--over-trials",) if over_trials else ()))
            self.assertEqual(done.returncode, 0, done.stdout[-3000:] + done.stderr[-3000:])

    def agree_on_budget(self, name):
        scenario, words, environment = BUDGETS[name]
        self.agree(DATA / scenario, *words, environment=environment, over_trials=name == "terms")


def compare(result, *words):
    return subprocess.run([program.PYTHON, program.ROOT / "tests/reference/compare.py", result, *words],
                          capture_output=True, text=True)
