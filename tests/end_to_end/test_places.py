"""Whatever a process is not given - streams, room, a folder to write in, memory, files, /proc - every command that the
program lists does all of its work, or says in a sentence why not: no traceback, no half of a file, no silence."""

import ctypes
import os
import pathlib
import random
import resource
import subprocess
import unittest

import commands
import program

EVERY = "HEADROOM_EVERY_FAILURE" in os.environ  # of the places, for every command; else one or two for each
SLOW = ("validate", "report")  # in few places where not every one is asked for
DROP, OVERRIDE, SEARCH, OWNER, RAISING_LIMITS = 24, 1, 2, 3, 24  # PR_CAPBSET_DROP; what root may do all the same
DEAF = ("standard error is closed", "all streams are closed", "standard error is full")
DUMB = ("standard output is closed", "all streams are closed", "standard output is full")


def without(*capabilities):
    """Let a process that root starts be one of the people."""
    for capability in capabilities if os.getuid() == 0 else ():
        ctypes.CDLL(None).prctl(DROP, capability)


def limited(which, most):
    def limit():
        without(RAISING_LIMITS)
        resource.setrlimit(which, (most, most))
    return {"preexec_fn": limit}


def through(shell):
    """Started by a shell, which changes the place."""
    return {"shell": f'{shell.replace("RUN", chr(34) + "$@" + chr(34))}'}


PLACES = {
    "standard input is closed": through("exec RUN <&-"),
    "standard output is closed": through("exec RUN >&-"),
    "standard error is closed": through("exec RUN 2>&-"),
    "all streams are closed": through("exec RUN <&- >&- 2>&-"),
    "standard output is full": through("exec RUN >/dev/full"),
    "standard error is full": through("exec RUN 2>/dev/full"),
    "nobody reads": through("trap '' PIPE; RUN | true"),
    "the folder is read-only": {"preexec_fn": lambda: without(OVERRIDE, SEARCH, OWNER), "mode": 0o555},
    "the folder is gone": through('mkdir -p gone && cd gone && rmdir ../gone && exec RUN'),
    "no file can grow": limited(resource.RLIMIT_FSIZE, 0),
    "files are small": limited(resource.RLIMIT_FSIZE, 4096),
    "few files are open at once": limited(resource.RLIMIT_NOFILE, 12),
    "some files are open at once": limited(resource.RLIMIT_NOFILE, 32),
    "memory is small": limited(resource.RLIMIT_AS, 48 << 20),
    "the stack is small": limited(resource.RLIMIT_STACK, 64 << 10),
    "TMPDIR is nowhere": {"environment": {"TMPDIR": "/nowhere"}},
    "HOME is not set": through("unset HOME; exec RUN"),
    "nothing is set": through("exec env -i RUN"),
    "there is no /proc": through("exec unshare -m sh -c 'mount -t tmpfs none /proc && exec \"$@\"' sh RUN"),
}


class Places(commands.Prepared):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.good = {}

    def in_place(self, words, shell=None, environment=None, mode=0o755, **options):
        command = [program.HEADROOM, *map(str, words)]
        if shell:
            command = ["sh", "-c", shell, "sh", *command]
        self.folder.chmod(mode)
        try:
            return subprocess.run(command, cwd=self.folder, capture_output=True, text=True, timeout=120, errors="replace",
                                  env={**os.environ, **(environment or {})}, **options)
        finally:
            self.folder.chmod(0o755)

    def of(self, name):
        """What is said and made where nothing is missing, and what was there before."""
        if name not in self.good:
            words, makes = commands.WORDS[name]
            commands.restore(self.folder)
            before = commands.content(self.folder / makes) if makes else None
            done = self.in_place(words)
            self.assertEqual(done.returncode, 0, f"{name}: {done.stderr}")
            self.good[name] = before, commands.content(self.folder / makes) if makes else None, commands.said(done)
        return self.good[name]

    def walk(self, name, place):
        words, makes = commands.WORDS[name]
        before, whole, said = self.of(name)
        commands.restore(self.folder)
        done = self.in_place(words, **PLACES[place])
        with self.subTest(command=name, place=place):
            self.assertIn(done.returncode, (0, 1, 2), done.stderr)
            self.assertNotRegex(done.stdout + done.stderr, "Traceback|fell over|DIAG|Sanitizer")
            if done.returncode != 0 and place not in DEAF:
                self.assertRegex(done.stderr, r"\w+[: ].*\w{2}.*\w{2}")
            if place in DUMB and said:
                self.assertEqual(done.returncode, 1, "what it had to say went nowhere")
            if done.returncode == 0 and place not in DUMB + ("nobody reads",):
                self.assertEqual(commands.said(done), said)
            if makes:
                self.assertIn(commands.content(self.folder / makes), (whole,) if done.returncode == 0 else (whole, before))
            self.assertFalse([path for path in self.folder.rglob("*.partial*")])

    def test_walk_over_every_command(self):
        self.assertEqual(commands.walked(), commands.listed())

    def test_of_every_command_are_no_surprise(self):
        places = [place for place in PLACES if place != "there is no /proc" or self.can_hide()]
        shuffled = random.Random(8).sample(places, len(places))
        for i, name in enumerate(commands.WORDS):
            some = 1 if name in SLOW or " " in name else 2
            for place in places if EVERY else [shuffled[(2 * i + k) % len(shuffled)] for k in range(some)]:
                self.walk(name, place)

    @staticmethod
    def can_hide():
        return subprocess.run(["unshare", "-m", "mount", "-t", "tmpfs", "none", "/proc"], capture_output=True).returncode == 0


class AFileThatCannotBeComeBy(unittest.TestCase):
    """It is not taken for absent, nor for one of its name among the shipped, and why is said."""

    NAMED = {"scenario": ("check", "NAME"), "include": ("check", "including.yaml"), "axis": ("sweep", "swept.yaml", "-o", "s.h5"),
             "table": ("check", commands.SCENARIO, "-s", "patch.practices=NAME")}

    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(program.folder()))

    def is_said(self, name, why):
        (self.folder / "including.yaml").write_text(f"include: {name}\n")
        (self.folder / "swept.yaml").write_text(
            f"include: {commands.SCENARIO}\nsweep: {{ axes: [{{ name: evidence, include: {{ a: [{name}] }} }}] }}\n")
        for kind, words in self.NAMED.items():
            with self.subTest(kind=kind, name=name):
                done = program.headroom(*(str(word).replace("NAME", name) for word in words), cwd=self.folder,
                                        preexec_fn=lambda: without(OVERRIDE, SEARCH))
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertRegex(done.stderr, f"{name}.*{why}")
                self.assertNotRegex(done.stderr, "there is no file|is no file")

    def test_as_in_a_folder_that_is_not_open_to_all(self):
        closed = self.folder / "closed"
        closed.mkdir()
        (closed / "a.yaml").write_text("seed: 1\n")
        closed.chmod(0)
        self.addCleanup(closed.chmod, 0o755)
        self.is_said("closed/a.yaml", "Permission denied")

    def test_as_a_link_to_itself_that_has_a_shipped_name(self):
        (self.folder / "tees_like_today.yaml").symlink_to("tees_like_today.yaml")
        self.is_said("tees_like_today.yaml", "Too many levels")


if __name__ == "__main__":
    unittest.main()
