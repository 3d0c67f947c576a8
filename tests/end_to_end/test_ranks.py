"""Ranks of an MPI job share a run: the hash of one process, whatever becomes of a rank."""

import os
import pathlib
import re
import signal
import subprocess
import sys
import time
import unittest

import program

if os.environ.get("HEADROOM_MPI") != "1":
    print("skipped: this build has no MPI; -DHEADROOM_MPI=ON builds it in")
    sys.exit(77)
if not program.has("mpirun"):
    print("skipped: there is no mpirun; apt-get install openmpi-bin brings it")
    sys.exit(77)

EXAMPLE = program.ROOT / "tests/data/scenarios/worked_example.yaml"
AREAS = program.ROOT / "tests/data/scenarios/areas.yaml"
SIX = program.ROOT / "tests/data/scenarios/six_practices.yaml"
TRIALS = 4003  # no multiple of a block
ENVIRONMENT = {**os.environ, "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
               "OMPI_MCA_rmaps_base_oversubscribe": "1",
               "HEADROOM_SCENARIOS": str(program.ROOT / "tests/data/scenarios")}


class Job(unittest.TestCase):
    """Processes that share work towards a result."""

    @classmethod
    def setUpClass(cls):
        cls.place = program.folder()
        cls.addClassCleanup(cls.place.cleanup)
        cls.wanted = {}

    def setUp(self):
        temporary = program.folder()
        self.addCleanup(temporary.cleanup)
        self.result = pathlib.Path(temporary.name) / "result.h5"
        self.parts = pathlib.Path(temporary.name) / "result.h5.parts"

    def start(self, ranks, *words, threads=1, environment=None):
        """mpirun with the program under it."""
        return subprocess.Popen(
            ["mpirun", "--oversubscribe", "-n", str(ranks), program.HEADROOM, *map(str, words), "-o", str(self.result),
             "--threads", str(threads)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**ENVIRONMENT, **(environment or {})})

    def ended(self, process):
        said = process.communicate(timeout=120)
        return process.returncode, "".join(said)

    def members(self, process):
        """The processes of a job's ranks by number, once it has written some of its parts."""
        while process.poll() is None and len(list(self.parts.glob("*.h5"))) < 4:
            time.sleep(0.02)
        members = {}
        for about in pathlib.Path("/proc").glob("[0-9]*/environ"):
            try:
                text = about.read_bytes().decode(errors="replace")
                words = (about.parent / "cmdline").read_bytes().decode(errors="replace")
            except OSError:
                continue
            rank = re.search(r"\0OMPI_COMM_WORLD_RANK=(\d+)\0", text)
            if rank and str(self.result) in words:
                members[int(rank[1])] = int(about.parent.name)
        return members


