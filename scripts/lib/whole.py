"""A file that a script writes: whole, or not at all, whatever befalls it meanwhile."""

import contextlib
import os
import pathlib
import shutil


@contextlib.contextmanager
def told_of(path):
    """Failures name the file that was asked for, not that beside it."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def write(path, text):
    """Text in UTF-8, its lines as they are. A pipe or a device is written to as it stands."""
    path = pathlib.Path(path)
    beside = path.with_name(f"{path.name}.partial-{os.getpid()}")
    ordinary = path.is_file() or not path.exists()
    try:
        with told_of(path):
            with open(beside if ordinary else path, "x" if ordinary else "w", encoding="utf-8", newline="") as file:
                file.write(text)
                file.flush()
                if ordinary:
                    os.fsync(file.fileno())
            if ordinary:
                if path.exists():
                    shutil.copymode(path, beside)
                os.replace(beside, path)
    finally:
        with contextlib.suppress(OSError):
            beside.unlink()


def check(path):
    """Before work of minutes: fail as write() would where nothing can be made beside the file."""
    path = pathlib.Path(path)
    beside = path.with_name(f"{path.name}.partial-{os.getpid()}")
    with told_of(path), open(beside, "x", encoding="utf-8"):
        beside.unlink()
