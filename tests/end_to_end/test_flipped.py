"""One flipped bit in what a run or a sweep leaves beside its result, and in a sweep's result: whoever reads it says so or
gives the same numbers."""

import os
import pathlib
import random
import shutil
import unittest

import forging
import program

SCENARIO = program.ROOT / "tests/data/scenarios/worked_example.yaml"
RUN = ("run", SCENARIO, "--trials", 16, "--threads", 1, "--no-neutral", "-s", "patch.horizon_years=1")
SWEEP = ("sweep", SCENARIO, "--axis", "money.salary=90000,100000", "--trials", 8, "-s", "patch.horizon_years=1",
         "--threads", 1)
FLIPS = 150 if "HEADROOM_WHOLE_WALKS" in os.environ else 2


def must(done):
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return done


class WithParts(unittest.TestCase):
    """What shards leave of a run and of a sweep, as a folder that each test has anew; the hash of each made at once."""

    @classmethod
    def setUpClass(cls):
        cls.place = program.folder()
        cls.folder = pathlib.Path(cls.place.name)
        cls.good, cls.whole = cls.folder / "good", {}
        cls.good.mkdir()
        for words, name in ((RUN, "ran.h5"), (SWEEP, "swept.h5")):
            for shard in ("1/2", "2/2"):
                must(program.headroom(*words, "-o", cls.good / name, "--shard", shard))
            must(program.headroom(*words, "-o", cls.folder / name))
            cls.whole[name] = program.content_hash(cls.folder / name)

    @classmethod
    def tearDownClass(cls):
        cls.place.cleanup()

    def fresh(self):
        shutil.rmtree(self.folder / "work", ignore_errors=True)
        return pathlib.Path(shutil.copytree(self.good, self.folder / "work"))

    def parts(self, name):
        return sorted(path.name for path in (self.good / f"{name}.parts").glob("*.h5"))

    def ends_well(self, done):
        """No crash: a status of its own, and a sentence where it failed."""
        self.assertIn(done.returncode, (0, 1, 2, 4), (done.args, done.stderr))
        self.assertNotIn("fell over", done.stderr)
        if done.returncode:
            self.assertRegex(done.stderr, "(?m)^headroom [a-z]+: ")

    def each_flip(self, name, seed):
        """Work folders in which a bit of a part is another, with that part; bits of the head more often than chance."""
        chosen = random.Random(seed)
        for flip in range(FLIPS):
            work = self.fresh()
            part = work / f"{name}.parts" / chosen.choice(self.parts(name))
            bits = 8 * (part.stat().st_size if flip % 2 else 4096)
            forging.flipped(self.good / f"{name}.parts" / part.name, part, chosen.randrange(bits))
            yield work, part


class OneFlippedBitOfAPart(WithParts):
    def test_is_said_by_merge_which_makes_a_result_of_the_others_where_they_have_all(self):
        """The second shard of a sweep takes up what the first has done."""
        for name in self.whole:
            for work, part in self.each_flip(name, 1):
                done = program.headroom("merge", work / name)
                self.ends_well(done)
                self.assertIn(f"{part.name} is damaged", done.stderr)
                self.assertEqual((work / name).exists(), done.returncode == 0)
                if done.returncode == 0:
                    self.assertEqual(program.content_hash(work / name), self.whole[name])

    def test_is_said_by_a_resumed_run_which_makes_that_part_anew(self):
        for name, words in (("ran.h5", RUN), ("swept.h5", SWEEP)):
            for work, _ in self.each_flip(name, 2):
                done = program.headroom(*words, "-o", work / name, "--resume")
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertIn("is damaged", done.stderr)
                self.assertEqual(program.content_hash(work / name), self.whole[name])

    def test_that_is_sealed_again_ends_in_a_result_or_a_sentence(self):
        for name, words in (("ran.h5", RUN), ("swept.h5", SWEEP)):
            for work, part in self.each_flip(name, 3):
                shutil.copy(forging.unsealed(part, work / "bare.h5"), part)
                forging.sealed(part)
                self.ends_well(program.headroom("merge", work / name))
                if (work / name).exists():
                    self.ends_well(program.headroom("verify", "--all", work / name))

    def test_of_the_lock_is_no_matter(self):
        for name in self.whole:
            work = self.fresh()
            lock = work / f"{name}.parts/lock"
            forging.flipped(self.good / f"{name}.parts/lock", lock, 8 * 3)
            must(program.headroom("merge", work / name))
            self.assertEqual(program.content_hash(work / name), self.whole[name])


class OneFlippedBitOfASweep(WithParts):
    ASKED = (("show",), ("show", "--json"), ("verify",), ("compare",), ("export", "-o", "made.xlsx"), ("replay",),
             ("report", "-o", "made.html"))

    def test_is_refused_by_every_command_that_reads_one(self):
        chosen = random.Random(4)
        for flip in range(2 * FLIPS):
            path = self.folder / "flipped.h5"
            size = (self.folder / "swept.h5").stat().st_size
            forging.flipped(self.folder / "swept.h5", path, chosen.randrange(8 * (size if flip % 2 else 4096)))
            words = self.ASKED[flip % len(self.ASKED)]
            done = program.headroom(words[0], path, *words[1:], cwd=self.folder)
            self.assertIn(done.returncode, (2, 4), (words, done.stderr))
            self.assertEqual(done.stderr.count("\n"), 1, (words, done.stderr))
            self.assertIn("is damaged", done.stderr)
            if "--json" not in words:
                self.assertEqual(done.stdout, "")

    def test_without_its_seal_is_refused_or_changes_nothing(self):
        bare = forging.unsealed(self.folder / "swept.h5", self.folder / "bare.h5")
        shown = must(program.headroom("show", "--json", bare)).stdout
        chosen = random.Random(5)
        for _ in range(FLIPS):
            path = forging.flipped(bare, self.folder / "flipped.h5", chosen.randrange(8 * bare.stat().st_size))
            done = program.headroom("show", "--json", path)
            self.ends_well(done)
            if done.returncode == 0:
                self.assertEqual(done.stdout, shown)

    def test_is_not_taken_into_another_sweep(self):
        chosen = random.Random(6)
        for _ in range(FLIPS):
            path = self.folder / "flipped.h5"
            forging.flipped(self.folder / "swept.h5", path, 8 * 2048 + chosen.randrange(8 * 100000))
            done = program.headroom(*SWEEP, "--reuse", path, "-o", self.folder / "other.h5", "--force")
            self.ends_well(done)
            if done.returncode == 0:
                self.assertEqual(program.content_hash(self.folder / "other.h5"), self.whole["swept.h5"])
                self.assertIn("damaged", done.stderr)


if __name__ == "__main__":
    unittest.main()
