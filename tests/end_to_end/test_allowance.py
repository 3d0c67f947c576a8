"""What a process is not allowed, or does not have, is told in a sentence; so is that it fell over."""

import ctypes
import json
import os
import pathlib
import resource
import signal
import subprocess
import time
import unittest

import program

SCENARIO = program.ROOT / "tests/data/scenarios/worked_example.yaml"
BUDGET = program.ROOT / "scenarios/whole_budget.yaml"
DROP, RAISING_LIMITS = 24, 24  # PR_CAPBSET_DROP and CAP_SYS_RESOURCE, which root has


def limited(which, most):
    """What makes a process, before it begins, one that may neither have more nor ask for it."""
    def limit():
        if os.getuid() == 0:
            ctypes.CDLL(None).prctl(DROP, RAISING_LIMITS)
        resource.setrlimit(which, (most, most))
    return limit


class InAFolder(unittest.TestCase):
    def setUp(self):
        temporary = program.folder()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        self.folder.chmod(0o777)

    def run_with(self, *words, environment=None, **options):
        return program.headroom("run", SCENARIO, "-o", self.folder / "made.h5", "--trials", 64, *words,
                                environment=environment, cwd=self.folder, **options)

    def is_left_alone(self):
        self.assertEqual([place.name for place in self.folder.iterdir() if ".partial." not in place.name], [])


class WhatIsNotAllowed(InAFolder):
    def refused(self, which, most, sentence):
        for words in (("metrics",), ("check", SCENARIO), ("run", SCENARIO, "-o", self.folder / "made.h5")):
            with self.subTest(words[0], most=most):
                done = program.headroom(*words, preexec_fn=limited(which, most))
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertIn(sentence, done.stderr)
                self.is_left_alone()

    def test_of_stack_is_told_before_any_work(self):
        for kilobytes in (64, 256):
            self.refused(resource.RLIMIT_STACK, kilobytes << 10,
                         f"may have only {kilobytes} kB of stack (ulimit -s), and needs at least 1024")

    def test_of_open_files_is_told_before_any_work(self):
        for files in range(8, 13):
            self.refused(resource.RLIMIT_NOFILE, files, f"may have only {files} files open at once (ulimit -n)")

    def test_but_may_be_asked_for_is_asked_for(self):
        lower = lambda: resource.setrlimit(resource.RLIMIT_STACK,
                                           (128 << 10, resource.getrlimit(resource.RLIMIT_STACK)[1]))
        done = program.headroom("run", BUDGET, "-o", self.folder / "made.h5", "--trials", 16, "--threads", 2,
                                preexec_fn=lower)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_of_stack_for_threads_is_told(self):
        done = self.run_with("--threads", 2, environment={"OMP_STACKSIZE": "16k"})
        self.assertEqual(done.returncode, 2)
        self.assertIn("threads have a stack of only 16 kB, and need at least 256: look at OMP_STACKSIZE", done.stderr)
        self.is_left_alone()

    def test_of_threads_is_told(self):
        done = self.run_with("--threads", 2, environment={"OMP_STACKSIZE": "1000000G"})
        if done.returncode != 0:  # a library may pass over what it cannot take for a number
            self.assertEqual(done.returncode, 1)
            self.assertIn("no more threads can be started", done.stderr)
            self.assertFalse((self.folder / "made.h5").exists())


class WhatIsNotThere(InAFolder):
    def same_as_ever(self, **options):
        done = program.headroom("check", SCENARIO, **options)
        self.assertEqual((done.returncode, done.stdout), (0, program.headroom("check", SCENARIO).stdout), done.stderr)

    def test_is_not_missed(self):
        for name, value in (("LC_ALL", "xx_YY.UTF-8"), ("TZ", "Nowhere/Never"), ("TMPDIR", "/nowhere"), ("HOME", "")):
            with self.subTest(name):
                self.same_as_ever(environment={name: value})

    def test_is_told_where_it_is_the_folder(self):
        gone = self.folder / "gone"
        gone.mkdir()
        shell = f'cd "{gone}" && rmdir "{gone}" && exec "{program.HEADROOM}" run "{SCENARIO}" --trials 16 -o made.h5'
        done = subprocess.run(["sh", "-c", shell], capture_output=True, text=True)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("made.h5: cannot write into the folder .: No such file or directory", done.stderr)


class AProgramThatFallsOver(InAFolder):
    """Whatever falls over: here somebody sends the signal."""

    def fallen(self, number, *words, core=0):
        process = subprocess.Popen(
            [program.HEADROOM, "run", SCENARIO, "-o", "made.h5", "--trials", "1000000", "--threads", "1", *words],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=self.folder,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (core, core)))
        while process.poll() is None and not program.holds_back(process, signal.SIGINT):
            time.sleep(0.01)
        process.send_signal(number)
        answer, said = process.communicate(timeout=60)
        return process.returncode, answer, said

    def test_says_so_whatever_the_signal(self):
        for number in (signal.SIGSEGV, signal.SIGBUS, signal.SIGFPE, signal.SIGILL, signal.SIGABRT):
            with self.subTest(number):
                status, _, said = self.fallen(number)
                self.assertEqual(status, 1)
                self.assertRegex(said, r"headroom run: .* fell over \(.+\), as where memory runs out; a result is "
                                       "there only if it was said to be written\n$")
                self.assertFalse((self.folder / "made.h5").exists())

    def test_says_so_in_json_and_in_spite_of_quiet(self):
        status, answer, said = self.fallen(signal.SIGSEGV, "--json", "--quiet")
        answer = json.loads(answer)
        self.assertEqual((status, answer["command"], answer["ok"], answer["status"]), (1, "run", False, 1))
        self.assertIn(answer["problems"][0]["text"], said)

    def test_leaves_a_core_where_one_is_asked_for(self):
        status, _, said = self.fallen(signal.SIGSEGV, core=1 << 12)
        self.assertEqual(status, -signal.SIGSEGV)
        self.assertIn("fell over", said)

    def test_leaves_nothing_that_the_next_run_does_not_take_away(self):
        self.fallen(signal.SIGSEGV)
        self.assertEqual(self.run_with().returncode, 0)
        self.assertEqual([place.name for place in self.folder.iterdir()], ["made.h5"])


if __name__ == "__main__":
    unittest.main()
