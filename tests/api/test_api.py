"""The library as another program meets it, installed and moved, with the tree that it was built from out of sight: its
headers, its names, and examples that use nothing else."""

import os
import pathlib
import re
import shlex
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ["HEADROOM_BUILD"])
STRICT = ["-Wall", "-Wextra", "-Wpedantic", "-Wstrict-prototypes", "-Werror"]
HIDE = 'for tree; do [ "$tree" = -- ] && break; mount -t tmpfs none "$tree" && shift || exit 99; done; shift; exec "$@"'


def run(*words, **options):
    return subprocess.run([str(w) for w in words], capture_output=True, text=True, check=False, **options)


def out_of_sight(*trees):
    """Words before a command for which these folders are empty, or none where the system lets nobody do that."""
    words = ["unshare", "--map-root-user", "--mount", "sh", "-c", HIDE, "sh", *trees, "--"]
    return words if shutil.which("unshare") and run(*words, "true").returncode == 0 else []


def setUpModule():
    global place, prefix, hidden, HEADERS, SCENARIO
    place = tempfile.TemporaryDirectory()
    first, prefix = pathlib.Path(place.name) / "first", pathlib.Path(place.name) / "moved here"
    done = run("cmake", "--install", BUILD, "--prefix", first)
    if done.returncode != 0:
        raise AssertionError(done.stdout + done.stderr)
    first.rename(prefix)
    hidden = out_of_sight(*([ROOT] if BUILD.is_relative_to(ROOT) else [ROOT, BUILD]))
    HEADERS = sorted((prefix / "include/headroom").glob("*.h"))
    SCENARIO = prefix / "share/headroom/scenarios/tees_like_today.yaml"


def tearDownModule():
    place.cleanup()


def elsewhere(*words, **options):
    """A command that does not see the tree."""
    return run(*hidden, *words, cwd=place.name, **options)


def archive():
    return next(prefix.rglob("libheadroom.a"))


def code_of(header):
    return re.sub(r"/\*.*?\*/", "", header.read_text(), flags=re.S)


class Headers(unittest.TestCase):
    def compiles_alone(self, compiler, suffix, flags):
        self.assertGreater(len(HEADERS), 5)
        for header in HEADERS:
            source = pathlib.Path(place.name) / ("alone" + suffix)
            source.write_text(f"#include <headroom/{header.name}>\n#include <headroom/{header.name}>\n")
            done = elsewhere(compiler, *flags, "-I", prefix / "include", '-DHEADROOM_SCENARIOS="x"', "-fsyntax-only", source)
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
            for name in functions_of(header):
                self.assertIn(name, documented, header.name)

    def test_every_type_and_macro_is_documented(self):
        for header in HEADERS:
            text = header.read_text()
            for found in re.finditer(r"^(?:(?:struct|enum) (hr_\w+) \{|#define (HR_\w+))", text, re.M):
                self.assertTrue(text[:found.start()].rstrip().endswith("*/"), f"{header.name}: {found[0]}")

    def test_none_names_a_type_that_none_declares(self):
        text = "\n".join(map(code_of, HEADERS))
        for kind, name in set(re.findall(r"\b(struct|enum) (hr_\w+|[a-gi-z]\w+)", text)):
            self.assertTrue(name.startswith("hr_"), f"{kind} {name}")


def functions_of(header):
    """Those that it declares; the bodies that it gives are of no other file's concern."""
    declared = re.findall(r"(?:^|\n)((?:[\w *]+[ *\n])?(hr_\w+)\([^;{]*\)[\w() \n]*)(?=;)", code_of(header))
    return [name for whole, name in declared if "static" not in whole]


class Archive(unittest.TestCase):
    def setUp(self):
        lines = run("nm", "-g", "--defined-only", archive()).stdout.splitlines()
        self.names = {line.split()[2] for line in lines if len(line.split()) == 3}
        self.public = {name for header in HEADERS for name in functions_of(header)}

    def test_only_its_own_names_are_visible(self):
        self.assertEqual([name for name in self.names if not name.startswith("hr_")], [])

    def test_every_function_of_a_header_is_in_it(self):
        self.assertGreater(len(self.public), 50)
        self.assertEqual(sorted(self.public - self.names), [])

    def test_it_shows_no_function_that_no_header_declares(self):
        self.assertEqual(sorted(self.names - self.public), [])


class Examples(unittest.TestCase):
    """Built with the installed headers and archive, by the words of its pkg-config file alone."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        shutil.copytree(ROOT / "tests/api/examples", place.name, dirs_exist_ok=True)
        described = {**os.environ, "PKG_CONFIG_PATH": str(next(prefix.rglob("headroom.pc")).parent)}
        said = run("pkg-config", "--cflags", "--libs", "headroom", env=described)
        cls.words = shlex.split(said.stdout)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def built(self, name):
        program = pathlib.Path(self.folder.name) / name
        done = elsewhere("gcc", "-std=c11", *STRICT, pathlib.Path(place.name) / (name + ".c"), *self.words, "-o", program)
        self.assertEqual(done.returncode, 0, done.stderr)
        return program

    def test_the_tree_is_out_of_sight(self):
        if not hidden:
            self.skipTest("unshare(1) may not mount here, so the tree stayed in sight")
        self.assertEqual(elsewhere("ls", ROOT).stdout, "")

    def test_a_result_is_run_and_read(self):
        done = elsewhere(self.built("run_and_read"), SCENARIO, pathlib.Path(self.folder.name) / "r.h5")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"federation's public cost against the reference: [+-]\d+ \+- \d+ GBP")

    def test_a_run_is_advanced_until_it_is_sure(self):
        done = elsewhere(self.built("until_sure"), SCENARIO)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"^64 trials: at most \+- \d+ GBP")

    def test_a_run_stops_once_its_ranking_is_clear(self):
        done = elsewhere(self.built("stop_when_clear"), SCENARIO, pathlib.Path(self.folder.name) / "clear.h5")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"^(64|128|256) trials after [1-3] looks: (not )?resolved, \w+ leads$")

    def test_a_run_is_shared_out_stopped_resumed_merged_and_extended(self):
        result = pathlib.Path(self.folder.name) / "shared.h5"
        done = elsewhere(self.built("share_out"), SCENARIO, result)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"^first shard: stopped after \d+ of 128 trials")
        self.assertIn("merged 256 trials\nextended to 300 trials", done.stdout)
        self.assertFalse(result.with_name("shared.h5.parts").exists())

    def test_a_sweep_is_stopped_resumed_and_read_point_by_point(self):
        result = pathlib.Path(self.folder.name) / "sweep.h5"
        done = elsewhere(self.built("sweep_levies"), SCENARIO, result)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"(?m)^first: stopped at point \d of 4, [1-3] done.*; the same with its parts goes on$")
        self.assertRegex(done.stdout, r"(?m)^4 points of 64 trials, [1-9]\d* forms of them from what was there$")
        self.assertRegex(done.stdout, r"(?m)^point 3: \d+ GBP")
        self.assertFalse(result.with_name("sweep.h5.parts").exists())

    def test_two_variants_are_compared_trial_by_trial(self):
        done = elsewhere(self.built("two_levies"), SCENARIO)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"3 rather than 1 GBP a patient: -\d+ \+- \d+ GBP")


if __name__ == "__main__":
    unittest.main()
