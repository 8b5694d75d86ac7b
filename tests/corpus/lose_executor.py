#!/usr/bin/env python3
"""Kills an executor of a Spark driver while articles go through it: `lose_executor.py PID FOLDER`.

PID is the process of the driver, started with a master `local-cluster[…]`; only what descends from it is
looked at. FOLDER is what the job writes the aligned articles to: some of its tasks must be done, and one be
at work in the executor that is killed. Linux only.
"""

import os
import signal
import sys
import time
from pathlib import Path


def processes():
    """The parent and the arguments of each process."""
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                found[int(folder.name)] = parent, (folder / "cmdline").read_bytes().split(b"\0")
            except OSError:
                pass  # It has ended.
    return found


def descends(process, ancestor, found):
    while process in found and process != ancestor:
        process = found[process][0]
    return process == ancestor


def busy_executor(driver):
    """An executor below which triglyph is running."""
    found = processes()
    for process, (_, arguments) in found.items():
        is_executor = any(argument.endswith(b".CoarseGrainedExecutorBackend") for argument in arguments)
        if is_executor and descends(process, driver, found) and any(
                b"--stream" in arguments and descends(other, process, found)
                for other, (_, arguments) in found.items()):
            return process
    return None


def main():
    driver, folder = int(sys.argv[1]), Path(sys.argv[2])
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline and driver in processes():
        done = list(folder.glob("_temporary/*/task_*"))
        if done and (executor := busy_executor(driver)):
            os.kill(executor, signal.SIGKILL)
            print(f"killed an executor; finished tasks: {len(done)}")
            return
        time.sleep(0.05)
    sys.exit("lose_executor.py: no executor was at work while the job ran")


if __name__ == "__main__":
    main()
