"""The terminal that the program was started in. Standard library only: the set-up asks too."""

import locale
import os
from collections.abc import Mapping

INDONESIAN, ENGLISH = "id", "en"


def language(variables: Mapping[str, str] = os.environ) -> str:
    """The language of whoever sits there, as the system was told: Indonesian, else English."""
    named = (variables.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    system = next((name for name in named if name), None) or locale.getlocale()[0] or ""
    # Windows may say it as a word, Linux as id_ID.UTF-8.
    code = system.replace(".", "_").split("_")[0].lower()
    return INDONESIAN if code in ("id", "in", "indonesian") else ENGLISH
