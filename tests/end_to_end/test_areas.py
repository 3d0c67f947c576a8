"""Areas of a table: each has its own labour and organisations, whatever way a run gets there."""

import csv
import pathlib
import unittest

import h5py
import numpy as np

import forging
import program

AREAS = program.ROOT / "tests/data/scenarios/areas.yaml"
TABLE = program.ROOT / "tests/data/scenarios/patches/fourteen.csv"
TRIALS = 43  # a short last block
WORDS = ("--no-neutral", "--trials", TRIALS)


def rows():
    with TABLE.open(newline="") as file:
        return list(csv.DictReader(file))


def table(folder, changed, name="table.csv"):
    """A table of those rows; the word for a scenario that names it."""
    path = pathlib.Path(folder) / name
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(changed[0]))
        writer.writeheader()
        writer.writerows(changed)
    return "-s", f"patch.practices={path}"


class Areas(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = program.folder()
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.place = pathlib.Path(cls.temporary.name)
        cls.result = program.run(cls.place, AREAS, "result.h5", *WORDS, "-s", "store.sites=quarterly")
        cls.file = h5py.File(cls.result)
        cls.addClassCleanup(cls.file.close)

    def run_on(self, changed, *words):
        return program.run(self.place, AREAS, "other.h5", *table(self.place, changed), *WORDS, *words)

    def assert_same_trials(self, other):
        with h5py.File(other) as file:
            for name, values in self.file["trials"].items():
                np.testing.assert_array_equal(values[()], file["trials"][name][()], err_msg=name)

    def test_rows_in_any_order_give_the_same_result(self):
        other = self.run_on(rows()[::-1], "-s", "store.sites=quarterly")
        self.assertEqual(program.content_hash(other), program.content_hash(self.result))

    def test_threads_and_instruction_sets_give_the_same_result(self):
        words = (*WORDS, "-s", "store.sites=quarterly")
        other = program.run(self.place, AREAS, "v2.h5", *words, "--threads", 1, "--instruction-set", "v2")
        self.assertEqual(program.content_hash(other), program.content_hash(self.result))

    def test_one_code_for_all_is_no_code(self):
        """Were it not for the factor that an area has on endings, whose draw is the code's."""
        calm = ("-s", "distress.ending_area_sd=0")
        positions = set()
        without = [{name: value for name, value in row.items() if name != "area"} for row in rows()]
        for changed in ([dict(row, area="16C") for row in rows()], without):
            with h5py.File(self.run_on(changed, *calm)) as file:
                positions.add(file["trials/economic_net_position"][()].tobytes())
        self.assertEqual(len(positions), 1)

    def test_a_column_without_a_code_is_no_column(self):
        without = [{name: value for name, value in row.items() if name != "area"} for row in rows()]
        trials = []
        for changed in ([dict(row, area="") for row in rows()], without):
            with h5py.File(self.run_on(changed)) as file:
                trials.append({name: values[()].tobytes() for name, values in file["trials"].items()})
        self.assertEqual(*trials)

    def test_an_area_matters(self):
        with h5py.File(self.run_on([dict(row, area="") for row in rows()])) as file:
            self.assertTrue((file["trials/vacancy"][()] != self.file["trials/vacancy"][()]).all())

    def test_practices_by_quarter_are_those_of_a_replay(self):
        told = program.as_json(program.headroom("replay", self.result, "--trial", 41, "--json"))
        codes = list(self.file["site"].asstr())
        for form, replayed in enumerate(told["forms"]):
            self.assertEqual([site["code"] for site in replayed["sites"]], codes)
            lists = [[row["list"] for row in site["quarters"]] for site in replayed["sites"]]
            np.testing.assert_array_equal(self.file["site_quarters/list"][form, 41], lists)

    def test_practices_by_quarter_add_up_to_their_trials_and_paths(self):
        stored = self.file["site_quarters"]
        status = stored["status"][..., -1]
        for code, name in enumerate(("continuing", "caretaker", "ended")):
            np.testing.assert_array_equal((status == code).sum(axis=-1), self.file[f"trials/sites_{name}"][0])
        np.testing.assert_allclose(stored["partner_fte"][()].sum(axis=2).mean(axis=1),
                                   self.file["paths/partner_fte"][0, :, :, 0], rtol=1e-9)

    def test_a_replay_has_every_areas_organisations_and_the_whole_ledger(self):
        told = program.as_json(program.headroom("replay", self.result, "--trial", 5, "--json"))
        trust = next(form for form in told["forms"] if form["name"] == "trust_run")
        network = {(row["network_code"], row["area"]) if row["network_code"] not in ("", "U") else row["practice_code"]
                   for row in rows()}
        self.assertEqual(len(trust["organisations"]), len(network))
        for row in trust["ledger"]:
            bearers = [row[name] for name in (*self.file["bearer"].asstr(), "outside")]
            self.assertLess(abs(sum(bearers)), 1e-9 * sum(map(abs, bearers)))
        metric = self.file["trials/npv_commissioner"][0, list(self.file["form"].asstr()).index("trust_run"), 5]
        self.assertEqual(trust["metrics"]["npv_commissioner"], metric)

    def test_no_patient_leaves_an_area(self):
        """But for those of an area whose practices all close: they stay, in caretaker hands."""
        area = {row["practice_code"]: row["area"] for row in rows()}
        codes = np.array([area[code] for code in self.file["site"].asstr()])
        lists = self.file["site_quarters/list"][()]
        start = np.array([float(row["list"]) for row in rows()])
        with h5py.File(self.result) as file:
            growth = lists.sum(axis=2) / start.sum()
            self.assertTrue((file["trials/patients_dispersed"][()] > 0).any())
        for code in sorted(set(codes)):
            here = lists[:, :, codes == code, :].sum(axis=2) / start[codes == code].sum()
            np.testing.assert_allclose(here, growth, rtol=1e-12)

    def test_parts_of_a_run_merge_into_it(self):
        result = self.place / "shared.h5"
        for shard in ("1/3", "2/3", "3/3"):
            done = program.headroom("run", AREAS, "-o", result, *WORDS, "--shard", shard)
            self.assertEqual(done.returncode, 0, done.stderr)
        done = program.headroom("merge", result, "--no-neutral")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assert_same_trials(result)

    def test_a_run_goes_on_from_what_is_there(self):
        """The last trials first, and from one thread to two."""
        resumed = self.place / "resumed.h5"
        for words in (("--shard", "3/3", "--threads", 1), ("--resume", "--threads", 2)):
            done = program.headroom("run", AREAS, "-o", resumed, *WORDS, *words)
            self.assertEqual(done.returncode, 0, done.stderr)
        self.assert_same_trials(resumed)

    def test_a_longer_result_is_that_of_a_run_at_once(self):
        program.run(self.place, AREAS, "longer.h5", "--no-neutral", "--trials", 19)
        done = program.headroom("run", AREAS, "-o", self.place / "longer.h5", *WORDS, "--extend")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assert_same_trials(self.place / "longer.h5")

    def test_a_result_is_verified(self):
        done = program.headroom("verify", self.result)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_points_of_a_sweep_are_runs_of_their_own(self):
        swept = program.run(self.place, AREAS, "swept.h5", *WORDS, "--axis", "workforce.supply_cap=0.1,0.2")
        alone = program.run(self.place, AREAS, "alone.h5", *WORDS, "-s", "workforce.supply_cap=0.2")
        with h5py.File(swept) as points, h5py.File(alone) as one:
            for name in points["trials"]:
                np.testing.assert_array_equal(points["trials"][name][1], one["trials"][name][0], err_msg=name)
                np.testing.assert_array_equal(points["trials"][name][0], self.file["trials"][name][0], err_msg=name)

    def test_a_file_says_which_practice_is_of_which(self):
        area = {row["practice_code"]: row["area"] for row in rows()}
        told = dict(zip(self.file["site"].asstr(), self.file["inputs/practices/area"].asstr()))
        self.assertEqual(told, area)
        with h5py.File(self.run_on([dict(row, area="") for row in rows()])) as file:
            self.assertNotIn("area", file["inputs/practices"])

    def test_a_file_from_before_it_did_so_holds_too(self):
        def before(file):
            del file["inputs/practices/area"]

        older = forging.changed(self.result, self.place / "older.h5", before, rehash=True)
        done = program.headroom("verify", "--all", older)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_neutral_runs_stand_beside_them(self):
        result = program.run(self.place, AREAS, "neutral.h5", "--trials", TRIALS)
        done = program.headroom("show", result, "--neutral")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assert_same_trials(result)

    def test_check_says_how_many_there_are(self):
        said = program.headroom("check", AREAS).stdout
        self.assertIn("areas       3, of 4 to 5 practices", said)
        self.assertEqual(program.as_json(program.headroom("check", AREAS, "--json"))["areas"], 3)


if __name__ == "__main__":
    unittest.main()
