"""Which services the kiosk offers to somebody who needs a document for a polling station today.

Three kinds of visitor come: recorded earlier, so the card need only be printed; never recorded;
recorded, but the card cannot be printed today, so that Biodata with a photo is given at once. The
kiosk asks who comes, never what they are entitled to: which document the office can give is all
that it says.
"""

from collections.abc import Collection

BIODATA = "biodata"
CARD_PRINTING = "card-printing"
LOST_CARD = "lost-card"
RECORDING = "recording"
#: Recording, then Biodata with a photo instead of the card: the shorter way.
RECORDING_BIODATA = "recording-biodata"

#: "Already recorded?" -> the services to choose from, the document that most people want first.
WAYS: dict[str, tuple[str, ...]] = {
    "yes": (CARD_PRINTING, BIODATA),
    "lost": (LOST_CARD, BIODATA),
    "no": (RECORDING, RECORDING_BIODATA),
    "unsure": (RECORDING, RECORDING_BIODATA),
}

#: Reached by the questions only, and not a service that somebody would look for in the list.
GUIDED_ONLY = frozenset({RECORDING_BIODATA})


def guide(offered: Collection[str]) -> dict[str, list[str]]:
    """answer -> codes, of the services that this office has. An answer without any is left out;
    an office with a catalogue of its own has none at all, and then the kiosk asks for the service.
    """
    ways = {answer: [code for code in codes if code in offered] for answer, codes in WAYS.items()}
    return {answer: codes for answer, codes in ways.items() if codes}
