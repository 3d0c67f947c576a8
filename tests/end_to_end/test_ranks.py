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
TRIALS = 4003  # no multiple of a block
ENVIRONMENT = {**os.environ, "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
               "OMPI_MCA_rmaps_base_oversubscribe": "1"}


class Ranks(unittest.TestCase):
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

    def job(self, ranks, *words, trials=TRIALS, scenario=EXAMPLE, threads=1):
        """mpirun with the program under it, which takes up what is left to do in units of a few blocks."""
        return subprocess.Popen(
            ["mpirun", "--oversubscribe", "-n", str(ranks), program.HEADROOM, "run", str(scenario), "-o",
             str(self.result), *(() if trials is None else ("--trials", str(trials))), "--no-neutral", "--threads",
             str(threads), *words],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT)

    def ended(self, process):
        said = process.communicate(timeout=120)
        return process.returncode, "".join(said)

    def assert_whole(self, trials=TRIALS):
        if trials not in self.wanted:
            whole = program.run(self.place.name, EXAMPLE, f"{trials}.h5", "--trials", trials, "--no-neutral")
            self.wanted[trials] = program.content_hash(whole)
        self.assertEqual(program.content_hash(self.result), self.wanted[trials])
        self.assertFalse(self.parts.exists())

    def at_work(self, ranks, trials):
        """A job that has written some of its parts, and the processes of its ranks by number."""
        process = self.job(ranks, "--memory", "3", trials=trials)
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
        return process, members

    def test_give_the_hash_of_one_process(self):
        for ranks in (1, 2, 4):
            for threads in (1, 2):
                with self.subTest(ranks=ranks, threads=threads):
                    status, said = self.ended(self.job(ranks, threads=threads))
                    self.assertEqual(status, 0, said)
                    self.assertEqual(said.count("wrote "), 1, said)
                    self.assert_whole()
                    self.result.unlink()

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

    def test_of_two_jobs_refuse_the_second(self):
        first, _ = self.at_work(2, 60000)
        status, said = self.ended(self.job(2, "--resume", trials=60000))
        self.assertEqual(status, 2, said)
        self.assertEqual(said.count("is in use by process"), 1, said)
        self.ended(first)


if __name__ == "__main__":
    unittest.main()
