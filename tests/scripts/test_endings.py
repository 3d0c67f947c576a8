"""How scripts end where they cannot go on: in a sentence, never in a traceback, and never as if all were well."""

import os
import pathlib
import re
import resource
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

import test_backtest_england
import test_import_nhs
from support import SCENARIOS, SCRIPTS, of_the_people, run_script

ELSEWHERE = {"report"}  # which has tests of its own
OWN_WORDS = {"validate-result"}  # takes files alone
HEADROOM = os.environ.get("HEADROOM_PROGRAM", "headroom")


def scripts(language="python3"):
    """All that are written in it, by name."""
    for path in sorted((*SCRIPTS.iterdir(), *(SCRIPTS / "slurm").iterdir())):
        if path.is_file() and os.access(path, os.X_OK) and path.name not in ELSEWHERE:
            if path.read_text(encoding="utf-8").split("\n")[0].endswith((f"/{language}", f" {language}")):
                yield str(path.relative_to(SCRIPTS))


def shell(line):
    return subprocess.run(["sh", "-c", line], capture_output=True, text=True, timeout=60, cwd=SCRIPTS)


class AScript(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    def fails_in_a_sentence(self, done, name, sentence, status=1):
        self.assertEqual(done.returncode, status, done.stderr)
        self.assertRegex(done.stderr, f"(?m)^{name}: .*{sentence}")
        self.assertNotIn("Traceback", done.stderr)

    def test_whose_output_is_closed_or_a_full_disk_says_so(self):
        for name in scripts():
            with self.subTest(name):
                self.fails_in_a_sentence(shell(f"./{name} --help >&-"), name, "standard output is closed")
                self.fails_in_a_sentence(shell(f"./{name} --help >/dev/full"), name, "No space left on device")

    def test_that_is_told_one_thing_twice_asks_which_it_is(self):
        asked = 0
        for name in {*scripts(), *ELSEWHERE} - OWN_WORDS:
            script = (SCRIPTS / name).read_text(encoding="utf-8")
            for option in re.findall(r'add_argument\((?:"-\w", )?"(--[\w-]+)"(?![^\n]*(?:store_true|append|choices|nargs))', script):
                with self.subTest(name, option=option):
                    done = shell(f"./{name} {option} 1 {option} 1 -h")  # which would end it well
                    self.assertEqual(done.returncode, 2)
                    self.assertRegex(done.stderr, f'{option} is given twice, as "1[.0]*" and "1[.0]*": which is it')
                    asked += 1
        self.assertGreater(asked, 20)

    def test_of_the_shell_says_so_too(self):
        self.assertGreater(len(list(scripts("bash"))), 3)
        for name in scripts("bash"):
            for output in (">&-", ">/dev/full"):
                with self.subTest(name, output=output):
                    done = shell(f"./{name} --help {output}")
                    self.assertNotEqual(done.returncode, 0)
                    self.assertRegex(done.stderr, "Bad file descriptor|No space left on device")

    def test_whose_reader_goes_away_says_nothing(self):
        for name in scripts():
            with self.subTest(name):
                done = shell(f"{{ ./{name} --help; echo status $? >&2; }} | true")
                self.assertRegex(done.stderr, "^status 0\n$")

    def test_given_what_it_does_not_know_says_so(self):
        """With words that it does not know: it refuses them, before any work."""
        for name in (*scripts(), *ELSEWHERE):
            with self.subTest(name):
                done = subprocess.run([SCRIPTS / name, "--no-such-option", "no such file"], capture_output=True, text=True,
                                      timeout=60, cwd=self.folder)
                self.assertIn(done.returncode, (1, 2), done.stdout + done.stderr)
                self.assertRegex(done.stdout + done.stderr, r"\w+.*\w")
                self.assertNotIn("Traceback", done.stderr)

    def test_passes_on_nothing_that_a_terminal_would_obey(self):
        """Of the names of files that it is given, in whatever it says of them."""
        evil = "\x1b]0;owned\x07\x1b[31mred\x9b2J\u202e.h5"
        (self.folder / evil).write_text("practice_code\n\x1b[31mred\n")
        said = set()
        for name in (*scripts(), *ELSEWHERE):
            with self.subTest(name):
                done = subprocess.run([SCRIPTS / name, f"--{evil}", evil], capture_output=True, text=True, timeout=60,
                                      cwd=self.folder, env={**os.environ, "HEADROOM": HEADROOM})
                for text in (done.stdout, done.stderr):
                    self.assertEqual([c for c in text if c not in "\n\t" and not c.isprintable()], [])
                said |= {name} if "owned" in done.stdout + done.stderr else set()
        self.assertGreater(len(said), 5)

    def test_whose_messages_are_heard_by_nobody_writes_them_nowhere_else(self):
        done = shell("./make-patch 2>&-")
        self.assertEqual((done.returncode, done.stdout), (0, run_script("make-patch").stdout))

    def test_that_cannot_write_says_where(self):
        self.fails_in_a_sentence(run_script("make-patch", "-o", "/nowhere/a.csv"), "make-patch", "/nowhere/a.csv: No such")

    def writers(self):
        """All that write what -o names, but for what takes a result: their words, and the status with which they fail."""
        out, payments, places, people = (self.folder / name for name in ("out", "payments.csv", "map.csv", "people.csv"))
        payments.write_text(test_backtest_england.payments())
        places.write_text(test_import_nhs.MAP)
        people.write_text(test_import_nhs.PATIENTS)
        return {"make-patch": (("-o", out / "made.csv"), 1),
                "import-nhs": (("--map", places, "--patients", people, "--all", "-o", out / "made.csv"), 1),
                "calibration": (("--synthetic", "--headroom", HEADROOM, "-o", out / "made.json"), 1),
                "backtest-england": ((payments, "-o", out), 2)}

    def test_that_may_write_nothing_where_it_is_to_says_so_at_once_and_leaves_nothing(self):
        out = self.folder / "out"
        out.mkdir(mode=0o555)
        writers = self.writers()
        self.assertEqual({*writers, "scenario-xlsx"}, {name for name in scripts() if re.search(r"(?m)^  -o ", run_script(name, "--help").stdout)})
        for name, (words, status) in writers.items():
            with self.subTest(name):
                done = subprocess.run([str(SCRIPTS / name), *map(str, words)], capture_output=True, text=True, timeout=20,
                                      preexec_fn=of_the_people)
                self.fails_in_a_sentence(done, name, "Permission denied", status)
                self.assertIn(str(out), done.stderr)
                self.assertEqual(list(out.iterdir()), [])

    def test_quickstart_in_a_tree_that_is_read_only_says_where_it_cannot_write(self):
        tree = pathlib.Path(shutil.copytree(SCRIPTS, self.folder / "tree/scripts")).parent
        tree.chmod(0o555)
        done = subprocess.run([tree / "scripts/quickstart"], capture_output=True, text=True, timeout=20, preexec_fn=of_the_people)
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertRegex(done.stderr, "build.*: Permission denied")

    def test_that_is_killed_or_meets_a_full_disk_leaves_what_was_there(self):
        """Of a few bytes that a file may grow to."""
        for name in ("make-patch", "import-nhs"):
            (self.folder / "out").mkdir(exist_ok=True)
            words, _ = self.writers()[name]
            made = self.folder / "out/made.csv"
            made.write_text("what was there\n")
            done = subprocess.run([str(SCRIPTS / name), *map(str, words)], capture_output=True, text=True, timeout=20,
                                  preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64)))
            with self.subTest(name):
                self.fails_in_a_sentence(done, name, "made.csv: File too large")
                self.assertEqual([path.read_text() for path in made.parent.iterdir()], ["what was there\n"])

    def test_that_is_stopped_says_so_and_leaves_nothing(self):
        environment = {**os.environ, "TMPDIR": str(self.folder)}
        with subprocess.Popen([str(SCRIPTS / "calibration"), "--synthetic", "--headroom", HEADROOM], text=True,
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment,
                              start_new_session=True) as process:
            while process.poll() is None and not list(self.folder.glob("calibration-*/*")):
                time.sleep(0.01)
            os.killpg(process.pid, signal.SIGINT)
            said = process.communicate(timeout=60)[1]
        self.assertEqual(process.returncode, 130, said)
        self.assertRegex(said, r"(?m)^calibration: stopped$")
        self.assertNotIn("Traceback", said)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_that_would_replace_what_is_no_file_refuses(self):
        pipe = self.folder / "pipe"
        os.mkfifo(pipe)
        done = run_script("scenario-xlsx", "a.xlsx", "--of", SCENARIOS / "tees_like_today.yaml", "-o", pipe, "--force")
        self.fails_in_a_sentence(done, "scenario-xlsx", "is no ordinary file", status=2)
        self.assertTrue(pipe.is_fifo())


