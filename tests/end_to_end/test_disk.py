"""A disk or file system that fails once, or for ever, at one call after another: what is at the name of a result is
what was there before or the whole of the new one, and "wrote" is said of that alone."""

import os
import pathlib
import unittest

import program

SCENARIO = program.ROOT / "tests/data/scenarios/worked_example.yaml"
SMALL = ("-s", "patch.horizon_years=1")
FOR_EVER = 10**9
TRIED = None if "HEADROOM_EVERY_FAILURE" in os.environ else 2  # calls of each kind, spread over all; None: every one


@unittest.skipUnless("HEADROOM_FAILING_CALLS" in os.environ, "sanitizers and coverage bring calls of their own")
class ADiskThatFails(unittest.TestCase):
    def setUp(self):
        temporary = program.folder()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        self.place = self.folder / "result.h5"
        self.count = self.folder / "count"
        beside = program.folder()
        self.addCleanup(beside.cleanup)
        self.failing = program.preloaded(os.environ["HEADROOM_FAILING_CALLS"], beside.name)

    def run_with_failing(self, call, number, how_many=1, trials=8):
        return program.headroom(
            "run", SCENARIO, "-o", self.place, "--force", "--trials", trials, "--threads", 1, *SMALL, environment={
                "LD_PRELOAD": self.failing, "FAIL_CALL": call, "FAIL_AT": str(number),
                "FAIL_FOR": str(how_many), "FAIL_COUNT": str(self.count)})

    def content(self):
        import h5py

        with h5py.File(self.place) as file:
            return file.attrs["content_hash"]

    def numbers(self, call):
        """Of the calls to let fail: every one, or some from the first to the last."""
        done = self.run_with_failing(call, 0)
        self.assertEqual(done.returncode, 0, done.stderr)
        total = int(self.count.read_text())
        self.assertGreater(total, 0, f"{call} is never called")
        tried = TRIED or total
        return sorted({1 + i * (total - 1) // max(tried - 1, 1) for i in range(tried)})

    def is_whole_or_as_before(self, done, before, whole):
        left = {path.name for path in self.folder.iterdir()} - {"count", "result.h5"}
        self.assertIn(done.returncode, (0, 1, 2), done.stderr)
        if self.place.read_bytes() != before:
            self.assertEqual(self.content(), whole)
            self.assertEqual(program.headroom("show", self.place).returncode, 0)  # which looks at the seal
            self.assertFalse(left)
        else:
            self.assertNotEqual(done.returncode, 0)
        if done.returncode != 0:
            self.assertNotIn("wrote", done.stdout + done.stderr)
            self.assertRegex(done.stderr, r"headroom run: \S.*\w")

    def walk(self, call):
        numbers = self.numbers(call)
        whole = self.content()
        before = b"what was there before"
        for i, number in enumerate(numbers):
            for how_many in (1, FOR_EVER) if TRIED is None else ((1, FOR_EVER)[i % 2],):
                self.place.write_bytes(before)
                with self.subTest(call=call, number=number, how_many=how_many):
                    self.is_whole_or_as_before(self.run_with_failing(call, number, how_many), before, whole)

    def test_to_write(self):
        self.walk("write")

    def test_to_sync(self):
        self.walk("fsync")

    def test_to_rename(self):
        self.walk("rename")

    def test_to_open(self):
        self.walk("open")

    def test_to_lock_or_copy_a_descriptor(self):
        self.walk("fcntl")


if __name__ == "__main__":
    unittest.main()
