"""A call for a person at a kiosk: what it may be about."""

HELP = "help"
PAPER = "paper"
#: The kiosk's pages: where somebody was who asked.
PAGES = (
    "menu", "recorded", "travel", "ways", "service", "slip", "number", "return",
)  # fmt: skip
KINDS = (HELP, PAPER, *PAGES)
