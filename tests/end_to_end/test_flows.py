"""Who pays whom: what goes into the providers comes out of them, and is what metrics and replayed quarters say."""

import pathlib
import unittest

import h5py
import numpy

import program

EVERY = program.ROOT / "tests/data/scenarios/every_term.yaml"
AREAS = program.ROOT / "tests/data/scenarios/areas.yaml"
BUDGET = program.ROOT / "tests/data/scenarios/budget_terms.yaml"
METRICS = {"core_income": "core_income", "locums": "locum_spend", "services_bought": "services_bought",
           "relationships": "relationships_cost", "contract_work": "contract_work_moved", "hospital_effects": "system_effects",
           "left_to_trust": "npv_trust", "left_to_owners": "npv_owners", "left_to_organisation": "npv_organisation",
           "left_to_creditors": "npv_creditors", "left_to_insurer": "npv_insurer"}
OF_SITES = {"core_income": "income", "price_relief": "price_relief", "other_costs": "nongp_cost",
            "salaried_gps": "salaried_cost", "locums": "locum_cost", "recharges": "recharge"}


class Flows(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        temporary = program.folder()
        cls.addClassCleanup(temporary.cleanup)
        cls.paths = [program.run(temporary.name, scenario, f"{pathlib.Path(scenario).stem}.h5", "--trials", trials, "--no-neutral")
                     for scenario, trials in ((EVERY, 20), (BUDGET, 12), (AREAS, 12))]
        cls.one = program.run(temporary.name, EVERY, "one.h5", "--trials", 1, "--no-neutral")

    def close(self, a, b):
        """To what sums of doubles lose."""
        numpy.testing.assert_allclose(a, b, rtol=1e-12, atol=1e-3)

    def names(self, file):
        return list(file["flow"].asstr()), file["flows/from"].asstr()[()], file["flows/to"].asstr()[()]

    def test_into_the_providers_come_out_of_them_in_every_year(self):
        for path in self.paths:
            with self.subTest(path.name), h5py.File(path) as file:
                _, payer, paid = self.names(file)
                for name in ("flows/mean", "flows/difference", "flows_by_year/mean", "flows_by_year/difference"):
                    values = file[name][0]
                    self.assertGreater(abs(values).max(), 1e5)
                    self.close(values[:, paid == "providers"].sum(axis=1), values[:, payer == "providers"].sum(axis=1))

    def test_are_what_metrics_say(self):
        for path in self.paths:
            with h5py.File(path) as file:
                flows = self.names(file)[0]
                for flow, metric in METRICS.items():
                    for ours, theirs in (("mean", "summary"), ("difference", "comparison")):
                        with self.subTest(path=path.name, flow=flow, of=theirs):
                            column = file[f"flows/{ours}"][0, :, flows.index(flow)]
                            self.close(column, file[f"{theirs}/{metric}"][0, :, 0])
                            error = file["flows/se" if ours == "mean" else "flows/difference_se"][0, :, flows.index(flow)]
                            numpy.testing.assert_allclose(error, file[f"{theirs}/{metric}"][0, :, 2], rtol=1e-9, atol=1e-3)

    def test_of_the_commissioner_come_to_its_position(self):
        for path in self.paths:
            with h5py.File(path) as file:
                _, payer, paid = self.names(file)
                mean = file["flows/mean"][0]
                left = mean[:, paid == "commissioner"].sum(axis=1) - mean[:, payer == "commissioner"].sum(axis=1)
                self.close(left, file["summary/npv_commissioner"][0, :, 0])

    def test_of_a_trial_are_its_replayed_quarters(self):
        replayed = program.as_json(program.headroom("replay", self.one, "--trial", 0, "--json"))
        with h5py.File(self.one) as file:
            flows = self.names(file)[0]
            years = file["flows_by_year/mean"][0]
        for f, form in enumerate(replayed["forms"]):
            for k, flow in enumerate(flows):
                if flow not in form["ledger"][0]:
                    continue
                quarters = numpy.array([quarter[flow] for quarter in form["ledger"]])
                with self.subTest(form=form["name"], flow=flow):
                    self.close(years[f, k], quarters.reshape(-1, 4).sum(axis=1))
                    if flow in OF_SITES:
                        of_sites = [sum(site["quarters"][q][OF_SITES[flow]] for site in form["sites"])
                                    for q in range(len(quarters))]
                        self.close(quarters, of_sites)

    def test_each_have_a_meaning_on_the_page_of_the_format(self):
        page = (program.ROOT / "results/README.md").read_text()
        with h5py.File(self.one) as file:
            for name, payer, paid in zip(*self.names(file)):
                self.assertIn(f"| `{name}` | {payer} | {paid} | ", page)


if __name__ == "__main__":
    unittest.main()
