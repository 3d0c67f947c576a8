"""A disk or file system that fails once, or for ever, at one call after another: what is at the name of a result is
what was there before or the whole of the new one, and "wrote" is said of that alone."""

import os
import pathlib
import signal
import unittest

import program

SCENARIO = program.ROOT / "tests/data/scenarios/worked_example.yaml"
SMALL = ("-s", "patch.horizon_years=1")
FOR_EVER = 10**9
TRIED = None if "HEADROOM_EVERY_FAILURE" in os.environ else 2  # calls of each kind, spread over all; None: every one


@unittest.skipUnless("HEADROOM_FAILING_CALLS" in os.environ, "sanitizers and coverage bring calls of their own")
class OnADiskThatFails(unittest.TestCase):
    MOST = {"read": 150}  # of these calls, when every one is tried: they are many, and alike

    def setUp(self):
        temporary = program.folder()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        self.place = self.folder / "result.h5"
        self.count = self.folder / "count"
        beside = program.folder()
        self.addCleanup(beside.cleanup)
        self.failing = program.preloaded(os.environ["HEADROOM_FAILING_CALLS"], beside.name)

    def with_failing(self, call, number, how_many, *words):
        return program.headroom(*words, environment={
            "LD_PRELOAD": self.failing, "FAIL_CALL": call, "FAIL_AT": str(number),
            "FAIL_FOR": str(how_many), "FAIL_COUNT": str(self.count)})

    def run_with_failing(self, call, number, how_many=1, trials=8):
        return self.with_failing(call, number, how_many, "run", SCENARIO, "-o", self.place, "--force", "--trials", trials,
                                 "--threads", 1, *SMALL)

    def content(self):
        import h5py

        with h5py.File(self.place) as file:
            return file.attrs["content_hash"]

    def numbers(self, call, run=None):
        """Of the calls to let fail: every one, or some from the first to the last."""
        done = (run or self.run_with_failing)(call, 0)
        self.assertEqual(done.returncode, 0, done.stderr)
        total = int(self.count.read_text())
        self.assertGreater(total, 0, f"{call} is never called")
        tried = TRIED or min(total, self.MOST.get(call, total))
        return sorted({1 + i * (total - 1) // max(tried - 1, 1) for i in range(tried)})

    @staticmethod
    def is_nothing(path):
        """What may stay where nothing can be removed: an empty file, or a folder with none but such."""
        return not any(file.stat().st_size > 0 for file in path.glob("*") if file.name != "lock") if path.is_dir() \
            else path.stat().st_size == 0

    def is_whole_or_as_before(self, done, before, whole):
        left = {path.name for path in self.folder.iterdir()} - {"count", "result.h5"}
        self.assertIn(done.returncode, (0, 1, 2), done.stderr)
        if self.place.read_bytes() != before:
            self.assertEqual(self.content(), whole)
            self.assertEqual(program.headroom("show", self.place).returncode, 0)  # which looks at the seal
            self.assertFalse([name for name in left if not self.is_nothing(self.folder / name)])
        else:
            self.assertNotEqual(done.returncode, 0)
        if done.returncode != 0:
            self.assertNotIn("wrote", done.stdout + done.stderr)
            self.assertRegex(done.stderr, r"(headroom run|worked_example\.\w+): \S.*\w")


class AResult(OnADiskThatFails):
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

    def test_to_read(self):
        self.walk("read")

    def test_to_truncate(self):
        self.walk("truncate")

    def test_to_close(self):
        self.walk("close")

    def test_to_set_mode_or_owner(self):
        self.walk("mode")

    def test_to_make_a_folder(self):
        self.walk("make")

    def test_to_remove(self):
        self.walk("remove")


class Parts(OnADiskThatFails):
    """Whatever fails while parts are written or merged, the run goes on from what is there to the same hash."""

    MOST = {"read": 40, "write": 120, "close": 40}
    RUN = ("run", SCENARIO, "--trials", 27, "--threads", 1, "--no-neutral", *SMALL)
    CALLS = ("write", "rename", "open") if TRIED else (
        "write", "fsync", "rename", "open", "fcntl", "read", "truncate", "close", "mode", "make")

    def setUp(self):
        super().setUp()
        program.headroom(*self.RUN, "-o", self.place)
        self.whole = self.content()

    def shard(self, call="", number=0, how_many=1):
        """Memory for a block alone: a part for each."""
        return self.with_failing(call, number, how_many, *self.RUN, "-o", self.place, "--shard", "1/1", "--memory", "0.001")

    def merge(self, call="", number=0, how_many=1):
        return self.with_failing(call, number, how_many, "merge", self.place, "--no-neutral")

    def afresh(self):
        for path in (*self.folder.glob("result.h5.parts/*"), *self.folder.glob("*.partial*")):
            path.unlink()
        self.place.unlink(missing_ok=True)

    def goes_on_to_the_same(self, done):
        self.assertIn(done.returncode, (0, 1, 2), done.stderr)
        if done.returncode != 0:
            self.assertRegex(done.stderr, r"(headroom (run|merge)|worked_example\.\w+): \S.*\w")
        if self.place.exists():
            self.assertEqual(self.content(), self.whole)
        again = program.headroom(*self.RUN, "-o", self.place, "--resume")
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertEqual(self.content(), self.whole)

    def walk(self, prepare, work, *more):
        for call in (*self.CALLS, *more):
            prepare()
            for i, number in enumerate(self.numbers(call, work)):
                for how_many in (1, FOR_EVER) if TRIED is None else ((1, FOR_EVER)[i % 2],):
                    prepare()
                    with self.subTest(call=call, number=number, how_many=how_many):
                        self.goes_on_to_the_same(work(call, number, how_many))

    def test_are_written(self):
        self.walk(self.afresh, self.shard)

    def test_are_merged(self):
        def shard():
            self.afresh()
            self.assertEqual(self.shard().returncode, 0)

        self.walk(shard, self.merge, "remove")


class ARequestToStop(OnADiskThatFails):
    """At whatever instant one comes: the whole result, or none and a way on. The last look for it comes before runs with
    neutral assumptions and publishing."""

    RUN = ("run", SCENARIO, "--trials", 1003, "--threads", 1, "--checkpoint-every", "0.01", *SMALL)

    def run_with(self, call="", number=0):
        return program.headroom(*self.RUN, "-o", self.place, environment={
            "LD_PRELOAD": self.failing, "FAIL_CALL": call, "FAIL_AT": str(number), "FAIL_SIGNAL": str(int(signal.SIGTERM)),
            "FAIL_COUNT": str(self.count)})

    def check(self, done, whole):
        if done.returncode == 0:
            self.assertIn("wrote", done.stdout)
        elif done.returncode == 3:
            self.assertFalse(self.place.exists())
            self.assertIn("stopped after", done.stderr)
        else:
            self.assertEqual(done.returncode, -signal.SIGTERM, done.stderr)  # before any trial
            self.assertFalse(self.place.exists())
        if done.returncode != 0:
            self.assertEqual(program.headroom(*self.RUN, "-o", self.place, "--resume").returncode, 0)
        self.assertEqual(self.content(), whole)
        self.assertFalse({path.name for path in self.folder.iterdir()} - {"count", "result.h5"})

    def test_leaves_no_half_of_anything(self):
        for call in ("look", "open", "rename") if TRIED else ("look", "open", "write", "fsync", "rename", "remove", "make"):
            numbers = self.numbers(call, self.run_with)
            whole = self.content()
            for number in numbers:
                self.place.unlink()
                with self.subTest(call=call, number=number):
                    self.check(self.run_with(call, number), whole)


if __name__ == "__main__":
    unittest.main()