class Ranks(Job):
    def job(self, ranks, *words, trials=TRIALS, scenario=EXAMPLE, threads=1):
        """It takes up what is left to do in units of a few blocks."""
        return self.start(ranks, "run", scenario, *(() if trials is None else ("--trials", trials)), "--no-neutral", *words,
                          threads=threads)

    def assert_whole(self, trials=TRIALS):
        if trials not in self.wanted:
            whole = program.run(self.place.name, EXAMPLE, f"{trials}.h5", "--trials", trials, "--no-neutral")
            self.wanted[trials] = program.content_hash(whole)
        self.assertEqual(program.content_hash(self.result), self.wanted[trials])
        self.assertFalse(self.parts.exists())

    def at_work(self, ranks, trials):
        process = self.job(ranks, "--memory", "3", trials=trials)
        return process, self.members(process)

    def test_give_the_hash_of_one_process(self):
        for ranks in (1, 2, 4):
            for threads in (1, 2):
                with self.subTest(ranks=ranks, threads=threads):
                    status, said = self.ended(self.job(ranks, threads=threads))
                    self.assertEqual(status, 0, said)
                    self.assertEqual(said.count("wrote "), 1, said)
                    self.assert_whole()
                    self.result.unlink()

    def test_give_the_hash_of_one_process_on_a_table_of_several_areas(self):
        alone = program.run(self.place.name, AREAS, "areas.h5", "--trials", 131, "--no-neutral")
        shipped = {"HEADROOM_SCENARIOS": str(program.ROOT / "scenarios")}
        status, said = self.ended(self.start(3, "run", AREAS, "--trials", 131, "--no-neutral", environment=shipped))
        self.assertEqual(status, 0, said)
        self.assertEqual(program.content_hash(self.result), program.content_hash(alone))

    def test_of_which_one_is_killed_leave_parts_that_any_number_goes_on_from(self):
        for victim, others in ((2, 2), (0, 1)):
            with self.subTest(victim=victim):
                process, members = self.at_work(3, 60000)
                os.kill(members[victim], signal.SIGKILL)
                status, said = self.ended(process)
                self.assertNotEqual(status, 0, said)
                self.assertFalse(self.result.exists())
                self.assertTrue(list(self.parts.glob("*.h5")))
                status, said = self.ended(self.job(others, "--resume", trials=60000))
                self.assertEqual(status, 0, said)
                self.assert_whole(60000)
                self.result.unlink()

    def test_stop_together_on_request_and_one_process_goes_on(self):
        process, _ = self.at_work(3, 60000)
        process.send_signal(signal.SIGUSR1)
        status, said = self.ended(process)
        self.assertEqual(status, 3, said)
        self.assertRegex(said, r"stopped after \d+ of 60000 trials; `headroom run .* --resume` goes on")
        done = program.headroom("run", EXAMPLE, "-o", self.result, "--trials", 60000, "--no-neutral", "--resume")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assert_whole(60000)

    def test_say_how_far_all_of_them_are_in_one_run(self):
        """Of a log, whose first line comes after ten seconds: they are spent asleep."""
        process = self.job(2, "--checkpoint-every", 0.1, trials=10000000)
        members = self.members(process).values()
        for member in members:
            os.kill(member, signal.SIGSTOP)
        time.sleep(10.5)
        for member in members:
            os.kill(member, signal.SIGCONT)
        line = next(line for line in process.stderr if " trials/s" in line)
        process.send_signal(signal.SIGUSR1)
        _, said = self.ended(process)
        done = int(re.search(r"stopped after (\d+) of", said)[1])
        self.assertRegex(line, r"^ +0% of 10000000 trials, \d+ trials/s, .* left$")
        self.assertLessEqual(10 * int(re.search(r"(\d+) trials/s", line)[1]), done + 10)  # over ten seconds and more

    def test_end_at_the_look_at_which_one_process_does(self):
        rule = ("-s", "stop.first=64", "--max-trials", "1100")
        for ending in (("-s", "stop.targets=[{metric: todays_gps, statistic: mean, form: together, relative: 1}]"),
                       ("-s", "stop.targets=[{metric: todays_gps, statistic: mean, form: together, relative: 1e-9}]")):
            alone = program.headroom("run", EXAMPLE, "-o", self.result.with_name("alone.h5"), "--force", "--no-neutral",
                                     *ending, *rule)
            self.assertEqual(alone.returncode, 0, alone.stderr)
            for ranks in (2, 3):
                with self.subTest(ending=ending, ranks=ranks):
                    status, said = self.ended(self.job(ranks, *ending, *rule, trials=None))
                    self.assertEqual(status, 0, said)
                    self.assertEqual(program.content_hash(self.result),
                                     program.content_hash(self.result.with_name("alone.h5")))
                    self.assertFalse(self.parts.exists())
                    self.result.unlink()

    def test_say_once_what_is_wrong(self):
        for words, scenario, says in ((("-s", "patch.years=0"), EXAMPLE, "patch.years"),
                                      (("--shard", "1/2", "--extend"), EXAMPLE, "--extend or --shard"),
                                      ((), "no_such_file.yaml", "no_such_file.yaml")):
            with self.subTest(words=words):
                status, said = self.ended(self.job(2, *words, scenario=scenario))
                self.assertNotEqual(status, 0)
                self.assertIn(says, said)
        self.result.write_text("no result")
        status, said = self.ended(self.job(2))
        self.assertEqual(status, 2, said)
        self.assertEqual(said.count("headroom run: "), 1, said)

    def test_extend_a_result_and_share_a_shard(self):
        for trials in (100, 1003, TRIALS):
            words = ("--extend",) if self.result.exists() else ()
            status, said = self.ended(self.job(2, *words, trials=trials))
            self.assertEqual(status, 0, said)
            self.assert_whole(trials)
        self.result.unlink()
        for shard in ("2/2", "1/2"):
            status, said = self.ended(self.job(2, "--shard", shard))
            self.assertEqual(status, 0, said)
        self.assertEqual(program.headroom("merge", self.result, "--no-neutral").returncode, 0)
        self.assert_whole()

    def test_of_two_jobs_refuse_the_second(self):
        first, _ = self.at_work(2, 60000)
        status, said = self.ended(self.job(2, "--resume", trials=60000))
        self.assertEqual(status, 2, said)
        self.assertEqual(said.count("is in use by process"), 1, said)
        self.ended(first)


