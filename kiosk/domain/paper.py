"""Paper: states of print jobs and printers, and what is known of a roll without a printer."""

LAYOUT_VERSION = 2
SLIP = "slip"  # the kind of a job that holds no number

# --- states of a print job ---------------------------------------------------------------------

QUEUED = "queued"
CLAIMED = "claimed"
SENDING = "sending"
PRINTED = "printed"
SENT = "sent"
UNCONFIRMED = "unconfirmed"
FAILED = "failed"
EXPIRED = "expired"
CANCELLED = "cancelled"
SUPERSEDED = "superseded"

#: What a worker may say of a job it holds. `queued` gives it back: no byte went out.
REPORTABLE = (SENDING, PRINTED, SENT, UNCONFIRMED, FAILED, QUEUED)
ENDED = (PRINTED, SENT, UNCONFIRMED, FAILED, EXPIRED, CANCELLED, SUPERSEDED)
#: Ended, and somebody has to look after the person who may have no paper.
UNSETTLED = (UNCONFIRMED, FAILED, EXPIRED)
#: Paper that a person may have taken.
ON_PAPER = (PRINTED, SENT, UNCONFIRMED)

# --- printers ----------------------------------------------------------------------------------

PREVIEW = "preview"
PRINTER_KINDS = (PREVIEW, "network", "usb", "serial", "file", "lp", "windows")
#: Kinds whose connection goes both ways, so that the printer may be asked.
ASKABLE_KINDS = ("network", "usb", "serial", "file")
#: How a printer says that a ticket came out: GS r 1, GS ( H, or never.
PROBES = ("gsr", "gsh", "none")
#: Whether a printer tells its state (DLE EOT) or never answers.
STATUS_ABILITIES = ("dle_eot", "none")

OK, NEAR_END = "ok", "near_end"
OUT, COVER, ERROR, OFFLINE = "out", "cover", "error", "offline"
UNREACHABLE, UNKNOWN = "unreachable", "unknown"
#: Nobody asks the printer any more: its worker or agent is gone.
SILENT = "silent"
PRINTER_STATES = (OK, NEAR_END, OUT, COVER, ERROR, OFFLINE, UNREACHABLE, UNKNOWN)
READY = (OK, NEAR_END)

SILENT_AFTER = 12_000
"""ms without a word from a worker, which speaks every 5 s."""

# --- a roll of paper ---------------------------------------------------------------------------

ROLL_MM = {58: 15_000, 80: 80_000}
"""The usual length of a roll by the paper's width."""
TICKET_MM = {58: 110, 80: 100}
"""The length of a ticket as long as none was measured."""
LOW_TICKETS = 25
LOW_SHARE = 15
"""Per cent of a roll, or so many tickets: then it is time to lay a new one beside the printer."""


def tickets_left(roll_mm: int, used_mm: int, ticket_mm: int) -> int:
    """How many tickets the roll still gives, by its length and what was printed on it."""
    return max(0, roll_mm - used_mm) // max(1, ticket_mm)


def is_low(roll_mm: int, used_mm: int, ticket_mm: int) -> bool:
    left = max(0, roll_mm - used_mm)
    return left * 100 < roll_mm * LOW_SHARE or tickets_left(roll_mm, used_mm, ticket_mm) <= (
        LOW_TICKETS
    )


def rolls_for(numbers: int, roll_mm: int, ticket_mm: int) -> int:
    """Rolls that so many numbers take; a ticket is not split between two rolls."""
    a_roll = max(1, roll_mm // max(1, ticket_mm))
    return -(-numbers // a_roll)


# --- alarms ------------------------------------------------------------------------------------

#: Alarms while printing goes on; all others want somebody at once.
WARNINGS = ("printer_near_end", "paper_low", "print_queue")
