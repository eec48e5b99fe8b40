"""The counters' screens: every counter, its ticket and legal actions, and all who wait and why."""

import json
from typing import Any

from kiosk.board.reading import Reading
from kiosk.board.voters import Voters
from kiosk.domain import ticket as states
from kiosk.domain.counter import OPEN, Counter
from kiosk.domain.ticket import OUTCOMES, Ticket
from kiosk.store import devices, hall
from kiosk.store import tickets as ticket_store
from kiosk.store.deeds import undoable
from kiosk.views import minutes, ticket_view

RECENT = 12

#: What a counter may do, by what it holds. Names are the addresses of docs/protocol.md.
ACTIONS: dict[str | None, tuple[str, ...]] = {
    None: ("call-next", "call", "resume", "close", "plan-closing", "hand-over", "take-over"),
    states.CALLED: (
        "start", "recall", "no-show", "transfer", "reclassify", "cancel", "reprint",
        "plan-closing", "hand-over", "take-over",
    ),
    states.SERVING: (
        "finish", "next-step", "park", "transfer", "cancel", "reprint",
        "plan-closing", "hand-over", "take-over",
    ),
}  # fmt: skip


def desk(reading: Reading) -> dict[str, Any]:
    return {
        "counters": {
            str(counter.number): _counter(reading, counter) for counter in reading.counters
        },
        "waiting": _waiting(reading),
        "parked": [_parked(reading, ticket) for ticket in reading.in_states(states.PARKED)],
        "absent": [_absent(reading, t) for t in reading.in_states(states.NO_SHOW)],
        "suspended": [_aside(ticket) for ticket in reading.in_states(states.SUSPENDED)],
        "cancelled": [_aside(t) for t in reading.in_states(states.CANCELLED)[: -RECENT - 1 : -1]],
        "recent": _recent(reading),
        "voters": Voters(reading).summary(),
        "help": _help(reading),
        "outcomes": list(OUTCOMES),
        "staff": [  # "Petugas 2" before "Petugas 10"
            row["label"]
            for row in reading.db.conn.execute(
                "SELECT label FROM staff WHERE active = 1 ORDER BY length(label), label"
            )
        ],
    }


def _help(reading: Reading) -> list[dict[str, Any]]:
    """Unanswered calls for staff, the oldest first, with the kiosk's name in the office."""
    calls = hall.unanswered_help(reading.db)
    names = {one.place: one.name for one in devices.load(reading.db)} if calls else {}
    return [
        {
            "id": call["id"],
            "kiosk": call["device"],
            "name": names.get(call["device"], call["device"]),
            "kind": call["kind"],
            "at": call["at"],
        }
        for call in calls
    ]


def _counter(reading: Reading, counter: Counter) -> dict[str, Any]:
    held = None
    if counter.ticket is not None:
        held = ticket_store.find(reading.db, counter.ticket)
    recall_at = no_show_at = None
    if held is not None and held.state == states.CALLED and held.called_at is not None:
        assert held.first_called_at is not None
        values = reading.settings
        recall_at = held.called_at + int(values["recall_after_seconds"]) * 1000
        no_show_at = held.first_called_at + int(values["no_show_after_seconds"]) * 1000
    undo = _undo(reading, counter)
    view = None
    if held is not None:
        view = ticket_view(reading.db, held, token=None, for_staff=True)
        view |= {"journey": list(held.steps_to_come), "class": _voter_class(reading, held)}
        view["fetch"] = held.id in reading.fetched
        view["calls_missing"] = max(0, int(reading.settings["no_show_calls"]) - held.calls)
    return {
        "number": counter.number,
        "state": counter.state,
        "staff": counter.staff,
        "services": sorted(counter.service_set),
        "zone": counter.zone,
        "closes_at": counter.closes_at,
        "since": counter.since,
        "ticket": view,
        "actions": _actions(counter, held, undo is not None),
        "recall_at": recall_at,
        "no_show_at": no_show_at,
        "undo": undo,
    }


def _actions(counter: Counter, held: Ticket | None, can_undo: bool) -> list[str]:
    if counter.state != OPEN:
        return ["open"]
    actions = list(ACTIONS[held.state if held else None])
    if held is not None and not held.steps_to_come and "next-step" in actions:
        actions.remove("next-step")
    if held is not None and held.state == states.CALLED and held.steps_to_come:
        actions.append("next-step")
    return [*actions, "undo"] if can_undo else actions


def _undo(reading: Reading, counter: Counter) -> dict[str, Any] | None:
    seconds = int(reading.settings["undo_seconds"])
    row = undoable(reading.db, counter.last_seq, reading.now, seconds)
    if row is None:
        return None
    number = json.loads(row["data"]).get("number")
    return {"command": row["event"], "number": number, "until": row["at"] + seconds * 1000}


def _voter_class(reading: Reading, ticket: Ticket) -> str | None:
    """voter, late (its latest start has passed) or risk, from the policy's own reason."""
    if ticket.deadline is None:
        return None
    reason = reading.reasons.get(ticket.id)
    if reason is not None and reason.rule in ("risk", "late"):
        return reason.rule
    return "voter" if reading.now < ticket.deadline else "late"


def _waiting(reading: Reading) -> dict[str, list[dict[str, Any]]]:
    """By service, in calling order, with why each stands where it stands."""
    result: dict[str, list[dict[str, Any]]] = {code: [] for code in reading.services}
    for ticket_id, reason in reading.reasons.items():
        ticket = reading.waiting[ticket_id]
        prospect = reading.prospect(ticket)
        result.setdefault(ticket.service, []).append(
            {
                "id": ticket.id,
                "number": ticket.number,
                "arrival": ticket.arrival,
                "due": reason.due,
                "why": {
                    "rule": reason.rule,
                    "at": reason.latest_start if reason.rule in ("risk", "late") else reason.due,
                },
                "ahead": reading.ahead[ticket_id],
                "held": reason.rule == "held",
                "voter": ticket.voter,
                "wait": minutes(prospect),
                "class": prospect.voter_class if prospect else None,
                "for_counter": ticket.for_counter,
                "fetch": ticket.id in reading.fetched,
            }
        )
    return result


def _parked(reading: Reading, ticket: Ticket) -> dict[str, Any]:
    return _aside(ticket) | {"wait": minutes(reading.prospect(ticket))}


def _aside(ticket: Ticket) -> dict[str, Any]:
    return {
        "id": ticket.id,
        "number": ticket.number,
        "service": ticket.service,
        "since": ticket.since,
        "cause": ticket.cause,
        "due_back": ticket.due_back,
        "owner": ticket.owner,
        "voter": ticket.voter,
    }


def _absent(reading: Reading, ticket: Ticket) -> dict[str, Any]:
    grace = int(reading.settings["return_grace_minutes"]) * 60_000
    return _aside(ticket) | {"until": ticket.since + grace}


def _recent(reading: Reading) -> list[dict[str, Any]]:
    rows = reading.db.conn.execute(
        "SELECT v.ticket, t.number, v.service, v.counter, v.outcome, v.ended_at FROM visits v"
        " JOIN tickets t ON t.id = v.ticket WHERE v.voided = 0 AND v.day = ?"
        " ORDER BY v.id DESC LIMIT ?",
        (reading.day.day if reading.day else "", RECENT),
    )
    return [
        {
            "id": row["ticket"],
            "number": row["number"],
            "service": row["service"],
            "counter": row["counter"],
            "outcome": row["outcome"],
            "at": row["ended_at"],
        }
        for row in rows
    ]
