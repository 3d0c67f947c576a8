"""The built program and its result files, for tests that use it as people do."""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEADROOM = os.environ.get("HEADROOM_PROGRAM", str(ROOT / "build/engine/cli/headroom"))
PYTHON = os.environ.get("HEADROOM_PYTHON", "/usr/bin/python3")
# A shell's background jobs ignore it, and so would the programs that are sent it here.
signal.signal(signal.SIGINT, signal.default_int_handler)


def headroom(*words, environment=None, **options):
    """Run the program; standard output and error as text, the exit status kept."""
    return subprocess.run([HEADROOM, *map(str, words)], capture_output=True, text=True,
                          env={**os.environ, **(environment or {})}, **options)


def holds_back(process, number):
    """Whether a signal would wait until the process looks for it; proc(5) has the mask."""
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return int(status.split("SigBlk:")[1].split()[0], 16) >> (number - 1) & 1


def stopped(request, *words, environment=None):
    """Run the program and send it a signal once it is at work; its exit status and what it said."""
    process = subprocess.Popen([HEADROOM, *map(str, words)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                               text=True, env={**os.environ, **(environment or {})})
    while process.poll() is None and not holds_back(process, signal.SIGINT):
        time.sleep(0.01)
    process.send_signal(request)
    said = process.communicate(timeout=60)[1]
    return process.returncode, said


def run(folder, scenario, name="result.h5", *words, environment=None):
    """Run a scenario into a file of a folder; the file's path."""
    result = pathlib.Path(folder) / name
    done = headroom("run", scenario, "-o", result, "--force", *words, environment=environment)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return result


def attribute(result, name):
    """A root attribute of a result file, read by h5py."""
    import h5py

    with h5py.File(result) as file:
        return file.attrs[name]


def drawn(file):
    """What was drawn in every trial of an open result of one point, by key."""
    return dict(zip(file["parameters/parameter"].asstr()[()], file["parameters/values"][0]))


def content_hash(result):
    return attribute(result, "content_hash")


def hashes_of_every_instruction_set(place, scenario, *words):
    """The content hashes of a scenario under each instruction set that this machine runs."""
    hashes = set()
    for level in ("v2", "v3", "v4"):
        result = pathlib.Path(place) / f"{level}.h5"
        done = headroom("run", scenario, "-o", result, *words, "--instruction-set", level)
        if done.returncode == 0:
            hashes.add(content_hash(result))
    return hashes


def folder():
    """A temporary folder that removes itself."""
    return tempfile.TemporaryDirectory(prefix="headroom-test-")


def as_json(done):
    return json.loads(done.stdout)


def has(tool):
    return shutil.which(tool) is not None


def preloaded(library, into):
    """A copy of a library where the loader finds it by name: it takes a space for the end of one."""
    return shutil.copy(library, into)
