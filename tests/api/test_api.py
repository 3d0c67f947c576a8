"""The library as another program meets it: its headers, its names, and examples that use nothing else."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEADERS = sorted((ROOT / "include/headroom").glob("*.h"))
ARCHIVE = pathlib.Path(os.environ["HEADROOM_ARCHIVE"])
SCENARIO = ROOT / "scenarios/tees_like_today.yaml"
STRICT = ["-Wall", "-Wextra", "-Wpedantic", "-Wstrict-prototypes", "-Werror"]


def run(*words, **options):
    return subprocess.run([str(w) for w in words], capture_output=True, text=True, check=False, **options)


class Headers(unittest.TestCase):
    def compiles_alone(self, compiler, suffix, flags):
        with tempfile.TemporaryDirectory() as folder:
            for header in HEADERS:
                source = pathlib.Path(folder) / ("alone" + suffix)
                source.write_text(f"#include <headroom/{header.name}>\n#include <headroom/{header.name}>\n")
                done = run(compiler, *flags, "-I", ROOT / "include", "-fsyntax-only", source)
                self.assertEqual(done.returncode, 0, done.stderr)

    def test_each_compiles_alone_in_c(self):
        self.compiles_alone("gcc", ".c", ["-std=c11", *STRICT])

    @unittest.skipUnless(shutil.which("g++"), "no C++ compiler")
    def test_each_compiles_alone_in_cpp(self):
        self.compiles_alone("g++", ".cc", [flag for flag in STRICT if "prototypes" not in flag])

    def test_each_says_what_it_is_for(self):
        for header in HEADERS:
            self.assertTrue(header.read_text().startswith("/** @file\n * "), header.name)

    def test_every_function_is_documented(self):
        for header in HEADERS:
            blocks = re.split(r"\n\s*\n", header.read_text())
            documented = set()
            for block in blocks:
                names = re.findall(r"\b(hr_\w+)\(", re.sub(r"/\*.*?\*/", "", block, flags=re.S))
                if "/**" in block:
                    documented.update(names)
            text = re.sub(r"/\*.*?\*/", "", header.read_text(), flags=re.S)
            for name in re.findall(r"^[\w *]+?\b(hr_\w+)\(", text, re.M):
                self.assertIn(name, documented, header.name)

    def test_every_type_and_macro_is_documented(self):
        for header in HEADERS:
            text = header.read_text()
            for found in re.finditer(r"^(?:(?:struct|enum) (hr_\w+) \{|#define (HR_\w+))", text, re.M):
                self.assertTrue(text[:found.start()].rstrip().endswith("*/"), f"{header.name}: {found[0]}")

    def test_none_names_a_type_that_none_declares(self):
        text = "\n".join(re.sub(r"/\*.*?\*/", "", h.read_text(), flags=re.S) for h in HEADERS)
        for kind, name in set(re.findall(r"\b(struct|enum) (hr_\w+|[a-gi-z]\w+)", text)):
            self.assertTrue(name.startswith("hr_"), f"{kind} {name}")


class Archive(unittest.TestCase):
    def test_only_its_own_names_are_visible(self):
        names = [line.split()[2] for line in run("nm", "-g", "--defined-only", ARCHIVE).stdout.splitlines()
                 if len(line.split()) == 3]
        self.assertGreater(len(names), 50)
        self.assertEqual([name for name in names if not name.startswith("hr_")], [])


class Examples(unittest.TestCase):
    """Built with the public headers and the archive alone."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        needed = re.search("^Requires: (.*)$", (ROOT / "scripts/install/headroom.pc.in").read_text(), re.M)[1].split()
        cls.libraries = run("pkg-config", "--libs", *needed).stdout.split()

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def built(self, name):
        program = pathlib.Path(self.folder.name) / name
        done = run("gcc", "-std=c11", *STRICT, "-I", ROOT / "include", ROOT / "tests/api/examples" / (name + ".c"), ARCHIVE,
                   *self.libraries, "-lhdf5_serial_hl", "-fopenmp", "-lm", "-o", program)
        self.assertEqual(done.returncode, 0, done.stderr)
        return program

    def test_a_result_is_run_and_read(self):
        done = run(self.built("run_and_read"), SCENARIO, pathlib.Path(self.folder.name) / "r.h5")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"federation's public cost against the reference: [+-]\d+ \+- \d+ GBP")

    def test_a_run_is_advanced_until_it_is_sure(self):
        done = run(self.built("until_sure"), SCENARIO)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"^64 trials: at most \+- \d+ GBP")

    def test_a_run_is_shared_out_stopped_resumed_and_merged(self):
        result = pathlib.Path(self.folder.name) / "shared.h5"
        done = run(self.built("share_out"), SCENARIO, result)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"^first shard: stopped after \d+ of 128 trials")
        self.assertIn("merged 256 trials", done.stdout)
        self.assertFalse(result.with_name("shared.h5.parts").exists())

    def test_a_sweep_is_stopped_resumed_and_read_point_by_point(self):
        result = pathlib.Path(self.folder.name) / "sweep.h5"
        done = run(self.built("sweep_levies"), SCENARIO, result)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"(?m)^first: stopped at point \d of 4, [1-3] done.*; the same with its parts goes on$")
        self.assertRegex(done.stdout, r"(?m)^4 points of 64 trials, [1-9]\d* forms of them from what was there$")
        self.assertRegex(done.stdout, r"(?m)^point 3: \d+ GBP")
        self.assertFalse(result.with_name("sweep.h5.parts").exists())

    def test_two_variants_are_compared_trial_by_trial(self):
        done = run(self.built("two_levies"), SCENARIO)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"3 rather than 1 GBP a patient: -\d+ \+- \d+ GBP")


if __name__ == "__main__":
    unittest.main()
