"""Where things are, and how to run a script of the project in a test."""

import ctypes
import importlib.machinery
import importlib.util
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "scripts"
SCENARIOS = ROOT / "scenarios"
REAL_DATA = os.environ.get("HEADROOM_REAL_DATA", "")


def load_script(name):
    """A script without .py in its name, as a module; leaves no bytecode beside it."""
    sys.dont_write_bytecode = True
    loader = importlib.machinery.SourceFileLoader(name.replace("-", "_"), str(SCRIPTS / name))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    module = importlib.util.module_from_spec(spec)
    sys.modules[loader.name] = module
    loader.exec_module(module)
    return module


def run_script(name, *words, timeout=300):
    return subprocess.run([str(SCRIPTS / name), *map(str, words)], capture_output=True, text=True, timeout=timeout)


def of_the_people():
    """Let a process that root starts be refused what others are: PR_CAPBSET_DROP of what overrides a file's mode."""
    for capability in (1, 2, 3) if os.getuid() == 0 else ():
        ctypes.CDLL(None).prctl(24, capability)
