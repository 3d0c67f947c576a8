"""Names: every command takes a file that could be an option after --, tells commands that a shell takes, and says of a
name that nothing has which there are."""

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

# A word that is not among those it should be, for each kind there is, and what is said of those there are.
SCENARIO, METRICS, FORMS = commands.SCENARIO, "headroom metrics lists them", "it has apart, together"
UNKNOWN = {
    ("compare", "result.h5", "--metric=costs"): METRICS, ("show", "result.h5", "--metric=costs"): METRICS,
    ("sensitivity", "result.h5", "--metric=costs"): METRICS, ("compare", "result.h5", "--forms=nobody"): FORMS,
    ("compare", "result.h5", "--reference=nobody"): FORMS, ("show", "result.h5", "--form=nobody"): FORMS,
    ("switch", "result.h5", "--pair=nobody,apart"): FORMS, ("replay", "result.h5", "--trial=1", "--form=nobody"): "there are apart together",
    ("compare", "result.h5", "--objective=mine"): "public, gp, patient and economic", ("voi", "result.h5", "--price=costs=0:1:1"): "such as unmet=",
    ("switch", "result.h5", "--key=money.salry", "--run"): "keys lists them", ("run", SCENARIO, "--dependence=some"): "none, given or full",
    ("run", SCENARIO, "--neutral=some"): "forms or all", ("run", SCENARIO, "--instruction-set=v9"): "v2, v3 and v4",
    ("run", SCENARIO, "-s", "money.salry=9"): "did you mean money.salary", ("run", "tees"): "there are ", ("shov", "result.h5"): "did you mean show",
    ("sweep", SCENARIO, "--axis=money.salry=1,2"): "did you mean money.salary", ("sweep", SCENARIO, "--axis=forms.nobody.levy=1,2"): "check --all lists",
    ("size", TERMS, "--risk=sites_closd<=5", "--form=federation"): "the nearest is sites_closed; " + METRICS,
    ("size", TERMS, "--risk=P(los>2%)<=5%"): "a target is P", ("size", TERMS, "--risk=sites_closed<=5", "--form=none"): "it has partnership",
    ("show", "points.h5", "--at=salry=9"): "axes of this sweep are salary", ("show", "points.h5", "--at=salary=9"): "are 90000, 100000",
    ("compare", "points.h5", "--over=salry"): "it has salary", ("report", "points.h5", "--at=salry=9"): "it has salary",
}
AMONG = {
    "forms.nobody.levy: 3": FORMS, "reference: nobody": "apart, together", "forms: [nobody]": "there are: ", "shocks: [locusts]": "there are: ",
    "dependence: some": "none, given, full", "money.salry: 9": "did you mean money.salary", "money.salary: { gaussian: { mean: 9 } }": "(uniform, ",
    "money.salary: { value: 9, sauce: x }": "may have source, ", "money.salary: { value: 9, evidence: guess }": "one of published, ",
    "forms.apart.surplus_to: all": "one of members, ", "forms.apart.join_rule: some": "one of all, ", "forms.apart.setup_payer: all": "one of partners, ",
    "forms.apart.delegated_level: all": "one of site, ", "stop.objective: mine": "one of public, ", "store.trials: costs": "`headroom metrics` lists them",
    "sweep: { store: [costs], axes: [{ key: money.salary, values: [90000, 100000] }] }": METRICS,
    "sweep: { design: some, axes: [{ key: money.salary, values: [90000, 100000] }] }": "one of grid, ",
}


class AName(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(cls.enterClassContext(program.folder()))
        commands.prepare(cls.folder)
        commands.must(program.headroom("sweep", commands.SCENARIO, *commands.AXIS, "-o", "points.h5", *commands.SMALL, cwd=cls.folder))

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

    def test_that_could_be_an_option_is_taken_by_every_command(self):
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

    def test_of_a_file_is_said_so_that_a_shell_takes_it(self):
        done = program.headroom("sweep", commands.SCENARIO, *commands.AXIS, "-o", "-it's swept.h5", *commands.SMALL, cwd=self.folder)
        told = re.search(r"`headroom (show .*)` lists its points", done.stdout)
        shown = program.headroom(*shlex.split(told[1]), cwd=self.folder)
        self.assertEqual(shown.returncode, 0, shown.stderr)

    def test_that_nothing_has_is_met_with_those_there_are(self):
        for words, those in UNKNOWN.items():
            with self.subTest(words):
                done = program.headroom(*words, cwd=self.folder)
                self.assertEqual(done.returncode, 2, done.stdout)
                self.assertIn(those, done.stderr)

    def test_that_no_scenario_has_is_met_with_those_there_are(self):
        for line, those in AMONG.items():
            (self.folder / "bad.yaml").write_text(f"include: {SCENARIO}\n{line}\n")
            with self.subTest(line):
                done = program.headroom("check", "bad.yaml", cwd=self.folder)
                self.assertEqual(done.returncode, 2, done.stdout)
                self.assertIn(those, done.stderr)


if __name__ == "__main__":
    unittest.main()
