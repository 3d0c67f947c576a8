"""store: { sites: quarterly } keeps every practice of every trial by quarter, and nothing else moves."""

import pathlib
import unittest

import h5py
import numpy as np

import program

EVERY = program.ROOT / "tests/data/scenarios/every_term.yaml"
STORED = ("-s", "store.sites=quarterly", "--trials", 43)  # a short last block


class PracticesByQuarter(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = program.folder()
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.path = program.run(cls.temporary.name, EVERY, "stored.h5", *STORED)
        cls.file = h5py.File(cls.path)
        cls.addClassCleanup(cls.file.close)
        cls.stored = {name: values[()] for name, values in cls.file["site_quarters"].items()}

    def assert_sum(self, name, path):
        """What the stored practices add up to at the end is what the trial says."""
        np.testing.assert_allclose(self.stored[name][..., -1].sum(axis=-1), self.file[path][0], rtol=1e-12)

    def test_lie_along_form_trial_site_and_quarter(self):
        sizes = [len(self.file[axis]) for axis in ("form", "trial", "site", "quarter")]
        for name, values in self.file["site_quarters"].items():
            with self.subTest(name):
                self.assertEqual(list(values.shape), sizes)
                self.assertEqual([dimension[0].name for dimension in values.dims],
                                 ["/form", "/trial", "/site", "/quarter"])

    def test_add_up_to_the_fates_and_people_of_their_trial(self):
        status = self.stored["status"][..., -1]
        for code, name in enumerate(("continuing", "caretaker", "ended")):
            with self.subTest(name):
                np.testing.assert_array_equal((status == code).sum(axis=-1), self.file[f"trials/sites_{name}"][0])
        self.assert_sum("partner_fte", "trials/partner_fte")

    def test_add_up_to_the_paths(self):
        mean = self.stored["partner_fte"].sum(axis=2).mean(axis=1)
        np.testing.assert_allclose(mean, self.file["paths/partner_fte"][0, :, :, 0], rtol=1e-9)

    def test_are_those_of_a_replay(self):
        replayed = program.as_json(program.headroom("replay", self.path, "--trial", 41, "--json"))
        for form, told in enumerate(replayed["forms"]):
            lists = [[row["list"] for row in site["quarters"]] for site in told["sites"]]
            np.testing.assert_array_equal(self.stored["list"][form, 41], lists)

    def test_never_return_from_an_ending(self):
        self.assertTrue((np.diff((self.stored["status"] == 2).astype(int), axis=-1) >= 0).all())
        self.assertTrue((self.stored["heads"] <= self.stored["wanted"]).all())

    def test_are_the_same_on_any_threads_and_instruction_set(self):
        hashes = program.hashes_of_every_instruction_set(self.temporary.name, EVERY, *STORED)
        other = program.run(self.temporary.name, EVERY, "one.h5", *STORED, "--threads", 1)
        self.assertEqual(set(hashes) | {program.content_hash(other)}, {program.content_hash(self.path)})

    def test_change_no_other_number(self):
        plain = program.run(self.temporary.name, EVERY, "plain.h5", "--trials", 43)
        with h5py.File(plain) as file:
            self.assertNotIn("site_quarters", file)
            for name, values in file["trials"].items():
                np.testing.assert_array_equal(values[()], self.file["trials"][name][()], err_msg=name)

    def test_are_planned_for(self):
        plan = lambda *words: program.as_json(program.headroom("plan", EVERY, "--trials", 43, "--json", *words))
        without, stored = plan(), plan("-s", "store.sites=quarterly")
        size = sum(values.nbytes for values in self.stored.values())
        self.assertEqual(stored["file_bytes"] - without["file_bytes"], size)
        # with their trials, in the file that all are mapped to, and in threads' blocks; neutral runs keep none
        more = stored["memory_bytes"] - without["memory_bytes"]
        self.assertGreaterEqual(more, 2 * size)
        self.assertLess(more, 2.5 * size)

    def test_without_room_for_them_the_run_says_so_and_writes_nothing(self):
        done = program.headroom("run", EVERY, "-o", f"{self.temporary.name}/no.h5", *STORED,
                                environment={"TMPDIR": "/nowhere"})
        self.assertEqual(done.returncode, 1)
        self.assertIn("cannot make a temporary file in /nowhere", done.stderr)


class TrialsLeftOut(unittest.TestCase):
    """What a result does not keep changes nothing that it keeps, and no command is silent about it."""

    NONE = ("-s", "store.trials=none", "-s", "store.parameters=none")
    SOME = ("-s", "store.trials=[public_cost, sites_closed]")

    @classmethod
    def setUpClass(cls):
        place = program.folder()
        cls.addClassCleanup(place.cleanup)
        cls.folder = pathlib.Path(place.name)
        run = lambda name, *words: program.run(place.name, EVERY, name, "--trials", 67, "--no-neutral",
                                               *words)
        cls.all, cls.none = run("all.h5"), run("none.h5", *cls.NONE)
        cls.some, cls.undrawn = run("some.h5", *cls.SOME), run("undrawn.h5", "-s", "store.parameters=none")

    def test_are_not_there_and_all_else_is(self):
        with h5py.File(self.all) as whole, h5py.File(self.none) as none, h5py.File(self.some) as some:
            self.assertNotIn("trials", none)
            self.assertNotIn("parameters", none)
            self.assertEqual(set(some["trials"]), {"public_cost", "sites_closed"})
            self.assertEqual(set(some["parameters"]), set(whole["parameters"]))
            for group in ("summary", "comparison", "comparison_of", "paths", "sites", "bearers", "decision", "sums"):
                names = []
                whole[group].visititems(lambda name, item: names.append(name) if hasattr(item, "dtype") else None)
                for name in names:
                    for file in (none, some):
                        np.testing.assert_array_equal(whole[group][name][()], file[group][name][()], name)

    def said(self, *words, status=0):
        done = program.headroom(*words)
        self.assertEqual(done.returncode, status, (words, done.stdout, done.stderr))
        return " ".join((done.stdout + done.stderr).split())

    def test_are_told_of_by_every_command_that_reads_them(self):
        none, some = "it keeps no trials (store.trials)", "it keeps the trials of public_cost, sites_closed alone"
        for file, lack in ((self.none, none), (self.some, some)):
            self.assertIn(lack, self.said("show", file))
            self.assertIn(lack, self.said("verify", file))
            self.assertIn(lack, self.said("export", file, "-o", f"{file}.xlsx"))
            for command in ("compare", "voi", "sensitivity", "switch"):
                self.assertIn("does not hold the trials of", self.said(command, file, status=2))
        for command in ("voi", "sensitivity", "switch"):
            self.assertIn("it does not keep what was drawn (store.parameters)",
                          self.said(command, self.undrawn, status=2))

    def test_leave_no_blank_where_nobody_can_count_how_often_a_form_is_better(self):
        uncounted, sideless = "its trials are not kept to count", "neither way is better"
        for file, metric, note in ((self.none, "public_cost", uncounted), (self.all, "public_cost", None),
                                   (self.some, "public_cost", None), (self.some, "sites_caretaker", uncounted),
                                   (self.all, "partner_led_sites", sideless), (self.none, "partner_led_sites", sideless)):
            lines = program.headroom("show", file, "--metric", metric).stdout.split("Each form by itself")
            rows = [line.split() for line in lines[0].splitlines() if line.startswith("    ")][1:]
            with self.subTest(file=file, metric=metric):
                self.assertEqual({row[-1] == "-" for row in rows}, {note is not None})
                self.assertEqual(f"- under Better: {note}\n" in lines[1], note is not None)
        self.assertIn(f"- under Better: {sideless}, or {uncounted}", self.said("show", self.none, "--full"))

    def test_are_run_again_by_verify_where_all_are_asked_for(self):
        for file in (self.none, self.some):
            self.assertIn("came out the same to the bit when its 67 trials ran again",
                          self.said("verify", "--all", file))

    def test_cannot_be_extended(self):
        refused = self.said("run", EVERY, "-o", self.none, *self.NONE, "--trials", 99, "--extend", status=2)
        self.assertIn("cannot be extended: it keeps no trials", refused)

    def test_are_named_as_metrics_or_refused(self):
        refused = self.said("check", EVERY, "-s", "store.trials=[public_cots, all]", status=2)
        self.assertIn("\"public_cots\" is no metric: did you mean public_cost?", refused)
        self.assertIn("all and none stand alone", refused)
        self.assertIn("takes a name, or a list of one or more",
                      self.said("check", EVERY, "-s", "store.trials=[]", status=2))

    def test_are_planned_for(self):
        size = lambda *words: program.as_json(program.headroom("plan", EVERY, "--trials", 100000, "--json",
                                                               *words))["file_bytes"]
        self.assertLess(size(*self.NONE), 0.2 * size())


if __name__ == "__main__":
    unittest.main()
