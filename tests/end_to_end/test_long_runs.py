"""Long runs: parts beside the result, from which a run goes on, is shared out and is merged to the same hash."""

import ctypes
import os
import pathlib
import random
import shlex
import signal
import subprocess
import time
import unittest

import h5py

import forging
import program

EXAMPLE = program.ROOT / "tests/data/scenarios/worked_example.yaml"
TRIALS = 4003  # no multiple of a block
FULL = bool(os.environ.get("HEADROOM_FULL"))
OWN_MOUNTS = 0x00020000  # CLONE_NEWNS of unshare(2)


def own_mounts():
    """Give this process mounts of its own, which end with it; whether it could be done."""
    return (ctypes.CDLL(None).unshare(OWN_MOUNTS) == 0
            and subprocess.run(["mount", "--make-rprivate", "/"], stderr=subprocess.DEVNULL).returncode == 0)


class LongRuns(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = program.folder()
        cls.addClassCleanup(cls.place.cleanup)
        began = time.monotonic()
        whole = program.run(cls.place.name, EXAMPLE, "whole.h5", "--trials", TRIALS)
        cls.takes = time.monotonic() - began
        cls.wanted = program.content_hash(whole)

    def setUp(self):
        temporary = program.folder()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        self.result = self.folder / "result.h5"
        self.parts = self.folder / "result.h5.parts"

    def run_it(self, *words, trials=TRIALS, **options):
        return program.headroom("run", EXAMPLE, "-o", self.result, "--trials", trials, *words, **options)

    def shard(self, i, n, trials=TRIALS):
        done = self.run_it("--shard", f"{i}/{n}", trials=trials)
        self.assertEqual(done.returncode, 0, done.stderr)

    def names(self):
        return sorted(path.name for path in self.parts.glob("*.h5"))

    def assert_whole(self, done):
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(program.content_hash(self.result), self.wanted)
        self.assertFalse(self.parts.exists())

    def killed_after(self, seconds, *words):
        """Begin the run, or go on with it, and kill it after some time; its exit status, and what it said."""
        process = subprocess.Popen([program.HEADROOM, "run", EXAMPLE, "-o", self.result, "--trials", str(TRIALS),
                                    "--checkpoint-every", "0.02", *words], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.PIPE, text=True)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
        said = process.communicate()[1]
        return process.returncode, said


class Extension(LongRuns):
    def extend(self, trials, *words):
        return self.run_it("--extend", *words, trials=trials)

    def begin(self, trials, *words):
        self.assertEqual(self.run_it(*words, trials=trials).returncode, 0)

    def test_ends_in_the_bits_of_a_run_at_once(self):
        self.begin(100)
        for trials in (1000, 1003, TRIALS):
            done = self.extend(trials)
            self.assertEqual(done.returncode, 0, done.stderr)
        self.assert_whole(done)

    def test_keeps_the_sums_of_a_run_at_once(self):
        self.begin(100)
        self.extend(1003)
        at_once = program.run(self.folder, EXAMPLE, "at_once.h5", "--trials", 1003)
        with h5py.File(self.result) as ours, h5py.File(at_once) as whole:
            self.assertEqual(set(ours["sums"]), set(whole["sums"]))
            for name, numbers in whole["sums"].items():
                self.assertEqual(ours["sums"][name][()].tobytes(), numbers[()].tobytes(), name)

    def test_of_a_result_without_a_full_block_runs_all(self):
        self.begin(5)
        self.assert_whole(self.extend(TRIALS))

    def test_is_refused_where_it_cannot_be(self):
        self.begin(100)
        before = self.result.read_bytes()
        for words, trials, says in (((), 100, "has 100 trials, and the run is to have 100"),
                                    ((), 64, "has 100 trials, and the run is to have 64"),
                                    (("-s", "patch.years=2", "--recalibrate"), 200, "patch.years"),
                                    (("--seed", "99"), 200, "seed"),
                                    (("--shard", "1/2"), 200, "--extend or --shard"),
                                    (("-s", "store.sites=quarterly"), 200, "does not keep its practices by quarter")):
            with self.subTest(words=words, trials=trials):
                done = self.extend(trials, *words)
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertIn(says, done.stderr)
                self.assertEqual(self.result.read_bytes(), before)

    def test_with_practices_by_quarter_ends_in_the_bits_of_a_run_at_once(self):
        stores = ("-s", "store.sites=quarterly", "--no-neutral")
        at_once = program.run(self.folder, EXAMPLE, "at_once.h5", "--trials", 103, *stores)
        self.begin(43, *stores)
        dropped = self.extend(103, "--no-neutral")
        self.assertEqual(dropped.returncode, 2, dropped.stderr)
        self.assertIn("which an extension without would drop: add -s store.sites=quarterly", dropped.stderr)
        done = self.extend(103, *stores)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(program.content_hash(self.result), program.content_hash(at_once))

    def test_says_where_there_is_nothing_to_extend(self):
        done = self.extend(100)
        self.assertEqual(done.returncode, 2)
        self.assertIn("result.h5", done.stderr)

    def test_names_sums_that_a_file_does_not_keep(self):
        self.begin(100)
        older = self.folder / "older.h5"
        forging.changed(self.result, older, lambda file: file.pop("sums"), rehash=True)
        older.replace(self.result)
        done = self.extend(200)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("keeps no sums to go on from (/sums)", done.stderr)

    def test_goes_on_from_parts_that_are_there_only_where_asked_to(self):
        self.begin(100)
        self.shard(1, 2)
        refused = self.extend(TRIALS)
        self.assertEqual(refused.returncode, 2, refused.stderr)
        self.assertIn("--resume goes on", refused.stderr)
        self.assert_whole(self.extend(TRIALS, "--resume"))


class TheSameHash(LongRuns):
    def test_whatever_the_threads(self):
        for threads in (1, 2, 3, 5):
            with self.subTest(threads=threads):
                self.assert_whole(self.run_it("--threads", threads))

    def test_from_shards_in_any_order(self):
        for shards in (1, 2, 7):
            order = random.Random(shards).sample(range(1, shards + 1), shards)
            with self.subTest(shards=shards):
                for i in order:
                    self.shard(i, shards)
                self.assertFalse(self.result.exists())
                self.assert_whole(program.headroom("merge", self.result))
                self.result.unlink()

    def test_from_shards_of_different_numbers(self):
        self.shard(1, 2)
        self.shard(3, 4)
        self.shard(4, 4)
        self.assert_whole(program.headroom("merge", self.result))

    def test_when_memory_is_written_out(self):
        self.assert_whole(self.run_it("--memory", 1))

    def test_of_practices_by_quarter(self):
        stores = ("-s", "store.sites=quarterly", "--no-neutral")
        at_once = program.content_hash(program.run(self.folder, EXAMPLE, "at_once.h5", "--trials", 403, *stores))
        for ways in ((("--memory", 1),), (("--shard", "1/2"), ("--shard", "2/2"), None),
                     (("--shard", "2/2"), ("--resume",))):
            with self.subTest(ways=ways):
                for words in ways:
                    done = (program.headroom("merge", self.result, "--no-neutral") if words is None
                            else self.run_it(*words, *stores, trials=403))
                    self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(program.content_hash(self.result), at_once)
                self.result.unlink()

    def test_parts_of_another_store_are_refused(self):
        self.shard(1, 2)
        refused = self.run_it("--resume", "-s", "store.sites=quarterly")
        self.assertEqual(refused.returncode, 2, refused.stderr)
        self.assertIn("begun with another store", refused.stderr)
        self.assert_whole(self.run_it("--resume"))

    def test_killed_at_random_moments_and_resumed(self):
        """Also while it is published, and again from the start where one came to its end before it was killed."""
        moment = random.Random(20260701)
        killed = 0
        while killed < (1000 if FULL else 30):
            status, said = self.killed_after(moment.uniform(0.0, 1.2 * self.takes), "--resume")
            killed += status == -signal.SIGKILL
            self.assertIn(status, (-signal.SIGKILL, 0), said)
            if self.result.exists():
                self.assertEqual(program.content_hash(self.result), self.wanted)
            if status == 0:
                self.assertFalse(self.parts.exists())
                self.result.unlink()
        self.assert_whole(self.run_it("--resume"))

    def test_resumed_where_nothing_is_there(self):
        done = self.run_it("--resume")
        self.assertIn("there is nothing to resume", done.stderr)
        self.assert_whole(done)

    def test_with_a_part_published_first(self):
        self.shard(1, 3)
        self.shard(3, 3)
        done = program.headroom("merge", self.result, "--partial")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(program.attribute(self.result, "trials"), 1336)
        prefix = program.run(self.folder, EXAMPLE, "prefix.h5", "--trials", 1336)
        self.assertEqual(program.content_hash(self.result), program.content_hash(prefix))
        self.shard(2, 3)
        self.assert_whole(program.headroom("merge", self.result))


class WhatIsThere(LongRuns):
    """Each kind of part that is not what is wanted, and its sentence."""

    def refused(self, done, *sentences):
        self.assertEqual(done.returncode, 2, done.stderr)
        for sentence in sentences:
            self.assertIn(sentence, done.stderr)

    def test_a_run_does_not_start_over_parts(self):
        self.shard(1, 2)
        self.refused(self.run_it(), "holds 50 % of this run: --resume goes on, --discard starts again")
        self.assert_whole(self.run_it("--discard"))

    def test_parts_of_another_scenario_are_refused_by_the_keys_that_differ(self):
        self.shard(1, 2)
        for words in (["--seed", 5], ["-s", "workforce.vacancy_start=0.01"]):
            key = "seed" if words[0] == "--seed" else words[1].split("=")[0]
            with self.subTest(key=key):
                done = self.run_it("--resume", *words)
                self.refused(done, f"is of another scenario: it differs in {key}")

    def test_title_and_owner_do_not_make_another_run(self):
        self.shard(1, 2)
        self.assertEqual(self.run_it("--resume", "-s", "title=another").returncode, 0)

    def test_a_damaged_part_is_set_aside_and_run_again(self):
        for damage in ("flip", "cut", "empty"):
            with self.subTest(damage=damage):
                self.shard(1, 2)
                part = self.parts / self.names()[0]
                content = bytearray(part.read_bytes())
                content[len(content) // 2] ^= 1
                part.write_bytes({"flip": content, "cut": content[:5000], "empty": b""}[damage])
                done = self.run_it("--resume")
                self.assertIn("it is now *.damaged", done.stderr)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(program.content_hash(self.result), self.wanted)
                (self.parts / (part.name + ".damaged")).unlink()
                self.result.unlink()

    def test_a_missing_part_is_named_with_the_command_that_runs_it(self):
        self.shard(1, 3)
        self.shard(3, 3)
        done = program.headroom("merge", self.result)
        self.refused(done, "lacks trials 1336 to 2671 of 4003", "--shard 2/3")
        command = next(line for line in done.stderr.splitlines() if line.endswith("--shard 2/3"))
        again = subprocess.run(command.replace("headroom", shlex.quote(str(program.HEADROOM)), 1), shell=True, capture_output=True)
        self.assertEqual(again.returncode, 0)
        self.assert_whole(program.headroom("merge", self.result))

    def test_a_part_within_another_is_left_out_and_one_across_is_set_aside(self):
        self.shard(1, 2)
        (inner := self.folder / "kept").mkdir()
        for part in self.parts.glob("*.h5"):
            part.rename(inner / part.name)
        self.shard(1, 3)
        self.shard(2, 3)
        for part in inner.iterdir():
            part.rename(self.parts / part.name)
        done = self.run_it("--resume")
        self.assertIn("its trials are all in", done.stderr)
        self.assertIn("it is now *.double", done.stderr)
        self.assertEqual(program.content_hash(self.result), self.wanted)

    def test_an_empty_folder_is_nothing(self):
        self.parts.mkdir()
        self.refused(program.headroom("merge", self.result), "holds no parts")
        self.assert_whole(self.run_it())

    def test_no_folder_is_nothing_to_merge(self):
        self.refused(program.headroom("merge", self.result), "is not there: nothing is to be merged")

    def test_more_trials_than_asked_for_are_refused(self):
        self.shard(2, 2)
        self.refused(self.run_it("--resume", trials=100), "holds trials up to 4000, and the run has 100")

    def test_a_run_of_less_than_a_block_has_no_shards(self):
        self.refused(self.run_it("--shard", "1/2", trials=7), "shards share out blocks of 8 trials, and the run has 7")
        self.assertEqual(self.run_it("--shard", "1/1", trials=8).returncode, 0)

    def test_shards_are_numbered_from_one(self):
        for shard in ("0/3", "4/3", "1", "a/b", "1/3x"):
            with self.subTest(shard=shard):
                done = self.run_it("--shard", shard)
                self.assertEqual(done.returncode, 2)
                self.assertIn("--shard takes I/N", done.stderr)


class WhoWorksOnIt(LongRuns):
    def long_run(self, *words):
        process = subprocess.Popen([program.HEADROOM, "run", EXAMPLE, "-o", self.result, "--trials", "10000000",
                                    "--checkpoint-every", "0.1", *words], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.stderr.close)
        while process.poll() is None and not (self.names() and program.holds_back(process, signal.SIGINT)):
            time.sleep(0.02)
        return process

    def test_of_two_that_resume_one_is_refused(self):
        first = self.long_run()
        second = self.run_it("--resume", trials=10000000)
        self.assertEqual(second.returncode, 2, second.stderr)
        self.assertIn(f"is in use by process {first.pid} on ", second.stderr)
        merged = program.headroom("merge", self.result)
        self.assertIn("is in use by process", merged.stderr)
        first.kill()
        first.wait()

    def test_of_two_that_begin_one_is_refused_before_either_has_a_part(self):
        first = subprocess.Popen([program.HEADROOM, "run", EXAMPLE, "-o", self.result, "--trials", "10000000"],
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while first.poll() is None and not program.holds_back(first, signal.SIGINT):
            time.sleep(0.02)
        while not (self.parts / "lock").exists() or not (self.parts / "lock").read_text():
            time.sleep(0.02)
        second = self.run_it()
        first.terminate()
        first.wait()
        self.assertEqual(second.returncode, 2, second.stderr)
        self.assertIn(f"is in use by process {first.pid} on ", second.stderr)
        self.assertFalse(self.parts.exists())

    def test_a_request_to_stop_leaves_what_was_kept_and_says_how_to_go_on(self):
        for request in (signal.SIGINT, signal.SIGTERM, signal.SIGUSR1, signal.SIGXCPU):
            with self.subTest(signal=request.name):
                process = self.long_run("--resume")
                process.send_signal(request)
                said = process.communicate(timeout=60)[1]
                self.assertEqual(process.returncode, 3, said)
                self.assertRegex(said, r"stopped after \d+ of 10000000 trials.*; `headroom run .* --resume` goes on")

    def test_shards_work_side_by_side_and_nobody_else_does(self):
        first = self.long_run("--shard", "1/2")
        done = program.headroom("run", EXAMPLE, "-o", self.result, "--trials", 10000000, "--resume")
        self.assertIn("is in use by", done.stderr)
        second = subprocess.Popen([program.HEADROOM, "run", EXAMPLE, "-o", self.result, "--trials", "10000000",
                                   "--shard", "2/2"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(1.0)
        self.assertIsNone(second.poll())
        for process in (first, second):
            process.kill()
            process.wait()


class DisksThatFail(LongRuns):
    SIZES = 60 if FULL else 4  # from less than a part to more than all that is written

    def assert_failed_whole(self, status, said):
        """Nothing half is left under any name, and a failure is told."""
        self.assertIn(status, (0, 1), said)
        if status == 1:
            self.assertFalse(self.result.exists())
            self.assertRegex(said, "cannot|too large")
            self.assertFalse(list(self.parts.glob("*partial*")) if self.parts.exists() else [])

    def test_a_file_size_limit_leaves_whole_parts_and_the_same_hash(self):
        """Writing fails at every size of a part and of the result."""
        for kilobytes in range(4, 6004, 6000 // self.SIZES):
            with self.subTest(kilobytes=kilobytes):
                done = subprocess.run(
                    ["bash", "-c", f'ulimit -f {kilobytes}; exec "$@"', "-", program.HEADROOM, "run", str(EXAMPLE),
                     "-o", str(self.result), "--trials", str(TRIALS), "--checkpoint-every", "0.05", "--resume"],
                    capture_output=True, text=True)
                self.assert_failed_whole(done.returncode, done.stderr)
                self.assert_whole(self.run_it("--resume"))
                self.result.unlink()

    def test_a_full_disk_leaves_whole_parts_and_the_same_hash(self):
        """A small file system in memory, which is given room before the run goes on."""
        if not own_mounts():
            self.skipTest("file systems are not to be mounted here: that takes root")
        for kilobytes in range(40, 9040, 9000 // self.SIZES):
            with self.subTest(kilobytes=kilobytes):
                subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "headroom", self.folder], check=True)
                done = self.run_it("--resume", "--checkpoint-every", "0.05")
                self.assert_failed_whole(done.returncode, done.stderr)
                subprocess.run(["mount", "-o", "remount,size=100m", self.folder], check=True)
                self.assert_whole(self.run_it("--resume"))
                subprocess.run(["umount", self.folder], check=True)


class OnACluster(LongRuns):
    """Slurm's commands are stood in for by scripts that write down what they were asked."""

    SCRIPTS = {"array.sbatch": "70_2", "mpi.sbatch": "71"}  # and what Slurm calls their work
    NUMBERS = {"SLURM_ARRAY_JOB_ID": "70", "SLURM_ARRAY_TASK_ID": "2", "SLURM_ARRAY_TASK_COUNT": "3",
               "SLURM_JOB_ID": "71"}

    def script(self, name, *lines):
        path = self.folder / name
        path.write_text("\n".join(("#!/bin/sh", *lines, "")))
        path.chmod(0o755)
        return path

    def stand_in(self, name, says="", ends=0):
        asked = self.folder / f"{name}.asked"
        asked.write_text("")
        self.script(name, f'echo "$@" >> {shlex.quote(str(asked))}', f"echo {says}", f"exit {ends}")
        return asked

    def environment(self, **more):
        return {**os.environ, "PATH": f"{self.folder}:{os.environ['PATH']}", "HEADROOM": program.HEADROOM,
                **self.NUMBERS, **more}

    def test_a_task_at_its_time_limit_keeps_its_work_and_is_queued_again(self):
        asked = self.stand_in("scontrol")
        process = subprocess.Popen(
            ["bash", program.ROOT / "scripts/slurm/array.sbatch", EXAMPLE, "-o", self.result, "--trials", "10000000",
             "--checkpoint-every", "0.1"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
            env=self.environment())
        while process.poll() is None and not self.names():
            time.sleep(0.05)
        time.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        said = process.communicate(timeout=60)[1]
        self.assertEqual(process.returncode, 3, said)
        self.assertRegex(said, r"stopped after \d+ of .*; `headroom run .* --shard 2/3` goes on")
        self.assertEqual(asked.read_text().splitlines()[-1], "requeue 70_2")
        self.assertTrue(self.names()[0].startswith("v0-p0-33333"))

    def work_of_a_program_that(self, ends, script="array.sbatch", **more):
        """What a script comes to whose program ends like that; its status, what it said, what was queued again."""
        self.script("mpirun", 'while [ "$1" != "$HEADROOM" ]; do shift; done', 'exec "$@"')
        ending = self.script("ending", ends)
        done = subprocess.run(["bash", program.ROOT / "scripts/slurm" / script, EXAMPLE, "-o", self.result],
                              capture_output=True, text=True, env=self.environment(HEADROOM=str(ending), **more))
        asked = (self.folder / "scontrol.asked").read_text().splitlines()
        return done.returncode, done.stderr, [line for line in asked if line.startswith("requeue")]

    def test_work_whose_program_is_killed_is_queued_again_so_many_times(self):
        """By the name of the task: the number of the last one is that of the whole array."""
        for script, name in self.SCRIPTS.items():
            for ends, restarts, status, says, again in (
                    ("kill -9 $$", 0, 137, "killed by signal 9, and queued again: restart 1 of 10", True),
                    ("kill -9 $$", 9, 137, "restart 10 of 10", True),
                    ("kill -9 $$", 10, 137, "after 10 restarts, the most there are (HEADROOM_RESTARTS)", False),
                    ("exit 3", 0, 3, "", True), ("exit 1", 0, 1, "", False), ("exit 2", 0, 2, "", False),
                    ("exit 0", 0, 0, "", False)):
                with self.subTest(script=script, ends=ends, restarts=restarts):
                    self.stand_in("scontrol")
                    found, said, asked = self.work_of_a_program_that(ends, script, SLURM_RESTART_COUNT=str(restarts))
                    self.assertEqual((found, asked), (status, [f"requeue {name}"] * again), said)
                    self.assertIn(says, said)

    def test_work_that_is_cancelled_stays_so(self):
        """scancel ends the program by the signal that a time limit sends: Slurm's state tells them apart."""
        for script in self.SCRIPTS:
            for state, again in (("RUNNING", True), ("CANCELLED", False), ("COMPLETING", False)):
                for ends in ("exit 3", "kill -9 $$"):
                    with self.subTest(script=script, state=state, ends=ends):
                        self.stand_in("scontrol", says=f"JobId=71 JobState={state} Reason=None Restarts=0")
                        _, said, asked = self.work_of_a_program_that(ends, script)
                        self.assertEqual(len(asked), again, said)
                        self.assertEqual(f"ended by Slurm ({state})" in said, not again)

    def test_threads_are_tied_to_cores_only_where_a_task_has_no_others(self):
        self.stand_in("scontrol")
        cores = len(os.sched_getaffinity(0))
        for threads, own, wanted in ((cores, {}, "close"), (cores + 1, {}, "false"),
                                     (cores, {"OMP_PROC_BIND": "spread"}, "spread")):
            with self.subTest(threads=threads, own=own):
                found, said, _ = self.work_of_a_program_that(f'[ "$OMP_PROC_BIND" = {wanted} ]',
                                                             SLURM_CPUS_PER_TASK=str(threads), **own)
                self.assertEqual(found, 0, said)

    def test_one_task_of_an_array_alone_knows_of_how_many_it_is(self):
        self.stand_in("scontrol")
        found, said, _ = self.work_of_a_program_that('echo "$@" | grep -q -- "--shard 2/3$"',
                                                     SLURM_ARRAY_TASK_COUNT="1", HEADROOM_SHARDS="3")
        self.assertEqual(found, 0, said)

    def test_a_merge_of_less_than_all_says_what_runs_the_rest(self):
        self.shard(1, 2)
        done = subprocess.run(["bash", program.ROOT / "scripts/slurm/merge.sbatch", self.result, "--", "submit-array",
                               "2", self.result, "a scenario.yaml"], capture_output=True, text=True, env=self.environment())
        self.assertEqual(done.returncode, 2)
        self.assertIn("lacks trials", done.stderr)
        self.assertIn(f"submit-array 2 {self.result} a\\ scenario.yaml", done.stderr)

    @unittest.skipIf(os.environ.get("HEADROOM_MPI") == "1", "of a build without MPI")
    def test_several_under_mpirun_without_mpi_are_refused(self):
        done = self.run_it(environment={"OMPI_COMM_WORLD_SIZE": "4"})
        self.assertEqual(done.returncode, 2)
        self.assertIn("4 of this program were started to share a run, and it was built without MPI", done.stderr)
        self.assertFalse(self.result.exists())

    def submit(self, run, job):
        """What sbatch is asked for an array and for its merge."""
        asked = self.stand_in("sbatch", says="54")
        done = subprocess.run([program.ROOT / "scripts/slurm/submit-array", "8", "r.h5", "s.yaml", *run, "--", *job],
                              capture_output=True, text=True, env=self.environment())
        self.assertEqual(done.returncode, 0, done.stderr)
        return asked.read_text().splitlines()

    def test_an_array_is_submitted_with_a_merge_that_waits_for_it(self):
        array, merge = self.submit(["--trials", "100"], ["--cpus-per-task=3"])
        self.assertIn("--array=1-8 --cpus-per-task=3", array)
        self.assertTrue(array.endswith("array.sbatch s.yaml -o r.h5 --trials 100"))
        self.assertIn("--dependency=afterany:54 /", merge)  # also after a task that failed
        self.assertTrue(merge.endswith("submit-array 8 r.h5 s.yaml --trials 100 -- --cpus-per-task=3"), merge)

    def test_a_merge_is_told_whose_job_it_is_where_and_how_long_however_it_is_written(self):
        for told in (["--account=x"], ["--account", "x"], ["-A", "x"], ["-Ax"], ["-p", "short"], ["--qos", "high"],
                     ["-D", "/shared"], ["--chdir=/shared"], ["--export=ALL,A=1"], ["-M", "far"], ["-t", "1:00"],
                     ["--time=1:00"], ["-C", "fast"], ["--mail-user", "me@x.org"], ["--mem", "8G"]):
            with self.subTest(told=told):
                array, merge = self.submit([], ["--cpus-per-task=3", *told, "-n1"])
                self.assertIn(f"--array=1-8 --cpus-per-task=3 {' '.join(told)} -n1 ", array)
                self.assertIn(f"--dependency=afterany:54 {' '.join(told)} /", merge)

    def test_a_merge_is_told_what_the_result_holds_and_replaces(self):
        for option in ("--no-neutral", "--force", "--break-lock"):
            with self.subTest(option=option):
                _, merge = self.submit(["--trials", "100", option], [])
                self.assertIn(f"merge.sbatch r.h5 {option} -- /", merge)

    def test_a_merge_that_is_not_submitted_is_told(self):
        self.script("sbatch", 'case "$*" in *afterany*) echo "no such account" >&2; exit 1 ;; esac', "echo 54")
        done = subprocess.run([program.ROOT / "scripts/slurm/submit-array", "8", "r.h5", "s.yaml", "--no-neutral"],
                              capture_output=True, text=True, env=self.environment())
        self.assertEqual(done.returncode, 1)
        self.assertIn("no such account\narray 54 is submitted, and its merge is not. When all its tasks have ended: "
                      "headroom merge r.h5 --no-neutral", done.stderr)

    def test_shards_without_neutral_runs_name_the_merge_without_them(self):
        self.run_it("--no-neutral", "--shard", "1/2")
        said = self.run_it("--no-neutral", "--shard", "2/2").stdout
        words = shlex.split(said.split("`")[1])
        self.assertEqual(words, ["headroom", "merge", str(self.result), "--no-neutral"])
        self.assertEqual(program.headroom(*words[1:]).returncode, 0)
        alone = program.run(self.folder, EXAMPLE, "alone.h5", "--trials", TRIALS, "--no-neutral")
        self.assertEqual(program.content_hash(self.result), program.content_hash(alone))


if __name__ == "__main__":
    unittest.main()