class RanksOfASweep(Job):
    """Units are some blocks of a point: what a rank runs of it lies in a part, and the first makes the result of all."""

    AXES = ("--axis", "forms.joined.levy=0:4:3", "--axis", "money.salary=90000,100000")
    FEW = 131  # a short last block
    MANY = 512

    def job(self, ranks, *words, trials=FEW, threads=1):
        return self.start(ranks, "sweep", SIX, "--trials", trials, *self.AXES, *words, threads=threads)

    def alone(self, *words, trials):
        return program.headroom("sweep", SIX, "--trials", trials, *self.AXES, *words, environment=ENVIRONMENT)

    def assert_whole(self, trials=FEW):
        if trials not in self.wanted:
            path = f"{self.place.name}/sweep-{trials}.h5"
            self.assertEqual(self.alone("-o", path, trials=trials).returncode, 0)
            self.wanted[trials] = program.content_hash(path)
        self.assertEqual(program.content_hash(self.result), self.wanted[trials])
        self.assertFalse(self.parts.exists())

    def test_give_the_hash_of_one_process(self):
        for ranks, threads, trials in ((1, 1, self.FEW), (2, 1, self.FEW), (4, 2, self.FEW), (3, 1, 7)):
            with self.subTest(ranks=ranks, threads=threads, trials=trials):
                status, said = self.ended(self.job(ranks, threads=threads, trials=trials))
                self.assertEqual(status, 0, said)
                self.assertEqual(said.count("wrote "), 1, said)
                self.assertIn("12 forms of points were run; 12 are as at an earlier point", said)
                self.assert_whole(trials)
                self.result.unlink()

    def at_work(self, ranks):
        process = self.job(ranks, "--checkpoint-every", "0.05", trials=self.MANY)
        return process, self.members(process)

    def test_of_which_one_is_killed_leave_parts_that_any_number_goes_on_from(self):
        for victim, others in ((2, 2), (0, 1)):
            with self.subTest(victim=victim):
                process, members = self.at_work(3)
                os.kill(members[victim], signal.SIGKILL)
                status, said = self.ended(process)
                self.assertNotEqual(status, 0, said)
                self.assertFalse(self.result.exists())
                self.assertTrue(list(self.parts.glob("v0-p*.h5")))
                status, said = self.ended(self.job(others, "--resume", trials=self.MANY))
                self.assertEqual(status, 0, said)
                self.assert_whole(self.MANY)
                self.result.unlink()

    def test_stop_together_on_request_and_one_process_goes_on(self):
        process, _ = self.at_work(3)
        process.send_signal(signal.SIGUSR1)
        status, said = self.ended(process)
        self.assertEqual(status, 3, said)
        self.assertRegex(said, r"stopped after \d+ of 3072 trials of 6 points; `headroom sweep .* --resume` goes on")
        done = self.alone("-o", self.result, "--resume", trials=self.MANY)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assert_whole(self.MANY)

    def test_go_on_from_one_process_and_from_shards(self):
        self.assertEqual(self.alone("-o", self.result, "--shard", "2/3", trials=self.FEW).returncode, 0)
        status, said = self.ended(self.job(2, "--shard", "1/3"))
        self.assertEqual(status, 0, said)
        status, said = self.ended(self.job(2, "--resume"))
        self.assertEqual(status, 0, said)
        self.assert_whole()

    def test_say_once_what_is_wrong(self):
        feeds = ("--axis", "workforce.peer_rate=0.1,0.999", "--axis", "workforce.burnout_rate=0.9")
        for words, sentence in (((), "is there already"), (("--force", "--extend"), "is not extended"),
                                (("--force", "--axis", "money.salary=1,2"), "is an axis already"),
                                (("--force", *feeds), "of 12 points are refused")):
            with self.subTest(words=words):
                self.result.write_text("no result")
                status, said = self.ended(self.job(2, *words))
                self.assertEqual(status, 2, said)
                self.assertEqual(said.count(sentence), 1, said)
                self.assertEqual(self.result.read_text(), "no result")


if __name__ == "__main__":
    unittest.main()
