"""A disk or file system that fails once, or for ever, at one call after another: what is at the name of a result is
what was there before or the whole of the new one, and "wrote" is said of that alone."""

import os
import pathlib
import random
import shutil
import signal
import unittest

import program

SCENARIO = program.ROOT / "tests/data/scenarios/worked_example.yaml"
SMALL = ("-s", "patch.horizon_years=1")
RESULT = object()  # stands for the path of the result
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
        tried = TRIED or min(total, self.MOST.get(call, total))
        return sorted({1 + i * (total - 1) // max(tried - 1, 1) for i in range(tried)}) if total > 0 else []

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
        self.assertGreater(len(numbers), 0, f"{call} is never called")
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


class LongWork(OnADiskThatFails):
    """Whatever fails in a command that leaves, takes up or joins parts, and whenever it is to stop: a sentence, what is at
    the name of the result is what was there before or the whole, and the same work goes on to the same hash."""

    MOST = {"read": 40, "write": 120, "close": 40, "state": 40, "stream": 40}
    RUN = ("run", SCENARIO, "-o", RESULT, "--threads", 1, "--no-neutral", *SMALL, "--trials")
    SWEEP = ("sweep", SCENARIO, "-o", RESULT, "--threads", 1, "--trials", 11, "--axis", "money.salary=9e4,1e5", *SMALL)
    BY_BLOCKS = ("--memory", "0.001")  # for a block alone: a part for each
    AT_ONCE = ("--checkpoint-every", "0.0001")
    # What there is before, the work, and how it goes on.
    WORK = {
        "shard": (None, (*RUN, 27, "--shard", "1/1", *BY_BLOCKS), (*RUN, 27, "--resume")),
        "merge": ((*RUN, 27, "--shard", "1/1", *BY_BLOCKS), ("merge", RESULT, "--no-neutral"), (*RUN, 27, "--resume")),
        "resume": ((*RUN, 27, "--shard", "1/2", *BY_BLOCKS), (*RUN, 27, "--resume", *BY_BLOCKS), (*RUN, 27, "--resume")),
        "extend": ((*RUN, 11), (*RUN, 27, "--extend", *BY_BLOCKS), (*RUN, 27, "--extend", "--resume")),
        "sweep": (None, (*SWEEP, *AT_ONCE), (*SWEEP, "--resume")),
        "sweep of shards": ((*SWEEP, "--shard", "1/2"), (*SWEEP, "--resume", *AT_ONCE), (*SWEEP, "--resume")),
    }
    CALLS = ("write", "fsync", "rename", "open", "fcntl", "read", "truncate", "close", "mode", "make", "remove", "state",
             "allocate", "map", "list", "entry", "stream")
    STOPS = ("look", "rename", "open", "write", "fsync", "remove", "make")
    FEW = {"shard": ("write", "rename"), "merge": ("remove", None), "resume": ("list", None), "extend": ("stream", "rename"),
           "sweep": ("fsync", None), "sweep of shards": ("open", "rename")}  # without the long form

    def do(self, words, call="", number=0, how_many=1, request=0):
        return program.headroom(*(self.place if word is RESULT else word for word in words), environment={
            "LD_PRELOAD": self.failing, "FAIL_CALL": call, "FAIL_AT": str(number), "FAIL_FOR": str(how_many),
            "FAIL_SIGNAL": str(int(request)), "FAIL_COUNT": str(self.count)})

    def succeeds(self, words):
        done = self.do(words)
        self.assertEqual(done.returncode, 0, done.stderr)

    def begin(self, name):
        """What there is before is made once, and put there again and again; so is what comes of it without a failure."""
        before, _, afterwards = self.WORK[name]
        self.before = pathlib.Path(self.enterContext(program.folder())) / "before"
        shutil.rmtree(self.folder)
        self.folder.mkdir()
        if before is not None:
            self.succeeds(before)
        shutil.copytree(self.folder, self.before)
        self.hashes = {self.content()} if self.place.exists() else set()
        self.succeeds(afterwards)
        self.whole = self.content()

    def put_back(self):
        shutil.rmtree(self.folder)
        shutil.copytree(self.before, self.folder)

    def goes_on_to_the_same(self, done, further, request):
        allowed = (0, 3, -request) if request else (0, 1, 2)
        self.assertIn(done.returncode, allowed, done.stderr)
        if done.returncode > 0:
            self.assertRegex(done.stderr, r"(headroom (run|merge|sweep)|\w+\.\w+(:\d+:\d+)?): \S.*\w")
            self.assertNotIn("wrote", done.stdout)
        if self.place.exists():
            self.assertIn(self.content(), {self.whole, *self.hashes})
        if not self.place.exists() or self.content() != self.whole:
            self.succeeds(further)
        self.assertEqual(self.content(), self.whole)

    def walk(self, name, calls, request=0):
        _, work, further = self.WORK[name]
        for call in calls:
            self.put_back()
            for i, number in enumerate(self.numbers(call, lambda call, number: self.do(work, call, number))):
                for how_many in (1,) if request else (1, FOR_EVER) if TRIED is None else ((1, FOR_EVER)[i % 2],):
                    with self.subTest(name, call=call, number=number, how_many=how_many):
                        self.put_back()
                        self.goes_on_to_the_same(self.do(work, call, number, how_many, request), further, request)

    def test_goes_on_after_a_failure_or_a_request_to_stop(self):
        for name in self.WORK:
            self.begin(name)
            failing, stopping = self.FEW[name]
            self.walk(name, [failing] if TRIED else self.CALLS)
            self.walk(name, [stopping] * (stopping is not None) if TRIED else self.STOPS, signal.SIGTERM)


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


class WhateverIsWritten(OnADiskThatFails):
    """Files of every command but results and their parts, which are above: right and whole, as before, or not there."""

    CALLS = ("write", "rename", "open", "close", "make", "remove", "truncate", "fsync", "mode")
    MOST = {"write": 40, "close": 40, "open": 40}
    PAGE = ("write", "fsync", "rename", "open")  # an interpreter's own calls, such as those that close its modules, are not ours

    def setUp(self):
        super().setUp()
        program.run(self.folder, SCENARIO, "made.h5", "--trials", 40, "--no-neutral", *SMALL)
        result = self.folder / "made.h5"
        self.commands = {
            "scenario": ("new", self.folder / "mine"),
            "analysis": ("compare", result, "-o", self.folder / "said.h5"),
            "workbook": ("export", result, "-o", self.folder / "made.xlsx"),
            "tables": ("export", result, "--csv", self.folder / "tables"),
            "page": ("report", result, "-o", self.folder / "page.html"),
            "sweep": ("sweep", SCENARIO, "--axis", "money.salary=90000,100000", "--trials", 8, "--threads", 1, "--no-neutral",
                      *SMALL, "-o", self.folder / "swept.h5"),
            "longer": ("run", SCENARIO, "-o", self.folder / "longer.h5", "--trials", 48, "--extend", "--threads", 1,
                       "--no-neutral", *SMALL),
        }

    def afresh(self):
        for path in self.folder.iterdir():
            if path.name not in ("made.h5", "count"):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.copy(self.folder / "made.h5", self.folder / "longer.h5")

    @staticmethod
    def content(path):
        import h5py

        if path.suffix != ".h5":
            return path.read_bytes()
        with h5py.File(path) as file:
            return file.attrs.get("content_hash", path.name)

    def files(self):
        """What is there to be read, but for what nothing was able to remove or goes away with the next run."""
        return {str(path.relative_to(self.folder)): self.content(path) for path in self.folder.rglob("*")
                if path.is_file() and path.name != "count" and ".partial" not in path.name and path.parent.suffix != ".parts"}

    def is_whole_or_not_there(self, done, whole, before):
        self.assertIn(done.returncode, (0, 1, 2), done.stderr)
        for name, content in self.files().items():
            self.assertIn(content, (whole[name], before.get(name)), name)
        if done.returncode == 0:
            self.assertEqual(self.files(), whole)
        else:
            self.assertRegex(done.stderr, r"^(headroom|\S+\.yaml): ?\S.*\w|^headroom \w+: \S.*\w")
            self.assertNotIn("\nwrote", "\n" + done.stdout)
            if "cannot be removed" not in done.stderr:
                self.assertNotRegex(done.stderr, r"\.partial")  # it is told of the file that was asked for

    def left(self):
        return [path for path in self.folder.rglob("*") if ".partial" in path.name or path.suffix == ".parts"]

    def test_is_whole_or_not_there(self):
        for name, words in self.commands.items():
            calls = self.PAGE if name == "page" else self.CALLS
            self.walk(name, words, random.Random(name).sample(calls, 1 if name == "page" else 2) if TRIED else calls)

    def test_is_not_taken_for_whole_where_its_library_left_a_cell_out(self):
        words, place = self.commands["workbook"], self.folder / "made.xlsx"
        for number in self.numbers("cell", lambda call, number: self.with_failing(call, number, 1, *words)):
            self.afresh()
            with self.subTest(number=number):
                done = self.with_failing("cell", number, 1, *words)
                self.assertEqual((done.returncode, done.stderr), (1, f"headroom export: {place}: no memory for all of it\n"))
                self.assertFalse(place.exists() or self.left())

    def walk(self, name, words, calls):
        for call in calls:
            self.afresh()
            before = self.files()
            done = self.with_failing(call, 0, 1, *words)
            self.assertEqual(done.returncode, 0, done.stderr)
            total, whole = int(self.count.read_text()), self.files()
            tried = min(total, TRIED or self.MOST.get(call, total))
            for number in sorted({1 + i * (total - 1) // max(tried - 1, 1) for i in range(tried)}):
                for how_many in (1, FOR_EVER):
                    self.afresh()
                    with self.subTest(written=name, call=call, number=number, how_many=how_many):
                        done = self.with_failing(call, number, how_many, *words)
                        self.is_whole_or_not_there(done, whole, before)
                        if done.returncode == 0 and call != "remove":
                            self.assertFalse(self.left())
                        if done.returncode == 0 and self.left():
                            self.assertIn("cannot be removed", done.stderr)


class Threads(OnADiskThatFails):
    def test_that_cannot_be_started_are_told_in_one_sentence(self):
        run = lambda number: self.with_failing("thread", number, FOR_EVER, "run", SCENARIO, "-o", self.place, "--threads", 3,
                                               "--trials", 64, *SMALL)
        for number, there in ((1, 1), (2, 2)):
            done = run(number)
            self.assertEqual((done.returncode, self.place.exists()), (1, False), done.stderr)
            self.assertEqual(done.stderr, f"headroom run: only {there} of 3 threads can be started, as where memory runs out "
                                          f"or no more are allowed: say --threads {there}, or look at ulimit -u and ulimit -v\n")
        self.assertEqual(run(0).returncode, 0)


if __name__ == "__main__":
    unittest.main()
