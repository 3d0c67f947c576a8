"""Files of every name: every command takes one that could be an option after --, and tells commands that can be said."""

import pathlib
import re
import shlex
import shutil
import unittest

import commands
import program

ROOM = {"new"}  # takes a name, and no file
TERMS = program.ROOT / "tests/data/scenarios/budget_terms.yaml"
NEEDLESS = {"validate", "metrics", "keys", "forms", "schema"}  # take no file


class AFileThatCouldBeAnOption(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(cls.enterClassContext(program.folder()))
        commands.prepare(cls.folder)

    def named(self, word):
        """The same file under a name that begins with a dash."""
        path = self.folder / word
        if path.suffix == ".yaml":
            (self.folder / f"-{path.name}").write_text(f"include: {path}\n")
        else:
            shutil.copy(self.folder / "short.h5" if word == "parts.h5" else path, self.folder / f"-{path.name}")
        parts = self.folder / f"{word}.parts"
        if parts.exists() and not (self.folder / f"-{path.name}.parts").exists():
            shutil.copytree(parts, self.folder / f"-{path.name}.parts")
        return f"-{path.name}"

    def apart(self, words):
        """The words of a command, its files after --."""
        files = [word for before, word in zip(words, words[1:])
                 if before not in ("-o", "--csv") and (self.folder / str(word)).suffix in (".h5", ".yaml", ".csv")
                 and ((self.folder / str(word)).exists() or word == "parts.h5")]
        return [word for word in words if word not in files], [self.named(word) for word in files]

    def test_is_taken_by_every_command(self):
        walked = set()
        for words, made in commands.WORDS.values():
            options, files = self.apart(words)
            if words[0] in walked | NEEDLESS | ROOM or made in ("short.h5", "parts.h5") and words[0] == "run":
                continue
            if words[0] == "pool":
                options, files = ("pool", "--trials", 4), [self.named(TERMS)]
            with self.subTest(words[0]):
                self.assertTrue(files)
                done = program.headroom(*options, "--", *files, cwd=self.folder)
                self.assertEqual((done.returncode, done.stderr if words[0] == "report" else ""), (0, ""), done.stderr)
                for told in re.findall(r"headroom (?:show|merge|check|run) (?:--full )?(\S+)", done.stdout):
                    self.assertFalse(told.startswith("-"), done.stdout)
            walked.add(words[0])
        self.assertEqual(walked, commands.listed() - NEEDLESS - ROOM)

    def test_is_said_so_that_a_shell_takes_it(self):
        done = program.headroom("sweep", commands.SCENARIO, *commands.AXIS, "-o", "-it's swept.h5", *commands.SMALL, cwd=self.folder)
        told = re.search(r"`headroom (show .*)` lists its points", done.stdout)
        shown = program.headroom(*shlex.split(told[1]), cwd=self.folder)
        self.assertEqual(shown.returncode, 0, shown.stderr)


if __name__ == "__main__":
    unittest.main()
