"""Packages of the system, installed only where that needs no question: as root, on Debian."""

import os
import shutil
import subprocess
import sys

from setup.failure import SetupFailed


def install(package: str, reason: str) -> None:
    """Install a Debian package, or raise SetupFailed saying who has to install what and why.

    `reason` starts the sentence, for example "The browser tests need Chromium".
    """
    remedy = f"{reason}: install the package {package} (apt-get install {package})"
    if sys.platform == "win32" or os.geteuid() != 0 or not shutil.which("apt-get"):
        raise SetupFailed(f"{remedy} and start again.")
    print(f"Installing the system package {package} ...", file=sys.stderr)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update"], ["apt-get", "install", "--yes", package]):
        done = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
    if done.returncode:
        last = (done.stdout.strip().splitlines() or ["no output"])[-1]
        raise SetupFailed(f"{remedy} by hand, because apt-get failed ({last}), and start again.")
