"""Print jobs: their states, and the version of the layout a job was written for."""

LAYOUT_VERSION = 1

QUEUED = "queued"
CLAIMED = "claimed"
SENDING = "sending"
PRINTED = "printed"
SENT = "sent"
UNCONFIRMED = "unconfirmed"
FAILED = "failed"
EXPIRED = "expired"

#: What a worker may say of a job it holds. `queued` gives it back: no byte went out.
REPORTABLE = (SENDING, PRINTED, SENT, UNCONFIRMED, FAILED, QUEUED)
ENDED = (PRINTED, SENT, UNCONFIRMED, FAILED, EXPIRED)

PRINTER_KINDS = ("preview", "network", "usb", "serial", "file")
