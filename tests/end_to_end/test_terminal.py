"""What `show` prints on a terminal of any width, of every kind of result; and the help of every command."""

import fcntl
import os
import pathlib
import pty
import struct
import subprocess
import termios
import unittest

import commands
import program

WORKED = program.ROOT / "tests/data/scenarios/worked_example.yaml"
SHIPPED = program.ROOT / "scenarios/tees_like_today.yaml"
SMALL = ("--trials", 8, "-s", "patch.horizon_years=1")
FORM = "  - { name: %s, like: super_partnership, label: '%s', levy: %d }\n"
LINES = 45  # where the terminal is 80 wide or wider


def printed(width, *words):
    """The lines that the program prints on a terminal."""
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    with subprocess.Popen([program.HEADROOM, *map(str, words)], stdout=its, stderr=its,
                          env={**os.environ, "NO_COLOR": "1"}) as process:
        os.close(its)
        text = b""
        try:
            while piece := os.read(ours, 1 << 16):
                text += piece
        except OSError:
            pass  # Linux says so where the other end is closed
    os.close(ours)
    assert process.returncode == 0, text
    return text.decode().splitlines()


class OnATerminal(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        temporary = program.folder()
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = pathlib.Path(temporary.name)
        alone = cls.folder / "one form.yaml"
        alone.write_text(f"include: {SHIPPED}\nreference: partnership\nforms: [partnership]\n")
        eight = cls.folder / "eight forms.yaml"
        eight.write_text(f"include: {SHIPPED}\ntitle: {'A patch of a long name ' * 9}\nforms:\n  - partnership\n  - trust_run\n"
                         + "".join(FORM % (f"joined_{i}", f"Form {i}, joined under quite a long name", i)
                                   for i in range(6)))
        long_axis = "prices.contract.mean=0.02,0.03"
        cls.results = {
            "worked": program.run(cls.folder, WORKED, "worked.h5", *SMALL),
            "one form": program.run(cls.folder, alone, "one.h5", *SMALL),
            "four forms, many changes": program.run(cls.folder, SHIPPED, "four.h5", *SMALL, "-s", "money.salary=9e4",
                                                    "-s", "relations.cost=1", "-s", "market.dwell_years.glut=4"),
            "eight forms, long names": program.run(cls.folder, eight, "eight.h5", *SMALL),
            "without neutral ones": program.run(cls.folder, SHIPPED, "no.h5", *SMALL, "--no-neutral"),
        }
        for name, axes in (("sweep", [long_axis]), ("sweep of two", [long_axis, "market.dwell_years.shortage=4,5"])):
            cls.results[name] = cls.folder / f"{name}.h5"
            words = [word for axis in axes for word in ("--axis", axis)]
            done = program.headroom("sweep", WORKED, "-o", cls.results[name], *words, *SMALL)
            assert done.returncode == 0, done.stderr

    def check(self, name, width, *words):
        """No line is too wide; a path has no place to break at. All lines."""
        with self.subTest(result=name, width=width, words=words):
            lines = printed(width, "show", self.results[name], *words)
            for line in lines:
                if str(self.folder) not in line:
                    self.assertLessEqual(len(line), min(width, 100), line)
            return lines

    def test_no_line_is_wider_than_the_terminal_or_than_100_and_an_answer_is_at_most_45_lines(self):
        for i, name in enumerate(self.results):
            for width in (40, 43 + 5 * i, 80, 100 + 14 * i):
                lines = self.check(name, width)
                self.assertLessEqual(len(lines), LINES if width >= 80 else 100, "\n".join(lines))

    def test_no_line_of_all_measures_is_wider_either(self):
        for name, width in zip(self.results, (40, 60, 80, 100, 50, 45, 90)):
            self.check(name, width, "--full")

    def test_what_there_is_no_room_for_is_named(self):
        lines = " ".join(printed(100, "show", self.results["eight forms, long names"]))
        self.assertRegex(lines, r"and by todays_gps, unmet_appointments.*: --metric NAME, or --full for all")
        lines = " ".join(printed(100, "show", self.results["worked"]))
        self.assertRegex(lines, r"and \d+ more chosen: --full lists them")
        lines = " ".join(printed(100, "show", self.results["four forms, many changes"]))
        self.assertRegex(lines, r"and 2 more changed: --full lists them")


class Help(unittest.TestCase):
    def test_of_no_command_breaks_where_an_option_is_long(self):
        """A name too long for its column is followed by its words, which hang below each other, with no line empty but for blanks."""
        for command in sorted(commands.listed()):
            for line in program.headroom(command, "--help").stdout.splitlines():
                with self.subTest(command=command, line=line):
                    self.assertLessEqual(len(line), 80)
                    self.assertNotRegex(line, r"^ {7,28}-|^ +$")