class ResultsThatAreNone(unittest.TestCase):
    def test_are_told_apart_from_results(self):
        with tempfile.TemporaryDirectory() as folder:
            foreign = pathlib.Path(folder, "foreign.h5")
            foreign.write_text("no result")
            done = run_script("validate-result", foreign, pathlib.Path(folder, "missing.h5"), folder)
            self.assertEqual((done.returncode, done.stderr), (2, ""))
            self.assertEqual([line.removeprefix(folder) for line in done.stdout.splitlines()],
                             ["/foreign.h5 is no result file: it is not HDF5", "/missing.h5 cannot be read: No such file or directory",
                              " cannot be read: Is a directory"])

    def test_are_not_read_where_the_seal_says_that_they_are_damaged(self):
        with tempfile.TemporaryDirectory() as folder:
            damaged = pathlib.Path(folder, "damaged.h5")
            damaged.write_bytes(b"\x89HDF\r\n\x1a\n" + bytes(99) + b"\nheadroom sha256 " + b"0" * 64 + b"\n")
            done = run_script("validate-result", damaged)
            self.assertEqual((done.returncode, done.stderr), (1, ""))
            self.assertIn("its bytes are not those that were sealed", done.stdout)
            self.assertNotIn("cannot be read", done.stdout)


if __name__ == "__main__":
    unittest.main()
