"""Paper on the screens: how printers are, alarms, what to settle, and a ticket's own paper."""

from typing import Any

from kiosk.board.reading import Reading
from kiosk.domain import paper
from kiosk.errors import UnknownPrinter
from kiosk.store import alarms, devices, print_jobs, printers

LATE = 3_000
"""ms after which a ticket that is not even being sent is worth a word to the citizen."""
SHOWN_JOBS = 20
MEASURED_JOBS = 200

View = dict[str, Any]


def printers_view(reading: Reading) -> list[View]:
    """Each printer as it is set up, how it is, and what its roll still gives."""
    states = {row["printer"]: row for row in printers.states(reading.db)}
    expected = int(reading.settings["numbers_expected"])
    waiting = print_jobs.backlog(reading.db)
    return [
        _printer(reading, row, states[row["id"]], expected)
        | {"queue": _queue(*waiting.get(row["id"], (0, None)))}
        for row in printers.load(reading.db)
    ]


def _queue(count: int, oldest: int | None) -> View:
    return {"waiting": count, "oldest": oldest}


def _printer(reading: Reading, row: View, state: View, expected: int) -> View:
    mean = print_jobs.mean_length_mm(reading.db, row["id"])
    ticket_mm = mean or paper.TICKET_MM.get(row["width_mm"], 100)
    return row | {
        "state": printers.effective(state, reading.now) if row["active"] else None,
        "since": state["since"] or None,
        "roll": {
            "since": state["roll_since"],
            "used_mm": state["used_mm"],
            "tickets_left": paper.tickets_left(row["roll_mm"], state["used_mm"], ticket_mm),
            "per_ticket_mm": ticket_mm,
            "expected": expected,
            "rolls_needed": paper.rolls_for(expected, row["roll_mm"], ticket_mm),
        },
    }


def alarms_view(reading: Reading) -> list[View]:
    """Those that are on, as the supervisor's screen lists alarms."""
    names = {row["id"]: row for row in printers_view(reading)}
    return [_alarm(alarm, names) for alarm in alarms.still_on(reading.db)]


def alarm_history(reading: Reading, limit: int, printer: int | None = None) -> list[View]:
    """The newest first, those that were cleared too."""
    names = {row["id"]: row for row in printers_view(reading)}
    return [_alarm(alarm, names) for alarm in alarms.history(reading.db, limit, printer)]


def _alarm(alarm: alarms.Alarm, known: dict[int, View]) -> View:
    about = known.get(alarm.printer)
    details = alarm.details | {"printer": alarm.printer, "name": about["name"] if about else "?"}
    if about and alarm.code in ("printer_near_end", "paper_low"):
        details["tickets_left"] = about["roll"]["tickets_left"]
    return {
        "id": alarm.id,
        "code": alarm.code,
        "level": "warning" if alarm.code in paper.WARNINGS else "critical",
        "since": alarm.raised_at,
        "until": alarm.cleared_at,
        "acknowledged_at": alarm.acknowledged_at,
        "acknowledged_by": alarm.acknowledged_by,
        "details": details,
    }


def health(reading: Reading, printer: int) -> View:
    """All that is known of one printer. Raises UnknownPrinter."""
    found = next((row for row in printers_view(reading) if row["id"] == printer), None)
    if found is None:
        raise UnknownPrinter(printer=printer)
    state = next(row for row in printers.states(reading.db) if row["printer"] == printer)
    took = print_jobs.durations(reading.db, printer, MEASURED_JOBS)
    since = reading.day.opens if reading.day else 0
    return {
        "printer": found,
        "answer": state["answer"],
        "seen_at": state["seen_at"],
        "worker": state["worker"],
        "jobs": print_jobs.latest(reading.db, printer, SHOWN_JOBS),
        "counts": print_jobs.counts_of(reading.db, printer, since),
        "took": {"p50": _share(took, 50), "p95": _share(took, 95), "of": len(took)},
        "alarms": alarm_history(reading, SHOWN_JOBS, printer),
    }


def _share(rising: list[int], per_cent: int) -> int | None:
    """The value that so many per cent do not exceed."""
    return rising[-(-len(rising) * per_cent // 100) - 1] if rising else None


def paper_of_kiosks(reading: Reading) -> dict[str, str]:
    """What each kiosk (device id) may promise before the tap: ok, near_end, out, fault or none."""
    states = {row["printer"]: row for row in printers.states(reading.db) if row["active"]}
    real = [number for number, row in states.items() if not _draws_only(reading, row)]
    return {
        str(device.id): _promise(device.settings, states, real, reading.now)
        for device in devices.load(reading.db)
        if device.kind == "kiosk" and device.revoked_at is None
    }


def is_connected(reading: Reading) -> bool:
    """Whether tickets come out of any printer. A drill's preview plays the part of one."""
    return reading.is_drill or printers.is_real_one_connected(reading.db)


def _draws_only(reading: Reading, row: View) -> bool:
    return row["kind"] == paper.PREVIEW and not reading.is_drill


def _promise(config: View, states: dict[int, View], real: list[int], now: int) -> str:
    first = config.get("printer") if config.get("printer") in states else next(iter(real), None)
    if first is None or first not in real:
        return "none"
    found = [_said(states[first], now)]
    if config.get("fallback") in real:
        found.append(_said(states[config["fallback"]], now))
    return next((said for said in found if said in paper.READY), found[0])


def _said(row: View, now: int) -> str:
    if row["kind"] == paper.PREVIEW or printers.has_just_begun(row, now):
        return paper.OK  # a picture needs no paper
    state = printers.effective(row, now)
    return state if state in (*paper.READY, paper.OUT) else "fault"


def paper_of_ticket(reading: Reading, ticket: int) -> str:
    """What the kiosk may say of a ticket's newest paper.

    none (no printer), coming, printed, sent (this printer never says), or fault: the number has to
    be noted or photographed, even if paper should come after all.
    """
    jobs = print_jobs.of_ticket(reading.db, ticket)
    job = jobs[0] if jobs else None
    states = {row["printer"]: row for row in printers.states(reading.db)}
    if job is None or job["printer"] not in states:
        return "none"
    row = states[job["printer"]]
    if _draws_only(reading, row):
        return "none"
    match job["state"]:
        case paper.PRINTED | paper.SENT:
            return str(job["state"])
        case paper.SENDING:
            return "coming"
        case paper.QUEUED | paper.CLAIMED:
            is_late = reading.now - job["created_at"] > LATE
            is_bad = row["active"] == 0 or _said(row, reading.now) not in paper.READY
            return "fault" if is_bad or (is_late and job["error"]) else "coming"
    return "fault"
