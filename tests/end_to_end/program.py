"""The built program and its result files, for tests that use it as people do."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEADROOM = os.environ.get("HEADROOM_PROGRAM", str(ROOT / "build/engine/cli/headroom"))
PYTHON = os.environ.get("HEADROOM_PYTHON", "/usr/bin/python3")


def headroom(*words, environment=None, **options):
    """Run the program; standard output and error as text, the exit status kept."""
    return subprocess.run([HEADROOM, *map(str, words)], capture_output=True, text=True,
                          env={**os.environ, **(environment or {})}, **options)


def run(folder, scenario, name="result.h5", *words, environment=None):
    """Run a scenario into a file of a folder; the file's path."""
    result = pathlib.Path(folder) / name
    done = headroom("run", scenario, "-o", result, *words, environment=environment)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return result


def attribute(result, name):
    """A root attribute of a result file, read by h5py."""
    import h5py

    with h5py.File(result) as file:
        return file.attrs[name]


def content_hash(result):
    return attribute(result, "content_hash")


def folder():
    """A temporary folder that removes itself."""
    return tempfile.TemporaryDirectory(prefix="headroom-test-")


def as_json(done):
    return json.loads(done.stdout)


def has(tool):
    return shutil.which(tool) is not None
