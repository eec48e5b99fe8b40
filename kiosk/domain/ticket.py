"""A ticket: its states, which command may leave which state, its number and its trace code."""

from dataclasses import dataclass

WAITING = "waiting"
CALLED = "called"
SERVING = "serving"
PARKED = "parked"
SUSPENDED = "suspended"
NO_SHOW = "no_show"
COMPLETED = "completed"
CANCELLED = "cancelled"
EXPIRED = "expired"

STATES = (
    WAITING,
    CALLED,
    SERVING,
    PARKED,
    SUSPENDED,
    NO_SHOW,
    COMPLETED,
    CANCELLED,
    EXPIRED,
)
OPEN_STATES = (WAITING, CALLED, SERVING, PARKED, SUSPENDED, NO_SHOW)
IN_HAND = (CALLED, SERVING)

#: command -> the states it may start from (the table "Ticket states" of the design).
TRANSITIONS: dict[str, tuple[str, ...]] = {
    "call_next": (WAITING,),
    "call_ticket": (WAITING, PARKED, NO_SHOW),
    "recall": (CALLED,),
    "start": (CALLED,),
    "no_show": (CALLED,),
    "return_ticket": (NO_SHOW,),
    "park": (SERVING,),
    "resume": (PARKED,),
    "transfer": (SERVING, CALLED),
    "next_step": (SERVING, CALLED),
    "reclassify_ticket": (WAITING, CALLED, SUSPENDED),
    "finish": (SERVING,),
    "cancel_ticket": OPEN_STATES,
    "restore_ticket": (CANCELLED,),
    "reopen_ticket": (EXPIRED,),
}

OUTCOMES = (
    "done",
    "biodata_instead",
    "card_later",
    "documents_incomplete",
    "refused_by_system",
    "referred",
)
PARK_CAUSES = ("link", "prr", "documents", "other")


@dataclass(frozen=True, slots=True)
class Ticket:
    """One row of `tickets`. Times are UTC ms, `target` and durations whole seconds.

    `id` is the journal's seq of its issuing, so it also says who came first among equals.
    `journey` holds the codes of the steps still to come after `service`.
    """

    id: int
    day: str
    number: str
    service: str
    journey: str
    state: str
    arrival: int
    due: int
    front: int
    priority: int
    deadline: int | None
    target: int
    people_ahead: int
    wait_low: int | None
    wait_high: int | None
    language: str
    issued_by: str
    counter: int | None
    for_counter: int | None
    calls: int
    first_called_at: int | None
    called_at: int | None
    started_at: int | None
    worked: int
    owner: str | None
    due_back: int | None
    cause: str | None
    reason: str | None
    since: int
    return_after: int | None
    outcome: str | None
    blanks: int
    last_seq: int

    @property
    def voter(self) -> bool:
        """Whether the ticket has a poll deadline; it survives transfer and next step."""
        return self.deadline is not None

    @property
    def steps_to_come(self) -> tuple[str, ...]:
        return tuple(code for code in self.journey.split(",") if code)


def number_of(letter: str, serial: int) -> str:
    """`A-012`; after A-999 comes A-1000."""
    return f"{letter}-{serial:03d}"


_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PAIRS = [high + low for high in _CROCKFORD for low in _CROCKFORD]


def trace_code(row_hash: str) -> str:
    """Eight Crockford base-32 characters: the first 40 bits of the ticket's own journal row's hash.

    The paper thus holds a piece of the journal: a rewritten history cannot keep the code.
    `row_hash` is 64 hexadecimal digits.
    """
    bits = int(row_hash[:10], 16)
    return "".join(_PAIRS[bits >> shift & 1023] for shift in (30, 20, 10, 0))


def spoken_code(trace: str) -> str:
    """Four digits of a trace code, for whoever hears the ticket instead of reading it.

    Enough to come back after a missed call at the kiosk, where tries are few; it proves nothing
    else, and leaves the other 27 bits of the trace code secret.
    """
    value = 0
    for character in trace:
        value = value * 32 + _CROCKFORD.index(character)
    return f"{value % 10_000:04d}"
