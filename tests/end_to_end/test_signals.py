"""Every signal that asks to stop, or is none of the program's business, with every command."""

import os
import pathlib
import resource
import signal
import subprocess
import time
import unittest

import commands
import commands
import program

SCENARIO = program.ROOT / "tests/data/scenarios/every_term.yaml"
REQUESTS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1, signal.SIGXCPU)
TOO_MANY = ("--trials", 10**6, "--threads", 2)


def ignore_requests():
    for request in REQUESTS:
        signal.signal(request, signal.SIG_IGN)


def wait_until_held(process):
    """Until trials run and requests to stop are looked for."""
    while process.poll() is None and not program.holds_back(process, signal.SIGTERM):
        time.sleep(0.01)


class InAFolder(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.kept = program.folder()
        cls.addClassCleanup(cls.kept.cleanup)
        cls.result = program.run(cls.kept.name, SCENARIO, "kept.h5", "--trials", 64)

    def setUp(self):
        temporary = program.folder()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    COMMANDS = ("run", "check", "plan", "show", "replay", "verify", "pool", "size", "validate", "keys", "forms", "schema")

    def commands(self):
        """Commands and words with which they succeed; TheOtherCommands have the others."""
        return {
            "run": ("run", SCENARIO, "-o", self.folder / "new.h5", "--trials", 64),
            "check": ("check", SCENARIO),
            "plan": ("plan", SCENARIO),
            "show": ("show", self.result),
            "replay": ("replay", self.result),
            "verify": ("verify", self.result),
            "pool": ("pool", "--people", 8000, "--trials", 1000),
            "size": self.size(8),
            "validate": ("validate",),
            "keys": ("keys",),
            "forms": ("forms",),
            "schema": ("schema",),
        }

    def size(self, trials):
        return ("size", SCENARIO, "--form", "joint_on_residuals", "--target", "vacancy <= 0.9",
                "--from", 10000, "--to", 20000, "--trials", trials)

    def long_work(self):
        """What runs trials for long, and can be asked to stop."""
        many = self.folder / "many.h5"
        return {
            "run": ("run", SCENARIO, "-o", many, *TOO_MANY),
            "size": self.size(10**6),
        }

    def start(self, words, **options):
        return subprocess.Popen([program.HEADROOM, *map(str, words)], text=True, cwd=self.folder,
                                env={**os.environ, "TMPDIR": str(self.folder)},
                                **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options})


class ARequestToStop(InAFolder):
    def test_ends_long_work_with_a_sentence_and_leaves_nothing(self):
        for command, words in self.long_work().items():
            for request in REQUESTS:
                with self.subTest(command=command, request=request):
                    process = self.start(words)
                    wait_until_held(process)
                    time.sleep(0.1)
                    process.send_signal(request)
                    said = process.communicate(timeout=60)[1]
                    self.assertEqual(process.returncode, 3, said)
                    self.assertRegex(said, f"headroom {command}: stopped after ")
                    self.assertEqual(list(self.folder.iterdir()), [])

    def test_is_made_by_a_limit_of_processor_time(self):
        limit = lambda: resource.setrlimit(resource.RLIMIT_CPU, (1, 20))
        process = self.start(self.long_work()["run"], preexec_fn=limit)
        said = process.communicate(timeout=120)[1]
        self.assertEqual((process.returncode, "stopped after" in said), (3, True), said)

    def test_that_was_ignored_at_the_start_stays_ignored_by_every_command(self):
        for command, words in self.commands().items():
            with self.subTest(command):
                process = self.start(words, preexec_fn=ignore_requests, stdout=subprocess.DEVNULL)
                while process.poll() is None:
                    for request in REQUESTS:
                        process.send_signal(request)
                    time.sleep(0.005)
                self.assertEqual(process.returncode, 0, process.communicate()[1])

    def test_of_another_kind_is_heard_while_one_is_ignored(self):
        process = self.start(self.long_work()["run"],
                             preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
        wait_until_held(process)
        process.send_signal(signal.SIGHUP)
        time.sleep(0.3)
        self.assertIsNone(process.poll())
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
        self.assertEqual(process.returncode, 3)


class AReaderThatGoesAway(InAFolder):
    """Standard output or error as a pipe that nobody reads."""

    def with_nobody_reading(self, words, stream):
        reading, writing = os.pipe()
        os.close(reading)
        process = self.start(words, **{stream: writing})
        os.close(writing)
        process.communicate(timeout=120)
        return process.returncode

    def test_ends_no_command_whose_output_it_read(self):
        for command, words in self.commands().items():
            with self.subTest(command):
                self.assertEqual(self.with_nobody_reading(words, "stdout"), 0)

    def test_ends_no_command_whose_messages_it_read(self):
        for command, words in self.commands().items():
            with self.subTest(command):
                self.assertEqual(self.with_nobody_reading(words, "stderr"), 0)

    def test_changes_no_exit_status_of_a_run_that_tells_how_far_it_came(self):
        reading, writing = os.pipe()
        os.close(reading)
        process = self.start(self.long_work()["run"], stderr=writing)
        os.close(writing)
        wait_until_held(process)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=120)
        self.assertEqual(process.returncode, 3)


