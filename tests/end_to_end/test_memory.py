"""Memory that runs out, at one request after another, of the program's own or of libraries, once or for ever: a
sentence about memory, exit status 1, no file that is not whole, and never status 0 with another answer."""

import os
import re
import unittest

import commands
import program

FOR_EVER = 10**9
EVERY = "HEADROOM_EVERY_FAILURE" in os.environ  # of the places that requests are made from; else some of them
MANY = 150  # of the places in libraries, where every one is asked for, but for the commands that all else rests on
ALL_OF_LIBRARIES = ("new", "check", "run", "show", "export", "pool", "metrics", "keys", "forms", "schema")
DEPTH = {False: "10", True: "4"}  # callers that tell one place from another: in our own code, in libraries
ELSEWHERE = {"report": "becomes another program, which asks for memory of its own"}
WORDS = {name: words for name, words in commands.WORDS.items() if name not in ELSEWHERE}
SOME = ("show as json", "compare two", "compare into a file", "export tables", "run to json", "extend", "resume", "validate",
        "backtest")  # of these fewer are let fail in passing: what they do others do too


@unittest.skipUnless("HEADROOM_FAILING_MEMORY" in os.environ, "sanitizers and coverage ask for memory of their own")
class MemoryThatRunsOut(commands.Prepared):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.failing = program.preloaded(os.environ["HEADROOM_FAILING_MEMORY"], cls.folder / "kept")

    def with_failing(self, words, number, how_many=1, libraries=False, **more):
        environment = {"LD_PRELOAD": self.failing, "FAIL_AT": str(number), "FAIL_FOR": str(how_many),
                       "FAIL_COUNT": str(self.folder / "kept/count"), "FAIL_DEPTH": DEPTH[libraries], **more}
        if libraries:
            environment["FAIL_LIBRARIES"] = "1"
        return program.headroom(*words, environment=environment, cwd=self.folder)

    def requests(self, tried):
        """So many from the first to the last, by number, and how many fail; where EVERY is asked for one a place."""
        if EVERY:
            number = [int(line) for line in (self.folder / "kept/places").read_text().split()]
        else:
            number = range(1, 1 + int((self.folder / "kept/count").read_text()))
        tried = min(tried, len(number))
        for i in range(tried):
            for how_many in (1, FOR_EVER) if EVERY else ((1, FOR_EVER)[i % 2],):
                yield number[i * (len(number) - 1) // max(tried - 1, 1)], how_many

    def test_walks_over_every_command(self):
        self.assertEqual(commands.walked(), commands.listed())

    def is_told(self, words, makes, tried, libraries=False):
        commands.restore(self.folder)
        before = commands.content(self.folder / makes) if makes else None
        places = {"FAIL_PLACES": str(self.folder / "kept/places")} if EVERY else {}
        good = self.with_failing(words, FOR_EVER, 1, libraries, **places)  # far beyond the last: it counts
        self.assertEqual(good.returncode, 0, good.stderr)
        whole = commands.content(self.folder / makes) if makes else None
        for number, how_many in self.requests(tried):
            commands.restore(self.folder)
            (self.folder / "kept/count").write_text(str(number))  # what falls over writes none
            done = self.with_failing(words, number, how_many, libraries)
            if int((self.folder / "kept/count").read_text()) < number:
                continue  # threads share the work out, and ask a little more or less
            with self.subTest(command=words, request=number, how_many=how_many, libraries=libraries):
                if done.returncode == 0:  # it could do without
                    self.assertEqual(*(commands.said(said) for said in (done, good)))
                else:
                    self.assertEqual(done.returncode, 1, done.stderr)
                    self.assertRegex(done.stderr, "memory")
                    self.assertNotIn("to be mended", done.stdout, "it is not the input that is at fault")
                    self.assertLessEqual(done.stderr.count("\nheadroom"), 1, done.stderr)
                if makes:  # it may be there where what failed is what comes after
                    self.assertIn(commands.content(self.folder / makes),
                                  (whole,) if done.returncode == 0 else (whole, before))
                if not re.search("fell over|gave up", done.stderr):
                    self.assertFalse(list(self.folder.glob("*.partial.*")))
        self.with_failing(words, FOR_EVER)  # takes away what a run that fell over has left
        self.assertFalse(list(self.folder.glob("*.partial.*")))

    def test_is_told_by_every_command(self):
        for name, (words, makes) in WORDS.items():
            self.is_told(words, makes, 10**6 if EVERY else 1 if name in SOME else 4)

    def test_of_libraries_is_told_as_well(self):
        """They leave things out, say that a file is damaged, fall over, or end the program."""
        for name, (words, makes) in WORDS.items():
            with_all = 10**6 if name in ALL_OF_LIBRARIES else MANY
            some = 8 if name in ("check", "run", "show") else 0 if name in SOME else 1
            self.is_told(words, makes, with_all if EVERY else some, libraries=True)


if __name__ == "__main__":
    unittest.main()
