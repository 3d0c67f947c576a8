"""The program as it stands and as it was at earlier commits, built beside, and what a run of it takes."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
DEFAULT = ROOT / "build/engine/cli/headroom"


class Spent:
    """What a command printed, and took: processor and clock seconds, and at most so many MB."""

    def __init__(self, words, environment=None):
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            begun = time.perf_counter()
            process = subprocess.Popen([str(word) for word in words], stdout=out, stderr=err,
                                       env={**os.environ, **(environment or {})})
            _, status, used = os.wait4(process.pid, 0)
            self.clock = time.perf_counter() - begun
            process.returncode = self.status = os.waitstatus_to_exitcode(status)
            out.seek(0)
            err.seek(0)
            self.out, self.err = out.read(), err.read()
        self.processor, self.memory = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024

    @property
    def share(self):
        """Of the clock's time, what one thread had of a processor: the rest others took."""
        return min(1.0, self.processor / self.clock)


def spent(words, environment=None):
    done = Spent(words, environment)
    if done.status != 0:
        sys.exit(done.err or f"{words[0]}: ended with status {done.status}")
    return done


class Program:
    """A build of the program, and the scenarios of its own commit."""

    def __init__(self, path, root, folder):
        self.path, self.root, self.result = pathlib.Path(path), root, pathlib.Path(folder) / "bench.h5"
        shown = subprocess.run([path, "run", "--help"], capture_output=True, text=True, check=True).stdout
        self.plain = ["--no-neutral"] if "--no-neutral" in shown else []

    def words(self, trials, threads=1, changes=(), scenario="tees_like_today"):
        where = scenario if isinstance(scenario, pathlib.Path) else self.root / f"scenarios/{scenario}.yaml"
        return [self.path, "run", where, "-o", self.result, "--trials", trials, "--threads", threads, "--json",
                *self.plain, *changes]

    def run(self, trials, **rest):
        """What a run takes, and its facts as the program reports them."""
        self.result.unlink(missing_ok=True)
        done = spent(self.words(trials, **rest))
        done.facts = json.loads(done.out)
        return done


class Builds:
    """Programs of earlier commits, each built once in a folder."""

    def __init__(self, folder):
        self.folder, self.known = pathlib.Path(folder), {}

    def at(self, commit):
        """The program of a commit; None where this clone has no such commit."""
        if commit not in self.known:
            self.known[commit] = self.built(commit)
        return self.known[commit]

    def built(self, commit):
        tree = self.folder / commit
        if not (tree / "CMakeLists.txt").exists():
            packed = subprocess.run(["git", "-C", ROOT, "archive", commit], capture_output=True, check=False)
            if packed.returncode != 0:
                return None
            tree.mkdir(parents=True, exist_ok=True)
            subprocess.run(["tar", "-x", "-C", tree], input=packed.stdout, check=True)
        build(tree, "headroom")
        return Program(tree / "build/engine/cli/headroom", tree, tree)


def configure(tree, *options):
    words = ["-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release"] if not (tree / "build/CMakeCache.txt").exists() else []
    subprocess.run(["cmake", "-S", tree, "-B", tree / "build", *words, *options], stdout=subprocess.DEVNULL, check=True)


def build(tree, target):
    if not (tree / "build/CMakeCache.txt").exists():
        configure(tree, "-DBUILD_TESTING=OFF")
    subprocess.run(["cmake", "--build", tree / "build", "--target", target, "--parallel"], stdout=subprocess.DEVNULL,
                   check=True)


def install(*lists):
    """What a clone may lack, by the names that scripts/lib/packages.sh has for it."""
    named = " ".join('"${%s[@]}"' % name for name in lists)
    done = subprocess.run(["bash", "-c", f". scripts/lib/packages.sh; install_packages {named}"], cwd=ROOT, check=False)
    if done.returncode != 0:
        sys.exit(done.returncode)


def here(path, folder):
    """The program as it stands: brought up to date, unless another is named."""
    if path == DEFAULT:
        build(ROOT, "headroom")
    return Program(path, ROOT, folder)
