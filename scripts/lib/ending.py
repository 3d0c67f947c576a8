"""How a script ends: with a status, or in a sentence where it cannot go on; never in a traceback.

What a script refuses itself it says itself. Here is what may befall any of them: a reader that goes away, a disk that is
full, memory that runs out, somebody who stops it, standard streams that are closed; and what stands in names of files
and of practices that a terminal would obey."""

import os
import subprocess
import sys
import unicodedata

FAILED, STOPPED = 1, 130  # as shells have it: 128 and the number of the signal


def visible(text):
    """Control and direction characters as codes, as the program itself shows them."""
    return text if text.isprintable() else "".join(
        c if c.isprintable() or c in "\n\r\t" or unicodedata.category(c) == "Zs" else f"\\u{ord(c):04x}" for c in text)


class Shown:
    """A stream that passes on no character that a terminal would obey."""

    def __init__(self, stream):
        self.stream = stream

    def write(self, text):
        return self.stream.write(visible(text))

    def __getattr__(self, name):
        return getattr(self.stream, name)


def data_output():
    """Standard output for a table: as it is, but to a terminal."""
    out = sys.stdout
    return out.stream if isinstance(out, Shown) and not out.isatty() else out


def hold_standard_streams():
    """What is opened later must not become the file that messages go to."""
    while True:
        file = os.open(os.devnull, os.O_RDONLY)
        if file > 2:
            os.close(file)
            break
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # pylint: disable=consider-using-with


def say(name, sentence):
    try:
        print(f"{name}: {sentence}", file=sys.stderr, flush=True)
    except OSError:
        pass  # nobody hears


def leave_output():
    """Python would try once more at its end to write what is left, and print that it cannot."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def called(main):
    """What main() ends with, also where it exits, as at --help."""
    try:
        return main()
    except SystemExit as end:
        return end.code


def status_of(name, main):
    try:
        status = called(main)
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        say(name, "stopped")
        status = STOPPED
    except BrokenPipeError:
        status = 0  # who closes a pipe early has read enough
    except (OSError, UnicodeError) as error:
        known = getattr(error, "filename", None) and error.strerror
        say(name, f"{error.filename}: {error.strerror}" if known else error)
        status = FAILED
    except subprocess.CalledProcessError as error:
        program = error.cmd if isinstance(error.cmd, str) else " ".join(map(str, error.cmd))
        say(name, f"{program}: ended with status {error.returncode}")
        status = FAILED
    except MemoryError:
        say(name, "out of memory")
        status = FAILED
    leave_output()
    return status


def run(name, main):
    """End the program as main() does, or as what befalls it has it."""
    hold_standard_streams()
    if sys.stdout is None:
        say(name, "standard output is closed")
        sys.exit(FAILED)
    sys.stdout, sys.stderr = Shown(sys.stdout), Shown(sys.stderr)
    sys.exit(status_of(name, main))