class TheOtherCommands(commands.Prepared):
    """Those that read results, parts and tables, or become another program; one of them or the other test for each, and both
    with HEADROOM_EVERY_FAILURE."""

    def start(self, words, **options):
        commands.restore(self.folder)
        return subprocess.Popen([program.HEADROOM, *map(str, words)], text=True, cwd=self.folder,
                                **{"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, **options})

    def words(self, turn):
        own = {name: words for name, (words, _) in commands.WORDS.items() if name == words[0]}
        others = sorted(set(own) - set(InAFolder.COMMANDS))
        return {name: own[name] for i, name in enumerate(others) if i % 2 == turn or "HEADROOM_EVERY_FAILURE" in os.environ}

    def test_are_all_that_are_not_above(self):
        self.assertEqual({*self.words(0), *self.words(1), *InAFolder.COMMANDS}, commands.listed())

    def test_heed_no_request_that_was_ignored_at_their_start(self):
        for command, words in self.words(0).items():
            with self.subTest(command):
                process = self.start(words, preexec_fn=ignore_requests)
                while process.poll() is None:
                    for request in REQUESTS:
                        process.send_signal(request)
                    time.sleep(0.005)
                self.assertEqual(process.returncode, 0, process.communicate()[1])

    def test_go_on_without_anybody_who_reads(self):
        """At their standard output and error at once."""
        for command, words in self.words(1).items():
            with self.subTest(command):
                reading, writing = os.pipe()
                os.close(reading)
                process = self.start(words, stdout=writing, stderr=writing)
                os.close(writing)
                self.assertEqual(process.wait(timeout=120), 0)


class AFileThatMayNotGrow(InAFolder):
    """SIGXFSZ: a limit of file sizes met by what a command writes."""

    def within(self, size, words, **options):
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        process = self.start(words, preexec_fn=limit, **options)
        said = process.communicate(timeout=120)[1]
        return process.returncode, said

    def test_is_a_sentence_where_a_result_is_written(self):
        status, said = self.within(100_000, self.commands()["run"])
        self.assertEqual(status, 1, said)
        self.assertRegex(said, "headroom run: .*: File too large")
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_is_a_sentence_where_standard_output_is_a_file(self):
        for command, words in self.commands().items():
            if command in ("run", "size"):
                continue
            with self.subTest(command), open(self.folder / "output", "w") as output:
                status, said = self.within(8, words, stdout=output)
                self.assertEqual(status, 1, said)
                self.assertRegex(said, "headroom: standard output: ")


if __name__ == "__main__":
    unittest.main()
