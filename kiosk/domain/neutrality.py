"""Running text that could take sides: phrases that need a second look before a hall reads them.

A list of phrases cannot know what is meant, so nothing is forbidden: a doubtful text needs a second
confirmation, and that is journalled.
"""

import re

#: Phrases of campaigns and of calls to vote, lower case; each is looked for as whole words.
PHRASES = (
    "nomor urut", "no urut", "no. urut", "paslon", "pasangan calon", "calon presiden", "capres",
    "cawapres", "calon gubernur", "cagub", "cawagub", "calon bupati", "cabup", "calon wali kota",
    "cawalkot", "caleg", "petahana", "partai", "koalisi", "kampanye", "coblos", "mencoblos",
    "pilih nomor", "pilihlah", "menangkan", "dukung", "dua periode", "lanjutkan", "ganti presiden",
    "salam dua jari", "salam satu jari", "satu jari", "dua jari", "tiga jari", "empat jari",
    "acungkan", "jempol", "vote for", "candidate", "party", "campaign", "ayo memilih",
    "gunakan hak pilih", "jangan golput", "golput",
)  # fmt: skip

#: A bare 1 or 2 reads as a candidate; hours, dates, counters and ticket numbers do not.
_BARE_NUMBER = re.compile(r"(?:nomor|nomer|no\.?|number)\s*[1-9]\b", re.IGNORECASE)


def doubtful(text: str, more: str = "") -> tuple[str, ...]:
    """What in a text might not be neutral, in order of the list; empty if nothing.

    more: the office's own words, separated by commas.
    """
    plain = " ".join(text.lower().split())
    own = tuple(word for part in more.split(",") if (word := " ".join(part.lower().split())))
    found = [word for word in (*PHRASES, *own) if _has(plain, word)]
    if number := _BARE_NUMBER.search(plain):
        found.append(number.group())
    return tuple(dict.fromkeys(found))


def _has(text: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None
