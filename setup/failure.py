"""What can go wrong while preparing the folder, each as one sentence with its remedy."""

import errno
import re
import sys
from pathlib import Path

from setup.words import say

NO_NETWORK = (
    "No connection to the package registry while fetching {what}: check the network and the proxy "
    "settings of this machine, then start again (a prepared folder needs no network)."
)
DISK_FULL = (
    "The disk is full: free about 500 MB in {root} and in the temporary folder, then start again."
)
NOT_WRITABLE = (
    "The folder {root} has to be prepared first and this user may not write there: start once as "
    "its owner, or make it writable."
)
WRONG_HASH = (
    "What was downloaded for {what} is not what {lock} promises (wrong hash), so it was not "
    "installed: restore {lock} from the repository and start again; if it happens again, do not "
    "trust the network or mirror in between."
)
DAMAGED_LOCK = "{lock} is damaged or incomplete: restore it from the repository and start again."
NO_BUILD = (
    "There is no ready build of {package} for Python {python} on this machine: use Python 3.11, "
    "3.12 or 3.13 (64 bit)."
)
UNKNOWN = "Preparing {what} failed ({last}): everything it said is in {log}."

# The first pattern found in the output decides, so the certain causes stand before the vague ones.
_CAUSES: tuple[tuple[str, str], ...] = (
    (r"DO NOT MATCH THE HASHES|EINTEGRITY", WRONG_HASH),
    (r"No space left on device|ENOSPC|Errno 28\b|Disk quota exceeded", DISK_FULL),
    (r"Read-only file system|EROFS|Permission denied|EACCES|Errno 13\b", NOT_WRITABLE),
    (
        r"Invalid requirement|Invalid marker|Hashes are required|have their versions pinned"
        r"|Could not open requirements file|EJSONPARSE|EUSAGE|no such option",
        DAMAGED_LOCK,
    ),
    (
        r"NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout|ProxyError|SSLError"
        r"|Connection (?:refused|reset|broken|aborted)|Network is unreachable|Could not fetch URL"
        r"|Temporary failure (?:in name resolution|resolving)|Failed to fetch"
        r"|ENOTFOUND|EAI_AGAIN|ECONN\w+|ETIMEDOUT|ERR_SOCKET_TIMEOUT|ENETUNREACH",
        NO_NETWORK,
    ),
    (r"No matching distribution found for (?P<package>[\w.-]+)", NO_BUILD),
)


class SetupFailed(Exception):
    """The folder could not be prepared; the text is one sentence that names the remedy."""


def explain(output: str, *, what: str, lock: str, root: Path, log: Path) -> str:
    """The one sentence for a tool that failed.

    `output` is everything the tool printed, `what` the thing it was fetching, `lock` the file that
    pins it, `log` where the output is kept.
    """
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    words = {
        "what": what,
        "lock": lock,
        "root": root,
        "log": log,
        "last": lines[-1] if lines else "no output",
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
    }
    for pattern, sentence in _CAUSES:
        if found := re.search(pattern, output):
            return say(sentence, **words, **found.groupdict())
    return say(UNKNOWN, **words)


def explain_os_error(error: OSError, root: Path) -> str:
    """The one sentence for a file that could not be written or read."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return say(DISK_FULL, root=root)
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return say(NOT_WRITABLE, root=root)
    return say("The folder {root} could not be prepared: {error}.", root=root, error=error)
