"""Memory that runs out, at one request after another: a sentence, exit status 1, no file left."""

import os
import pathlib
import unittest

import program

SCENARIO = program.ROOT / "tests/data/scenarios/every_term.yaml"
TRIED = 24  # requests of each command that fail, one at a time, spread over all of them


@unittest.skipUnless("HEADROOM_FAILING_MEMORY" in os.environ, "sanitizers and coverage ask for memory of their own")
class MemoryThatRunsOut(unittest.TestCase):
    def setUp(self):
        temporary = program.folder()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    def with_failing(self, number, words):
        return program.headroom(*words, environment={
            "LD_PRELOAD": os.environ["HEADROOM_FAILING_MEMORY"], "FAIL_AT": str(number),
            "FAIL_COUNT": str(self.folder / "count")})

    def undisturbed(self, words):
        done = self.with_failing(0, words)
        self.assertEqual(done.returncode, 0, done.stderr)
        return int((self.folder / "count").read_text()), done.stdout

    def is_told(self, *words, makes=None):
        """Or is no matter: a library may sort without the room that it would have liked, and then says the same."""
        total, said = self.undisturbed(words)
        for number in sorted({1 + i * (total - 1) // (TRIED - 1) for i in range(TRIED)}):
            for left in makes or ():
                left.unlink(missing_ok=True)
            with self.subTest(command=words[0], request=number):
                done = self.with_failing(number, words)
                if not makes and (done.returncode, done.stdout) == (0, said):
                    continue
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertRegex(done.stderr, "memory")
                self.assertFalse([left for left in makes or () if left.exists()])

    def test_is_told_by_what_reads_a_scenario(self):
        self.is_told("check", SCENARIO)
        self.is_told("replay", SCENARIO)

    def test_is_told_by_the_exact_law_of_a_budget(self):
        self.is_told("pool", "--two-part", "--rate", 0.1, "--factor-variance", 0.001, "--people", 8000, "--trials", 64)

    def test_is_told_by_a_run_that_leaves_nothing(self):
        result = self.folder / "result.h5"
        self.is_told("run", SCENARIO, "-o", result, "--trials", 16, makes=[result])
        self.assertEqual({path.name for path in self.folder.iterdir()}, {"count"})

    def test_is_told_by_what_reads_a_result_and_is_no_damage(self):
        result = program.run(self.folder, SCENARIO, "result.h5", "--trials", 16)
        self.is_told("show", result)
        self.is_told("verify", result)


if __name__ == "__main__":
    unittest.main()
